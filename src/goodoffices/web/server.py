"""One server process: opens or makes the record, listens, and ends cleanly."""

from __future__ import annotations

import asyncio
import contextlib
import copy
import gc
import logging
import os
import re
import signal
import socket
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

import uvicorn

from goodoffices.data_class import dataclass
from goodoffices.errors import StorageError
from goodoffices.formats.talks_file.reader import read_talks, scenario_names
from goodoffices.record.keys import KeyFile
from goodoffices.record.open_store import desk_key_file, is_postgresql, is_there, kind_of, stem_of
from goodoffices.service.data_folder import FILE, make_folder
from goodoffices.service.open_record import OpenRecord, create_record, open_record
from goodoffices.service.own_process import keep_memory_private, open_in_browser
from goodoffices.talks.base.enums import Kind
from goodoffices.talks.model.talks_file import TalksFile
from goodoffices.web.app import create_app, running
from goodoffices.web.connections import KEPT_OPEN, Connections, protocol_of
from goodoffices.web.hall import Hall, HallPlan, hall_of
from goodoffices.web.host_app import HostApp
from goodoffices.web.live.analyst_files import keep_beside
from goodoffices.web.live.clock_guard import ClockGuard
from goodoffices.web.live.settings import Settings
from goodoffices.web.routes.context import ServerContext
from goodoffices.web.routes.record_host import RecordHost
from goodoffices.web.trust_page import answers_for, trust_page

Say = Callable[[str], None]
_BARE_NAME = re.compile(r"[a-z0-9][a-z0-9-]*")
_LOG_BYTES = 5_000_000
_TURN = 0.001
"""Seconds for which a thread computes before another may."""
"""A log of so many bytes is put aside and a new one begun; three are kept."""
GRACE = 1
"""Seconds that open connections get at the end; commands under way need two ticks. The whole end takes two at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What to serve, and where.

    ``talks`` is a scenario or a talks file, whose record is a file below ``data``, or the name of a record that is kept
    there; ``None`` opens the list of those records. Or it is the address of a record on
    PostgreSQL, which is made from the talks ``made_from`` where there is none. The key file that opens a record, the
    sessions and the log are below ``data`` in either case. ``hall`` is how people reach the desk.
    ``commands_a_minute`` is what one person may send in a seat; 0 is any number.
    """

    talks: str | None
    made_from: str | None = None
    hall: HallPlan
    port: int
    data: Path
    opens: bool = False
    commands_a_minute: int = 60


