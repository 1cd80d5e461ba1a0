"""Routes of those who run sessions: many marks with one form, moving a delegation, the speakers' list, packs."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import replace

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from goodoffices.errors import ScenarioError
from goodoffices.reports.texts.print_packs import draw_pack, pack_of
from goodoffices.talks.base.acts import Words
from goodoffices.talks.base.refusals import Refusal
from goodoffices.talks.base.states import SessionState
from goodoffices.talks.exchange.print_packs import MarkPackHanded, MarkPackReady
from goodoffices.talks.rounds.sessions import MARKS, CloseSession, MarkAttendance, OpenSession
from goodoffices.talks.state.command_context import Command, CommandRequest
from goodoffices.talks.state.known_meetings import KnownSession
from goodoffices.web.http.whole_numbers import whole_number
from goodoffices.web.live.speakers import SpeakersList
from goodoffices.web.pages.hall.reply import reply_rows, written_answer
from goodoffices.web.render.form_widgets import FilledForm, given_of
from goodoffices.web.render.localize import Localizer
from goodoffices.web.render.phrases import error_said
from goodoffices.web.render.render import Frame, render_frame
from goodoffices.web.routes.context import ServerContext, SignedInSeat
from goodoffices.web.routes.forms import PostedForm, asked_by, read_form, to_ask
from goodoffices.web.routes.grave_acts import seat_signed_in


async def mark(request: Request) -> Response:
    """POST D/attendance/{session}: the marks that changed, then open or close the session if the button says so."""
    server, signed_in, session, posted = await _of_session(request)
    held = dict(session.presence)
    given = {slug: posted.one(f"mark.{slug}") for slug in session.participants}
    if posted.one("do") == "all":
        given |= dict.fromkeys((slug for slug in session.participants if not held.get(slug)), MARKS[0])
    asked: list[Command] = [
        MarkAttendance(session=session.handle, who=slug, mark=word)
        for slug, word in given.items()
        if word and word != held.get(slug)
    ]
    if posted.one("do") == "open":
        asked.append(OpenSession(session=session.handle))
    if posted.one("do") == "close":
        asked.append(CloseSession(session=session.handle))
    return await _done(server, signed_in, posted, asked, f"attendance/{session.handle}")


async def move(request: Request) -> Response:
    """POST D/hall/move: mark a delegation as gone from the open sessions that it is in, and present in another."""
    server, signed_in = seat_signed_in(request)
    posted = await read_form(request, server, signed_in.tokens.csrf)
    who, to = posted.one("who"), posted.one("session")
    sessions = server.view(signed_in).known.sessions
    target = sessions.get(to)
    if not who or (to and (target is None or who not in target.participants)):
        t = Localizer.to(signed_in.person, server.view(signed_in))
        sentence = t("Choose a delegation, and a room whose session it takes part in.")
        return _shown(server, signed_in, "hall", signed_in.frame(refused=sentence, given=_typed(posted)))
    sitting = [s for s in sessions.values() if s.state == SessionState.OPEN]
    asked: list[Command] = [
        MarkAttendance(session=s.handle, who=who, mark="left") for s in sitting if who in s.present() and s.handle != to
    ]
    if target is not None and who not in target.present():
        asked.append(MarkAttendance(session=to, who=who, mark="present"))
    return await _done(server, signed_in, posted, asked, "hall")


async def speak(request: Request) -> Response:
    """POST D/speakers/{session}: change this seat's own list of speakers; nothing of it is on the record."""
    server, signed_in, session, posted = await _of_session(request)
    listed = server.speakers.of(signed_in.seat).get(session.handle, SpeakersList())
    now = server.settings.elapsed()
    what, _, slug = posted.one("do").partition(":")
    added = posted.one("who")
    given = posted.one("limit")
    seconds = int(given) if given.isascii() and given.isdigit() and len(given) < 6 else 0
    changes: Mapping[str, SpeakersList] = {
        "add": listed.added(added) if added in session.participants else listed,
        "remove": listed.removed(slug),
        "up": listed.moved_up(slug),
        "next": listed.next(now),
        "start": listed.started(now),
        "stop": listed.stopped(now),
        "limit": listed.limited(seconds),
    }
    server.speakers.keep(signed_in.seat, session.handle, changes.get(what, listed))
    back = "attendance" if posted.one("_back").startswith("attendance/") else "speakers"
    return RedirectResponse(f"{signed_in.base}/{back}/{session.handle}", 303)


async def reply(request: Request) -> Response:
    """POST D/reply: the ticks of a reply sheet, all of one paper, entered by who keeps the seat."""
    server, signed_in = seat_signed_in(request)
    posted = await read_form(request, server, signed_in.tokens.csrf)
    if signed_in.session.keeper is None:
        raise HTTPException(404)
    rows = reply_rows(server.view(signed_in))
    asked: list[Command] = []
    for row in rows:
        box = posted.one(f"row.{row.notice.n}")
        line = whole_number(posted.one(f"line.{row.notice.n}").strip()) or 0
        words = Words(text=posted.one(f"words.{row.notice.n}"), lang=signed_in.person.language)
        ticked = dict(row.boxes).get(box) or written_answer(row, box, line, words)
        asked += [] if ticked is None else [ticked]
    t = Localizer.to(signed_in.person, server.view(signed_in))
    if not asked:
        frame = signed_in.frame(refused=t("No box is ticked. Tick the boxes of the sheet."), given=_typed(posted))
        return _shown(server, signed_in, "reply", frame)
    try:
        return await _done(server, signed_in, posted, asked, "reply")
    except ScenarioError as error:
        frame = signed_in.frame(refused=error_said(t, error), given=_typed(posted))
        return _shown(server, signed_in, "reply", frame)


