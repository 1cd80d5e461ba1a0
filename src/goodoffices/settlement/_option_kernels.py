"""Kernel that leaves out the options of an issue that another option of it dominates."""

from __future__ import annotations

import numpy as np

from goodoffices.settlement._jit import Bools, Ints, kernel

__all__ = ["useful_options"]


@kernel
def dominates(rows: Ints, first: int, second: int) -> bool:
    """Return whether row ``first`` is nowhere below row ``second`` and above it somewhere."""
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
