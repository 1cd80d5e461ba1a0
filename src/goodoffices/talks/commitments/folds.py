"""Folds of notices on commitments, guarantees and changes of actors."""

from __future__ import annotations

from dataclasses import replace

from goodoffices.talks.base.serialization import from_plain
from goodoffices.talks.model.obligations import Commitment, DueDate
from goodoffices.talks.state.knowledge import Knowledge
from goodoffices.talks.state.known_commitments import (
    KnownChange,
    KnownCommitment,
    KnownGuarantee,
    KnownReport,
    StatedSuccession,
)
from goodoffices.talks.state.slices import Notice, learn


def commitment_recorded(known: Knowledge, notice: Notice) -> Knowledge:
    recorded = from_plain(Commitment, notice.data["recorded"])
    made = learn(KnownCommitment, notice, handle=notice.data["commitment"], commitment=recorded)
    return known.put("commitments", made.handle, made)


def commitment_reported(known: Knowledge, notice: Notice) -> Knowledge:
    held = known.commitments.get(notice.data.get("commitment", ""))
    if held is None:
        return known
    return known.put("commitments", held.handle, replace(held, reports=(*held.reports, learn(KnownReport, notice))))


def due_moved(known: Knowledge, notice: Notice) -> Knowledge:
    held = known.commitments[notice.data["commitment"]]
    moved = from_plain(DueDate, notice.data["due"])
    longer = replace(held.commitment, due=(*held.commitment.due, moved))
    return known.put("commitments", held.handle, replace(held, commitment=longer, moved_to=moved))


def commitment_carried(known: Knowledge, notice: Notice) -> Knowledge:
    held = known.commitments[notice.data["commitment"]]
    return known.put("commitments", held.handle, replace(held, carried_to=(*held.carried_to, notice.data["round"])))


def guarantee_given(known: Knowledge, notice: Notice) -> Knowledge:
    made = learn(KnownGuarantee, notice)
    return known.put("guarantees", made.handle, made)


def guarantee_ended(known: Knowledge, notice: Notice) -> Knowledge:
    return known.change("guarantees", notice.data["handle"], ended=True)


def actor_changed(known: Knowledge, notice: Notice) -> Knowledge:
    made = learn(KnownChange, notice)
    return known.put("changes", made.handle, made)


def succession_stated(known: Knowledge, notice: Notice) -> Knowledge:
    return known.add("stated", learn(StatedSuccession, notice))
