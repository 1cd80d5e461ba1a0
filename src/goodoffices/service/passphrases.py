"""The passphrases of people, with which they come back to their seats or confirm what a colleague asks.

They lie in a file of the desk that has no word of any talks, and only as what argon2id makes of them. Every check costs
one run of argon2id, also for a name that nobody has: so the time of an answer does not tell which names are known.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import re
import unicodedata
from collections.abc import Callable
from pathlib import Path

from nacl.pwhash import argon2id

from goodoffices.data_class import dataclass
from goodoffices.errors import ScenarioError
from goodoffices.record.open_store import is_postgresql
from goodoffices.service.desk_file import DeskFile

SHORTEST = 12
"""Characters of a new passphrase at least."""
LONGEST = 1_000
_FEWEST_DIFFERENT = 5
_HASH_BYTES = 32
_TABLES = """
CREATE TABLE IF NOT EXISTS salt_key (one INTEGER PRIMARY KEY CHECK (one = 1), key BLOB NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS passphrase (
    record TEXT NOT NULL, seat TEXT NOT NULL, person TEXT NOT NULL, name TEXT NOT NULL, hash BLOB NOT NULL,
    PRIMARY KEY (record, seat, person)) STRICT;
"""
_COMMON = (
    "password", "passwort", "passphrase", "secret", "letmein", "welcome", "iloveyou", "monkey", "dragon", "sunshine",
    "princess", "football", "baseball", "superman", "trustno", "admin", "administrator", "changeme", "default", "guest",
    "qwerty", "qwertyuiop", "asdfghjkl", "zxcvbnm", "azerty", "qazwsx", "goodoffices", "good offices", "peace talks",
    "mediation", "secretariat", "correct horse battery staple", "motdepasse", "contrasena", "parola", "пароль",
    "йцукен", "كلمة السر", "كلمة المرور", "گذرواژه", "sifre", "şifre", "құпиясөз",
)  # fmt: skip
"""Words that are tried first by who guesses, in the languages of the desk; also twice over, or with digits around."""
_RUNS = (
    "01234567890123456789",
    "98765432109876543210",
    "abcdefghijklmnopqrstuvwxyz",
    "qwertyuiopasdfghjklzxcvbnm",
    "азбвгдежзийклмнопрстуфхцчшщ",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What one check costs: passes over so many bytes of memory."""

    passes: int = 3
    memory_bytes: int = 64 * 2**20


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """Whose passphrase it is: a person in a seat of a record."""

    record: str
    seat: str
    person: str


class EasyPassphraseError(ScenarioError):
    """A new passphrase is easy to guess; ``why`` is *short*, *long* or *common*."""

    def __init__(self, why: str) -> None:
        self.why = why
        sentences = {
            "short": f"the passphrase is shorter than {SHORTEST} characters; use several words",
            "long": f"the passphrase is longer than {LONGEST} characters; use fewer words",
            "common": "many people use this passphrase, so it is tried first; use several words of your own",
        }
        super().__init__(sentences[why])


def check_new(words: str, *, person: str = "") -> None:
    """Refuse a new passphrase that is easy to guess: short, common, a name, or a row of keys. No other rule.

    Raises
    ------
    EasyPassphraseError
        If it is easy to guess.

    Examples
    --------
    >>> check_new("three green kettles")
    >>> check_new("Password2024!!")
    Traceback (most recent call last):
    goodoffices.service.passphrases.EasyPassphraseError: many people use this passphrase, so it is tried first; use \
several words of your own
    """
    text = _folded(words)
    if len(text) < SHORTEST:
        raise EasyPassphraseError("short")
    if len(text) > LONGEST:
        raise EasyPassphraseError("long")
    letters = re.sub(r"[\W_]+", "", text)
    bare = re.sub(r"^\d+|\d+$", "", letters)
    common = {re.sub(r"[\W_]+", "", word) for word in (*_COMMON, *(([_folded(person)]) if person.strip() else ()))}
    is_row = any(letters in row or letters[::-1] in row for row in _RUNS)
    if is_row or len(set(letters)) < _FEWEST_DIFFERENT or any(_is_made_of(bare, word) for word in common if word):
        raise EasyPassphraseError("common")


def _is_made_of(text: str, word: str) -> bool:
    return bool(text) and text.replace(word, "") == ""


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).split()).casefold()


