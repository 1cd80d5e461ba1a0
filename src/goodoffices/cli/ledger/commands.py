"""`goodoffices ledger …`: bring files of field offices into a ledger of a record, and write the form that they fill."""

from __future__ import annotations

import secrets
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from goodoffices.cli.terminal.commands import refuse_idle, terminal_group
from goodoffices.cli.terminal.output import NewFile, save_bytes, show_text
from goodoffices.cli.terminal.progress_line import say, waiting
from goodoffices.cli.terminal.record_access import LANGUAGE, RECORD, SEAT, looked_at, now, opened, seat_of
from goodoffices.cli.terminal.values import FILE_THERE
from goodoffices.cli.terminal.view_access import TALKS, view_of
from goodoffices.errors import DatasetError, RefusedError
from goodoffices.garbage_collection import paused_collector
from goodoffices.progress import is_stopped
from goodoffices.talks.base.refusals import Refusal
from goodoffices.talks.model.masks import HIDEABLE, PLACE_LEVELS, TIME_LEVELS, Mask
from goodoffices.talks.state.command_context import CommandRequest

if TYPE_CHECKING:
    from collections.abc import Iterable

    from goodoffices.formats.allegation_tables.reader import AllegationTable
    from goodoffices.formats.input.files import RawFile
    from goodoffices.progress import Progress
    from goodoffices.reports.ceasefire.imports import ImportPlan
    from goodoffices.service.open_record import OpenRecord
    from goodoffices.talks.ceasefire.imports import ImportAllegations
    from goodoffices.talks.state.view import View

_FILE = FILE_THERE
_MOST_SHOWN = 40


@terminal_group()
def ledger() -> None:
    """Bring files of field offices into a ledger, and write the form that they fill."""


@ledger.command("import")
@RECORD
@click.argument("source", metavar="FILE", type=_FILE)
@SEAT
@click.option("--ledger", "name", help="The ledger, by its handle or short name. By default the only one of the seat.")
@click.option("--mapping", type=_FILE, help="Which column is which; see --suggest.")
@click.option("--repeats", type=_FILE, help="The file of a repeated group: each of its rows is an allegation.")
@click.option(
    "--boundaries",
    type=_FILE,
    help="Outlines of areas with p-codes (COD-AB, GeoJSON): they place points without an area.",
)
@click.option("--suggest", is_flag=True, help="Print a first mapping for FILE, to be corrected by hand.")
@click.option("--dry-run", is_flag=True, help="Show what would be filed, and file nothing.")
@click.option(
    "--mask-place",
    type=click.Choice(PLACE_LEVELS),
    default="exact",
    show_default=True,
    help="How fine the place of these rows may be outside the ledger.",
)
@click.option(
    "--mask-time",
    type=click.Choice(TIME_LEVELS),
    default="hour",
    show_default=True,
    help="How fine their time may be outside the ledger.",
)
@click.option("--hide", multiple=True, type=click.Choice(HIDEABLE[1:]), help="What of them is not shown outside.")
@LANGUAGE
def import_(  # noqa: PLR0913 - one argument for each option of the command line
    file: str, source: Path, seat: str, name: str | None, mapping: Path | None, repeats: Path | None, language: str,
    mask_place: str, mask_time: str, hide: tuple[str, ...], boundaries: Path | None, *, suggest: bool, dry_run: bool,
) -> None:  # fmt: skip
    """File the rows of FILE as allegations in a ledger that the seat keeps.

    FILE is a spreadsheet, a table, an export of KoboToolbox, ODK Central or Ushahidi, or lines read over the radio. The
    same file again files nothing; a row that changed takes the place of the earlier one. If any row is refused, nothing
    is filed and all that is wrong is listed.
    """
    from goodoffices.reports.ceasefire.imports import import_commands, plan_sentences

    if suggest:
        refuse_idle(
            "an import; --suggest only prints a mapping",
            "name",
            "mapping",
            "repeats",
            "boundaries",
            "dry_run",
            "language",
        )
        show_text(_suggestion(source), is_data=True)
        return
    with looked_at(file) as room, paused_collector():
        view = room.view(seat_of(room, seat))
        table = _read(view, source, name, mapping, repeats, boundaries)
        plan, n_acts = _planned(view, table, name), room.n_acts
    if dry_run or not plan.n_filed:
        show_text("\n".join(plan_sentences(plan, is_done=not plan.n_filed)))
        return
    with opened(file) as room, waiting() as told, paused_collector():
        # The file is read once; what is new of it is looked up again, where nobody else writes.
        if room.n_acts != n_acts:
            plan = _planned(room.view(seat_of(room, seat)), table, name)
        mask = Mask(place=mask_place, time=mask_time, hides=hide)
        n_filed = _filed(room, seat_of(room, seat), plan, import_commands(plan, language=language, mask=mask), told)
    if n_filed < plan.n_filed:
        say(f"Stopped. Rows filed: {n_filed:,} of {plan.n_filed:,}. Import the file again for the rest.", told)
        return
    say("\n".join(plan_sentences(plan, is_done=True)), told)


