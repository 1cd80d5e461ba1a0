"""Routes of a host with several cells: boards, clocks, an inject to all, a new cell; and the demonstration."""

from __future__ import annotations

import asyncio
from functools import cache

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from goodoffices.errors import GoodOfficesError
from goodoffices.exercises.cells import cell_of, inject_command, restarted_beside
from goodoffices.exercises.demonstration import Scene, demonstration
from goodoffices.exercises.entrances import control_of, playable
from goodoffices.formats.talks_file.reader import find_scenario, read_talks
from goodoffices.service.command_batches import Done
from goodoffices.talks.exercise.clock import PauseClock, RunClock
from goodoffices.talks.exercise.runs import controls
from goodoffices.talks.state.command_context import Command, CommandRequest
from goodoffices.web.render.form_widgets import Tokens
from goodoffices.web.render.localize import name_of
from goodoffices.web.render.render import environment
from goodoffices.web.routes.exercises.entrance import board_opened
from goodoffices.web.routes.forms import PostedForm, read_form
from goodoffices.web.routes.grave_acts import seat_signed_in
from goodoffices.web.routes.record_host import OpenTalks, RecordHost
from goodoffices.web.routes.record_list import listed, owned, refusal, speech
from goodoffices.web.routes.seat_pages import opened_at

HOST = "goodoffices.record_host"
"""Under this name a request to an exercise carries the host that holds it, if there is one."""


async def board_of_one(request: Request) -> Response:
    """POST /records/board: open the board of control of one exercise that is open here."""
    host, session = owned(request)
    posted = await read_form(request, host, Tokens(secret=session.secret).csrf)
    found = host.held(posted.one("record"))
    if found is None or cell_of(found[1].name, found[1].server.room, at=host.settings.now()) is None:
        raise HTTPException(404)
    return board_opened(found[1], session.language)


async def all_clocks(request: Request) -> Response:
    """POST /records/cells/clock: let the clocks of all cells of the same talks run, or stop them."""
    host, posted, cells = await _cells(request)
    command = {"run": RunClock(), "pause": PauseClock()}.get(posted.one("do"))
    if command is None:
        raise HTTPException(404)
    done = [await _done(held, command) for held in cells]
    return await _said(request, host, sum(done), len(cells))


async def all_injects(request: Request) -> Response:
    """POST /records/cells/inject: give one inject now in all cells of the same talks."""
    host, posted, cells = await _cells(request)
    commands = [(held, inject_command(held.server.room, posted.one("inject"))) for held in cells]
    if not any(command for _, command in commands):
        raise HTTPException(404)
    done = [command is not None and await _done(held, command) for held, command in commands]
    return await _said(request, host, sum(done), len(cells))


async def _cells(request: Request) -> tuple[RecordHost, PostedForm, list[OpenTalks]]:
    """Return the host, the form, and the open exercises of the talks that it names."""
    host, session = owned(request)
    posted = await read_form(request, host, Tokens(secret=session.secret).csrf)
    shown = ((held, cell_of(held.name, held.server.room, at=host.settings.now())) for held in host.talks.values())
    cells = [held for held, cell in shown if cell is not None and cell.slug == posted.one("talks")]
    if not cells:
        raise HTTPException(404)
    return host, posted, cells


async def _done(held: OpenTalks, command: Command) -> bool:
    """Give a command of control in one cell; say whether it was done."""
    control = control_of(held.server.room)
    return isinstance(await held.server.queue.submit(CommandRequest(seat=control, command=command)), Done)


async def _said(request: Request, host: RecordHost, n: int, of: int) -> Response:
    session = owned(request)[1]
    t = speech(host, session)
    return await listed(host, session, said=t("Done in {n} of {of} cells.", n=n, of=of))


async def restart_cell(request: Request) -> Response:
    """POST D/restart: begin a new cell from a moment of this exercise, once it is revealed. For control alone."""
    server, signed_in = seat_signed_in(request)
    posted = await read_form(request, server, signed_in.tokens.csrf)
    view, host = server.view(signed_in), request.scope.get(HOST)
    if (
        signed_in.seat not in controls(view.known)
        or not view.known.exercise.is_revealed
        or not isinstance(host, RecordHost)
    ):
        raise HTTPException(404)
    path_id, language = signed_in.path_id, signed_in.session.language
    held = host.of_seat(path_id)
    assert held is not None, "the host sent this request to the exercise that has the seat"
    at = host.settings.now()
    try:
        made = await host.hold_exercise(
            lambda: restarted_beside(server.room, host.data, held.name, posted.one("moment"), at=at, language=language)
        )
    except GoodOfficesError as error:
        session = host.owner(request)
        if session is None:
            raise HTTPException(422) from error
        return await listed(host, session, refusal(speech(host, session), error))
    if host.owner(request) is not None:
        return board_opened(made, language)
    return opened_at(made.server, made.server.open_seat(control_of(made.server.room), language), "control")


async def demonstration_page(request: Request) -> Response:
    """GET /records/demonstration/{name}: the demonstration that plays itself, all of it where no script runs."""
    host, session = owned(request)
    name = request.path_params["name"]
    found = next((one for one in playable(session.language) if one.name == name and one.shows_itself), None)
    if found is None:
        raise HTTPException(404)
    scenes = await asyncio.to_thread(_scenes, name, session.language)
    t = speech(host, session)
    context = {"talks": found, "scenes": scenes, "csrf": Tokens(secret=session.secret).csrf, "bare": name_of}
    return HTMLResponse(environment().get_template("demonstration.html").render(t=t, **context))


@cache
def _scenes(name: str, language: str) -> tuple[Scene, ...]:
    """Return the scenes of a bundled demonstration: they are the same each time."""
    folder = find_scenario(name)
    return tuple(demonstration(folder, read_talks(folder), language))
