"""Every solution against its definition, and the laws that its theory states."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, example, given, strategies as st

from goodoffices.bargain import Bargain
from goodoffices.progress import Watch
from goodoffices.settlement.problem.integer_form import prepare
from goodoffices.settlement.results import Status
from goodoffices.settlement.solutions.branch_and_bound import SMALLEST, SUM_OF_LOGS, search_best
from goodoffices.settlement.solutions.solve import solve, solve_all
from properties.settlement_bargains import Worth, bargains, possible, undominated

Score = Callable[[Worth, Worth, Worth], object]


def gains_of(bargain: Bargain, worth: Worth) -> Worth:
    return tuple(w - Fraction(r) for w, r in zip(worth, bargain.reservation_value, strict=True))


def shares(gains: Worth, ideal: Worth) -> list[Fraction]:
    return [gain / best for gain, best in zip(gains, ideal, strict=True) if best > 0]


SCORES: dict[str, Score] = {
    "egalitarian": lambda gains, worth, ideal: min(gains),
    "leximin": lambda gains, worth, ideal: sorted(gains),
    "kalai_smorodinsky": lambda gains, worth, ideal: sorted(shares(gains, ideal)),
    "utilitarian": lambda gains, worth, ideal: sum(gains),
    "relative_utilitarian": lambda gains, worth, ideal: sum(shares(gains, ideal)),
    "equal_ratio": lambda gains, worth, ideal: min(shares(gains, ideal)) - max(shares(gains, ideal)),
    "least_difference": lambda gains, worth, ideal: -sum(abs(a - b) for a in worth for b in worth),
}


@pytest.mark.parametrize("name", list(SCORES))
@given(bargain=bargains())
def test_all_maximisers_on_the_frontier_are_found_and_no_others(name: str, bargain: Bargain) -> None:
    front = undominated({bargain.worth_of(settlement) for settlement in possible(bargain)})
    found = solve(bargain, name)
    if not front:
        assert found.status is Status.INFEASIBLE
        return
    gains = {worth: gains_of(bargain, worth) for worth in front}
    ideal = tuple(max(column) for column in zip(*gains.values(), strict=True))
    if name in ("kalai_smorodinsky", "relative_utilitarian", "equal_ratio") and max(ideal) <= 0:
        assert found.status is Status.INFEASIBLE
        return
    score = {worth: SCORES[name](gains[worth], worth, ideal) for worth in front}
    best = max(score.values())  # type: ignore[type-var]
    assert {pick.worth for pick in found.picks} == {worth for worth in front if score[worth] == best}
    assert found.status is Status.PROVEN


@given(bargains())
def test_nash_takes_the_largest_product_or_lets_the_most_parties_gain(bargain: Bargain) -> None:
    front = undominated({bargain.worth_of(settlement) for settlement in possible(bargain)})
    gains = [gains_of(bargain, worth) for worth in front]
    scores = {g: (sum(x > 0 for x in g), math.prod(x for x in g if x > 0)) for g in gains if min(g) >= 0}
    found = solve(bargain, "nash")
    if not scores:
        assert found.status is Status.INFEASIBLE
        return
    best = max(scores.values())
    assert {pick.gains for pick in found.picks} == {g for g in scores if scores[g] == best}


@given(bargains(plain=True, links=False))
def test_the_search_reaches_the_largest_product_without_a_frontier(bargain: Bargain) -> None:
    tables = prepare(bargain)
    ones = [Fraction(1)] * tables.n_parties
    found = search_best(tables, SUM_OF_LOGS, ones, step=Fraction(0), tolerance=1e-11, watch=Watch())
    assert found is not None
    assert found.is_finished
    products = [math.prod(g) for s in possible(bargain) if min(g := gains_of(bargain, bargain.worth_of(s))) > 0]
    if not products:
        assert found.choice is None
        return
    assert found.choice is not None
    assert math.prod(gains_of(bargain, bargain.worth_of(tuple(found.choice.tolist())))) == max(products)


@given(bargains(plain=True, links=False))
def test_the_search_reaches_the_largest_smallest_gain_without_a_frontier(bargain: Bargain) -> None:
    open_bargain = bargain.with_reservation(tuple(Fraction(r) - 100 for r in bargain.reservation_value))
    tables = prepare(bargain)
    ones = [Fraction(1)] * tables.n_parties
    found = search_best(tables, SMALLEST, ones, step=Fraction(1), tolerance=1e-9, watch=Watch())
    assert found is not None
    assert found.choice is not None
    assert found.is_finished
    best = max(min(gains_of(bargain, bargain.worth_of(s))) for s in possible(open_bargain))
    assert min(gains_of(bargain, bargain.worth_of(tuple(found.choice.tolist())))) == best


def test_a_gain_of_zero_that_rounding_moved_does_not_count_as_a_gain() -> None:
    from properties.settlement_bargains import simple

    bargain = simple([[[2, 0, 0], [1, 1, 0], [0, 0, 0]], [[3, 0, -2], [0, 0, 0], [0, 0, 1]]], [2, -1, 0])
    tables = prepare(bargain)
    found = search_best(tables, SUM_OF_LOGS, [Fraction(1)] * 3, step=Fraction(0), tolerance=1e-11, watch=Watch())
    assert found is not None
    assert found.choice is None


def scaled(bargain: Bargain, factors: list[int], shifts: list[int]) -> Bargain:
    """Return the bargain with each party's points stretched and moved."""
    first = [[tuple(w * f + s for w, f, s in zip(row, factors, shifts, strict=True)) for row in bargain.worth[0]]]
    rest = [[tuple(w * f for w, f in zip(row, factors, strict=True)) for row in table] for table in bargain.worth[1:]]
    return replace(
        bargain,
        worth=tuple(tuple(table) for table in first + rest),
        reservation_value=tuple(r * f + s for r, f, s in zip(bargain.reservation_value, factors, shifts, strict=True)),
    )


