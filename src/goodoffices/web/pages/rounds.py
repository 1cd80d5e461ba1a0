"""One round: its dates, who invited whom and the answers, and the delegations that seats have named to it."""

from __future__ import annotations

from goodoffices.talks.base.enums import ActorKind, Level, Role
from goodoffices.talks.base.states import InvitationState, RoundState
from goodoffices.talks.rounds.rounds import CloseRound, OpenRound
from goodoffices.talks.state.known_meetings import KnownDelegation, KnownRound
from goodoffices.web.pages.page import Data, Page, PageContext

_COME = (InvitationState.ACCEPTED, InvitationState.CONDITIONAL)
ROLES = (
    Role.PARTY,
    Role.OBSERVER,
    Role.GUARANTOR,
    Role.MEDIATOR,
    Role.FACILITATOR,
    Role.HOST,
    Role.WITNESS,
    Role.EXPERT,
)
"""The roles in which a seat is invited to a round."""


def _round(context: PageContext, handle: str) -> Data | None:
    known = context.known
    held = known.rounds.get(handle)
    if held is None:
        return None
    invitations = [one for one in known.invitations.values() if one.invitation.round == held.round.slug]
    mine = [one for one in invitations if one.invitation.to == context.seat]
    delegations = _delegations(context, held)
    return {
        "round": held,
        "planned": (*held.round.planned, *(() if held.moved_to is None else (held.moved_to,))),
        "is_planned": held.state is RoundState.PLANNED,
        "is_open": held.state is RoundState.OPEN,
        "why": {
            "OpenRound": context.would(OpenRound(round=handle)) if context.has("OpenRound") else None,
            "CloseRound": context.would(CloseRound(round=handle)) if context.has("CloseRound") else None,
        },
        "invitations": invitations,
        "to_invite": [seat.slug for seat in context.others() if not seat.closed],
        "is_coming": any(one.state in _COME for one in mine),
        "delegations": delegations,
        "own": next((one for one in delegations if one.delegation.seat == context.seat), None),
        "persons": [actor.slug for actor in known.actors.values() if actor.kind is ActorKind.PERSON],
        "groups": [actor.slug for actor in known.actors.values() if actor.kind is not ActorKind.PERSON],
        "roles": [role.value for role in ROLES],
        "levels": [level.value for level in Level],
        "chains": {one.claim.slug: one for one in known.claims.values()},
    }


def _delegations(context: PageContext, held: KnownRound) -> list[KnownDelegation]:
    """Return the delegations to a round; where a seat changed its delegation, the latest."""
    latest = {
        one.delegation.seat: one
        for one in context.known.delegations.values()
        if one.delegation.round == held.round.slug
    }
    return list(latest.values())


ROUND = Page(
    path="rounds/{}",
    template="round.html",
    title="Round",
    parts=("round", "invitations", "delegations"),
    data=_round,
    under="sessions",
    heading=lambda data: data["round"].round.title,
)
