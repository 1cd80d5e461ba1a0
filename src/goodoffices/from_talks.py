"""From a talks file to the two analyses in one call, as the terminal goes: one seat's view, and what it may see."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from goodoffices.errors import UnknownWordError
from goodoffices.formats.talks_file.reader import read_talks
from goodoffices.names import comparable, nearest_word
from goodoffices.talks.base.enums import Kind
from goodoffices.talks.core import view_after
from goodoffices.talks.initial_acts import opening
from goodoffices.talks.state.view import View

if TYPE_CHECKING:
    from goodoffices.bargain import Bargain
    from goodoffices.forecast import Lineup


_NEUTRAL = ("analyst", "mediator", "facilitator", "secretariat", "host")


def view_of_talks(talks: str | Path, seat: str | None = None, *, at: datetime | None = None) -> View:
    """Return what one seat knows of talks that are opened as an exercise at ``at``; by default, now.

    Parameters
    ----------
    talks
        A talks file, its folder, or the name of bundled talks.
    seat
        By default the first analyst, or else the first seat.

    Raises
    ------
    TalksFileError
        If the file cannot be read; the error lists every problem with its position.
    UnknownWordError
        If the talks have no such seat.
    """
    file = read_talks(talks)
    seats = {plan.slug: tuple(role.value for role in plan.roles) for plan in file.seats}
    return view_after(opening(file, kind=Kind.EXERCISE, at=at or datetime.now(UTC)), chosen_seat(seat, seats))


def bargain_of(talks: str | Path, seat: str | None = None, *, at: datetime | None = None) -> Bargain:
    """Return the bargain that one seat's assessments describe, from a talks file; errors as `view_of_talks`.

    Examples
    --------
    >>> bargain_of("astana-2017")
    <Bargain: 5 parties, 10 issues, 104,976 settlements>
    """
    from goodoffices.reports.settlement.bargain_from_view import bargain_from  # most commands need no analysis

    return bargain_from(view_of_talks(talks, seat, at=at)).bargain


def lineup_of(
    talks: str | Path, seat: str | None = None, *, issue: str | None = None, at: datetime | None = None
) -> Lineup:
    """Return who stands where on one issue, or on all that are assessed, in one seat's view; errors as `view_of_talks`.

    Examples
    --------
    >>> lineup_of("astana-2017", issue="monitoring")
    <Lineup: 6 actors, 1 issue>
    """
    from goodoffices.reports.forecast.lineup_from_view import lineup_from

    return lineup_from(view_of_talks(talks, seat, at=at), issue)


def chosen_seat(seat: str | None, seats: dict[str, tuple[str, ...]]) -> str:
    """Return the seat that was named, or else the first of a role that takes no side, or else the first by name.

    Raises
    ------
    UnknownWordError
        If there is no such seat.
    """
    if seat is None:
        return next((slug for role in _NEUTRAL for slug in sorted(seats) if role in seats[slug]), min(seats))
    if comparable(seat) not in seats:
        raise UnknownWordError("seat", seat, tuple(seats), nearest=nearest_word(seat, seats))
    return comparable(seat)
