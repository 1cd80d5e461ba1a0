"""The routes of a board, which those marked present in an open session read and write."""

from __future__ import annotations

from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from goodoffices.reports.messages.catalogues import LANGUAGES
from goodoffices.web.http.markup import fill
from goodoffices.web.live.scratchpads import ScratchNote
from goodoffices.web.render.localize import Localizer
from goodoffices.web.render.render import environment
from goodoffices.web.routes.context import ServerContext, SignedInSeat
from goodoffices.web.routes.forms import read_form


def _present(request: Request, server: ServerContext, signed_in: SignedInSeat | None) -> tuple[SignedInSeat, str]:
    """Return who asks and which board it may see; 404 for everybody else.

    Raises
    ------
    HTTPException
        404, whether there is no such session, it is not open, or the seat is not marked present.
    """
    server.boards.wipe(server.room.open_sessions())
    board = None if signed_in is None else server.room.board(signed_in.seat, request.path_params["session"])
    if signed_in is None or board is None:
        raise HTTPException(404)
    return signed_in, board


async def board(request: Request) -> Response:
    """GET D/board/{session}: what stands on the board of a session in which this seat is present."""
    server: ServerContext = request.app.state.server
    signed_in, key = _present(request, server, server.signed_in(request))
    t = Localizer.to(signed_in.person, server.view(signed_in))
    rows = Markup("").join(
        fill(
            '<li><strong>{}</strong> <span lang="{}" dir="auto">{}</span></li>',
            t.seat(note.seat),
            note.language,
            note.text,
        )
        for note in server.boards.read(key)
    )
    handle = request.path_params["session"]
    body = fill(
        '<p>{}</p><ul>{}</ul><form method="post"><input type="hidden" name="_csrf" value="{}">'
        '<input type="hidden" name="_key" value="{}"><p class="field"><label for="words">{}</label>'
        '<textarea id="words" name="words" dir="auto" required></textarea></p>'
        '<button class="button">{}</button></form><p><a href="{}/sessions/{}">{}</a></p>',
        t("Not kept: those present read it, and it is wiped when the session closes."),
        rows,
        signed_in.tokens.csrf,
        signed_in.tokens.key(0, f"board {handle}"),
        t("Your words"),
        t("Write it on the board"),
        signed_in.base,
        handle,
        t("Session"),
    )
    return HTMLResponse(environment().get_template("plain.html").render(t=t, title=t("Board"), body=body))


async def write_board(request: Request) -> Response:
    """POST D/board/{session}: write on the board."""
    server: ServerContext = request.app.state.server
    signed_in, key = _present(request, server, server.signed_in(request))
    posted = await read_form(request, server, signed_in.tokens.csrf)
    text, language = posted.one("words").strip(), signed_in.person.language
    if text and language in LANGUAGES:
        server.boards.write(key, ScratchNote(seat=signed_in.seat, text=text, language=language))
    return RedirectResponse(f"{signed_in.base}/board/{request.path_params['session']}", 303)
