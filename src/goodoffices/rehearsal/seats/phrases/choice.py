"""Choose a frame: in the tone of the moment, never one that was used lately, never five words that were used lately."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from goodoffices.rehearsal.seats.phrases import arabic, english

BANK: Mapping[str, Mapping[str, Mapping[str, tuple[str, ...]]]] = {"en": english.FRAMES, "ar": arabic.FRAMES}
"""The frames by language, situation and tone."""

SITUATIONS: tuple[str, ...] = tuple(english.FRAMES)
TONES: tuple[str, ...] = ("warm", "plain", "formal", "cool")

SHARED = 5
"""So many words in a row are taken for a repetition."""


def runs_of(text: str) -> frozenset[tuple[str, ...]]:
    """Return every run of five words in a text, without marks and capitals.

    Examples
    --------
    >>> len(runs_of("One two three four five six."))
    2
    """
    words = re.findall(r"[^\W_]+", text.casefold())
    return frozenset(tuple(words[k : k + SHARED]) for k in range(len(words) - SHARED + 1))


def frame_for(
    situation: str,
    tone: str,
    *,
    language: str,
    share: int,
    draw: float,
    used: Collection[str] = (),
    last: Sequence[str] = (),
) -> str:
    """Return a frame, or an empty text when all are used up: the seat then acts without words of its own.

    Parameters
    ----------
    situation, tone
        What the words are for, and how they sound. Other tones are tried when this one is used up.
    language
        The language of the paper.
    share
        Seats with different shares never use the same frame, so that none is heard from two of them. From 0 to 2.
    draw
        A number from 0 to below 1 that chooses among what is left.
    used
        Frames that were heard lately, from any seat.
    last
        The seat's last papers, with which no five words in a row may be shared.
    """
    frames = BANK.get(language, {}).get(situation, {})
    heard = frozenset().union(*map(runs_of, last)) if last else frozenset()
    for tried in (tone, *(other for other in _NEIGHBOURS[tone])):
        own = frames.get(tried, ())
        left = [f for k, f in enumerate(own) if k % 3 == share % 3 and f not in used and not runs_of(f) & heard]
        if left:
            return left[int(draw * len(left))]
    return ""


_NEIGHBOURS: Mapping[str, tuple[str, ...]] = {
    "warm": ("plain", "formal"),
    "plain": ("formal", "warm", "cool"),
    "formal": ("plain", "cool"),
    "cool": ("formal", "plain"),
}
