"""The page of the cease-fire: does it hold, by whose word, what is not known; then days, ledgers and allegations."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta

from goodoffices.ceasefire.alarms import AlarmRecord
from goodoffices.ceasefire.ledgers import Reconciliation
from goodoffices.data_class import dataclass
from goodoffices.reports.ceasefire.ledger_weeks import (
    Holding,
    LedgerWeeks,
    holding,
    reports_in_week,
    shown_days,
    week_with_reports,
)
from goodoffices.reports.ceasefire.status import Status
from goodoffices.reports.ceasefire.status_parts import reconciled
from goodoffices.reports.ceasefire.view_tables import view_bulletins
from goodoffices.talks.ceasefire.commands import RESULTS
from goodoffices.talks.ceasefire.queries import actor_totals, allegation_totals, ledger_totals, unscreened
from goodoffices.talks.earlier_views import view_as_of
from goodoffices.talks.model.ceasefire import ALLEGATION_KINDS, COMMITTEE_RULES, STEPS, DayReport
from goodoffices.talks.state.knowledge import Knowledge
from goodoffices.talks.state.known_ceasefire import KnownLedger
from goodoffices.talks.state.view import View
from goodoffices.web.live.calculations import Calculation
from goodoffices.web.live.seat_memory import SeatMemory
from goodoffices.web.pages.ceasefire.bulletins import has_bulletins
from goodoffices.web.pages.ceasefire.shares import has_shares
from goodoffices.web.pages.page import Data, Page, PageContext

MOST_SHOWN = 20
"""So many allegations stand on the page, the newest first; the rest is counted."""
MOST_DAYS = 40


def asked_day(context: PageContext) -> date | None:
    """Return the day up to which the page counts, if its address says one that is a day."""
    try:
        return date.fromisoformat(context.one("until"))
    except ValueError:
        return None


def known_day(context: PageContext) -> date | None:
    """Return the day as of whose end the page shows what was known, if its address says one that is a day."""
    try:
        return date.fromisoformat(context.one("known"))
    except ValueError:
        return None


def seen_on(view: View, day: date | None, until: date | None) -> tuple[View, date | None]:
    """Return what a seat knew at the end of a day, and up to which day to count then: nothing of later days is known.

    Without a day, that is all that it knows now.
    """
    return (view, until) if day is None else (view_as_of(view, day), min(day, until or day))


def _as_known_on(context: PageContext, day: date) -> PageContext:
    """Return a look at what the seat knew at the end of a day, with what was worked out for it before."""
    made: Callable[[Knowledge], tuple[View, SeatMemory]] = lambda _: (view_as_of(context.view, day), SeatMemory())  # noqa: E731
    view, memory = context.once(f"known on {day} of {len(context.view.notices)}", made)
    return replace(context, view=view, memory=memory)


@dataclass(frozen=True, slots=True, kw_only=True)
class Worked:
    """What was worked out in the background for this page: the calculation, its answers, and whether they are old."""

    calculation: Calculation | None
    statuses: tuple[Status, ...]
    is_old: bool

    @property
    def is_busy(self) -> bool:
        """Whether it is being worked out now."""
        return self.calculation is not None and not self.calculation.is_over

    @property
    def alarms(self) -> dict[tuple[str, str], AlarmRecord]:
        """Return the alarms by ledger and area; none if something has become known since, or the work was stopped."""
        if self.is_old or self.calculation is None or self.calculation.is_stopped:
            return {}
        return {(status.ledger, record.area): record for status in self.statuses for record in status.alarms}


def worked(calculations: Mapping[str, Calculation], n: int, until: date | None, known_on: date | None = None) -> Worked:
    """Return what a seat that has ``n`` notices had worked out up to a day, of what was known on a day."""
    held = calculations.get(CEASEFIRE.path)
    statuses: tuple[Status, ...] = () if held is None or held.result is None else held.result
    is_old = held is not None and (held.n != n or held.asked != (until, known_on))
    return Worked(calculation=held, statuses=statuses, is_old=is_old)


def _ceasefire(context: PageContext, _: str) -> Data:
    asked, known_on, n_notices = asked_day(context), known_day(context), len(context.view.notices)
    if known_on is not None:
        context, asked = _as_known_on(context, known_on), min(known_on, asked or known_on)
    known = context.known
    ledgers = list(known.ledgers.values())
    mine = known.actor_of(context.seat)
    until = _answered_day(context, asked)
    made = worked(context.calculations, n_notices, until, known_on)
    alarms = made.alarms
    key = f"holding {until} {len(context.view.notices) if alarms else None}"
    found = context.once(key, lambda seen: holding(seen, until=until, alarms=alarms))
    with_days = [held for held in ledgers if len(held.days)]
    days = sorted({day.day for held in with_days for day in held.days if until is None or day.day <= until})
    allegations = [a for a in known.allegations.values() if not a.withdrawn and not a.revised_by]
    handles = [held.handle for held in ledgers]
    return {
        "found": found,
        "worked": made,
        "pairs": context.once(f"pairs {until}", lambda seen: _pairs(seen, until)),
        "until": until,
        "known_on": known_on,
        "asked_for": _asked_for(context, asked, until),
        "telling": [ledger for ledger in found.ledgers if ledger.tells],
        "silent": [ledger for ledger in found.ledgers if not ledger.tells],
        "in_force_days": _in_force_days(found),
        "n_seen": lambda ledger: _n_seen(found, ledger),
        "days_shown": ()
        if found.last_day is None
        else shown_days(found.last_day, None if found.force is None else found.force.day),
        "terms": list(known.terms.values()),
        "ledgers": ledgers,
        "totals": [ledger_totals(held, until=until) for held in ledgers],
        "by_actor": {handle: _by_actor(context, handle, until) for handle in handles},
        "mechanisms": list(known.mechanisms.values()),
        "steps": STEPS,
        "rules": COMMITTEE_RULES,
        "zones": list(known.zones.values()),
        "actor_here": mine,
        "became": {handle: _became(context, handle, until) for handle in handles},
        "with_days": with_days,
        "days": [(day, [_of_day(held, day) for held in with_days]) for day in days[-MOST_DAYS:]],
        "n_earlier": max(0, len(days) - MOST_DAYS),
        "areas": known.areas,
        "checked": any(day.confirmed is not None for held in ledgers for day in held.days),
        "mine": [held for held in ledgers if held.ledger.keeper == mine],
        "others": [held for held in ledgers if held.ledger.keeper != mine],
        "allegations": allegations[: -MOST_SHOWN - 1 : -1],
        "n_more": max(0, len(allegations) - MOST_SHOWN),
        "kinds": ALLEGATION_KINDS,
        "results": RESULTS,
        "has_bulletins": has_bulletins(context.view),
        "has_shares": has_shares(context.view),
        "unscreened": context.once("unscreened", lambda seen: len(unscreened(seen, context.seat))),
        "differing": _differing,
        "earlier": None if found.last_day is None else found.last_day - timedelta(days=7),
        "later": None if until is None or until == known_on else until + timedelta(days=7),
    }


def _answered_day(context: PageContext, asked: date | None) -> date | None:
    """Return the day up to which the page counts.

    Where no ledger can tell of the week that was asked for, it is the last of a week with four reports or more.
    """
    first = context.once(f"holding {asked} None", lambda seen: holding(seen, until=asked))
    if context.one("exact") or any(ledger.tells for ledger in first.ledgers):
        return asked
    told = week_with_reports(first)
    return asked if told is None or told == first.last_day else told


def _asked_for(
    context: PageContext, asked: date | None, until: date | None
) -> tuple[date, list[tuple[str, int]]] | None:
    """Return the week asked for, if another is answered: its last day, and on how many days each ledger reports."""
    if asked == until:
        return None
    first = context.once(f"holding {asked} None", lambda seen: holding(seen, until=asked))
    last = asked or first.last_day
    return None if last is None else (last, [(one.ledger, reports_in_week(one, last)) for one in first.ledgers])


def _pairs(known: Knowledge, until: date | None) -> tuple[Reconciliation, ...]:
    """Return every two ledgers with bulletins up to a day, side by side."""
    return reconciled(view_bulletins(known, name_of=lambda held: held.handle, until=until))


def _became(context: PageContext, handle: str, until: date | None) -> object:
    make: Callable[[Knowledge], object] = lambda seen: allegation_totals(seen, handle, until=until)  # noqa: E731
    return context.once(f"became {handle} {until}", make)


def _by_actor(context: PageContext, handle: str, until: date | None) -> object:
    make: Callable[[Knowledge], object] = lambda seen: actor_totals(seen, handle, until=until)  # noqa: E731
    return context.once(f"by actor {handle} {until}", make)


def _in_force_days(found: Holding) -> int:
    if found.force is None or found.last_day is None:
        return 0
    return max((found.last_day - found.force.day).days + 1, 0)


def _n_seen(found: Holding, ledger: LedgerWeeks) -> int:
    """Return on how many days in force a ledger could see anything."""
    if found.force is None:
        return 0
    total = ledger.of.total
    first = max(total.index(found.force.day), 0)
    last = len(total.y) if found.last_day is None else total.index(found.last_day) + 1
    return int(total.observed[first : max(last, 0)].sum())


def _of_day(held: KnownLedger, day: date) -> DayReport | None:
    return next((report for report in held.days if report.day == day), None)


def _differing(reports: list[DayReport | None]) -> set[str]:
    """Return the areas that every ledger which reported that day names, with numbers that differ."""
    named = [dict(report.counts) for report in reports if report is not None]
    if len(named) < 2:
        return set()
    shared = set.intersection(*({area for area in counts if area} for counts in named))
    return {area for area in shared if len({counts[area] for counts in named}) > 1}


CEASEFIRE = Page(
    path="ceasefire",
    template="ceasefire.html",
    title="Cease-fire",
    parts=(
        "answer",
        "weeks",
        "figures",
        "where",
        "calendar",
        "totals",
        "beside",
        "days",
        "allegations",
        "terms",
        "file",
    ),
    data=_ceasefire,
    under="ceasefire",
)
