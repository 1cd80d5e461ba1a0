"""Seats: given and closed; persons in them; proxies; service on screen; disputed entries; history granted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from goodoffices.talks.base.acts import CLOCK, Content, Ref, Words
from goodoffices.talks.base.enums import Kind, Mode, Role
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
"""Acts of its own that a seat may show another later."""
SCOPES = ("enter", "clear", "speak", "answer", "sign")


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveSeat(Command):
    """Give an actor a place in these talks. ``known_to`` names who learns of it (empty: the seats given so far)."""

    slug: str
    actor: str
    roles: tuple[Role, ...]
    kept_by: str | None = None
    known_to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseSeat(Command):
    """Close a seat: it can no longer act, and its sessions end."""

    slug: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatPerson(Command):
    """Seat a person: in your own seat, or, as the secretariat, the first person of a seat."""

    person: str
    slug: str | None = None
    public_key: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnseatPerson(Command):
    """End a person's place in your seat."""

    person: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveProxy(Command):
    """Lend another seat a power of yours: to enter, clear, speak, answer or sign for you."""

    holder: str
    scope: str
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EndProxy(Command):
    """End a proxy you gave."""

    proxy: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptService(Command):
    """Say that from now on a release on your screen counts as received."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputeEntry(Command):
    """Dispute what was entered in your name; ``notice`` is its number in your record."""

    notice: int
    words: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantHistory(Command):
    """Show another seat notices of yours, by number, from now on."""

    notices: tuple[int, ...]
    to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SetCompartment(Command):
    """Name a set of seats that may see something."""

    slug: str
    seats: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TalksOpened(Content):
    """The talks were opened from a talks file; its contents follow, each to those who may see it."""

    FACES = {"all": ("header",), "clock": ("header",)}

    header: Header
    digest: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatGiven(Content):
    """An actor was given a place in the talks."""

    FACES = {"self": ("seat",), "own": ("seat",), "keeper": ("seat",), "all": ("shown",), "clock": ("shown",)}

    seat: SeatPlan
    shown: SeatPlan


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatClosed(Content):
    """A seat was closed."""

    FACES = {"self": ("slug",), "all": ("slug",), "clock": ("slug",)}

    slug: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonSeated(Content):
    """A person took a place in a seat."""

    FACES = {"self": ("slug", "name"), "all": ("slug", "name")}

    slug: str
    name: str
    public_key: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonUnseated(Content):
    """A person left a seat."""

    FACES = {"self": ("slug", "name"), "all": ("slug", "name")}

    slug: str
    name: str


_PROXY = ("proxy", "giver", "holder", "scope", "until")


@dataclass(frozen=True, slots=True, kw_only=True)
class ProxyGiven(Content):
    """A seat lent a power to another."""

    FACES = {"self": _PROXY, "holder": _PROXY, "all": _PROXY}
    NEW = {"proxy": "p"}

    proxy: Ref
    giver: str
    holder: str
    scope: str
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProxyEnded(Content):
    """A seat took a power back."""

    FACES = {"self": ("proxy",), "all": ("proxy",)}
    REFS = ("proxy",)

    proxy: Ref


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceAccepted(Content):
    """From now on a release on this seat's screen counts as received."""

    FACES = {"self": ("slug",), "all": ("slug",)}

    slug: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryDisputed(Content):
    """A seat disputes what was entered in its name."""

    FACES = {"self": ("notice", "words"), "all": ("what", "words")}

    notice: int
    what: str
    words: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryGranted(Content):
    """Earlier notices of one seat are shown to another from now on; ``acts`` are (number, face) of the granted acts."""

    FACES = {"self": ("to", "notices"), "receiver": ("count",)}

    to: str
    notices: tuple[int, ...]
    count: int
    acts: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CompartmentSet(Content):
    """A named set of seats that may see something."""

    FACES = {"self": ("compartment",), "all": ("compartment",)}

    compartment: Compartment


def shown_plan(plan: SeatPlan) -> SeatPlan:
    """Return of a seat what others see: who it is, in which roles, and whether it sees all."""
    return SeatPlan(slug=plan.slug, actor=plan.actor, roles=plan.roles, sees_all=plan.sees_all)


def give_seat(desk: CommandContext, ask: GiveSeat) -> None:
    """Decide ``GiveSeat``. The new seat starts with the header of the talks, itself and the seats it may know of."""
    desk.two_persons()
    if ask.slug in desk.known.seats:
        raise desk.refuse("done")
    if ask.actor not in desk.known.actors or (ask.kept_by is not None and ask.kept_by not in desk.known.seats):
        raise desk.refuse("unknown")
    if Role.CONTROL in ask.roles and desk.known.header.kind is Kind.LIVE:
        raise desk.refuse("bad_value", why="There is no control seat in live talks.")
    plan = SeatPlan(slug=ask.slug, actor=ask.actor, roles=ask.roles, kept_by=ask.kept_by)
    desk.write(TalksOpened(header=desk.known.header), [(ask.slug, "all")])
    told = desk.known_seats(ask.known_to) or desk.everyone()
    for slug in told:
        known = desk.known.seats[slug]
        if not known.closed:
            other = SeatPlan(slug=slug, actor=known.actor, roles=known.roles, sees_all=known.sees_all)
            desk.write(SeatGiven(seat=other, shown=other), [(ask.slug, "all")])
    keeper = [(ask.kept_by, "keeper")] if ask.kept_by is not None else []
    given = SeatGiven(seat=plan, shown=shown_plan(plan))
    desk.write(
        given, [(desk.seat, "self"), (ask.slug, "own"), *keeper, *((slug, "all") for slug in told), (CLOCK, "clock")]
    )


