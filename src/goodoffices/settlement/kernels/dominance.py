"""Kernels that find the undominated points with four or more coordinates, by divide and conquer.

References
----------
H. T. Kung, F. Luccio & F. P. Preparata (1975). On finding the maxima of a set of vectors. Journal of the ACM 22(4),
469-476. https://doi.org/10.1145/321906.321910
"""

from __future__ import annotations

import numpy as np

from goodoffices.settlement.kernels.jit import Bools, Ints, kernel

RECENT = 64
"""The size of the short staircase on which steps are collected before they join the long one (measured)."""

_SMALL = 24
"""Below this many points comparing every pair is quicker than splitting (measured)."""


@kernel
def covers(points: Ints, first: int, second: int, begin: int) -> bool:
    """Return whether row ``first`` is at least row ``second`` in every column from ``begin`` on."""
    for column in range(begin, points.shape[1]):  # noqa: SIM110 (a plain loop compiles to less)
        if points[first, column] < points[second, column]:
            return False
    return True


@kernel
def cross_out_pairwise(points: Ints, upper: Ints, lower: Ints, dead: Bools, begin: int) -> None:
    """Mark as dead every row of ``lower`` that a row of ``upper`` covers from column ``begin`` on."""
    for low in lower:
        for high in upper:
            if covers(points, high, low, begin):
                dead[low] = True
                break


@kernel
def first_not_below(stairs: Ints, size: int, value: int) -> int:
    """Return the first place of ascending ``stairs[0, :size]`` that is at least ``value``."""
    low, high = 0, size
    while low < high:
        middle = (low + high) >> 1
        if stairs[0, middle] < value:
            low = middle + 1
        else:
            high = middle
    return low


@kernel
def step_in(stairs: Ints, size: int, second: int, third: int) -> int:
    """Put (second, third), which no step covers, on the staircase, and return the new size.

    ``stairs`` has two rows: second coordinates ascending, third strictly descending.
    """
    place = first_not_below(stairs, size, second)
    end = place + 1 if place < size and stairs[0, place] == second else place
    begin = place
    while begin > 0 and stairs[1, begin - 1] <= third:
        begin -= 1
    shift = 1 - (end - begin)
    if shift > 0:
        for at in range(size, begin, -1):
            stairs[0, at] = stairs[0, at - 1]
            stairs[1, at] = stairs[1, at - 1]
    elif shift < 0:
        for at in range(end, size):
            stairs[0, at + shift] = stairs[0, at]
            stairs[1, at + shift] = stairs[1, at]
    stairs[0, begin] = second
    stairs[1, begin] = third
    return size + shift


@kernel
def is_covered(stairs: Ints, size: int, second: int, third: int) -> bool:
    """Return whether a step of the staircase is at least (second, third)."""
    place = first_not_below(stairs, size, second)
    return bool(place < size and stairs[1, place] >= third)


@kernel
def folded(stairs: Ints, size: int, recent: Ints, n_recent: int) -> tuple[Ints, int]:
    """Join two staircases into one, and return it with its size.

    Steps are first put on a short staircase, so that the long one is not shifted at every step.
    """
    out = np.empty((2, size + n_recent), np.int64)
    i, j, count = size - 1, n_recent - 1, out.shape[1]
    best = np.int64(-(2**63))
    while i >= 0 or j >= 0:
        if j < 0 or (i >= 0 and (stairs[0, i], stairs[1, i]) >= (recent[0, j], recent[1, j])):
            second, third = stairs[0, i], stairs[1, i]
            i -= 1
        else:
            second, third = recent[0, j], recent[1, j]
            j -= 1
        if third > best:
            best = third
            count -= 1
            out[0, count], out[1, count] = second, third
    return out[:, count:], out.shape[1] - count


@kernel
def cross_out_sweep(points: Ints, upper: Ints, lower: Ints, dead: Bools, begin: int) -> None:
    """Do what ``cross_out`` does, for three columns and two sets in descending order of column ``begin``."""
    stairs, size = np.empty((2, 0), np.int64), 0
    recent, n_recent = np.empty((2, RECENT + 1), np.int64), 0
    high = 0
    for low in lower:
        while high < upper.shape[0] and points[upper[high], begin] >= points[low, begin]:
            second, third = points[upper[high], begin + 1], points[upper[high], begin + 2]
            high += 1
            if is_covered(stairs, size, second, third) or is_covered(recent, n_recent, second, third):
                continue
            n_recent = step_in(recent, n_recent, second, third)
            if n_recent >= RECENT:
                stairs, size = folded(stairs, size, recent, n_recent)
                n_recent = 0
        second, third = points[low, begin + 1], points[low, begin + 2]
        dead[low] = is_covered(recent, n_recent, second, third) or is_covered(stairs, size, second, third)


