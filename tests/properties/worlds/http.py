"""Two servers over two worlds: what an observer's browser gets, byte for byte and chunk for chunk.

Each world is poured into a real room with a server around it. Clock, entropy and keys are given per seat. In the
second world others are busy besides: they open seats, read, write with the same request key, and listen.
"""

from __future__ import annotations

import asyncio
import itertools
import logging
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from goodoffices.record.open_store import create
from goodoffices.service.open_record import OpenRecord
from goodoffices.service.passphrases import Cost
from goodoffices.talks.base.acts import Act
from goodoffices.talks.base.enums import Kind
from goodoffices.talks.core import Talks
from goodoffices.talks.exchange.items import WithdrawItem
from goodoffices.talks.state.command_context import CommandRequest
from goodoffices.web.app import create_app, running
from goodoffices.web.host_app import HostApp
from goodoffices.web.live.settings import Settings
from goodoffices.web.live.speakers import SpeakersList
from goodoffices.web.live.waiting_commands import WaitingCommand
from goodoffices.web.routes.context import ServerContext, SignedInSeat
from goodoffices.web.routes.record_host import RecordHost
from properties.worlds.cast import START
from properties.worlds.multipart import multipart
from properties.worlds.other_talks import close_others, host_others
from properties.worlds.pairs import LeakError, Pair, World
from properties.worlds.randomness import entropy, record_entropy

ORIGIN = "http://desk.test"
MANY = 1_200
"""Commands a minute: more than any walk sends, so that a limit shows only where others have used it up."""
QUICK = Cost(passes=1, memory_bytes=2**13)
"""What a passphrase costs in tests: the least that argon2id takes."""
Header = tuple[bytes, bytes]
_STEP = re.compile(r" <[\d.]+s$")


@dataclass(frozen=True, slots=True)
class Answer:
    """All that a browser can tell of an answer: status, every header, and each chunk by itself."""

    status: int
    headers: tuple[Header, ...]
    chunks: tuple[bytes, ...]

    @property
    def text(self) -> str:
        return b"".join(self.chunks).decode()


class Clock:
    """The time, as the test sets it."""

    def __init__(self) -> None:
        self.at = START

    def __call__(self) -> datetime:
        return self.at


class SlowLoop(asyncio.SelectorEventLoop):
    """An event loop whose time stands still until it is moved."""

    moment = 0.0

    def time(self) -> float:
        return self.moment


@dataclass(slots=True)
class HttpWorld(World):
    """A world that is also a room, with a server."""

    server: ServerContext
    app: Any
    host: RecordHost
    room: OpenRecord = field(init=False)

    def __post_init__(self) -> None:
        self.room = self.server.room

    def append(self, acts: Sequence[Act], step: object) -> None:
        World.append(self, acts, step)
        if acts:
            self.room._keep(acts, None)


def http_world(
    folder: Path, clock: Clock, acts: Sequence[Act], talks: Talks, elapsed: Callable[[], float] | None = None
) -> HttpWorld:
    """Return a world that begins with ``acts``, with a server over it."""
    plain = World.opened(acts, talks)
    store = create(folder / "record.db", kind=Kind.EXERCISE, entropy=record_entropy())
    # Equal texts have equal keys, so that what one seat reads of its own words is the same in both worlds.
    room = OpenRecord(store, Talks(), lambda text: sha256(text.encode()).digest())
    room._keep(acts, None)
    settings = Settings(
        origins=(ORIGIN,),
        now=clock,
        entropy=entropy(),
        tick_seconds=0.0,
        secret=b"doors",
        undo_seconds=0.0,
        commands_a_minute=MANY,
        passphrase_cost=QUICK,
        elapsed=elapsed or (lambda: clock.at.timestamp()),
    )
    host = RecordHost(
        data=folder / "kept", settings=settings, make_app=create_app, running=running, looked=lambda *_: None
    )
    server = host.hold("two-worlds", room, is_first=True).server
    return HttpWorld(
        talks=plain.talks, origin=plain.origin, by_origin=plain.by_origin, server=server, app=HostApp(host), host=host
    )


