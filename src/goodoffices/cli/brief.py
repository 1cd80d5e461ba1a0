"""`goodoffices brief`: the talks in one seat's view, on the terminal, as a page or for programs."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from goodoffices.cli.terminal.output import save_text
from goodoffices.cli.terminal.progress_line import waiting
from goodoffices.cli.terminal.record_access import READER
from goodoffices.cli.terminal.view_access import view_of
from goodoffices.reports.brief.build import brief_of
from goodoffices.reports.brief.render import as_html, as_json, as_text
from goodoffices.reports.tables import Section
from goodoffices.talks.state.view import View


@click.command()
@click.argument("talks", metavar="TALKS")
@READER
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="Only what was said up to this day.")
@click.option("--html", "html_file", type=click.Path(dir_okay=False, path_type=Path), help="Also write a page.")
@click.option("--json", "as_json_", is_flag=True, help="Print JSON instead of text.")
@click.option("--settlement", is_flag=True, help="Add what all could sign, for a seat that sees assessments.")
@click.option("--forecast", is_flag=True, help="Add the probable outcome, for a seat that sees assessments.")
@click.option("--width", type=click.IntRange(60, 400), default=110, show_default=True, help="Width of the text.")
def brief(  # noqa: PLR0913 - one argument for each option of the command line
    talks: str,
    seat: str | None,
    as_of: datetime | None,
    html_file: Path | None,
    as_json_: bool,
    settlement: bool,
    forecast: bool,
    width: int,
) -> None:
    """Brief one seat on TALKS: a talks file, its folder, a bundled scenario (astana-2017), or a record.

    The brief shows who takes part and who says so, who backs whom and who disputes it, how each pair meets, what was
    relayed, the ledgers side by side, commitments with every planned date, succession, and contradictions.
    """
    day = None if as_of is None else as_of.date()
    with view_of(talks, seat) as view:
        more = (*(_settlement(view) if settlement else ()), *(_forecast(view) if forecast else ()))
        made = brief_of(view, as_of=day, more=more)
    if html_file is not None:
        save_text(as_html(made), html_file)
    click.echo(as_json(made) if as_json_ else as_text(made, width), nl=False)


def _settlement(view: View) -> tuple[Section, ...]:
    """Return the section on what could be agreed; nothing for a seat without assessments."""
    from goodoffices.reports.settlement.assessments import has_assessments
    from goodoffices.reports.settlement.bargain_from_view import bargain_from

    if not has_assessments(view):
        click.echo(f"{view.name(view.seat)} sees no assessments, so this section is left out.", err=True)
        return ()
    from goodoffices.reports.settlement.answer import answer_of
    from goodoffices.reports.settlement.summary import settlement_section

    with waiting() as told:
        return (settlement_section(answer_of(bargain_from(view), progress=told)),)


def _forecast(view: View) -> tuple[Section, ...]:
    """Return the section on what will probably come out; nothing for a seat without assessed points."""
    from goodoffices.reports.forecast.lineup_from_view import has_points

    if not has_points(view):
        click.echo(f"{view.name(view.seat)} sees no assessments, so this section is left out.", err=True)
        return ()
    from goodoffices.forecast import DEFAULT_MODEL, Draws
    from goodoffices.reports.forecast.summary import forecast_section

    with waiting():
        return forecast_section(view, model=DEFAULT_MODEL, draws=Draws(n=10_000, seed=1))
