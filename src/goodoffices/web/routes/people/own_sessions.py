"""The routes of a person's own passphrase and own sessions."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from goodoffices.service.passphrases import EasyPassphraseError, check_new
from goodoffices.web.http.cookies import take_cookie
from goodoffices.web.http.entrance import SENTENCES, BusyError, WaitError, address_of
from goodoffices.web.render.localize import Localizer
from goodoffices.web.routes.context import ServerContext, SignedInSeat
from goodoffices.web.routes.forms import PostedForm, read_form
from goodoffices.web.routes.grave_acts import refused_at, seat_signed_in


async def set_passphrase(request: Request) -> Response:
    """POST D/me/passphrase: keep a passphrase, to come back without a new card. Who has one types it first."""
    server, signed_in = seat_signed_in(request)
    posted = await read_form(request, server, signed_in.tokens.csrf)
    if signed_in.session.person is None:
        raise HTTPException(404)
    t = Localizer.to(signed_in.person, server.view(signed_in))
    try:
        wrong = await _kept(request, server, signed_in, posted)
    except WaitError as error:
        return refused_at(server, signed_in, "me", t(SENTENCES["wait"], n=error.seconds), 429)
    except BusyError:
        return refused_at(server, signed_in, "me", t(SENTENCES["busy"]), 503)
    if wrong is not None:
        return refused_at(server, signed_in, "me", t(SENTENCES[wrong]), 422)
    return RedirectResponse(f"{signed_in.base}/me", 303)


async def _kept(request: Request, server: ServerContext, signed_in: SignedInSeat, posted: PostedForm) -> str | None:
    """Keep the new passphrase and return ``None``, or say why it is refused."""
    holder, words = server.holder(signed_in), posted.one("passphrase")
    if words != posted.one("again"):
        return "two"
    try:
        check_new(words, person=holder.person)
    except EasyPassphraseError as error:
        return error.why
    has_one = server.entrance.passphrases.has(holder)
    if has_one and not await server.entrance.check(address_of(request), holder, posted.one("now")):
        return "not-own"
    await server.entrance.keep(holder, words)
    return None


async def end_session(request: Request) -> Response:
    """POST D/me/end: end one of one's own sessions, with its pages and streams, at once."""
    server, signed_in = seat_signed_in(request)
    posted = await read_form(request, server, signed_in.tokens.csrf)
    here = next(one.handle for one in server.access.own(signed_in.session, at=server.settings.now()) if one.is_here)
    handle = posted.one("session")
    if not server.access.end_own(signed_in.session, handle, at=server.settings.now()):
        raise HTTPException(404)
    server.end_streams(signed_in.seat)
    if handle != here:
        return RedirectResponse(f"{signed_in.base}/me", 303)
    answer = RedirectResponse("/", 303)
    take_cookie(answer, signed_in.path_id, is_secure=server.settings.is_secure)
    return answer
