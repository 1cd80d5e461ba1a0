"""Backup, restore and migration: rows are copied as they are, in one read transaction and without any key.

Table by table, and never by SQLite's page-wise backup from a second connection, which each commit would begin anew.
Wrapped body keys go to a file of their own, and only if asked, so that shredded words do not live on in old backups.
"""

from __future__ import annotations

import os
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path

from goodoffices.data_class import dataclass
from goodoffices.errors import DamagedRecordError, GoodOfficesError, StorageError
from goodoffices.record.backends.database import Database, Row, insert, select
from goodoffices.record.backends.sqlite import Purpose, create_file, open_file, remove_file, sync_folder
from goodoffices.record.chain import read_envelope
from goodoffices.record.encryption import key_name
from goodoffices.record.open_store import create_tables, is_postgresql, open_tables, remove_tables, stem_of
from goodoffices.record.rows import Head, RecordRow, last_head, record_row, record_values
from goodoffices.record.values import Stats
from goodoffices.record.verification import verify_database

# What a backup holds.
BACKED_UP = ("act", "body", "request", "anchor")
_BATCH = 1000
_SEALING_OVERHEAD = 24 + 16  # nonce and authentication tag of XChaCha20-Poly1305, bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupMade:
    """A backup: its file, that of the keys if asked for, and the head to print and keep with it.

    ``n_keys_left_out`` counts the texts that nobody can read after a restore from this backup alone.
    """

    path: Path
    keys_path: Path | None
    head: Head
    n_keys_left_out: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class RestoreMade:
    """A restored record.

    Parameters
    ----------
    refused_keys
        Keys in the backup of keys whose bodies have been destroyed since; they were left out.
    missing_keys
        Bodies that nobody can read now, because no backup of keys had theirs.
    """

    head: Head
    refused_keys: int
    missing_keys: int


def backup(where: str | Path, folder: Path, *, keys: bool = False) -> BackupMade:
    """Copy a record, also one in use, into ``folder``; with ``keys``, the wrapped body keys into a second file.

    The names carry the number of acts and the beginning of the head: an equal record gives an equal name.

    Raises
    ------
    StorageError
        If the folder is missing, full or read-only, or has this backup already. Nothing half-made is left.
    """
    with closing(open_tables(where, write=False)) as source, source.reading():
        row = record_row(source)
        head = last_head(source, row)
        stem = f"{stem_of(where)}-{head.seq:09d}-{head.hash.hex()[:12]}"
        path, keys_path = folder / f"{stem}.backup", folder / f"{stem}.keys"
        if keys and path.exists() and not keys_path.exists():
            raise StorageError(
                f"there is a backup {path} already, of the same record at the same act, but without the keys of its "
                "texts; name another folder for one with them"
            )
        _write_copy(source, row, path, Purpose.BACKUP, BACKED_UP)
        if keys:
            _write_copy(source, row, keys_path, Purpose.KEYS, ("key",))
        left_out = 0 if keys else sum(1 for _ in source.stream(select("key")))
    return BackupMade(path=path, keys_path=keys_path if keys else None, head=head, n_keys_left_out=left_out)


def _write_copy(source: Database, row: RecordRow, path: Path, purpose: Purpose, tables: tuple[str, ...]) -> None:
    """Write under another name first: a backup that has its own name is whole."""
    if path.exists():
        raise StorageError(f"there is a backup {path} already, of the same record at the same act; use that one")
    unfinished = path.with_name(path.name + ".unfinished")
    remove_file(unfinished)
    try:
        with closing(create_file(unfinished, row.kind, purpose, alone=False, version=row.written)) as target:
            # No log: nobody reads a file with this name, and each commit goes to the disk at once, in small pieces, so
            # that appends to the record never wait for one great flush.
            target.rows("PRAGMA journal_mode=MEMORY")
            for statement, rows in _contents(source, row, tables):
                with target.writing():
                    target.change(statement, rows)
        os.replace(unfinished, path)
        sync_folder(path.parent)
    except OSError as error:
        remove_file(unfinished)
        if isinstance(error, StorageError):
            raise
        raise StorageError(f"the backup {path} cannot be written: {error.strerror}") from error


