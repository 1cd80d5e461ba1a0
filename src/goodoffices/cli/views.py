"""`goodoffices view …`: show one seat's notices, export them, and sign or check a receipt for them."""

from __future__ import annotations

import re
from pathlib import Path

import click

from goodoffices.cli.terminal.commands import terminal_group
from goodoffices.cli.terminal.input import bytes_in, json_in
from goodoffices.cli.terminal.output import NewFile, end_as_not_holding, save_bytes, save_text, show_text
from goodoffices.cli.terminal.record_access import LANGUAGE, READER, RECORD, SEAT, looked_at, now, opened, seat_of
from goodoffices.cli.terminal.values import FILE_THERE
from goodoffices.cli.terminal.view_access import AS_OF, TALKS, notices_by, view_then
from goodoffices.errors import ScenarioError, StorageError, quoted
from goodoffices.reports.receipts import receipt_of, slice_lines, verify_receipt
from goodoffices.talks.exchange.receipts import ExportView, IssueReceipt
from goodoffices.talks.state.command_context import CommandRequest
from goodoffices.talks.state.view import View
from goodoffices.text_tables import counted

_KEY = re.compile(r"[0-9a-fA-F]{64}")


@terminal_group()
def view() -> None:
    """Show one seat's view, export it, and prove what is in it."""


@view.command()
@RECORD
@SEAT
@click.option("--as-of", help="As it was then: after the notice of this number, or on a day or at a time.")
@click.option("--json", "as_json", is_flag=True, help="Print the notices as JSON, one a line.")
def show(file: str, seat: str, as_of: str | None, as_json: bool) -> None:
    """Print the seat's notices in order."""
    with looked_at(file) as room:
        name = seat_of(room, seat)
        seen = room.view(name)
        if as_of is not None:
            seen = room.view_at(name, int(as_of) if as_of.isdecimal() else notices_by(seen, as_of))
        show_text(_json(seen) if as_json else _text(seen), is_data=as_json)


def _json(seen: View) -> str:
    return "\n".join(line.decode() for line in slice_lines(seen)) or "(no notices)"


def _text(seen: View) -> str:
    header = seen.known.header
    lines = [
        f"{header.title or 'No talks'} – {header.kind.value} – {seen.seat}, {counted(len(seen.notices), 'notice')}"
    ]
    lines += [f"! {slug} sees everything" for slug in seen.all_seeing]
    for notice in seen.notices:
        lines.append(
            f"{notice.n:>5}  {seen.time(notice.at)}  {notice.kind}  {seen.name(notice.by) if notice.by else '–'}"
        )
    return "\n".join(lines)


@view.command("talks-file")
@RECORD
@SEAT
@click.option(
    "--out", "--to", "path", required=True, type=click.Path(path_type=Path), help="The file to write, such as t.yaml."
)
@click.option("--force", is_flag=True, help="Replace a file that is there.")
def talks_file(file: str, seat: str, path: Path, *, force: bool) -> None:
    """Write what the seat knows as a talks file.

    It reads back to the same view: with `goodoffices check`, `brief`, `settle`, or as the beginning of a new record.
    What a talks file cannot say is named, such as papers and versions of texts.
    """
    from goodoffices.reports.talks_file import talks_file_of_view

    if path.exists() and not force:
        raise StorageError(f"{path} is there already and was not changed; choose another name, or give --force")
    with looked_at(file) as room:
        made = talks_file_of_view(room.view(seat_of(room, seat)))
    save_text(made.text, path)
    show_text(f"What {seat} knows is in {path}, and nothing else.")
    if made.left_out:
        show_text("A talks file cannot say this, so it is not in it:")
    for line in made.left_out:
        show_text(f"  {line}")


