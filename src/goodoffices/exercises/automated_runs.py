"""The loop that lets automated seats play: each is asked when its slice has grown, or when it said it would act."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from goodoffices.errors import UnknownWordError
from goodoffices.rehearsal.seats.intentions import Intention
from goodoffices.rehearsal.seats.kinds import Refused, intentions
from goodoffices.rehearsal.seats.orders import Orders
from goodoffices.rehearsal.seats.seeds import draws_of
from goodoffices.service.talks_in_memory import TalksInMemory
from goodoffices.talks.state.command_context import CommandRequest

LOOK_AGAIN = timedelta(minutes=45)
"""A seat looks at its papers again after this time of the exercise: what it aims at changes with the clock alone."""
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


@dataclass(slots=True)
class AutomatedRun:
    """Talks in which some seats are automated. Give it the moment and it does what they do until then."""

    talks: TalksInMemory
    orders: Mapping[str, Orders]
    seed: int
    at: datetime
    deeds: list[Deed] = field(default_factory=list)
    _wakes: dict[str, datetime] = field(default_factory=dict)
    _lengths: dict[str, int] = field(default_factory=dict)
    _refused: dict[str, list[Refused]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._wakes = {seat: self.at for seat in self.orders}

    def play_until(self, until: datetime) -> None:
        """Let the automated seats play up to a moment of the exercise, the earliest first."""
        while len(self.deeds) < MOST_ACTS:
            self._wake_the_told()
            seat = min(self._wakes, key=lambda slug: (self._wakes[slug], slug), default=None)
            if seat is None or self._wakes[seat] > until:
                break
            self.at = max(self.at, self._wakes[seat])
            self.talks.tick(self.at)
            self._ask(seat)
        self.at = max(self.at, until)
        self.talks.tick(self.at)

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

    def _ask(self, seat: str) -> None:
        """Ask one seat for its next command, and give it or note when to ask again."""
        view = self.talks.view(seat)
        refused = self._refused.get(seat, ())
        meant = intentions(view, self.orders[seat], self.at, draws_of(self.seed, seat), refused)
        first = meant[0] if meant else None
        if first is None or first.due_at > self.at:
            later = self.at + LOOK_AGAIN
            self._wakes[seat] = later if first is None else min(first.due_at, later)
            return
        if first.command is None:
            self._wakes[seat] = self.at + LOOK_AGAIN
            return
        request = CommandRequest(seat=seat, command=first.command)
        refusal = self.talks.submit(request, at=self.at)
        self.deeds.append(
            Deed(
                at=self.at,
                seat=seat,
                intention=first,
                refusal="" if refusal is None else refusal.code,
                n_notices=len(view.notices),
            )
        )
        if refusal is not None:
            self._refused.setdefault(seat, []).append(Refused(first.key, len(view.notices)))
