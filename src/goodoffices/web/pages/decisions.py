"""Decisions: questions put to this seat, their outcomes test by test, packages, ratification and entry into force."""

from __future__ import annotations

import json
from datetime import timedelta

from babel.dates import format_timedelta

from goodoffices.data_class import dataclass
from goodoffices.reports.texts.decisions_plain_english import unanswered
from goodoffices.talks.base.enums import Role
from goodoffices.talks.base.refusals import Refusal
from goodoffices.talks.base.serialization import to_plain
from goodoffices.talks.base.states import QuestionState, VersionState
from goodoffices.talks.decisions.commands import AnswerQuestion, DeclareOutcome
from goodoffices.talks.decisions.eligibility import outcome_of
from goodoffices.talks.decisions.packages import ClosePackage
from goodoffices.talks.documents.document import check_code
from goodoffices.talks.model.packages import READINGS, demanded, differing, faults
from goodoffices.talks.state.known_decisions import (
    AnswerVisibility,
    KnownAnswer,
    KnownForce,
    KnownQuestion,
    KnownRatification,
)
from goodoffices.talks.state.known_texts import KnownVersion
from goodoffices.talks.state.permissions import powers_of
from goodoffices.talks.texts.agreement_status import Family, family_of
from goodoffices.talks.texts.ratification import open_conditions
from goodoffices.talks.texts.rendered_version import title_of
from goodoffices.talks.voting.outcome_sentences import lone_voter
from goodoffices.talks.voting.rules import Says
from goodoffices.web.http.compound_fields import RULE_KINDS
from goodoffices.web.pages.page import Data, Page, PageContext


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What a question is on: a version with its text, check code and family, or a package."""

    title: str
    text: str = ""
    code: str = ""
    family: Family | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OnTheWay:
    """A version between adoption and force: what was ratified, what is waited for, when it enters into force."""

    version: KnownVersion
    title: str
    family: Family | None
    ratifications: tuple[KnownRatification, ...]
    waits: tuple[str, ...]
    forces: tuple[KnownForce, ...]


def waiting_questions(context: PageContext) -> list[KnownQuestion]:
    """Return the questions that are open to this seat and that it has not answered."""
    return [q for q in context.known.questions.values() if _waits(context, q)]


def _waits(context: PageContext, question: KnownQuestion) -> bool:
    answered = any(answer.seat == context.seat for answer in question.answers)
    return question.state == QuestionState.OPEN and context.seat in question.eligible and not answered


def _family(context: PageContext, version: KnownVersion) -> Family | None:
    frame = context.known.texts[version.text].frame
    return family_of(context.view, frame.family or version.text, words=False)


def _subject(context: PageContext, question: KnownQuestion) -> Subject:
    version = context.known.versions.get(question.version or "")
    package = context.known.packages.get(question.package or "")
    if version is not None:
        return Subject(
            title=title_of(context.view, version, context.language),
            text=version.text,
            code=check_code(version.hash),
            family=_family(context, version),
        )
    return Subject(title="" if package is None else package.put.title or package.put.slug)


def _decisions(context: PageContext, _: str) -> Data:
    known = context.known
    questions = list(known.questions.values())[::-1]
    asked = [q for q in questions if q.state != QuestionState.DECLARED and context.seat in q.eligible]
    return {
        "nobody_puts": not any("PutQuestion" in powers_of(seat) for seat in known.seats.values()),
        "asked": asked,
        "others": [q for q in questions if q not in asked],
        "lent_by": [
            p for p in known.proxies.values() if (p.giver, p.scope) == (context.seat, "answer") and not p.ended
        ],
        "kept": [s for s in known.seats.values() if s.kept_by == context.seat and not s.closed],
        "titles": {q.handle: _subject(context, q) for q in questions},
        "packages": list(known.packages.values())[::-1],
        "versions": [
            _on_the_way(context, version) for version in known.versions.values() if _is_on_the_way(context, version)
        ],
    }


def _is_on_the_way(context: PageContext, version: KnownVersion) -> bool:
    known = context.known
    stood_on = any(s.version == version.handle and s.kind.binds for s in known.stances.values())
    ratified = any(r.version == version.handle for r in known.ratifications)
    return version.state == VersionState.ADOPTED or stood_on or ratified


def _on_the_way(context: PageContext, version: KnownVersion) -> OnTheWay:
    known = context.known
    done = tuple(r for r in known.ratifications if r.version == version.handle)
    waits = open_conditions(known, version.handle)
    recorded = {r.ratifier for r in done}
    return OnTheWay(
        version=version,
        title=title_of(context.view, version, context.language),
        family=_family(context, version),
        ratifications=done,
        waits=tuple(who for who in waits if who not in recorded),
        forces=tuple(f for f in known.forces.values() if f.version == version.handle),
    )


def _decision(context: PageContext, handle: str) -> Data | None:
    question = context.known.questions.get(handle)
    if question is None:
        return None
    mine = [a for a in question.answers if a.seat == context.seat]
    is_asked = context.seat in question.eligible
    chairs = question.by == context.seat
    outcome = outcome_of(question)
    return {
        "question": question,
        "subject": _subject(context, question),
        "is_asked": is_asked,
        "mine": mine[-1] if mine else None,
        "refusal": context.would(AnswerQuestion(question=handle, says=Says.ACCEPTS)) if is_asked else None,
        "lent": _lent(context, question),
        "towards": _towards(question),
        "answers": [a for a in question.answers if a.seat != context.seat],
        "unanswered": unanswered(context.view, question),
        "chairs": chairs,
        "declare": context.would(DeclareOutcome(question=handle)) if chairs else None,
        "outcome": outcome,
        "lone": None if outcome is None else lone_voter(outcome),
        "left": _left(context, question),
    }


def _lent(context: PageContext, question: KnownQuestion) -> list[tuple[str, KnownAnswer | None, Refusal | None]]:
    """Return the seats that lent this one their answer, what was said for each so far, and why nothing more may be."""
    givers = dict.fromkeys(
        p.giver
        for p in context.known.proxies.values()
        if (p.holder, p.scope) == (context.seat, "answer") and not p.ended
    )
    made = []
    for giver in givers:
        if giver in question.eligible:
            said = [answer for answer in question.answers if answer.seat == giver]
            asked = AnswerQuestion(question=question.handle, says=Says.ACCEPTS, on_behalf=giver)
            made.append((giver, said[-1] if said else None, context.would(asked)))
    return made


def _towards(question: KnownQuestion) -> tuple[str, ...]:
    """Return who learns of an answer when it is given: the chair, and in an open question all eligible."""
    others = question.eligible if question.shown is AnswerVisibility.AS_THEY_COME else ()
    return tuple(dict.fromkeys((question.by, *others)))


def _left(context: PageContext, question: KnownQuestion) -> str:
    """Return how long a question is still open, in words of the reader's language."""
    if question.state == QuestionState.DECLARED or question.ends_at is None:
        return ""
    left = question.ends_at - context.at
    if left <= timedelta():
        return ""
    # A page at one moment is the page at another until an act changes it: no seconds.
    return str(format_timedelta(left, granularity="minute", threshold=1.5, locale=context.language))


