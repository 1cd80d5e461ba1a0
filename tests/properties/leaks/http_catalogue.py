"""Leaks planted in the room that knows HTTP. The two-world test over HTTP must find each of them."""

from __future__ import annotations

import asyncio
import inspect
import itertools
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse

from goodoffices.record.values import Request as RecordRequest
from goodoffices.service import command_batches as room_module
from goodoffices.web import app
from goodoffices.web.http import login_sessions as access
from goodoffices.web.live import event_stream as stream
from goodoffices.web.pages.page import PageContext
from goodoffices.web.render import render as parts
from goodoffices.web.routes import downloads, middleware as headers, seat_pages, seat_pages as desk, tracked_changes
from goodoffices.web.routes.context import ServerContext
from goodoffices.web.routes.record_host import RecordHost

Leak = Callable[[pytest.MonkeyPatch], None]


def _server(function: Any) -> ServerContext:
    """Return the server that a function of a page or stream closes over."""
    server: ServerContext = inspect.getclosurevars(function).nonlocals[
        "self" if "self" in function.__code__.co_freevars else "server"
    ]
    return server


def _n_acts(server: ServerContext | RecordHost) -> int:
    held = [one.server for one in server.talks.values()] if isinstance(server, RecordHost) else [server]
    return sum(len(one.room._talks.acts) for one in held)


def _elsewhere(server: ServerContext, handle: str) -> bool:
    return any(handle in held.ids for held in server.room._talks.slices.values())


def notice_number_of_the_record(patch: pytest.MonkeyPatch) -> None:
    news = stream._news

    def leaky(view: Any, after: int, say: Any, changed: Any) -> list[bytes]:
        n = _n_acts(_server(say))
        return [chunk.replace(b"id: ", f"id: {n}".encode()) for chunk in news(view, after, say, changed)]

    patch.setattr(stream, "_news", leaky)


def badge_counts_everything(patch: pytest.MonkeyPatch) -> None:
    def leaky(sight: PageContext, context: dict[str, Any]) -> str:
        del context
        server = _server(sight.would)
        items = sum(len(held.known.items) for held in server.room._talks.slices.values())
        return f'<span data-part="needs-me" class="badge"><b>{items}</b></span>'

    patch.setattr(parts, "_badge", leaky)


def etag_of_the_records_version(patch: pytest.MonkeyPatch) -> None:
    around = headers.SecurityHeaders.__call__

    async def leaky(self: Any, scope: Any, receive: Any, send: Any) -> None:
        async def tagged(message: Any) -> None:
            if message["type"] == "http.response.start":
                tag = (b"etag", str(_n_acts(self._server)).encode())
                message = {**message, "headers": [*message["headers"], tag]}
            await send(message)

        await around(self, scope, receive, tagged)

    patch.setattr(headers.SecurityHeaders, "__call__", leaky)


def _page_that(patch: pytest.MonkeyPatch, answer: Callable[[], HTMLResponse]) -> None:
    page = seat_pages.page

    async def leaky(request: Any) -> Any:
        try:
            return await page(request)
        except HTTPException:
            handle = request.path_params["page"].rpartition("/")[2]
            if _elsewhere(request.app.state.server, handle):
                return answer()
            raise

    patch.setattr(app, "page", leaky)


def forbidden_for_what_is_not_yours(patch: pytest.MonkeyPatch) -> None:
    _page_that(patch, lambda: HTMLResponse("", 403))


def another_length_of_not_found(patch: pytest.MonkeyPatch) -> None:
    _page_that(patch, lambda: HTMLResponse("not for you", 404))


def request_keys_shared_between_seats(patch: pytest.MonkeyPatch) -> None:
    def shared(*, seat: str, key: str, content: bytes) -> RecordRequest:
        del seat
        return RecordRequest(seat="all", key=key, content=content)

    patch.setattr(room_module, "Request", shared)


def _wakes_all(self: stream.Hub) -> None:
    for listener in self._listeners:
        stream._News().make(listener)
        listener.go()


def empty_chunk_on_hidden_acts(patch: pytest.MonkeyPatch) -> None:
    make = stream._News.make

    def leaky(self: stream._News, listener: stream.Listener) -> None:
        make(self, listener)
        listener.ready = listener.ready or [b": \n\n"]

    patch.setattr(stream.Hub, "wake", _wakes_on_any_act)
    patch.setattr(stream._News, "make", leaky)


def _wakes_on_any_act(self: stream.Hub) -> None:
    n = _n_acts_of(self)
    if n != getattr(stream, "_seen", {}).get(id(self)):
        vars(stream).setdefault("_seen", {})[id(self)] = n
        _wakes_all(self)


