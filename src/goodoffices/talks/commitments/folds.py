"""How notices of commitments, guarantees and changes of actors change what a seat knows."""

from __future__ import annotations

from dataclasses import replace

from goodoffices.talks.base.acts import body
from goodoffices.talks.base.serialization import from_plain
from goodoffices.talks.model.obligations import ActorChange, Commitment, DueDate, Guarantee
from goodoffices.talks.state.knowledge import Knowledge
from goodoffices.talks.state.known_commitments import (
    KnownChange,
    KnownCommitment,
    KnownGuarantee,
    KnownReport,
    StatedSuccession,
)
from goodoffices.talks.state.slices import Notice


def commitment_recorded(known: Knowledge, notice: Notice) -> Knowledge:
    recorded = from_plain(Commitment, notice.data["recorded"])
    made = KnownCommitment(handle=notice.data["commitment"], commitment=recorded, by=notice.by, at=notice.at)
    return known.put("commitments", made.handle, made)


def commitment_reported(known: Knowledge, notice: Notice) -> Knowledge:
    held = known.commitments.get(notice.data.get("commitment", ""))
    if held is None:
        return known
    report = KnownReport(state=notice.data["state"], by=notice.by, words=body(notice.data.get("words")), at=notice.at)
    return known.put("commitments", held.handle, replace(held, reports=(*held.reports, report)))


def due_moved(known: Knowledge, notice: Notice) -> Knowledge:
    held = known.commitments[notice.data["commitment"]]
    due = (*held.commitment.due, from_plain(DueDate, notice.data["due"]))
    return known.put("commitments", held.handle, replace(held, commitment=replace(held.commitment, due=due)))


def commitment_carried(known: Knowledge, notice: Notice) -> Knowledge:
    held = known.commitments[notice.data["commitment"]]
    return known.put("commitments", held.handle, replace(held, carried_to=(*held.carried_to, notice.data["round"])))


def guarantee_given(known: Knowledge, notice: Notice) -> Knowledge:
    made = KnownGuarantee(
        handle=notice.data["handle"],
        guarantee=from_plain(Guarantee, notice.data["guarantee"]),
        own_act=notice.data["own_act"],
        at=notice.at,
    )
    return known.put("guarantees", made.handle, made)


def guarantee_ended(known: Knowledge, notice: Notice) -> Knowledge:
    return known.change("guarantees", notice.data["handle"], ended=True)


def actor_changed(known: Knowledge, notice: Notice) -> Knowledge:
    change = from_plain(ActorChange, notice.data["change"])
    made = KnownChange(handle=notice.data["handle"], change=change, at=notice.at)
    return known.put("changes", made.handle, made)


def succession_stated(known: Knowledge, notice: Notice) -> Knowledge:
    data = notice.data
    stated = StatedSuccession(
        commitment=data["commitment"], successor=data["successor"], state=data["state"], at=notice.at
    )
    return known.add("stated", stated)
