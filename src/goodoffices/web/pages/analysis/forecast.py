"""What will probably come out: for a seat that sees where others are assessed to stand, once it has switched it on."""

from __future__ import annotations

from goodoffices.reports.forecast.lineup_from_view import has_points, issues_with_points
from goodoffices.reports.forecast.screen import ForecastScreen, named_issues
from goodoffices.web.pages.page import Data, Page, PageContext

DEFAULT_ERROR = 23
"""The mean error of the default model on legislation of the European Union, in points of 100; a test reads its card."""


def _forecast(context: PageContext, _: str) -> Data | None:
    if not has_points(context.view):
        return None
    held = context.calculations.get(FORECAST.path)
    found: ForecastScreen | None = None if held is None or held.result is None else held.result[context.language]
    return {
        "is_on": FORECAST.path in context.switched_on,
        "held": held,
        "found": found,
        "is_busy": held is not None and not held.is_over,
        "is_old": held is not None and held.n != len(context.view.notices),
        "issues": named_issues(context.view, issues_with_points(context.view), context.language),
        "error": DEFAULT_ERROR,
    }


FORECAST = Page(
    path="forecast",
    template="forecast.html",
    title="What will probably come out?",
    parts=("ask", "answer", "places", "changes", "rest"),
    data=_forecast,
    under="forecast",
    when=has_points,
)
