"""Compiled search for a settlement that is worth enough to all, by trying all until one is found."""

from __future__ import annotations

import numpy as np

from goodoffices.rehearsal.kernels.compilation import inner
from goodoffices.settlement.kernels.jit import Bools, Floats, Ints, kernel


@inner
def is_enough(first: Floats, second: Floats, lines: tuple[Ints, Ints], reservation: Floats) -> bool:
    """Return whether some pair of choices is worth enough to all; ``first``, ``second``: (n, choices).

    ``lines``: of each choice the parties whose red lines it crosses, as bits.
    """
    for row in range(first.shape[1]):
        if lines[0][row] != 0:
            continue
        for column in range(second.shape[1]):
            good = lines[1][column] == 0
            for party in range(reservation.shape[0]):
                good = good and first[party, row] + second[party, column] >= reservation[party]
            if good:
                return True
    return False


@inner
def is_enough_for_two(
    first: Floats, lines: Ints, falling: Floats, best: Floats, reservation: tuple[float, float]
) -> bool:
    """Return the same for two parties, in one look for each choice of the first half.

    ``falling``: the first party's sums over the second half, from the largest; ``best``: the largest of the second
    party's among the choices up to each.
    """
    for row in range(first.shape[1]):
        low, high = 0, falling.shape[0]
        while low < high:
            middle = (low + high) // 2
            if first[0, row] + falling[middle] >= reservation[0]:
                low = middle + 1
            else:
                high = middle
        if lines[row] == 0 and low > 0 and first[1, row] + best[low - 1] >= reservation[1]:
            return True
    return False


@kernel
def possible_runs(first: Floats, second: Floats, first_lines: Ints, second_lines: Ints, reservation: Floats) -> Bools:
    """Return for each run whether a settlement is possible; sums (R, n, choices), lines (R, choices).

    Of two parties the second half is ordered: the first party's sums fall, and the second party's are the best so far.
    """
    found = np.zeros(first.shape[0], np.bool_)
    for run in range(first.shape[0]):
        if first.shape[1] == 2:
            least = (reservation[run, 0], reservation[run, 1])
            found[run] = is_enough_for_two(first[run], first_lines[run], second[run, 0], second[run, 1], least)
        else:
            found[run] = is_enough(first[run], second[run], (first_lines[run], second_lines[run]), reservation[run])
    return found