def _n_acts_of(hub: stream.Hub) -> int:
    return len(hub._view.__self__._talks.acts)  # type: ignore[attr-defined]


def heartbeat_begun_anew_by_hidden_acts(patch: pytest.MonkeyPatch) -> None:
    async def leaky(hub: stream.Hub, listener: stream.Listener) -> Any:
        loop = asyncio.get_running_loop()
        comment_at = loop.time() + stream.COMMENT_EVERY
        while True:
            hub.free(listener)
            try:
                await asyncio.wait_for(listener.event.wait(), max(0.0, comment_at - loop.time()))
            except TimeoutError:
                comment_at += stream.COMMENT_EVERY
                yield b": \n\n"
                continue
            listener.event.clear()
            comment_at = loop.time() + stream.COMMENT_EVERY
            ready, listener.ready = listener.ready, []
            for chunk in ready:
                yield chunk

    patch.setattr(stream.Hub, "wake", _wakes_on_any_act)
    patch.setattr(stream, "_follow", leaky)


def choices_of_all_seats(patch: pytest.MonkeyPatch) -> None:
    others = PageContext.others

    def leaky(self: PageContext) -> Any:
        server = _server(self.would)
        hidden = [server.room.view(seat).me for seat in server.room.seats() if seat not in self.known.seats]
        return (*others(self), *hidden)

    patch.setattr(PageContext, "others", leaky)


def session_ids_of_one_sequence(patch: pytest.MonkeyPatch) -> None:
    begin = access.Access.open

    def leaky(self: Any, seat: str, **values: Any) -> Any:
        if not hasattr(access, "_counts"):
            patch.setattr(access, "_counts", {}, raising=False)
        counter = access._counts.setdefault(id(self), itertools.count())  # type: ignore[attr-defined]
        n = next(counter)
        self._entropy = lambda _, size: n.to_bytes(size, "big")
        return begin(self, seat, **values)

    patch.setattr(access.Access, "open", leaky)


def log_line_with_a_count(patch: pytest.MonkeyPatch) -> None:
    line = headers.log_line

    def leaky(scope: Any, status: int, seconds: float) -> str:
        return f"acts={_n_acts(scope['app'].state.server)} {line(scope, status, seconds)}"

    patch.setattr(headers, "log_line", leaky)


def redirect_to_a_foreign_handle(patch: pytest.MonkeyPatch) -> None:
    then = desk._asked

    async def leaky(request: Any, posted: Any, signed_in: Any, command: Any) -> Any:
        answer = await then(request, posted, signed_in, command)
        if "location" in answer.headers:
            answer.headers["location"] += f"&act={_n_acts(request.app.state.server)}"
        return answer

    patch.setattr(desk, "_asked", leaky)


def readers_counted_on_the_page(patch: pytest.MonkeyPatch) -> None:
    render = parts.render_frame

    def leaky(sight: PageContext, path: str, frame: parts.Frame) -> str | None:
        made = render(sight, path, frame)
        n = len(_server(sight.would).hub._listeners)
        return None if made is None else made + f"<!-- {n} here -->"

    patch.setattr(desk, "render_frame", leaky)


def receipt_of_the_record(patch: pytest.MonkeyPatch) -> None:
    receipt = seat_pages.receipt

    async def leaky(request: Any) -> Any:
        answer = await receipt(request)
        answer.headers["x-head"] = str(_n_acts(request.app.state.server))
        return answer

    patch.setattr(app, "receipt", leaky)


def _on_the_page(patch: pytest.MonkeyPatch, template: str, part: str, leaky: Callable[[Any], str]) -> None:
    """Let a part of one page end with what is learned from the whole record."""
    render = parts._part

    def made(found: Any, name: str, context: Any) -> str:
        shown = render(found, name, context)
        return shown + leaky(_server(context["context"].would)) if (found.name, name) == (template, part) else shown

    patch.setattr(parts, "_part", made)


def _every(server: ServerContext, table: str) -> list[Any]:
    held = server.room._talks.slices.values()
    return [thing for one in held for thing in getattr(one.known, table).values()]


def versions_of_the_whole_record_listed(patch: pytest.MonkeyPatch) -> None:
    def leaky(server: ServerContext) -> str:
        return "".join(f"<li>{check}</li>" for check in sorted({v.hash[:8] for v in _every(server, "versions")}))

    _on_the_page(patch, "texts.html", "released", leaky)


