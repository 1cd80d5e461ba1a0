"""Zones of a cease-fire: a version is proposed, and is agreed only when every party to it has approved that version.

Until then it is called *proposed*, and nothing is judged by it. A zone need not be made of areas: talks often name one
by its places, or in words alone. Then people read where it lies, and whether a place lies in it is not known here.
"""

from __future__ import annotations

from goodoffices.data_class import dataclass
from goodoffices.talks.base.acts import CLOCK, Content, Ref, Words, faces
from goodoffices.talks.state.command_context import Command, CommandContext


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposeZone(Command):
    """Propose a zone, or another version of one. It is agreed when all ``parties`` approved it.

    Say where it lies by ``areas`` of the talks, by ``places``, one a line, or in ``words``. What is not an area is read
    by people and drawn on no map. The seats in ``to`` read it; left out, all you know. Those of the parties always do.
    """

    slug: str
    title: str
    parties: tuple[str, ...]
    areas: tuple[str, ...] = ()
    places: Words | None = None
    words: Words | None = None
    to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ApproveZone(Command):
    """Approve this version of a zone for your actor. An approval holds for no other version."""

    zone_version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ZoneProposed(Content):
    """A version of a zone was proposed."""

    FACES = faces("zone", "slug", "number", "title", "areas", "parties", "places", "words")
    NEW = {"zone": "zo"}

    zone: Ref
    slug: str
    number: int
    title: str
    areas: tuple[str, ...]
    parties: tuple[str, ...]
    places: Words | None = None
    words: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ZoneApproved(Content):
    """A party approved a version of a zone."""

    FACES = faces("zone", "actor")
    REFS = ("zone",)

    zone: Ref
    actor: str


def propose_zone(context: CommandContext, command: ProposeZone) -> None:
    """Propose a version of a zone and tell its parties and the seats named."""
    known = context.known
    parties = tuple(dict.fromkeys(context.known_actors(command.parties)))
    if not parties:
        raise context.refuse("unknown", case="missing")
    if not command.areas and not any(said and said.text.strip() for said in (command.places, command.words)):
        raise context.refuse("no_place", case="zone")
    for area in command.areas:
        if area not in known.areas:
            raise context.refuse("unknown", case="area", slug=area)
    told = {*context.known_seats(command.to), *(seat for party in parties for seat in known.seats_of(party))}
    number = 1 + max((one.number for one in known.zones.values() if one.slug == command.slug), default=0)
    proposed = ZoneProposed(
        zone=context.new(), slug=command.slug, number=number, title=command.title, areas=command.areas,
        parties=parties, places=command.places, words=command.words,
    )  # fmt: skip
    context.tell(proposed, sorted(told) if command.to else context.everyone())


def approve_zone(context: CommandContext, command: ApproveZone) -> None:
    """Approve a version of a zone, and tell who knows it. Refused for an actor whose approval it does not need."""
    thing, held = context.find(command.zone_version, context.known.zones)
    mine = context.known.actor_of(context.seat)
    if mine not in held.parties:
        raise context.refuse("not_yours", case="zone", handle=command.zone_version)
    if mine in held.approved_by:
        raise context.refuse("done", case="zone", handle=command.zone_version)
    context.tell(ZoneApproved(zone=thing, actor=mine), [seat for seat in context.seen_by(thing) if seat != CLOCK])
