"""`goodoffices template`: the empty spreadsheet to fill in."""

from __future__ import annotations

from pathlib import Path

import click

from goodoffices.cli.terminal.commands import terminal_command
from goodoffices.cli.terminal.output import NewFile, save_bytes, show_text
from goodoffices.errors import StorageError


@terminal_command()
@click.argument("file", default="talks.xlsx", metavar="[FILE.xlsx]", type=NewFile(".xlsx"))
@click.option("--force", is_flag=True, help="Replace a file that is there.")
def template(file: Path, *, force: bool) -> None:
    """Write the spreadsheet to fill in when you begin your own talks.

    It has a sheet each for actors, seats, issues, positions, sources and commitments, with an example on every sheet.
    Excel and LibreOffice open it. Then begin with: goodoffices new --from FILE.xlsx
    """
    from goodoffices.formats.talks_sheets.template import template as made

    if file.exists() and not force:
        raise StorageError(f"{file} is there already and was not changed; choose another name, or give --force")
    save_bytes(made(), file)
    show_text("Fill in Start, Actors and Seats; the other sheets may stay empty.")
    show_text(f"Then begin: goodoffices new --from {file}")
