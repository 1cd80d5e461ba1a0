"""Commands on claims about the world: sources, claims, contradictions, and names of actors.

Contradictory claims stand side by side. They are never averaged, counted as votes, or dropped. Two actors are merged
only if a person says so with ``DeclareSame``.
"""

from __future__ import annotations

from collections.abc import Iterable

from goodoffices.data_class import dataclass
from goodoffices.talks.base.acts import Content, Ref, faces
from goodoffices.talks.base.states import Face
from goodoffices.talks.claims.subjects import subjects
from goodoffices.talks.model.actors import Actor, Name
from goodoffices.talks.model.agenda import Basket
from goodoffices.talks.model.claims import Claim, Source
from goodoffices.talks.model.rounds import PairFormat
from goodoffices.talks.state.command_context import Command, CommandContext


@dataclass(frozen=True, slots=True, kw_only=True)
class EnterSource(Command):
    """Enter a publication that claims can cite. Only the seats of ``compartment`` see it; left out, all you know."""

    source: Source
    compartment: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EnterClaim(Command):
    """Enter a claim, with the chain of those who passed it on. Only the seats of its compartment see it."""

    claim: Claim


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplaceClaim(Command):
    """Replace a claim that you entered by another one. The old claim can still be read."""

    old: str
    claim: Claim
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkContradiction(Command):
    """Say that two or more claims contradict each other. All of them are kept."""

    claims: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkCompatible(MarkContradiction):
    """Say that two or more claims that look contradictory can all be true."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NameActor(Command):
    """Add an actor, or add another name to an actor. All seats are told."""

    actor: Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclareSame(Command):
    """Declare that two named actors are the same one, and say on what ground."""

    actors: tuple[str, ...]
    ground: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclareDistinct(DeclareSame):
    """Declare that two named actors are different, and say on what ground. This undoes ``DeclareSame``."""


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
    """A claim replaced an earlier claim of the same author."""

    FACES = faces("old", "handle", "claim", "why")
    NEW = {"handle": "k"}
    REFS = ("old",)

    old: Ref
    handle: Ref
    claim: Claim
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimsMarked(Content):
    """A person said that claims contradict each other, or that they are compatible."""

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
    """A person declared that two actors are the same, or that they are different."""

    FACES = faces("actors", "same", "ground")

    actors: tuple[str, ...]
    same: bool
    ground: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaSet(Content):
    """The agenda of the talks file."""

    FACES = faces("baskets")

    baskets: tuple[Basket, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PairFormatsSet(Content):
    """The standing formats between pairs, from the talks file."""

    FACES = faces("pairs")

    pairs: tuple[PairFormat, ...]


def compartment_seats(context: CommandContext, slug: str | None) -> tuple[str, ...]:
    """Return the seats of a compartment known to the asking seat; without a slug, all open seats it knows.

    The name of the asking seat stands for itself alone, as in a talks file.
    """
    if slug is None:
        return context.everyone()
    if slug == context.seat:
        return (slug,)
    if slug not in context.known.compartments:
        raise context.refuse("unknown", case="compartment", slug=slug)
    return context.known.compartments[slug].seats


def enter_source(context: CommandContext, command: EnterSource) -> None:
    """Enter a source and tell the seats of its compartment. Refused if the seat knows a source of that name."""
    if command.source.slug in context.known.sources:
        raise context.refuse("done", case="source", slug=command.source.slug)
    context.tell(SourceEntered(source=command.source), compartment_seats(context, command.compartment))


def _check_claim(context: CommandContext, claim: Claim) -> None:
    """Refuse a claim without a chain, or one that names what the asking seat does not know."""
    if not claim.chain or not any(link.speaker.strip() for link in claim.chain):
        raise context.refuse("no_chain")
    if claim.source is not None and claim.source not in context.known.sources:
        raise context.refuse("unknown", case="source", slug=claim.source)
    known_subjects = subjects(context.known)
    if claim.about not in known_subjects:
        raise context.no_such("subject", claim.about, sorted(known_subjects))
    context.known_actors(claim.value.actors)
    context.known_actors(link.actor for link in claim.chain if link.actor is not None)
    questions = [slug for slug, _, _ in context.known.header.questions]
    if claim.question is not None and claim.question not in questions:
        case = "question" if questions else "no_question"
        raise context.refuse("unknown", case=case, slug=claim.question, known=", ".join(questions))


def _named_twice(context: CommandContext, slug: str, old: str | None = None) -> bool:
    """Return whether another claim of that name stands in what the seat knows."""
    return any(
        held.claim.slug == slug and held.replaced_by is None and held.handle != old
        for held in context.known.claims.values()
    )


def enter_claim(context: CommandContext, command: EnterClaim) -> None:
    """Enter a claim and tell the seats of its compartment.

    Refused unless it has a chain, a name of its own, and names only what the asking seat knows.
    """
    _check_claim(context, command.claim)
    if _named_twice(context, command.claim.slug):
        raise context.refuse("done", case="claim_name", slug=command.claim.slug)
    told = compartment_seats(context, command.claim.compartment)
    context.tell(ClaimEntered(handle=context.new(), claim=command.claim), told)


def replace_claim(context: CommandContext, command: ReplaceClaim) -> None:
    """Replace a claim and tell the seats that know the old one. Refused unless the asking seat entered it."""
    thing, old = context.find(command.old, context.known.claims)
    if old.by != context.seat:
        raise context.refuse("not_yours", case="claim", handle=command.old)
    if old.replaced_by is not None:
        raise context.refuse("done", case="claim", handle=command.old, by=old.replaced_by)
    _check_claim(context, command.claim)
    if _named_twice(context, command.claim.slug, old.handle):
        raise context.refuse("done", case="claim_name", slug=command.claim.slug)
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
    """Mark claims as contradictory, and tell the seats that see all of them."""
    _mark(context, command, compatible=False)


def mark_compatible(context: CommandContext, command: MarkCompatible) -> None:
    """Mark claims as compatible, and tell the seats that see all of them."""
    _mark(context, command, compatible=True)


def name_actor(context: CommandContext, command: NameActor) -> None:
    """Name an actor and tell all open seats. An actor that exists keeps its slug, kind and earlier names."""
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
