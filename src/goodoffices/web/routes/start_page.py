"""The start page of an exercise: what happened, and the seats to open. Anybody who has its code may open any seat."""

from __future__ import annotations

import re

from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from goodoffices.reports.messages.catalogues import LANGUAGES, catalogue_for
from goodoffices.reports.seat_names import talks_title
from goodoffices.talks.base.enums import Kind
from goodoffices.talks.model.claims import Source
from goodoffices.web.http.cookies import cookie, give_cookie
from goodoffices.web.http.login_sessions import START, LoginSession
from goodoffices.web.http.page_queries import language_of
from goodoffices.web.pages.page import groups
from goodoffices.web.render.form_widgets import Tokens
from goodoffices.web.render.localize import Localizer
from goodoffices.web.render.render import environment
from goodoffices.web.routes.context import ServerContext
from goodoffices.web.routes.forms import read_form
from goodoffices.web.routes.seat_pages import opened_at

_MOST_SENTENCES = 4
_MOST_SOURCES = 5
_END = re.compile(r"(?<=[.!?])\s+(?=[A-ZА-Я])")


async def start(request: Request) -> Response:
    """GET /start: the field for the code, or the seats."""
    server = _exercise(request)
    session = server.starter(request)
    seats = server.room.seats()
    view = server.room.view(seats[0])
    if session is None:
        return code_form(Localizer(catalogue_for(language_of(request)), view), server.base)
    t = Localizer(catalogue_for(_chosen(request, server, session)), view)
    context = {
        "base": server.base,
        "alone": next((slug for slug in seats if view.known.exercise.is_played_alone_by(slug)), ""),
        "is_hosted": server.entered is not None,
        "header": view.known.header,
        "title": talks_title(view, t.language),
        "sentences": _sentences(view.known.header.summary),
        "sources": _sources(server, seats[0]),
        "groups": groups([view.known.seats[slug] for slug in seats if slug in view.known.seats]),
        "csrf": _tokens(session).csrf,
    }
    return HTMLResponse(environment().get_template("start.html").render(t=t, **context))


async def enter(request: Request) -> Response:
    """POST /start: trade the one-time code for a session. A used code and an unknown one get the same answer."""
    server = _exercise(request)
    posted = await read_form(request, server, None)
    if not server.use_sign(posted.one("token")):
        return code_form(Localizer(catalogue_for(language_of(request)), server.room.view("")), server.base, wrong=True)
    answer = started(server, language_of(request))
    if server.entered is not None:
        server.entered(answer, language_of(request))
    return answer


def started(server: ServerContext, language: str) -> Response:
    """Return the way to the start page, with a session that may open any seat."""
    session = server.access.open(START, language=language, at=server.settings.now())
    answer = RedirectResponse(f"{server.base}/start", 303)
    give_cookie(answer, server.start_key, session.secret, is_secure=server.settings.is_secure)
    return answer


async def open_one(request: Request) -> Response:
    """POST /start/open: open a seat in this browser."""
    server = _exercise(request)
    session = server.starter(request)
    if session is None:
        raise HTTPException(404)
    posted = await read_form(request, server, _tokens(session).csrf)
    seat = posted.one("seat")
    if seat not in server.room.seats():
        raise HTTPException(404)
    path_id = server.seat_paths.path_id(seat)
    secret = cookie(request, path_id, is_secure=server.settings.is_secure)
    if server.access.find(secret, seat, at=server.settings.now()) is not None:
        return RedirectResponse(f"/d/{path_id}/", 303)
    asked = posted.one("language")
    return opened_at(server, server.open_seat(seat, asked if asked in LANGUAGES else session.language))


def _chosen(request: Request, server: ServerContext, session: LoginSession) -> str:
    """Return the language of the start page: as its address asks, which is then remembered, or as remembered."""
    asked = request.query_params.get("lang", "")
    if asked in LANGUAGES and asked != session.language:
        server.access.choose(session, language=asked, may_fail=True)
        return asked
    return session.language


def code_form(t: Localizer, base: str, *, wrong: bool = False) -> Response:
    """Return the field for the code; with ``wrong``, as the answer to a code that does not open."""
    body = Markup(environment().get_template("token.html").render(t=t, base=base, wrong=wrong))  # noqa: S704 - a template escapes
    made = environment().get_template("plain.html").render(t=t, title=t("Good Offices"), body=body)
    return HTMLResponse(made, 404 if wrong else 200)


def _exercise(request: Request) -> ServerContext:
    server: ServerContext = request.app.state.server
    if server.room.kind is not Kind.EXERCISE or not server.room.seats():
        raise HTTPException(404)
    return server


def _tokens(session: LoginSession) -> Tokens:
    return Tokens(secret=session.secret)


def _sentences(summary: tuple[str, ...]) -> list[str]:
    """Return the first sentences of the talks' summary."""
    return [sentence for text in summary for sentence in _END.split(text)][:_MOST_SENTENCES]


def _sources(server: ServerContext, seat: str) -> list[Source]:
    """Return the sources of the claims that the talks began from, else the first sources there are."""
    known = server.room.view(seat).known
    seeds = {c.claim.source for c in known.claims.values() if c.claim.in_seed and c.claim.source in known.sources}
    chosen = [known.sources[slug] for slug in sorted(slug for slug in seeds if slug)]
    more = [source for source in known.sources.values() if source not in chosen and source.dated]
    return [*chosen, *more][:_MOST_SOURCES]