@kernel
def column_of(points: Ints, rows: Ints, column: int) -> Ints:
    """Return one column of some rows."""
    out = np.empty(rows.shape[0], np.int64)
    for place in range(rows.shape[0]):
        out[place] = points[rows[place], column]
    return out


@kernel
def descending(points: Ints, rows: Ints, column: int) -> Ints:
    """Return ``rows`` in descending order of ``column``."""
    return rows[np.argsort(-column_of(points, rows, column), kind="mergesort")]


@kernel
def is_settled(points: Ints, upper: Ints, lower: Ints, dead: Bools, begin: int) -> bool:
    """Do a task at once if it is small or has three columns left, and return whether it was done."""
    if upper.shape[0] == 0 or lower.shape[0] == 0:
        return True
    if upper.shape[0] * lower.shape[0] <= _SMALL * _SMALL:
        cross_out_pairwise(points, upper, lower, dead, begin)
        return True
    if points.shape[1] - begin == 3:
        cross_out_sweep(points, descending(points, upper, begin), descending(points, lower, begin), dead, begin)
        return True
    return False


@kernel
def cross_out(points: Ints, upper: Ints, lower: Ints, dead: Bools, begin: int) -> None:
    """Mark as dead every row of ``lower`` that a row of ``upper`` covers from column ``begin`` on.

    Tasks wait on a list, because numba cannot cache a function that calls itself.
    """
    tasks = [(upper, lower, begin)]
    while len(tasks) > 0:
        upper, lower, begin = tasks.pop()
        lower = lower[~dead[lower]]
        if is_settled(points, upper, lower, dead, begin):
            continue
        high, low = column_of(points, upper, begin), column_of(points, lower, begin)
        if high.min() >= low.max():
            tasks.append((upper, lower, begin + 1))
            continue
        # The middle is below the largest value of both, so that each part is smaller than the whole.
        middle = min(np.int64(np.median(np.concatenate((high, low)))), max(high.max(), low.max()) - 1)
        tasks.append((upper[high > middle], lower[low <= middle], begin + 1))
        tasks.append((upper[high > middle], lower[low > middle], begin))
        tasks.append((upper[high <= middle], lower[low <= middle], begin))


@kernel
def merge_descending(points: Ints, first: Ints, second: Ints) -> Ints:
    """Merge two lists of rows that are in descending order of column 1."""
    out = np.empty(first.shape[0] + second.shape[0], np.int64)
    left, right = 0, 0
    for place in range(out.shape[0]):
        if right >= second.shape[0] or (left < first.shape[0] and points[first[left], 1] >= points[second[right], 1]):
            out[place] = first[left]
            left += 1
        else:
            out[place] = second[right]
            right += 1
    return out


@kernel
def small_block(points: Ints, begin: int, end: int, dead: Bools) -> Ints:
    """Return the undominated rows of begin..end by comparing every pair, by descending column 1."""
    for low in range(begin + 1, end):
        for high in range(begin, low):
            if not dead[high] and covers(points, high, low, 1):
                dead[low] = True
                break
    rows = np.arange(begin, end)
    return descending(points, rows[~dead[begin:end]], 1)


@kernel
def keep_many(points: Ints, order: Ints) -> Bools:
    """Mark the undominated points in the descending ``order``, and only the first of equal ones."""
    laid = points[order]
    n_rows = order.shape[0]
    dead = np.zeros(n_rows, np.bool_)
    blocks = [small_block(laid, begin, min(begin + _SMALL, n_rows), dead) for begin in range(0, n_rows, _SMALL)]
    while len(blocks) > 1:
        joined = [blocks[0]]
        joined.pop()
        for pair in range(0, len(blocks) - 1, 2):
            first, second = blocks[pair], blocks[pair + 1]
            if laid.shape[1] == 4:
                cross_out_sweep(laid, first, second, dead, 1)
            else:
                cross_out(laid, first, second, dead, 1)
            joined.append(merge_descending(laid, first, second[~dead[second]]))
        if len(blocks) % 2 == 1:
            joined.append(blocks[-1])
        blocks = joined
    return ~dead
