"""Tables whose bytes are not UTF-8 text: what they are, and how to save them."""

from __future__ import annotations

from pathlib import Path

import pytest

from goodoffices.errors import ForecastInputError
from goodoffices.formats.position_tables.detect import read_positions


@pytest.mark.parametrize("encoding", ["utf-16", "cp1256"])
def test_a_table_in_another_encoding_says_how_to_save_it(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "water.csv"
    path.write_bytes("actor;position\nساحل;90\n".encode(encoding))
    with pytest.raises(ForecastInputError, match="Save it as UTF-8 text; in Excel, as CSV UTF-8"):
        read_positions(path)
