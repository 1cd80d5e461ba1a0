"""The record in one SQLite file: WAL, a full fsync at each commit, strict tables, triggers against rewriting."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterator, Sequence
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Final
from urllib.parse import quote

from goodoffices.errors import (
    ConcurrentUpdateError,
    DamagedRecordError,
    NewerFormatError,
    StorageError,
    WrongKindError,
)
from goodoffices.record.backends.database import COLUMNS, FORMAT, Row, Value
from goodoffices.record.backends.file_lock import FileLock
from goodoffices.talks.base.enums import Kind


class Purpose(StrEnum):
    """What a file is for. A backup cannot be mistaken for the record it was made of."""

    RECORD = "record"
    BACKUP = "backup"
    KEYS = "backup of keys"


# What `file` and the first page say: GOLR is a live record, GOXB the backup of an exercise, and so on.
APPLICATION_IDS: Final[dict[tuple[Kind, Purpose], int]] = {
    (kind, purpose): int.from_bytes(b"GO" + k + p)
    for kind, k in ((Kind.LIVE, b"L"), (Kind.EXERCISE, b"X"))
    for purpose, p in ((Purpose.RECORD, b"R"), (Purpose.BACKUP, b"B"), (Purpose.KEYS, b"K"))
}

_TABLES: Final = """
CREATE TABLE record(id BLOB PRIMARY KEY, kind TEXT NOT NULL, format INTEGER NOT NULL, public_key BLOB NOT NULL,
  box_key BLOB NOT NULL, genesis BLOB NOT NULL, unlock BLOB NOT NULL, anchors BLOB NOT NULL, signature BLOB NOT NULL)
  STRICT;
