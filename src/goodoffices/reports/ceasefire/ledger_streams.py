"""Daily counts of one ledger by area: what was seen, what could be seen, and what is asked of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from types import MappingProxyType

from goodoffices.ceasefire.alarms import PROMISE, REFERENCE_DAYS, AlarmRecord
from goodoffices.ceasefire.change import WINDOWS
from goodoffices.ceasefire.streams import (
    BULLETIN_DAY,
    UNKNOWN_AREA,
    Choice,
    Measure,
    Period,
    Stream,
    daily_counts,
)
from goodoffices.ceasefire.verdicts import KnownBesides, WeekVerdict, verdicts
from goodoffices.data_class import dataclass
from goodoffices.errors import ScenarioError, UnknownWordError
from goodoffices.event_table import CellWord, Event, EventTable, UnseenDay, WatchedDays
from goodoffices.names import nearest_word

MOST_DAYS = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked of event files.

    Attributes
    ----------
    at
        The first day in force; without it there are no verdicts, alarms or comparisons.
    areas, pair, comparison
        The areas and the pair that the cease-fire covers, and a pair that it does not; empty for all, or for none.
    reaches_back
        Whether days in force before the first row are shown as not observed; else they are an error.
    as_of
        The last day whose events count. What was told later of earlier days is left out of the tables before.
    """

    at: date | None = None
    areas: tuple[str, ...] = ()
    pair: str = ""
    comparison: str = ""
    ledger: str = ""
    as_of: date | None = None
    measure: Measure = Measure.EVENTS
    windows: tuple[int, ...] = WINDOWS
    promise: float = PROMISE
    reference_days: int = REFERENCE_DAYS
    calibrates: bool = False
    scans: bool = True
    reaches_back: bool = False
    seed: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerStreams:
    """The tables of one ledger, its events, and their daily counts: ``total`` and one stream for each area."""

    ledger: str
    tables: tuple[EventTable, ...]
    events: tuple[Event, ...]
    period: Period
    total: Stream
    streams: tuple[Stream, ...]

    @property
    def named(self) -> tuple[Stream, ...]:
        """Return the streams of named areas: events of unknown place are in totals only."""
        return tuple(stream for stream in self.streams if stream.area != UNKNOWN_AREA)


def check_known(kind: str, name: str, known: Sequence[str]) -> None:
    """Raise if a name that was asked for is not among those of the tables."""
    if not known:
        raise ScenarioError(f"what is counted here names no {kind}, so {name!r} cannot be asked for; leave it out")
    if name not in known:
        raise UnknownWordError(kind, name, tuple(known), nearest=nearest_word(name, known))


def _days(table: EventTable, ledger: str) -> list[date]:
    """Return the days of the rows of one ledger, whatever they say."""
    events = [event.first_day for event in table.events if event.ledger == ledger]
    return [*events, *(one.day for one in table.unseen if one.ledger == ledger)]


def streams_of(ledger: str, tables: Sequence[EventTable], question: Question) -> LedgerStreams:
    """Return the daily counts of one ledger in each area and in all, with what could be seen of each day.

    Raises
    ------
    ScenarioError
        If an area or pair is not in the tables, or nothing is left to count.
    """
    mine = [table for table in tables if ledger in table.ledgers()]
    events = [
        event for table in mine for event in table.events
        if event.ledger == ledger and (question.as_of is None or event.first_day <= question.as_of)
    ]  # fmt: skip
    unseen = [
        one for table in mine for one in table.unseen
        if one.ledger == ledger and (question.as_of is None or one.day <= question.as_of)
    ]  # fmt: skip
    if not events and not unseen and not any(one.ledger == ledger for table in mine for one in table.watched):
        days = [day for table in mine for day in _days(table, ledger)]
        raise ScenarioError(
            f"{ledger} begins on {min(days)}; choose that day or a later one" if days else f"{ledger} has no report"
        )
    for kind, name in (("pair", question.pair), ("pair", question.comparison)):
        if name:
            check_known(kind, name, sorted({event.pair for event in events if event.pair}))
    watched = tuple(one for table in mine for one in table.watched if one.ledger == ledger)
    period = _reaching_back(_period(mine, events, unseen, watched, question), question)
    everywhere = {one.day: one.word for one in unseen if not one.area}
    period = replace(period, words=MappingProxyType({**period.words, **everywhere}))
    covered = Choice(pairs=(question.pair,) if question.pair else (), ledger=ledger)
    named = sorted(
        {event.area for event in events if event.area and covered.has(event)} | {one.area for one in unseen if one.area}
    )
    for area in question.areas:
        check_known("area", area, named)
    has_unknown = any(not event.area for event in events) or not named
    areas = question.areas or (*named, *([UNKNOWN_AREA] if has_unknown else ()))
    by_area: dict[str, list[Event]] = {}
    for event in events:
        by_area.setdefault(event.area or UNKNOWN_AREA, []).append(event)
    streams = tuple(
        daily_counts(
            by_area.get(area, ()),
            _watched_period(_area_period(period, events, unseen, area), watched, by_area.get(area, ()), (area,)),
            Choice(areas=(area,), pairs=covered.pairs, ledger=ledger), measure=question.measure,
        )
        for area in areas
    )  # fmt: skip
    total = daily_counts(
        events, _watched_period(_total_period(period, events, unseen, areas), watched, events, areas),
        Choice(areas=question.areas, pairs=covered.pairs, ledger=ledger), measure=question.measure,
    )  # fmt: skip
    return LedgerStreams(
        ledger=ledger, tables=tuple(mine), events=tuple(events), period=period, total=total, streams=streams
    )


