"""Alarms of many streams at once, with one promise for all of them together.

References
----------
.. [1] S. Dandapanthula, A. Ramdas (2025). Multiple testing in multi-stream sequential change detection.
   https://arxiv.org/abs/2501.04130
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from goodoffices.ceasefire.alarms import CODES, FAMILY_RATIOS, PROMISE, SILENCE, Detector, Null
from goodoffices.ceasefire.kernels import codes
from goodoffices.ceasefire.streams import Stream
from goodoffices.data_class import dataclass
from goodoffices.errors import ScenarioError

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class FamilyAlarm:
    """An alarm of one of the streams: the day, its area and statistic, and how many sounded together."""

    day: date
    area: str
    statistic: float
    together: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FamilyRecord:
    """The alarms of a family of streams.

    If nothing changes in any of them, an alarm comes on average not before ``promise`` days, whatever the dependence of
    the streams. If some changed, the expected share of false ones among the alarms up to a day is at most that day's
    number divided by the promise.
    """

    promise: float
    areas: tuple[str, ...]
    first_day: date
    alarms: tuple[FamilyAlarm, ...]


def family_alarms(
    streams: Sequence[Stream],
    nulls: Sequence[Null],
    first_day: date,
    *,
    promise: float = PROMISE,
    detector: Detector = Detector.MINIMUM,
) -> FamilyRecord:
    """Watch several streams together from a day on.

    On each day the statistics are sorted, largest first. The first j streams sound, for the largest j at which the j-th
    is at least (number of streams) * promise / j. A stream that has sounded starts again after its silence.

    Parameters
    ----------
    streams, nulls
        The daily counts, and the null of each in the same order.

    Raises
    ------
    ScenarioError
        If there are no streams, their nulls do not match, or a CUSUM is asked for: it has no such promise.
    """
    if not streams or len(streams) != len(nulls):
        raise ScenarioError("a family needs at least one stream, and one null for each")
    if CODES[detector] >= codes.NB_CUSUM:
        raise ScenarioError("a CUSUM has no promise for a family; use the minimum detector")
    paths = [_path(one, null, one.index(first_day), detector) for one, null in zip(streams, nulls, strict=True)]
    n_days = max(len(path) for path in paths)
    found: list[FamilyAlarm] = []
    for t in range(max(streams[0].index(first_day), 0), n_days):
        values = np.array([path[t] if t < len(path) else np.nan for path in paths])
        sounding = _sounding(values, promise)
        for at in sounding:
            found.append(
                FamilyAlarm(
                    day=streams[at].day(t), area=streams[at].area, statistic=float(values[at]), together=len(sounding)
                )
            )
            paths[at] = _path(streams[at], nulls[at], t + 1 + SILENCE, detector)
    return FamilyRecord(
        promise=float(promise), areas=tuple(one.area for one in streams), first_day=first_day, alarms=tuple(found)
    )


def _path(stream: Stream, null: Null, start: int, detector: Detector) -> Floats:
    """Return the statistic from day ``start`` on, without alarms; NaN before."""
    from goodoffices.ceasefire.kernels import detectors

    begin = min(max(start, 0), len(stream.y))
    values, _ = detectors.monitor(
        stream.y[begin:], null.shares(stream)[begin:], null.array, np.array(FAMILY_RATIOS), CODES[detector], np.inf, 0
    )
    return np.concatenate([np.full(begin, np.nan), values])


def _sounding(values: Floats, promise: float) -> list[int]:
    """Return which streams sound, by number, largest statistic first.

    Examples
    --------
    >>> _sounding(np.array([10.0, 400.0, 250.0, np.nan]), 100.0)
    [1, 2]
    """
    order = np.argsort(-np.nan_to_num(values, nan=-1.0), kind="stable")
    n = len(values)
    last = 0
    for rank, at in enumerate(order, start=1):
        if values[at] >= n * promise / rank:
            last = rank
    return [int(at) for at in order[:last]]