def folded_name(person: str) -> str:
    """Return a name as it is compared: without case, and however its spaces and accents were typed."""
    return _folded(person)


def passphrases_file(record: str) -> Path:
    """Return the file with the passphrases of the people of a record.

    A record of the desk's data folder has that folder's; one on PostgreSQL that of ./goodoffices-data; every other
    record has a file of its own beside it.

    Examples
    --------
    >>> passphrases_file("goodoffices-data/astana-2017/record.db").as_posix()
    'goodoffices-data/access.db'
    >>> passphrases_file("drill.record").as_posix()
    'drill.record.access'
    """
    if is_postgresql(record):
        return Path("goodoffices-data") / "access.db"
    path = Path(record)
    return path.parent.parent / "access.db" if path.name == "record.db" else Path(f"{path}.access")


class Passphrases:
    """The passphrases of all people of one desk, in the desk's own file (``None``: in memory).

    Only :meth:`stretch` takes long. It touches nothing but its arguments, so it may run in another thread.

    Raises
    ------
    StorageError
        If the file cannot be opened or written.
    """

    def __init__(self, where: Path | None, entropy: Callable[[int], bytes] = os.urandom, cost: Cost | None = None):
        self._cost = cost or Cost()
        self._db = DeskFile(where, _TABLES, "You may delete it; then everybody is invited again")
        if not self._db.execute("SELECT 1 FROM salt_key").fetchall():
            self._db.execute("INSERT OR IGNORE INTO salt_key VALUES (1, ?)", (entropy(32),))
        [(self._key,)] = self._db.execute("SELECT key FROM salt_key")

    def stretch(self, person: str, words: str) -> bytes:
        """Return what is kept of a passphrase of somebody of this name. Takes long on purpose."""
        # The salt follows from the name, so that one run serves every seat of a person, and a name that nobody has.
        salt = hmac.new(self._key, _folded(person).encode(), hashlib.sha256).digest()[: argon2id.SALTBYTES]
        text = unicodedata.normalize("NFKC", words)[:LONGEST].encode()
        return argon2id.kdf(_HASH_BYTES, text, salt, opslimit=self._cost.passes, memlimit=self._cost.memory_bytes)

    def keep(self, holder: Holder, stretched: bytes) -> None:
        """Keep a passphrase, in the place of an earlier one."""
        self._db.execute(
            "INSERT OR REPLACE INTO passphrase VALUES (?, ?, ?, ?, ?)",
            (holder.record, holder.seat, holder.person, _folded(holder.person), stretched),
        )

    def has(self, holder: Holder) -> bool:
        """Say whether somebody has a passphrase."""
        return self._kept(holder) is not None

    def is_right(self, holder: Holder, stretched: bytes) -> bool:
        """Say whether this is the passphrase of somebody; ``False`` also if they have none."""
        kept = self._kept(holder)
        return hmac.compare_digest(stretched, kept or bytes(_HASH_BYTES)) and kept is not None

    def holders(self, person: str, stretched: bytes) -> tuple[Holder, ...]:
        """Return every seat whose person has this name and this passphrase."""
        rows = self._db.execute(
            "SELECT record, seat, person, hash FROM passphrase WHERE name = ? ORDER BY record, seat, person",
            (_folded(person),),
        ).fetchall()
        return tuple(
            Holder(record=row[0], seat=row[1], person=row[2]) for row in rows if hmac.compare_digest(row[3], stretched)
        )

    def people(self, record: str) -> tuple[tuple[str, str], ...]:
        """Return seat and name of everybody who has a passphrase in a record."""
        return tuple(self._db.execute("SELECT seat, person FROM passphrase WHERE record = ?", (record,)))

    def forget(self, record: str, seat: str, person: str | None = None) -> None:
        """Forget the passphrase of a person who was removed, or of everybody in a seat that was closed."""
        self._db.erase(
            "DELETE FROM passphrase WHERE record = ? AND seat = ? AND (? IS NULL OR person = ?)",
            (record, seat, person, person),
        )

    def _kept(self, holder: Holder) -> bytes | None:
        row = self._db.execute(
            "SELECT hash FROM passphrase WHERE record = ? AND seat = ? AND person = ?",
            (holder.record, holder.seat, holder.person),
        ).fetchone()
        return None if row is None else bytes(row[0])

    def close(self) -> None:
        """Close the file."""
        self._db.close()
