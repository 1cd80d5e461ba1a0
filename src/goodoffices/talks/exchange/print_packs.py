"""Commands on print packs, for seats that are kept on paper."""

from __future__ import annotations

from datetime import datetime

from goodoffices.data_class import dataclass
from goodoffices.talks.base.acts import CLOCK, AudienceEntry, Content, Ref
from goodoffices.talks.base.states import Face
from goodoffices.talks.state.command_context import Command, CommandContext


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkPackReady(Command):
    """Say that a print pack is ready for a seat that you keep: up to which of its notices, and who carries it.

    ``tell`` are the seats that should know that it can receive papers, such as the pen of a text.
    """

    seat: str
    up_to: int
    carrier: str
    tell: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkPackHanded(Command):
    """Say that a print pack was handed over: who took it, and when."""

    pack: str
    taken_by: str
    taken_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PackReady(Content):
    """A print pack is ready for a seat kept on paper."""

    FACES = {
        Face.SELF: ("pack", "seat", "up_to", "carrier", "told"),
        Face.KEPT: ("pack", "seat", "up_to", "carrier"),
        Face.TOLD: ("pack", "seat", "carrier"),
        Face.CLOCK: ("pack", "seat", "carrier"),
    }
    NEW = {"pack": "e"}

    pack: Ref
    seat: str
    up_to: int
    carrier: str
    told: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PackHanded(Content):
    """A print pack was handed over."""

    FACES = {
        Face.SELF: ("pack", "taken_by", "taken_at"),
        Face.KEPT: ("pack", "taken_by", "taken_at"),
        Face.TOLD: ("pack", "taken_at"),
        Face.CLOCK: ("pack", "taken_at"),
    }
    REFS = ("pack",)

    pack: Ref
    taken_by: str
    taken_at: datetime


def _kept(context: CommandContext, slug: str) -> str:
    [seat] = context.known_seats([slug])
    if context.known.seats[seat].kept_by != context.seat:
        raise context.refuse("no_proxy")
    return seat


def mark_pack_ready(context: CommandContext, command: MarkPackReady) -> None:
    """Note that a print pack is ready, and tell the seats named. Refused unless the asking seat keeps the receiver."""
    seat = _kept(context, command.seat)
    if command.up_to < 1:
        raise context.refuse("bad_value", why="The pack would be empty. Let it go up to notice 1 at least.")
    told = context.known_seats(command.tell)
    ready = PackReady(pack=context.new(), seat=seat, up_to=command.up_to, carrier=command.carrier, told=told)
    context.write(ready, _about_pack(context, seat, told))


def _about_pack(context: CommandContext, seat: str, told: tuple[str, ...]) -> list[AudienceEntry]:
    return [(context.seat, Face.SELF), (seat, Face.KEPT), *((other, Face.TOLD) for other in told), (CLOCK, Face.CLOCK)]


def mark_pack_handed(context: CommandContext, command: MarkPackHanded) -> None:
    """Note that a print pack was handed over, and tell the seats that were told of it."""
    thing, pack = context.find(command.pack, context.known.packs)
    _kept(context, pack.seat)
    if pack.handed_at is not None:
        raise context.refuse("done", case="pack", handle=command.pack)
    if command.taken_at > context.at:
        raise context.refuse("in_future", case="taken")
    handed = PackHanded(pack=thing, taken_by=command.taken_by, taken_at=command.taken_at)
    context.write(handed, _about_pack(context, pack.seat, pack.told))
