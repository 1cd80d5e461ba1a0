"""Where and when: clusters of events in space and time that the pattern of places and days does not explain.

References
----------
.. [1] M. Kulldorff, R. Heffernan, J. Hartman, R. Assuncao, F. Mostashari (2005). A space-time permutation scan
   statistic for disease outbreak detection. PLoS Medicine 2(3), e59. https://doi.org/10.1371/journal.pmed.0020059
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from goodoffices.data_class import dataclass
from goodoffices.errors import ScenarioError
from goodoffices.event_table import Event
from goodoffices.progress import Progress, is_stopped

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

RADII = (3.0, 6.0, 10.0, 15.0, 25.0)
WINDOWS = (3, 5, 7, 10, 14, 21, 30)
PERMUTATIONS = 999
MOST_VAGUE = 3  # UCDP's scale: 3 is known by district
EARTH_KM = 6371.0
_FLOOR = 4.0  # the largest ratio of permuted days is almost never lower; if it is, everything is looked at again


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """More events in a zone and window than its places and days explain. ``p`` is against the maxima of permuted days.

    ``names`` are its commonest places. For all but the first cluster the p-value is conservative.
    """

    rank: int
    latitude: float
    longitude: float
    n_places: int
    first_day: date
    days: int
    observed: int
    expected: float
    log_ratio: float
    p: float
    deaths: int
    area: str
    names: tuple[str, ...]

    @property
    def last_day(self) -> date:
        """Return the last day of the window."""
        return self.first_day + timedelta(days=self.days - 1)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Clusters:
    """The clusters of a period, best first, with what they rest on.

    ``n_left_out`` events are too vague in day or place. ``is_complete`` is false if the permutations were stopped.
    """

    first_day: date
    last_day: date
    n_events: int
    n_left_out: int
    n_places: int
    n_zones: int
    n_windows: int
    n_permutations: int
    seed: int
    points_95_99: tuple[float, float] | None
    clusters: tuple[Cluster, ...]
    is_complete: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanChoice:
    """Radii in km, lengths of windows in days, how many permutations, and how many clusters to name."""

    radii: tuple[float, ...] = RADII
    windows: tuple[int, ...] = WINDOWS
    permutations: int = PERMUTATIONS
    most: int = 8

    def __post_init__(self) -> None:
        if not self.radii or min(self.radii) <= 0 or not self.windows or min(self.windows) < 1:
            raise ScenarioError("a scan needs at least one radius above 0 km and one window of at least a day")
        if self.permutations < 19:
            raise ScenarioError("fewer than 19 permutations cannot give a p-value of .05; use 999")


def clusters(
    events: Iterable[Event],
    first_day: date,
    last_day: date,
    *,
    seed: int,
    choice: ScanChoice = ScanChoice(),
    progress: Progress | None = None,
) -> Clusters:
    """Find where and when there were more events than the usual places and days explain.

    Only events with a known day, and a place known by district or better, take part. Places are rounded to a thousandth
    of a degree. A zone is the places within a radius of one of them. The days are permuted over the events, so that
    places that are always busy, and days that are busy everywhere, do not count as clusters.

    Raises
    ------
    ScenarioError
        If the period ends before it begins.
    """
    if last_day < first_day:
        raise ScenarioError(f"the period ends on {last_day}, before it begins on {first_day}; exchange the two")
    inside = [event for event in events if first_day <= event.first_day <= last_day]
    used = [event for event in inside if _takes_part(event)]
    n_days = (last_day - first_day).days + 1
    windows = np.array(
        [(start, start + length) for length in choice.windows for start in range(n_days - length + 1)], dtype=np.int64
    ).reshape(-1, 2)
    if len(used) < 4 or not len(windows):
        return Clusters(
            first_day=first_day, last_day=last_day, n_events=len(used), n_left_out=len(inside) - len(used), n_places=0,
            n_zones=0, n_windows=len(windows), n_permutations=0, seed=seed, points_95_99=None, clusters=(),
        )  # fmt: skip
    grid = _Grid.of(used, first_day, windows, choice.radii)
    maxima = _maxima(grid, choice.permutations, seed, progress)
    points = np.quantile(maxima, (0.95, 0.99))
    return Clusters(
        first_day=first_day,
        last_day=last_day,
        n_events=len(used),
        n_left_out=len(inside) - len(used),
        n_places=len(grid.places),
        n_zones=len(grid.zones),
        n_windows=len(windows),
        n_permutations=len(maxima),
        seed=seed,
        points_95_99=(float(points[0]), float(points[1])),
        clusters=tuple(_best(grid, used, maxima, choice.most)),
        is_complete=len(maxima) == choice.permutations,
    )


def _takes_part(event: Event) -> bool:
    has_place = event.latitude is not None and event.longitude is not None
    return has_place and event.is_daily_precise and event.place_precision <= MOST_VAGUE


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Grid:
    """Events by number of their place and day, the distinct zones as sorted places, and the windows."""

    days: Ints
    place_of: Ints
    places: Floats
    zones: tuple[tuple[int, ...], ...]
    members: Ints
    offsets: Ints
    windows: Ints
    logs: Floats
    first_day: date

    @classmethod
    def of(cls, events: Sequence[Event], first_day: date, windows: Ints, radii: Sequence[float]) -> _Grid:
        degrees = np.array([(e.latitude or 0.0, e.longitude or 0.0) for e in events])
        rounded = [(lat, lon) for lat, lon in np.round(degrees, 3).tolist()]
        names = sorted(set(rounded))
        number = {place: at for at, place in enumerate(names)}
        place_of = np.array([number[place] for place in rounded], dtype=np.int64)
        places = np.array(names)
        zones = _zones(places, radii)
        by_place = [np.flatnonzero(place_of == at) for at in range(len(places))]
        parts = [np.concatenate([by_place[at] for at in zone]) for zone in zones]
        n = len(events)
        logs = np.zeros(n + 1)
        logs[1:] = np.arange(1, n + 1) * np.log(np.arange(1, n + 1))
        return cls(
            days=np.array([(event.first_day - first_day).days for event in events], dtype=np.int64),
            place_of=place_of, places=places, zones=zones,
            members=np.concatenate(parts), offsets=np.cumsum([0, *map(len, parts)]), windows=windows, logs=logs,
            first_day=first_day,
        )  # fmt: skip


def _zones(places: Floats, radii: Sequence[float]) -> tuple[tuple[int, ...], ...]:
    """Return the distinct sets of places within a radius of a place, smallest radius first."""
    distances = _haversine(places)
    found = (tuple(np.flatnonzero(row <= radius).tolist()) for radius in sorted(radii) for row in distances)
    return tuple(dict.fromkeys(found))


def _haversine(places: Floats) -> Floats:
    """Return the distances between all places in km: (n, n); places : (n, 2) degrees."""
    lat, lon = np.radians(places[:, 0]), np.radians(places[:, 1])
    by_lat = np.sin((lat[:, None] - lat[None, :]) / 2) ** 2
    by_lon = np.sin((lon[:, None] - lon[None, :]) / 2) ** 2
    inner = by_lat + np.cos(lat)[:, None] * np.cos(lat)[None, :] * by_lon
    return np.asarray(2 * EARTH_KM * np.arcsin(np.sqrt(np.clip(inner, 0.0, 1.0))))


def _maxima(grid: _Grid, n: int, seed: int, progress: Progress | None) -> Floats:
    """Return the largest ratio under each permutation of the days; fewer if the work was stopped."""
    from goodoffices.ceasefire.kernels import scan as kernels

    rng = np.random.default_rng(seed)
    per_day = np.bincount(grid.days, minlength=int(grid.windows.max()))
    sums = np.concatenate([[0], np.cumsum(per_day)])
    in_windows = sums[grid.windows[:, 1]] - sums[grid.windows[:, 0]]
    sizes = np.diff(grid.offsets)
    least = kernels.least_counts(sizes, in_windows, len(grid.days), _FLOOR, grid.logs)
    any_count, work = None, np.zeros(len(sums), dtype=np.int64)
    maxima: list[float] = []
    for at in range(n):
        if at >= 19 and is_stopped(progress):
            break
        if progress is not None and at % 50 == 0:
            progress("permuting the days", at / n)
        shuffled = rng.permutation(grid.days)
        rest = (shuffled, grid.members, grid.offsets, grid.windows, in_windows)
        best = kernels.largest_ratio(*rest, least, grid.logs, work)
        if best == 0.0:
            if any_count is None:
                any_count = kernels.least_counts(sizes, in_windows, len(grid.days), 0.0, grid.logs)
            best = kernels.largest_ratio(*rest, any_count, grid.logs, work)
        maxima.append(best)
    return np.array(maxima)


def _log_ratios(grid: _Grid) -> tuple[Ints, Floats]:
    """Return the events and the log-likelihood ratio of each zone and window; 0 if not above what is expected."""
    n, n_days = len(grid.days), int(grid.windows.max())
    by_day = np.stack(
        [np.bincount(grid.days[grid.members[begin:end]], minlength=n_days) for begin, end in pairwise(grid.offsets)]
    )
    sums = np.concatenate([np.zeros((len(by_day), 1), dtype=np.int64), np.cumsum(by_day, axis=1)], axis=1)
    whole = np.concatenate([[0], np.cumsum(np.bincount(grid.days, minlength=n_days))])
    first, last = grid.windows.T
    counts = sums[:, last] - sums[:, first]
    expected = np.diff(grid.offsets)[:, None] * (whole[last] - whole[first])[None, :] / n
    rest = n - counts
    with np.errstate(divide="ignore", invalid="ignore"):
        away = np.where(rest > 0, rest * np.log(n - expected), 0.0)
        ratios = grid.logs[counts] + grid.logs[rest] - counts * np.log(expected) - away
    return counts, np.where((counts >= 4) & (counts > expected), ratios, 0.0)


def _best(grid: _Grid, events: Sequence[Event], maxima: Floats, most: int) -> Iterable[Cluster]:
    """Yield the clusters with the largest ratios that have no place in common."""
    counts, ratios = _log_ratios(grid)
    taken: set[int] = set()
    rank = 0
    per_zone = ratios.max(axis=1)
    for z in np.argsort(-per_zone, kind="stable"):
        if per_zone[z] <= 0 or rank == most:
            return
        if taken & set(grid.zones[z]):
            continue
        taken |= set(grid.zones[z])
        rank += 1
        w = int(np.argmax(ratios[z]))
        yield _cluster(grid, events, (int(z), w, rank), (int(counts[z, w]), float(ratios[z, w]), maxima))


def _cluster(
    grid: _Grid, events: Sequence[Event], which: tuple[int, int, int], found: tuple[int, float, Floats]
) -> Cluster:
    (z, w, rank), (count, ratio, maxima) = which, found
    begin, end = (int(day) for day in grid.windows[w])
    members = grid.members[grid.offsets[z] : grid.offsets[z + 1]]
    inside = [events[at] for at in members if begin <= grid.days[at] < end]
    n_in_window = int(np.sum((grid.days >= begin) & (grid.days < end)))
    names = Counter(event.place for event in inside if event.place)
    areas = Counter(event.area for event in inside)
    centre = grid.places[list(grid.zones[z])].mean(axis=0)
    return Cluster(
        rank=rank, latitude=float(centre[0]), longitude=float(centre[1]), n_places=len(grid.zones[z]),
        first_day=grid.first_day + timedelta(days=begin), days=end - begin, observed=count,
        expected=len(members) * n_in_window / len(events), log_ratio=ratio,
        p=(1 + int(np.sum(maxima >= ratio - 1e-9))) / (1 + len(maxima)),
        deaths=sum(event.deaths or 0 for event in inside), area=areas.most_common(1)[0][0],
        names=tuple(name for name, _ in names.most_common(3)),
    )  # fmt: skip
