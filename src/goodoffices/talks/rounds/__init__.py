"""Rounds, invitations, delegations and sessions."""

from __future__ import annotations

from collections.abc import Mapping

from goodoffices.talks.base.acts import Content
from goodoffices.talks.rounds import delegations, folds, rounds, sessions
from goodoffices.talks.state.command_context import Command, Decider
from goodoffices.talks.state.slices import Fold

__all__ = ["DECIDERS", "FOLDS"]

DECIDERS: Mapping[type[Command], Decider] = {
    rounds.AnswerInvitation: rounds.answer_invitation,
    rounds.CloseRound: rounds.close_round,
    rounds.Invite: rounds.invite,
    rounds.MoveRound: rounds.move_round,
    rounds.OpenRound: rounds.open_round,
    rounds.PlanRound: rounds.plan_round,
    rounds.WithdrawInvitation: rounds.withdraw_invitation,
    delegations.ChangeDelegation: delegations.change_delegation,
    delegations.NameDelegation: delegations.name_delegation,
    delegations.NameRatifier: delegations.name_ratifier,
    delegations.SetMandate: delegations.set_mandate,
    sessions.ChangeFormat: sessions.change_format,
    sessions.CloseSession: sessions.close_session,
    sessions.Intervene: sessions.intervene,
    sessions.MarkAttendance: sessions.mark_attendance,
    sessions.OpenSession: sessions.open_session,
    sessions.PlanSession: sessions.plan_session,
}
"""The decider of each command."""

FOLDS: Mapping[type[Content], Fold | None] = {
    rounds.InvitationAnswered: folds.invitation_answered,
    rounds.InvitationMade: folds.invitation_made,
    rounds.InvitationUnanswered: folds.invitation_unanswered,
    rounds.InvitationWithdrawn: folds.invitation_withdrawn,
    rounds.RoundClosed: folds.round_closed,
    rounds.RoundMoved: folds.round_moved,
    rounds.RoundOpened: folds.round_opened,
    rounds.RoundPlanned: folds.round_planned,
    delegations.DelegationChanged: folds.delegation_named,
    delegations.DelegationNamed: folds.delegation_named,
    delegations.MandateSet: folds.mandate_set,
    delegations.RatifierNamed: folds.ratifier_named,
    sessions.AttendanceMarked: folds.attendance_marked,
    sessions.FormatChanged: folds.format_changed,
    sessions.InterventionMade: folds.intervention_made,
    sessions.SessionClosed: folds.session_closed,
    sessions.SessionOpened: folds.session_opened,
    sessions.SessionPlanned: folds.session_planned,
}
"""The fold of each act's content; ``None`` if a notice of it is only listed and changes nothing else."""