def chosen(bargain: Bargain, name: str) -> set[tuple[Fraction, ...]]:
    return {pick.gains for pick in solve(bargain, name).picks}


@pytest.mark.parametrize("name", ["nash", "kalai_smorodinsky", "relative_utilitarian", "equal_ratio"])
@given(bargain=bargains(plain=True, links=False), data=st.data())
def test_points_may_be_stretched_and_moved_where_the_theory_says_so(
    name: str, bargain: Bargain, data: st.DataObject
) -> None:
    # If not all can gain, Nash compares products over different parties, which depends on their points.
    assume(name != "nash" or (solve(bargain, "nash").value or 0) > 0)
    n = len(bargain.parties)
    factors = data.draw(st.lists(st.integers(1, 5), min_size=n, max_size=n))
    shifts = data.draw(st.lists(st.integers(-5, 5), min_size=n, max_size=n))
    before = {tuple(g * f for g, f in zip(gains, factors, strict=True)) for gains in chosen(bargain, name)}
    assert chosen(scaled(bargain, factors, shifts), name) == before


@pytest.mark.parametrize("name", ["egalitarian", "leximin", "utilitarian"])
@given(bargain=bargains(plain=True, links=False), data=st.data())
def test_points_may_be_moved_where_parties_are_compared(name: str, bargain: Bargain, data: st.DataObject) -> None:
    n = len(bargain.parties)
    shifts = data.draw(st.lists(st.integers(-5, 5), min_size=n, max_size=n))
    assert chosen(scaled(bargain, [1] * n, shifts), name) == chosen(bargain, name)


def test_stretching_one_party_changes_the_egalitarian_choice() -> None:
    from properties.settlement_bargains import simple

    bargain = simple([[[4, 1], [2, 2], [1, 4]]])
    assert chosen(bargain, "egalitarian") == {(Fraction(2), Fraction(2))}
    assert chosen(scaled(bargain, [1, 3], [0, 0]), "egalitarian") == {(Fraction(4), Fraction(3))}


@given(bargains(plain=True, links=False))
def test_no_solution_leaves_a_party_below_its_reservation_value(bargain: Bargain) -> None:
    for solution in solve_all(bargain).values():
        assert all(gain >= 0 for pick in solution.picks for gain in pick.gains)


@given(bargains(plain=True, links=False))
def test_leaving_out_settlements_that_nash_did_not_choose_changes_nothing(bargain: Bargain) -> None:
    from goodoffices.bargain import Box, Constraint

    found = solve(bargain, "nash")
    assume(found.value is not None and found.value > 0)
    keep = found.picks[0].settlement
    others = [s for s in possible(bargain) if bargain.worth_of(s) not in {pick.worth for pick in found.picks}]
    cut = Box(where=tuple((issue, (option,)) for issue, option in enumerate(others[0] if others else keep)))
    smaller = replace(bargain, constraints=(Constraint(forbidden=cut, name="cut"),)) if others else bargain
    assert chosen(smaller, "nash") == chosen(bargain, "nash")


@given(bargains(plain=True, links=False))
def test_more_possible_settlements_never_lower_the_egalitarian_value(bargain: Bargain) -> None:
    from goodoffices.bargain import Box, Constraint

    box = Box(where=((0, (0,)),))
    smaller = replace(bargain, constraints=(Constraint(forbidden=box, name="not the first option"),))
    less, more = solve(smaller, "egalitarian"), solve(bargain, "egalitarian")
    if less.value is not None:
        assert more.value is not None
        assert more.value >= less.value


@pytest.mark.parametrize("name", ["nash", "egalitarian", "leximin", "kalai_smorodinsky", "relative_utilitarian"])
@given(seed=st.integers(0, 10**6), n=st.integers(5, 6), least=st.integers(-1, 30))
@example(seed=272239, n=5, least=3)  # shares of ideals taken over part of the frontier were too large
def test_bounded_or_proven_the_bound_holds_for_many_parties(name: str, seed: int, n: int, least: int) -> None:
    from properties.settlement_bargains import simple

    worth = np.random.default_rng(seed).integers(0, 9, (8, 3, n)).tolist()
    bargain = simple(worth, [least] * n)
    searched = solve(simple([*worth, *[[[0] * n] * 3] * 4], [least] * n), name)  # too many settlements to list
    listed = solve(bargain, name)
    if searched.status is Status.INFEASIBLE:
        assert listed.value is None
    if searched.value is not None and listed.value is not None:
        assert searched.value <= listed.value
        assert searched.bound is None or float(searched.bound) >= float(listed.value) - 1e-9
        if searched.status is Status.PROVEN:
            assert searched.value == listed.value
