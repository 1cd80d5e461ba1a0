"""The ledgers that a view knows as tables of events: what the terminal, a page and a bulletin count is this.

Each ledger is a table of its own. A ledger that reports days is counted by its bulletins; its single allegations stand
beside them and are in no count, because nobody can say which of them a bulletin has already counted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from zoneinfo import ZoneInfo

from goodoffices.data_class import dataclass
from goodoffices.event_table import (
    MOST_PRECISE,
    CellWord,
    Event,
    EventTable,
    LedgerDay,
    LethalFinding,
    UnseenDay,
    WatchedDays,
)
from goodoffices.talks.base.local_time import local_day
from goodoffices.talks.base.serialization import parse_instant
from goodoffices.talks.model.ceasefire import LATE_DEATHS, DayReport, covered_days, figures_of, point_of
from goodoffices.talks.state.knowledge import Knowledge
from goodoffices.talks.state.known_ceasefire import KnownAllegation, KnownLedger

EVERY_DAY = frozenset({"every day", "every-day", "daily"})
_VAGUEST = 366


@dataclass(frozen=True, slots=True, kw_only=True)
class ForceDay:
    """Since which day a cease-fire is said to be in force, and how many claims say another day."""

    day: date
    n_others: int = 0


def force_day(known: Knowledge) -> ForceDay | None:
    """Return the first day on which any copy of the terms is claimed to be in force, by the clock of the claim."""
    days = {
        claim.instant.astimezone(ZoneInfo(claim.zone)).date()
        for held in known.terms.values()
        for claim in held.terms.in_force
    }
    return ForceDay(day=min(days), n_others=len(days) - 1) if days else None


def ledger_table(
    known: Knowledge, held: KnownLedger, *, name: str, area_name: Callable[[str], str] = str
) -> EventTable:
    """Return one ledger of a view as a table, under a name and with the areas as ``area_name`` calls them."""
    zone = known.header.zone
    allegations = [known.allegations[handle] for handle in held.allegations]
    counted = [one for one in allegations if one.is_counted and "T" in one.occurred_from]
    notes: list[str] = []
    if len(held.days):
        events = [event for report in held.days for event in _of_report(report, name, area_name)]
        if several := [report for report in held.days if report.n_days > 1]:
            one = len(several) == 1
            covers = "bulletin covers several days and is" if one else "bulletins cover several days each and are"
            notes.append(f"{len(several):,} {covers} in no daily count")
        if counted:
            notes.append(f"{len(counted):,} single allegations stand beside the bulletins and are in no count")
    else:
        events = [_of_allegation(one, zone, name, area_name) for one in counted]
    late = len([one for one in counted if one.death_timing in LATE_DEATHS])
    if late:
        notes.append(f"{late:,} allegations tell of people who died earlier; their dead are in no count of deaths")
    left_out = len(allegations) - len([one for one in allegations if one.is_counted])
    if left_out:
        notes.append(f"{left_out:,} allegations were withdrawn, replaced or set aside and are in no count")
    return EventTable(
        file=name,
        events=tuple(events),
        unseen=tuple(_unseen(held, name, area_name)),
        watched=tuple(
            WatchedDays(
                first_day=one.day_from, last_day=one.day_to, share=one.percent / 100, ledger=name,
                area=area_name(one.area) if one.area else "",
            )
            for one in held.exposures
        ),
        findings=tuple(
            LethalFinding(day=_day(one, zone), ledger=name, area=area_name(one.area) if one.area else "")
            for one in counted if _is_lethal(one)
        ),
        reports_every_day=held.ledger.reports in EVERY_DAY,
        is_bulletins=bool(len(held.days)),
        credit=held.ledger.credit,
        notes=tuple(notes),
    )  # fmt: skip


def _day(one: KnownAllegation, zone: str) -> date:
    return local_day(parse_instant(one.occurred_from), zone)


def _of_report(report: DayReport, name: str, area_name: Callable[[str], str]) -> Iterator[Event]:
    """Yield the counts of one bulletin; a bulletin that states no count of any kind yields none.

    What a bulletin states of several days together is known of none of them.
    """
    parts = dict(report.counts)
    stated = sum(parts.values())
    if report.total is not None and report.total > stated:
        parts[""] = parts.get("", 0) + report.total - stated
    if not parts and report.total == 0:
        parts[""] = 0
    for area, count in parts.items():
        yield Event(
            first_day=covered_days(report)[0], last_day=report.day, ledger=name,
            area=area_name(area) if area else "", count=count,
            date_precision=1 if report.n_days == 1 else MOST_PRECISE + 1,
            word=CellWord.STATED_AS_NONE if count == 0 else None,
        )  # fmt: skip


def _of_allegation(one: KnownAllegation, zone: str, name: str, area_name: Callable[[str], str]) -> Event:
    first = _day(one, zone)
    last = max(first, local_day(parse_instant(one.occurred_to), zone))
    is_told = bool(one.killed) and one.death_timing not in LATE_DEATHS
    low, best, high = figures_of(one.killed) if is_told else (None, None, None)
    at = point_of(one.point) if one.point else (None, None)
    return Event(
        first_day=first, last_day=last, ledger=name, area=area_name(one.area) if one.area else "", kind=one.kind,
        date_precision=one.date_precision, place_precision=one.place_precision, latitude=at[0], longitude=at[1],
        deaths=best, deaths_low=low, deaths_high=high,
        is_single_voice=None if not one.single_voice else one.single_voice == "yes",
    )  # fmt: skip


def _is_lethal(one: KnownAllegation) -> bool:
    if (
        not one.killed
        or one.death_timing in LATE_DEATHS
        or not any(found.result == "violation" for found in one.findings)
    ):
        return False
    return any(number for number in figures_of(one.killed)[:2])


def _unseen(held: KnownLedger, name: str, area_name: Callable[[str], str]) -> Iterator[UnseenDay]:
    """Yield the days on which monitors were stopped."""
    for one in held.accesses:
        for n in range(min((one.day_to - one.day_from).days + 1, _VAGUEST)):
            day = date.fromordinal(one.day_from.toordinal() + n)
            area = area_name(one.area) if one.area else ""
            yield UnseenDay(day=day, word=CellWord.ACCESS_DENIED, ledger=name, area=area)


def view_tables(
    known: Knowledge, *, name_of: Callable[[KnownLedger], str], area_name: Callable[[str], str] = str
) -> tuple[EventTable, ...]:
    """Return the ledgers of a view that have anything to count, each as a table."""
    tables = (ledger_table(known, held, name=name_of(held), area_name=area_name) for held in known.ledgers.values())
    return tuple(table for table in tables if table.events or table.unseen or table.watched)


def view_bulletins(
    known: Knowledge, *, name_of: Callable[[KnownLedger], str], area_name: Callable[[str], str] = str,
    until: date | None = None,
) -> tuple[LedgerDay, ...]:  # fmt: skip
    """Return the bulletins of a view up to a day that give a figure. One that states no total has that of its parts."""
    return tuple(
        _bulletin(report, name_of(held), area_name)
        for held in known.ledgers.values()
        for report in held.days
        if (until is None or report.day <= until) and report.figure is not None
    )


def _bulletin(report: DayReport, name: str, area_name: Callable[[str], str]) -> LedgerDay:
    parts: dict[str, int] = {}
    for area, count in report.counts:
        called = area_name(area) if area else ""
        parts[called] = parts.get(called, 0) + count
    return LedgerDay(
        ledger=name, day=report.day, n_days=report.n_days, parts=parts, total=report.figure or 0,
        confirmed=report.confirmed, explained=report.explained,
    )  # fmt: skip


def named_apart(known: Knowledge) -> Callable[[KnownLedger], str]:
    """Return how to call ledgers in words: by their title, or by their short name where two have the same title."""
    titles = [held.ledger.title for held in known.ledgers.values()]
    return lambda held: (
        held.ledger.title if held.ledger.title and titles.count(held.ledger.title) == 1 else held.ledger.slug
    )


def area_in_words(known: Knowledge, language: str = "en") -> Callable[[str], str]:
    """Return how to call areas in words, in a language if they have a name in it."""

    def name(slug: str) -> str:
        area = known.areas.get(slug)
        if area is None or not area.names:
            return slug
        return next((one.text for one in area.names if one.language == language), area.names[0].text)

    return name
