"""What tests of the room ceasefire share: the shared event file, its expected tables, and small made-up worlds."""

from __future__ import annotations

import csv
from datetime import date
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from goodoffices.ceasefire.streams import UNKNOWN_AREA, Choice, Measure, Period, Stream, daily_counts
from goodoffices.event_table import Event

FIRST, LAST = date(2016, 10, 1), date(2017, 12, 31)
TRUCE = date(2016, 12, 30)
COVERED = ("Government of Syria - Syrian insurgents",)
EVERY_DAY = Period(first_day=FIRST, last_day=LAST, reports_every_day=True)
"""The days of the shared file; its ledger is taken as reporting every day."""


@cache
def rows_of(path: Path) -> tuple[dict[str, str], ...]:
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def expected(shared: Path, name: str) -> tuple[dict[str, str], ...]:
    return rows_of(shared / "ceasefire" / "expected" / f"{name}.csv")


@cache
def daily_rows(shared: Path) -> tuple[Event, ...]:
    """Return the rows of the daily counts as events: one for each date, governorate and pair."""
    found = []
    for row in rows_of(shared / "ceasefire" / "syria_daily_counts.csv"):
        if int(row["events"]):
            day = date.fromisoformat(row["date"])
            area = "" if row["governorate"] == UNKNOWN_AREA else row["governorate"]
            found.append(
                Event(
                    first_day=day, last_day=day, ledger="UCDP GED", area=area, pair=row["dyad_group"],
                    count=int(row["events"]), deaths=int(row["deaths_best"]),
                    deaths_civilians=int(row["deaths_civilians"]),
                )
            )  # fmt: skip
    return tuple(found)


@cache
def daily(shared: Path, pair: str = "", areas: tuple[str, ...] = (), measure: Measure = Measure.EVENTS) -> Stream:
    choice = Choice(areas=areas, pairs=(pair,) if pair else ())
    return daily_counts(daily_rows(shared), EVERY_DAY, choice, measure=measure)


@cache
def by_area(shared: Path, pair: str = "gov-insurgents", measure: Measure = Measure.EVENTS) -> tuple[Stream, ...]:
    areas = sorted({event.area or UNKNOWN_AREA for event in daily_rows(shared) if event.pair == pair or not pair})
    return tuple(daily(shared, pair, (area,), measure) for area in areas)


def stream_of(
    values: NDArray[np.float64] | list[float], area: str = "all", *, first_day: date = FIRST, pair: str = "p"
) -> Stream:
    """Return a series of counts, all observed but those that are NaN."""
    y = np.asarray(values, dtype=float)
    return Stream(
        ledger="ledger", area=area, pair=pair, measure=Measure.EVENTS, first_day=first_day, y=y,
        exposure=np.where(np.isnan(y), 0.0, 1.0),
    )  # fmt: skip
