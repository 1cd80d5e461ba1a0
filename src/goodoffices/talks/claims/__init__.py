"""Claims and sources, contradictions, recognitions, positions and assessments."""

from __future__ import annotations

from collections.abc import Mapping

from goodoffices.talks.base.acts import Content
from goodoffices.talks.claims import agenda, commands, folds, positions
from goodoffices.talks.state.command_context import Command, Decider
from goodoffices.talks.state.slices import Fold

__all__ = ["DECIDERS", "FOLDS"]

DECIDERS: Mapping[type[Command], Decider] = {
    agenda.ClaimRole: agenda.claim_role,
    agenda.EnterIssue: agenda.enter_issue,
    agenda.NameQuestion: agenda.name_question,
    agenda.NameRule: agenda.name_rule,
    agenda.NameText: agenda.name_text,
    commands.DeclareDistinct: commands.declare_distinct,
    commands.DeclareSame: commands.declare_same,
    commands.EnterClaim: commands.enter_claim,
    commands.EnterSource: commands.enter_source,
    commands.MarkCompatible: commands.mark_compatible,
    commands.MarkContradiction: commands.mark_contradiction,
    commands.NameActor: commands.name_actor,
    commands.ReplaceClaim: commands.replace_claim,
    positions.Assess: positions.assess,
    positions.WithdrawAssessment: positions.withdraw_assessment,
    positions.RecogniseRole: positions.recognise_role,
    positions.StatePosition: positions.state_position,
}
"""The decider of each command."""

FOLDS: Mapping[type[Content], Fold | None] = {
    agenda.IssueEntered: folds.issue_entered,
    agenda.QuestionNamed: folds.question_named,
    agenda.RuleNamed: folds.rule_named,
    agenda.TextNamed: folds.text_named,
    commands.ActorNamed: folds.actor_named,
    commands.AgendaSet: folds.agenda_set,
    commands.ClaimEntered: folds.claim_entered,
    commands.ClaimReplaced: folds.claim_replaced,
    commands.ClaimsMarked: folds.claims_marked,
    commands.PairFormatsSet: folds.pair_formats_set,
    commands.SamenessDeclared: folds.sameness_declared,
    commands.SourceEntered: folds.source_entered,
    positions.AssessmentEntered: folds.assessment_entered,
    positions.AssessmentMade: folds.assessment_made,
    positions.AssessmentWithdrawn: folds.assessment_withdrawn,
    positions.PositionStated: folds.position_stated,
    positions.RecognitionStated: folds.recognition_stated,
    positions.RoleClaimed: folds.role_claimed,
    positions.ScaleEntered: folds.scale_entered,
}
"""The fold of each act's content; ``None`` if a notice of it is only listed and changes nothing else."""
