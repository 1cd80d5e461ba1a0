"""The ways into an exercise from the list of records: play one seat alone, or host one for many people."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from goodoffices.exercises.entrances import begun, control_of, playable
from goodoffices.talks.exercise.clock import PauseClock, RunClock
from goodoffices.talks.state.command_context import Command, CommandRequest
from goodoffices.web.http.cookies import give_cookie
from goodoffices.web.http.login_sessions import START
from goodoffices.web.render.form_widgets import Tokens
from goodoffices.web.routes.context import ServerContext
from goodoffices.web.routes.forms import read_form
from goodoffices.web.routes.grave_acts import seat_signed_in
from goodoffices.web.routes.record_host import RecordHost
from goodoffices.web.routes.seat_pages import opened_at


async def play(request: Request) -> Response:
    """POST /records/play: begin an exercise for one person, in the seat that they chose, and open its brief."""
    host, session, posted_name, seat = await _asked(request)
    found = next((one for one in playable("en") if one.name == posted_name), None)
    if found is None or seat not in dict(found.seats):
        raise HTTPException(404)
    held = await host.hold_exercise(lambda: begun(host.data, posted_name, at=host.settings.now(), player=seat))
    return opened_at(held.server, held.server.open_seat(seat, session), "brief")


async def host_one(request: Request) -> Response:
    """POST /records/host: begin an exercise for many people, and open the board of control."""
    host, language, name, _ = await _asked(request)
    if name not in {one.name for one in playable("en")}:
        raise HTTPException(404)
    held = await host.hold_exercise(lambda: begun(host.data, name, at=host.settings.now(), player=None))
    control = control_of(held.server.room)
    answer = opened_at(held.server, held.server.open_seat(control, language), "control")
    started = held.server.access.open(START, language=language, at=host.settings.now())
    give_cookie(answer, held.server.start_key, started.secret, is_secure=host.settings.is_secure)
    return answer


async def _asked(request: Request) -> tuple[RecordHost, str, str, str]:
    """Return the host, the reader's language, and the talks and the seat that were chosen."""
    host: RecordHost = request.app.state.server
    session = host.owner(request)
    if session is None:
        raise HTTPException(404)
    posted = await read_form(request, host, Tokens(secret=session.secret).csrf)
    return host, session.language, posted.one("talks"), posted.one("seat")


async def solo_clock(request: Request) -> Response:
    """POST D/solo-clock: let the clock run or stand. Only for the one person of an exercise that they play alone."""
    server, signed_in = seat_signed_in(request)
    await read_form(request, server, signed_in.tokens.csrf)
    run = server.view(signed_in).known.exercise
    if run.persons != (signed_in.seat,) or run.is_over:
        raise HTTPException(404)
    await _control(server, PauseClock() if run.is_running else RunClock())
    # Who lets it run for the first time has read the brief, and goes home to what needs them.
    return RedirectResponse(f"{signed_in.base}/{'brief' if run.is_running else ''}", 303)


async def _control(server: ServerContext, command: Command) -> None:
    await server.queue.submit(CommandRequest(seat=control_of(server.room), command=command))
