"""Sealed procedures: deposits opened for all or for none, blind questions, list matching.

What depends on others' secrets is never the answer to a command: it is an act of the clock at the closing time, or of a
neutral seat that reads.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from goodoffices.talks.base.acts import CLOCK, Body, Content, Ref, Words
from goodoffices.talks.state.command_context import Command, CommandContext
from goodoffices.talks.state.known_sealed import KnownDeposit

RULES = ("all-in", "all-in-and-checked", "at-close-if-all-in", "never")
NORMALISERS = ("plain", "arabic", "latin")


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenDeposit(Command):
    """Ask for sealed papers, opened for all depositors at once or never."""

    question: Words
    depositors: tuple[str, ...]
    neutral: str
    rule: str
    closes_at: datetime
    reads: bool = False
    criteria: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Deposit(Command):
    """Deposit a sealed paper; again until closing, the last one counts."""

    deposit: str
    words: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckDeposit(Command):
    """As the neutral who reads: say whether a paper meets the criteria."""

    deposit: str
    depositor: str
    meets: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RevealDeposits(Command):
    """As the neutral who reads: open all papers for all depositors, the rule being met."""

    deposit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AskBlind(Command):
    """Put a question that each answers in secret; only unanimity is disclosed, at closing."""

    question: Words
    to: tuple[str, ...]
    closes_at: datetime
    reads: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerBlind(Command):
    """Answer a blind question; again until closing, the last answer counts."""

    question: str
    accept: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenListMatch(Command):
    """Ask sides for lists; each learns which of its own entries match, and nothing of the other's list."""

    sides: tuple[str, ...]
    key_fields: tuple[str, ...]
    closes_at: datetime
    normaliser: str = "plain"


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmitList(Command):
    """Submit your list: one row per entry, one value per key field; again until closing."""

    match: str
    rows: tuple[tuple[str, ...], ...]


_DEPOSIT = ("deposit", "question", "depositors", "neutral", "rule", "closes_at", "reads", "criteria")


