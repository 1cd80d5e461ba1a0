"""The route of the page of rehearsals: begin a rehearsal from this seat's own view, or stop it."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from goodoffices.reports.messages.catalogues import OFFERED
from goodoffices.reports.rehearsal.screen import RehearsalScreen, rehearsal_screens
from goodoffices.reports.settlement.assessments import has_assessments
from goodoffices.web.live.calculations import Calculation
from goodoffices.web.pages.analysis.rehearsal import REHEARSAL, question_of
from goodoffices.web.routes.forms import read_form
from goodoffices.web.routes.grave_acts import check_limit, seat_signed_in

_LONGEST = 100


async def rehearse_here(request: Request) -> Response:
    """POST D/rehearsal: rehearse talks under what this seat assumes, stop it, or go back to the first assumptions."""
    server, signed_in = seat_signed_in(request)
    posted = await read_form(request, server, signed_in.tokens.csrf)
    view = server.view(signed_in)
    if not has_assessments(view):
        raise HTTPException(404)
    if posted.one("do") == "stop":
        server.calculations.stop(signed_in.seat, REHEARSAL.path)
    else:
        check_limit(server, signed_in, lambda limits: limits.exports)
        given = {name: texts[0][:_LONGEST] for name, texts in posted.given.items() if name != "do"}
        asked = {} if posted.one("do") == "reset" else given
        assumed = server.assumed.read

        def work(told: Calculation) -> Mapping[str, RehearsalScreen]:
            return rehearsal_screens({code: question_of(view, assumed, asked, code) for code in OFFERED}, told)

        server.calculations.start(
            signed_in.seat,
            REHEARSAL.path,
            asked,
            len(view.notices),
            work,
        )
    return RedirectResponse(f"{signed_in.base}/{REHEARSAL.path}", 303)
