"""Kernels that add one issue to a frontier of two or three parties in one sweep, column by column.

Points come as columns (one array per party) in descending order. Each option of the issue gives one shifted copy, which
is in order too; the copies are merged on the fly and swept for what is not dominated. Equal sums count as ties.
"""

from __future__ import annotations

import numpy as np

from goodoffices.settlement._dominance_kernels import RECENT, folded, is_covered, step_in
from goodoffices.settlement._jit import Floats, Ints, kernel

__all__ = ["merge_for_three", "merge_for_two"]

_NONE = -(2**63)
"""The head of a copy that has come to its end; sums stay above -2**62."""

Two = tuple[Ints, Ints, Floats, Ints]


@kernel
def window(first: Ints, second: Ints, shift: Ints, need: Ints) -> tuple[int, int]:
    """Return the stretch of a descending two-party frontier that stays at or above ``need`` with ``shift`` added."""
    begin, end = 0, first.shape[0]
    while end > 0 and first[end - 1] + shift[0] < need[0]:
        end -= 1
    while begin < end and second[begin] + shift[1] < need[1]:
        begin += 1
    return begin, end


@kernel
def merge_copy(grown: Two, points: Two, shift: Ints, stretch: tuple[int, int], base: int) -> Two:
    """Merge one shifted stretch of ``points`` into ``grown``, dropping what is dominated."""
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
            a, b, w, o = from_a[j] + shift[0], from_b[j] + shift[1], from_w[j], base + j
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
    """Add every row to every point and keep the undominated; return sums, ties, origins (point + option * points)."""
    whole = (points[:, 0].copy(), points[:, 1].copy(), ties, np.empty(0, np.int64))
    grown = (np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0, np.float64), np.empty(0, np.int64))
    for option in range(rows.shape[0]):
        stretch = window(whole[0], whole[1], rows[option], need)
        grown = merge_copy(grown, whole, rows[option], stretch, option * ties.shape[0])
    sums = np.empty((grown[0].shape[0], 2), np.int64)
    sums[:, 0] = grown[0]
    sums[:, 1] = grown[1]
    return sums, grown[2], grown[3]


@kernel
def next_place(points: Ints, rows: Ints, need: Ints, run: int, place: int) -> int:
    """Return the next point of three parties that stays at or above ``need`` with row ``run`` added."""
    while place < points.shape[0] and (
        points[place, 0] + rows[run, 0] < need[0]
        or points[place, 1] + rows[run, 1] < need[1]
        or points[place, 2] + rows[run, 2] < need[2]
    ):
        place += 1
    return place


@kernel
def foremost(a: Ints, b: Ints, c: Ints) -> int:
    """Return the copy whose head comes first in descending order."""
    best = 0
    for run in range(1, a.shape[0]):
        if a[run] > a[best] or (a[run] == a[best] and (b[run] > b[best] or (b[run] == b[best] and c[run] > c[best]))):
            best = run
    return best


@kernel
def refill(points: Ints, rows: Ints, need: Ints, run: int, places: Ints, heads: tuple[Ints, Ints, Ints]) -> None:
    """Put the next sum of a copy at its head, or mark that it has come to its end."""
    place = next_place(points, rows, need, run, places[run] + 1)
    places[run] = place
    if place < points.shape[0]:
        heads[0][run] = points[place, 0] + rows[run, 0]
        heads[1][run] = points[place, 1] + rows[run, 1]
        heads[2][run] = points[place, 2] + rows[run, 2]
    else:
        heads[0][run] = _NONE


@kernel
def merge_for_three(points: Ints, ties: Floats, rows: Ints, need: Ints) -> tuple[Ints, Floats, Ints]:
    """Add every row to every point and keep the undominated; return sums, ties, origins (point + option * points)."""
    n_points, n_runs = points.shape[0], rows.shape[0]
    a, b, c = np.full(n_runs, _NONE), np.full(n_runs, _NONE), np.full(n_runs, _NONE)
    places = np.full(n_runs, -1)
    kept = np.empty((n_points * n_runs, 3), np.int64)
    weight = np.empty(n_points * n_runs, np.float64)
    origin = np.empty(n_points * n_runs, np.int64)
    stairs, size = np.empty((2, 0), np.int64), 0
    recent, n_recent = np.empty((2, RECENT + 1), np.int64), 0
    count = 0
    for run in range(n_runs):
        refill(points, rows, need, run, places, (a, b, c))
    run = foremost(a, b, c)
    while a[run] != _NONE:
        covered = is_covered(stairs, size, b[run], c[run]) or is_covered(recent, n_recent, b[run], c[run])
        if not covered:
            n_recent = step_in(recent, n_recent, b[run], c[run])
            if n_recent >= RECENT:
                stairs, size = folded(stairs, size, recent, n_recent)
                n_recent = 0
            kept[count, 0], kept[count, 1], kept[count, 2] = a[run], b[run], c[run]
            weight[count], origin[count] = ties[places[run]], places[run] + run * n_points
            count += 1
        elif kept[count - 1, 0] == a[run] and kept[count - 1, 1] == b[run] and kept[count - 1, 2] == c[run]:
            weight[count - 1] += ties[places[run]]
        refill(points, rows, need, run, places, (a, b, c))
        run = foremost(a, b, c)
    return kept[:count].copy(), weight[:count].copy(), origin[:count].copy()
