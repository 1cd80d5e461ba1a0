"""The records that one server process holds open, from the start page of the first to the last that somebody opens.

A process holds one live record, or any number of exercises. Each record has its own context: its own lock, queue,
streams, sessions and limits. What a person asks goes to the one record whose seat or start page the address names.
"""

from __future__ import annotations

import asyncio
import contextlib
import secrets
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeVar

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp

from goodoffices.data_class import dataclass
from goodoffices.errors import GoodOfficesError
from goodoffices.formats.talks_file.reader import find_scenario, read_talks, scenario_names
from goodoffices.formats.talks_sheets.own_talks import OwnTalks
from goodoffices.record.keys import Passphrase
from goodoffices.service.data_folder import FILE, KeptRecord, begin_record, kept_records, make_folder
from goodoffices.service.open_record import OpenRecord, open_record, view_of_nobody
from goodoffices.talks.base.enums import Kind, Role
from goodoffices.talks.model.talks_file import TalksFile
from goodoffices.talks.state.view import View
from goodoffices.web.http.cookies import cookie, give_cookie
from goodoffices.web.http.entrance import Entrance
from goodoffices.web.http.login_sessions import START, Access, LoginSession
from goodoffices.web.http.page_queries import language_of
from goodoffices.web.live.departures import Departures
from goodoffices.web.live.settings import Settings
from goodoffices.web.routes.context import ServerContext

T = TypeVar("T")
MOST_OPEN = 16
"""Records open at once; each has two threads and its acts in memory."""
_MOST_DRAFTS = 8
_LONGEST_WAIT = 60
COOKIE = "desk"
SHORTEST_PASSPHRASE = 12


class OtherKindError(GoodOfficesError, ValueError):
    """A live record beside others, or another record beside a live one."""


class TooManyOpenError(GoodOfficesError, ValueError):
    """As many records are open as one process holds."""


class TooSoonError(GoodOfficesError, PermissionError):
    """A passphrase was tried again before the time to wait was over; ``seconds`` are left."""

    def __init__(self, seconds: int) -> None:
        self.seconds = seconds
        super().__init__(f"wait {seconds} seconds before the next try")


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenTalks:
    """A record that is open here: the name of its folder, its context, and the application that answers for it."""

    name: str
    server: ServerContext
    app: ASGIApp
    stack: contextlib.AsyncExitStack


@dataclass(slots=True)
class _Tries:
    failures: int = 0
    until: datetime | None = None


