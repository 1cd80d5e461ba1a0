"""`goodoffices act` and `goodoffices may`: give a command as a seat, and ask what it may tell to whom."""

from __future__ import annotations

import json

import click

from goodoffices.cli.terminal.commands import Command, terminal_command
from goodoffices.cli.terminal.input import value_or_file
from goodoffices.cli.terminal.output import show_text
from goodoffices.cli.terminal.record_access import RECORD, SEAT, looked_at, now, opened, seat_of
from goodoffices.cli.terminal.second_person import confirmed_second
from goodoffices.cli.terminal.send import print_json, submit, unknown
from goodoffices.cli.terminal.view_access import JSON
from goodoffices.errors import ScenarioError, UnknownWordError, quoted
from goodoffices.names import nearest_word
from goodoffices.talks.base.serialization import parse_instant, to_plain
from goodoffices.talks.command_help import example_of, fields_of, first_sentence, told_of
from goodoffices.talks.command_parsing import parse_command
from goodoffices.talks.exchange.clearances import may as answers_for
from goodoffices.talks.registry import COMMANDS
from goodoffices.talks.state.command_context import CommandRequest
from goodoffices.talks.state.view import View


class _Explained(Command):
    """Answers `--list`, and `--help` after the name of a command: neither needs a record."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Print the list of commands or what one of them needs, and end, if that is asked."""
        if "--list" in args:
            as_json = "--json" in args
            show_text(_as_json() if as_json else _listed(), is_data=as_json)
            ctx.exit()
        named = [word for word in args if word in COMMANDS]
        if named and "--help" in args:
            show_text(_needs(named[0]))
            ctx.exit()
        return super().parse_args(ctx, args)


def _listed() -> str:
    wide = max(map(len, COMMANDS))
    lines = [f"{name:<{wide}}  {first_sentence(name)}" for name in sorted(COMMANDS)]
    return "\n".join([*lines, "", "What one of them needs: goodoffices act COMMAND --help"])


def _as_json() -> str:
    """Return all commands with what each does and needs, as JSON."""
    rows = [
        {"command": name, "does": first_sentence(name), "fields": [
            {"name": field.name, "shape": field.shape, "needed": field.is_needed, "example": field.example}
            for field in fields_of(name)
        ]}
        for name in sorted(COMMANDS)
    ]  # fmt: skip
    return json.dumps(rows, ensure_ascii=False, indent=2)


def _needs(name: str) -> str:
    lines = [f"goodoffices act FILE --seat SEAT {name} {example_of(name)}".rstrip(), "", told_of(name), ""]
    for field in fields_of(name):
        needed = "needed" if field.is_needed else "may be left out"
        lines += [f"{field.name} ({needed}): {field.shape}", f"    {field.name}={field.example}"]
    return "\n".join(lines)


@click.command(cls=_Explained)
@RECORD
@SEAT
@click.argument("command", metavar="COMMAND")
@click.argument("given", nargs=-1, metavar="[KEY=VALUE]...")
@click.option("--person", help="Who acts. Only the own seat is shown this name.")
@click.option("--second", help="A second person, who confirms with their own passphrase.")
@click.option("--entered-by", help="The seat that enters this for the other seat, as its keeper.")
@click.option("--happened-at", help="When it happened, as the seat says, for example 2017-01-23T13:00+06:00.")
@click.option("--on-paper", help="Reference of the paper that this was copied from.")
@click.option("--key", help="A name for this request. The same name a second time changes nothing.")
def act(  # noqa: PLR0913 - one argument for each option of the command line
    file: str,
    seat: str,
    command: str,
    given: tuple[str, ...],
    person: str | None,
    second: str | None,
    entered_by: str | None,
    happened_at: str | None,
    on_paper: str | None,
    key: str | None,
) -> None:
    """Give COMMAND as a seat: `goodoffices act FILE --seat opposition FileItem words="A corridor to the east"`.

    `goodoffices act --list` names all commands (with --json as JSON), and `goodoffices act COMMAND --help` says what
    one of them needs. Write lists with commas (to=government,russia) and name the language of a text (words.lang=ar);
    else it is told from the letters and the languages of the talks.
    Other people on this machine can read a command line: words=@FILE reads the text from a file, and words=@- from the
    input.
    """
    pairs = _pairs(given)
    # Only the record knows a rule by its name; everything else is checked before a passphrase is asked for.
    is_named = command == "PutQuestion" and not pairs.get("rule", "{").lstrip().startswith("{")
    if not is_named:
        parse_command(command, pairs)
    with opened(file) as room:
        view = room.view(seat_of(room, seat))
        named = _rule_by_name(view, pairs) if is_named else pairs
        request = CommandRequest(
            seat=seat,
            command=parse_command(command, named, view.known.header.languages),
            person=person,
            second=confirmed_second(file, room, seat, person, second),
            entered_by=entered_by,
            happened_at=None if happened_at is None else parse_instant(happened_at),
            on_paper=on_paper,
        )
        show_text(submit(room, request, key=key).sentence())


def _rule_by_name(view: View, pairs: dict[str, str]) -> dict[str, str]:
    """Write a rule of the talks file, given by its name, as the rule itself."""
    name = pairs["rule"]
    rules = {named.slug: named.rule for named in view.known.header.rules}
    if not rules:
        raise ScenarioError(
            f"these talks have no rule called {quoted(name)}, and none at all; write one, for example "
            """rule='{"rule": "unanimity"}'"""
        )
    if name not in rules:
        raise UnknownWordError("rule", name, tuple(rules), nearest=nearest_word(name, rules))
    return pairs | {"rule": json.dumps(to_plain(rules[name]))}


def _pairs(given: tuple[str, ...]) -> dict[str, str]:
    pairs = {}
    for word in given:
        key, equals, value = word.partition("=")
        if not equals:
            raise ScenarioError(f"{quoted(word)} is not KEY=VALUE; write, for example, to=government")
        pairs[key] = value_or_file(value)
    return pairs


@terminal_command()
@RECORD
@SEAT
@click.option("--item", required=True, help="Handle of the item, for example m1.")
@JSON
def may(file: str, seat: str, item: str, as_json: bool) -> None:
    """Say to whom a seat may tell an item, in which form and until when."""
    with looked_at(file) as room:
        view = room.view(seat_of(room, seat))
        answers = answers_for(view.known, item, now())
        if item not in view.known.items:
            raise unknown("item", item, view.known.items)
        if as_json:
            print_json([{**to_plain(one), "refusal": one.refusal and view.sentence(one.refusal)} for one in answers])
            return
        for answer in answers:
            name = f"{view.name(answer.to)} ({answer.to})"
            if answer.refusal is not None:
                show_text(f"{name}: no. {view.sentence(answer.refusal)}")
                continue
            until = f", until {view.time(answer.until)}" if answer.until is not None else ""
            words = ", after its wording is approved" if answer.approve else ""
            show_text(f"{name}: yes, {answer.form}{until}{words}")
        if not answers:
            show_text("This seat does not carry items for others.")
