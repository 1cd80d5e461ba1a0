"""An arrow points the way that the reader's language is written: it does not turn by itself, as a bracket does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[2] / "src" / "goodoffices"
TEMPLATES = sorted((SOURCE / "web" / "templates").glob("*.html"))
TURNED = re.compile(r'<span class="arrow">[←→]</span>|aria-label="[^"]*"')


@pytest.mark.parametrize("path", TEMPLATES, ids=[path.stem for path in TEMPLATES])
def test_every_arrow_of_a_page_is_turned(path: Path) -> None:
    assert not re.search("[←→]", TURNED.sub("", path.read_text(encoding="utf-8")))


def test_the_pages_turn_their_arrows() -> None:
    style = (SOURCE / "web" / "static" / "app.css").read_text(encoding="utf-8")
    assert '[dir="rtl"] .arrow { transform: scaleX(-1); }' in style
