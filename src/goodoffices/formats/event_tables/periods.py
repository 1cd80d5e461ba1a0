"""Counts of several days, such as a week: what they say of the days inside."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from goodoffices.event_table import MOST_DAYS, CellWord, Event, UnseenDay


def inside_periods(events: Sequence[Event]) -> Iterator[UnseenDay]:
    """Yield the days inside counts of several days, except those with a count of their own: nobody saw one of them.

    Bulletins of ledgers need none: a day without a bulletin has no report.
    """
    periods = [event for event in events if event.days > MOST_DAYS]
    own = {(event.first_day, event.area) for event in events if event.is_daily_precise} if periods else set()
    days = {
        (event.first_day + timedelta(days=n), event.area, event.ledger) for event in periods for n in range(event.days)
    }
    for day, area, ledger in sorted(days):
        if (day, area) not in own:
            yield UnseenDay(day=day, word=CellWord.NOT_OBSERVED, ledger=ledger, area=area)
