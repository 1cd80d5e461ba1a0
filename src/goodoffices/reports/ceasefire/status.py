"""What one ledger's events say of a cease-fire: verdicts, alarms, changes, clusters, and what was not run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field
from datetime import date, timedelta
from types import MappingProxyType

from goodoffices.ceasefire.alarm_calibration import calibrate, fitted
from goodoffices.ceasefire.alarm_families import FamilyRecord, family_alarms
from goodoffices.ceasefire.alarms import AlarmRecord, Null, alarms, reference
from goodoffices.ceasefire.area_changes import AreaChange, area_changes
from goodoffices.ceasefire.change import Change, change
from goodoffices.ceasefire.change_points import ChangePoints, change_points
from goodoffices.ceasefire.return_times import LEAST_OBSERVED, ReturnTime, return_time
from goodoffices.ceasefire.sentences import NotRun
from goodoffices.ceasefire.space_time_scan import Clusters, clusters
from goodoffices.ceasefire.streams import (
    Choice,
    Stream,
    daily_counts,
)
from goodoffices.ceasefire.verdicts import Verdict, WeekVerdict
from goodoffices.data_class import dataclass
from goodoffices.errors import ScenarioError
from goodoffices.event_table import EventTable
from goodoffices.progress import Progress, is_stopped
from goodoffices.reports.ceasefire.ledger_streams import LedgerStreams, Question, check_known, streams_of, week_verdicts
from goodoffices.reports.ceasefire.view_tables import force_day, view_tables
from goodoffices.talks.state.knowledge import Knowledge

SCANNED_DAYS = 60
FEWEST_PLACES = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """The answer of one ledger.

    Areas without enough observed reference days are in ``unwatched``. In ``waiting`` are those whose reference ends on
    ``reference_ends``, when the data have ended already.
    """

    ledger: str
    total: Stream
    by_area: tuple[Stream, ...]
    question: Question
    verdicts: tuple[WeekVerdict, ...] = ()
    history: tuple[WeekVerdict, ...] = ()
    alarms: tuple[AlarmRecord, ...] = ()
    family: FamilyRecord | None = None
    unwatched: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()
    reference_ends: date | None = None
    change: Change | None = None
    area_changes: tuple[AreaChange, ...] = ()
    points: tuple[ChangePoints, ...] = ()
    returns: Mapping[str, ReturnTime | None] = field(default_factory=lambda: MappingProxyType({}))
    clusters: Clusters | None = None
    not_run: tuple[NotRun, ...] = ()
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
        check_known("ledger", question.ledger, ledgers)
        ledgers = [question.ledger]
    return tuple(
        _answered(_Work(of=streams_of(name, tables, question), question=question, progress=progress))
        for name in ledgers
    )


def view_statuses(known: Knowledge, until: date | None, progress: Progress | None = None) -> tuple[Status, ...]:
    """Answer for each ledger of a view, by handles and short names of areas, which read alike in every language.

    A ledger that has nothing up to the day ``until`` is left out.
    """
    force = force_day(known)
    question = Question(at=None if force is None else force.day, as_of=until, reaches_back=True)
    found: list[Status] = []
    tables = view_tables(known, name_of=lambda held: held.handle)
    for n, table in enumerate(tables):
        told = None if progress is None else _PartOfWork(whole=progress, done=n / len(tables), share=1 / len(tables))
        try:
            found += status_of((table,), question, told)
        except ScenarioError:
            continue  # nothing of this ledger up to that day, or it ends before the first day in force
    return tuple(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class _PartOfWork:
    """The progress of one ledger, told as that of all."""

    whole: Progress
    done: float
    share: float

    def __call__(self, what: str, share: float) -> None:
        self.whole(what, self.done + share * self.share)

    @property
    def is_stopped(self) -> bool:
        return is_stopped(self.whole)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Work:
    of: LedgerStreams
    question: Question
    progress: Progress | None

    @property
    def named(self) -> tuple[Stream, ...]:
        """Return the streams of named areas: events of unknown place are in totals only."""
        return self.of.named

    def tell(self, what: str, share: float) -> bool:
        """Report progress; say whether the work goes on."""
        if self.progress is not None:
            self.progress(what, share)
        return not is_stopped(self.progress)


def _answered(work: _Work) -> Status:
    question, tables = work.question, work.of.tables
    not_run: list[NotRun] = []
    found: dict[str, object] = {}
    if question.at is None:
        not_run.append(NotRun(key="in_force"))
    else:
        found |= _in_force(work, question.at, not_run)
    found["points"] = _points(work, not_run)
    found["clusters"] = _clusters(work, not_run)
    return Status(
        ledger=work.of.ledger,
        total=work.of.total,
        by_area=work.of.streams,
        question=question,
        not_run=tuple(not_run),
        notes=tuple(f"{table.file}: {note}" for table in tables for note in table.notes),
        credit=next((table.credit for table in tables if table.credit), ""),
        **found,  # type: ignore[arg-type] # each is the field of its name
    )


def _in_force(work: _Work, at: date, not_run: list[NotRun]) -> dict[str, object]:
    """Return what takes a day in force: alarms, verdicts, comparison, return times."""
    if not work.of.period.first_day <= at <= work.of.period.last_day:
        raise ScenarioError(
            f"{at} lies outside the events, which run from {work.of.period.first_day} to {work.of.period.last_day}; "
            "give the first day in force with --at"
        )
    records, unwatched, waiting = _alarms(work, at, not_run)
    by_area = {record.area: record for record in records}
    history = [one for stream in work.named for one in week_verdicts(work.of, stream, at, by_area.get(stream.area))]
    latest = {one.area: one for one in history}
    outside = _comparison(work)
    if not work.question.comparison:
        not_run.append(NotRun(key="comparison"))
    return {
        "alarms": tuple(records),
        "family": _family(work, records),
        "unwatched": tuple(unwatched),
        "waiting": tuple(waiting),
        "reference_ends": at + timedelta(days=work.question.reference_days),
        "verdicts": tuple(latest.values()),
        "history": tuple(history),
        "change": change(work.of.streams, at, work.question.windows, comparison=outside),
        "area_changes": area_changes(work.of.streams, at),
        "returns": MappingProxyType({one.area: return_time(one, one.index(at)) for one in work.named}),
    }


def _comparison(work: _Work) -> Stream | None:
    if not work.question.comparison:
        return None
    choice = Choice(pairs=(work.question.comparison,), ledger=work.of.ledger)
    return daily_counts(work.of.events, work.of.period, choice, measure=work.question.measure)


def _alarms(work: _Work, at: date, not_run: list[NotRun]) -> tuple[list[AlarmRecord], list[str], list[str]]:
    """Watch each area from the end of its reference on; the reference begins on the day after entry into force.

    Also return the areas whose reference was not observed enough, and those whose reference is not over.
    """
    question = work.question
    records: list[AlarmRecord] = []
    unwatched: list[str] = []
    waiting: list[str] = []
    for n, stream in enumerate(work.named):
        if not work.tell(f"watching {stream.area}", 0.5 * n / len(work.named)):
            not_run.append(NotRun(key="alarms", areas=(stream.area,)))
            break
        null = reference(stream, at + timedelta(days=1), question.reference_days)
        if null is None or null.last_day is None or null.last_day >= stream.last_day:
            (unwatched if null is None else waiting).append(stream.area)
            continue
        null = fitted(stream, null)
        threshold = _threshold(work, null, n, not_run) if question.calibrates else None
        records.append(alarms(stream, null, promise=question.promise, threshold=threshold))
    return records, unwatched, waiting


def _threshold(work: _Work, null: Null, n: int, not_run: list[NotRun]) -> float:
    """Find by simulation the threshold that uses the promise up; say if the simulation was stopped."""
    question = work.question
    found = calibrate(
        null, seed=question.seed + n, promise=question.promise, reference_days=question.reference_days,
        missing=max(1 - null.observed / question.reference_days, 0.0), progress=work.progress,
    )  # fmt: skip
    if not found.is_complete:
        not_run.append(NotRun(key="calibration", n=found.n_runs))
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


def _points(work: _Work, not_run: list[NotRun]) -> tuple[ChangePoints, ...]:
    """Return when levels changed, in areas of which most days were observed."""
    if not work.tell("finding change points", 0.6):
        not_run.append(NotRun(key="points"))
        return ()
    seen = [one for one in work.named if one.share_observed >= LEAST_OBSERVED]
    unseen = [one.area for one in work.named if one.share_observed < LEAST_OBSERVED]
    if unseen:
        not_run.append(NotRun(key="points_unseen", areas=tuple(unseen)))
    return tuple(change_points(one) for one in seen if one.total > 0)


def _clusters(work: _Work, not_run: list[NotRun]) -> Clusters | None:
    """Scan the last sixty days, if the events have places."""
    pair = work.question.pair
    events = [event for event in work.of.events if not pair or event.pair == pair]
    places = {(event.latitude, event.longitude) for event in events if event.latitude is not None}
    if not work.question.scans or len(places) < FEWEST_PLACES:
        not_run.append(NotRun(key="no_places" if work.question.scans else "clusters"))
        return None
    last = work.of.period.last_day
    first = max(work.of.period.first_day, last - timedelta(days=SCANNED_DAYS - 1))
    if not work.tell("scanning for clusters", 0.7):
        not_run.append(NotRun(key="clusters_stopped"))
        return None
    return clusters(events, first, last, seed=work.question.seed, progress=work.progress)
