"""The routes of a seat: its pages, its commands, its stream. Each translates, and nothing else."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from urllib.parse import parse_qsl

from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response, StreamingResponse

from goodoffices.errors import ScenarioError, UnknownWordError
from goodoffices.reports.messages.catalogues import LANGUAGES, catalogue_for
from goodoffices.reports.receipts import receipt_of
from goodoffices.service.open_record import Done
from goodoffices.talks.base.refusals import Refusal
from goodoffices.talks.state.command_context import CommandRequest
from goodoffices.talks.state.view import View
from goodoffices.web.http.control_characters import signs_shown
from goodoffices.web.live.event_stream import Listener, StreamSource, frames
from goodoffices.web.pages.settings import THEMES
from goodoffices.web.render.localize import Localizer, foreign
from goodoffices.web.render.render import environment, find_page, render_frame, render_parts
from goodoffices.web.routes.context import ServerContext, SignedInSeat, asked_of, given_of, language_of, number_of
from goodoffices.web.routes.forms import MOST_BYTES, MOST_OF_TEXTS, WRITING, PostedForm, read_form, to_ask

_BESIDE = frozenset({"ClearanceShown", "ProposerShown", "TellingWithdrawn", "VariantLeftOut", "VariantTaken"})
"""Acts that a command does beside the one it is named for, and after it: who it concerns is told what concerns it."""
_CONFLICTS = frozenset({"stale", "key_reused"})


def _sitter(request: Request) -> tuple[ServerContext, SignedInSeat]:
    """Return the house and who is signed in at this door.

    Raises
    ------
    HTTPException
        404, the same for a wrong door and for a stranger.
    """
    house: ServerContext = request.app.state.house
    sitter = house.sitter(request)
    if sitter is None:
        raise HTTPException(404)
    return house, sitter


async def go_on(request: Request) -> Response:
    """GET /: the desks that this browser has open."""
    house: ServerContext = request.app.state.house
    t = Localizer(catalogue_for(language_of(request)), house.room.view(""))
    doors = {seat: house.doors.door(seat) for seat in house.room.seats()}
    now = house.settings.now()
    mine = [
        (door, house.room.view(seat).name(seat, t.language))
        for seat, door in doors.items()
        if house.access.find(request.cookies.get(f"go-{door}", ""), seat, at=now)
    ]
    rows = [Markup('<li><a href="/d/{}/">{}</a></li>').format(door, name) for door, name in mine]
    body = Markup("<ul>{}</ul>").format(Markup("").join(rows)) if rows else Markup("<p>{}</p>").format(_how_in(t))
    return HTMLResponse(environment().get_template("plain.html").render(t=t, title=t("My desks"), body=body))


def _how_in(t: Localizer) -> Markup:
    return t("No seat is open in this browser. Open the address that the terminal printed when the desk was started.")


async def page(request: Request) -> Response:
    """GET D/{page}: one page of a seat."""
    house, sitter = _sitter(request)
    path = request.path_params["page"]
    query = request.query_params
    sight = house.sight(sitter, number=number_of(query.get("page")), asked=asked_of(query.multi_items()))
    done = request.query_params.get("done", "")
    made = render_frame(sight, path, sitter.frame(done=number_of(done) if done else None))
    if made is None:
        raise HTTPException(404)
    if path == "":
        house.access.look(sitter.seat, len(sight.view.notices))
    return HTMLResponse(made)


async def post(request: Request) -> Response:
    """POST D/do/{Command}: ask a command of the talks."""
    house, sitter = _sitter(request)
    longer = request.path_params["command"] in WRITING
    posted = await read_form(request, house, sitter.tokens.csrf, most=MOST_OF_TEXTS if longer else MOST_BYTES)
    view = house.view(sitter)
    try:
        command_request = to_ask(request.path_params["command"], posted, sitter, view.known.header.zone)
    except UnknownWordError as error:
        if error.kind == "command":
            raise HTTPException(404) from error
        return _refused(request, posted, sitter, Markup("{}").format(str(error)), 422)
    except ScenarioError as error:
        return _refused(request, posted, sitter, foreign(Markup("{}").format(str(error)), "en"), 422)
    return await _asked(request, posted, sitter, command_request)


async def _asked(request: Request, posted: PostedForm, sitter: SignedInSeat, command_request: CommandRequest) -> Response:
    house: ServerContext = request.app.state.house
    answer = await house.beats.submit(command_request, posted.key)
    view = house.view(sitter)
    speech = Localizer(catalogue_for(sitter.person.language), view)
    if isinstance(answer, Refusal):
        status = 409 if answer.code in _CONFLICTS else 422
        return _refused(request, posted, sitter, speech.refusal(answer), status, code=answer.code)
    if _wants_json(request):
        said = _said(speech, view, _asked_for(view, answer.n))
        return JSONResponse({"n": answer.n, "head": answer.head, "say": said})
    done = _asked_for(view, answer.n)
    return RedirectResponse(f"{sitter.base}/{_next(posted, view, answer)}?done={done}", 303)


def _asked_for(view: View, n: int) -> int:
    """Return the number of the notice of the act that was asked for; ``n`` is the last that the command gave."""
    last = n
    while last > 1 and view.notices[last - 1].kind in _BESIDE and view.notices[last - 2].at == view.notices[n - 1].at:
        last -= 1
    return n if n and view.notices[last - 1].kind in _BESIDE else last


def _wants_json(request: Request) -> bool:
    return request.headers.get("accept", "").partition(",")[0].strip() == "application/json"


def _said(speech: Localizer, view: View, n: int) -> str:
    return signs_shown(speech.notice(view.notices[n - 1]).striptags()) if n else ""


def _next(posted: PostedForm, view: View, answer: Done) -> str:
    """Return the page to show after a command: the new paper or session, else the page that the form stood on."""
    made = view.notices[answer.n - 1] if answer.n else None
    if made is not None and made.kind == "ItemFiled":
        return f"papers/{made.data['item']}"
    if made is not None and made.kind == "SessionPlanned":
        return f"sessions/{made.data['session']}"
    if made is not None and made.kind == "VersionWritten":
        return f"texts/{made.data['text']}/{made.data['version']}"
    if made is not None and made.kind == "QuestionPut" and made.by == view.seat:
        return f"decisions/{made.data['put']}"
    back = posted.one("_back")
    return back if find_page(back, view) is not None else ""


def _refused(
    request: Request,
    posted: PostedForm,
    sitter: SignedInSeat,
    sentence: Markup,
    status: int,
    *,
    code: str = "bad_value",
) -> Response:
    """Return the page that the form stood on, with the sentence, and the words as typed."""
    house: ServerContext = request.app.state.house
    if _wants_json(request):
        return JSONResponse({"code": code, "say": signs_shown(sentence.striptags())}, status)
    frame = sitter.frame(refused=sentence, given=given_of(posted.one("_form"), posted.typed))
    sight = house.sight(sitter)
    made = render_frame(sight, posted.one("_back"), frame) or render_frame(sight, "", frame)
    return HTMLResponse(made or "", status)


async def live(request: Request) -> Response:
    """GET D/stream: what reaches this seat, as it reaches it."""
    house, sitter = _sitter(request)
    path = request.query_params.get("page", "")
    asked = request.headers.get("last-event-id") or request.query_params.get("after", "")
    if request.method != "GET" or not asked.isascii() or not asked.isdigit() or len(asked) > 9:
        raise HTTPException(404)
    query = parse_qsl(request.query_params.get("q", "").removeprefix("?"))
    number, how = number_of(dict(query).get("page")), asked_of(query)
    if find_page(path, house.view(sitter)) is None:
        raise HTTPException(404)
    frame = replace(sitter.frame(), tokens=None)
    speech = catalogue_for(sitter.person.language)
    source = StreamSource(
        view=lambda: house.view(sitter),
        parts=lambda: render_parts(house.sight(sitter, number=number, asked=how), path, frame) or {},
        say=lambda view, n: _said(Localizer(speech, view), view, n),
    )
    listener = Listener(seat=sitter.seat, session=sitter.session.secret)
    return _streaming(frames(house.hub, listener, source, after=int(asked)))


def _streaming(chunks: AsyncIterator[bytes]) -> Response:
    return StreamingResponse(chunks, media_type="text/event-stream", headers={"x-accel-buffering": "no"})


async def receipt(request: Request) -> Response:
    """GET D/receipts/{n}: a receipt that this seat took, signed with the record's key."""
    house, sitter = _sitter(request)
    view = house.view(sitter)
    n = request.path_params["n"]
    if n not in {up_to for up_to, _ in view.known.receipts}:
        raise HTTPException(404)
    room = house.room
    signed = receipt_of(view, room.record_id, room.kind, room.public_key, room.sign, up_to=n).to_json()
    name = f'attachment; filename="receipt-n{n}.json"'
    return Response(signed + "\n", media_type="application/json", headers={"content-disposition": name})


