"""The routes of seat cards: make one for a person of a seat, and come in with one."""

from __future__ import annotations

import io
from typing import Protocol

import segno
from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from goodoffices.reports.messages.catalogues import catalogue_for
from goodoffices.talks.base.enums import Role
from goodoffices.talks.base.refusals import Refusal
from goodoffices.talks.seats.commands import SeatPerson
from goodoffices.talks.state.command_context import CommandRequest
from goodoffices.talks.state.view import View
from goodoffices.web.http.seat_cards import grouped
from goodoffices.web.render.localize import Localizer
from goodoffices.web.render.render import environment
from goodoffices.web.routes.context import ServerContext, SignedInSeat, language_of
from goodoffices.web.routes.forms import read_form
from goodoffices.web.routes.grave_acts import seat_signed_in
from goodoffices.web.routes.seat_pages import opened_at

_MOST_NAME = 100


class Host(Protocol):
    """What may hold several records, or only one: a server."""

    def contexts(self) -> tuple[ServerContext, ...]:
        """Return the records that are open here."""

    def language(self, request: Request) -> str:
        """Return the language of an answer outside a seat's pages."""

    def nobody(self) -> View:
        """Return the view of somebody without a seat."""


def may_invite(view: View, seat: str) -> bool:
    """Say whether a seat may invite people: each to itself, the secretariat also to others."""
    me = view.me
    return me is not None and (seat == view.seat or Role.SECRETARIAT in me.roles) and seat in view.known.seats


async def card(request: Request) -> Response:
    """POST D/cards: seat a person, and show the card that lets this person in. It is shown once."""
    server, signed_in = seat_signed_in(request)
    posted = await read_form(request, server, signed_in.tokens.csrf)
    view = server.view(signed_in)
    seat, person = posted.one("seat") or view.seat, " ".join(posted.one("person").split())[:_MOST_NAME]
    if not may_invite(view, seat) or not person or signed_in.session.keeper is not None:
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
        .render(t=t, card=made, code=grouped(code), address=address, drawn=_drawn(address), base=signed_in.base)
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
    posted = await read_form(request, request.app.state.server, None)
    for server in host.contexts():
        found = server.cards.redeem(posted.one("token"), at=server.settings.now())
        if found is not None and server.is_seated(found.seat, found.person):
            return opened_at(server.open_seat(found.seat, language_of(request), person=found.person))
    return _form(request, wrong=True)


def _form(request: Request, *, wrong: bool = False) -> Response:
    host: Host = request.app.state.server
    t = Localizer(catalogue_for(language_of(request)), host.nobody())
    body = Markup(environment().get_template("join.html").render(t=t, wrong=wrong))  # noqa: S704 - a template escapes
    made = environment().get_template("plain.html").render(t=t, title=t("Come in"), body=body)
    return HTMLResponse(made, 404 if wrong else 200)
