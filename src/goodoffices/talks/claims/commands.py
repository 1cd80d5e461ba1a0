"""Claims about the world, with sources and chains; recognition; positions; assessments; names.

Contradictory claims stand side by side: nothing here averages, counts as votes, or drops. Nothing merges two actors
but a person's ``DeclareSame``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from goodoffices.talks.base.acts import Content, Ref, faces
from goodoffices.talks.base.states import Face
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

    FACES = faces("actor") | {Face.CLOCK: ("actor",)}

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


def compartment_seats(context: CommandContext, slug: str | None) -> tuple[str, ...]:
    """Return the seats of a compartment the asking seat knows; of none, everyone it knows."""
    if slug is None:
        return context.everyone()
    if slug not in context.known.compartments:
        raise context.refuse("unknown", case="compartment", slug=slug)
    return context.known.compartments[slug].seats


def enter_source(context: CommandContext, command: EnterSource) -> None:
    """Decide ``EnterSource``."""
    context.tell(SourceEntered(source=command.source), compartment_seats(context, command.compartment))


def _check_claim(context: CommandContext, claim: Claim) -> None:
    if not claim.chain or not any(link.speaker.strip() for link in claim.chain):
        raise context.refuse("no_chain")
    if claim.source is not None and claim.source not in context.known.sources:
        raise context.refuse("unknown", case="source", slug=claim.source)


def enter_claim(context: CommandContext, command: EnterClaim) -> None:
    """Decide ``EnterClaim``."""
    _check_claim(context, command.claim)
    told = compartment_seats(context, command.claim.compartment)
    context.tell(ClaimEntered(handle=context.new(), claim=command.claim), told)


def replace_claim(context: CommandContext, command: ReplaceClaim) -> None:
    """Decide ``ReplaceClaim``."""
    thing, old = context.find(command.old, context.known.claims)
    if old.by != context.seat:
        raise context.refuse("not_yours", case="claim", handle=command.old)
    if old.replaced_by is not None:
        raise context.refuse("done", case="claim", handle=command.old, by=old.replaced_by)
    _check_claim(context, command.claim)
    context.tell(
        ClaimReplaced(old=thing, handle=context.new(), claim=command.claim, why=command.why), context.seen_by(thing)
    )


def _mark(context: CommandContext, command: MarkContradiction, *, compatible: bool) -> None:
    if len(set(command.claims)) < 2:
        raise context.refuse("bad_value", why="Fewer than two claims are named. Name at least two different ones.")
    found = [context.find(handle, context.known.claims)[0] for handle in command.claims]
    told: Iterable[str] = set.intersection(*(set(context.seen_by(thing)) for thing in found))
    context.tell(ClaimsMarked(claims=tuple(found), compatible=compatible, why=command.why), told)


def mark_contradiction(context: CommandContext, command: MarkContradiction) -> None:
    """Decide ``MarkContradiction``: told to those who see all the claims named."""
    _mark(context, command, compatible=False)


def mark_compatible(context: CommandContext, command: MarkCompatible) -> None:
    """Decide ``MarkCompatible``: told to those who see all the claims named."""
    _mark(context, command, compatible=True)


def name_actor(context: CommandContext, command: NameActor) -> None:
    """Decide ``NameActor``. An actor that exists keeps its slug, kind and earlier names."""
    held = context.known.actors.get(command.actor.slug)
    names: tuple[Name, ...] = command.actor.names
    if held is not None:
        names = (*held.names, *(name for name in names if name not in held.names))
        if names == held.names:
            raise context.refuse("done", case="actor", slug=held.slug)
    kind = command.actor.kind if held is None else held.kind
    actor = Actor(slug=command.actor.slug, kind=kind, names=names, part_of=command.actor.part_of)
    context.tell(ActorNamed(actor=actor), context.everyone())


def _declare(context: CommandContext, command: DeclareSame, *, same: bool) -> None:
    if len(set(command.actors)) < 2:
        raise context.refuse("unknown", case="two_actors")
    context.known_actors(command.actors)
    if not command.ground.strip():
        raise context.refuse("bad_value", why="No ground is given. Say on what ground.")
    context.tell(SamenessDeclared(actors=command.actors, same=same, ground=command.ground), context.everyone())


def declare_same(context: CommandContext, command: DeclareSame) -> None:
    """Decide ``DeclareSame``."""
    _declare(context, command, same=True)


def declare_distinct(context: CommandContext, command: DeclareDistinct) -> None:
    """Decide ``DeclareDistinct``."""
    _declare(context, command, same=False)
