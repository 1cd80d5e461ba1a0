"""Notes of what was said in a session, and the minutes that are made of them for each reader."""

from __future__ import annotations

from collections.abc import Mapping

from goodoffices.talks.base.acts import Content
from goodoffices.talks.notes import folds, lines, minutes
from goodoffices.talks.state.command_context import Command, Decider
from goodoffices.talks.state.slices import Fold

__all__ = ["DECIDERS", "FOLDS"]

DECIDERS: Mapping[type[Command], Decider] = {
    lines.TakeNote: lines.take_note,
    minutes.AnswerMinutes: minutes.answer_minutes,
    minutes.ApproveMinutes: minutes.approve_minutes,
    minutes.CirculateMinutes: minutes.circulate_minutes,
    minutes.CorrectMinutes: minutes.correct_minutes,
}
"""The decider of each command."""

FOLDS: Mapping[type[Content], Fold | None] = {
    lines.NoteTaken: folds.note_taken,
    minutes.MinutesAnswered: folds.minutes_answered,
    minutes.MinutesApproved: folds.minutes_approved,
    minutes.MinutesCirculated: folds.minutes_circulated,
    minutes.MinutesCorrected: folds.minutes_corrected,
    minutes.MinutesMade: folds.minutes_made,
}
"""The fold of each act's content; ``None`` if a notice of it is only listed and changes nothing else."""
