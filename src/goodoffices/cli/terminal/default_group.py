"""A click group with a default command."""

from __future__ import annotations

import click

from goodoffices.cli.terminal.commands import Group


class _Unnamed(click.Context):
    """The context of a default command: usage names the group, without a blank for a name that is empty."""

    @property
    def command_path(self) -> str:
        """Return the names of the group and what is above it."""
        return super().command_path.rstrip()


class Answering(Group):
    """A group that runs ``answer`` if the first argument is not one of its commands.

    So `forecast SCENARIO` forecasts, and `forecast backtest FILE` is a command of its own.
    """

    answer: click.Command
    """The default command."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Take arguments that do not begin with a command as those of the default command."""
        if not args or args[0] not in self.commands:
            args = ["", *args]
        return super().parse_args(ctx, args)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command; the default command has the empty name."""
        if cmd_name:
            return super().get_command(ctx, cmd_name)
        self.answer.context_class = _Unnamed
        return self.answer
