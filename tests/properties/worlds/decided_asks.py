"""What seats might ask of packages and questions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from goodoffices.talks import decisions, package_acts
from goodoffices.talks.desk import Command
from goodoffices.talks.packages import Package, Picked
from goodoffices.talks.questions import Shown
from goodoffices.talks.rules import (
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

__all__ = ["DECIDED"]

PACKAGE = Package(slug="watching", picked=(Picked(slug="who-watches", option="committee"),))


def _put_package(a: Asker) -> Command:
    to = a.pick.one((("gov", "opp", "pap"), ("gov", "opp", "pap", "usa"), ("gov",)))
    return package_acts.PutPackage(package=PACKAGE, to=to)


def _put_question(a: Asker) -> Command | None:
    package = a.thing("packages")
    closes_at = a.soon() if a.pick.number(4) else None
    rules: tuple[Rule, ...] = (
        Unanimity(),
        Consensus(),
        SilenceProcedure(until=a.soon(), zone="Asia/Almaty"),
        QualifiedMajority(thresholds=(Threshold(share=HALF),)),
        ChairsSense(contest_minutes=15),
    )
    rule = a.pick.one(rules)
    return (
        None
        if package is None
        else decisions.PutQuestion(
            rule=rule,
            eligible=a.pick.one((("gov", "opp"), ("gov", "opp", "pap"))),
            package=package,
            closes_at=None if isinstance(rule, SilenceProcedure | ChairsSense) else closes_at,
            observers=a.pick.some(("usa", "kaz", "rus")),
            shown=a.pick.one(tuple(Shown)),
            question=a.words(),
        )
    )


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
    "PutQuestion": _put_question,
    "AnswerQuestion": _answer,
    "AnswerQuestion again": _answer,
    "DeclareOutcome": _declare,
}
"""How each command is drawn."""
