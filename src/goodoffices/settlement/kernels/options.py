"""Kernels on options: find the useful ones, add up chosen ones, and trace a point back to its options."""

from __future__ import annotations

import numpy as np

from goodoffices.settlement.kernels.jit import Bools, Ints, kernel

_BLOCK = 256
"""The number of settlements that are traced back together, so that their rows stay in the cache."""


@kernel
def dominates(rows: Ints, first: int, second: int) -> bool:
    """Return whether row ``first`` is at least row ``second`` in every column, and larger in one."""
    above = False
    for party in range(rows.shape[1]):
        if rows[first, party] < rows[second, party]:
            return False
        above |= rows[first, party] > rows[second, party]
    return above


@kernel
def useful_options(rows: Ints, offsets: Ints, allowed: Bools) -> tuple[Ints, Ints]:
    """Return the allowed options that no allowed option of their issue dominates, and where each issue starts."""
    index = np.empty(rows.shape[0], np.int64)
    starts = np.zeros(offsets.shape[0], np.int64)
    count = 0
    for issue in range(offsets.shape[0] - 1):
        for option in range(offsets[issue], offsets[issue + 1]):
            useful = bool(allowed[option])
            for other in range(offsets[issue], offsets[issue + 1]):
                if allowed[other] and dominates(rows, other, option):
                    useful = False
                    break
            if useful:
                index[count] = option
                count += 1
        starts[issue + 1] = count
    return index[:count].copy(), starts


@kernel
def sum_rows(rows: Ints, offsets: Ints, choices: Ints) -> Ints:
    """Return the sum of the rows of the chosen options, per settlement and party."""
    totals = np.zeros((choices.shape[0], rows.shape[1]), np.int64)
    for settlement in range(choices.shape[0]):
        for issue in range(choices.shape[1]):
            row = offsets[issue] + choices[settlement, issue]
            for party in range(rows.shape[1]):
                totals[settlement, party] += rows[row, party]
    return totals


@kernel
def trace_back(levels: tuple[Ints, Ints], merged: tuple[Ints, Ints, Ints], shift: Ints) -> Ints:
    """Return for each point of the last level the option chosen on every issue.

    ``levels``: origins of all levels one after another (option << 32 | point of the level before), and where each level
    starts. ``merged``: issue of each level, offsets of its options, and their numbers among all options. ``shift`` of
    the issue is subtracted from these.
    """
    origins, starts = levels
    order, offsets, options = merged
    n_levels = order.shape[0]
    n_points = starts[n_levels] - starts[n_levels - 1]
    choices = np.empty((n_points, n_levels), np.int64)
    at = np.arange(n_points)
    for begin in range(0, n_points, _BLOCK):
        for level in range(n_levels - 1, -1, -1):
            issue = order[level]
            for point in range(begin, min(begin + _BLOCK, n_points)):
                origin = origins[starts[level] + at[point]]
                choices[point, issue] = options[offsets[level] + (origin >> 32)] - shift[issue]
                at[point] = origin & 0xFFFFFFFF
    return choices
