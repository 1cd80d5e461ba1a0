"""Kernels that merge all issues one after another: one per number of parties, so that only one must be compiled."""

from __future__ import annotations

import numpy as np

from goodoffices.settlement.kernels.frontier_2_3 import merge_for_three, merge_for_two
from goodoffices.settlement.kernels.frontier_4 import merge_for_four
from goodoffices.settlement.kernels.jit import Floats, Ints, kernel
from goodoffices.settlement.kernels.pareto import merge_many

Start = tuple[Ints, Floats]
Merged = tuple[Ints, Floats, Ints, Ints]


@kernel
def with_level(origins: Ints, starts: Ints, issue: int, origin: Ints) -> Ints:
    """Append the origins of one level, make more room if needed, and note where the next level starts."""
    size = starts[issue] + origin.shape[0]
    if size > origins.shape[0]:
        wider = np.empty(max(size, 2 * origins.shape[0]), np.int64)
        wider[: starts[issue]] = origins[: starts[issue]]
        origins = wider
    origins[starts[issue] : size] = origin
    starts[issue + 1] = size
    return origins


@kernel
def merge_issues_of_two(rows: Ints, offsets: Ints, need: Ints, start: Start, most: int) -> Merged:
    """Merge the issues of ``rows`` one after another onto the points of ``start``, for two parties.

    Parameters
    ----------
    rows
        (options of all issues, parties); the options of issue t are ``rows[offsets[t]:offsets[t + 1]]``.
    need
        (issues, parties): what a sum must have after issue t, so that the other issues can still make it enough.
    start
        The first points, in descending order, and the number of settlements for each.
    most
        Give up if a frontier has more points than this.

    Returns
    -------
    Points, ties, origins of all levels one after another (option << 32 | point of the level before), level starts.
    If it gave up, there are fewer level starts.
    """
    points, ties = start
    origins = np.empty(1024, np.int64)
    starts = np.zeros(offsets.shape[0], np.int64)
    for issue in range(offsets.shape[0] - 1):
        part = rows[offsets[issue] : offsets[issue + 1]]
        points, ties, origin = merge_for_two(points, ties, part, need[issue])
        origins = with_level(origins, starts, issue, origin)
        if origin.shape[0] > most:
            return points, ties, origins[: starts[issue + 1]], starts[: issue + 2]
    return points, ties, origins[: starts[-1]], starts


@kernel
def merge_issues_of_three(rows: Ints, offsets: Ints, need: Ints, start: Start, most: int) -> Merged:
    """Merge all issues for three parties; see :func:`merge_issues_of_two`."""
    points, ties = start
    origins = np.empty(1024, np.int64)
    starts = np.zeros(offsets.shape[0], np.int64)
    for issue in range(offsets.shape[0] - 1):
        part = rows[offsets[issue] : offsets[issue + 1]]
        points, ties, origin = merge_for_three(points, ties, part, need[issue])
        origins = with_level(origins, starts, issue, origin)
        if origin.shape[0] > most:
            return points, ties, origins[: starts[issue + 1]], starts[: issue + 2]
    return points, ties, origins[: starts[-1]], starts


@kernel
def merge_issues_of_four(rows: Ints, offsets: Ints, need: Ints, start: Start, most: int) -> Merged:
    """Merge all issues for four parties; see :func:`merge_issues_of_two`."""
    points, ties = start
    origins = np.empty(1024, np.int64)
    starts = np.zeros(offsets.shape[0], np.int64)
    for issue in range(offsets.shape[0] - 1):
        part = rows[offsets[issue] : offsets[issue + 1]]
        points, ties, origin = merge_for_four(points, ties, part, need[issue])
        origins = with_level(origins, starts, issue, origin)
        if origin.shape[0] > most:
            return points, ties, origins[: starts[issue + 1]], starts[: issue + 2]
    return points, ties, origins[: starts[-1]], starts


@kernel
def merge_issues_of_many(rows: Ints, offsets: Ints, need: Ints, start: Start, most: int) -> Merged:
    """Merge all issues for one party, or for five or more; see :func:`merge_issues_of_two`."""
    points, ties = start
    origins = np.empty(1024, np.int64)
    starts = np.zeros(offsets.shape[0], np.int64)
    for issue in range(offsets.shape[0] - 1):
        part = rows[offsets[issue] : offsets[issue + 1]]
        points, ties, origin = merge_many(points, ties, part, need[issue])
        origins = with_level(origins, starts, issue, origin)
        if origin.shape[0] > most:
            return points, ties, origins[: starts[issue + 1]], starts[: issue + 2]
    return points, ties, origins[: starts[-1]], starts
