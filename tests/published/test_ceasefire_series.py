"""Change points, return times and verdicts of the cease-fires of 2016 and 2017, as computed independently.

UCDP GED Syria (Uppsala Conflict Data Program), Sundberg & Melander 2013; Hoegbladh 2019; CC BY 4.0. Changed: subset and
daily totals.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ceasefire_data import TRUCE, daily, expected, rows_of
from goodoffices.ceasefire.change_points import change_points, hits
from goodoffices.ceasefire.return_times import ReturnTime, return_time, survival
from goodoffices.ceasefire.verdicts import verdicts

STREAMS = {
    "national": (),
    "south": ("Daraa", "Quneitra"),
    "homs": ("Homs",),
    "idlib-hama": ("Idlib", "Hamah"),
    "rif-dimashq": ("Rif Dimashq",),
    "aleppo": ("Aleppo",),
}


def _days(text: str) -> tuple[date, ...]:
    return tuple(map(date.fromisoformat, text.split("|"))) if text else ()


@pytest.mark.parametrize("name", STREAMS)
def test_the_change_days_of_a_stream(shared: Path, name: str) -> None:
    [row] = [row for row in expected(shared, "change_points") if row["stream"] == name]
    found = change_points(daily(shared, "gov-insurgents", STREAMS[name]))
    assert found.size == pytest.approx(float(row["size_k"]), abs=0.01)
    assert found.cost == pytest.approx(float(row["optimum"]), abs=0.01)
    assert found.days == _days(row["change_days"])
    assert len(found.optima) == 1


def test_five_of_eighteen_known_dates_are_hit(shared: Path) -> None:
    known = rows_of(shared / "ceasefire" / "known_dates.csv")
    n_found = n_known = n_hit = 0
    for areas in STREAMS.values():
        if not areas:
            continue
        found = change_points(daily(shared, "gov-insurgents", areas)).days
        dates = tuple(
            date.fromisoformat(row["date"])
            for row in known
            if row["governorates"] == "*" or set(row["governorates"].split("|")) & set(areas)
        )
        n_found, n_known = n_found + len(found), n_known + len(dates)
        n_hit += len(hits(found, dates))
    assert (n_found, n_known, n_hit) == (15, 18, 5)


def _is_in_force(row: dict[str, str]) -> bool:
    return row["kind"] in ("cease-fire", "de-escalation areas", "de-escalation")


def _return_times(shared: Path) -> list[ReturnTime]:
    areas = [row["governorate"] for row in expected(shared, "verdicts_level_rule") if row["week"] == "1"]
    order = ["Aleppo", "Idlib", "Hamah", "Homs", "Latakia", "Damascus", "Rif Dimashq", "Daraa", "Quneitra"]
    assert set(areas) == set(order)
    found = []
    for row in filter(_is_in_force, rows_of(shared / "ceasefire" / "known_dates.csv")):
        named = order if row["governorates"] == "*" else [a for a in order if a in row["governorates"].split("|")]
        for area in named:
            stream = daily(shared, "gov-insurgents", (area,))
            one = return_time(stream, stream.index(date.fromisoformat(row["date"])), ceasefire=row["id"])
            if one is not None:
                found.append(one)
    return found


def test_the_21_return_times(shared: Path) -> None:
    found, rows = _return_times(shared), expected(shared, "return_times")
    assert [(one.ceasefire, one.area) for one in found] == [(row["ceasefire"], row["governorate"]) for row in rows]
    for one, row in zip(found, rows, strict=True):
        assert (one.first_event_day, int(one.first_event_observed), one.return_day, int(one.return_observed)) == tuple(
            int(row[name]) for name in ("first_event_day", "first_observed", "return_day", "return_observed")
        )
        assert one.before_per_day == pytest.approx(float(row["before_per_day"]), abs=1e-4)
        assert one.level_first_days == pytest.approx(float(row["level_first_14_days"]), abs=1e-4)


@pytest.mark.parametrize(
    ("ceasefire", "n", "median", "beyond_90"),
    [("", 21, 23, 0.24), ("SY-ASTANA", 9, 17, 0.11), ("SY-DEESC", 8, 49, 0.38), ("SY-SOUTH", 2, 56, 0.50)],
)
def test_how_long_the_cease_fires_held(shared: Path, ceasefire: str, n: int, median: int, beyond_90: float) -> None:
    found = survival([one for one in _return_times(shared) if ceasefire in ("", one.ceasefire)])
    assert (found.n, found.median) == (n, median)
    assert found.beyond_90 == pytest.approx(beyond_90, abs=0.0051)


def test_the_225_verdicts_by_level(shared: Path) -> None:
    rows = expected(shared, "verdicts_level_rule")
    found = {
        (one.area, one.week): one
        for area in {row["governorate"] for row in rows}
        for one in verdicts(daily(shared, "gov-insurgents", (area,)), TRUCE, weeks=25)
    }
    assert len(found) == len(rows) == 225
    for row in rows:
        one = found[row["governorate"], int(row["week"])]
        assert (one.verdict.value, one.week_ends.isoformat()) == (row["verdict"], row["week_ends"])
        assert one.level == pytest.approx(float(row["level"]), abs=1e-4)
