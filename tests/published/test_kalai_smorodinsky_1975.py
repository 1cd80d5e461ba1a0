"""E. Kalai & M. Smorodinsky (1975), Other Solutions to Nash's Bargaining Problem, Econometrica 43(3), 513-518.

Their case against Nash's solution: two sets, the second of which offers the second player more at every demand of the
first and nothing less to anybody, and yet Nash's solution gives the second player less. The sets are convex hulls;
lotteries over their corners are what `mixture` maximises over.
"""

from __future__ import annotations

import pytest

from goodoffices.bargain import Bargain, BargainIssue
from goodoffices.settlement.solutions.lotteries import mixture


def hull(*corners: tuple[float, float]) -> Bargain:
    return Bargain(
        issues=(BargainIssue(name="corner", options=tuple(str(corner) for corner in corners)),),
        parties=("first", "second"),
        worth=(corners,),
    )


SMALL = hull((0, 1), (0.75, 0.75), (1, 0))
LARGE = hull((0, 1), (1, 0.7))


def best_product_on_the_edge(first: tuple[float, float], second: tuple[float, float]) -> tuple[float, float]:
    """Return Nash's solution on a segment, by the first-order condition."""
    (a, b), (c, d) = first, second
    share = min(max(-(a * (d - b) + b * (c - a)) / (2 * (c - a) * (d - b)), 0.0), 1.0)
    return a + share * (c - a), b + share * (d - b)


def test_nash_gives_the_second_player_less_where_more_is_offered() -> None:
    assert best_product_on_the_edge((0, 1), (0.75, 0.75)) == pytest.approx((0.75, 0.75))
    assert best_product_on_the_edge((0, 1), (1, 0.7)) == pytest.approx((1, 0.7))


def test_the_monotone_solution_gives_the_second_player_more() -> None:
    small, large = mixture(SMALL, "kalai_smorodinsky"), mixture(LARGE, "kalai_smorodinsky")
    assert small is not None
    assert large is not None
    assert small.gains == pytest.approx((0.75, 0.75))
    assert large.gains == pytest.approx((1 / 1.3, 1 / 1.3))
