"""Run a negotiator from a file in a process of its own, and trust nothing that comes back.

The process is started anew for each run. It is spawned, not forked: a fork would copy every party's numbers. It gets an
empty environment, an empty folder, no open files, limits, and over one pair of pipes what its seat may know.
"""

from __future__ import annotations

import json
import os
import select
import signal
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from goodoffices.data_class import dataclass
from goodoffices.errors import FaultyNegotiatorError, ScenarioError
from goodoffices.formats.input.files import NOT_THERE
from goodoffices.rehearsal.draws import Draws, first_uniforms
from goodoffices.rehearsal.isolation.worker import MOST_BYTES
from goodoffices.rehearsal.negotiators.interface import (
    Accept,
    Feedback,
    Heard,
    Hold,
    Leave,
    Move,
    Own,
    Propose,
    Say,
    Seen,
    Table,
    Vote,
)

_WORKER = Path(__file__).with_name("worker.py")
_START_SECONDS = 20.0
_MOST_SLOW_MOVES = 3
_NUMBERS = 4


class Pipe:
    """The two pipes of one process. Whatever arrives may be hostile."""

    def __init__(self, process: subprocess.Popen[bytes], folder: tempfile.TemporaryDirectory[str]) -> None:
        self.process, self.folder = process, folder
        self.number, self.slow = 0, 0
        self.level = ""
        self.sent: list[bytes] = []
        self._buffer = b""
        assert process.stdin is not None
        assert process.stdout is not None
        self._to, self._from = process.stdin.fileno(), process.stdout.fileno()
        self._coming = select.poll()
        self._coming.register(self._from, select.POLLIN)
        os.set_blocking(self._to, False)

    def send(self, message: str) -> None:
        """Send a message in JSON, or raise `FaultyNegotiatorError` if the process takes none."""
        data = message.encode()
        self.sent.append(data)
        self._write(struct.pack("!I", len(data)) + data)

    def _write(self, data: bytes) -> None:
        """Write all of it. The pipe takes most messages at once, so it is asked only when it is full."""
        until = time.monotonic() + _START_SECONDS
        while data:
            try:
                data = data[os.write(self._to, data) :]
            except BlockingIOError:
                if not select.select([], [self._to], [], max(until - time.monotonic(), 0.0))[1]:
                    raise FaultyNegotiatorError("the negotiator does not read what it is told") from None
            except OSError:
                raise FaultyNegotiatorError("the negotiator's process has ended") from None

    def receive(self, seconds: float) -> Any:
        """Return the next message; ``None`` if none came in time.

        Raises
        ------
        FaultyNegotiatorError
            If the process has ended, or sends what is not a message.
        """
        until = time.monotonic() + seconds
        while True:
            if len(self._buffer) >= 4:
                (size,) = struct.unpack("!I", self._buffer[:4])
                if size > MOST_BYTES:
                    raise FaultyNegotiatorError(f"the negotiator sends more than {MOST_BYTES:,} bytes at once")
                if len(self._buffer) >= 4 + size:
                    data, self._buffer = self._buffer[4 : 4 + size], self._buffer[4 + size :]
                    return _read(data)
            if not self._read_more(until):
                return None

    def _read_more(self, until: float) -> bool:
        if not self._coming.poll(max(until - time.monotonic(), 0.0) * 1000.0):
            return False
        part = os.read(self._from, 1 << 16)
        if not part:
            raise FaultyNegotiatorError("the negotiator's process has ended")
        self._buffer += part
        return True

    def close(self) -> None:
        """End the process and everything it has started, and remove its folder."""
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                pipe.close()
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            self.process.kill()
        self.process.wait()
        self.folder.cleanup()


def _refuse_constant(text: str) -> None:
    raise ValueError(text)


# Made once: `json.dumps` and `json.loads` with options make a new one for each message, which costs more than the rest.
# What is written is our own and holds no circles; looking for them costs a third.
_written = json.JSONEncoder(allow_nan=False, sort_keys=True, check_circular=False).encode
_read_text = json.JSONDecoder(parse_constant=_refuse_constant).decode


def _read(data: bytes) -> Any:
    try:
        return _read_text(data.decode())
    except (ValueError, RecursionError):
        raise FaultyNegotiatorError("the negotiator sends what is not JSON") from None


