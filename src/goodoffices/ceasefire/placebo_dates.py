"""How often a series changed as much at dates on which nothing is known to have happened."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from goodoffices.ceasefire.streams import Stream
from goodoffices.data_class import dataclass

Floats = NDArray[np.float64]

EVERY = 3
CLEAR_DAYS = 45
"""Dates this near to the one in question are left out: their windows would hold the same change."""

MOST_UNSEEN = 0.2


@dataclass(frozen=True, slots=True, kw_only=True)
class Placebo:
    """The share of other dates with a change at least as large.

    ``n_dates`` dates were compared. Their windows overlap, so they are worth only ``n_independent``: the days on which
    a window can be put, divided by its length. Fewer than 19 cannot give a share of .05.
    """

    p: float
    n_dates: int
    n_independent: float


def placebo(stream: Stream, start: int, window: int, others: Sequence[Stream] = ()) -> Placebo | None:
    """Return how rare a change as large as that at day ``start`` is, in this series and in others.

    Parameters
    ----------
    start
        The day in question, by its number from 0.
    window
        Days before, and days from then on.
    others
        Series that no known date touches; every date of theirs is compared.

    Returns
    -------
    Placebo or None
        ``None`` if the windows do not lie inside the series, or are not observed.
    """
    changes = _log_ratios(stream, window)
    if not (0 <= start < len(changes)) or np.isnan(changes[start]):
        return None
    found = abs(changes[start])
    days = np.arange(len(changes))
    candidates = [(changes, np.abs(days - start) > CLEAR_DAYS)]
    for other in others:
        found_there = _log_ratios(other, window)
        candidates.append((found_there, np.ones(len(found_there), dtype=bool)))
    n_dates = n_larger = n_days = 0
    for values, is_clear in candidates:
        is_admissible = is_clear & ~np.isnan(values)
        sampled = np.zeros(len(values), dtype=bool)
        sampled[window::EVERY] = True
        chosen = np.abs(values[is_admissible & sampled])
        n_dates, n_larger = n_dates + len(chosen), n_larger + int(np.sum(chosen >= found - 1e-12))
        n_days += int(is_admissible.sum())
    return Placebo(p=(1 + n_larger) / (1 + n_dates), n_dates=n_dates, n_independent=n_days / (2 * window))


def _log_ratios(stream: Stream, window: int) -> Floats:
    """Return ln((B + 1/2) / n1) - ln((A + 1/2) / n0) for every day with a window on both sides, else NaN."""
    n = len(stream.y)
    changes = np.full(n + 1, np.nan)
    if n < 2 * window:
        return changes
    seen = np.where(stream.observed, np.nan_to_num(stream.exposure), 0.0)
    sums = np.concatenate([[0.0], np.cumsum(np.nan_to_num(stream.y))])
    shares = np.concatenate([[0.0], np.cumsum(seen)])
    at = np.arange(window, n - window + 1)
    before, after = sums[at] - sums[at - window], sums[at + window] - sums[at]
    n_before, n_after = shares[at] - shares[at - window], shares[at + window] - shares[at]
    enough = np.minimum(n_before, n_after) >= (1 - MOST_UNSEEN) * window - 1e-9
    with np.errstate(divide="ignore", invalid="ignore"):
        change = np.log((after + 0.5) / n_after) - np.log((before + 0.5) / n_before)
    changes[at] = np.where(enough, change, np.nan)
    return changes
