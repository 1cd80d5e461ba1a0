"""The people in seats: who is named there, who invites and removes them."""

from __future__ import annotations

from goodoffices.data_class import dataclass
from goodoffices.talks.base.acts import Content, faces
from goodoffices.talks.base.enums import Kind, Role
from goodoffices.talks.state.command_context import Command, CommandContext
from goodoffices.talks.state.knowledge import Knowledge


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatPerson(Command):
    """Add a person to your own seat. The secretariat can also add a person to another seat."""

    person: str
    slug: str | None = None
    public_key: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnseatPerson(Command):
    """Remove a person from your seat."""

    person: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonSeated(Content):
    """A person took a place in a seat."""

    FACES = faces("slug", "name")

    slug: str
    name: str
    public_key: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonUnseated(Content):
    """A person left a seat."""

    FACES = faces("slug", "name")

    slug: str
    name: str


def head_of(known: Knowledge, seat: str) -> str | None:
    """Return who invites and removes people of a seat: of those named in it, the one named first.

    ``None`` if nobody is named.
    """
    named = [(at, name) for slug, name, at in people(known) if slug == seat]
    # Of those who were named in the same second, it is the one who stands first in the record.
    return min(named, key=lambda one: one[0])[1] if named else None


def people(known: Knowledge) -> tuple[tuple[str, str, str], ...]:
    """Return seat, name and since when of everybody who is named in a seat now, as far as this seat knows."""
    return tuple((*key.split(" ", 1), at) for key, at in known.persons.items() if at)  # type: ignore[misc]


def seat_person(context: CommandContext, command: SeatPerson) -> None:
    """Seat a person and tell the seat and the secretariats.

    For another seat only a secretariat may do this, and the control seat of an exercise. In its own seat only the head.
    """
    slug = context.seat if command.slug is None else command.slug
    [slug] = context.known_seats([slug])
    if slug != context.seat and not may_seat_others(context.known, context.seat):
        raise context.refuse("self_only", case="person", who=slug)
    if slug == context.seat:
        _check_head(context)
    if not command.person.strip():
        raise context.refuse("bad_value", why="No person is named. Write the name.")
    told = PersonSeated(slug=slug, name=command.person, public_key=command.public_key)
    context.tell(told, [slug, *_secretariats(context)])


def may_seat_others(known: Knowledge, seat: str) -> bool:
    """Say whether a seat may name people of other seats: the secretariat may, and the control seat of an exercise."""
    me = known.seats.get(seat)
    if me is None:
        return False
    is_control = Role.CONTROL in me.roles and known.header.kind is Kind.EXERCISE
    return Role.SECRETARIAT in me.roles or is_control


def _check_head(context: CommandContext) -> None:
    """Refuse unless the head of the seat asks. A seat in which nobody is named yet has no head."""
    head = head_of(context.known, context.seat)
    if head is not None and context.request.person not in (None, head):
        raise context.refuse("self_only", case="head", person=head)


def _secretariats(context: CommandContext) -> list[str]:
    return [s.slug for s in context.known.seats.values() if Role.SECRETARIAT in s.roles and not s.closed]


def unseat_person(context: CommandContext, command: UnseatPerson) -> None:
    """Remove a person from the asking seat and tell the secretariats.

    Refused unless the head of the seat asks, or a person about themselves.
    """
    if not context.known.persons.get(f"{context.seat} {command.person}"):
        raise context.refuse("unknown", case="person", person=command.person)
    if command.person != context.request.person:
        _check_head(context)
    context.tell(PersonUnseated(slug=context.seat, name=command.person), _secretariats(context))
