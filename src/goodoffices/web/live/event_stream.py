"""The event stream: what reaches a seat, as it reaches it, with the parts of the open page that it changed.

Every frame is caused by a notice to this very seat, or by what is the seat's own and not on the record: a guest who
waits for it, its list of speakers, a grave act of its own that waits. A comment comes every 15 s counted from the
connection's start. Nothing else is ever sent: no act that the seat is not told of makes a frame, a chunk or a comment.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Hashable, Iterable, Mapping
from dataclasses import field

from goodoffices.canonical_json import canonical_of_parsed
from goodoffices.data_class import dataclass
from goodoffices.talks.state.view import View
from goodoffices.web.live.departures import Departures

COMMENT_EVERY = 15.0
MOST_BEHIND = 50
"""Who is further behind reads its page anew: that costs one page, and to tell so much would hold up everybody."""
MOST_OF_SESSION, MOST_OF_SEAT = 16, 200
"""So many connections of one session, and of one seat, may be open."""
PADDED_TO = 512
_LONGEST = 0.005
"""So many seconds news is made before what else waits is let in between."""
Parts = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class StreamSource:
    """Where a stream takes what it sends: the view, the parts of its page now, and what the page's voice says.

    ``still`` says whether who listens may still be told; a stream ends before anything else when it says no.
    Sources with the same ``key`` give the same parts and the same voice: they show one page of one seat alike.
    """

    view: Callable[[], View]
    parts: Callable[[], Parts]
    say: Callable[[View, int], str]
    key: Hashable
    still: Callable[[], bool] = lambda: True


@dataclass(slots=True, eq=False)
class Listener:
    """One open connection of a seat: what its page shows, and what is ready to be sent.

    ``whose`` is what it leaves with (see `departures`). While it ``is_busy`` sending, nothing more is made ready.
    ``is_touched`` says that something of the seat's own has changed that is not on the record.
    """

    seat: str
    session: str
    source: StreamSource | None = None
    whose: str = ""
    event: asyncio.Event = field(default_factory=asyncio.Event)
    known: int = 0
    shown: Parts = field(default_factory=dict)
    ready: list[bytes] = field(default_factory=list)
    is_busy: bool = True
    is_touched: bool = False
    goes: bool = False
    ends: str = ""
    failure: Exception | None = None

    def go(self) -> None:
        """Let what is ready leave now. The connection also wakes for its comments, and then what is ready stays."""
        self.goes = True
        self.event.set()


class Hub:
    """The open connections. It makes the news of those whose own slice has grown, and of no other.

    With ticks, `wake` only notes them, and `spread` makes their news and lets all of it leave together.
    """

    def __init__(self, view: Callable[[str], View], departures: Departures) -> None:
        self._view, self._departures = view, departures
        self._listeners: dict[Listener, None] = {}
        self._grown: list[Listener] = []
        self._is_stopping = False

    @property
    def n_open(self) -> int:
        """How many connections are open."""
        return len(self._listeners)

    def is_full(self, listener: Listener) -> bool:
        """Say whether its session or its seat has as many connections as it may have."""
        of_seat = [one for one in self._listeners if one.seat == listener.seat]
        return (
            len(of_seat) >= MOST_OF_SEAT or sum(one.session == listener.session for one in of_seat) >= MOST_OF_SESSION
        )

    def join(self, listener: Listener) -> None:
        """Add a connection; one that comes when the server stops is told so at once."""
        self._listeners[listener] = None
        if self._is_stopping:
            self._end(listener, "bye")

    def leave(self, listener: Listener) -> None:
        """Remove a connection."""
        del self._listeners[listener]

    def wake(self) -> None:
        """Note the connections whose slice has grown; without ticks, make their news at once."""
        self._note(self._listeners)

    def touch(self, seat: str) -> None:
        """Note that something of a seat alone, which is not on the record, has changed; it is told as in `wake`."""
        mine = [one for one in self._listeners if one.seat == seat]
        for listener in mine:
            listener.is_touched = True
        self._note(mine)

    def free(self, listener: Listener) -> None:
        """Note that a connection has sent what it had; what came meanwhile goes with the next tick."""
        listener.is_busy = False
        self._note([listener])

    def _note(self, listeners: Iterable[Listener]) -> None:
        told: dict[str, int] = {}
        grown = [one for one in listeners if not one.is_busy and (one.is_touched or self._has_grown(one, told))]
        if self._departures.period:
            self._grown = list(dict.fromkeys((*self._grown, *grown)))
            return
        news = _News()
        for listener in grown:
            news.make(listener)
            listener.go()

    def _has_grown(self, listener: Listener, told: dict[str, int]) -> bool:
        """Say whether its seat was told more; ``told`` keeps how much, so that each seat is looked at once."""
        seat = listener.seat
        if seat not in told:
            told[seat] = len(self._view(seat).notices)
        return told[seat] > listener.known

    async def spread(self) -> float:
        """Make the news of all connections noted, and return when all of it leaves; requests go on in between."""
        grown, self._grown = [one for one in self._grown if one in self._listeners], []
        news, loop = _News(), asyncio.get_running_loop()
        begun = loop.time()
        for listener in grown:
            news.make(listener)
            if loop.time() - begun > _LONGEST:
                await asyncio.sleep(0)
                begun = loop.time()
        at = self._departures.next()
        for listener in grown:
            self._departures.leave(at, listener.whose, listener.go)
        return at

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
        listener.ready.clear()
        listener.go()


class _News:
    """The news of one tick. Connections that show the same page alike get the same frames, made once."""

    def __init__(self) -> None:
        self._views: dict[str, View] = {}
        self._still: dict[tuple[str, str], bool] = {}
        self._parts: dict[Hashable, Parts] = {}
        self._frames: dict[Hashable, list[bytes]] = {}

    def make(self, listener: Listener) -> None:
        """Make ready what a connection has not been told. An error in it ends this connection and no other."""
        try:
            self._make(listener)
        except Exception as error:
            listener.failure = error

    def _make(self, listener: Listener) -> None:
        source = listener.source
        if source is None or listener.ends:
            return
        if not self._may_be_told(listener.seat, listener.session, source):
            listener.ends = "closed"
            return
        view = self._views[listener.seat]
        if source.key not in self._parts:
            self._parts[source.key] = source.parts()
        now, listener.is_touched = self._parts[source.key], False
        changed = tuple(name for name, text in now.items() if listener.shown.get(name) != text)
        key = source.key, listener.known, changed
        n = len(view.notices)
        if n == listener.known:
            self._frames[key] = [frame("parts", {"parts": {name: now[name] for name in changed}})] if changed else []
        elif n - listener.known > MOST_BEHIND:
            self._frames[key] = [frame("resync", {"n": n})]
        if key not in self._frames:
            self._frames[key] = _news(view, listener.known, source.say, {name: now[name] for name in changed})
        listener.ready.extend(self._frames[key])
        listener.is_busy = bool(listener.ready)
        listener.shown, listener.known = now, n
        if view.me is None or view.me.closed:
            listener.ends = "closed"

    def _may_be_told(self, seat: str, session: str, source: StreamSource) -> bool:
        """Say whether a session may still be told; its rights and its seat's view are looked at once in a tick."""
        if (seat, session) not in self._still:
            self._still[seat, session] = source.still()
        if seat not in self._views:
            self._views[seat] = source.view()
        return self._still[seat, session]


