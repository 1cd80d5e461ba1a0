"""Whom to ask next among the automated seats, and what it does: the same for a batch and for a served exercise."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field
from datetime import datetime, timedelta

from goodoffices.data_class import dataclass
from goodoffices.errors import UnknownWordError
from goodoffices.rehearsal.seats.intentions import Intention
from goodoffices.rehearsal.seats.orders import Orders
from goodoffices.rehearsal.seats.players.kinds import Refused, intentions
from goodoffices.rehearsal.seats.players.pacer import (
    MOST_OPEN,
    QUIET,
    last_news,
    open_things,
    reaches,
    to_bring_forward,
)
from goodoffices.rehearsal.seats.players.seeds import draws_of
from goodoffices.talks.state.view import View

LOOK_AGAIN = timedelta(minutes=45)
"""A seat looks at its papers again after this time of the exercise: what it aims at changes with the clock alone."""
HELD_FOR = timedelta(minutes=10)
"""What can wait is held for so long at a time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """What an automated seat does now: which seat, which intention, and how many notices it had."""

    seat: str
    intention: Intention
    n_notices: int


@dataclass(slots=True)
class SeatPlayers:
    """The automated seats of one exercise.

    It holds only when to ask whom again, and what was refused: everything else is in the seats' own slices. So it can
    be made anew at any moment.

    Parameters
    ----------
    view_of
        Returns what a seat may know now.
    orders
        The orders of every seat that may be automated.
    seed
        The seed of the exercise.
    starts_at
        When it starts.
    player
        The seat of the one person who plays, for whom the pacer works; without one it is off.
    """

    view_of: Callable[[str], View]
    orders: Mapping[str, Orders]
    seed: int
    starts_at: datetime
    player: str | None = None
    _wakes: dict[str, datetime] = field(default_factory=dict)
    _lengths: dict[str, int] = field(default_factory=dict)
    _refused: dict[str, list[Refused]] = field(default_factory=dict)
    _hurried_at: datetime | None = None

    @property
    def seats(self) -> frozenset[str]:
        """The seats that are played by the tool now."""
        return frozenset(self._wakes)

    def take(self, seat: str, at: datetime) -> None:
        """Let the tool play a seat from now on, from what its slice says.

        Raises `UnknownWordError` for a seat without orders.
        """
        if seat not in self.orders:
            raise UnknownWordError("seat with a brief", seat, tuple(self.orders))
        self._wakes.setdefault(seat, at)

    def leave(self, seat: str) -> None:
        """Leave a seat to a person from now on."""
        self._wakes.pop(seat, None)
        self._lengths.pop(seat, None)

    def next_at(self, at: datetime) -> datetime | None:
        """Return when the next seat has to be asked, or the player will have been without news for too long."""
        self._wake_the_told(at)
        times = [*self._wakes.values(), *(() if (quiet := self._quiet_at()) is None else (quiet,))]
        return min(times, default=None)

    def turn_at(self, at: datetime) -> Turn | None:
        """Return what the next automated seat does at this moment of the exercise, or ``None`` if nobody does anything.

        The caller gives the command, and tells of a refusal with `was_refused`.
        """
        while True:
            self._wake_the_told(at)
            seat = min(self._wakes, key=lambda slug: (self._wakes[slug], slug), default=None)
            if seat is None or self._wakes[seat] > at:
                return self._brought_forward(at)
            turn = self._asked(seat, at)
            if turn is not None:
                return turn

    def news_after(self, at: datetime) -> tuple[datetime, ...]:
        """Return when automated seats mean to do what will be news for the player after ``at``, as things stand."""
        views = {seat: self.view_of(seat) for seat in self._wakes}
        return tuple(
            one.due_at
            for seat, view in views.items()
            for one in self._meant(seat, view, at)
            if one.command is not None
            and one.due_at > at
            and self.player is not None
            and reaches(one.command, view.known, self.player)
        )

    def was_refused(self, turn: Turn) -> None:
        """Note that a command was refused: the seat does not try it again before it was told something new."""
        self._refused.setdefault(turn.seat, []).append(Refused(turn.intention.key, turn.n_notices))

    def _wake_the_told(self, at: datetime) -> None:
        for seat in self._wakes:
            length = len(self.view_of(seat).notices)
            if length != self._lengths.get(seat):
                self._lengths[seat] = length
                self._wakes[seat] = min(self._wakes[seat], at)

    def _meant(self, seat: str, view: View, at: datetime) -> tuple[Intention, ...]:
        return intentions(view, self.orders[seat], at, draws_of(self.seed, seat), self._refused.get(seat, ()))

    def _asked(self, seat: str, at: datetime) -> Turn | None:
        """Ask one seat what it does, and note when to ask again if it does nothing."""
        view = self.view_of(seat)
        first = next(iter(self._meant(seat, view, at)), None)
        if first is None or first.due_at > at:
            self._wakes[seat] = at + LOOK_AGAIN if first is None else min(first.due_at, at + LOOK_AGAIN)
        elif first.command is None:
            self._wakes[seat] = at + LOOK_AGAIN
        elif self._holds(first, view):
            self._wakes[seat] = at + HELD_FOR
        else:
            return Turn(seat=seat, intention=first, n_notices=len(view.notices))
        return None

    # ------------------------------------------------------------------------------------------------------ the pacer

    def _holds(self, first: Intention, view: View) -> bool:
        """Return whether something can wait, because five things are open at the player's desk already."""
        if self.player is None or first.command is None or not first.can_wait:
            return False
        is_news = reaches(first.command, view.known, self.player)
        return is_news and open_things(self.view_of(self.player)) >= MOST_OPEN

    def _quiet_at(self) -> datetime | None:
        """Return when the player will have been without news for too long; ``None`` without a player."""
        if self.player is None or not self._wakes:
            return None
        table = next(iter(self.orders.values())).timetable
        news = max(last_news(self.view_of(self.player), self.starts_at), self._hurried_at or self.starts_at)
        return table.awake(table.awake(news) + QUIET)

    def _brought_forward(self, at: datetime) -> Turn | None:
        """Return what one seat does a little early, so that the player has something to do."""
        quiet_at = self._quiet_at()
        if self.player is None or quiet_at is None or quiet_at > at:
            return None
        self._hurried_at = at
        views = {seat: self.view_of(seat) for seat in self._wakes}
        meant = {seat: self._meant(seat, view, at) for seat, view in views.items()}
        found = to_bring_forward(meant, {seat: view.known for seat, view in views.items()}, self.player, at)
        if found is None:
            return None
        return Turn(seat=found[0], intention=found[1], n_notices=len(views[found[0]].notices))
