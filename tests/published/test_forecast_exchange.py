"""Exchanges of equal gain: Stokman & Van Oosten (1994), as a public program runs them (decide-exchange-model)."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from forecast_data import deu_cases, expected_rows, lineup_from
from goodoffices.forecast.calibration.backtest import is_scoreable
from goodoffices.forecast.inputs.from_tables import joined
from goodoffices.forecast.inputs.model_input import Numbers, numbers_of
from goodoffices.forecast.models.cards import model_named
from goodoffices.forecast.models.exchange import initial_exchanges, outcomes

FILES = {"sample_data.txt": 4, "copenhagen.csv": 1}


def _numbers(shared: Path, file: str) -> Numbers:
    return numbers_of(lineup_from(shared / "forecast" / "decide" / file))


@pytest.mark.parametrize("file", FILES)
def test_the_twenty_best_initial_exchanges(shared: Path, file: str) -> None:
    told = json.loads((shared / "forecast" / "expected" / "decide_initial_exchanges.json").read_text())[file]
    found = initial_exchanges(_numbers(shared, file))
    assert len(found) == told["valid"]
    words = ("i", "i_supplies", "j", "j_supplies")
    ours = {tuple(row[word] for word in words): row for row in found}
    for row, wanted in zip(found, told["top20"], strict=False):
        assert row["gain"] == pytest.approx(wanted["gain"], abs=1e-6)
        same = ours[tuple(wanted[word] for word in words)]  # equal gains may stand in another order
        for name in ("gain", "i_from", "i_to", "j_from", "j_to"):
            assert same[name] == pytest.approx(wanted[name], abs=1e-6)


@pytest.mark.parametrize(("file", "rounds"), list(FILES.items()))
def test_outcomes_and_exchanges_of_the_rounds_before_ties_decide(shared: Path, file: str, rounds: int) -> None:
    told = json.loads((shared / "forecast" / "expected" / "decide_equalgain.json").read_text())[file]["rounds"]
    numbers = _numbers(shared, file)
    answer = model_named(f"exchange:equal-gain(turns={rounds})").run(numbers)
    assert answer.positions is not None
    before = outcomes(answer.positions[0], numbers.salience, numbers.capability)
    for turn in range(1, rounds + 1):
        wanted = told[turn - 1]
        after = outcomes(answer.positions[turn], numbers.salience, numbers.capability)
        for at, issue in enumerate(numbers.issues):
            if turn == 1:
                assert before[at] == pytest.approx(wanted["nbs_before"][issue], abs=1e-6)
            assert after[at] == pytest.approx(wanted["nbs_after_voting"][issue], abs=1e-6)
        rows = [row for row in answer.details["exchanges"] if row["turn"] == turn]
        assert len(rows) == wanted["realized"]
        assert sum(row["gain"] for row in rows) == pytest.approx(wanted["total_gain"], abs=1e-6)
        _same_first(rows, wanted["first_realized"])


def _same_first(rows: list[dict[str, Any]], told: list[dict[str, Any]] | None) -> None:
    for row, wanted in zip(rows, told or [], strict=False):
        assert (row["i"], row["i_supplies"]) == (wanted["i"], wanted["i_supply"])
        assert (row["j"], row["j_supplies"]) == (wanted["j"], wanted["j_supply"])
        for name in ("i_from", "i_to", "j_from", "j_to", "gain"):
            assert row[name] == pytest.approx(wanted[name], abs=1e-6)


def test_most_issues_of_deu_agree_with_the_program_and_the_rest_are_ties(shared: Path) -> None:
    cases = [case for case in deu_cases(shared) if is_scoreable(case)]
    column = "Exchange model (equal gain, 1 round; compromise if single issue)"
    told = {
        row["issue"]: float(row[column])
        for row in expected_rows(shared / "forecast" / "expected" / "deu3_dev_per_issue_predictions.csv")
    }
    agree = 0
    for cluster in dict.fromkeys(case.cluster for case in cases):
        part = [case for case in cases if case.cluster == cluster]
        numbers = numbers_of(joined([case.lineup for case in part]))
        if len(part) > 1:
            numbers = dataclasses.replace(numbers, capability=np.round(numbers.capability / 100.0, 4))
        answer = model_named("exchange:equal-gain").run(numbers)
        gaps = [abs(point - told[case.issue]) for case, point in zip(part, answer.point, strict=True)]
        agree += sum(gap <= 1e-3 for gap in gaps)
        assert max(gaps) <= 1e-3 or answer.details["ties"] > 0
    assert agree == 213


def test_one_round_at_the_climate_talks_of_2015_runs_and_keeps_to_the_scale(shared: Path) -> None:
    numbers = _numbers(shared, "cop21.csv")
    answer = model_named("exchange:equal-gain(turns=10)").run(numbers)
    assert ((answer.point >= 0) & (answer.point <= 100)).all()
    assert len({row["turn"] for row in answer.details["exchanges"]}) == 10