def _new(context: PageContext, _: str) -> Data:
    known = context.known
    versions = [version for version in known.versions.values() if version.may_be_put]
    packages = list(known.packages.values())
    put = context.one("put")
    by_package = put in known.packages or (not versions and bool(packages))
    subjects: list[tuple[str, str]] = [
        (v.handle, f"{title_of(context.view, v, context.language)} · {v.handle} · {check_code(v.hash)}")
        for v in versions
    ][::-1]
    if by_package:
        subjects = [(p.handle, f"{p.put.title or p.put.slug} · {p.handle}") for p in packages][::-1]
    return {
        "field": "package" if by_package else "version",
        "subjects": subjects,
        "hindered": [] if put in dict(subjects) else _hindered(context, put, is_empty=not subjects),
        "chosen": put if put in dict(subjects) else "",
        "parties": [seat for seat in context.others() if Role.PARTY in seat.roles],
        "observers": [seat.slug for seat in context.others() if Role.PARTY not in seat.roles],
        "rules": RULE_KINDS,
        "named_rules": [(one, json.dumps(to_plain(one.rule), sort_keys=True)) for one in known.header.rules],
        "shown": [shown.value for shown in AnswerVisibility],
    }


def _hindered(context: PageContext, put: str, *, is_empty: bool) -> list[tuple[KnownVersion, str]]:
    """Return the versions that cannot be put, with their titles: the one asked for; of all texts if nothing can be."""
    known = context.known
    newest = [known.versions[text.versions[-1]] for text in known.texts.values()]
    asked = [known.versions[put]] if put in known.versions else newest if is_empty else []
    return [(v, title_of(context.view, v, context.language)) for v in asked if not v.may_be_put]


def _package(context: PageContext, handle: str) -> Data | None:
    package = context.known.packages.get(handle)
    if package is None:
        return None
    chairs = package.by == context.seat
    return {
        "package": package,
        "version": context.known.versions.get(package.version or ""),
        "chairs": chairs,
        "close": context.would(ClosePackage(package=handle)) if chairs else None,
        "faults": faults(package.put),
        "demanded": [(reading, demanded(package.put, {}, reading)) for reading in READINGS],
        "differing": set(differing(package.put, {})),
    }


def _new_package(context: PageContext, _: str) -> Data:
    versions = [v for v in context.known.versions.values() if v.released_to]
    return {
        "version": context.known.versions.get(context.one("put")),
        "versions": [(v, title_of(context.view, v, context.language)) for v in versions],
    }


DECISIONS = Page(
    path="decisions",
    template="decisions.html",
    title="Decisions",
    parts=("open", "lent", "others", "packages", "force"),
    data=_decisions,
    under="decisions",
)
DECISION_NEW = Page(
    path="decisions/new",
    template="decision_new.html",
    title="Put a question",
    parts=("put",),
    data=_new,
    under="decisions",
    powers=("PutQuestion",),
)
DECISION = Page(
    path="decisions/{}",
    template="decision.html",
    title="Question",
    parts=("question", "answer", "answers", "outcome"),
    data=_decision,
    under="decisions",
    heading=lambda data: data["subject"].title,
)
PACKAGE_NEW = Page(
    path="packages/new",
    template="package_new.html",
    title="Put a package",
    parts=("put",),
    data=_new_package,
    under="decisions",
    powers=("PutPackage",),
)
PACKAGE = Page(
    path="packages/{}",
    template="package.html",
    title="Package",
    parts=("package", "steps", "faults", "demanded"),
    data=_package,
    under="decisions",
    heading=lambda data: data["package"].put.title or data["package"].put.slug,
)
