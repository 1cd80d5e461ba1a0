"""The page of the cease-fire: does it hold, by whose word, what is not known; then days, ledgers and allegations."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from goodoffices.reports.ceasefire.ledger_weeks import Holding, LedgerWeeks, holding, shown_days
from goodoffices.talks.ceasefire.commands import RESULTS
from goodoffices.talks.ceasefire.queries import allegation_totals, ledger_totals, unscreened
from goodoffices.talks.model.ceasefire import ALLEGATION_KINDS, DayReport
from goodoffices.talks.state.knowledge import Knowledge
from goodoffices.talks.state.known_ceasefire import KnownLedger
from goodoffices.web.pages.ceasefire.bulletins import has_bulletins
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


def _ceasefire(context: PageContext, _: str) -> Data:
    known = context.known
    ledgers = list(known.ledgers.values())
    mine = known.actor_of(context.seat)
    until = asked_day(context)
    found = context.once(f"holding {until}", lambda seen: holding(seen, until=until))
    with_days = [held for held in ledgers if len(held.days)]
    days = sorted({day.day for held in with_days for day in held.days if until is None or day.day <= until})
    allegations = [a for a in known.allegations.values() if not a.withdrawn and not a.revised_by]
    handles = [held.handle for held in ledgers]
    return {
        "found": found,
        "until": until,
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
        "unscreened": context.once("unscreened", lambda seen: len(unscreened(seen, context.seat))),
        "differing": _differing,
        "earlier": None if found.last_day is None else found.last_day - timedelta(days=7),
        "later": None if until is None else until + timedelta(days=7),
    }


def _became(context: PageContext, handle: str, until: date | None) -> object:
    make: Callable[[Knowledge], object] = lambda seen: allegation_totals(seen, handle, until=until)  # noqa: E731
    return context.once(f"became {handle} {until}", make)


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
    parts=("answer", "weeks", "where", "calendar", "totals", "days", "allegations", "terms", "file"),
    data=_ceasefire,
    under="ceasefire",
)
