"""The valid word that was probably meant: one rule for every "Did you mean …?"."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from difflib import get_close_matches

from goodoffices.names import comparable

_CUTOFF = 0.6  # difflib's own: of two words of eight letters, about five stand in the same order
_MOST_COMPARED = 100  # difflib takes about 10 microseconds a word, and fifty words may be sought among thousands
_MOST_CHARACTERS = 200


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
