"""The plan of an exercise as text: when each inject comes, and what is missing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from goodoffices.errors import ScenarioError
from goodoffices.talks.base.enums import Role
from goodoffices.talks.base.local_time import time_text
from goodoffices.talks.initial_exercise_acts import played_file
from goodoffices.talks.model.exercise import ExercisePlan, PlannedInject, said_in
from goodoffices.talks.model.talks_file import TalksFile
from goodoffices.text_tables import counted


def plan_of(file: TalksFile) -> ExercisePlan:
    """Return the plan of the exercise in a talks file.

    Raises
    ------
    ScenarioError
        If it has none.
    """
    if file.exercise is None:
        raise ScenarioError(f"talks {file.slug!r} have no exercise; write one under 'exercise' in the talks file")
    return file.exercise


def plan_text(file: TalksFile, language: str = "en") -> str:
    """Return the timeline of injects and conditions, and what a trainer should look at before the day.

    Raises
    ------
    ScenarioError
        If the talks file has no exercise.
    """
    plan = plan_of(file)
    shown = plan.shown
    played = [seat for seat in (*file.seats, *plan.added_seats) if Role.CONTROL not in seat.roles]
    whole = (shown.ends_at - shown.starts_at) / shown.pace
    lines = [
        f"{said_in(shown.title, language)}: {counted(len(played), 'seat')}, "
        f"{counted(len(plan.briefs), 'brief')}, {counted(len(plan.injects), 'inject')}.",
        f"From {time_text(shown.starts_at, file.zone)} to {time_text(shown.ends_at, file.zone)}.",
        f"At pace {shown.pace} that is {_length(whole)} by the clock on the wall, without jumps.",
    ]
    timed = sorted((one for one in plan.injects if one.at is not None), key=lambda one: one.at or shown.starts_at)
    if timed:
        lines += ["", "AT A TIME"]
    lines += [_timed(one, file, shown.ends_at, language) for one in timed]
    waiting = [one for one in plan.injects if one.when]
    if waiting:
        lines += ["", "WHEN A CONDITION HOLDS"]
    for one in waiting:
        after = f", {one.after_minutes} minutes later" if one.after_minutes else ""
        lines += [f"  {one.slug}: {said_in(one.title, language)} (to {_to(one)})", f"    when {one.when}{after}"]
    by_hand = [one for one in plan.injects if one.at is None and not one.when]
    if by_hand:
        lines += ["", "BY HAND"]
    lines += [f"  {one.slug}: {said_in(one.title, language)} (to {_to(one)})" for one in by_hand]
    missing = [*_missing(file, plan)]
    if missing:
        lines += ["", "TO LOOK AT"]
    return "\n".join([*lines, *(f"  {one}" for one in missing)])


def _length(whole: timedelta) -> str:
    minutes = int(whole.total_seconds() // 60)
    return f"{minutes // 60} h {minutes % 60} min" if minutes >= 60 else f"{minutes} min"


def _to(one: PlannedInject) -> str:
    return "all" if one.to == ("all",) else ", ".join(one.to)


def _timed(one: PlannedInject, file: TalksFile, ends_at: datetime, language: str) -> str:
    assert one.at is not None, "only injects with a time are listed so"
    late = ", after the end: by a jump" if one.at > ends_at else ""
    return f"  {time_text(one.at, file.zone)}  {one.slug}: {said_in(one.title, language)} (to {_to(one)}{late})"


def _missing(file: TalksFile, plan: ExercisePlan) -> Iterator[str]:
    """Yield what an exercise can do without, and a trainer would miss."""
    played = played_file(file, plan)
    chiefs = {seat.slug for seat in played.seats if Role.CONTROL in seat.roles}
    if not chiefs:
        yield "No seat controls the exercise. Add one with the role 'control' under 'added_seats'."
    briefed = {brief.seat for brief in plan.briefs}
    for planned in plan.shown.seats:
        if planned.slug not in briefed:
            yield f"The seat {planned.slug} has no brief. Write one under 'briefs'."
    if plan.shown.seats and all(seat.automated == "silent" for seat in plan.shown.seats):
        yield "The program cannot play these seats: one that nobody sits in stays silent. Find a person for each."
    yield from _languages_missing(plan)
    for inject in plan.injects:
        if inject.at is not None and inject.at <= plan.shown.starts_at:
            yield f"The inject {inject.slug} comes at the first moment. Give it a later time."


def _languages_missing(plan: ExercisePlan) -> Iterator[str]:
    """Yield the briefs and injects that lack a language which some brief has."""
    languages = sorted({language for brief in plan.briefs for language in brief.words})
    worded = [(f"The brief of {brief.seat}", set(brief.words)) for brief in plan.briefs]
    worded += [(f"The inject {one.slug}", {code for code, _ in one.words}) for one in plan.injects]
    for what, has in worded:
        for language in languages:
            if language not in has:
                yield f"{what} has no words in the language {language!r}. Add them."
