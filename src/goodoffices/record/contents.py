"""The contents of a whole record, unsealed while it is verified: each row is read once, all at one moment."""

from __future__ import annotations

from dataclasses import field

from goodoffices.data_class import dataclass
from goodoffices.errors import BadSealError, DamagedRecordError
from goodoffices.record.backends.database import Database
from goodoffices.record.encryption import Keys, open_body, open_head
from goodoffices.record.verification import verify_database


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """What a record holds: the heads of its acts in order, and the bodies of each act that has any, by its number.

    A body is ``None`` if it was destroyed.
    """

    heads: list[bytes] = field(default_factory=list, repr=False)
    bodies: dict[int, list[bytes | None]] = field(default_factory=dict, repr=False)


class _Unsealing:
    """Unseals what a check passes.

    The first part that cannot be unsealed is noted and not raised: what the check itself finds comes first.
    """

    def __init__(self, keys: Keys) -> None:
        self._keys = keys
        self.contents = Contents()
        self.damage: DamagedRecordError | None = None

    def take_head(self, seq: int, sealed: bytes, n_bodies: int) -> None:
        """Take the head of act ``seq``, which has so many bodies."""
        if n_bodies:
            self.contents.bodies[seq] = [None] * n_bodies
        try:
            self.contents.heads.append(open_head(self._keys, seq, sealed))
        except BadSealError as error:
            self._note(seq, "it", error)

    def take_body(self, seq: int, index: int, sealed: bytes, wrapped: bytes) -> None:
        """Take body ``index`` of act ``seq`` with its key. ``wrapped`` is empty if that was destroyed."""
        if not wrapped:
            return
        try:
            self.contents.bodies[seq][index] = open_body(self._keys, seq, index, sealed, wrapped)
        except BadSealError as error:
            self._note(seq, "a text", error)

    def _note(self, seq: int, what: str, error: BadSealError) -> None:
        if self.damage is None or seq < (self.damage.seq or 0):
            self.damage = DamagedRecordError(
                f"act {seq} is damaged: {what} was changed after it was sealed; restore a backup", seq=seq
            )
            self.damage.__cause__ = error


def verified_contents(database: Database, keys: Keys) -> Contents:
    """Check every row of a record, and return what it holds.

    Raises
    ------
    DamagedRecordError
        If anything is not what was written.
    NewerFormatError
        If a newer Good Offices wrote the record.
    """
    reader = _Unsealing(keys)
    checked = verify_database(database, reader=reader)
    if not checked.is_sound:
        raise DamagedRecordError(str(checked))
    if reader.damage is not None:
        raise reader.damage
    return reader.contents
