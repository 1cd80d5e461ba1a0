"""The command line: read, call one function, print."""

from __future__ import annotations

import click

from goodoffices import __version__
from goodoffices.web.serving import serve

__all__ = ["main"]


@click.group()
@click.version_option(__version__)
def main() -> None:
    """Good Offices: the secretariat's desk for mediated talks."""


main.add_command(serve)
