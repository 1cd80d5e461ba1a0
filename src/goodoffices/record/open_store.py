"""Making and opening records, by file name or PostgreSQL address."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import nacl.utils

from goodoffices.errors import DamagedRecordError, StorageError, WrongKindError
from goodoffices.record.backends.database import FORMAT, Database, insert
from goodoffices.record.backends.sqlite import create_file, open_file, remove_file
from goodoffices.record.chain import genesis_hash
from goodoffices.record.encryption import KEY_BYTES, derive_keys, row_message
from goodoffices.record.keys import KeyFile, Unlock, is_key_file_of, lock_key, may_open_unasked, unlock_key
from goodoffices.record.rows import Head, RecordRow, last_head, record_row, record_values
from goodoffices.record.store import Store
from goodoffices.record.values import Anchor, Entropy
from goodoffices.record.verification import Verification, verify_database
from goodoffices.talks.base.enums import Kind

if TYPE_CHECKING:
    from types import ModuleType


ID_BYTES = 16


def is_postgresql(where: str | Path) -> bool:
    """Tell whether ``where`` is an address of PostgreSQL; anything else is a file."""
    return str(where).startswith(("postgresql://", "postgres://"))


def stem_of(where: str | Path) -> str:
    """Return a short name of a record, for files that go with it: the file's without its ending, or what follows #."""
    return str(where).partition("#")[2] or "goodoffices" if is_postgresql(where) else Path(where).stem


def desk_key_file(data: Path, address: str) -> Path:
    """Return where the desk keeps the key of an exercise on PostgreSQL: below ``data``, the folder of its records."""
    return data / stem_of(address) / "record.key"


def is_there(where: str | Path) -> bool:
    """Tell whether there is a record, or a file in its place.

    Raises
    ------
    StorageError
        If PostgreSQL does not answer.
    """
    return _postgresql().has_schema(str(where)) if is_postgresql(where) else Path(where).exists()


def create(
    where: str | Path,
    *,
    kind: Kind,
    key: Unlock | None = None,
    entropy: Entropy = nacl.utils.random,
    alone: bool | None = None,
    version: int = FORMAT,
) -> Store:
    """Make a new record and open it.

    Parameters
    ----------
    where
        A file, or ``postgresql://user@host/database#name``.
    key
        What will open it. Default, for exercises in a file only: a key file beside the record.
    alone
        Whether no other process may have the record while this one does. Default: yes for a file, no for PostgreSQL.
    version
        The number of the format.

    Raises
    ------
    WrongKindError
        If a live record is to be opened by a key file.
    StorageError
        If there is something already, or it cannot be written. Nothing is left behind.
    """
    unlock = key if key is not None else KeyFile(path=_default_key_file(where))
    if not may_open_unasked(kind, unlock):
        raise WrongKindError(
            "a live record cannot be opened with a key file alone, or anybody with the disk could read it; use a "
            "passphrase or shares"
        )
    record_id, record_key = entropy(ID_BYTES), entropy(KEY_BYTES)
    database = create_tables(where, kind, alone=alone, version=version)
    try:
        keys = derive_keys(record_key, record_id)
        public_key, box_key = bytes(keys.signing.verify_key), bytes(keys.box.public_key)
        genesis = genesis_hash(kind, record_id=record_id, public_key=public_key, box_key=box_key, version=version)
        wrapped = lock_key(record_key, record_id, unlock, entropy)
        row = RecordRow(
            id=record_id,
            kind=kind,
            format=version,
            public_key=public_key,
            box_key=box_key,
            genesis=genesis,
            unlock=wrapped,
            anchors=b"",
            signature=keys.signing.sign(row_message(genesis, b"", wrapped)).signature,
        )
        with database.writing():
            database.change(insert("record"), [record_values(row)])
    except BaseException:
        database.close()
        _discard(where, unlock, record_id)
        raise
    return Store(database, row, keys, entropy)


@contextmanager
def whole_record(where: str | Path, *, kind: Kind, key: Unlock | None = None) -> Iterator[Store]:
    """Create a record as :func:`create` does. If what is first done with it fails, nothing of it is left behind."""
    unlock = key if key is not None else KeyFile(path=_default_key_file(where))
    store = create(where, kind=kind, key=unlock)
    try:
        yield store
    except BaseException:
        store.close()
        _discard(where, unlock, store.record_id)
        raise


def _discard(where: str | Path, unlock: Unlock, record_id: bytes) -> None:
    """Remove a record that could not be completed, and the key file if one was made for it."""
    remove_tables(where)
    if isinstance(unlock, KeyFile) and is_key_file_of(unlock.path, record_id):
        unlock.path.unlink()


