"""The operator's page: backups, drills, and who can open what, where it lies and how it is burnt.

It shows no content: no word of any talks, no seat, no name.
"""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Callable
from typing import Any, TypeVar

from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from goodoffices import __version__
from goodoffices.errors import StorageError
from goodoffices.service.custody import (
    NoBackupError,
    back_up,
    check_rows,
    custody,
    desk_files,
    restore_drill,
)
from goodoffices.service.data_folder import KeptRecord
from goodoffices.talks.base.enums import Kind
from goodoffices.web.http.login_sessions import LoginSession
from goodoffices.web.render.form_widgets import Tokens
from goodoffices.web.render.localize import Localizer, name_of
from goodoffices.web.render.render import environment
from goodoffices.web.routes.forms import PostedForm, read_form
from goodoffices.web.routes.record_host import RecordHost
from goodoffices.web.routes.record_list import owned, speech

T = TypeVar("T")


async def operator(request: Request) -> Response:
    """GET /operator: how the desk and its records are kept."""
    host, session = owned(request)
    return await _shown(host, session)


async def _shown(host: RecordHost, session: LoginSession, done: Markup | None = None, status: int = 200) -> Response:
    kept = [one for one in await host.kept() if one.kind is not None]
    rows = [
        {
            "kept": await _aside(host, lambda one=one: custody(host.data, one)),  # type: ignore[misc]
            "is_live": one.kind is Kind.LIVE,
            "is_open": host.held(one.name) is not None,
        }
        for one in kept
    ]
    values: dict[str, Any] = {
        "rows": rows,
        "desk": desk_files(host.data),
        "data": host.data,
        "version": __version__,
        "free": shutil.disk_usage(host.data).free if host.data.is_dir() else 0,
        "streams": sum(server.hub.n_open for server in host.contexts()),
        "csrf": Tokens(secret=session.secret).csrf,
        "done": done,
        "is_wrong": status != 200,
        "bare": name_of,
    }
    made = environment().get_template("operator.html").render(t=speech(host, session), **values)
    return HTMLResponse(made, status)


async def _posted(request: Request) -> tuple[RecordHost, LoginSession, PostedForm, Localizer]:
    host, session = owned(request)
    posted = await read_form(request, host, Tokens(secret=session.secret).csrf)
    return host, session, posted, speech(host, session)


async def _named(host: RecordHost, posted: PostedForm) -> KeptRecord:
    kept = next((one for one in await host.kept() if one.name == posted.one("record") and one.kind is not None), None)
    if kept is None:
        raise HTTPException(404)
    return kept


async def back_up_now(request: Request) -> Response:
    """POST /operator/backup: copy a record into the folder of backups, also while it is in use."""
    host, session, posted, t = await _posted(request)
    kept = await _named(host, posted)
    try:
        made = await _aside(host, lambda: back_up(host.data, kept))
    except StorageError:
        return await _shown(
            host, session, t("The backup cannot be written. Is the disk full? Nothing was changed."), 422
        )
    return await _shown(host, session, t("The backup {file} is there.", file=name_of(made.name)))


async def drill(request: Request) -> Response:
    """POST /operator/drill: restore the newest backup to a place of its own, check it, and remove it again."""
    host, session, posted, t = await _posted(request)
    kept, at = await _named(host, posted), host.settings.now()
    try:
        found = await _aside(host, lambda: restore_drill(host.data, kept, at=at))
    except NoBackupError:
        return await _shown(host, session, t("There is no backup of {record} yet. Make one first.",
                                             record=name_of(kept.name)), 422)  # fmt: skip
    except StorageError:
        why = t("The backup cannot be restored for trial. Is the disk full? Nothing was changed.")
        return await _shown(host, session, why, 422)
    if not found.is_sound:
        why = t("The newest backup of {record} cannot be restored. Make a new one now.", record=name_of(kept.name))
        return await _shown(host, session, why, 422)
    return await _shown(host, session, t("The newest backup of {record} was restored for trial and is whole.",
                                         record=name_of(kept.name)))  # fmt: skip


async def check(request: Request) -> Response:
    """POST /operator/check: check every stored row of a record."""
    host, session, posted, t = await _posted(request)
    kept = await _named(host, posted)
    if await _aside(host, lambda: check_rows(kept)):
        return await _shown(host, session, t("Every row of {record} is as it was written.", record=name_of(kept.name)))
    why = t("{record} is not as it was written. Stop the desk, copy the folder, and run goodoffices record verify.",
            record=name_of(kept.name))  # fmt: skip
    return await _shown(host, session, why, 422)


async def end_sessions(request: Request) -> Response:
    """POST /operator/end-sessions: sign everybody out of every open record, at once."""
    host, session, _, t = await _posted(request)
    for server in host.contexts():
        for seat, _person, _keeper in server.access.seated():
            server.access.end_all(seat)
            server.end_streams(seat)
    return await _shown(host, session, t("Everybody is signed out of every seat."))


async def _aside(host: RecordHost, work: Callable[[], T]) -> T:
    """Do work that reads a whole record apart from the loop that answers everybody, one after the other."""
    async with host.keeping:
        return await asyncio.get_running_loop().run_in_executor(None, work)
