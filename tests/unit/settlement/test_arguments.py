"""What a program gives wrongly is refused by an error of our own, which says what to give."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from goodoffices.errors import ForecastInputError, ScenarioError
from goodoffices.forecast import Lineup, forecast
from goodoffices.settlement import Bargain, blockers, frontier, solve, unblock, verify, zone
from goodoffices.settlement.feasibility.sensitivity import standing

WELLS = Bargain.from_names({"North": {"well": {"ours": 40, "theirs": 0}}, "South": {"well": {"ours": 0, "theirs": 40}}})
NOT_BARGAINS: list[Any] = [None, {}, [], "x", 3]


@pytest.mark.parametrize(
    "ask", [lambda b: solve(b, "nash"), frontier, zone, blockers, unblock, lambda b: verify({}, b)]
)
@pytest.mark.parametrize("given", NOT_BARGAINS)
def test_a_question_is_asked_of_a_bargain(ask: Callable[[Any], object], given: Any) -> None:
    with pytest.raises(ScenarioError, match="is not a Bargain"):
        ask(given)


@pytest.mark.parametrize("result", [None, [], "x", 3])
def test_what_is_verified_is_a_result(result: Any) -> None:
    with pytest.raises(ScenarioError, match="is not a result"):
        verify(result, WELLS)


def test_a_solution_and_a_frontier_are_verified_as_they_are() -> None:
    found = solve(WELLS, "nash")
    assert verify(found, WELLS).is_accepted and verify(frontier(WELLS), WELLS).is_accepted
    with pytest.raises(ScenarioError, match="one solution without its name"):
        verify(found.to_json(), WELLS)


@pytest.mark.parametrize("name", [None, 3, ["nash"]])
def test_a_solution_is_named_by_text(name: Any) -> None:
    with pytest.raises(ScenarioError, match="give its name"):
        solve(WELLS, name)


@pytest.mark.parametrize("settlement", [(-1,), (9,), (0.5,), (), (0, 0), "ab", None, 3])
@pytest.mark.parametrize("ask", [WELLS.named, lambda chosen: standing(WELLS, chosen)])
def test_a_settlement_that_is_none_is_refused_wherever_it_is_given(
    ask: Callable[[Any], object], settlement: Any
) -> None:
    with pytest.raises(ScenarioError):
        ask(settlement)


@pytest.mark.parametrize(
    ("name", "why"),
    [(1, "is not text"), (None, "is not text"), ("North\x1b[31m", r"control character U\+001B"), ("N\x9b", r"U\+009B")],
)
def test_names_are_text_without_control_characters(name: Any, why: str) -> None:
    table = {"well": {"ours": 1, "theirs": 0}}
    for worth in ({name: table}, {"North": {name: table["well"]}}, {"North": {"well": {name: 1, "theirs": 0}}}):
        with pytest.raises(ScenarioError, match=why):
            Bargain.from_names(worth)


@pytest.mark.parametrize("worth", [None, 3])
def test_arrays_are_lists(worth: Any) -> None:
    with pytest.raises(ScenarioError, match="lists with an entry for each party"):
        Bargain.from_arrays(["N"], {"w": ["a", "b"]}, worth)
    with pytest.raises(ScenarioError, match="lists with an entry for each party"):
        Bargain.from_arrays(["N"], {"w": ["a", "b"]}, [[[1, 2]]], reservation_value=3)  # type: ignore[arg-type]


@pytest.mark.parametrize("size", [10**400, -(10**400), Fraction(1, 10**400), 10**308, 1e308])
def test_numbers_whose_sums_pass_all_floats_are_refused(size: Any) -> None:
    with pytest.raises(ScenarioError, match="use another unit"):
        Bargain.from_names({"North": {"well": {"ours": size, "theirs": 0}}})


@pytest.mark.parametrize("size", [10**300, Fraction(1, 10**320), 5e-324])
def test_the_largest_and_smallest_numbers_are_solved_exactly(size: Any) -> None:
    worth = {
        party: {f"i{k}": {"a": size * ((at + k) % 2), "b": size * ((at + k + 1) % 2)} for k in range(3)}
        for at, party in enumerate(("North", "South", "East"))
    }
    bargain = Bargain.from_names(worth)
    for name in ("nash", "egalitarian", "leximin", "kalai-smorodinsky", "utilitarian", "equal-ratio"):
        found = solve(bargain, name)
        assert "inf" not in str(found) and "nan" not in str(found)
        assert verify(found, bargain).is_accepted


def test_two_ways_to_compose_a_name_are_one_actor() -> None:
    with pytest.raises(ForecastInputError, match="is named 2 times"):
        Lineup.from_arrays(["Zo\u0308", "Z\u00f6"], [0, 100])


@pytest.mark.parametrize("position", ["10", True, np.bool_(True)])
def test_a_position_is_a_number(position: Any) -> None:
    with pytest.raises(ForecastInputError, match="is not a number"):
        Lineup.from_arrays(["North", "South"], [0, position])


@pytest.mark.parametrize("level", ["x", None, True, 2, float("nan")])
def test_the_level_of_an_interval_is_a_share(level: Any) -> None:
    found = forecast(Lineup.from_arrays(["North", "South"], [0, 100]), draws=None)
    with pytest.raises(ForecastInputError, match="is not between 0 and 1"):
        found.interval(level)
