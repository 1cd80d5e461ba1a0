"""Compiled order of a party's settlements: two halves of sums, and the least worth that is at least a level."""

from __future__ import annotations

import numpy as np

from goodoffices.rehearsal.kernels.compilation import inner
from goodoffices.rehearsal.kernels.layout import Orders, Rules
from goodoffices.settlement.kernels.jit import Floats, Ints


@inner
def worth_of(rules: Rules, worth: Floats, party: int, options: Ints) -> float:
    """Return what a settlement is worth to a party; ``worth``: (o, n)."""
    first, second = 0.0, 0.0
    for issue in range(rules.split):
        first += worth[rules.starts[issue] + options[issue], party]
    for issue in range(rules.split, rules.sizes.shape[0]):
        second += worth[rules.starts[issue] + options[issue], party]
    return first + second


@inner
def first_equal(row: Floats, numbers: Ints, place: tuple[int, int], base: float, worth: float) -> int:
    """Return the least number among equal sums from a place on."""
    least, column = numbers[place[0]], place[0] + 1
    while column < place[1] and base + row[column] == worth:
        least = min(least, numbers[column])
        column += 1
    return int(least)


@inner
def at_least(orders: Orders, who: tuple[int, int], level: float, n_second: int) -> tuple[int, float]:
    """Return the number and worth of the settlement of least worth that is at least ``level``; -1 if there is none.

    Of equal ones the first in file order. The sums of the first half rise, so their least partners fall. ``who``: the
    row of the orders, and the party.
    """
    row_of, party = who
    first, second = orders.first[row_of, party], orders.second[row_of, party]
    numbers = orders.second_numbers[row_of, party]
    n_columns = orders.allowed[row_of, party, 1]
    least, found, column = np.inf, -1, n_columns
    for row in range(orders.allowed[row_of, party, 0]):
        base = first[row]
        while column > 0 and base + second[column - 1] >= level:
            column -= 1
        if column == n_columns or base + second[column] > least:
            continue
        equal = first_equal(second, numbers, (column, n_columns), base, base + second[column])
        number = orders.first_numbers[row_of, party, row] * n_second + equal
        found = number if base + second[column] < least else min(found, number)
        least = base + second[column]
    return (found, float(least)) if found >= 0 else (-1, 0.0)
