"""The record in one schema of a PostgreSQL database, for desks with several web processes.

The address is libpq's with the schema's name after ``#``: ``postgresql://desk@localhost/talks#astana``. This module
needs psycopg and is imported only when such an address is given.
"""

from __future__ import annotations

import contextlib
import os
import re
import time
from collections.abc import Iterator, Sequence
from hashlib import md5, sha256
from typing import Any, Final
from urllib.parse import urlsplit

import psycopg
from psycopg.conninfo import conninfo_to_dict

from goodoffices.errors import ConcurrentUpdateError, DamagedRecordError, StorageError, quoted
from goodoffices.record.backends.database import COLUMNS, Row, Value

_REFUSE: Final = " BEGIN RAISE EXCEPTION 'the record is append-only' USING ERRCODE = 'restrict_violation'; END "
_TABLES: Final = """
CREATE TABLE record(id bytea PRIMARY KEY, kind text NOT NULL, format integer NOT NULL, public_key bytea NOT NULL,
  box_key bytea NOT NULL, genesis bytea NOT NULL, unlock bytea NOT NULL, anchors bytea NOT NULL,
  signature bytea NOT NULL);
CREATE TABLE act(seq bigint PRIMARY KEY, envelope bytea NOT NULL, head bytea NOT NULL);
CREATE TABLE body(digest bytea PRIMARY KEY, key_id bytea NOT NULL, sealed bytea NOT NULL);
CREATE TABLE key(key_id bytea PRIMARY KEY, wrapped bytea NOT NULL);
CREATE TABLE request(tag bytea PRIMARY KEY, first_seq bigint NOT NULL, last_seq bigint NOT NULL, digest bytea NOT NULL);
CREATE TABLE anchor(seq bigint PRIMARY KEY, hash bytea NOT NULL, signature bytea NOT NULL);
-- Sealed bytes do not compress: do not let the server try.
ALTER TABLE act ALTER head SET STORAGE EXTERNAL;
ALTER TABLE body ALTER sealed SET STORAGE EXTERNAL;
CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
  $${refuse}$$;
REVOKE ALL ON ALL TABLES IN SCHEMA {schema} FROM PUBLIC;
"""
_TRIGGER_EVENTS: Final = (
    ("rows", "UPDATE OR DELETE", ("act", "body", "request", "anchor")),
    ("update", "UPDATE", ("key",)),
    ("delete", "DELETE", ("record",)),
    ("update", "UPDATE OF id, kind, format, public_key, box_key, genesis", ("record",)),
    ("truncate", "TRUNCATE", ("record", "act", "body", "request", "anchor", "key")),
)
_TRIGGERS: Final = [
    f"CREATE TRIGGER {table}_{name} BEFORE {events} ON {table} EXECUTE FUNCTION refuse()"
    for name, events, tables in _TRIGGER_EVENTS
    for table in tables
]
_SCHEMA_NAME: Final = re.compile(r"[a-z_][a-z0-9_]{0,47}")
_DEFAULT_SCHEMA: Final = "goodoffices"
_READERS: Final = """
SELECT count(*)::int FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
  AND backend_type = 'client backend' AND backend_xmin IS NOT NULL
"""
_PARTS: Final = """
WITH own AS (SELECT oid FROM pg_namespace WHERE nspname = %(schema)s)
SELECT 'table', relname, relkind::text || relrowsecurity::text FROM pg_class
  WHERE relnamespace IN (SELECT oid FROM own) AND relkind NOT IN ('i', 't')
UNION ALL
SELECT 'trigger', tgname, tgenabled::text || ' ' || pg_get_triggerdef(t.oid, true) FROM pg_trigger t
  JOIN pg_class c ON c.oid = tgrelid WHERE relnamespace IN (SELECT oid FROM own) AND NOT tgisinternal
UNION ALL
SELECT 'function', proname, md5(prosrc) FROM pg_proc WHERE pronamespace IN (SELECT oid FROM own)
UNION ALL
SELECT 'rule', rulename, ev_type::text FROM pg_rewrite r
  JOIN pg_class c ON c.oid = ev_class WHERE relnamespace IN (SELECT oid FROM own)
UNION ALL
SELECT 'default', relname, adnum::text FROM pg_attrdef d
  JOIN pg_class c ON c.oid = adrelid WHERE relnamespace IN (SELECT oid FROM own)
UNION ALL
SELECT 'heir', h.relname, c.relname FROM pg_inherits i
  JOIN pg_class c ON c.oid = inhparent JOIN pg_class h ON h.oid = inhrelid WHERE c.relnamespace IN (SELECT oid FROM own)
"""
_REFUSE_DIGEST: Final = md5(_REFUSE.encode(), usedforsecurity=False).hexdigest()
_EXPECTED: Final = frozenset(
    {("table", name, "rfalse") for name in COLUMNS}
    | {("function", "refuse", _REFUSE_DIGEST)}
    | {
        (
            "trigger",
            f"{table}_{name}",
            f"O CREATE TRIGGER {table}_{name} BEFORE {' OR '.join(sorted(events.split(' OR ')))} ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse()",
        )
        for name, events, tables in _TRIGGER_EVENTS
        for table in tables
    }
)
"""The parts of a record's schema, as :data:`_PARTS` lists them."""
_MOMENT_S: Final = 2.0
_WAIT_MS: Final = 10_000
_CONNECT_WAIT_S: Final = 10
_NOTICE_S: Final = 3.0
_LOOK_AGAIN_S: Final = 0.05


