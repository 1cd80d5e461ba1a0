"""The verdicts of the cease-fire page as a table for other programs: the same numbers, from the same view."""

from __future__ import annotations

from datetime import date

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from goodoffices.reports.ceasefire.ledger_weeks import holding, weeks_csv
from goodoffices.web.http.page_queries import asked_of
from goodoffices.web.routes.grave_acts import check_limit, seat_signed_in


async def verdict_table(request: Request) -> Response:
    """GET D/ceasefire.csv: the verdict of each area and week by each ledger that this seat reads."""
    server, signed_in = seat_signed_in(request)
    if request.method != "GET":
        raise HTTPException(404)
    check_limit(server, signed_in, lambda limits: limits.exports)
    known = server.view(signed_in).known
    asked = asked_of(request.query_params.multi_items()).get("until", ("",))[0]
    try:
        until = date.fromisoformat(asked) if asked else None
    except ValueError as error:
        raise HTTPException(404) from error
    names = {held.handle: f"{held.ledger.slug} ({held.handle})" for held in known.ledgers.values()}
    headers = {"content-disposition": 'attachment; filename="ceasefire.csv"'}
    return Response(
        weeks_csv(holding(known, until=until), names=names), media_type="text/csv; charset=utf-8", headers=headers
    )
