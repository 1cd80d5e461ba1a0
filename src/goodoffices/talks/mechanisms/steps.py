"""A mechanism: who holds which step on the way of an allegation, and what its legal check and its committee say.

The way is: anybody alleges; a first look; a verification; a legal check, which proposes a finding; the committee, which
adopts one by its rule; and then the party is asked what it did.
"""

from __future__ import annotations

from typing import Annotated

from goodoffices.data_class import dataclass
from goodoffices.talks.base.acts import CLOCK, Content, Ref, Words, faces
from goodoffices.talks.ceasefire.findings import FOUND
from goodoffices.talks.ceasefire.queries import may_take_step, mechanism_of
from goodoffices.talks.model.ceasefire import COMMITTEE_RULES, STEPS, Mechanism
from goodoffices.talks.state.command_context import Command, CommandContext
from goodoffices.talks.state.known_ceasefire import KnownAllegation

DECISIONS = ("finding", "open-inquiry", "close-inquiry")


@dataclass(frozen=True, slots=True, kw_only=True)
class NameMechanism(Command):
    """Say which seats hold which step of an allegation, and by which rule the committee decides. All read it.

    A step that you leave out is open to every seat with the power for it. ``ledgers`` are short names; left out, all.
    """

    slug: str
    title: str
    first_look: tuple[str, ...] = ()
    verification: tuple[str, ...] = ()
    legal_check: tuple[str, ...] = ()
    committee: tuple[str, ...] = ()
    asking: tuple[str, ...] = ()
    rule: Annotated[str, COMMITTEE_RULES] = "all"
    ledgers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposeFinding(Command):
    """After a legal check, propose a finding on an allegation, with its terms and clause. It is not a finding yet."""

    allegation: str
    result: Annotated[str, FOUND]
    grounds: Words
    terms: str | None = None
    clause: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreeToStep(Command):
    """As a seat of the committee, agree to a decision on an allegation, or not. Your last word counts."""

    allegation: str
    what: Annotated[str, DECISIONS]
    agrees: bool = True
    words: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MechanismNamed(Content):
    """A mechanism was named: who holds which step of an allegation."""

    FACES = faces("handle", "mechanism")
    NEW = {"handle": "mm"}

    handle: Ref
    mechanism: Mechanism


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingProposed(Content):
    """A legal check proposed a finding. Nothing is found by it."""

    FACES = faces("allegation", "result", "terms", "clause", "grounds")
    REFS = ("allegation", "terms")

    allegation: Ref
    result: str
    grounds: Words
    terms: Ref | None = None
    clause: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StepAgreed(Content):
    """A seat of the committee said whether it agrees to a decision on an allegation."""

    FACES = faces("allegation", "what", "agrees", "words")
    REFS = ("allegation",)

    allegation: Ref
    what: str
    agrees: bool
    words: Words | None = None


def readers_of(context: CommandContext, thing: Ref, held: KnownAllegation) -> list[str]:
    """Return the seats that read an allegation in its ledger. Who was only asked about it is not among them."""
    ledger = set(context.seen_by(context.id_of(held.ledger)))
    return sorted(ledger & set(context.seen_by(thing)) - {CLOCK})


def read_in_ledger(context: CommandContext, handle: str) -> tuple[Ref, KnownAllegation]:
    """Return an allegation that the asking seat reads in its ledger. Refused if it was withdrawn or replaced."""
    thing, held = context.find(handle, context.known.allegations)
    if held.ledger not in context.known.ledgers:
        raise context.refuse("not_yours", case="finding", handle=handle)
    if held.withdrawn or held.revised_by:
        raise context.refuse("done", case="revised", handle=handle)
    return thing, held


def name_mechanism(context: CommandContext, command: NameMechanism) -> None:
    """Name a mechanism and tell all."""
    named = (command.first_look, command.verification, command.legal_check, command.committee, command.asking)
    holders = tuple((step, seat) for step, seats in zip(STEPS, named, strict=True) for seat in seats)
    context.known_seats(seat for _, seat in holders)
    known = {held.ledger.slug for held in context.known.ledgers.values()}
    for slug in command.ledgers:
        if slug not in known:
            raise context.refuse("unknown", case="handle", handle=slug)
    mechanism = Mechanism(
        slug=command.slug, title=command.title, ledgers=command.ledgers, holders=holders, rule=command.rule
    )
    context.tell(MechanismNamed(handle=context.new(), mechanism=mechanism), context.everyone())


def propose_finding(context: CommandContext, command: ProposeFinding) -> None:
    """Propose a finding and tell who reads the ledger."""
    thing, held = read_in_ledger(context, command.allegation)
    if not may_take_step(context.known, context.seat, held, "legal-check", otherwise=True):
        raise context.refuse("not_yours", case="step", handle=command.allegation)
    if command.result not in FOUND:
        raise context.refuse("bad_value", case="choice", known=", ".join(FOUND))
    terms = None if command.terms is None else context.find(command.terms, context.known.terms)[0]
    if command.result == "violation" and (terms is None or not command.clause.strip()):
        raise context.refuse("no_rule")
    proposed = FindingProposed(
        allegation=thing, result=command.result, grounds=command.grounds, terms=terms, clause=command.clause.strip()
    )
    context.tell(proposed, readers_of(context, thing, held))


def agree_to_step(context: CommandContext, command: AgreeToStep) -> None:
    """Say whether one agrees, and tell who reads the ledger. Refused for a seat that is not of the committee."""
    thing, held = read_in_ledger(context, command.allegation)
    if command.what not in DECISIONS:
        raise context.refuse("bad_value", case="choice", known=", ".join(DECISIONS))
    mechanism = mechanism_of(context.known, held)
    if mechanism is None or context.seat not in mechanism.seats("committee"):
        raise context.refuse("not_yours", case="step", handle=command.allegation)
    agreed = StepAgreed(allegation=thing, what=command.what, agrees=command.agrees, words=command.words)
    context.tell(agreed, readers_of(context, thing, held))
