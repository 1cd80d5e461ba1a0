"""The page of the cease-fire."""

from __future__ import annotations

from datetime import date

from goodoffices.talks.ceasefire.queries import ledger_totals, unscreened
from goodoffices.talks.model.ceasefire import ALLEGATION_KINDS, DayReport
from goodoffices.talks.state.known_ceasefire import KnownLedger
from goodoffices.web.pages.page import Data, Page, PageContext


def _ceasefire(context: PageContext, _: str) -> Data:
    known = context.known
    ledgers = list(known.ledgers.values())
    mine = known.actor_of(context.seat)
    days = sorted({day.day for held in ledgers for day in held.days})
    return {
        "terms": list(known.terms.values()),
        "ledgers": ledgers,
        "totals": [ledger_totals(held) for held in ledgers],
        "days": [(day, [_of_day(held, day) for held in ledgers]) for day in days],
        "areas": known.areas,
        "checked": len(ledgers) > 1 or any(day.confirmed is not None for held in ledgers for day in held.days),
        "mine": [held for held in ledgers if held.ledger.keeper == mine],
        "others": [held for held in ledgers if held.ledger.keeper != mine],
        "allegations": [a for a in known.allegations.values() if not a.withdrawn],
        "kinds": ALLEGATION_KINDS,
        "unscreened": len(unscreened(known, context.seat)),
        "differ": lambda reports: len({r.total for r in reports if r is not None}) > 1,
    }


def _of_day(held: KnownLedger, day: date) -> DayReport | None:
    return next((report for report in held.days if report.day == day), None)


CEASEFIRE = Page(
    path="ceasefire",
    template="ceasefire.html",
    title="Cease-fire",
    parts=("terms", "totals", "days", "allegations", "file"),
    data=_ceasefire,
    under="ceasefire",
)
