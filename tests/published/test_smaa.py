"""Weights of which only little is known: Barron & Barrett (1996) and Lahdelma, Hokkanen & Salminen (1998).

F. H. Barron & B. E. Barrett (1996), Decision quality using ranked attribute weights, Management Science 42(11),
1515-1523: the centroid of the weights in a given order of n is w_k = (1/k + ... + 1/n) / n. Lahdelma et al. (1998),
EJOR 106(1), 137-143: the acceptability index is the share of the weight simplex; for two criteria it is a length that
one can see.
"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, strategies as st

from goodoffices.bargain import Bargain, BargainIssue
from goodoffices.settlement.uncertainty.acceptance import acceptance_probability
from goodoffices.settlement.uncertainty.beliefs import Estimate, Ranking, UncertainBargain, Weights
from goodoffices.settlement.uncertainty.robustness import robust


@pytest.mark.parametrize("n", [2, 3, 4, 5])
def test_ranked_weights_have_the_published_centroid(n: int) -> None:
    ranking = Ranking(groups=tuple((issue,) for issue in range(n)))
    drawn = Weights(party=0, known=ranking).draw(np.random.default_rng(1), 40_000, n)
    centroid = [sum(1 / j for j in range(k, n + 1)) / n for k in range(1, n + 1)]
    assert drawn.mean(axis=0) == pytest.approx(centroid, abs=0.005)
    assert (np.diff(drawn, axis=1) <= 0).all()


@given(st.floats(0, 1), st.floats(0, 1), st.floats(0.01, 0.99))
def test_with_two_criteria_the_share_is_a_length(first: float, second: float, level: float) -> None:
    [found] = acceptance_probability([[first, second]], level)
    if first == second:
        assert found == float(first >= level)
        return
    cut = (level - second) / (first - second)
    length = 1 - cut if first > second else cut
    assert found == pytest.approx(min(max(length, 0.0), 1.0), abs=1e-9)


@given(st.lists(st.integers(0, 4), min_size=3, max_size=5), st.integers(1, 7), st.booleans())
def test_the_closed_form_agrees_with_drawing(values: list[int], eighths: int, ranked: bool) -> None:
    level = eighths / 2 + 0.1
    n = len(values)
    weights = np.random.default_rng(7).dirichlet(np.ones(n), 20_000)
    if ranked:
        weights = -np.sort(-weights, axis=1)
    share = float((weights @ np.array(values) >= level).mean())
    [found] = acceptance_probability([values], level, ranking=tuple(range(n)) if ranked else None)
    assert found == pytest.approx(share, abs=0.02)


def test_sampled_worlds_give_the_exact_probability_within_the_interval() -> None:
    bargain = Bargain(
        issues=tuple(BargainIssue(name=f"i{at}", options=("good", "bad")) for at in range(4)),
        parties=("P",),
        worth=(((0,), (0,)),) * 4,
        reservation_value=(0.6,),
    )
    table = tuple(Estimate(party=0, issue=issue, worth=(1.0, 0.0)) for issue in range(4))
    found = robust(
        UncertainBargain(bargain=bargain, estimates=table, weights=(Weights(party=0),)), worlds=20_000, seed=3
    )
    settlements = [found.settlement(at) for at in range(16)]
    exact = acceptance_probability([[1.0 - option for option in s] for s in settlements], 0.6)
    inside = (found.low <= exact + 1e-12) & (exact <= found.high + 1e-12)
    assert inside.sum() >= 13  # sixteen intervals of 95 %
