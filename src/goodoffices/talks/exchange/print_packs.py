"""Print packs for seats kept on paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from goodoffices.talks.base.acts import CLOCK, AudienceEntry, Content, Ref
from goodoffices.talks.state.command_context import Command, CommandContext


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkPackReady(Command):
    """Say that a print pack is ready for a seat you keep: up to which of its notices, and who carries it.

    ``tell`` names seats that should know that this seat can receive, such as the pen of a text about to be released.
    """

    seat: str
    up_to: int
    carrier: str
    tell: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkPackHanded(Command):
    """Say who took a print pack, and when."""

    pack: str
    taken_by: str
    taken_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PackReady(Content):
    """A print pack is ready for a seat kept on paper."""

    FACES = {
        "self": ("pack", "seat", "up_to", "carrier", "told"),
        "kept": ("pack", "seat", "up_to", "carrier"),
        "told": ("pack", "seat", "carrier"),
        "clock": ("pack", "seat", "carrier"),
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
        "self": ("pack", "taken_by", "taken_at"),
        "kept": ("pack", "taken_by", "taken_at"),
        "told": ("pack", "taken_at"),
        "clock": ("pack", "taken_at"),
    }
    REFS = ("pack",)

    pack: Ref
    taken_by: str
    taken_at: datetime


def _kept(desk: CommandContext, slug: str) -> str:
    [seat] = desk.known_seats([slug])
    if desk.known.seats[seat].kept_by != desk.seat:
        raise desk.refuse("no_proxy")
    return seat


def mark_pack_ready(desk: CommandContext, ask: MarkPackReady) -> None:
    """Decide ``MarkPackReady``."""
    seat = _kept(desk, ask.seat)
    if ask.up_to < 1:
        raise desk.refuse("bad_value", why="A pack goes up to notice 1 at least.")
    told = desk.known_seats(ask.tell)
    ready = PackReady(pack=desk.new(), seat=seat, up_to=ask.up_to, carrier=ask.carrier, told=told)
    desk.write(ready, _about_pack(desk, seat, told))


def _about_pack(desk: CommandContext, seat: str, told: tuple[str, ...]) -> list[AudienceEntry]:
    return [(desk.seat, "self"), (seat, "kept"), *((other, "told") for other in told), (CLOCK, "clock")]


def mark_pack_handed(desk: CommandContext, ask: MarkPackHanded) -> None:
    """Decide ``MarkPackHanded``."""
    thing, pack = desk.find(ask.pack, desk.known.packs)
    _kept(desk, pack.seat)
    if pack.handed_at is not None:
        raise desk.refuse("done")
    if ask.taken_at > desk.at:
        raise desk.refuse("in_future")
    handed = PackHanded(pack=thing, taken_by=ask.taken_by, taken_at=ask.taken_at)
    desk.write(handed, _about_pack(desk, pack.seat, pack.told))