async def frames(hub: Hub, listener: Listener, source: StreamSource, *, after: int) -> AsyncIterator[bytes]:
    """Yield the stream's chunks from notice ``after`` on, one chunk a frame."""
    view = source.view()
    n = len(view.notices)
    if after > n:
        yield frame("rewound", {"n": n})
        return
    listener.source, listener.known = source, n
    hub.join(listener)
    try:
        # A page rendered at notice n needs no parts; one rendered earlier gets all of them with the last notice.
        if n - after > MOST_BEHIND:
            yield frame("resync", {"n": n})
        elif n > after:
            listener.shown = source.parts()
            for chunk in _news(view, after, source.say, listener.shown):
                yield chunk
        else:
            listener.shown = source.parts()
        yield frame("ready", {"n": n, "head": view.head})
        async for chunk in _follow(hub, listener):
            yield chunk
    finally:
        hub.leave(listener)


async def _follow(hub: Hub, listener: Listener) -> AsyncIterator[bytes]:
    loop = asyncio.get_running_loop()
    comment_at = loop.time() + COMMENT_EVERY
    timer = loop.call_at(comment_at, listener.event.set)
    try:
        hub.free(listener)
        while True:
            await listener.event.wait()
            listener.event.clear()
            if loop.time() >= comment_at:
                comment_at += COMMENT_EVERY
                timer = loop.call_at(comment_at, listener.event.set)
                if listener.source is not None and not listener.source.still():
                    yield frame("closed", {})
                    return
                yield b": \n\n"
            if listener.goes:
                listener.goes = False
                async for chunk in _told(listener):
                    yield chunk
                if listener.ends:
                    return
                hub.free(listener)
    finally:
        timer.cancel()


async def _told(listener: Listener) -> AsyncIterator[bytes]:
    """Yield what is ready for a connection, and that it ends if it does."""
    if listener.failure is not None:
        raise listener.failure
    ready, listener.ready = listener.ready, []
    for chunk in ready:
        yield chunk
    if listener.ends:
        yield frame(listener.ends, {})


def _news(view: View, after: int, say: Callable[[View, int], str], changed: Parts) -> list[bytes]:
    """Return a frame for each notice after ``after``; the last carries the parts that changed."""
    n = len(view.notices)
    made = []
    for notice in view.notices[after:]:
        content = {
            "n": notice.n,
            "head": view.heads[notice.n - 1].hex(),
            "notice": json.loads(notice.bytes()),
            "say": say(view, notice.n),
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
