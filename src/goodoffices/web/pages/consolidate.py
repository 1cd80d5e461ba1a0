"""The cease-fire's two ledgers side by side, the terms per copy, and commitments: what is owed and by whom."""

from __future__ import annotations

from datetime import date

from goodoffices.talks.ceasefire.commands import ALLEGATION_KINDS
from goodoffices.talks.ceasefire.queries import ledger_totals
from goodoffices.talks.commitments.queries import owed, recognitions_of
from goodoffices.talks.model.ceasefire import DayReport
from goodoffices.talks.state.known_ceasefire import KnownLedger
from goodoffices.web.pages.sight import Data, Page, Sight

__all__ = ["CEASEFIRE", "COMMITMENTS"]


def _ceasefire(sight: Sight, _: str) -> Data:
    known = sight.known
    ledgers = list(known.ledgers.values())
    mine = known.actor_of(sight.seat)
    days = sorted({day.day for held in ledgers for day in held.days})
    return {
        "terms": list(known.terms.values()),
        "ledgers": ledgers,
        "totals": [ledger_totals(held) for held in ledgers],
        "days": [(day, [_of_day(held, day) for held in ledgers]) for day in days],
        "areas": known.areas,
        "mine": [held for held in ledgers if held.ledger.keeper == mine],
        "others": [held for held in ledgers if held.ledger.keeper != mine],
        "allegations": [a for a in known.allegations.values() if not a.withdrawn],
        "kinds": ALLEGATION_KINDS,
        "differ": lambda reports: len({r.total for r in reports if r is not None}) > 1,
    }


def _of_day(held: KnownLedger, day: date) -> DayReport | None:
    return next((report for report in held.days if report.day == day), None)


def _commitments(sight: Sight, _: str) -> Data:
    known = sight.known
    rows = owed(known)
    mine = known.actor_of(sight.seat)
    held = {row.commitment.handle: row.commitment for row in rows}
    successors = {
        s.commitment.handle for row in rows for s in row.successors if s.successor == mine and s.state == "unclear"
    }
    return {
        "rows": [(c, [row for row in rows if row.commitment.handle == handle]) for handle, c in held.items()],
        "guarantees": [(g, recognitions_of(known, g)) for g in known.guarantees.values()],
        "changes": list(known.changes.values()),
        "unclear": [s for row in rows for s in row.successors],
        "mine": mine,
        "to_answer": successors,
    }


CEASEFIRE = Page(
    path="ceasefire",
    template="ceasefire.html",
    title="Cease-fire",
    parts=("terms", "totals", "days", "allegations", "file"),
    data=_ceasefire,
    under="ceasefire",
)
COMMITMENTS = Page(
    path="commitments",
    template="commitments.html",
    title="Commitments",
    parts=("owed", "successors", "guarantees"),
    data=_commitments,
    under="commitments",
)
