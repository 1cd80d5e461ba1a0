"""What was made for one seat and can be used again while what it was made from is the same.

Nothing is shared between seats: whether something was made before must not tell one seat what another looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from typing import Any, TypeVar

from goodoffices.talks.state.knowledge import Knowledge

T = TypeVar("T")

_MOST = 4_000
"""So many things are remembered of one seat; then it begins again."""


class SeatMemory:
    """What was made for one seat, each with the parts of its knowledge that it was made from."""

    def __init__(self) -> None:
        self._held: dict[Hashable, tuple[Mapping[str, Any], Any]] = {}

    def of(self, key: Hashable, known: Knowledge, make: Callable[[Knowledge], T]) -> T:
        """Return what ``make`` makes of ``known``; what it made under this key if all it read then is still the same.

        ``make`` may depend on nothing else but the key.
        """
        held = self._held.get(key)
        if held is not None and known.still_has(held[0]):
            found: T = held[1]
            return found
        noted, read = known.noting()
        made = make(noted)
        if len(self._held) >= _MOST:
            self._held.clear()
        self._held[key] = (read, made)
        return made
