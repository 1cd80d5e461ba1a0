"""`goodoffices act` and `goodoffices may`: what a seat does, and what it may say to whom."""

from __future__ import annotations

import click

from goodoffices.cli.terminal.record_access import RECORD, SEAT, looked_at, now, opened, seat_of
from goodoffices.cli.terminal.send import taken
from goodoffices.errors import RefusedError, ScenarioError, UnknownWordError, quoted
from goodoffices.talks.base.refusals import Refusal
from goodoffices.talks.base.serialization import parse_instant, short_instant
from goodoffices.talks.command_parsing import parse_command
from goodoffices.talks.exchange.clearances import may as answers_for
from goodoffices.talks.state.command_context import CommandRequest


@click.command()
@RECORD
@SEAT
@click.argument("command", metavar="COMMAND")
@click.argument("given", nargs=-1, metavar="[KEY=VALUE]...")
@click.option("--person", help="Who acts; shown to the own seat only.")
@click.option("--second", help="The second person, where one is needed.")
@click.option("--entered-by", help="The keeper's seat that transcribes this for the seat.")
@click.option("--happened-at", help="When it is said to have happened, like 2017-01-23T13:00+06:00.")
@click.option("--on-paper", help="Reference of the paper it was transcribed from.")
@click.option("--key", help="Request key: the same key again changes nothing.")
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

    Lists are given with commas (to=government,russia), people's words with their language (words.lang=ar). What stands
    on a command line can be read by others on the machine: words=@FILE takes them from a file, words=@- from the input.
    """
    request = CommandRequest(
        seat=seat,
        command=parse_command(command, _pairs(given)),
        person=person,
        second=second,
        entered_by=entered_by,
        happened_at=None if happened_at is None else parse_instant(happened_at),
        on_paper=on_paper,
    )
    with opened(file) as room:
        outcome = room.submit(request, at=now(), key=key)
        if isinstance(outcome, Refusal):
            raise RefusedError(outcome.code, room.view(seat).sentence(outcome))
    click.echo(f"Done: notice {outcome.n} of {seat}.")


def _pairs(given: tuple[str, ...]) -> dict[str, str]:
    pairs = {}
    for word in given:
        key, equals, value = word.partition("=")
        if not equals:
            raise ScenarioError(f"{quoted(word)} is not KEY=VALUE; write for example to=government")
        pairs[key] = taken(value)
    return pairs


@click.command()
@RECORD
@SEAT
@click.option("--item", required=True, help="Handle of the item, for example m1.")
def may(file: str, seat: str, item: str) -> None:
    """Answer "may I say this to whom?" for an item that the seat holds."""
    with looked_at(file) as room:
        view = room.view(seat_of(room, seat))
        answers = answers_for(view.known, item, now())
        if item not in view.known.items:
            raise UnknownWordError("item", item, tuple(view.known.items))
        for answer in answers:
            name = f"{view.name(answer.to)} ({answer.to})"
            if answer.refusal is not None:
                click.echo(f"{name}: no. {view.sentence(answer.refusal)}")
                continue
            until = f", until {short_instant(answer.until)}" if answer.until is not None else ""
            words = ", words approved first" if answer.approve else ""
            click.echo(f"{name}: yes, {answer.form}{until}{words}")
        if not answers:
            click.echo("This seat carries nothing for others.")
