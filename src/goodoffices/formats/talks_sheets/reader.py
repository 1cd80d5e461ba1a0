"""Read the spreadsheet that begins own talks: everything that is wrong is told at once, and then nothing is read in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import field, replace
from datetime import date
from pathlib import Path
from zoneinfo import available_timezones

from goodoffices.data_class import dataclass
from goodoffices.errors import ScenarioError, TalksFileError
from goodoffices.formats.input.diagnostics import Entry
from goodoffices.formats.input.files import RawFile, read_named
from goodoffices.formats.talks_sheets.cells import Checker, parts_of
from goodoffices.formats.talks_sheets.columns import ACTOR_KINDS, FORMATS, LANGUAGES, ROLES
from goodoffices.formats.talks_sheets.exercise_rows import exercise_rows
from goodoffices.formats.talks_sheets.grid import FilledCell, FilledRow, Grid, read_grid
from goodoffices.formats.talks_sheets.lasting_names import key_of
from goodoffices.formats.talks_sheets.own_talks import ActorRow, FirstSession, OwnTalks, SeatRow
from goodoffices.formats.talks_sheets.problems import MOST_TOLD, LookAlike, Problem, problem
from goodoffices.formats.talks_sheets.row_readers import check_days, commitments, issues, positions, sources
from goodoffices.garbage_collection import paused_collector
from goodoffices.names import comparable, nearest_word
from goodoffices.talks.base.enums import Role
from goodoffices.talks.base.local_time import instant_in, is_zone

_HOUR = re.compile(r"(\d{1,2}):(\d{2})(?::00)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetReading:
    """The result of reading: the talks, unless something is wrong; every problem; what was not read; look-alikes."""

    talks: OwnTalks | None
    problems: tuple[Problem, ...] = ()
    unread: tuple[str, ...] = ()
    look_alikes: tuple[LookAlike, ...] = field(default=())

    def text(self, name: str) -> str:
        """Return the problems in English, one a line, at most fifty of them and then their number."""
        n = len(self.problems)
        lines = [one.sentence() for one in self.problems[:MOST_TOLD]]
        if n > MOST_TOLD:
            lines.append(f"… and {n - MOST_TOLD} more.")
        told = "one thing" if n == 1 else f"{n} things"
        return "\n".join([f"{name}: nothing was read in. {told.capitalize()} to correct:", *lines])


def read_own_talks(path: str | Path) -> tuple[OwnTalks, SheetReading]:
    """Return the talks of a spreadsheet, with what was noted.

    Raises
    ------
    TalksFileError
        If anything is wrong. Its text lists every problem with its cell.
    """
    path = Path(path)
    raw = read_named(path)
    if isinstance(raw, Entry):
        raise TalksFileError(f"{path}: {raw.why} {raw.remedy}".strip(), problems=(raw,))
    reading = read_sheets(raw)
    if reading.talks is None:
        raise TalksFileError(reading.text(str(path)), problems=reading.problems, count=len(reading.problems))
    return reading.talks, reading


def read_sheets(raw: RawFile) -> SheetReading:
    """Return the talks of a spreadsheet and what was noted; what is wrong is in the result and is never raised."""
    with paused_collector():
        grid = read_grid(raw)
        if not grid.rows:
            return SheetReading(talks=None, problems=grid.problems)
        checker = Checker(nameless=grid.nameless)
        checker.declare(grid)
        talks = _talks(grid, checker)
    problems = _ordered([*grid.problems, *checker.problems, *_whole(grid)])
    return SheetReading(
        talks=None if problems else talks,
        problems=problems,
        unread=grid.unread,
        look_alikes=tuple(checker.look_alikes),
    )


_ORDER = (
    "",
    "Start",
    "Actors",
    "Seats",
    "Issues",
    "Positions",
    "Sources",
    "Commitments",
    "Exercise",
    "Briefs",
    "Injects",
)


def _ordered(problems: list[Problem]) -> tuple[Problem, ...]:
    """Return each problem once, in the order of the file, and at most one for a cell."""
    first: dict[tuple[object, ...], Problem] = {}
    for one in problems:
        key = (one.place,) if one.line else (one.code, one.place, one.values)
        first.setdefault(key, one)
    return tuple(sorted(first.values(), key=lambda one: (_ORDER.index(one.sheet), one.line, one.at)))


def _whole(grid: Grid) -> Iterator[Problem]:
    """Yield what is wrong with a sheet as a whole."""
    broken = {one.sheet for one in grid.problems} | {
        dict(one.values)["sheet"] for one in grid.problems if one.code == "no-sheet"
    }
    for name in ("Actors", "Seats"):
        if not grid.rows[name] and name not in broken:
            yield problem("nobody", name)


def _talks(grid: Grid, checker: Checker) -> OwnTalks:
    start = next(iter(grid.rows["Start"]), None)
    begun = (
        OwnTalks(title="", zone="UTC", languages=("en",), is_live=False) if start is None else _start(start, checker)
    )
    read_issues, read_sources = issues(grid.rows["Issues"], checker), sources(grid.rows["Sources"], checker)
    for sheet in ("Positions", "Commitments"):
        check_days(sheet, grid.rows[sheet], checker, read_sources)
    talks = OwnTalks(
        title=begun.title,
        place=begun.place,
        zone=begun.zone,
        languages=begun.languages,
        is_live=begun.is_live,
        first_day=begun.first_day,
        session=begun.session,
        actors=tuple(_actor(row, checker) for row in grid.rows["Actors"]),
        seats=tuple(_seat(row, checker) for row in grid.rows["Seats"]),
        issues=read_issues,
        positions=positions(grid.rows["Positions"], checker, read_issues),
        sources=read_sources,
        commitments=commitments(grid.rows["Commitments"], checker),
    )
    talks = replace(talks, exercise=exercise_rows(grid, checker, talks.zone, is_live=talks.is_live))
    _circles(grid.rows["Actors"], talks.actors, checker)
    if talks.is_live:
        _nothing_invented(grid, checker)
    return talks


def _start(row: FilledRow, checker: Checker) -> OwnTalks:
    zone = _zone(row["Time zone"], checker, checker.text(row, "Time zone"))
    first_day = checker.day(row, "First round begins")
    words = checker.words(row, "Languages")
    return OwnTalks(
        title=checker.text(row, "Title"),
        place=checker.text(row, "Place"),
        zone=zone,
        languages=tuple(LANGUAGES[word] for word in words) or ("en",),
        is_live=checker.word(row, "Exercise or live") == "live",
        first_day=first_day,
        session=_session(row["First session"], checker, first_day, zone),
    )


def _zone(cell: FilledCell, checker: Checker, text: str) -> str:
    if not text or is_zone(text):
        return text or "UTC"
    near = nearest_word(text, sorted(available_timezones()))
    if near is not None and key_of(near) == key_of(text):
        return near
    checker.problems.append(cell.problem("zone" if near is None else "near-zone", found=text, near=near))
    return "UTC"


def _session(cell: FilledCell, checker: Checker, day: date | None, zone: str) -> FirstSession | None:
    parts = parts_of(cell.text)
    if not parts:
        return None
    # The hour may be left out: it is then not known.
    format_ = next((FORMATS[key_of(part)] for part in parts[1:] if key_of(part) in FORMATS), None)
    hours = [match for part in parts[1:] if (match := _HOUR.fullmatch(part))]
    if format_ is None or len(parts) != 2 + len(hours) or len(hours) > 1:
        checker.problems.append(cell.problem("session", found=comparable(cell.text)))
        return None
    if not hours:
        return FirstSession(title=parts[0], format=format_)
    if day is None:
        checker.problems.append(cell.problem("no-day"))
        return None
    try:
        starts_at = instant_in(f"{day.isoformat()}T{int(hours[0][1]):02}:{hours[0][2]}", zone)
    except ScenarioError:
        checker.problems.append(cell.problem("no-hour", zone=zone))
        return None
    return FirstSession(title=parts[0], format=format_, starts_at=starts_at)


def _actor(row: FilledRow, checker: Checker) -> ActorRow:
    word = checker.word(row, "What it is")
    return ActorRow(
        name=checker.text(row, "Name"),
        others=tuple(parts_of(row["Other names"].text)),
        kind=ACTOR_KINDS.get(word, ACTOR_KINDS["organisation"]),
        part_of=checker.name(row, "Part of"),
        never=checker.names_in(row, "Never the same as"),
        sources=checker.names_in(row, "Source"),
        is_invented=checker.word(row, "Invented") == "yes",
    )


def _seat(row: FilledRow, checker: Checker) -> SeatRow:
    roles = tuple(ROLES[word] for word in checker.words(row, "Roles"))
    of = checker.name(row, "Guarantor of")
    if of is not None and Role.GUARANTOR not in roles and roles:
        checker.problems.append(row["Guarantor of"].problem("not-guarantor"))
    disputed = checker.names_in(row, "Disputed by")
    if disputed and roles and not disputable(roles):
        checker.problems.append(row["Disputed by"].problem("disputed"))
    return SeatRow(
        name=checker.text(row, "Seat"),
        actors=checker.names_in(row, "For"),
        roles=roles,
        guarantor_of=of,
        word=checker.text(row, "On whose word"),
        disputed_by=disputed,
        head=checker.text(row, "Head of delegation"),
        reached=checker.word(row, "How papers reach it") or "on screen",
        is_invented=checker.word(row, "Invented") == "yes",
    )


_OWN_BUSINESS = frozenset({Role.PARTY, Role.SECRETARIAT, Role.ANALYST})
"""Roles that are not held towards others, so that nobody recognises or disputes them."""


def disputable(roles: tuple[Role, ...]) -> tuple[Role, ...]:
    """Return the roles that others may recognise or dispute."""
    return tuple(role for role in roles if role not in _OWN_BUSINESS)


def _circles(rows: tuple[FilledRow, ...], actors: tuple[ActorRow, ...], checker: Checker) -> None:
    above = {key_of(actor.name): key_of(actor.part_of) for actor in actors if actor.part_of}
    for row, actor in zip(rows, actors, strict=True):
        seen, at = set(), key_of(actor.name)
        while at in above and at not in seen:
            seen.add(at)
            at = above[at]
        if at == key_of(actor.name) and seen:
            checker.problems.append(row["Part of"].problem("itself", found=actor.name))


def _nothing_invented(grid: Grid, checker: Checker) -> None:
    for name, rows in grid.rows.items():
        if name not in ("Start", "Seats", "Exercise", "Briefs", "Injects"):
            # That somebody has a seat here is always a decision, so seats are not asked.
            invented = [row["Invented"] for row in rows if key_of(row["Invented"].text) == "yes"]
            checker.problems += [cell.problem("live-invented") for cell in invented]
