"""Waiting rooms of an exercise: who has the short code waits there until control or the secretariat gives a seat.

A room is its keeper's alone: no other seat sees that it is open, who waits, or how many. It is kept in memory, so a
stop of the desk closes it.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable
from dataclasses import field, replace

from goodoffices.data_class import dataclass
from goodoffices.web.http.login_sessions import Entropy
from goodoffices.web.http.seat_cards import code_of, typed_code

LENGTH = 8
"""Letters and digits of a code: 40 random bits, while somebody keeps the room open, and ten tries a minute."""
MOST_GUESTS = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Guest:
    """Somebody who waits: under which name, and in which seat they were put (``None``: not yet)."""

    handle: str
    name: str
    ticket: str = field(repr=False)
    seat: str | None = None


@dataclass(slots=True)
class _Room:
    code: str
    guests: dict[str, Guest] = field(default_factory=dict)
    last: int = 0


class WaitingRooms:
    """The waiting rooms of one record, each by the seat that keeps it open.

    ``changed`` is called with the seat in whose room somebody came or went.
    """

    def __init__(self, entropy: Entropy, changed: Callable[[str], None]) -> None:
        self._entropy, self._changed = entropy, changed
        self._rooms: dict[str, _Room] = {}

    def open(self, keeper: str) -> str:
        """Open the room of a seat and return its code; an open one stays as it is."""
        if keeper not in self._rooms:
            number = int.from_bytes(self._entropy(keeper, LENGTH * 5 // 8), "big")
            self._rooms[keeper] = _Room(code=code_of(number, LENGTH))
        return self._rooms[keeper].code

    def close(self, keeper: str) -> None:
        """Close the room of a seat; who still waits there waits in vain."""
        self._rooms.pop(keeper, None)

    def code(self, keeper: str) -> str | None:
        """Return the code of a seat's room; ``None`` if it is closed."""
        held = self._rooms.get(keeper)
        return None if held is None else held.code

    def guests(self, keeper: str) -> tuple[Guest, ...]:
        """Return who waits in a seat's room and has no seat yet, who came first first."""
        held = self._rooms.get(keeper)
        return () if held is None else tuple(guest for guest in held.guests.values() if guest.seat is None)

    def keeper_of(self, code: str) -> str | None:
        """Return the seat whose open room has this code, however it was typed."""
        typed = typed_code(code).encode()
        return next((k for k, held in self._rooms.items() if hmac.compare_digest(held.code.encode(), typed)), None)

    def enter(self, code: str, name: str) -> Guest | None:
        """Let somebody wait; ``None`` if no open room has this code, or it is full."""
        keeper = self.keeper_of(code)
        if keeper is None or len(self._rooms[keeper].guests) >= MOST_GUESTS:
            return None
        held = self._rooms[keeper]
        held.last += 1
        guest = Guest(handle=f"w{held.last}", name=name, ticket=self._entropy(keeper, 31).hex())
        held.guests[guest.handle] = guest
        self._changed(keeper)
        return guest

    def find(self, ticket: str) -> Guest | None:
        """Return who has this ticket."""
        return next(
            (
                guest
                for held in self._rooms.values()
                for guest in held.guests.values()
                if hmac.compare_digest(guest.ticket.encode(), ticket.encode())
            ),
            None,
        )

    def waiting(self, keeper: str, handle: str) -> Guest | None:
        """Return who waits in a seat's room, by handle."""
        return next((guest for guest in self.guests(keeper) if guest.handle == handle), None)

    def put(self, keeper: str, guest: Guest, seat: str) -> None:
        """Put somebody into a seat; they come in when they next look."""
        self._rooms[keeper].guests[guest.handle] = replace(guest, seat=seat)
        self._changed(keeper)

    def drop(self, ticket: str) -> None:
        """Forget somebody who came in or was turned away."""
        for keeper, held in self._rooms.items():
            for guest in list(held.guests.values()):
                if guest.ticket == ticket:
                    del held.guests[guest.handle]
                    self._changed(keeper)
