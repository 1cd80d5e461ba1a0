"""How a record is opened: a passphrase, a key file, or shares of several officers.

Each gives a secret that unwraps the record key, which is kept wrapped in the record's own row. So the passphrase can
change (`rekey`) without a single act being sealed anew.
"""

from __future__ import annotations

import json
import os
import unicodedata
from dataclasses import field
from pathlib import Path
from typing import Any

from nacl.bindings import crypto_pwhash_alg, crypto_pwhash_ALG_ARGON2ID13
from nacl.exceptions import CryptoError
from nacl.pwhash.argon2id import MEMLIMIT_MODERATE, OPSLIMIT_MODERATE, SALTBYTES

from goodoffices.canonical_json import canonical
from goodoffices.data_class import dataclass
from goodoffices.errors import BadSealError, DamagedRecordError, ScenarioError, StorageError, WrongKeyError
from goodoffices.record.backends.database import FIRST_FORMAT
from goodoffices.record.encryption import KEY_BYTES, keyed_hash, seal_with, unseal_with
from goodoffices.record.secret_sharing import combine, read_share, split, write_share
from goodoffices.record.values import Entropy
from goodoffices.talks.base.enums import Kind

_KEY_FILE_MAGIC = "goodoffices key 1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Passphrase:
    """Words that open the record.

    Parameters
    ----------
    words
        As typed; the same letters typed on another keyboard or system open the record too (NFKC).
    passes, memory_bytes
        The cost of one guess (argon2id), used when the record is made or rekeyed; then the record's row says it.
    """

    words: str = field(repr=False)
    passes: int = OPSLIMIT_MODERATE
    memory_bytes: int = MEMLIMIT_MODERATE

    def __post_init__(self) -> None:
        if not self.words.strip():
            raise ScenarioError("the passphrase is empty; use several words")


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyFile:
    """A file that opens an exercise without a question. It is made with the record (mode 0600)."""

    path: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyShares:
    """Lines for different officers, any ``needed`` of which open the record; see :func:`deal_shares`."""

    lines: tuple[str, ...] = field(repr=False)


Unlock = Passphrase | KeyFile | KeyShares
_NAMES: dict[type[Unlock], str] = {Passphrase: "passphrase", KeyFile: "key file", KeyShares: "shares"}


def deal_shares(*, needed: int, among: int, entropy: Entropy) -> KeyShares:
    """Make shares of a new secret. Create or rekey a record with all lines, give each officer one, and keep none."""
    shares = split(entropy(KEY_BYTES), needed=needed, among=among, entropy=entropy)
    return KeyShares(lines=tuple(write_share(share) for share in shares))


def lock_key(record_key: bytes, record_id: bytes, unlock: Unlock, entropy: Entropy) -> bytes:
    """Return what the record's row keeps so that ``unlock`` opens it, as canonical JSON. Makes a key file if need be.

    Raises
    ------
    StorageError
        If the key file exists already or cannot be written.
    """
    row: dict[str, Any] = {"how": _NAMES[type(unlock)]}
    if isinstance(unlock, Passphrase):
        salt = entropy(SALTBYTES)
        row |= {"salt": salt.hex(), "passes": unlock.passes, "memory": unlock.memory_bytes}
        secret = _stretch(unlock.words, salt, unlock.passes, unlock.memory_bytes)
    elif isinstance(unlock, KeyFile):
        secret = entropy(KEY_BYTES)
        _write_key_file(unlock.path, record_id, secret)
    else:
        secret = _from_shares(unlock)
    row["sealed"] = seal_with(_wrapping(secret), record_key, _bound(record_id), entropy).hex()
    return canonical(row)


def unlock_key(row: bytes, record_id: bytes, unlock: Unlock) -> bytes:
    """Return the record key that the record's row keeps wrapped.

    Raises
    ------
    WrongKeyError
        If ``unlock`` is not what opens this record.
    StorageError
        If the key file is missing.
    """
    kept = _kept(row)
    how = _NAMES[type(unlock)]
    if kept["how"] != how:
        raise WrongKeyError(f"this record is opened with its {kept['how']}, not with a {how}; nothing was opened")
    if isinstance(unlock, Passphrase):
        secret = _stretch(unlock.words, bytes.fromhex(kept["salt"]), kept["passes"], kept["memory"])
    elif isinstance(unlock, KeyFile):
        secret = _read_key_file(unlock.path, record_id)
    else:
        secret = _from_shares(unlock)
    try:
        return unseal_with(_wrapping(secret), bytes.fromhex(kept["sealed"]), _bound(record_id))
    except BadSealError as error:
        raise WrongKeyError(
            f"this {how} does not open the record; check it and try again. Nothing was opened"
        ) from error


