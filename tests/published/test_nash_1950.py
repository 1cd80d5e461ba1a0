"""J. F. Nash (1950), The Bargaining Problem, Econometrica 18(2), 155-162. The example of Bill and Jack, pp. 161-162."""

from __future__ import annotations

from fractions import Fraction

import pytest

from goodoffices.bargain import Bargain, BargainIssue
from goodoffices.settlement.solutions.solve import solve

BILLS = {"book": (2, 4), "whip": (2, 2), "ball": (2, 1), "bat": (2, 2), "box": (4, 1)}
JACKS = {"pen": (10, 1), "toy": (4, 1), "knife": (6, 2), "hat": (2, 2)}
"""Utility of each good to Bill and to Jack."""


@pytest.fixture
def bill_and_jack() -> Bargain:
    goods = BILLS | JACKS
    return Bargain(
        issues=tuple(BargainIssue(name=good, options=("Bill has it", "Jack has it")) for good in goods),
        parties=("Bill", "Jack"),
        worth=tuple(((bill, 0), (0, jack)) for bill, jack in goods.values()),
        reservation_value=(sum(bill for bill, _ in BILLS.values()), sum(jack for _, jack in JACKS.values())),
    )


def test_the_published_trade_is_the_only_optimum(bill_and_jack: Bargain) -> None:
    found = solve(bill_and_jack, "nash")
    [settlement] = found.settlements
    holds = bill_and_jack.named(settlement)
    traded = {good for good in BILLS if holds[good] == "Jack has it"} | {g for g in JACKS if holds[g] == "Bill has it"}
    assert traded == {"book", "whip", "ball", "bat", "pen", "toy", "knife"}
    assert found.picks[0].gains == (Fraction(12), Fraction(5))
    assert found.value == 60
