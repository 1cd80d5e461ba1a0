"""The desk's own file: who is signed in, seat cards and passphrases of people. Nothing of any talks is in it.

What is deleted there is gone from the file: freed bytes are overwritten, and the log is emptied at once. Looking
something up never waits for a write, and works with a full disk.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from goodoffices.errors import StorageError

_WAIT_MS = 5000


class DeskFile:
    """A connection to the desk's own file (``None``: in memory), with some of its tables.

    Raises
    ------
    StorageError
        If it cannot be opened; ``help_`` says what to do then.
    """

    def __init__(self, where: Path | None, tables: str, help_: str) -> None:
        self._name = str(where or "the desk's own file")
        try:
            if where is not None and not where.exists():
                where.touch(mode=0o600)
            self._db = sqlite3.connect(":memory:" if where is None else where, isolation_level=None)
            self._db.executescript(f"PRAGMA secure_delete=ON; PRAGMA journal_mode=WAL; {tables}")
            self._db.execute(f"PRAGMA busy_timeout={_WAIT_MS}")
        except (sqlite3.Error, OSError) as error:
            raise StorageError(f"{where} cannot be used: {error}. {help_}") from error
        # A process that was stopped between deleting and emptying the log left the deleted rows there.
        self._empty_log()

    def execute(self, sql: str, values: Sequence[Any] = ()) -> sqlite3.Cursor:
        """Run a query, or a change.

        Raises
        ------
        StorageError
            If the file cannot be read or written. Nothing is changed then.
        """
        try:
            return self._db.execute(sql, values)
        except sqlite3.Error as error:
            raise StorageError(f"{self._name} cannot be used: {error}; free some space, then try again") from error

    def note(self, sql: str, values: Sequence[Any]) -> bool:
        """Change something that a page can do without: say whether it was done, and wait for nobody."""
        try:
            self._db.execute("PRAGMA busy_timeout=0")
            self._db.execute(sql, values)
        except sqlite3.Error:
            return False
        finally:
            self._db.execute(f"PRAGMA busy_timeout={_WAIT_MS}")
        return True

    def erase(self, sql: str, values: Sequence[Any]) -> None:
        """Delete rows so that the file does not have them any more; errors as for :meth:`execute`."""
        if self.execute(sql, values).rowcount:
            self._empty_log()

    def _empty_log(self) -> None:
        # Another connection may be reading just now; then the next deletion or opening empties the log.
        with contextlib.suppress(sqlite3.Error):
            self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Close the file."""
        self._db.close()
