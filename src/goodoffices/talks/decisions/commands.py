"""Commands on questions for decision: put a question, answer it, declare its outcome.

The chair and the clock see all answers. The others see them as the question says. The outcome is declared by the clock
at the closing time, by the chair from the answers it has seen, or by the first objection that ends a silence procedure.
No command returns an outcome that its seat could not work out itself.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from goodoffices.data_class import dataclass
from goodoffices.talks.base.acts import CLOCK, AudienceEntry, Content, Ref, Words, faces
from goodoffices.talks.base.local_time import check_zone
from goodoffices.talks.base.states import Face, QuestionState
from goodoffices.talks.decisions.declared_outcomes import declaration_of, unheard_by, was_handed_since
from goodoffices.talks.decisions.eligibility import IN_THE_ROUND, eligible_now, may_be_asked, standing
from goodoffices.talks.state.command_context import Command, CommandContext
from goodoffices.talks.state.known_decisions import AnswerVisibility, KnownAnswer, KnownQuestion
from goodoffices.talks.state.permissions import lenders
from goodoffices.talks.voting.rule_mistakes import mistake_in
from goodoffices.talks.voting.rules import (
    Base,
    ChairsSense,
    Referendum,
    Rule,
    Says,
    SilenceProcedure,
    named_in,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PutQuestion(Command):
    """Put a version or a package for decision, under a rule, to the seats in ``eligible``. You are its chair.

    Give the version or the package, not both. A rule of these talks can be typed by its name, as ``rule=rule-34``.
    With ``closes_at`` it closes by itself at that time. With ``round``, only seats that accepted their invitation to
    the round are eligible. ``session`` is the session in which presence counts, if the rule counts it.
    """

    rule: Rule
    eligible: tuple[str, ...]
    version: str | None = None
    package: str | None = None
    question: Words | None = None
    closes_at: datetime | None = None
    zone: str | None = None
    round: str | None = None
    session: str | None = None
    observers: tuple[str, ...] = ()
    shown: AnswerVisibility = AnswerVisibility.WITH_THE_OUTCOME


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerQuestion(Command):
    """Accept, object or abstain. Until closing you can answer again; the last answer counts.

    ``on_behalf`` is a seat that gave you its proxy to answer.
    """

    question: str
    says: Says
    words: Words | None = None
    on_behalf: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclareOutcome(Command):
    """Declare the outcome of a question that you put. It follows from the rule and the answers; nobody chooses it."""

    question: str


_PUT = (
    "put",
    "version",
    "package",
    "round",
    "rule",
    "parties",
    "question",
    "closes_at",
    "zone",
    "shown",
    "present",
    "round_slug",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionPut(Content):
    """A question was put for decision."""

    FACES = {Face.SELF: (*_PUT, "observers", "on_paper"), Face.ALL: _PUT, Face.CLOCK: (*_PUT, "on_paper")}
    NEW = {"put": "y"}
    REFS = ("version", "package", "round")

    put: Ref
    rule: Rule
    parties: tuple[tuple[str, str], ...]
    version: Ref | None = None
    package: Ref | None = None
    round: Ref | None = None
    round_slug: str | None = None
    question: Words | None = None
    closes_at: datetime | None = None
    zone: str = "UTC"
    shown: AnswerVisibility = AnswerVisibility.WITH_THE_OUTCOME
    present: tuple[str, ...] = ()
    observers: tuple[str, ...] = ()
    on_paper: tuple[str, ...] = ()


_ANSWER = ("put", "who", "says", "late")


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionAnswered(Content):
    """An eligible seat answered. A ``late`` answer has no effect. Only the chair sees the words."""

    FACES = {
        Face.SELF: (*_ANSWER, "words"),
        Face.CHAIR: (*_ANSWER, "words"),
        Face.ALL: _ANSWER,
        Face.CLOCK: _ANSWER,
    }
    REFS = ("put",)

    put: Ref
    who: str
    says: Says
    late: bool = False
    words: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SenseDeclared(Content):
    """The chair declared the sense of the meeting. The eligible may contest it until ``until``."""

    FACES = faces("put", "until") | {Face.CLOCK: ("put", "until")}
    REFS = ("put",)

    put: Ref
    until: datetime


def put_question(context: CommandContext, command: PutQuestion) -> None:
    """Put a question, and tell the eligible and the observers. Refused if one of the eligible could never answer it."""
    if wrong := mistake_in(command.rule):
        raise context.refuse("bad_value", case=wrong.case)
    round_, slug = (None, None) if command.round is None else _round(context, command.round)
    parties = _parties(context, command, slug)
    observers = context.known_seats(command.observers)
    version, package = _subject(context, command, [seat for seat, _ in parties])
    closes = _closes_at(context, command)
    zone = (
        command.rule.zone if isinstance(command.rule, SilenceProcedure) else command.zone or context.known.header.zone
    )
    put = QuestionPut(
        put=context.new(),
        rule=command.rule,
        parties=parties,
        version=version,
        package=package,
        round=round_,
        round_slug=slug,
        question=command.question,
        closes_at=closes,
        zone=check_zone(zone),
        shown=command.shown,
        present=_present(context, command),
        observers=observers,
        on_paper=_on_paper(context, command, parties),
    )
    context.tell(put, (*command.eligible, *observers, CLOCK))


def _on_paper(context: CommandContext, command: PutQuestion, parties: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
    """Return the eligible that receive papers in print and, as far as is known, have not been handed this one yet."""
    if command.version is not None:
        since = context.known.versions[command.version].last_released_at
    else:
        since = context.known.packages[command.package or ""].at
    handed = {
        p.seat for p in context.known.packs.values() if p.handed_at is not None and was_handed_since(since, p.handed_at)
    }
    return tuple(s for s, _ in parties if s not in handed and not context.known.seats[s].service_accepted)


def _round(context: CommandContext, handle: str) -> tuple[Ref, str]:
    thing, held = context.find(handle, context.known.rounds)
    return thing, held.round.slug


def _parties(context: CommandContext, command: PutQuestion, round_slug: str | None) -> tuple[tuple[str, str], ...]:
    """Return the eligible as (seat, actor). Seats that can never answer are refused: hosts, observers, decliners."""
    seats = context.known_seats(command.eligible)
    context.known_actors(named_in(command.rule))
    if not seats:
        raise context.refuse("bad_value", why="Nobody is named to decide. Name at least one seat.")
    for seat in seats:
        held = context.known.seats[seat]
        state = None if round_slug is None else standing(context.known, round_slug, seat)
        has_left = held.closed or (state is not None and state not in IN_THE_ROUND)
        if has_left or not may_be_asked(held.roles):
            raise context.refuse("not_eligible", case="asked", who=seat)
    actors = [context.known.actor_of(seat) for seat in seats]
    if len(set(actors)) != len(actors):
        raise context.refuse("bad_value", why="Two of the seats named belong to one actor. Name only one of them.")
    return tuple(zip(seats, actors, strict=True))


def _subject(context: CommandContext, command: PutQuestion, seats: list[str]) -> tuple[Ref | None, Ref | None]:
    """Return what is put for decision: a package that all the eligible know, or a version released to them."""
    if (command.version is None) is (command.package is None):
        raise context.refuse(
            "bad_value", why="A question is about one version or one package. Name exactly one of them."
        )
    if command.version is not None:
        return _version(context, command.version, seats), None
    thing, held = context.find(command.package, context.known.packages)
    if not set(seats) <= {*held.to, context.seat}:
        raise context.refuse("not_released", case="package", handle=command.package or "")
    return None, thing


def _version(context: CommandContext, handle: str, seats: list[str]) -> Ref:
    """Return a version that can be put. It must be the newest, clean, sealed, and released to every eligible seat."""
    thing, version = context.find(handle, context.known.versions)
    if version.state not in ("released", "working", "failed"):
        raise context.refuse("done", case=f"version_{version.state}", handle=handle)
    if not set(seats) <= {*version.released_to, context.seat}:
        raise context.refuse("not_released", case="asked", handle=handle)
    if version.open:
        raise context.refuse("bracketed", clauses=", ".join(version.open_numbers))
    if not version.sealed:
        raise context.refuse("languages_not_sealed", clauses=", ".join(version.differs))
    return thing


def _closes_at(context: CommandContext, command: PutQuestion) -> datetime | None:
    """Return the time at which the clock closes the question. A silence procedure has its own."""
    if isinstance(command.rule, Referendum):
        raise context.refuse("bad_value", why="Seats do not answer a referendum. Record its result as a ratification.")
    if isinstance(command.rule, ChairsSense) and command.closes_at is not None:
        raise context.refuse(
            "bad_value",
            why="This rule takes no closing time: the time to contest begins when the chair declares. Leave it empty.",
        )
    closes = command.rule.until if isinstance(command.rule, SilenceProcedure) else command.closes_at
    if closes is not None and closes <= context.at:
        raise context.refuse("past", at=closes)
    return closes


def _present(context: CommandContext, command: PutQuestion) -> tuple[str, ...]:
    """Return the eligible that are marked present, or nothing if the rule does not count presence."""
    rule = command.rule
    parts = (getattr(rule, "quorum", None), rule, *getattr(rule, "thresholds", ()))
    if all(getattr(part, "base", None) is not Base.PRESENT for part in parts):
        return ()
    if command.session is None:
        raise context.refuse(
            "bad_value", why="The rule counts who is present, and no session is named. Name the session."
        )
    _, held = context.find(command.session, context.known.sessions)
    there = tuple(seat for seat in command.eligible if seat in held.present())
    if not there:
        raise context.refuse(
            "bad_value", why="None of those who decide is marked present in that session. Mark them present first."
        )
    return there


def answer_question(context: CommandContext, command: AnswerQuestion) -> None:
    """Answer a question, and tell the chair and, if the question says so, the other eligible.

    The first objection in time ends a silence procedure, or contests the sense of the chair.
    """
    thing, held = context.find(command.question, context.known.questions)
    who = context.seat if command.on_behalf is None else _lent(context, command.on_behalf)
    _check_eligible(context, held, who)
    if isinstance(held.rule, ChairsSense) and held.state == QuestionState.OPEN:
        raise context.refuse("not_open", case="sense")
    is_late = held.ends_at is not None and held.ends_at <= context.at
    if held.state == QuestionState.DECLARED and not (is_late and isinstance(held.rule, SilenceProcedure)):
        raise context.refuse("closed", case="question", handle=command.question, at=held.declared_at)
    answered = QuestionAnswered(put=thing, who=who, says=command.says, late=is_late, words=command.words)
    others = held.eligible if held.shown is AnswerVisibility.AS_THEY_COME else ()
    told: list[AudienceEntry] = [
        (context.seat, Face.SELF),
        (who, Face.SELF),
        (held.by, Face.CHAIR),
        *((seat, Face.ALL) for seat in others),
    ]
    context.write(answered, [*told, (CLOCK, Face.CLOCK)])
    ends_it = isinstance(held.rule, SilenceProcedure) or held.state == QuestionState.STANDING
    if command.says is Says.OBJECTS and ends_it and not is_late:
        answers = (*held.answers, KnownAnswer(seat=who, says=command.says))
        _declare(context, thing, replace(held, answers=answers), held.parties)


def _lent(context: CommandContext, giver: str) -> str:
    """Return ``giver``. Refused unless it has given the asking seat its proxy to answer."""
    if giver not in lenders(context.known.proxies.values(), context.seat, "answer", now=context.at):
        raise context.refuse("not_eligible", case="lent", giver=giver)
    return giver


def _check_eligible(context: CommandContext, held: KnownQuestion, who: str) -> None:
    """Refuse unless ``who`` is eligible and, as far as the asking seat knows, still in the round."""
    own = who == context.seat
    state = None if held.round is None else standing(context.known, held.round, who)
    uninvited = held.round is not None and own and state is None
    if who not in held.eligible or uninvited or (state is not None and state not in IN_THE_ROUND):
        raise context.refuse("not_eligible", who=who)


def declare_outcome(context: CommandContext, command: DeclareOutcome) -> None:
    """Declare the outcome, or the sense of the chair. Only the chair may.

    Refused before the closing time while answers are missing.
    """
    thing, held = context.find(command.question, context.known.questions)
    if held.by != context.seat:
        raise context.refuse("not_yours", case="outcome", handle=command.question)
    if held.state != QuestionState.OPEN:
        raise context.refuse("done", case="outcome", handle=command.question)
    if isinstance(held.rule, ChairsSense):
        until = context.at + timedelta(minutes=held.rule.contest_minutes)
        context.tell(SenseDeclared(put=thing, until=until), context.seen_by(thing))
        return
    answered = {answer.seat for answer in held.answers}
    missing = [seat for seat, _ in eligible_now(context.known, held) if seat not in answered]
    waits = held.closes_at is not None and context.at < held.closes_at
    if waits and (missing or isinstance(held.rule, SilenceProcedure)):
        raise context.refuse("question_open", at=held.closes_at)
    _declare(context, thing, held, eligible_now(context.known, held))


def _declare(context: CommandContext, thing: Ref, held: KnownQuestion, parties: tuple[tuple[str, str], ...]) -> None:
    """Write the act that declares the outcome, as the asking seat knows it."""
    content, audience = declaration_of(
        held,
        thing,
        parties=parties,
        unheard=unheard_by(context.known, held),
        at=context.at,
        told=context.seen_by(thing),
    )
    context.write(content, [(context.seat, Face.SELF) if context.seat == held.by else (held.by, Face.CHAIR), *audience])
