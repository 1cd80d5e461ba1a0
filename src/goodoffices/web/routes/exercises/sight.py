"""The routes by which control looks at another seat's desk or plays for it, and by which anybody takes the debrief."""

from __future__ import annotations

from dataclasses import replace

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from goodoffices.exercises.debriefs.journal import journal_of
from goodoffices.exercises.debriefs.journal_paper import journal_docx
from goodoffices.reports.papers.files import FORMATS
from goodoffices.talks.exercise.runs import controls
from goodoffices.talks.model.known_exercise import HowFar
from goodoffices.talks.state.view import View
from goodoffices.web.http.page_queries import asked_of, number_of
from goodoffices.web.http.static_files import Static
from goodoffices.web.http.whole_numbers import whole_number
from goodoffices.web.pages.exercise.debrief import DEBRIEF, made_debrief
from goodoffices.web.render.render import render_alone, render_frame
from goodoffices.web.routes.context import ServerContext, SignedInSeat
from goodoffices.web.routes.forms import read_form
from goodoffices.web.routes.grave_acts import check_limit, seat_signed_in
from goodoffices.web.routes.seat_pages import opened_at

_JOURNALS = {
    "docx": (FORMATS["docx"].media, journal_docx),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", journal_of),
}
"""The kinds of files of the journal, by ending: the media type, and what writes it."""


async def see_as(request: Request) -> Response:
    """GET D/as/{seat}/{page}: the page of another seat, now or after its notice ``n``. Nothing can be done on it."""
    server, signed_in = seat_signed_in(request)
    seat, query = request.path_params["seat"], request.query_params
    context = server.context(signed_in, number=number_of(query.get("page")), asked=asked_of(query.multi_items()))
    if context.views is None or seat not in server.room.seats():
        raise HTTPException(404)
    seen = replace(
        context, view=_view(server, context.view, seat, query.get("n")), waiting=(), guests=(), join_code=None,
        memory=None, since=0,
        sessions=(), speakers={}, views=None, facts=None,
    )  # fmt: skip
    if query.get("n") and len(seen.view.notices):
        seen = replace(seen, at=seen.view.notices[-1].when)
    person = replace(signed_in.person, keeper=None, name=None)
    frame = replace(
        signed_in.frame(), base=f"{signed_in.base}/as/{seat}", tokens=None, person=person, looks_as=signed_in.base
    )
    made = render_frame(seen, request.path_params["page"], frame)
    if made is None:
        raise HTTPException(404)
    return HTMLResponse(made)


def _view(server: ServerContext, own: View, seat: str, n: str | None) -> View:
    """Return the view of another seat, now or after a notice; private notes stay out until all is revealed."""
    view = server.room.view(seat)
    if own.seat not in controls(own.known) and own.known.exercise.how_far is not HowFar.ALL:
        ended = next((notice.n for notice in view.notices if notice.kind == "ExerciseEnded"), len(view.notices))
        if len(view.known.moments):
            raise HTTPException(404)
        n = n if n and (whole_number(n) or ended + 1) <= ended else f"{ended}"
    if not n:
        return view
    number = whole_number(n)
    if number is None or number > len(view.notices):
        raise HTTPException(404)
    return server.room.view_at(seat, number)


async def play_as(request: Request) -> Response:
    """POST D/play-as: open a seat that no people play, to act for it as control."""
    server, signed_in = seat_signed_in(request)
    posted = await read_form(request, server, signed_in.tokens.csrf)
    known, seat = server.view(signed_in).known, posted.one("seat")
    is_free = seat in known.seats and seat not in known.exercise.persons and seat not in controls(known)
    if signed_in.seat not in controls(known) or known.exercise.plan is None or not is_free:
        raise HTTPException(404)
    return opened_at(server, server.open_seat(seat, signed_in.session.language, keeper=signed_in.seat))


async def debrief_page(request: Request) -> Response:
    """GET D/debrief.html: the whole debrief as one file that needs nothing else."""
    server, signed_in = seat_signed_in(request)
    context = server.context(signed_in)
    frame = replace(signed_in.frame(), tokens=None)
    found = Static.address("app.css").split("/")
    style = Static.read(found[-2], found[-1])
    made = render_alone(context, DEBRIEF, frame, style=b"" if style is None else style[0])
    if made is None:
        raise HTTPException(404)
    _limit(server, signed_in)
    return HTMLResponse(made, headers={"content-disposition": 'attachment; filename="debrief.html"'})


async def debrief_journal(request: Request) -> Response:
    """GET D/debrief.xlsx or D/debrief.docx: every act of the exercise, in order."""
    server, signed_in = seat_signed_in(request)
    context = server.context(signed_in)
    found = made_debrief(context)
    if found is None:
        raise HTTPException(404)
    _limit(server, signed_in)
    views, debrief = found
    ending = request.url.path.rpartition(".")[2]
    media, write = _JOURNALS[ending]
    made = write(context.view, views, debrief, signed_in.person.language)
    named = {"content-disposition": f'attachment; filename="journal.{ending}"'}
    return Response(made, media_type=media, headers=named)


def _limit(server: ServerContext, signed_in: SignedInSeat) -> None:
    check_limit(server, signed_in, lambda limits: limits.exports)
