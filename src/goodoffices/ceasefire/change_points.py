"""On which days did the level of a series change? Exact search; it finds abrupt truces, and misses eroding ones.

References
----------
.. [1] R. Killick, P. Fearnhead, I. A. Eckley (2012). Optimal detection of changepoints with a linear computational
   cost. JASA 107(500), 1590-1598. https://doi.org/10.1080/01621459.2012.737745
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from math import log

import numpy as np
from numpy.typing import NDArray

from goodoffices.ceasefire.streams import Stream
from goodoffices.data_class import dataclass
from goodoffices.errors import ScenarioError

Floats = NDArray[np.float64]

SHORTEST = 7
"""Days that a segment has at least."""
PENALTY = 1.5
"""A change costs this times the logarithm of the number of days."""
_ROLLING = 28
_AROUND = 21
_LEAST_ALPHA = 0.001
_SLACK = 1e-9  # sums of some thousand logarithms differ by less from their exact value
MOST_OPTIMA = 20


class Direction(StrEnum):
    """Whether the level is higher or lower from that day on."""

    UP = "up"
    DOWN = "down"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangePoint:
    """A day that begins a new level; ``before`` and ``after`` are means of up to 21 days on either side."""

    day: date
    direction: Direction
    before: float
    after: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangePoints:
    """The cheapest division of a series. ``optima`` holds all that cost the same, each as days; the first is drawn."""

    area: str
    size: float
    cost: float
    points: tuple[ChangePoint, ...]
    optima: tuple[tuple[date, ...], ...]
    figures_hash: str

    @property
    def days(self) -> tuple[date, ...]:
        """Return the days of change."""
        return tuple(point.day for point in self.points)

    def rows(self) -> list[dict[str, object]]:
        """Return one flat mapping per change."""
        return [
            {"area": self.area, "day": p.day.isoformat(), "direction": p.direction.value, "before": p.before,
             "after": p.after} for p in self.points
        ]  # fmt: skip

    def __repr__(self) -> str:
        return f"<ChangePoints {self.area}: {', '.join(map(str, self.days)) or 'none'}>"


def dispersion(y: Floats) -> float:
    """Return the negative-binomial size k of daily counts: Var = m + m^2 / k.

    It is 1 over the median of (v - m)/m^2 over rolling windows of 28 days, so that changes of level do not count as
    scatter. It is at most 1000: then no over-dispersion was found.

    Parameters
    ----------
    y : (n_days,)
        Counts; NaN where nothing was observed.
    """
    if len(y) < _ROLLING:
        return 1 / _LEAST_ALPHA
    windows = np.lib.stride_tricks.sliding_window_view(y, _ROLLING)
    windows = windows[np.sum(~np.isnan(windows), axis=1) >= 2]
    means, variances = np.nanmean(windows, axis=1), np.nanvar(windows, axis=1, ddof=1)
    some = means > 0
    alphas = (variances[some] - means[some]) / means[some] ** 2
    alphas = alphas[alphas > -1]
    return 1 / max(float(np.median(alphas)), _LEAST_ALPHA) if len(alphas) else 1 / _LEAST_ALPHA


def change_points(
    stream: Stream, *, size: float | None = None, penalty: float = PENALTY, shortest: int = SHORTEST
) -> ChangePoints:
    """Divide a series where its level changes: the division with the least cost, found exactly.

    Parameters
    ----------
    size
        The negative-binomial size k; by default :func:`dispersion`.
    penalty
        What a change costs, in logarithms of the number of days.
    shortest
        The fewest days of a level.

    Raises
    ------
    ScenarioError
        If no day was observed, or a number is not above zero, or the counts are not whole.
    """
    from goodoffices.ceasefire.kernels.segments import cheapest_ends, segment_cost

    n = len(stream.y)
    if not stream.observed.any():
        raise ScenarioError("no day of this series was observed, so it cannot be told when it changed")
    if shortest < 1 or penalty < 0 or (size is not None and not size > 0):
        raise ScenarioError("a level has at least one day, a change costs 0 or more, and the size k is above 0")
    counts = np.nan_to_num(stream.y)
    if bool(np.any(counts != np.round(counts))):
        raise ScenarioError("change points need whole counts; do not spread imprecise events over days")
    k = dispersion(stream.y) if size is None else size
    totals = np.concatenate([[0], np.cumsum(counts.astype(np.int64))])
    days = np.concatenate([[0], np.cumsum(stream.observed.astype(np.int64))])
    price = penalty * log(max(n, 2))
    if n < shortest:
        return _found(stream, k, segment_cost(float(totals[-1]), float(days[-1]), k), [()])
    cost, _ = cheapest_ends(totals, days, k, price, shortest, _SLACK)
    return _found(stream, k, float(cost[-1]), _optima(totals, days, cost, (k, price, shortest)))


def _optima(
    totals: NDArray[np.int64], days: NDArray[np.int64], cost: Floats, how: tuple[float, float, int]
) -> list[tuple[int, ...]]:
    """Return every division of the least cost, up to a limit; the one with the earliest changes first."""
    from goodoffices.ceasefire.kernels.segments import costs_to

    size, price, shortest = how
    complete: list[tuple[int, ...]] = []
    open_ends: list[tuple[int, ...]] = [(len(totals) - 1,)]
    while open_ends and len(complete) < MOST_OPTIMA:
        known = open_ends.pop()
        end = known[0]
        values = costs_to(totals, days, cost, end, size) + price
        is_tied = np.abs(values - cost[end]) <= _SLACK * max(1.0, abs(cost[end]))
        starts = [int(at) for at in np.flatnonzero(is_tied) if at == 0 or shortest <= at <= end - shortest]
        for start in reversed(starts):
            if start == 0:
                complete.append(known[:-1])
            else:
                open_ends.append((start, *known))
    return sorted(complete)


def _found(stream: Stream, size: float, cost: float, optima: list[tuple[int, ...]]) -> ChangePoints:
    return ChangePoints(
        area=stream.area,
        size=size,
        cost=cost,
        points=tuple(_point(stream, at) for at in optima[0]),
        optima=tuple(tuple(stream.day(at) for at in one) for one in optima),
        figures_hash=stream.figures_hash,
    )


def _point(stream: Stream, at: int) -> ChangePoint:
    before, after = (_mean(part) for part in (stream.y[max(at - _AROUND, 0) : at], stream.y[at : at + _AROUND]))
    direction = Direction.UP if after > before else Direction.DOWN
    return ChangePoint(day=stream.day(at), direction=direction, before=before, after=after)


def _mean(y: Floats) -> float:
    seen = y[~np.isnan(y)]
    return float(seen.mean()) if len(seen) else 0.0


def hits(found: tuple[date, ...], known: tuple[date, ...], within: int = 7) -> tuple[tuple[date, date], ...]:
    """Return known days with the found day that fits each, one to one, nearest first.

    Examples
    --------
    >>> hits((date(2017, 2, 5),), (date(2017, 2, 12), date(2017, 2, 1)))
    ((datetime.date(2017, 2, 1), datetime.date(2017, 2, 5)),)
    """
    pairs = sorted((abs((a - b).days), a, b) for a in known for b in found if abs((a - b).days) <= within)
    taken: list[tuple[date, date]] = []
    for _, first, second in pairs:
        if first not in {a for a, _ in taken} and second not in {b for _, b in taken}:
            taken.append((first, second))
    return tuple(sorted(taken))
