"""What a database must do for the store. Two do: SQLite and PostgreSQL.

The store speaks one small SQL with ``?`` for values. What differs between the two (transactions that wait for each
other, locks, how an error reads, how deleted bytes are got rid of) is behind this interface.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Any, Final, Protocol

FORMAT: Final = 2
"""The number of the format in which new records are written: of their tables, their chain and their seals.

Format 1 is read for ever, and written in records that were not upgraded."""
FIRST_FORMAT: Final = 1

Value = int | str | bytes
Row = tuple[Any, ...]

# The tables in the order in which they are copied; the first column is the primary key.
COLUMNS: Final[dict[str, tuple[str, ...]]] = {
    "record": ("id", "kind", "format", "public_key", "box_key", "genesis", "unlock", "anchors", "signature"),
    "act": ("seq", "envelope", "head"),
    "body": ("digest", "key_id", "sealed"),
    "key": ("key_id", "wrapped"),
    "request": ("tag", "first_seq", "last_seq", "digest"),
    "anchor": ("seq", "hash", "signature"),
}


class Database(Protocol):
    """One record's tables. Used by one thread at a time."""

    @property
    def name(self) -> str:
        """How messages call it: the file, or the address without its password."""

    def rows(self, sql: str, values: Sequence[Value] = ()) -> list[Row]:
        """Return all rows of a query."""

    def stream(self, sql: str) -> Iterator[Row]:
        """Yield the rows of a query without holding them all; only within :meth:`reading`."""

    def change(self, sql: str, rows: Sequence[Sequence[Value]]) -> None:
        """Run one statement for each of ``rows``; only within :meth:`writing`."""

    def writing(self) -> AbstractContextManager[None]:
        """Begin a transaction that no other writer's overlaps; commit with fsync at its end, roll back on any error."""

    def reading(self) -> AbstractContextManager[None]:
        """Begin a transaction that sees one moment of the record and changes nothing."""

    def prepare_to_forget(self) -> None:
        """Refuse a deletion that could not be made good now; within :meth:`writing`, before anything is deleted.

        Raises
        ------
        StorageError
            If another process reads the record for longer than a moment: its copy of the old rows would stay.
        """

    def forget(self, *, wait: bool = True) -> None:
        """Overwrite what deleted rows have left behind, so that no file of the record has it.

        Without ``wait``, a reader in the way is not waited for; it is tried again after the next commit.

        Raises
        ------
        StorageError
            With ``wait``: if another process reads the record for longer than a moment. The rows are deleted and
            nothing reads them; what they left behind goes at the next commit or opening.
        """

    @property
    def has_traces(self) -> bool:
        """Whether deleted rows have left something behind that is still to be overwritten."""

    def is_writable(self) -> bool:
        """Tell whether something could be written now, as far as that can be told without writing."""

    def strange_parts(self) -> list[str]:
        """Return what the database's layout has that was not made with the record, or lacks of it, in words."""

    def close(self) -> None:
        """Let go of the record. Closing twice is closing once."""


def insert(table: str) -> str:
    """Return the statement that inserts one row into ``table``, in the order of its columns."""
    return f"INSERT INTO {table} VALUES ({', '.join('?' * len(COLUMNS[table]))})"  # noqa: S608 - our own table names


def select(table: str, rest: str = "") -> str:
    """Return the query of whole rows of ``table``, in the order of its columns."""
    return f"SELECT {', '.join(COLUMNS[table])} FROM {table} {rest}"  # noqa: S608 - our own table names
