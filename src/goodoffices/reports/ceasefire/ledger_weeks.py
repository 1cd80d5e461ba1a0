"""Does it hold, week by week: the verdict of each area by each ledger of a view, with the rule that made it.

It is the same counting and the same rule as in the terminal. Alarms take longer and are worked out by themselves; the
verdicts take account of those that are given.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta

from goodoffices.ceasefire.alarms import AlarmRecord
from goodoffices.ceasefire.streams import UNKNOWN_AREA, Stream
from goodoffices.ceasefire.verdicts import Verdict, WeekVerdict
from goodoffices.data_class import dataclass
from goodoffices.errors import ScenarioError
from goodoffices.event_table import EventTable
from goodoffices.reports.ceasefire.ledger_streams import LedgerStreams, Question, streams_of, week_verdicts
from goodoffices.reports.ceasefire.view_tables import ForceDay, force_day, view_tables
from goodoffices.talks.state.knowledge import Knowledge
from goodoffices.text_tables import csv_text

SHOWN_WEEKS = 12
SHOWN_DAYS = 90
DAYS_OF_WEEK = 7
FEWEST_REPORTS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaWeeks:
    """The verdicts of one area: the last twelve weeks, the newest last. There is none before two weeks in force."""

    area: str
    stream: Stream
    weeks: tuple[WeekVerdict, ...]

    @property
    def last(self) -> WeekVerdict | None:
        """Return the verdict of the last whole week."""
        return self.weeks[-1] if self.weeks else None


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerWeeks:
    """What one ledger says of each area, and on what it rests. Areas come in the order of their verdicts."""

    ledger: str
    of: LedgerStreams
    areas: tuple[AreaWeeks, ...]
    credit: str = ""

    def with_verdict(self, verdict: Verdict) -> tuple[AreaWeeks, ...]:
        """Return the areas with this verdict in the last week."""
        return tuple(one for one in self.areas if one.last is not None and one.last.verdict == verdict)

    @property
    def tells(self) -> bool:
        """Whether the ledger tells of any area."""
        return any(one.last is not None and one.last.verdict is not Verdict.CANNOT_TELL for one in self.areas)

    @property
    def n_observed(self) -> int:
        """Return on how many of the days in force it could see anything."""
        return int(self.of.total.observed.sum())


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """Does it hold: since when it is said to be in force, the last day that is counted, and what each ledger says."""

    force: ForceDay | None
    last_day: date | None
    week_ends: date | None
    ledgers: tuple[LedgerWeeks, ...]


def _last_days(table: EventTable) -> Iterator[date]:
    """Yield the last days that a ledger tells of: a row, a day that it could see, a day on which it was stopped."""
    if table.last_day is not None:
        yield table.last_day
    yield from (one.last_day for one in table.watched)
    yield from (one.day for one in table.unseen)


_ORDER = (Verdict.BROKEN, Verdict.STRAINED, Verdict.HOLDING, Verdict.CANNOT_TELL)


def holding(
    known: Knowledge, *, until: date | None = None, alarms: Mapping[tuple[str, str], AlarmRecord] | None = None
) -> Holding:
    """Answer from what a seat knows, up to a day; by default up to the last that a ledger tells of.

    ``alarms`` are those worked out for the same day from the same knowledge, by ledger and area.
    """
    force = force_day(known)
    tables = view_tables(known, name_of=lambda held: held.handle)
    last = max((day for table in tables for day in _last_days(table)), default=None)
    last = until if until is not None and (last is None or until < last) else last
    found = []
    for table in tables:
        try:
            of = streams_of(table.file, (table,), Question(as_of=last))
        except ScenarioError:
            continue  # nothing of this ledger up to that day
        found.append(LedgerWeeks(
            ledger=table.file, of=of, areas=_areas(of, None if force is None else force.day, last, alarms or {}),
            credit=table.credit,
        ))  # fmt: skip
    ends = [one.last.week_ends for ledger in found for one in ledger.areas if one.last is not None]
    return Holding(force=force, last_day=last, week_ends=max(ends, default=None), ledgers=tuple(found))


def _areas(
    of: LedgerStreams, at: date | None, last: date | None, alarms: Mapping[tuple[str, str], AlarmRecord]
) -> tuple[AreaWeeks, ...]:
    areas = []
    for stream in of.streams:
        reached = stream if last is None else _up_to(stream, last)
        weeks = () if at is None or stream.area == UNKNOWN_AREA else _weeks(of, reached, at, alarms)
        areas.append(
            AreaWeeks(
                area="" if stream.area == UNKNOWN_AREA else stream.area, stream=reached, weeks=weeks[-SHOWN_WEEKS:]
            )
        )
    return tuple(sorted(areas, key=_rank))


def _weeks(
    of: LedgerStreams, stream: Stream, at: date, alarms: Mapping[tuple[str, str], AlarmRecord]
) -> tuple[WeekVerdict, ...]:
    return week_verdicts(of, stream, at, alarms.get((of.ledger, stream.area)))


def _up_to(stream: Stream, last: date) -> Stream:
    """Return a stream that reaches a day; the days after its own last one were not observed."""
    import numpy as np

    missing = (last - stream.last_day).days
    if missing <= 0:
        return stream.until(last)
    y = np.concatenate([stream.y, np.full(missing, np.nan)])
    exposure = np.concatenate([stream.exposure, np.zeros(missing)])
    return replace(stream, y=y, exposure=exposure)


def _rank(one: AreaWeeks) -> tuple[int, float, str]:
    """Return by what areas are put in order: the worst verdict first, then the highest level."""
    if one.last is None:
        return len(_ORDER), 0.0, one.area
    return _ORDER.index(one.last.verdict), -(one.last.level or 0.0), one.area


def week_with_reports(found: Holding) -> date | None:
    """Return the last day of the last week of which a ledger has four reports or more; ``None`` if there is none.

    No table of a week stands on fewer. One late bulletin would else make the answer *cannot tell* for good.
    """
    ends = []
    for ledger in found.ledgers:
        total = ledger.of.total
        days = [total.day(at) for at in range(len(total.y)) if total.observed[at] and _is_reached(found, total.day(at))]
        ends += [
            day for first, day in zip(days, days[FEWEST_REPORTS - 1 :], strict=False)
            if (day - first).days < DAYS_OF_WEEK
        ][-1:]  # fmt: skip
    return max(ends, default=None)


def _is_reached(found: Holding, day: date) -> bool:
    return found.last_day is None or day <= found.last_day


def reports_in_week(ledger: LedgerWeeks, last: date) -> int:
    """Return of how many days of the week that ends on a day a ledger has a report."""
    total = ledger.of.total
    places = (total.index(last - timedelta(days=n)) for n in range(DAYS_OF_WEEK))
    return sum(bool(total.observed[at]) for at in places if 0 <= at < len(total.y))


def shown_days(last: date, force: date | None) -> tuple[date, ...]:
    """Return the days of the calendar: the last ninety, and none before two weeks ahead of entry into force."""
    first = last - timedelta(days=SHOWN_DAYS - 1)
    if force is not None:
        first = max(first, force - timedelta(days=14))
    return tuple(first + timedelta(days=n) for n in range((last - first).days + 1))


def weeks_csv(found: Holding, *, names: dict[str, str]) -> str:
    """Return every verdict of every ledger as a table of text, with the numbers that the page shows.

    Parameters
    ----------
    names
        What each ledger is called, by its handle.
    """
    rows: list[dict[str, object]] = []
    for ledger in found.ledgers:
        for area in ledger.areas:
            for one in area.weeks:
                rows.append({**one.row(), "ledger": names[ledger.ledger], "area": area.area})
    return csv_text(rows, _COLUMNS)


_COLUMNS = ("ledger", "area", "week", "week_ends", "verdict", "reason", "level", "before_per_day", "observed")
