"""Kernels of the additive frontier: merge issue by issue and keep what is not dominated.

Points are rows of whole numbers, one column per party, in lexicographically descending order. So a point can only be
dominated by one before it, and equal points are neighbours. Arrays in, arrays out, no checks.
"""

from __future__ import annotations

import numpy as np

from goodoffices.settlement.kernels.dominance import RECENT, folded, is_covered, keep_many, step_in
from goodoffices.settlement.kernels.jit import Bools, Floats, Ints, kernel


@kernel
def is_before(points: Ints, first: int, second: int) -> bool:
    """Return whether row ``first`` comes before or equals row ``second`` in descending order."""
    for party in range(points.shape[1]):
        if points[first, party] != points[second, party]:
            return bool(points[first, party] > points[second, party])
    return True


@kernel
def shifted(points: Ints, rows: Ints, need: Ints) -> tuple[Ints, Ints, Ints]:
    """Add every option row to every point, and drop sums that cannot reach ``need``.

    Return the sums, the origin of each (option << 32 | point), and the start of the run of each option.
    """
    n_points, n = points.shape
    sums = np.empty((n_points * rows.shape[0], n), np.int64)
    origin = np.empty(n_points * rows.shape[0], np.int64)
    starts = np.zeros(rows.shape[0] + 1, np.int64)
    size = 0
    for option in range(rows.shape[0]):
        for point in range(n_points):
            enough = True
            for party in range(n):
                total = points[point, party] + rows[option, party]
                sums[size, party] = total
                enough &= total >= need[party]
            if enough:
                origin[size] = option << 32 | point
                size += 1
        starts[option + 1] = size
    return sums[:size], origin[:size], starts


@kernel
def merge_two(points: Ints, order: Ints, out: Ints, bounds: tuple[int, int, int]) -> None:
    """Merge the two sorted runs order[low:middle], order[middle:high] into ``out``."""
    low, middle, high = bounds
    left, right = low, middle
    for place in range(low, high):
        if right >= high or (left < middle and is_before(points, order[left], order[right])):
            out[place] = order[left]
            left += 1
        else:
            out[place] = order[right]
            right += 1


@kernel
def merged_order(points: Ints, starts: Ints) -> Ints:
    """Return the descending order of points that consist of sorted runs."""
    order = np.arange(points.shape[0])
    other = np.empty_like(order)
    runs = starts
    while runs.shape[0] > 2:
        n_runs = runs.shape[0] - 1
        halved = np.empty((n_runs + 1) // 2 + 1, np.int64)
        halved[0] = 0
        for pair in range((n_runs + 1) // 2):
            high = runs[min(2 * pair + 2, n_runs)]
            merge_two(points, order, other, (runs[2 * pair], runs[min(2 * pair + 1, n_runs)], high))
            halved[pair + 1] = high
        order, other = other, order
        runs = halved
    return order


@kernel
def sweep_two(points: Ints, order: Ints) -> Bools:
    """Mark the undominated two-party points in ``order``, and only the first of equal ones."""
    keep = np.zeros(order.shape[0], np.bool_)
    best = np.int64(-(2**63))
    for place in range(order.shape[0]):
        worth = points[order[place], 1]
        if worth > best:
            best = worth
            keep[place] = True
    return keep


@kernel
def sweep_three(points: Ints, order: Ints) -> Bools:
    """Mark the undominated three-party points in ``order``, and only the first of equal ones."""
    keep = np.zeros(order.shape[0], np.bool_)
    stairs, size = np.empty((2, 0), np.int64), 0
    recent, n_recent = np.empty((2, RECENT + 1), np.int64), 0
    for place in range(order.shape[0]):
        second, third = points[order[place], 1], points[order[place], 2]
        if is_covered(recent, n_recent, second, third) or is_covered(stairs, size, second, third):
            continue
        keep[place] = True
        n_recent = step_in(recent, n_recent, second, third)
        if n_recent >= RECENT:
            stairs, size = folded(stairs, size, recent, n_recent)
            n_recent = 0
    return keep


@kernel
def undominated_sorted(points: Ints, order: Ints) -> Bools:
    """Mark the undominated points in the descending ``order``, and only the first of equal ones."""
    n = points.shape[1]
    if order.shape[0] == 0 or n == 1:
        keep = np.zeros(order.shape[0], np.bool_)
        keep[:1] = True
        return keep
    if n == 2:
        return sweep_two(points, order)
    if n == 3:
        return sweep_three(points, order)
    return keep_many(points, order)


@kernel
def count_ties(points: Ints, order: Ints, keep: Bools, weight: Floats) -> Floats:
    """Return, for each kept point, the total ``weight`` of the points equal to it."""
    ties = np.zeros(keep.sum(), np.float64)
    kept, last = -1, -1
    for place in range(order.shape[0]):
        if keep[place]:
            kept += 1
            last = order[place]
            ties[kept] = weight[order[place]]
        elif last >= 0 and is_before(points, order[place], last):
            ties[kept] += weight[order[place]]
    return ties


@kernel
def merge_many(points: Ints, ties: Floats, rows: Ints, need: Ints) -> tuple[Ints, Floats, Ints]:
    """Merge an issue for four or more parties: sort the sums, then divide and conquer."""
    sums, origin, runs = shifted(points, rows, need)
    order = merged_order(sums, runs)
    keep = undominated_sorted(sums, order)
    weight = count_ties(sums, order, keep, ties[origin & 0xFFFFFFFF])
    chosen = order[keep]
    return sums[chosen], weight, origin[chosen]


@kernel
def kept_with_ties(points: Ints, order: Ints, weight: Floats) -> tuple[Ints, Floats]:
    """Return the undominated rows in descending ``order``, and for each the total weight of equal points."""
    keep = undominated_sorted(points, order)
    return order[keep], count_ties(points, order, keep, weight)
