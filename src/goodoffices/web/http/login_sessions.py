"""Who is signed in where: sessions of this browser or that, each for one seat. Never any content of talks.

The file may be deleted: then everybody opens a seat anew. Only a hash of a session's id is kept.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from goodoffices.data_class import dataclass
from goodoffices.service.desk_file import DeskFile
from goodoffices.talks.base.enums import Kind

Entropy = Callable[[str, int], bytes]
"""Gives random bytes: for whom, and how many. Whom matters in tests only, where every seat has its own generator."""

START = ""
"""The seat of a session that may open any seat of an exercise."""
IDLE = {Kind.LIVE: timedelta(hours=2), Kind.EXERCISE: timedelta(hours=12)}
"""How long nobody may have used a session before it ends."""
LONGEST = {Kind.LIVE: timedelta(hours=18), Kind.EXERCISE: timedelta(days=7)}
"""How long a session lasts at most."""
_TOUCHED_EVERY = timedelta(minutes=5)
_TABLES = """
CREATE TABLE IF NOT EXISTS session (
    hash BLOB PRIMARY KEY, seat TEXT NOT NULL, keeper TEXT, language TEXT NOT NULL, theme TEXT NOT NULL,
    since INTEGER NOT NULL, made TEXT NOT NULL, used TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS seen (seat TEXT PRIMARY KEY, n INTEGER NOT NULL) STRICT;
"""


_ADDED = {"person": "TEXT", "calendar": "TEXT NOT NULL DEFAULT ''"}
"""Columns that files of earlier versions lack, in the order in which they came."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LoginSession:
    """One signed-in browser in one seat.

    ``keeper`` is the seat whose clerk writes here for a seat kept on paper; ``since`` the last notice that had been
    looked at before this session began; ``person`` who came in with a seat card (``None``: not said); ``secret`` is
    known to the browser only, its hash is what is kept. ``calendar`` stands beside the Gregorian
    one, if any. It ends after ``left`` even if it is used.
    """

    secret: str
    seat: str
    language: str
    keeper: str | None = None
    theme: str = "system"
    calendar: str = ""
    since: int = 0
    person: str | None = None
    left: timedelta = timedelta()


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnSession:
    """One of the sessions of a person, as this person may see and end it: since when, and when it was last used."""

    handle: str
    made_at: datetime
    used_at: datetime
    is_here: bool


class Access:
    """The sessions of one record, in a file of their own. They end earlier in live talks than in an exercise.

    Raises
    ------
    StorageError
        If the file cannot be opened or written.
    """

    def __init__(self, where: Path | None, entropy: Entropy, kind: Kind = Kind.EXERCISE) -> None:
        self._entropy, self._idle, self._longest = entropy, IDLE[kind], LONGEST[kind]
        self._db = DeskFile(where, _TABLES, "You may delete it and start again; then everybody signs in anew")
        there = {row[1] for row in self._db.execute("PRAGMA table_info(session)")}
        for column, sort in _ADDED.items():
            if column not in there:
                self._db.execute(f"ALTER TABLE session ADD COLUMN {column} {sort}")
        self._used: dict[bytes, datetime] = {}

    def open(
        self, seat: str, *, language: str, at: datetime, keeper: str | None = None, person: str | None = None
    ) -> LoginSession:
        """Begin a session for ``seat`` and return it with its secret."""
        secret = self._entropy(seat, 32).hex()
        idle, longest = (at - self._idle).isoformat(), (at - self._longest).isoformat()
        self._db.erase("DELETE FROM session WHERE used < ? OR made < ?", (idle, longest))
        row = self._db.execute("SELECT n FROM seen WHERE seat = ?", (seat,)).fetchone()
        since = 0 if row is None else row[0]
        self._db.execute(
            "INSERT INTO session VALUES (?, ?, ?, ?, 'system', ?, ?, ?, ?, '')",
            (_hash(secret), seat, keeper, language, since, at.isoformat(), at.isoformat(), person),
        )
        return LoginSession(
            secret=secret, seat=seat, language=language, keeper=keeper, since=since, person=person,
            left=self._longest,
        )  # fmt: skip

    def find(self, secret: str, seat: str, *, at: datetime) -> LoginSession | None:
        """Return the session with this secret, if it is for ``seat`` and has not ended."""
        row = self._db.execute(
            "SELECT seat, keeper, language, theme, since, made, used, person, calendar FROM session WHERE hash = ?",
            (_hash(secret),),
        ).fetchone()
        if row is None or row[0] != seat:
            return None
        made, used = (datetime.fromisoformat(text) for text in row[5:7])
        # What could not be written, on a full disk for example, is known here all the same.
        used = max(used, self._used.get(_hash(secret), used))
        if self._has_ended(at, made, used):
            return None
        if at - used > _TOUCHED_EVERY:
            self._used[_hash(secret)] = at
            self._db.note("UPDATE session SET used = ? WHERE hash = ?", (at.isoformat(), _hash(secret)))
        return LoginSession(
            secret=secret, seat=seat, keeper=row[1], language=row[2], theme=row[3], since=row[4], person=row[7],
            calendar=row[8], left=made + self._longest - at,
        )  # fmt: skip

    def choose(
        self,
        session: LoginSession,
        *,
        language: str = "",
        theme: str = "",
        calendar: str | None = None,
        may_fail: bool = False,
    ) -> None:
        """Set what a session chose of language, theme and calendar; with ``may_fail``, if it can be written now."""
        write = self._db.note if may_fail else self._db.execute
        write(
            "UPDATE session SET language = ?, theme = ?, calendar = ? WHERE hash = ?",
            (
                language or session.language,
                theme or session.theme,
                session.calendar if calendar is None else calendar,
                _hash(session.secret),
            ),
        )

    def end(self, session: LoginSession) -> None:
        """End a session."""
        self._db.erase("DELETE FROM session WHERE hash = ?", (_hash(session.secret),))

    def own(self, session: LoginSession, *, at: datetime) -> tuple[OwnSession, ...]:
        """Return the sessions of the person of ``session`` in its seat, the newest first.

        Of somebody without a name only this one: nobody can say whose the others are.
        """
        rows = self._db.execute(
            "SELECT hash, made, used FROM session WHERE seat = ? AND person = ? ORDER BY made DESC, hash",
            (session.seat, session.person),
        )
        here = _hash(session.secret)
        if session.person is None:
            rows = self._db.execute("SELECT hash, made, used FROM session WHERE hash = ?", (here,))
        found = [(row[0], datetime.fromisoformat(row[1]), datetime.fromisoformat(row[2])) for row in rows]
        return tuple(
            OwnSession(handle=hash_.hex()[:16], made_at=made, used_at=used, is_here=hash_ == here)
            for hash_, made, used in found
            if not self._has_ended(at, made, used)
        )

    def end_own(self, session: LoginSession, handle: str, *, at: datetime) -> bool:
        """End a session of the person of ``session`` by its handle; say whether there was such a session."""
        found = any(one.handle == handle for one in self.own(session, at=at))
        if found:
            self._db.erase("DELETE FROM session WHERE seat = ? AND hex(hash) LIKE ?", (session.seat, f"{handle}%"))
        return found

    def seated(self) -> tuple[tuple[str, str | None, str | None], ...]:
        """Return seat, person and keeper of every session, each once; a person is ``None`` if nobody was named."""
        return tuple(self._db.execute("SELECT DISTINCT seat, person, keeper FROM session WHERE seat <> ''"))

    def end_all(self, seat: str, person: str | None = None) -> None:
        """End every session in a seat, or those of one person there."""
        self._db.erase("DELETE FROM session WHERE seat = ? AND (? IS NULL OR person = ?)", (seat, person, person))

    def _has_ended(self, at: datetime, made: datetime, used: datetime) -> bool:
        return at - used > self._idle or at - made > self._longest

    def look(self, seat: str, n: int) -> None:
        """Note that ``seat`` has looked at its notices up to ``n``, if that can be written just now."""
        self._db.note(
            "INSERT INTO seen VALUES (?, ?) ON CONFLICT (seat) DO UPDATE SET n = max(n, excluded.n)", (seat, n)
        )

    def lookers(self) -> frozenset[str]:
        """Return every seat for which something is noted as looked at."""
        return frozenset(seat for (seat,) in self._db.execute("SELECT seat FROM seen"))

    def close(self) -> None:
        """Close the file."""
        self._db.close()


def _hash(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()
