"""Why a desk takes no commands just now, if it does not: its pages stay open, and every one of them says so."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from goodoffices.data_class import dataclass
from goodoffices.errors import StorageError
from goodoffices.service.open_record import OpenRecord
from goodoffices.talks.base.enums import Role
from goodoffices.talks.state.view import View
from goodoffices.web.live.clock_guard import ClockGuard

_WHO_RUNS = (Role.SECRETARIAT, Role.FACILITATOR, Role.MEDIATOR, Role.HOST)


class StopReason(StrEnum):
    """The clock jumped; it shows a time before the last act; the record does not answer, or cannot be written."""

    JUMPED = "jumped"
    BEHIND = "behind"
    LOST = "lost"


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskStop:
    """Why no commands are taken; of a clock also the time that it shows, and the one that was expected."""

    reason: StopReason
    shown: datetime | None = None
    expected: datetime | None = None

    @property
    def is_of_clock(self) -> bool:
        """Whether somebody has to confirm the time."""
        return self.reason is not StopReason.LOST


def may_confirm_clock(view: View) -> bool:
    """Return whether a seat may confirm the time: who runs the desk, which is the secretariat if there is one."""
    if view.me is None or view.me.closed:
        return False
    roles = {role for seat in view.known.seats.values() for role in seat.roles if not seat.closed}
    first = next((role for role in _WHO_RUNS if role in roles), None)
    return first is None or first in view.me.roles


class ClockStoppedError(StorageError):
    """Nothing is decided until somebody has confirmed the time."""


class DeskStops:
    """What stops the commands of one record. ``guard`` watches the clock; ``None``: nobody does, as in tests."""

    def __init__(self, room: OpenRecord, guard: ClockGuard | None) -> None:
        self._room, self._guard = room, guard
        last = room.last_at
        self._is_behind = guard is not None and last is not None and guard.now() < last
        self.is_silent = False

    def clock(self) -> DeskStop | None:
        """Return the stop that only a person ends, if there is one."""
        if self._guard is None:
            return None
        jump = self._guard.jump
        if jump is not None:
            return DeskStop(reason=StopReason.JUMPED, shown=jump.shown, expected=jump.expected)
        if self._is_behind:
            # When the last act was is not said: it may be one that this seat was not told of.
            return DeskStop(reason=StopReason.BEHIND, shown=self._guard.now())
        return None

    def now(self) -> DeskStop | None:
        """Return why no commands are taken, or ``None``."""
        lost = self.is_silent or self._room.cannot_write
        return self.clock() or (DeskStop(reason=StopReason.LOST) if lost else None)

    def check_clock(self) -> None:
        """Refuse while the clock stops commands.

        Raises
        ------
        ClockStoppedError
            Until somebody has confirmed the time.
        """
        if self.clock() is not None:
            raise ClockStoppedError(
                "the clock of this computer jumped, or it shows a time before the last act; nothing is decided until "
                "somebody at the desk has confirmed the time"
            )

    def confirm_clock(self) -> None:
        """Go on by the clock as it is: somebody has looked, and it is right."""
        self._is_behind = False
        if self._guard is not None:
            self._guard.confirm()
