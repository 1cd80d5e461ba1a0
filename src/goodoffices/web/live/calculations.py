"""Long calculations of a seat, each in a thread of its own: how far they have come, and how to stop them."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from goodoffices.errors import GoodOfficesError


class Calculation:
    """One calculation: what is being done and the share done so far, then its result or why there is none.

    It is itself the function that long work calls with its progress; ``is_stopped`` lets the work end early.
    """

    def __init__(self, asked: str, n: int) -> None:
        self.asked, self.n = asked, n
        self.what, self.share = "", 0.0
        self.is_stopped = False
        self.is_over = False
        self.result: Any = None
        self.why = ""

    def __call__(self, what: str, share: float) -> None:
        """Note how far the work has come."""
        self.what, self.share = what, share

    def run(self, work: Callable[[Calculation], Any]) -> None:
        """Do the work, and keep what comes of it."""
        try:
            self.result = work(self)
        except GoodOfficesError as error:
            self.why = str(error)
        finally:
            self.is_over = True


class Calculations:
    """The last calculation of each seat. What one seat works out shows on no page of another."""

    def __init__(self) -> None:
        self._by_seat: dict[str, Calculation] = {}

    def of(self, seat: str) -> Calculation | None:
        """Return the last calculation of a seat, if any."""
        return self._by_seat.get(seat)

    def start(self, seat: str, asked: str, n: int, work: Callable[[Calculation], Any]) -> Calculation:
        """Begin a calculation in a thread of its own; the one before it is stopped."""
        self.stop(seat)
        begun = self._by_seat[seat] = Calculation(asked, n)
        threading.Thread(target=begun.run, args=(work,), name="calculation", daemon=True).start()
        return begun

    def stop(self, seat: str) -> None:
        """Ask the calculation of a seat to end with the best result so far."""
        held = self._by_seat.get(seat)
        if held is not None:
            held.is_stopped = True

    def close(self) -> None:
        """Ask all calculations to end."""
        for held in self._by_seat.values():
            held.is_stopped = True
