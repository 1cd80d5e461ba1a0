"""One process for each record on PostgreSQL: an advisory lock that ends with the connection."""

from __future__ import annotations

import time
from hashlib import sha256
from typing import Any, Final

import psycopg

from goodoffices.errors import RecordTakenError, StorageError

_OWNER: Final = """
SELECT a.application_name, a.pid FROM pg_locks l JOIN pg_stat_activity a USING (pid)
  WHERE l.locktype = 'advisory' AND l.granted AND l.classid::bigint << 32 | l.objid::bigint = %s
"""
_NOTICE_S: Final = 3.0
_LOOK_AGAIN_S: Final = 0.05


def take_alone(connection: psycopg.Connection[Any], name: str, schema: str, own: str) -> None:
    """Hold the record for this process; say who has it otherwise.

    A process that was killed holds it until PostgreSQL has noticed, so this waits a moment before it refuses:
    a desk that fell over must come back at the first try. A connection of this process's ``own``, that was lost on the
    way and that PostgreSQL still waits for, is ended.
    """
    number = lock_number(schema, "alone")
    until = time.monotonic() + _NOTICE_S
    try:
        while connection.execute("SELECT pg_try_advisory_lock(%s)", (number,)).fetchone() != (True,):
            owner = connection.execute(_OWNER, (number,)).fetchone()
            if owner is not None and owner[0] == own:
                connection.execute("SELECT pg_terminate_backend(%s)", (owner[1],))
            if time.monotonic() > until:
                break
            time.sleep(_LOOK_AGAIN_S)
        else:
            return
    except psycopg.Error as error:
        raise StorageError(f"{name} could not be used: {error}") from error
    who = "another process" if owner is None else str(owner[0]).removeprefix("goodoffices ").rpartition(" ")[0]
    raise RecordTakenError(f"{name} is in use by {who}; end that one first, or ask it instead")


def lock_number(schema: str, use: str) -> int:
    """Return a positive 63-bit number: advisory locks are numbers shared by everybody in the database."""
    return int.from_bytes(sha256(f"goodoffices/{use}/{schema}".encode()).digest()[:8]) >> 1
