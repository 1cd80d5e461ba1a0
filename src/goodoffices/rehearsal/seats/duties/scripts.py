"""A scripted seat: it does what its script says, at the time that stands there."""

from __future__ import annotations

from collections.abc import Iterator

from goodoffices.rehearsal.seats.intentions import Intention, Reason
from goodoffices.rehearsal.seats.positions import Positions
from goodoffices.talks.command_parsing import parse_command


def follow_script(positions: Positions) -> Iterator[Intention]:
    """Yield the lines of the script that the seat has not done yet: those after its own acts so far."""
    outlook = positions.outlook
    own = sum(notice.face == "self" and notice.by == outlook.seat for notice in outlook.view.notices)
    for k, line in enumerate(outlook.orders.script[own:], own):
        yield Intention(
            key=f"script {k}",
            due_at=line.at,
            command=parse_command(line.command, dict(line.fields)),
            reason=Reason(name="script"),
        )
