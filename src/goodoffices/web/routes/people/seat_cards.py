"""The routes of seat cards: make one for a person of a seat, and come in with one."""

from __future__ import annotations

import io

import segno
from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from goodoffices.reports.messages.catalogues import catalogue_for
from goodoffices.talks.base.refusals import Refusal
from goodoffices.talks.seats.persons import SeatPerson, head_of, may_seat_others
from goodoffices.talks.state.command_context import CommandRequest
from goodoffices.talks.state.view import View
from goodoffices.web.http.seat_cards import grouped
from goodoffices.web.render.localize import Localizer
from goodoffices.web.render.render import environment
from goodoffices.web.routes.context import SignedInSeat, language_of
from goodoffices.web.routes.forms import read_form
from goodoffices.web.routes.grave_acts import seat_signed_in
from goodoffices.web.routes.people.hosts import Host, speech, too_many, way_in_page
from goodoffices.web.routes.seat_pages import opened_at

MOST_NAME = 100


def may_invite(view: View, person: str | None, seat: str) -> bool:
    """Say whether somebody may invite people into a seat: its head may, and for other seats the secretariat."""
    if view.me is None or seat not in view.known.seats or view.known.seats[seat].closed:
        return False
    if seat != view.seat:
        return may_seat_others(view.known, view.seat)
    return person is None or head_of(view.known, seat) in (None, person)


def one_line(name: str) -> str:
    """Return a name as it is kept: in one line, and no longer than a name may be."""
    return " ".join(name.split())[:MOST_NAME]


async def card(request: Request) -> Response:
    """POST D/cards: seat a person, and show the card that lets this person in. It is shown once."""
    server, signed_in = seat_signed_in(request)
    posted = await read_form(request, server, signed_in.tokens.csrf)
    view = server.view(signed_in)
    seat, person = posted.one("seat") or view.seat, one_line(posted.one("person"))
    if not may_invite(view, signed_in.session.person, seat) or not person or signed_in.session.keeper is not None:
        raise HTTPException(404)
    if not view.known.persons.get(f"{seat} {person}"):
        asked = CommandRequest(seat=view.seat, command=SeatPerson(person=person, slug=seat), person=_who(signed_in))
        answer = await server.queue.submit(asked, posted.key, arrived=posted.arrived)
        if isinstance(answer, Refusal):
            raise HTTPException(404)
    made, code = server.cards.make(seat, person, at=server.settings.now())
    address = f"{server.settings.origins[0]}/join#{code}"
    t = Localizer(catalogue_for(signed_in.person.language), server.view(signed_in))
    shown = (
        environment()
        .get_template("seat_card.html")
        .render(
            t=t,
            settings=server.settings,
            card=made,
            code=grouped(code),
            address=address,
            drawn=_drawn(address),
            base=signed_in.base,
        )
    )
    return HTMLResponse(shown)


def _who(signed_in: SignedInSeat) -> str | None:
    return signed_in.session.person


def _drawn(address: str) -> Markup:
    """Return the address as a QR code, drawn in SVG without styles."""
    drawn = io.BytesIO()
    segno.make(address, micro=False, error="m").save(
        drawn, kind="svg", border=2, omitsize=True, xmldecl=False, nl=False, svgclass=None, lineclass=None
    )
    return Markup(drawn.getvalue().decode())  # noqa: S704 - drawn by a library from our own address


async def join_form(request: Request) -> Response:
    """GET /join: the field for the code of a seat card; a link fills it in by itself."""
    return _form(request)


async def join(request: Request) -> Response:
    """POST /join: come in with a seat card. Every code that does not open gets the same answer."""
    host: Host = request.app.state.server
    posted = await read_form(request, host, None)
    seconds = host.entrance.join_wait(request)
    if seconds:
        return too_many(request, seconds)
    for server in host.contexts():
        found = server.cards.redeem(posted.one("token"), at=server.settings.now())
        if found is not None and server.is_seated(found.seat, found.person):
            return opened_at(server, server.open_seat(found.seat, language_of(request), person=found.person))
        if server.rooms.keeper_of(posted.one("token")) is not None:
            t = speech(request)
            return way_in_page(request, t, "waiting_name.html", t("Come in"), token=posted.one("token"))
    return not_opened(request)


def not_opened(request: Request) -> Response:
    """Return the one answer to every code that does not open anything."""
    return _form(request, wrong=True)


def _form(request: Request, *, wrong: bool = False) -> Response:
    t = speech(request)
    return way_in_page(request, t, "join.html", t("Come in"), 404 if wrong else 200, wrong=wrong)
