"""Does it hold today? Alarms for a rise of daily counts that state how often they sound for nothing.

The default sounds when two statistics are both high: one that takes days as independent, one that expects violence to
breed violence. So it keeps its promise in either case.

References
----------
.. [1] J. Shin, A. Ramdas, A. Rinaldo (2024). E-detectors: a nonparametric framework for sequential change detection.
   New England Journal of Statistics in Data Science 2(2), 229-260. https://doi.org/10.51387/23-NEJSDS51
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from goodoffices.ceasefire.kernels import codes
from goodoffices.ceasefire.return_times import trailing_means
from goodoffices.ceasefire.streams import Stream
from goodoffices.data_class import dataclass
from goodoffices.errors import ScenarioError

Floats = NDArray[np.float64]

PROMISE = 365
REFERENCE_DAYS = 60
FEWEST_REFERENCE_DAYS = 28
RATIOS = (1.25, 1.5, 2.0, 3.0, 5.0)
FAMILY_RATIOS = (*RATIOS, 8.0)
SILENCE = 14
OPEN_ABOVE = 1.25
PHI, BETA = 0.20, 0.70
"""How much a day's mean takes from the day before and from its own mean: near the medians of seven Syrian series."""
SIZES = (0.3, 50.0)


class Detector(StrEnum):
    """Which statistic sounds the alarm."""

    MINIMUM = "minimum"
    INDEPENDENT = "independent"
    CONDITIONAL = "self-exciting"
    NB_CUSUM = "cusum"
    POISSON_CUSUM = "poisson cusum"