class PostgresqlDatabase:
    """One connection to one record's schema."""

    def __init__(self, connection: psycopg.Connection[Any], name: str, schema: str) -> None:
        self._connection, self._name, self._schema = connection, name, schema
        self._has_traces = False

    @property
    def name(self) -> str:
        """How messages call it."""
        return self._name

    def rows(self, sql: str, values: Sequence[Value] = ()) -> list[Row]:
        """Return all rows of a query."""
        with _sentences(self._name):
            return self._connection.execute(_query(sql), values, binary=True).fetchall()

    def stream(self, sql: str) -> Iterator[Row]:
        """Yield the rows of a query; only within :meth:`reading`."""
        with (
            _sentences(self._name),
            self._connection.cursor(name="goodoffices_stream", binary=True) as cursor,
        ):
            cursor.itersize = 2000
            cursor.execute(_query(sql))
            yield from cursor

    def change(self, sql: str, rows: Sequence[Sequence[Value]]) -> None:
        """Run one statement for each of ``rows``; only within :meth:`writing`."""
        with _sentences(self._name), self._connection.cursor() as cursor:
            if len(rows) == 1:
                cursor.execute(_query(sql), rows[0])
            else:
                cursor.executemany(_query(sql), rows)

    @contextlib.contextmanager
    def writing(self) -> Iterator[None]:
        """Begin a transaction that no other writer's overlaps; commit with fsync at its end."""
        with _sentences(self._name), self._connection.transaction():
            # One writer at a time per record, whichever process it is in; released with the transaction.
            self._connection.execute("SELECT pg_advisory_xact_lock(%s)", (_lock_number(self._schema, "append"),))
            yield
        if self._has_traces:
            self.forget(wait=False)

    @contextlib.contextmanager
    def reading(self) -> Iterator[None]:
        """Begin a transaction that sees one moment of the record."""
        with _sentences(self._name), self._connection.transaction():
            self._connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield

    def prepare_to_forget(self) -> None:
        """Refuse if another transaction of this database may still need old rows: they could not be got rid of."""
        until = time.monotonic() + _MOMENT_S
        with _sentences(self._name):
            while self._connection.execute(_READERS).fetchone() != (0,):
                if time.monotonic() > until:
                    raise StorageError(
                        f"{self._name} is being read by another process, so nothing was destroyed: the database would "
                        "keep the key for it. Wait until it has ended, then try again"
                    )
                time.sleep(_LOOK_AGAIN_S)

    def forget(self, *, wait: bool = True) -> None:
        """Write the tables of keys anew, so that their old files go; the server's own log is beyond our reach."""
        self._has_traces = True
        until = time.monotonic() + (_MOMENT_S if wait else 0)
        with _sentences(self._name):
            while not self._rewrite_keys(_MOMENT_S if wait else _LOOK_AGAIN_S):
                if time.monotonic() >= until:
                    break
                time.sleep(_LOOK_AGAIN_S)
            else:
                self._has_traces = False
        if wait and self._has_traces:
            raise StorageError(
                f"the text is destroyed, but {self._name} is being read by another process, and until that ends the "
                "database still has the key. End it, then try again"
            )

    def _rewrite_keys(self, wait_s: float) -> bool:
        """Write the tables of keys anew; say whether no deleted row is left in them."""
        kept: list[int] = []

        def count(notice: psycopg.errors.Diagnostic) -> None:
            # In every language of the server, the detail begins with the number of rows that an old reader still needs.
            number = re.search(r"[0-9]+", notice.message_detail or "")
            kept.append(0 if number is None else int(number[0]))

        self._connection.add_notice_handler(count)
        try:
            self._connection.execute(f"SET lock_timeout TO {wait_s * 1000:.0f}".encode())
            for table in ("key", "record"):
                self._connection.execute(f"VACUUM (FULL, VERBOSE) {table}".encode())
        except psycopg.errors.LockNotAvailable:
            return False
        finally:
            self._connection.remove_notice_handler(count)
            if not self._connection.closed:
                self._connection.execute(f"SET lock_timeout TO {_WAIT_MS}".encode())
        return not any(kept)

    @property
    def has_traces(self) -> bool:
        """Whether the database still has rows that were deleted."""
        return self._has_traces

    def strange_parts(self) -> list[str]:
        """Return what the schema has that was not made with the record, or lacks of it: a trigger, a table, a rule."""
        with _sentences(self._name):
            found = {tuple(map(str, row)) for row in self._connection.execute(_PARTS, {"schema": self._schema})}
        return [
            f"there is a {kind} {name!r} that is not part of a record" for kind, name, _ in sorted(found - _EXPECTED)
        ] + [f"the {kind} {name!r} is missing, or was changed" for kind, name, _ in sorted(_EXPECTED - found)]

    def close(self) -> None:
        """Let go of the record."""
        if self._has_traces and not self._connection.closed:
            self.forget(wait=False)
        self._connection.close()


