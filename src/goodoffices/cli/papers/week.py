"""`goodoffices week`: the week in one document for one reader, as text, .docx, .pdf or .html."""

from __future__ import annotations

from pathlib import Path

import click

from goodoffices.cli.papers.minutes import OUT, TEMPLATE, check_template, template_in
from goodoffices.cli.terminal.commands import terminal_command
from goodoffices.cli.terminal.completion import talks_or_files
from goodoffices.cli.terminal.output import save_bytes, text_width
from goodoffices.cli.terminal.record_access import LANGUAGE, READER
from goodoffices.cli.terminal.values import Whole
from goodoffices.cli.terminal.view_access import moment_in, typed_moment, view_of


@terminal_command()
@click.argument("talks", metavar="TALKS", shell_complete=talks_or_files)
@READER
@click.option("--until", help="The last moment of the week: a day, or a time as 2017-01-29T20:00.")
@click.option("--days", type=Whole(1, 31), default=7, show_default=True, help="How many days it covers.")
@click.option("--for", "reader", help="Whom the note is for, as its head says it. Left out: the seat.")
@click.option("--from", "sender", default="", help="Who signs it, as its head says it.")
@click.option(
    "--without-confidences",
    is_flag=True,
    help="Leave out what was told or handed to the seat for itself, and what not all who were there have in minutes.",
)
@LANGUAGE
@OUT
@TEMPLATE
def week(  # noqa: PLR0913 - one argument for each option of the command line
    talks: str,
    seat: str | None,
    until: str | None,
    days: int,
    reader: str | None,
    sender: str,
    without_confidences: bool,
    language: str,
    out: Path | None,
    template: Path | None,
) -> None:
    """Print the week in one document, for the reader whose seat is named.

    What happened, what changed in whose position, texts and brackets, the cease-fire in three sentences, what is
    contested and what is due. Every sentence has its source as a footnote; what was told in confidence says so.
    """
    from goodoffices.reports.papers.files import paper_file
    from goodoffices.reports.papers.page_file import terminal_text
    from goodoffices.reports.week.span import week_of
    from goodoffices.reports.week.week_paper import Note, week_paper

    check_template(out)
    with view_of(talks, seat, None if until is None else "end") as view:
        moment = typed_moment(until, view.zone) if until is not None else moment_in(view, None)
        span = week_of(view, until=moment, days=days)
        head = Note(
            reader=view.name(view.seat, language) if reader is None else reader,
            sender=sender,
            confidences=not without_confidences,
        )
        paper = week_paper(view, span, head, language)
    if out is None:
        click.echo(terminal_text(paper, text_width()), nl=False)
        return
    save_bytes(paper_file(paper, out.suffix[1:].lower(), template=template_in(template)), out)
