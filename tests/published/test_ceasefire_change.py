"""Counts before and after 30 December 2016, as an independent implementation computed them from UCDP GED.

UCDP GED Syria (Uppsala Conflict Data Program), Sundberg & Melander 2013; Hoegbladh 2019; CC BY 4.0. Changed: subset and
daily totals.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from ceasefire_data import TRUCE, by_area, daily, expected
from goodoffices.ceasefire.area_changes import area_changes
from goodoffices.ceasefire.change import Change, ChangeLevel, Condition, change
from goodoffices.ceasefire.streams import Measure

WITHIN = 0.002
PAIRS = ("gov-insurgents", "gov-is", "is-sdf", "other", "")


def _change(shared: Path, pair: str, measure: Measure, comparison: str = "") -> Change:
    other = daily(shared, comparison, (), measure) if comparison else None
    return change(by_area(shared, pair, measure), TRUCE, comparison=other)


def test_the_45_changes_have_the_expected_figures(shared: Path) -> None:
    table = {(row["pair"], row["measure"], row["window"]): row for row in expected(shared, "change_2016-12-30")}
    for pair in PAIRS:
        for measure in Measure:
            for found in _change(shared, pair, measure).windows:
                row = table.pop((pair or "all", measure.value, str(found.window)))
                assert found.ratio is not None
                assert found.placebo is not None
                for name, value in (
                    ("before", found.ratio.before), ("after", found.ratio.after), ("ratio", found.ratio.ratio),
                    ("lo", found.ratio.low), ("hi", found.ratio.high), ("p", found.ratio.p),
                    ("J", found.placebo.n_dates), ("J_eff", found.placebo.n_independent),
                ):  # fmt: skip
                    assert value == pytest.approx(float(row[name]), abs=WITHIN), (pair, measure, name)
                assert found.placebo.p == pytest.approx(float(row["p_placebo"]), abs=0.001)
    assert not table


def test_what_is_left_without_each_governorate(shared: Path) -> None:
    n = 0
    found = {
        (measure.value, str(one.window)): one
        for measure in Measure
        for one in _change(shared, "gov-insurgents", measure).windows
    }
    for row in expected(shared, "leave_one_out_2016-12-30"):
        one = found[row["measure"], row["window"]]
        area, _, unknown = row["left_out"].partition("+")
        [without] = [each for each in one.without if each.area == area]
        ratio, carried = (
            (without.without_unknown, without.carried_with_unknown) if unknown else (without.ratio, without.carried)
        )
        assert ratio is not None
        assert (ratio.ratio, ratio.low, ratio.high) == pytest.approx(
            (float(row["ratio_without"]), float(row["lo"]), float(row["hi"])), abs=WITHIN
        )
        assert carried == pytest.approx(float(row["carried_share"]), abs=WITHIN)
        n += 1
    assert n == 108


def test_the_comparison_with_a_pair_outside_the_cease_fire(shared: Path) -> None:
    rows = {(row["measure"], row["window"]): row for row in expected(shared, "comparison_pair_2016-12-30")}
    for measure in Measure:
        for one in _change(shared, "gov-insurgents", measure, "gov-is").windows:
            row, against = rows.pop((measure.value, str(one.window))), one.compared
            assert against is not None
            assert (against.ratio, against.low, against.high) == pytest.approx(
                (float(row["ratio_of_ratios"]), float(row["lo"]), float(row["hi"])), abs=WITHIN
            )
    assert not rows


def test_the_governorates(shared: Path) -> None:
    found = area_changes(by_area(shared), TRUCE, 60)
    rows = expected(shared, "governorates_2016-12-30")
    assert [one.area for one in found] == [row["governorate"] for row in rows]
    for one, row in zip(found, rows, strict=True):
        assert one.ratio is not None
        assert (one.events_before, one.events_after) == (float(row["events_before"]), float(row["events_after"]))
        assert (one.ratio.ratio, one.ratio.low, one.ratio.high, one.ratio.p, one.q) == pytest.approx(
            tuple(float(row[name]) for name in ("ratio", "lo", "hi", "p", "q_bh")), abs=WITHIN
        )


def test_no_change_may_be_claimed_from_fifteen_months(shared: Path) -> None:
    for measure in Measure:
        for one in _change(shared, "gov-insurgents", measure, "gov-is").windows:
            assert one.level is ChangeLevel.DIFFERED
            assert Condition.FEW_PERIODS in one.fails


def test_the_fall_is_carried_by_aleppo_whose_battle_had_ended(shared: Path) -> None:
    for measure in (Measure.EVENTS, Measure.DEATHS):
        for one in _change(shared, "gov-insurgents", measure).windows:
            assert one.carriers == ("Aleppo",)
    [thirty, *_] = _change(shared, "gov-insurgents", Measure.CIVILIAN_DEATHS).windows
    assert thirty.carriers == ()
