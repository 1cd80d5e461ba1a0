"""The loop that lets automated seats play: each is asked when its slice has grown, or when it said it would act."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from goodoffices.errors import ScenarioError, UnknownWordError
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
from goodoffices.service.talks_in_memory import TalksInMemory
from goodoffices.talks.base.enums import Role
from goodoffices.talks.exercise.runs import StartExercise
from goodoffices.talks.model.talks_file import TalksFile
from goodoffices.talks.state.command_context import CommandRequest
from goodoffices.talks.state.view import View

LOOK_AGAIN = timedelta(minutes=45)
"""A seat looks at its papers again after this time of the exercise: what it aims at changes with the clock alone."""
HELD_FOR = timedelta(minutes=10)
"""What can wait is held for so long at a time."""
MOST_ACTS = 5_000
"""No exercise has so many acts of automated seats: a run that reaches it is ended."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """What an automated seat did, in the run: when, which intention, and why it was refused if it was."""

    at: datetime
    seat: str
    intention: Intention
    refusal: str = ""
    n_notices: int = 0


def begin(file: TalksFile, seats: Iterable[str]) -> TalksInMemory:
    """Return an exercise that has started, with these seats automated and all others left to people.

    Raises
    ------
    ScenarioError
        If the talks file has no exercise or control refuses to start it.
    """
    talks = TalksInMemory.opened(file)
    assert file.exercise is not None, "talks without an exercise cannot be opened as one"
    planned = [seat.slug for seat in file.exercise.shown.seats]
    tools = tuple(seat for seat in planned if seat in set(seats))
    start = StartExercise(persons=tuple(seat for seat in planned if seat not in tools), automated=tools)
    control = next(seat.slug for seat in file.exercise.added_seats if Role.CONTROL in seat.roles)
    refusal = talks.submit(CommandRequest(seat=control, command=start), at=file.exercise.shown.starts_at)
    if refusal is not None:
        raise ScenarioError(f"the exercise does not start: {refusal.sentence}")
    return talks


@dataclass(slots=True)
class AutomatedRun:
    """Talks in which some seats are automated. Give it the moment and it does what they do until then.

    ``player`` is the seat of the one person who plays, for whom the pacer works; without one it is off.
    """

    talks: TalksInMemory
    orders: Mapping[str, Orders]
    seed: int
    at: datetime
    player: str | None = None
    deeds: list[Deed] = field(default_factory=list)
    _wakes: dict[str, datetime] = field(default_factory=dict)
    _lengths: dict[str, int] = field(default_factory=dict)
    _refused: dict[str, list[Refused]] = field(default_factory=dict)
    _hurried_at: datetime | None = None

    def __post_init__(self) -> None:
        self._wakes = {seat: self.at for seat in self.orders}

    def play_until(self, until: datetime) -> None:
        """Let the automated seats play up to a moment of the exercise, the earliest first."""
        while len(self.deeds) < MOST_ACTS:
            self._wake_the_told()
            seat = min(self._wakes, key=lambda slug: (self._wakes[slug], slug), default=None)
            due = until if seat is None else min(until, self._wakes[seat])
            quiet_at = self._quiet_at()
            if quiet_at is not None and quiet_at < due:
                self._bring_forward(quiet_at)
                continue
            if seat is None or self._wakes[seat] > until:
                break
            self.at = max(self.at, self._wakes[seat])
            self.talks.tick(self.at)
            self._ask(seat)
        self.at = max(self.at, until)
        self.talks.tick(self.at)

    def _quiet_at(self) -> datetime | None:
        """Return when the player will have been without news for too long; ``None`` without a player."""
        if self.player is None or not self._wakes:
            return None
        table = next(iter(self.orders.values())).timetable
        news = max(last_news(self.talks.view(self.player), table.starts_at), self._hurried_at or table.starts_at)
        return table.awake(table.awake(news) + QUIET)

    def _bring_forward(self, at: datetime) -> None:
        """Let one seat act a little early, so that the player has something to do."""
        assert self.player is not None, "only with a player is anything brought forward"
        self.at = self._hurried_at = max(self.at, at)
        views = {seat: self.talks.view(seat) for seat in self._wakes}
        meant = {seat: self._meant(seat, view) for seat, view in views.items()}
        found = to_bring_forward(meant, {s: v.known for s, v in views.items()}, self.player, self.at)
        if found is not None:
            self._give(*found, len(views[found[0]].notices))

    def hand_to_person(self, seat: str) -> None:
        """Leave a seat to a person from now on: the tool does nothing more in it. Nobody's slice changes."""
        self._wakes.pop(seat, None)

    def hand_to_tool(self, seat: str) -> None:
        """Let the tool play a seat from now on, from what its slice says. Nobody's slice changes."""
        if seat not in self.orders:
            raise UnknownWordError("seat with a brief", seat, tuple(self.orders))
        self._wakes[seat] = self.at

    def _wake_the_told(self) -> None:
        for seat in self._wakes:
            length = self.talks.length_of(seat)
            if length != self._lengths.get(seat):
                self._lengths[seat] = length
                self._wakes[seat] = min(self._wakes[seat], self.at)

    def _meant(self, seat: str, view: View) -> tuple[Intention, ...]:
        refused = self._refused.get(seat, ())
        return intentions(view, self.orders[seat], self.at, draws_of(self.seed, seat), refused)

    def _ask(self, seat: str) -> None:
        """Ask one seat for its next command, and give it or note when to ask again."""
        view = self.talks.view(seat)
        meant = self._meant(seat, view)
        first = meant[0] if meant else None
        if first is None or first.due_at > self.at:
            later = self.at + LOOK_AGAIN
            self._wakes[seat] = later if first is None else min(first.due_at, later)
        elif first.command is None:
            self._wakes[seat] = self.at + LOOK_AGAIN
        elif self._holds(first, view):
            self._wakes[seat] = self.at + HELD_FOR
        else:
            self._give(seat, first, len(view.notices))

    def _holds(self, first: Intention, view: View) -> bool:
        """Return whether something can wait, because five things are open at the player's desk already."""
        if self.player is None or first.command is None or not first.can_wait:
            return False
        return (
            reaches(first.command, view.known, self.player) and open_things(self.talks.view(self.player)) >= MOST_OPEN
        )

    def _give(self, seat: str, intention: Intention, n_notices: int) -> None:
        assert intention.command is not None, "only a command can be given"
        refusal = self.talks.submit(CommandRequest(seat=seat, command=intention.command), at=self.at)
        code = "" if refusal is None else refusal.code
        self.deeds.append(Deed(at=self.at, seat=seat, intention=intention, refusal=code, n_notices=n_notices))
        if refusal is not None:
            self._refused.setdefault(seat, []).append(Refused(intention.key, n_notices))
