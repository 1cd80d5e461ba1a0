"""`goodoffices text pax`: texts as rows like those of PA-X, and rows of PA-X beside what the record shows."""

from __future__ import annotations

from pathlib import Path

import click

from goodoffices.cli.terminal.commands import refuse_idle, terminal_command
from goodoffices.cli.terminal.completion import talks_or_files
from goodoffices.cli.terminal.input import bytes_in
from goodoffices.cli.terminal.output import NewFile, save_text, show_text
from goodoffices.cli.terminal.record_access import READER
from goodoffices.cli.terminal.values import FILE_THERE
from goodoffices.cli.terminal.view_access import view_of
from goodoffices.errors import ScenarioError
from goodoffices.reports.texts.finding_sentences import finding_in_english, title_in_english
from goodoffices.reports.texts.pa_x_export import pax_file
from goodoffices.reports.texts.pa_x_import import DatasetRow, DatasetTable, fragment, rows_of
from goodoffices.talks.state.view import View
from goodoffices.talks.texts.agreement_status import families


@terminal_command()
@click.argument("talks", metavar="TALKS", shell_complete=talks_or_files)
@READER
@click.option(
    "--out",
    "--to",
    "path",
    type=NewFile(".csv", ".yaml", ".yml"),
    help="The file to write: .csv, or .yaml with --rows.",
)
@click.option("--rows", "table", type=FILE_THERE, help="A table of PA-X to read.")
@click.option("--is", "same", multiple=True, metavar="ROW=TEXT", help="The text that a row is about, by its name here.")
def pax(talks: str, seat: str | None, path: Path | None, table: Path | None, same: tuple[str, ...]) -> None:
    """Write the seat's texts as a table like that of PA-X; or, with --rows, read rows of PA-X.

    Rows are printed beside what the record shows of the same text. With --out they are also written as a file that a
    talks file can include: each row becomes a text that only the dataset knows of. Rows of other texts are left out;
    name their text with --is.
    """
    if table is None:
        refuse_idle("--rows", "same")
    with view_of(talks, seat) as view:
        if table is None:
            made = pax_file(view).decode()
            return click.echo(made, nl=False) if path is None else save_text(made, path)
        found = rows_of(view, bytes_in(table), name=table.name, same=dict(map(_pair, same)))
        ours = [row for row in found.rows if row.of]
        for row in ours:
            show_text("\n".join(_beside(view, row)))
        if not found.rows:
            raise ScenarioError(f"{table.name} has no row of PA-X; such rows have a number as AgtId, for example 2092")
        show_text("\n".join(_left_out(found)), err=True)
        if path is not None:
            save_text(fragment(view, ours), path)
    return None


def _pair(given: str) -> tuple[str, str]:
    row, equals, text = given.partition("=")
    if not equals:
        raise ScenarioError(f"{given[:40]!r} is not ROW=TEXT; write, for example, 2092=joint-statement-2017-01-24")
    return row.strip(), text.strip()


def _left_out(found: DatasetTable) -> list[str]:
    """Return what was not read, and the rows that belong to no text of these talks, by their numbers."""
    others = [row for row in found.rows if not row.of]
    lines = [f"Rows read: {len(found.rows)}, of texts of these talks: {len(found.rows) - len(others)}."]
    if others:
        lines.append(
            f"{len(others)} row(s) belong to no text of these talks. Name the text with --is, for example "
            f"--is {others[0].id}=tx1. They are:"
        )
        lines += [f"  {row.id}  {row.title}" for row in others]
    if found.unread:
        lines.append(f"Not read, or read in one of two ways ({len(found.unread)}):")
        lines += [f"  {line}" for line in found.unread]
    return lines


def _beside(view: View, row: DatasetRow) -> list[str]:
    """Return a row and its text as lines; what the dataset says and what the record shows stay apart."""
    family = next(family for family in families(view) if family.slug == row.of)
    day = "" if row.dated is None else f", {row.dated}"
    lines = [f"{row.id}  {row.title}{day}", f"  PA-X says: “{row.status}”."]
    lines += [f"    {claim.actor}: {claim.said.value}" for claim, _ in row.named]
    lines.append(f"  In this record: {family.slug}. {title_in_english(view, family)}".rstrip())
    return [*lines, *(f"    {sentence}" for sentence in finding_in_english(view, family))]
