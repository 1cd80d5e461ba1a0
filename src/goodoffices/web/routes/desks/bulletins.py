"""Routes of bulletins: freeze the figures of one, and take one out as a file."""

from __future__ import annotations

from datetime import date

from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from goodoffices.errors import ScenarioError
from goodoffices.phrases.phrase import Phrase
from goodoffices.reports.ceasefire.bulletin_paper import bulletin_csv, bulletin_paper, standing_of
from goodoffices.talks.base.acts import Words
from goodoffices.talks.base.refusals import Refusal
from goodoffices.talks.ceasefire.bulletins import PrepareBulletin
from goodoffices.talks.state.view import View
from goodoffices.web.http.markup import fill
from goodoffices.web.render.form_widgets import given_of
from goodoffices.web.render.localize import Localizer
from goodoffices.web.render.phrases import error_said
from goodoffices.web.render.render import render_frame
from goodoffices.web.routes.context import ServerContext, SignedInSeat
from goodoffices.web.routes.desks.notes import saved
from goodoffices.web.routes.forms import PostedForm, asked_by, read_form
from goodoffices.web.routes.grave_acts import check_limit, seat_signed_in

_BRIEF = "brief.pdf"


async def prepare(request: Request) -> Response:
    """POST D/bulletins: freeze the figures of some days, as this seat knows them now."""
    server, signed_in = seat_signed_in(request)
    posted = await read_form(request, server, signed_in.tokens.csrf)
    view = server.view(signed_in)
    if "PrepareBulletin" not in view.powers:
        raise HTTPException(404)
    check_limit(server, signed_in, lambda limits: limits.exports)
    try:
        command = _command(view, posted, signed_in.person.language)
        asked = asked_by(command, posted, signed_in, view.zone)
    except ScenarioError as error:
        return _shown(server, signed_in, posted, fill("{}.", error_said(Localizer.to(signed_in.person, view), error)))
    room, at = server.room, posted.arrived
    beforehand = await server.read_file(signed_in.seat, lambda: room.work_beforehand(asked, at=at))
    answer = await server.queue.submit(asked, posted.key, arrived=at, beforehand=beforehand)
    if isinstance(answer, Refusal):
        t = Localizer.to(signed_in.person, server.view(signed_in))
        return _shown(server, signed_in, posted, t.refusal(answer))
    return RedirectResponse(f"{signed_in.base}/bulletins?done={answer.n}", 303)


def _command(view: View, posted: PostedForm, language: str) -> PrepareBulletin:
    """Return the command that a form asks for, with the figures worked out from the view."""
    try:
        first, last = date.fromisoformat(posted.one("day_from")), date.fromisoformat(posted.one("day_to"))
    except ValueError as error:
        raise ScenarioError(Phrase("a day is missing; give the first and the last day")) from error
    ledgers = tuple(handle for handle in posted.fields.get("ledgers", ()) if handle in view.known.ledgers)
    to = tuple(seat for seat in posted.fields.get("to", ()) if seat and seat != "*")
    if not ledgers:
        raise ScenarioError(Phrase("no ledger is chosen; tick at least one"))
    reason = posted.one("reason").strip()
    return PrepareBulletin(
        day_from=first,
        day_to=last,
        ledgers=ledgers,
        to=to,
        corrects=posted.one("corrects") or None,
        reason=Words(text=reason, lang=language) if reason else None,
    )


def _shown(server: ServerContext, signed_in: SignedInSeat, posted: PostedForm, why: Markup) -> Response:
    frame = signed_in.frame(refused=why, given=given_of("prepare", posted.typed))
    return HTMLResponse(render_frame(server.context(signed_in), "bulletins", frame) or "", 422)


async def bulletin_file(request: Request) -> Response:
    """GET D/bulletins/{bulletin}/file/{ending}: a bulletin that this seat reads or prepared, as a file."""
    server, signed_in = seat_signed_in(request)
    handle, ending = request.path_params["bulletin"], request.path_params["ending"]
    view = server.view(signed_in)
    held = view.known.bulletins.get(handle)
    text = None if held is None else view.text(held.figures)
    if request.method != "GET" or held is None or text is None:
        raise HTTPException(404)
    name = f"bulletin-{held.day_from}-{held.day_to}"
    is_brief, standing = ending == _BRIEF, standing_of(view, held)
    try:
        if ending == "csv":
            check_limit(server, signed_in, lambda limits: limits.exports)
            headers = {"content-disposition": f'attachment; filename="{name}.csv"'}
            return Response(bulletin_csv(text), media_type="text/csv; charset=utf-8", headers=headers)
        return saved(
            server, signed_in, lambda language, _: bulletin_paper(view, text, standing, language, is_brief=is_brief),
            name, "pdf" if is_brief else ending,
        )  # fmt: skip
    except ScenarioError as error:
        # Bulletins of earlier versions of the program can hold other words in place of figures.
        raise HTTPException(404) from error
