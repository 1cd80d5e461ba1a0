"""`goodoffices import`: read the spreadsheet of own talks into a record that has begun."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from goodoffices.cli.own_talks.new_talks import is_terminal
from goodoffices.cli.terminal.commands import terminal_command
from goodoffices.cli.terminal.output import show_text
from goodoffices.cli.terminal.record_access import RECORD, looked_at, opened, seat_of
from goodoffices.cli.terminal.second_person import confirmed_second
from goodoffices.cli.terminal.send import submit
from goodoffices.errors import RefusedError
from goodoffices.from_talks import chosen_seat
from goodoffices.service.open_record import OpenRecord
from goodoffices.talks.state.command_context import CommandRequest
from goodoffices.text_tables import counted

if TYPE_CHECKING:
    from goodoffices.reports.sheet_changes import SheetChanges

_MOST_SHOWN = 40


@terminal_command("import")
@RECORD
@click.argument("sheet", metavar="FILE.xlsx", type=click.Path(path_type=Path))
@click.option("--seat", help="The seat that enters it. [default: the secretariat]")
@click.option("--dry-run", is_flag=True, help="Show what would change, and change nothing.")
@click.option("--take", is_flag=True, help="Take all changes without asking.")
@click.option("--person", help="Who enters it.")
@click.option("--second", help="A second person who confirms new seats.")
def import_sheet(  # noqa: PLR0913 - one argument for each option of the command line
    file: str, sheet: Path, seat: str | None, person: str | None, second: str | None, *, dry_run: bool, take: bool
) -> None:
    """Read a spreadsheet (see goodoffices template) into the record FILE.

    What would change is shown first. The same spreadsheet a second time changes nothing. What is no longer in it stays
    in the record, and is listed.
    """
    from goodoffices.formats.talks_sheets.entities import talks_file_of
    from goodoffices.formats.talks_sheets.reader import read_own_talks
    from goodoffices.reports.sheet_changes import SheetChange, held_names, request_key, sheet_changes

    def compared(room: OpenRecord) -> tuple[str, SheetChanges]:
        view = room.view(_seat(room, seat))
        talks, _ = read_own_talks(sheet)
        return view.seat, sheet_changes(talks_file_of(talks, held_names(view.known)), view)

    with looked_at(file) as room:
        _, found = compared(room)
    _show(found)
    if dry_run or not found.changes or not (take or _is_taken(len(found.changes))):
        return
    with opened(file) as room:
        entering, found = compared(room)
        confirmed = confirmed_second(file, room, entering, person, second)
        n_done, waiting = 0, list[tuple[SheetChange, str]]()
        for change in found.changes:
            try:
                command = change.make(room.view(entering).known)
                request = CommandRequest(seat=entering, command=command, person=person, second=confirmed)
                submit(room, request, key=request_key(command))
                n_done += 1
            except RefusedError as error:
                waiting.append((change, str(error)))
    show_text(f"Taken: {n_done} of {counted(len(found.changes), 'change')}.")
    for change, why in waiting:
        show_text(f"  not taken: {change.what}. {why}")


def _seat(room: OpenRecord, seat: str | None) -> str:
    roles = room.roles()
    if seat is not None:
        return seat_of(room, seat)
    return next((slug for slug, held in roles.items() if "secretariat" in held), None) or chosen_seat(None, roles)


def _show(found: SheetChanges) -> None:
    if not found.changes:
        show_text("Nothing is new. Nothing was changed.")
    else:
        n_changed = len(found.changes) - found.n_new
        show_text(f"{found.n_new} new, {n_changed} changed, {len(found.gone)} no longer there.")
    _listed("Would be entered or changed:", [str(change.what) for change in found.changes])
    _listed("Stays as it is:", [str(line) for line in found.cannot])
    _listed("In the record and not in the spreadsheet; it stays:", [str(line) for line in found.gone])


def _listed(heading: str, lines: list[str]) -> None:
    if lines:
        show_text(heading)
        for line in lines[:_MOST_SHOWN]:
            show_text(f"  {line}")
        if len(lines) > _MOST_SHOWN:
            show_text(f"  … and {len(lines) - _MOST_SHOWN} more")


def _is_taken(n: int) -> bool:
    """Ask whether to take the changes; without a terminal nothing is taken."""
    if not is_terminal():
        show_text("Nothing was changed. To take these changes, give --take.")
        return False
    return click.confirm("Take this change?" if n == 1 else f"Take these {n} changes?", default=False)
