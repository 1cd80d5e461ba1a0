"""Kernels for acceptance under uncertainty: a closed form for one party, and counts over sampled worlds."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from goodoffices.settlement.kernels.jit import Bools, Floats, Ints, kernel

Single = NDArray[np.float32]
Small = NDArray[np.int32]


@kernel
def half_space_share(values: Floats, level: float, below: Floats, above: Floats, share: Floats) -> float:
    """Return the part of the standard simplex on which the weighted mean of ``values`` is at least ``level``.

    An edge from a vertex above the level to one below it is cut at the level. The cut splits the simplex into two, each
    with one such edge less. Only convex combinations are computed, so rounding errors do not grow.

    References
    ----------
    G. Varsi (1973). The multidimensional content of the frustum of the simplex. Pacific Journal of Mathematics 46(1),
    303-314, in the form of M. M. Ali (1973), 46(2), 313-318.
    """
    n_below, n_above = 0, 0
    for value in values:
        if value < level:
            below[n_below] = level - value
            n_below += 1
        else:
            above[n_above] = value - level
            n_above += 1
    if n_below == 0:
        return 1.0
    share[0] = 1.0
    share[1 : n_below + 1] = 0.0
    for high in range(n_above):
        for low in range(1, n_below + 1):
            width = above[high] + below[low - 1]
            share[low] = (above[high] * share[low - 1] + below[low - 1] * share[low]) / width
    return float(share[n_below]) if n_above else 0.0


@kernel
def half_space_shares(values: Floats, level: float, repeat: int, ranked: bool) -> Floats:
    """Return the result of ``half_space_share`` for every row of ``values`` (settlements, issues).

    ``repeat`` copies every vertex, for weights with an integer Dirichlet law. ``ranked`` means that the issues are
    listed from the most to the least important. The simplex of such weights has the running means as vertices.
    """
    n_rows, n_issues = values.shape
    out = np.empty(n_rows)
    vertices = np.empty(n_issues * repeat)
    below, above = np.empty(vertices.shape[0]), np.empty(vertices.shape[0])
    share = np.empty(vertices.shape[0] + 1)
    for row in range(n_rows):
        running = 0.0
        for issue in range(n_issues):
            running += values[row, issue]
            vertex = running / (issue + 1) if ranked else values[row, issue]
            vertices[issue * repeat : (issue + 1) * repeat] = vertex
        out[row] = half_space_share(vertices, level, below, above, share)
    return out


@kernel
def mark_accepting(left: Single, right: Single, crossed: Small, party: int, bits: Small, product: Single) -> int:
    """Add one party's bit in worlds where left + right is at least 0 and no red line is crossed; return their number.

    ``product`` is multiplied by the gain.
    """
    count = 0
    for world in range(left.shape[0]):
        gain = left[world] + right[world]
        accepts = np.int32(gain >= 0) & ~(crossed[world] >> np.int32(party)) & np.int32(1)
        bits[world] |= accepts << np.int32(party)
        count += accepts
        product[world] *= max(gain, np.float32(0.0))
    return count


@kernel
def count_worlds(
    left: Single,
    right: Single,
    pairs: Ints,
    crossed: tuple[Small, Small],
    wins: Bools,
    totals: tuple[Ints, Ints, Floats],
) -> None:
    """Add for each candidate the worlds in which enough parties accept, those in which each accepts, and the products.

    ``left``, ``right``: (parts, parties, worlds); their sums are gains over the reservation values. ``pairs``: the two
    parts of each candidate. ``crossed``: (parts, worlds), parties (as bits) whose red lines the part crosses.
    """
    n_parties, n_worlds = left.shape[1], left.shape[2]
    bits = np.empty(n_worlds, np.int32)
    product = np.empty(n_worlds, np.float32)
    for candidate in range(pairs.shape[0]):
        first, second = pairs[candidate]
        lines = crossed[0][first] | crossed[1][second]
        bits[:] = 0
        product[:] = 1.0
        for party in range(n_parties):
            totals[1][candidate, party] += mark_accepting(
                left[first, party], right[second, party], lines, party, bits, product
            )
        for world in range(n_worlds):
            if wins[bits[world]]:
                totals[0][candidate] += 1
                totals[2][candidate] += product[world]
