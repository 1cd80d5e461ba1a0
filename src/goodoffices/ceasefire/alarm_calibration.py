"""The threshold that uses a promise up, by simulation; and how often an alarm sounds for nothing in a made-up world."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from goodoffices.ceasefire.alarms import CODES, PROMISE, RATIOS, REFERENCE_DAYS, SIZES, Detector, Null
from goodoffices.ceasefire.streams import Stream
from goodoffices.data_class import dataclass
from goodoffices.errors import ScenarioError
from goodoffices.progress import Progress, is_stopped

Floats = NDArray[np.float64]

FEWEST_DAYS_TO_FIT = 365
LEAST_OBSERVED_TO_FIT = 0.6
RUNS = 1_000
_HORIZON = 2  # an alarm is waited for through twice the promise; later ones tell little more of the rate
_SPREAD = 1.5  # of the prior, on the logit scale: a year of counts outweighs it, a month does not
_WEEK_WEIGHT = 20.0  # a weekday counts as if so many events more had followed the mean
_PARTS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """A made-up world: mean a day, size (0 for Poisson), self-excitation, week, share of missing days, slope a day.

    ``slope`` is that of the logarithm of the mean.
    """

    mean: float
    size: float
    phi: float = 0.0
    beta: float = 0.0
    weekly: tuple[float, ...] = (1.0,) * 7
    missing: float = 0.0
    slope: float = 0.0

    @classmethod
    def of(cls, null: Null, missing: float = 0.0) -> World:
        """Return the world in which a null is true."""
        return cls(
            mean=null.mean, size=null.size, phi=null.phi, beta=null.beta, weekly=null.weekly, missing=missing
        )  # fmt: skip

    def simulate(self, n_runs: int, n_days: int, *, seed: int) -> Floats:
        """Return series of this world: (n_runs, n_days) counts, NaN for missing days."""
        rng = np.random.default_rng(seed)
        week = np.array(self.weekly) / np.mean(self.weekly)
        paths, mean = np.empty((n_days, n_runs)), np.full(n_runs, self.mean)
        for t in range(n_days):
            rate = mean * (week[t % 7] * np.exp(self.slope * t))
            if self.size:
                rate *= rng.standard_gamma(self.size, n_runs) / self.size
            y = paths[t] = rng.poisson(rate)
            mean = self.mean * (1 - self.phi - self.beta) + self.phi * y + self.beta * mean
        if self.missing:
            paths[rng.random(paths.shape) < self.missing] = np.nan
        return np.ascontiguousarray(paths.T)


def fitted(stream: Stream, null: Null) -> Null:
    """Return the null with self-excitation, size and weekdays fitted to its reference, if that has a year of days.

    A shorter reference is returned as it is: sixty days cannot tell self-excitation from a change of level. The fit is
    drawn towards the usual values, the more so the fewer days there are.
    """
    from scipy.optimize import minimize

    from goodoffices.ceasefire.kernels import detectors

    if null.first_day is None or null.last_day is None:
        return null
    n_days = (null.last_day - null.first_day).days + 1
    if n_days < FEWEST_DAYS_TO_FIT or null.observed < LEAST_OBSERVED_TO_FIT * n_days:
        return null
    part = slice(stream.index(null.first_day), stream.index(null.last_day) + 1)
    first = replace(null, weekly=_weekdays(stream, part))
    y, x = stream.y[part], first.shares(stream)[part]

    def loss(parameters: Floats) -> float:
        phi, beta, size = _shape_of(parameters)
        numbers = np.array([first.mean, size, phi, beta])
        usual = _parameters_of(null.phi, null.beta, null.size)
        distance = float(np.sum((parameters[:2] - usual[:2]) ** 2)) / (2 * _SPREAD**2)
        return distance - float(detectors.log_likelihood(y, x, numbers))

    starts = [_parameters_of(phi, beta, null.size) for phi, beta in ((null.phi, null.beta), (0.05, 0.3), (0.35, 0.45))]
    best = min(
        (minimize(loss, start, method="Nelder-Mead", options={"xatol": 1e-3, "fatol": 1e-4}) for start in starts),
        key=lambda one: float(one.fun),
    )
    phi, beta, size = _shape_of(best.x)
    return replace(first, phi=phi, beta=beta, size=min(max(size, SIZES[0]), SIZES[1]), is_fitted=True)


def _weekdays(stream: Stream, part: slice) -> tuple[float, ...]:
    """Return the factor of each weekday, from Monday on, drawn towards 1."""
    y = stream.y[part]
    weekday = (stream.first_day.weekday() + part.start + np.arange(len(y))) % 7
    seen = ~np.isnan(y)
    mean = float(y[seen].mean())
    factors = np.array(
        [(y[seen & (weekday == day)].sum() + _WEEK_WEIGHT) / (seen & (weekday == day)).sum() for day in range(7)]
    )
    expected = np.array([mean + _WEEK_WEIGHT / max(int((seen & (weekday == day)).sum()), 1) for day in range(7)])
    shares = factors / expected
    return tuple(float(share) for share in shares / shares.mean())


def _shape_of(parameters: Floats) -> tuple[float, float, float]:
    phi, rest = (1 / (1 + np.exp(-np.clip(parameters[:2], -12, 7)))) * 0.999
    return float(phi), float(rest * (0.999 - phi)), float(np.exp(np.clip(parameters[2], -3, 7)))


def _parameters_of(phi: float, beta: float, size: float) -> Floats:
    first, second = phi / 0.999, beta / (0.999 - phi) / 0.999
    return np.array([np.log(first / (1 - first)), np.log(second / (1 - second)), np.log(size)])


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """The threshold found, for which promise, from how many runs; ``days_between`` is what it gives in them.

    ``is_complete`` is false if the simulation was stopped: then it rests on fewer runs.
    """

    threshold: float
    promise: float
    days_between: float
    n_runs: int
    seed: int
    is_complete: bool


def calibrate(  # noqa: PLR0913 - each argument is one named in the promise
    null: Null,
    *,
    seed: int,
    promise: float = PROMISE,
    reference_days: int = REFERENCE_DAYS,
    missing: float = 0.0,
    detector: Detector = Detector.MINIMUM,
    n_runs: int = RUNS,
    progress: Progress | None = None,
) -> Calibration:
    """Find the threshold at which alarms come exactly once in the promised days, if the null is true.

    Each run draws a reference period, estimates mean and size from it as for a real one, and watches what follows. So
    the threshold allows for what a short reference cannot know.

    Parameters
    ----------
    reference_days
        How many days each run estimates from; 0 if mean and size are known.
    missing
        The share of days that are not observed.

    Raises
    ------
    ScenarioError
        If there are no runs, or the promise is less than a day.
    """
    from goodoffices.ceasefire.kernels import detectors

    if n_runs < _PARTS or promise < 1:
        raise ScenarioError(f"a calibration needs at least {_PARTS} runs and a promise of at least one day")
    n_days = int(np.ceil(_HORIZON * promise))
    world, maxima = World.of(null, missing), []
    for part in range(_PARTS):
        if part and is_stopped(progress):
            break
        if progress is not None:
            progress("calibrating the alarm", part / _PARTS)
        n = n_runs * (part + 1) // _PARTS - n_runs * part // _PARTS
        paths = world.simulate(n, reference_days + n_days, seed=seed + part * 1_000_003)
        nulls = _estimates(null, paths[:, :reference_days])
        rest = _in_week(paths[:, reference_days:], null, reference_days)
        maxima.append(detectors.running_maxima(*rest, nulls, np.array(RATIOS), CODES[detector]))
    found = np.concatenate(maxima)
    threshold = _threshold(found, promise)
    return Calibration(
        threshold=threshold, promise=promise, days_between=days_between(found, threshold), n_runs=len(found),
        seed=seed, is_complete=len(found) == n_runs,
    )  # fmt: skip


def _in_week(paths: Floats, null: Null, offset: int) -> tuple[Floats, Floats]:
    """Return counts and the weekday factor of each day, as exposures."""
    factors = np.array(null.weekly) / np.mean(null.weekly)
    return np.ascontiguousarray(paths), factors[(offset + np.arange(paths.shape[1])) % 7]


def _estimates(null: Null, references: Floats) -> Floats:
    """Return the null of each run as estimated from its reference, as :func:`~.alarms.moments` does: (n_runs, 4)."""
    nulls = np.tile(null.array, (len(references), 1))
    if references.shape[1] == 0:
        return nulls
    week = np.array(null.weekly)[np.arange(references.shape[1]) % 7]
    seen = ~np.isnan(references)
    exposure = np.maximum((seen * week).sum(axis=1), 1.0)
    means = (np.nansum(references, axis=1) + 0.5) / exposure
    variances = np.nanvar(np.where(seen.sum(axis=1, keepdims=True) > 1, references / week, 1.0), axis=1, ddof=1)
    sizes = means**2 / np.maximum(variances - means, means**2 / SIZES[1])
    nulls[:, 0] = means
    if not null.is_fitted:
        nulls[:, 1] = np.clip(sizes, *SIZES)
    return nulls


def days_between(maxima: Floats, threshold: float) -> float:
    """Return the days watched for each first alarm: the sum of min(T, horizon) divided by the number of alarms."""
    n_runs, n_days = maxima.shape
    first = np.sum(maxima < threshold, axis=1)
    n_alarms = int(np.sum(first < n_days))
    watched = float(np.minimum(first + 1, n_days).sum())
    return watched / n_alarms if n_alarms else float(n_runs * n_days)


def _threshold(maxima: Floats, promise: float) -> float:
    """Return the lowest threshold that keeps the promise, to a thousandth."""
    low, high = 0.0, float(np.log(maxima.max() + 1) + 1)
    for _ in range(40):
        middle = (low + high) / 2
        low, high = (low, middle) if days_between(maxima, np.exp(middle)) >= promise else (middle, high)
    return float(np.exp(high))


def first_alarm_days(paths: Floats, nulls: Floats, detector: Detector, threshold: float) -> NDArray[np.int64]:
    """Return the day, from 1, of the first alarm of each series; one more than there are days if there is none.

    Parameters
    ----------
    paths : (n_runs, n_days)
        Counts; NaN for missing days.
    nulls : (n_runs, 4)
        As :attr:`~.alarms.Null.array`, one for each series.
    """
    from goodoffices.ceasefire.kernels import detectors

    return detectors.first_alarms(paths, nulls, np.array(RATIOS), CODES[detector], threshold)
