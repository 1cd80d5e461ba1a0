"""The routes of grave acts: a second look before one, undoing it while it waits, and what became of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from goodoffices.reports.messages.catalogues import catalogue_for
from goodoffices.talks.state.command_context import CommandRequest
from goodoffices.web.http.control_characters import signs_shown
from goodoffices.web.live.waiting_commands import WaitingCommand, WaitingState
from goodoffices.web.render.grave_acts import grave_act
from goodoffices.web.render.localize import Localizer
from goodoffices.web.render.next_page import next_page
from goodoffices.web.render.render import render_frame, render_second_look
from goodoffices.web.routes.context import ServerContext, SignedInSeat, given_of
from goodoffices.web.routes.forms import PostedForm, read_form

_OWN = frozenset({"_csrf", "_key", "_seen", "_sure", "_now"})
"""Fields of a form that are made anew with each page, and do not belong to what was typed."""


def seat_signed_in(request: Request) -> tuple[ServerContext, SignedInSeat]:
    """Return the server context and who is signed in at this seat path.

    Raises
    ------
    HTTPException
        404, the same for an unknown seat path and for a stranger.
    """
    server: ServerContext = request.app.state.server
    signed_in = server.signed_in(request)
    if signed_in is None:
        raise HTTPException(404)
    return server, signed_in


def wants_json(request: Request) -> bool:
    """Say whether a program asks, which reads JSON, and not a browser."""
    return request.headers.get("accept", "").partition(",")[0].strip() == "application/json"


def second_look(
    request: Request, server: ServerContext, signed_in: SignedInSeat, posted: PostedForm, asked: CommandRequest
) -> Response:
    """Return the page that a person reads before a grave act; nothing is done yet."""
    context = server.context(signed_in)
    t = Localizer(catalogue_for(signed_in.person.language), context.view)
    look = grave_act(t, context.view, asked.command)
    if wants_json(request):
        return JSONResponse({"code": "look_again", "say": signs_shown(look.tells.striptags())}, 422)
    later = context.at + timedelta(seconds=server.undo_seconds(signed_in.seat))
    too_late = server.room.would_refuse(asked, at=later) if server.undo_seconds(signed_in.seat) else None
    typed = {name: texts for name, texts in posted.fields.items() if name not in _OWN}
    made = render_second_look(
        context,
        signed_in.frame(),
        look=look,
        command=type(asked.command).__name__,
        typed=typed,
        too_late=too_late,
        seconds=server.undo_seconds(signed_in.seat),
    )
    return HTMLResponse(made)


async def wait(
    request: Request, server: ServerContext, signed_in: SignedInSeat, posted: PostedForm, asked: CommandRequest
) -> Response:
    """Let a grave act wait, and return the page it was asked on, where it can be undone."""
    until = server.settings.now() + timedelta(seconds=server.undo_seconds(signed_in.seat))
    made = server.waiting.add(
        WaitingCommand(
            handle="",
            seat=signed_in.seat,
            command=type(asked.command).__name__,
            form=posted.one("_form"),
            back=posted.one("_back"),
            fields={name: texts for name, texts in posted.fields.items() if name not in _OWN},
            key=posted.key,
            request=asked,
            due=server.settings.elapsed() + server.undo_seconds(signed_in.seat),
            until=until,
        )
    )
    if wants_json(request):
        return JSONResponse({"pending": made.handle, "until": until.isoformat()}, 202)
    return RedirectResponse(f"{signed_in.base}/{_back(server, signed_in, made)}", 303)


def _back(server: ServerContext, signed_in: SignedInSeat, one: WaitingCommand) -> str:
    """Return the page that a command was asked on, if it is there; else Home."""
    return one.back if render_frame(server.context(signed_in), one.back, signed_in.frame()) is not None else ""


def _found(server: ServerContext, signed_in: SignedInSeat, request: Request) -> WaitingCommand:
    one = server.waiting.find(signed_in.seat, request.path_params["handle"])
    if one is None:
        raise HTTPException(404)
    return one


async def undo(request: Request) -> Response:
    """POST D/pending/{handle}/undo: take a grave act back before anybody knows of it."""
    server, signed_in = seat_signed_in(request)
    await read_form(request, server, signed_in.tokens.csrf)
    one = _found(server, signed_in, request)
    if one.state is WaitingState.WAITING:
        server.waiting.become(one, WaitingState.UNDONE)
    return RedirectResponse(f"{signed_in.base}/pending/{one.handle}", 303)


async def drop(request: Request) -> Response:
    """POST D/pending/{handle}/drop: forget what came back, with its words."""
    server, signed_in = seat_signed_in(request)
    await read_form(request, server, signed_in.tokens.csrf)
    one = _found(server, signed_in, request)
    if one.state is not WaitingState.WAITING:
        server.waiting.drop(signed_in.seat, one.handle)
    return RedirectResponse(f"{signed_in.base}/", 303)


async def what_became(request: Request) -> Response:
    """GET D/pending/{handle}: the form again with its words if it came back; else the page it was asked on."""
    server, signed_in = seat_signed_in(request)
    one = _found(server, signed_in, request)
    if one.state is WaitingState.DONE:
        page = next_page(one.back, server.view(signed_in), one.n)
        return RedirectResponse(f"{signed_in.base}/{page}?done={one.n}", 303)
    back = _back(server, signed_in, one)
    if one.state is WaitingState.WAITING:
        return RedirectResponse(f"{signed_in.base}/{back}", 303)
    context = server.context(signed_in)
    frame = signed_in.frame(came_back=one, given=given_of(one.form, one.fields, again=one.handle))
    made = render_frame(context, back, frame) or render_frame(context, "", replace(frame, given=None))
    return HTMLResponse(made or "")
