"""The routes of a seat: its pages, its commands, its stream. Each translates, and nothing else."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from functools import partial
from urllib.parse import parse_qsl

from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response, StreamingResponse

from goodoffices.errors import ScenarioError, UnknownWordError
from goodoffices.reports.messages.catalogues import LANGUAGES, catalogue_for
from goodoffices.reports.messages.reader_calendars import CALENDARS
from goodoffices.reports.receipts import receipt_of
from goodoffices.talks.base.refusals import Refusal
from goodoffices.talks.exercise.clock import JumpClock
from goodoffices.talks.state.command_context import CommandRequest
from goodoffices.talks.state.view import View
from goodoffices.web.http.control_characters import signs_shown
from goodoffices.web.http.cookies import cookie, give_cookie, take_cookie
from goodoffices.web.http.page_queries import asked_of, language_of, number_of
from goodoffices.web.http.refused_form import FIELDS_OF
from goodoffices.web.http.whole_numbers import whole_number
from goodoffices.web.live.desk_stops import may_confirm_clock
from goodoffices.web.live.event_stream import Listener, StreamSource, frames
from goodoffices.web.pages.exercise.brief import BRIEF
from goodoffices.web.pages.settings import ME, THEMES
from goodoffices.web.render.form_widgets import given_of
from goodoffices.web.render.grave_acts import is_grave
from goodoffices.web.render.localize import Localizer
from goodoffices.web.render.next_page import next_page
from goodoffices.web.render.phrases import error_said
from goodoffices.web.render.render import environment, find_page, render_frame, render_parts
from goodoffices.web.routes.context import ServerContext, SignedInSeat
from goodoffices.web.routes.forms import (
    MOST_BYTES,
    MOST_OF_TEXTS,
    WRITING,
    EmptyFieldsError,
    PostedForm,
    read_form,
    to_ask,
)
from goodoffices.web.routes.grave_acts import (
    asked_for_two,
    check_limit,
    first_refusal,
    seat_signed_in,
    second_look,
    wait,
    wants_json,
)

_BESIDE = frozenset({"ClearanceShown", "ProposerShown", "TellingWithdrawn", "VariantLeftOut", "VariantTaken"})
"""Acts that a command does beside the one it is named for, and after it: who it concerns is told what concerns it."""
_CONFLICTS = frozenset({"stale", "key_reused"})


async def go_on(request: Request) -> Response:
    """GET /: the desks that this browser has open."""
    server: ServerContext = request.app.state.server
    t = Localizer(catalogue_for(language_of(request)), server.room.view(""))
    seat_paths = {seat: server.seat_paths.path_id(seat) for seat in server.room.seats()}
    now = server.settings.now()
    mine = [
        (path_id, server.room.view(seat).name(seat, t.language))
        for seat, path_id in seat_paths.items()
        if server.access.find(cookie(request, path_id, is_secure=server.settings.is_secure), seat, at=now)
    ]
    return my_desks_page(t, mine, is_readable=server.settings.is_readable)


def my_desks_page(t: Localizer, mine: list[tuple[str, str]], *, is_readable: bool) -> Response:
    """Return the seats that are open in a browser, each by its path and its name, and the ways to come in."""
    body = Markup(environment().get_template("my_desks.html").render(t=t, mine=mine))  # noqa: S704 - a template escapes
    values = {"title": t("My desks"), "body": body, "readable": is_readable}
    return HTMLResponse(environment().get_template("plain.html").render(t=t, **values))


async def page(request: Request) -> Response:
    """GET D/{page}: one page of a seat."""
    server, signed_in = seat_signed_in(request)
    path = request.path_params["page"]
    query = request.query_params
    context = server.context(signed_in, number=number_of(query.get("page")), asked=asked_of(query.multi_items()))
    done = request.query_params.get("done", "")
    made = render_frame(context, path, signed_in.frame(done=number_of(done) if done else None))
    if made is None:
        raise HTTPException(404)
    if path == BRIEF.path and signed_in.session.keeper is None:
        server.briefs_opened.add(signed_in.seat)
    if path == "":
        server.access.look(signed_in.seat, len(context.view.notices))
    return HTMLResponse(made)


async def post(request: Request) -> Response:
    """POST D/do/{Command}: ask a command of the talks."""
    server, signed_in = seat_signed_in(request)
    name = request.path_params["command"]
    most = MOST_OF_TEXTS if name in WRITING else MOST_BYTES
    aside = partial(server.read_file, signed_in.seat)
    posted = await read_form(request, server, signed_in.tokens.csrf, most=most, aside=aside)
    view = server.view(signed_in)
    seconds = server.wait_for(lambda limits: limits.commands, signed_in)
    if seconds:
        return _too_many(request, posted, signed_in, seconds)
    zone = view.known.header.zone
    try:
        if posted.is_long:
            command_request = await aside(lambda: to_ask(name, posted, signed_in, zone))
        else:
            command_request = to_ask(name, posted, signed_in, zone)
    except UnknownWordError as error:
        if error.kind == "command":
            raise HTTPException(404) from error
        return _refused(request, posted, signed_in, error_said(Localizer.to(signed_in.person, view), error), 422)
    except EmptyFieldsError as error:
        t = Localizer.to(signed_in.person, view)
        sentence = t(
            "Some fields are empty: {fields}. Fill them in and send again.", fields=t.words_of("field", error.fields)
        )
        return _refused(request, posted, signed_in, sentence, 422, missing=error.fields)
    except ScenarioError as error:
        return _refused(request, posted, signed_in, error_said(Localizer.to(signed_in.person, view), error), 422)
    return await _asked(request, posted, signed_in, command_request)


def _too_many(request: Request, posted: PostedForm, signed_in: SignedInSeat, seconds: int) -> Response:
    t = Localizer.to(signed_in.person, request.app.state.server.view(signed_in))
    sentence = t("You sent many commands in a short time. Wait {n} s, then send again.", n=seconds)
    answer = _refused(request, posted, signed_in, sentence, 429, code="too_many")
    answer.headers["retry-after"] = str(seconds)
    return answer


async def _asked(
    request: Request, posted: PostedForm, signed_in: SignedInSeat, command_request: CommandRequest
) -> Response:
    server: ServerContext = request.app.state.server
    if is_grave(command_request.command):
        thought_over = await _thought_over(request, posted, signed_in, command_request)
        if isinstance(thought_over, Response):
            return thought_over
        command_request = thought_over
    if (
        isinstance(command_request.command, JumpClock)
        and server.room.would_refuse(command_request, at=posted.arrived) is None
    ):
        # What waits to be undone belongs to the time before the jump: it is done first.
        await server.do_waiting(every=True)
    beforehand = None
    if posted.is_long:
        at = posted.arrived
        beforehand = await server.read_file(signed_in.seat, lambda: server.room.work_beforehand(command_request, at=at))
    answer = await server.queue.submit(command_request, posted.key, arrived=posted.arrived, beforehand=beforehand)
    view = server.view(signed_in)
    localizer = Localizer.to(signed_in.person, view)
    if isinstance(answer, Refusal):
        status = 409 if answer.code in _CONFLICTS else 422
        missing = FIELDS_OF.get(answer.code, ())
        return _refused(
            request, posted, signed_in, localizer.refusal(answer), status, code=answer.code, missing=missing
        )
    done = _asked_for(view, answer.n)
    then = f"{signed_in.base}/{next_page(posted.one('_back'), view, answer.n)}?done={done}"
    if wants_json(request):
        said = _said(localizer, view, done)
        return JSONResponse({"n": answer.n, "head": answer.head, "say": said, "go": then})
    return RedirectResponse(then, 303)


async def _thought_over(
    request: Request, posted: PostedForm, signed_in: SignedInSeat, asked: CommandRequest
) -> Response | CommandRequest:
    """Return a grave act that is to be done now, or the answer while somebody still looks, confirms or can undo."""
    server: ServerContext = request.app.state.server
    refusal, needs_second = first_refusal(server, asked)
    if posted.one("_sure") != "yes":
        if refusal is not None:
            return asked
        return second_look(request, server, signed_in, posted, asked, needs_second=needs_second)
    if refusal is None and needs_second:
        confirmed = await asked_for_two(request, server, signed_in, posted, asked)
        if isinstance(confirmed, Response):
            return confirmed
        asked = confirmed
    if server.undo_seconds(signed_in.seat) and not _is_urgent(server, posted, asked):
        return await wait(request, server, signed_in, posted, asked)
    return asked


def _is_urgent(server: ServerContext, posted: PostedForm, asked: CommandRequest) -> bool:
    """Say whether a grave act is to be done at once: its person said so, and it would be too late after the wait."""
    later = server.settings.now() + timedelta(seconds=server.undo_seconds(asked.seat))
    return posted.one("_now") == "yes" and server.room.would_refuse(asked, at=later) is not None


def _asked_for(view: View, n: int) -> int:
    """Return the number of the notice of the act that was asked for; ``n`` is the last that the command gave."""
    last = n
    while last > 1 and view.notices[last - 1].kind in _BESIDE and view.notices[last - 2].at == view.notices[n - 1].at:
        last -= 1
    return n if n and view.notices[last - 1].kind in _BESIDE else last


def _said(localizer: Localizer, view: View, n: int) -> str:
    return signs_shown(localizer.notice(view.notices[n - 1]).striptags()) if n else ""


def _refused(  # noqa: PLR0913 - what was sent, by whom, and why it comes back
    request: Request,
    posted: PostedForm,
    signed_in: SignedInSeat,
    sentence: Markup,
    status: int,
    *,
    code: str = "bad_value",
    missing: tuple[str, ...] = (),
) -> Response:
    """Return the page that the form stood on, with the sentence, and the words as typed."""
    server: ServerContext = request.app.state.server
    if wants_json(request):
        return JSONResponse({"code": code, "say": signs_shown(sentence.striptags())}, status)
    frame = signed_in.frame(refused=sentence, given=given_of(posted.one("_form"), posted.typed, missing=missing))
    context = server.context(signed_in)
    made = render_frame(context, posted.one("_back"), frame) or render_frame(context, "", frame)
    return HTMLResponse(made or "", status)


async def live(request: Request) -> Response:
    """GET D/stream: what reaches this seat, as it reaches it."""
    server, signed_in = seat_signed_in(request)
    path = request.query_params.get("page", "")
    asked = request.headers.get("last-event-id") or request.query_params.get("after", "")
    after = whole_number(asked)
    if request.method != "GET" or after is None:
        raise HTTPException(404)
    query = parse_qsl(request.query_params.get("q", "").removeprefix("?"))
    number, how = number_of(dict(query).get("page")), asked_of(query)
    if find_page(path, server.view(signed_in)) is None:
        raise HTTPException(404)
    frame = replace(signed_in.frame(), tokens=None)
    own = signed_in.session.secret if path == ME.path else ""  # the page that shows this very session
    source = StreamSource(
        view=lambda: server.view(signed_in),
        parts=lambda: render_parts(server.context(signed_in, number=number, asked=how), path, frame) or {},
        say=lambda view, n: _said(Localizer.to(signed_in.person, view, server.memory(signed_in.seat)), view, n),
        key=(signed_in.seat, path, tuple(query), signed_in.person, signed_in.session.since, own),
        still=lambda: server.signed_in(request) is not None,
    )
    listener = Listener(seat=signed_in.seat, session=signed_in.session.secret, whose=signed_in.path_id)
    if server.hub.is_full(listener):
        raise HTTPException(503)
    return _streaming(frames(server.hub, listener, source, after=after))


def _streaming(chunks: AsyncIterator[bytes]) -> Response:
    return StreamingResponse(chunks, media_type="text/event-stream", headers={"x-accel-buffering": "no"})


async def receipt(request: Request) -> Response:
    """GET D/receipts/{n}: a receipt that this seat took, signed with the record's key."""
    server, signed_in = seat_signed_in(request)
    view = server.view(signed_in)
    n = whole_number(request.path_params["n"])
    if n is None or n not in {up_to for up_to, _ in view.known.receipts}:
        raise HTTPException(404)
    check_limit(server, signed_in, lambda limits: limits.exports)
    room = server.room
    signed = receipt_of(view, room.record_id, room.kind, room.public_key, room.sign, up_to=n).to_json()
    name = f'attachment; filename="receipt-n{n}.json"'
    return Response(signed + "\n", media_type="application/json", headers={"content-disposition": name})


