"""The routes of grave acts: a second look before one, undoing it while it waits, and what became of it.

An act that needs two people is confirmed by a colleague: with their own passphrase here, or from their own browser.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from goodoffices.reports.messages.catalogues import catalogue_for
from goodoffices.talks.base.refusals import Refusal
from goodoffices.talks.state.command_context import CommandRequest
from goodoffices.web.http.control_characters import signs_shown
from goodoffices.web.http.entrance import SENTENCES, BusyError, WaitError, address_of
from goodoffices.web.http.limits import Allowance, Limits
from goodoffices.web.live.waiting_commands import STANDING, WaitingCommand, WaitingState
from goodoffices.web.render.form_widgets import given_of
from goodoffices.web.render.grave_acts import grave_act
from goodoffices.web.render.localize import Localizer
from goodoffices.web.render.next_page import next_page
from goodoffices.web.render.render import render_asked, render_frame, render_second_look
from goodoffices.web.routes.context import ServerContext, SignedInSeat
from goodoffices.web.routes.forms import PostedForm, read_form

_OWN = frozenset({"_csrf", "_key", "_seen", "_sure", "_now", "_second", "_passphrase", "_ask"})
"""Fields of a form that are made anew with each page, and do not belong to what was typed."""


_LISTS = {"decisions/new": "decisions", "packages/new": "decisions", "texts/new": "texts", "sessions/new": "sessions"}
"""The pages on which something new is begun, and the list that it will stand in."""


def seat_signed_in(request: Request) -> tuple[ServerContext, SignedInSeat]:
    """Return the server context and who is signed in at this seat path.

    Raises
    ------
    HTTPException
        404, the same for an unknown seat path and for a stranger.
    """
    server: ServerContext = request.app.state.server
    signed_in = server.signed_in(request)
    if signed_in is None:
        raise HTTPException(404)
    return server, signed_in


def check_limit(server: ServerContext, signed_in: SignedInSeat, what: Callable[[Limits], Allowance]) -> None:
    """Refuse (429) what this person asks more often than is allowed."""
    seconds = server.wait_for(what, signed_in)
    if seconds:
        raise HTTPException(429, headers={"retry-after": str(seconds)})


def wants_json(request: Request) -> bool:
    """Say whether a program asks, which reads JSON, and not a browser."""
    return request.headers.get("accept", "").partition(",")[0].strip() == "application/json"


def with_stand_in(asked: CommandRequest) -> CommandRequest:
    """Return what is asked as if two people asked for it, to see whether something else speaks against it."""
    return replace(asked, person="1", second="2")


def first_refusal(server: ServerContext, asked: CommandRequest) -> tuple[Refusal | None, bool]:
    """Return why a grave act would be refused now, and whether it needs a second person who is not named yet."""
    at = server.settings.now()
    refusal = server.room.would_refuse(asked, at=at)
    if refusal is None or refusal.code != "two_persons":
        return refusal, False
    return server.room.would_refuse(with_stand_in(asked), at=at), True


def second_look(  # noqa: PLR0913 - what was sent, by whom, and why it comes back
    request: Request,
    server: ServerContext,
    signed_in: SignedInSeat,
    posted: PostedForm,
    asked: CommandRequest,
    *,
    needs_second: bool = False,
    refused: Markup | None = None,
    status: int = 200,
) -> Response:
    """Return the page that a person reads before a grave act; nothing is done yet.

    If it ``needs_second`` person, the page offers how a colleague confirms. ``refused`` says why it was not taken.
    """
    context = server.context(signed_in)
    t = Localizer.to(signed_in.person, context.view)
    look = grave_act(t, context.view, asked.command)
    if wants_json(request):
        code, say = ("look_again", look.tells) if refused is None else ("two_persons", refused)
        return JSONResponse({"code": code, "say": signs_shown(say.striptags())}, 422)
    later = context.at + timedelta(seconds=server.undo_seconds(signed_in.seat))
    tried = with_stand_in(asked) if needs_second else asked
    too_late = server.room.would_refuse(tried, at=later) if server.undo_seconds(signed_in.seat) else None
    typed = {name: texts for name, texts in posted.fields.items() if name not in _OWN}
    made = render_second_look(
        context,
        signed_in.frame(refused=refused),
        look=look,
        command=type(asked.command).__name__,
        typed=typed,
        too_late=too_late,
        seconds=server.undo_seconds(signed_in.seat),
        colleagues=server.colleagues(signed_in) if needs_second else None,
    )
    return HTMLResponse(made, status)


async def wait(
    request: Request,
    server: ServerContext,
    signed_in: SignedInSeat,
    posted: PostedForm,
    asked: CommandRequest,
    *,
    for_colleague: bool = False,
) -> Response:
    """Let a grave act wait, and return the page it was asked on, where it can be undone.

    One that waits ``for_colleague`` is not done before another person of its seat confirms it.
    """
    if posted.one("_again"):
        server.waiting.drop(signed_in.seat, posted.one("_again"))
    until = server.settings.now() + timedelta(seconds=server.undo_seconds(signed_in.seat))
    made = server.waiting.add(
        WaitingCommand(
            handle="",
            seat=signed_in.seat,
            command=type(asked.command).__name__,
            form=posted.one("_form"),
            back=posted.one("_back"),
            fields={name: texts for name, texts in posted.fields.items() if name not in _OWN},
            key=posted.key,
            request=asked,
            due=server.settings.elapsed() + server.undo_seconds(signed_in.seat),
            until=until,
            state=WaitingState.ASKED if for_colleague else WaitingState.WAITING,
        )
    )
    page = f"pending/{made.handle}" if for_colleague else _meanwhile(server, signed_in, made)
    if wants_json(request):
        ends = {} if for_colleague else {"until": until.isoformat()}
        return JSONResponse({"pending": made.handle, **ends, "go": f"{signed_in.base}/{page}"}, 202)
    return RedirectResponse(f"{signed_in.base}/{page}", 303)


def _back(server: ServerContext, signed_in: SignedInSeat, one: WaitingCommand) -> str:
    """Return the page that a command was asked on, if it is there; else Home."""
    return one.back if render_frame(server.context(signed_in), one.back, signed_in.frame()) is not None else ""


def _meanwhile(server: ServerContext, signed_in: SignedInSeat, one: WaitingCommand) -> str:
    """Return the page that is shown while a command waits: not its form, empty again, but the list it will stand in."""
    back = _back(server, signed_in, one)
    return _LISTS.get(back, back)


def _found(server: ServerContext, signed_in: SignedInSeat, request: Request) -> WaitingCommand:
    """Return the waiting command that an address names; 404 if this seat has no such."""
    one = server.waiting.find(signed_in.seat, request.path_params["handle"])
    if one is None:
        raise HTTPException(404)
    return one


async def undo(request: Request) -> Response:
    """POST D/pending/{handle}/undo: take a grave act back before anybody knows of it."""
    server, signed_in = seat_signed_in(request)
    await read_form(request, server, signed_in.tokens.csrf)
    one = _found(server, signed_in, request)
    if one.state in STANDING:
        server.waiting.become(one, WaitingState.UNDONE)
    return RedirectResponse(f"{signed_in.base}/pending/{one.handle}", 303)


async def drop(request: Request) -> Response:
    """POST D/pending/{handle}/drop: forget what came back, with its words."""
    server, signed_in = seat_signed_in(request)
    await read_form(request, server, signed_in.tokens.csrf)
    one = _found(server, signed_in, request)
    if one.state not in STANDING:
        server.waiting.drop(signed_in.seat, one.handle)
    return RedirectResponse(f"{signed_in.base}/", 303)


async def what_became(request: Request) -> Response:
    """GET D/pending/{handle}: the form again with its words if it came back; else the page it was asked on."""
    server, signed_in = seat_signed_in(request)
    one = _found(server, signed_in, request)
    if one.state is WaitingState.DONE:
        page = next_page(one.back, server.view(signed_in), one.n)
        return RedirectResponse(f"{signed_in.base}/{page}?done={one.n}", 303)
    back = _back(server, signed_in, one)
    if one.state is WaitingState.WAITING:
        return RedirectResponse(f"{signed_in.base}/{_meanwhile(server, signed_in, one)}", 303)
    context = server.context(signed_in)
    if one.state is WaitingState.ASKED and one.request is not None:
        look = grave_act(Localizer(catalogue_for(signed_in.person.language), context.view), context.view,
                         one.request.command)  # fmt: skip
        return HTMLResponse(render_asked(context, signed_in.frame(), look=look, one=one))
    frame = signed_in.frame(came_back=one, given=given_of(one.form, one.fields, again=one.handle))
    made = render_frame(context, back, frame) or render_frame(context, "", frame)
    return HTMLResponse(made or "")


async def asked_for_two(
    request: Request, server: ServerContext, signed_in: SignedInSeat, posted: PostedForm, asked: CommandRequest
) -> Response | CommandRequest:
    """Return what is asked with the colleague who confirmed it, or the answer if nobody has yet."""
    t = Localizer.to(signed_in.person, server.view(signed_in))
    if asked.person is None:
        return _again(request, server, signed_in, posted, asked, t(SENTENCES["no-name"]), 422)
    if posted.one("_ask") == "yes" and server.colleagues(signed_in):
        return await wait(request, server, signed_in, posted, asked, for_colleague=True)
    second = posted.one("_second")
    if second not in [name for name, has_one in server.colleagues(signed_in) if has_one]:
        return _again(request, server, signed_in, posted, asked, t(SENTENCES["nobody-confirms"]), 422)
    holder = server.holder(signed_in, second)
    try:
        is_right = await server.entrance.check(address_of(request), holder, posted.one("_passphrase"))
    except WaitError as error:
        return _again(request, server, signed_in, posted, asked, t(SENTENCES["wait"], n=error.seconds), 429)
    except BusyError:
        return _again(request, server, signed_in, posted, asked, t(SENTENCES["busy"]), 503)
    if not is_right:
        return _again(
            request, server, signed_in, posted, asked, t(SENTENCES["not-theirs"], person=t.named(second)), 422
        )
    return replace(asked, second=second)


def _again(  # noqa: PLR0913 - what was sent, by whom, and why it comes back
    request: Request,
    server: ServerContext,
    signed_in: SignedInSeat,
    posted: PostedForm,
    asked: CommandRequest,
    why: Markup,
    status: int,
) -> Response:
    return second_look(request, server, signed_in, posted, asked, needs_second=True, refused=why, status=status)


async def confirm_asked(request: Request) -> Response:
    """POST D/pending/{handle}/confirm: confirm as a second person what a colleague asked; then it can be undone."""
    server, signed_in = seat_signed_in(request)
    await read_form(request, server, signed_in.tokens.csrf)
    one, person = _found(server, signed_in, request), signed_in.session.person
    if one.state is not WaitingState.ASKED or one.request is None:
        return RedirectResponse(f"{signed_in.base}/pending/{one.handle}", 303)
    asked = replace(one.request, second=person)
    refusal = server.room.would_refuse(asked, at=server.settings.now())
    if person is None or refusal is not None:
        t = Localizer.to(signed_in.person, server.view(signed_in))
        return refused_at(
            server, signed_in, "", t(SENTENCES["no-name"]) if refusal is None else t.refusal(refusal), 422
        )
    seconds = server.undo_seconds(signed_in.seat)
    until = server.settings.now() + timedelta(seconds=seconds)
    server.waiting.confirm(one, person, due=server.settings.elapsed() + seconds, until=until)
    return RedirectResponse(f"{signed_in.base}/", 303)


def refused_at(server: ServerContext, signed_in: SignedInSeat, page: str, why: Markup, status: int) -> Response:
    """Return a page of a seat with the reason why what was sent there was not done."""
    made = render_frame(server.context(signed_in), page, signed_in.frame(refused=why))
    return HTMLResponse(made or "", status)
