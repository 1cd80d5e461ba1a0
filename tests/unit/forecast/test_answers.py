"""Forecasts: what they carry, how draws and sources enter, what the core does, how levers rank."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest

from forecast_data import line_lineup
from goodoffices.errors import ForecastInputError
from goodoffices.forecast import (
    Calibration,
    Contested,
    Draws,
    Lineup,
    Share,
    Span,
    calibrate,
    forecast,
    forecasts,
    from_outcomes,
    levers,
    ranking,
    score,
    sensitivity,
    veto_core,
)
from goodoffices.forecast.inputs.lineup import Case

pytestmark = pytest.mark.slow

NAMES = ["North", "South", "Host"]


def wells(**more: object) -> Lineup:
    values: dict[str, object] = {"salience": [0.5, 1.0, 0.2], "capability": [1, 2, 1], "issues": ["wells"], **more}
    return Lineup.from_arrays(NAMES, [0, 60, 100], **values)  # type: ignore[arg-type]


def test_a_forecast_says_what_it_rests_on() -> None:
    found = forecast(wells())
    assert found.calibration is not None and "European Union" in found.calibration
    text = str(found)
    assert "Nothing here has been validated on peace talks" in text
    assert "without South the point would move" in text
    assert repr(found).startswith("<Forecast wells: ")
    assert found.digest() == forecast(wells()).digest()


def test_a_model_without_a_bank_says_not_calibrated() -> None:
    found = forecast(wells(), model="compromise", calibration=None)
    assert found.calibration is None
    assert "not calibrated" in str(found)
    assert forecast(wells(), model="nbs:no-deal(K=3.0)").calibration is None


def test_a_calibration_of_another_model_is_refused() -> None:
    bank = Calibration(name="own", model="mean", residuals=np.linspace(-1, 1, 40), clusters=("c",) * 40)
    with pytest.raises(ForecastInputError, match="is of mean, not of compromise"):
        forecast(wells(), model="compromise", calibration=bank)
    found = forecast(wells(), model="mean", calibration=bank)
    assert any("40 cases only" in warning for warning in found.warnings)


def test_own_cases_calibrate() -> None:
    cases = [Case(lineup=line_lineup([k, 50.0, 90.0]), outcome=float(k), cluster=f"c{k}") for k in range(40)]
    bank = calibrate(cases, "mean")
    assert len(bank.residuals) == 40
    assert forecast(line_lineup([0.0, 50.0, 90.0]), model="mean", calibration=bank).calibration == bank.label


def test_positions_on_another_scale_are_mapped_there_and_back() -> None:
    wide = Lineup.from_arrays(NAMES, [1000, 1600, 2000], [0.5, 1.0, 0.2], [1, 2, 1], scale=(1000.0, 2000.0))
    assert forecast(wide).point == pytest.approx(1000 + 10 * forecast(wells()).point)


def test_contested_claims_are_listed_by_source_and_never_averaged() -> None:
    claims = Contested(claims=(("agency", 0.0), ("ministry", 40.0)))
    lineup = Lineup.from_arrays(NAMES, [claims, 60, 100], capability=[2, 1, 1])
    found = forecast(lineup, model="compromise", calibration=None, draws=Draws(n=2000, seed=4))
    assert dict(found.by_source) == {"agency": pytest.approx(40.0), "ministry": pytest.approx(60.0)}
    assert set(np.round(found.distribution.atoms, 9)) == {40.0, 60.0}
    assert found.point == pytest.approx(40.0)


def test_one_source_is_drawn_for_all_its_cells() -> None:
    cells = [Contested(claims=(("x", 0.0), ("y", 100.0))), Contested(claims=(("x", 0.0), ("y", 100.0)))]
    found = forecast(Lineup.from_arrays(["A", "B"], cells), model="mean", calibration=None, draws=Draws(n=1500, seed=2))
    assert set(found.distribution.atoms) == {0.0, 100.0}


def test_a_ranking_is_drawn_in_order_and_equals_share_a_place() -> None:
    actors = ["A", "B", "C"]
    lineup = Lineup.from_arrays(actors, [0, 0, 0], rankings=[ranking("issue", "C > A = B", actors=actors)])
    assert lineup.position[:, 0].tolist() == pytest.approx([100 / 3, 100 / 3, 200 / 3])
    from goodoffices.forecast.inputs.sampling import draw

    drawn = draw(lineup, "issue", Draws(n=300, seed=1)).position
    assert (drawn[:, 2] >= drawn[:, 0]).all()
    assert (drawn[:, 0] == drawn[:, 1]).all()


def test_the_same_draws_whatever_their_number_and_progress_is_told() -> None:
    from goodoffices.forecast.inputs.sampling import draw

    lineup = Lineup.from_arrays(NAMES, [Span(low=0, mode=10, high=50), 60, 100])
    few, many = draw(lineup, "issue", Draws(n=1500, seed=3)), draw(lineup, "issue", Draws(n=4000, seed=3))
    assert (few.position == many.position[:1500]).all()
    told: list[float] = []
    draw(lineup, "issue", Draws(n=2500, seed=3), progress=lambda what, share: told.append(share))
    assert told == [0.4, 0.8, 1.0]


def test_coder_errors_of_one_source_go_together() -> None:
    from goodoffices.forecast.inputs.sampling import draw

    drawn = draw(line_lineup([50.0, 50.0]), "issue", Draws(n=3000, seed=1, coder_sd=5.0, coder_correlation=0.9))
    correlation = float(np.atleast_2d(np.corrcoef(drawn.position.T))[0, 1])
    assert 0.85 < correlation < 0.95
    assert 4.5 < drawn.position.std() < 5.5


def test_variance_is_shared_between_inputs_and_model() -> None:
    lineup = Lineup.from_arrays(NAMES, [Span(low=0, mode=10, high=50), 60, 100])
    found = forecast(lineup, draws=Draws(n=2000, seed=1))
    assert found.shares is not None
    assert 0 < found.shares.inputs < 1
    assert found.shares.inputs + found.shares.model == pytest.approx(1.0)


def test_backing_keeps_the_total_and_the_forecast_without_it_stands_beside() -> None:
    backed = wells(backing=[Share(backer="Host", actor="South", share=0.5, source="communique")])
    found = forecast(backed, model="compromise")
    assert found.without_backing is not None
    assert found.without_backing == pytest.approx(forecast(wells(), model="compromise").point)
    assert found.point < found.without_backing
    assert any("no published test" in warning for warning in found.warnings)


def test_the_core_filters_and_never_replaces() -> None:
    lineup = wells(reference=100.0, must_sign=["South"])
    found = forecast(lineup)
    assert found.core is not None and found.core.interval is not None
    assert list(found.core.interval) == pytest.approx([20.0, 100.0])
    assert found.filter is not None and 0 < found.filter.probability < 1
    inside = found.conditional()
    assert inside is not None and inside.atoms[0] >= 20.0
    assert found.distribution.atoms[0] < 20.0


def test_a_plain_acceptance_function_filters_too() -> None:
    found = forecast(wells(), accept=lambda value: value >= 50.0)
    assert found.filter is not None
    assert found.filter.probability == pytest.approx(found.probability(50.0, 100.0))
    nothing = forecast(wells(), accept=lambda value: False)
    assert nothing.filter is not None and nothing.filter.probability == 0.0


def test_those_who_exclude_each_other_are_named() -> None:
    lineup = Lineup.from_arrays(["A", "B"], [0, 100], reference=50.0, must_sign=["A", "B"], no_deal_cost=[-0.2, -0.2])
    core = veto_core(lineup)
    assert core.is_known and core.interval is None
    assert "B and A exclude each other" in str(core) or "A and B exclude each other" in str(core)
    assert core.common_cost_needed(50.0) == pytest.approx(0.2)
    assert dict(core.cost_needed(30.0)) == {"A": pytest.approx(0.0), "B": pytest.approx(0.4)}


def test_the_cost_of_no_deal_widens_the_core() -> None:
    lineup = wells(reference=100.0, must_sign=["South"])
    wide = replace(lineup, no_deal_cost=np.array([0.1, 0.1, 0.1]))
    assert list(veto_core(wide).interval or ()) == pytest.approx([10.0, 100.0])


def test_exercise_outcomes_make_a_forecast() -> None:
    found = from_outcomes([20, 30, 30, 40], source="four exercises", issue="wells")
    assert found.point == 30.0
    assert found.calibration is None
    assert score(found, 30.0).crps < score(found, 40.0).crps
    with pytest.raises(ForecastInputError, match="leave the scale"):
        from_outcomes([200], source="x")


def test_all_models_side_by_side_and_those_without_an_answer_listed() -> None:
    found = forecasts(wells(), models=("compromise", "nbs:reference", "ktab-smp"))
    assert [one.model for one in found.forecasts] == ["compromise", "ktab-smp"]
    assert found.refused[0][:2] == ("wells", "nbs:reference")
    assert "refused" in str(found)


def test_the_lever_of_the_heaviest_actor_is_strongest_and_reach_is_exact_for_the_compromise() -> None:
    found = levers(wells(), model="compromise", toward=50.0)
    assert found.target == (50.0, 50.0)
    south = next(reach for reach in found.reach if reach.actor == "South")
    assert south.position is not None
    moved = wells().with_cell("South", "wells", "position", south.position)
    assert forecast(moved, model="compromise").point == pytest.approx(50.0)
    plain = levers(wells(), model="compromise")
    assert plain.strongest[0].actor == "South"
    assert "not reachable" in str(levers(wells(), model="compromise", toward=99.0))


def test_what_the_list_of_levers_leaves_out_is_said_by_what_it_is_ordered_by() -> None:
    plain, aimed = (levers(wells(), model="compromise", toward=target) for target in (None, (50.0, 70.0)))
    shown, left = plain.levers[:20], plain.levers[20:]
    assert min(abs(one.effect) for one in shown) >= max(abs(one.effect) for one in left) > 0
    assert f"({len(left)} more, with no more effect; --format csv" in str(plain)
    assert max(abs(one.effect) for one in aimed.levers[20:]) > min(abs(one.effect) for one in aimed.levers[:20])
    assert f"({len(aimed.levers) - 20} more, that help no more toward the target; --format csv" in str(aimed)


def test_where_the_point_is_in_the_target_already_no_change_is_asked_for() -> None:
    text = str(levers(wells(), model="compromise", toward=(50.0, 70.0)))
    assert "no change is needed to bring the point to 50..70: it is there already" in text
    assert "(+0)" not in text
    assert "smallest change of one position" in str(levers(wells(), model="compromise", toward=(60.0, 70.0)))


def test_a_target_given_from_its_larger_end_is_refused_for_that_reason() -> None:
    with pytest.raises(ForecastInputError, match=r"the target 45\.\.40 falls; give the smaller end first, 40\.\.45"):
        levers(wells(), model="compromise", toward=(45.0, 40.0))


def test_a_lever_says_which_claim_it_contradicts() -> None:
    lineup = replace(wells(), origin=(("South", "wells", "position", "speech of 3 May"),))
    found = levers(lineup, model="compromise")
    assert any("speech of 3 May" in lever.contradicts for lever in found.levers if lever.actor == "South")


def test_sensitivity_ranks_uncertain_cells_by_their_own_range() -> None:
    lineup = Lineup.from_arrays(NAMES, [Span(low=0, mode=10, high=90), 60, 100])
    found = sensitivity(lineup, model="compromise")
    assert (found.effects[0].actor, found.effects[0].column) == ("North", "position")
    assert found.effects[0].swing == pytest.approx(30.0)


def test_sobol_indices_of_a_sum_of_equal_ranges_are_a_third_each() -> None:
    spans = [Span(low=0, mode=50, high=100)] * 3
    found = sensitivity(Lineup.from_arrays(NAMES, spans), model="mean", method="sobol", draws=Draws(n=1024, seed=1))
    totals = [effect.total[0] for effect in found.effects if effect.total is not None]
    assert totals == pytest.approx([1 / 3] * 3, abs=0.05)


def test_importing_the_room_loads_neither_numba_nor_scipy() -> None:
    code = "import sys, goodoffices.forecast; print(*sorted({m.split('.')[0] for m in sys.modules}))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not {"numba", "scipy", "matplotlib", "pandas"} & set(loaded)


def test_draws_that_are_stopped_give_a_forecast_that_says_so() -> None:
    class Stopping:
        is_stopped = True

        def __call__(self, what: str, share: float) -> None:
            assert what == "drawing uncertain inputs"

    lineup = Lineup.from_arrays(NAMES, [Span(low=0, mode=10, high=50), 60, 100])
    found = forecast(lineup, draws=Draws(n=1_000_000, seed=3), progress=Stopping())
    assert found.warnings[0].startswith("interrupted: rests on ")
    assert found.warnings[0].endswith(" of 1000000 draws")
    [*beside] = forecasts(lineup, models=["mean"], draws=Draws(n=1_000_000, seed=3), progress=Stopping()).forecasts
    assert all(one.warnings[0].startswith("interrupted: rests on ") for one in beside)
