"""Compiled loops of the room ceasefire agree with what they are defined to be, on any small input."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from math import lgamma, log

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from ceasefire_data import stream_of
from goodoffices.ceasefire.alarms import RATIOS, SILENCE, Detector, Null, alarms
from goodoffices.ceasefire.change_points import change_points
from goodoffices.ceasefire.return_times import product_limit
from goodoffices.ceasefire.space_time_scan import ScanChoice, clusters
from goodoffices.event_table import Event

COUNTS = st.lists(st.sampled_from([0.0, 0.0, 1.0, 2.0, 6.0, np.nan]), min_size=1, max_size=30)


def _cost(part: list[float], size: float) -> float:
    seen = [value for value in part if not np.isnan(value)]
    total = sum(seen)
    if not total:
        return 0.0
    mean = total / len(seen)
    return -(total * log(mean / (mean + size)) + len(seen) * size * log(size / (mean + size)))


def _cheapest(y: list[float], size: float, price: float, shortest: int) -> tuple[float, set[tuple[int, ...]]]:
    """Return the least cost of any division, and every division that has it, by trying all."""
    n = len(y)
    divisions: dict[int, list[tuple[float, tuple[int, ...]]]] = {0: [(-price, ())]}
    for end in range(shortest, n + 1):
        divisions[end] = [
            (cost + price + _cost(y[start:end], size), (*days, start))
            for start in range(end - shortest + 1)
            if start in divisions
            for cost, days in divisions[start]
        ]
        least = min((cost for cost, _ in divisions[end]), default=np.inf)
        divisions[end] = [one for one in divisions[end] if one[0] <= least + 1e-9]
    best = min(cost for cost, _ in divisions[n])
    return best, {days[1:] for cost, days in divisions[n] if cost <= best + 1e-9}


@given(COUNTS.filter(lambda y: not all(np.isnan(y))), st.sampled_from([0.5, 4.0]), st.sampled_from([2, 3, 7]))
def test_the_division_is_the_cheapest_of_all(y: list[float], size: float, shortest: int) -> None:
    found = change_points(stream_of(y), size=size, penalty=0.3, shortest=shortest)
    if len(y) < shortest:
        assert found.points == ()
        return
    cost, divisions = _cheapest(y, size, 0.3 * log(max(len(y), 2)), shortest)
    assert found.cost == pytest.approx(cost, abs=1e-6)
    first = stream_of(y).first_day
    optima = {tuple((day - first).days for day in days) for days in found.optima}
    assert optima <= divisions
    assert len(optima) == min(len(divisions), 20)


def _pmf(y: float, mean: float, size: float) -> float:
    return (lgamma(y + size) - lgamma(size) - lgamma(y + 1)
            + size * log(size / (size + mean)) + y * log(mean / (size + mean)))  # fmt: skip


def _statistics(y: list[float], null: Null) -> list[tuple[float, float]]:
    """Return both Shiryaev-Roberts means of each day, from the probabilities themselves."""
    sums = {(kind, r): 0.0 for kind in ("independent", "exciting") for r in RATIOS}
    means = dict.fromkeys((1.0, *RATIOS), 0.0)
    means = {r: r * null.mean for r in means}
    found = []
    for value in y:
        for r in RATIOS:
            seen = not np.isnan(value)
            one = _pmf(value, r * null.mean, null.size) - _pmf(value, null.mean, null.size) if seen else 0.0
            two = _pmf(value, means[r], null.size) - _pmf(value, means[1.0], null.size) if seen else 0.0
            sums["independent", r] = (1 + sums["independent", r]) * np.exp(one)
            sums["exciting", r] = (1 + sums["exciting", r]) * np.exp(two)
        means = {
            r: r * null.mean * (1 - null.phi - null.beta)
            + null.phi * (m if np.isnan(value) else value) + null.beta * m
            for r, m in means.items()
        }  # fmt: skip
        found.append(tuple(np.mean([sums[kind, r] for r in RATIOS]) for kind in ("independent", "exciting")))
    return found  # type: ignore[return-value]


@given(COUNTS, st.sampled_from([(1.0, 4.0), (3.0, 0.5)]))
def test_the_statistics_are_those_of_their_definition(y: list[float], level: tuple[float, float]) -> None:
    null = Null(mean=level[0], size=level[1])
    stream = stream_of(y)
    expected = _statistics(y, null)
    for detector, at in ((Detector.INDEPENDENT, 0), (Detector.CONDITIONAL, 1)):
        found = alarms(stream, null, detector=detector, threshold=np.inf, first_day=stream.first_day)
        assert found.statistics == pytest.approx([one[at] for one in expected], rel=1e-9)
    both = alarms(stream, null, threshold=np.inf, first_day=stream.first_day)
    assert both.statistics == pytest.approx([min(one) for one in expected], rel=1e-9)


@given(st.lists(st.sampled_from([0.0, 3.0, 9.0, np.nan]), min_size=1, max_size=60))
def test_an_alarm_is_followed_by_silence(y: list[float]) -> None:
    stream = stream_of(y)
    found = alarms(stream, Null(mean=0.5, size=4), promise=5, first_day=stream.first_day)
    days = [(alarm.day - stream.first_day).days for alarm in found.alarms]
    assert all(later - earlier > SILENCE for earlier, later in pairwise(days))
    assert all(alarm.statistic >= 5 for alarm in found.alarms)


PLACES = [(33.0, 36.0), (33.02, 36.0), (33.3, 36.0)]


@settings(max_examples=30)
@given(st.lists(st.tuples(st.sampled_from(PLACES), st.integers(0, 9)), min_size=4, max_size=40))
def test_a_cluster_is_the_most_unusual_zone_and_window(rows: list[tuple[tuple[float, float], int]]) -> None:
    first = date(2020, 1, 1)
    events = [
        Event(first_day=first + timedelta(days=day), last_day=first + timedelta(days=day), latitude=lat, longitude=lon)
        for (lat, lon), day in rows
    ]
    choice = ScanChoice(radii=(3.0,), windows=(3,), permutations=19, most=1)
    found = clusters(events, first, first + timedelta(days=9), seed=1, choice=choice)
    best, n = 0.0, len(rows)
    for zone in (PLACES[:2], PLACES[:1], PLACES[1:2], PLACES[2:]):
        if zone != PLACES[2:] and len({place for place, _ in rows} & set(PLACES[:2])) != len(zone):
            continue  # the two near places are one zone if events are at both
        for start in range(8):
            inside = sum(place in zone and start <= day < start + 3 for place, day in rows)
            expected = sum(p in zone for p, _ in rows) * sum(start <= d < start + 3 for _, d in rows) / n
            if inside >= 4 and inside > expected:
                rest = (n - inside) * log((n - inside) / (n - expected)) if n > inside else 0.0
                best = max(best, inside * log(inside / expected) + rest)
    assert (found.clusters[0].log_ratio if found.clusters else 0.0) == pytest.approx(best, abs=1e-9)


@given(st.lists(st.integers(0, 9), min_size=1, max_size=12))
def test_without_censoring_the_share_that_lasts_is_counted(days: list[int]) -> None:
    found = product_limit(np.array(days, dtype=float), np.ones(len(days), dtype=bool), 5.0)
    assert found == pytest.approx(sum(day > 5 for day in days) / len(days))
