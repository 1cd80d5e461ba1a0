"""`goodoffices text propose`: list what a delegation's file would change in a version, and file what it confirms."""

from __future__ import annotations

from pathlib import Path

import click

from goodoffices.cli.terminal.commands import terminal_command
from goodoffices.cli.terminal.input import bytes_in
from goodoffices.cli.terminal.output import show_text
from goodoffices.cli.terminal.record_access import RECORD, SEAT, now, opened
from goodoffices.cli.terminal.send import submit
from goodoffices.cli.terminal.values import FILE_THERE
from goodoffices.cli.terminal.view_access import view_of
from goodoffices.errors import RefusedError, ScenarioError
from goodoffices.reports.texts.file_changes import (
    FileChange,
    FileChanges,
    as_command,
    before_and_after,
    filed_as,
    unmarked_notes,
)
from goodoffices.reports.texts.sheets import paper_held, version_of
from goodoffices.reports.texts.tracked_changes import changes_in
from goodoffices.talks.documents.diff import Change
from goodoffices.talks.documents.document import Paper
from goodoffices.talks.state.command_context import CommandRequest
from goodoffices.talks.state.known_texts import KnownVersion


@terminal_command()
@RECORD
@click.argument("version")
@click.argument("changed", metavar="FILE", type=FILE_THERE)
@SEAT
@click.option("--language", help="The language of the text, if the file does not say.")
@click.option("--take", default="", help="The numbers of the changes that are confirmed, with commas. By default none.")
@click.option("--show", default="", help="Seats that may learn that the wording is yours, with commas, or * for all.")
@click.option(
    "--table", is_flag=True, help="Show them to all who have the version. Only while the pen is open to the seat."
)
def propose(  # noqa: PLR0913 - one argument for each option of the command line
    file: str, version: str, changed: Path, seat: str, language: str | None, take: str, show: str, *, table: bool
) -> None:
    """List with numbers what a FILE (.docx, .odt) would change in VERSION (v2); file those of --take.

    Without --take nothing is recorded. With it, each change becomes a proposal of the seat: all of them, or none if one
    is refused. Names of authors are printed here and are not recorded.
    """
    with view_of(file, seat) as view:
        held = version_of(view, version)
        found = changes_in(view, version, bytes_in(changed), name=changed.name, language=language)
        paper = paper_held(view, held, found.language)
        names = tuple(name.strip() for name in show.split(",") if name.strip())
        chosen = _chosen(take, found.changes)
        what = {k: as_command(version, one, language=found.language, show=names, table=table) for k, one in chosen}
        filed = {k: handle for k, command in what.items() if (handle := filed_as(view, command))}
    if found.made_from:
        show_text(_from_another(found.made_from, version), err=True)
    if not chosen:
        for place, change in enumerate(found.changes, start=1):
            show_text(f"{place}. {_said(held, paper, change)}")
        for note in found.notes:
            show_text(note, err=True)
        return show_text(_nothing_filed(found))
    for number, handle in filed.items():
        show_text(f"Change {number} is on the record already, as {handle}. It was not filed again.", err=True)
    for note in (note for k, one in chosen if k not in filed for note in unmarked_notes(paper, one)):
        show_text(note, err=True)
    asks = [CommandRequest(seat=seat, command=command) for k, command in what.items() if k not in filed]
    return _file(file, asks) if asks else show_text("Nothing was filed.")


def _from_another(made_from: str, version: str) -> str:
    return (
        f"Warning: the file has the check code of {made_from}, not of {version}. What differs between the two is "
        "listed as changes that nobody marked. Take none of those, or propose the file to the version that it was made "
        "from."
    )


def _nothing_filed(found: FileChanges) -> str:
    if found.changes:
        return "Nothing was filed. Confirm changes with --take, for example --take 1."
    if not found.n_marks:
        return "The file has the same text as this version, no tracked changes and no remarks."
    return (
        f"Nothing in the file can be shown as a change of this version. Its tracked marks: {found.n_marks}. "
        "The notes say what they are."
    )


def _chosen(take: str, changes: tuple[FileChange, ...]) -> list[tuple[int, FileChange]]:
    """Return the changes that are taken, each once, with their numbers."""
    made: dict[int, FileChange] = {}
    for number in (part.strip() for part in take.split(",") if part.strip()):
        if not number.isascii() or not number.isdigit() or not 1 <= int(number) <= len(changes):
            raise ScenarioError(f"there is no change {number[:20]!r}; the file has {len(changes)}, numbered from 1")
        made[int(number)] = changes[int(number) - 1]
    return list(made.items())


def _said(held: KnownVersion, paper: Paper, change: FileChange) -> str:
    numbers = dict(zip(held.clauses, held.numbers, strict=True))
    here = numbers.get(change.clause, "")
    who = f"by {change.author}" if change.author else "not marked in the file"
    if change.change is None:
        on = f" (on: {change.on})" if change.on else ""
        thread = "".join(f", {word}" for word in change.thread.split())
        if change.number:
            here = f"{change.number} of the file, which this version does not have (shown with clause {here})"
        return f"Remark on clause {here}, {who}{thread}{on}\n   {change.words}"
    before, after, _ = before_and_after(paper, change)
    lines = (f"   {mark} {words}" for mark, words in (("-", before), ("+", after)) if words)
    if change.of_title:
        what = "Title changed"
    elif change.change is Change.ADDED:
        what = f"Clause {change.number} added {'before' if change.first else 'after'} clause {here}"
    else:
        what = f"Clause {here} {change.change.value}"
    return "\n".join([f"{what}, {who}", *lines])


def _file(file: str, asks: list[CommandRequest]) -> None:
    """Submit all commands, or none if one of them is refused."""
    with opened(file) as room:
        for request in asks:
            refusal = room.would_refuse(request, at=now())
            if refusal is not None:
                raise RefusedError(refusal.code, f"{room.view(request.seat).sentence(refusal)} Nothing was filed.")
        for request in asks:
            show_text(submit(room, request).sentence())
