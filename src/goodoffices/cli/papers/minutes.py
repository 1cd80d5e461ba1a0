"""`goodoffices minutes`: the minutes of a session in one reader's version, as text, .docx, .pdf or .html."""

from __future__ import annotations

from pathlib import Path

import click

from goodoffices.cli.terminal.commands import refuse_both, refuse_idle, terminal_command
from goodoffices.cli.terminal.output import NewFile, save_bytes, text_width
from goodoffices.cli.terminal.record_access import LANGUAGE, READER
from goodoffices.cli.terminal.values import FILE_THERE
from goodoffices.cli.terminal.view_access import view_of
from goodoffices.errors import ScenarioError

OUT = click.option(
    "--out", type=NewFile(".docx", ".pdf", ".html", ".txt"), help="Write it as .docx, .pdf, .html or .txt."
)
TEMPLATE = click.option("--template", type=FILE_THERE, help="With --out, as .docx: a .docx file to write it into.")


@terminal_command()
@click.argument("talks", metavar="RECORD")
@READER
@click.option("--session", help="Make them from your own note of this session, as a draft.")
@click.option("--for", "reader", help="With --session: for a seat, for team, or for public.")
@click.option("--copy", "handle", help="Show this copy instead of the newest that was sent to the seat.")
@LANGUAGE
@OUT
@TEMPLATE
def minutes(  # noqa: PLR0913 - one argument for each option of the command line
    talks: str,
    seat: str | None,
    session: str | None,
    reader: str | None,
    handle: str | None,
    language: str,
    out: Path | None,
    template: Path | None,
) -> None:
    """Print the minutes that a seat was sent, or a draft from the note that it took.

    Each reader has a version of its own. What it may not see is not there, and leaves no gap.
    """
    from goodoffices.reports.minutes.minutes_paper import copy_paper, draft_paper, known_sessions, newest_copies
    from goodoffices.reports.papers.files import paper_file
    from goodoffices.reports.papers.page_file import terminal_text

    refuse_both("session", "handle")
    if session is None:
        refuse_idle("--session", "reader")
    check_template(out)
    with view_of(talks, seat) as view:
        if session is not None:
            paper = draft_paper(view, session, reader or "team", language)
        else:
            copies = newest_copies(view)
            if handle is None and not copies:
                raise ScenarioError(
                    f"no minutes were sent to {view.name(view.seat)}; --session makes a draft from your own note; "
                    f"{known_sessions(view)}"
                )
            paper = copy_paper(view, handle or copies[0].handle, language)
    if out is None:
        click.echo(terminal_text(paper, text_width()), nl=False)
        return
    save_bytes(paper_file(paper, out.suffix[1:].lower(), template=template_in(template)), out)


def check_template(out: Path | None) -> None:
    """Refuse a template where no .docx is written."""
    if out is None or out.suffix.lower() != ".docx":
        refuse_idle("--out with a name that ends in .docx", "template")


def template_in(path: Path | None) -> bytes | None:
    """Return the bytes of a template, if one is named."""
    if path is None:
        return None
    from goodoffices.cli.terminal.input import bytes_in

    return bytes_in(path)
