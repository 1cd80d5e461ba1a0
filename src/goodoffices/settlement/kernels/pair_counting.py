"""Kernels that count the pairs from two lists that are enough together, for three parties.

They sort by the first worth, divide and conquer on the second, and use a tree of partial sums (Fenwick 1994) on the
third.

References
----------
P. M. Fenwick (1994). A new data structure for cumulative frequency tables. Software: Practice and Experience 24(3),
327-336. https://doi.org/10.1002/spe.4380240306
"""

from __future__ import annotations

import numpy as np

from goodoffices.settlement.kernels.jit import Bools, Ints, kernel

_SMALL = 32
"""Up to this many events every pair is compared (measured)."""


@kernel
def add_to_tree(tree: Ints, height: int, number: int) -> None:
    """Add ``number`` points at ``height`` (from 1 on)."""
    while height < tree.shape[0]:
        tree[height] += number
        height += height & -height


@kernel
def up_to(tree: Ints, height: int) -> int:
    """Return the number of points at ``height`` or lower."""
    total = 0
    while height > 0:
        total += tree[height]
        height -= height & -height
    return total


@kernel
def pairs_in_block(events: Ints, is_asked: Bools, order: Ints, begin: int, end: int) -> int:
    """Count the pairs among a few neighbours and put them in descending order of the second worth."""
    total = 0
    for low in range(begin, end):
        if is_asked[low]:
            for high in range(begin, low):
                total += not is_asked[high] and events[1, high] >= events[1, low] and events[2, high] > events[2, low]
    for low in range(begin, end):
        place = low
        while place > begin and events[1, order[place - 1]] < events[1, low]:
            order[place] = order[place - 1]
            place -= 1
        order[place] = low
    return total


@kernel
def pairs_across(events: Ints, is_asked: Bools, order: Ints, bounds: tuple[int, int, int], tree: Ints) -> int:
    """Count the pairs of a point from the first half and a question from the second. The tree is empty afterwards."""
    begin, middle, end = bounds
    total, inside, left = 0, 0, begin
    for right in range(middle, end):
        asked = order[right]
        if not is_asked[asked]:
            continue
        while left < middle and events[1, order[left]] >= events[1, asked]:
            if not is_asked[order[left]]:
                add_to_tree(tree, events[2, order[left]], 1)
                inside += 1
            left += 1
        total += inside - up_to(tree, events[2, asked])
    for place in range(begin, left):
        if not is_asked[order[place]]:
            add_to_tree(tree, events[2, order[place]], -1)
    return total


@kernel
def join_halves(events: Ints, order: Ints, out: Ints, bounds: tuple[int, int, int]) -> None:
    """Merge two halves, in descending order of the second worth, into ``out``."""
    left, middle, end = bounds
    right = middle
    for place in range(left, end):
        if right >= end or (left < middle and events[1, order[left]] >= events[1, order[right]]):
            out[place] = order[left]
            left += 1
        else:
            out[place] = order[right]
            right += 1


@kernel
def pairs_enough(events: Ints, is_asked: Bools, n_heights: int) -> int:
    """Count the pairs of a point and a question that the point meets on all three coordinates.

    ``events``: (3, events), by descending first coordinate, with points before questions if equal. The third coordinate
    is a height: points have 1 or more; a question is met by points with a greater height.
    """
    n_events = is_asked.shape[0]
    order, other = np.arange(n_events), np.empty(n_events, np.int64)
    tree = np.zeros(n_heights + 1, np.int64)
    total = 0
    for begin in range(0, n_events, _SMALL):
        total += pairs_in_block(events, is_asked, order, begin, min(begin + _SMALL, n_events))
    width = _SMALL
    while width < n_events:
        for begin in range(0, n_events, 2 * width):
            bounds = (begin, min(begin + width, n_events), min(begin + 2 * width, n_events))
            total += pairs_across(events, is_asked, order, bounds, tree)
            join_halves(events, order, other, bounds)
        order, other = other, order
        width *= 2
    return total
