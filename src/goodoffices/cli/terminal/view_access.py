"""Open one seat's view of talks: of a talks file, a bundled scenario or a record."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path

import click

from goodoffices.cli.terminal.record_access import looked_at, now
from goodoffices.errors import ScenarioError, quoted
from goodoffices.formats.talks_file.reader import read_talks
from goodoffices.from_talks import chosen_seat
from goodoffices.record.open_store import is_postgresql
from goodoffices.reports.brief.as_of import view_as_of
from goodoffices.talks.base.enums import Kind
from goodoffices.talks.base.local_time import end_of_day, instant_in
from goodoffices.talks.core import view_after
from goodoffices.talks.initial_acts import opening
from goodoffices.talks.state.view import View

_SQLITE = b"SQLite format 3\x00"
TALKS = click.argument("talks", metavar="TALKS")
AS_OF = click.option(
    "--as-of", help="As it was then: a day, a time (2017-01-23T08:00), or in a record the number of a notice."
)
JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON instead of text.")


@contextmanager
def view_of(talks: str, seat: str | None, as_of: str | None = None) -> Iterator[View]:
    """Open a seat's view of TALKS: a talks file, its folder, a bundled scenario, or a record.

    Of a live record, ``as_of`` leaves out the acts after that day or time; an exercise has no clock of its own yet.
    """
    if is_record(talks):
        with looked_at(talks) as room:
            name = chosen_seat(seat, room.roles())
            seen = room.view(name)
            if as_of not in (None, "end") and seen.known.header.kind is Kind.LIVE:
                until = typed_moment(str(as_of), seen.zone)
                n = sum(notice.when <= until for notice in seen.notices)
                if not n:
                    began = seen.time(seen.notices[0].when) if len(seen.notices) else "later"
                    raise ScenarioError(f"nothing was recorded for this seat by then; its record begins {began}")
                seen = room.view_at(name, n)
            yield seen
        return
    file = read_talks(talks)
    chosen = chosen_seat(seat, {plan.slug: tuple(role.value for role in plan.roles) for plan in file.seats})
    yield view_after(opening(file, kind=Kind.EXERCISE, at=now()), chosen)


@contextmanager
def view_then(talks: str, seat: str | None, as_of: str | None) -> Iterator[View]:
    """Open a seat's view of TALKS as it was: after a notice, or with what was known on a day or at a time.

    Raises
    ------
    ScenarioError
        If ``as_of`` cannot be read, or is the number of a notice and TALKS has no record.
    """
    if as_of is not None and as_of.isdigit():
        if not is_record(talks):
            raise ScenarioError(
                f"{talks} is not a record and has no notice {as_of}; give a day or a time, as 2017-01-23"
            )
        with looked_at(talks) as room:
            yield room.view_at(chosen_seat(seat, room.roles()), int(as_of))
        return
    with view_of(talks, seat, as_of) as view:
        is_filtered = as_of is None or as_of == "end" or (is_record(talks) and view.known.header.kind is Kind.LIVE)
        yield view if is_filtered else view_as_of(view, typed_moment(str(as_of), view.zone))


def typed_moment(given: str, zone: str) -> datetime:
    """Return the instant that was typed: of a day, its end; a time without a zone is by the clock of the talks."""
    try:
        if len(given) <= len("2017-01-23"):
            return end_of_day(date.fromisoformat(given), zone)
        at = datetime.fromisoformat(given)
        return at if at.tzinfo is not None else instant_in(given, zone)
    except ValueError as error:
        raise ScenarioError(f"{quoted(given)} is not a day or a time; write 2017-01-23 or 2017-01-23T08:00") from error


def is_record(talks: str) -> bool:
    """Say whether TALKS is a record: an address of PostgreSQL, or a file of SQLite."""
    return is_postgresql(talks) or _is_record(Path(talks))


def _is_record(path: Path) -> bool:
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(len(_SQLITE)) == _SQLITE