class Browser:
    """One person's browser in one world."""

    def __init__(self, world: HttpWorld, signed_in: SignedInSeat | None, loop: SlowLoop) -> None:
        self.world, self.signed_in, self._loop = world, signed_in, loop
        self.address = "127.0.0.1"
        self.streams: list[list[bytes]] = []
        self._tasks: list[asyncio.Task[None]] = []

    @property
    def base(self) -> str:
        return "/d/aaaaaaaa" if self.signed_in is None else self.signed_in.base

    def get(self, path: str, *, headers: Sequence[Header] = (), method: str = "GET") -> Answer:
        return self._loop.run_until_complete(self._call(method, path, headers, b""))

    def post(self, path: str, fields: Mapping[str, str | tuple[str, ...]], *, headers: Sequence[Header] = ()) -> Answer:
        token = {} if self.signed_in is None else {"_csrf": self.signed_in.tokens.csrf}
        # The second look at a grave act has tests of its own; here it has been taken.
        body = urlencode({**token, "_sure": "yes", **fields}, doseq=True).encode()
        more = [(b"origin", ORIGIN.encode()), (b"content-type", b"application/x-www-form-urlencoded"), *headers]
        return self._loop.run_until_complete(self._call("POST", path, more, body))

    def send(
        self,
        path: str,
        fields: Mapping[str, str],
        *more_files: tuple[str, str, bytes],
        file: tuple[str, str, bytes],
        origin: str = ORIGIN,
    ) -> Answer:
        """Post a form with a file in it, or several, as browsers do."""
        token = {} if self.signed_in is None else {"_csrf": self.signed_in.tokens.csrf}
        body = multipart({**token, **fields}, file, *more_files)
        more = [(b"origin", origin.encode()), (b"content-type", b"multipart/form-data; boundary=edge")]
        return self._loop.run_until_complete(self._call("POST", path, more, body))

    def listen(self, page: str, after: int) -> list[bytes]:
        """Open a stream and return the list that its chunks are added to."""
        chunks: list[bytes] = []
        path = f"{self.base}/stream?page={page}"
        given = [(b"last-event-id", str(after).encode())]
        self._tasks.append(self._loop.create_task(self._follow(path, given, chunks)))
        self.streams.append(chunks)
        return chunks

    def once(self, page: str, after: int) -> tuple[bytes, ...]:
        """Return what a stream sends at once after it is opened."""
        chunks = self.listen(page, after)
        self._loop.run_until_complete(settle())
        self._tasks.pop().cancel()
        self._loop.run_until_complete(settle())
        return tuple(self.streams.pop() and chunks)

    def close(self) -> None:
        for task in self._tasks:
            task.cancel()
        self._loop.run_until_complete(settle())

    def _scope(self, method: str, path: str, headers: Sequence[Header]) -> dict[str, Any]:
        plain, _, query = path.partition("?")
        cookie = [] if self.signed_in is None else [self._cookie(self.signed_in)]
        return {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": method,
            "scheme": "http",
            "path": plain,
            "raw_path": plain.encode(),
            "query_string": query.encode(),
            "root_path": "",
            "headers": [(b"host", b"desk.test"), *cookie, *headers],
            "client": (self.address, 1),
            "server": ("desk.test", 80),
        }

    def _cookie(self, signed_in: SignedInSeat) -> Header:
        return b"cookie", f"go-{signed_in.path_id}={signed_in.session.secret}".encode()

    async def _call(self, method: str, path: str, headers: Sequence[Header], body: bytes) -> Answer:
        sent: list[dict[str, Any]] = []

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message: Any) -> None:
            sent.append(message)

        await self.world.app(self._scope(method, path, headers), receive, send)
        chunks = tuple(m.get("body", b"") for m in sent[1:])
        return Answer(sent[0]["status"], tuple(sent[0]["headers"]), chunks)

    async def _follow(self, path: str, headers: Sequence[Header], chunks: list[bytes]) -> None:
        async def receive() -> dict[str, Any]:
            await asyncio.Event().wait()
            raise AssertionError

        async def send(message: Any) -> None:
            chunks.append(repr(message).encode() if message["type"].endswith("start") else message.get("body", b""))

        await self.world.app(self._scope("GET", path, headers), receive, send)


async def settle() -> None:
    """Let everything that can go on go on."""
    for _ in range(12):
        await asyncio.sleep(0)


def leave_waiting(world: HttpWorld, seat: str, words: str) -> None:
    """Let a grave act of a seat wait, without end: nobody else may notice."""
    command = WithdrawItem(item="m1")
    world.server.waiting.add(
        WaitingCommand(
            handle="",
            seat=seat,
            command="WithdrawItem",
            form="f",
            back="papers",
            fields={"item": ("m1",), "words": (words,)},
            key=f"waits-{seat}-{len(words)}",
            request=CommandRequest(seat=seat, command=command),
            due=float("1e18"),
        )
    )