def create_schema(url: str, *, alone: bool = False) -> PostgresqlDatabase:
    """Make the schema and tables of a new record.

    Raises
    ------
    StorageError
        If PostgreSQL does not answer, the schema exists, or may not be made. Nothing is left behind.
    """
    database, connection, schema = _connect(url)
    try:
        with _sentences(database.name), connection.transaction():
            connection.execute(f'CREATE SCHEMA "{schema}"'.encode())
            connection.execute(_TABLES.format(schema=f'"{schema}"', refuse=_REFUSE).encode())
            for trigger in _TRIGGERS:
                connection.execute(trigger.encode())
        if alone:
            _take_alone(connection, database.name, schema)
    except BaseException:
        connection.close()
        raise
    return database


def open_schema(url: str, *, alone: bool = False) -> PostgresqlDatabase:
    """Open an existing record.

    Raises
    ------
    StorageError
        If PostgreSQL does not answer, there is no record in the schema, or (``alone``) another process has it.
    """
    database, connection, schema = _connect(url)
    try:
        if not _is_laid_out(connection, database.name, schema):
            raise StorageError(f"there is no record {database.name}; check the address, also the name after #")
        if alone:
            _take_alone(connection, database.name, schema)
            # Whoever was stopped between destroying a key and rewriting the table left the key there.
            database.forget(wait=False)
    except BaseException:
        connection.close()
        raise
    return database


def has_schema(url: str) -> bool:
    """Tell whether there is a record in the schema; errors as :func:`open_schema`."""
    database, connection, schema = _connect(url)
    with contextlib.closing(connection):
        return _is_laid_out(connection, database.name, schema)


def _is_laid_out(connection: psycopg.Connection[Any], name: str, schema: str) -> bool:
    with _sentences(name):
        found = connection.execute("SELECT to_regclass(%s)", (f'"{schema}".record',)).fetchone()
    return found is not None and found[0] is not None


def drop_schema(url: str) -> None:
    """Remove a record that was being made."""
    database, connection, schema = _connect(url)
    with contextlib.closing(connection), _sentences(database.name):
        connection.execute(f'DROP SCHEMA IF EXISTS "{schema}" CASCADE'.encode())


