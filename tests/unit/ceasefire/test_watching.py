"""Alarms, families, calibration, return times and verdicts: what they promise, and when they cannot tell."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

from ceasefire_data import FIRST, stream_of
from goodoffices.ceasefire.alarm_calibration import World, calibrate, fitted
from goodoffices.ceasefire.alarm_families import family_alarms
from goodoffices.ceasefire.alarms import Detector, Null, alarms, reference
from goodoffices.ceasefire.return_times import return_time, survival
from goodoffices.ceasefire.streams import Measure, Stream
from goodoffices.ceasefire.verdicts import KnownBesides, Reason, Thresholds, Verdict, verdicts
from goodoffices.errors import ScenarioError

IN_FORCE = FIRST + timedelta(days=60)


def _at(day: int) -> date:
    return FIRST + timedelta(days=day)


def test_a_reference_needs_four_weeks_of_observed_days() -> None:
    y = np.ones(100)
    y[27:60] = np.nan
    assert reference(stream_of(y), FIRST, 60) is None
    y[27] = 1
    null = reference(stream_of(y), FIRST, 60)
    assert null is not None and null.observed == 28


def test_a_reference_without_events_still_has_a_level() -> None:
    null = reference(stream_of([0.0] * 100), FIRST, 60)
    assert null is not None
    assert null.mean == pytest.approx(0.5 / 60)


def test_a_rise_is_found_and_closes_when_the_level_is_low_again() -> None:
    y = np.array([1.0, 0.0] * 50 + [9.0] * 14 + [0.0] * 40)
    stream = stream_of(y)
    null = reference(stream, FIRST, 60)
    assert null is not None
    [alarm] = alarms(stream, null).alarms
    assert _at(100) <= alarm.day <= _at(104)
    assert alarm.open_until is not None and alarm.open_until > _at(114)


def test_c27_an_alarm_names_its_promise_and_figures_and_comes_on_the_same_day_again() -> None:
    rises = stream_of(np.array([1.0, 0.0] * 50 + [9.0] * 20))
    null = reference(rises, rises.first_day, 60)
    assert null is not None
    one, other = alarms(rises, null), alarms(rises, null)
    assert one.rows() == other.rows() != []
    for row in one.rows():
        assert {"promise_days", "threshold", "detector", "figures_hash", "is_calibrated"} <= row.keys()
        assert row["figures_hash"] == rises.figures_hash
    assert (one.null.first_day, one.null.observed) == (rises.first_day, 60)


def test_a_second_rise_inside_the_silence_is_louder() -> None:
    y = np.array([1.0, 0.0] * 50 + [5.0] * 6 + [60.0] * 8 + [0.0] * 5)
    stream = stream_of(y)
    null = reference(stream, FIRST, 60)
    assert null is not None
    [alarm] = alarms(stream, null, promise=100).alarms
    assert alarm.louder and alarm.louder[0] >= _at(106)


def test_days_that_nobody_observed_sound_no_alarm() -> None:
    y = np.array([1.0, 0.0] * 40 + [np.nan] * 60)
    stream = stream_of(y)
    null = reference(stream, FIRST, 60)
    assert null is not None
    assert alarms(stream, null).alarms == ()


def test_half_the_exposure_halves_what_is_expected() -> None:
    rng = np.random.default_rng(1)
    exposure = np.where(np.arange(300) < 60, 1.0, 0.5)
    y = rng.poisson(4 * exposure).astype(float)
    stream = Stream(
        ledger="l", area="a", pair="p", measure=Measure.EVENTS, first_day=FIRST, y=y, exposure=exposure
    )  # fmt: skip
    null = reference(stream, FIRST, 60)
    assert null is not None
    assert alarms(stream, null).alarms == ()
    full = stream_of(np.concatenate([y[:60], rng.poisson(8, 240)]).astype(float))
    assert alarms(full, null).alarms != ()


def test_a_cusum_has_no_threshold_of_its_own() -> None:
    with pytest.raises(ScenarioError, match="calibration"):
        alarms(stream_of([1.0] * 90), Null(mean=1, size=4), detector=Detector.NB_CUSUM)
    with pytest.raises(ScenarioError, match="at least one day"):
        alarms(stream_of([1.0] * 90), Null(mean=1, size=4), promise=0)


@pytest.mark.parametrize("numbers", [{"mean": 0.0, "size": 1.0}, {"mean": 1, "size": 1, "phi": 0.6, "beta": 0.4}])
def test_a_null_that_grows_for_ever_is_refused(numbers: dict[str, float]) -> None:
    with pytest.raises(ScenarioError):
        Null(**numbers)  # type: ignore[arg-type]


def test_a_calibrated_threshold_uses_the_promise_up_and_is_replayed_by_its_seed() -> None:
    null = Null(mean=3, size=4)
    one, other = (calibrate(null, seed=3, promise=100, n_runs=200) for _ in range(2))
    assert one == other
    assert one.days_between == pytest.approx(100, rel=0.05)
    assert one.threshold < 100


def test_a_calibration_that_is_stopped_says_so() -> None:
    class Stopping:
        is_stopped = True

        def __call__(self, what: str, share: float) -> None:
            pass

    found = calibrate(Null(mean=3, size=4), seed=3, promise=50, n_runs=100, progress=Stopping())
    assert not found.is_complete
    assert found.n_runs == 10


def test_a_year_of_reference_is_fitted_and_sixty_days_are_not() -> None:
    path = World(mean=3, size=4, phi=0.35, beta=0.45).simulate(1, 730, seed=4)[0]
    stream = stream_of(path)
    long, short = reference(stream, FIRST, 730), reference(stream, FIRST, 60)
    assert long is not None and short is not None
    found = fitted(stream, long)
    assert found.is_fitted
    assert found.phi == pytest.approx(0.35, abs=0.12)
    assert fitted(stream, short) is short


def test_a_family_keeps_one_promise_for_all() -> None:
    rng = np.random.default_rng(8)
    quiet = [stream_of(rng.poisson(1, 400).astype(float), f"a{n}") for n in range(5)]
    known = [Null(mean=1, size=50)] * 5
    assert family_alarms(quiet, known, _at(60)).alarms == ()
    rising = [stream_of(np.concatenate([quiet[0].y[:200], rng.poisson(6, 200)]).astype(float), "a0"), *quiet[1:]]
    found = family_alarms(rising, known, _at(60))
    assert {alarm.area for alarm in found.alarms} == {"a0"}
    assert _at(200) <= found.alarms[0].day <= _at(215)
    with pytest.raises(ScenarioError, match="one null for each"):
        family_alarms(quiet, known[:2], _at(60))


def test_violence_that_is_not_back_is_censored() -> None:
    stream = stream_of([1.0] * 60 + [0.0] * 100)
    found = return_time(stream, 60)
    assert found is not None
    assert (found.return_day, found.return_observed, found.first_event_observed) == (100, False, False)
    ended = return_time(stream_of([1.0] * 200), 60, end=70)
    assert ended is not None and not ended.return_observed


@pytest.mark.parametrize("before", [[0.0] * 60, [np.nan] * 40 + [1.0] * 20, [1.0] * 20])
def test_no_return_time_without_a_level_before(before: list[float]) -> None:
    assert return_time(stream_of([*before, *[1.0] * 50]), len(before)) is None


def test_survival_needs_return_times() -> None:
    with pytest.raises(ScenarioError):
        survival([])


def _verdict(after: list[float], **known: object) -> tuple[Verdict, Reason]:
    stream = stream_of([1.0] * 60 + after)
    besides = [KnownBesides(**known)] * 9  # type: ignore[arg-type]
    last = verdicts(stream, IN_FORCE, besides=besides)[-1]
    return last.verdict, last.reason


def test_each_verdict_names_the_first_rule_that_fits() -> None:
    assert _verdict([0.0] * 21) == (Verdict.HOLDING, Reason.LOW)
    assert _verdict([1.0, 0.0] * 11) == (Verdict.STRAINED, Reason.HALFWAY)
    assert _verdict([1.0] * 21) == (Verdict.BROKEN, Reason.BACK)
    assert _verdict([1.0] * 14) == (Verdict.STRAINED, Reason.HALFWAY)  # never broken in the first week
    assert _verdict([0.0] * 21, alarm_is_open=True) == (Verdict.STRAINED, Reason.ALARM)
    assert _verdict([0.0] * 21, n_lethal_findings=3) == (Verdict.STRAINED, Reason.LETHAL)
    assert _verdict([0.0] * 21, is_resumed=True) == (Verdict.BROKEN, Reason.RESUMED)
    assert _verdict([1.0] * 21, is_of_one_side=True) == (Verdict.CANNOT_TELL, Reason.ONE_SIDE)
    assert _verdict([0.0] * 15 + [np.nan] * 6) == (Verdict.CANNOT_TELL, Reason.UNOBSERVED)


def test_no_level_before_cannot_be_told_unless_an_alarm_watches() -> None:
    stream = stream_of([0.0] * 60 + [0.0] * 21)
    assert verdicts(stream, IN_FORCE)[-1].reason is Reason.NO_LEVEL_BEFORE
    besides = [KnownBesides(has_alarm_stream=True)] * 2
    watched = verdicts(stream_of([1.0] + [0.0] * 80), IN_FORCE, besides=besides)[-1]
    assert (watched.verdict, watched.reason) == (Verdict.HOLDING, Reason.QUIET_STREAM)
    never = verdicts(stream, IN_FORCE, besides=besides)[-1]
    assert (never.verdict, never.reason) == (Verdict.CANNOT_TELL, Reason.NO_LEVEL_BEFORE), "nothing was ever counted"
    unseen = stream_of([np.nan] * 60 + [0.0] * 21)
    assert verdicts(unseen, IN_FORCE)[-1].reason is Reason.BEFORE_UNOBSERVED


def test_thresholds_are_in_order() -> None:
    with pytest.raises(ScenarioError, match="exchange"):
        Thresholds(broken=0.4, strained=0.5)
