"""Open one seat's view of talks: of a talks file, a bundled scenario or a record."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path

import click

from goodoffices.cli.terminal.completion import talks_or_files
from goodoffices.cli.terminal.output import show_text
from goodoffices.cli.terminal.record_access import looked_at, now
from goodoffices.data_class import dataclass
from goodoffices.errors import GoodOfficesError, ScenarioError, UnknownWordError, quoted
from goodoffices.from_talks import chosen_seat, view_of_talks
from goodoffices.record.open_store import is_postgresql
from goodoffices.talks.base.enums import Kind
from goodoffices.talks.base.local_time import end_of_day, instant_in
from goodoffices.talks.claims.as_of import exercise_moment
from goodoffices.talks.earlier_views import view_as_of
from goodoffices.talks.state.view import View

_SQLITE = b"SQLite format 3\x00"
TALKS = click.argument("talks", metavar="TALKS", shell_complete=talks_or_files)
AS_OF = click.option(
    "--as-of",
    help="As it was then: a day, a time (2017-01-23T08:00), in a record the number of a notice, or end. "
    "By default the moment that the talks name, if they name one.",
)
JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON instead of text.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """What a command needs a seat to have: a test of its view, and in words, as ``estimates of …``."""

    holds: Callable[[View], bool]
    what: str
    remedy: str
    """What to do where no seat has it."""


@contextmanager
def view_of(talks: str, seat: str | None, as_of: str | None = None, *, need: Need | None = None) -> Iterator[View]:
    """Open a seat's view of TALKS: a talks file, its folder, a bundled scenario, or a record.

    Of a live record, ``as_of`` leaves out the acts after that day or time; an exercise has no clock of its own yet.
    The number of a notice leaves out all that came after it. Where ``seat`` is ``None``, a refusal of what follows says
    which seat was taken.

    Raises
    ------
    ScenarioError
        If ``as_of`` cannot be read, or is the number of a notice and TALKS has no record; or the seat has not what is
        needed. Then the seats that have it are named, if ``seat`` is ``None``.
    """
    with _view_of(talks, seat, as_of, need) as view:
        try:
            yield view
        except GoodOfficesError as error:
            if seat is None and not (isinstance(error, UnknownWordError) and error.kind in _OF_NO_SEAT):
                error.add_note(taken(view))
            raise


_OF_NO_SEAT = ("assumption", "form", "format", "language", "mediator", "model", "protocol", "section", "strategy")
"""What is known or unknown whichever seat asks."""


def taken(view: View) -> str:
    """Return the sentence that says which seat was taken where none was named."""
    return f"No seat was named, so this is for the seat {view.seat}; --seat names another."


def _checked(view: View, need: Need | None, seat: str | None, others: Callable[[], Iterable[View]]) -> View:
    """Return a view that has what is needed, or refuse it.

    Where no seat was named, the keeper of the talks asks, and the seats that have it are named. What is said for a
    named seat does not depend on what other seats have: it may be shown to that seat.
    """
    if need is None or need.holds(view):
        return view
    having = sorted(other.seat for other in others() if need.holds(other)) if seat is None else []
    there = f"Seats that have some: {', '.join(having)}. Name one with --seat" if having else need.remedy
    if seat is not None:
        there = "Name another seat; without --seat the analyst's is taken, or else the mediator's"
    error = ScenarioError(f"{view.name(view.seat)} sees no {need.what}, so nothing can be worked out for it. {there}")
    if seat is None and having:
        error.add_note(taken(view))
    raise error


@contextmanager
def _view_of(talks: str, seat: str | None, as_of: str | None, need: Need | None) -> Iterator[View]:
    if as_of is not None and is_number(as_of) and not is_record(talks):
        raise ScenarioError(f"{talks} is not a record and has no notice {as_of}; give a day or a time, as 2017-01-23")
    if is_record(talks):
        with looked_at(talks) as room:
            name = chosen_seat(seat, room.roles())
            if as_of is not None and is_number(as_of):
                yield room.view_at(name, int(as_of))
                return
            seen = _checked(room.view(name), need, seat, lambda: map(room.view, sorted(room.roles())))
            yield seen if as_of in (None, "end") else room.view_at(name, notices_by(seen, str(as_of)))
        return
    at = now()
    view = view_of_talks(talks, seat, at=at)
    yield _checked(view, need, seat, lambda: (view_of_talks(talks, name, at=at) for name in sorted(view.known.seats)))


_LATER = "--as-of end shows all that is recorded"


@contextmanager
def view_then(
    talks: str,
    seat: str | None,
    as_of: str | None,
    *,
    later: str = "--as-of end shows all that is recorded",
    need: Need | None = None,
) -> Iterator[View]:
    """Open a seat's view of TALKS as it was: after a notice, or with what was known on a day or at a time.

    Without ``as_of``, talks that name a moment at which they begin are opened at it, as in a brief, and the standard
    error says so, and with ``later`` how to see more. Errors as `view_of`.
    """
    with view_of(talks, seat, as_of, need=need) as view:
        at = moment_in(view, as_of)
        if as_of is None and at is not None:
            show_text(f"As of {view.time(at)}; {later}.", err=True)
        yield view if at is None else view_as_of(view, at)


def notices_by(seen: View, as_of: str) -> int:
    """Return how many notices of a record a seat had by a day or time.

    Of an exercise a moment before its start is one of the talks: then there is what its talks file told, and no act.
    """
    until = typed_moment(as_of, seen.zone)
    n = sum(notice.when <= until for notice in seen.notices)
    if n or not len(seen.notices):
        return n
    began = seen.notices[0].when
    if seen.known.header.kind is Kind.LIVE:
        raise ScenarioError(f"nothing was recorded for this seat by then; its record begins {seen.time(began)}")
    return sum(notice.when == began for notice in seen.notices)


def moment_in(seen: View, as_of: str | None) -> datetime | None:
    """Return the moment of the talks at which a brief of a view is set; ``None`` for the end of what it holds."""
    header = seen.known.header
    if as_of is not None and is_number(as_of):
        as_of = None
    if as_of == "end" or (as_of is None and header.opens_at is None):
        return None
    until = None if as_of is None else typed_moment(as_of, seen.zone)
    has_acts = len(seen.later_notices) > 0
    if until is not None and (not has_acts or until < seen.notices[0].when or header.kind is Kind.LIVE):
        return until
    return exercise_moment(seen)


def typed_moment(given: str, zone: str) -> datetime:
    """Return the instant that was typed: of a day, its end; a time without a zone is by the clock of the talks."""
    try:
        if len(given) <= len("2017-01-23"):
            return end_of_day(date.fromisoformat(given), zone)
        at = datetime.fromisoformat(given)
        return at if at.tzinfo is not None else instant_in(given, zone)
    except ValueError as error:
        raise ScenarioError(f"{quoted(given)} is not a day or a time; write 2017-01-23 or 2017-01-23T08:00") from error


def is_number(as_of: str) -> bool:
    """Say whether what was typed is the number of a notice; a day has hyphens."""
    return as_of.isascii() and as_of.isdigit()


def is_record(talks: str) -> bool:
    """Say whether TALKS is a record: an address of PostgreSQL, or a file of SQLite."""
    return is_postgresql(talks) or _is_record(Path(talks))


def _is_record(path: Path) -> bool:
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(len(_SQLITE)) == _SQLITE
