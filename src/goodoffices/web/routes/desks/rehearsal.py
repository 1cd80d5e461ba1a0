"""The route of the page of rehearsals: begin a rehearsal from this seat's own view, or stop it."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response

from goodoffices.reports.messages.catalogues import LANGUAGES
from goodoffices.reports.rehearsal.screen import RehearsalScreen, rehearsal_screens
from goodoffices.talks.state.view import View
from goodoffices.web.live.calculations import Calculation
from goodoffices.web.pages.analysis.rehearsal import REHEARSAL, question_of
from goodoffices.web.routes.context import ServerContext
from goodoffices.web.routes.desks.calculation_requests import Work, calculate
from goodoffices.web.routes.forms import PostedForm

_LONGEST = 100


async def rehearse_here(request: Request) -> Response:
    """POST D/rehearsal: rehearse talks under what this seat assumes, stop it, or go back to the first assumptions."""
    return await calculate(request, REHEARSAL.path, _asked)


def _asked(server: ServerContext, view: View, posted: PostedForm) -> tuple[object, Work]:
    given = {name: texts[0][:_LONGEST] for name, texts in posted.given.items() if name != "do"}
    asked = {} if posted.one("do") == "reset" else given
    assumed = server.assumed.read

    def work(told: Calculation) -> Mapping[str, RehearsalScreen]:
        return rehearsal_screens({code: question_of(view, assumed, asked, code) for code in LANGUAGES}, told)

    return asked, work
