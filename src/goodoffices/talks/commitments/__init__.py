"""Commitments, guarantees, succession, and what is owed."""

from __future__ import annotations

from collections.abc import Mapping

from goodoffices.talks.base.acts import Content
from goodoffices.talks.commitments import commands, folds
from goodoffices.talks.state.command_context import Command, Decider
from goodoffices.talks.state.slices import Fold

__all__ = ["DECIDERS", "FOLDS"]

DECIDERS: Mapping[type[Command], Decider] = {
    commands.CarryForward: commands.carry_forward,
    commands.EndGuarantee: commands.end_guarantee,
    commands.GiveGuarantee: commands.give_guarantee,
    commands.MoveDue: commands.move_due,
    commands.RecordChange: commands.record_change,
    commands.RecordCommitment: commands.record_commitment,
    commands.ReportCommitment: commands.report_commitment,
    commands.StateSuccession: commands.state_succession,
}
"""The decider of each command."""

FOLDS: Mapping[type[Content], Fold | None] = {
    commands.ActorChanged: folds.actor_changed,
    commands.CommitmentCarried: folds.commitment_carried,
    commands.CommitmentRecorded: folds.commitment_recorded,
    commands.CommitmentReported: folds.commitment_reported,
    commands.DueMoved: folds.due_moved,
    commands.GuaranteeEnded: folds.guarantee_ended,
    commands.GuaranteeGiven: folds.guarantee_given,
    commands.SuccessionStated: folds.succession_stated,
}
"""The fold of each act's content; ``None`` if a notice of it is only listed and changes nothing else."""
