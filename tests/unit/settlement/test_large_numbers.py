"""Exact gains whose whole numbers pass the largest float: worth with sixteen digits, of several parties and issues."""

from __future__ import annotations

import json
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from goodoffices.bargain import Bargain, BargainIssue
from goodoffices.settlement import text_output
from goodoffices.settlement.frontiers.frontier import frontier
from goodoffices.settlement.problem.gains import gains_of
from goodoffices.settlement.problem.integer_form import prepare
from goodoffices.settlement.results import Status
from goodoffices.settlement.solutions.definitions import DEFINITIONS
from goodoffices.settlement.solutions.solve import solve_all
from goodoffices.settlement.verification.verify import verify

pytestmark = pytest.mark.slow

SIZES = [(2, 12), (3, 8), (5, 6), (2, 3)]


def ratios(n_parties: int, n_issues: int, n_options: int = 3) -> Bargain:
    """Return a bargain whose worth is quotients of sixteen-digit numbers, as readers make by dividing evaluations."""
    rng = np.random.default_rng(n_parties * 100 + n_issues)

    def quotient() -> Fraction:
        first, second = sorted(int(value) for value in rng.integers(10**15, 10**16, 2))
        return Fraction(first, second)

    options = tuple(f"o{at}" for at in range(n_options))
    return Bargain(
        issues=tuple(BargainIssue(name=f"i{at}", options=options) for at in range(n_issues)),
        parties=tuple(f"P{at}" for at in range(n_parties)),
        worth=tuple(
            tuple(tuple(quotient() / n_issues for _ in range(n_parties)) for _ in options) for _ in range(n_issues)
        ),
        reservation_value=tuple(Fraction(1, 3) for _ in range(n_parties)),
    )


@pytest.mark.parametrize(("n_parties", "n_issues"), SIZES)
def test_every_solution_is_found_and_checked(n_parties: int, n_issues: int) -> None:
    bargain = ratios(n_parties, n_issues)
    points = frontier(bargain)
    gains = gains_of(prepare(bargain), points.choices)
    if n_issues > 3:
        assert max(abs(int(value)) for value in gains.values.ravel()) > 10**310
    direct = [[float(gain) for gain in points.pick(at).gains] for at in range(len(points))]
    assert gains.approximate == pytest.approx(np.array(direct))
    found: dict[str, Any] = {name: one.to_json() for name, one in solve_all(bargain).items()}
    assert set(found) == set(DEFINITIONS)
    assert all(one["status"] == Status.PROVEN for one in found.values())
    if bargain.settlements <= 60_000:
        verdict = verify(json.loads(json.dumps({"solutions": found})), bargain)
        assert verdict.is_accepted, str(verdict)


def test_the_largest_product_is_the_one_of_plain_fractions() -> None:
    bargain = ratios(2, 5)
    result = text_output.settle(bargain, solution="nash")
    [chosen] = result["solutions"]["nash"]["settlements"]
    points = frontier(bargain)
    best = max(range(len(points)), key=lambda at: points.pick(at).gains[0] * points.pick(at).gains[1])
    assert chosen == bargain.named(points.settlement(best))


def test_a_short_frontier_of_many_parties_and_settlements_is_listed_and_proven() -> None:
    rng = np.random.default_rng(7)
    common, own = rng.integers(0, 20, (15, 4, 1)), rng.integers(0, 3, (15, 4, 8))
    bargain = Bargain(
        issues=tuple(BargainIssue(name=f"i{at}", options=("a", "b", "c", "d")) for at in range(15)),
        parties=tuple(f"P{at}" for at in range(8)),
        worth=tuple(tuple(tuple(row) for row in table) for table in (10 * common + own).tolist()),
    )
    assert bargain.settlements > 10**9
    found = solve_all(bargain)
    assert {one.status for one in found.values()} == {Status.PROVEN}
    assert found["leximin"].searched["frontier points"] < 5_000
