"""The page of commitments."""

from __future__ import annotations

from goodoffices.talks.commitments.outcomes import outcome
from goodoffices.talks.commitments.queries import condition_and_due, owed, recognitions_of
from goodoffices.web.pages.page import Data, Page, PageContext


def _commitments(context: PageContext, _: str) -> Data:
    known = context.known
    rows = owed(known)
    mine = known.actor_of(context.seat)
    held = {row.commitment.handle: row.commitment for row in rows}
    successors = {
        s.commitment.handle for row in rows for s in row.successors if s.successor == mine and s.state == "unclear"
    }
    return {
        "rows": [(c, [row for row in rows if row.commitment.handle == handle]) for handle, c in held.items()],
        "came": {handle: outcome(known, c) for handle, c in held.items()},
        "terms": {handle: condition_and_due(c.commitment) for handle, c in held.items()},
        "guarantees": [(g, recognitions_of(known, g)) for g in known.guarantees.values()],
        "changes": list(known.changes.values()),
        "unclear": [s for row in rows for s in row.successors],
        "mine": mine,
        "chains": {c.claim.slug: c for c in known.claims.values()},
        "to_answer": successors,
        "rounds": [(one.handle, one.round.title) for one in known.rounds.values() if one.round.closed is None],
        "beneficiaries": [seat.actor for seat in context.others() if not seat.closed],
    }


COMMITMENTS = Page(
    path="commitments",
    template="commitments.html",
    title="Commitments",
    parts=("owed", "successors", "guarantees"),
    data=_commitments,
    under="commitments",
)
