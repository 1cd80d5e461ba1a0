"""The settlements of a bargain, made once."""

from __future__ import annotations

from functools import lru_cache

from goodoffices.bargain import Bargain
from goodoffices.rehearsal.preferences import Space


@lru_cache(maxsize=4)
def space_of(bargain: Bargain) -> Space:
    """Return the settlements of a bargain."""
    return Space(
        sizes=tuple(len(issue.options) for issue in bargain.issues),
        forbidden=tuple(limit.forbidden for limit in bargain.constraints),
    )
