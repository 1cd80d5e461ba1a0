"""Estimates with intervals: rates, paired differences, and where a difference changes its sign.

References
----------
E. B. Wilson (1927). Probable inference, the law of succession, and statistical inference. Journal of the American
Statistical Association 22(158), 209-212.
Q. McNemar (1947). Note on the sampling error of the difference between correlated proportions or percentages.
Psychometrika 12(2), 153-157 (exact form: the binomial distribution of discordant pairs).
S. Holm (1979). A simple sequentially rejective multiple test procedure. Scandinavian Journal of Statistics 6(2), 65-70.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from goodoffices.data_class import dataclass

Floats = NDArray[np.float64]

RESAMPLES = 2_000
_NORMAL_95 = 1.959963984540054
_BATCH = 1 << 21


@dataclass(frozen=True, slots=True)
class Interval:
    """An estimate with its 95 % interval."""

    value: float
    low: float
    high: float

    @property
    def holds_zero(self) -> bool:
        """Whether the interval holds 0."""
        return self.low <= 0.0 <= self.high


NOTHING = Interval(math.nan, math.nan, math.nan)
"""The estimate of nothing at all."""


def rate(count: int, total: int) -> Interval:
    """Return a share with its Wilson interval."""
    if total == 0:
        return NOTHING
    z, share = _NORMAL_95, count / total
    middle = (share + z * z / (2 * total)) / (1 + z * z / total)
    half = z * math.sqrt(share * (1 - share) / total + z * z / (4 * total * total)) / (1 + z * z / total)
    low, high = max(middle - half, 0.0), min(middle + half, 1.0)
    return Interval(share, 0.0 if count == 0 else low, 1.0 if count == total else high)


_VERY_MANY = 50_000


def mean_interval(values: Floats, *, seed: int) -> Interval:
    """Return a mean with the 2.5 and 97.5 percent points of 2,000 resamples.

    Values that are few and repeated, such as differences of yes and no, are resampled by their counts.
    """
    n = len(values)
    if n == 0:
        return NOTHING
    rng = np.random.default_rng(seed)
    kinds, counts = np.unique(values, return_counts=True)
    if len(kinds) == 1:
        return Interval(float(kinds[0]), float(kinds[0]), float(kinds[0]))
    # In very many runs few settlements come out again and again: by their counts it takes a fraction of the time.
    is_few = len(kinds) <= 64 or (n > _VERY_MANY and 8 * len(kinds) <= n)
    means = rng.multinomial(n, counts / n, RESAMPLES) @ kinds / n if is_few else _resampled_means(values, rng)
    low, high = np.percentile(means, (2.5, 97.5))
    return Interval(float(values.mean()), float(low), float(high))


def _resampled_means(values: Floats, rng: np.random.Generator) -> Floats:
    n, means = len(values), []
    step = max(_BATCH // n, 1)
    for first in range(0, RESAMPLES, step):
        rows = min(step, RESAMPLES - first)
        means.append(values[rng.integers(0, n, (rows, n), dtype=np.int32)].mean(axis=1))
    return np.concatenate(means)


def mcnemar(first: NDArray[np.bool_], second: NDArray[np.bool_]) -> float:
    """Return the exact two-sided p of McNemar's test that discordant pairs are as often one way as the other."""
    from scipy.special import bdtr  # scipy.stats has a whole test, and takes a second to load

    gained, lost = int((~first & second).sum()), int((first & ~second).sum())
    return min(2.0 * float(bdtr(min(gained, lost), gained + lost, 0.5)), 1.0) if gained + lost else 1.0


def holm(probabilities: Sequence[float]) -> list[float]:
    """Return p values adjusted for that there are several."""
    adjusted, largest = [0.0] * len(probabilities), 0.0
    for place, at in enumerate(sorted(range(len(probabilities)), key=probabilities.__getitem__)):
        largest = max(largest, min(1.0, (len(probabilities) - place) * probabilities[at]))
        adjusted[at] = largest
    return adjusted


def variance_ratio(first: Floats, second: Floats) -> float:
    """Return by how much pairing shrinks the variance of a difference: unpaired over paired; 1 if it does not."""
    if not len(first):
        return math.nan
    paired = float(np.var(second - first))
    return float(np.var(first) + np.var(second)) / paired if paired > 0.0 else math.inf


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Response:
    """How a paired difference depends on one assumed number.

    Parameters
    ----------
    share
        The share of the variance of the difference that the number explains alone: its first-order index, from bins,
        less what chance would explain.
    levels, means
        Per bin the middle of the number and the mean difference.
    low_end, high_end
        The difference where the number is low (first two bins) and high (last two), with intervals that allow for how
        many numbers are looked at.
    crossing
        Where a monotone fit crosses 0, with its interval; ``None`` if it does not.

    References
    ----------
    I. M. Sobol' (1993). Sensitivity estimates for nonlinear mathematical models. Mathematical Modelling and
    Computational Experiment 1, 407-414.
    """

    name: str
    share: float
    levels: Floats
    means: Floats
    low_end: Interval
    high_end: Interval
    crossing: Interval | None

    @property
    def turns(self) -> bool:
        """Whether the sign of the difference changes inside the range, beyond chance at both ends."""
        return (self.low_end.high < 0.0 < self.high_end.low) or (self.high_end.high < 0.0 < self.low_end.low)


