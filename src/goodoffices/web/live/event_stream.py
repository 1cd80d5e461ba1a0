"""The event stream: what reaches a seat, as it reaches it, with the parts of the open page that it changed.

Every frame is caused by a notice to this very seat; a comment comes every 15 s counted from the connection's start.
Nothing else is ever sent: no act that the seat is not told of makes a frame, a chunk or a comment.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field

from goodoffices.canonical_json import canonical_of_parsed
from goodoffices.talks.state.view import View

COMMENT_EVERY = 15.0
MOST_BEHIND = 500
PADDED_TO = 512
Parts = Mapping[str, str]


@dataclass(slots=True, eq=False)
class Listener:
    """One open connection of a seat."""

    seat: str
    session: str
    event: asyncio.Event = field(default_factory=asyncio.Event)
    known: int = 0
    ends: str = ""


class Hub:
    """The open connections. It wakes those whose own slice has grown, and no other."""

    def __init__(self, view: Callable[[str], View]) -> None:
        self._view = view
        self._listeners: list[Listener] = []
        self._is_stopping = False

    @property
    def n_open(self) -> int:
        """How many connections are open."""
        return len(self._listeners)

    def join(self, listener: Listener) -> None:
        """Add a connection; one that comes when the server stops is told so at once."""
        self._listeners.append(listener)
        if self._is_stopping:
            self._end(listener, "bye")

    def leave(self, listener: Listener) -> None:
        """Remove a connection."""
        self._listeners.remove(listener)

    def wake(self) -> None:
        """Wake the connections whose slice has grown."""
        for listener in self._listeners:
            if len(self._view(listener.seat).notices) > listener.known:
                listener.event.set()

    def close(self, session: str) -> None:
        """End the connections of a session."""
        for listener in self._listeners:
            if listener.session == session:
                self._end(listener, "closed")

    def end_all(self, seat: str, still: Callable[[str], bool]) -> None:
        """End the connections of a seat whose sessions have ended; ``still`` says of a session whether it has not."""
        for listener in self._listeners:
            if listener.seat == seat and not still(listener.session):
                self._end(listener, "closed")

    def stop(self) -> None:
        """End all connections: the server stops."""
        self._is_stopping = True
        for listener in self._listeners:
            self._end(listener, "bye")

    @staticmethod
    def _end(listener: Listener, why: str) -> None:
        listener.ends = why
        listener.event.set()


@dataclass(frozen=True, slots=True, kw_only=True)
class StreamSource:
    """Where a stream takes what it sends: the view, the parts of its page now, and what the page's voice says.

    ``still`` says whether who listens may still be told; a stream ends before anything else when it says no.
    """

    view: Callable[[], View]
    parts: Callable[[], Parts]
    say: Callable[[View, int], str]
    still: Callable[[], bool] = lambda: True


async def frames(hub: Hub, listener: Listener, source: StreamSource, *, after: int) -> AsyncIterator[bytes]:
    """Yield the stream's chunks from notice ``after`` on, one chunk a frame."""
    view = source.view()
    n = len(view.notices)
    if after > n:
        yield frame("rewound", {"n": n})
        return
    hub.join(listener)
    listener.known = n
    try:
        # A page rendered at notice n needs no parts; one rendered earlier gets all of them with the last notice.
        sent = dict(source.parts()) if after == n else {}
        if n - after > MOST_BEHIND:
            yield frame("resync", {"n": n})
        else:
            for chunk in _news(view, after, source, sent):
                yield chunk
        yield frame("ready", {"n": n, "head": view.head})
        async for chunk in _follow(listener, source, sent):
            yield chunk
    finally:
        hub.leave(listener)


async def _follow(listener: Listener, source: StreamSource, sent: dict[str, str]) -> AsyncIterator[bytes]:
    loop = asyncio.get_running_loop()
    comment_at = loop.time() + COMMENT_EVERY
    while True:
        try:
            await asyncio.wait_for(listener.event.wait(), max(0.0, comment_at - loop.time()))
        except TimeoutError:
            comment_at += COMMENT_EVERY
            yield b": \n\n"
            continue
        listener.event.clear()
        if not source.still():
            yield frame("closed", {})
            return
        view = source.view()
        known, listener.known = listener.known, len(view.notices)
        for chunk in _news(view, known, source, sent):
            yield chunk
        gone = view.me is None or view.me.closed
        if listener.ends or gone:
            yield frame("closed" if gone else listener.ends, {})
            return


def _news(view: View, after: int, source: StreamSource, sent: dict[str, str]) -> list[bytes]:
    """Return a frame for each notice after ``after``; the last carries every part that differs from what was sent."""
    n = len(view.notices)
    if n <= after:
        return []
    now = dict(source.parts())
    changed = {name: text for name, text in now.items() if sent.get(name) != text}
    sent.clear()
    sent.update(now)
    made = []
    for notice in view.notices[after:]:
        content = {
            "n": notice.n,
            "head": view.heads[notice.n - 1].hex(),
            "notice": json.loads(notice.bytes()),
            "say": source.say(view, notice.n),
            "parts": changed if notice.n == n else {},
        }
        made.append(frame("notice", content, number=notice.n))
    return made


def frame(event: str, content: Mapping[str, object], *, number: int | None = None) -> bytes:
    """Return one frame, padded so that its length tells little."""
    data = canonical_of_parsed(content)
    head = f"id: {number}\n" if number is not None else ""
    made = f"{head}event: {event}\ndata: {data}\n".encode()
    # A comment line fills up to the next step: ": " and its newline take three bytes, the blank line one.
    fill = -(len(made) + 4) % PADDED_TO
    return made + b": " + b"." * fill + b"\n\n"
