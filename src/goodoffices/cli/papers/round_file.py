"""`goodoffices round-file` and `goodoffices binder`: a round as one PDF, and the same from sealed files alone."""

from __future__ import annotations

from pathlib import Path

import click

from goodoffices.cli.sealed import opened_content
from goodoffices.cli.terminal.commands import terminal_command
from goodoffices.cli.terminal.completion import talks_or_files
from goodoffices.cli.terminal.output import NewFile, save_bytes, show_text
from goodoffices.cli.terminal.progress_line import waiting
from goodoffices.cli.terminal.record_access import LANGUAGE, READER
from goodoffices.cli.terminal.values import FILE_THERE
from goodoffices.cli.terminal.view_access import AS_OF, view_then
from goodoffices.text_tables import counted

_FILE = FILE_THERE
_PDF = click.option("--out", type=NewFile(".pdf"), help="The .pdf file to write.")


@terminal_command("round-file")
@click.argument("talks", metavar="TALKS", shell_complete=talks_or_files)
@READER
@click.option("--round", "round_", help="Only the sessions and minutes of this round, by its name (r1).")
@AS_OF
@LANGUAGE
@click.option("--out", type=NewFile(".pdf"), required=True, help="The .pdf file to write.")
def round_file(talks: str, seat: str | None, round_: str | None, as_of: str | None, language: str, out: Path) -> None:
    """Write everything of a round that a seat has as one PDF, with contents, page numbers and check codes."""
    from goodoffices.reports.rounds.round_file import round_file as made_of

    with view_then(talks, seat, as_of) as view, waiting() as told:
        data = made_of(view, round_=round_, language=language, progress=told)
    save_bytes(data, out)


@terminal_command()
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=_FILE)
@click.option("--keys", required=True, type=_FILE, help="The delegation's private keys.")
@click.option("--record", required=True, nargs=3, help="Record, kind and public key, as `sealed out` printed them.")
@LANGUAGE
@_PDF
def binder(files: tuple[Path, ...], keys: Path, record: tuple[str, str, str], language: str, out: Path | None) -> None:
    """Read sealed files on the delegation's own machine, without a server: check them, and print what is in them.

    Give all files that were sent, in any order. A file that is missing between two is named. With --out everything is
    written as one PDF, with contents and page numbers.
    """
    from goodoffices.reports.binder import sealed_view
    from goodoffices.reports.brief.sources import notice_text
    from goodoffices.reports.rounds.round_file import round_file as made_of

    view = sealed_view([opened_content(file, keys, record) for file in files])
    if out is not None:
        with waiting() as told:
            data = made_of(view, language=language, progress=told)
        save_bytes(data, out)
        return
    notices = counted(len(view.notices), "notice")
    show_text(f"{view.known.header.title} – {view.name(view.seat, language)}, {notices}, all in order.")
    for notice in view.notices:
        show_text(f"{notice.n:>5}  {view.time(notice.at)}  {notice_text(view, notice)}")
    for item in view.known.items.values():
        for body in item.words:
            text = view.text(body)
            show_text(f"\n{item.handle}:\n{'(The words were destroyed.)' if text is None else text}")
