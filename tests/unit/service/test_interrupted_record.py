"""A record that is interrupted while it is made is not there, and can be made anew."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from goodoffices.formats.talks_file.reader import find_scenario, read_talks
from goodoffices.service.open_record import OpenRecord, create_record
from goodoffices.talks.base.enums import Kind

AT = datetime(2017, 1, 1, tzinfo=UTC)


def test_nothing_of_a_record_is_left_whose_first_acts_were_interrupted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = read_talks(find_scenario("astana-2017"))
    place = tmp_path / "talks.record"

    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(OpenRecord, "_keep", interrupted)
        with pytest.raises(KeyboardInterrupt):
            create_record(place, read, kind=Kind.EXERCISE, at=AT)
    assert list(tmp_path.iterdir()) == []
    create_record(place, read, kind=Kind.EXERCISE, at=AT).close()
    assert place.is_file()


def test_the_key_file_of_another_record_stays(tmp_path: Path) -> None:
    read = read_talks(find_scenario("astana-2017"))
    place = tmp_path / "talks.record"
    create_record(place, read, kind=Kind.EXERCISE, at=AT).close()
    key = tmp_path / "talks.record.key"
    before = key.read_bytes()
    place.rename(tmp_path / "moved.record")
    with pytest.raises(OSError, match="key file"):
        create_record(place, read, kind=Kind.EXERCISE, at=AT)
    assert key.read_bytes() == before