class Busy:
    """What others do over HTTP in the second world only: nothing of it reaches the observer."""

    def __init__(self, world: HttpWorld, observer: str, loop: SlowLoop) -> None:
        self.observer = observer
        others = [seat for seat in world.room.seats() if seat != observer]
        spoken = zip(others, ("ar", "en", "en"), strict=False)
        self.browsers = [Browser(world, world.server.open_seat(seat, language), loop) for seat, language in spoken]

    def join(self, world: HttpWorld, observer: str, loop: SlowLoop) -> None:
        """Let a colleague in the observer's own seat read along, in another language."""
        drawn, world.server.access._entropy = world.server.access._entropy, lambda _, n: b"colleague".ljust(n)
        self.browsers.append(Browser(world, world.server.open_seat(observer, "ar"), loop))
        world.server.access._entropy = drawn
        self.browsers[-1].listen("papers", 0)

    def begin(self) -> None:
        for browser in self.browsers:
            if _sitter(browser).seat != self.observer:
                leave_waiting(browser.world, _sitter(browser).seat, "sealed from you, and not sent yet")
                browser.world.server.speakers.keep(_sitter(browser).seat, "s1", SpeakersList(waiting=("gov", "opp")))
            browser.listen("papers", len(browser.world.server.view(_sitter(browser)).notices))

    def act(self, pages: Sequence[str]) -> None:
        for browser in self.browsers:
            for page in pages:
                browser.get(f"{browser.base}/{page}")
            browser.get(f"{browser.base}/papers/m999")

    def write(self, key: str) -> None:
        for browser in self.browsers[:3]:
            fields = {"_key": key, "_back": "papers", "_form": "write", "words": "sealed from you", "words.lang": "en"}
            browser.post(f"{browser.base}/do/FileItem", fields)

    def close(self) -> None:
        for browser in self.browsers:
            browser.close()


def _sitter(browser: Browser) -> SignedInSeat:
    assert browser.signed_in is not None
    return browser.signed_in


class _Lines(logging.Handler):
    """Keeps the lines of the log, without how long things took."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(_STEP.sub("", record.getMessage()))


class HttpWorlds:
    """Both worlds' servers and the observer's browsers, driven in step."""

    def __init__(self, folder: Path) -> None:
        self.loop, self.clock = SlowLoop(), Clock()
        self.folder = folder
        self._folders = iter((folder / "one", folder / "two"))
        self.worlds: list[HttpWorld] = []
        self.browsers: list[Browser] = []
        self.busy: Busy | None = None
        self.log = logging.getLogger("goodoffices.web")
        self.log.setLevel(logging.INFO)
        self.log.propagate = False  # each line is compared here; pytest would draw it twice more

    def open_world(self, acts: Sequence[Act], talks: Talks) -> World:
        folder = next(self._folders)
        folder.mkdir()
        self.worlds.append(http_world(folder, self.clock, acts, talks))
        return self.worlds[-1]

    def begin(self, pair: Pair) -> None:
        """Sign the observer in, in both worlds, and let it listen."""
        seated = pair.observer in self.worlds[0].room.seats()
        # In the second world others were there before: an id that came of a common sequence would differ.
        self.busy = Busy(self.worlds[1], pair.observer, self.loop)
        host_others(self.worlds[1].host, self.folder, self.clock)
        self.busy.begin()
        self._settle()
        for world in self.worlds:
            signed_in = world.server.open_seat(pair.observer, "en") if seated else None
            self.browsers.append(Browser(world, signed_in, self.loop))
        if seated:
            self.busy.join(self.worlds[1], pair.observer, self.loop)
            n = len(self.worlds[0].room.view(pair.observer).notices)
            for browser in self.browsers:
                browser.listen("papers", n)
                browser.listen("", max(0, n - 2))
        self._settle()

    def step(self, at: datetime) -> None:
        """Let time pass and the streams speak, and compare what came."""
        self.clock.at = at
        for world in self.worlds:
            world.server.hub.wake()
            self._settle()
        self.loop.moment += 4.0
        self._settle()
        self._settle()
        one, two = self.browsers
        for first, second in zip(one.streams, two.streams, strict=True):
            if first != second:
                raise LeakError(f"the stream differs: {_difference(first, second)}")

    def compare(self, what: str, do: Callable[[Browser], object]) -> object:
        """Do the same in both browsers and raise ``LeakError`` unless answer and log are the same."""
        results = []
        for browser in self.browsers:
            lines = _Lines()
            self.log.addHandler(lines)
            results.append((do(browser), lines.lines))
            self.log.removeHandler(lines)
        if results[0] != results[1]:
            raise LeakError(f"{what} differs: {results[0]!r} or {results[1]!r}"[:3000])
        return results[0][0]

    def _settle(self) -> None:
        self.loop.run_until_complete(settle())

    def close(self) -> None:
        for browser in self.browsers:
            browser.close()
        if self.busy is not None:
            self.busy.close()
        for world in self.worlds:
            world.room.close()
            world.server.access.close()
            world.host.access.close()
            close_others(world.host)
        self.loop.close()
        self.log.propagate = True


def _difference(first: list[bytes], second: list[bytes]) -> str:
    for n, (one, two) in enumerate(itertools.zip_longest(first, second)):
        if one != two:
            return f"chunk {n}: {one!r} or {two!r}"[:3000]
    return ""
