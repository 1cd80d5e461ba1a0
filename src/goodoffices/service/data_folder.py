"""The folder in which the desk keeps records: one folder for each, with the record, its key file and its sessions."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from goodoffices.data_class import dataclass
from goodoffices.errors import GoodOfficesError, StorageError
from goodoffices.record.keys import Unlock
from goodoffices.record.open_store import kind_of, open_
from goodoffices.service.exercise_records import create_exercise
from goodoffices.service.open_record import OpenRecord, create_record
from goodoffices.talks.base.acts import decode_act
from goodoffices.talks.base.enums import Kind
from goodoffices.talks.model.talks_file import TalksFile

DATA = Path("goodoffices-data")
"""Where records are kept unless somebody names another folder."""
FILE = "record.db"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptRecord:
    """A record in the data folder, by the name of its folder.

    ``title`` is what the talks are called; a live record is sealed, so it has the name of its folder. ``kind`` is
    ``None`` for a record that this program cannot read. ``changed_at`` is when its file was last written.
    """

    name: str
    where: Path
    title: str
    kind: Kind | None
    changed_at: datetime


def kept_records(data: Path) -> tuple[KeptRecord, ...]:
    """Return the records in a data folder, the one written last first. No passphrase is asked for."""
    found = sorted(data.glob(f"*/{FILE}")) if data.is_dir() else []
    made = [_kept(where) for where in found]
    return tuple(sorted(made, key=lambda kept: kept.changed_at, reverse=True))


def _kept(where: Path) -> KeptRecord:
    name = where.parent.name
    newest = max((path.stat().st_mtime for path in (where, Path(f"{where}-wal")) if path.exists()), default=0.0)
    kind = _kind(where)
    title = _title(where) if kind is Kind.EXERCISE else ""
    changed_at = datetime.fromtimestamp(newest, UTC)
    return KeptRecord(name=name, where=where, title=title or name, kind=kind, changed_at=changed_at)


def _kind(where: Path) -> Kind | None:
    try:
        return kind_of(where)
    except (GoodOfficesError, OSError):
        return None


def _title(where: Path) -> str:
    """Return what the talks of an exercise are called, from its first act; empty if it cannot be read."""
    try:
        store = open_(where, kind=Kind.EXERCISE, write=False)
    except (GoodOfficesError, OSError):
        return ""
    with contextlib.closing(store):
        for stored in store.read(1):
            data = decode_act(stored.seq, stored.head, stored.bodies).data
            return str(data.get("header", {}).get("title", ""))
    return ""


def make_folder(folder: Path) -> Path:
    """Return ``folder``, made if it was not there; nobody else can look into one that is made here.

    Raises
    ------
    StorageError
        If it cannot be made or written.
    """
    try:
        # Only what is made here is closed to others: a folder that was there belongs to somebody.
        for made in _missing(folder):
            made.mkdir(parents=True, mode=0o700)
    except OSError as error:
        raise StorageError(
            f"the folder {folder} cannot be made or used: {error.strerror}; choose another with --data"
        ) from error
    if not os.access(folder, os.W_OK):
        raise StorageError(f"the folder {folder} cannot be written; choose another with --data")
    return folder


def _missing(folder: Path) -> Iterator[Path]:
    return (made for made in (folder.parent, folder) if not made.is_dir())


class NameTakenError(StorageError):
    """Talks of this name are kept in the data folder already."""


def begin_record(
    data: Path, file: TalksFile, *, kind: Kind, at: datetime, key: Unlock | None = None, is_played: bool = False
) -> OpenRecord:
    """Make the record of new talks in the data folder, in a folder of their own, and return it opened.

    With ``is_played`` it is a record in which the exercise of the talks is played; else their exercise is left out.

    Raises
    ------
    NameTakenError
        If talks of this name are kept there already. Nothing is changed.
    StorageError
        If it cannot be written. Nothing is left behind.
    ScenarioError
        If the talks cannot open a record.
    """
    folder = data / file.slug
    if (folder / FILE).exists():
        raise NameTakenError(
            f"talks called {file.slug!r} are kept in {folder} already; give these another title, or go on with those"
        )
    is_new = not folder.is_dir()
    make_folder(folder)
    try:
        if is_played:
            return create_exercise(folder / FILE, file, at=at, key=key)
        return create_record(folder / FILE, file, kind=kind, at=at, key=key)
    except BaseException:
        if is_new:
            with contextlib.suppress(OSError):
                folder.rmdir()
        raise
