"""What one ledger's events say of a cease-fire: verdicts, alarms, changes, clusters, and what was not run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from types import MappingProxyType

from goodoffices.ceasefire.alarm_calibration import calibrate, fitted
from goodoffices.ceasefire.alarm_families import FamilyRecord, family_alarms
from goodoffices.ceasefire.alarms import PROMISE, REFERENCE_DAYS, AlarmRecord, Null, alarms, reference
from goodoffices.ceasefire.area_changes import AreaChange, area_changes
from goodoffices.ceasefire.change import WINDOWS, Change, change
from goodoffices.ceasefire.change_points import ChangePoints, change_points
from goodoffices.ceasefire.return_times import LEAST_OBSERVED, ReturnTime, return_time
from goodoffices.ceasefire.space_time_scan import Clusters, clusters
from goodoffices.ceasefire.streams import (
    BULLETIN_DAY,
    UNKNOWN_AREA,
    Choice,
    Measure,
    Period,
    Stream,
    daily_counts,
)
from goodoffices.ceasefire.verdicts import KnownBesides, Verdict, WeekVerdict, verdicts
from goodoffices.errors import ScenarioError, UnknownWordError
from goodoffices.event_table import CellWord, Event, EventTable, UnseenDay
from goodoffices.nearest import nearest_word
from goodoffices.progress import Progress, is_stopped

SCANNED_DAYS = 60
MOST_DAYS = 20_000
FEWEST_PLACES = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked of event files.

    Attributes
    ----------
    at
        The first day in force; without it there are no verdicts, alarms or comparisons.
    areas, pair, comparison
        The areas and the pair that the cease-fire covers, and a pair that it does not; empty for all, or for none.
    as_of
        The last day whose events count. Reports that came later on earlier days are not told apart.
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
    seed: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """The answer of one ledger. Areas without enough observed reference days are in ``unwatched``."""

    ledger: str
    total: Stream
    by_area: tuple[Stream, ...]
    question: Question
    verdicts: tuple[WeekVerdict, ...] = ()
    history: tuple[WeekVerdict, ...] = ()
    alarms: tuple[AlarmRecord, ...] = ()
    family: FamilyRecord | None = None
    unwatched: tuple[str, ...] = ()
    change: Change | None = None
    area_changes: tuple[AreaChange, ...] = ()
    points: tuple[ChangePoints, ...] = ()
    returns: Mapping[str, ReturnTime | None] = field(default_factory=lambda: MappingProxyType({}))
    clusters: Clusters | None = None
    not_run: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    credit: str = ""

    @property
    def holds_everywhere(self) -> bool:
        """Whether no area is broken at the end of the last week and no alarm is open."""
        return not any(one.verdict is Verdict.BROKEN for one in self.verdicts) and not any(
            record.is_open for record in self.alarms
        )


def status_of(tables: Sequence[EventTable], question: Question, progress: Progress | None = None) -> tuple[Status, ...]:
    """Answer for each ledger in the files, in the order in which they come; they are never joined.

    Raises
    ------
    ScenarioError
        If an area, pair or ledger is not in the files, or nothing is left to count.
    """
    ledgers = list(dict.fromkeys(name for table in tables for name in table.ledgers()))
    if question.ledger:
        _check("ledger", question.ledger, ledgers)
        ledgers = [question.ledger]
    return tuple(_of_ledger(name, tables, question, progress) for name in ledgers)


def _check(kind: str, name: str, known: Sequence[str]) -> None:
    if not known:
        raise ScenarioError(f"these files name no {kind}; leave {name!r} out")
    if name not in known:
        raise UnknownWordError(kind, name, tuple(known)[:20], nearest=nearest_word(name, known))


def _of_ledger(ledger: str, tables: Sequence[EventTable], question: Question, progress: Progress | None) -> Status:
    mine = [table for table in tables if ledger in table.ledgers()]
    events = [
        event for table in mine for event in table.events
        if event.ledger == ledger and (question.as_of is None or event.first_day <= question.as_of)
    ]  # fmt: skip
    unseen = [
        one for table in mine for one in table.unseen
        if one.ledger == ledger and (question.as_of is None or one.day <= question.as_of)
    ]  # fmt: skip
    if not events and not unseen:
        raise ScenarioError(f"{ledger} has no row up to {question.as_of}; choose a later day")
    for kind, name in (("pair", question.pair), ("pair", question.comparison)):
        if name:
            _check(kind, name, sorted({event.pair for event in events if event.pair}))
    period = _period(mine, events, unseen, question)
    everywhere = {one.day: one.word for one in unseen if not one.area}
    period = replace(period, words=MappingProxyType({**period.words, **everywhere}))
    covered = Choice(pairs=(question.pair,) if question.pair else (), ledger=ledger)
    named = sorted(
        {event.area for event in events if event.area and covered.has(event)} | {one.area for one in unseen if one.area}
    )
    for area in question.areas:
        _check("area", area, named)
    has_unknown = any(not event.area for event in events) or not named
    areas = question.areas or (*named, *([UNKNOWN_AREA] if has_unknown else ()))
    by_area: dict[str, list[Event]] = {}
    for event in events:
        by_area.setdefault(event.area or UNKNOWN_AREA, []).append(event)
    streams = tuple(
        daily_counts(
            by_area.get(area, ()), _area_period(period, events, unseen, area),
            Choice(areas=(area,), pairs=covered.pairs, ledger=ledger), measure=question.measure,
        )
        for area in areas
    )  # fmt: skip
    total = daily_counts(
        events, _total_period(period, events, unseen, areas),
        Choice(areas=question.areas, pairs=covered.pairs, ledger=ledger), measure=question.measure,
    )  # fmt: skip
    work = _Work(
        ledger=ledger, events=events, period=period, total=total, streams=streams, question=question, progress=progress
    )
    return _answered(work, mine)


def _period(
    tables: Sequence[EventTable], events: Sequence[Event], unseen: Sequence[UnseenDay], question: Question
) -> Period:
    """Return the days from the first row to the last, and how the ledger reports on them."""
    named = [*(event.first_day for event in events), *(one.day for one in unseen)]
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
        at = (event.first_day - period.first_day).days
        exposure[at] = max(exposure[at], 1 / len(areas))  # what was reported was observed
    return replace(period, exposure=[max(share, 0.0) if share > 1e-9 else 0.0 for share in exposure])


def _last_of(tables: Sequence[EventTable]) -> date:
    days = [event.first_day for table in tables for event in table.events]
    return max((*days, *(one.day for table in tables for one in table.unseen)))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Work:
    ledger: str
    events: Sequence[Event]
    period: Period
    total: Stream
    streams: tuple[Stream, ...]
    question: Question
    progress: Progress | None

    @property
    def named(self) -> tuple[Stream, ...]:
        """Return the streams of named areas: events of unknown place are in totals only."""
        return tuple(stream for stream in self.streams if stream.area != UNKNOWN_AREA)

    def tell(self, what: str, share: float) -> bool:
        """Report progress; say whether the work goes on."""
        if self.progress is not None:
            self.progress(what, share)
        return not is_stopped(self.progress)


def _answered(work: _Work, tables: Sequence[EventTable]) -> Status:
    question, not_run = work.question, []
    found: dict[str, object] = {}
    if question.at is None:
        not_run.append("verdicts, alarms, comparison and return times (give the first day in force with --at)")
    else:
        found |= _in_force(work, question.at, not_run)
    found["points"] = _points(work, not_run)
    found["clusters"] = _clusters(work, not_run)
    return Status(
        ledger=work.ledger,
        total=work.total,
        by_area=work.streams,
        question=question,
        not_run=tuple(not_run),
        notes=tuple(f"{table.file}: {note}" for table in tables for note in table.notes),
        credit=next((table.credit for table in tables if table.credit), ""),
        **found,  # type: ignore[arg-type] # each is the field of its name
    )


def _in_force(work: _Work, at: date, not_run: list[str]) -> dict[str, object]:
    """Return what takes a day in force: alarms, verdicts, comparison, return times."""
    if not work.period.first_day <= at <= work.period.last_day:
        raise ScenarioError(
            f"{at} lies outside the events, which run from {work.period.first_day} to {work.period.last_day}; "
            "give the first day in force with --at"
        )
    records, unwatched = _alarms(work, at, not_run)
    by_area = {record.area: record for record in records}
    history = [one for stream in work.named for one in _verdicts(stream, at, by_area.get(stream.area))]
    latest = {one.area: one for one in history}
    outside = _comparison(work)
    if not work.question.comparison:
        not_run.append("comparison with a pair outside the cease-fire (name one with --compare)")
    return {
        "alarms": tuple(records),
        "family": _family(work, records),
        "unwatched": tuple(unwatched),
        "verdicts": tuple(latest.values()),
        "history": tuple(history),
        "change": change(work.streams, at, work.question.windows, comparison=outside),
        "area_changes": area_changes(work.streams, at),
        "returns": MappingProxyType({one.area: return_time(one, one.index(at)) for one in work.named}),
    }


def _comparison(work: _Work) -> Stream | None:
    if not work.question.comparison:
        return None
    choice = Choice(pairs=(work.question.comparison,), ledger=work.ledger)
    return daily_counts(work.events, work.period, choice, measure=work.question.measure)


def _alarms(work: _Work, at: date, not_run: list[str]) -> tuple[list[AlarmRecord], list[str]]:
    """Watch each area from the end of its reference on; the reference begins on the day after entry into force."""
    question = work.question
    records: list[AlarmRecord] = []
    unwatched: list[str] = []
    for n, stream in enumerate(work.named):
        if not work.tell(f"watching {stream.area}", 0.5 * n / len(work.named)):
            not_run.append(f"alarms of {stream.area} and the areas after it (stopped)")
            break
        null = reference(stream, at + timedelta(days=1), question.reference_days)
        if null is None or null.last_day is None or null.last_day >= stream.last_day:
            unwatched.append(stream.area)
            continue
        null = fitted(stream, null)
        threshold = _threshold(work, null, n, not_run) if question.calibrates else None
        records.append(alarms(stream, null, promise=question.promise, threshold=threshold))
    return records, unwatched


def _threshold(work: _Work, null: Null, n: int, not_run: list[str]) -> float:
    """Find by simulation the threshold that uses the promise up; say if the simulation was stopped."""
    question = work.question
    found = calibrate(
        null, seed=question.seed + n, promise=question.promise, reference_days=question.reference_days,
        missing=max(1 - null.observed / question.reference_days, 0.0), progress=work.progress,
    )  # fmt: skip
    if not found.is_complete:
        not_run.append(f"part of a calibration (stopped after {found.n_runs} runs)")
    return found.threshold


def _family(work: _Work, records: Sequence[AlarmRecord]) -> FamilyRecord | None:
    """Watch all areas under one promise; nothing for one area alone."""
    by_area = {record.area: record for record in records}
    streams = [stream for stream in work.named if stream.area in by_area]
    if len(streams) < 2:
        return None
    nulls = [by_area[stream.area].null for stream in streams]
    first = max(record.first_day for record in records)
    return family_alarms(streams, nulls, first, promise=work.question.promise)


def _verdicts(stream: Stream, at: date, record: AlarmRecord | None) -> tuple[WeekVerdict, ...]:
    n_weeks = max((len(stream.y) - stream.index(at) - 7) // 7, 0)
    ends = [at + timedelta(days=7 * week + 6) for week in range(1, n_weeks + 1)]
    besides = [
        KnownBesides(
            alarm_is_open=record is not None and record.is_open_on(day),
            has_alarm_stream=record is not None and record.first_day <= day,
        )
        for day in ends
    ]
    return verdicts(stream, at, weeks=n_weeks, besides=besides)


def _points(work: _Work, not_run: list[str]) -> tuple[ChangePoints, ...]:
    """Return when levels changed, in areas of which most days were observed."""
    if not work.tell("finding change points", 0.6):
        not_run.append("change points (stopped)")
        return ()
    seen = [one for one in work.named if one.share_observed >= LEAST_OBSERVED]
    unseen = [one.area for one in work.named if one.share_observed < LEAST_OBSERVED]
    if unseen:
        not_run.append(f"change points of {', '.join(unseen)} (too few days observed)")
    return tuple(change_points(one) for one in seen if one.total > 0)


def _clusters(work: _Work, not_run: list[str]) -> Clusters | None:
    """Scan the last sixty days, if the events have places."""
    pair = work.question.pair
    events = [event for event in work.events if not pair or event.pair == pair]
    places = {(event.latitude, event.longitude) for event in events if event.latitude is not None}
    if not work.question.scans or len(places) < FEWEST_PLACES:
        not_run.append("clusters in space and time" + ("" if not work.question.scans else " (the file has no places)"))
        return None
    last = work.period.last_day
    first = max(work.period.first_day, last - timedelta(days=SCANNED_DAYS - 1))
    if not work.tell("scanning for clusters", 0.7):
        not_run.append("clusters in space and time (stopped)")
        return None
    return clusters(events, first, last, seed=work.question.seed, progress=work.progress)
