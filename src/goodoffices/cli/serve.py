"""`goodoffices serve`: talks as pages in the browser."""

from __future__ import annotations

import sys

import click


@click.command()
@click.argument("talks", metavar="[SCENARIO|FILE|ADDRESS]", required=False)
@click.option("--port", default=8765, show_default=True, type=click.IntRange(0, 65535), help="0: any free port.")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address that others type.")
@click.option("--data", help="Where records are kept. [default: ./goodoffices-data]")
@click.option("--talks", "made_from", help="With an ADDRESS: the scenario or file to make a new record from.")
@click.option("--open", "opens", is_flag=True, help="Open the start page in the browser.")
def serve(talks: str | None, port: int, host: str, data: str | None, made_from: str | None, *, opens: bool) -> None:
    """Open talks as an exercise in the browser; without a name, the list of your records and *Begin your own talks*.

    A record is made in ./goodoffices-data. If it is there already, the exercise continues. With the ADDRESS of a record
    on PostgreSQL (postgresql://desk@localhost/talks#astana), that folder holds only the key, the sessions and the log.
    """
    from pathlib import Path

    from goodoffices.errors import GoodOfficesError
    from goodoffices.web.server import Plan, run

    try:
        folder = Path(data or "goodoffices-data")
        run(Plan(talks=talks, made_from=made_from, host=host, port=port, data=folder, opens=opens), click.echo)
    except GoodOfficesError as error:
        click.echo(f"goodoffices: {error}", err=True)
        sys.exit(2)
