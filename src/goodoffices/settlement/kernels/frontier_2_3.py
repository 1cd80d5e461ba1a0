"""Kernels that add one issue to a frontier of two or three parties in one sweep, column by column.

Points are columns (one array per party) in descending order. Each option of the issue gives one shifted copy, which is
in order too. The copies are merged and swept in one pass, and dominated sums are dropped. Equal sums count as ties.
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
from goodoffices.settlement.kernels.jit import Floats, Ints, kernel
from goodoffices.settlement.kernels.pareto import merge_many

_NONE = -(2**63)
NO_SUM = -(2**62)
"""All sums are larger than this."""
_BOTTOM = -(2**63) + 2**61
"""So low that it stays below every sum even after a row is added, since numbers of rows are within 2**61."""

Two = tuple[Ints, Ints, Floats, Ints]


@kernel
def window(first: Ints, second: Ints, shift: Ints, need: Ints) -> tuple[int, int]:
    """Return the part of a descending two-party frontier that is at least ``need`` after adding ``shift``."""
    begin, end = 0, first.shape[0]
    while end > 0 and first[end - 1] + shift[0] < need[0]:
        end -= 1
    while begin < end and second[begin] + shift[1] < need[1]:
        begin += 1
    return begin, end


@kernel
def merge_copy(grown: Two, points: Two, shift: Ints, stretch: tuple[int, int], base: int) -> Two:
    """Merge one shifted part of ``points`` into ``grown``, and drop what is dominated."""
    left_a, left_b, left_w, left_o = grown
    from_a, from_b, from_w, _ = points
    i, j, stop = 0, stretch[0], stretch[1]
    size = left_a.shape[0] + stop - j
    out_a, out_b = np.empty(size, np.int64), np.empty(size, np.int64)
    out_w, out_o = np.empty(size, np.float64), np.empty(size, np.int64)
    count = 0
    last, best = np.int64(_NONE), np.int64(_NONE)
    for _ in range(size):
        if j >= stop or (
            i < left_a.shape[0]
            and (
                left_a[i] > from_a[j] + shift[0]
                or (left_a[i] == from_a[j] + shift[0] and left_b[i] >= from_b[j] + shift[1])
            )
        ):
            a, b, w, o = left_a[i], left_b[i], left_w[i], left_o[i]
            i += 1
        else:
            a, b, w, o = from_a[j] + shift[0], from_b[j] + shift[1], from_w[j], base | j
            j += 1
        if b > best:
            out_a[count], out_b[count], out_w[count], out_o[count] = a, b, w, o
            last, best = a, b
            count += 1
        elif a == last and b == best:
            out_w[count - 1] += w
    return out_a[:count], out_b[:count], out_w[:count], out_o[:count]


@kernel
def merge_for_two(points: Ints, ties: Floats, rows: Ints, need: Ints) -> tuple[Ints, Floats, Ints]:
    """Add every row to every point and keep the undominated; return sums, ties, origins (option << 32 | point)."""
    whole = (points[:, 0].copy(), points[:, 1].copy(), ties, np.empty(0, np.int64))
    grown = (np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0, np.float64), np.empty(0, np.int64))
    for option in range(rows.shape[0]):
        stretch = window(whole[0], whole[1], rows[option], need)
        grown = merge_copy(grown, whole, rows[option], stretch, option << 32)
    sums = np.empty((grown[0].shape[0], 2), np.int64)
    sums[:, 0] = grown[0]
    sums[:, 1] = grown[1]
    return sums, grown[2], grown[3]


@kernel
def columns_of(points: Ints) -> Ints:
    """Return the points as columns, with one more point at the end that is below every sum."""
    columns = np.full((points.shape[1], points.shape[0] + 1), _BOTTOM)
    columns[:, : points.shape[0]] = points.T
    return columns


@kernel
def comes_first(columns: Ints, rows: Ints, places: Ints, first: int, second: int) -> bool:
    """Return whether the head of copy ``first`` comes before that of ``second``. Both begin with the same number."""
    for party in range(1, columns.shape[0]):
        one = columns[party, places[first]] + rows[first, party]
        other = columns[party, places[second]] + rows[second, party]
        if one != other:
            return bool(one > other)
    return False


@kernel
def foremost(heads: Ints, columns: Ints, rows: Ints, places: Ints) -> int:
    """Return the copy whose head comes first in descending order. ``heads`` has the first numbers of the heads."""
    best, top, same = 0, heads[0], 0
    for run in range(1, heads.shape[0]):
        if heads[run] > top:
            best, top = run, heads[run]
    for run in range(heads.shape[0]):
        same += heads[run] == top
    if same > 1:
        for run in range(best + 1, heads.shape[0]):
            if heads[run] == top and comes_first(columns, rows, places, run, best):
                best = run
    return best


@kernel
def merge_for_three(points: Ints, ties: Floats, rows: Ints, need: Ints) -> tuple[Ints, Floats, Ints]:
    """Add every row to every point and keep the undominated; return sums, ties, origins (option << 32 | point)."""
    if points.shape[0] == 0:
        return merge_many(points, ties, rows, need)
    columns, places = columns_of(points), np.zeros(rows.shape[0], np.int64)
    heads = columns[0, 0] + rows[:, 0]
    kept, roof, steps, state = room_for_three(columns, rows)
    weight, origin, count = np.empty(kept.shape[0], np.float64), np.empty(kept.shape[0], np.int64), 0
    run = foremost(heads, columns, rows, places)
    while heads[run] > NO_SUM:
        place = places[run]
        first, second, third = heads[run], columns[1, place] + rows[run, 1], columns[2, place] + rows[run, 2]
        if first >= need[0] and second >= need[1] and third >= need[2]:
            if not covers_pair(roof, steps, state, second, third):
                put_down(roof, steps, state, second, third)
                kept[count, 0], kept[count, 1], kept[count, 2] = first, second, third
                weight[count], origin[count] = ties[place], run << 32 | place
                count += 1
                if count & 255 == 0 and is_crowded(state, count):
                    return merge_many(points, ties, rows, need)
            elif kept[count - 1, 0] == first and kept[count - 1, 1] == second and kept[count - 1, 2] == third:
                weight[count - 1] += ties[place]
        places[run] = place + 1
        heads[run] = columns[0, place + 1] + rows[run, 0]
        run = foremost(heads, columns, rows, places)
    return kept[:count], weight[:count], origin[:count]


@kernel
def room_for_three(columns: Ints, rows: Ints) -> tuple[Ints, Ints, Ints, Ints]:
    """Return empty arrays for the sums, and an empty shelf for them."""
    n_points = columns.shape[1] - 1
    size, n_buckets = n_points * rows.shape[0], buckets_for(n_points)
    seconds = columns[1, :n_points]
    state = shelf_state(seconds.min() + rows[:, 1].min(), seconds.max() + rows[:, 1].max(), n_buckets)
    return np.empty((size, 3), np.int64), shelf_roof(n_buckets), np.empty((size, 3), np.int64), state
