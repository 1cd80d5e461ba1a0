"""Sequential detectors of a rise in daily counts, one series at a time.

A null is an array of four: mean a day, size k, phi and beta.
The self-exciting mean follows m(t+1) = mu (1 - phi - beta) + phi y(t) + beta m(t), m(1) = mu.
"""

from __future__ import annotations

from math import exp, log

import numpy as np
from numpy.typing import NDArray

from goodoffices.ceasefire.kernels.codes import CONDITIONAL, INDEPENDENT, NB_CUSUM, POISSON_CUSUM
from goodoffices.ceasefire.kernels.compiled import Floats, kernel

CAP = 1e12
_TABLED = 256


@kernel
def factor(y: float, mean: float, other: float, size: float) -> float:
    """Return f(y; other, size) / f(y; mean, size) for negative-binomial f."""
    return exp(size * log((size + mean) / (size + other)) + y * log(other * (size + mean) / (mean * (size + other))))


@kernel
def factor_table(null: Floats, ratios: Floats) -> Floats:
    """Return the factor of a constant mean for counts 0 to 255 and each ratio."""
    table = np.empty((_TABLED, len(ratios)))
    for y in range(_TABLED):
        for r in range(len(ratios)):
            table[y, r] = factor(float(y), null[0], ratios[r] * null[0], null[1])
    return table


@kernel
def constant_factor(y: float, x: float, null: Floats, ratio: float, known: float) -> float:
    """Return the factor of a constant mean on a day with exposure ``x``; ``known`` is that at full exposure."""
    if x == 1.0 and known > 0.0:
        return known
    return factor(y, x * null[0], x * ratio * null[0], null[1])


@kernel
def restart(means: Floats, sums: Floats, null: Floats, ratios: Floats) -> None:
    """Set the statistics to zero, and every mean to where it starts."""
    means[0] = null[0]
    for r in range(len(ratios)):
        sums[0, r], sums[1, r] = 0.0, 0.0
        means[r + 1] = ratios[r] * null[0]


@kernel
def pass_unseen_day(means: Floats, sums: Floats, null: Floats, ratios: Floats) -> None:
    """Take a day that was not observed: its factor is 1, and its count counts as its own mean."""
    drift, kept = null[0] * (1 - null[2] - null[3]), null[2] + null[3]
    means[0] = drift + kept * means[0]
    for r in range(len(ratios)):
        sums[0, r], sums[1, r] = sums[0, r] + 1.0, sums[1, r] + 1.0
        means[r + 1] = ratios[r] * drift + kept * means[r + 1]


@kernel
def take_day(  # noqa: PLR0913 - the arrays of the loops below
    y: float, x: float, means: Floats, sums: Floats, null: Floats, ratios: Floats, table: Floats
) -> None:
    """Take an observed day into both Shiryaev-Roberts statistics of every ratio; ``sums`` : (2, n_ratios)."""
    size, drift = null[1], null[0] * (1 - null[2] - null[3])
    rate, mean = y / x, means[0]
    whole = int(y)
    is_tabled = whole == y and whole < _TABLED
    for r in range(len(ratios)):
        known = table[whole, r] if is_tabled else -1.0
        sums[0, r] = min((1 + sums[0, r]) * constant_factor(y, x, null, ratios[r], known), CAP)
        sums[1, r] = min((1 + sums[1, r]) * factor(y, x * mean, x * means[r + 1], size), CAP)
        means[r + 1] = ratios[r] * drift + null[2] * rate + null[3] * means[r + 1]
    means[0] = drift + null[2] * rate + null[3] * mean


@kernel
def statistic(sums: Floats, detector: int) -> float:
    """Return the detector's value: the mean over ratios, or the smaller of the two means."""
    independent, conditional = 0.0, 0.0
    for r in range(sums.shape[1]):
        independent, conditional = independent + sums[0, r], conditional + sums[1, r]
    independent, conditional = independent / sums.shape[1], conditional / sums.shape[1]
    if detector == INDEPENDENT:
        return float(independent)
    if detector == CONDITIONAL:
        return float(conditional)
    return float(min(independent, conditional))


