"""The cheapest division of a series of counts into segments, by exact search."""

from __future__ import annotations

from math import log

import numpy as np

from goodoffices.ceasefire.kernels.compiled import Floats, Ints, kernel

TABLED = 65_536
"""Logarithms of whole totals below this come from a table."""


@kernel
def segment_cost(total: float, n: float, size: float) -> float:
    """Return minus the log-likelihood of a segment: ``total`` events in ``n`` observed days, NB of a known size.

    With m = s/n it is -[s ln(m/(m+k)) + n k ln(k/(m+k))], written with s and nk so that one sum needs three logarithms.
    """
    if total <= 0.0 or n <= 0.0:
        return 0.0
    scaled = n * size
    both = total + scaled
    return both * log(both) - total * log(total) - scaled * log(scaled)


@kernel
def times_log(n: int, scale: float) -> Floats:
    """Return x ln x for x = 0, scale, 2 scale ... n scale."""
    table = np.zeros(n + 1)
    for i in range(1, n + 1):
        table[i] = i * scale * log(i * scale)
    return table


@kernel
def cheapest_ends(
    totals: Ints, days: Ints, size: float, penalty: float, shortest: int, slack: float
) -> tuple[Floats, Ints]:
    """Return for each day the least cost up to it and the earliest last change that gives it.

    totals, days : (n + 1,) sums of counts and of observed days before each day.

    A candidate is dropped only ``shortest`` days after the day on which another division was cheaper: until then no new
    segment could have replaced it. Dropping it at once misses the optimum of some series. Equals are kept.
    """
    n = len(totals) - 1
    cost = np.full(n + 1, np.inf)
    last = np.zeros(n + 1, np.int64)
    cost[0] = -penalty
    starts = np.empty(n + 1, np.int64)
    until = np.empty(n + 1, np.int64)
    values = np.empty(n + 1, np.float64)
    n_starts = 0
    of_days = times_log(n, size)
    of_totals = times_log(min(totals[n], TABLED), 1.0)
    for end in range(shortest, n + 1):
        begin = end - shortest
        if begin == 0 or begin >= shortest:
            starts[n_starts], until[n_starts] = begin, n
            n_starts += 1
        best, place = np.inf, 0
        for j in range(n_starts):
            start = starts[j]
            total, seen = totals[end] - totals[start], days[end] - days[start]
            value = cost[start]
            if total > 0:
                both = total + seen * size
                own = of_totals[total] if total <= TABLED else total * log(float(total))
                value += both * log(both) - own - of_days[seen]
            values[j] = value
            if value < best - slack:
                best, place = value, start
        cost[end], last[end] = best + penalty, place
        n_starts = _kept(starts, until, values, n_starts, end, cost[end] + slack, shortest)
    return cost, last


@kernel
def _kept(  # noqa: PLR0913 - the arrays of the loop above
    starts: Ints, until: Ints, values: Floats, n_starts: int, end: int, highest: float, shortest: int
) -> int:
    """Keep the candidates that can still be the last change of a cheapest division; return how many they are."""
    n_kept = 0
    for j in range(n_starts):
        if values[j] > highest:
            until[j] = min(until[j], end + shortest - 1)
        if until[j] > end:
            starts[n_kept], until[n_kept] = starts[j], until[j]
            n_kept += 1
    return n_kept


@kernel
def costs_to(totals: Ints, days: Ints, cost: Floats, end: int, size: float) -> Floats:
    """Return the cost up to each day plus that of one segment from it to ``end``: (end,)."""
    found = np.empty(end)
    for start in range(end):
        found[start] = cost[start] + segment_cost(
            float(totals[end] - totals[start]), float(days[end] - days[start]), size
        )
    return found
