"""Long calculations of a seat, each in a thread of its own: how far they have come, and how to stop them."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from goodoffices.errors import GoodOfficesError
from goodoffices.phrases.phrase import reason_of


class Calculation:
    """One calculation: what is being done and the share done so far, then its result or why there is none.

    It is itself the function that long work calls with its progress; ``is_stopped`` lets the work end early.
    """

    def __init__(self, asked: object, n: int) -> None:
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
            self.why = reason_of(error)
        finally:
            self.is_over = True


class Calculations:
    """The last calculation of each seat on each of its pages. What one seat works out shows on no page of another."""

    def __init__(self) -> None:
        self._held: dict[tuple[str, str], Calculation] = {}
        self._switched_on: set[tuple[str, str]] = set()

    def of(self, seat: str) -> dict[str, Calculation]:
        """Return the last calculations of a seat, by the path of the page that shows them."""
        return {page: held for (of, page), held in self._held.items() if of == seat}

    def switch(self, seat: str, page: str, *, is_on: bool) -> None:
        """Switch a page of a seat on, or off: then its calculation is stopped and forgotten."""
        if is_on:
            self._switched_on.add((seat, page))
            return
        self.stop(seat, page)
        self._held.pop((seat, page), None)
        self._switched_on.discard((seat, page))

    def switched_on(self, seat: str) -> frozenset[str]:
        """Return the pages that somebody of this seat has switched on since the desk was opened."""
        return frozenset(page for of, page in self._switched_on if of == seat)

    def start(self, seat: str, page: str, asked: object, n: int, work: Callable[[Calculation], Any]) -> Calculation:
        """Begin a calculation in a thread of its own; the one before it on this page is stopped."""
        self.stop(seat, page)
        begun = self._held[seat, page] = Calculation(asked, n)
        threading.Thread(target=begun.run, args=(work,), name="calculation", daemon=True).start()
        return begun

    def stop(self, seat: str, page: str) -> None:
        """Ask the calculation of a page to end with the best result so far."""
        held = self._held.get((seat, page))
        if held is not None:
            held.is_stopped = True

    def close(self) -> None:
        """Ask all calculations to end."""
        for held in self._held.values():
            held.is_stopped = True
