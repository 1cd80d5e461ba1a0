"""Exercises in memory that automated seats play: each is asked when it was told something, or when it said so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from goodoffices.data_class import dataclass
from goodoffices.errors import ScenarioError
from goodoffices.exercises.seat_players import SeatPlayers, Turn
from goodoffices.progress import Progress, is_stopped
from goodoffices.rehearsal.seats.intentions import Intention
from goodoffices.rehearsal.seats.orders import Orders
from goodoffices.service.talks_in_memory import TalksInMemory
from goodoffices.talks.base.enums import Role
from goodoffices.talks.exercise.runs import StartExercise
from goodoffices.talks.model.talks_file import TalksFile
from goodoffices.talks.state.command_context import CommandRequest

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


class AutomatedRun:
    """An exercise in which some seats are automated. Give it the moment and it does what they do until then.

    ``player`` is the seat of the one person who plays, for whom the pacer works; without one it is off. That seat is
    left to the person.
    """

    def __init__(
        self, talks: TalksInMemory, orders: Mapping[str, Orders], seed: int, at: datetime, *, player: str | None = None
    ) -> None:
        self.talks, self.orders, self.seed, self.at = talks, orders, seed, at
        self.deeds: list[Deed] = []
        self._players = SeatPlayers(talks.view, orders, seed, at, player)
        for seat in orders:
            if seat != player:
                self._players.take(seat, at)

    def play_until(self, until: datetime, *, progress: Progress | None = None) -> None:
        """Let the automated seats play up to a moment of the exercise, the earliest first.

        If ``progress`` is stopped, the run stays where it is.
        """
        while len(self.deeds) < MOST_ACTS:
            if is_stopped(progress):
                return
            due = self._players.next_at(self.at)
            if due is None or due > until:
                break
            self.at = max(self.at, due)
            self.talks.tick(self.at)
            turn = self._players.turn_at(self.at)
            if turn is not None:
                self._give(turn)
        self.at = max(self.at, until)
        self.talks.tick(self.at)

    def hand_to_person(self, seat: str) -> None:
        """Leave a seat to a person from now on: the tool does nothing more in it. Nobody's slice changes."""
        self._players.leave(seat)

    def hand_to_tool(self, seat: str) -> None:
        """Let the tool play a seat from now on, from what its slice says. Nobody's slice changes."""
        self._players.take(seat, self.at)

    def _give(self, turn: Turn) -> None:
        assert turn.intention.command is not None, "only a command can be given"
        refusal = self.talks.submit(CommandRequest(seat=turn.seat, command=turn.intention.command), at=self.at)
        code = "" if refusal is None else refusal.code
        self.deeds.append(
            Deed(at=self.at, seat=turn.seat, intention=turn.intention, refusal=code, n_notices=turn.n_notices)
        )
        if refusal is not None:
            self._players.was_refused(turn)
