"""Commands on seats: give and close them, seat people, lend powers, accept service, dispute entries, grant history."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from goodoffices.data_class import dataclass
from goodoffices.talks.base.acts import CLOCK, Content, Ref, Words, faces
from goodoffices.talks.base.enums import Kind, Mode, Role
from goodoffices.talks.base.serialization import instant_text
from goodoffices.talks.base.states import Face, ItemEnd
from goodoffices.talks.exchange.clearances import sources_refusal
from goodoffices.talks.model.actors import Compartment, SeatPlan
from goodoffices.talks.state.command_context import Command, CommandContext
from goodoffices.talks.state.knowledge import Header

GRANTABLE = frozenset(
    {
        "ClaimEntered",
        "FormatChanged",
        "ItemFiled",
        "PositionStated",
        "SessionClosed",
        "SessionOpened",
        "SessionPlanned",
        "SourceEntered",
    }
)
"""The kinds of acts of its own that a seat may show to another seat later."""
SCOPES = ("enter", "clear", "speak", "answer", "sign")


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveSeat(Command):
    """Give an actor a seat in these talks. A second person must confirm.

    ``known_to`` are the seats that learn of the new seat and that it learns of. Left out, it is every seat you know.
    """

    slug: str
    actor: str
    roles: tuple[Role, ...]
    kept_by: str | None = None
    known_to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseSeat(Command):
    """Close a seat, so that it can no longer act. A second person must confirm."""

    slug: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveProxy(Command):
    """Let another seat act for you in one respect: enter, clear, speak, answer or sign.

    All seats are told of a proxy to speak, answer or sign. Only the holder is told of a proxy to enter or clear.
    """

    holder: str
    scope: Annotated[str, SCOPES]
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EndProxy(Command):
    """End a proxy that you gave. The seats that know of it are told."""

    proxy: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputeEntry(Command):
    """Dispute an entry that another seat made in your name. ``notice`` is its number in your record.

    The entry stays. The seats that were told of it are told that you dispute it.
    """

    notice: int
    words: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantHistory(Command):
    """Show another seat some of your own earlier acts. ``notices`` are their numbers in your record."""

    notices: tuple[int, ...]
    to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SetCompartment(Command):
    """Define a named set of seats that may see something. Its seats are told of it and of each other."""

    slug: str
    seats: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TalksOpened(Content):
    """The talks were opened from a talks file. Its contents follow, each told to the seats that may see it."""

    FACES = {Face.ALL: ("header",), Face.CLOCK: ("header",)}

    header: Header
    digest: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatGiven(Content):
    """An actor was given a place in the talks."""

    FACES = {
        Face.SELF: ("seat",),
        Face.OWN: ("seat",),
        Face.KEEPER: ("seat",),
        Face.ALL: ("shown",),
        Face.CLOCK: ("shown",),
    }

    seat: SeatPlan
    shown: SeatPlan


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatClosed(Content):
    """A seat was closed."""

    FACES = faces("slug") | {Face.CLOCK: ("slug",)}

    slug: str


_PROXY = ("proxy", "giver", "holder", "scope", "until")


@dataclass(frozen=True, slots=True, kw_only=True)
class ProxyGiven(Content):
    """A seat lent one of its powers to another seat."""

    FACES = {Face.SELF: _PROXY, Face.HOLDER: _PROXY, Face.ALL: _PROXY}
    NEW = {"proxy": "p"}

    proxy: Ref
    giver: str
    holder: str
    scope: str
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProxyEnded(Content):
    """A seat took a power back."""

    FACES = faces("proxy")
    REFS = ("proxy",)

    proxy: Ref


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryDisputed(Content):
    """A seat disputes an entry that was made in its name."""

    FACES = {Face.SELF: ("notice", "words"), Face.ALL: ("what", "words")}

    notice: int
    what: str
    words: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryGranted(Content):
    """A seat showed earlier acts of its own to another seat. ``acts`` are pairs of number and face."""

    FACES = {Face.SELF: ("to", "notices"), Face.RECEIVER: ("count",)}

    to: str
    notices: tuple[int, ...]
    count: int
    acts: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CompartmentSet(Content):
    """A set of seats that may see something got a name."""

    FACES = faces("compartment")

    compartment: Compartment


def shown_plan(plan: SeatPlan) -> SeatPlan:
    """Return what other seats see of a seat: its actor, its roles, and whether it sees everything."""
    return SeatPlan(slug=plan.slug, actor=plan.actor, roles=plan.roles, sees_all=plan.sees_all)


def give_seat(context: CommandContext, command: GiveSeat) -> None:
    """Give an actor a seat. Refused unless a second person confirms.

    The new seat is told the header of the talks, itself, and the seats that it may know of.
    """
    context.two_persons()
    if command.slug in context.known.seats:
        raise context.refuse("done", case="seat", slug=command.slug)
    if command.actor not in context.known.actors:
        raise context.no_such("actor", command.actor, context.known.actors)
    if command.kept_by is not None:
        context.known_seats([command.kept_by])
    if Role.CONTROL in command.roles and context.known.header.kind is Kind.LIVE:
        raise context.refuse("bad_value", why="Live talks have no control seat. Choose other roles.")
    plan = SeatPlan(slug=command.slug, actor=command.actor, roles=command.roles, kept_by=command.kept_by)
    context.write(TalksOpened(header=context.known.header), [(command.slug, Face.ALL)])
    told = context.known_seats(command.known_to) or context.everyone()
    for slug in told:
        known = context.known.seats[slug]
        if not known.closed:
            other = SeatPlan(slug=slug, actor=known.actor, roles=known.roles, sees_all=known.sees_all)
            context.write(SeatGiven(seat=other, shown=other), [(command.slug, Face.ALL)])
    keeper = [(command.kept_by, Face.KEEPER)] if command.kept_by is not None else []
    given = SeatGiven(seat=plan, shown=shown_plan(plan))
    context.write(
        given,
        [
            (context.seat, Face.SELF),
            (command.slug, Face.OWN),
            *keeper,
            *((slug, Face.ALL) for slug in told),
            (CLOCK, Face.CLOCK),
        ],
    )
    if command.kept_by is not None:
        # As with a seat of the talks file: without this proxy its keeper could write nothing for it.
        proxy = ProxyGiven(proxy=context.new(), giver=command.slug, holder=command.kept_by, scope="enter")
        context.write(proxy, [(command.slug, Face.ALL), (command.kept_by, Face.HOLDER)])


def close_seat(context: CommandContext, command: CloseSeat) -> None:
    """Close a seat and tell the seats that know of it. Refused unless a second person confirms."""
    context.two_persons()
    [slug] = context.known_seats([command.slug])
    if context.known.seats[slug].closed:
        raise context.refuse("done", case="seat_closed", who=slug)
    # Seats that were never told of this seat, such as a back channel, are not told that it closes.
    context.tell(SeatClosed(slug=slug), (*context.who_know(slug), CLOCK))


def give_proxy(context: CommandContext, command: GiveProxy) -> None:
    """Lend a power to another seat.

    All open seats are told of a proxy to speak, answer or sign; only the holder is told of one to enter or clear.
    """
    [holder] = context.known_seats([command.holder])
    if holder == context.seat:
        raise context.refuse("bad_value", why="You cannot give yourself a proxy. Choose another seat.")
    if command.scope not in SCOPES:
        raise context.refuse("bad_value", case="scope", known=", ".join(SCOPES))
    if command.until is not None and command.until <= context.at:
        raise context.refuse("past", at=instant_text(command.until))
    given = ProxyGiven(proxy=context.new(), giver=context.seat, holder=holder, scope=command.scope, until=command.until)
    open_scope = command.scope in ("speak", "answer", "sign")
    context.tell(given, context.everyone() if open_scope else [holder])


def end_proxy(context: CommandContext, command: EndProxy) -> None:
    """End a proxy and tell the seats that know of it. Refused unless the asking seat gave it."""
    thing, proxy = context.find(command.proxy, context.known.proxies)
    if proxy.giver != context.seat:
        raise context.refuse("self_only", case="proxy", handle=command.proxy, who=proxy.giver)
    if proxy.ended:
        raise context.refuse("done", case="proxy", handle=command.proxy)
    context.tell(ProxyEnded(proxy=thing), context.seen_by(thing))


def dispute_entry(context: CommandContext, command: DisputeEntry) -> None:
    """Dispute an entry and tell the seats that were told of it. Refused unless it was entered for the asking seat."""
    if not 1 <= command.notice <= len(context.slice):
        raise context.refuse("unknown", case="notice", last=str(len(context.slice)))
    entry = context.slice.notices[command.notice - 1]
    if entry.entered_by is None or entry.by != context.seat:
        raise context.refuse("not_transcribed")
    told = context.audience_of(context.slice.seqs[command.notice - 1])
    context.tell(EntryDisputed(notice=command.notice, what=entry.kind, words=command.words), told)


def grant_history(context: CommandContext, command: GrantHistory) -> None:
    """Show earlier acts of the asking seat to another seat. Refused unless their kinds are in ``GRANTABLE``.

    A relay cannot be shown later, although it is an act of the teller: it has somebody else's words in it.
    """
    [to] = context.known_seats([command.to])
    if not command.notices or any(not 1 <= n <= len(context.slice) for n in command.notices):
        raise context.refuse("unknown", case="notice", last=str(len(context.slice)))
    for n in command.notices:
        notice = context.slice.notices[n - 1]
        if notice.by != context.seat or notice.kind not in GRANTABLE:
            raise context.refuse("not_yours", case="notice", notice=str(n))
        item = context.known.items.get(notice.data.get("item", ""))
        if item is not None and item.ended == ItemEnd.DESTROYED:
            raise context.refuse("done", case="destroyed", item=item.handle)
        if item is not None and item.mode is Mode.NOTE:
            raise context.refuse("protected", case="note", item=item.handle)
        hindered = None if item is None else sources_refusal(context.known, item, to, context.at)
        if hindered is not None:
            raise context.refuse(hindered.code, **dict(hindered.values))
    acts = tuple((context.slice.seqs[n - 1], Face.GRANTED) for n in command.notices)
    granted = HistoryGranted(to=to, notices=command.notices, count=len(acts), acts=acts)
    context.tell(granted, [to], face=Face.RECEIVER)


def set_compartment(context: CommandContext, command: SetCompartment) -> None:
    """Name a compartment, and tell its seats of it and of each other."""
    seats = context.known_seats(command.seats)
    context.tell(CompartmentSet(compartment=Compartment(slug=command.slug, seats=seats, owner=context.seat)), seats)
