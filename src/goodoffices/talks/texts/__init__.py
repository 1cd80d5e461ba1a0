"""Negotiating texts: versions, release, comments, stances, ratification, agreement."""

from __future__ import annotations

from collections.abc import Mapping

from goodoffices.talks.base.acts import Content
from goodoffices.talks.state.command_context import Command, Decider
from goodoffices.talks.state.slices import Fold
from goodoffices.talks.texts import (
    commands,
    comments,
    external_texts,
    folds,
    pens,
    ratification,
    releases,
    settled_comments,
    stances,
)

__all__ = ["DECIDERS", "FOLDS"]

DECIDERS: Mapping[type[Command], Decider] = {
    ratification.EnterIntoForce: ratification.enter_into_force,
    ratification.RecordRatification: ratification.record_ratification,
    commands.TableText: commands.table_text,
    commands.WriteVersion: commands.write_version,
    releases.ReleaseVersion: releases.release_version,
    releases.ReadOut: releases.read_out,
    comments.Comment: comments.comment,
    comments.DropVariant: comments.drop_variant,
    comments.MarkDivergence: comments.mark_divergence,
    comments.ProposeVariant: comments.propose_variant,
    settled_comments.SettleComment: settled_comments.settle_comment,
    pens.AskPen: pens.ask_pen,
    pens.OpenPen: pens.open_pen,
    pens.PassPen: pens.pass_pen,
    stances.EndStance: stances.end_stance,
    stances.TakeStance: stances.take_stance,
}
"""The decider of each command."""

FOLDS: Mapping[type[Content], Fold | None] = {
    ratification.EnteredIntoForce: folds.entered_into_force,
    ratification.ForcePlanned: folds.force_planned,
    ratification.RatificationRecorded: folds.ratification_recorded,
    commands.TextTabled: folds.text_tabled,
    commands.VersionWritten: folds.version_written,
    releases.ProposerShown: folds.proposer_shown,
    releases.TextReadOut: folds.text_read_out,
    releases.VariantLeftOut: folds.variant_left_out,
    releases.VariantTaken: folds.variant_taken,
    releases.VersionReleased: folds.version_released,
    comments.CommentMade: folds.comment_made,
    settled_comments.CommentSettled: folds.comment_settled,
    comments.DivergenceMarked: folds.divergence_marked,
    comments.VariantDropped: folds.variant_dropped,
    comments.VariantProposed: folds.variant_proposed,
    pens.PenAsked: folds.pen_asked,
    pens.PenOpened: folds.pen_opened,
    pens.PenPassed: folds.pen_passed,
    stances.StanceEnded: folds.stance_ended,
    stances.StanceTaken: folds.stance_taken,
    external_texts.TextSummarised: folds.text_summarised,
}
"""The fold of each act's content; ``None`` if a notice of it is only listed and changes nothing else."""