@dataclass(frozen=True, slots=True, kw_only=True)
class DepositOpened(Content):
    """Sealed papers were asked for."""

    FACES = {"self": _DEPOSIT, "all": _DEPOSIT, "clock": _DEPOSIT}
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
    """A paper was deposited; nobody else learns that it was."""

    FACES = {"self": ("deposit", "words"), "neutral": ("deposit", "words"), "clock": ("deposit", "words")}
    REFS = ("deposit",)

    deposit: Ref
    words: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class DepositChecked(Content):
    """The neutral said whether a paper meets the criteria."""

    FACES = {"self": ("deposit", "depositor", "meets"), "clock": ("deposit", "depositor", "meets")}
    REFS = ("deposit",)

    deposit: Ref
    depositor: str
    meets: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DepositsRevealed(Content):
    """All papers were opened for all depositors in one act."""

    FACES = {"self": ("deposit", "papers"), "all": ("deposit", "papers"), "clock": ("deposit",)}
    REFS = ("deposit",)
    HIDES_BY = ("all",)

    deposit: Ref
    papers: tuple[tuple[str, Body], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DepositClosed(Content):
    """The time passed without the rule being met: nothing was opened, and who had deposited is not said."""

    FACES = {"all": ("deposit",), "clock": ("deposit",)}
    REFS = ("deposit",)

    deposit: Ref


_BLIND = ("blind", "question", "asked", "closes_at", "reads")


@dataclass(frozen=True, slots=True, kw_only=True)
class BlindAsked(Content):
    """A blind question was put."""

    FACES = {"self": _BLIND, "all": _BLIND, "clock": _BLIND}
    NEW = {"blind": "q"}

    blind: Ref
    question: Words
    asked: tuple[str, ...]
    closes_at: datetime
    reads: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BlindAnswered(Content):
    """A blind question was answered, in secret."""

    FACES = {"self": ("blind", "accept"), "reader": ("blind", "accept"), "clock": ("blind", "accept")}
    REFS = ("blind",)

    blind: Ref
    accept: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class BlindResultGiven(Content):
    """At closing: all accept, or not all accept."""

    FACES = {"all": ("blind", "all_accept"), "clock": ("blind", "all_accept")}
    REFS = ("blind",)

    blind: Ref
    all_accept: bool


_MATCH = ("match", "sides", "key_fields", "normaliser", "closes_at")


@dataclass(frozen=True, slots=True, kw_only=True)
class ListMatchOpened(Content):
    """A list matching was opened."""

    FACES = {"self": _MATCH, "all": _MATCH, "clock": _MATCH}
    NEW = {"match": "l"}

    match: Ref
    sides: tuple[str, ...]
    key_fields: tuple[str, ...]
    normaliser: str
    closes_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ListSubmitted(Content):
    """A side submitted its list; nobody else learns that it did, nor how long it is."""

    FACES = {"self": ("match", "rows"), "clock": ("match", "rows")}
    REFS = ("match",)

    match: Ref
    rows: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchReported(Content):
    """At closing, to one side: which rows of its own list matched, certainly or possibly (a homonym)."""

    FACES = {"side": ("match", "rows"), "clock": ("match",)}
    REFS = ("match",)

    match: Ref
    rows: tuple[tuple[int, str], ...] = ()


def open_deposit(desk: CommandContext, ask: OpenDeposit) -> None:
    """Decide ``OpenDeposit``."""
    depositors = desk.known_seats(ask.depositors)
    [neutral] = desk.known_seats([ask.neutral])
    if len(depositors) < 2 or neutral in depositors:
        raise desk.refuse("bad_value", why="Name at least two depositors, and a neutral seat that is none of them.")
    if ask.rule not in RULES:
        raise desk.refuse("bad_value", why=f"The rule is one of: {', '.join(RULES)}.")
    if ask.closes_at <= desk.at:
        raise desk.refuse("past")
    opened = DepositOpened(
        deposit=desk.new(),
        question=ask.question,
        depositors=depositors,
        neutral=neutral,
        rule=ask.rule,
        closes_at=ask.closes_at,
        reads=ask.reads,
        criteria=ask.criteria,
    )
    desk.tell(opened, (*depositors, neutral, CLOCK))


def _open_deposit(desk: CommandContext, handle: str) -> tuple[Ref, KnownDeposit]:
    thing, held = desk.find(handle, desk.known.deposits)
    if held.state != "open" or held.closes_at <= desk.now:
        raise desk.refuse("closed", at=held.closes_at)
    return thing, held


def deposit(desk: CommandContext, ask: Deposit) -> None:
    """Decide ``Deposit``."""
    thing, held = _open_deposit(desk, ask.deposit)
    if desk.seat not in held.depositors:
        raise desk.refuse("not_asked")
    reader = [(held.neutral, "neutral")] if held.reads else []
    desk.write(Deposited(deposit=thing, words=ask.words), [(desk.seat, "self"), *reader, (CLOCK, "clock")])


def check_deposit(desk: CommandContext, ask: CheckDeposit) -> None:
    """Decide ``CheckDeposit``."""
    thing, held = _open_deposit(desk, ask.deposit)
    if desk.seat != held.neutral or not held.reads or ask.depositor not in dict(held.papers):
        raise desk.refuse("not_reader")
    desk.tell(DepositChecked(deposit=thing, depositor=ask.depositor, meets=ask.meets), [CLOCK])


def reveal_deposits(desk: CommandContext, ask: RevealDeposits) -> None:
    """Decide ``RevealDeposits``: only a neutral that reads can know that the rule is met."""
    thing, held = _open_deposit(desk, ask.deposit)
    if desk.seat != held.neutral or not held.reads:
        raise desk.refuse("not_reader")
    if held.rule in ("at-close-if-all-in", "never") or not rule_is_met(held):
        raise desk.refuse("rule_not_met")
    desk.tell(DepositsRevealed(deposit=thing, papers=tuple(sorted(held.papers))), (*held.depositors, CLOCK))


def rule_is_met(held: KnownDeposit) -> bool:
    """Say whether every depositor's paper is in, and checked if the rule asks for that."""
    if held.rule == "never" or {who for who, _ in held.papers} != set(held.depositors):
        return False
    return held.rule != "all-in-and-checked" or all(dict(held.checks).get(who) for who in held.depositors)


def ask_blind(desk: CommandContext, ask: AskBlind) -> None:
    """Decide ``AskBlind``."""
    asked = desk.known_seats(ask.to)
    if len(asked) < 2 or desk.seat in asked:
        raise desk.refuse("bad_value", why="Ask at least two seats, none of them your own.")
    if ask.closes_at <= desk.at:
        raise desk.refuse("past")
    put = BlindAsked(blind=desk.new(), question=ask.question, asked=asked, closes_at=ask.closes_at, reads=ask.reads)
    desk.tell(put, (*asked, CLOCK))


def answer_blind(desk: CommandContext, ask: AnswerBlind) -> None:
    """Decide ``AnswerBlind``."""
    thing, held = desk.find(ask.question, desk.known.blinds)
    if desk.seat not in held.asked:
        raise desk.refuse("not_asked")
    if held.state != "open" or held.closes_at <= desk.now:
        raise desk.refuse("closed", at=held.closes_at)
    reader = [(held.by, "reader")] if held.reads else []
    desk.write(BlindAnswered(blind=thing, accept=ask.accept), [(desk.seat, "self"), *reader, (CLOCK, "clock")])


def open_list_match(desk: CommandContext, ask: OpenListMatch) -> None:
    """Decide ``OpenListMatch``."""
    sides = desk.known_seats(ask.sides)
    if len(sides) != 2 or not ask.key_fields:
        raise desk.refuse("bad_value", why="Name exactly two sides and at least one key field.")
    if ask.normaliser not in NORMALISERS:
        raise desk.refuse("bad_value", why=f"The normaliser is one of: {', '.join(NORMALISERS)}.")
    if ask.closes_at <= desk.at:
        raise desk.refuse("past")
    opened = ListMatchOpened(
        match=desk.new(),
        sides=sides,
        key_fields=ask.key_fields,
        normaliser=ask.normaliser,
        closes_at=ask.closes_at,
    )
    desk.tell(opened, (*sides, CLOCK))


def submit_list(desk: CommandContext, ask: SubmitList) -> None:
    """Decide ``SubmitList``."""
    thing, held = desk.find(ask.match, desk.known.matches)
    if desk.seat not in held.sides:
        raise desk.refuse("not_asked")
    if held.state != "open" or held.closes_at <= desk.now:
        raise desk.refuse("closed", at=held.closes_at)
    if any(len(row) != len(held.key_fields) for row in ask.rows):
        raise desk.refuse(
            "bad_figures", why=f"each row needs {len(held.key_fields)} values: {', '.join(held.key_fields)}"
        )
    rows = Words(text=json.dumps([list(row) for row in ask.rows], ensure_ascii=False), lang="zxx")
    desk.write(ListSubmitted(match=thing, rows=rows), [(desk.seat, "self"), (CLOCK, "clock")])
