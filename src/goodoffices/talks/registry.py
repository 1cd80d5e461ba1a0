"""The tables of all packages, merged: every command with its decider, every act with its content and fold."""

from __future__ import annotations

from collections.abc import Mapping

from goodoffices.talks import (
    ceasefire,
    claims,
    commitments,
    decisions,
    exchange,
    exercise,
    mechanisms,
    notes,
    rounds,
    sealed,
    seats,
    texts,
)
from goodoffices.talks.base.acts import Content
from goodoffices.talks.state.command_context import Command, Decider
from goodoffices.talks.state.slices import Fold

DECIDERS: Mapping[type[Command], Decider] = {
    **seats.DECIDERS,
    **claims.DECIDERS,
    **commitments.DECIDERS,
    **rounds.DECIDERS,
    **notes.DECIDERS,
    **exchange.DECIDERS,
    **sealed.DECIDERS,
    **decisions.DECIDERS,
    **ceasefire.DECIDERS,
    **mechanisms.DECIDERS,
    **texts.DECIDERS,
    **exercise.DECIDERS,
}
"""The decider of each command."""

COMMANDS: Mapping[str, type[Command]] = {command.__name__: command for command in DECIDERS}
"""Every command by name."""

_FOLDS: Mapping[type[Content], Fold | None] = {
    **seats.FOLDS,
    **claims.FOLDS,
    **commitments.FOLDS,
    **rounds.FOLDS,
    **notes.FOLDS,
    **exchange.FOLDS,
    **sealed.FOLDS,
    **decisions.FOLDS,
    **ceasefire.FOLDS,
    **mechanisms.FOLDS,
    **texts.FOLDS,
    **exercise.FOLDS,
}

CONTENTS: Mapping[str, type[Content]] = {content.__name__: content for content in _FOLDS}
"""The content of every act, by kind."""

FOLDS: Mapping[str, Fold] = {content.__name__: fold for content, fold in _FOLDS.items() if fold is not None}
"""The fold of each kind of act. A notice of a kind without a fold is only added to the slice."""
