"""What one server process holds: a record, who is signed in, seat paths, the command queue and streams."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import math
from collections.abc import Callable, Mapping
from typing import TypeVar

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from goodoffices.data_class import dataclass
from goodoffices.errors import StorageError
from goodoffices.formats.allegation_tables.brought_table import BroughtTable
from goodoffices.formats.talks_sheets.own_talks import OwnTalks
from goodoffices.rehearsal.batches.assumption_file import NAME
from goodoffices.reports.ceasefire.bulletin_checks import checked_figures
from goodoffices.service.open_record import OpenRecord
from goodoffices.service.passphrases import Holder
from goodoffices.talks.base.acts import CLOCK
from goodoffices.talks.base.refusals import Refusal
from goodoffices.talks.seats.persons import people
from goodoffices.talks.state.command_context import Command, CommandRequest
from goodoffices.talks.state.view import View
from goodoffices.web.connections import KNOWN
from goodoffices.web.http.cookies import cookie
from goodoffices.web.http.entrance import Entrance
from goodoffices.web.http.limits import Allowance, Limits
from goodoffices.web.http.login_sessions import START, Access, LoginSession
from goodoffices.web.http.page_queries import language_of
from goodoffices.web.http.seat_cards import SeatCards
from goodoffices.web.http.seat_paths import SeatPaths
from goodoffices.web.live.analyst_files import AnalystFile
from goodoffices.web.live.calculations import Calculations
from goodoffices.web.live.command_queue import CommandQueue
from goodoffices.web.live.departures import Departures
from goodoffices.web.live.desk_stops import DeskStops
from goodoffices.web.live.event_stream import Hub
from goodoffices.web.live.file_readers import FileReaders, TooManyFilesError
from goodoffices.web.live.scratchpads import Boards
from goodoffices.web.live.seat_memory import SeatMemory
from goodoffices.web.live.settings import Settings
from goodoffices.web.live.speakers import Speakers
from goodoffices.web.live.waiting_commands import WaitingCommands, WaitingState
from goodoffices.web.live.waiting_room import WaitingRooms
from goodoffices.web.pages.exercise.brief import sees_all
from goodoffices.web.pages.page import PageContext
from goodoffices.web.render.form_widgets import Tokens
from goodoffices.web.render.localize import Person
from goodoffices.web.render.render import Frame

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedInSeat:
    """Somebody signed in at a seat path. ``is_on_paper`` says that they enter for a seat kept on paper."""

    seat: str
    path_id: str
    session: LoginSession
    is_on_paper: bool = False

    @property
    def base(self) -> str:
        """The address that this seat's pages begin with."""
        return f"/d/{self.path_id}"

    @property
    def tokens(self) -> Tokens:
        """The tokens of this session's forms."""
        return Tokens(secret=self.session.secret)

    @property
    def person(self) -> Person:
        """How this person's pages look."""
        session = self.session
        return Person(
            language=session.language, theme=session.theme, calendar=session.calendar, keeper=session.keeper,
            name=session.person, left_s=int(session.left.total_seconds()),
        )  # fmt: skip

    def frame(self, **more: object) -> Frame:
        """Return the frame of a page for this person."""
        return Frame(base=self.base, person=self.person, tokens=self.tokens, **more)  # type: ignore[arg-type]


