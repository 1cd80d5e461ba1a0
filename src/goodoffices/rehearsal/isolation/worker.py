"""The process of one foreign negotiator: it is given its source, its own numbers and what it hears, and sends moves.

This file is run by its path and imports nothing of the program. Messages are JSON with their length in four bytes.
The negotiator's file needs no imports: ``Propose``, ``Accept``, ``Hold``, ``Leave``, ``Vote`` and ``Say`` are there.
"""

from __future__ import annotations

import json
import os
import struct
import sys
from types import ModuleType, SimpleNamespace
from typing import Any, NamedTuple

MOST_BYTES = 1 << 20


class Propose(NamedTuple):
    """Put a settlement forward."""

    settlement: tuple[int, ...]


class Accept(NamedTuple):
    """Accept the latest proposal heard, as heard."""


class Hold(NamedTuple):
    """Do nothing."""


class Leave(NamedTuple):
    """Leave the talks."""


class Vote(NamedTuple):
    """Accept the proposals with these ids."""

    accepted: tuple[int, ...]


class Say(NamedTuple):
    """Answer the mediator's text."""

    accepts: bool
    feedback: str | None = None


MOVES = {"propose": Propose, "accept": Accept, "hold": Hold, "leave": Leave, "vote": Vote, "say": Say}


class Own(SimpleNamespace):
    """The party's own numbers: ``worth[issue][option]``, ``reservation_value``, ``red_lines``, ``devaluation``."""

    def worth_of(self, settlement: tuple[int, ...]) -> float:
        """Return what a settlement is worth, if options count one by one."""
        split = len(self.worth) // 2
        first = sum(self.worth[issue][settlement[issue]] for issue in range(split))
        return float(first + sum(self.worth[issue][settlement[issue]] for issue in range(split, len(self.worth))))


class Draws:
    """The random numbers for one move: a few, each from 0 to below 1."""

    def __init__(self, numbers: list[float]) -> None:
        self._numbers = numbers

    def uniform(self, place: int = 0) -> float:
        """Return the number at a place."""
        return self._numbers[place % len(self._numbers)]

    def choice(self, n: int, place: int = 0) -> int:
        """Return one of 0 to n - 1."""
        return min(int(self.uniform(place) * n), n - 1)


# A circle in a move runs into the limit of recursion, and ends this process like any other fault.
_written = json.JSONEncoder(allow_nan=False, check_circular=False).encode
_read_text = json.JSONDecoder().decode


class Reader:
    """Reads messages from one descriptor: most come in one piece, length and all."""

    def __init__(self, handle: int) -> None:
        self._handle, self._buffer = handle, b""

    def next(self) -> Any:
        """Return the next message, or end the process if the other side is gone."""
        self._fill(4)
        end = 4 + struct.unpack("!I", self._buffer[:4])[0]
        self._fill(end)
        data, self._buffer = self._buffer[4:end], self._buffer[end:]
        return _read_text(data.decode())

    def _fill(self, size: int) -> None:
        while len(self._buffer) < size:
            part = os.read(self._handle, 1 << 16)
            if not part:
                os._exit(0)
            self._buffer += part


def write(handle: int, message: Any) -> None:
    """Send a message."""
    data = _written(message).encode()
    if len(data) > MOST_BYTES:
        os._exit(3)
    data = struct.pack("!I", len(data)) + data
    while data:
        data = data[os.write(handle, data) :]


def _move_message(move: Any) -> list[Any]:
    name = type(move).__name__.lower()
    if name == "propose":
        return [name, list(move.settlement)]
    if name == "vote":
        return [name, list(move.accepted)]
    if name == "say":
        return [name, move.accepts, move.feedback]
    return [name]


def _heard(parts: list[Any]) -> SimpleNamespace:
    return SimpleNamespace(id=parts[0], source=parts[1], settlement=tuple(parts[2]), turn=parts[3])


def _seen(message: dict[str, Any]) -> SimpleNamespace:
    return SimpleNamespace(
        question=message["question"],
        turn=message["turn"],
        heard=tuple(map(_heard, message["heard"])),
        standing=None if message["standing"] is None else _heard(message["standing"]),
        ballot=tuple(map(_heard, message["ballot"])),
        present=tuple(message["present"]),
        reservation_value=message["reservation_value"],
    )


def serve(incoming: Reader, outgoing: int) -> None:
    """Read the source, and then answer until the other side is gone."""
    first = incoming.next()
    module = ModuleType("negotiator")
    module.__dict__.update({kind.__name__: kind for kind in MOVES.values()}, HIDDEN=-1)
    sys.modules["negotiator"] = module
    exec(compile(first["source"], first["file"], "exec"), module.__dict__)  # noqa: S102 - its own process, closed in
    negotiator = getattr(module, first["name"])()
    state = negotiator.begin(Own(**first["own"]), SimpleNamespace(**first["table"]))
    write(outgoing, {"begun": True})
    while True:
        message = incoming.next()
        state, move = negotiator.move(state, _seen(message["seen"]), Draws(message["draws"]))
        write(outgoing, {"number": message["number"], "move": _move_message(move)})


def main() -> None:
    """Close in, say how far that went, and serve. The protocol has descriptors of its own: prints go nowhere."""
    reader, outgoing = Reader(os.dup(0)), os.dup(1)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for handle in (0, 1, 2):
        os.dup2(nowhere, handle)
    sys.path[:] = [path for path in sys.path if "site-packages" not in path and "dist-packages" not in path]
    own_folder = os.path.dirname(os.path.abspath(__file__))
    sys.path.insert(0, own_folder)
    import confinement  # type: ignore[import-not-found]

    sys.path.remove(own_folder)
    limits = reader.next()
    confinement.limit(limits["cpu_seconds"], limits["memory"])
    files, calls = confinement.close_files(), confinement.refuse_calls()
    write(outgoing, {"files": files, "calls": calls})
    serve(reader, outgoing)


if __name__ == "__main__":
    main()
