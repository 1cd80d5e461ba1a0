"""The ways into an exercise from the list of records: play one seat alone, or host one for many people."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from goodoffices.errors import GoodOfficesError
from goodoffices.exercises.cells import MOST_CELLS
from goodoffices.exercises.entrances import begun, control_of, playable
from goodoffices.talks.exercise.clock import PauseClock, RunClock
from goodoffices.talks.exercise.runs import EndExercise, Reveal
from goodoffices.talks.model.known_exercise import HowFar
from goodoffices.talks.state.command_context import Command, CommandRequest
from goodoffices.web.http.cookies import give_cookie
from goodoffices.web.http.login_sessions import START
from goodoffices.web.render.form_widgets import Tokens
from goodoffices.web.routes.context import ServerContext
from goodoffices.web.routes.forms import read_form
from goodoffices.web.routes.grave_acts import seat_signed_in
from goodoffices.web.routes.record_host import OpenTalks, RecordHost
from goodoffices.web.routes.record_list import listed, owned, refusal, speech
from goodoffices.web.routes.seat_pages import opened_at


async def play(request: Request) -> Response:
    """POST /records/play: begin an exercise for one person, in the seat that they chose, and open its brief."""
    host, session, posted_name, seat, _ = await _asked(request)
    found = next((one for one in playable("en") if one.name == posted_name), None)
    if found is None or not found.has_orders or seat not in dict(found.seats):
        raise HTTPException(404)
    try:
        held = await host.hold_exercise(lambda: begun(host.data, posted_name, at=host.settings.now(), player=seat))
    except GoodOfficesError as error:
        return await not_begun(request, error)
    return opened_at(held.server, held.server.open_seat(seat, session), "brief")


async def host_one(request: Request) -> Response:
    """POST /records/host: begin an exercise for many people, in one cell or several side by side."""
    host, language, name, _, cells = await _asked(request)
    if name not in {one.name for one in playable("en")}:
        raise HTTPException(404)
    try:
        held = [
            await host.hold_exercise(lambda: begun(host.data, name, at=host.settings.now(), player=None))
            for _ in range(cells)
        ]
    except GoodOfficesError as error:
        return await not_begun(request, error)
    if cells == 1:
        return board_opened(held[0], language)
    # Of several cells the list shows where each stands.
    answer = RedirectResponse("/records#cells", 303)
    for one in held:
        _give_start(answer, one, language)
    return answer


async def not_begun(request: Request, error: GoodOfficesError) -> Response:
    """Return the list of records with the reason why an exercise was not begun."""
    host, session = owned(request)
    return await listed(host, session, refusal(speech(host, session), error))


def board_opened(held: OpenTalks, language: str) -> Response:
    """Return the way to the board of control of an open exercise, with the session of its start page."""
    server = held.server
    answer = opened_at(server, server.open_seat(control_of(server.room), language), "control")
    _give_start(answer, held, language)
    return answer


def _give_start(answer: Response, held: OpenTalks, language: str) -> None:
    server = held.server
    started = server.access.open(START, language=language, at=server.settings.now())
    give_cookie(answer, server.start_key, started.secret, is_secure=server.settings.is_secure)


async def _asked(request: Request) -> tuple[RecordHost, str, str, str, int]:
    """Return the host, the reader's language, the talks and the seat that were chosen, and how many cells."""
    host: RecordHost = request.app.state.server
    session = host.owner(request)
    if session is None:
        raise HTTPException(404)
    posted = await read_form(request, host, Tokens(secret=session.secret).csrf)
    cells = posted.one("cells") or "1"
    if cells not in {str(n) for n in range(1, MOST_CELLS + 1)}:
        raise HTTPException(404)
    return host, session.language, posted.one("talks"), posted.one("seat"), int(cells)


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


async def solo_end(request: Request) -> Response:
    """POST D/solo-end: end the exercise. Only for the one person of an exercise that they play alone."""
    server, signed_in = seat_signed_in(request)
    await read_form(request, server, signed_in.tokens.csrf)
    if not server.view(signed_in).known.exercise.is_played_alone_by(signed_in.seat):
        raise HTTPException(404)
    await _control(server, EndExercise())
    await _control(server, Reveal(how_far=HowFar.ALL.value))
    return RedirectResponse(f"{signed_in.base}/debrief", 303)


async def _control(server: ServerContext, command: Command) -> None:
    await server.queue.submit(CommandRequest(seat=control_of(server.room), command=command))
