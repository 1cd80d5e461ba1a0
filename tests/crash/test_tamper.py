"""R41: verify without keys finds every edit, deletion, insertion, swap and truncation of stored rows."""

from __future__ import annotations

import os
import random
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from crash.edits import TABLES, Edit, Rows, draw_edit
from goodoffices.errors import DamagedRecordError, NewerFormatError
from goodoffices.record import ThingPlace as BodyPlace, migrate, verify
from goodoffices.record.backends.database import insert
from goodoffices.record.backends.sqlite import SqliteDatabase
from goodoffices.record.open_store import open_tables
from goodoffices.record.verification import verify_database
from record_world import Place, ask, entry, signed_head

pytest_plugins = ("record_fixtures",)

EDITS = 1500
NIGHTLY_EDITS = int(os.environ.get("GOODOFFICES_EDITS", "10000"))
POSTGRESQL_EDITS = 60


def write_base(place: Place) -> None:
    """Fourteen acts with all that a record can hold, and an anchor at the last."""
    with place.create() as store:
        store.append([entry(1, "one", "two", "three")], after=0, request=ask("a", "1"))
        store.append([entry(2), entry(3, "four"), entry(4)], after=1, request=ask("b", "1"))
        store.anchor(signed_head(store))
        store.append([entry(5)], after=4, shred=[BodyPlace(seq=1, index=1)])
        for number in range(6, 13):
            store.append([entry(number, "x" * number)], after=number - 1, request=ask("a", str(number)))
        store.append([entry(13), entry(14)], after=12, request=ask("b", "2"), shred=[BodyPlace(seq=3, index=0)])
        store.anchor(signed_head(store))


def read_rows(connection: sqlite3.Connection) -> Rows:
    return {table: connection.execute(f"SELECT * FROM {table} ORDER BY 1").fetchall() for table in TABLES}


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    """The base record in memory."""
    folder = tmp_path_factory.mktemp("base")
    place = Place(folder / "a.record", folder / "a.key")
    write_base(place)
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as memory:
        with closing(sqlite3.connect(folder / "a.record")) as file:
            file.backup(memory)
        yield memory


def put(connection: sqlite3.Connection, before: Rows, after: Rows) -> None:
    """Make the tables those of ``after``."""
    connection.execute("BEGIN")
    guards = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for name, _ in guards:
        connection.execute(f"DROP TRIGGER {name}")
    for table in TABLES:
        if before[table] != after[table]:
            connection.execute(f"DELETE FROM {table}")
            connection.executemany(insert(table), after[table])
    for _, guard in guards:
        connection.execute(guard)
    connection.execute("COMMIT")


def is_found(check: Callable[[], bool]) -> bool:
    """Whether a check says that the record is not as written, or cannot even be judged."""
    try:
        return not check()
    except (DamagedRecordError, NewerFormatError):
        return True


def missed(base: sqlite3.Connection, n_edits: int, rng: random.Random) -> list[Edit]:
    rows = read_rows(base)
    database = SqliteDatabase(Path("in memory"), base)
    assert verify_database(database).is_sound
    found = []
    for _ in range(n_edits):
        change = draw_edit(rows, rng)
        put(base, rows, change.after)
        if not is_found(lambda: verify_database(database).is_sound):
            found.append(change)
        put(base, change.after, rows)
    assert verify_database(database).is_sound
    return found


def test_r41_every_edit_of_a_stored_row_is_found(base: sqlite3.Connection) -> None:
    assert [change.what for change in missed(base, EDITS, random.Random(41))] == []


@pytest.mark.nightly
def test_r41_every_one_of_ten_thousand_edits_is_found(base: sqlite3.Connection) -> None:
    assert [change.what for change in missed(base, NIGHTLY_EDITS, random.Random("night"))] == []


@pytest.mark.slow
def test_r41_every_edit_of_a_row_stored_in_postgresql_is_found(postgresql_address: str, tmp_path: Path) -> None:
    rng = random.Random(42)
    base = Place(f"{postgresql_address}#tamper", tmp_path / "a.key")
    write_base(base)
    with closing(open_tables(base.where, write=False)) as tables:
        rows: Rows = {table: sorted(tables.rows(f"SELECT * FROM {table}")) for table in TABLES}
    copy = f"{postgresql_address}#tampered"
    migrate(base.where, copy)
    with psycopg.connect(postgresql_address, autocommit=True) as server:
        # Triggers do not fire for a superuser who says that rows come from elsewhere.
        server.execute("SET session_replication_role = replica")
        for _ in range(POSTGRESQL_EDITS):
            change = draw_edit(rows, rng)
            store_rows(server, rows, change.after)
            assert is_found(lambda: verify(copy).is_sound), change.what
            store_rows(server, change.after, rows)
    assert verify(copy).is_sound


def store_rows(server: psycopg.Connection[tuple[object, ...]], before: Rows, after: Rows) -> None:
    with server.transaction():
        for table in TABLES:
            if before[table] != after[table]:
                server.execute(f"DELETE FROM tampered.{table}".encode())
                statement = insert(f"{table}").replace(f"INTO {table}", f"INTO tampered.{table}").replace("?", "%s")
                with server.cursor() as cursor:
                    cursor.executemany(statement.encode(), after[table])


def test_the_edits_of_this_test_are_of_every_kind_and_reach_every_table(base: sqlite3.Connection) -> None:
    rows = read_rows(base)
    rng = random.Random(7)
    drawn = {tuple(draw_edit(rows, rng).what.partition(":")[0].split(" in ")) for _ in range(600)}
    assert {kind for kind, _ in drawn} == {"edit", "delete", "insert", "swap", "truncate"}
    assert {table for _, table in drawn} == set(TABLES)
