"""The application: routes of one line of work each, and one answer for all that is not found."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import math
import secrets
import signal
from collections.abc import AsyncIterator, Coroutine
from typing import Any

from markupsafe import Markup, escape
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from goodoffices.errors import SilentRecordError, StorageError
from goodoffices.exercises.seats_at_desk import SeatsAtDesk
from goodoffices.reports.messages.catalogues import catalogue_for
from goodoffices.web.http.markup import fill
from goodoffices.web.http.static_files import Static
from goodoffices.web.live.automated_seats import play_seats, stop_alone
from goodoffices.web.live.desk_stops import ClockStoppedError
from goodoffices.web.render.localize import Localizer
from goodoffices.web.render.render import environment
from goodoffices.web.routes.context import ServerContext
from goodoffices.web.routes.desks.bulletins import bulletin_file, prepare
from goodoffices.web.routes.desks.ceasefire import figure_table, figures, verdict_table
from goodoffices.web.routes.desks.forecast import forecast_here
from goodoffices.web.routes.desks.hall import mark, move, pack, pack_file, reply, speak
from goodoffices.web.routes.desks.ledgers import bring_rows, take_rows
from goodoffices.web.routes.desks.lists import bring_message, calendar, whole_round, workbook
from goodoffices.web.routes.desks.notes import copy_file, draft_file, letter_file, note, week_file, week_in_template
from goodoffices.web.routes.desks.pen import write
from goodoffices.web.routes.desks.rehearsal import rehearse_here
from goodoffices.web.routes.desks.sealed import bring_sealed, record_line, sealed_file
from goodoffices.web.routes.desks.settlement import answer_table, work_out
from goodoffices.web.routes.downloads import file
from goodoffices.web.routes.exercises.cells import restart_cell
from goodoffices.web.routes.exercises.entrance import solo_clock, solo_end
from goodoffices.web.routes.exercises.sight import debrief_journal, debrief_page, play_as, see_as
from goodoffices.web.routes.grave_acts import confirm_asked, drop, undo, what_became
from goodoffices.web.routes.middleware import SecurityHeaders
from goodoffices.web.routes.people.own_sessions import end_session, set_passphrase
from goodoffices.web.routes.people.seat_cards import card, join, join_form
from goodoffices.web.routes.people.waiting_room import join_code, seat_guest
from goodoffices.web.routes.scratchpad import board, write_board
from goodoffices.web.routes.seat_pages import (
    confirm_clock,
    find,
    go_on,
    keep,
    live,
    page,
    post,
    receipt,
    settle,
    sign_out,
)
from goodoffices.web.routes.server_protocol import Served
from goodoffices.web.routes.sheet_import import bring_sheet, take_sheet
from goodoffices.web.routes.start_page import enter, open_one, start
from goodoffices.web.routes.tracked_changes import bring, confirm

log = logging.getLogger("goodoffices.web")

SENTENCES: dict[int | str, str] = {
    400: "This was not sent from a page of this desk, and nothing was changed. Go back, reload it, and send again.",
    408: "This did not come whole in time, and nothing was changed. Send it again; a slow line needs smaller parts.",
    429: "This was asked too often in a short time, and nothing was changed. Wait a moment, then try again.",
    413: "This is too large to be sent at once, and nothing was changed. Send it in smaller parts.",
    415: "This was not sent by a form of this desk, and nothing was changed. Go back and use the form.",
    "clock": (
        "The clock of this computer is in doubt, and nothing was changed. Nothing is decided until the secretariat has "
        "confirmed the time. You can still read."
    ),
    "silent": (
        "The record does not answer just now, so it is not known whether this was kept. Send it again: it is done "
        "only once."
    ),
    503: "The record cannot be written just now, and nothing was changed. You can still read. Send again in a moment.",
    500: "This failed by an error of the program, and nothing was changed. Give the operator this error code: {code}.",
}
"""The sentence for every status that is not a refusal, and for some reasons of a 503."""
_REASONS: tuple[tuple[type[StorageError], str], ...] = ((ClockStoppedError, "clock"), (SilentRecordError, "silent"))


def create_app(server: ServerContext) -> ASGIApp:
    """Return the application of one server."""
    desk = "/d/{path_id}"
    routes = [
        Route("/", go_on),
        Route("/start", start, methods=["GET"]),
        Route("/start", enter, methods=["POST"]),
        Route("/start/open", open_one, methods=["POST"]),
        Route("/join", join_form, methods=["GET"]),
        Route("/join", join, methods=["POST"]),
        Route("/health", health),
        Route("/robots.txt", robots),
        Route("/static/{digest}/{name}", static),
        Route(f"{desk}/stream", live),
        Route(f"{desk}/receipts/{{n}}", receipt),
        Route(f"{desk}/files/{{version}}/{{form}}", file),
        Route(f"{desk}/board/{{session}}", board, methods=["GET"]),
        Route(f"{desk}/board/{{session}}", write_board, methods=["POST"]),
        Route(f"{desk}/do/{{command}}", post, methods=["POST"]),
        Route(f"{desk}/pending/{{handle}}", what_became, methods=["GET"]),
        Route(f"{desk}/pending/{{handle}}/undo", undo, methods=["POST"]),
        Route(f"{desk}/pending/{{handle}}/confirm", confirm_asked, methods=["POST"]),
        Route(f"{desk}/pending/{{handle}}/drop", drop, methods=["POST"]),
        Route(f"{desk}/attendance/{{session}}", mark, methods=["POST"]),
        Route(f"{desk}/speakers/{{session}}", speak, methods=["POST"]),
        Route(f"{desk}/hall/move", move, methods=["POST"]),
        Route(f"{desk}/notes/{{session}}", note, methods=["POST"]),
        Route(f"{desk}/notes/{{session}}/as/{{reader}}/file/{{ending}}", draft_file),
        Route(f"{desk}/minutes/{{copy}}/file/{{ending}}", copy_file),
        Route(f"{desk}/calendar.ics", calendar),
        Route(f"{desk}/lists/{{name}}", workbook),
        Route(f"{desk}/papers/bring", bring_message, methods=["POST"]),
        Route(f"{desk}/settlement", work_out, methods=["POST"]),
        Route(f"{desk}/settlement.csv", answer_table),
        Route(f"{desk}/ceasefire", figures, methods=["POST"]),
        Route(f"{desk}/ceasefire.csv", verdict_table),
        Route(f"{desk}/ceasefire-figures.csv", figure_table),
        Route(f"{desk}/ledgers/{{ledger}}/bring", bring_rows, methods=["POST"]),
        Route(f"{desk}/ledgers/{{ledger}}/take", take_rows, methods=["POST"]),
        Route(f"{desk}/bulletins", prepare, methods=["POST"]),
        Route(f"{desk}/bulletins/{{bulletin}}/file/{{ending}}", bulletin_file),
        Route(f"{desk}/forecast", forecast_here, methods=["POST"]),
        Route(f"{desk}/rehearsal", rehearse_here, methods=["POST"]),
        Route(f"{desk}/week/file/{{ending}}", week_file),
        Route(f"{desk}/letters/{{invitation}}/{{ending}}", letter_file),
        Route(f"{desk}/week/template", week_in_template, methods=["POST"]),
        Route(f"{desk}/reply", reply, methods=["POST"]),
        Route(f"{desk}/round-file.pdf", whole_round),
        Route(f"{desk}/packs", pack, methods=["POST"]),
        Route(f"{desk}/sealed/bring", bring_sealed, methods=["POST"]),
        Route(f"{desk}/sealed/record.txt", record_line),
        Route(f"{desk}/sealed/{{seat}}/{{number:int}}", sealed_file),
        Route(f"{desk}/pack.pdf", pack_file),
        Route(f"{desk}/texts/{{text}}/pen", write, methods=["POST"]),
        Route(f"{desk}/changes/{{version}}", bring, methods=["POST"]),
        Route(f"{desk}/changes/{{version}}/confirm", confirm, methods=["POST"]),
        Route(f"{desk}/sheet", bring_sheet, methods=["POST"]),
        Route(f"{desk}/sheet/take", take_sheet, methods=["POST"]),
        Route(f"{desk}/find", find, methods=["POST"]),
        Route(f"{desk}/cards", card, methods=["POST"]),
        Route(f"{desk}/join-code", join_code, methods=["POST"]),
        Route(f"{desk}/waiting/{{handle}}", seat_guest, methods=["POST"]),
        Route(f"{desk}/me", settle, methods=["POST"]),
        Route(f"{desk}/me/passphrase", set_passphrase, methods=["POST"]),
        Route(f"{desk}/me/end", end_session, methods=["POST"]),
        Route(f"{desk}/sign-out", sign_out, methods=["POST"]),
        Route(f"{desk}/clock", confirm_clock, methods=["POST"]),
        Route(f"{desk}/keep", keep, methods=["POST"]),
        Route(f"{desk}/play-as", play_as, methods=["POST"]),
        Route(f"{desk}/solo-clock", solo_clock, methods=["POST"]),
        Route(f"{desk}/solo-end", solo_end, methods=["POST"]),
        Route(f"{desk}/as/{{seat}}/{{page:path}}", see_as),
        Route(f"{desk}/restart", restart_cell, methods=["POST"]),
        Route(f"{desk}/debrief.html", debrief_page),
        Route(f"{desk}/debrief.xlsx", debrief_journal),
        Route(f"{desk}/debrief.docx", debrief_journal),
        Route(f"{desk}/{{page:path}}", page),
    ]
    app = Starlette(
        routes=routes,
        exception_handlers={HTTPException: failed, StorageError: unwritable, Exception: broken},
        lifespan=_lifespan,
    )
    app.router.redirect_slashes = False
    app.state.server = server
    return SecurityHeaders(app, server, lost_app(server))


def lost_app(server: Served) -> ASGIApp:
    """Return what answers under a name of another host: nothing can be found there."""
    lost = Starlette(exception_handlers={HTTPException: failed})
    lost.router.redirect_slashes = False
    lost.state.server = server
    return lost


@contextlib.asynccontextmanager
async def _lifespan(app: Starlette) -> AsyncIterator[None]:
    async with running(app.state.server):
        yield


@contextlib.asynccontextmanager
async def running(server: ServerContext) -> AsyncIterator[None]:
    """Let the commands of one record be decided, tick by tick, until the block ends."""
    ticks = bool(server.settings.tick_seconds)
    jobs: list[Coroutine[Any, Any, None]] = [server.queue.run(), server.keep_doing_waiting()] if ticks else []
    seats = SeatsAtDesk(server.room) if ticks and server.room.facts is not None else None
    if seats is not None:
        jobs.append(
            play_seats(seats, server.queue.submit, server.settings.now, lambda: not server.waiting.due(math.inf))
        )
    ticking = [asyncio.create_task(job) for job in jobs]
    for task in ticking:
        task.add_done_callback(lambda ended: _stop_if_broken(server, ended))
    yield
    if seats is not None and server.queue.failure is None:
        await stop_alone(seats, server.queue.submit)
    for task in ticking:
        task.cancel()
    if ticking:
        await asyncio.wait(ticking)
    await server.queue.finish()
    server.close()


def _stop_if_broken(server: ServerContext, ended: asyncio.Task[None]) -> None:
    """End the server if the command queue ended with an error: a desk that answers no command must not look open."""
    if not ended.cancelled() and ended.exception() is not None:
        server.queue.failure = ended.exception()
        log.critical("the command queue has stopped and the desk with it", exc_info=server.queue.failure)
        signal.raise_signal(signal.SIGTERM)


async def health(request: Request) -> Response:
    """GET /health: whether commands can be kept in every record that is open here; no numbers."""
    server: Served = request.app.state.server
    for context in server.contexts():
        if not await context.queue.is_writable():
            return JSONResponse({"state": "read-only"}, 503, headers={"retry-after": "2"})
    return JSONResponse({"state": "ok"})


async def robots(_: Request) -> Response:
    """GET /robots.txt."""
    return PlainTextResponse("User-agent: *\nDisallow: /\n")


async def static(request: Request) -> Response:
    """GET /static/{digest}/{name}: a file that never changes under its address."""
    found = Static.read(request.path_params["digest"], request.path_params["name"])
    if found is None:
        raise HTTPException(404)
    return Response(found[0], media_type=found[1], headers={"cache-control": "public, max-age=31536000, immutable"})


def not_found(request: Request) -> Response:
    """Return the one answer for an unknown seat path, handle or address, and for a method that is not allowed."""
    server: Served = request.app.state.server
    t = Localizer(catalogue_for(server.language(request)), server.nobody())
    body = fill(
        "<p>{}</p><p><a href='/'>{}</a></p>",
        t("There is nothing to open at this address. Check the address, or sign in to the seat again."),
        t("My desks"),
    )
    return _plain(t, t("Not found"), body, 404)


def _plain(t: Localizer, title: Markup, body: Markup, status: int) -> Response:
    return HTMLResponse(environment().get_template("plain.html").render(t=t, title=title, body=body), status)


async def failed(request: Request, error: Exception) -> Response:
    """Answer what Starlette or a route found wrong."""
    status = error.status_code if isinstance(error, HTTPException) else 500
    if status in (404, 405):
        return not_found(request)
    answer = _sentence(request, status, status)
    answer.headers.update((error.headers if isinstance(error, HTTPException) else None) or {})
    return answer


async def unwritable(request: Request, error: Exception) -> Response:
    """Answer that the record cannot be written, or why nothing is decided just now."""
    reason = next((name for kind, name in _REASONS if isinstance(error, kind)), 503)
    return _sentence(request, 503, reason)


async def broken(request: Request, error: Exception) -> Response:
    """Answer an unexpected error with a code that stands in the log too, with the place of the error."""
    code = secrets.token_hex(3)
    log.error("error %s", code, exc_info=error)
    return _sentence(request, 500, 500, code=code)


def _sentence(request: Request, status: int, reason: int | str, **values: str) -> Response:
    server: Served = request.app.state.server
    t = Localizer(catalogue_for(server.language(request)), server.nobody())
    body = fill("<p>{}</p>", t(SENTENCES.get(reason, SENTENCES[400]), **values))
    answer = _plain(t, escape(t("Not done.")), body, status)
    if status == 503:
        answer.headers["retry-after"] = "2"
    return answer
