"""Count the settlements that a coalition accepts without looking at each one: by points, or by halves."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from goodoffices.progress import Watch
from goodoffices.settlement.problem.integer_form import Tables, allowed_options, least_worth

Ints = NDArray[np.int64]

_MOST_LIMBS = 64_000_000
"""The limit on the table of counts: half a gigabyte. Each step needs a second table of the same size."""
_MOST_IN_HALF = 1_500_000
_MOST_HALVED_PARTIES = 3
_LOST = -(2**40)
"""So low that no cell can make up for it."""


def by_points(tables: Tables, coalition: frozenset[int], watch: Watch) -> int | None:
    """Count the settlements that all of ``coalition`` accept, by whole points; ``None`` if there are too many sums."""
    from goodoffices.settlement.kernels.counting import spread_counts

    parted = _parts(tables, coalition)
    if isinstance(parted, int):
        return parted
    parts, least = parted
    # Issues with the largest spread come first. Later issues can then change little, and few sums matter.
    parts.sort(key=lambda part: (-float(part.max(axis=0).sum()), part.shape[0]))
    tops = np.array([part.max(axis=0) for part in parts])
    rest = np.concatenate([np.cumsum(tops[::-1], axis=0)[::-1][1:], np.zeros((1, least.shape[0]), np.int64)])
    low, sizes = np.zeros(least.shape[0], np.int64), np.ones(least.shape[0], np.int64)
    counts, bits = np.ones((1, 1), np.uint64), 0.0
    widest = math.log2(max(part.shape[0] for part in parts))
    for number, part in enumerate(parts):
        new_low = np.maximum(least - rest[number], 0)
        new_high = np.maximum(np.minimum(least, low + sizes - 1 + tops[number]), new_low)
        new_sizes = new_high - new_low + 1
        bits += math.log2(part.shape[0])
        # The highest limb must fit 63 bits even after the next issue, because counts are added before they are carried.
        n_limbs = max(int((bits + widest + 1) // 32), 1)
        if float(np.prod(new_sizes.astype(float))) * n_limbs > _MOST_LIMBS or watch.is_over:
            return None
        distinct, times = np.unique(part, axis=0, return_counts=True)
        targets = _targets(distinct, low, sizes, new_low, new_high)
        counts = spread_counts((counts, times), sizes, targets, new_sizes, n_limbs)
        low, sizes = new_low, new_sizes
        watch.tell("counting", (number + 1) / len(parts))
    return sum(int(limb) << (32 * place) for cell in counts.tolist() for place, limb in enumerate(cell))


def _parts(tables: Tables, coalition: frozenset[int]) -> int | tuple[list[Ints], Ints]:
    """Return the coalition's rows per issue and its needs, shifted to start at 0; or the count if it is obvious."""
    allowed = allowed_options(tables, coalition)
    if not all(allowed):
        return 0
    if not coalition:
        return math.prod(len(options) for options in allowed)
    parties = sorted(coalition)
    if np.any(tables.cap[parties] < least_worth(tables, coalition)[parties]):
        return 0
    parts = [tables.rows[tables.offsets[i] + np.array(o)][:, parties] for i, o in enumerate(allowed)]
    return _shortened(parts, least_worth(tables, coalition)[parties])


def _shortened(parts: list[Ints], least: Ints) -> tuple[list[Ints], Ints]:
    """Let every issue start at 0 and divide each party's numbers by their common divisor."""
    lows = [part.min(axis=0) for part in parts]
    shifted = [part - low for part, low in zip(parts, lows, strict=True)]
    step = np.maximum(np.gcd.reduce(np.concatenate(shifted), axis=0), 1)
    need = least - sum(lows, np.zeros_like(least))
    return [part // step for part in shifted], -(-need // step)


def _targets(part: Ints, low: Ints, sizes: Ints, new_low: Ints, new_high: Ints) -> Ints:
    """Return how far every old sum of a party moves the cell under every option.

    Sums above what is needed are cut to what is needed. Sums that can never be enough go far below 0.
    """
    targets = np.full((part.shape[0], part.shape[1], int(sizes.max())), _LOST, np.int64)
    strides = np.append(np.cumprod((new_high - new_low + 1)[:0:-1])[::-1], 1)
    for party in range(part.shape[1]):
        old = low[party] + np.arange(sizes[party])
        new = np.minimum(part[:, party][:, None] + old[None, :], new_high[party])
        targets[:, party, : sizes[party]] = np.where(
            new >= new_low[party], (new - new_low[party]) * strides[party], _LOST
        )
    return targets


def by_halves(tables: Tables, coalition: frozenset[int], watch: Watch) -> int | None:
    """Count the settlements that all of ``coalition`` accept by meeting in the middle; ``None`` if that takes too long.

    The issues are divided into two halves. All sums of each half are listed, and the pairs that are enough together
    are counted. This works for up to three parties: each further party multiplies the work by the logarithm of the
    length of the list.
    """
    from goodoffices.settlement.kernels.pair_counting import pairs_enough

    parted = _parts(tables, coalition)
    if isinstance(parted, int):
        return parted
    parts, least = parted
    if least.shape[0] > _MOST_HALVED_PARTIES:
        return None
    lists: list[list[Ints]] = [[], []]
    sizes = [1, 1]
    for part in sorted(parts, key=lambda part: -part.shape[0]):
        smaller = int(sizes[1] < sizes[0])
        lists[smaller].append(part)
        sizes[smaller] *= part.shape[0]
    if max(sizes) > _MOST_IN_HALF or watch.is_over:
        return None
    first, second = (_all_sums(half, _MOST_HALVED_PARTIES) for half in lists)
    missing = np.zeros(_MOST_HALVED_PARTIES, np.int64)
    missing[: least.shape[0]] = least
    missing = missing - second
    first = first[(first >= missing.min(axis=0)).all(axis=1)]
    if first.shape[0] == 0:
        return 0
    missing = missing[(missing <= first.max(axis=0)).all(axis=1)]
    heights = np.unique(first[:, 2])
    points = np.column_stack([first[:, :2], np.searchsorted(heights, first[:, 2]) + 1])
    asked = np.column_stack([missing[:, :2], np.searchsorted(heights, missing[:, 2])])
    events = np.concatenate([points, asked])
    is_asked = np.arange(events.shape[0]) >= points.shape[0]
    order = np.lexsort((is_asked, -events[:, 0]))
    watch.tell("counting", 0.5)
    return int(pairs_enough(np.ascontiguousarray(events[order].T), is_asked[order], heights.shape[0]))


def _all_sums(parts: list[Ints], n_columns: int) -> Ints:
    """Return all sums of one row from every part, with columns of zeros added up to ``n_columns``."""
    sums = np.zeros((1, n_columns), np.int64)
    for part in parts:
        rows = np.zeros((part.shape[0], n_columns), np.int64)
        rows[:, : part.shape[1]] = part
        sums = (sums[:, None, :] + rows[None, :, :]).reshape(-1, n_columns)
    return sums


Counter = Callable[[Tables, frozenset[int], Watch], int | None]

COUNTS: dict[str, Counter] = {"dynamic programme over points": by_points, "meeting in the middle": by_halves}
"""The ways to count what a coalition accepts, the quickest first. Each returns ``None`` for a bargain too large."""
