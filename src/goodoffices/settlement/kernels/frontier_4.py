"""Kernels that add one issue to a frontier of four parties.

The sums are written in descending order, column by column. Blocks of neighbours are then joined in pairs. In the order
of the second worth, every sum of the upper block goes on a shelf, and a sum of the lower block is dropped if the shelf
covers it. Joining and sweeping are one pass over arrays in order, so blocks larger than the cache are not slower.

References
----------
H. T. Kung, F. Luccio & F. P. Preparata (1975). On finding the maxima of a set of vectors. Journal of the ACM 22(4),
469-476. https://doi.org/10.1145/321906.321910
"""

from __future__ import annotations

import numpy as np

from goodoffices.settlement.kernels.coverage_index import (
    buckets_for,
    covers_pair,
    is_crowded,
    put_down,
    shelf_roof,
    shelf_state,
)
from goodoffices.settlement.kernels.frontier_2_3 import NO_SUM, columns_of, foremost
from goodoffices.settlement.kernels.jit import Bools, Floats, Ints, kernel
from goodoffices.settlement.kernels.pareto import merge_many

_SMALL = 48
"""Up to this many sums every pair is compared (measured)."""


@kernel
def in_order(points: Ints, ties: Floats, rows: Ints, need: Ints) -> tuple[Ints, Floats, Ints]:
    """Return columns, ties and origins of the sums that can reach ``need``, in descending order, without repeats."""
    columns, places = columns_of(points), np.zeros(rows.shape[0], np.int64)
    heads = columns[0, 0] + rows[:, 0]
    size = points.shape[0] * rows.shape[0]
    sums, weight, origin = np.empty((4, size), np.int64), np.empty(size, np.float64), np.empty(size, np.int64)
    count, last = 0, -1
    run = foremost(heads, columns, rows, places)
    while heads[run] > NO_SUM:
        place = places[run]
        enough = True
        for party in range(4):
            total = columns[party, place] + rows[run, party]
            sums[party, count] = total
            enough &= total >= need[party]
        if enough and last >= 0 and is_equal(sums, last, count):
            weight[last] += ties[place]
        elif enough:
            weight[count], origin[count] = ties[place], run << 32 | place
            last = count
            count += 1
        places[run] = place + 1
        heads[run] = columns[0, place + 1] + rows[run, 0]
        run = foremost(heads, columns, rows, places)
    return sums[:, :count].copy(), weight[:count], origin[:count]


@kernel
def is_equal(sums: Ints, first: int, second: int) -> bool:
    """Return whether two sums are equal for all four parties."""
    return bool(
        sums[0, first] == sums[0, second]
        and sums[1, first] == sums[1, second]
        and sums[2, first] == sums[2, second]
        and sums[3, first] == sums[3, second]
    )


@kernel
def small_block(sums: Ints, laid: Ints, begin: int, end: int) -> int:
    """Write the undominated ones of a few neighbours from ``begin``, by descending second worth, and return their end.

    ``laid``: second, third and fourth worth, and the place among the sums.
    """
    count = begin
    for low in range(begin, end):
        second, third, fourth = sums[1, low], sums[2, low], sums[3, low]
        covered = False
        for at in range(begin, count):
            if laid[at, 0] >= second and laid[at, 1] >= third and laid[at, 2] >= fourth:
                covered = True
                break
        if not covered:
            at = count
            while at > begin and laid[at - 1, 0] < second:
                for part in range(4):
                    laid[at, part] = laid[at - 1, part]
                at -= 1
            laid[at, 0], laid[at, 1], laid[at, 2], laid[at, 3] = second, third, fourth, low
            count += 1
    return count


@kernel
def join(laid: Ints, out: Ints, bounds: tuple[int, int, int, int], span: tuple[int, int]) -> int:
    """Join two blocks into ``out``, where the first begins. Return the end, or -1 if the shelf is crowded.

    ``bounds``: begin and end of the upper and of the lower block. ``span``: lowest and highest third worth.
    """
    high, high_end, low, low_end = bounds
    count = high
    n_buckets = buckets_for((high_end - high) // 2)
    roof, state = shelf_roof(n_buckets), shelf_state(span[0], span[1], n_buckets)
    steps = np.empty((high_end - high, 3), np.int64)
    while high < high_end or low < low_end:
        if low >= low_end or (high < high_end and laid[high, 0] >= laid[low, 0]):
            at = high
            high += 1
            if not covers_pair(roof, steps, state, laid[at, 1], laid[at, 2]):
                put_down(roof, steps, state, laid[at, 1], laid[at, 2])
        else:
            at = low
            low += 1
            if covers_pair(roof, steps, state, laid[at, 1], laid[at, 2]):
                continue
        out[count, 0], out[count, 1], out[count, 2], out[count, 3] = laid[at, 0], laid[at, 1], laid[at, 2], laid[at, 3]
        count += 1
        if count & 1023 == 0 and is_crowded(state, count):
            return -1
    return count


@kernel
def undominated_of_four(sums: Ints) -> tuple[Bools, bool]:
    """Mark the undominated sums, which are in descending order. The second value is false if the shelf was crowded."""
    n_sums = sums.shape[1]
    keep = np.zeros(n_sums, np.bool_)
    laid, other = np.empty((n_sums, 4), np.int64), np.empty((n_sums, 4), np.int64)
    begins = np.arange(0, n_sums, _SMALL)
    ends = np.empty_like(begins)
    for block in range(begins.shape[0]):
        ends[block] = small_block(sums, laid, begins[block], min(begins[block] + _SMALL, n_sums))
    span = (sums[2].min(), sums[2].max())
    while begins.shape[0] > 1:
        for block in range(0, begins.shape[0], 2):
            last = min(block + 1, begins.shape[0] - 1)
            low_begin = begins[last] if last > block else ends[block]
            end = join(laid, other, (begins[block], ends[block], low_begin, ends[last]), span)
            if end < 0:
                return keep, False
            ends[block] = end
        begins, ends = begins[::2].copy(), ends[::2].copy()
        laid, other = other, laid
    for at in range(ends[0]):
        keep[laid[at, 3]] = True
    return keep, True


@kernel
def merge_for_four(points: Ints, ties: Floats, rows: Ints, need: Ints) -> tuple[Ints, Floats, Ints]:
    """Add every row to every point and keep the undominated; return sums, ties, origins (option << 32 | point)."""
    sums, weight, origin = in_order(points, ties, rows, need)
    if origin.shape[0] == 0:
        return points[:0], weight, origin
    keep, suits = undominated_of_four(sums)
    if not suits:
        return merge_many(points, ties, rows, need)
    return sums.T.copy()[keep], weight[keep], origin[keep]
