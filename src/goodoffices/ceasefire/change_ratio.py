"""How much a daily count changed at a date: the ratio of after to before, with an interval that allows for clusters.

The model is E y = exposure * exp(b0 + b1 * [day >= date]) with negative-binomial scatter. Its interval is a sandwich
that allows for over-dispersion and for days that resemble their neighbours.

References
----------
.. [1] W. K. Newey, K. D. West (1987). A simple, positive semi-definite, heteroskedasticity and autocorrelation
   consistent covariance matrix. Econometrica 55(3), 703-708. https://doi.org/10.2307/1913610
"""

from __future__ import annotations

from math import erfc, exp, log, sqrt

import numpy as np
from numpy.typing import NDArray

from goodoffices.data_class import dataclass
from goodoffices.errors import ScenarioError

Floats = NDArray[np.float64]

LAGS = 7
_Z95 = 1.96
_ALPHA = (0.001, 5.0)
_ROUNDS = 50
_CLOSE = 1e-10


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratio:
    """After divided by before, with its 95 % interval and p-value; ``se`` is that of the logarithm.

    ``before`` and ``after`` are means of a day with full exposure; ``n_before`` and ``n_after`` the days observed.
    """

    before: float
    after: float
    n_before: int
    n_after: int
    log_ratio: float
    se: float

    @property
    def ratio(self) -> float:
        """Return the ratio."""
        return exp(self.log_ratio)

    @property
    def low(self) -> float:
        """Return the lower end of the 95 % interval."""
        return exp(self.log_ratio - _Z95 * self.se)

    @property
    def high(self) -> float:
        """Return the upper end of the 95 % interval."""
        return exp(min(self.log_ratio + _Z95 * self.se, 700.0))

    @property
    def p(self) -> float:
        """Return the two-sided p-value of a ratio of 1."""
        return erfc(abs(self.log_ratio) / self.se / sqrt(2)) if self.se > 0 else float(self.log_ratio == 0)

    @property
    def excludes_one(self) -> bool:
        """Whether the interval lies on one side of 1."""
        return self.low > 1 or self.high < 1


def change_ratio(y: Floats, exposure: Floats, start: int) -> Ratio | None:
    """Return the change of daily counts at day ``start``, or ``None`` if a side has no day or no event.

    Parameters
    ----------
    y, exposure : (n_days,)
        Counts and the share observed; days that are NaN, or have no exposure, score nothing.
    start
        The first day of the second part, by its number from 0.

    Notes
    -----
    Where every observed day has full exposure, ratio and interval have a closed form without the dispersion: with u the
    scores divided by the information, b = ln(m1/m0) and var b = sum over lags of Bartlett-weighted products of u.
    Otherwise the means are fitted with the dispersion that makes the data likeliest.
    """
    seen = ~np.isnan(y) & (np.nan_to_num(exposure) > 0)
    after = np.arange(len(y)) >= start
    parts = (seen & ~after, seen & after)
    if not all(part.any() and y[part].sum() > 0 for part in parts):
        return None
    is_full = bool(np.all(exposure[seen] == 1.0))
    means, u = _closed_form(y, parts) if is_full else _fitted(y, exposure, parts)
    variance = _bartlett(u)
    return Ratio(
        before=means[0], after=means[1], n_before=int(parts[0].sum()), n_after=int(parts[1].sum()),
        log_ratio=log(means[1] / means[0]), se=sqrt(max(variance, 0.0)),
    )  # fmt: skip


def _bartlett(u: Floats) -> float:
    """Return the variance of a sum of scores that are alike for up to seven days."""
    variance = float(u @ u)
    for lag in range(1, min(LAGS, len(u) - 1) + 1):
        variance += 2 * (1 - lag / (LAGS + 1)) * float(u[lag:] @ u[:-lag])
    return variance


def _closed_form(y: Floats, parts: tuple[NDArray[np.bool_], NDArray[np.bool_]]) -> tuple[tuple[float, float], Floats]:
    u = np.zeros(len(y))
    means = []
    for part, direction in zip(parts, (-1.0, 1.0), strict=True):
        mean = float(y[part].mean())
        u[part] = direction * (y[part] - mean) / (int(part.sum()) * mean)
        means.append(mean)
    return (means[0], means[1]), u


def _fitted(
    y: Floats, exposure: Floats, parts: tuple[NDArray[np.bool_], NDArray[np.bool_]]
) -> tuple[tuple[float, float], Floats]:
    """Fit the two means with the likeliest dispersion; the two sides share it and nothing else."""
    from scipy.optimize import minimize_scalar

    found = minimize_scalar(
        lambda a: -sum(_likelihood(y[part], exposure[part], _mean(y[part], exposure[part], exp(a)), exp(a))
                       for part in parts),
        bounds=(log(_ALPHA[0]), log(_ALPHA[1])), method="bounded",
    )  # fmt: skip
    alpha = exp(float(found.x))
    u = np.zeros(len(y))
    means = []
    for part, direction in zip(parts, (-1.0, 1.0), strict=True):
        rate = _mean(y[part], exposure[part], alpha)
        expected = rate * exposure[part]
        weight = 1 / (1 + alpha * expected)
        # observed information of the logarithm of the rate, as in the H of the sandwich
        information = float(np.sum(expected * (1 + alpha * y[part]) * weight**2))
        u[part] = direction * (y[part] - expected) * weight / information
        means.append(rate)
    return (means[0], means[1]), u


def _mean(y: Floats, exposure: Floats, alpha: float) -> float:
    """Return the likeliest daily rate at a given dispersion, by iterated weighting."""
    rate = float(y.sum() / exposure.sum())
    for _ in range(_ROUNDS):
        weight = 1 / (1 + alpha * rate * exposure)
        new = float((weight * y).sum() / (weight * exposure).sum())
        if abs(new - rate) <= _CLOSE * rate:
            return new
        rate = new
    return rate


def _likelihood(y: Floats, exposure: Floats, rate: float, alpha: float) -> float:
    from scipy.special import gammaln

    size, expected = 1 / alpha, rate * exposure
    terms = gammaln(y + size) - gammaln(size) + size * np.log(size / (size + expected))
    return float(np.sum(terms + y * np.log(expected / (size + expected))))


def false_discovery_rates(p_values: list[float]) -> list[float]:
    """Return q for each p: the share of false findings among those with a p as small.

    References
    ----------
    .. [1] Y. Benjamini, Y. Hochberg (1995). Controlling the false discovery rate. J. R. Stat. Soc. B 57(1), 289-300.

    Examples
    --------
    >>> false_discovery_rates([0.01, 0.04, 0.03])
    [0.03, 0.04, 0.04]
    """
    if any(not 0 <= p <= 1 for p in p_values):
        raise ScenarioError("a p-value is not between 0 and 1")
    n = len(p_values)
    order = sorted(range(n), key=lambda at: p_values[at])
    rates, least = [0.0] * n, 1.0
    for rank in range(n, 0, -1):
        at = order[rank - 1]
        least = min(least, p_values[at] * n / rank)
        rates[at] = least
    return rates