class ServerContext:
    """One record with everything around it: its queue, its streams, its sessions, its limits.

    ``base`` is what the addresses of its start page begin with; empty if it is the only one. ``entered`` is called with
    the answer to somebody who traded the start page's code, so that a host of several records can add its own cookie.
    """

    def __init__(
        self, room: OpenRecord, settings: Settings, *, base: str = "", entrance: Entrance | None = None
    ) -> None:
        self.room, self.settings, self.base = room, settings, base
        room.figures = checked_figures
        self._owns_entrance = entrance is None
        self.entrance = entrance or Entrance(
            settings.access, settings.entropy, settings.elapsed, settings.passphrase_cost
        )
        self.entered: Callable[[Response, str], None] | None = None
        key = settings.secret or hashlib.sha256(room.sign(b"goodoffices doors 1")).digest()
        self.seat_paths = SeatPaths(key)
        self.access = Access(settings.access, settings.entropy, room.kind)
        self.cards = SeatCards(settings.access, settings.entropy)
        self.departures = Departures(settings.tick_seconds)
        self.hub = Hub(room.view, self.departures)
        self.boards = Boards()
        self.speakers = Speakers(self.hub.touch)
        self.calculations = Calculations()
        self.assumed = AnalystFile(None if settings.access is None else settings.access.with_name(NAME))
        self.memories: dict[str, SeatMemory] = {}
        self.rooms = WaitingRooms(settings.entropy, self.hub.touch)
        self.limits = Limits(settings.commands_a_minute) if settings.commands_a_minute else None
        self.sheets: dict[str, OwnTalks] = {}
        self.tables: dict[str, BroughtTable] = {}
        self.briefs_opened: set[str] = set()
        self.stops = DeskStops(room, settings.clock_guard)
        self.queue = CommandQueue(
            room,
            now=settings.now,
            changed=self._changed,
            departures=self.departures,
            spread=self.hub.spread,
            stops=self.stops,
        )
        self._n_departed = -1
        self.waiting = WaitingCommands(
            None if settings.access is None else settings.access.with_name("waiting.box"),
            hashlib.sha256(room.sign(b"goodoffices waiting commands 1")).digest(),
            self.hub.touch,
        )
        self.waiting.forget_done(room.was_done)
        self.start_sign = settings.entropy(START, 16).hex()
        self._files = FileReaders(self.departures)

    def _changed(self) -> None:
        """End what belongs to people who left and to seats that closed, then wake the streams: all in one tick."""
        if self._n_departed != self.room.departures:
            self._n_departed = self.room.departures
            self._end_departed()
        self.hub.wake()

    def _end_departed(self) -> None:
        open_seats = self.room.seats()
        with_passphrase = (
            (seat, person, None) for seat, person in self.entrance.passphrases.people(self.room.record_id)
        )
        for seat, person, keeper in (*self.access.seated(), *with_passphrase):
            if seat not in open_seats or (keeper is not None and keeper not in open_seats):
                self._end_seat(seat, None)
            elif person is not None and not self.is_seated(seat, person):
                self._end_seat(seat, person)

    def _end_seat(self, seat: str, person: str | None) -> None:
        if person is None:
            self.tables.pop(seat, None)
        self.access.end_all(seat, person)
        self.cards.end_all(seat, person)
        self.waiting.end_all(seat, person)
        self.entrance.passphrases.forget(self.room.record_id, seat, person)
        self.end_streams(seat)

    def end_streams(self, seat: str) -> None:
        """End the streams of a seat whose sessions have ended."""
        self.hub.end_all(seat, lambda secret: self.access.find(secret, seat, at=self.settings.now()) is not None)

    async def read_file(self, seat: str, read: Callable[[], T]) -> T:
        """Read what somebody of ``seat`` sent, apart from all other work.

        Raises
        ------
        HTTPException
            503 if too many of this seat wait.
        """
        try:
            return await self._files.read(seat, read)
        except TooManyFilesError as error:
            raise HTTPException(503) from error

    def undo_seconds(self, seat: str) -> float:
        """Return for how many real seconds a grave act of ``seat`` can be undone; 0 if it is done at once."""
        given = self.settings.undo_seconds
        return self.room.view(seat).known.header.undo_seconds if given is None else given

    async def do_waiting(self, *, every: bool = False) -> None:
        """Decide the grave acts whose time to be undone is up, each like a command that arrives now; or all of them."""
        until = math.inf if every else self.settings.elapsed()
        for one in self.waiting.due(until) if self.stops.now() is None else ():
            assert one.request is not None
            try:
                answer = await self.queue.submit(one.request, one.key)
            except StorageError:
                self.waiting.become(one, WaitingState.CUT_SHORT)
                continue
            if isinstance(answer, Refusal):
                self.waiting.become(one, WaitingState.REFUSED, refusal=answer)
            else:
                self.waiting.become(one, WaitingState.DONE, n=answer.n)

    async def keep_doing_waiting(self) -> None:
        """Do what waits, tick by tick, until cancelled."""
        while True:
            await asyncio.sleep(self.settings.tick_seconds)
            await self.do_waiting()

    def close(self) -> None:
        """Let go of what this server holds besides the record."""
        self._files.close()
        self.access.close()
        self.cards.close()
        if self._owns_entrance:
            self.entrance.close()

    @property
    def start_key(self) -> str:
        """What the cookie of the start page is named by."""
        return self.room.record_id[:8]

    def use_sign(self, sign: str) -> bool:
        """Return whether ``sign`` is the start page's code. It works once."""
        fits = bool(self.start_sign) and hmac.compare_digest(sign.encode(), self.start_sign.encode())
        if fits:
            self.start_sign = ""
        return fits

    def starter(self, request: Request) -> LoginSession | None:
        """Return the session that may open any seat, if this browser holds it."""
        secret = cookie(request, self.start_key, is_secure=self.settings.is_secure)
        return self.access.find(secret, START, at=self.settings.now())

    def signed_in(self, request: Request) -> SignedInSeat | None:
        """Return who is signed in at the seat path of this request; ``None`` for an unknown path and for a stranger."""
        path_id = request.path_params["path_id"]
        seat = self.seat_paths.seat(path_id, self.room.seats())
        if seat is None:
            return None
        session = self.access.find(
            cookie(request, path_id, is_secure=self.settings.is_secure), seat, at=self.settings.now()
        )
        if session is None or (session.person is not None and not self.is_seated(seat, session.person)):
            return None
        request.scope.get(KNOWN, bool)()
        return self._seat_of(seat, path_id, session)

    def contexts(self) -> tuple[ServerContext, ...]:
        """Return the records that are open here: this one."""
        return (self,)

    def is_seated(self, seat: str, person: str) -> bool:
        """Say whether a person is named in an open seat now; who was removed may not come in, nor stay."""
        view = self.room.view(seat)
        return view.me is not None and not view.me.closed and bool(view.known.persons.get(f"{seat} {person}"))

    def wait_for(self, what: Callable[[Limits], Allowance], signed_in: SignedInSeat) -> int:
        """Count what a person asks; return 0, or the seconds until it is allowed. It depends on own use only."""
        if self.limits is None:
            return 0
        who = (signed_in.seat, signed_in.session.person or signed_in.session.secret)
        return what(self.limits).wait(who, self.settings.elapsed())

    def colleagues(self, signed_in: SignedInSeat) -> tuple[tuple[str, bool], ...]:
        """Return who else is named in this seat, each with whether they have a passphrase to confirm with."""
        named = [name for slug, name, _ in people(self.room.view(signed_in.seat).known) if slug == signed_in.seat]
        has = self.entrance.passphrases.has
        return tuple((name, has(self.holder(signed_in, name))) for name in named if name != signed_in.session.person)

    def holder(self, signed_in: SignedInSeat, person: str | None = None) -> Holder:
        """Return whose passphrase is meant: that of who is signed in, or of somebody else in the same seat."""
        name = signed_in.session.person if person is None else person
        return Holder(record=self.room.record_id, seat=signed_in.seat, person=name or "")

    def nobody(self) -> View:
        """Return the view of somebody without a seat."""
        return self.room.view("")

    def language(self, request: Request) -> str:
        """Return the language of an answer outside a seat's pages: the one chosen at a desk open in this browser.

        It is that of the desk in the address, where it is open here; with no desk open it is as the browser says.
        """
        return self.chosen_language(request) or language_of(request)

    def chosen_language(self, request: Request) -> str | None:
        """Return the language chosen at a desk that is open in this browser; ``None`` if none is open."""
        asked = request.url.path.removeprefix("/d/").partition("/")[0]
        seat_paths = {self.seat_paths.path_id(seat): seat for seat in self.room.seats()}
        for path_id in sorted(seat_paths, key=lambda path_id: path_id != asked):
            secret = cookie(request, path_id, is_secure=self.settings.is_secure)
            session = self.access.find(secret, seat_paths[path_id], at=self.settings.now()) if secret else None
            if session is not None:
                return session.language
        return None

    def open_seat(
        self, seat: str, language: str, *, keeper: str | None = None, person: str | None = None
    ) -> SignedInSeat:
        """Begin a session in ``seat``, of a person by name if one came in with a card."""
        session = self.access.open(seat, language=language, at=self.settings.now(), keeper=keeper, person=person)
        return self._seat_of(seat, self.seat_paths.path_id(seat), session)

    def _seat_of(self, seat: str, path_id: str, session: LoginSession) -> SignedInSeat:
        me = self.room.view(seat).me
        on_paper = session.keeper is not None and me is not None and me.kept_by == session.keeper
        return SignedInSeat(seat=seat, path_id=path_id, session=session, is_on_paper=on_paper)

    def view(self, signed_in: SignedInSeat) -> View:
        """Return what this person's seat may know now."""
        return self.room.view(signed_in.seat)

    def context(
        self, signed_in: SignedInSeat, *, number: int = 1, asked: Mapping[str, tuple[str, ...]] | None = None
    ) -> PageContext:
        """Return one look at this person's view."""
        at, session, view = self.settings.now(), signed_in.session, self.view(signed_in)
        sees = sees_all(view)

        def would(command: Command) -> Refusal | None:
            asked_by = CommandRequest(seat=signed_in.seat, command=command, person=session.person)
            return self.room.would_refuse(asked_by, at=at)

        return PageContext(
            person=session.person,
            has_passphrase=self.entrance.passphrases.has(self.holder(signed_in)) if session.person else False,
            sessions=self.access.own(session, at=at),
            join_code=self.rooms.code(signed_in.seat),
            guests=self.rooms.guests(signed_in.seat),
            is_readable=self.settings.is_readable,
            address=self.settings.origins[0],
            view=view,
            at=self.room.time_at(at),
            clock=None if self.room.facts is None else self.room.facts.clock,
            real_at=at,
            views=self.every_view if sees else None,
            facts=self.room.facts if sees else None,
            briefs_opened=frozenset(self.briefs_opened if sees else ()),
            has_host=self.entered is not None,
            would=would,
            since=session.since,
            number=number,
            language=session.language,
            asked=asked or {},
            waiting=self.waiting.of(signed_in.seat),
            elapsed=self.settings.elapsed(),
            speakers=self.speakers.of(signed_in.seat),
            calculations=self.calculations.of(signed_in.seat),
            switched_on=self.calculations.switched_on(signed_in.seat),
            assumed=self.assumed.read,
            memory=self.memory(signed_in.seat),
            stop=self.stops.now(),
        )

    def every_view(self) -> dict[str, View]:
        """Return what every seat may know, and what the clock keeps. Only for who may see all: see `sees_all`."""
        return {seat: self.room.view(seat) for seat in (*self.room.seats(), CLOCK)}

    def memory(self, seat: str) -> SeatMemory:
        """Return what was made for a seat and can be used again."""
        return self.memories.setdefault(seat, SeatMemory())
