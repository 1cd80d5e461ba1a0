"""`goodoffices exercise …`: the group of commands on exercises."""

from __future__ import annotations

from goodoffices.cli.exercise.plans import check, debrief, restart, start, template
from goodoffices.cli.exercise.runs import batch, demo
from goodoffices.cli.terminal.commands import terminal_group


@terminal_group()
def exercise() -> None:
    """Play exercises, and let automated seats play them."""


exercise.add_command(batch)
exercise.add_command(demo)
exercise.add_command(check)
exercise.add_command(start)
exercise.add_command(debrief)
exercise.add_command(restart)
exercise.add_command(template)
