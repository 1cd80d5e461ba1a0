"""Names of actors, seats, issues and options: how they are compared, which is nearest, and when two only look alike.

Two names are the same if they differ only in how their characters are composed, in blanks at their ends, or in
characters that nobody sees. Names that look alike in different scripts (Latin *a*, Cyrillic *а*) are different names;
they are pointed out and never joined.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Collection, Iterable, Mapping
from difflib import get_close_matches

_CUTOFF = 0.6  # difflib's own: of two words of eight letters, about five stand in the same order
_MOST_COMPARED = 100  # difflib takes about 10 microseconds a word, and fifty words may be sought among thousands
_MOST_CHARACTERS = 200
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
    return _pairs(names, _skeleton)


def easily_confused(names: Iterable[str]) -> list[tuple[str, str]]:
    """Return the names of a table typed by hand that are easily taken for an earlier one, with that one.

    Beside those that look alike these are names that differ in capitals alone, or in how Arabic spells one sound.

    Examples
    --------
    >>> easily_confused(["North", "north", "South"])
    [('North', 'north')]
    """
    return _pairs(names, lambda name: _skeleton(name).casefold().translate(_SPELT_ALIKE))


def _pairs(names: Iterable[str], key: Callable[[str], str]) -> list[tuple[str, str]]:
    seen: dict[str, str] = {}
    found = []
    for name in names:
        other = seen.setdefault(key(name), name)
        if comparable(other) != comparable(name):
            found.append((other, name))
    return found


def _skeleton(name: str) -> str:
    """Return a name with each letter replaced by the one that it looks like, where there is one."""
    return unicodedata.normalize("NFKC", comparable(name)).translate(_LOOKS_LIKE)


# Hyphens and apostrophes of several kinds, which programs put in by themselves; what stretches or points Arabic words.
_SIGNS = {
    **dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2212"), "-"),
    **dict.fromkeys(map(ord, "\u2018\u2019\u02bc\u2032\u00b4"), "'"),
    **dict.fromkeys([0x640, 0x670, *range(0x64B, 0x653)], ""),
}
_SPELT_ALIKE = str.maketrans("أإآٱة", "ااااه")
# The letters of Greek, Cyrillic and Armenian that print like Latin ones in common fonts, and the Persian and Urdu
# letters that print like Arabic ones. The list of Unicode Technical Standard 39 has many more that nobody types by
# accident.
_LOOKS_LIKE = _SIGNS | str.maketrans(
    "АВЕЅІЈКМНОРСТУХаеорсухіјѕԁһԛԝҮүԌԍΑΒΕΖΗΙΚΜΝΟΡΤΥΧοαινρυКкԱՕօցհոսѵ\u06cc\u06a9\u06c1\u06be\u0649",
    "ABESIJKMHOPCTYXaeopcyxijsdhqwYyGgABEZHIKMNOPTYXoaivpuKkUOoghnuv\u064a\u0643\u0647\u0647\u064a",
)


def nearest_word(found: str, known: Iterable[str], *, variants: Mapping[str, str] | None = None) -> str | None:
    """Return the valid word nearest to ``found``, or ``None`` if nothing is near.

    Words are compared case-folded, in NFC and without characters that nobody sees. ``variants`` maps other spellings
    (an actor's names) to valid words.

    Examples
    --------
    >>> nearest_word("syria-goverment", ["syria-government", "iran"])
    'syria-government'
    >>> nearest_word("zzz", ["syria-government", "iran"]) is None
    True
    """
    by_key: dict[str, str] = {}
    for word in known:
        by_key.setdefault(_folded(word), word)
    for spelling, word in (variants or {}).items():
        by_key.setdefault(_folded(spelling), word)
    wanted = _folded(found[:_MOST_CHARACTERS])
    near = get_close_matches(wanted, _candidates(wanted, by_key), n=1, cutoff=_CUTOFF)
    return by_key[near[0]] if near else None


def _candidates(wanted: str, words: Collection[str]) -> list[str]:
    """Return the words worth comparing at length: all of a few, else those that share most pairs of letters."""
    if len(words) <= _MOST_COMPARED:
        return list(words)
    pairs = _letter_pairs(wanted)
    return sorted(words, key=lambda word: -len(pairs & _letter_pairs(word)))[:_MOST_COMPARED]


def _letter_pairs(word: str) -> set[str]:
    return {word[i : i + 2] for i in range(len(word) - 1)}


def _folded(word: str) -> str:
    return comparable(word).casefold()
