"""The route by which a seat brings a file into a ledger that it keeps. The file itself is kept nowhere."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from itertools import islice

from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from goodoffices.errors import DatasetError, ScenarioError
from goodoffices.formats.allegation_tables.radio_lines import is_radio_lines, read_lines
from goodoffices.formats.allegation_tables.reader import AllegationTable, Names, read_allegations
from goodoffices.formats.allegation_tables.source import source_of
from goodoffices.formats.input.files import RawFile
from goodoffices.garbage_collection import lasting_growth
from goodoffices.reports.ceasefire.imports import ImportPlan, import_commands, import_plan, kept_ledger, names_in
from goodoffices.reports.messages.catalogues import catalogue_for
from goodoffices.talks.base.refusals import Refusal
from goodoffices.talks.ceasefire.imports import ImportAllegations
from goodoffices.talks.state.view import View
from goodoffices.web.http.markup import fill
from goodoffices.web.render.form_widgets import given_of
from goodoffices.web.render.localize import Localizer
from goodoffices.web.render.phrases import error_said, phrase
from goodoffices.web.render.render import render_frame
from goodoffices.web.routes.context import ServerContext, SignedInSeat
from goodoffices.web.routes.forms import PostedForm, asked_by
from goodoffices.web.routes.grave_acts import check_limit, seat_signed_in
from goodoffices.web.routes.uploads import read_upload

_MOST_TOLD = 20
_ACTS_AT_ONCE = 2
"""How many acts of a file are decided at a tick: they take the writer less than half of it."""
_KEY_BYTES = 32


async def bring_rows(request: Request) -> Response:
    """POST D/ledgers/{ledger}/bring: file what is new in a table; other seats are served between its parts."""
    server, signed_in = seat_signed_in(request)
    upload = await read_upload(request, server, signed_in.tokens.csrf)
    view, handle = server.view(signed_in), request.path_params["ledger"]
    if "ImportAllegations" not in view.powers or handle not in view.known.ledgers:
        raise HTTPException(404)
    check_limit(server, signed_in, lambda limits: limits.uploads)
    language, posted = signed_in.person.language, upload.posted
    t = Localizer(catalogue_for(language), view)
    raw, names = RawFile(name=upload.name, data=upload.data), names_in(view, server.context(signed_in).now)
    key = server.settings.entropy(f"rows of {handle} of {signed_in.seat}", _KEY_BYTES).hex()
    with lasting_growth():
        try:
            # Rows are compared with the ledger apart from all other work too: a hundred thousand take over a second.
            table, plan = await server.read_file(signed_in.seat, lambda: _planned(view, handle, raw, names, key))
        except (ScenarioError, DatasetError) as error:
            return _shown(server, signed_in, posted, error_said(t, error))
        if plan is None:
            return _shown(server, signed_in, posted, _wrong(t, table))
        answer = await _filed(server, signed_in, posted, import_commands(plan, language=language), view.zone)
    if isinstance(answer, Refusal):
        return _shown(server, signed_in, posted, t.refusal(answer))
    n = answer
    if not n:
        return _shown(server, signed_in, posted, t("Nothing in this file is new. Nothing was filed."))
    return RedirectResponse(f"{signed_in.base}/intake?done={n}", 303)


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


def _planned(
    view: View, handle: str, raw: RawFile, names: Names, key: str
) -> tuple[AllegationTable, ImportPlan | None]:
    """Return a file and what of it is new in a ledger; without the latter if any row is refused."""
    held = kept_ledger(view, handle)
    table = _table(raw, held.ledger.slug, names)
    return table, None if table.refusals else import_plan(view, held, table, key)


def _table(raw: RawFile, slug: str, names: Names) -> AllegationTable:
    if is_radio_lines(raw):
        return read_lines(raw, (slug,), names)
    return read_allegations(source_of(raw), names)


def _wrong(t: Localizer, table: AllegationTable) -> Markup:
    """Return how many rows are refused, and the first of them with their places."""
    told = [phrase(t, entry.sentence()) for entry in table.refusals[:_MOST_TOLD]]
    n = t("Rows that are refused: {n}. Nothing was filed.", n=len(table.refusals))
    return fill("{} {}", n, Markup("<br>").join(["", *told]))


def _shown(server: ServerContext, signed_in: SignedInSeat, posted: PostedForm, why: Markup) -> Response:
    frame = signed_in.frame(refused=why, given=given_of(posted.one("_form"), posted.typed))
    return HTMLResponse(render_frame(server.context(signed_in), "intake", frame) or "", 422)
