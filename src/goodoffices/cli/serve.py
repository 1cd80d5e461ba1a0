"""`goodoffices serve`: talks as pages in the browser."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from goodoffices.cli.terminal.commands import refuse_idle, terminal_command
from goodoffices.cli.terminal.values import Whole


@terminal_command()
@click.argument("talks", metavar="[SCENARIO|FILE|ADDRESS]", required=False)
@click.option("--port", default=8765, show_default=True, type=Whole(0, 65535), help="0: any free port.")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at.")
@click.option("--name", help="What people type instead of that address, such as desk.example.org.")
@click.option("--certificate", type=click.Path(path_type=Path), help="A certificate for an own domain, in PEM form.")
@click.option("--private-key", "key", type=click.Path(path_type=Path), help="The key of that certificate.")
@click.option("--hall", "venue", is_flag=True, help="Encrypt with a certificate that is made here for this venue.")
@click.option("--plain", is_flag=True, help="Do not encrypt on the network: for an exercise in one room only.")
@click.option("--data", help="Where records are kept. [default: ./goodoffices-data]")
@click.option("--talks", "made_from", help="With an ADDRESS: the scenario or file to make a new record from.")
@click.option(
    "--commands-a-minute",
    default=60,
    show_default=True,
    type=Whole(0),
    help="How many one person may send in a seat, a third of them at once. 0: any number.",
)
@click.option("--open", "opens", is_flag=True, help="Open the start page in the browser.")
def serve(  # noqa: PLR0913 - one argument for each option of the command line
    talks: str | None,
    port: int,
    host: str,
    name: str | None,
    certificate: Path | None,
    key: Path | None,
    data: str | None,
    made_from: str | None,
    commands_a_minute: int,
    *,
    venue: bool,
    plain: bool,
    opens: bool,
) -> None:
    """Open talks as an exercise in the browser; without a name, the list of your records and *Begin your own talks*.

    A record is made in ./goodoffices-data. If it is there already, the exercise continues. With the ADDRESS of a record
    on PostgreSQL (postgresql://desk@localhost/talks#astana), that folder holds only the key, the sessions and the log.

    Under an address that other devices reach, choose one of three ways: --certificate with --private-key for an own
    domain, --hall for a certificate made here, or --plain for an exercise in one room.
    """
    from goodoffices.errors import GoodOfficesError
    from goodoffices.web.hall import HallPlan
    from goodoffices.web.server import Plan, run

    try:
        if talks is None or "://" not in talks:
            refuse_idle("an ADDRESS of PostgreSQL", "made_from")
        folder = Path(data or "goodoffices-data")
        hall = HallPlan(host=host, name=name, certificate=certificate, key=key, venue=venue, plain=plain)
        plan = Plan(
            talks=talks,
            made_from=made_from,
            hall=hall,
            port=port,
            data=folder,
            opens=opens,
            commands_a_minute=commands_a_minute,
        )
        run(plan, click.echo)
    except GoodOfficesError as error:
        click.echo(f"goodoffices: {error}", err=True)
        sys.exit(2)
