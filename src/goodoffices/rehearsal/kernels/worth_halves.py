"""Compiled order of a party's settlements: two halves of sums, and the least worth that is at least a level."""

from __future__ import annotations

import numpy as np

from goodoffices.rehearsal.kernels.layout import Orders, Rules, Wants
from goodoffices.settlement.kernels.jit import Floats, Ints, kernel


@kernel
def worth_of(rules: Rules, worth: Floats, party: int, options: Ints) -> float:
    """Return what a settlement is worth to a party; ``worth``: (o, n)."""
    first, second = 0.0, 0.0
    for issue in range(rules.split):
        first += worth[rules.starts[issue] + options[issue], party]
    for issue in range(rules.split, rules.sizes.shape[0]):
        second += worth[rules.starts[issue] + options[issue], party]
    return first + second


@kernel
def fill_half(
    rules: Rules, wants: tuple[Floats, Ints], party: int, issues: tuple[int, int], half: tuple[Floats, Ints]
) -> int:
    """Write the sums of one half that cross no red line, rising, with their numbers, and return how many there are.

    Equal sums stay in file order. ``wants``: worth (o, n) and red lines (o,) of one run.
    """
    worth, crossed = wants
    size = 1
    for issue in range(issues[0], issues[1]):
        size *= rules.sizes[issue]
    sums, open_to = np.zeros(size), np.ones(size, np.bool_)
    block = size
    for issue in range(issues[0], issues[1]):
        block //= rules.sizes[issue]
        for number in range(size):
            row = rules.starts[issue] + number // block % rules.sizes[issue]
            sums[number] += worth[row, party]
            if (crossed[row] >> party) & 1:
                open_to[number] = False
    numbers = np.flatnonzero(open_to)
    rising = np.argsort(sums[numbers], kind="mergesort")
    for place in range(len(rising)):
        number = numbers[rising[place]]
        half[0][place] = sums[number]
        half[1][place] = number
    return len(rising)


@kernel
def first_equal(row: Floats, numbers: Ints, place: tuple[int, int], base: float, worth: float) -> int:
    """Return the least number among equal sums from a place on."""
    least, column = numbers[place[0]], place[0] + 1
    while column < place[1] and base + row[column] == worth:
        least = min(least, numbers[column])
        column += 1
    return int(least)


@kernel
def least_sum(first: Floats, second: Floats, level: float) -> float:
    """Return the least sum of one of each that is at least ``level``; infinite if there is none."""
    least, column = np.inf, second.shape[0]
    for row in range(first.shape[0]):
        while column > 0 and first[row] + second[column - 1] >= level:
            column -= 1
        if column < second.shape[0]:
            least = min(least, first[row] + second[column])
    return float(least)


@kernel
def at_least(orders: Orders, party: int, level: float, n_second: int) -> tuple[int, float]:
    """Return the number and worth of the settlement of least worth that is at least ``level``; -1 if there is none.

    Of equal ones the first in file order. The sums of the first half rise, so their least partners fall.
    """
    first, second = orders.first[party], orders.second[party]
    n_first, n_columns = orders.allowed[party, 0], orders.allowed[party, 1]
    least = least_sum(first[:n_first], second[:n_columns], level)
    if least == np.inf:
        return -1, 0.0
    found, column = -1, n_columns
    for row in range(n_first):
        while column > 0 and first[row] + second[column - 1] >= level:
            column -= 1
        if column < n_columns and first[row] + second[column] == least:
            equal = first_equal(second, orders.second_numbers[party], (column, n_columns), first[row], least)
            number = orders.first_numbers[party, row] * n_second + equal
            found = number if found < 0 else min(found, number)
    return found, least


@kernel
def is_as_before(wants: Wants, run: int) -> bool:
    """Return whether a run's numbers are those of the run before."""
    if run == 0:
        return False
    before = run - 1
    return (
        np.array_equal(wants.worth[run], wants.worth[before])
        and np.array_equal(wants.reservation[run], wants.reservation[before])
        and np.array_equal(wants.crossed[run], wants.crossed[before])
        and np.array_equal(wants.shares[run], wants.shares[before])
    )


@kernel
def fill_orders(rules: Rules, wants: Wants, run: int, slack: Floats, orders: Orders) -> bool:
    """Put all parties' settlements in order for a run; return False if a party's red lines leave it nothing."""
    here = (wants.worth[run], wants.crossed[run])
    m = rules.sizes.shape[0]
    for party in range(orders.allowed.shape[0]):
        first = (orders.first[party], orders.first_numbers[party])
        second = (orders.second[party], orders.second_numbers[party])
        n_first = fill_half(rules, here, party, (0, rules.split), first)
        n_columns = fill_half(rules, here, party, (rules.split, m), second)
        orders.allowed[party, 0], orders.allowed[party, 1] = n_first, n_columns
        if n_first == 0 or n_columns == 0:
            return False
        worst, best = first[0][0] + second[0][0], first[0][n_first - 1] + second[0][n_columns - 1]
        reservation = wants.reservation[run, party]
        low = max(reservation, worst)
        orders.span[party, 0], orders.span[party, 1], orders.span[party, 2] = worst, best, low
        orders.span[party, 3] = max(best - reservation, 0.0)
        for turn in range(rules.n_turns):
            level = low + (best - low) * wants.shares[run, party, turn]
            if slack[party] != 0.0:
                level = max(low, level - slack[party])
            orders.levels[party, turn] = level
        orders.known[party, :] = -2
    return True
