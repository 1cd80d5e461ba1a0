"""A sealed, disposable cache of a folded state. It is never copied, and shredding throws it away."""

from __future__ import annotations

from dataclasses import dataclass

from goodoffices.errors import BadSealError, ScenarioError
from goodoffices.record.chain import chain_hash
from goodoffices.record.database import Database, insert, select
from goodoffices.record.padding import pad_body, unpad
from goodoffices.record.rows import RecordRow, act_row
from goodoffices.record.sealing import Keys, seal_with, unseal_with
from goodoffices.record.values import Entropy

__all__ = ["Snapshot", "drop", "load", "save"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """A state folded from the acts up to ``seq`` by the code whose digest is ``code``."""

    code: bytes
    seq: int
    state: bytes


def save(database: Database, row: RecordRow, keys: Keys, snapshot: Snapshot, entropy: Entropy) -> None:
    """Keep ``snapshot`` in place of any earlier one.

    Raises
    ------
    ScenarioError
        If the record has no act ``seq``.
    """
    chain = _chain_at(database, row, snapshot.seq)
    if chain is None:
        raise ScenarioError(f"there is no act {snapshot.seq} to take a snapshot at")
    bound = _bound(row, snapshot.code, snapshot.seq, chain)
    sealed = seal_with(keys.snapshot_key, pad_body(snapshot.state), bound, entropy)
    with database.writing():
        database.change("DELETE FROM snapshot WHERE seq >= ?", [(0,)])
        database.change(insert("snapshot"), [(snapshot.code, snapshot.seq, chain, sealed)])


def load(database: Database, row: RecordRow, keys: Keys, code: bytes) -> Snapshot | None:
    """Return the snapshot of ``code`` if it fits the chain as it stands; a cache that does not fit is no error."""
    for _, seq, chain, sealed in database.rows(select("snapshot", "WHERE code = ?"), (code,)):
        if chain == _chain_at(database, row, seq):
            try:
                state = unpad(unseal_with(keys.snapshot_key, sealed, _bound(row, code, seq, chain)))
            except BadSealError:
                return None
            return Snapshot(code=code, seq=seq, state=state)
    return None


def drop(database: Database) -> None:
    """Throw the cache away; within a writing transaction."""
    database.change("DELETE FROM snapshot WHERE seq >= ?", [(0,)])


def _chain_at(database: Database, row: RecordRow, seq: int) -> bytes | None:
    if seq == 0:
        return row.genesis
    act = act_row(database, seq)
    return None if act is None else chain_hash(row.kind, act[1])


def _bound(row: RecordRow, code: bytes, seq: int, chain: bytes) -> bytes:
    return row.id + b"snapshot" + seq.to_bytes(8) + chain + code
