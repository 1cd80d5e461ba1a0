"""Commands on sealed procedures: deposits, blind questions and list matching.

The answer to a command never depends on the secrets of other seats. What depends on them is an act of the clock at the
closing time, or of a neutral seat that reads the papers.
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import Annotated

from goodoffices.data_class import dataclass
from goodoffices.talks.base.acts import CLOCK, Body, Content, Ref, Words, faces
from goodoffices.talks.base.serialization import instant_text
from goodoffices.talks.base.states import Face, ProcedureState
from goodoffices.talks.state.command_context import Command, CommandContext
from goodoffices.talks.state.known_sealed import KnownDeposit

RULES = ("all-in", "all-in-and-checked", "at-close-if-all-in", "never")
NORMALISERS = ("plain", "arabic", "latin")


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenDeposit(Command):
    """Ask seats for sealed papers. They are opened for all depositors at once, or not at all."""

    question: Words
    depositors: tuple[str, ...]
    neutral: str
    rule: Annotated[str, RULES]
    closes_at: datetime
    reads: bool = False
    criteria: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Deposit(Command):
    """Deposit a sealed paper. Until closing you can deposit another; the last one counts."""

    deposit: str
    words: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckDeposit(Command):
    """As the neutral seat that reads the papers, say whether a paper meets the criteria. Only the clock is told."""

    deposit: str
    depositor: str
    meets: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RevealDeposits(Command):
    """As the neutral seat that reads the papers, open all of them for all depositors. The rule must be met."""

    deposit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AskBlind(Command):
    """Ask seats a question that each answers in secret. At closing they learn only whether all said yes."""

    question: Words
    to: tuple[str, ...]
    closes_at: datetime
    reads: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerBlind(Command):
    """Answer a blind question. Until closing you can answer again; the last answer counts."""

    question: str
    accept: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenListMatch(Command):
    """Ask two sides for lists. Each learns which of its own rows match, and nothing else about the other list."""

    sides: tuple[str, ...]
    key_fields: tuple[str, ...]
    closes_at: datetime
    normaliser: Annotated[str, NORMALISERS] = "plain"


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmitList(Command):
    """Submit your list: one row per entry, one value per key field. Until closing you can submit it again."""

    match: str
    rows: tuple[tuple[str, ...], ...]


_DEPOSIT = ("deposit", "question", "depositors", "neutral", "rule", "closes_at", "reads", "criteria")


@dataclass(frozen=True, slots=True, kw_only=True)
class DepositOpened(Content):
    """Sealed papers were asked for."""

    FACES = {Face.SELF: _DEPOSIT, Face.ALL: _DEPOSIT, Face.CLOCK: _DEPOSIT}
    NEW = {"deposit": "d"}

    deposit: Ref
    question: Words
    depositors: tuple[str, ...]
    neutral: str
    rule: str
    closes_at: datetime
    reads: bool = False
    criteria: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Deposited(Content):
    """A paper was deposited. Only a neutral seat that reads the papers learns of it."""

    FACES = {Face.SELF: ("deposit", "words"), Face.NEUTRAL: ("deposit", "words"), Face.CLOCK: ("deposit", "words")}
    REFS = ("deposit",)

    deposit: Ref
    words: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class DepositChecked(Content):
    """The neutral seat said whether a paper meets the criteria."""

    FACES = {Face.SELF: ("deposit", "depositor", "meets"), Face.CLOCK: ("deposit", "depositor", "meets")}
    REFS = ("deposit",)

    deposit: Ref
    depositor: str
    meets: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DepositsRevealed(Content):
    """All papers were opened for all depositors at once."""

    FACES = faces("deposit", "papers") | {Face.CLOCK: ("deposit",)}
    REFS = ("deposit",)
    HIDES_BY = (Face.ALL,)

    deposit: Ref
    papers: tuple[tuple[str, Body], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DepositClosed(Content):
    """The time passed and the rule was not met. Nothing was opened, and nobody is told who had deposited a paper."""

    FACES = {Face.ALL: ("deposit",), Face.CLOCK: ("deposit",)}
    REFS = ("deposit",)

    deposit: Ref


_BLIND = ("blind", "question", "asked", "closes_at", "reads")


@dataclass(frozen=True, slots=True, kw_only=True)
class BlindAsked(Content):
    """A blind question was put."""

    FACES = {Face.SELF: _BLIND, Face.ALL: _BLIND, Face.CLOCK: _BLIND}
    NEW = {"blind": "q"}

    blind: Ref
    question: Words
    asked: tuple[str, ...]
    closes_at: datetime
    reads: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BlindAnswered(Content):
    """A blind question was answered, in secret."""

    FACES = {Face.SELF: ("blind", "accept"), Face.READER: ("blind", "accept"), Face.CLOCK: ("blind", "accept")}
    REFS = ("blind",)

    blind: Ref
    accept: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class BlindResultGiven(Content):
    """A blind question closed: all said yes, or not all said yes."""

    FACES = {Face.ALL: ("blind", "all_accept"), Face.CLOCK: ("blind", "all_accept")}
    REFS = ("blind",)

    blind: Ref
    all_accept: bool


_MATCH = ("match", "sides", "key_fields", "normaliser", "closes_at")


@dataclass(frozen=True, slots=True, kw_only=True)
class ListMatchOpened(Content):
    """A list matching was opened."""

    FACES = {Face.SELF: _MATCH, Face.ALL: _MATCH, Face.CLOCK: _MATCH}
    NEW = {"match": "l"}

    match: Ref
    sides: tuple[str, ...]
    key_fields: tuple[str, ...]
    normaliser: str
    closes_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ListSubmitted(Content):
    """A side submitted its list. The other side is not told that it did, or how long the list is."""

    FACES = {Face.SELF: ("match", "rows"), Face.CLOCK: ("match", "rows")}
    REFS = ("match",)

    match: Ref
    rows: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchReported(Content):
    """A list matching closed: tells one side which rows of its list match, *certain* or, for homonyms, *possible*."""

    FACES = {Face.SIDE: ("match", "rows"), Face.CLOCK: ("match",)}
    REFS = ("match",)

    match: Ref
    rows: tuple[tuple[int, str], ...] = ()


def open_deposit(context: CommandContext, command: OpenDeposit) -> None:
    """Open a deposit, and tell the depositors and the neutral seat."""
    depositors = context.known_seats(command.depositors)
    [neutral] = context.known_seats([command.neutral])
    if len(depositors) < 2 or neutral in depositors:
        raise context.refuse(
            "bad_value",
            why="A deposit needs two depositors and a neutral seat. Name at least two, and a neutral one besides.",
        )
    if command.rule not in RULES:
        raise context.refuse("bad_value", case="deposit_rule", known=", ".join(RULES))
    if command.closes_at <= context.at:
        raise context.refuse("past", at=instant_text(command.closes_at))
    opened = DepositOpened(
        deposit=context.new(),
        question=command.question,
        depositors=depositors,
        neutral=neutral,
        rule=command.rule,
        closes_at=command.closes_at,
        reads=command.reads,
        criteria=command.criteria,
    )
    context.tell(opened, (*depositors, neutral, CLOCK))


def _open_deposit(context: CommandContext, handle: str) -> tuple[Ref, KnownDeposit]:
    thing, held = context.find(handle, context.known.deposits)
    if held.state != ProcedureState.OPEN or held.closes_at <= context.at:
        raise context.refuse("closed", case="deposit", handle=handle, at=held.closes_at)
    return thing, held


def deposit(context: CommandContext, command: Deposit) -> None:
    """Deposit a sealed paper. Only a neutral seat that reads the papers is told."""
    thing, held = _open_deposit(context, command.deposit)
    if context.seat not in held.depositors:
        raise context.refuse("not_asked", case="deposit", handle=command.deposit)
    reader = [(held.neutral, Face.NEUTRAL)] if held.reads else []
    context.write(
        Deposited(deposit=thing, words=command.words), [(context.seat, Face.SELF), *reader, (CLOCK, Face.CLOCK)]
    )


def check_deposit(context: CommandContext, command: CheckDeposit) -> None:
    """Note for the clock whether a paper meets the criteria. Refused unless the asking seat is the neutral reader."""
    thing, held = _open_deposit(context, command.deposit)
    if context.seat != held.neutral or not held.reads:
        raise context.refuse("not_reader")
    if command.depositor not in dict(held.papers):
        raise context.refuse("not_reader", case="paper", who=command.depositor)
    context.tell(DepositChecked(deposit=thing, depositor=command.depositor, meets=command.meets), [CLOCK])


def reveal_deposits(context: CommandContext, command: RevealDeposits) -> None:
    """Open all papers for all depositors. Refused unless the neutral seat reads the papers and the rule is met."""
    thing, held = _open_deposit(context, command.deposit)
    if context.seat != held.neutral or not held.reads:
        raise context.refuse("not_reader")
    if held.rule in ("at-close-if-all-in", "never") or not rule_is_met(held):
        raise context.refuse("rule_not_met", case="handle", handle=command.deposit)
    context.tell(DepositsRevealed(deposit=thing, papers=tuple(sorted(held.papers))), (*held.depositors, CLOCK))


def rule_is_met(held: KnownDeposit) -> bool:
    """Return whether all depositors have deposited a paper, and whether it was checked if the rule needs that."""
    if held.rule == "never" or {who for who, _ in held.papers} != set(held.depositors):
        return False
    return held.rule != "all-in-and-checked" or all(dict(held.checks).get(who) for who in held.depositors)


def ask_blind(context: CommandContext, command: AskBlind) -> None:
    """Ask a blind question and tell the seats asked."""
    asked = context.known_seats(command.to)
    if len(asked) < 2 or context.seat in asked:
        raise context.refuse(
            "bad_value", why="A blind question needs two others. Name at least two seats, and not your own."
        )
    if command.closes_at <= context.at:
        raise context.refuse("past", at=instant_text(command.closes_at))
    put = BlindAsked(
        blind=context.new(), question=command.question, asked=asked, closes_at=command.closes_at, reads=command.reads
    )
    context.tell(put, (*asked, CLOCK))


def answer_blind(context: CommandContext, command: AnswerBlind) -> None:
    """Answer a blind question. Nobody else is told, except the asker if it reads the answers."""
    thing, held = context.find(command.question, context.known.blinds)
    if context.seat not in held.asked:
        raise context.refuse("not_asked", case="blind", handle=command.question)
    if held.state != ProcedureState.OPEN or held.closes_at <= context.at:
        raise context.refuse("closed", case="blind", handle=command.question, at=held.closes_at)
    reader = [(held.by, Face.READER)] if held.reads else []
    context.write(
        BlindAnswered(blind=thing, accept=command.accept), [(context.seat, Face.SELF), *reader, (CLOCK, Face.CLOCK)]
    )


def open_list_match(context: CommandContext, command: OpenListMatch) -> None:
    """Open a list matching and tell the two sides."""
    sides = context.known_seats(command.sides)
    if len(sides) != 2 or not command.key_fields:
        raise context.refuse(
            "bad_value",
            why="Matching needs two lists and a field to compare. Name exactly two sides and at least one field.",
        )
    if command.normaliser not in NORMALISERS:
        raise context.refuse("bad_value", case="normaliser", known=", ".join(NORMALISERS))
    if command.closes_at <= context.at:
        raise context.refuse("past", at=instant_text(command.closes_at))
    opened = ListMatchOpened(
        match=context.new(),
        sides=sides,
        key_fields=command.key_fields,
        normaliser=command.normaliser,
        closes_at=command.closes_at,
    )
    context.tell(opened, (*sides, CLOCK))


def submit_list(context: CommandContext, command: SubmitList) -> None:
    """Submit the list of the asking seat. Nobody else is told."""
    thing, held = context.find(command.match, context.known.matches)
    if context.seat not in held.sides:
        raise context.refuse("not_asked", case="match", handle=command.match)
    if held.state != ProcedureState.OPEN or held.closes_at <= context.at:
        raise context.refuse("closed", case="match", handle=command.match, at=held.closes_at)
    if any(len(row) != len(held.key_fields) for row in command.rows):
        raise context.refuse("bad_figures", case="row", n=str(len(held.key_fields)), fields=", ".join(held.key_fields))
    rows = Words(text=json.dumps([list(row) for row in command.rows], ensure_ascii=False), lang="zxx")
    context.write(ListSubmitted(match=thing, rows=rows), [(context.seat, Face.SELF), (CLOCK, Face.CLOCK)])
