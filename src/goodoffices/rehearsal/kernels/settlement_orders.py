"""The settlements of all parties in order of worth, as the loops need them: made with array operations."""

from __future__ import annotations

import numpy as np

from goodoffices.rehearsal.kernels.layout import Bools, Floats, Ints, Manners, Orders, Rules

MICRO = 5
"""The number of the rule by which a party concedes one settlement after another."""


def half_sums_of(rules: Rules, worth: Floats, crossed: Ints, issues: range) -> tuple[Floats, Bools]:
    """Return (R, n, choices) the sums of one half, in file order, and which cross a red line of the party."""
    n_runs, _, n = worth.shape
    sums, shut = np.zeros((n_runs, n, 1)), np.zeros((n_runs, n, 1), np.bool_)
    for issue in issues:
        rows = slice(rules.starts[issue], rules.starts[issue] + rules.sizes[issue])
        lines = (crossed[:, None, rows] >> np.arange(n)[None, :, None] & 1).astype(np.bool_)
        shape = (n_runs, n, sums.shape[2] * int(rules.sizes[issue]))
        sums = (sums[..., None] + worth[:, rows].transpose(0, 2, 1)[:, :, None, :]).reshape(shape)
        shut = (shut[..., None] | lines[:, :, None, :]).reshape(shape)
    return sums, shut


def sorted_orders(rules: Rules, worth: Floats, reservation: Floats, crossed: Ints) -> Orders:
    """Return the settlements of all parties in order of worth, one row for each set of worths.

    Sums that cross a red line stand last, and are not counted as allowed. Equal sums stay in file order.
    """
    n, m, n_turns = worth.shape[2], len(rules.sizes), rules.n_turns
    halves = []
    for issues in (range(rules.split), range(rules.split, m)):
        sums, shut = half_sums_of(rules, worth, crossed, issues)
        numbers = np.argsort(np.where(shut, np.inf, sums), axis=2, kind="stable")
        halves.append((np.take_along_axis(sums, numbers, axis=2), numbers, (~shut).sum(axis=2)))
    (first, first_numbers, n_first), (second, second_numbers, n_second) = halves
    allowed = np.stack((n_first, n_second), axis=2).astype(np.int64)
    top = [np.take_along_axis(sums, np.maximum(count - 1, 0)[..., None], axis=2)[..., 0] for sums, _, count in halves]
    worst, best = first[..., 0] + second[..., 0], top[0] + top[1]
    return Orders(
        first=first, first_numbers=first_numbers, second=second, second_numbers=second_numbers, allowed=allowed,
        span=np.stack((worst, best, np.maximum(reservation, worst)), axis=2),
        falling=np.full((1, 1, 1), -1, np.int64), falling_worth=np.zeros((1, 1, 1)),
        known=np.full((n, n_turns), -2, np.int64), known_worth=np.zeros((n, n_turns)),
        known_options=np.zeros((n, n_turns, m), np.int64),
    )  # fmt: skip


def with_falling(rules: Rules, manners: Manners, orders: Orders) -> Orders:
    """Return the orders with the best settlements of those who concede one after another, as many as there are turns.

    Of equal ones the first in file order comes first.
    """
    rows, n, most = len(orders.first), len(manners.proposing), rules.n_turns + 2
    numbers, worths = np.full((rows, n, most), -1, np.int64), np.zeros((rows, n, most))
    for row in range(rows):
        for party in np.flatnonzero(manners.proposing == MICRO).tolist():
            n_first, n_second = orders.allowed[row, party]
            first, second = orders.first[row, party, :n_first], orders.second[row, party, :n_second]
            sums = (first[:, None] + second[None, :]).ravel()
            count = min(rules.n_turns + 1, len(sums))
            if not count:
                continue
            good = np.flatnonzero(sums >= np.partition(sums, len(sums) - count)[len(sums) - count])
            found = orders.first_numbers[row, party, good // n_second] * rules.n_second
            found += orders.second_numbers[row, party, good % n_second]
            falling = np.lexsort((found, -sums[good]))[:count]
            numbers[row, party, :count], worths[row, party, :count] = found[falling], sums[good][falling]
    return orders._replace(falling=numbers, falling_worth=worths)
