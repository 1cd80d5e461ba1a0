"""Kernels that count settlements exactly. Counts of any size are stored in limbs of 32 bits, the lowest first."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from goodoffices.settlement.kernels.jit import Bools, Ints, kernel

Limbs = NDArray[np.uint64]


@kernel
def step_on(at: Ints, sizes: Ints) -> None:
    """Move the coordinates to the next cell; the last coordinate changes fastest."""
    party = at.shape[0] - 1
    at[party] += 1
    while party > 0 and at[party] == sizes[party]:
        at[party] = 0
        party -= 1
        at[party] += 1


@kernel
def carried(counts: Limbs) -> None:
    """Carry from limb to limb, until every limb is below 2**32."""
    for cell in range(counts.shape[0]):
        for limb in range(counts.shape[1] - 1):
            counts[cell, limb + 1] += counts[cell, limb] >> np.uint64(32)
            counts[cell, limb] &= np.uint64(0xFFFFFFFF)


@kernel
def spread_row(counts: Limbs, out: Limbs, moves: Ints, begin: int, base: int, times: int) -> None:
    """Add the counts of one row of cells, ``times`` times, to the cells from ``base`` that the moves lead to."""
    for cell in range(moves.shape[0]):
        move = moves[cell]
        if move >= 0:
            for limb in range(counts.shape[1]):
                out[base + move, limb] += counts[begin + cell, limb] * np.uint64(times)


@kernel
def spread_counts(counted: tuple[Limbs, Ints], sizes: Ints, targets: Ints, new_sizes: Ints, n_limbs: int) -> Limbs:
    """Add one issue: every cell's count goes to the cell of each option.

    ``counted``: the counts of the cells, and how many options are worth the same as each option of ``targets``.
    ``targets``: (options, parties, old size) -> what the party's old coordinate adds to the number of the new cell;
    far below 0 if it can never be enough.
    """
    counts, times = counted
    out = np.zeros((np.prod(new_sizes), n_limbs), np.uint64)
    last = sizes.shape[0] - 1
    at, size = np.zeros(last, np.int64), sizes[last]
    for row in range(counts.shape[0] // size):
        begin = row * size
        if counts[begin : begin + size].any():
            for option in range(targets.shape[0]):
                base = 0
                for party in range(last):
                    base += targets[option, party, at[party]]
                if base >= 0:
                    spread_row(counts, out, targets[option, last, :size], begin, base, times[option])
        if begin + size < counts.shape[0]:
            step_on(at, sizes)
    carried(out)
    return out


@kernel
def accepting_set(outer: Ints, inner: Ints, row: int, least: Ints) -> int:
    """Return the parties, as bits, for which outer + inner row is enough."""
    bits = 0
    for party in range(least.shape[0]):
        if outer[party] + inner[row, party] >= least[party]:
            bits |= 1 << party
    return bits


@kernel
def count_accepting(
    outer: Ints, outer_crossed: Ints, inner: Ints, inner_crossed: Ints, least: Ints, wins: Bools
) -> int:
    """Count the sums of one outer and one inner row whose accepting parties win.

    ``crossed``: per row the parties, as bits, whose red lines it crosses. ``wins``: by set of parties as bits.
    """
    total = 0
    for first in range(outer.shape[0]):
        for second in range(inner.shape[0]):
            bits = accepting_set(outer[first], inner, second, least)
            total += wins[bits & ~(outer_crossed[first] | inner_crossed[second])]
    return total
