"""The routes of seat cards: make one for a person of a seat, and come in with one."""

from __future__ import annotations

import io

import segno
from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from goodoffices.names import comparable
from goodoffices.reports.texts.print_packs import draw_seat_card
from goodoffices.talks.base.enums import Kind, Role
from goodoffices.talks.base.refusals import Refusal
from goodoffices.talks.seats.persons import SeatPerson, head_of, may_seat_others, people
from goodoffices.talks.state.command_context import CommandRequest
from goodoffices.talks.state.view import View
from goodoffices.web.http.cookies import cookie
from goodoffices.web.http.page_queries import language_of
from goodoffices.web.http.seat_cards import SeatCard, grouped
from goodoffices.web.live.settings import Settings
from goodoffices.web.render.localize import Localizer
from goodoffices.web.render.render import environment
from goodoffices.web.routes.context import ServerContext, SignedInSeat
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
    """Return a name as it is kept: in one line, and no longer than a name may be; empty if nobody could read it."""
    return " ".join(name.split())[:MOST_NAME] if comparable(name) else ""


def as_named(view: View, seat: str, person: str) -> str:
    """Return the name as it stands in a seat already, if it differs only in case or in what nobody sees."""
    wanted = comparable(person).casefold()
    named = (name for slug, name, _ in people(view.known) if slug == seat)
    return next((name for name in named if comparable(name).casefold() == wanted), person)


async def card(request: Request) -> Response:
    """POST D/cards: seat a person, and show the card that lets this person in. It is shown once."""
    server, signed_in = seat_signed_in(request)
    posted = await read_form(request, server, signed_in.tokens.csrf)
    view = server.view(signed_in)
    seat = posted.one("seat") or view.seat
    person = as_named(view, seat, one_line(posted.one("person")))
    if not may_invite(view, signed_in.session.person, seat) or not person or signed_in.session.keeper is not None:
        raise HTTPException(404)
    if not view.known.persons.get(f"{seat} {person}"):
        asked = CommandRequest(seat=view.seat, command=SeatPerson(person=person, slug=seat), person=_who(signed_in))
        answer = await server.queue.submit(asked, posted.key, arrived=posted.arrived)
        if isinstance(answer, Refusal):
            raise HTTPException(404)
    made, code = server.cards.make(seat, person, at=server.settings.now())
    address = f"{server.settings.origins[0]}/join#{code}"
    t = Localizer.to(signed_in.person, server.view(signed_in))
    if posted.one("as") == "pdf":
        data = _on_paper(t, made, server.settings, address, code)
        drawn = await server.read_file(signed_in.seat, lambda: draw_seat_card(data))
        disposition = {"content-disposition": 'attachment; filename="seat-card.pdf"'}
        return Response(drawn, media_type="application/pdf", headers=disposition)
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


def _on_paper(t: Localizer, card: SeatCard, settings: Settings, address: str, code: str) -> dict[str, str]:
    """Return the words of a card as they are printed: what the page of the card says."""
    asks = "Before that, fetch the certificate of this desk at {address} and compare its fingerprint:"
    trust = t(asks, address=_western(settings.trust_address)).striptags()
    return {
        "kind": str(t("Seat card").striptags()),
        "person": card.person,
        "seat": str(t.seat_title(card.seat).striptags()),
        "address": str(t("Or type this code at {address}", address=_western(address.partition("#")[0])).striptags()),
        "code": grouped(code),
        "until": str(t("It opens this seat once, until {at}.", at=t.when(card.until)).striptags()),
        "trust": f"{trust} {settings.fingerprint}" if settings.fingerprint else "",
        "lang": t.language,
        "dir": t.catalogue.direction,
        "qr": str(_drawn(address)),
    }


def _western(text: str) -> str:
    """Return a text that reads from left to right, also within Arabic."""
    return f"\u2066{text}\u2069"


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
        for_another: list[str] = []

        def may_sit(seat: str, person: str, server: ServerContext = server, held: list[str] = for_another) -> bool:
            held += other_parties(request, server, seat)
            return server.is_seated(seat, person) and not held

        found = server.cards.redeem(posted.one("token"), may_sit, at=server.settings.now())
        if for_another:
            return _form(request, for_another=True)
        if found is not None:
            return opened_at(server, server.open_seat(found.seat, language_of(request), person=found.person))
        if server.rooms.keeper_of(posted.one("token")) is not None:
            t = speech(request)
            return way_in_page(request, t, "waiting_name.html", t("Come in"), token=posted.one("token"))
    return not_opened(request)


def not_opened(request: Request) -> Response:
    """Return the one answer to every code that does not open anything."""
    return _form(request, wrong=True)


def other_parties(request: Request, server: ServerContext, seat: str) -> list[str]:
    """Return the seats of other parties of live talks that this browser holds: one person cannot sit for two."""
    roles = server.room.roles()
    parties = [one for one in server.room.seats() if Role.PARTY.value in roles.get(one, ())]
    if server.room.kind is not Kind.LIVE or seat not in parties:
        return []
    at, is_secure = server.settings.now(), server.settings.is_secure
    secrets = {one: cookie(request, server.seat_paths.path_id(one), is_secure=is_secure) for one in parties}
    return [one for one, secret in secrets.items() if one != seat and server.access.find(secret, one, at=at)]


def _form(request: Request, *, wrong: bool = False, for_another: bool = False) -> Response:
    t = speech(request)
    status = 422 if for_another else 404 if wrong else 200
    return way_in_page(request, t, "join.html", t("Come in"), status, wrong=wrong, for_another=for_another)
