"""Routes of files for other programs: the calendar and the lists of a seat; and of a mail or chat that it brings."""

from __future__ import annotations

from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from goodoffices.errors import ScenarioError
from goodoffices.reports.lists.brought_messages import filed_message
from goodoffices.reports.lists.calendar import calendar_file
from goodoffices.reports.lists.workbook import LISTS, lists_file
from goodoffices.reports.rounds.round_file import round_file
from goodoffices.talks.base.refusals import Refusal
from goodoffices.web.render.form_widgets import given_of
from goodoffices.web.render.localize import Localizer
from goodoffices.web.render.next_page import next_page
from goodoffices.web.render.phrases import error_said
from goodoffices.web.render.render import render_frame
from goodoffices.web.routes.context import ServerContext, SignedInSeat
from goodoffices.web.routes.forms import PostedForm, asked_by
from goodoffices.web.routes.grave_acts import check_limit, seat_signed_in
from goodoffices.web.routes.uploads import read_upload

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


async def calendar(request: Request) -> Response:
    """GET D/calendar.ics: the sessions, silences and due dates of this seat."""
    server, signed_in = _asked(request)
    data = calendar_file(server.view(signed_in), signed_in.person.language)
    return _file(data, "text/calendar; charset=utf-8", "calendar.ics")


async def workbook(request: Request) -> Response:
    """GET D/lists/{name}: one list of this seat as a spreadsheet, or all of them."""
    server, signed_in = _asked(request)
    name = request.path_params["name"].removesuffix(".xlsx")
    if name not in ("all", *LISTS):
        raise HTTPException(404)
    view, language = server.view(signed_in), signed_in.person.language
    names = () if name == "all" else (name,)
    data = await server.read_file(signed_in.seat, lambda: lists_file(view, names, language))
    return _file(data, _XLSX, f"{name}.xlsx")


async def whole_round(request: Request) -> Response:
    """GET D/round-file.pdf: everything of the talks that this seat has, as one PDF with contents and page numbers."""
    server, signed_in = _asked(request)
    view, person = server.view(signed_in), signed_in.person
    data = await server.read_file(
        signed_in.seat, lambda: round_file(view, language=person.language, calendar=person.calendar)
    )
    return _file(data, "application/pdf", "round.pdf")


def _asked(request: Request) -> tuple[ServerContext, SignedInSeat]:
    server, signed_in = seat_signed_in(request)
    if request.method != "GET":
        raise HTTPException(404)
    check_limit(server, signed_in, lambda limits: limits.exports)
    return server, signed_in


def _file(data: bytes, media: str, name: str) -> Response:
    return Response(data, media_type=media, headers={"content-disposition": f'attachment; filename="{name}"'})


async def bring_message(request: Request) -> Response:
    """POST D/papers/bring: file a mail or a chat export as a paper of this seat; the file itself is kept nowhere."""
    server, signed_in = seat_signed_in(request)
    upload = await read_upload(request, server, signed_in.tokens.csrf)
    view = server.view(signed_in)
    if "FileItem" not in view.powers:
        raise HTTPException(404)
    check_limit(server, signed_in, lambda limits: limits.uploads)
    t = Localizer.to(signed_in.person, view)
    try:
        language = signed_in.person.language
        command = await server.read_file(signed_in.seat, lambda: filed_message(upload.data, upload.name, language))
        asked = asked_by(command, upload.posted, signed_in, view.zone)
    except ScenarioError as error:
        return _refused(server, signed_in, upload.posted, error_said(t, error))
    answer = await server.queue.submit(asked, upload.posted.key, arrived=upload.posted.arrived)
    if isinstance(answer, Refusal):
        return _refused(server, signed_in, upload.posted, t.refusal(answer))
    then = next_page("papers", server.view(signed_in), answer.n)
    return RedirectResponse(f"{signed_in.base}/{then}?done={answer.n}", 303)


def _refused(server: ServerContext, signed_in: SignedInSeat, posted: PostedForm, why: Markup) -> Response:
    frame = signed_in.frame(refused=why, given=given_of("bring", posted.typed))
    return HTMLResponse(render_frame(server.context(signed_in), "papers/new", frame) or "", 422)
