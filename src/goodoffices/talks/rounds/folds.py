"""How notices of rounds, invitations and delegations change what a seat knows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from goodoffices.talks.base.acts import Body, body
from goodoffices.talks.base.serialization import from_plain
from goodoffices.talks.model.rounds import Delegation, Invitation, PlannedDate, Round
from goodoffices.talks.state.knowledge import Knowledge
from goodoffices.talks.state.known_meetings import KnownDelegation, KnownInvitation, KnownRound
from goodoffices.talks.state.slices import Notice


def _planned(known: Knowledge, notice: Notice) -> Knowledge:
    plan = from_plain(Round, notice.data["plan"])
    state = "closed" if plan.closed is not None else "open" if plan.opened is not None else "planned"
    return known.put("rounds", notice.data["round"], KnownRound(handle=notice.data["round"], round=plan, state=state))


def _moved(known: Knowledge, notice: Notice) -> Knowledge:
    held = known.rounds[notice.data["round"]]
    planned = (*held.round.planned, from_plain(PlannedDate, notice.data["planned"]))
    return known.put("rounds", held.handle, replace(held, round=replace(held.round, planned=planned)))


def _opened(known: Knowledge, notice: Notice) -> Knowledge:
    held = known.rounds[notice.data["round"]]
    opened = replace(held.round, opened=date.fromisoformat(notice.at[:10]))
    return known.put("rounds", held.handle, replace(held, round=opened, state="open"))


def _closed(known: Knowledge, notice: Notice) -> Knowledge:
    held = known.rounds[notice.data["round"]]
    closed = replace(held.round, closed=date.fromisoformat(notice.at[:10]))
    return known.put("rounds", held.handle, replace(held, round=closed, state="closed"))


def _invited(known: Knowledge, notice: Notice) -> Knowledge:
    offer = from_plain(Invitation, notice.data["offer"])
    invitation = KnownInvitation(
        handle=notice.data["invitation"], invitation=offer, state=offer.answer or "open", at=notice.at
    )
    return known.put("invitations", invitation.handle, invitation)


def _invitation_withdrawn(known: Knowledge, notice: Notice) -> Knowledge:
    return known.change("invitations", notice.data["invitation"], state="withdrawn", at=notice.at)


def _answered(known: Knowledge, notice: Notice) -> Knowledge:
    return known.change(
        "invitations",
        notice.data["invitation"],
        state=notice.data["answer"],
        conditions=body(notice.data.get("conditions")),
        level=notice.data.get("level"),
        at=notice.at,
    )


def _unanswered(known: Knowledge, notice: Notice) -> Knowledge:
    return known.change("invitations", notice.data["invitation"], state="unanswered", at=notice.at)


def _delegation(known: Knowledge, notice: Notice) -> Knowledge:
    named = from_plain(Delegation, notice.data["named"])
    made = KnownDelegation(handle=notice.data["delegation"], delegation=named, at=notice.at)
    return known.put("delegations", made.handle, made)


def _mandate(known: Knowledge, notice: Notice) -> Knowledge:
    return known.add("mandates", (notice.at, Body(**notice.data["words"])))


def _ratifier(known: Knowledge, notice: Notice) -> Knowledge:
    return known.add("ratifiers", (notice.by, notice.data["ratifier"], notice.data["method"]))


ROUND_FOLDS: Mapping[str, Callable[[Knowledge, Notice], Knowledge]] = {
    "RoundPlanned": _planned,
    "RoundMoved": _moved,
    "RoundOpened": _opened,
    "RoundClosed": _closed,
    "InvitationMade": _invited,
    "InvitationWithdrawn": _invitation_withdrawn,
    "InvitationAnswered": _answered,
    "InvitationUnanswered": _unanswered,
    "DelegationNamed": _delegation,
    "DelegationChanged": _delegation,
    "MandateSet": _mandate,
    "RatifierNamed": _ratifier,
}
