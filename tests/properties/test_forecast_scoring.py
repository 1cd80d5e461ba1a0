"""Scores are proper and exact, and nothing peeks at the outcomes it is scored on."""

from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from forecast_data import line_lineup
from goodoffices.forecast import Case, Distribution, Draws, Folds, Lineup, Share, Span, backtest, forecast
from goodoffices.forecast.calibration.folds import fold_of_clusters
from goodoffices.forecast.calibration.methods import share_of_positions
from goodoffices.forecast.inputs.model_input import numbers_of

atoms = st.lists(st.integers(0, 10), min_size=1, max_size=6)


@given(z=atoms, v=st.lists(st.integers(1, 4), min_size=6, max_size=6), y=st.integers(-2, 12))
def test_the_score_is_the_integral_it_is_defined_by(z: list[int], v: list[int], y: int) -> None:
    one = Distribution.of(z, v[: len(z)])
    ends = np.unique([*z, y])
    integral = sum(
        (one.cdf((a + b) / 2) - (1.0 if (a + b) / 2 >= y else 0.0)) ** 2 * (b - a) for a, b in itertools.pairwise(ends)
    )
    assert one.crps(y) == pytest.approx(integral, abs=1e-12)
    assert one.crps(y) >= 0


@given(z=atoms, others=atoms)
def test_no_other_distribution_expects_a_better_score_than_the_true_one(z: list[int], others: list[int]) -> None:
    truth, other = Distribution.of(z), Distribution.of(others)

    def expected(one: Distribution) -> float:
        return float(sum(w * one.crps(float(y)) for y, w in zip(truth.atoms, truth.weights, strict=True)))

    assert expected(truth) <= expected(other) + 1e-12


@given(z=atoms, q=st.sampled_from([0.1, 0.25, 0.5, 0.75, 0.9]))
def test_a_quantile_is_the_smallest_atom_that_reaches_it(z: list[int], q: float) -> None:
    one = Distribution.of(z)
    at = one.quantile(q)
    assert one.cdf(at) >= q - 1e-9
    assert one.cdf(at - 0.5) < q


@given(z=atoms)
def test_weights_sum_to_one_and_a_point_scores_its_error(z: list[int]) -> None:
    assert Distribution.of(z).weights.sum() == pytest.approx(1.0)
    assert Distribution.of([3.0]).crps(7.0) == pytest.approx(4.0)


def _cases(outcomes: list[int]) -> list[Case]:
    return [
        Case(lineup=line_lineup([k * 3.0, 50.0, 100.0 - k], [1, 0.5, 0.2]), outcome=float(y), cluster=f"c{k}")
        for k, y in enumerate(outcomes)
    ]


@given(outcomes=st.lists(st.integers(0, 100), min_size=12, max_size=12), shift=st.integers(1, 5))
@settings(max_examples=10)
def test_outcomes_of_a_fold_change_no_forecast_of_that_fold(outcomes: list[int], shift: int) -> None:
    folds = Folds(n=4, seed=2)
    of_cluster = fold_of_clusters([f"c{k}" for k in range(12)], folds)
    cases = _cases(outcomes)
    inside = [k for k in range(12) if of_cluster[f"c{k}"] == 0]
    changed = list(cases)
    for k in inside:
        changed[k] = replace(cases[k], outcome=float((outcomes[k] + 17 * shift) % 101))
    methods = ["compromise", "median + plain residuals", "mean + positions"]
    one, other = (backtest(part, methods, folds=folds, bootstrap=5) for part in (cases, changed))
    for ours, theirs in zip(one.rows, other.rows, strict=True):
        if ours.fold == 0:
            assert (ours.point, ours.q10, ours.q50, ours.q90) == (theirs.point, theirs.q10, theirs.q50, theirs.q90)


def test_folds_keep_clusters_whole_and_are_even() -> None:
    found = fold_of_clusters([f"c{k % 7}" for k in range(30)], Folds(n=3, seed=1))
    assert sorted(found) == [f"c{k}" for k in range(7)]
    assert sorted(list(found.values()).count(fold) for fold in range(3)) == [2, 2, 3]


@given(seed=st.integers(0, 5), n=st.integers(1, 1200))
@settings(max_examples=10)
def test_the_same_seed_gives_the_same_bytes(seed: int, n: int) -> None:
    lineup = Lineup.from_arrays(["A", "B"], [Span(low=0, mode=10, high=40), 60])
    one, again = (forecast(lineup, draws=Draws(n=n, seed=seed)).to_json() for _ in range(2))
    assert one == again


@given(share=st.integers(0, 4), other=st.integers(0, 4))
def test_lending_weight_keeps_the_total(share: int, other: int) -> None:
    if share + other > 4:
        return
    backing = [Share(backer="G", actor="A", share=share / 4), Share(backer="G", actor="B", share=other / 4)]
    plain = Lineup.from_arrays(["A", "B", "G"], [0, 50, 100], [0.5, 0.25, 1.0], [1, 2, 3])
    before, after = (numbers_of(one) for one in (plain, replace(plain, backing=tuple(backing))))
    total = (before.salience * before.capability).sum()
    assert (after.salience * after.capability).sum() == pytest.approx(total)


@given(outcomes=st.lists(st.integers(0, 100), min_size=12, max_size=12))
@settings(max_examples=10)
def test_no_share_of_a_grid_scores_better_on_the_training_cases_than_the_pools_own(outcomes: list[int]) -> None:
    cases = _cases(outcomes)
    truth = np.array(outcomes, dtype=float)
    points = np.array([case.lineup.position.mean() for case in cases])
    fold = fold_of_clusters([case.cluster for case in cases], Folds(n=5, seed=0))
    of_case = np.array([fold[case.cluster] for case in cases])

    def scored(share: float) -> float:
        total = 0.0
        for at, case in enumerate(cases):
            errors = (truth - points)[of_case != of_case[at]]
            atoms = np.clip(points[at] + errors, 0, 100)
            w = (case.lineup.salience * case.lineup.capability)[:, 0]
            mixed = Distribution.of(
                [*atoms, *case.lineup.position[:, 0]],
                [*np.full(len(atoms), (1 - share) / len(atoms)), *(share * w / w.sum())],
            )
            total += mixed.crps(truth[at])
        return total

    found = share_of_positions(cases, points, np.ones(12), truth)
    assert scored(found) <= min(scored(share) for share in np.linspace(0, 1, 21)) + 1e-9
