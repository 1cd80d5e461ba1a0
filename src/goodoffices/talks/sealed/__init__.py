"""Sealed procedures: deposits, blind questions, list matching."""

from __future__ import annotations

from collections.abc import Mapping

from goodoffices.talks.base.acts import Content
from goodoffices.talks.sealed import commands, folds
from goodoffices.talks.state.command_context import Command, Decider
from goodoffices.talks.state.slices import Fold

__all__ = ["DECIDERS", "FOLDS"]

DECIDERS: Mapping[type[Command], Decider] = {
    commands.AnswerBlind: commands.answer_blind,
    commands.AskBlind: commands.ask_blind,
    commands.CheckDeposit: commands.check_deposit,
    commands.Deposit: commands.deposit,
    commands.OpenDeposit: commands.open_deposit,
    commands.OpenListMatch: commands.open_list_match,
    commands.RevealDeposits: commands.reveal_deposits,
    commands.SubmitList: commands.submit_list,
}
"""The decider of each command."""

FOLDS: Mapping[type[Content], Fold | None] = {
    commands.BlindAnswered: folds.blind_answered,
    commands.BlindAsked: folds.blind_asked,
    commands.BlindResultGiven: folds.blind_result_given,
    commands.DepositChecked: folds.deposit_checked,
    commands.DepositClosed: folds.deposit_closed,
    commands.DepositOpened: folds.deposit_opened,
    commands.Deposited: folds.deposited,
    commands.DepositsRevealed: folds.deposits_revealed,
    commands.ListMatchOpened: folds.list_match_opened,
    commands.ListSubmitted: folds.list_submitted,
    commands.MatchReported: folds.match_reported,
}
"""The fold of each act's content; ``None`` if a notice of it is only listed and changes nothing else."""
