"""The way from an allegation to a finding: screening, verification, and what a finding says, each an act of its own.

None of them changes a count. The word *violation* is used for a finding with that result, and for nothing else.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated

from goodoffices.data_class import dataclass
from goodoffices.talks.base.acts import CLOCK, Content, Ref, Words, faces
from goodoffices.talks.base.local_time import local_day
from goodoffices.talks.base.serialization import parse_instant
from goodoffices.talks.ceasefire.queries import may_take_step, mechanism_of, runs_ledger_of, step_holders
from goodoffices.talks.ceasefire.rule_status import Answer, Standing, rule_statuses
from goodoffices.talks.state.command_context import Command, CommandContext
from goodoffices.talks.state.known_ceasefire import KnownAllegation, KnownTerms

SCREENED = ("in", "set-aside")
ASIDE = ("no-content", "outside-the-talks", "test")
VERIFIED = ("verified", "not-verified", "refuted", "cannot-be-determined")
UNDETERMINED = ("access-denied", "too-late", "no-evidence", "sources-conflict", "unsafe-to-ask")
FOUND = ("violation", "not-a-violation", "unresolved")


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreenAllegation(Command):
    """After a first look, take an allegation in, or set it aside with a reason. Who sees the ledger sees this."""

    allegation: str
    result: Annotated[str, SCREENED]
    reason: Annotated[str | None, ASIDE] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordVerification(Command):
    """Record what a verification of an allegation came to, how it was done, and on which day.

    *verified* needs a second person. *cannot-be-determined* needs a reason.
    """

    allegation: str
    result: Annotated[str, VERIFIED]
    method: str
    day: date
    reason: Annotated[str | None, UNDETERMINED] = None
    words: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AdoptFinding(Command):
    """Adopt a finding on an allegation, with a second person.

    A violation needs terms, and a clause that forbids it. Where they leave it unclear, the grounds name the claims that
    settle it, such as k12. Who did it is said apart, in ``attributed_to``; where nobody is named, ``no_attribution``
    says why.
    """

    allegation: str
    result: Annotated[str, FOUND]
    grounds: Words
    terms: str | None = None
    clause: str = ""
    attributed_to: tuple[str, ...] = ()
    no_attribution: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AllegationScreened(Content):
    """An allegation was taken in, or set aside with a reason."""

    FACES = faces("allegation", "result", "reason")
    REFS = ("allegation",)

    allegation: Ref
    result: str
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class VerificationRecorded(Content):
    """A verification of an allegation ended. ``days_late`` counts the days from the event to it."""

    FACES = faces("allegation", "result", "method", "day", "days_late", "reason", "words")
    REFS = ("allegation",)

    allegation: Ref
    result: str
    method: str
    day: date
    days_late: int
    reason: str = ""
    words: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingAdopted(Content):
    """A finding on an allegation was adopted; attribution, or why there is none, stands apart."""

    FACES = faces("allegation", "result", "terms", "clause", "grounds", "attributed_to", "no_attribution")
    REFS = ("allegation", "terms")

    allegation: Ref
    result: str
    grounds: Words
    terms: Ref | None = None
    clause: str = ""
    attributed_to: tuple[str, ...] = ()
    no_attribution: str = ""


def _of_ledger(context: CommandContext, handle: str) -> tuple[Ref, KnownAllegation, tuple[str, ...]]:
    """Return an allegation that the asking seat reads in its ledger, and the seats that read that ledger."""
    thing, held = context.find(handle, context.known.allegations)
    if held.ledger not in context.known.ledgers:
        raise context.refuse("not_yours", case="finding", handle=handle)
    if held.withdrawn:
        raise context.refuse("done", case="allegation", handle=handle)
    if held.revised_by:
        raise context.refuse("done", case="revised", handle=handle)
    # Of an allegation that stays with its keeper, other readers of the ledger know nothing.
    told = set(context.seen_by(context.id_of(held.ledger))) & set(context.seen_by(thing)) - {CLOCK}
    return thing, held, tuple(sorted(told))


def _check_step(
    context: CommandContext, held: KnownAllegation, step: str, case: str, *, otherwise: bool = True
) -> None:
    """Refuse a step that another seat holds; ``otherwise`` says who may take it where no seat holds it."""
    if not may_take_step(context.known, context.seat, held, step, otherwise=otherwise):
        is_held = bool(step_holders(context.known, held, step))
        raise context.refuse("not_yours", case="step" if is_held else case, handle=held.handle)


def check_agreed(context: CommandContext, held: KnownAllegation, what: str) -> None:
    """Refuse a decision to which too few seats of the committee agree, by the rule of the mechanism."""
    mechanism = mechanism_of(context.known, held)
    if mechanism is None or not mechanism.seats("committee"):
        return
    last = {one.by: one.agrees for one in held.agreements if one.what == what}
    if not mechanism.is_met({seat for seat, agrees in last.items() if agrees}):
        raise context.refuse("rule_not_met", case="committee", handle=held.handle)


def screen_allegation(context: CommandContext, command: ScreenAllegation) -> None:
    """Take an allegation in or set it aside. Only the keeper of its ledger and the secretariat can."""
    thing, held, told = _of_ledger(context, command.allegation)
    runs = runs_ledger_of(context.known, context.seat, held)
    _check_step(context, held, "first-look", "screening", otherwise=runs)
    if command.result not in SCREENED:
        raise context.refuse("bad_value", case="choice", known=", ".join(SCREENED))
    reason = command.reason or ""
    if command.result == "set-aside" and reason not in ASIDE:
        raise context.refuse("needs_reason", case="aside", known=", ".join(ASIDE))
    if (held.screened, held.screened_why) == (command.result, reason):
        raise context.refuse("done", case="screened", handle=command.allegation)
    context.tell(
        AllegationScreened(
            allegation=thing, result=command.result, reason=reason if command.result == "set-aside" else ""
        ),
        told,
    )


def record_verification(context: CommandContext, command: RecordVerification) -> None:
    """Record a verification, and tell who sees the ledger. Its day may lie in another period than the event's."""
    thing, held, told = _of_ledger(context, command.allegation)
    _check_step(context, held, "verification", "step")
    if command.result not in VERIFIED:
        raise context.refuse("bad_value", case="choice", known=", ".join(VERIFIED))
    if command.result == "verified":
        context.two_persons()
    if command.result == "cannot-be-determined" and command.reason not in UNDETERMINED:
        raise context.refuse("needs_reason", case="undetermined", known=", ".join(UNDETERMINED))
    happened = local_day(parse_instant(held.occurred_from), context.known.header.zone)
    if command.day > context.today:
        raise context.refuse("in_future", case="day", day=command.day.isoformat())
    if command.day < happened:
        raise context.refuse("bad_interval")
    recorded = VerificationRecorded(
        allegation=thing,
        result=command.result,
        method=command.method,
        day=command.day,
        days_late=(command.day - happened).days,
        reason=command.reason or "" if command.result == "cannot-be-determined" else "",
        words=command.words,
    )
    context.tell(recorded, told)


