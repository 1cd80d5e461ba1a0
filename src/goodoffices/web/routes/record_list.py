"""The list of records on this computer: open one, close one. Only who holds the code of this start may see it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from goodoffices.errors import GoodOfficesError, NewerFormatError, WrongKeyError
from goodoffices.exercises.cells import MOST_CELLS, Cell, cell_of, injects_of, side_by_side
from goodoffices.exercises.entrances import playable
from goodoffices.reports.messages.catalogues import LANGUAGES, catalogue_for
from goodoffices.talks.base.enums import Kind
from goodoffices.web.http.cookies import cookie
from goodoffices.web.http.login_sessions import LoginSession
from goodoffices.web.http.page_queries import language_of
from goodoffices.web.render.form_widgets import Tokens
from goodoffices.web.render.localize import Localizer, name_of
from goodoffices.web.render.render import environment
from goodoffices.web.routes.forms import read_form
from goodoffices.web.routes.record_host import (
    OpenTalks,
    OtherKindError,
    RecordHost,
    TooManyOpenError,
    TooSoonError,
    first_seat,
)
from goodoffices.web.routes.seat_pages import my_desks_page, opened_at
from goodoffices.web.routes.start_page import code_form, started


def owned(request: Request) -> tuple[RecordHost, LoginSession]:
    """Return the host and the session that may open and begin records.

    Raises
    ------
    HTTPException
        404 for everybody else, as for an address that does not exist.
    """
    host: RecordHost = request.app.state.server
    session = host.owner(request)
    if session is None:
        raise HTTPException(404)
    asked = request.query_params.get("lang", "")
    if request.method == "GET" and asked in LANGUAGES and asked != session.language:
        host.access.choose(session, language=asked, may_fail=True)
        session = replace(session, language=asked)
    return host, session


def speech(host: RecordHost, session: LoginSession) -> Localizer:
    """Return how pages of the host speak to somebody."""
    return Localizer(catalogue_for(session.language), host.nobody())


async def my_desks(request: Request) -> Response:
    """GET /: the list of records, or else the desks that this browser has open."""
    host: RecordHost = request.app.state.server
    if host.owner(request) is not None:
        return RedirectResponse("/records", 303)
    t = Localizer(catalogue_for(host.language(request)), host.nobody())
    now, mine = host.settings.now(), list[tuple[str, str]]()
    for held in host.talks.values():
        for seat in held.server.room.seats():
            path_id = held.server.seat_paths.path_id(seat)
            if held.server.access.find(cookie(request, path_id, is_secure=host.settings.is_secure), seat, at=now):
                mine.append((path_id, held.server.room.view(seat).name(seat, t.language)))
    return my_desks_page(t, mine, is_readable=host.settings.is_readable)


async def code(request: Request) -> Response:
    """GET /start: the field for the code, or the list of records."""
    host: RecordHost = request.app.state.server
    if host.owner(request) is not None:
        return RedirectResponse("/records", 303)
    return code_form(Localizer(catalogue_for(language_of(request)), host.nobody()), "")


async def enter_host(request: Request) -> Response:
    """POST /start: trade the one-time code for a session. A used code and an unknown one get the same answer."""
    host: RecordHost = request.app.state.server
    posted = await read_form(request, host, None)
    if not host.use_sign(posted.one("token")):
        return code_form(Localizer(catalogue_for(language_of(request)), host.nobody()), "", wrong=True)
    answer = RedirectResponse("/records", 303)
    host.enter(answer, language_of(request))
    return answer


async def records(request: Request) -> Response:
    """GET /records: the records on this computer."""
    host, session = owned(request)
    return await listed(host, session)


async def listed(
    host: RecordHost, session: LoginSession, refused: Markup | None = None, said: Markup | None = None
) -> Response:
    """Return the list of records, with why something was not done, or what was."""
    t = speech(host, session)
    rows = [
        {
            "name": kept.name,
            "title": kept.title,
            "kind": kept.kind,
            "is_readable": kept.kind is not None,
            "is_live": kept.kind is Kind.LIVE,
            "changed_at": kept.changed_at,
            "open": _open_at(host, kept.name),
        }
        for kept in await host.kept()
    ]
    context: dict[str, Any] = {
        "rows": rows,
        "bundled": host.bundled(),
        # The talks files are read once for each language, which takes a moment: apart from all other work.
        "playable": await asyncio.to_thread(playable, session.language),
        "folder": host.data.name,
        "csrf": Tokens(secret=session.secret).csrf,
        "refused": refused,
        "said": said,
        "cells": _cells(host, session.language),
        "most_cells": MOST_CELLS,
        "bare": name_of,
    }
    made = environment().get_template("records.html").render(t=t, **context)
    return HTMLResponse(made, 200 if refused is None else 422)


def _cells(host: RecordHost, language: str) -> list[tuple[str, tuple[Cell, ...], tuple[tuple[str, str], ...]]]:
    """Return the exercises that are open here, by their talks, with the injects that can go to all cells of them."""
    now = host.settings.now()
    rooms = {held.name: held.server.room for held in host.talks.values() if held.server.room.kind is Kind.EXERCISE}
    found = [cell for name, room in rooms.items() if (cell := cell_of(name, room, at=now, language=language))]
    return [
        (slug, group, injects_of(rooms[group[0].name], language) if len(group) > 1 else ())
        for slug, group in side_by_side(found).items()
    ]


def _open_at(host: RecordHost, name: str) -> str | None:
    """Return where the desk of an open record begins; ``None`` if it is not open here."""
    found = host.held(name)
    if found is None:
        return None
    server = found[1].server
    if server.room.kind is Kind.EXERCISE:
        return f"{server.base}/start"
    return f"/d/{server.seat_paths.path_id(first_seat(server))}/"


def way_in(held: OpenTalks, language: str) -> Response:
    """Return the way into talks just opened: the start page of an exercise, the secretariat's desk of a live record."""
    server = held.server
    if server.room.kind is Kind.EXERCISE:
        return started(server, language)
    return opened_at(server, server.open_seat(first_seat(server), language))