def _contents(source: Database, row: RecordRow, tables: tuple[str, ...]) -> Iterator[tuple[str, list[Row]]]:
    """Yield the statements that copy the record's own row and ``tables``, in batches."""
    yield insert("record"), [record_values(row)]
    for table in tables:
        rows = source.stream(select(table))
        while batch := list(islice(rows, _BATCH)):
            yield insert(table), batch


def migrate(source: str | Path, target: str | Path) -> Head:
    """Copy a record to the other database, or to another place, keys of bodies included; the rows are the same bytes.

    Raises
    ------
    DamagedRecordError
        If the source does not verify; nothing is made then.
    StorageError
        If there is something at the target already, it is the source itself, or another process has the source.
    """
    if _is_same(source, target):
        raise StorageError("the record is already at that place, so nothing was changed; name another place")
    # Alone: what another process appended during the copy would be lost with the old record.
    with closing(open_tables(source, alone=True)) as old:
        _refuse_unsound(old, expect_keys=True)
        with old.reading():
            row = record_row(old)
            head = last_head(old, row)
            new = create_tables(target, row.kind, version=row.written)
            try:
                with closing(new), new.writing():
                    for statement, rows in _contents(old, row, (*BACKED_UP, "key")):
                        new.change(statement, rows)
            except BaseException:
                remove_tables(target)
                raise
    return head


def _is_same(source: str | Path, target: str | Path) -> bool:
    if is_postgresql(source) or is_postgresql(target):
        return str(source) == str(target)
    # ``Path.resolve`` fails on a link that leads to itself.
    return os.path.realpath(source) == os.path.realpath(target)


def restore(path: Path, target: str | Path, *, keys: Path | None = None, head: bytes | None = None) -> RestoreMade:
    """Make a record from a backup, at a place where there is none.

    Parameters
    ----------
    keys
        The backup of keys. Keys of bodies that some act of the backup destroyed are refused.
    head
        The hash that was printed when the backup was made.

    Raises
    ------
    DamagedRecordError
        If the backup does not verify, or its head is not the printed one; nothing is made then.
    StorageError
        If a file is missing, or there is something at the target already.
    """
    with closing(open_file(path, purpose=Purpose.BACKUP, write=False)) as source:
        found = _refuse_unsound(source, expect_keys=False)
        if head is not None and found.hash != head:
            raise DamagedRecordError(
                f"the head of {path} is {found.hash.hex()}, not {head.hex()} as printed; this is another backup, or an "
                "older one"
            )
        with source.reading():
            row = record_row(source)
            shredded, named = _keys_named(source)
            kept = [] if keys is None else _read_keys(keys, row)
            wanted = [pair for pair in kept if pair[0] not in shredded]
            new = create_tables(target, row.kind, version=row.written)
            try:
                with closing(new), new.writing():
                    for statement, rows in _contents(source, row, BACKED_UP):
                        new.change(statement, rows)
                    new.change(insert("key"), [pair for pair in wanted if pair[0] in named])
            except BaseException:
                remove_tables(target)
                raise
    have = {key_id for key_id, _ in wanted}
    return RestoreMade(head=found, refused_keys=len(kept) - len(wanted), missing_keys=len(named - shredded - have))


def _refuse_unsound(database: Database, *, expect_keys: bool) -> Head:
    found = verify_database(database, expect_keys=expect_keys)
    if not found.is_sound:
        raise DamagedRecordError(
            f"{database.name} is damaged ({found.problems[0]}); nothing was copied. Take another backup",
            seq=found.problems[0].seq,
        )
    return Head(seq=found.length, hash=found.head)


