"""What the pages of long calculations have in common: begin one from this seat's own view, or stop it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from goodoffices.reports.settlement.assessments import has_assessments
from goodoffices.talks.state.view import View
from goodoffices.web.live.calculations import Calculation
from goodoffices.web.routes.context import ServerContext
from goodoffices.web.routes.forms import PostedForm, read_form
from goodoffices.web.routes.grave_acts import check_limit, seat_signed_in

Work = Callable[[Calculation], Any]


async def calculate(
    request: Request,
    page: str,
    asked: Callable[[ServerContext, View, PostedForm], tuple[object, Work]],
    may: Callable[[View], bool] = has_assessments,
    shown: Callable[[PostedForm], str] = lambda _: "",
) -> Response:
    """Begin or stop the calculation of ``page`` for a seat that ``may``, or switch the page, and lead back to it.

    ``asked`` returns what the form asks, as the page shows it, and the work; it is called only to begin.
    ``shown`` returns what follows the address of the page that it leads back to.
    """
    server, signed_in = seat_signed_in(request)
    posted = await read_form(request, server, signed_in.tokens.csrf)
    view = server.view(signed_in)
    if not may(view):
        raise HTTPException(404)
    does = posted.one("do")
    if does == "stop":
        server.calculations.stop(signed_in.seat, page)
    elif does in ("on", "off"):
        server.calculations.switch(signed_in.seat, page, is_on=does == "on")
    else:
        check_limit(server, signed_in, lambda limits: limits.exports)
        what, work = asked(server, view, posted)
        server.calculations.start(signed_in.seat, page, what, len(view.notices), work)
    return RedirectResponse(f"{signed_in.base}/{page}{shown(posted)}", 303)
