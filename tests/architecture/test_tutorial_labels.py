"""What the pages for people at the desk print in bold is what the screen says: a message of the catalogue."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[2]
CATALOGUE = ROOT / "src" / "goodoffices" / "reports" / "locale" / "en" / "goodoffices.po"
PAGES = ("tutorial/desk.md", "how-to/take-part.md", "how-to/look-after-the-computer.md")
LEADS = re.compile(r"[A-Z][^*]*[.,]|Bold|A phone needs an address that it can reach\.|Who can open it\?")
"""A paragraph may begin in bold with what it is about; that is no label."""
NAMES = {"Government of Northland", "United Nations"}
"""Names that the tutorial itself gives to seats."""
_PLACEHOLDER = re.compile(r"\{\w+\}")


def messages() -> list[str]:
    """Return every message of the screen in English, both forms of those that count."""
    with CATALOGUE.open("rb") as file:
        held = read_po(file, locale="en")
    return [one for m in held if m.id for one in ((m.id,) if isinstance(m.id, str) else m.id)]


def said() -> re.Pattern[str]:
    """Return a pattern of everything that the screen can say, with anything where a name or a number stands."""
    whole = [m for m in messages() if len(_PLACEHOLDER.sub("", m).strip(" .,:·{}")) >= 3 or "{" not in m]
    patterns = [".+".join(re.escape(part) for part in _PLACEHOLDER.split(m)) for m in whole]
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.DOTALL)


@pytest.mark.slow
@pytest.mark.parametrize("page", PAGES)
def test_labels_are_what_the_screen_says(page: str) -> None:
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    pattern = said()
    labels = []
    for paragraph in re.split(r"\n\s*\n", text):
        for found in re.finditer(r"\*\*(.+?)\*\*", paragraph, re.DOTALL):
            label = " ".join(found[1].split())
            is_lead = found.start() == 0 and LEADS.fullmatch(label) is not None
            if label not in NAMES and not is_lead:
                labels.append(label)
    wrong = [label for label in labels if pattern.fullmatch(label) is None]
    assert len(labels) > 5
    assert wrong == [], f"{page} says what the screen does not say: {wrong}"
