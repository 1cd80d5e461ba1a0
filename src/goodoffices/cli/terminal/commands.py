"""Commands that say all that is missing at once, refuse options that would do nothing, and give the reason first."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from goodoffices.errors import ScenarioError

ARGUMENTS = {
    "CHANGED": "the changed file, .docx or .odt",
    "COMMAND": "what to do, such as FileItem; `goodoffices act --list` names all",
    "COMMANDS": "the sealed file that holds the commands",
    "COPY": "the backup, a file",
    "DST": "the folder to write",
    "FILE": "the file or the record",
    "FILE.xlsx": "the spreadsheet; `goodoffices template` makes one",
    "FILE...": "one file or several",
    "FIRST": "the first ledger, by its name",
    "FOLDER": "the folder to write into",
    "ITEM": "the paper, such as m1; `goodoffices item list` shows them",
    "KIND": "what the seat says of it: signed, initialled, refused and others; the help lists all",
    "LINE": "the line to note, in quotation marks",
    "ONE": "the first version, copy or file; `goodoffices text list` shows versions and copies",
    "OTHER": "the second version, copy or file",
    "PATH": "a talks file, its folder, a record, or bundled talks such as astana-2017",
    "PATH...": "one scenario or several",
    "PRIVATE": "the file to write the private keys to",
    "PUBLIC": "the file to write the public keys to",
    "QUESTION": "the question or package, such as y1; `goodoffices decide list` shows them",
    "RECEIPT_FILE": "the receipt, a file",
    "RECORD": "the record: a file, or an address of PostgreSQL",
    "RESULT": "the file or folder with the result",
    "RULEFILE|TALKS": "a file with a rule, or talks that have rules, such as good-friday-1998",
    "SCENARIO": "a talks file, its folder, a record, or bundled talks such as astana-2017",
    "SEALED_FILE": "the sealed file",
    "SECOND": "the second ledger, by its name",
    "SLICE_FILE": "the file with the exported notices",
    "SOURCE": "talks, a record or a table",
    "SOURCE...": "talks such as astana-2017, a record, or a table of events",
    "SRC": "the scenario, a file or a folder",
    "TALKS": "a talks file, its folder, a record, or bundled talks such as astana-2017",
    "TEXT": "the text, such as tx1; `goodoffices text list` shows them",
    "VERSION": "the version, such as v2; `goodoffices text list` shows them",
}
"""What goes where an argument stands, by the name that usage gives it."""


class MissingError(click.UsageError):
    """Arguments and options that a command needs and was not given: all of them."""


class Command(click.Command):
    """A command that, where something is missing, names all that is missing and says what goes there."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments.

        Raises
        ------
        MissingError
            If something is missing that the command needs.
        """
        given = list(args)
        try:
            return super().parse_args(ctx, args)
        except click.MissingParameter as error:
            raise MissingError(self._missing(ctx, given), ctx) from error

    def get_short_help_str(self, limit: int = 0) -> str:
        """Return the first sentence, whole: one that is cut says less than none."""
        return super().get_short_help_str(_WHOLE)

    def _missing(self, ctx: click.Context, args: list[str]) -> str:
        values, _, _ = self.make_parser(ctx).parse_args(args)
        lines = [
            f"  {in_usage(param)}: {meaning(param)}"
            for param in self.get_params(ctx)
            if param.required and param.value_is_missing(param.consume_value(ctx, values)[0])
        ]
        return "\n".join(["this is missing:", *lines])


class Group(click.Group):
    """A group of such commands."""

    command_class = Command

    def get_short_help_str(self, limit: int = 0) -> str:
        """Return the first sentence, whole."""
        return super().get_short_help_str(_WHOLE)


_WHOLE = 1000
"""More characters than a first sentence has."""


def terminal_command(name: str | None = None) -> Callable[[Callable[..., Any]], Command]:
    """Make a function a command of this kind, as ``click.command`` does."""
    return click.command(name, cls=Command)


def terminal_group(name: str | None = None) -> Callable[[Callable[..., Any]], Group]:
    """Make a function a group of such commands, as ``click.group`` does."""
    return click.group(name, cls=Group)


def in_usage(param: click.Parameter) -> str:
    """Return a parameter as usage writes it: ``--out FILE``, or the name of an argument."""
    if isinstance(param, click.Argument):
        return (param.metavar or (param.name or "").upper()).strip("[]")
    metavar = param.metavar if isinstance(param, click.Option) else None
    return f"{param.opts[0]} {metavar or _WRITTEN.get(param.type.name, param.type.name.upper())}"


_WRITTEN = {"text": "WORDS", "path": "FILE"}


def meaning(param: click.Parameter) -> str:
    """Return what goes where a parameter stands, as a part of a sentence."""
    if isinstance(param, click.Argument):
        return ARGUMENTS[in_usage(param)] + "."
    words = getattr(param, "help", None) or ""
    return words[:1].lower() + words[1:] if words[1:2].islower() else words


def refusal_of(error: click.ClickException) -> str:
    """Return what a person is told of arguments that cannot be read: the reason first, how to use it last."""
    if not isinstance(error, click.UsageError):
        return f"Error: {error.format_message()}"
    said = error.message
    if isinstance(error, click.BadParameter) and error.param is not None:
        said = f"{in_usage(error.param).split()[0]}: {said}"
    elif not isinstance(error, click.BadParameter):
        said = error.format_message()
    lines = [f"Error: {said.rstrip()}"]
    if error.ctx is not None:
        lines.append(error.ctx.get_usage())
        lines.append(f"`{error.ctx.command_path} --help` says more.")
    return "\n".join(lines)


def is_given(name: str) -> bool:
    """Say whether an option of the present command was typed; one that has its default value was not."""
    context = click.get_current_context()
    return context.get_parameter_source(name) is click.core.ParameterSource.COMMANDLINE


def refuse_idle(only_for: str, *names: str) -> None:
    """Refuse each option of the present command that was typed and would do nothing: a person would believe it did.

    Parameters
    ----------
    only_for
        What the options are for, as the end of a sentence.
    names
        The options, by the names of the function's arguments.

    Raises
    ------
    ScenarioError
        If one of them was typed. It names the option and says what it is for.
    """
    for param in click.get_current_context().command.params:
        if param.name in names and is_given(param.name):
            typed = param.opts[0]
            raise ScenarioError(f"{typed} is only for {only_for}; leave it out")


def refuse_both(*names: str) -> None:
    """Refuse two options of which each would leave the other without effect.

    Raises
    ------
    ScenarioError
        If more than one of them was typed.
    """
    params = {param.name: param.opts[0] for param in click.get_current_context().command.params}
    typed = [params[name] for name in names if is_given(name)]
    if len(typed) > 1:
        raise ScenarioError(f"{typed[0]} and {typed[1]} cannot be given together; leave one of them out")
