"""When the clock is put forward for one person alone: in the night, and when nothing is left to wait for.

A class has a trainer who puts the clock forward. Whoever plays alone has nobody, and would sit before an empty desk
until the morning. So the program does it, and says so to everybody like a trainer.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from goodoffices.rehearsal.seats.orders import Timetable
from goodoffices.rehearsal.seats.players.pacer import open_things
from goodoffices.talks.base.serialization import parse_instant
from goodoffices.talks.state.view import View

IDLE_MINUTES = 1
"""After so many real minutes in which nothing came and the player did nothing, the clock is put forward."""
READING_MINUTES = 1.5
"""It waits for so long while something is open on the player's desk, which takes time to read and to answer."""
BEFORE = timedelta(minutes=2)
"""The clock is put to so long before what comes next: the player sees it come."""
LEAST_MINUTES = 0.5
"""It is not put forward by less than it runs in so many real minutes."""


def is_idle(view: View, timetable: Timetable, at: datetime) -> bool:
    """Return whether the one person who plays has long heard nothing and done nothing, at a time of the talks."""
    minutes = READING_MINUTES if open_things(view) else IDLE_MINUTES
    return at >= max(_last(view), timetable.starts_at) + timedelta(minutes=minutes * timetable.pace)


def put_forward_to(timetable: Timetable, at: datetime, coming: Iterable[datetime]) -> datetime | None:
    """Return the time to which the clock is put forward from ``at``, or ``None`` if it runs on.

    Parameters
    ----------
    timetable
        The nights and the pace of the exercise. In the night nobody acts, so the clock is put to its end.
    at
        The time of the talks now.
    coming
        The times at which something happens, as things stand: sessions, versions of texts, planned news, what seats
        that the program plays mean to tell the player.
    """
    morning = timetable.awake(at)
    after = [time - BEFORE for time in coming if time > at]
    next_ = min((*after, *((morning,) if morning > at else ())), default=None)
    return None if next_ is None or next_ < at + timedelta(minutes=LEAST_MINUTES * timetable.pace) else next_


def _last(view: View) -> datetime:
    """Return the time of the last notice; of a jump the time to which it went, so that none follows it at once."""
    if not view.notices:
        return datetime.min.replace(tzinfo=UTC)
    last = view.notices[-1]
    return parse_instant(last.data["to"]) if last.kind == "ClockJumped" else last.when
