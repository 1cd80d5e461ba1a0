"""What the cease-fire page has worked out, and its figures as tables for other programs, from the seat's own view."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from goodoffices.ceasefire.messages import Speech
from goodoffices.reports.ceasefire.ledger_weeks import holding, weeks_csv
from goodoffices.reports.ceasefire.status import view_statuses
from goodoffices.reports.ceasefire.text import status_csv
from goodoffices.talks.state.knowledge import Knowledge
from goodoffices.talks.state.view import View
from goodoffices.web.http.page_queries import asked_of
from goodoffices.web.pages.ceasefire.overview import CEASEFIRE, seen_on, worked
from goodoffices.web.routes.context import ServerContext, SignedInSeat
from goodoffices.web.routes.desks.calculation_requests import Work, calculate
from goodoffices.web.routes.forms import PostedForm
from goodoffices.web.routes.grave_acts import check_limit, seat_signed_in


async def figures(request: Request) -> Response:
    """POST D/ceasefire: work out alarms, changes and clusters from this seat's own view, or stop the work."""
    return await calculate(request, CEASEFIRE.path, _asked, _has_ledgers, _shown)


def _has_ledgers(view: View) -> bool:
    return bool(len(view.known.ledgers))


def _asked(_: ServerContext, view: View, posted: PostedForm) -> tuple[object, Work]:
    until, known_on = _day(posted.one("until")), _day(posted.one("known"))
    then, until = seen_on(view, known_on, until)
    return (until, known_on), lambda told: view_statuses(then.known, until, told)


def _shown(posted: PostedForm) -> str:
    asked = {name: day for name in ("until", "known") if (day := _day(posted.one(name))) is not None}
    return "?" + urlencode(asked) if asked else ""


def _day(asked: str) -> date | None:
    """Return the day that is asked for; ``None`` for none.

    Raises
    ------
    HTTPException
        404 if it is not a day.
    """
    try:
        return date.fromisoformat(asked) if asked else None
    except ValueError as error:
        raise HTTPException(404) from error


async def verdict_table(request: Request) -> Response:
    """GET D/ceasefire.csv: the verdict of each area and week by each ledger that this seat reads."""
    server, signed_in, view = _asking(request)
    asked = asked_of(request.query_params.multi_items())
    until, known_on = (_day(asked.get(name, ("",))[0]) for name in ("until", "known"))
    then, until = seen_on(view, known_on, until)
    alarms = worked(server.calculations.of(signed_in.seat), len(view.notices), until, known_on).alarms
    return _table(weeks_csv(holding(then.known, until=until, alarms=alarms), names=_names(then.known)), CEASEFIRE.path)


async def figure_table(request: Request) -> Response:
    """GET D/ceasefire-figures.csv: every figure that was worked out last for the page."""
    server, signed_in, view = _asking(request)
    statuses = worked(server.calculations.of(signed_in.seat), len(view.notices), None).statuses
    if not statuses:
        raise HTTPException(404)
    names = _names(view.known)
    speech = Speech(ledger=lambda handle: names.get(handle, handle))
    return _table(status_csv(statuses, speech=speech), "ceasefire-figures")


def _asking(request: Request) -> tuple[ServerContext, SignedInSeat, View]:
    """Return who asks for a table, and count it."""
    server, signed_in = seat_signed_in(request)
    if request.method != "GET":
        raise HTTPException(404)
    check_limit(server, signed_in, lambda limits: limits.exports)
    return server, signed_in, server.view(signed_in)


def _names(known: Knowledge) -> dict[str, str]:
    return {held.handle: f"{held.ledger.slug} ({held.handle})" for held in known.ledgers.values()}


def _table(text: str, name: str) -> Response:
    headers = {"content-disposition": f'attachment; filename="{name}.csv"'}
    return Response(text, media_type="text/csv; charset=utf-8", headers=headers)
