"""What a power cut can leave of a record: its writes are noted, and images are made of what the disk may have kept.

A child appends and destroys under ``strace``, which notes each write, sync and acknowledgement in their order. Whatever
was written to a file before its last sync is kept. Of what was written after it, a disk may keep all, nothing, half, or
any of its blocks of 512 bytes.
"""

from __future__ import annotations

import os
import random
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

SECTOR = 512
MODES = ("dropped", "kept", "halved", "torn")
CALLS = "pwrite64,write,fsync,fdatasync,ftruncate,unlink,unlinkat"
_CALL = re.compile(rb"^(?:\d+ +)?(\w+)\((.*)\) += (-?\d+)")
_FILE = re.compile(rb"<([^>]*)>")
_TEXT = re.compile(rb'"((?:\\x[0-9a-f]{2})*)"')


@dataclass(frozen=True, slots=True)
class Write:
    file: str
    at: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Truncate:
    file: str
    size: int


@dataclass(frozen=True, slots=True)
class Unlink:
    file: str


@dataclass(frozen=True, slots=True)
class Sync:
    file: str


@dataclass(frozen=True, slots=True)
class Said:
    """Lines that the child printed: what it acknowledged."""

    lines: tuple[str, ...]


Event = Write | Truncate | Unlink | Sync | Said
Files = dict[str, bytes | None]


def can_trace() -> bool:
    """Say whether calls of a process can be noted on this machine."""
    program = shutil.which("strace")
    return (
        program is not None
        and subprocess.run([program, "-qq", "-e", "trace=none", "true"], check=False).returncode == 0
    )


def trace(where: Path, module: str, *arguments: str) -> list[Event]:
    """Run a module that writes to the record ``where``, and return what it did to the record's files."""
    noted = where.with_name("calls.txt")
    command = ["strace", "-f", "-qq", "-xx", "-y", "-s", "100000000", "-e", f"trace={CALLS}", "-o", str(noted)]
    command += [sys.executable, "-m", module, str(where), *arguments]
    folder = Path(__file__).resolve().parents[1]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join((str(folder), *sys.path))}
    done = subprocess.run(command, env=environment, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    events = list(_events(noted, where.name))
    noted.unlink()
    return events


def _events(noted: Path, name: str) -> Iterator[Event]:
    with noted.open("rb") as lines:
        for line in lines:
            assert b"unfinished" not in line, "two threads wrote at once: their order is not known"
            found = _CALL.match(line)
            if found is None or int(found[3]) < 0:
                continue
            event = _event(found[1].decode(), found[2], int(found[3]), name)
            if event is not None:
                yield event


def _event(call: str, given: bytes, result: int, name: str) -> Event | None:
    texts = [_plain(text) for text in _TEXT.findall(given)]
    if call in ("unlink", "unlinkat"):
        file = os.path.basename(texts[-1].decode())
        return Unlink(file) if file.startswith(name) else None
    if call == "write" and given.startswith(b"1<"):
        return Said(tuple(texts[0][:result].decode().split("\n")[:-1]))
    place = _FILE.search(given)
    assert place is not None
    file = os.path.basename(_plain(place[1]).decode(errors="replace"))
    if not file.startswith(name) or file.endswith(("-shm", ".lock")):
        return None
    if call in ("fsync", "fdatasync"):
        return Sync(file)
    numbers = [int(part) for part in given.split(b", ")[1:] if part.isdigit()]
    if call == "ftruncate":
        return Truncate(file, numbers[-1])
    assert call == "pwrite64", f"{call} on {file}: where it wrote is not known"
    return Write(file, numbers[-1], texts[0][:result])


def _plain(hexadecimal: bytes) -> bytes:
    return bytes.fromhex(hexadecimal.replace(b"\\x", b"").decode())


def acknowledged(events: Sequence[Event]) -> list[str]:
    """Return what the child had acknowledged after these events."""
    return [line for event in events if isinstance(event, Said) for line in event.lines]


def image(before: Files, events: Sequence[Event], mode: str, draw: random.Random) -> Files:
    """Return the files as a disk may have them when the power goes after these events."""
    files = dict(before)
    pending: dict[str, list[Event]] = {}
    for event in events:
        if isinstance(event, Sync):
            for one in pending.pop(event.file, ()):
                _do(files, one)
        elif not isinstance(event, Said):
            pending.setdefault(event.file, []).append(event)
    for left in pending.values():
        for one in _kept_of(left, mode, draw):
            _do(files, one)
    return files


def _kept_of(left: Sequence[Event], mode: str, draw: random.Random) -> Iterator[Event]:
    """Give what a disk keeps of what was not synced."""
    if mode == "kept":
        yield from left
    elif mode == "halved":
        whole = draw.randrange(len(left))
        yield from left[:whole]
        if isinstance(half := left[whole], Write):
            yield Write(half.file, half.at, half.data[: len(half.data) // 2])
    elif mode == "torn":
        for one in left:
            yield from (part for part in _parts(one) if draw.random() < 0.5)


def _parts(event: Event) -> Iterator[Event]:
    """Give the blocks of a write; anything else is done or not."""
    if not isinstance(event, Write):
        yield event
        return
    for begin in range(0, len(event.data), SECTOR):
        yield Write(event.file, event.at + begin, event.data[begin : begin + SECTOR])


def _do(files: Files, event: Event) -> None:
    match event:
        case Write(file, at, data):
            held = files.get(file) or b""
            held += bytes(max(0, at - len(held)))
            files[file] = held[:at] + data + held[at + len(data) :]
        case Truncate(file, size):
            held = files.get(file) or b""
            files[file] = held[:size] + bytes(max(0, size - len(held)))
        case Unlink(file):
            files[file] = None


def put(files: Files, folder: Path) -> None:
    """Write an image into a folder, for the owner alone."""
    for name, data in files.items():
        if data is not None:
            (folder / name).write_bytes(data)
            (folder / name).chmod(0o600)
