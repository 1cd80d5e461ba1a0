"""Clusters of 30 December 2016 to 14 March 2017: the two battles that history names are found without being told.

UCDP GED Syria (Uppsala Conflict Data Program), Sundberg & Melander 2013; Hoegbladh 2019; CC BY 4.0. Changed: subset and
daily totals.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ceasefire_data import COVERED, EVERY_DAY, daily_rows, expected
from goodoffices.ceasefire.space_time_scan import clusters
from goodoffices.ceasefire.streams import Choice, Measure, daily_counts
from goodoffices.event_table import EventTable
from goodoffices.formats.event_tables.reader import read_events


@pytest.fixture(scope="module")
def ged(shared: Path) -> EventTable:
    return read_events(shared / "ceasefire" / "ucdp_ged_syria_2016-10_2017-12.csv")


def test_the_eight_clusters(shared: Path, ged: EventTable) -> None:
    events = [event for event in ged.events if event.pair in COVERED]
    found = clusters(events, date(2016, 12, 30), date(2017, 3, 14), seed=1)
    assert (found.n_events, found.n_places, found.n_zones, found.n_windows) == (609, 187, 618, 442)
    assert found.points_95_99 == pytest.approx((8.2, 9.0), abs=0.2)
    rows = expected(shared, "scan_2016-12-30")
    assert len(found.clusters) == len(rows)
    for one, row in zip(found.clusters, rows, strict=True):
        assert (one.first_day.isoformat(), one.days, one.observed) == (
            row["start"], int(row["days"]), int(row["observed"])
        )  # fmt: skip
        assert (one.n_places, one.deaths, one.area) == (int(row["places"]), int(row["deaths"]), row["governorate"])
        assert (one.expected, one.log_ratio) == pytest.approx((float(row["expected"]), float(row["llr"])), abs=0.001)
        assert (one.latitude, one.longitude) == pytest.approx((float(row["lat"]), float(row["lon"])), abs=0.001)
        assert one.p == pytest.approx(float(row["p"]), abs=0.015 if one.p < 0.2 else 0.04)


def test_daily_counts_of_the_events_are_those_of_the_totals(shared: Path, ged: EventTable) -> None:
    found = daily_counts(ged.events, EVERY_DAY)
    deaths = daily_counts(ged.events, EVERY_DAY, measure=Measure.DEATHS)
    assert (found.total, found.imprecise) == (6927, 279)
    assert (deaths.total, deaths.imprecise_amount) == (30681, 11013)
    covered = Choice(pairs=COVERED)
    found, deaths = (daily_counts(ged.events, EVERY_DAY, covered, measure=m) for m in (Measure.EVENTS, Measure.DEATHS))
    assert (found.total, found.imprecise, deaths.total, deaths.imprecise_amount) == (3381, 107, 11953, 2992)
    table = daily_counts(daily_rows(shared), EVERY_DAY, Choice(pairs=("gov-insurgents",)))
    assert (table.y == found.y).all()
