"""`goodoffices check` and `goodoffices schema`: find the mistakes in a talks file before a record is made of it."""

from __future__ import annotations

import json
from pathlib import Path

import click

from goodoffices.cli.terminal.output import save_text


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="FILE...")
@click.option("--strict", is_flag=True, help="Treat repairs and assumptions as errors.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
def check(paths: tuple[str, ...], strict: bool, as_json: bool) -> None:
    """Check talks files and print every mistake, with its line and column and with what would be right.

    FILE is a file, a folder with a talks.yaml, or the name of a bundled scenario. Exit code 0: no mistakes found;
    1: something was repaired or assumed; 2: mistakes to fix.
    """
    from goodoffices.formats.talks_file.reader import check_command

    text, code = check_command(paths, strict=strict, as_json=as_json)
    click.echo(text)
    raise SystemExit(code)


@click.command()
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Write to a file instead.")
def schema(out: Path | None) -> None:
    """Print the JSON Schema of the talks file, so that an editor can complete and check it."""
    from goodoffices.formats.talks_file.schema import schema as talks_schema

    text = json.dumps(talks_schema(), indent=2, ensure_ascii=False)
    if out is None:
        click.echo(text)
    else:
        save_text(text + "\n", out)