async def pack(request: Request) -> Response:
    """POST D/packs: the keeper of a seat kept on paper says that a pack is ready, or was handed over."""
    server, signed_in = seat_signed_in(request)
    posted = await read_form(request, server, signed_in.tokens.csrf)
    keeper = signed_in.session.keeper
    if keeper is None:
        raise HTTPException(404)
    view = server.view(signed_in)
    name = "MarkPackHanded" if posted.one("do") == "handed" else "MarkPackReady"
    fields = ("pack", "taken_by", "taken_at") if name == "MarkPackHanded" else ("carrier",)
    given: dict[str, tuple[str, ...]] = {field: (posted.one(field),) for field in fields}
    if name == "MarkPackReady":
        given |= {"seat": (signed_in.seat,), "up_to": (str(len(view.notices)),)}
    as_keeper = replace(signed_in, session=replace(signed_in.session, keeper=None))
    try:
        what = to_ask(name, PostedForm(fields=given, arrived=posted.arrived), as_keeper, view.known.header.zone).command
    except ValueError:
        t = Localizer.to(signed_in.person, view)
        sentence = t("Say who carries it, or who took it and when, and send again.")
        return _shown(server, signed_in, "packs", signed_in.frame(refused=sentence, given=_typed(posted)))
    asked = _own_handle(server, keeper, signed_in.seat, what)
    answer = await server.queue.submit(
        CommandRequest(seat=keeper, command=asked, person=signed_in.session.person),
        posted.key,
        arrived=posted.arrived,
    )
    if isinstance(answer, Refusal):
        t = Localizer.to(signed_in.person, view)
        frame = signed_in.frame(refused=t.refusal(answer), given=_typed(posted))
        return _shown(server, signed_in, "packs", frame)
    return RedirectResponse(f"{signed_in.base}/packs", 303)


def _own_handle(server: ServerContext, keeper: str, seat: str, what: Command) -> Command:
    """Return the command with the pack as its keeper names it; the kept seat has a handle of its own for it.

    Both know the packs of this seat in the same order, and nothing else is told to one of them by the other.
    """
    if not isinstance(what, MarkPackHanded):
        assert isinstance(what, MarkPackReady)
        return what
    own, kept = ([p.handle for p in server.room.view(s).known.packs.values() if p.seat == seat] for s in (keeper, seat))
    place = kept.index(what.pack) if what.pack in kept else len(own)
    return MarkPackHanded(pack=own[place] if place < len(own) else "", taken_by=what.taken_by, taken_at=what.taken_at)


async def pack_file(request: Request) -> Response:
    """GET D/pack.pdf: what lies on the table of this seat, as one file for the printer."""
    server, signed_in = seat_signed_in(request)
    if request.method != "GET":
        raise HTTPException(404)
    view, person = server.view(signed_in), signed_in.person
    drawn = await server.read_file(
        signed_in.seat, lambda: draw_pack(pack_of(view, language=person.language, calendar=person.calendar))
    )
    name = {"content-disposition": 'attachment; filename="pack.pdf"'}
    return Response(drawn, media_type="application/pdf", headers=name)


async def _of_session(request: Request) -> tuple[ServerContext, SignedInSeat, KnownSession, PostedForm]:
    """Return the session of a form, for who may mark its attendance; 404 for everybody else.

    Raises
    ------
    HTTPException
        404, the same for an unknown seat path, a stranger, a seat without the power, and an unknown session.
    """
    server, signed_in = seat_signed_in(request)
    posted = await read_form(request, server, signed_in.tokens.csrf)
    view = server.view(signed_in)
    session = view.known.sessions.get(request.path_params["session"])
    if session is None or "MarkAttendance" not in view.powers:
        raise HTTPException(404)
    return server, signed_in, session, posted


async def _done(
    server: ServerContext, signed_in: SignedInSeat, posted: PostedForm, asked: list[Command], page: str
) -> Response:
    """Give several commands of one form one after the other; the first refusal is shown, what came before it stands."""
    zone = server.view(signed_in).known.header.zone
    given = [asked_by(what, posted, signed_in, zone) for what in asked]
    # All at once: they are decided in this order, at the same tick.
    answers = await asyncio.gather(
        *(
            server.queue.submit(one, f"{posted.key[:56]}-{place}", arrived=posted.arrived)
            for place, one in enumerate(given)
        )
    )
    refused = next((answer for answer in answers if isinstance(answer, Refusal)), None)
    if refused is not None:
        t = Localizer.to(signed_in.person, server.view(signed_in))
        return _shown(server, signed_in, page, signed_in.frame(refused=t.refusal(refused), given=_typed(posted)))
    n = max((answer.n for answer in answers if not isinstance(answer, Refusal)), default=0)
    return RedirectResponse(f"{signed_in.base}/{page}{f'?done={n}' if n else ''}", 303)


def _typed(posted: PostedForm) -> FilledForm:
    return given_of(posted.one("_form"), posted.typed)


def _shown(server: ServerContext, signed_in: SignedInSeat, page: str, frame: Frame) -> Response:
    """Return the page that a form stood on, with what was typed."""
    made = render_frame(server.context(signed_in), page, frame)
    return HTMLResponse(made or "", 422)