CODES = {
    Detector.INDEPENDENT: codes.INDEPENDENT,
    Detector.CONDITIONAL: codes.CONDITIONAL,
    Detector.MINIMUM: codes.MINIMUM,
    Detector.NB_CUSUM: codes.NB_CUSUM,
    Detector.POISSON_CUSUM: codes.POISSON_CUSUM,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Null:
    """What counts as no change: the level of a reference period, its scatter, and how much a day follows the last.

    Attributes
    ----------
    mean
        Counts a day at full exposure.
    size
        The negative-binomial size k, between .3 and 50.
    phi, beta
        The self-exciting mean takes ``phi`` of the last count and ``beta`` of its last mean.
    first_day, last_day, observed
        The reference period and how many of its days were observed.
    weekly
        How much of the mean falls on each day of the week from Monday on; seven factors around 1.
    is_fitted
        Whether phi, beta, the size and the week were fitted to it; else phi and beta are usual values.
    """

    mean: float
    size: float
    phi: float = PHI
    beta: float = BETA
    first_day: date | None = None
    last_day: date | None = None
    observed: int = 0
    weekly: tuple[float, ...] = (1.0,) * 7
    is_fitted: bool = False

    def __post_init__(self) -> None:
        if len(self.weekly) != 7 or min(self.weekly) <= 0:
            raise ScenarioError("a week has seven factors above 0, from Monday on")
        if not (self.mean > 0 and self.size > 0):
            raise ScenarioError("the mean and the size of a reference are above 0")
        if self.phi < 0 or self.beta < 0 or self.phi + self.beta >= 1:
            raise ScenarioError("phi and beta are 0 or more and add up to less than 1; else counts would grow for ever")

    def shares(self, stream: Stream) -> Floats:
        """Return the exposure of each day times the factor of its weekday; 0 where nothing was observed."""
        start = stream.first_day.weekday()
        factors = np.array(self.weekly)[(start + np.arange(len(stream.y))) % 7]
        return np.asarray(np.where(stream.observed, np.nan_to_num(stream.exposure), 0.0) * factors)

    @property
    def array(self) -> Floats:
        """Return the null as the kernels take it."""
        return np.array([self.mean, self.size, self.phi, self.beta])


def reference(stream: Stream, first_day: date, days: int = REFERENCE_DAYS) -> Null | None:
    """Return the null of a reference period, or ``None`` if fewer than 28 of its days were observed.

    The mean is (sum + 1/2) / n, so that a period without events has one too. The size is that of the variance.

    Parameters
    ----------
    first_day
        The first day of the period: the day after entry into force, unless there is a reason for another.
    """
    start = stream.index(first_day)
    if start < 0 or days < 1:
        return None
    y, x = stream.y[start : start + days], stream.exposure[start : start + days]
    seen = ~np.isnan(y)
    if int(seen.sum()) < FEWEST_REFERENCE_DAYS:
        return None
    mean, size = moments(y[seen], x[seen])
    last = first_day + timedelta(days=len(y) - 1)
    return Null(mean=mean, size=size, first_day=first_day, last_day=last, observed=int(seen.sum()))


def moments(y: Floats, x: Floats) -> tuple[float, float]:
    """Return the mean and size of observed days: (sum + 1/2)/n, and k by the variance, kept between .3 and 50."""
    mean = float((y.sum() + 0.5) / x.sum())
    variance = float(np.var(y / x, ddof=1)) if len(y) > 1 else mean
    size = mean**2 / max(variance - mean, mean**2 / SIZES[1])
    return mean, min(max(size, SIZES[0]), SIZES[1])


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """One alarm. ``open_until`` is the first day on which the level was low again, ``None`` if it still is high.

    ``louder`` are days inside the silence after it on which counts rose again, above the level at the alarm.
    """

    day: date
    statistic: float
    open_until: date | None
    louder: tuple[date, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class AlarmRecord:
    """The alarms of one stream, with what they promise and what they assume.

    ``promise`` is in days: with nothing changed, an alarm comes on average not before so many. ``statistics`` has one
    value for each monitored day, NaN inside a silence. ``is_calibrated``: the threshold was found by simulation.
    """

    ledger: str
    area: str
    measure: str
    detector: Detector
    promise: float
    threshold: float
    is_calibrated: bool
    null: Null
    first_day: date
    last_day: date
    statistics: Floats
    alarms: tuple[Alarm, ...]
    level_now: float | None
    single_voice: float | None
    figures_hash: str

    @property
    def is_open(self) -> bool:
        """Whether an alarm is open on the last day."""
        return any(alarm.open_until is None for alarm in self.alarms)

    def is_open_on(self, day: date) -> bool:
        """Say whether an alarm is open on a day."""
        return any(a.day <= day and (a.open_until is None or day < a.open_until) for a in self.alarms)

    def rows(self) -> list[dict[str, object]]:
        """Return one flat mapping per alarm."""
        return [
            {"ledger": self.ledger, "area": self.area, "measure": self.measure, "day": alarm.day.isoformat(),
             "statistic": alarm.statistic, "promise_days": self.promise, "threshold": self.threshold,
             "is_calibrated": self.is_calibrated, "detector": self.detector.value,
             "open_until": alarm.open_until and alarm.open_until.isoformat(),
             "louder": [day.isoformat() for day in alarm.louder], "figures_hash": self.figures_hash}
            for alarm in self.alarms
        ]  # fmt: skip

    def __repr__(self) -> str:
        days = ", ".join(str(alarm.day) for alarm in self.alarms) or "none"
        return f"<AlarmRecord {self.area} from {self.first_day}: {days}; promise {self.promise:g} days>"


def alarms(
    stream: Stream,
    null: Null,
    *,
    promise: float = PROMISE,
    threshold: float | None = None,
    detector: Detector = Detector.MINIMUM,
    first_day: date | None = None,
) -> AlarmRecord:
    """Watch a stream from the end of its reference period on.

    Parameters
    ----------
    promise
        With nothing changed, an alarm comes on average not before so many days.
    threshold
        The value at which an alarm sounds; by default the promise, which keeps it without simulation. Give one that
        :func:`~goodoffices.ceasefire.alarm_calibration.calibrate` found for an alarm that uses the promise up.
    first_day
        The first day to watch; by default the day after the reference.

    Raises
    ------
    ScenarioError
        If the promise is less than a day, or a CUSUM is asked for without a threshold.
    """
    from goodoffices.ceasefire.kernels import detectors

    if promise < 1:
        raise ScenarioError(f"a promise of {promise:g} days is too short; promise at least one day")
    if threshold is None and CODES[detector] >= codes.NB_CUSUM:
        raise ScenarioError("a CUSUM has no threshold of its own; find one by calibration")
    begin = first_day or (null.last_day + timedelta(days=1) if null.last_day else stream.first_day)
    start = max(stream.index(begin), 0)
    limit = float(promise if threshold is None else threshold)
    values, marks = detectors.monitor(
        stream.y[start:], null.shares(stream)[start:], null.array, np.array(RATIOS), CODES[detector], limit, SILENCE
    )
    levels = trailing_means(stream.y)
    days = np.flatnonzero(marks)
    return AlarmRecord(
        ledger=stream.ledger,
        area=stream.area,
        measure=stream.measure,
        detector=detector,
        promise=float(promise),
        threshold=limit,
        is_calibrated=threshold is not None,
        null=null,
        first_day=stream.day(start),
        last_day=stream.last_day,
        statistics=values,
        alarms=tuple(_alarm(stream, null, start + int(at), float(values[at]), levels, limit) for at in days),
        level_now=None if not len(levels) or np.isnan(levels[-1]) else float(levels[-1]),
        single_voice=stream.single_voice,
        figures_hash=stream.figures_hash,
    )


def _alarm(stream: Stream, null: Null, at: int, value: float, levels: Floats, limit: float) -> Alarm:
    """Return an alarm with the day on which it closes by itself, and the days on which it became louder."""
    from goodoffices.ceasefire.kernels import detectors

    after = levels[at + 1 :]
    low = np.flatnonzero(np.nan_to_num(after, nan=np.inf) < OPEN_ABOVE * null.mean)
    shares = null.shares(stream)
    # the rise has just begun, so the day of the alarm shows it better than a fortnight
    level = max(float(np.nan_to_num(levels[at])), float(np.nan_to_num(stream.y[at] / max(shares[at], 1e-9))))
    higher = replace(null, mean=max(level, null.mean))
    part = slice(at + 1, at + 1 + SILENCE)
    _, rises = detectors.monitor(
        stream.y[part], shares[part], higher.array, np.array(RATIOS), codes.MINIMUM, limit, SILENCE
    )
    return Alarm(
        day=stream.day(at),
        statistic=value,
        open_until=stream.day(at + 1 + int(low[0])) if len(low) else None,
        louder=tuple(stream.day(at + 1 + int(rise)) for rise in np.flatnonzero(rises)),
    )
