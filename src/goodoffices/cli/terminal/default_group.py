"""A command that answers a plain question and has commands of its own beside it."""

from __future__ import annotations

import click


class Answering(click.Group):
    """`forecast SCENARIO` answers; `forecast backtest FILE` and the others are commands of their own."""

    answer: click.Command
    """The plain question."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Take anything that is not a command for the arguments of the plain question."""
        if not args or args[0] not in self.commands:
            args = ["", *args]
        return super().parse_args(ctx, args)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command, the plain question under no name."""
        return self.answer if cmd_name == "" else super().get_command(ctx, cmd_name)
