"""When answers and live updates leave: at moments that tell only when their request came.

Time is cut into ticks, the same for the whole desk. An answer leaves after the first end of a tick that is at least one
whole tick later than its request. What takes longer leaves whole ticks later. Everything for one seat leaves together,
in random order, and each seat at a random moment of its own shortly after the end of the tick. So neither the order nor
the distance of two things that leave tells what else the desk did.
"""

from __future__ import annotations

import asyncio
import math
from collections.abc import Callable
from contextvars import ContextVar
from random import SystemRandom

SPREAD = 0.2
"""The part of a tick within which the seats leave one after the other."""

_AHEAD = 0.1
"""What is ready within this part of a tick before its end leaves a tick later: an answer may still be in the making."""

_random = SystemRandom()

departure: ContextVar[float | None] = ContextVar("departure", default=None)
"""The moment at which the answer to this request leaves, where it was fixed while it was made."""


class Departures:
    """The departures of one desk, in seconds of the event loop's clock.

    Parameters
    ----------
    period
        Seconds from one tick to the next. 0: everything leaves at once, for tests and benchmarks.
    """

    def __init__(self, period: float) -> None:
        self.period = period
        self._leaving: dict[tuple[float, str], list[Callable[[], None]]] = {}

    def after(self, moment: float, *, period: float | None = None) -> float:
        """Return the first end of a tick at or after ``moment``; ``period`` for ticks of another length."""
        period = self.period if period is None else period
        return math.ceil(moment / period) * period

    def next(self) -> float:
        """Return when what is ready now leaves."""
        return self.after(asyncio.get_running_loop().time() + _AHEAD * self.period)

    def leave(self, at: float, whose: str, go: Callable[[], None]) -> None:
        """Let ``go`` be called with all else that leaves for the same seat after the end of the tick ``at``."""
        key = at, whose
        if key not in self._leaving:
            self._leaving[key] = []
            # Who is late leaves at once.
            asyncio.get_running_loop().call_at(at + _random.uniform(0, SPREAD * self.period), self._go, key)
        self._leaving[key].append(go)

    def _go(self, key: tuple[float, str]) -> None:
        leaving = self._leaving.pop(key)
        _random.shuffle(leaving)
        for go in leaving:
            go()

    async def wait(self, arrived: float, whose: str) -> None:
        """Wait until the answer to a request that had come whole at ``arrived`` leaves."""
        if not self.period:
            return
        loop = asyncio.get_running_loop()
        fixed = departure.get()
        at = fixed if fixed is not None else max(self.after(arrived + self.period), self.after(loop.time()))
        gone = asyncio.Event()
        self.leave(at, whose, gone.set)
        await gone.wait()
