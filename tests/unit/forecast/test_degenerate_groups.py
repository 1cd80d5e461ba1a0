"""Groups at the edge of sense: every model answers, or refuses in one sentence that names a model which answers."""

from __future__ import annotations

import math
import re

import numpy as np
import pytest

from forecast_data import line_lineup, point_of
from goodoffices.errors import ForecastInputError, ForecastUndefinedError
from goodoffices.forecast import DEFAULT_MODELS, MODELS, Case, Lineup, Span, backtest, forecast, forecasts, sensitivity
from goodoffices.forecast.inputs.model_input import numbers_of
from goodoffices.forecast.models.cards import model_named

pytestmark = pytest.mark.slow

WEIGHTED = sorted(set(DEFAULT_MODELS) - {"mean", "median", "constant", "mean:salience", "mean:capability"})
NEED_REFERENCE = {"nbs:reference", "ks:reference", "procedural:setter"}


@pytest.mark.parametrize("name", MODELS)
def test_one_actor_gets_its_position_without_moves(name: str) -> None:
    lineup = line_lineup([30.0], reference=30.0)
    if name == "procedural:setter":
        with pytest.raises(ForecastUndefinedError, match="use 'compromise'"):
            forecast(lineup, model=name)
        return
    found = forecast(lineup, model=name)
    assert found.point == (50.0 if name == "constant" else pytest.approx(30.0))
    assert found.moves == ()
    assert "one actor: nothing to bargain" in found.warnings


@pytest.mark.parametrize("name", [name for name in MODELS if name != "constant"])
def test_all_at_one_point_is_that_point_with_the_floor_of_the_band(name: str) -> None:
    found = forecast(line_lineup([40.0] * 4, [0.5, 1.0, 0.2, 0.7], reference=40.0), model=name)
    assert found.point == pytest.approx(40.0)
    assert found.moves == ()
    if found.calibration is not None:
        low, high = found.interval()
        assert low < 40.0 < high
        assert any("extrapolated" in warning for warning in found.warnings)


@pytest.mark.parametrize("name", MODELS)
def test_only_the_two_ends_of_the_scale(name: str) -> None:
    lineup = line_lineup([0.0, 100.0, 0.0, 100.0, 100.0], [0.9, 0.4, 0.6, 0.8, 0.1], [3, 1, 2, 2, 1], reference=0.0)
    assert 0.0 <= forecast(lineup, model=name).point <= 100.0


@pytest.mark.parametrize("name", WEIGHTED)
@pytest.mark.parametrize(("s", "c"), [(0.0, 1.0), (1.0, 0.0)], ids=["no salience", "no capability"])
def test_without_any_weight_weighted_models_name_one_that_answers(name: str, s: float, c: float) -> None:
    with pytest.raises(ForecastUndefinedError, match="use the model 'mean'"):
        forecast(line_lineup([10.0, 20.0, 60.0], s, c), model=name)


@pytest.mark.parametrize("name", ["mean", "median", "constant"])
def test_unweighted_models_answer_without_any_weight(name: str) -> None:
    assert np.isfinite(point_of(name, line_lineup([10.0, 20.0, 60.0], 0.0, 0.0)))


@pytest.mark.parametrize("name", MODELS)
def test_an_actor_who_does_not_care_is_listed_as_silent(name: str) -> None:
    found = forecast(line_lineup([10.0, 20.0, 60.0, 70.0], [0.0, 0.5, 1.0, 1.0], reference=10.0), model=name)
    assert any(re.search(r"silent.*a0", warning) for warning in found.warnings)


@pytest.mark.parametrize("name", ["ktab-smp", "bdm:published-numbers", "bdm:as-printed"])
def test_the_silent_keep_their_position_in_models_with_turns(name: str) -> None:
    answer = model_named(name).run(numbers_of(line_lineup([10.0, 20.0, 60.0, 70.0], [0.0, 0.5, 1.0, 1.0])))
    assert answer.positions is not None
    assert (answer.positions[:, 0, 0] == 10.0).all()


@pytest.mark.parametrize("name", [name for name in MODELS if name not in NEED_REFERENCE])
def test_eighty_actors(name: str) -> None:
    rng = np.random.default_rng(5)
    x, s, c = rng.integers(0, 21, 80) * 5.0, rng.integers(1, 11, 80) / 10.0, rng.integers(1, 30, 80)
    assert 0.0 <= point_of(name, line_lineup(x, s, c)) <= 100.0


