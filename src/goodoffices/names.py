"""Names of actors, seats, issues and options: how they are compared, and when two only look alike.

Two names are the same if they differ only in how their characters are composed, in blanks at their ends, or in
characters that nobody sees. Names that look alike in different scripts (Latin *a*, Cyrillic *а*) are different names;
they are pointed out and never joined.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

_SEEN_CONTROLS = frozenset("\t\n\r")
_BLANKS = {"\u00a0": " ", "\u202f": " ", "\u2007": " ", "\t": " ", "\n": " ", "\r": " "}


def comparable(name: str) -> str:
    """Return a name as it is compared: composed (NFC), without invisible characters and blanks around it.

    Examples
    --------
    >>> comparable("\\u200fNorth\\u200b ") == comparable("North")
    True
    """
    return " ".join(unicodedata.normalize("NFC", visible(name)).split())


def name_fault(name: str) -> str:
    """Return why a name cannot be shown as it is, empty if it can: nothing to see, or characters that change a page.

    Examples
    --------
    >>> name_fault("North"), name_fault("")
    ('', 'which nobody can see; give it a name')
    """
    strange = next((char for char in name if char in _TURNING or _is_control(char)), None)
    if strange is None:
        return "" if comparable(name) else "which nobody can see; give it a name"
    code = f"U+{ord(strange):04X}"
    if strange in _TURNING:
        return f"whose letters {code} shows in another order; leave it out"
    return f"which has the control character {code}; leave it out"


_TURNING = "\u202a\u202b\u202d\u202e"
"""Marks that turn the order of the letters after them, so that a name is shown as another one."""


def _is_control(char: str) -> bool:
    return unicodedata.category(char) == "Cc" and char not in _SEEN_CONTROLS


def visible(text: str) -> str:
    """Return a text without characters that nobody sees: zero-width, joiners, direction marks, soft hyphens."""
    if text.isascii() and text.isprintable():
        return text
    plain = (_BLANKS.get(char, char) for char in text)
    return "".join(char for char in plain if unicodedata.category(char) not in ("Cf", "Cc") or char in _SEEN_CONTROLS)


def look_alikes(names: Iterable[str]) -> list[tuple[str, str]]:
    """Return every name that looks like an earlier, different one, with that one.

    Examples
    --------
    >>> look_alikes(["a", "\\u0430", "b"]) == [("a", "\\u0430")]
    True
    """
    seen: dict[str, str] = {}
    found = []
    for name in names:
        other = seen.setdefault(_skeleton(name), name)
        if comparable(other) != comparable(name):
            found.append((other, name))
    return found


def _skeleton(name: str) -> str:
    """Return a name with each letter replaced by the one that it looks like, where there is one."""
    return unicodedata.normalize("NFKC", comparable(name)).translate(_LOOKS_LIKE)


# The letters of Greek, Cyrillic and Armenian that print like Latin ones in common fonts, and the Persian and Urdu
# letters that print like Arabic ones. The list of Unicode Technical Standard 39 has many more that nobody types by
# accident.
_LOOKS_LIKE = str.maketrans(
    "АВЕЅІЈКМНОРСТУХаеорсухіјѕԁһԛԝҮүԌԍΑΒΕΖΗΙΚΜΝΟΡΤΥΧοαινρυКкԱՕօցհոսѵ\u06cc\u06a9\u06c1\u06be\u0649",
    "ABESIJKMHOPCTYXaeopcyxijsdhqwYyGgABEZHIKMNOPTYXoaivpuKkUOoghnuv\u064a\u0643\u0647\u0647\u064a",
)