CREATE TABLE act(seq INTEGER PRIMARY KEY, envelope BLOB NOT NULL, head BLOB NOT NULL) STRICT;
CREATE TABLE body(digest BLOB PRIMARY KEY, key_id BLOB NOT NULL, sealed BLOB NOT NULL) STRICT;
-- One tree each instead of two: every page less is one less to write at each commit.
CREATE TABLE key(key_id BLOB PRIMARY KEY, wrapped BLOB NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE request(tag BLOB PRIMARY KEY, first_seq INTEGER NOT NULL, last_seq INTEGER NOT NULL, digest BLOB NOT NULL)
  STRICT, WITHOUT ROWID;
CREATE TABLE anchor(seq INTEGER PRIMARY KEY, hash BLOB NOT NULL, signature BLOB NOT NULL) STRICT;
"""
_REFUSE: Final = "BEGIN SELECT RAISE(ABORT, 'the record is append-only'); END"
_TRIGGERS: Final = [
    f"CREATE TRIGGER {table}_{event.lower()} BEFORE {event} ON {table} {_REFUSE}"
    for table in ("act", "body", "request", "anchor")
    for event in ("UPDATE", "DELETE")
] + [
    f"CREATE TRIGGER key_update BEFORE UPDATE ON key {_REFUSE}",
    f"CREATE TRIGGER record_delete BEFORE DELETE ON record {_REFUSE}",
    f"CREATE TRIGGER record_update BEFORE UPDATE OF id, kind, format, public_key, box_key, genesis ON record {_REFUSE}",
]
_LAID_OUT: Final = _TABLES + ";".join(_TRIGGERS) + ";"
_BLOB: Final = frozenset({bytes})
_TYPES: Final = {
    **{name: _BLOB for columns in COLUMNS.values() for name in columns},
    **dict.fromkeys(("format", "seq", "first_seq", "last_seq"), frozenset({int})),
    "kind": frozenset({str}),
    "wrapped": frozenset({bytes, type(None)}),
}
"""The types of the values of each column."""
_LAYOUT: Final = "SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_master"
_WAIT_S: Final = 10.0
_LEAST_ROOM: Final = 2**20
"""Bytes. With less, the next act may not find room."""
_MOMENT_MS: Final = 2000
_BATCH: Final = 1000
# Folding the log into the file takes some milliseconds. With SQLite's own 1000 pages, about one append in a hundred
# would wait for it; with 4000 (16 MiB) it is one in four hundred.
_CHECKPOINT: Final = "wal_autocheckpoint=4000"


class SqliteDatabase:
    """One open SQLite file."""

    def __init__(self, path: Path, connection: sqlite3.Connection, lock: FileLock | None = None) -> None:
        self._path, self._connection, self._lock = path, connection, lock
        self._has_traces = False

    @property
    def name(self) -> str:
        """How messages call it."""
        return str(self._path)

    def rows(self, sql: str, values: Sequence[Value] = ()) -> list[Row]:
        """Return all rows of a query."""
        with _sentences(self._path):
            cursor = self._connection.execute(sql, values)
            return self._whole(cursor, cursor.fetchall())

    def stream(self, sql: str) -> Iterator[Row]:
        """Yield the rows of a query; only within :meth:`reading`."""
        with _sentences(self._path):
            cursor = self._connection.execute(sql)
            while batch := cursor.fetchmany(_BATCH):
                yield from self._whole(cursor, batch)

    def _whole(self, cursor: sqlite3.Cursor, rows: list[Row]) -> list[Row]:
        """Return the rows, if each value has the type of its column; in a torn page of a strict table it may not.

        ``wrapped`` may be missing: a body whose key was destroyed has none.
        """
        for (name, *_), values in zip(cursor.description or (), zip(*rows, strict=True), strict=False):
            wanted = _TYPES.get(name)
            if wanted is not None and not set(map(type, values)) <= wanted:
                raise DamagedRecordError(
                    f"{self._path} is damaged: a value of {name!r} is missing or of another type; restore a backup"
                )
        return rows

    def change(self, sql: str, rows: Sequence[Sequence[Value]]) -> None:
        """Run one statement for each of ``rows``; only within :meth:`writing`."""
        with _sentences(self._path):
            self._connection.executemany(sql, rows)

    @contextlib.contextmanager
    def writing(self) -> Iterator[None]:
        """Begin a transaction that no other writer's overlaps; commit with fsync at its end."""
        with self._transaction("BEGIN IMMEDIATE"):
            yield
        if self._has_traces:
            self.forget(wait=False)

    @contextlib.contextmanager
    def reading(self) -> Iterator[None]:
        """Begin a transaction that sees one moment of the record."""
        with self._transaction("BEGIN"):
            yield

    @contextlib.contextmanager
    def _transaction(self, begin: str) -> Iterator[None]:
        with _sentences(self._path):
            self._connection.execute(begin)
        try:
            yield
            with _sentences(self._path):
                self._connection.execute("COMMIT")
        finally:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")

    def prepare_to_forget(self) -> None:
        """Refuse if another process reads the record: it would keep the log, in which the old rows are."""
        # Something is written first. A reader of a record with an empty log is seen only by who has more to fold in.
        with self.writing():
            self._connection.execute("UPDATE record SET anchors = anchors")
        if not self._empty_log(_MOMENT_MS):
            raise StorageError(
                f"{self._path} is being read by another process, so nothing was destroyed: that process would keep the "
                "key in the log. Wait until it has ended, then try again"
            )

    def forget(self, *, wait: bool = True) -> None:
        """Copy the log into the file and cut it to nothing; if a reader holds it, say so or try again later."""
        self._has_traces = True
        try:
            self._has_traces = not self._empty_log(_MOMENT_MS if wait else 0)
        except StorageError:
            if wait:
                raise
        if wait and self._has_traces:
            raise StorageError(
                f"the text is destroyed, but {self._path} is being read by another process, and until that ends the "
                "log still has the key. End it, then try again"
            )

    def _empty_log(self, wait_ms: int) -> bool:
        """Copy the log into the file and cut it to nothing; say whether that was done, or a reader was in the way."""
        try:
            self._connection.execute(f"PRAGMA busy_timeout={wait_ms}")
            [(busy, _, _)] = self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        except sqlite3.OperationalError as error:
            busy = 1
            if error.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                raise _translated(self._path, error) from error
        finally:
            self._connection.execute(f"PRAGMA busy_timeout={_WAIT_S * 1000:.0f}")
        return not busy

    @property
    def has_traces(self) -> bool:
        """Whether the log still has rows that were deleted."""
        return self._has_traces

    def is_writable(self) -> bool:
        """Tell whether the file may be written and its disk has room; another writer just now does not hinder."""
        try:
            disk = os.statvfs(self._path.parent)
            self._connection.execute("BEGIN IMMEDIATE")
            self._connection.execute("ROLLBACK")
        except sqlite3.OperationalError as error:
            return error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY
        except (OSError, sqlite3.Error):
            return False
        has_room = disk.f_bavail * disk.f_frsize >= _LEAST_ROOM
        return has_room and os.access(self._path, os.W_OK) and os.access(self._path.parent, os.W_OK)

    def strange_parts(self) -> list[str]:
        """Return what the layout has that was not made with the record, or lacks of it, such as a trigger."""
        with _sentences(self._path):
            found = set(self._connection.execute(_LAYOUT))
        expected = _expected_layout()
        return [
            f"there is a {kind} {name!r} that is not part of a record" for kind, name, *_ in sorted(found - expected)
        ] + [f"the {kind} {name!r} is missing, or was changed" for kind, name, *_ in sorted(expected - found)]

    def close(self) -> None:
        """Let go of the record."""
        if self._has_traces:
            self.forget(wait=False)
        self._connection.close()
        if self._lock is not None:
            self._lock.release()


@cache
def _expected_layout() -> frozenset[tuple[str, str, str, str]]:
    """Return the tables, indexes and triggers of a record, as SQLite lists them."""
    with contextlib.closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.executescript(_LAID_OUT)
        return frozenset(connection.execute(_LAYOUT))


def create_file(
    path: Path, kind: Kind, purpose: Purpose = Purpose.RECORD, *, alone: bool = True, version: int = FORMAT
) -> SqliteDatabase:
    """Make an empty file (mode 0600) with the tables and triggers of a record.

    Raises
    ------
    StorageError
        If there is a file already, or the folder is missing, full or read-only. Nothing is left behind.
    """
    lock = FileLock.take(path) if alone else None
    made = False
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        made = True
        with _sentences(path):
            connection = _connect(path, "rw")
            _lay_out(connection, APPLICATION_IDS[kind, purpose], version)
        sync_folder(path.parent)
        return SqliteDatabase(path, connection, lock)
    except BaseException as error:
        if made:
            remove_file(path)
        if lock is not None:
            lock.discard()
        if isinstance(error, FileExistsError):
            raise StorageError(f"there is a file {path} already; choose another name or move it away") from error
        if isinstance(error, OSError) and not isinstance(error, StorageError):
            raise StorageError(f"the record {path} cannot be made: {error.strerror}") from error
        raise


def remove_file(path: Path) -> None:
    """Remove a record that was being made, with its log."""
    for end in ("", "-wal", "-shm", "-journal"):
        Path(f"{path}{end}").unlink(missing_ok=True)


def _lay_out(connection: sqlite3.Connection, application_id: int, version: int) -> None:
    connection.execute("PRAGMA journal_mode=WAL")
    connection.executescript("BEGIN;" + _LAID_OUT)
    connection.execute(f"PRAGMA application_id={application_id}")
    connection.execute(f"PRAGMA user_version={version}")
    connection.execute("COMMIT")


def sync_folder(folder: Path) -> None:
    """Put the folder on the disk too: only then does a new file survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def open_file(
    path: Path, *, purpose: Purpose = Purpose.RECORD, kind: Kind | None = None, write: bool = True, alone: bool = True
) -> SqliteDatabase:
    """Open an existing file.

    Raises
    ------
    StorageError
        If it is missing, not a record, locked, or may not be written.
    WrongKindError
        If it is of the other kind.
    NewerFormatError
        If a newer Good Offices wrote it.
    """
    if not path.is_file():
        raise StorageError(
            f"{path}: there is no such record. Check the name (`goodoffices serve` keeps its records in "
            "goodoffices-data/<talks>/record.db), or make one with `goodoffices record new`"
        )
    with _sentences(path):
        connection = _connect(path, "rw" if write else "ro")
    lock = None
    try:
        with _sentences(path):
            _check_identity(connection, path, purpose, kind)
        if write and not os.access(path, os.W_OK):
            raise StorageError(f"{path} may not be written; change its permissions or copy it elsewhere")
        # Only now, so that no lock file appears beside something that is not ours.
        lock = FileLock.take(path) if write and alone else None
        if write:
            with _sentences(path):
                connection.execute("PRAGMA journal_mode=WAL")
    except BaseException:
        connection.close()
        if lock is not None:
            lock.release()
        raise
    database = SqliteDatabase(path, connection, lock)
    if write:
        # A process that was stopped between destroying a key and emptying the log left the key there.
        database.forget(wait=False)
    return database


def _connect(path: Path, mode: str) -> sqlite3.Connection:
    # A record on a read-only medium has no log beside it and cannot get one: SQLite reads it as it lies.
    if mode == "ro" and not os.access(path.parent, os.W_OK) and not Path(f"{path}-wal").exists():
        mode = "ro&immutable=1"
    connection = sqlite3.connect(
        f"file:{quote(str(path))}?mode={mode}", uri=True, timeout=_WAIT_S, isolation_level=None, check_same_thread=False
    )
    for pragma in ("synchronous=FULL", "fullfsync=ON", "secure_delete=ON", "trusted_schema=OFF", _CHECKPOINT):
        connection.execute(f"PRAGMA {pragma}")
    return connection


def _check_identity(connection: sqlite3.Connection, path: Path, purpose: Purpose, kind: Kind | None) -> None:
    [application_id] = connection.execute("PRAGMA application_id").fetchone()
    [version] = connection.execute("PRAGMA user_version").fetchone()
    found = {number: key for key, number in APPLICATION_IDS.items()}.get(application_id)
    if found is None:
        raise StorageError(f"{path} is not a record of Good Offices; nothing was changed in it")
    if found[1] is not purpose:
        raise StorageError(f"{path} is a {found[1]}, not a {purpose}; restore it with `goodoffices record restore`")
    if version > FORMAT:
        raise NewerFormatError(
            f"{path} has format {version} and was written by a newer Good Offices; this one reads format {FORMAT}"
        )
    if kind is not None and found[0] is not kind:
        raise WrongKindError(
            f"{path} is a record of kind {found[0]}, but kind {kind} was asked for; open it as {found[0]}"
        )


@contextlib.contextmanager
def _sentences(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise _translated(path, error) from error
    except UnicodeDecodeError as error:
        # SQLite quotes the file in its message, and the file's text is not UTF-8.
        raise DamagedRecordError(f"{path} is damaged: its text is not UTF-8; restore a backup") from error


def _translated(path: Path, error: sqlite3.Error) -> StorageError:
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_FORMAT):
        return DamagedRecordError(f"{path} is damaged: {error}; restore a backup. Nothing was changed in it")
    if code == sqlite3.SQLITE_CONSTRAINT and "append-only" not in str(error):
        return ConcurrentUpdateError(f"{path} was changed by another process meanwhile ({error}); read it again")
    return StorageError(_SENTENCES.get(code, "{path} could not be used: {error}").format(path=path, error=error))


_SENTENCES: Final[dict[int, str]] = {
    sqlite3.SQLITE_NOTADB: "{path} is not a record of Good Offices; nothing was changed in it",
    sqlite3.SQLITE_FULL: "the disk of {path} is full; nothing was stored. Free some space and try again",
    sqlite3.SQLITE_READONLY: "{path} may not be written; change its permissions or copy it elsewhere",
    sqlite3.SQLITE_CANTOPEN: "{path} cannot be opened; its folder may be missing, or may not be read or written",
    sqlite3.SQLITE_PERM: "{path} may not be opened; change its permissions",
    sqlite3.SQLITE_BUSY: "{path} is being written by another process; wait for it and try again",
    sqlite3.SQLITE_LOCKED: "{path} is being written by another process; wait for it and try again",
    sqlite3.SQLITE_IOERR: "{path} could not be read or written ({error}); check the disk",
}
