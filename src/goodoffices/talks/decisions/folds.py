"""Folds of notices on questions and packages, for seats and for the clock."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from goodoffices.talks.base.serialization import parse_instant
from goodoffices.talks.base.states import Face, QuestionState, VersionState
from goodoffices.talks.documents.document import ClauseState
from goodoffices.talks.state.knowledge import Knowledge
from goodoffices.talks.state.known_decisions import KnownAnswer, KnownPackage, KnownQuestion
from goodoffices.talks.state.known_texts import KnownVersion
from goodoffices.talks.state.slices import Notice, learn
from goodoffices.talks.voting.explanations import DecisionVerdict
from goodoffices.talks.voting.rules import Says


def question_put(known: Knowledge, notice: Notice) -> Knowledge:
    data = notice.data
    made = learn(KnownQuestion, notice, handle=data["put"], round=data.get("round_slug"))
    known = known.put("questions", made.handle, made)
    return known if made.version is None else known.change("versions", made.version, state=VersionState.PUT)


def question_answered(known: Knowledge, notice: Notice) -> Knowledge:
    held = known.questions[notice.data["put"]]
    made = learn(KnownAnswer, notice, seat=notice.data["who"])
    return known.put("questions", held.handle, replace(held, answers=(*held.answers, made)))


def sense_declared(known: Knowledge, notice: Notice) -> Knowledge:
    return known.change(
        "questions", notice.data["put"], state=QuestionState.STANDING, stands_until=parse_instant(notice.data["until"])
    )


def outcome_declared(known: Knowledge, notice: Notice) -> Knowledge:
    """Add the outcome to the question. If only the verdict is shown, keep the answers that this seat knew before."""
    data = notice.data
    held = known.questions[data["put"]]
    told = replace(
        held, state=QuestionState.DECLARED, verdict=DecisionVerdict(data["verdict"]), declared_at=notice.when
    )
    became = _VERSION.get(told.verdict or DecisionVerdict.PENDING)
    if held.version is not None and became is not None:
        known = known.change("versions", held.version, state=became)
    if notice.face in (Face.BARE, Face.CLOCK):
        return known.put("questions", held.handle, replace(told, is_bare=notice.face == Face.BARE))
    told = replace(
        told,
        parties=tuple((seat, actor) for seat, actor in data.get("parties", ())),
        answers=held.answers + _news(held, data),
        unheard=tuple(data.get("unheard", ())),
    )
    return known.put("questions", held.handle, told)


def _news(held: KnownQuestion, data: Mapping[str, Any]) -> tuple[KnownAnswer, ...]:
    """Return the answers that come with an outcome and were not known before."""
    in_time = {answer.seat: answer.says for answer in held.answers if not answer.late}
    late = {answer.seat for answer in held.answers if answer.late}
    answers = ((seat, Says(says)) for seat, says in data.get("answers", ()))
    fresh = tuple(KnownAnswer(seat=seat, says=says) for seat, says in answers if in_time.get(seat) is not says)
    return fresh + tuple(
        KnownAnswer(seat=seat, says=Says.OBJECTS, late=True) for seat in data.get("late", ()) if seat not in late
    )


_VERSION = {DecisionVerdict.PASSES: VersionState.ADOPTED, DecisionVerdict.FAILS: VersionState.FAILED}
"""The new state of a version after the decision. *Adopted* does not imply *signed* or any other stance."""


def package_put(known: Knowledge, notice: Notice) -> Knowledge:
    made = learn(KnownPackage, notice, handle=notice.data["package"])
    return _at_rest(known.put("packages", made.handle, made))


def package_closed(known: Knowledge, notice: Notice) -> Knowledge:
    return _at_rest(known.change("packages", notice.data["package"], closed=True))


def package_reopened(known: Knowledge, notice: Notice) -> Knowledge:
    return _at_rest(known.change("packages", notice.data["package"], closed=False))


def _at_rest(known: Knowledge) -> Knowledge:
    """Return the knowledge with the states of all clauses updated to those of their packages."""
    for handle, version in known.versions.items():
        rested = resting(known, version)
        if rested is not version:
            known = known.put("versions", handle, rested)
    return known


def resting(known: Knowledge, version: KnownVersion) -> KnownVersion:
    """Return a version with the states of its clauses as its packages determine them.

    A clause is *closed* if all packages with it are closed. While one of them is open, the clause is at most *agreed ad
    referendum*, even if the pen wrote otherwise: nothing is agreed until everything is agreed.
    """
    closed = {clause for package in known.packages.values() if package.closed for clause in package.clauses}
    waiting = {clause for package in known.packages.values() if not package.closed for clause in package.clauses}
    states = tuple(
        _state(state, clause in waiting, clause in closed)
        for clause, state in zip(version.clauses, version.states, strict=True)
    )
    return version if states == version.states else replace(version, states=states)


def _state(state: str, is_waiting: bool, is_closed: bool) -> str:
    if is_waiting:
        return ClauseState.AD_REFERENDUM.value if state in _AGREED else state
    return ClauseState.CLOSED.value if is_closed else state


_AGREED = frozenset({ClauseState.AGREED.value, ClauseState.CLOSED.value})
