"""The tables and triggers of a record on PostgreSQL, and how a server lists them: what else is there is strange."""

from __future__ import annotations

from hashlib import md5
from typing import Final

from goodoffices.record.backends.database import COLUMNS

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
TRIGGERS: Final = [
    f"CREATE TRIGGER {table}_{name} BEFORE {events} ON {table} EXECUTE FUNCTION refuse()"
    for name, events, tables in _TRIGGER_EVENTS
    for table in tables
]
PARTS: Final = """
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
EXPECTED_PARTS: Final = frozenset(
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
"""The parts of a record's schema, as :data:`PARTS` lists them."""


def tables_of(schema: str) -> str:
    """Return the statements that lay out a record in an empty schema, which the search path names."""
    return _TABLES.format(schema=f'"{schema}"', refuse=_REFUSE)
