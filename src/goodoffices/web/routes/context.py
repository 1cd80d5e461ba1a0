"""What one server process holds: a record, who is signed in, seat paths, the command queue and streams."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import time
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol, TypeVar

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from goodoffices.errors import StorageError
from goodoffices.formats.talks_sheets.own_talks import OwnTalks
from goodoffices.reports.messages.catalogues import OFFERED
from goodoffices.service.open_record import OpenRecord
from goodoffices.talks.base.refusals import Refusal
from goodoffices.talks.state.command_context import Command, CommandRequest
from goodoffices.talks.state.view import View
from goodoffices.web.http.login_sessions import START, Access, Entropy, LoginSession
from goodoffices.web.http.seat_cards import SeatCards
from goodoffices.web.http.seat_paths import SeatPaths
from goodoffices.web.live.command_queue import CommandQueue
from goodoffices.web.live.event_stream import Hub
from goodoffices.web.live.scratchpads import Boards
from goodoffices.web.live.speakers import Speakers
from goodoffices.web.live.waiting_commands import WaitingCommands, WaitingState
from goodoffices.web.pages.page import PageContext
from goodoffices.web.render.form_widgets import FilledForm, Tokens
from goodoffices.web.render.render import Frame, Person

T = TypeVar("T")

_MOST_PAGES = 10_000
_MOST_FILES = 4
_ASKED = frozenset({"as", "in", "since", "code", "for", "reading", "put", "package", "clause"})
_MOST_ASKED = 8
_LONGEST = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How a server runs.

    ``origins`` are the addresses under which it is reached, as browsers say them; ``tick_seconds`` from one
    tick of the command queue to the next;
    ``now`` reads the clock; ``entropy`` gives random bytes; ``access`` is the file of sessions (``None``: in memory);
    ``undo_seconds`` is how long a grave act can be undone (``None``: as the talks say), by the clock ``elapsed``.
    """

    origins: tuple[str, ...]
    now: Callable[[], datetime]
    entropy: Entropy
    tick_seconds: float = 0.05
    access: Path | None = None
    secret: bytes | None = None
    undo_seconds: float | None = None
    elapsed: Callable[[], float] = time.monotonic

    @property
    def hosts(self) -> frozenset[str]:
        """The names under which this server answers."""
        return frozenset(origin.partition("://")[2] for origin in self.origins)


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedInSeat:
    """Somebody signed in at a seat path."""

    seat: str
    path_id: str
    session: LoginSession

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
        return Person(language=session.language, theme=session.theme, keeper=session.keeper, name=session.person)

    def frame(self, **more: object) -> Frame:
        """Return the frame of a page for this person."""
        return Frame(base=self.base, person=self.person, tokens=self.tokens, **more)  # type: ignore[arg-type]


class Served(Protocol):
    """What every part that answers requests has: the settings, and how to answer somebody who is not signed in."""

    @property
    def settings(self) -> Settings:
        """How the server runs."""

    def language(self, request: Request) -> str:
        """Return the language of an answer outside a seat's pages."""

    def nobody(self) -> View:
        """Return the view of somebody without a seat."""


