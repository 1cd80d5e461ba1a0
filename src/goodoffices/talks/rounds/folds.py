"""Folds of notices on rounds, invitations, delegations and sessions."""

from __future__ import annotations

from dataclasses import replace

from goodoffices.talks.base.acts import Body, body
from goodoffices.talks.base.enums import Format
from goodoffices.talks.base.local_time import local_day
from goodoffices.talks.base.serialization import from_plain
from goodoffices.talks.base.states import InvitationState, RoundState, SessionState
from goodoffices.talks.model.rounds import Delegation, Invitation, PairFormat, PlannedDate, Round
from goodoffices.talks.state.knowledge import Knowledge
from goodoffices.talks.state.known_meetings import (
    KnownDelegation,
    KnownIntervention,
    KnownInvitation,
    KnownRound,
    KnownSession,
    state_of,
)
from goodoffices.talks.state.slices import Notice, learn


def round_planned(known: Knowledge, notice: Notice) -> Knowledge:
    plan = from_plain(Round, notice.data["plan"])
    held = known.rounds.get(notice.data["round"])
    if held is not None and (held.state is not state_of(held.round) or held.moved_to is not None):
        # In an exercise more is told of a round later. What these talks themselves did with it stays.
        return known
    return known.put(
        "rounds", notice.data["round"], KnownRound(handle=notice.data["round"], round=plan, state=state_of(plan))
    )


def round_moved(known: Knowledge, notice: Notice) -> Knowledge:
    held = known.rounds[notice.data["round"]]
    moved = from_plain(PlannedDate, notice.data["planned"])
    longer = replace(held.round, planned=(*held.round.planned, moved))
    return known.put("rounds", held.handle, replace(held, round=longer, moved_to=moved))


def round_opened(known: Knowledge, notice: Notice) -> Knowledge:
    held = known.rounds[notice.data["round"]]
    opened = replace(held.round, opened=local_day(notice.when, known.header.zone))
    return known.put("rounds", held.handle, replace(held, round=opened, state=RoundState.OPEN))


def round_closed(known: Knowledge, notice: Notice) -> Knowledge:
    held = known.rounds[notice.data["round"]]
    closed = replace(held.round, closed=local_day(notice.when, known.header.zone))
    return known.put("rounds", held.handle, replace(held, round=closed, state=RoundState.CLOSED))


def invitation_made(known: Knowledge, notice: Notice) -> Knowledge:
    offer = from_plain(Invitation, notice.data["offer"])
    invitation = KnownInvitation(
        handle=notice.data["invitation"],
        invitation=offer,
        state=InvitationState(offer.answer or "open"),
        at=notice.when,
    )
    return known.put("invitations", invitation.handle, invitation)


def invitation_withdrawn(known: Knowledge, notice: Notice) -> Knowledge:
    return known.change("invitations", notice.data["invitation"], state=InvitationState.WITHDRAWN, at=notice.when)


def invitation_answered(known: Knowledge, notice: Notice) -> Knowledge:
    return known.change(
        "invitations",
        notice.data["invitation"],
        state=InvitationState(notice.data["answer"]),
        conditions=body(notice.data.get("conditions")),
        level=notice.data.get("level"),
        at=notice.when,
    )


def invitation_unanswered(known: Knowledge, notice: Notice) -> Knowledge:
    return known.change("invitations", notice.data["invitation"], state=InvitationState.UNANSWERED, at=notice.when)


def delegation_named(known: Knowledge, notice: Notice) -> Knowledge:
    named = from_plain(Delegation, notice.data["named"])
    made = KnownDelegation(handle=notice.data["delegation"], delegation=named, at=notice.when)
    return known.put("delegations", made.handle, made)


def mandate_set(known: Knowledge, notice: Notice) -> Knowledge:
    return known.add("mandates", (notice.at, Body(**notice.data["words"])))


def ratifier_named(known: Knowledge, notice: Notice) -> Knowledge:
    return known.add("ratifiers", (notice.by, notice.data["ratifier"], notice.data["method"]))


def session_planned(known: Knowledge, notice: Notice) -> Knowledge:
    data = notice.data
    session = learn(KnownSession, notice, handle=data["session"], chair=data.get("chair", notice.by))
    return known.put("sessions", session.handle, session)


def session_opened(known: Knowledge, notice: Notice) -> Knowledge:
    return known.change("sessions", notice.data["session"], state=SessionState.OPEN, opened_at=notice.when)


def session_closed(known: Knowledge, notice: Notice) -> Knowledge:
    return known.change("sessions", notice.data["session"], state=SessionState.CLOSED, closed_at=notice.when)


def format_changed(known: Knowledge, notice: Notice) -> Knowledge:
    handle, changed = notice.data["session"], Format(notice.data["format"])
    session = known.sessions[handle]
    pair = tuple(notice.data.get("pair", ()))
    if not pair:
        return known.put("sessions", handle, replace(session, format=changed))
    override = PairFormat(first=pair[0], second=pair[1], format=changed)
    return known.put("sessions", handle, replace(session, pairs=(*session.pairs, override)))


def attendance_marked(known: Knowledge, notice: Notice) -> Knowledge:
    session = known.sessions.get(notice.data.get("session", ""))
    if session is None:
        return known
    marked = dict(session.presence) | {notice.data["who"]: notice.data["mark"]}
    return known.put("sessions", session.handle, replace(session, presence=tuple(sorted(marked.items()))))


def intervention_made(known: Knowledge, notice: Notice) -> Knowledge:
    return known.add("interventions", learn(KnownIntervention, notice))
