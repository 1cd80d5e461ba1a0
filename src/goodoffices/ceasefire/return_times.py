"""How long until violence is back: the first day on which a fortnight reaches three quarters of the level before.

The first shot is useless as the end of a cease-fire: it comes within days everywhere.

References
----------
.. [1] E. L. Kaplan, P. Meier (1958). Nonparametric estimation from incomplete observations. JASA 53(282), 457-481.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from goodoffices.ceasefire.streams import Stream
from goodoffices.data_class import dataclass
from goodoffices.errors import ScenarioError

Floats = NDArray[np.float64]

BEFORE_DAYS = 60
LEAST_PER_DAY = 0.1
FORTNIGHT = 14
BACK = 0.75
CENTRE = 6  # a fortnight that ends on day d has its middle on day d - 6
LEAST_OBSERVED = 0.6
_DRAWS = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnTime:
    """One cease-fire in one area. A day that was not observed to come is the last one that is known (*censored*).

    ``level_first_days`` is the mean of the first fortnight divided by that before.
    """

    ceasefire: str
    area: str
    before_per_day: float
    first_event_day: int
    first_event_observed: bool
    return_day: int
    return_observed: bool
    level_first_days: float | None


def return_time(stream: Stream, start: int, *, ceasefire: str = "", end: int | None = None) -> ReturnTime | None:
    """Return when violence was back, or ``None`` if too little happened before, or was observed, to tell.

    Parameters
    ----------
    stream
        The daily counts of one area.
    start
        The first day in force, by its number from 0.
    end
        The day on which the cease-fire ended there, if it did: what came later is not its return.
    """
    before = stream.y[max(start - BEFORE_DAYS, 0) : max(start, 0)]
    seen = before[~np.isnan(before)]
    after = stream.y[start:end] if start >= 0 else np.empty(0)
    if not len(after) or len(seen) < LEAST_OBSERVED * BEFORE_DAYS or seen.mean() < LEAST_PER_DAY:
        return None
    base = float(seen.mean())
    shots = np.flatnonzero(np.nan_to_num(after) > 0)
    levels = trailing_means(after) / base
    back = np.flatnonzero(np.nan_to_num(levels) >= BACK)
    first = levels[FORTNIGHT - 1] if len(levels) >= FORTNIGHT else np.nan
    return ReturnTime(
        ceasefire=ceasefire,
        area=stream.area,
        before_per_day=base,
        first_event_day=int(shots[0]) if len(shots) else len(after),
        first_event_observed=bool(len(shots)),
        return_day=int(back[0]) - CENTRE if len(back) else len(after),
        return_observed=bool(len(back)),
        level_first_days=None if np.isnan(first) else float(first),
    )


def trailing_means(y: Floats, days: int = FORTNIGHT) -> Floats:
    """Return the mean of each day and the days before it; NaN before that many, and where under 60 % were observed."""
    means = np.full(len(y), np.nan)
    if len(y) < days:
        return means
    seen = ~np.isnan(y)
    sums = np.concatenate([[0.0], np.cumsum(np.nan_to_num(y))])
    n_seen = np.concatenate([[0], np.cumsum(seen)])
    total, n = sums[days:] - sums[:-days], n_seen[days:] - n_seen[:-days]
    enough = n >= LEAST_OBSERVED * days
    means[days - 1 :][enough] = total[enough] / n[enough]
    return means


@dataclass(frozen=True, slots=True, kw_only=True)
class Survival:
    """How long cease-fires held: the median in days (``None`` if not reached), the share beyond 90 days, their ranges.

    The ranges are 5 to 95 % of draws of whole cease-fires: areas of one cease-fire are not independent. With one
    cease-fire there is no range.
    """

    n: int
    median: float | None
    beyond_90: float
    beyond_90_range: tuple[float, float] | None
    median_range: tuple[float, float] | None


def survival(times: Sequence[ReturnTime], *, seed: int = 1) -> Survival:
    """Estimate how long areas stay below the level at which violence counts as back (Kaplan and Meier).

    Raises
    ------
    ScenarioError
        If there are no return times.
    """
    if not times:
        raise ScenarioError("there are no return times; nothing can be said of how long cease-fires held")
    days = np.array([one.return_day for one in times], dtype=float)
    ended = np.array([one.return_observed for one in times])
    groups = [np.flatnonzero([one.ceasefire == name for one in times]) for name in {one.ceasefire for one in times}]
    median, beyond = _median(days, ended), product_limit(days, ended, 90.0)
    if len(groups) < 2:
        return Survival(n=len(times), median=median, beyond_90=beyond, beyond_90_range=None, median_range=None)
    groups.sort(key=lambda group: int(group[0]))
    rng = np.random.default_rng(seed)
    medians, shares = [], []
    for drawn in rng.integers(0, len(groups), size=(_DRAWS, len(groups))):
        chosen = np.concatenate([groups[at] for at in drawn])
        found = _median(days[chosen], ended[chosen])
        medians.append(np.inf if found is None else found)
        shares.append(product_limit(days[chosen], ended[chosen], 90.0))
    low, high = np.quantile(medians, (0.05, 0.95), method="inverted_cdf")
    return Survival(
        n=len(times), median=median, beyond_90=beyond, median_range=(float(low), float(high)),
        beyond_90_range=(float(np.quantile(shares, 0.05)), float(np.quantile(shares, 0.95))),
    )  # fmt: skip


def product_limit(days: Floats, ended: NDArray[np.bool_], at: float) -> float:
    """Return the share that lasts beyond day ``at``; those that are censored count up to their last day.

    Examples
    --------
    >>> product_limit(np.array([5.0, 10.0, 20.0]), np.array([True, False, True]), 10.0)
    0.6666666666666667
    """
    share = 1.0
    for day in np.unique(days[ended & (days <= at)]):
        share *= 1 - np.sum(ended & (days == day)) / np.sum(days >= day)
    return float(share)


def _median(days: Floats, ended: NDArray[np.bool_]) -> float | None:
    """Return the day up to which at least half held.

    If exactly half hold between two days, it is the later one. If half still hold at the end, it is the day on which
    the other half had ended. It is ``None`` if more than half hold at the end.
    """
    shares = [(float(day), product_limit(days, ended, float(day))) for day in np.unique(days[ended])]
    below = next((day for day, share in shares if share < 0.5 - 1e-12), None)
    return below if below is not None else next((day for day, share in shares if share <= 0.5 + 1e-12), None)
