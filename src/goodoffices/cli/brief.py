"""`goodoffices brief`: the talks in one seat's view, on the terminal, as a page or for programs."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import click

from goodoffices.cli.terminal.commands import refuse_both, refuse_idle, terminal_command
from goodoffices.cli.terminal.completion import talks_or_files
from goodoffices.cli.terminal.output import NewFile, save_text, show_text, text_width
from goodoffices.cli.terminal.progress_line import waiting
from goodoffices.cli.terminal.record_access import READER
from goodoffices.cli.terminal.values import Whole
from goodoffices.cli.terminal.view_access import is_number, moment_in, typed_moment, view_of
from goodoffices.errors import ScenarioError, UnknownWordError
from goodoffices.names import nearest_word
from goodoffices.reports.brief.build import SECTION_NAMES, Brief, brief_of
from goodoffices.reports.brief.render import as_html, as_json, contents_text, page_text, sections_text
from goodoffices.reports.tables import Section, capital
from goodoffices.talks.state.view import View


@terminal_command()
@click.argument("talks", metavar="TALKS", shell_complete=talks_or_files)
@READER
@click.option(
    "--as-of",
    help="Only what was known then: a day, a time (2017-01-23T08:00), in a record the number of a notice, or end.",
)
@click.option("--since", help="What counts as new: what became known after this day or time.")
@click.option("--section", "names", multiple=True, help="Print this section alone; all prints every section.")
@click.option("--html", "html_file", type=NewFile(".html", ".htm"), help="Also write a page, .html.")
@click.option("--json", "as_json_", is_flag=True, help="Print JSON instead of text.")
@click.option("--settlement", is_flag=True, help="Add what all could sign, for a seat that sees assessments.")
@click.option("--forecast", is_flag=True, help="Add the probable outcome, for a seat that sees assessments.")
@click.option("--width", type=Whole(60, 400), help="Width of the text. Left out: that of the terminal.")
def brief(  # noqa: PLR0913 - one argument for each option of the command line
    talks: str,
    seat: str | None,
    as_of: str | None,
    since: str | None,
    names: tuple[str, ...],
    html_file: Path | None,
    as_json_: bool,
    settlement: bool,
    forecast: bool,
    width: int | None,
) -> None:
    """Brief one seat on TALKS: a talks file, its folder, a bundled scenario (astana-2017), or a record.

    It prints one page: who is in, what is contested, what is on the table, what is due and what is new. The page ends
    with the names of the sections that hold the rest. Talks that name a moment at which they begin are shown as of it.
    """
    refuse_both("as_json_", "names")
    if as_json_:
        refuse_idle("a brief as text", "width")
    with view_of(talks, seat, as_of) as view:
        more = (*(_settlement(view) if settlement else ()), *(_forecast(view) if forecast else ()))
        moment = _set_at(view, as_of)
        new = None if since is None else _moment(since, view.zone)
        if moment is not None and new is not None and str(new)[:10] > str(moment)[:10]:
            raise ScenarioError(
                f"--since {since} is after the moment of this brief, {str(moment)[:10]}; give an earlier one"
            )
        made = brief_of(view, as_of=moment, since=new, with_changes="changes" in names, more=more)
    if html_file is not None:
        save_text(as_html(made), html_file)
    size = width or text_width()
    if as_json_:
        click.echo(as_json(made), nl=False)
    elif names:
        click.echo(sections_text(_chosen(made, names), size), nl=False)
    else:
        click.echo(page_text(made, size) + contents_text(made, size), nl=False)
        click.echo(sections_text(more, size) if more else "", nl=False)


def _set_at(view: View, as_of: str | None) -> datetime | date | None:
    """Return the moment or day at which the brief is set."""
    at = moment_in(view, as_of)
    is_typed = as_of is not None and not is_number(as_of) and at is not None and at == typed_moment(as_of, view.zone)
    return _moment(str(as_of), view.zone) if is_typed else at


def _moment(given: str, zone: str) -> datetime | date | None:
    """Return the day or time that was typed; ``None`` for *end*."""
    if given == "end":
        return None
    at = typed_moment(given, zone)
    return date.fromisoformat(given) if len(given) <= len("2017-01-23") else at


def _chosen(made: Brief, names: tuple[str, ...]) -> tuple[Section, ...]:
    """Return the sections that were asked for, in the order asked."""
    if "all" in names:
        return made.sections
    held = {section.name: section for section in made.sections if section.name}
    found = []
    for name in names:
        if name not in held and name not in SECTION_NAMES:
            raise UnknownWordError("section", name, (*SECTION_NAMES, "all"), nearest=nearest_word(name, SECTION_NAMES))
        empty = f"Nothing for {made.seat_name}, {made.as_of}."
        found.append(held.get(name, Section(title=capital(name), parts=(), empty=empty, name=name)))
    return tuple(found)


def _settlement(view: View) -> tuple[Section, ...]:
    """Return the section on what could be agreed; nothing for a seat without assessments."""
    from goodoffices.reports.settlement.assessments import has_assessments
    from goodoffices.reports.settlement.bargain_from_view import bargain_from

    if not has_assessments(view):
        show_text(f"{view.name(view.seat)} sees no assessments, so this section is left out.", err=True)
        return ()
    from goodoffices.reports.settlement.answer import answer_of
    from goodoffices.reports.settlement.summary import settlement_section

    with waiting() as told:
        return (settlement_section(answer_of(bargain_from(view), progress=told)),)


def _forecast(view: View) -> tuple[Section, ...]:
    """Return the section on what will probably come out; nothing for a seat without assessed points."""
    from goodoffices.reports.forecast.lineup_from_view import has_points

    if not has_points(view):
        show_text(f"{view.name(view.seat)} sees no assessments, so this section is left out.", err=True)
        return ()
    from goodoffices.forecast import DEFAULT_MODEL, Draws
    from goodoffices.reports.forecast.summary import forecast_section

    with waiting():
        return forecast_section(view, model=DEFAULT_MODEL, draws=Draws(n=10_000, seed=1))
