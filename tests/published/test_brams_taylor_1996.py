"""S. J. Brams & A. D. Taylor (1996), Fair Division, chapter 5; The Win-Win Solution (1999): the Trump divorce.

Adjusted Winner's outcome is efficient, equitable and envy-free: each side ends with 72 2/3 of its hundred points. It is
the lottery (here: the division of one item) that maximises the smaller side's points.
"""

from __future__ import annotations

import pytest

from goodoffices.bargain import Bargain, BargainIssue
from goodoffices.settlement.solutions.lotteries import mixture

POINTS = {
    "Connecticut estate": (10, 38),
    "Palm Beach mansion": (40, 20),
    "Trump Plaza apartment": (10, 30),
    "Trump Tower triplex": (38, 10),
    "cash and jewellery": (2, 2),
}
"""Points of Donald and of Ivana."""


@pytest.fixture
def divorce() -> Bargain:
    return Bargain(
        issues=tuple(BargainIssue(name=item, options=("Donald", "Ivana")) for item in POINTS),
        parties=("Donald", "Ivana"),
        worth=tuple(((donald, 0), (0, ivana)) for donald, ivana in POINTS.values()),
    )


def test_each_side_ends_with_seventy_two_and_two_thirds(divorce: Bargain) -> None:
    found = mixture(divorce, "egalitarian")
    assert found is not None
    assert found.gains == pytest.approx((72 + 2 / 3, 72 + 2 / 3))


def test_both_get_more_than_half_so_nobody_envies(divorce: Bargain) -> None:
    found = mixture(divorce, "egalitarian")
    assert found is not None
    assert min(found.gains) > 50
