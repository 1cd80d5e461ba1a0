"""The application of a server that holds several records: each request goes to the record that its address names."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from goodoffices.errors import StorageError
from goodoffices.web.app import broken, failed, health, lost_app, robots, static, unwritable
from goodoffices.web.routes.exercises.cells import HOST, all_clocks, all_injects, board_of_one, demonstration_page
from goodoffices.web.routes.exercises.entrance import host_one, play
from goodoffices.web.routes.middleware import SecurityHeaders
from goodoffices.web.routes.own_talks import begin, begin_form, exercise_spreadsheet, spreadsheet
from goodoffices.web.routes.people.operator import back_up_now, check, drill, end_sessions, operator
from goodoffices.web.routes.people.seat_cards import join, join_form
from goodoffices.web.routes.people.sign_in import sign_in, sign_in_form
from goodoffices.web.routes.people.waiting_room import enter_room, leave_room, waiting_room
from goodoffices.web.routes.record_host import RecordHost
from goodoffices.web.routes.record_list import (
    close_record,
    code,
    enter_host,
    my_desks,
    open_bundled,
    open_record,
    records,
)


class HostApp:
    """Plain ASGI: sends a request to the record that its address names, or answers it for the host itself.

    A seat's path, and the key of a start page, belong to one record; an unknown one gets the same answer as everything
    else that is not there.
    """

    def __init__(self, host: RecordHost) -> None:
        self._host, self._own = host, _host_routes(host)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._own(scope, receive, send)
            return
        first, _, rest = scope["path"].removeprefix("/").partition("/")
        if first == "d":
            # An unknown path is refused by any of them, in the same words.
            held = self._host.of_seat(rest.partition("/")[0]) or next(iter(self._host.talks.values()), None)
            # The debrief of one exercise can begin another cell, which the host takes in.
            await (self._own if held is None else held.app)({**scope, HOST: self._host}, receive, send)
        elif first == "r":
            key, _, page = rest.partition("/")
            talks = self._host.talks.get(key)
            # Nobody else learns which records are open: there is no field for a code at this address.
            is_known = talks is not None and talks.server.starter(Request(scope)) is not None
            if talks is None or not is_known or not _is_start(page):
                await self._own(scope, receive, send)
            else:
                await talks.app({**scope, "path": f"/{page}", "raw_path": f"/{page}".encode()}, receive, send)
        elif self._host.first is not None and _is_start(first):
            await self._host.talks[self._host.first].app(scope, receive, send)
        else:
            await self._own(scope, receive, send)


def _is_start(page: str) -> bool:
    return page == "start" or page.startswith("start/")


def _host_routes(host: RecordHost) -> ASGIApp:
    routes = [
        Route("/", my_desks),
        Route("/start", code, methods=["GET"]),
        Route("/start", enter_host, methods=["POST"]),
        Route("/records", records, methods=["GET"]),
        Route("/records/open", open_record, methods=["POST"]),
        Route("/records/bundled", open_bundled, methods=["POST"]),
        Route("/records/close", close_record, methods=["POST"]),
        Route("/records/play", play, methods=["POST"]),
        Route("/records/host", host_one, methods=["POST"]),
        Route("/records/board", board_of_one, methods=["POST"]),
        Route("/records/cells/clock", all_clocks, methods=["POST"]),
        Route("/records/cells/inject", all_injects, methods=["POST"]),
        Route("/records/demonstration/{name}", demonstration_page, methods=["GET"]),
        Route("/operator", operator, methods=["GET"]),
        Route("/operator/backup", back_up_now, methods=["POST"]),
        Route("/operator/drill", drill, methods=["POST"]),
        Route("/operator/check", check, methods=["POST"]),
        Route("/operator/end-sessions", end_sessions, methods=["POST"]),
        Route("/begin", begin_form, methods=["GET"]),
        Route("/begin", begin, methods=["POST"]),
        Route("/begin/talks.xlsx", spreadsheet, methods=["GET"]),
        Route("/begin/exercise.xlsx", exercise_spreadsheet, methods=["GET"]),
        Route("/join", join_form, methods=["GET"]),
        Route("/join", join, methods=["POST"]),
        Route("/waiting-room", waiting_room, methods=["GET"]),
        Route("/waiting-room", enter_room, methods=["POST"]),
        Route("/waiting-room/in", leave_room, methods=["POST"]),
        Route("/sign-in", sign_in_form, methods=["GET"]),
        Route("/sign-in", sign_in, methods=["POST"]),
        Route("/health", health),
        Route("/robots.txt", robots),
        Route("/static/{digest}/{name}", static),
    ]
    app = Starlette(
        routes=routes,
        exception_handlers={HTTPException: failed, StorageError: unwritable, Exception: broken},
        lifespan=_lifespan,
    )
    app.router.redirect_slashes = False
    app.state.server = host
    return SecurityHeaders(app, host, lost_app(host))


@contextlib.asynccontextmanager
async def _lifespan(app: Starlette) -> AsyncIterator[None]:
    host: RecordHost = app.state.server
    for held in list(host.talks.values()):
        await host.start(held)
    yield
    await host.close_all()
