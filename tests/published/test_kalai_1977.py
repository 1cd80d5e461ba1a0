"""E. Kalai (1977), Proportional Solutions to Bargaining Situations, Econometrica 45(7), 1623-1630.

Theorem 1: the proportional solutions are those that can be negotiated step by step. Checked on lotteries over corners.
"""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from goodoffices.bargain import Bargain, BargainIssue
from goodoffices.settlement.solutions.lotteries import mixture

corners = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), min_size=1, max_size=5)


def hull(points: list[tuple[int, int]], start: tuple[float, float] = (0, 0)) -> Bargain:
    return Bargain(
        issues=(BargainIssue(name="corner", options=tuple(f"{at}" for at in range(len(points) + 1))),),
        parties=("first", "second"),
        worth=(((0, 0), *points),),
        reservation_value=start,
    )


def equal_gain(points: list[tuple[int, int]], start: tuple[float, float] = (0, 0)) -> float:
    found = mixture(hull(points), "egalitarian") if start == (0, 0) else None
    assert found is not None
    return found.value


@given(corners, corners)
def test_the_egalitarian_solution_can_be_negotiated_step_by_step(
    first: list[tuple[int, int]], more: list[tuple[int, int]]
) -> None:
    small, large = equal_gain(first), equal_gain(first + more)
    assert large >= small - 1e-9
    # The second step starts where the first ended: corners are counted from there, losses to that start are not taken.
    moved = [(a - small, b - small) for a, b in [(0, 0), *first, *more]]
    rest = Bargain(
        issues=(BargainIssue(name="corner", options=tuple(str(at) for at in range(len(moved)))),),
        parties=("first", "second"),
        worth=(tuple(moved),),
        reservation_value=(-100, -100),
    )
    second = mixture(rest, "egalitarian")
    assert second is not None
    assert small + second.value - 100 == pytest.approx(large, abs=1e-7)
