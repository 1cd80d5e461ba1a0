"""The routes for coming back with a passphrase: one answer for a wrong name and for a wrong passphrase."""

from __future__ import annotations

from collections.abc import Iterator

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from goodoffices.service.passphrases import Holder
from goodoffices.talks.base.enums import Kind, Role
from goodoffices.web.http.cookies import give_cookie
from goodoffices.web.http.entrance import BusyError, WaitError, address_of
from goodoffices.web.http.page_queries import language_of
from goodoffices.web.routes.context import ServerContext
from goodoffices.web.routes.forms import read_form
from goodoffices.web.routes.people.hosts import Host, busy, speech, too_many, way_in_page
from goodoffices.web.routes.people.seat_cards import one_line
from goodoffices.web.routes.seat_pages import opened_at


async def sign_in_form(request: Request) -> Response:
    """GET /sign-in: the fields for a name and a passphrase."""
    return _form(request)


async def sign_in(request: Request) -> Response:
    """POST /sign-in: come back to the seats of somebody with this name and passphrase."""
    host: Host = request.app.state.server
    posted = await read_form(request, host, None)
    person = one_line(posted.one("person"))
    try:
        found = await host.entrance.holders(address_of(request), person, posted.one("passphrase"))
    except WaitError as error:
        return too_many(request, error.seconds)
    except BusyError:
        return busy(request)
    places = list(_places(host, found))
    if not places or _sits_for_two(places):
        return _form(request, wrong=True)
    opened = [(server, server.open_seat(one.seat, language_of(request), person=one.person)) for server, one in places]
    if len(opened) == 1:
        return opened_at(*opened[0])
    answer = RedirectResponse("/", 303)
    for server, signed_in in opened:
        give_cookie(answer, signed_in.path_id, signed_in.session.secret, is_secure=server.settings.is_secure)
    return answer


def _places(host: Host, found: tuple[Holder, ...]) -> Iterator[tuple[ServerContext, Holder]]:
    """Yield the seats of the records open here in which these people are named now."""
    for server in host.contexts():
        open_seats = server.room.seats()
        for one in found:
            if (
                one.record == server.room.record_id
                and one.seat in open_seats
                and server.is_seated(one.seat, one.person)
            ):
                yield server, one


def _sits_for_two(places: list[tuple[ServerContext, Holder]]) -> bool:
    """Say whether somebody would sit for two parties of live talks: one person cannot."""
    parties = [
        one.seat
        for server, one in places
        if server.room.kind is Kind.LIVE and Role.PARTY.value in server.room.roles().get(one.seat, ())
    ]
    return len(parties) > 1


def _form(request: Request, *, wrong: bool = False) -> Response:
    t = speech(request)
    return way_in_page(request, t, "sign_in.html", t("Come back"), 422 if wrong else 200, wrong=wrong)
