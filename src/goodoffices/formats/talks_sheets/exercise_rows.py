"""Read the rows of *Exercise*, *Briefs* and *Injects*, and make the plan of an exercise of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta

from goodoffices.errors import ScenarioError
from goodoffices.formats.talks_sheets.cells import Checker
from goodoffices.formats.talks_sheets.columns_of_exercise import ALL, EXERCISE_SHEETS, PARTS_OF_BRIEF
from goodoffices.formats.talks_sheets.grid import FilledRow, Grid
from goodoffices.formats.talks_sheets.lasting_names import LastingNames, key_of
from goodoffices.formats.talks_sheets.own_talks import DEFAULT_PACE, ExerciseRows, InjectRow
from goodoffices.formats.talks_sheets.problems import problem
from goodoffices.names import comparable
from goodoffices.talks.base.enums import ActorKind, Role
from goodoffices.talks.base.local_time import instant_in
from goodoffices.talks.model.actors import Actor, Name, SeatPlan
from goodoffices.talks.model.brief import Brief
from goodoffices.talks.model.exercise import MOST_PACE, ExercisePlan, PlannedInject, PlayedSeat, ShownPlan

_HOUR = re.compile(r"(\d{1,2}):(\d{2})(?::00)?")
_DAY_MINUTES = 1440


def exercise_rows(grid: Grid, checker: Checker, zone: str, *, is_live: bool) -> ExerciseRows | None:
    """Return how the talks are played; ``None`` if the spreadsheet says nothing of it, or what is wrong was told."""
    rows = {form.name: grid.rows[form.name] for form in EXERCISE_SHEETS}
    if not any(rows.values()):
        return None
    if is_live:
        first = next(one for held in rows.values() for one in held)
        checker.problems.append(next(iter(first.cells.values())).problem("live-exercise"))
        return None
    if not rows["Exercise"]:
        if "Exercise" not in {one.sheet for one in grid.problems}:
            checker.problems.append(problem("no-exercise", "Exercise"))
        return None
    row, *more = rows["Exercise"]
    checker.problems += [next(iter(one.cells.values())).problem("one-row") for one in more]
    starts_at = _moment(row, "Begins", "Hour of the beginning", checker, zone)
    ends_at = _moment(row, "Ends", "Hour of the end", checker, zone)
    pace = _whole(row, "Pace", checker, "pace", MOST_PACE) if comparable(row["Pace"].text) else DEFAULT_PACE
    background = checker.text(row, "What everybody is told")
    briefs = tuple(_brief(one, checker) for one in rows["Briefs"])
    injects = tuple(_inject(one, checker, zone) for one in rows["Injects"])
    if starts_at is None or ends_at is None:
        return None
    if ends_at <= starts_at:
        checker.problems.append(row["Ends"].problem("ends-early"))
        return None
    return ExerciseRows(
        starts_at=starts_at, ends_at=ends_at, pace=pace, background=background, briefs=briefs, injects=injects
    )


def _brief(row: FilledRow, checker: Checker) -> tuple[str, tuple[str, ...]]:
    seat = checker.name(row, "Seat") or ""
    return seat, tuple(checker.text(row, heading) for heading in PARTS_OF_BRIEF)


def _inject(row: FilledRow, checker: Checker, zone: str) -> InjectRow:
    is_for_all = key_of(ALL) in map(key_of, row["To"].text.replace("؛", ";").split(";"))
    to = checker.names_in(row, "To")
    silent, minutes = checker.name(row, "If this seat is silent"), 0
    has_time = bool(comparable(row["Day"].text) or comparable(row["Hour"].text))
    at = _moment(row, "Day", "Hour", checker, zone, needed="inject-hour") if has_time else None
    if has_time and silent is not None:
        checker.problems.append(row["If this seat is silent"].problem("inject-twice"))
    if silent is not None or comparable(row["For so many minutes"].text):
        minutes = _whole(row, "For so many minutes", checker, "minutes", _DAY_MINUTES)
    if minutes and silent is None and not comparable(row["If this seat is silent"].text):
        checker.problems.append(row["If this seat is silent"].problem("no-silent-seat"))
    return InjectRow(
        title=checker.text(row, "Title"),
        words=checker.text(row, "Words"),
        to=() if is_for_all else to,
        kind=checker.word(row, "Kind"),
        at=at,
        silent=silent,
        minutes=minutes,
    )


def _moment(
    row: FilledRow, day_heading: str, hour_heading: str, checker: Checker, zone: str, *, needed: str = ""
) -> datetime | None:
    """Return the moment that a day and an hour say; told if one of them is missing or cannot be."""
    day, hour = checker.day(row, day_heading), checker.text(row, hour_heading)
    if needed:
        empty = next((row[h] for h in (day_heading, hour_heading) if not comparable(row[h].text)), None)
        if empty is not None:
            checker.problems.append(empty.problem(needed))
            return None
    if day is None or not hour:
        return None
    match = _HOUR.fullmatch(hour)
    if match is None:
        checker.problems.append(row[hour_heading].problem("session-hour", found=hour))
        return None
    return _instant(row, hour_heading, checker, day, match, zone)


def _instant(
    row: FilledRow, heading: str, checker: Checker, day: date, match: re.Match[str], zone: str
) -> datetime | None:
    try:
        return instant_in(f"{day.isoformat()}T{int(match[1]):02}:{match[2]}", zone)
    except ScenarioError:
        checker.problems.append(row[heading].problem("no-hour", zone=zone))
        return None


def _whole(row: FilledRow, heading: str, checker: Checker, code: str, most: int) -> int:
    text = checker.text(row, heading)
    if text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= most:
        return int(text)
    checker.problems.append(row[heading].problem(code, found=text, most=most))
    return 0


# ---------------------------------------------------------------------------------------------------------- the plan

HEADINGS: Mapping[str, tuple[str, ...]] = {
    "en": PARTS_OF_BRIEF,
    "ar": (
        "من أنتم",
        "ما تريدون، بهذا الترتيب",
        "ما لا تقبلون",
        "ما لا يعرفه غيركم",
        "من تخاطبون",
        "ساعتكم الأولى",
    ),
}
"""How the parts of a brief are headed, in the working language of the talks; English where there is none."""


def plan_of(rows: ExerciseRows, title: str, language: str, seats: LastingNames, taken: set[str]) -> ExercisePlan:
    """Return the plan of an exercise.

    Parameters
    ----------
    rows
        What the sheets say.
    title
        What the talks are called.
    language
        The working language, in which everything is written.
    seats
        The lasting names of the seats.
    taken
        The lasting names of actors and seats, beside which control gets its own.
    """
    played = [seats[name] for name, _ in rows.briefs]
    control = next(slug for slug in ("control", "exercise-control", "control-of-the-exercise") if slug not in taken)
    staff = next(slug for slug in ("exercise-staff", "staff-of-the-exercise") if slug not in taken)
    return ExercisePlan(
        shown=ShownPlan(
            title=((language, title),),
            starts_at=rows.starts_at,
            ends_at=rows.ends_at,
            pace=rows.pace,
            seats=tuple(PlayedSeat(slug=slug, persons_to=8) for slug in played),
            resources=(((language, rows.background),),) if rows.background else (),
        ),
        briefs=tuple(
            Brief(seat=seats[name], words={language: _words(parts, language)}, kind="silent")
            for name, parts in rows.briefs
        ),
        injects=tuple(_planned(n, one, language, seats) for n, one in enumerate(rows.injects, start=1)),
        added_actors=(Actor(slug=staff, kind=ActorKind.BODY, names=(Name(text="Exercise control"),)),),
        added_seats=(SeatPlan(slug=control, actor=staff, roles=(Role.CONTROL,), sees_all=True),),
    )


def _words(parts: tuple[str, ...], language: str) -> str:
    headings = HEADINGS.get(language, HEADINGS["en"])
    return "\n".join(
        f"**{heading}.** {' '.join(part.split())}" for heading, part in zip(headings, parts, strict=True) if part
    )


def _planned(n: int, row: InjectRow, language: str, seats: LastingNames) -> PlannedInject:
    length = timedelta(minutes=row.minutes)
    silent = "" if row.silent is None else f"no_act({seats[row.silent]}, for=PT{length // timedelta(minutes=1)}M)"
    return PlannedInject(
        slug=f"inject-{n}",
        title=((language, row.title),),
        words=((language, row.words),),
        to=seats.of(row.to) if row.to else (ALL,),
        kind=row.kind,
        at=row.at,
        when=silent,
    )
