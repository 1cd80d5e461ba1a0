"""The bundled talks and changed copies of them, read, opened and folded once for all tests of a process.

Talks never change, and reading the same files gives the same talks, so whoever is not about reading may share them.
A folder is known by what is in its files: a copy in which a test changed a word is read anew.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from hashlib import sha256
from pathlib import Path

import pytest

from goodoffices import from_talks
from goodoffices.formats.talks_file.reader import find_scenario, read_talks, scenario_names
from goodoffices.talks.base.acts import Act
from goodoffices.talks.base.enums import Kind
from goodoffices.talks.core import Talks, replay, view_for
from goodoffices.talks.initial_acts import opening
from goodoffices.talks.model.talks_file import TalksFile

_read: dict[bytes, TalksFile] = {}
_opened: dict[int, dict[tuple[Kind, datetime], tuple[Act, ...]]] = {}
_folded: dict[int, Talks] = {}


def folded(path: str | Path, at: datetime) -> Talks:
    """Return the talks of a file, a folder or a bundled name, opened as an exercise at ``at``."""
    return fold(open_at(read(path), kind=Kind.EXERCISE, at=at))


def read(path: str | Path) -> TalksFile:
    """Read talks, but those of a folder or a bundled name only if no folder of the same content was read before."""
    folder = find_scenario(str(path)) if str(path) in scenario_names() else Path(path)
    if not (folder / "talks.yaml").is_file():
        return read_talks(path)
    key = sha256()
    for file in sorted(file for file in folder.rglob("*") if file.is_file()):
        key.update(repr((str(file.relative_to(folder)), file.read_bytes())).encode())
    if key.digest() not in _read:
        found = _read[key.digest()] = read_talks(path)
        _opened[id(found)] = {}
    return _read[key.digest()]


def open_at(file: TalksFile, *, kind: Kind, at: datetime) -> tuple[Act, ...]:
    """Open talks, but shared ones only once a minute: nobody in them sees a shorter time."""
    shared = _opened.get(id(file))
    if shared is None:
        return opening(file, kind=kind, at=at)
    key = kind, at.replace(second=0, microsecond=0)
    if key not in shared:
        shared[key] = opening(file, kind=kind, at=at)
        _folded[id(shared[key])] = replay(shared[key])
    return shared[key]


def fold(acts: Sequence[Act]) -> Talks:
    """Fold acts; those of shared talks have been folded."""
    found = _folded.get(id(acts))
    return replay(acts) if found is None else found


@contextmanager
def shared_by_commands() -> Iterator[None]:
    """Let commands that look at a talks file share what they read."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(from_talks, "read_talks", read)
        patch.setattr(from_talks, "opening", open_at)
        patch.setattr(from_talks, "view_after", lambda acts, seat: view_for(fold(acts), seat))
        yield