def response(name: str, number: Floats, difference: Floats, *, n_looked_at: int, seed: int) -> Response:
    """Return how a paired difference depends on a number that differs from run to run.

    Runs are divided at the deciles of the number; fewer bins where it has few values.
    """
    bins = _bins(number)
    n_bins = int(bins.max()) + 1
    counts = np.bincount(bins, minlength=n_bins).astype(np.float64)
    means = np.bincount(bins, weights=difference, minlength=n_bins) / counts
    levels = np.array([np.median(number[bins == one]) for one in range(n_bins)])
    edge = max(1, n_bins // 5)
    low_end = _end_interval(difference[bins < edge], n_looked_at)
    high_end = _end_interval(difference[bins >= n_bins - edge], n_looked_at)
    return Response(
        name=name, share=_explained(difference, means, counts), levels=levels, means=means, low_end=low_end,
        high_end=high_end, crossing=_crossing_interval(difference, bins, levels, seed),
    )  # fmt: skip


def _bins(number: Floats) -> NDArray[np.int64]:
    values = np.unique(number)
    if len(values) <= 10:
        return np.searchsorted(values, number)
    cuts = np.unique(np.quantile(number, np.linspace(0.1, 0.9, 9)))
    return np.searchsorted(cuts, number, side="right")


def _explained(difference: Floats, means: Floats, counts: Floats) -> float:
    """Return the share of variance between bins, less what it would be by chance."""
    n, n_bins = len(difference), len(means)
    total = float(((difference - difference.mean()) ** 2).sum())
    between = float((counts * (means - difference.mean()) ** 2).sum())
    if total <= 0.0 or n <= n_bins:
        return 0.0
    within = (total - between) / (n - n_bins)
    return max(0.0, (between - (n_bins - 1) * within) / total)


def _end_interval(values: Floats, n_looked_at: int) -> Interval:
    """Return a mean with an interval for one of several numbers looked at, each at two ends."""
    from scipy.special import ndtri

    if len(values) < 2:
        return NOTHING
    z = -float(ndtri(0.025 / (2 * max(n_looked_at, 1))))
    middle, half = float(values.mean()), z * float(values.std(ddof=1)) / math.sqrt(len(values))
    return Interval(middle, middle - half, middle + half)


def _crossing(means: Floats, counts: Floats, levels: Floats) -> float | None:
    """Return where a monotone fit of the bin means crosses 0; of a flat piece at 0 the middle."""
    from scipy.optimize import isotonic_regression

    rises = float(np.average(levels * means, weights=counts)) >= float(
        np.average(levels, weights=counts) * np.average(means, weights=counts)
    )
    fit = np.asarray(isotonic_regression(means, weights=counts, increasing=rises).x)
    signs = np.sign(fit)
    for at in range(len(fit) - 1):
        if signs[at] * signs[at + 1] < 0:
            share = fit[at] / (fit[at] - fit[at + 1])
            return float(levels[at] + share * (levels[at + 1] - levels[at]))
    zeros = np.flatnonzero(signs == 0)
    return float(levels[zeros].mean()) if len(zeros) and len(set(signs.tolist())) == 3 else None


def _crossing_interval(difference: Floats, bins: NDArray[np.int64], levels: Floats, seed: int) -> Interval | None:
    n_bins = len(levels)
    counts = np.bincount(bins, minlength=n_bins).astype(np.float64)
    means = np.bincount(bins, weights=difference, minlength=n_bins) / counts
    middle = _crossing(means, counts, levels)
    if middle is None:
        return None
    squares = np.bincount(bins, weights=difference**2, minlength=n_bins) / counts
    errors = np.sqrt(np.maximum(squares - means**2, 0.0) / counts)
    rng = np.random.default_rng(seed)
    found = [_crossing(means + errors * rng.standard_normal(n_bins), counts, levels) for _ in range(200)]
    crossings = [one for one in found if one is not None]
    low, high = np.percentile(crossings, (2.5, 97.5)) if crossings else (middle, middle)
    return Interval(middle, float(low), float(high))
