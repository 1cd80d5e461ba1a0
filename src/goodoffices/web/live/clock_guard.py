"""A clock that does not jump unasked: the computer's clock, watched against one that only ever runs on.

A computer's clock is set by people, programs and the network. Acts carry its time for ever. So a jump of more than
two minutes stops commands and deadlines until a person has looked; until then the clock goes on from where it was, and
sessions with it. It is always real time, never that of an exercise.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from goodoffices.data_class import dataclass

MOST = timedelta(minutes=2)
"""How far the clock may jump without a person being asked."""
_SLEW = 1e-3
"""How much the clock may be slowed down or sped up while it is being set right step by step, in seconds a second."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Jump:
    """A jump of the computer's clock: the time as it went on here, and the time that the clock shows."""

    expected: datetime
    shown: datetime


class ClockGuard:
    """The time of the desk.

    Parameters
    ----------
    wall
        Reads the computer's clock.
    elapsed
        Seconds of a clock that nobody can set.
    """

    def __init__(self, wall: Callable[[], datetime], elapsed: Callable[[], float]) -> None:
        self._wall, self._elapsed = wall, elapsed
        self._has_jumped = False
        self._begin()

    def _begin(self) -> None:
        self._from_wall, self._from_elapsed = self._wall(), self._elapsed()

    def now(self) -> datetime:
        """Return the computer's time; after a jump the time as it would have gone on, until somebody confirms."""
        shown, elapsed = self._wall(), self._elapsed()
        passed = elapsed - self._from_elapsed
        expected = self._from_wall + timedelta(seconds=passed)
        off = shown - expected
        if self._has_jumped or abs(off) > MOST:
            self._has_jumped = True
            return expected
        # A clock that is set right in small steps never adds up to a jump.
        self._from_elapsed = elapsed
        most = timedelta(seconds=passed * _SLEW)
        self._from_wall = expected + max(-most, min(most, off))
        return shown

    @property
    def jump(self) -> Jump | None:
        """The jump that nobody has confirmed yet, if there was one."""
        expected = self.now()
        return Jump(expected=expected, shown=self._wall()) if self._has_jumped else None

    def confirm(self) -> None:
        """Go on by the computer's clock as it is now: somebody has looked, and it is right."""
        self._has_jumped = False
        self._begin()
