"""From one seat's view to a lineup: numbers, ranges, orders, rival assessments, and what is missing, in sentences."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from forecast_talks import PARTIES, SCALE, placed_talks, points
from goodoffices.errors import ForecastInputError, ScenarioError, TalksFileError, UnknownWordError
from goodoffices.forecast import Contested, Draws, Span, forecast
from goodoffices.reports.brief.build import brief_of
from goodoffices.reports.brief.render import RENDERINGS
from goodoffices.reports.forecast.answer import Acceptable, acceptable_options, forecast_of, option_chances
from goodoffices.reports.forecast.lineup_from_view import PlacedIssue, has_points, lineup_from, placed_from
from goodoffices.reports.forecast.numbers_in_words import percent
from goodoffices.reports.forecast.summary import forecast_section, where
from goodoffices.talks.base.acts import Words
from goodoffices.talks.base.refusals import Refusal
from goodoffices.talks.claims.positions import Assess, StatePosition
from goodoffices.talks.core import decide, evolve, view_for
from goodoffices.talks.state.command_context import Command, CommandRequest
from goodoffices.talks.state.known_claims import KnownAssessment
from goodoffices.talks.state.view import View
from settlement_talks import SEATS_WITHOUT, astana_without_assessments
from talks_once import folded

pytestmark = pytest.mark.slow

AT = datetime(2017, 1, 23, 7, tzinfo=UTC)
SPREAD = {"north": 10, "south": 50, "host": 90}


def view_of(path: Path | str, seat: str = "desk", asks: tuple[tuple[str, Command], ...] = ()) -> View:
    talks = folded(path, AT)
    for n, (by, command) in enumerate(asks):
        acts = decide(talks, CommandRequest(seat=by, command=command, person="Amal"), AT + timedelta(minutes=n))
        assert not isinstance(acts, Refusal), acts.sentence
        for act in acts:
            talks = evolve(talks, act)
    return view_for(talks, seat)


def assessed(issue: str, quantity: str, value: str, source: str = "a diplomat", party: str = "north") -> Command:
    return Assess(
        party=party, issue=issue, quantity=quantity, value=value, source=source, strength="inference",
        compartment="analysis",
    )  # fmt: skip


def test_numbers_reach_the_lineup_under_their_names_and_on_the_scale_of_the_issue(tmp_path: Path) -> None:
    lineup = lineup_from(view_of(placed_talks(tmp_path, points(SPREAD))), "well")
    assert lineup.actors == ("The north", "The south", "The host")
    assert lineup.issues == ("What of the well?",)
    assert lineup.position.ravel().tolist() == [10, 50, 90]
    assert lineup.salience.ravel().tolist() == [0.5] * 3
    assert lineup.capability.ravel().tolist() == [10] * 3
    assert lineup.scale == ((0.0, 100.0),)
    assert lineup.compartments == {"analysis"}
    assert forecast(lineup, calibration=None).compartments == {"analysis"}


def test_a_range_stays_a_range_and_without_a_likeliest_value_has_its_middle(tmp_path: Path) -> None:
    given = points(SPREAD | {"north": {"low": 0, "mode": 10, "high": 40}, "south": {"low": 20, "high": 60}})
    placed = placed_from(view_of(placed_talks(tmp_path, given)))
    cells = {(entry.actor, entry.column): entry.cell for entry in placed.lineup.uncertain}
    assert cells == {(0, "position"): Span(low=0, mode=10, high=40), (1, "position"): Span(low=20, mode=40, high=60)}
    assert any("its middle" in line for line in placed.assumptions)


def test_an_option_stands_for_its_place_on_the_scale(tmp_path: Path) -> None:
    given = points({"south": 50, "host": 90})
    given += [{"party": "north", "issue": "well", "stands_at": "shared", "salience": 1},
              {"party": "north", "capability": 3}]  # fmt: skip
    lineup = lineup_from(view_of(placed_talks(tmp_path, given)), "well")
    assert float(lineup.position[lineup.actor_index("The north"), 0]) == 40.0
    with pytest.raises(ForecastInputError, match="no scale places that option"):
        lineup_from(view_of(placed_talks(tmp_path, given, scales=())), "well")


def test_an_order_of_parties_is_kept_and_drawn_in_that_order(tmp_path: Path) -> None:
    scale = SCALE | {"order": [["host"], ["north", "south"]]}
    given: list[dict[str, Any]] = [{"party": party, "issue": "well", "salience": 0.5} for party in PARTIES]
    given += [{"party": party, "capability": 10} for party in PARTIES]
    placed = placed_from(view_of(placed_talks(tmp_path, given, (scale,))))
    [ranking] = placed.lineup.rankings
    assert ranking.order == (("The host",), ("The north", "The south"))
    by_name = dict(zip(placed.lineup.actors, placed.lineup.position.ravel().tolist(), strict=True))
    assert by_name["The north"] == by_name["The south"] < by_name["The host"]
    assert any("only the order is known" in line for line in placed.assumptions)
    assert forecast(placed.lineup, draws=Draws(n=100, seed=1)).draws is not None


def test_a_point_of_its_own_counts_before_a_place_in_the_order(tmp_path: Path) -> None:
    scale = SCALE | {"order": ["host", "north"]}
    given = [*points({"south": 50, "north": 70}), {"party": "host", "issue": "well", "salience": 1, "capability": 2}]
    lineup = lineup_from(view_of(placed_talks(tmp_path, given, (scale,))), "well")
    assert [ranking.order for ranking in lineup.rankings] == [(("The host",),)]
    assert float(lineup.position[lineup.actor_index("The north"), 0]) == 70.0


def test_rival_assessments_stand_side_by_side(tmp_path: Path) -> None:
    given = [*points(SPREAD), {"party": "north", "issue": "well", "point": 60, "salience": 0.5}]
    lineup = lineup_from(view_of(placed_talks(tmp_path, given)), "well")
    [entry] = lineup.uncertain
    assert entry.cell == Contested(claims=(("assessment 1", 10.0), ("assessment 2", 60.0)))
    assert [source for source, _ in forecast(lineup, calibration=None).by_source] == ["assessment 1", "assessment 2"]


def test_what_is_assessed_in_the_record_counts_and_the_last_word_of_a_source_holds(tmp_path: Path) -> None:
    asks = (
        ("desk", assessed("well", "point", "20")),
        ("desk", assessed("well", "point", "20 to 30 to 45", source="a second diplomat")),
        ("desk", assessed("well", "point", "25")),
        ("desk", assessed("well", "salience", "0.25")),
        ("desk", assessed("all", "capability", "4")),
    )
    view = view_of(placed_talks(tmp_path, points({"south": 50, "host": 90})), asks=asks)
    placed = placed_from(view, ["well"])
    row = placed.lineup.actor_index("The north")
    [entry] = placed.lineup.uncertain
    assert entry.cell == Contested(claims=(("a diplomat", 25.0), ("a second diplomat", Span(low=20, mode=30, high=45))))
    assert (float(placed.lineup.salience[row, 0]), float(placed.lineup.capability[row, 0])) == (0.25, 4.0)
    assert placed.may_see == ("The desk",)


def test_who_was_assessed_during_the_talks_as_wanting_something_must_sign(tmp_path: Path) -> None:
    asks = (
        ("desk", assessed("well", "salience", "0.5", party="host")),
        ("desk", assessed("well", "red line", "shared")),
    )
    placed = placed_from(view_of(placed_talks(tmp_path, points(SPREAD)), asks=asks), ["well"])
    assert placed.lineup.must_sign == ("The north",)


@pytest.mark.parametrize("value", ["a lot", "30 to 20", "", "1,2,3,4", "nan"])
def test_an_assessment_that_is_no_number_is_shown_with_what_would_be_one(tmp_path: Path, value: str) -> None:
    view = view_of(placed_talks(tmp_path, points(SPREAD)))
    made = KnownAssessment(
        party="north", issue="well", quantity="point", value=value, source="x", strength="x", by="desk", at=AT
    )
    older_record = replace(view, known=view.known.add("assessments", made))
    with pytest.raises(ForecastInputError, match=r"not a number or a range\. Write 35"):
        lineup_from(older_record, "well")


def test_where_only_a_party_s_own_words_place_it_they_count_and_it_is_said(tmp_path: Path) -> None:
    given = points({"south": 50, "host": 90})
    given += [{"party": "north", "issue": "well", "salience": 0.5}, {"party": "north", "capability": 10}]
    asks: tuple[tuple[str, Command], ...] = (
        ("north", StatePosition(issue="well", option="ours")),
        ("north", StatePosition(issue="well", option="shared", words=Words(text="We could share it."))),
    )
    silent = placed_from(view_of(placed_talks(tmp_path, given)))
    assert "The north" not in silent.lineup.actors
    told = placed_from(view_of(placed_talks(tmp_path, given), asks=asks))
    assert float(told.lineup.position[told.lineup.actor_index("The north"), 0]) == 40.0
    assert any("The north" in line and "said there itself" in line for line in told.assumptions)


@pytest.mark.parametrize(
    ("taken", "said"),
    [("salience", "salience of The north on 'well' is not assessed"), ("capability", "capability of The north")],
)
def test_what_is_missing_is_named_with_actor_and_issue(tmp_path: Path, taken: str, said: str) -> None:
    given: list[dict[str, Any]] = [
        {key: value for key, value in entry.items() if key != taken or entry["party"] != "north"}
        for entry in points(SPREAD)
    ]
    given = [entry for entry in given if len(entry) > 1]
    with pytest.raises(ForecastInputError, match=said):
        lineup_from(view_of(placed_talks(tmp_path, given)), "well")


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"point": 101}, "the point 101 lies off the scale of issue 'well'. It runs from 0 to 100."),
        ({"point": {"low": -5, "high": 20}}, "the point -5 lies off the scale of issue 'well'."),
        ({"salience": 40}, "salience is 40. It lies between 0 and 1."),
        ({"capability": -1}, "capability is -1. It is 0 or more."),
    ],
)
def test_what_cannot_be_is_named_with_its_value_when_the_file_is_read(
    tmp_path: Path, changed: dict[str, Any], said: str
) -> None:
    entry = {"party": "north", "issue": "well", "point": 10, "salience": 0.5, "capability": 1} | changed
    path = placed_talks(tmp_path, [*points({"south": 50, "host": 90}), entry])
    with pytest.raises(TalksFileError, match=re.escape(said)) as refused:
        view_of(path)
    assert re.search(r"talks\.yaml:\d+:\d+: ", str(refused.value))


def test_an_issue_without_points_and_an_unknown_issue_get_a_sentence(tmp_path: Path) -> None:
    issues = {"well": ["ours", "shared", "theirs"], "road": ["open", "closed"]}
    view = view_of(placed_talks(tmp_path, points(SPREAD), issues=issues))
    with pytest.raises(ForecastInputError, match="no assessment says where anybody stands"):
        lineup_from(view, "road")
    with pytest.raises(UnknownWordError, match="unknown issue 'wel'"):
        lineup_from(view, "wel")


def test_a_scale_other_than_0_to_100_is_kept_to_the_end(tmp_path: Path) -> None:
    scale = {"issue": "well", "places": {"ours": 2, "shared": 3, "theirs": 10}, "high": 12, "compartment": "analysis"}
    placed = placed_from(view_of(placed_talks(tmp_path, points({"north": 3, "south": 4, "host": 11}), (scale,))))
    assert placed.lineup.scale == ((2.0, 12.0),)
    found = forecast_of(placed, "well", models=("mean",))
    assert found.main.point == pytest.approx(6.0)
    assert sum(option_chances(found.issue, found.main)) == pytest.approx(1.0)


def test_probability_half_way_between_two_options_is_shared_evenly() -> None:
    from goodoffices.forecast import from_outcomes

    issue = PlacedIssue(slug="well", name="well", options=(("a", "A", 0.0), ("b", "B", 50.0), ("c", "C", 100.0)))
    outcomes = from_outcomes([25.0, 25.0, 90.0, 100.0], source="four exercises")
    assert option_chances(issue, outcomes) == pytest.approx((0.25, 0.25, 0.5))
    assert where(issue, 25.0) == "about half-way between ‘A’ and ‘B’"
    assert where(issue, 95.0) == "at or near ‘C’"
    assert where(issue, 35.0) == "between ‘A’ and ‘B’, nearer to ‘B’"


def test_no_share_short_of_certainty_is_called_certain() -> None:
    assert percent(0.0) == "0\u00a0%"
    assert percent(0.001) == "less than 1\u00a0%"
    assert percent(0.999) == "more than 99\u00a0%"
    assert percent(1.0) == "100\u00a0%"


def test_the_settlement_room_closes_options_that_nobody_could_sign(tmp_path: Path) -> None:
    worth: list[dict[str, Any]] = [
        {"party": "north", "issue": "well", "worth": {"ours": 10, "shared": 5, "theirs": 0}},
        {"party": "north", "reservation_value": 4},
        {"party": "south", "issue": "well", "worth": {"ours": 0, "shared": 5, "theirs": 10}},
        {"party": "south", "reservation_value": 4},
    ]
    view = view_of(placed_talks(tmp_path, [*points(SPREAD), *worth]))
    found = acceptable_options(view, "well")
    assert found.could_be == {"ours": False, "shared": True, "theirs": False}
    answer = forecast_of(placed_from(view), "well", models=("mean",), acceptable=found)
    chances = option_chances(answer.issue, answer.main)
    assert answer.main.filter is not None
    assert answer.main.filter.probability == pytest.approx(chances[1], abs=0.02)


def test_without_worth_nothing_is_said_of_what_could_be_signed(tmp_path: Path) -> None:
    view = view_of(placed_talks(tmp_path, points(SPREAD)))
    found = acceptable_options(view, "well")
    assert (found.could_be, found.is_known) == ({}, False)
    assert "sees no assessments" in found.reason
    assert forecast_of(placed_from(view), "well", acceptable=found).main.filter is None
    assert not Acceptable(could_be={"ours": True, "theirs": None}).is_known


@pytest.mark.parametrize("seat", SEATS_WITHOUT)
def test_no_other_seat_of_astana_gets_a_lineup(seat: str) -> None:
    view = view_of("astana-2017", seat)
    assert not has_points(view)
    assert forecast_section(view, model="mean", draws=None) == ()
    with pytest.raises(ScenarioError, match="sees no estimates of where anybody stands"):
        lineup_from(view)


def test_every_other_seats_brief_with_its_forecast_section_is_the_same_with_and_without_points(tmp_path: Path) -> None:
    without = astana_without_assessments(tmp_path / "astana-2017")
    for seat in (*SEATS_WITHOUT, "analyst"):
        pages = []
        for path in ("astana-2017", without):
            view = view_of(path, seat)
            made = brief_of(view, more=forecast_section(view, model="mean", draws=None))
            pages.append([render(made) for render in RENDERINGS.values()])
        assert (pages[0] == pages[1]) is (seat != "analyst")


def test_a_seat_of_two_compartments_sees_who_may_see_all_of_it(tmp_path: Path) -> None:
    path = placed_talks(tmp_path, points(SPREAD))
    view = view_of(path)
    placed = placed_from(view)
    assert placed.may_see == ("The desk",)
    other = replace(placed, may_see=("The desk", "The envoy"))
    answer = forecast_of(other, "well", acceptable=Acceptable(could_be={}, may_see=("The desk",)))
    assert answer.may_see == ("The desk",)
