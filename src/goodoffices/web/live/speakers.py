"""Lists of speakers: who speaks and who is next in a session, as the people of one seat keep it.

In the memory of this process and nowhere else: no act, no file, no log. Each seat has its own lists, and no other seat
sees them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from goodoffices.data_class import dataclass

LIMITS = (60, 120, 180, 300, 600, 900)
"""So many seconds a speaker may be given."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeakersList:
    """Who speaks in one session and who comes next.

    ``spent`` are the seconds used before ``since``, the moment at which the clock last started, in seconds of the
    desk's own clock; ``None`` while it stands still.
    """

    speaking: str = ""
    waiting: tuple[str, ...] = ()
    limit: int = 300
    spent: float = 0.0
    since: float | None = None

    def left(self, now: float) -> int:
        """Return the whole seconds that are left; below 0 when the time is over."""
        running = 0.0 if self.since is None else now - self.since
        return round(self.limit - self.spent - running)

    def added(self, seat: str) -> SpeakersList:
        """Return the list with a seat at its end, once."""
        return self if seat in self.waiting else replace(self, waiting=(*self.waiting, seat))

    def removed(self, seat: str) -> SpeakersList:
        """Return the list without a seat."""
        return replace(self, waiting=tuple(one for one in self.waiting if one != seat))

    def moved_up(self, seat: str) -> SpeakersList:
        """Return the list with a seat one place nearer to its turn."""
        place = self.waiting.index(seat) if seat in self.waiting else 0
        if place == 0:
            return self
        held = list(self.waiting)
        held[place - 1], held[place] = held[place], held[place - 1]
        return replace(self, waiting=tuple(held))

    def started(self, now: float) -> SpeakersList:
        """Return the list with its clock running."""
        return self if self.since is not None else replace(self, since=now)

    def stopped(self, now: float) -> SpeakersList:
        """Return the list with its clock standing still; what was used stays used."""
        return self if self.since is None else replace(self, spent=self.spent + now - self.since, since=None)

    def next(self, now: float) -> SpeakersList:
        """Return the list with the next seat speaking and a full clock; nobody if none waits."""
        first, rest = (self.waiting[0], self.waiting[1:]) if self.waiting else ("", ())
        return replace(self, speaking=first, waiting=rest, spent=0.0, since=now if first else None)

    def limited(self, seconds: int) -> SpeakersList:
        """Return the list with another limit."""
        return replace(self, limit=seconds) if seconds in LIMITS else self


class Speakers:
    """The lists of all seats of one record. ``changed`` is called with the seat whose lists have changed."""

    def __init__(self, changed: Callable[[str], None]) -> None:
        self._changed = changed
        self._by_seat: dict[str, dict[str, SpeakersList]] = {}

    def of(self, seat: str) -> Mapping[str, SpeakersList]:
        """Return the lists of a seat, by session."""
        return self._by_seat.get(seat, {})

    def keep(self, seat: str, session: str, speakers: SpeakersList) -> None:
        """Keep a list of a seat."""
        self._by_seat.setdefault(seat, {})[session] = speakers
        self._changed(seat)
