"""What the tests of the record share: places on both databases, entropy that repeats, and small acts."""

from __future__ import annotations

import itertools
import sqlite3
from hashlib import sha256
from pathlib import Path

import psycopg

from goodoffices.canonical_json import canonical
from goodoffices.record import Anchor, Entropy, KeyFile, Passphrase, RecordEntry, Request, Store, create, open_
from goodoffices.record.backends.database import FORMAT
from goodoffices.record.encryption import anchor_message
from goodoffices.talks.base.enums import Kind

# The least that argon2id allows: the tests try many passphrases, and none of them protects anything.
CHEAP = {"passes": 1, "memory_bytes": 8192}


class Place:
    """Where one record of a test is: a file or a schema, with its key file in the test's folder."""

    def __init__(self, where: str | Path, key_file: Path) -> None:
        self.where, self.key = where, KeyFile(path=key_file)

    def create(self, *, kind: Kind = Kind.EXERCISE, seed: int = 0, version: int = FORMAT) -> Store:
        return create(self.where, kind=kind, key=self.key, entropy=entropy_of(seed), version=version)

    def open(self, *, kind: Kind = Kind.EXERCISE, seed: int = 1, alone: bool | None = None) -> Store:
        return open_(self.where, kind=kind, key=self.key, entropy=entropy_of(seed), alone=alone)


def entropy_of(seed: int) -> Entropy:
    """Bytes that look random and are the same for the same seed and the same order of calls."""
    calls = itertools.count()

    def draw(n: int) -> bytes:
        call = next(calls)
        blocks = (sha256(b"%d/%d/%d" % (seed, call, block)).digest() for block in range(-(-n // 32)))
        return b"".join(blocks)[:n]

    return draw


def passphrase(words: str) -> Passphrase:
    return Passphrase(words=words, **CHEAP)


def entry(number: int, *bodies: str) -> RecordEntry:
    return RecordEntry(head=canonical({"number": number}), bodies=tuple(body.encode() for body in bodies))


def ask(seat: str, key: str, content: str = "the same") -> Request:
    return Request(seat=seat, key=key, content=content.encode())


def wrapped_keys(store: Store) -> dict[bytes, bytes]:
    """The keys of all texts as the database has them: each encrypted, under its name."""
    return dict(store._database.rows("SELECT key_id, wrapped FROM key"))


def sql(where: str | Path, statement: str) -> None:
    """Do to the stored rows what an intruder would: past the store, through the database's own door."""
    if isinstance(where, Path):
        connection = sqlite3.connect(where, isolation_level=None)
        try:
            connection.execute(statement)
        finally:
            connection.close()
    else:
        address, _, schema = where.partition("#")
        with psycopg.connect(address, autocommit=True) as server:
            server.execute(f'SET search_path TO "{schema}"'.encode())
            server.execute(statement.encode())


def past_guards(where: str | Path, *statements: str) -> None:
    """Change stored rows as an intruder would who leaves no trace: what guards the tables is as it was afterwards."""
    if not isinstance(where, Path):
        sql(where, "; ".join(("SET session_replication_role = replica", *statements)))
        return
    connection = sqlite3.connect(where, isolation_level=None)
    try:
        guards = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in guards:
            connection.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            connection.execute(statement)
        for _, guard in guards:
            connection.execute(guard)
    finally:
        connection.close()


def files_with(needle: bytes, folder: Path) -> list[str]:
    """The files below ``folder`` that hold these bytes."""
    return sorted(str(path) for path in folder.rglob("*") if path.is_file() and needle in path.read_bytes())


def signed_head(store: Store) -> Anchor:
    """Return the head of a record now, signed with the record's key."""
    message = anchor_message(store._row.genesis, store.length, store.head())
    return Anchor(seq=store.length, head=store.head(), signature=store.sign(message))