@dataclass(slots=True)
class RecordHost:
    """The records of one data folder and the sessions of those who may open them.

    ``make_app`` makes the application of one record; ``looked`` notes what nobody need be told is new in it. ``first``
    is the record that was named when the server started; its start page has the bare address. ``keeping`` is held
    while a backup is made or tried.
    """

    data: Path
    settings: Settings
    make_app: Callable[[ServerContext], ASGIApp]
    running: Callable[[ServerContext], contextlib.AbstractAsyncContextManager[None]]
    looked: Callable[[OpenRecord, ServerContext], None]
    takes_live: bool = True
    talks: dict[str, OpenTalks] = field(default_factory=dict)
    first: str | None = None
    start_sign: str = ""
    access: Access = field(init=False)
    departures: Departures = field(init=False)
    entrance: Entrance = field(init=False)
    keeping: asyncio.Lock = field(default_factory=asyncio.Lock)
    _lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    _drafts: OrderedDict[str, OwnTalks] = field(default_factory=OrderedDict)
    _begun: OrderedDict[str, str] = field(default_factory=OrderedDict)
    _tries: dict[str, _Tries] = field(default_factory=dict)
    _failures: list[BaseException] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.access = Access(self.settings.access, self.settings.entropy)
        self.departures = Departures(self.settings.tick_seconds)
        settings = self.settings
        self.entrance = Entrance(settings.access, settings.entropy, settings.elapsed, settings.passphrase_cost)
        self.start_sign = self.settings.entropy("host", 16).hex()

    def language(self, request: Request) -> str:
        """Return the language of an answer outside a seat's pages, as chosen in this browser or as it says."""
        for held in self.talks.values():
            chosen = held.server.chosen_language(request)
            if chosen is not None:
                return chosen
        owner = self.owner(request)
        return language_of(request) if owner is None else owner.language

    def nobody(self) -> View:
        """Return the view of somebody without a seat."""
        return view_of_nobody()

    def use_sign(self, sign: str) -> bool:
        """Return whether ``sign`` is the code of this start. It works once."""
        fits = bool(self.start_sign) and secrets.compare_digest(sign.encode(), self.start_sign.encode())
        if fits:
            self.start_sign = ""
        return fits

    def enter(self, answer: Response, language: str) -> None:
        """Begin a session that may open, close and begin records here, and give its cookie to the browser."""
        session = self.access.open(START, language=language, at=self.settings.now())
        give_cookie(answer, COOKIE, session.secret, is_secure=self.settings.is_secure)

    def owner(self, request: Request) -> LoginSession | None:
        """Return the session that may open, close and begin records, if this browser holds it."""
        return self.access.find(
            cookie(request, COOKIE, is_secure=self.settings.is_secure), START, at=self.settings.now()
        )

    def of_seat(self, path_id: str) -> OpenTalks | None:
        """Return the open talks that have a seat of this path."""
        for held in self.talks.values():
            if held.server.seat_paths.seat(path_id, held.server.room.seats()) is not None:
                return held
        return None

    def hold(self, name: str, room: OpenRecord, *, is_first: bool = False) -> OpenTalks:
        """Take an opened record in; its commands are decided once :meth:`start` has run."""
        key = room.record_id[:8]
        settings = replace(self.settings, access=self.data / name / "access.db" if self.settings.access else None)
        server = ServerContext(room, settings, base="" if is_first else f"/r/{key}", entrance=self.entrance)
        server.entered = self.enter
        self.looked(room, server)
        held = OpenTalks(name=name, server=server, app=self.make_app(server), stack=contextlib.AsyncExitStack())
        self.talks[key] = held
        if is_first:
            self.first = key
        return held

    async def start(self, held: OpenTalks) -> None:
        """Begin to decide the commands of a record."""
        await held.stack.enter_async_context(self.running(held.server))

    async def close(self, key: str) -> None:
        """Close a record: its streams end, what waits is decided, and the file is free for others."""
        async with self._lock:
            held = self.talks.pop(key)
            if self.first == key:
                self.first = None
            held.server.hub.stop()
            try:
                await held.stack.aclose()
            finally:
                held.server.room.close()
            if held.server.queue.failure is not None:
                self._failures.append(held.server.queue.failure)

    async def close_all(self) -> None:
        """Close every record, at the end of the process."""
        for key in list(self.talks):
            await self.close(key)
        self.access.close()
        self.entrance.close()

    def contexts(self) -> tuple[ServerContext, ...]:
        """Return the records that are open here."""
        return tuple(held.server for held in self.talks.values())

    def stop_streams(self) -> None:
        """Tell every open stream that the server ends."""
        for held in self.talks.values():
            held.server.hub.stop()

    async def kept(self) -> tuple[KeptRecord, ...]:
        """Return the records in the data folder."""
        return await _aside(lambda: kept_records(self.data))

    def bundled(self) -> tuple[str, ...]:
        """Return the names of the talks that come with the program and have no record in the data folder yet."""
        return tuple(name for name in scenario_names() if not (self.data / name / FILE).exists())

    def held(self, name: str) -> tuple[str, OpenTalks] | None:
        """Return the key and the open talks of a folder; ``None`` if its record is not open here."""
        return next(((key, held) for key, held in self.talks.items() if held.name == name), None)

    async def open(self, kept: KeptRecord, passphrase: str) -> OpenTalks:
        """Open a record of the data folder, unless it is open here already.

        Raises
        ------
        OtherKindError, TooManyOpenError
            If it may not stand beside what is open.
        TooSoonError
            If a passphrase was wrong just before.
        WrongKeyError, StorageError, DamagedRecordError, NewerFormatError
            If it cannot be opened. Nothing is changed.
        """
        async with self._lock:
            found = self.held(kept.name)
            if found is not None:
                return found[1]
            kind = kept.kind or Kind.EXERCISE
            self._check_room(kind)
            key = self._key(kept, passphrase) if kind is Kind.LIVE else None
            room = await _aside(lambda: open_record(kept.where, kind=kind, key=key, alone=True))
            self._tries.pop(kept.name, None)
            return await self._held(kept.name, room)

    def _key(self, kept: KeptRecord, passphrase: str) -> Passphrase:
        """Return the passphrase to try. After each failure the next try waits longer, up to a minute."""
        tries, now = self._tries.setdefault(kept.name, _Tries()), self.settings.now()
        if tries.until is not None and now < tries.until:
            raise TooSoonError(max(1, int((tries.until - now).total_seconds())))
        tries.failures += 1
        tries.until = now + timedelta(seconds=min(2 ** (tries.failures - 1), _LONGEST_WAIT))
        return Passphrase(words=passphrase)

    async def open_bundled(self, name: str) -> OpenTalks:
        """Make a record of talks that come with the program, and open it; errors as :meth:`open`."""
        return await self.begin(await _aside(lambda: read_talks(find_scenario(name))), Kind.EXERCISE, "", name)

    async def begin(
        self, file: TalksFile, kind: Kind, passphrase: str, key: str, *, is_played: bool = False
    ) -> OpenTalks:
        """Make the record of new talks and open it. The same request key a second time gives the same talks.

        Raises
        ------
        NameTakenError, StorageError, ScenarioError, OtherKindError, TooManyOpenError
            If they cannot begin. Nothing is left behind.
        """
        async with self._lock:
            found = self.held(self._begun.get(key, ""))
            if found is not None:
                return found[1]
            self._check_room(kind)
            unlock = Passphrase(words=passphrase) if kind is Kind.LIVE else None
            at = self.settings.now()

            def made() -> OpenRecord:
                make_folder(self.data)
                begin_record(self.data, file, kind=kind, at=at, key=unlock, is_played=is_played).close()
                return open_record(self.data / file.slug / FILE, kind=kind, key=unlock, alone=True)

            room = await _aside(made)
            self._begun[key] = file.slug
            while len(self._begun) > _MOST_DRAFTS:
                self._begun.popitem(last=False)
            return await self._held(file.slug, room)

    async def hold_exercise(self, make: Callable[[], tuple[str, OpenRecord]]) -> OpenTalks:
        """Make the record of an exercise that is played, and take it in; errors as :meth:`open`."""
        async with self._lock:
            self._check_room(Kind.EXERCISE)
            name, room = await _aside(make)
            return await self._held(name, room)

    def _check_room(self, kind: Kind) -> None:
        kinds = {held.server.room.kind for held in self.talks.values()}
        if (kind is Kind.LIVE and kinds) or Kind.LIVE in kinds:
            raise OtherKindError("one process holds one live record, or any number of exercises; close what is open")
        if kind is Kind.LIVE and not self.takes_live:
            raise OtherKindError("a live record is not opened where others on the network can read along")
        if len(self.talks) >= MOST_OPEN:
            raise TooManyOpenError(f"{MOST_OPEN} records are open; close one of them first")

    async def _held(self, name: str, room: OpenRecord) -> OpenTalks:
        held = self.hold(name, room)
        await self.start(held)
        return held

    def keep_draft(self, talks: OwnTalks) -> str:
        """Keep what was read from a spreadsheet until the talks begin, in memory only; return its token."""
        token = self.settings.entropy("host", 16).hex()
        self._drafts[token] = talks
        while len(self._drafts) > _MOST_DRAFTS:
            self._drafts.popitem(last=False)
        return token

    def draft(self, token: str) -> OwnTalks | None:
        """Return what was read from a spreadsheet, if it is still kept."""
        return self._drafts.get(token)

    def drop_draft(self, token: str) -> None:
        """Forget what was read from a spreadsheet."""
        self._drafts.pop(token, None)

    @property
    def failure(self) -> BaseException | None:
        """What ended a command queue and the server with it, if anything did."""
        return next(iter(self._failures), None)


def first_seat(server: ServerContext) -> str:
    """Return the seat whose desk opens first: the secretariat, or else the first by name."""
    seats = server.room.seats()
    roles = server.room.roles()
    return next((seat for seat in seats if Role.SECRETARIAT.value in roles.get(seat, ())), seats[0])


async def _aside(work: Callable[[], T]) -> T:
    """Do work that takes long apart from the loop that answers everybody."""
    return await asyncio.get_running_loop().run_in_executor(None, work)
