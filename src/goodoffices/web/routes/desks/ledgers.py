"""The routes by which a seat brings a file into a ledger that it keeps: what it would do is shown, then it is filed.

What was read is kept in memory, one file for each seat, until it is filed or another is brought. Only what was shown is
filed: if the ledger says something else by then, it is shown again.
"""

from __future__ import annotations

import asyncio
import hmac
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from goodoffices.errors import ScenarioError
from goodoffices.formats.allegation_tables.brought_table import BroughtTable
from goodoffices.garbage_collection import lasting_growth, paused_collector
from goodoffices.reports.ceasefire.imports import ImportPlan, import_commands, import_plan, kept_ledger, names_in
from goodoffices.talks.base.refusals import Refusal
from goodoffices.talks.ceasefire.imports import ImportAllegations
from goodoffices.talks.model.masks import HIDEABLE, PLACE_LEVELS, TIME_LEVELS, Mask
from goodoffices.web.pages.page import TableShown
from goodoffices.web.render.form_widgets import given_of
from goodoffices.web.render.localize import Localizer
from goodoffices.web.render.phrases import error_said
from goodoffices.web.render.render import render_frame
from goodoffices.web.routes.context import ServerContext, SignedInSeat
from goodoffices.web.routes.desks.ledger_tables import FORM, Reading, in_another_way, read_table, shown_of, token_of
from goodoffices.web.routes.forms import PostedForm, asked_by, read_form
from goodoffices.web.routes.grave_acts import check_limit, seat_signed_in
from goodoffices.web.routes.uploads import read_upload

_ACTS_AT_ONCE = 1
"""How many acts of a file are decided at a tick. Two hold the writer for up to 70 ms of processor, one for 25 ms."""
_KEY_BYTES = 32


def _may_bring(request: Request) -> tuple[ServerContext, SignedInSeat, str]:
    """Return the server context, who is signed in, and the ledger in the address; 404 for a seat that may not."""
    server, signed_in = seat_signed_in(request)
    view, handle = server.view(signed_in), request.path_params["ledger"]
    if "ImportAllegations" not in view.powers or handle not in view.known.ledgers:
        raise HTTPException(404)
    return server, signed_in, handle


async def bring_rows(request: Request) -> Response:
    """POST D/ledgers/{ledger}/bring: read a file, or the one that is kept here in another way, and show what it does.

    Nothing is filed.
    """
    server, signed_in = seat_signed_in(request)
    upload = await read_upload(request, server, signed_in.tokens.csrf)
    server, signed_in, handle = _may_bring(request)
    check_limit(server, signed_in, lambda limits: limits.uploads)
    view = server.view(signed_in)
    t, kept = Localizer.to(signed_in.person, view), server.tables.get(signed_in.seat)
    raw = upload.files.get("file")
    if raw is not None:
        key = server.settings.entropy(f"rows of {handle} of {signed_in.seat}", _KEY_BYTES).hex()
        kept = BroughtTable(ledger=handle, key=key, raw=raw)
    if kept is None or kept.ledger != handle:
        return _shown(server, signed_in, _problem(handle, t("The file is no longer kept here. Choose it again.")))
    try:
        held = kept_ledger(view, handle)
    except ScenarioError as error:
        return _shown(server, signed_in, _problem(handle, error_said(t, error)))
    brought, names = in_another_way(kept, upload), names_in(view, server.context(signed_in).now)
    with paused_collector():
        # Rows are compared with the ledger apart from all other work too: a hundred thousand take over a second.
        reading: Reading = await server.read_file(signed_in.seat, lambda: read_table(brought, view, held, names))
    server.tables[signed_in.seat] = reading.brought
    return _shown(server, signed_in, shown_of(t, reading), reading)


async def take_rows(request: Request) -> Response:
    """POST D/ledgers/{ledger}/take: file the rows that were shown; other seats are served between its parts."""
    server, signed_in = seat_signed_in(request)
    posted = await read_form(request, server, signed_in.tokens.csrf)
    server, signed_in, handle = _may_bring(request)
    view, kept = server.view(signed_in), server.tables.get(signed_in.seat)
    t = Localizer.to(signed_in.person, view)
    if kept is None or kept.table is None or kept.table.refusals or kept.ledger != handle:
        return _shown(server, signed_in, _problem(handle, t("The file is no longer kept here. Choose it again.")))
    table, key, mask = kept.table, kept.key, _mask_of(posted)
    with lasting_growth():
        try:
            plan: ImportPlan = await server.read_file(
                signed_in.seat, lambda: import_plan(view, kept_ledger(view, handle), table, key)
            )
        except ScenarioError as error:
            return _shown(server, signed_in, _problem(handle, error_said(t, error)))
        if not hmac.compare_digest(token_of(plan).encode(), posted.one("token").encode()):
            why = t("What would change is no longer what was shown. Read it again.")
            again = shown_of(t, Reading(brought=kept, fields={}, plan=plan))
            return _shown(server, signed_in, replace(again, problems=(why,)))
        commands = import_commands(plan, language=signed_in.person.language, mask=mask)
        answer = await _filed(server, signed_in, posted, commands, view.zone)
    if isinstance(answer, Refusal):
        return _shown(server, signed_in, _problem(handle, t.refusal(answer)))
    server.tables.pop(signed_in.seat, None)
    return RedirectResponse(f"{signed_in.base}/intake?done={answer}", 303)


async def _filed(
    server: ServerContext, signed_in: SignedInSeat, posted: PostedForm, commands: Iterator[ImportAllegations], zone: str
) -> int | Refusal:
    """File rows, a few acts at each tick; return the number of the last notice, 0 without rows, or the first refusal.

    What other seats send meanwhile is decided at the same tick as the next acts.
    """
    n, part = 0, 0
    while some := tuple(islice(commands, _ACTS_AT_ONCE)):
        asked = [
            server.queue.submit(
                asked_by(command, posted, signed_in, zone), f"{posted.key}-{part + k}",
                arrived=None if part + k else posted.arrived,
            )
            for k, command in enumerate(some)
        ]  # fmt: skip
        part += len(some)
        for answer in await asyncio.gather(*asked):
            if isinstance(answer, Refusal):
                return answer
            n = answer.n
    return n


def _mask_of(posted: PostedForm) -> Mask:
    """Return how fine rows may be shown outside the ledger, as chosen; 400 for what a page never offers."""
    place, time = posted.one("mask_place") or PLACE_LEVELS[0], posted.one("mask_time") or TIME_LEVELS[0]
    hides = posted.fields.get("mask_hides", ())
    if place not in PLACE_LEVELS or time not in TIME_LEVELS or not {*hides} <= {*HIDEABLE[1:]}:
        raise HTTPException(400)
    return Mask(place=place, time=time, hides=hides)


def _problem(handle: str, why: Markup) -> TableShown:
    return TableShown(ledger=handle, problems=(why,))


def _shown(
    server: ServerContext, signed_in: SignedInSeat, table: TableShown, reading: Reading | None = None
) -> Response:
    fields = {} if reading is None else reading.fields
    frame = signed_in.frame(given=given_of(FORM.format(table.ledger), fields))
    made = render_frame(replace(server.context(signed_in), table=table), "intake", frame)
    return HTMLResponse(made or "", 422 if table.problems else 200)