def proposers_in_an_attribute(patch: pytest.MonkeyPatch) -> None:
    def leaky(server: ServerContext) -> str:
        who = sorted({v.proposer for v in _every(server, "variants") if v.proposer})
        return f'<i data-proposers="{" ".join(who)}"></i>'

    _on_the_page(patch, "text.html", "words", leaky)


def comments_of_others_counted(patch: pytest.MonkeyPatch) -> None:
    def leaky(server: ServerContext) -> str:
        return f"<p>{sum(act.kind == 'CommentMade' for act in server.room._talks.acts)} comments</p>"

    _on_the_page(patch, "clause.html", "said", leaky)


def answers_of_a_closed_question_shown(patch: pytest.MonkeyPatch) -> None:
    def leaky(server: ServerContext) -> str:
        said = sorted((a.seat, a.says.value) for q in _every(server, "questions") for a in q.answers)
        return f"<p>{said}</p>"

    _on_the_page(patch, "decision.html", "answers", leaky)


def questions_badged_by_all_that_are_open(patch: pytest.MonkeyPatch) -> None:
    def leaky(server: ServerContext) -> str:
        return f"<b>{len({act.seq for act in server.room._talks.acts if act.kind == 'QuestionPut'})}</b>"

    _on_the_page(patch, "decisions.html", "open", leaky)


def files_of_others_counted(patch: pytest.MonkeyPatch) -> None:
    """The page of a brought file says how many proposals other seats made of the same version."""

    def leaky(server: ServerContext) -> str:
        return f"<p>{sum(act.kind in ('CommentMade', 'VariantProposed') for act in server.room._talks.acts)} others</p>"

    _on_the_page(patch, "changes.html", "bring", leaky)


def a_file_checked_against_what_others_hold(patch: pytest.MonkeyPatch) -> None:
    """A file of changes is refused in another way if somebody else holds a version of that name."""
    bring = tracked_changes.bring

    async def leaky(request: Any) -> Any:
        try:
            return await bring(request)
        except HTTPException as error:
            server = request.app.state.server
            if any(
                request.path_params["version"] in held.known.versions for held in server.room._talks.slices.values()
            ):
                return HTMLResponse("not yours", 404)
            raise error

    patch.setattr(app, "bring", leaky)


def signatures_of_the_whole_record_counted(patch: pytest.MonkeyPatch) -> None:
    def leaky(server: ServerContext) -> str:
        return f"<p>{sum(act.kind == 'StanceTaken' for act in server.room._talks.acts)} stances</p>"

    _on_the_page(patch, "ratification.html", "ratifiers", leaky)


def answers_lent_between_others(patch: pytest.MonkeyPatch) -> None:
    def leaky(server: ServerContext) -> str:
        return f"<p>{len({act.seq for act in server.room._talks.acts if act.kind == 'ProxyGiven'})} lent</p>"

    _on_the_page(patch, "decisions.html", "lent", leaky)


def a_file_taken_out_with_a_sign_of_the_record(patch: pytest.MonkeyPatch) -> None:
    file = downloads.file

    async def leaky(request: Any) -> Any:
        answer = await file(request)
        if "content-disposition" in answer.headers:
            answer.headers["content-disposition"] += f"; n={_n_acts(request.app.state.server)}"
        return answer

    patch.setattr(app, "file", leaky)


def records_open_here_told_to_everybody(patch: pytest.MonkeyPatch) -> None:
    def leaky(self: RecordHost, request: Any) -> str:
        return "ar" if len(self.talks) > 1 else "en"

    patch.setattr(RecordHost, "language", leaky)


HTTP_LEAKS: Mapping[str, Leak] = {
    leak.__name__: leak
    for leak in (
        notice_number_of_the_record,
        badge_counts_everything,
        etag_of_the_records_version,
        forbidden_for_what_is_not_yours,
        another_length_of_not_found,
        request_keys_shared_between_seats,
        empty_chunk_on_hidden_acts,
        heartbeat_begun_anew_by_hidden_acts,
        choices_of_all_seats,
        session_ids_of_one_sequence,
        log_line_with_a_count,
        redirect_to_a_foreign_handle,
        readers_counted_on_the_page,
        receipt_of_the_record,
        versions_of_the_whole_record_listed,
        proposers_in_an_attribute,
        comments_of_others_counted,
        answers_of_a_closed_question_shown,
        questions_badged_by_all_that_are_open,
        files_of_others_counted,
        a_file_checked_against_what_others_hold,
        signatures_of_the_whole_record_counted,
        answers_lent_between_others,
        a_file_taken_out_with_a_sign_of_the_record,
        records_open_here_told_to_everybody,
    )
}
"""Every planted leak by name."""
