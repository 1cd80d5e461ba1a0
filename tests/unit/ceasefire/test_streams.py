"""Daily counts: a day that nobody observed is never zero, and ledgers are never added up."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

from ceasefire_data import stream_of
from goodoffices.ceasefire.streams import Choice, Measure, Period, Stream, daily_counts, total_of
from goodoffices.errors import ScenarioError
from goodoffices.event_table import CellWord, Event

FIRST = date(2020, 1, 1)


def _event(day: int, days: int = 1, **fields: object) -> Event:
    begin = FIRST + timedelta(days=day)
    return Event(first_day=begin, last_day=begin + timedelta(days=days - 1), **{"ledger": "a", **fields})  # type: ignore[arg-type]


def _period(n: int, **fields: object) -> Period:
    return Period(first_day=FIRST, last_day=FIRST + timedelta(days=n - 1), **fields)  # type: ignore[arg-type]


def test_the_six_words_are_fixed() -> None:
    assert [word.value for word in CellWord] == [
        "none", "not observed", "access denied", "no report", "stated as none", "withheld"
    ]  # fmt: skip


def test_a_ledger_that_reports_every_day_saw_none_on_other_days() -> None:
    found = daily_counts([_event(1)], _period(3, reports_every_day=True))
    assert [found.cell(at) for at in range(3)] == ["none", "1", "none"]


def test_a_day_without_a_row_of_any_other_ledger_is_not_observed() -> None:
    found = daily_counts([_event(1)], _period(3))
    assert [found.cell(at) for at in range(3)] == ["not observed", "1", "not observed"]
    assert found.total == 1
    assert found.share_observed == pytest.approx(1 / 3)


@pytest.mark.parametrize("word", [CellWord.ACCESS_DENIED, CellWord.NO_REPORT, CellWord.WITHHELD, CellWord.NOT_OBSERVED])
def test_why_a_day_was_not_observed_stands_in_its_cell(word: CellWord) -> None:
    found = daily_counts([], _period(2, reports_every_day=True, words={FIRST: word}))
    assert [found.cell(at) for at in range(2)] == [word.value, "none"]
    assert np.isnan(found.y[0])


def test_a_stated_zero_differs_from_none_and_from_silence() -> None:
    found = daily_counts([_event(0, count=0)], _period(2))
    assert [found.cell(at) for at in range(2)] == ["stated as none", "not observed"]


def test_vague_events_are_counted_apart() -> None:
    events = [_event(0), _event(0, days=3, deaths=5), _event(0, date_precision=3, deaths=2), _event(0, days=2)]
    found = daily_counts(events, _period(4, reports_every_day=True))
    assert (found.total, found.imprecise) == (2, 2)
    deaths = daily_counts(events, _period(4, reports_every_day=True), measure=Measure.DEATHS)
    assert deaths.imprecise_amount == 7


def test_spread_events_are_marked() -> None:
    found = daily_counts([_event(0, days=4)], _period(4, reports_every_day=True), spread=True)
    assert found.is_spread
    assert found.y.tolist() == [0.25] * 4


def test_two_ledgers_are_never_added_up() -> None:
    with pytest.raises(ScenarioError, match="never added up"):
        daily_counts([_event(0), _event(0, ledger="b")], _period(1))
    assert daily_counts([_event(0), _event(0, ledger="b")], _period(1), Choice(ledger="b")).total == 1


def test_a_stream_with_a_zero_that_nobody_observed_cannot_be_made() -> None:
    with pytest.raises(ScenarioError, match="never 0"):
        Stream(
            ledger="a", area="x", pair="p", measure=Measure.EVENTS, first_day=FIRST, y=np.zeros(2),
            exposure=np.array([1.0, 0.0]),
        )  # fmt: skip


@pytest.mark.parametrize(
    ("exposure", "match"), [([1.0], "one for each day"), ([0.0, 1.0], "was observed"), ([2.0, 1.0], "between 0 and 1")]
)
def test_exposure_that_contradicts_the_rows_is_refused(exposure: list[float], match: str) -> None:
    with pytest.raises(ScenarioError, match=match):
        daily_counts([_event(0)], _period(2, exposure=exposure))


def test_a_total_is_observed_where_all_areas_are() -> None:
    found = total_of([stream_of([1.0, np.nan, 2.0], "a"), stream_of([1.0, 1.0, 3.0], "b")])
    assert [found.cell(at) for at in range(3)] == ["2", "not observed", "5"]
    with pytest.raises(ScenarioError, match="at least one area"):
        total_of([])


def test_the_order_of_events_does_not_matter() -> None:
    events = [_event(day, area=area) for day in (0, 2, 1, 2) for area in ("x", "y")]
    one, other = (daily_counts(list(order), _period(3)) for order in (events, events[::-1]))
    assert (one.y == other.y).all()
    assert one.figures_hash == other.figures_hash


def test_what_was_known_earlier_leaves_later_days_out() -> None:
    found = stream_of([1.0, 2.0, 3.0]).until(date(2016, 10, 2))
    assert found.y.tolist() == [1.0, 2.0]