@kernel
def cusum_step(s: float, y: float, x: float, null: Floats, detector: int) -> float:
    """Return the next value of a CUSUM for a doubling."""
    mean = x * null[0]
    gain = y * log(2.0) - mean if detector == POISSON_CUSUM else log(factor(y, mean, 2 * mean, null[1]))
    return max(0.0, s + gain)


@kernel
def monitor(  # noqa: PLR0913 - a series, a null, and a rule of three numbers
    y: Floats, x: Floats, null: Floats, ratios: Floats, detector: int, threshold: float, silence: int
) -> tuple[Floats, NDArray[np.bool_]]:
    """Return the statistic of each day and the days of alarm; after an alarm it is NaN for ``silence`` days.

    y, x : (n_days,) counts, NaN if not observed, and exposures.
    """
    n = len(y)
    values = np.full(n, np.nan)
    is_alarm = np.zeros(n, np.bool_)
    means, sums, s, wake = np.empty(len(ratios) + 1), np.zeros((2, len(ratios))), 0.0, 0
    table = factor_table(null, ratios)
    restart(means, sums, null, ratios)
    for t in range(n):
        if t < wake:
            continue
        if detector >= NB_CUSUM:
            s = s if np.isnan(y[t]) else cusum_step(s, y[t], x[t], null, detector)
            values[t] = s
        else:
            if np.isnan(y[t]):
                pass_unseen_day(means, sums, null, ratios)
            else:
                take_day(y[t], x[t], means, sums, null, ratios, table)
            values[t] = statistic(sums, detector)
        if values[t] >= threshold:
            is_alarm[t] = True
            wake, s = t + 1 + silence, 0.0
            restart(means, sums, null, ratios)
    return values, is_alarm


@kernel
def first_alarms(paths: Floats, nulls: Floats, ratios: Floats, detector: int, threshold: float) -> NDArray[np.int64]:
    """Return the day, from 1, of the first alarm in each series; the number of days + 1 if there is none.

    paths : (n_runs, n_days); nulls : (n_runs, 4).
    """
    n_runs, n_days = paths.shape
    days = np.full(n_runs, n_days + 1, np.int64)
    means, sums = np.empty(len(ratios) + 1), np.zeros((2, len(ratios)))
    table = factor_table(nulls[0], ratios)
    for run in range(n_runs):
        null = nulls[run]
        if run > 0 and (null[0] != nulls[run - 1, 0] or null[1] != nulls[run - 1, 1]):
            table = factor_table(null, ratios)
        restart(means, sums, null, ratios)
        s = 0.0
        for t in range(n_days):
            y = paths[run, t]
            if detector >= NB_CUSUM:
                s = s if np.isnan(y) else cusum_step(s, y, 1.0, null, detector)
            else:
                if np.isnan(y):
                    pass_unseen_day(means, sums, null, ratios)
                else:
                    take_day(y, 1.0, means, sums, null, ratios, table)
                s = statistic(sums, detector)
            if s >= threshold:
                days[run] = t + 1
                break
    return days


@kernel
def running_maxima(paths: Floats, x: Floats, nulls: Floats, ratios: Floats, detector: int) -> Floats:
    """Return the largest value of the statistic up to each day of each series: (n_runs, n_days); x : (n_days,)."""
    n_runs, n_days = paths.shape
    maxima = np.zeros((n_runs, n_days))
    for run in range(n_runs):
        values, _ = monitor(paths[run], x, nulls[run], ratios, detector, np.inf, 0)
        highest = 0.0
        for t in range(n_days):
            highest = max(highest, values[t])
            maxima[run, t] = highest
    return maxima


@kernel
def log_likelihood(y: Floats, x: Floats, null: Floats) -> float:
    """Return the log-likelihood of a series under a self-exciting null, without the terms that hold no parameter.

    The gamma functions of whole counts are a sum of logarithms: ln G(y + k) - ln G(k) = sum of ln(k + i), i < y.
    """
    total, mean, size = 0.0, null[0], null[1]
    drift = null[0] * (1 - null[2] - null[3])
    for t in range(len(y)):
        if np.isnan(y[t]):
            mean = drift + (null[2] + null[3]) * mean
            continue
        expected = x[t] * mean
        total += size * log(size / (size + expected)) + y[t] * log(expected / (size + expected))
        for i in range(int(y[t])):
            total += log(size + i)
        mean = drift + null[2] * y[t] / x[t] + null[3] * mean
    return total
