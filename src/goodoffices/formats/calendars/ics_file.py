"""Write a calendar as an ``.ics`` file (RFC 5545) with the library icalendar. Same entries, same bytes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from goodoffices.data_class import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarEntry:
    """One entry: ``uid`` stays the same for ever, and ``moves`` counts how often its time was changed.

    An entry with a day has no hour; one with a moment ends at ``until``, if somebody states that. ``takes_time`` marks
    what people sit in, ``is_open`` what is planned only by invention or on rival dates. ``stamp`` is the moment from
    which the entry stands as it is.
    """

    uid: str
    title: str
    when: datetime | date
    takes_time: bool = False
    is_open: bool = False
    last: date | None = None
    until: datetime | None = None
    place: str = ""
    note: str = ""
    moves: int = 0
    is_off: bool = False
    stamp: datetime


def ics_of(name: str, entries: Sequence[CalendarEntry]) -> bytes:
    """Return a calendar with these entries, in the order of their time.

    Moments are written in UTC, so that no program needs a table of zones; it shows them by its own clock.
    """
    from icalendar import Calendar, Event  # slow to import, and most commands write no calendar

    made = Calendar()
    made.add("prodid", "-//Good Offices//Calendar//EN")
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", name)
    for entry in sorted(entries, key=lambda entry: (str(entry.when), entry.uid)):
        event = Event()
        event.add("uid", entry.uid)
        event.add("dtstamp", entry.stamp.astimezone(UTC).replace(microsecond=0))
        event.add("sequence", entry.moves)
        event.add("summary", entry.title)
        if isinstance(entry.when, datetime):
            begin = entry.when.astimezone(UTC).replace(microsecond=0)
            event.add("dtstart", begin)
            if entry.until is not None:
                event.add("dtend", entry.until.astimezone(UTC).replace(microsecond=0))
        else:
            event.add("dtstart", entry.when)
            event.add("dtend", (entry.last or entry.when) + timedelta(days=1))
        if entry.place:
            event.add("location", entry.place)
        if entry.note:
            event.add("description", entry.note)
        event.add("status", "CANCELLED" if entry.is_off else "TENTATIVE" if entry.is_open else "CONFIRMED")
        event.add("class", "CONFIDENTIAL")
        event.add("transp", "OPAQUE" if entry.takes_time else "TRANSPARENT")
        made.add_component(event)
    return bytes(made.to_ical())
