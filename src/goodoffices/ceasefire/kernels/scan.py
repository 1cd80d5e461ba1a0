"""Counts of events in zones and windows of days, and the most unusual of them under permuted days."""

from __future__ import annotations

from math import log

import numpy as np

from goodoffices.ceasefire.kernels.compiled import Floats, Ints, kernel


@kernel
def log_ratio(c: int, n: int, expected: float, logs: Floats) -> float:
    """Return c ln(c/mu) + (n - c) ln((n - c)/(n - mu)); ``logs`` holds x ln x of whole x."""
    rest = n - c
    return float(logs[c] + logs[rest] - c * log(expected) - (rest * log(n - expected) if rest > 0 else 0.0))


@kernel
def least_counts(sizes: Ints, in_windows: Ints, n: int, floor: float, logs: Floats) -> Ints:
    """Return the fewest events with a ratio above ``floor``, for each zone and window: (n_zones, n_windows).

    Days are permuted over events, so a zone's and a window's own totals never change, and neither do these numbers. It
    is n + 1 where no count is enough. A count is enough from 4 events on, above what is expected.
    """
    least = np.full((len(sizes), len(in_windows)), n + 1, np.int64)
    for z in range(len(sizes)):
        for w in range(len(in_windows)):
            expected = sizes[z] * in_windows[w] / n
            for c in range(max(4, int(expected) + 1), min(sizes[z], in_windows[w]) + 1):
                if c > expected and log_ratio(c, n, expected, logs) > floor:
                    least[z, w] = c
                    break
    return least


@kernel
def zone_counts(days: Ints, members: Ints, begin: int, end: int, sums: Ints) -> None:
    """Fill ``sums`` (n_days + 1,) with the zone's events before each day; its events are members[begin:end]."""
    for t in range(len(sums)):
        sums[t] = 0
    for i in range(begin, end):
        sums[days[members[i]] + 1] += 1
    for t in range(1, len(sums)):
        sums[t] += sums[t - 1]


@kernel
def largest_ratio(  # noqa: PLR0913 - the arrays that describe zones and windows
    days: Ints, members: Ints, offsets: Ints, windows: Ints, in_windows: Ints, least: Ints, logs: Floats, sums: Ints
) -> float:
    """Return the largest ratio over all zones and windows; only counts of at least ``least`` are looked at.

    days : (n_events,) by number from 0; members, offsets : the events of zone z are members[offsets[z]:offsets[z + 1]];
    windows : (n_windows, 2) first day and the day after the last; sums : (n_days + 1,) to work in.
    """
    n, best = len(days), 0.0
    for z in range(len(offsets) - 1):
        size = offsets[z + 1] - offsets[z]
        if size < 4:
            continue
        zone_counts(days, members, offsets[z], offsets[z + 1], sums)
        for w in range(len(windows)):
            c = sums[windows[w, 1]] - sums[windows[w, 0]]
            if c >= least[z, w]:
                best = max(best, log_ratio(c, n, size * in_windows[w] / n, logs))
    return best
