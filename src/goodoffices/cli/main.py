"""The main command. It prints our own errors as one sentence and ends with exit code 2; bugs stay tracebacks."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
from pathlib import Path
from typing import Any

import click

from goodoffices import __version__
from goodoffices.errors import GoodOfficesError

_COMMANDS = {
    "act": "goodoffices.cli.act:act",
    "binder": "goodoffices.cli.papers.round_file:binder",
    "brief": "goodoffices.cli.brief:brief",
    "ceasefire": "goodoffices.cli.ceasefire.commands:ceasefire",
    "check": "goodoffices.cli.check:check",
    "claims": "goodoffices.cli.claims:claims",
    "convert": "goodoffices.cli.convert:convert",
    "commitments": "goodoffices.cli.claims:commitments",
    "decide": "goodoffices.cli.decide:decide",
    "exercise": "goodoffices.cli.exercise.commands:exercise",
    "forecast": "goodoffices.cli.forecast:forecast",
    "formats": "goodoffices.cli.convert:formats",
    "import": "goodoffices.cli.own_talks.sheet_import:import_sheet",
    "item": "goodoffices.cli.items:item",
    "ledger": "goodoffices.cli.ledger.commands:ledger",
    "may": "goodoffices.cli.act:may",
    "minutes": "goodoffices.cli.papers.minutes:minutes",
    "new": "goodoffices.cli.own_talks.new_talks:new",
    "record": "goodoffices.cli.records:record",
    "rehearse": "goodoffices.cli.rehearse:rehearse",
    "round-file": "goodoffices.cli.papers.round_file:round_file",
    "settle": "goodoffices.cli.settle:settle",
    "schema": "goodoffices.cli.check:schema",
    "sealed": "goodoffices.cli.sealed:sealed",
    "serve": "goodoffices.cli.serve:serve",
    "template": "goodoffices.cli.own_talks.template:template",
    "text": "goodoffices.cli.text.commands:text",
    "view": "goodoffices.cli.views:view",
    "week": "goodoffices.cli.papers.week:week",
}


def keep_compiled_loops_somewhere() -> None:
    """Let numba keep its compiled code where nobody else can put code: its own folder, or one that ends with this run.

    By itself numba writes to the package or the home folder. Where it may write to neither it fails on import, so it
    gets a new folder of this process. ``NUMBA_CACHE_DIR`` is left alone if it is set, but must be the user's own.

    Raises
    ------
    StorageError
        If ``NUMBA_CACHE_DIR`` belongs to somebody else, or others may write to it.
    """
    package, home = Path(__file__).parents[1], Path(os.path.expanduser("~"))
    named = os.environ.get("NUMBA_CACHE_DIR")
    if named is not None:
        _check_own(Path(named))
    elif not os.access(package, os.W_OK) and not os.access(home, os.W_OK):
        import atexit
        import shutil
        import tempfile

        made = tempfile.mkdtemp(prefix="goodoffices-compiled-")
        atexit.register(shutil.rmtree, made, ignore_errors=True)
        os.environ["NUMBA_CACHE_DIR"] = made


def _check_own(folder: Path) -> None:
    try:
        found = folder.stat()
    except OSError:
        return  # numba makes it, or says why it cannot
    if found.st_uid not in (os.getuid(), 0) or found.st_mode & 0o022:
        from goodoffices.errors import StorageError

        raise StorageError(
            f"NUMBA_CACHE_DIR names {folder}, where somebody else may write, and compiled code is run from there; "
            "name a folder of your own, or leave it out"
        )


class _Commands(click.Group):
    """Loads a command's module only when it is called: help and short commands start at once."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands, in order."""
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
        """Return the command that was typed; suggest the nearest one if there is no such command."""
        if args and args[0] not in _COMMANDS and not args[0].startswith("-"):
            from goodoffices.names import nearest_word

            near = nearest_word(args[0], _COMMANDS)
            hint = f" Did you mean {near!r}?" if near else " See goodoffices --help."
            ctx.fail(f"There is no command {args[0][:40]!r}.{hint}")
        return super().resolve_command(ctx, args)

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Run; print an error of our own as one sentence and end with exit code 2, or 130 after Ctrl-C."""
        try:
            keep_compiled_loops_somewhere()
            code = super().main(*args, **{**kwargs, "prog_name": "goodoffices", "standalone_mode": False})
            sys.exit(code if isinstance(code, int) else 0)
        except click.Abort:
            from goodoffices.cli.terminal.progress_line import INTERRUPTED

            click.echo("Stopped.", err=True)
            sys.exit(INTERRUPTED)
        except click.ClickException as error:
            from goodoffices.cli.terminal.commands import refusal_of
            from goodoffices.cli.terminal.output import show_text

            show_text(refusal_of(error), err=True)
            sys.exit(error.exit_code)
        except GoodOfficesError as error:
            from goodoffices.cli.terminal.output import show_text

            show_text(" ".join((f"Error: {_ended(error)}", *getattr(error, "__notes__", ()))), err=True)
        except OSError as error:
            if error.filename is None and error.errno in _FULL:
                _drop_output()
            click.echo(f"Error: {_where(error)}", err=True)
        sys.exit(2)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; it ends with exit code 130 if some of its work was asked to end, whatever it printed.

        If the reader of the output has gone, as `head` does, the code is that of every program to which that happens.
        It is none of *holds*, *does not hold* and *cannot be checked*.
        """
        try:
            made = super().invoke(ctx)
            sys.stdout.flush()
        except BrokenPipeError:
            _drop_output()
            ctx.exit(_READER_GONE)
        line = sys.modules.get("goodoffices.cli.terminal.progress_line")
        if line is not None and ctx.meta.get(line.STOPPED):
            ctx.exit(line.INTERRUPTED)
        return made

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Refuse arguments that are not UTF-8: Python passes them on as text that cannot be stored or shown."""
        for argument in args:
            if any("\ud800" <= character <= "\udfff" for character in argument):
                ctx.fail(f"{argument[:40]!a} is not UTF-8; write text and file names in UTF-8.")
        return super().parse_args(ctx, args)


def _ended(error: GoodOfficesError) -> str:
    """Return a message that ends as a sentence: who reads one without a full stop waits for more."""
    told = str(error).rstrip()
    return told if told.endswith((".", "?", "`", ":", ")")) else f"{told}."


_READER_GONE = 141
"""The exit code of a program whose output nobody reads any more: 128 and the number of the signal."""
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO)


def _drop_output() -> None:
    """Let what is still to be printed go nowhere: Python would complain of it once more, with its own exit code."""
    with contextlib.suppress(OSError):  # an output that is kept in memory has no number, and nothing complains of it
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _where(error: OSError) -> str:
    """Return what could not be read or written. Of our own output a part may have been written before."""
    why = error.strerror or str(error)
    if error.filename is None and error.errno not in _FULL:
        return why
    if error.filename is None:
        return f"the output is not complete ({why}); use another place for it, and run the command again"
    return f"{error.filename}: {why}; nothing was written there"


@click.group(cls=_Commands)
@click.version_option(__version__, prog_name="Good Offices")
def main() -> None:
    """Good Offices keeps the record of mediated peace talks.

    It shows each seat only what that seat may know. Every page, file and figure is made for one seat.
    """