@pytest.mark.parametrize("name", sorted(NEED_REFERENCE))
def test_an_unknown_status_quo_is_said_and_a_model_without_it_named(name: str) -> None:
    with pytest.raises(ForecastUndefinedError, match=r"reference point.*use '(nbs:no-deal|compromise)'"):
        forecast(line_lineup([10.0, 20.0, 60.0]), model=name)


def test_two_blocs_of_equal_weight_are_a_tie_of_the_median() -> None:
    found = forecast(line_lineup([20.0, 20.0, 80.0, 80.0]), model="median:weighted")
    assert found.ties == (20.0, 80.0)
    assert found.point == 20.0
    assert "tied points" in str(found)


def test_two_blocs_of_equal_weight_are_evens_in_every_election() -> None:
    for rule in ("conditional", "markov-uniform", "markov-incentive"):
        answer = model_named(f"pce:{rule}").run(numbers_of(line_lineup([20.0, 20.0, 80.0, 80.0])))
        assert answer.weights == pytest.approx([0.5, 0.5])


def test_one_issue_leaves_nothing_to_trade() -> None:
    lineup = line_lineup([10.0, 20.0, 60.0], [1.0, 0.5, 0.3])
    found = forecast(lineup, model="exchange:equal-gain")
    assert found.point == pytest.approx(point_of("compromise", lineup))
    assert "one issue: nothing to trade" in found.warnings


def test_a_cost_of_no_deal_below_the_largest_loss_is_refused() -> None:
    with pytest.raises(ForecastUndefinedError, match="raise K"):
        forecast(line_lineup([0.0, 100.0, 50.0]), model="nbs:no-deal(K=0.4)")


def test_no_zone_of_agreement_returns_the_status_quo_and_says_so() -> None:
    found = forecast(line_lineup([0.0, 100.0], reference=50.0), model="nbs:reference(phi=0.0)")
    assert found.point == 50.0
    assert any("no zone of agreement" in warning for warning in found.warnings)


def test_no_actor_is_refused() -> None:
    with pytest.raises(ForecastInputError, match="no actor"):
        Lineup.from_arrays([], [])


def test_single_cases_without_outcome_are_forecast_and_listed_but_not_scored() -> None:
    cases = [
        Case(lineup=line_lineup([10.0 * k, 50.0, 90.0]), outcome=None if k == 0 else 40.0, cluster=f"c{k}")
        for k in range(6)
    ]
    from goodoffices.forecast import Folds

    found = backtest(cases, ["mean"], folds=Folds(n=5, seed=1), bootstrap=10)
    [line] = found.summaries
    assert (line.n, line.answered) == (5, 6)
    assert "1 forecast but not scored" in str(found)


@pytest.mark.parametrize("model", ["compromise", "ktab-smp", "bdm:published-numbers", "combination"])
def test_inputs_at_whose_ends_there_is_no_answer_come_last_in_a_sensitivity(model: str) -> None:
    care = [Span(low=0.0, mode=0.5, high=1.0), 0.0, 0.0]
    swings = [
        one.swing for one in sensitivity(Lineup.from_arrays(["A", "B", "C"], [0, 50, 100], care), model=model).effects
    ]
    answered = [swing for swing in swings if not math.isnan(swing)]
    assert len(answered) == len(swings) - 1
    assert swings[:-1] == sorted(answered, reverse=True)


@pytest.mark.parametrize("model", ["ktab-smp", "bdm:published-numbers", "exchange:equal-gain", "pce:conditional"])
def test_more_actors_than_a_model_can_compare_are_refused_at_once(model: str) -> None:
    many = line_lineup([float(place % 101) for place in range(301)])
    with pytest.raises(ForecastUndefinedError, match="join those who stand together"):
        forecast(many, model=model)
    assert [name for _, name, _ in forecasts(many, models=("compromise", model)).refused] == [model]


def test_three_thousand_actors_are_refused_in_one_sentence() -> None:
    with pytest.raises(ForecastInputError, match="3,000 actors and a forecast takes at most 1,000"):
        line_lineup([1.0] * 3_000)
