"""Bad input is refused with actor, issue, value and what would be right."""

from __future__ import annotations

import re

import numpy as np
import pytest

from goodoffices.errors import (
    DatasetError,
    ForecastInputError,
    ForecastUndefinedError,
    UnknownModelError,
    UnknownWordError,
)
from goodoffices.forecast import (
    Calibration,
    Case,
    Contested,
    Draws,
    Folds,
    Lineup,
    Share,
    Span,
    backtest,
    forecast,
    lineup_from_frame,
    nbs_reference,
    ranking,
    sensitivity,
    veto_core,
)

AB = ["A", "B"]


@pytest.mark.parametrize(
    ("build", "words"),
    [
        (lambda: Lineup.from_arrays(AB, [10, 20, 30]), "position has shape"),
        (lambda: Lineup.from_arrays(AB, [10, None], [1, 1]), "no position is given for B"),
        (lambda: Lineup.from_arrays(AB, [[10, 1], [5, None]], [[1, 1], [1, 1]]), "'B' on issue 'issue 2'"),
        (lambda: Lineup.from_arrays("AB", [1, 2]), "actors is 'AB'; give a list of names"),
        (lambda: Lineup.from_arrays([1, 2], [1, 2]), "actors holds 1"),  # type: ignore[list-item]
        (lambda: Lineup.from_arrays(None, [1, 2]), "actors is None"),  # type: ignore[arg-type]
        (lambda: Lineup.from_arrays(AB, [1, 2], issues="ab"), "issues is 'ab'"),
        (lambda: Lineup.from_arrays(AB, [1, 2], must_sign="A"), "must_sign is 'A'"),
        (lambda: Lineup.from_arrays(AB, [1, 2], scale="x"), "the scale is 'x'"),  # type: ignore[arg-type]
        (lambda: Lineup.from_arrays(AB, [1, 2], scale=3), "the scale is 3"),  # type: ignore[arg-type]
        (lambda: Lineup.from_arrays(AB, [1, 2], reference="x"), "the reference is 'x'"),  # type: ignore[arg-type]
        (lambda: Lineup.from_arrays(AB, [1, 2], no_deal_cost="x"), "no_deal_cost is 'x'"),
        (lambda: Lineup.from_arrays(AB, [1, 2], salience_scale="x"), "salience_scale is 'x'"),  # type: ignore[arg-type]
        (lambda: forecast("AB"), "give a Lineup"),  # type: ignore[arg-type]
        (lambda: forecast(Lineup.from_arrays(AB, [1, 2]), draws=5), "draws is 5"),  # type: ignore[arg-type]
        (lambda: forecast(Lineup.from_arrays(AB, [1, 2]), model=3), "the model is 3"),  # type: ignore[arg-type]
        (lambda: forecast(Lineup.from_arrays(AB, [1, 2]), calibration=3), "calibration is 3"),  # type: ignore[arg-type]
        (lambda: Lineup.from_arrays(["A", "A"], [10, 20]), "'A' is named 2 times"),
        (lambda: Lineup.from_arrays(AB, [10, 120]), r"'B'.*off the issue's scale; wanted is 0 to 100 \(value 120\)"),
        (lambda: Lineup.from_arrays(AB, [10, 20], [0.5, 60]), "'B'.*salience_scale=100"),
        (lambda: Lineup.from_arrays(AB, [10, 20], [0.5, -1]), "'B'.*salience outside"),
        (lambda: Lineup.from_arrays(AB, [10, 20], 1.0, [1, -1]), "'B'.*capability"),
        (lambda: Lineup.from_arrays(AB, [10, 20], 1.0, [1, np.inf]), "'B'.*capability"),
        (lambda: Lineup.from_arrays(AB, [10, 20], must_sign=["C"]), "'C' must sign but is not an actor"),
        (lambda: Lineup.from_arrays(AB, [10, 20], scale=(5.0, 5.0)), "give the smaller end first"),
        (lambda: Lineup.from_arrays(AB, [10, 20], reference=200.0), "reference point 200"),
        (lambda: Lineup.from_arrays(AB, ["far", 20]), "'far' is not a number"),
        (lambda: Span(low=5, mode=4, high=9), "low <= mode <= high"),
        (lambda: Contested(claims=(("x", 1.0), ("x", 2.0))), "different sources"),
        (lambda: ranking("i", "A > C", actors=AB), "names 'C'; known actors"),
        (lambda: ranking("i", "A > B > A", actors=AB), "is a circle"),
        (lambda: Lineup.from_arrays(AB, [1, 2], backing=[Share(backer="A", actor="B", share=1.5)]), "give 0 to 1"),
        (
            lambda: Lineup.from_arrays(
                [*AB, "C"], [1, 2, 3],
                backing=[Share(backer="A", actor="B", share=0.6), Share(backer="A", actor="C", share=0.6)],
            ),
            "reduce its shares to 1",
        ),
        (
            lambda: Lineup.from_arrays(
                AB, [1, 2], backing=[Share(backer="A", actor="B", share=0.1), Share(backer="B", actor="A", share=0.1)]
            ),
            "in a loop",
        ),
        (lambda: Draws(n=0, seed=1), "0 draws"),
        (lambda: Folds(n=1), "1 folds"),
        (lambda: nbs_reference(p=3), "p=3"),
        (lambda: forecast(Lineup.from_arrays(AB, [[1, 2], [3, 4]])), "name one of issue 1, issue 2"),
        (lambda: forecast(Lineup.from_arrays(AB, [1, 2]), model="nbs:no-deal(Q=3)"), "card"),
        (lambda: forecast(Lineup.from_arrays(AB, [1, 2]), model="nbs:no-deal(K)"), "cannot be read"),
        (lambda: forecast(Lineup.from_arrays(AB, [1, 2]), model="ktab-smp(vote='loud')"), "vote='loud' is not known"),
        (lambda: Calibration(name="few", model="mean", residuals=np.zeros(5), clusters=("c",) * 5), "5 cases"),
        (
            lambda: Calibration(
                name="mm", model="mean", residuals=np.zeros(40), clusters=("c",) * 40, scale=(0.0, 1.0)
            ),
            "on a scale of",
        ),
        (lambda: lineup_from_frame({"actor": ["A"], "position": [1]}), "no column 'salience'"),
    ],
)  # fmt: skip
def test_a_wrong_value_is_refused_in_a_sentence(build: object, words: str) -> None:
    assert callable(build)
    with pytest.raises(ForecastInputError) as caught:
        build()
    assert re.search(words, str(caught.value))
    assert isinstance(caught.value, ValueError)