def format_of_row(unlock: bytes) -> int:
    """Return the format to which a record was upgraded, as the signed part of its own row says; 1 if it was not."""
    try:
        kept = json.loads(unlock)
    except ValueError:
        return FIRST_FORMAT
    version = kept.get("format") if isinstance(kept, dict) else None
    return version if isinstance(version, int) and version > FIRST_FORMAT else FIRST_FORMAT


def with_format(unlock: bytes, version: int) -> bytes:
    """Return the part of a record's row that says how it is opened, saying also that it was upgraded to ``version``."""
    if version == FIRST_FORMAT:
        return unlock
    return canonical({**_kept(unlock), "format": version})


def may_open_unasked(kind: Kind, unlock: Unlock) -> bool:
    """Tell whether a record of this kind may be opened so: a key file on the disk is for exercises only."""
    return kind is Kind.EXERCISE or not isinstance(unlock, KeyFile)


def _kept(row: bytes) -> dict[str, Any]:
    try:
        kept = json.loads(row)
    except ValueError as error:
        raise DamagedRecordError(
            "the record's row is damaged: its encrypted key cannot be read; restore a backup"
        ) from error
    if not isinstance(kept, dict) or kept.get("how") not in _NAMES.values():
        raise DamagedRecordError("the record's row is damaged: it does not say how the record is opened")
    stretched = kept["how"] == _NAMES[Passphrase]
    numbers = [kept.get(name) for name in ("passes", "memory")] if stretched else []
    if not (
        _is_hex(kept.get("sealed"))
        and (not stretched or (_is_hex(kept.get("salt")) and len(kept["salt"]) == 2 * SALTBYTES))
        and all(isinstance(number, int) and number > 0 for number in numbers)
    ):
        raise DamagedRecordError("the record's row is damaged: its encrypted key cannot be read; restore a backup")
    return kept


def _is_hex(text: object) -> bool:
    try:
        return isinstance(text, str) and bool(bytes.fromhex(text))
    except ValueError:
        return False


def _stretch(words: str, salt: bytes, passes: int, memory_bytes: int) -> bytes:
    typed = unicodedata.normalize("NFKC", words).encode()
    try:
        return crypto_pwhash_alg(KEY_BYTES, typed, salt, passes, memory_bytes, crypto_pwhash_ALG_ARGON2ID13)
    except (CryptoError, MemoryError) as error:
        raise StorageError(
            f"{memory_bytes // 2**20} MiB of free memory are needed to check a passphrase; end other programs"
        ) from error


def _from_shares(unlock: KeyShares) -> bytes:
    return combine(tuple(read_share(line) for line in unlock.lines))


def _wrapping(secret: bytes) -> bytes:
    return keyed_hash(secret, b"goodoffices/unlock/1")


def _bound(record_id: bytes) -> bytes:
    return record_id + b"unlock"


def _write_key_file(path: Path, record_id: bytes, secret: bytes) -> None:
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise StorageError(f"there is a key file {path} already; move it away if its record is gone") from error
    except OSError as error:
        raise StorageError(f"the key file {path} cannot be written: {error.strerror}") from error
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(f"{_KEY_FILE_MAGIC}\n{record_id.hex()}\n{secret.hex()}\n")
            file.flush()
            os.fsync(file.fileno())
    except BaseException as error:
        path.unlink(missing_ok=True)
        if not isinstance(error, OSError):
            raise
        raise StorageError(f"the key file {path} cannot be written: {error.strerror}") from error


def is_key_file_of(path: Path, record_id: bytes) -> bool:
    """Whether the key of this record is at ``path``."""
    try:
        _read_key_file(path, record_id)
    except (StorageError, WrongKeyError):
        return False
    return True


def _read_key_file(path: Path, record_id: bytes) -> bytes:
    try:
        lines = path.read_text(encoding="ascii").split("\n")
    except FileNotFoundError as error:
        raise StorageError(
            f"the key file {path} is missing; put it back, or restore the record with its key"
        ) from error
    except OSError as error:
        raise StorageError(f"the key file {path} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise WrongKeyError(f"{path} is not a key file of Good Offices") from error
    if len(lines) < 3 or lines[0] != _KEY_FILE_MAGIC:
        raise WrongKeyError(f"{path} is not a key file of Good Offices")
    if lines[1] != record_id.hex():
        raise WrongKeyError(f"the key file {path} belongs to another record")
    try:
        return bytes.fromhex(lines[2])
    except ValueError as error:
        raise WrongKeyError(f"the key file {path} is damaged; restore it from where you keep a copy") from error