async def settle(request: Request) -> Response:
    """POST D/me: choose language, theme or calendar."""
    server, signed_in = seat_signed_in(request)
    posted = await read_form(request, server, signed_in.tokens.csrf)
    language = posted.one("language") or signed_in.session.language
    theme = posted.one("theme") or signed_in.session.theme
    calendar = posted.one("calendar") if "calendar" in posted.fields else signed_in.session.calendar
    if language not in LANGUAGES or theme not in THEMES or calendar not in CALENDARS:
        raise HTTPException(400)
    server.access.choose(signed_in.session, language=language, theme=theme, calendar=calendar)
    return RedirectResponse(f"{signed_in.base}/me", 303)


async def find(request: Request) -> Response:
    """POST D/find: look for words in what this seat knows; the words stay out of addresses and logs."""
    server, signed_in = seat_signed_in(request)
    posted = await read_form(request, server, signed_in.tokens.csrf)
    check_limit(server, signed_in, lambda limits: limits.searches)
    context = replace(server.context(signed_in), sought=posted.one("sought"))
    return HTMLResponse(render_frame(context, "find", signed_in.frame()) or "")


async def confirm_clock(request: Request) -> Response:
    """POST D/clock: say that the computer's clock is right now, so that commands are taken again. For who runs it."""
    server, signed_in = seat_signed_in(request)
    posted = await read_form(request, server, signed_in.tokens.csrf)
    if not may_confirm_clock(server.view(signed_in)):
        raise HTTPException(404)
    if posted.one("_sure") == "yes":
        server.stops.confirm_clock()
    return RedirectResponse(f"{signed_in.base}/", 303)


