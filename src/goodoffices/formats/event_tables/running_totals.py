"""Running totals, such as *214 since the cease-fire began*: what can be said of single days, and what cannot.

Two totals of one ledger and area, of two days, give one count for the days between, and for no single one of them. The
first total says nothing of single days. Where a total falls, somebody corrected it: the days before it are not known.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from goodoffices.data_class import dataclass
from goodoffices.errors import DatasetError
from goodoffices.event_table import CellWord, Event, UnseenDay
from goodoffices.formats.input.tables import some_of

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Differences:
    """Counts of days between totals, days of which a correction leaves nothing known, and what a person should know."""

    events: tuple[Event, ...]
    unseen: tuple[UnseenDay, ...] = ()
    notes: tuple[str, ...] = ()


def differences(file: str, totals: Iterable[Event], carried: Container[int] = ()) -> Differences:
    """Return what running totals say of the days between them, by ledger and area.

    Parameters
    ----------
    totals
        Rows whose ``count``, and deaths where stated, are totals up to the end of their last day.
    carried
        The lines of rows that nobody reported: somebody repeated the total of the day before. They count nothing.

    Raises
    ------
    DatasetError
        If a ledger has two different totals of one day and area: nobody can say which one the next differs from.
    """
    series, notes = _reported(totals, carried)
    events: list[Event] = []
    unseen: list[UnseenDay] = []
    for rows in series.values():
        first = rows[0]
        notes.append(f"{_name(first)}: the total up to {first.last_day} is {first.count:,}; it is in no daily count")
        for before, after in pairwise(rows):
            if before.last_day == after.last_day:
                _check_same(file, before, after)
            elif after.count < before.count:
                days = _days_between(before.last_day, after.last_day)
                unseen += [
                    UnseenDay(day=day, word=CellWord.NOT_OBSERVED, ledger=after.ledger, area=after.area)
                    for day in days
                ]  # fmt: skip
                notes.append(
                    f"{_name(after)}: the total falls from {before.count:,} to {after.count:,} on {after.last_day}: a "
                    "correction, which is in no daily count"
                )
            else:
                events.append(_between(before, after))
    return Differences(events=tuple(events), unseen=tuple(unseen), notes=tuple(notes))


def _reported(totals: Iterable[Event], carried: Container[int]) -> tuple[dict[tuple[str, str], list[Event]], list[str]]:
    """Return the totals that somebody reported, by ledger and area and by their days, and what was carried forward."""
    series: dict[tuple[str, str], list[Event]] = defaultdict(list)
    latest: dict[tuple[str, str], Event] = {}
    risen: list[str] = []
    n_carried = 0
    for one in sorted(totals, key=lambda one: one.last_day):
        before = latest.get((one.ledger, one.area))
        latest[one.ledger, one.area] = one
        if one.line not in carried:
            series[one.ledger, one.area].append(one)
            continue
        n_carried += 1
        if before is not None and before.count != one.count:
            risen.append(f"line {one.line}")
    notes = [f"{n_carried:,} rows carry the total of an earlier day forward: nobody reported them"] if n_carried else []
    if risen:
        notes.append(f"carried rows with another total than the row before: {some_of(risen)}")
    return series, notes


def _between(before: Event, after: Event) -> Event:
    """Return the count of the days after one total up to the next."""
    return replace(
        after,
        first_day=before.last_day + _ONE_DAY,
        count=after.count - before.count,
        word=None,
        deaths=_difference(before.deaths, after.deaths),
        # The range of a difference does not follow from two ranges.
        deaths_low=None,
        deaths_high=None,
        deaths_civilians=_difference(before.deaths_civilians, after.deaths_civilians),
    )


def _difference(before: int | None, after: int | None) -> int | None:
    return None if before is None or after is None or after < before else after - before


def _check_same(file: str, one: Event, other: Event) -> None:
    if (one.count, one.deaths) != (other.count, other.deaths):
        raise DatasetError(
            f"{file}, lines {one.line} and {other.line}: {_name(one)} has two totals up to {one.last_day}, "
            f"{one.count:,} and {other.count:,}; leave the one that is right"
        )


def _days_between(before: date, after: date) -> Sequence[date]:
    return [before + n * _ONE_DAY for n in range(1, (after - before).days + 1)]


def _name(one: Event) -> str:
    return ", ".join(part for part in (one.ledger, one.area) if part)
