"""``goodoffices serve``: the desk in the browser."""

from __future__ import annotations

import sys

import click

__all__ = ["serve"]


@click.command()
@click.argument("talks", metavar="SCENARIO|FILE")
@click.option("--port", default=8765, show_default=True, type=click.IntRange(0, 65535), help="0: any that is free.")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address others will type.")
@click.option("--data", help="Where records are kept. [default: ./goodoffices-data]")
@click.option("--open", "opens", is_flag=True, help="Open the start page in the browser.")
def serve(talks: str, port: int, host: str, data: str | None, *, opens: bool) -> None:
    """Open talks as an exercise at the desk in the browser.

    Makes a record below ./goodoffices-data, or goes on with the one that is there.
    """
    from pathlib import Path

    from goodoffices.errors import GoodOfficesError
    from goodoffices.web.server import Plan, run

    try:
        run(Plan(talks=talks, host=host, port=port, data=Path(data or "goodoffices-data"), opens=opens), click.echo)
    except GoodOfficesError as error:
        click.echo(f"goodoffices: {error}", err=True)
        sys.exit(2)
