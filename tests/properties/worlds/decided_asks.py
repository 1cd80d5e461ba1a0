"""What seats might ask of packages and questions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from goodoffices.talks.decisions import commands as decisions, packages as package_acts
from goodoffices.talks.model.packages import Package, Picked
from goodoffices.talks.state.command_context import Command
from goodoffices.talks.state.known_decisions import AnswerVisibility
from goodoffices.talks.texts import ratification as force
from goodoffices.talks.voting.rules import (
    HALF,
    ChairsSense,
    Consensus,
    QualifiedMajority,
    Rule,
    Says,
    SilenceProcedure,
    Threshold,
    Unanimity,
)

if TYPE_CHECKING:
    from properties.worlds.asker import Asker


PACKAGE = Package(slug="watching", picked=(Picked(slug="who-watches", option="committee"),))


def _put_package(a: Asker) -> Command:
    to = a.pick.one((("gov", "opp", "pap"), ("gov", "opp", "pap", "usa"), ("gov",)))
    return package_acts.PutPackage(package=PACKAGE, to=to)


def _put_clauses(a: Asker) -> Command | None:
    handle = a.thing("versions")
    if handle is None:
        return None
    version = a.known.versions[handle]
    package = Package(slug="whole")
    return package_acts.PutPackage(
        package=package, to=version.released_to, version=handle, clauses=version.clauses[: a.pick.number(3)]
    )


def _rule(a: Asker) -> Rule:
    rules: tuple[Rule, ...] = (
        Unanimity(),
        Consensus(),
        SilenceProcedure(until=a.soon(), zone="Asia/Almaty"),
        QualifiedMajority(thresholds=(Threshold(share=HALF),)),
        ChairsSense(contest_minutes=15),
    )
    return a.pick.one(rules)


def _put(a: Asker, eligible: tuple[str, ...], *, version: str | None = None, package: str | None = None) -> Command:
    closes_at, rule = a.soon() if a.pick.number(4) else None, _rule(a)
    return decisions.PutQuestion(
        rule=rule,
        eligible=eligible,
        version=version,
        package=package,
        closes_at=None if isinstance(rule, SilenceProcedure | ChairsSense) else closes_at,
        observers=a.pick.some(("usa", "kaz", "rus")),
        shown=a.pick.one(tuple(AnswerVisibility)),
        question=a.words(),
    )


def _put_question(a: Asker) -> Command | None:
    package = a.thing("packages")
    eligible = a.pick.one((("gov", "opp"), ("gov", "opp", "pap")))
    return None if package is None else _put(a, eligible, package=package)


def _put_version(a: Asker) -> Command | None:
    version = a.thing("versions")
    if version is None:
        return None
    parties = tuple(seat for seat in a.known.versions[version].released_to if seat in ("gov", "opp", "pap"))
    return _put(a, parties, version=version)


def _ratify(a: Asker) -> Command | None:
    version = a.thing("versions")
    ratified = a.pick.number(3) > 0
    return (
        None
        if version is None
        else force.RecordRatification(version=version, ratifier="A house", ratified=ratified, method="vote")
    )


def _enter(a: Asker) -> Command | None:
    version = a.thing("versions")
    local = a.soon().strftime("%Y-%m-%dT%H:%M")
    return None if version is None else force.EnterIntoForce(version=version, local=local, zone="UTC", ground="so")


def _answer(a: Asker) -> Command | None:
    question = a.thing("questions")
    on_behalf = a.pick.one(("gov", "opp")) if a.pick.number(6) == 0 else None
    return (
        None
        if question is None
        else decisions.AnswerQuestion(
            question=question, says=a.pick.one(tuple(Says)), words=a.words(), on_behalf=on_behalf
        )
    )


def _declare(a: Asker) -> Command | None:
    question = a.thing("questions")
    return None if question is None else decisions.DeclareOutcome(question=question)


def _close(a: Asker) -> Command | None:
    package = a.thing("packages")
    return None if package is None else package_acts.ClosePackage(package=package)


def _reopen(a: Asker) -> Command | None:
    package = a.thing("packages")
    return None if package is None else package_acts.ReopenPackage(package=package)


DECIDED: Mapping[str, Callable[[Asker], Command | None]] = {
    "PutPackage": _put_package,
    "ClosePackage": _close,
    "ReopenPackage": _reopen,
    "PutPackage of clauses": _put_clauses,
    "PutQuestion": _put_question,
    "PutQuestion on a version": _put_version,
    "RecordRatification": _ratify,
    "EnterIntoForce": _enter,
    "AnswerQuestion": _answer,
    "AnswerQuestion again": _answer,
    "DeclareOutcome": _declare,
}
"""How each command is drawn."""
ON_TEXTS = (
    "PutPackage of clauses",
    "ClosePackage",
    "ReopenPackage",
    "PutQuestion on a version",
    "AnswerQuestion",
    "AnswerQuestion again",
    "DeclareOutcome",
    "NameRatifier",
    "RecordRatification",
    "EnterIntoForce",
)
"""Those that speak of texts."""
