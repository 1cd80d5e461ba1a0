"""The room of cease-fires: speed beside statsmodels and ruptures, and what alarms achieve of what they promise.

Peers that are not installed are *not measured*. Results are compared before speed is. Inputs are made from a seed.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from goodoffices.ceasefire.alarm_calibration import World, calibrate, first_alarm_days, fitted
from goodoffices.ceasefire.alarms import Detector, Null, alarms, reference
from goodoffices.ceasefire.change import change
from goodoffices.ceasefire.change_points import change_points
from goodoffices.ceasefire.change_ratio import change_ratio
from goodoffices.ceasefire.space_time_scan import clusters
from goodoffices.ceasefire.streams import Measure, Stream
from goodoffices.event_table import Event

Floats = NDArray[np.float64]
FIRST = date(2016, 1, 4)
WEEK = (1.3, 1.2, 1.1, 1.0, 0.6, 0.8, 1.0)
PROMISE, WATCHED = 365, 730
WORLDS = {
    "independent": World(mean=3, size=4),
    "self-exciting": World(mean=3, size=4, phi=0.35, beta=0.45),
    "weekly": World(mean=3, size=4, weekly=WEEK),
    "missing 30 % of days": World(mean=3, size=4, missing=0.3),
    "falling 20 % a year": World(mean=3, size=4, slope=np.log(0.8) / 365),
    "rising 10 % a year": World(mean=3, size=4, slope=np.log(1.1) / 365),
}


def run(*, full: bool) -> None:
    rng = np.random.default_rng(1)
    _ratio(rng)
    _whole_change(rng)
    _points(rng)
    _scan(rng)
    _detectors()
    for days in (365, 60):
        for name, world in WORLDS.items():
            achieved, early = promise_kept(world, days, 60 if full else 6)
            print(f"promise, {name}, reference {days} days: {achieved:.2f} of it; in the first 90 days {early:.2f}")


def _stream(y: Floats, area: str = "a", first: date = FIRST) -> Stream:
    exposure = np.where(np.isnan(y), 0.0, 1.0)
    return Stream(ledger="l", area=area, pair="p", measure=Measure.EVENTS, first_day=first, y=y, exposure=exposure)


def _seconds(work: Callable[[], object], repeats: int = 5) -> float:
    work()
    found = []
    for _ in range(repeats):
        begun = perf_counter()
        work()
        found.append(perf_counter() - begun)
    return sorted(found)[len(found) // 2]


def _told(what: str, ours: float, peer: str, theirs: float | None) -> None:
    beside = f"{peer} not measured" if theirs is None else f"{peer} {1000 * theirs:.2f} ms, {theirs / ours:.0f} times"
    print(f"{what}: {1000 * ours:.3f} ms; {beside}", flush=True)


def _ratio(rng: np.random.Generator) -> None:
    y, ones = rng.negative_binomial(4, 4 / (4 + np.repeat([8.0, 5.0], 30))).astype(float), np.ones(60)
    ours = _seconds(lambda: change_ratio(y, ones, 30), 50)
    if importlib.util.find_spec("statsmodels") is None:
        return _told("ratio of one stream", ours, "statsmodels", None)
    import statsmodels.api as sm
    from scipy.optimize import minimize_scalar

    design = np.column_stack([ones, np.repeat([0.0, 1.0], 30)])

    def fit(alpha: float, **how: object) -> object:
        return sm.GLM(y, design, family=sm.families.NegativeBinomial(alpha=alpha)).fit(**how)

    def peer() -> object:
        best = minimize_scalar(
            lambda a: -fit(np.exp(a)).llf, bounds=(np.log(0.001), np.log(5)), method="bounded"  # type: ignore[attr-defined]
        )  # fmt: skip
        return fit(np.exp(best.x), cov_type="HAC", cov_kwds={"maxlags": 7})

    found, theirs = change_ratio(y, ones, 30), peer()
    assert found is not None
    assert abs(found.log_ratio - theirs.params[1]) < 1e-6  # type: ignore[attr-defined]
    assert abs(found.se - theirs.bse[1]) < 1e-6  # type: ignore[attr-defined]
    return _told("ratio of one stream", ours, "statsmodels", _seconds(peer, 3))


def _whole_change(rng: np.random.Generator) -> None:
    areas = [_stream(rng.poisson(1.5, 457).astype(float), f"a{n}") for n in range(9)]
    at = FIRST + timedelta(days=200)
    ours = _seconds(lambda: [change(areas, at, comparison=areas[0]) for _ in range(3)], 3)
    print(f"change with all checks, 9 areas x 3 measures x 3 windows: {1000 * ours:.0f} ms")


def _points(rng: np.random.Generator) -> None:
    for n in (457, 1461):
        rates = np.resize(np.repeat([3.0, 8.0, 2.0, 5.0, 9.0, 1.0, 4.0], n // 7 + 1), n)
        y = rng.negative_binomial(4, 4 / (4 + rates)).astype(float)
        stream = _stream(y)
        ours, theirs = _seconds(partial(change_points, stream, size=4.0)), None
        if importlib.util.find_spec("ruptures") is not None:
            import ruptures

            search = ruptures.Pelt(model="l2", min_size=7, jump=1).fit(y)
            theirs = _seconds(partial(search.predict, 1.5 * np.log(n) * y.var()), 1)
        _told(f"change points, {n} days", ours, "ruptures Pelt, l2", theirs)


def _scan(rng: np.random.Generator) -> None:
    places = rng.normal((34, 36), 0.6, (187, 2))
    days = [FIRST + timedelta(days=int(day)) for day in rng.integers(0, 75, 609)]
    events = [
        Event(first_day=day, last_day=day, latitude=float(lat), longitude=float(lon))
        for day, (lat, lon) in zip(days, places[rng.integers(0, 187, 609)], strict=True)
    ]
    ours = _seconds(lambda: clusters(events, FIRST, FIRST + timedelta(days=74), seed=1), 3)
    print(f"scan, 609 events, 999 permutations: {ours:.2f} s")


def _detectors() -> None:
    paths = WORLDS["independent"].simulate(500, 3000, seed=1)
    nulls = np.tile(Null(mean=3, size=4).array, (500, 1))
    ours = _seconds(lambda: first_alarm_days(paths, nulls, Detector.MINIMUM, 365.0), 3)
    print(f"default alarm, 500 series of 3,000 days: {ours:.2f} s")
    print(f"calibration, 1,000 runs: {_seconds(lambda: calibrate(Null(mean=3, size=4), seed=1), 3):.2f} s")


def promise_kept(world: World, days: int, n_references: int, n_series: int = 20) -> tuple[float, float]:
    """Return achieved divided by promised days between false alarms, and the share of alarms in the first 90 days."""
    watched = n_alarms = early = 0
    begin = FIRST + timedelta(days=days)
    for n in range(n_references):
        past = _stream(world.simulate(1, days, seed=1000 + n)[0])
        null = reference(past, FIRST, days)
        assert null is not None
        null = fitted(past, null)
        missing = float(np.isnan(past.y).mean())
        limit = calibrate(null, seed=7 + n, promise=PROMISE, reference_days=days, missing=missing, n_runs=400).threshold
        week = tuple(np.roll(world.weekly, -(days % 7)).tolist())
        now = replace(world, mean=world.mean * float(np.exp(world.slope * days)), weekly=week)
        for y in now.simulate(n_series, WATCHED, seed=99_999 + n):
            found = alarms(_stream(y, first=begin), null, promise=PROMISE, threshold=limit, first_day=begin).alarms
            day = (found[0].day - begin).days + 1 if found else WATCHED + 1
            watched, n_alarms, early = watched + min(day, WATCHED), n_alarms + (day <= WATCHED), early + (day <= 90)
    return watched / max(n_alarms, 1) / PROMISE, early / (n_references * n_series)
