"""The routes by which a seat brings the spreadsheet of own talks: what would change is shown, then taken.

What was read is kept in memory, one spreadsheet for each seat, until it is taken or another is brought. Only
what was shown is taken: if the record says something else by then, the changes are shown again.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import replace

from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from goodoffices.formats.input.files import RawFile
from goodoffices.formats.talks_sheets.entities import talks_file_of
from goodoffices.formats.talks_sheets.problems import MOST_TOLD, SENTENCES, Problem
from goodoffices.formats.talks_sheets.reader import SheetReading, read_sheets
from goodoffices.reports.sheet_changes import (
    NO_POWER,
    SENTENCES as CHANGES,
    Line,
    SheetChanges,
    held_names,
    request_key,
    sheet_changes,
)
from goodoffices.talks.base.refusals import Refusal
from goodoffices.talks.state.command_context import CommandRequest
from goodoffices.talks.state.view import View
from goodoffices.web.http.markup import fill
from goodoffices.web.pages.page import SheetShown
from goodoffices.web.render.localize import Localizer, name_of
from goodoffices.web.render.render import render_frame
from goodoffices.web.routes.context import ServerContext, SignedInSeat
from goodoffices.web.routes.forms import read_form
from goodoffices.web.routes.grave_acts import check_limit
from goodoffices.web.routes.uploads import read_upload

_POWER = "NameActor"
_MOST_SHOWN = 100


def _may_bring(request: Request) -> tuple[ServerContext, SignedInSeat]:
    """Return the server context and who is signed in, if the seat may enter a spreadsheet; 404 for everybody else."""
    server: ServerContext = request.app.state.server
    signed_in = server.signed_in(request)
    if signed_in is None or _POWER not in server.view(signed_in).powers:
        raise HTTPException(404)
    return server, signed_in


def sheet_sentence(t: Localizer, one: Problem) -> Markup:
    """Return a problem in the reader's language, with its cell in front."""
    sentence = t(SENTENCES[one.code], **{key: name_of(value) for key, value in one.values})
    return fill('<bdi class="code" dir="ltr">{}</bdi> {}', one.place, sentence) if one.place else sentence


def _line(t: Localizer, line: Line) -> Markup:
    told = t(CHANGES[line.code], **{key: name_of(value) for key, value in line.values})
    return fill("{} {}", told, t(NO_POWER, command=line.command)) if line.command else told


async def bring_sheet(request: Request) -> Response:
    """POST D/sheet: read a spreadsheet and show what would change. Nothing is changed."""
    server, signed_in = _may_bring(request)
    upload = await read_upload(request, server, signed_in.tokens.csrf)
    check_limit(server, signed_in, lambda limits: limits.uploads)
    t = Localizer.to(signed_in.person, server.view(signed_in))
    if not upload.data:
        return _shown(server, signed_in, SheetShown(problems=(t("No file was chosen. Choose a spreadsheet first."),)))
    raw = RawFile(name=upload.name, data=upload.data)
    reading: SheetReading = await server.read_file(signed_in.seat, lambda: read_sheets(raw))
    if reading.talks is None:
        told = tuple(sheet_sentence(t, one) for one in reading.problems[:MOST_TOLD])
        if len(reading.problems) > MOST_TOLD:
            told = (*told, t("… and {n} more.", n=len(reading.problems) - MOST_TOLD))
        return _shown(server, signed_in, SheetShown(name=upload.name, problems=told))
    server.sheets[signed_in.seat] = reading.talks
    return _shown(server, signed_in, _as_shown(t, _compared(server, signed_in), upload.name))


def _compared(server: ServerContext, signed_in: SignedInSeat) -> SheetChanges:
    view = server.view(signed_in)
    return sheet_changes(talks_file_of(server.sheets[signed_in.seat], held_names(view.known)), view)


def _token(found: SheetChanges) -> str:
    """Return what stands for the changes that were shown: the same for the same changes."""
    return hashlib.sha256(repr([change.what for change in found.changes]).encode()).hexdigest()[:32]


def _as_shown(t: Localizer, found: SheetChanges, name: str = "") -> SheetShown:
    def lines(of: tuple[Line, ...]) -> tuple[Markup, ...]:
        return tuple(_line(t, line) for line in of[:_MOST_SHOWN])

    def all_told(of: tuple[Line, ...]) -> tuple[Markup, ...]:
        rest = (t("… and {n} more.", n=len(of) - _MOST_SHOWN),) if len(of) > _MOST_SHOWN else ()
        return (*lines(of), *rest)

    return SheetShown(
        name=name,
        token=_token(found),
        n_new=found.n_new,
        n_changed=len(found.changes) - found.n_new,
        changes=lines(tuple(change.what for change in found.changes)),
        cannot=all_told(found.cannot),
        gone=all_told(found.gone),
        n_more=max(0, len(found.changes) - _MOST_SHOWN),
    )


async def take_sheet(request: Request) -> Response:
    """POST D/sheet/take: make the changes that were shown, one after the other, each once."""
    server, signed_in = _may_bring(request)
    posted = await read_form(request, server, signed_in.tokens.csrf)
    t = Localizer.to(signed_in.person, server.view(signed_in))
    if signed_in.seat not in server.sheets:
        why = t("The spreadsheet is no longer kept here. Choose it again.")
        return _shown(server, signed_in, SheetShown(problems=(why,)))
    found = _compared(server, signed_in)
    if not hmac.compare_digest(_token(found).encode(), posted.one("token").encode()):
        why = t("What would change is no longer what was shown. Read it again.")
        return _shown(server, signed_in, replace(_as_shown(t, found), problems=(why,)))
    waiting, n_taken = list[Markup](), 0
    for change in found.changes:
        view: View = server.view(signed_in)
        command = change.make(view.known)
        asked = CommandRequest(seat=signed_in.seat, command=command, person=signed_in.session.person)
        answer = await server.queue.submit(asked, request_key(command), arrived=posted.arrived)
        if isinstance(answer, Refusal):
            waiting.append(fill("{} {}", _line(t, change.what), t.refusal(answer)))
        else:
            n_taken += 1
    server.sheets.pop(signed_in.seat, None)
    return _shown(server, signed_in, SheetShown(n_taken=n_taken, waiting=tuple(waiting)))


def _shown(server: ServerContext, signed_in: SignedInSeat, sheet: SheetShown) -> Response:
    context = replace(server.context(signed_in), sheet=sheet)
    made = render_frame(context, "add", signed_in.frame())
    return HTMLResponse(made or "", 422 if sheet.problems else 200)
