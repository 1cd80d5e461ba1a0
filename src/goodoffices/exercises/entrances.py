"""Exercises of the talks that come with the program: which can be played, and how one is begun."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from functools import cache
from pathlib import Path

from goodoffices.data_class import dataclass
from goodoffices.errors import ScenarioError
from goodoffices.exercises.demonstration import NAME as DEMONSTRATION
from goodoffices.formats.talks_file.reader import find_scenario, read_talks, scenario_names
from goodoffices.service.data_folder import FILE, make_folder
from goodoffices.service.exercise_records import create_exercise
from goodoffices.service.open_record import OpenRecord
from goodoffices.talks.base.refusals import Refusal
from goodoffices.talks.exercise.runs import StartExercise, controls
from goodoffices.talks.model.exercise import said_in
from goodoffices.talks.state.command_context import Command, CommandRequest

SOLO_PACE = 18
"""Minutes of the talks in a real minute for one person alone: forty minutes are the two days, with jumps."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlayableTalks:
    """Talks that come with the program and can be played: their title, and the seats that one person may take.

    ``has_orders`` says that the program can play the other seats. Without it the talks are for people alone.
    ``n_seats`` are all seats that are played. ``shows_itself`` says that there is a demonstration.
    """

    name: str
    title: str
    seats: tuple[tuple[str, str], ...] = ()
    has_orders: bool = True
    n_seats: int = 0
    shows_itself: bool = False


@cache
def playable(language: str) -> tuple[PlayableTalks, ...]:
    """Return the bundled talks that have an exercise."""
    made = []
    for name in scenario_names():
        file = read_talks(find_scenario(name))
        if file.exercise is None:
            continue
        actors = {actor.slug: actor for actor in (*file.actors, *file.exercise.added_actors)}
        of = {seat.slug: actors[seat.actor] for seat in (*file.seats, *file.exercise.added_seats)}
        seats = tuple(
            (seat.slug, of[seat.slug].name(language))
            for seat in file.exercise.shown.seats
            if seat.automated not in ("silent", "observer")
        )
        made.append(
            PlayableTalks(
                name=name,
                title=said_in(file.exercise.shown.title, language),
                seats=seats,
                has_orders=bool(seats),
                n_seats=len(file.exercise.shown.seats),
                shows_itself=(find_scenario(name) / DEMONSTRATION).is_file(),
            )
        )
    return tuple(made)


def begun(data: Path, name: str, *, at: datetime, player: str | None) -> tuple[str, OpenRecord]:
    """Make the record of an exercise of bundled talks in a new folder; return its folder's name, and it opened.

    With a ``player`` it has started: that seat is for people, the program plays all others, and the clock is stopped.

    Raises
    ------
    StorageError, ScenarioError
        If it cannot begin.
    """
    file = read_talks(find_scenario(name))
    if file.exercise is None:
        raise ScenarioError(f"{name} has no exercise; choose talks that have one")
    make_folder(data)
    taken = {path.parent.name for path in data.glob(f"*/{FILE}")}
    folder = next(made for n in range(1, 10_000) if (made := f"{file.slug}-exercise-{n}") not in taken)
    # The talks keep their own name: by it the program finds how their seats are played.
    played = replace(file, title=said_in(file.exercise.shown.title, "en"))
    room = create_exercise(make_folder(data / folder) / FILE, played, at=at)
    if player is not None:
        others = tuple(seat.slug for seat in file.exercise.shown.seats if seat.slug != player)
        refused = as_control(room, StartExercise(persons=(player,), automated=others, pace=SOLO_PACE), at=at)
        if refused is not None:
            raise ScenarioError(refused.sentence.rstrip("."))
    return folder, room


def as_control(room: OpenRecord, command: Command, *, at: datetime) -> Refusal | None:
    """Give a command of the control seat, which nobody sits in when one person plays alone."""
    answer = room.submit(CommandRequest(seat=control_of(room), command=command), at=at)
    return answer if isinstance(answer, Refusal) else None


def control_of(room: OpenRecord) -> str:
    """Return the first seat that controls an exercise.

    Raises
    ------
    ScenarioError
        If no seat does, as in a record that was not made to be played.
    """
    found = next((seat for seat in room.seats() if seat in controls(room.view(seat).known)), None)
    if found is None:
        raise ScenarioError(
            "this record has no seat of control, so it is not played; `goodoffices exercise start` makes one that is"
        )
    return found
