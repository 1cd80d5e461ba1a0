"""`goodoffices round-file` and `goodoffices binder`: a round as one PDF, and the same from sealed files alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from goodoffices.cli.sealed import opened_content
from goodoffices.cli.terminal.commands import terminal_command
from goodoffices.cli.terminal.completion import talks_or_files
from goodoffices.cli.terminal.output import NewFile, save_bytes, show_text
from goodoffices.cli.terminal.progress_line import waiting
from goodoffices.cli.terminal.record_access import LANGUAGE, READER
from goodoffices.cli.terminal.values import FILE_THERE
from goodoffices.cli.terminal.view_access import AS_OF, moment_in, view_then
from goodoffices.talks.state.view import View
from goodoffices.text_tables import counted

_FILE = FILE_THERE
_ENDINGS = NewFile(".pdf", ".html")


@terminal_command("round-file")
@click.argument("talks", metavar="TALKS", shell_complete=talks_or_files)
@READER
@click.option("--round", "round_", help="Only the sessions and minutes of this round, by its name (r1).")
@AS_OF
@LANGUAGE
@click.option("--out", type=_ENDINGS, required=True, help="The .pdf or .html file to write.")
def round_file(talks: str, seat: str | None, round_: str | None, as_of: str | None, language: str, out: Path) -> None:
    """Write everything of a round that a seat has as one PDF, with contents, page numbers and check codes.

    A name that ends in .html makes one page instead, which any browser reads without a connection.
    """
    from goodoffices.reports.brief.build import last_moment

    with view_then(talks, seat, as_of) as view:
        until = last_moment(view) if as_of == "end" else moment_in(view, as_of)
        _save(view, out, round_=round_, until=until, language=language)


@terminal_command()
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=_FILE)
@click.option("--keys", required=True, type=_FILE, help="The delegation's private keys.")
@click.option("--record", required=True, nargs=3, help="Record, kind and public key, as `sealed out` printed them.")
@LANGUAGE
@click.option("--out", type=_ENDINGS, help="The .pdf or .html file to write.")
def binder(files: tuple[Path, ...], keys: Path, record: tuple[str, str, str], language: str, out: Path | None) -> None:
    """Read sealed files on the delegation's own machine, without a server: check them, and print what is in them.

    Give all files that were sent, in any order. A file that is missing between two is named. With --out everything is
    written as one file: a PDF with contents and page numbers, or one .html page that any browser reads without a
    connection. What the last file brought stands first.
    """
    from goodoffices.reports.binder import sealed_view
    from goodoffices.reports.lists.notices import notice_said
    from goodoffices.reports.papers.localization import Wording
    from goodoffices.reports.papers.refusals import refusal_text
    from goodoffices.reports.rounds.sentences import SENTENCES
    from goodoffices.talks.seats.sealed_outcomes import answered_files

    contents = [opened_content(file, keys, record) for file in files]
    view = sealed_view(contents)
    if out is not None:
        last = max(int(content["after"]) for content in contents)
        _save(view, out, since=last or None, language=language)
        return
    notices = counted(len(view.notices), "notice")
    show_text(f"{view.known.header.title} – {view.name(view.seat, language)}, {notices}, all in order.")
    w = Wording(view, language)
    for notice in view.notices:
        show_text(f"{notice.n:>5}  {view.time(notice.at)}  {notice_said(w, notice)}")
    for answered in answered_files(view):
        show_text(f"\n{w.plain(SENTENCES['answers'])} ({view.time(answered.at)}):")
        for one in answered.outcomes:
            said = w.plain(SENTENCES["taken"], n=one.notice)
            if one.refusal is not None:
                said = w.plain(SENTENCES["not-taken"], why=refusal_text(w, one.refusal))
            show_text(f"{one.key} {one.command}: {said}")
    for item in view.known.items.values():
        for body in item.words:
            text = view.text(body)
            show_text(f"\n{item.handle}:\n{'(The words were destroyed.)' if text is None else text}")


def _save(view: View, out: Path, **more: Any) -> None:
    """Write a round as the kind of file that its name says."""
    from goodoffices.reports.rounds.round_file import round_file as made_of
    from goodoffices.reports.rounds.round_page import round_page

    with waiting() as told:
        is_page = out.suffix.lower() == ".html"
        data = round_page(view, progress=told, **more).encode() if is_page else made_of(view, progress=told, **more)
    save_bytes(data, out)