def _period(
    tables: Sequence[EventTable], events: Sequence[Event], unseen: Sequence[UnseenDay], watched: Sequence[WatchedDays],
    question: Question,
) -> Period:  # fmt: skip
    """Return the days from the first row to the last, and how the ledger reports on them."""
    named = [*(event.first_day for event in events), *(one.day for one in unseen)]
    until = question.as_of or date.max
    named += [min(day, until) for one in watched if one.first_day <= until for day in (one.first_day, one.last_day)]
    first, last = min(named), max(named)
    if question.as_of is not None:
        last = max(last, min(question.as_of, _last_of(tables)))
    if (last - first).days > MOST_DAYS:
        raise ScenarioError(
            f"the rows run from {first} to {last}, more than {MOST_DAYS:,} days; correct a day, or divide the file"
        )
    if all(table.reports_every_day for table in tables):
        return Period(first_day=first, last_day=last, reports_every_day=True)
    days = [first + timedelta(days=at) for at in range((last - first).days + 1)]
    with_rows = {event.first_day for event in events if event.is_daily_precise}
    silent = MappingProxyType({day: CellWord.NO_REPORT for day in days if day not in with_rows})
    if all(table.is_bulletins for table in tables):
        exposure = [float(day in with_rows) for day in days]
        return Period(first_day=first, last_day=last, exposure=exposure, words=silent, basis=BULLETIN_DAY)
    return Period(first_day=first, last_day=last)


def _reaching_back(period: Period, question: Question) -> Period:
    """Return a period that begins with the first day in force, if that is asked; nobody saw the days added to it."""
    if not question.reaches_back or question.at is None or question.at >= period.first_day:
        return period
    n_added = (period.first_day - question.at).days
    added = {question.at + timedelta(days=n): CellWord.NOT_OBSERVED for n in range(n_added)}
    exposure = None if period.exposure is None else [0.0] * n_added + list(period.exposure)
    words = MappingProxyType({**added, **period.words})
    return replace(period, first_day=question.at, exposure=exposure, words=words)


def _watched_period(
    period: Period, watched: Sequence[WatchedDays], events: Sequence[Event], areas: Sequence[str]
) -> Period:
    """Return a period with what the ledger says it could see, over several areas on average.

    A day of which it says nothing was not observed, unless it has a row: what was reported was observed.
    """
    if not watched or period.reports_every_day or period.exposure is not None:
        return period
    with_rows = {event.first_day for event in events if event.is_daily_precise}
    exposure = []
    for day in (period.first_day + timedelta(days=at) for at in range(period.days)):
        seen = [max((one.share for one in watched if one.has(day, area)), default=0.0) for area in areas]
        share = sum(seen) / len(seen)
        exposure.append(share if share or day not in with_rows else 1.0)
    return replace(period, exposure=exposure)


def week_verdicts(of: LedgerStreams, stream: Stream, at: date, record: AlarmRecord | None) -> tuple[WeekVerdict, ...]:
    """Return the verdicts of one area, week by week, with its alarms and with the findings of lethal violations."""
    n_weeks = max((len(stream.y) - stream.index(at) - 7) // 7, 0)
    lethal = [
        one.day for table in of.tables for one in table.findings if (one.ledger, one.area) == (of.ledger, stream.area)
    ]
    ends = [at + timedelta(days=7 * week + 6) for week in range(1, n_weeks + 1)]
    besides = [
        KnownBesides(
            alarm_is_open=record is not None and record.is_open_on(day),
            has_alarm_stream=record is not None and record.first_day <= day,
            n_lethal_findings=sum(day - timedelta(days=6) <= one <= day for one in lethal),
        )
        for day in ends
    ]
    return verdicts(stream, at, weeks=n_weeks, besides=besides)


def _area_period(period: Period, events: Sequence[Event], unseen: Sequence[UnseenDay], area: str) -> Period:
    """Return the period of one area, with why days of it have no number.

    A bulletin that leaves reports without a place says nothing of the areas that it omits.
    """
    said = {one.day: one.word for one in unseen if one.area == area}
    period = replace(period, words=MappingProxyType({**period.words, **said}))
    if period.basis != BULLETIN_DAY or period.exposure is None or area == UNKNOWN_AREA:
        return period
    unplaced = {event.first_day for event in events if not event.area and event.count}
    named = {event.first_day for event in events if event.area == area}
    omitted = {day: CellWord.NO_REPORT for day in unplaced - named}
    return replace(period, words=MappingProxyType({**period.words, **omitted}))


def _total_period(period: Period, events: Sequence[Event], unseen: Sequence[UnseenDay], areas: Sequence[str]) -> Period:
    """Return the period of all areas together: a day is observed as far as its areas were."""
    if not period.reports_every_day or not any(one.area in areas for one in unseen):
        return period
    exposure = [1.0] * period.days
    for one in unseen:
        if one.area in areas:
            exposure[(one.day - period.first_day).days] -= 1 / len(areas)
    for event in events:
        if not event.is_daily_precise:
            continue
        at = (event.first_day - period.first_day).days
        exposure[at] = max(exposure[at], 1 / len(areas))  # what was reported was observed
    return replace(period, exposure=[max(share, 0.0) if share > 1e-9 else 0.0 for share in exposure])


def _last_of(tables: Sequence[EventTable]) -> date:
    """Return the last day of which a row tells; a ledger can have watched days and no row yet."""
    days = [event.first_day for table in tables for event in table.events]
    return max((*days, *(one.day for table in tables for one in table.unseen)), default=date.min)