@view.command()
@RECORD
@SEAT
@click.option(
    "--out",
    "--to",
    "folder",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder to write to.",
)
@click.option("--format", "form", type=click.Choice(["md", "html", "json"]), default="md", show_default=True)
def export(file: str, seat: str, folder: Path, form: str) -> None:
    """Write the seat's view as files: the brief, the notices, and the receipt that covers them."""
    from goodoffices.reports.brief.build import brief_of
    from goodoffices.reports.brief.render import export_files

    with opened(file) as room:
        seen = room.view(seat_of(room, seat))
        files = export_files(brief_of(seen), seen, form)
        made = receipt_of(seen, room.record_id, room.kind, room.public_key, room.sign)
        files[f"receipt-n{made.n}.json"] = made.to_json().encode() + b"\n"
        for name, content in files.items():
            save_bytes(content, folder / name)
        room.submit(CommandRequest(seat=seat, command=ExportView(what=form, digest=made.head)), at=now())


@view.command()
@RECORD
@SEAT
def receipt(file: str, seat: str) -> None:
    """Print a signed receipt for the seat's notices so far. Checking it needs no other seat's notices.

    Later notices do not spoil it: it still covers the first ones that `view show FILE --seat SEAT --json` prints.
    """
    with opened(file) as room:
        made = receipt_of(room.view(seat_of(room, seat)), room.record_id, room.kind, room.public_key, room.sign)
        room.submit(CommandRequest(seat=seat, command=IssueReceipt()), at=now())
    click.echo(made.to_json())


@view.command()
@click.argument("slice_file", type=FILE_THERE)
@click.argument("receipt_file", type=FILE_THERE)
@click.option("--key", "public_key", required=True, help="The record's public key, as printed on earlier receipts.")
def check(slice_file: Path, receipt_file: Path, public_key: str) -> None:
    """Check offline that a receipt covers a seat's notices, or the first of them; needs only the public key.

    Exit code 0 if it does, 1 if it does not, 2 if that cannot be checked.
    """
    if not _KEY.fullmatch(public_key):
        raise ScenarioError(
            f"{quoted(public_key)} is not a public key; a public key has 64 characters, 0 to 9 and a to f"
        )
    key = bytes.fromhex(public_key)
    lines = [line for line in bytes_in(slice_file).split(b"\n") if line]
    claimed = json_in(receipt_file, "the receipt that `view receipt` printed")
    covered = claimed.get("n") if isinstance(claimed, dict) else None
    if not isinstance(covered, int) or isinstance(covered, bool):
        raise ScenarioError(f"{receipt_file} is not a receipt; give what `view receipt` printed")
    if not verify_receipt(claimed, lines[: max(covered, 0)], key):
        end_as_not_holding(
            "the receipt does not cover these notices: one of the two files was changed, or they or the key belong to "
            "different records; ask for the receipt again"
        )
    later = f"; {len(lines) - covered} after them are not covered" if len(lines) > covered else ""
    show_text(f"The receipt covers these {covered} notices of {claimed['seat']}{later}.")


@view.command()
@TALKS
@READER
@AS_OF
@click.option("--out", required=True, type=NewFile(".ics"), help="The .ics file to write.")
@LANGUAGE
def calendar(talks: str, seat: str | None, as_of: str | None, out: Path, language: str) -> None:
    """Write the seat's calendar: sessions, rounds, silences and due dates. A later one moves entries, never doubles."""
    from goodoffices.reports.lists.calendar import calendar_file

    with view_then(talks, seat, as_of) as seen:
        save_bytes(calendar_file(seen, language), out)


@view.command()
@TALKS
@READER
@click.option(
    "--list", "names", multiple=True, help="One list: actors, positions, commitments, stances, attendance, journal."
)
@AS_OF
@click.option("--out", required=True, type=NewFile(".xlsx"), help="The .xlsx file to write.")
@LANGUAGE
def lists(talks: str, seat: str | None, names: tuple[str, ...], as_of: str | None, out: Path, language: str) -> None:
    """Write the seat's lists as a spreadsheet: actors, positions, commitments, stances, attendance, journal."""
    from goodoffices.reports.lists.workbook import lists_file

    with view_then(talks, seat, as_of) as seen:
        save_bytes(lists_file(seen, names, language), out)