async def open_record(request: Request) -> Response:
    """POST /records/open: open a record; a live one with its passphrase."""
    host, session = owned(request)
    posted = await read_form(request, host, Tokens(secret=session.secret).csrf)
    kept = next((one for one in await host.kept() if one.name == posted.one("record")), None)
    if kept is None:
        raise HTTPException(404)
    return await _opening(host, session, lambda: host.open(kept, posted.one("passphrase")))


async def open_bundled(request: Request) -> Response:
    """POST /records/bundled: make an exercise of talks that come with the program, and open it."""
    host, session = owned(request)
    posted = await read_form(request, host, Tokens(secret=session.secret).csrf)
    name = posted.one("record")
    if name not in host.bundled():
        raise HTTPException(404)
    return await _opening(host, session, lambda: host.open_bundled(name))


async def _opening(host: RecordHost, session: LoginSession, work: Callable[[], Any]) -> Response:
    try:
        held = await work()
    except GoodOfficesError as error:
        return await listed(host, session, refusal(speech(host, session), error))
    return way_in(held, session.language)


def refusal(t: Localizer, error: GoodOfficesError) -> Markup:
    """Return why a record cannot be opened or begun, as a sentence for the page."""
    if isinstance(error, TooSoonError):
        return t("The passphrase was not right. Wait {n} s, then try again.", n=error.seconds)
    if isinstance(error, WrongKeyError):
        return t("This passphrase does not open the record. Nothing was changed. Type it again.")
    if isinstance(error, OtherKindError):
        return t(
            "Live talks stand alone, and not where others on the network can read along. Close what is open here first."
        )
    if isinstance(error, TooManyOpenError):
        return t("As many exercises are open as fit here. Close one of them first.")
    if isinstance(error, NewerFormatError):
        return t("This record was written by a newer Good Offices. Open it with that one.")
    return t(
        "This record cannot be opened just now. Another program may have it open, or the file is damaged. Nothing was "
        "changed."
    )


async def close_record(request: Request) -> Response:
    """POST /records/close: close a record here. It stays in the folder, and its file is free for others."""
    host, session = owned(request)
    posted = await read_form(request, host, Tokens(secret=session.secret).csrf)
    found = host.held(posted.one("record"))
    if found is None:
        raise HTTPException(404)
    await host.close(found[0])
    return RedirectResponse("/records", 303)
