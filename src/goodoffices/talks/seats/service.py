"""Service on screen: a seat is asked whether papers on its screen count as received, and accepts it."""

from __future__ import annotations

from goodoffices.data_class import dataclass
from goodoffices.talks.base.acts import Content, faces
from goodoffices.talks.base.enums import Role
from goodoffices.talks.base.states import Face
from goodoffices.talks.state.command_context import Command, CommandContext


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptService(Command):
    """Accept that from now on papers on your screen count as received.

    The secretariat, mediators and facilitators are told, and the seats that asked you.
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class AskService(Command):
    """Ask some seats to accept that papers on their screen count as received. Each is told that you ask it."""

    to: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceAccepted(Content):
    """A seat accepted that papers on its screen count as received from now on."""

    FACES = faces("slug")

    slug: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceAsked(Content):
    """Seats were asked to accept papers on screen. Each learns who asks, and not who else was asked."""

    FACES = {Face.SELF: ("to",), Face.ALL: ()}

    to: tuple[str, ...]


def accept_service(context: CommandContext, command: AcceptService) -> None:
    """Accept service on screen, and tell secretariats, mediators, facilitators and the seats that asked for it."""
    del command
    me = context.known.seats[context.seat]
    if me.service_accepted and not me.service_asked_by:
        raise context.refuse("done", case="service")
    conveners = {Role.SECRETARIAT, Role.MEDIATOR, Role.FACILITATOR}
    told = [s.slug for s in context.known.seats.values() if conveners & set(s.roles) and not s.closed]
    context.tell(ServiceAccepted(slug=context.seat), dict.fromkeys((*told, *me.service_asked_by)))


def ask_service(context: CommandContext, command: AskService) -> None:
    """Ask seats to accept service on screen. Refused if nobody is named who has not accepted it already."""
    to = [slug for slug in context.known_seats(command.to) if slug != context.seat]
    left = tuple(s for s in to if not context.known.seats[s].closed and not context.known.seats[s].service_accepted)
    if not left:
        raise context.refuse(
            "bad_value", why="Nobody is named who still has to accept papers on screen. Name another seat."
        )
    context.tell(ServiceAsked(to=left), left)
