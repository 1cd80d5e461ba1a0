"""The routes of a board: read and written by whoever is marked present in an open session."""

from __future__ import annotations

from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from goodoffices.reports.messages.catalogues import LANGUAGES, catalogue_for
from goodoffices.web.live.scratchpads import ScratchNote
from goodoffices.web.render.localize import Localizer
from goodoffices.web.render.render import environment
from goodoffices.web.routes.context import ServerContext, SignedInSeat
from goodoffices.web.routes.forms import read_form


def _present(request: Request, house: ServerContext, sitter: SignedInSeat | None) -> tuple[SignedInSeat, str]:
    """Return who asks and which board it may see; for everybody else there is no such page.

    Raises
    ------
    HTTPException
        404, whether there is no such session, it is not open, or the seat is not marked present.
    """
    house.boards.wipe(house.room.open_sessions())
    board = None if sitter is None else house.room.board(sitter.seat, request.path_params["session"])
    if sitter is None or board is None:
        raise HTTPException(404)
    return sitter, board


async def board(request: Request) -> Response:
    """GET D/board/{session}: what stands on the board of a session in which this seat is present."""
    house: ServerContext = request.app.state.house
    sitter, key = _present(request, house, house.sitter(request))
    t = Localizer(catalogue_for(sitter.person.language), house.view(sitter))
    rows = Markup("").join(
        Markup('<li><strong>{}</strong> <span lang="{}" dir="auto">{}</span></li>').format(
            t.seat(chalk.seat), chalk.language, chalk.text
        )
        for chalk in house.boards.read(key)
    )
    handle = request.path_params["session"]
    body = Markup(
        '<p>{}</p><ul>{}</ul><form method="post"><input type="hidden" name="_csrf" value="{}">'
        '<input type="hidden" name="_key" value="{}"><p class="field"><label for="words">{}</label>'
        '<textarea id="words" name="words" dir="auto" required></textarea></p>'
        '<button class="button">{}</button></form><p><a href="{}/sessions/{}">{}</a></p>'
    ).format(
        t("Kept nowhere: those present read it, and it is wiped when the session closes."),
        rows,
        sitter.tokens.csrf,
        sitter.tokens.key(0, f"board {handle}"),
        t("Your words"),
        t("Write it on the board"),
        sitter.base,
        handle,
        t("Session"),
    )
    return HTMLResponse(environment().get_template("plain.html").render(t=t, title=t("Board"), body=body))


async def write_board(request: Request) -> Response:
    """POST D/board/{session}: write on the board."""
    house: ServerContext = request.app.state.house
    sitter, key = _present(request, house, house.sitter(request))
    posted = await read_form(request, house, sitter.tokens.csrf)
    text, language = posted.one("words").strip(), sitter.person.language
    if text and language in LANGUAGES:
        house.boards.write(key, ScratchNote(seat=sitter.seat, text=text, language=language))
    return RedirectResponse(f"{sitter.base}/board/{request.path_params['session']}", 303)
