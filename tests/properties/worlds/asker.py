"""Who asks in a run, and what it has to choose from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from goodoffices.talks.base.acts import Words
from goodoffices.talks.state.knowledge import Knowledge
from goodoffices.talks.state.slices import Slice
from properties.worlds.cast import SEATS
from properties.worlds.picks import Picks

TEXTS = ("a corridor", "two maps", "a longer text about prisoners and the order of their release", "x")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asker:
    """Who asks, what it knows, when, and the numbers that choose."""

    slice: Slice
    at: datetime
    pick: Picks

    @property
    def known(self) -> Knowledge:
        return self.slice.known

    def words(self) -> Words:
        return Words(text=self.pick.one(TEXTS), lang=self.pick.one(("en", "ar")))

    def seat(self) -> str:
        return self.pick.one(SEATS)

    def soon(self) -> datetime:
        return self.at + timedelta(minutes=15 + 10 * self.pick.number(4))

    def thing(self, table: str) -> str | None:
        """Return the handle of something known in ``table``, if anything is."""
        handles = list(getattr(self.known, table))
        return self.pick.one(handles) if handles else None