def _filed(room: OpenRecord, seat: str, plan: ImportPlan, commands: Iterable[ImportAllegations], told: Progress) -> int:
    """File what is new and what changed; return how many rows were filed before the work was stopped."""
    n_filed = 0
    for command in commands:
        if is_stopped(told):
            break
        outcome = room.submit(CommandRequest(seat=seat, command=command), at=now())
        if isinstance(outcome, Refusal):
            raise RefusedError(outcome.code, room.view(seat).sentence(outcome))
        n_filed += len(command.rows)
        told(f"filing rows of {plan.file}", n_filed / plan.n_filed)
    return n_filed


def _read(
    view: View, source: Path, name: str | None, mapping: Path | None, repeats: Path | None, boundaries: Path | None
) -> AllegationTable:
    """Read a file for a ledger. What of the file is refused ends the command."""
    from goodoffices.reports.ceasefire.imports import kept_ledger

    table = _table(view, source, kept_ledger(view, name).ledger.slug, mapping, repeats)
    if table.refusals:
        shown = [entry.sentence() for entry in table.refusals[:_MOST_SHOWN]]
        more = len(table.refusals) - len(shown)
        shown += [f"and {more:,} more"] if more else []
        listed = "\n".join(f"  {line}" for line in shown)
        raise DatasetError(f"Refused rows of {table.file}: {len(table.refusals):,}; nothing was filed.\n{listed}")
    if boundaries is not None:
        from goodoffices.formats.allegation_tables.boundaries import placed, read_boundaries
        from goodoffices.reports.ceasefire.imports import names_in

        table = placed(table, read_boundaries(_raw(boundaries)), names_in(view, now()).areas)
    for note in table.notes:
        show_text(f"Note: {table.file}: {note}.", err=True)
    return table


def _planned(view: View, table: AllegationTable, name: str | None) -> ImportPlan:
    """Compare the rows of a file with a ledger."""
    from goodoffices.reports.ceasefire.imports import import_plan, kept_ledger

    return import_plan(view, kept_ledger(view, name), table, secrets.token_hex(32))


def _table(view: View, source: Path, slug: str, mapping: Path | None, repeats: Path | None) -> AllegationTable:
    from goodoffices.formats.allegation_tables.fields import CONSTANTS, FIELDS
    from goodoffices.formats.allegation_tables.radio_lines import is_radio_lines, read_lines
    from goodoffices.formats.allegation_tables.reader import read_allegations
    from goodoffices.formats.allegation_tables.source import source_of
    from goodoffices.formats.event_tables.column_mappings import read_mapping
    from goodoffices.reports.ceasefire.imports import names_in

    raw = _raw(source)
    names = names_in(view, now())
    if is_radio_lines(raw):
        return read_lines(raw, (slug,), names)
    known = None if mapping is None else read_mapping(mapping, fields=tuple(FIELDS), constants=CONSTANTS)
    return read_allegations(source_of(raw, known, None if repeats is None else _raw(repeats)), names)


def _raw(path: Path) -> RawFile:
    from goodoffices.formats.input.diagnostics import Entry
    from goodoffices.formats.input.files import read_named
    from goodoffices.formats.input.limits import LIMITS

    raw = read_named(path, limits=replace(LIMITS, file_bytes=256 * 2**20))
    if isinstance(raw, Entry):
        raise DatasetError(raw.sentence())
    return replace(raw, name=path.name)


def _suggestion(source: Path) -> str:
    from goodoffices.formats.allegation_tables.fields import FIELDS
    from goodoffices.formats.allegation_tables.source import columns_of
    from goodoffices.formats.event_tables.column_mappings import suggested_mapping, suggested_text

    raw, encoding = suggested_text(_raw(source))
    return suggested_mapping(columns_of(raw), FIELDS, encoding)


@ledger.command()
@TALKS
@click.option("--seat", help="The seat whose areas and actors are in it. By default the analyst's.")
@click.option("--out", type=NewFile(".xlsx"), required=True, help="The file to write, .xlsx.")
def form(talks: str, seat: str | None, out: Path) -> None:
    """Write a form (XLSForm) that KoboToolbox and ODK can load, with the areas and actors of TALKS.

    What people fill in comes back with `goodoffices ledger import`, as the program exports it.
    """
    from goodoffices.reports.ceasefire.forms import ledger_form

    with view_of(talks, seat) as view:
        save_bytes(ledger_form(view), out)
    show_text(f"Wrote {out}. Load it in KoboToolbox or ODK Central as a form.")


@ledger.command()
@click.argument("source", metavar="FILE", type=_FILE)
def areas(source: Path) -> None:
    """Print the areas of FILE as a talks file names them. FILE has boundaries with p-codes (COD-AB) in GeoJSON."""
    from goodoffices.formats.allegation_tables.boundaries import areas_text, read_boundaries

    show_text(areas_text(read_boundaries(_raw(source))), is_data=True)


@ledger.command()
@click.argument("words", metavar="LINE")
def line(words: str) -> None:
    """Print LINE, an allegation to be read over the radio, with the code at its end.

    Its fields are: GO1, ledger, number, time, p and how exactly the day is known, "place", coordinates, r and metres,
    kind, K killed, I injured, BY who, AT whom, grade. A question mark is not stated.
    """
    from goodoffices.formats.allegation_tables.radio_lines import with_code

    show_text(with_code(words), is_data=True)
