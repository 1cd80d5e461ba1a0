"""Questions put under a rule, packages, and their outcomes."""

from __future__ import annotations

from collections.abc import Mapping

from goodoffices.talks.base.acts import Content
from goodoffices.talks.decisions import commands, declared_outcomes, folds, packages
from goodoffices.talks.state.command_context import Command, Decider
from goodoffices.talks.state.slices import Fold

__all__ = ["DECIDERS", "FOLDS"]

DECIDERS: Mapping[type[Command], Decider] = {
    commands.AnswerQuestion: commands.answer_question,
    commands.DeclareOutcome: commands.declare_outcome,
    commands.PutQuestion: commands.put_question,
    packages.ClosePackage: packages.close_package,
    packages.PutPackage: packages.put_package,
    packages.ReopenPackage: packages.reopen_package,
}
"""The decider of each command."""

FOLDS: Mapping[type[Content], Fold | None] = {
    declared_outcomes.OutcomeDeclared: folds.outcome_declared,
    commands.QuestionAnswered: folds.question_answered,
    commands.QuestionPut: folds.question_put,
    commands.SenseDeclared: folds.sense_declared,
    packages.PackageClosed: folds.package_closed,
    packages.PackagePut: folds.package_put,
    packages.PackageReopened: folds.package_reopened,
}
"""The fold of each act's content; ``None`` if a notice of it is only listed and changes nothing else."""