def test_an_unknown_model_comes_with_the_nearest_name() -> None:
    with pytest.raises(UnknownModelError, match="Did you mean 'compromise'") as caught:
        forecast(Lineup.from_arrays(AB, [1, 2]), model="compromize")
    assert caught.value.nearest == "compromise"


def test_an_unknown_issue_or_calibration_is_named() -> None:
    with pytest.raises(UnknownWordError, match="'wells'"):
        forecast(Lineup.from_arrays(AB, [1, 2]), issue="wells")
    with pytest.raises(UnknownWordError, match="'peace'"):
        forecast(Lineup.from_arrays(AB, [1, 2]), calibration="peace")


def test_sobol_asks_for_a_power_of_two_and_independent_inputs() -> None:
    lineup = Lineup.from_arrays(AB, [Span(low=0, mode=10, high=20), 50])
    with pytest.raises(ForecastInputError, match="power of 2"):
        sensitivity(lineup, method="sobol", draws=Draws(n=100, seed=1))
    claims = Contested(claims=(("x", 10.0), ("y", 30.0)))
    with pytest.raises(ForecastUndefinedError, match="one-at-a-time"):
        sensitivity(Lineup.from_arrays(AB, [claims, 50]), method="sobol", draws=Draws(n=64, seed=1))


def test_a_backtest_without_outcomes_or_with_too_few_clusters_is_refused() -> None:
    lineup = Lineup.from_arrays([*AB, "C"], [1, 2, 3])
    with pytest.raises(DatasetError, match="give cases that have"):
        backtest([Case(lineup=lineup, outcome=None, cluster="c")], ["mean"])
    with pytest.raises(DatasetError, match="too few for 10 folds"):
        backtest([Case(lineup=lineup, outcome=2.0, cluster="c")], ["mean"])


def test_a_veto_core_cannot_be_told_without_status_quo_or_signers() -> None:
    core = veto_core(Lineup.from_arrays(AB, [10, 20], must_sign=["A"]))
    assert not core.is_known
    assert "cannot tell" in str(core)
    assert not veto_core(Lineup.from_arrays(AB, [10, 20], reference=5.0)).is_known


def test_arrays_are_read_only() -> None:
    lineup = Lineup.from_arrays(AB, [10, 20])
    with pytest.raises(ValueError, match="read-only"):
        lineup.position[0, 0] = 5.0