def open_(
    where: str | Path,
    *,
    kind: Kind,
    key: Unlock | None = None,
    entropy: Entropy = nacl.utils.random,
    alone: bool | None = None,
    write: bool = True,
) -> Store:
    """Open a record of this kind; no act is decoded, only the last one looked at.

    Without ``write`` it can be read while another process has it, and from a folder that may not be written.

    Raises
    ------
    WrongKeyError
        If ``key`` does not open it.
    WrongKindError, NewerFormatError, DamagedRecordError, StorageError
        If it is of the other kind, newer, damaged, or missing, locked or not to be written. Nothing is changed.
    """
    database = open_tables(where, kind=kind, write=write, alone=alone)
    try:
        row = record_row(database)
        if row.kind is not kind:
            raise WrongKindError(
                f"{database.name} is a record of kind {row.kind}, but kind {kind} was asked for; open it as {row.kind}"
            )
        unlock = key if key is not None else KeyFile(path=_default_key_file(where))
        record_key = unlock_key(row.unlock, row.id, unlock)
        keys = derive_keys(record_key, row.id)
        if bytes(keys.signing.verify_key) != row.public_key:
            raise DamagedRecordError(f"{database.name} is damaged: its row was changed; restore a backup")
        last_head(database, row)
    except BaseException:
        database.close()
        raise
    return Store(database, row, keys, entropy)


def verify(
    where: str | Path, *, anchors: Sequence[Anchor] = (), heads: Sequence[bytes] = (), expect_keys: bool = True
) -> Verification:
    """Check every stored row without any key, also while the record is in use.

    Parameters
    ----------
    anchors, heads
        Signed heads, and bare hashes, that somebody kept; each must be in the chain.
    expect_keys
        Whether missing keys of bodies are a problem; not so for a record restored without its backup of keys.

    Raises
    ------
    StorageError, NewerFormatError
        If there is nothing here that could be judged.
    """
    database = open_tables(where, write=False)
    try:
        return verify_database(database, anchors=anchors, heads=heads, expect_keys=expect_keys)
    finally:
        database.close()


def head_of(where: str | Path) -> Head:
    """Return the end of the chain without any key: what the operator prints and keeps."""
    database = open_tables(where, write=False)
    try:
        return last_head(database, record_row(database))
    finally:
        database.close()


def kind_of(where: str | Path) -> Kind:
    """Return the kind of a record without any key, so that it can be opened as what it is."""
    database = open_tables(where, write=False)
    try:
        return record_row(database).kind
    finally:
        database.close()


def create_tables(where: str | Path, kind: Kind, *, alone: bool | None = None, version: int = FORMAT) -> Database:
    """Make empty tables; errors as :func:`create`."""
    if is_postgresql(where):
        return _postgresql().create_schema(str(where), alone=bool(alone))  # type: ignore[no-any-return]
    return create_file(Path(where), kind, alone=alone is not False, version=version)


def open_tables(
    where: str | Path, *, kind: Kind | None = None, write: bool = True, alone: bool | None = None
) -> Database:
    """Open tables without any key; errors as :func:`open_`."""
    if is_postgresql(where):
        return _postgresql().open_schema(str(where), alone=bool(alone))  # type: ignore[no-any-return]
    return open_file(Path(where), kind=kind, write=write, alone=alone is not False)


def remove_tables(where: str | Path) -> None:
    """Remove a record that could not be completed."""
    if is_postgresql(where):
        _postgresql().drop_schema(str(where))
    else:
        remove_file(Path(where))
        Path(f"{where}.lock").unlink(missing_ok=True)


def key_file_of(where: str | Path) -> Path | None:
    """Return the place of an exercise's key file; ``None`` for a live record or one on a server."""
    if is_postgresql(where) or kind_of(where) is not Kind.EXERCISE:
        return None
    return _default_key_file(where)


def _default_key_file(where: str | Path) -> Path:
    if is_postgresql(where):
        raise StorageError(
            "a record on PostgreSQL has no file to keep a key file beside; give a passphrase or a key file"
        )
    return Path(f"{where}.key")


def _postgresql() -> ModuleType:
    try:
        from goodoffices.record.backends import postgresql
    except ImportError as error:
        raise StorageError(
            "records on PostgreSQL need psycopg, which is not installed; run `pip install 'goodoffices[postgresql]'`"
        ) from error
    return postgresql