async def sign_out(request: Request) -> Response:
    """POST D/sign-out: end this session and its streams."""
    server, signed_in = seat_signed_in(request)
    await read_form(request, server, signed_in.tokens.csrf)
    server.access.end(signed_in.session)
    server.hub.close(signed_in.session.secret)
    answer = RedirectResponse("/", 303, headers={"clear-site-data": '"cache", "storage"'})
    take_cookie(answer, signed_in.path_id, is_secure=server.settings.is_secure)
    return answer


async def keep(request: Request) -> Response:
    """POST D/keep: open a seat kept on paper, to enter for it. Its pages are its own, never mixed with one's own."""
    server, signed_in = seat_signed_in(request)
    posted = await read_form(request, server, signed_in.tokens.csrf)
    kept = server.view(signed_in).known.seats.get(posted.one("seat"))
    if kept is None or kept.kept_by != signed_in.seat or kept.closed:
        raise HTTPException(404)
    opened = server.open_seat(kept.slug, signed_in.session.language, keeper=signed_in.seat)
    page = posted.one("page")
    return opened_at(server, opened, page if find_page(page, server.view(opened)) is not None else "")


def opened_at(server: ServerContext, signed_in: SignedInSeat, page: str = "") -> Response:
    """Return the way to a page of a seat just opened, with its cookie."""
    answer = RedirectResponse(f"{signed_in.base}/{page}", 303)
    give_cookie(answer, signed_in.path_id, signed_in.session.secret, is_secure=server.settings.is_secure)
    return answer