def _keys_named(source: Database) -> tuple[set[bytes], set[bytes]]:
    """Return the names of the keys that acts have destroyed, and of the keys of all bodies."""
    shredded: set[bytes] = set()
    for seq, envelope, _ in source.stream(select("act", "ORDER BY seq")):
        shredded.update(bytes.fromhex(key_id) for key_id in read_envelope(envelope, seq).shredded)
    return shredded, {key_id for (key_id,) in source.stream("SELECT key_id FROM body")}


def _read_keys(path: Path, row: RecordRow) -> list[tuple[bytes, bytes]]:
    with closing(open_file(path, purpose=Purpose.KEYS, kind=row.kind, write=False)) as file:
        if record_row(file).id != row.id:
            raise StorageError(f"the keys in {path} are another record's; give those made with this backup")
        pairs = [(key_id, wrapped) for key_id, wrapped in file.rows(select("key"))]
    if any(key_name(wrapped) != key_id for key_id, wrapped in pairs):
        raise DamagedRecordError(f"{path} is damaged: a key was changed; take another backup of the keys")
    return pairs


def keys_files_holding_destroyed(where: str | Path, folders: Iterable[Path]) -> tuple[Path, ...]:
    """Return the backups of keys in ``folders`` that hold the key of a text which the record has destroyed since.

    Anybody who has such a file, the backup beside it and the passphrase can still read that text. Needs no key. A file
    that cannot be read is passed over.
    """
    with closing(open_tables(where, write=False)) as database, database.reading():
        row = record_row(database)
        shredded, _ = _keys_named(database)
    return tuple(path for folder in folders for path in sorted(folder.glob("*.keys")) if _holds(path, row, shredded))


def copies_holding_destroyed(where: str | Path, folders: Iterable[Path]) -> tuple[Path, ...]:
    """Return the files in ``folders`` that are copies of the record itself and hold the key of a destroyed text.

    Anybody who can open the record can read the text in such a copy. Needs no key. Only the beginning of a file
    is read, if it is not one of SQLite.
    """
    with closing(open_tables(where, write=False)) as database, database.reading():
        row = record_row(database)
        shredded, _ = _keys_named(database)
    files = (path for folder in folders for path in sorted(folder.iterdir()) if path.is_file())
    others = (path for path in files if path.suffix != ".keys" and not _is_same(path, where))
    return tuple(path for path in others if _is_copy(path, row, shredded))


def _is_copy(path: Path, row: RecordRow, keys: set[bytes]) -> bool:
    try:
        with path.open("rb") as file:
            if file.read(len(_SQLITE)) != _SQLITE:
                return False
        address = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
        with closing(sqlite3.connect(address, uri=True)) as copy:
            if copy.execute("SELECT id FROM record").fetchall() != [(row.id,)]:
                return False
            return any(key_id in keys for (key_id,) in copy.execute("SELECT key_id FROM key"))
    except (OSError, sqlite3.Error):
        return False


_SQLITE = b"SQLite format 3\x00"


def _holds(path: Path, row: RecordRow, keys: set[bytes]) -> bool:
    try:
        return any(key_id in keys for key_id, _ in _read_keys(path, row))
    except GoodOfficesError:
        return False


def stats(where: str | Path) -> Stats:
    """Return what the operator may know of a record, without any key: counts and padded sizes, nothing else."""
    with closing(open_tables(where, write=False)) as database, database.reading():
        groups: Counter[int] = Counter()
        for seq, envelope, _ in database.stream(select("act", "ORDER BY seq")):
            act = read_envelope(envelope, seq)
            groups[act.n] += act.first == seq
        sizes = Counter(
            size - _SEALING_OVERHEAD for (size,) in database.stream("SELECT length(sealed) AS size FROM body")
        )
        [(acts,)] = database.rows("SELECT count(*) FROM act")
    return Stats(
        acts=acts,
        groups_by_size=dict(sorted(groups.items())),
        bodies_by_padded_size=dict(sorted(sizes.items())),
    )
