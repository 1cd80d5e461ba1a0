"""Claims about the world, with sources and chains; recognition; positions; assessments; names.

Contradictory claims stand side by side: nothing here averages, counts as votes, or drops. Nothing merges two actors
but a person's ``DeclareSame``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from goodoffices.talks.base.acts import Content, Ref
from goodoffices.talks.model.actors import Actor, Name
from goodoffices.talks.model.agenda import Basket
from goodoffices.talks.model.claims import Claim, Source
from goodoffices.talks.model.rounds import PairFormat
from goodoffices.talks.state.command_context import Command, CommandContext


@dataclass(frozen=True, slots=True, kw_only=True)
class EnterSource(Command):
    """Enter a source. ``compartment`` limits who sees it (none: all you know)."""

    source: Source
    compartment: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EnterClaim(Command):
    """Enter a claim with its chain of attribution."""

    claim: Claim


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplaceClaim(Command):
    """Put another claim in the place of one that you entered; the old one stays readable."""

    old: str
    claim: Claim
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkContradiction(Command):
    """Say that claims contradict each other."""

    claims: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkCompatible(MarkContradiction):
    """Say that claims that look contradictory can all be true."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NameActor(Command):
    """Name an actor, or give one another name."""

    actor: Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclareSame(Command):
    """Declare that two named actors are one, on a ground."""

    actors: tuple[str, ...]
    ground: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclareDistinct(DeclareSame):
    """Declare that two named actors are not one, on a ground; it undoes ``DeclareSame``."""


_ALL = ("self", "all", "granted")


def faces(*names: str) -> dict[str, tuple[str, ...]]:
    """Return one face for the author and everybody else who sees the act."""
    return {face: names for face in _ALL}


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceEntered(Content):
    """A source was entered."""

    FACES = faces("source")

    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimEntered(Content):
    """A claim was entered."""

    FACES = faces("handle", "claim")
    NEW = {"handle": "k"}

    handle: Ref
    claim: Claim


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimReplaced(Content):
    """A claim took the place of an earlier one by the same author."""

    FACES = faces("old", "handle", "claim", "why")
    NEW = {"handle": "k"}
    REFS = ("old",)

    old: Ref
    handle: Ref
    claim: Claim
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimsMarked(Content):
    """A person says that claims contradict each other, or that they are compatible."""

    FACES = faces("claims", "compatible", "why")
    REFS = ("claims",)

    claims: tuple[Ref, ...]
    compatible: bool
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorNamed(Content):
    """An actor was named, or given another name."""

    FACES = {**faces("actor"), "clock": ("actor",)}

    actor: Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class SamenessDeclared(Content):
    """A person declares that actors are one, or that they are not."""

    FACES = faces("actors", "same", "ground")

    actors: tuple[str, ...]
    same: bool
    ground: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaSet(Content):
    """The agenda, as the talks file has it."""

    FACES = faces("baskets")

    baskets: tuple[Basket, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PairFormatsSet(Content):
    """The standing formats between pairs, as the talks file has them."""

    FACES = faces("pairs")

    pairs: tuple[PairFormat, ...]


def compartment_seats(desk: CommandContext, slug: str | None) -> tuple[str, ...]:
    """Return the seats of a compartment the asking seat knows; of none, everyone it knows."""
    if slug is None:
        return desk.everyone()
    if slug not in desk.known.compartments:
        raise desk.refuse("unknown")
    return desk.known.compartments[slug].seats


def enter_source(desk: CommandContext, ask: EnterSource) -> None:
    """Decide ``EnterSource``."""
    desk.tell(SourceEntered(source=ask.source), compartment_seats(desk, ask.compartment))


def _check_claim(desk: CommandContext, claim: Claim) -> None:
    if not claim.chain or not any(link.speaker.strip() for link in claim.chain):
        raise desk.refuse("no_chain")
    if claim.source is not None and claim.source not in desk.known.sources:
        raise desk.refuse("unknown")


def enter_claim(desk: CommandContext, ask: EnterClaim) -> None:
    """Decide ``EnterClaim``."""
    _check_claim(desk, ask.claim)
    told = compartment_seats(desk, ask.claim.compartment)
    desk.tell(ClaimEntered(handle=desk.new(), claim=ask.claim), told)


def replace_claim(desk: CommandContext, ask: ReplaceClaim) -> None:
    """Decide ``ReplaceClaim``."""
    thing, old = desk.find(ask.old, desk.known.claims)
    if old.by != desk.seat:
        raise desk.refuse("not_yours")
    if old.replaced_by is not None:
        raise desk.refuse("done")
    _check_claim(desk, ask.claim)
    desk.tell(ClaimReplaced(old=thing, handle=desk.new(), claim=ask.claim, why=ask.why), desk.seen_by(thing))


def _mark(desk: CommandContext, ask: MarkContradiction, *, compatible: bool) -> None:
    if len(set(ask.claims)) < 2:
        raise desk.refuse("bad_value", why="Name at least two different claims.")
    found = [desk.find(handle, desk.known.claims)[0] for handle in ask.claims]
    told: Iterable[str] = set.intersection(*(set(desk.seen_by(thing)) for thing in found))
    desk.tell(ClaimsMarked(claims=tuple(found), compatible=compatible, why=ask.why), told)


def mark_contradiction(desk: CommandContext, ask: MarkContradiction) -> None:
    """Decide ``MarkContradiction``: told to those who see all the claims named."""
    _mark(desk, ask, compatible=False)


def mark_compatible(desk: CommandContext, ask: MarkCompatible) -> None:
    """Decide ``MarkCompatible``: told to those who see all the claims named."""
    _mark(desk, ask, compatible=True)


def name_actor(desk: CommandContext, ask: NameActor) -> None:
    """Decide ``NameActor``. An actor that exists keeps its slug, kind and earlier names."""
    held = desk.known.actors.get(ask.actor.slug)
    names: tuple[Name, ...] = ask.actor.names
    if held is not None:
        names = (*held.names, *(name for name in names if name not in held.names))
        if names == held.names:
            raise desk.refuse("done")
    kind = ask.actor.kind if held is None else held.kind
    actor = Actor(slug=ask.actor.slug, kind=kind, names=names, part_of=ask.actor.part_of)
    desk.tell(ActorNamed(actor=actor), desk.everyone())


def _declare(desk: CommandContext, ask: DeclareSame, *, same: bool) -> None:
    if len(set(ask.actors)) < 2 or any(actor not in desk.known.actors for actor in ask.actors):
        raise desk.refuse("unknown")
    if not ask.ground.strip():
        raise desk.refuse("bad_value", why="Say on what ground.")
    desk.tell(SamenessDeclared(actors=ask.actors, same=same, ground=ask.ground), desk.everyone())


def declare_same(desk: CommandContext, ask: DeclareSame) -> None:
    """Decide ``DeclareSame``."""
    _declare(desk, ask, same=True)


def declare_distinct(desk: CommandContext, ask: DeclareDistinct) -> None:
    """Decide ``DeclareDistinct``."""
    _declare(desk, ask, same=False)