@dataclass(frozen=True, slots=True, kw_only=True)
class Isolated:
    """A negotiator from a file: ``name`` is the class in it, ``seconds`` the time for one move.

    After that time it holds; after three such moves it is faulty. So is one whose process ends.
    """

    file: str
    class_name: str
    source: str
    seconds: float = 5.0
    cpu_seconds: int = 60
    memory: int = 1 << 30

    @property
    def name(self) -> str:
        """The file and the class."""
        return f"{Path(self.file).name}:{self.class_name}"

    def begin(self, own: Own, table: Table) -> Pipe:
        """Start the process and tell it its own numbers and the public rules."""
        pipe = _started()
        try:
            pipe.send(_written({"cpu_seconds": self.cpu_seconds, "memory": self.memory}))
            closed = pipe.receive(_START_SECONDS)
            if not isinstance(closed, dict):
                raise FaultyNegotiatorError("the negotiator's process did not start")
            pipe.level = _level(closed)
            first = {
                "source": self.source, "file": Path(self.file).name, "name": self.class_name,
                "own": own_message(own), "table": table_message(table),
            }  # fmt: skip
            pipe.send(_written(first))
            if pipe.receive(_START_SECONDS) != {"begun": True}:
                raise FaultyNegotiatorError(f"{self.name} did not begin")
        except FaultyNegotiatorError:
            pipe.close()
            raise
        return pipe

    def move(self, state: Pipe, seen: Seen, draws: Draws) -> tuple[Pipe, Move]:
        """Tell what is seen, and return the move; hold if it takes too long."""
        state.number += 1
        numbers = first_uniforms(draws, _NUMBERS)
        state.send(move_text(state.number, seen, numbers))
        until = time.monotonic() + self.seconds
        while True:
            answer = state.receive(max(until - time.monotonic(), 0.0))
            if answer is None:
                state.slow += 1
                if state.slow >= _MOST_SLOW_MOVES:
                    raise FaultyNegotiatorError(f"{self.name} took more than {self.seconds:g} s for {state.slow} moves")
                return state, Hold()
            if not isinstance(answer, dict) or type(answer.get("number")) is not int:
                raise FaultyNegotiatorError(f"{self.name} sends what is not an answer")
            if answer["number"] == state.number:
                return state, move_of(answer.get("move"))

    def end(self, state: Pipe) -> None:
        """End the process."""
        state.close()


def _started() -> Pipe:
    folder = tempfile.TemporaryDirectory(prefix="negotiator-")
    command = [sys.executable, "-I", "-B", str(_WORKER)]
    process = subprocess.Popen(  # noqa: S603 - our own interpreter and our own file
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env={}, cwd=folder.name,
        close_fds=True, start_new_session=True,
    )  # fmt: skip
    return Pipe(process, folder)


def _level(closed: dict[str, Any]) -> str:
    if closed.get("files") and closed.get("calls"):
        return "separate process without files, network or other processes"
    return "separate process, same user"


def isolated_negotiator(place: str, *, seconds: float = 5.0) -> Isolated:
    """Return the negotiator at ``FILE:NAME``, a Python file and the name of a class in it.

    Raises
    ------
    ScenarioError
        If it is not written so, or the file cannot be read.
    """
    file, colon, name = place.rpartition(":")
    if not colon or not name.isidentifier():
        raise ScenarioError(f"{place!r} does not name a negotiator; write FILE:NAME, as in my_negotiator.py:Mine")
    try:
        source = Path(file).read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise ScenarioError(f"{file}: {' '.join(NOT_THERE)}") from error
    except (OSError, UnicodeDecodeError) as error:
        raise ScenarioError(f"{file} cannot be read as a Python file; name another") from error
    if len(source) > MOST_BYTES // 2:
        raise ScenarioError(f"{file} is longer than {MOST_BYTES // 2:,} characters; shorten it")
    return Isolated(file=file, class_name=name, source=source, seconds=seconds)


def own_message(own: Own) -> dict[str, Any]:
    """Return a party's own numbers as plain values."""
    preferences = own.preferences
    return {
        "worth": [list(table) for table in preferences.worth],
        "reservation_value": preferences.reservation_value,
        "red_lines": sorted(map(list, preferences.red_lines)),
        "devaluation": list(own.devaluation),
        "discount": preferences.discount,
        "worth_per_turn": preferences.worth_per_turn,
        "best": preferences.best,
    }


def table_message(table: Table) -> dict[str, Any]:
    """Return the public rules as plain values."""
    return {
        "parties": list(table.parties), "me": table.me, "sizes": list(table.space.sizes),
        "protocol": table.protocol, "n_turns": table.n_turns, "may_leave": table.may_leave,
    }  # fmt: skip


def move_text(number: int, seen: Seen, draws: Sequence[float]) -> str:
    """Return in JSON the question for a move: its number, what the seat sees, and its random numbers.

    It is put together here: an encoder for any message takes three times as long, and this is sent in every turn.
    """
    standing = "null" if seen.standing is None else _heard_text(seen.standing)
    ballot, heard = (", ".join(map(_heard_text, some)) for some in (seen.ballot, seen.heard))
    return (
        f'{{"draws": {list(draws)!r}, "number": {number}, "seen": {{'
        f'"ballot": [{ballot}], "heard": [{heard}], "present": {list(seen.present)!r}, '
        f'"question": "{seen.question.value}", '
        f'"reservation_value": {_written(seen.reservation_value)}, "standing": {standing}, "turn": {seen.turn}}}}}'
    )


def _heard_text(heard: Heard) -> str:
    return f"[{heard.id}, {heard.source}, {list(heard.settlement)!r}, {heard.turn}]"


def move_of(message: Any) -> Move:
    """Return the move in a message, or raise `FaultyNegotiatorError` if there is none in it."""
    match message:
        case ["accept"]:
            return Accept()
        case ["hold"]:
            return Hold()
        case ["leave"]:
            return Leave()
        case ["propose", list() as options] if all(type(option) is int for option in options):
            return Propose(tuple(options))
        case ["vote", list() as ids] if all(type(one) is int for one in ids):
            return Vote(tuple(ids))
        case ["say", bool() as accepts, None]:
            return Say(accepts)
        case ["say", bool() as accepts, str() as feedback] if feedback in tuple(Feedback):
            return Say(accepts, Feedback(feedback))
    raise FaultyNegotiatorError("the negotiator sends what is not a move")
