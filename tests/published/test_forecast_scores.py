"""Calibrated distributions on DEU III: folds, exact scores, coverage and width of seven distributions, three seeds."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from forecast_data import deu_cases
from goodoffices.forecast import Folds, backtest
from goodoffices.forecast.calibration.backtest import is_scoreable
from goodoffices.forecast.calibration.folds import fold_of_clusters

METHODS = {
    "point mass at compromise": "point: compromise",
    "positions, weight c*s": "positions",
    "positions, unweighted": "positions:unweighted",
    "compromise + out-of-fold residuals": "compromise + plain residuals",
    "pce:markov-uniform + out-of-fold residuals": "pce:markov-uniform + plain residuals",
    "compromise + scaled residuals": "compromise",
    "pce:markov-uniform + scaled residuals": "pce:markov-uniform",
}


def test_the_folds_of_seed_one(shared: Path) -> None:
    told = json.loads((shared / "forecast" / "expected" / "deu3_dev_distribution_scores.json").read_text())
    clusters = [case.cluster for case in deu_cases(shared) if is_scoreable(case)]
    assert fold_of_clusters(clusters, Folds(n=10, seed=1)) == told["fold_of_proposal_seed1"]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_scores_of_one_seed_to_a_thousandth(shared: Path, seed: int) -> None:
    told = json.loads((shared / "forecast" / "expected" / "deu3_dev_distribution_scores.json").read_text())
    found = backtest(deu_cases(shared), list(METHODS.values()), folds=Folds(n=10, seed=seed), bootstrap=10)
    lines = {line.model: line for line in found.summaries}
    for name, wanted in told["per_seed"][str(seed)].items():
        line = lines[METHODS[name]]
        assert line.crps == pytest.approx(wanted["CRPS"], abs=1e-3)
        assert line.coverage == pytest.approx(wanted["cover80"], abs=1e-3)
        assert line.width == pytest.approx(wanted["width80"], abs=1e-3)
        assert line.mae_of_median == pytest.approx(wanted["MAE_of_median"], abs=1e-3)


@pytest.mark.nightly
def test_the_mean_of_twenty_seeds(shared: Path) -> None:
    told = json.loads((shared / "forecast" / "expected" / "deu3_dev_distribution_scores.json").read_text())
    totals: dict[str, list[float]] = {}
    for seed in range(1, 21):
        found = backtest(deu_cases(shared), list(METHODS.values()), folds=Folds(n=10, seed=seed), bootstrap=10)
        for line in found.summaries:
            totals.setdefault(line.model, []).append(line.crps)
    for name, wanted in told["mean_of_seeds_1_to_20"].items():
        values = totals[METHODS[name]]
        assert sum(values) / 20 == pytest.approx(wanted["CRPS"], abs=1e-3)


def test_every_issue_of_the_table_gets_an_answer_from_every_default_model(shared: Path) -> None:
    found = backtest(deu_cases(shared), bootstrap=10)
    assert {line.answered for line in found.summaries} == {245}
    assert {line.n for line in found.summaries} == {233}
