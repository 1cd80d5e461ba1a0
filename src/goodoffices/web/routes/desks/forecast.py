"""The route of the forecast page: switch it on or off for this seat, begin a forecast of an issue, or stop it."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response

from goodoffices.errors import ScenarioError
from goodoffices.phrases.phrase import Phrase
from goodoffices.reports.forecast.lineup_from_view import has_points, issues_with_points
from goodoffices.reports.forecast.screen import ForecastScreen, forecast_screens
from goodoffices.reports.messages.catalogues import LANGUAGES
from goodoffices.talks.state.view import View
from goodoffices.web.live.calculations import Calculation
from goodoffices.web.pages.analysis.forecast import FORECAST
from goodoffices.web.routes.context import ServerContext
from goodoffices.web.routes.desks.calculation_requests import Work, calculate
from goodoffices.web.routes.forms import PostedForm


async def forecast_here(request: Request) -> Response:
    """POST D/forecast: what will probably come out of an issue, from this seat's own view; or switch the page."""
    return await calculate(request, FORECAST.path, _asked, has_points)


def _asked(_: ServerContext, view: View, posted: PostedForm) -> tuple[object, Work]:
    issue = posted.one("issue")

    def work(told: Calculation) -> Mapping[str, ForecastScreen]:
        if issue not in issues_with_points(view):
            raise ScenarioError(Phrase("no assessment says where anybody stands on this issue; choose another"))
        return forecast_screens(view, issue, LANGUAGES, progress=told)

    return issue, work
