"""A ledger's days: also of one that has watched and has no row yet."""

from __future__ import annotations

from datetime import date

import pytest

from goodoffices.event_table import EventTable, WatchedDays
from goodoffices.reports.ceasefire.ledger_streams import Question, streams_of

FIRST, LAST = date(2017, 1, 2), date(2017, 1, 9)


@pytest.mark.parametrize(
    ("as_of", "ends"), [(None, LAST), (date(2017, 1, 5), date(2017, 1, 5)), (date(2017, 1, 30), LAST)]
)
def test_a_ledger_that_has_watched_and_has_no_row_has_days(as_of: date | None, ends: date) -> None:
    watched = WatchedDays(first_day=FIRST, last_day=LAST, share=0.5, ledger="j1")
    table = EventTable(file="j1", events=(), watched=(watched,))
    made = streams_of("j1", (table,), Question(as_of=as_of))
    assert (made.period.first_day, made.period.last_day) == (FIRST, ends)
    assert made.total.total == 0
