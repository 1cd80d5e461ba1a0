"""Kernels of the shelf, an index that tells whether a stored pair covers a second and a third worth.

The second coordinate is cut into buckets of equal width. For every bucket the highest third worth to its right is
stored, within its block of 64 buckets (``NEAR``) and beyond the block (``FAR``), so that most questions need two reads.
The pairs of the bucket itself are on a chain. A staircase in one sorted array needs a binary search for every question
and a shift for every stored pair, which was two to four times slower when measured.

A shelf is three plain arrays that are passed one by one. A tuple of arrays costs numba two atomic operations for each
array at every call, which took longer than the question itself.

``roof``
    (3, buckets): highest third worth to the right in the block, beyond the block, and the first pair of the chain.
``steps``
    (pairs, 3): second, third, next pair on the chain. Removed pairs are chained too, so that their rows are reused.
``state``
    Lowest second worth, bits of a bucket's width, first removed pair, rows of ``steps`` in use, pairs walked past.
"""

from __future__ import annotations

import numpy as np

from goodoffices.settlement.kernels.jit import Ints, kernel

NEAR, FAR, FIRST = 0, 1, 2
LOWEST, BITS, FREE, USED, WALKED = 0, 1, 2, 3, 4

_NONE = -(2**63)
_BLOCK_BITS = 6
_PATIENCE = 12
"""The average number of pairs on a chain from which the shelf counts as crowded (measured: one or two are usual)."""


@kernel
def shelf_roof(n_buckets: int) -> Ints:
    """Return the roof of an empty shelf."""
    roof = np.full((3, n_buckets), _NONE)
    roof[FIRST] = -1
    return roof


@kernel
def shelf_state(lowest: int, highest: int, n_buckets: int) -> Ints:
    """Return the state of an empty shelf for second worths from ``lowest`` to ``highest``."""
    bits = 0
    while (highest - lowest) >> bits >= n_buckets:
        bits += 1
    return np.array([lowest, bits, -1, 0, 0])


@kernel
def covers_pair(roof: Ints, steps: Ints, state: Ints, second: int, third: int) -> bool:
    """Return whether a pair on the shelf is at least (second, third)."""
    bucket = (second - state[LOWEST]) >> state[BITS]
    if roof[NEAR, bucket] >= third or roof[FAR, bucket >> _BLOCK_BITS] >= third:
        return True
    at = roof[FIRST, bucket]
    while at >= 0:
        if steps[at, 0] >= second and steps[at, 1] >= third:
            return True
        at = steps[at, 2]
    return False


@kernel
def put_down(roof: Ints, steps: Ints, state: Ints, second: int, third: int) -> None:
    """Put (second, third), which no stored pair covers, on the shelf, and remove the pairs that it covers."""
    bucket = (second - state[LOWEST]) >> state[BITS]
    before, at = -1, roof[FIRST, bucket]
    while at >= 0:
        state[WALKED] += 1  # counted here and not in covers_pair, where writing would cost a sixth of the time
        after = steps[at, 2]
        if steps[at, 0] <= second and steps[at, 1] <= third:
            if before < 0:
                roof[FIRST, bucket] = after
            else:
                steps[before, 2] = after
            steps[at, 2] = state[FREE]
            state[FREE] = at
        else:
            before = at
        at = after
    free = state[FREE]
    if free >= 0:
        state[FREE] = steps[free, 2]
    else:
        free = state[USED]
        state[USED] += 1
    steps[free, 0], steps[free, 1], steps[free, 2] = second, third, roof[FIRST, bucket]
    roof[FIRST, bucket] = free
    raise_roof(roof, bucket, third)


@kernel
def raise_roof(roof: Ints, bucket: int, third: int) -> None:
    """Note in every bucket to the left that ``third`` exists to its right."""
    block = bucket >> _BLOCK_BITS
    left = bucket - 1
    while left >= block << _BLOCK_BITS and roof[NEAR, left] < third:
        roof[NEAR, left] = third
        left -= 1
    left = block - 1
    while left >= 0 and roof[FAR, left] < third:
        roof[FAR, left] = third
        left -= 1


@kernel
def is_crowded(state: Ints, put: int) -> bool:
    """Return whether the chains were so long, after ``put`` pairs, that sorted staircases would be quicker.

    That happens if the second worths are in a few narrow clusters.
    """
    return bool(state[WALKED] > _PATIENCE * (put + 1024))


@kernel
def buckets_for(n_points: int) -> int:
    """Return a good number of buckets for ``n_points``: a power of two from 64 to 4096 (measured)."""
    n_buckets = 64
    while n_buckets < 4096 and n_buckets < n_points:
        n_buckets *= 2
    return n_buckets