def _connect(url: str) -> tuple[PostgresqlDatabase, psycopg.Connection[Any], str]:
    address, _, schema = url.partition("#")
    schema = schema or _DEFAULT_SCHEMA
    if not _SCHEMA_NAME.fullmatch(schema):
        raise StorageError(f"{quoted(schema)} cannot be the name of a record; use up to 48 of a-z, 0-9 and _")
    name = f"{_without_password(address)}#{schema}"
    try:
        connection = psycopg.connect(
            address,
            autocommit=True,
            connect_timeout=_CONNECT_WAIT_S,
            application_name=f"goodoffices process {os.getpid()}",
        )
        for setting in (f'search_path TO "{schema}"', "synchronous_commit TO on", f"lock_timeout TO {_WAIT_MS}"):
            connection.execute(f"SET {setting}".encode())
    except psycopg.Error as error:
        reason = " ".join(str(error).split()).rstrip(".?")
        raise StorageError(
            f"PostgreSQL does not answer at {name}. Start it, or check the address ({reason})"
        ) from error
    return PostgresqlDatabase(connection, name, schema), connection, schema


def _without_password(address: str) -> str:
    """Return the address as messages may show it; a password can stand in several places of it."""
    try:
        settings = conninfo_to_dict(address)
    except psycopg.Error as error:
        raise StorageError(
            "this is not an address of PostgreSQL; write postgresql://user@host/database#name"
        ) from error
    host = settings.get("host") or urlsplit(address).hostname or "localhost"
    user, port = settings.get("user"), settings.get("port")
    return f"postgresql://{f'{user}@' if user else ''}{host}{f':{port}' if port else ''}/{settings.get('dbname', '')}"


def _take_alone(connection: psycopg.Connection[Any], name: str, schema: str) -> None:
    """Hold the record for this process; say who has it otherwise.

    A process that was killed holds it until PostgreSQL has noticed, so this waits a moment before it refuses:
    a desk that fell over must come back at the first try.
    """
    number = _lock_number(schema, "alone")
    until = time.monotonic() + _NOTICE_S
    with _sentences(name):
        while connection.execute("SELECT pg_try_advisory_lock(%s)", (number,)).fetchone() != (True,):
            if time.monotonic() > until:
                break
            time.sleep(_LOOK_AGAIN_S)
        else:
            return
        owner = connection.execute(
            "SELECT a.application_name FROM pg_locks l JOIN pg_stat_activity a USING (pid)"
            " WHERE l.locktype = 'advisory' AND l.granted AND l.classid::bigint << 32 | l.objid::bigint = %s",
            (number,),
        ).fetchone()
    who = str(owner[0]).removeprefix("goodoffices ") if owner is not None else "another process"
    raise StorageError(f"{name} is in use by {who}; end that one first, or ask it instead")


def _lock_number(schema: str, use: str) -> int:
    """Return a positive 63-bit number: advisory locks are numbers shared by everybody in the database."""
    return int.from_bytes(sha256(f"goodoffices/{use}/{schema}".encode()).digest()[:8]) >> 1


def _query(sql: str) -> bytes:
    return sql.replace("?", "%s").encode()


@contextlib.contextmanager
def _sentences(name: str) -> Iterator[None]:
    try:
        yield
    except psycopg.errors.DiskFull as error:
        raise StorageError(f"the disk of {name} is full; nothing was stored. Free some space and try again") from error
    except psycopg.errors.LockNotAvailable as error:
        raise StorageError(f"{name} is being written by another process; wait for it and try again") from error
    except psycopg.errors.UniqueViolation as error:
        raise ConcurrentUpdateError(f"{name} was changed by another process meanwhile; read it again") from error
    except psycopg.errors.DuplicateSchema as error:
        raise StorageError(f"there is a record {name} already; choose another name after #") from error
    except (psycopg.errors.InsufficientPrivilege, psycopg.errors.ReadOnlySqlTransaction) as error:
        raise StorageError(f"{name} may not be written: {_reason(error)}; ask for the right to") from error
    except (psycopg.errors.DataCorrupted, psycopg.errors.IndexCorrupted) as error:
        raise DamagedRecordError(f"{name} is damaged: {_reason(error)}; restore a backup") from error
    except psycopg.Error as error:
        raise StorageError(f"{name} could not be used: {_reason(error)}") from error


def _reason(error: psycopg.Error) -> str:
    return str(error).strip().split("\n")[0]
