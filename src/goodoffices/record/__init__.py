"""The record: an append-only, hash-chained, encrypted store of acts on SQLite and PostgreSQL."""

from goodoffices.record.backups import BackupMade, RestoreMade, backup, migrate, restore, stats
from goodoffices.record.deep_verification import verify_deep
from goodoffices.record.keys import KeyFile, KeyShares, Passphrase, Unlock, deal_shares
from goodoffices.record.open_store import create, head_of, open_, verify
from goodoffices.record.rows import Head
from goodoffices.record.store import Store
from goodoffices.record.values import (
    Anchor,
    AppendedActs,
    Entropy,
    Group,
    RecordEntry,
    Request,
    Stats,
    StoredAct,
    StoredHead,
    ThingPlace,
)
from goodoffices.record.verification import Problem, Verification

__all__ = [
    "Anchor",
    "AppendedActs",
    "BackupMade",
    "Entropy",
    "Group",
    "Head",
    "KeyFile",
    "KeyShares",
    "Passphrase",
    "Problem",
    "RecordEntry",
    "Request",
    "RestoreMade",
    "Stats",
    "Store",
    "StoredAct",
    "StoredHead",
    "ThingPlace",
    "Unlock",
    "Verification",
    "backup",
    "create",
    "deal_shares",
    "head_of",
    "migrate",
    "open_",
    "restore",
    "stats",
    "verify",
    "verify_deep",
]
