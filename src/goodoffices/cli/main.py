"""The main command. Errors of the tree become one sentence and exit code 2; bugs stay tracebacks."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import click

from goodoffices import __version__
from goodoffices.errors import GoodOfficesError

_COMMANDS = {
    "act": "goodoffices.cli.act:act",
    "brief": "goodoffices.cli.brief:brief",
    "check": "goodoffices.cli.check:check",
    "claims": "goodoffices.cli.claims:claims",
    "convert": "goodoffices.cli.convert:convert",
    "commitments": "goodoffices.cli.claims:commitments",
    "decide": "goodoffices.cli.decide:decide",
    "forecast": "goodoffices.cli.forecast:forecast",
    "formats": "goodoffices.cli.convert:formats",
    "may": "goodoffices.cli.act:may",
    "record": "goodoffices.cli.records:record",
    "settle": "goodoffices.cli.settle:settle",
    "schema": "goodoffices.cli.check:schema",
    "sealed": "goodoffices.cli.sealed:sealed",
    "serve": "goodoffices.cli.serve:serve",
    "text": "goodoffices.cli.text.commands:text",
    "view": "goodoffices.cli.views:view",
}


def keep_compiled_loops_somewhere() -> None:
    """Give compiled loops a folder of their own where neither the package nor the home folder can be written.

    Without any, loading them is an error. A folder that is named in ``NUMBA_CACHE_DIR`` already is left alone.
    """
    package, home = Path(__file__).parents[1], Path(os.path.expanduser("~"))
    if "NUMBA_CACHE_DIR" in os.environ or os.access(package, os.W_OK) or os.access(home, os.W_OK):
        return
    import tempfile

    os.environ["NUMBA_CACHE_DIR"] = str(Path(tempfile.gettempdir()) / f"goodoffices-compiled-{os.getuid()}")


class _Commands(click.Group):
    """Loads a command's module only when it is called: help and short commands start at once."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands."""
        return sorted(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command called ``cmd_name``."""
        if cmd_name not in _COMMANDS:
            return None
        from importlib import import_module

        module, _, name = _COMMANDS[cmd_name].partition(":")
        command: click.Command = getattr(import_module(module), name)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that is asked for; a word that is none is answered with the nearest one."""
        if args and args[0] not in _COMMANDS and not args[0].startswith("-"):
            from goodoffices.nearest import nearest_word

            near = nearest_word(args[0], _COMMANDS)
            hint = f" Did you mean {near!r}?" if near else " See goodoffices --help."
            ctx.fail(f"There is no command {args[0][:40]!r}.{hint}")
        return super().resolve_command(ctx, args)

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Run, and turn an error on purpose into its sentence and exit code 2."""
        keep_compiled_loops_somewhere()
        try:
            return super().main(*args, **kwargs)
        except GoodOfficesError as error:
            click.echo(f"Error: {error}", err=True)
        except OSError as error:
            where = "" if error.filename is None else f"{error.filename}: "
            click.echo(f"Error: {where}{error.strerror or error}; nothing was written there", err=True)
        sys.exit(2)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Take the words of the command line; bytes that are no text could be stored and shown nowhere."""
        for word in args:
            if any("\ud800" <= sign <= "\udfff" for sign in word):
                ctx.fail(f"{word[:40]!a} holds bytes that are no text in UTF-8; give words and file names in UTF-8.")
        return super().parse_args(ctx, args)


@click.group(cls=_Commands)
@click.version_option(__version__, prog_name="Good Offices")
def main() -> None:
    """Good Offices: the secretariat's desk for mediated talks.

    One record, from the first contact to a cease-fire that holds. Every screen, file and figure is one seat's view.
    """
