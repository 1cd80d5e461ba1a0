"""Leaks planted at the pen's desk and in the hall. The two-world test over HTTP must find each of them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import pytest
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse

from goodoffices.web import app
from goodoffices.web.live.speakers import Speakers, SpeakersList
from goodoffices.web.routes.context import ServerContext
from goodoffices.web.routes.desks import hall, pen
from properties.leaks.http_catalogue import Leak, _every, _n_acts, _on_the_page


def _counted(template: str, part: str, kind: str) -> Callable[[pytest.MonkeyPatch], None]:
    """Return a leak: a part of a page says how many acts of a kind the whole record has."""

    def planted(patch: pytest.MonkeyPatch) -> None:
        def leaky(server: ServerContext) -> str:
            return f"<p>{sum(act.kind == kind for act in server.room._talks.acts)} in all</p>"

        _on_the_page(patch, template, part, leaky)

    return planted


def sessions_of_others_among_the_rooms(patch: pytest.MonkeyPatch) -> None:
    def leaky(server: ServerContext) -> str:
        return "".join(f"<li>{title}</li>" for title in sorted({s.title for s in _every(server, "sessions")}))

    _on_the_page(patch, "hall.html", "where", leaky)


def speakers_lists_of_every_seat(patch: pytest.MonkeyPatch) -> None:
    def leaky(self: Speakers, _: str) -> Mapping[str, SpeakersList]:
        return {session: one for held in self._by_seat.values() for session, one in held.items()}

    patch.setattr(Speakers, "of", leaky)


def a_pack_as_long_as_the_record(patch: pytest.MonkeyPatch) -> None:
    file = hall.pack_file

    async def leaky(request: Any) -> Any:
        answer = await file(request)
        answer.headers["x-pages"] = str(_n_acts(request.app.state.server))
        return answer

    patch.setattr(app, "pack_file", leaky)


def _told_apart(
    patch: pytest.MonkeyPatch, name: str, route: Callable[[Any], Awaitable[Any]], table: str, field: str
) -> None:
    """Let a route answer otherwise for a handle that somebody else holds."""

    async def leaky(request: Any) -> Any:
        try:
            return await route(request)
        except HTTPException as error:
            held = request.app.state.server.room._talks.slices.values()
            if any(request.path_params[field] in getattr(one.known, table) for one in held):
                return HTMLResponse("not yours", 404)
            raise error

    patch.setattr(app, name, leaky)


def attendance_refused_otherwise_where_others_meet(patch: pytest.MonkeyPatch) -> None:
    _told_apart(patch, "mark", hall.mark, "sessions", "session")


def a_pen_of_others_refused_otherwise(patch: pytest.MonkeyPatch) -> None:
    _told_apart(patch, "write", pen.write, "texts", "text")


DESK_LEAKS: Mapping[str, Leak] = {
    "persons_of_every_seat_on_the_roster": _counted("roster.html", "roster", "PersonSeated"),
    "papers_of_others_among_the_sources": _counted("pen.html", "write", "ItemFiled"),
    "clearances_of_others_before_a_release": _counted("pen.html", "release", "ItemCleared"),
    "papers_of_others_in_a_pack": _counted("packs.html", "new", "ItemFiled"),
    "clearances_of_others_on_the_pocket_card": _counted("card.html", "card", "ItemCleared"),
    **{
        leak.__name__: leak
        for leak in (
            sessions_of_others_among_the_rooms,
            speakers_lists_of_every_seat,
            a_pack_as_long_as_the_record,
            attendance_refused_otherwise_where_others_meet,
            a_pen_of_others_refused_otherwise,
        )
    },
}
"""Every planted leak by name."""
