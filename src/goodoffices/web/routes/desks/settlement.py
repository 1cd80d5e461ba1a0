"""Routes of the settlement page: begin a calculation, stop it; and the answer as a table for other programs."""

from __future__ import annotations

import csv
import io

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from goodoffices.reports.messages.catalogues import LANGUAGES
from goodoffices.reports.settlement.assessments import has_assessments
from goodoffices.reports.settlement.screen import settlement_screens
from goodoffices.talks.state.view import View
from goodoffices.web.pages.analysis.settlement import SETTLEMENT
from goodoffices.web.routes.context import ServerContext
from goodoffices.web.routes.desks.calculation_requests import Work, calculate
from goodoffices.web.routes.forms import PostedForm
from goodoffices.web.routes.grave_acts import seat_signed_in


async def work_out(request: Request) -> Response:
    """POST D/settlement: work out what all could sign, from this seat's own view, or stop the work."""
    return await calculate(request, SETTLEMENT.path, _asked)


def _asked(_: ServerContext, view: View, posted: PostedForm) -> tuple[object, Work]:
    lift = posted.one("lift")
    return lift, lambda told: settlement_screens(view, LANGUAGES, lift=lift, progress=told)


async def answer_table(request: Request) -> Response:
    """GET D/settlement.csv: the settlement that the page shows, a row for each issue, and what it is worth to each."""
    server, signed_in = seat_signed_in(request)
    held = server.calculations.of(signed_in.seat).get(SETTLEMENT.path)
    if request.method != "GET" or held is None or held.result is None or not has_assessments(server.view(signed_in)):
        raise HTTPException(404)
    found = held.result[signed_in.session.language]
    made = io.StringIO()
    table = csv.writer(made)
    table.writerow(("issue", "settled as", "first choice of"))
    table.writerows([_plain(cell) for cell in row] for row in found.settled)
    table.writerow(())
    table.writerow(("party", "no agreement", "this", "gain"))
    table.writerows((_plain(bar.party), bar.least, bar.worth, bar.gain) for bar in found.bars)
    headers = {"content-disposition": 'attachment; filename="settlement.csv"'}
    return Response(made.getvalue(), media_type="text/csv; charset=utf-8", headers=headers)


def _plain(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell[:1] in "=+-@\t\r" else cell
