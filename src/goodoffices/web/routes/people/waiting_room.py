"""The routes of waiting rooms: open one with a short code, wait in it, be seated from it. In exercises only."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from goodoffices.talks.base.enums import Kind
from goodoffices.talks.base.refusals import Refusal
from goodoffices.talks.seats.persons import SeatPerson, may_seat_others
from goodoffices.talks.state.command_context import CommandRequest
from goodoffices.web.http.cookies import cookie, give_cookie, take_cookie
from goodoffices.web.http.page_queries import language_of
from goodoffices.web.live.waiting_room import Guest
from goodoffices.web.render.localize import Localizer
from goodoffices.web.routes.context import ServerContext, SignedInSeat
from goodoffices.web.routes.forms import PostedForm, read_form
from goodoffices.web.routes.grave_acts import refused_at, seat_signed_in
from goodoffices.web.routes.people.hosts import Host, speech, too_many, way_in_page
from goodoffices.web.routes.people.seat_cards import as_named, not_opened, one_line
from goodoffices.web.routes.seat_pages import opened_at

COOKIE = "waiting"


async def _keeper(request: Request) -> tuple[ServerContext, SignedInSeat, PostedForm]:
    """Return the server, who keeps a waiting room here, and the form; 404 for every other seat, and in live talks."""
    server, signed_in = seat_signed_in(request)
    posted = await read_form(request, server, signed_in.tokens.csrf)
    is_exercise = server.room.kind is Kind.EXERCISE and signed_in.session.keeper is None
    if not is_exercise or not may_seat_others(server.view(signed_in).known, signed_in.seat):
        raise HTTPException(404)
    return server, signed_in, posted


async def join_code(request: Request) -> Response:
    """POST D/join-code: open the waiting room with its code, or close it."""
    server, signed_in, posted = await _keeper(request)
    if posted.one("open") == "yes":
        server.rooms.open(signed_in.seat)
    else:
        server.rooms.close(signed_in.seat)
    return RedirectResponse(f"{signed_in.base}/seats", 303)


async def seat_guest(request: Request) -> Response:
    """POST D/waiting/{handle}: put somebody who waits into a seat, or turn them away."""
    server, signed_in, posted = await _keeper(request)
    guest = server.rooms.waiting(signed_in.seat, request.path_params["handle"])
    if guest is None:
        raise HTTPException(404)
    if posted.one("away") == "yes":
        server.rooms.drop(guest.ticket)
        return RedirectResponse(f"{signed_in.base}/seats", 303)
    seat, t = posted.one("seat"), Localizer.to(signed_in.person, server.view(signed_in))
    if not seat:
        return refused_at(server, signed_in, "seats", t("Choose a seat for {name}.", name=t.named(guest.name)), 422)
    if server.is_seated(seat, as_named(server.view(signed_in), seat, guest.name)):
        taken = t("Somebody called {name} is in this seat already. Make a new card for them.", name=t.named(guest.name))
        return refused_at(server, signed_in, "seats", taken, 422)
    command = SeatPerson(person=guest.name, slug=seat)
    asked = CommandRequest(seat=signed_in.seat, command=command, person=signed_in.session.person)
    answer = await server.queue.submit(asked, posted.key, arrived=posted.arrived)
    if isinstance(answer, Refusal):
        return refused_at(server, signed_in, "seats", t.refusal(answer), 422)
    server.rooms.put(signed_in.seat, guest, seat)
    return RedirectResponse(f"{signed_in.base}/seats", 303)


def _found(request: Request) -> tuple[ServerContext, Guest] | None:
    host: Host = request.app.state.server
    ticket = cookie(request, COOKIE, is_secure=host.settings.is_secure)
    for server in host.contexts():
        guest = server.rooms.find(ticket) if ticket else None
        if guest is not None:
            return server, guest
    return None


async def enter_room(request: Request) -> Response:
    """POST /waiting-room: wait under a name. A code that opens no room gets the answer of every such code."""
    host: Host = request.app.state.server
    posted = await read_form(request, host, None)
    seconds = host.entrance.join_wait(request)
    if seconds:
        return too_many(request, seconds)
    name = one_line(posted.one("person"))
    for server in host.contexts():
        guest = server.rooms.enter(posted.one("token"), name) if name else None
        if guest is not None:
            answer = RedirectResponse("/waiting-room", 303)
            give_cookie(answer, COOKIE, guest.ticket, is_secure=host.settings.is_secure)
            return answer
    return not_opened(request)


async def waiting_room(request: Request) -> Response:
    """GET /waiting-room: whether a seat has been given yet. Looking changes nothing."""
    found, t = _found(request), speech(request)
    if found is None:
        return way_in_page(request, t, "waiting_room.html", t("Waiting room"), 404, guest=None)
    return way_in_page(request, t, "waiting_room.html", t("Waiting room"), guest=found[1])


async def leave_room(request: Request) -> Response:
    """POST /waiting-room/in: come in to the seat that was given."""
    host: Host = request.app.state.server
    await read_form(request, host, None)
    found = _found(request)
    if found is None or found[1].seat is None or not found[0].is_seated(found[1].seat, found[1].name):
        return RedirectResponse("/waiting-room", 303)
    server, guest = found
    server.rooms.drop(guest.ticket)
    answer = opened_at(server, server.open_seat(guest.seat or "", language_of(request), person=guest.name))
    take_cookie(answer, COOKIE, is_secure=host.settings.is_secure)
    return answer
