"""Routes of notes, minutes and the week: a line as it was typed, and papers as files."""

from __future__ import annotations

from collections.abc import Callable

from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from goodoffices.errors import ScenarioError
from goodoffices.reports.minutes.minutes_paper import copy_paper, draft_paper
from goodoffices.reports.papers.files import FORMATS, paper_file
from goodoffices.reports.papers.paper import Paper
from goodoffices.reports.rounds.invitation_letter import invitation_letter
from goodoffices.talks.base.refusals import Refusal
from goodoffices.talks.notes.typed_lines import note_line
from goodoffices.web.http.markup import fill
from goodoffices.web.http.page_queries import asked_of
from goodoffices.web.pages.secretariat.notes import typing_of
from goodoffices.web.pages.secretariat.week import asked_week
from goodoffices.web.render.form_widgets import given_of
from goodoffices.web.render.localize import Localizer
from goodoffices.web.render.phrases import error_said
from goodoffices.web.render.render import find_page, render_frame
from goodoffices.web.routes.context import ServerContext, SignedInSeat
from goodoffices.web.routes.forms import PostedForm, asked_by, read_form
from goodoffices.web.routes.grave_acts import check_limit, seat_signed_in
from goodoffices.web.routes.uploads import read_upload


async def note(request: Request) -> Response:
    """POST D/notes/{session}: keep a line as it was typed, or put it in the place of the last one."""
    server, signed_in = seat_signed_in(request)
    posted = await read_form(request, server, signed_in.tokens.csrf)
    view, handle = server.view(signed_in), request.path_params["session"]
    session = view.known.sessions.get(handle)
    if session is None or "TakeNote" not in view.powers:
        raise HTTPException(404)
    typing = typing_of(view, session, server.context(signed_in))
    try:
        command = note_line(posted.one("line"), typing, replaces=posted.one("replaces") or None)
        asked = asked_by(command, posted, signed_in, view.zone)
    except ScenarioError as error:
        return _shown(server, signed_in, posted, handle, _sentence(server, signed_in, error))
    answer = await server.queue.submit(asked, posted.key, arrived=posted.arrived)
    if isinstance(answer, Refusal):
        t = Localizer.to(signed_in.person, server.view(signed_in))
        return _shown(server, signed_in, posted, handle, t.refusal(answer))
    return RedirectResponse(f"{signed_in.base}/notes/{handle}#f-line-line", 303)


def _sentence(server: ServerContext, signed_in: SignedInSeat, error: ScenarioError) -> Markup:
    return fill("{}.", error_said(Localizer.to(signed_in.person, server.view(signed_in)), error))


def _shown(server: ServerContext, signed_in: SignedInSeat, posted: PostedForm, handle: str, why: Markup) -> Response:
    frame = signed_in.frame(refused=why, given=given_of(posted.one("_form"), posted.typed))
    return HTMLResponse(render_frame(server.context(signed_in), f"notes/{handle}", frame) or "", 422)


async def copy_file(request: Request) -> Response:
    """GET D/minutes/{copy}/file/{ending}: minutes that this seat was sent, or sent, as a file."""
    server, signed_in = seat_signed_in(request)
    handle, ending = request.path_params["copy"], request.path_params["ending"]
    view = server.view(signed_in)
    if request.method != "GET" or handle not in view.known.copies:
        raise HTTPException(404)
    return saved(server, signed_in, lambda *reader: copy_paper(view, handle, *reader), f"minutes-{handle}", ending)


async def draft_file(request: Request) -> Response:
    """GET D/notes/{session}/as/{reader}/file/{ending}: a draft of minutes for one reader, as a file."""
    server, signed_in = seat_signed_in(request)
    path = request.path_params
    view, session, reader = server.view(signed_in), path["session"], path["reader"]
    page = find_page(f"notes/{session}/as/{reader}", view)
    context = server.context(signed_in)
    if request.method != "GET" or page is None or page[0].data(context, page[1]) is None:
        raise HTTPException(404)
    name = f"minutes-{session}-{reader}"
    return saved(server, signed_in, lambda *how: draft_paper(view, session, reader, *how), name, path["ending"])


def saved(
    server: ServerContext, signed_in: SignedInSeat, make: Callable[[str, str], Paper], name: str, ending: str
) -> Response:
    """Return what ``make`` makes as a file for keeping, in the language and calendar of who asks.

    404 for a kind of file that is not offered.
    """
    if ending not in FORMATS:
        raise HTTPException(404)
    check_limit(server, signed_in, lambda limits: limits.exports)
    paper = make(signed_in.person.language, signed_in.person.calendar)
    headers = {"content-disposition": f'attachment; filename="{name}.{ending}"'}
    return Response(paper_file(paper, ending), media_type=FORMATS[ending].media, headers=headers)


async def letter_file(request: Request) -> Response:
    """GET D/letters/{invitation}/{ending}: an invitation that this seat made or was sent, as a letter."""
    server, signed_in = seat_signed_in(request)
    if request.method != "GET":
        raise HTTPException(404)
    view, path = server.view(signed_in), request.path_params
    handle, name = path["invitation"], f"invitation-{path['invitation']}"
    try:
        return saved(server, signed_in, lambda *reader: invitation_letter(view, handle, *reader), name, path["ending"])
    except ScenarioError as error:
        raise HTTPException(404) from error


async def week_file(request: Request) -> Response:
    """GET D/week/file/{ending}: the week of this seat as a file."""
    server, signed_in = seat_signed_in(request)
    if request.method != "GET":
        raise HTTPException(404)
    view, asked = server.view(signed_in), asked_of(request.query_params.multi_items())
    try:
        return saved(
            server, signed_in, lambda *reader: asked_week(view, asked, *reader), "week", request.path_params["ending"]
        )
    except ScenarioError as error:
        raise HTTPException(404) from error


async def week_in_template(request: Request) -> Response:
    """POST D/week/template: the week of this seat in a Word template that somebody brings, kept nowhere."""
    server, signed_in = seat_signed_in(request)
    upload = await read_upload(request, server, signed_in.tokens.csrf)
    check_limit(server, signed_in, lambda limits: limits.uploads)
    view, person = server.view(signed_in), signed_in.person
    try:
        paper = asked_week(view, upload.posted.fields, person.language, person.calendar)
        made = await server.read_file(signed_in.seat, lambda: paper_file(paper, "docx", template=upload.data))
    except ScenarioError as error:
        sentence = error_said(Localizer.to(signed_in.person, view), error)
        frame = signed_in.frame(refused=sentence, given=given_of("template", upload.posted.typed))
        return HTMLResponse(render_frame(server.context(signed_in), "week", frame) or "", 422)
    headers = {"content-disposition": 'attachment; filename="week.docx"'}
    return Response(made, media_type=FORMATS["docx"].media, headers=headers)