def close_seat(desk: CommandContext, ask: CloseSeat) -> None:
    """Decide ``CloseSeat``."""
    desk.two_persons()
    [slug] = desk.known_seats([ask.slug])
    if desk.known.seats[slug].closed:
        raise desk.refuse("done")
    # A back channel that closes is no news to those who were never told that there was one.
    desk.tell(SeatClosed(slug=slug), (*desk.who_know(slug), CLOCK))


def seat_person(desk: CommandContext, ask: SeatPerson) -> None:
    """Decide ``SeatPerson``."""
    slug = desk.seat if ask.slug is None else ask.slug
    [slug] = desk.known_seats([slug])
    if slug != desk.seat and Role.SECRETARIAT not in desk.known.seats[desk.seat].roles:
        raise desk.refuse("self_only", who=slug)
    if not ask.person.strip():
        raise desk.refuse("bad_value", why="Name the person.")
    secretariats = [s.slug for s in desk.known.seats.values() if Role.SECRETARIAT in s.roles and not s.closed]
    desk.tell(PersonSeated(slug=slug, name=ask.person, public_key=ask.public_key), [slug, *secretariats])


def unseat_person(desk: CommandContext, ask: UnseatPerson) -> None:
    """Decide ``UnseatPerson``."""
    if f"{desk.seat} {ask.person}" not in desk.known.persons:
        raise desk.refuse("unknown")
    secretariats = [s.slug for s in desk.known.seats.values() if Role.SECRETARIAT in s.roles and not s.closed]
    desk.tell(PersonUnseated(slug=desk.seat, name=ask.person), secretariats)


def give_proxy(desk: CommandContext, ask: GiveProxy) -> None:
    """Decide ``GiveProxy``. A proxy to speak, answer or sign is announced to all; one to enter or clear is not."""
    [holder] = desk.known_seats([ask.holder])
    if holder == desk.seat:
        raise desk.refuse("bad_value", why="A proxy is given to another seat.")
    if ask.scope not in SCOPES:
        raise desk.refuse("bad_value", why=f"The scope of a proxy is one of: {', '.join(SCOPES)}.")
    if ask.until is not None and ask.until <= desk.at:
        raise desk.refuse("past")
    given = ProxyGiven(proxy=desk.new(), giver=desk.seat, holder=holder, scope=ask.scope, until=ask.until)
    open_scope = ask.scope in ("speak", "answer", "sign")
    desk.tell(given, desk.everyone() if open_scope else [holder])


def end_proxy(desk: CommandContext, ask: EndProxy) -> None:
    """Decide ``EndProxy``."""
    thing, proxy = desk.find(ask.proxy, desk.known.proxies)
    if proxy.giver != desk.seat:
        raise desk.refuse("self_only", who=proxy.giver)
    if proxy.ended:
        raise desk.refuse("done")
    desk.tell(ProxyEnded(proxy=thing), desk.seen_by(thing))


def accept_service(desk: CommandContext, ask: AcceptService) -> None:
    """Decide ``AcceptService``: told to the secretariat and to those who convene."""
    del ask
    if desk.known.seats[desk.seat].service_accepted:
        raise desk.refuse("done")
    conveners = {Role.SECRETARIAT, Role.MEDIATOR, Role.FACILITATOR}
    told = [s.slug for s in desk.known.seats.values() if conveners & set(s.roles) and not s.closed]
    desk.tell(ServiceAccepted(slug=desk.seat), told)


def dispute_entry(desk: CommandContext, ask: DisputeEntry) -> None:
    """Decide ``DisputeEntry``: told to whoever the disputed entry was told to, as far as that can be known here."""
    if not 1 <= ask.notice <= len(desk.slice):
        raise desk.refuse("unknown")
    entry = desk.slice.notices[ask.notice - 1]
    if entry.entered_by is None or entry.by != desk.seat:
        raise desk.refuse("not_transcribed")
    told = desk.audience_of(desk.slice.seqs[ask.notice - 1])
    desk.tell(EntryDisputed(notice=ask.notice, what=entry.kind, words=ask.words), told)


def grant_history(desk: CommandContext, ask: GrantHistory) -> None:
    """Decide ``GrantHistory``: the originator of items, positions and claims may show them; a chair its sessions.

    A relay is not granted, though the teller acted: the words in it are somebody else's.
    """
    [to] = desk.known_seats([ask.to])
    if not ask.notices or any(not 1 <= n <= len(desk.slice) for n in ask.notices):
        raise desk.refuse("unknown")
    for n in ask.notices:
        notice = desk.slice.notices[n - 1]
        if notice.by != desk.seat or notice.kind not in GRANTABLE:
            raise desk.refuse("not_yours")
        item = desk.known.items.get(notice.data.get("item", ""))
        if item is not None and item.ended == "destroyed":
            raise desk.refuse("done")
        if item is not None and item.mode is Mode.NOTE:
            raise desk.refuse("protected")
        hindered = None if item is None else sources_refusal(desk.known, item, to, desk.now)
        if hindered is not None:
            raise desk.refuse(hindered.code, **dict(hindered.values))
    acts = tuple((desk.slice.seqs[n - 1], "granted") for n in ask.notices)
    granted = HistoryGranted(to=to, notices=ask.notices, count=len(acts), acts=acts)
    desk.tell(granted, [to], face="receiver")


def set_compartment(desk: CommandContext, ask: SetCompartment) -> None:
    """Decide ``SetCompartment``: its seats learn of it, and who else is in it."""
    seats = desk.known_seats(ask.seats)
    desk.tell(CompartmentSet(compartment=Compartment(slug=ask.slug, seats=seats, owner=desk.seat)), seats)
