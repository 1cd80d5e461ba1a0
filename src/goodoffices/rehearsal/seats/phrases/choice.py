"""Choose a frame: in the tone of the moment, never one that was used lately, never five words that were used lately."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from goodoffices.data_class import dataclass
from goodoffices.rehearsal.seats.phrases.arabic import FRAMES as ARABIC
from goodoffices.rehearsal.seats.phrases.english import FRAMES as ENGLISH

BANK: Mapping[str, Mapping[str, Mapping[str, tuple[str, ...]]]] = {"en": ENGLISH, "ar": ARABIC}
"""The frames by language, situation and tone."""

SITUATIONS: tuple[str, ...] = tuple(ENGLISH)
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


@dataclass(frozen=True, slots=True)
class Avoided:
    """What a seat does not say again: frames that are not in its share, frames heard lately, its own last papers.

    Seats with different shares do not use the same frame as long as there are as many frames as shares.
    """

    share: int = 0
    used: Collection[str] = ()
    last: Sequence[str] = ()


def frame_for(situation: str, tone: str, *, language: str, draw: float, avoided: Avoided) -> str:
    """Return a frame, or an empty text when all are used up: the seat then acts without words of its own.

    Parameters
    ----------
    situation, tone
        What the words are for, and how they sound. Other tones are tried when this one is used up.
    language
        The language of the paper.
    draw
        A number from 0 to below 1 that chooses among what is left.
    avoided
        What may not be said again.
    """
    frames = BANK.get(language, {}).get(situation, {})
    heard = frozenset(run for text in avoided.last for run in runs_of(text))
    for tried in (tone, *_NEIGHBOURS[tone]):
        all_ = frames.get(tried, ())
        own = [frame for k, frame in enumerate(all_) if k == avoided.share % len(all_)]
        left = [frame for frame in own if frame not in avoided.used and not runs_of(frame) & heard]
        if left:
            return left[int(draw * len(left))]
    return ""


_NEIGHBOURS: Mapping[str, tuple[str, ...]] = {
    "warm": ("plain", "formal"),
    "plain": ("formal", "warm", "cool"),
    "formal": ("plain", "cool"),
    "cool": ("formal", "plain"),
}
