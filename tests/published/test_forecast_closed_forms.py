"""Means, medians and probabilistic Condorcet elections on 233 issues of DEU III, re-derived independently.

``pce_*_binary`` in that table let actors who are exactly indifferent vote on the rounding error of a difference: the
rule that gives them is ``binary-as-computed``, and ``binary`` is the rule as written.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from forecast_data import deu_cases, expected_rows, lineup_from, point_of
from goodoffices.formats.position_tables.deu import COUNCIL_POWER, regime_of

MODELS = {
    "mean": "mean",
    "mean_salience": "mean:salience",
    "mean_capability": "mean:capability",
    "compromise": "compromise",
    "median_mid": "median",
    "median_weighted": "median:weighted",
    "pce_conditional_prop": "pce:conditional",
    "pce_markov_uniform_prop": "pce:markov-uniform",
    "pce_markov_incentive_prop": "pce:markov-incentive",
    "pce_conditional_binary": "pce:conditional(vote='binary-as-computed')",
    "pce_markov_uniform_binary": "pce:markov-uniform(vote='binary-as-computed')",
    "pce_markov_incentive_binary": "pce:markov-incentive(vote='binary-as-computed')",
}


@pytest.mark.parametrize(("column", "model"), list(MODELS.items()), ids=list(MODELS))
def test_every_issue_to_six_decimals(shared: Path, column: str, model: str) -> None:
    lineups = {case.issue: case.lineup for case in deu_cases(shared)}
    rows = expected_rows(shared / "forecast" / "expected" / "deu3_dev_closed_form.csv")
    gaps = [abs(point_of(model, lineups[row["issue"]]) - float(row[column])) for row in rows]
    assert len(gaps) == 233
    assert max(gaps) <= 1e-6


def test_binary_votes_as_written_differ_only_where_an_actor_is_exactly_indifferent(shared: Path) -> None:
    lineups = {case.issue: case.lineup for case in deu_cases(shared)}
    rows = expected_rows(shared / "forecast" / "expected" / "deu3_dev_closed_form.csv")
    for row in rows:
        lineup = lineups[row["issue"]]
        gap = abs(point_of("pce:conditional(vote='binary')", lineup) - float(row["pce_conditional_binary"]))
        assert gap <= 1e-6 or _someone_is_midway(np.unique(lineup.position))


def _someone_is_midway(options: np.ndarray) -> bool:
    """Tell whether a position lies exactly halfway between two others."""
    places = set(options.tolist())
    return any((a + b) / 2 in places for a in places for b in places if a != b)


def test_the_spread_of_positions(shared: Path) -> None:
    from goodoffices.forecast.inputs.model_input import numbers_of
    from goodoffices.forecast.models.run import spread_of

    lineups = {case.issue: case.lineup for case in deu_cases(shared)}
    for row in expected_rows(shared / "forecast" / "expected" / "deu3_dev_closed_form.csv"):
        found = spread_of(numbers_of(lineups[row["issue"]]), floor=0.0)
        assert found == pytest.approx(float(row["position_sd_weighted"]), abs=1e-6)


def test_emission_standards(shared: Path) -> None:
    lineup = lineup_from(shared / "forecast" / "emission_1994.csv")
    assert point_of("compromise", lineup) == pytest.approx(7.389955686853767, abs=1e-12)
    assert point_of("median:weighted", lineup) == 7.0


def test_the_power_table_is_that_of_the_treaties(shared: Path) -> None:
    rows = expected_rows(shared / "forecast" / "eu_council_power.csv")
    columns = [name for name in rows[0] if name != "code"]
    for row in rows:
        values = tuple(float(row[name]) if row[name] else None for name in columns)
        assert COUNCIL_POWER[row["code"]] == values
    assert len(rows) == len(COUNCIL_POWER)


def test_the_regime_in_force_of_every_issue(shared: Path) -> None:
    rows = expected_rows(shared / "forecast" / "deu3_dev.csv", ";")
    assert [regime_of(row["finact"], row["intro"]) for row in rows] == [row["regime"] for row in rows]


def test_a_third_program_has_the_same_compromise_to_three_decimals(shared: Path) -> None:
    lineups = {case.issue: case for case in deu_cases(shared)}
    path = shared / "forecast" / "expected" / "deu3_dev_schelling_paired_forecasts.csv"
    for row in expected_rows(path):
        case = lineups[row["issue_id"]]
        point = point_of("compromise", case.lineup)
        assert point == pytest.approx(float(row["compromise_forecast"]), abs=1e-3)
        assert abs(point - (case.outcome or 0.0)) == pytest.approx(float(row["compromise_ae"]), abs=1e-3)


def test_the_method_table_of_the_study(shared: Path) -> None:
    """Check mean absolute errors on the 233 issues against the study's table."""
    lineups = {case.issue: case for case in deu_cases(shared)}
    names = {
        "KTAB PCE markov-uniform, prop (one-shot)": "pce:markov-uniform",
        "compromise: cap x sal mean (treaty votes, COM=EP=max)": "compromise",
        "KTAB PCE conditional, prop voting (one-shot)": "pce:conditional",
        "unweighted mean (all actors)": "mean",
        "weighted median cap x sal": "median:weighted",
        "plurality position cap x sal": "plurality",
        "constant 50": "constant",
    }
    for row in expected_rows(shared / "forecast" / "expected" / "deu3_dev_method_table.csv"):
        if row["method"] in names:
            scored = [case for case in lineups.values() if case.outcome is not None and len(case.lineup.actors) >= 3]
            errors = np.array([abs(point_of(names[row["method"]], c.lineup) - (c.outcome or 0.0)) for c in scored])
            assert errors.mean() == pytest.approx(float(row["MAE"]), abs=1e-3)
            assert np.sqrt((errors**2).mean()) == pytest.approx(float(row["RMSE"]), abs=1e-3)
            assert (errors <= 10).mean() == pytest.approx(float(row["h10"]), abs=1e-3)
