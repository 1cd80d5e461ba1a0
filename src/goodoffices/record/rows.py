"""The record's rows, as the rest of the room reads and writes them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field

from goodoffices.data_class import dataclass
from goodoffices.errors import DamagedRecordError, NewerFormatError
from goodoffices.record.backends.database import COLUMNS, FORMAT, Database, Row, insert, select
from goodoffices.record.chain import chain_hash, read_envelope
from goodoffices.record.encryption import SealedBody
from goodoffices.record.keys import format_of_row
from goodoffices.talks.base.enums import Kind

_BATCH = 2000
_MOST_VALUES = 500  # in one query; older SQLite takes 999


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordRow:
    """The record's own row. ``unlock``, ``anchors`` and ``signature`` change; the rest is what ``genesis`` hashes."""

    id: bytes
    kind: Kind
    format: int
    public_key: bytes
    box_key: bytes
    genesis: bytes
    unlock: bytes
    anchors: bytes
    signature: bytes

    @property
    def written(self) -> int:
        """The format in which acts are added: the one it was made in, or the one it was upgraded to."""
        return max(self.format, format_of_row(self.unlock))


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The end of the chain: the last act's number (0 before the first) and the hash after it."""

    seq: int
    hash: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRows:
    """What one group adds."""

    acts: list[Row] = field(default_factory=list)
    bodies: list[SealedBody] = field(default_factory=list)
    requests: list[Row] = field(default_factory=list)


def record_row(database: Database) -> RecordRow:
    """Return the record's own row.

    Raises
    ------
    DamagedRecordError
        If there is not exactly one, or it has no kind.
    NewerFormatError
        If a newer Good Offices wrote it.
    """
    found = database.rows(select("record"))
    if len(found) != 1 or found[0][1] not in set(Kind):
        raise DamagedRecordError(f"{database.name} is damaged: its first row is missing; restore a backup")
    row = RecordRow(**dict(zip(COLUMNS["record"], found[0], strict=True)) | {"kind": Kind(found[0][1])})
    if row.written > FORMAT:
        raise NewerFormatError(
            f"{database.name} has format {row.written} and was written by a newer Good Offices; this one reads {FORMAT}"
        )
    return row


def record_values(row: RecordRow) -> Row:
    """Return the record's own row as its columns."""
    fixed = (row.id, row.kind.value, row.format, row.public_key, row.box_key, row.genesis)
    return (*fixed, row.unlock, row.anchors, row.signature)


def set_changeable(database: Database, *, unlock: bytes, anchors: bytes, signature: bytes) -> None:
    """Replace what may change in the record's own row."""
    database.change("UPDATE record SET unlock = ?, anchors = ?, signature = ?", [(unlock, anchors, signature)])


def last_head(database: Database, row: RecordRow) -> Head:
    """Return the end of the chain as stored, reading one act."""
    found = database.rows("SELECT seq, envelope FROM act ORDER BY seq DESC LIMIT 1")
    if not found:
        return Head(seq=0, hash=row.genesis)
    [(seq, envelope)] = found
    last = read_envelope(envelope, seq)
    if last.first + last.n - 1 != seq:
        raise DamagedRecordError(f"act {seq} is damaged: it ends in the middle of a group; restore a backup", seq=seq)
    return Head(seq=seq, hash=chain_hash(row.kind, envelope))


def acts_from(database: Database, seq: int) -> Iterator[list[Row]]:
    """Yield (seq, envelope, sealed head) from act ``seq`` on, in batches: appends may go on in between."""
    while batch := database.rows(select("act", f"WHERE seq >= ? ORDER BY seq LIMIT {_BATCH}"), (seq,)):
        yield batch
        seq = batch[-1][0] + 1


def act_row(database: Database, seq: int) -> Row | None:
    """Return (seq, envelope, sealed head) of one act, or ``None``."""
    found = database.rows(select("act", "WHERE seq = ?"), (seq,))
    return found[0] if found else None


def body_rows(database: Database, digests: Sequence[bytes]) -> dict[bytes, SealedBody]:
    """Return those of these bodies that are there, by digest; a shredded one has an empty ``wrapped``."""
    found = {}
    for start in range(0, len(digests), _MOST_VALUES):
        some = digests[start : start + _MOST_VALUES]
        marks = ", ".join("?" * len(some))
        for digest, key_id, sealed, wrapped in database.rows(
            "SELECT digest, body.key_id, sealed, wrapped FROM body LEFT JOIN key ON key.key_id = body.key_id"  # noqa: S608 - marks only
            f" WHERE digest IN ({marks})",
            some,
        ):
            found[digest] = SealedBody(digest=digest, key_id=key_id, sealed=sealed, wrapped=wrapped or b"")
    return found


def add(database: Database, new: NewRows, shredded: Iterable[bytes]) -> None:
    """Insert a group's rows and delete the keys it destroys; within a writing transaction."""
    changes: tuple[tuple[str, Sequence[Row]], ...] = (
        (insert("act"), new.acts),
        (insert("body"), [(body.digest, body.key_id, body.sealed) for body in new.bodies]),
        (insert("key"), [(body.key_id, body.wrapped) for body in new.bodies]),
        (insert("request"), new.requests),
        ("DELETE FROM key WHERE key_id = ?", [(key_id,) for key_id in shredded]),
    )
    for sql, rows in changes:
        if rows:
            database.change(sql, rows)
