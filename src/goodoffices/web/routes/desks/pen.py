"""The route of the pen's desk: one form that keeps what was typed and does what its button says."""

from __future__ import annotations

from functools import partial

from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from goodoffices.errors import ScenarioError
from goodoffices.talks.base.refusals import Refusal
from goodoffices.talks.state.command_context import Command
from goodoffices.web.render.form_widgets import given_of
from goodoffices.web.render.localize import Localizer
from goodoffices.web.render.phrases import error_said
from goodoffices.web.render.render import render_frame
from goodoffices.web.routes.context import ServerContext, SignedInSeat
from goodoffices.web.routes.desks.pen_form import PenError, pen_change
from goodoffices.web.routes.forms import MOST_OF_TEXTS, PostedForm, asked_by, read_form
from goodoffices.web.routes.grave_acts import seat_signed_in

_LONG = 2**16
"""A text of more characters in all its languages is worked on apart from all other work."""


async def write(request: Request) -> Response:
    """POST D/texts/{text}/pen: keep what was typed in a clause, and do what the button says."""
    server, signed_in = seat_signed_in(request)
    aside = partial(server.read_file, signed_in.seat)
    posted = await read_form(request, server, signed_in.tokens.csrf, most=MOST_OF_TEXTS, aside=aside)
    view = server.view(signed_in)
    text = view.known.texts.get(request.path_params["text"])
    if text is None or text.pen != signed_in.seat:
        raise HTTPException(404)
    whole = [view.known.versions[handle] for handle in text.versions if not view.known.versions[handle].partial]
    localizer = Localizer.to(signed_in.person, view)
    try:
        is_long = posted.is_long or sum(len(view.text(paper) or "") for paper in whole[-1].papers) > _LONG
        make = partial(pen_change, localizer, view, text, whole[-1], posted)
        change = await aside(make) if is_long else make()
        give = partial(_do, server, signed_in, posted, is_long)
        done = await give(change.version, "")
        settled = done if isinstance(done, Refusal) else await give(change.settled, "-said")
    except PenError as error:
        return _again(server, signed_in, posted, error.sentence, 409 if error.is_late else 422)
    except ScenarioError as error:
        return _again(server, signed_in, posted, error_said(localizer, error), 422)
    if isinstance(settled, Refusal):
        status = 409 if settled.code in ("stale", "key_reused") else 422
        return _again(server, signed_in, posted, localizer.refusal(settled), status)
    n = settled or (0 if isinstance(done, Refusal) else done)
    page = f"texts/{text.handle}/pen/{change.clause}"
    return RedirectResponse(f"{signed_in.base}/{page}{f'?done={n}' if n else ''}", 303)


async def _do(
    server: ServerContext,
    signed_in: SignedInSeat,
    posted: PostedForm,
    is_long: bool,
    what: Command | None,
    part: str,
) -> int | Refusal:
    """Give one command of the form; return the number of its notice, 0 if there is none to give, or its refusal."""
    if what is None:
        return 0
    zone = server.view(signed_in).known.header.zone
    asked = asked_by(what, posted, signed_in, zone)
    beforehand = None
    if is_long:
        beforehand = await server.read_file(
            signed_in.seat, lambda: server.room.work_beforehand(asked, at=posted.arrived)
        )
    answer = await server.queue.submit(asked, f"{posted.key[:56]}{part}", arrived=posted.arrived, beforehand=beforehand)
    return answer if isinstance(answer, Refusal) else answer.n


def _again(
    server: ServerContext, signed_in: SignedInSeat, posted: PostedForm, sentence: Markup, status: int
) -> Response:
    """Return the pen's desk with the sentence, and with what was typed still in its fields."""
    frame = signed_in.frame(refused=sentence, given=given_of("pen", posted.typed))
    context = server.context(signed_in)
    made = render_frame(context, posted.one("_back"), frame) or render_frame(context, "", frame)
    return HTMLResponse(made or "", status)