async def settle(request: Request) -> Response:
    """POST D/me: choose language or theme."""
    house, sitter = _sitter(request)
    posted = await read_form(request, house, sitter.tokens.csrf)
    language = posted.one("language") or sitter.session.language
    theme = posted.one("theme") or sitter.session.theme
    if language not in LANGUAGES or theme not in THEMES:
        raise HTTPException(400)
    house.access.choose(sitter.session, language=language, theme=theme)
    return RedirectResponse(f"{sitter.base}/me", 303)


async def sign_out(request: Request) -> Response:
    """POST D/sign-out: end this session and its streams."""
    house, sitter = _sitter(request)
    await read_form(request, house, sitter.tokens.csrf)
    house.access.end(sitter.session)
    house.hub.close(sitter.session.secret)
    answer = RedirectResponse("/", 303, headers={"clear-site-data": '"cache", "storage"'})
    answer.delete_cookie(f"go-{sitter.door}", path="/", httponly=True, samesite="strict")
    return answer


async def keep(request: Request) -> Response:
    """POST D/keep: open a seat kept on paper, to enter for it. Its pages are its own, never mixed with one's own."""
    house, sitter = _sitter(request)
    posted = await read_form(request, house, sitter.tokens.csrf)
    kept = house.view(sitter).known.seats.get(posted.one("seat"))
    if kept is None or kept.kept_by != sitter.seat or kept.closed:
        raise HTTPException(404)
    opened = house.open_seat(kept.slug, sitter.session.language, keeper=sitter.seat)
    page = posted.one("page")
    return opened_at(opened, page if find_page(page, house.view(opened)) is not None else "")


def opened_at(sitter: SignedInSeat, page: str = "") -> Response:
    """Return the way to a page of a seat just opened, with its cookie."""
    answer = RedirectResponse(f"{sitter.base}/{page}", 303)
    answer.set_cookie(f"go-{sitter.door}", sitter.session.secret, path="/", httponly=True, samesite="strict")
    return answer