class _Server(uvicorn.Server):
    """uvicorn, but open streams are told *bye* before it waits for them, and a signal is a clean end."""

    def __init__(self, config: uvicorn.Config, host: RecordHost, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._host, self._ready = host, ready

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """End on SIGINT and SIGTERM, and do not raise them again afterwards."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, self.handle_exit, number, None)
        yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to listen, then say so."""
        await super().startup(sockets)
        if self.started:
            self._ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Say *bye* on every stream, then stop."""
        self._host.stop_streams()
        await super().shutdown(sockets)


class OwnLog(RotatingFileHandler):
    """A log that nobody else may read at any moment, whichever file it writes to."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - the name is logging's
        """Do without a line that cannot be written, on a full disk for example: nothing else depends on it."""

    def _open(self) -> TextIOWrapper:
        handle = os.open(self.baseFilename, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        os.fchmod(handle, 0o600)
        return TextIOWrapper(os.fdopen(handle, "ab"), encoding=self.encoding, line_buffering=True)


class Discreet(logging.Formatter):
    """Logs a defect by its type and place, never by its values."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line; what another handler made of a defect before is not used."""
        own = copy.copy(record)
        own.exc_text = own.stack_info = None
        return super().format(own)

    def formatException(  # noqa: N802 - the name is logging's
        self, ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
    ) -> str:
        """Return the type, and the file and line where it was raised."""
        kind, _, place = ei
        while place is not None and place.tb_next is not None:
            place = place.tb_next
        where = "-" if place is None else f"{place.tb_frame.f_code.co_filename}:{place.tb_lineno}"
        return f"{'-' if kind is None else kind.__name__} at {where}"


def run(plan: Plan, say: Say) -> None:
    """Serve until told to stop.

    Raises
    ------
    StorageError, WrongKindError, NewerFormatError, WrongKeyError
        If the record cannot be opened or made, or the port not be taken. Nothing is changed.
    TalksFileError
        If the talks file cannot be read.
    """
    keep_memory_private()
    hall = hall_of(plan.hall, plan.data, at=datetime.now(UTC))
    listening = _listen(plan.hall.host, plan.port)
    try:
        if plan.talks is None:
            _serve(plan, hall, make_folder(plan.data), None, listening, say)
            return
        kept = plan.data / plan.talks / FILE
        is_kept = _BARE_NAME.fullmatch(plan.talks) and kept.is_file() and plan.talks not in scenario_names()
        if is_kept and kind_of(kept) is Kind.LIVE:
            raise StorageError(
                f"{plan.talks} is a live record; start `goodoffices serve` without a name, and unlock it on the page"
            )
        made_from = plan.made_from if is_postgresql(plan.talks) else None if is_kept else plan.talks
        file = None if made_from is None else read_talks(made_from)
        place = _Place(where=kept, folder=kept.parent) if is_kept else _place(plan, plan.talks, file)
        # The host closes it, with all others, when the server ends.
        if made_from is not None and not is_there(place.where):
            keep_beside(made_from, place.folder)
        room = _room(place, file, say)
        # What was folded stays till the end: the collector need not walk it again and again while people wait.
        gc.freeze()
        # Who answers people waits that long for a thread that reads a file or decides; by default five times as long.
        sys.setswitchinterval(_TURN)
        _serve(plan, hall, place.folder, room, listening, say)
    finally:
        listening.close()


def _listen(host: str, port: int) -> socket.socket:
    """Take the port before anything is made, so that a port in use changes nothing."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # asyncio turns off the delay of small packets only where the protocol is named.
    taken = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        taken.bind((host, port))
    except OSError as error:
        taken.close()
        raise StorageError(
            f"{host} port {port} cannot be used: {error.strerror or error}; "
            "end the program that uses it, or choose another port with --port"
        ) from error
    return taken


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """Where a record is, the folder of what goes with it, and what opens it (``None``: the key file beside it)."""

    where: str | Path
    folder: Path
    key: KeyFile | None = None


def _place(plan: Plan, talks: str, file: TalksFile | None) -> _Place:
    folder = make_folder(plan.data / (stem_of(talks) if file is None or is_postgresql(talks) else file.slug))
    if is_postgresql(talks):
        return _Place(where=talks, folder=folder, key=KeyFile(path=desk_key_file(plan.data, talks)))
    return _Place(where=folder / "record.db", folder=folder)


def _room(place: _Place, file: TalksFile | None, say: Say) -> OpenRecord:
    """Open the record, or make it first."""
    if is_there(place.where):
        say(f"Opening the record in {'the database' if is_postgresql(place.where) else place.folder}.")
    elif file is None:
        raise StorageError("this address has no record yet; name with --talks the talks file to make it from")
    else:
        where = "the database" if is_postgresql(place.where) else place.folder
        say(f"Making a new exercise record in {where}.")
        digest = file.origin[0][1] if file.origin else ""
        now = datetime.now(UTC)
        create_record(place.where, file, kind=Kind.EXERCISE, at=now, key=place.key, digest=digest).close()
    # Sessions and the command queue belong to this process, so no other may serve the same record.
    return open_record(place.where, kind=Kind.EXERCISE, key=place.key, alone=True)


def _entropy(_: str, n: int) -> bytes:
    return os.urandom(n)


def _settings(plan: Plan, hall: Hall, port: int, trust_port: int | None) -> Settings:
    guard = ClockGuard(lambda: datetime.now(UTC), time.monotonic)
    return Settings(
        origins=hall.origins(port),
        now=guard.now,
        clock_guard=guard,
        entropy=_entropy,
        access=make_folder(plan.data) / "access.db",
        commands_a_minute=plan.commands_a_minute,
        is_readable=not hall.takes_live,
        fingerprint="" if hall.certificate is None else hall.certificate.fingerprint,
        trust_address="" if trust_port is None else f"http://{hall.shown}:{trust_port}/",
    )


def _serve(plan: Plan, hall: Hall, folder: Path, room: OpenRecord | None, listening: socket.socket, say: Say) -> None:
    """Serve the desk, and beside it the page from which devices fetch the venue's certificate, if it has one."""
    port = listening.getsockname()[1]
    if hall.certificate is None or hall.certificate.root is None:
        _serve_desk(plan, hall, _settings(plan, hall, port, None), folder, room, listening, say)
        return
    answers = answers_for(hall.certificate, hall.origins(port)[0])
    with trust_page(plan.hall.host, plan.port and plan.port + 1, answers) as trust_port:
        settings = _settings(plan, hall, port, trust_port)
        say(f"Devices fetch the certificate of this desk from {settings.trust_address} and compare its fingerprint:")
        say(settings.fingerprint)
        _serve_desk(plan, hall, settings, folder, room, listening, say)


def _serve_desk(  # noqa: PLR0913 - what is served, how, and where from
    plan: Plan,
    hall: Hall,
    settings: Settings,
    folder: Path,
    room: OpenRecord | None,
    listening: socket.socket,
    say: Say,
) -> None:
    """Serve the record that was named, or the list of records; ``folder`` has the log."""
    host = RecordHost(
        data=plan.data,
        settings=settings,
        make_app=create_app,
        running=running,
        looked=_look_at_all,
        takes_live=hall.takes_live,
    )
    named = None if room is None else host.hold(folder.name, room, is_first=True)
    sign = host.start_sign if named is None else named.server.start_sign
    address = f"{settings.origins[0]}/start#{sign}"

    def ready() -> None:
        if settings.is_readable:
            say("The network is not encrypted: anyone on it can read along. Use this for an exercise in one room only.")
        what = "Start page" if named is not None else "The list of your records, and new talks"
        say(f"The desk is open. {what} (this address works once): {address}")
        say("Stop with Ctrl-C. Starting again goes on where you stopped.")
        if plan.opens:
            open_in_browser(address, folder)

    config = uvicorn.Config(
        HostApp(host),
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=GRACE,
        timeout_keep_alive=KEPT_OPEN,
        http=protocol_of(Connections()),
        ws="none",
        backlog=2048,
        lifespan="on",
        ssl_certfile=None if hall.certificate is None else hall.certificate.chain,
        ssl_keyfile=None if hall.certificate is None else hall.certificate.key,
    )
    _logging(folder / "desk.log")
    _Server(config, host, ready).run(sockets=[listening])
    if host.failure is not None:
        raise StorageError(
            f"the desk ended because of a defect ({type(host.failure).__name__}); what was answered is kept."
            f" Its place stands in {folder / 'desk.log'}; start again to go on"
        ) from host.failure


def _look_at_all(room: OpenRecord, server: ServerContext) -> None:
    """Note that every seat has looked at what the talks opened with, once: a long record is not folded for it again."""
    for seat in set(room.seats()) - server.access.lookers():
        server.access.look(seat, _opened_at(room, seat))


def _opened_at(room: OpenRecord, seat: str) -> int:
    """Return the number of the last notice with which the talks opened: what nobody need be told is new."""
    view = room.view(seat)
    notices = view.notices
    if view.known.exercise.plan is not None:
        # In an exercise control adds briefs and injects to the opening; what comes after it is new.
        return next((notice.n - 1 for notice in notices if notice.kind == "ExerciseStarted"), len(notices))
    return view.n_opening


def _logging(path: Path) -> None:
    handler = OwnLog(path, maxBytes=_LOG_BYTES, backupCount=3, encoding="utf-8")
    handler.setFormatter(Discreet("%(asctime)s %(levelname)s %(message)s"))
    for name, level in (("goodoffices.web", logging.INFO), ("uvicorn.error", logging.WARNING)):
        logger = logging.getLogger(name)
        logger.setLevel(level)
        logger.propagate = False
        logger.addHandler(handler)
