"""The record in one schema of a PostgreSQL database, for desks with several web processes.

The address is libpq's with the schema's name after ``#``: ``postgresql://desk@localhost/talks#astana``. This module
needs psycopg and is imported only when such an address is given.
"""

from __future__ import annotations

import contextlib
import os
import re
import secrets
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final
from urllib.parse import urlsplit

import psycopg
from psycopg.conninfo import conninfo_to_dict

from goodoffices.errors import (
    ConcurrentUpdateError,
    DamagedRecordError,
    SilentRecordError,
    StorageError,
    quoted,
)
from goodoffices.record.backends.database import Row, Value
from goodoffices.record.backends.postgresql_layout import EXPECTED_PARTS, PARTS, TRIGGERS, tables_of
from goodoffices.record.backends.postgresql_locks import lock_number, take_alone

_SCHEMA_NAME: Final = re.compile(r"[a-z_][a-z0-9_]{0,47}")
_DEFAULT_SCHEMA: Final = "goodoffices"
_READERS: Final = """
SELECT count(*)::int FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
  AND backend_type = 'client backend' AND backend_xmin IS NOT NULL
"""
_MOMENT_S: Final = 2.0
_WAIT_MS: Final = 10_000
_CONNECT_WAIT_S: Final = 10
_LOOK_AGAIN_S: Final = 0.05
_ASK_AGAIN_S: Final = 1.0


class PostgresqlDatabase:
    """One connection to one record's schema; a new one in its place if it was lost.

    Parameters
    ----------
    connect
        Makes a connection, set up as a record's.
    own
        What PostgreSQL calls the connections of this process.
    """

    def __init__(self, connect: Callable[[], psycopg.Connection[Any]], name: str, schema: str, own: str) -> None:
        self._connect, self._name, self._schema, self._own = connect, name, schema, own
        self._connection = connect()
        self._is_alone, self._has_traces, self._is_closed = False, False, False
        self._lost_at: float | None = None

    def take_alone(self) -> None:
        """Hold the record for this process, also after the connection was lost and made again.

        Raises
        ------
        StorageError
            If another process has it.
        """
        take_alone(self._connection, self._name, self._schema, self._own)
        self._is_alone = True

    def _ready(self) -> psycopg.Connection[Any]:
        """Return the connection; if it was lost, a new one, with this process's lock on the record taken again.

        What stood in the record when it was lost may have grown meanwhile: who writes reads on first.

        Raises
        ------
        RecordTakenError
            If another process took the record meanwhile. This one may not write any more.
        StorageError
            If PostgreSQL does not answer yet. It is not asked more than once a second.
        """
        if not self._connection.closed or self._is_closed:
            return self._connection
        now = time.monotonic()
        if self._lost_at is not None and now - self._lost_at < _ASK_AGAIN_S:
            raise StorageError(f"{self._name} does not answer; it is tried again every second. Nothing was changed")
        self._lost_at = now
        connection = self._connect()
        try:
            if self._is_alone:
                take_alone(connection, self._name, self._schema, self._own)
        except BaseException:
            connection.close()
            raise
        self._connection, self._lost_at = connection, None
        return connection

    @property
    def name(self) -> str:
        """How messages call it."""
        return self._name

    def rows(self, sql: str, values: Sequence[Value] = ()) -> list[Row]:
        """Return all rows of a query."""
        with _sentences(self._name):
            return self._ready().execute(_query(sql), values, binary=True).fetchall()

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
        connection = self._ready()
        try:
            with _sentences(self._name), connection.transaction():
                # One writer at a time per record, whichever process it is in; released with the transaction.
                connection.execute("SELECT pg_advisory_xact_lock(%s)", (lock_number(self._schema, "append"),))
                yield
        except StorageError as error:
            if not connection.closed:
                raise
            raise SilentRecordError(
                f"the connection to {self._name} was lost; whether this was kept is known when it answers again"
            ) from error
        if self._has_traces:
            self.forget(wait=False)

    @contextlib.contextmanager
    def reading(self) -> Iterator[None]:
        """Begin a transaction that sees one moment of the record."""
        with _sentences(self._name), self._ready().transaction():
            self._connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield

    def prepare_to_forget(self) -> None:
        """Refuse if another transaction of this database may still need old rows: they could not be got rid of."""
        until = time.monotonic() + _MOMENT_S
        with _sentences(self._name):
            while self._ready().execute(_READERS).fetchone() != (0,):
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
            self._ready()
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

    def is_writable(self) -> bool:
        """Tell whether the server answers and takes writes."""
        try:
            found = self.rows("SELECT NOT pg_is_in_recovery() AND current_setting('transaction_read_only') = 'off'")
        except StorageError:
            return False
        return found == [(True,)]

    def strange_parts(self) -> list[str]:
        """Return what the schema has that was not made with the record, or lacks of it: a trigger, a table, a rule."""
        with _sentences(self._name):
            found = {tuple(map(str, row)) for row in self._ready().execute(PARTS, {"schema": self._schema})}
        return [
            f"there is a {kind} {name!r} that is not part of a record"
            for kind, name, _ in sorted(found - EXPECTED_PARTS)
        ] + [f"the {kind} {name!r} is missing, or was changed" for kind, name, _ in sorted(EXPECTED_PARTS - found)]

    def close(self) -> None:
        """Let go of the record."""
        self._is_closed = True
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
            connection.execute(tables_of(schema).encode())
            for trigger in TRIGGERS:
                connection.execute(trigger.encode())
        if alone:
            database.take_alone()
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
            raise StorageError(f"{database.name}: there is no such record. Check the address, also the name after #")
        if alone:
            database.take_alone()
            # A process that was stopped between destroying a key and rewriting the table left the key there.
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

    own = f"goodoffices process {os.getpid()} {secrets.token_hex(4)}"

    def connect() -> psycopg.Connection[Any]:
        try:
            connection = psycopg.connect(
                address,
                autocommit=True,
                connect_timeout=_CONNECT_WAIT_S,
                application_name=own,
            )
            for setting in (f'search_path TO "{schema}"', "synchronous_commit TO on", f"lock_timeout TO {_WAIT_MS}"):
                connection.execute(f"SET {setting}".encode())
        except psycopg.Error as error:
            reason = " ".join(str(error).split()).rstrip(".?")
            raise StorageError(
                f"PostgreSQL does not answer at {name}. Start it, or check the address ({reason})"
            ) from error
        return connection

    database = PostgresqlDatabase(connect, name, schema, own)
    return database, database._connection, schema


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
