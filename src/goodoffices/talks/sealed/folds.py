"""Folds of notices on sealed procedures, for seats and for the clock."""

from __future__ import annotations

from dataclasses import replace

from goodoffices.talks.base.acts import Body
from goodoffices.talks.base.states import ProcedureState
from goodoffices.talks.state.knowledge import Knowledge
from goodoffices.talks.state.known_sealed import KnownBlind, KnownDeposit, KnownMatch
from goodoffices.talks.state.slices import Notice, learn


def deposit_opened(known: Knowledge, notice: Notice) -> Knowledge:
    made = learn(KnownDeposit, notice, handle=notice.data["deposit"])
    return known.put("deposits", made.handle, made)


def deposited(known: Knowledge, notice: Notice) -> Knowledge:
    held = known.deposits[notice.data["deposit"]]
    papers = dict(held.papers) | {notice.by: Body(**notice.data["words"])}
    # A new paper has not been checked, even if the one before had been.
    checks = tuple((who, meets) for who, meets in held.checks if who != notice.by)
    return known.put(
        "deposits", held.handle, replace(held, papers=tuple(sorted(papers.items(), key=lambda p: p[0])), checks=checks)
    )


def deposit_checked(known: Knowledge, notice: Notice) -> Knowledge:
    held = known.deposits[notice.data["deposit"]]
    checks = dict(held.checks) | {notice.data["depositor"]: notice.data["meets"]}
    return known.put("deposits", held.handle, replace(held, checks=tuple(sorted(checks.items()))))


def deposits_revealed(known: Knowledge, notice: Notice) -> Knowledge:
    held = known.deposits[notice.data["deposit"]]
    opened = tuple((who, Body(**paper)) for who, paper in notice.data.get("papers", ()))
    return known.put(
        "deposits", held.handle, replace(held, papers=opened or held.papers, state=ProcedureState.REVEALED)
    )


def deposit_closed(known: Knowledge, notice: Notice) -> Knowledge:
    return known.change("deposits", notice.data["deposit"], state=ProcedureState.CLOSED)


def blind_asked(known: Knowledge, notice: Notice) -> Knowledge:
    made = learn(KnownBlind, notice, handle=notice.data["blind"])
    return known.put("blinds", made.handle, made)


def blind_answered(known: Knowledge, notice: Notice) -> Knowledge:
    held = known.blinds[notice.data["blind"]]
    answers = dict(held.answers) | {notice.by: notice.data["accept"]}
    return known.put("blinds", held.handle, replace(held, answers=tuple(sorted(answers.items()))))


def blind_result_given(known: Knowledge, notice: Notice) -> Knowledge:
    return known.change("blinds", notice.data["blind"], result=notice.data["all_accept"], state=ProcedureState.CLOSED)


def list_match_opened(known: Knowledge, notice: Notice) -> Knowledge:
    made = learn(KnownMatch, notice, handle=notice.data["match"])
    return known.put("matches", made.handle, made)


def list_submitted(known: Knowledge, notice: Notice) -> Knowledge:
    held = known.matches[notice.data["match"]]
    lists = dict(held.lists) | {notice.by: Body(**notice.data["rows"])}
    return known.put(
        "matches", held.handle, replace(held, lists=tuple(sorted(lists.items(), key=lambda pair: pair[0])))
    )


def match_reported(known: Knowledge, notice: Notice) -> Knowledge:
    rows = tuple((row, sort) for row, sort in notice.data.get("rows", ()))
    return known.change("matches", notice.data["match"], matches=rows, state=ProcedureState.CLOSED)
