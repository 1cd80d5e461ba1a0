"""Who plays a seat: people or the program. Control can change it at any moment, and only that seat learns of it."""

from __future__ import annotations

from goodoffices.data_class import dataclass
from goodoffices.talks.base.acts import Content
from goodoffices.talks.base.states import Face
from goodoffices.talks.exercise.clock import started
from goodoffices.talks.exercise.runs import controls
from goodoffices.talks.state.command_context import Command, CommandContext


@dataclass(frozen=True, slots=True, kw_only=True)
class SwapSeat(Command):
    """Hand a seat from people to the program, or back. Without ``automated`` people play it from now on."""

    seat: str
    automated: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatSwapped(Content):
    """Somebody else plays a seat. ``automated`` is how the program plays it; left out, people do."""

    FACES = {Face.SELF: ("seat", "automated"), Face.OWN: ("seat", "automated")}

    seat: str
    automated: str = ""


def swap_seat(context: CommandContext, command: SwapSeat) -> None:
    """Change who plays a seat, and tell that seat and control. Refused if nothing would change."""
    run = started(context)
    [seat] = context.known_seats([command.seat])
    if seat in controls(context.known):
        raise context.refuse("bad_value", case="control_seat")
    if run.plays(seat) == command.automated:
        raise context.refuse("done", case="swapped", who=seat)
    chiefs = [(one, Face.SELF) for one in controls(context.known)]
    swapped = SeatSwapped(seat=seat, automated=command.automated or "")
    context.write(swapped, [(context.seat, Face.SELF), *chiefs, (seat, Face.OWN)])
