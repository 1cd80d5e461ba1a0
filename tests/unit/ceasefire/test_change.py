"""A change at a date: five answers together, and the level of what may be said."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

from ceasefire_data import FIRST, stream_of
from goodoffices.ceasefire.area_changes import area_changes
from goodoffices.ceasefire.change import Change, ChangeLevel, Condition, change
from goodoffices.ceasefire.change_ratio import change_ratio
from goodoffices.ceasefire.streams import Stream
from goodoffices.errors import ScenarioError


def _world(seed: int, factors: list[float], days: int = 60) -> tuple[list[Stream], date]:
    """Return nine areas, the first the largest, each times its factor from the middle on."""
    rng = np.random.default_rng(seed)
    means = [4.0, *rng.uniform(0.3, 1.5, 8)]
    streams = []
    for n, (mean, factor) in enumerate(zip(means, factors, strict=True)):
        rates = np.repeat([mean, mean * factor], days)
        streams.append(stream_of(rng.negative_binomial(4, 4 / (4 + rates)).astype(float), f"a{n}"))
    return streams, FIRST + timedelta(days=days)


def _shifted(seed: int, falling: tuple[int, ...]) -> tuple[list[Stream], date]:
    """Return nine areas of which some fell to a fifth some days before the date."""
    rng = np.random.default_rng(seed)
    means = [4.0, *rng.uniform(0.3, 1.5, 8)]
    if len(falling) > 1:
        means[1] = 3.0
    streams = []
    for n, mean in enumerate(means):
        rates = np.full(120, mean)
        if n in falling:
            rates[60 - rng.integers(3, 15) :] *= 0.2
        streams.append(stream_of(rng.negative_binomial(4, 4 / (4 + rates)).astype(float), f"a{n}"))
    return streams, FIRST + timedelta(days=60)


@pytest.mark.slow
def test_a_battle_that_ended_before_the_date_is_named_unasked() -> None:
    for seed in range(200):
        [found] = change(*_shifted(seed, (0,)), (60,)).windows
        assert "a0" in (*found.carriers, *found.turning), seed


@pytest.mark.slow
def test_a_fall_of_all_areas_is_laid_at_no_area() -> None:
    for seed in range(200):
        [found] = change(*_world(seed, [0.6] * 9), (60,)).windows
        assert found.carriers == () and found.turning == () and found.carrying_two is None, seed


def test_two_areas_that_share_the_fall_are_named_together() -> None:
    named = 0
    for seed in range(50):
        [found] = change(*_shifted(seed, (0, 1)), (60,)).windows
        areas = {*found.carriers, *found.turning, *(found.carrying_two or ())}
        named += bool(areas & {"a0", "a1"})
    assert named >= 45


def test_an_unchanged_series_is_hardly_ever_said_to_have_changed() -> None:
    rng = np.random.default_rng(5)
    claimed = 0
    for _ in range(60):
        streams = [stream_of(rng.negative_binomial(4, 4 / (4 + 1.5), 2000).astype(float), f"a{n}") for n in range(4)]
        outside = stream_of(rng.negative_binomial(4, 4 / 6, 2000).astype(float), "all")
        [found] = change(streams, FIRST + timedelta(days=1000), (30,), comparison=outside).windows
        claimed += found.level is ChangeLevel.CHANGED
    assert claimed <= 1


def test_a_clear_case_may_be_called_a_change() -> None:
    [found] = _clear_case().windows
    assert found.level is ChangeLevel.CHANGED
    assert found.fails == ()


def _clear_case() -> Change:
    rng = np.random.default_rng(6)
    days = 1500
    streams = []
    for n in range(6):
        rates = np.full(days, 2.0)
        rates[1000:1060] *= 0.3
        streams.append(stream_of(rng.negative_binomial(6, 6 / (6 + rates)).astype(float), f"a{n}"))
    outside = stream_of(rng.negative_binomial(6, 6 / 8, days).astype(float))
    return change(streams, FIRST + timedelta(days=1000), (30,), comparison=outside)


def test_without_a_comparison_no_change_is_claimed() -> None:
    streams, at = _world(1, [0.1] * 9)
    [found] = change(streams, at, (60,)).windows
    assert found.level is ChangeLevel.DIFFERED
    assert Condition.NO_COMPARISON in found.fails


@pytest.mark.parametrize(
    "values", [[0.0] * 60, [np.nan] * 60, [0.0] * 30 + [1.0] + [0.0] * 29, [0.0] * 30 + [500.0] + [0.0] * 29]
)
def test_degenerate_series_give_cannot_tell_without_a_warning(values: list[float]) -> None:
    [found, beyond] = change([stream_of(values)], FIRST + timedelta(days=30), (30, 90)).windows
    assert found.level is ChangeLevel.CANNOT_TELL
    assert Condition.WINDOW in beyond.fails
    assert beyond.level is ChangeLevel.CANNOT_TELL


def test_little_observation_is_said_before_anything_is_claimed() -> None:
    rng = np.random.default_rng(3)
    y = rng.poisson(5, 120).astype(float)
    y[::2] = np.nan
    [found] = change([stream_of(y)], FIRST + timedelta(days=60), (60,)).windows
    assert Condition.UNOBSERVED in found.fails
    y[:50] = np.nan
    [found] = change([stream_of(y)], FIRST + timedelta(days=60), (60,)).windows
    assert found.level is ChangeLevel.CANNOT_TELL


def test_one_area_alone_cannot_be_left_out() -> None:
    [found] = change([stream_of([5.0] * 60)], FIRST + timedelta(days=30), (30,)).windows
    assert Condition.ONE_AREA_GIVEN in found.fails


def test_streams_that_do_not_belong_together_are_refused() -> None:
    one = stream_of([1.0] * 60, "a")
    with pytest.raises(ScenarioError, match="twice"):
        change([one, one], FIRST)
    with pytest.raises(ScenarioError, match="same days"):
        change([one, stream_of([1.0] * 59, "b")], FIRST)


@pytest.mark.slow
def test_the_fitted_ratio_at_full_exposure_is_the_closed_form() -> None:
    rng = np.random.default_rng(2)
    y = rng.negative_binomial(3, 3 / 8, 80).astype(float)
    nearly = np.full(80, 1.0)
    nearly[0] = 1 - 1e-12  # one day a hair below full exposure sends it through the fit
    exact, fitted = change_ratio(y, np.ones(80), 40), change_ratio(y, nearly, 40)
    assert exact is not None and fitted is not None
    assert fitted.ratio == pytest.approx(exact.ratio, rel=1e-6)
    assert fitted.se == pytest.approx(exact.se, rel=1e-6)


def test_half_the_exposure_after_is_no_fall() -> None:
    rng = np.random.default_rng(4)
    exposure = np.repeat([1.0, 0.5], 60)
    found = change_ratio(rng.poisson(6 * exposure).astype(float), exposure, 60)
    assert found is not None
    assert found.low < 1 < found.high


def test_areas_with_few_events_are_in_no_list() -> None:
    assert area_changes([stream_of([0.0] * 119 + [19.0])], FIRST + timedelta(days=60)) == ()
    [found] = area_changes([stream_of([0.0] * 119 + [20.0])], FIRST + timedelta(days=60))
    assert found.ratio is None and found.q is None