def adopt_finding(context: CommandContext, command: AdoptFinding) -> None:
    """Adopt a finding with a second person, and tell who sees the ledger and who was asked about the allegation."""
    thing, held, _ = _of_ledger(context, command.allegation)
    _check_step(context, held, "committee", "step")
    check_agreed(context, held, "finding")
    if command.result not in FOUND:
        raise context.refuse("bad_value", case="choice", known=", ".join(FOUND))
    terms = None if command.terms is None else context.find(command.terms, context.known.terms)
    if command.result == "violation":
        if terms is None or not command.clause.strip():
            raise context.refuse("no_rule")
        _check_violation(context, held, terms[1], command)
    context.known_actors(command.attributed_to)
    if not command.attributed_to and not command.no_attribution.strip():
        raise context.refuse("needs_reason", case="attribution")
    context.two_persons()
    found = FindingAdopted(
        allegation=thing,
        result=command.result,
        grounds=command.grounds,
        terms=None if terms is None else terms[0],
        clause=command.clause.strip(),
        attributed_to=command.attributed_to,
        no_attribution="" if command.attributed_to else command.no_attribution.strip(),
    )
    context.tell(found, context.seen_by(thing))


_OUTSIDE = {"in_force": "time", "place": "area", "involved": "involved"}
"""What lies outside the terms, by the question that is answered with *no*."""


def _check_violation(context: CommandContext, held: KnownAllegation, terms: KnownTerms, command: AdoptFinding) -> None:
    """Refuse a violation unless the terms forbid it; where that is unclear, the grounds name claims that settle it."""
    statuses = [one for one in rule_statuses(context.known, held) if one.terms == terms.handle]
    standings = {one.standing for one in statuses}
    if standings == {Standing.OUTSIDE}:
        outside = next(name for name in _OUTSIDE if getattr(statuses[0], name) is Answer.NO)
        raise context.refuse("not_in_force", case=_OUTSIDE[outside])
    if not standings & {Standing.PROHIBITED, Standing.UNCLEAR}:
        raise context.refuse("no_rule", case="kind")
    clauses = tuple(dict.fromkeys(clause for one in statuses for clause in one.clauses))
    if clauses and command.clause.strip() not in clauses:
        raise context.refuse("no_rule", case="clause", known=", ".join(clauses))
    named = set(_HANDLE.findall(command.grounds.text))
    if Standing.PROHIBITED not in standings and not named & {*context.known.claims}:
        raise context.refuse("needs_reason", case="unclear")


_HANDLE = re.compile(r"\bk[0-9]+\b")
