"""`goodoffices check` and `goodoffices schema`: find the mistakes in a talks file before a record is made of it."""

from __future__ import annotations

import json
from pathlib import Path

import click

from goodoffices.cli.terminal.commands import terminal_command
from goodoffices.cli.terminal.output import save_text, show_text
from goodoffices.errors import ScenarioError, TalksFileError

_SPREADSHEETS = (".xlsx", ".xlsm", ".ods")


@terminal_command()
@click.argument("paths", nargs=-1, required=True, metavar="FILE...")
@click.option("--strict", is_flag=True, help="Treat repairs and assumptions as errors.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
def check(paths: tuple[str, ...], strict: bool, as_json: bool) -> None:
    """Check talks files and print every mistake, with its line and column and with what would be right.

    FILE is a file, a folder with a talks.yaml, the name of a bundled scenario, or a filled-in spreadsheet (see
    goodoffices template). Exit code 0: no mistakes found; 1: something was repaired or assumed; 2: mistakes to fix.
    """
    from goodoffices.formats.talks_file.reader import check_command

    sheets = [path for path in paths if Path(path).suffix.lower() in _SPREADSHEETS]
    if sheets and as_json:
        raise ScenarioError("a spreadsheet is checked without --json; leave it out")
    codes = [_check_sheet(Path(path)) for path in sheets]
    others = [path for path in paths if path not in sheets]
    if others:
        text, code = check_command(others, strict=strict, as_json=as_json)
        show_text(text, is_data=as_json)
        codes.append(code)
    raise SystemExit(max(codes))


def _check_sheet(path: Path) -> int:
    """Print what is wrong with a spreadsheet that begins own talks; return the exit code."""
    from goodoffices.formats.talks_sheets.reader import read_own_talks

    try:
        _, reading = read_own_talks(path)
    except TalksFileError as error:
        show_text(str(error))
        return 2
    show_text(f"{path}: no mistakes found.")
    for note in reading.look_alikes:
        show_text(note.sentence())
    return 0


@terminal_command()
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Write to a file instead.")
def schema(out: Path | None) -> None:
    """Print the JSON Schema of the talks file, so that an editor can complete and check it."""
    from goodoffices.formats.talks_file.schema import schema as talks_schema

    text = json.dumps(talks_schema(), indent=2, ensure_ascii=False)
    if out is None:
        click.echo(text)
    else:
        save_text(text + "\n", out)
