"""What analyses need a seat of talks to have, and the option by which the seat is named."""

from __future__ import annotations

import click

from goodoffices.cli.terminal.view_access import Need
from goodoffices.talks.state.view import View

_HELP = "For talks: the seat whose assessments are used. By default the analyst's, or else the mediator's."
ASSESSING = click.option("--seat", help=_HELP)
ASSESSING_AS = click.option("--seat", "--as", "seat", help=_HELP)


def _has_worths(view: View) -> bool:
    from goodoffices.reports.settlement.assessments import has_assessments

    return has_assessments(view)


def _has_points(view: View) -> bool:
    from goodoffices.reports.forecast.lineup_from_view import has_points

    return has_points(view)


WORTHS = Need(
    holds=_has_worths,
    what="estimates of what an outcome is worth to the parties",
    remedy="No seat has any. In a talks file they stand under 'assessments': a 'worth' for each option",
)
POINTS = Need(
    holds=_has_points,
    what="estimates of where anybody stands",
    remedy="No seat has any. In a talks file they are the keys 'point' and 'stands_at' under 'assessments'",
)