class ServerContext:
    """One record with everything around it: its queue, its streams, its sessions, its limits.

    ``base`` is what the addresses of its start page begin with; empty if it is the only one. ``entered`` is called with
    the answer to somebody who traded the start page's code, so that a host of several records can add its own cookie.
    """

    def __init__(self, room: OpenRecord, settings: Settings, *, base: str = "") -> None:
        self.room, self.settings, self.base = room, settings, base
        self.entered: Callable[[Response, str], None] | None = None
        key = settings.secret or hashlib.sha256(room.sign(b"goodoffices doors 1")).digest()
        self.seat_paths = SeatPaths(key)
        self.access = Access(settings.access, settings.entropy)
        self.cards = SeatCards(settings.access, settings.entropy)
        self.hub = Hub(room.view)
        self.boards = Boards()
        self.speakers = Speakers()
        self.sheets: dict[str, OwnTalks] = {}
        self.queue = CommandQueue(room, now=settings.now, period=settings.tick_seconds, changed=self.hub.wake)
        self.waiting = WaitingCommands(
            None if settings.access is None else settings.access.with_name("waiting.box"),
            hashlib.sha256(room.sign(b"goodoffices waiting commands 1")).digest(),
        )
        self.waiting.forget_done(room.was_done)
        self.start_sign = settings.entropy(START, 16).hex()
        self._reader = ThreadPoolExecutor(max_workers=1, thread_name_prefix="files")
        self._files = 0

    async def read_file(self, read: Callable[[], T]) -> T:
        """Read a file that somebody sent, one after the other and apart from all other work.

        Raises
        ------
        HTTPException
            503 if too many wait.
        """
        if self._files == _MOST_FILES:
            raise HTTPException(503)
        self._files += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._reader, read)
        finally:
            self._files -= 1

    def undo_seconds(self, seat: str) -> float:
        """Return for how many real seconds a grave act of ``seat`` can be undone; 0 if it is done at once."""
        given = self.settings.undo_seconds
        return self.room.view(seat).known.header.undo_seconds if given is None else given

    async def do_waiting(self) -> None:
        """Decide the grave acts whose time to be undone is up, each like a command that arrives now."""
        for one in self.waiting.due(self.settings.elapsed()):
            assert one.request is not None
            person = one.request.person
            if person is not None and not self.is_seated(one.seat, person):
                gone = Refusal(code="unknown", values=(("case", "person"), ("person", person)))
                self.waiting.become(one, WaitingState.REFUSED, refusal=gone)
                continue
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
        self._reader.shutdown(wait=False, cancel_futures=True)
        self.access.close()
        self.cards.close()

    @property
    def start_cookie(self) -> str:
        """The name of the cookie of the start page."""
        return f"go-{self.room.record_id[:8]}"

    def use_sign(self, sign: str) -> bool:
        """Return whether ``sign`` is the start page's code. It works once."""
        fits = bool(self.start_sign) and hmac.compare_digest(sign.encode(), self.start_sign.encode())
        if fits:
            self.start_sign = ""
        return fits

    def starter(self, request: Request) -> LoginSession | None:
        """Return the session that may open any seat, if this browser holds it."""
        secret = request.cookies.get(self.start_cookie, "")
        return self.access.find(secret, START, at=self.settings.now())

    def signed_in(self, request: Request) -> SignedInSeat | None:
        """Return who is signed in at the seat path of this request; ``None`` for an unknown path and for a stranger."""
        path_id = request.path_params["path_id"]
        seat = self.seat_paths.seat(path_id, self.room.seats())
        if seat is None:
            return None
        session = self.access.find(request.cookies.get(f"go-{path_id}", ""), seat, at=self.settings.now())
        if session is None or (session.person is not None and not self.is_seated(seat, session.person)):
            return None
        return SignedInSeat(seat=seat, path_id=path_id, session=session)

    def contexts(self) -> tuple[ServerContext, ...]:
        """Return the records that are open here: this one."""
        return (self,)

    def is_seated(self, seat: str, person: str) -> bool:
        """Say whether a person is named in a seat now; who was removed may not come in, nor stay."""
        return bool(self.room.view(seat).known.persons.get(f"{seat} {person}"))

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
            cookie = request.cookies.get(f"go-{path_id}", "")
            session = self.access.find(cookie, seat_paths[path_id], at=self.settings.now()) if cookie else None
            if session is not None:
                return session.language
        return None

    def open_seat(
        self, seat: str, language: str, *, keeper: str | None = None, person: str | None = None
    ) -> SignedInSeat:
        """Begin a session in ``seat``, of a person by name if one came in with a card."""
        session = self.access.open(seat, language=language, at=self.settings.now(), keeper=keeper, person=person)
        return SignedInSeat(seat=seat, path_id=self.seat_paths.path_id(seat), session=session)

    def view(self, signed_in: SignedInSeat) -> View:
        """Return what this person's seat may know now."""
        return self.room.view(signed_in.seat)

    def context(
        self, signed_in: SignedInSeat, *, number: int = 1, asked: Mapping[str, tuple[str, ...]] | None = None
    ) -> PageContext:
        """Return one look at this person's view."""
        at = self.settings.now()

        def would(command: Command) -> Refusal | None:
            return self.room.would_refuse(CommandRequest(seat=signed_in.seat, command=command), at=at)

        return PageContext(
            view=self.view(signed_in),
            at=at,
            would=would,
            since=signed_in.session.since,
            number=number,
            language=signed_in.session.language,
            asked=asked or {},
            waiting=self.waiting.of(signed_in.seat),
            elapsed=self.settings.elapsed(),
            speakers=self.speakers.of(signed_in.seat),
        )


def number_of(text: str | None) -> int:
    """Return the number of a page of a long list as asked for; 1 if it is none."""
    return min(int(text), _MOST_PAGES) if text is not None and text.isascii() and text.isdigit() and int(text) else 1


def asked_of(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    """Return how a page is to be shown: what its address says after the question mark, within bounds."""
    asked: dict[str, tuple[str, ...]] = {}
    for name, text in pairs:
        if name in _ASKED and len(text) <= _LONGEST and len(asked.get(name, ())) < _MOST_ASKED:
            asked[name] = (*asked.get(name, ()), text)
    return asked


def language_of(request: Request) -> str:
    """Return the language in which somebody without a session is answered: as asked, as the browser says, English."""
    wanted = [request.query_params.get("lang", "")]
    wanted += [part.split(";")[0].strip()[:2].lower() for part in request.headers.get("accept-language", "").split(",")]
    return next((code for code in wanted if code in OFFERED), "en")


def given_of(form: str, fields: Mapping[str, tuple[str, ...]], *, again: str = "") -> FilledForm:
    """Return what was typed, to be shown again; ``again`` is the waiting command that it came back from."""
    return FilledForm(form=form, fields=fields, again=again)
