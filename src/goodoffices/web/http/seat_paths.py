"""Map each seat of a record to the eight characters that stand for it in addresses. They are a name, not a secret."""

from __future__ import annotations

import base64
import hashlib
import hmac


def keyed(secret: bytes, *parts: str) -> bytes:
    """Return a keyed hash of ``parts``, unambiguous however they are divided."""
    return hmac.new(secret, "\0".join(parts).encode(), hashlib.sha256).digest()


class SeatPaths:
    """The seat paths of one record, both ways. They are made from a key, so they are the same after every start.

    Parameters
    ----------
    secret
        A key of the record that never leaves the server.
    """

    def __init__(self, secret: bytes) -> None:
        self._secret = secret
        self._made: dict[str, str] = {}

    def path_id(self, seat: str) -> str:
        """Return the path of ``seat``."""
        made = self._made.get(seat)
        if made is None:
            made = self._made[seat] = base64.b32encode(keyed(self._secret, "door", seat)[:5]).decode().lower()
        return made

    def seat(self, path_id: str, seats: tuple[str, ...]) -> str | None:
        """Return which of ``seats`` has this path."""
        return next(
            (seat for seat in seats if hmac.compare_digest(self.path_id(seat).encode(), path_id.encode())), None
        )
