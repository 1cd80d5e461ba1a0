"""From one seat's view to a bargain: numbers, ranges, orders, red lines, and what was left open."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from goodoffices.errors import ScenarioError
from goodoffices.formats.talks_file.reader import read_talks
from goodoffices.reports.brief.build import brief_of
from goodoffices.reports.brief.render import RENDERINGS
from goodoffices.reports.settlement.answer import answer_of, shown_settlement
from goodoffices.reports.settlement.assessments import has_assessments
from goodoffices.reports.settlement.bargain_from_view import INVENTED, AssessedBargain, bargain_from
from goodoffices.reports.settlement.certainty import chance, interval, share_left
from goodoffices.reports.settlement.summary import answer_words
from goodoffices.reports.settlement.tables import opening_part
from goodoffices.settlement import Range, Ranking, UncertainBargain
from goodoffices.talks.base.enums import Kind
from goodoffices.talks.base.refusals import Refusal
from goodoffices.talks.claims.positions import Assess
from goodoffices.talks.core import decide, evolve, replay, view_for
from goodoffices.talks.initial_acts import opening
from goodoffices.talks.state.command_context import CommandRequest
from goodoffices.talks.state.known_claims import KnownAssessment
from goodoffices.talks.state.view import View
from settlement_talks import SEATS_WITHOUT, astana_without_assessments, talks_of, wells
from talks_once import folded

pytestmark = pytest.mark.slow

AT = datetime(2017, 1, 23, 7, tzinfo=UTC)


def view_of(path: Path | str, seat: str = "desk") -> View:
    return view_for(folded(path, AT), seat)


def believed(assessed: AssessedBargain) -> UncertainBargain:
    assert assessed.beliefs is not None
    return assessed.beliefs


def after(path: Path, *asked: tuple[str, str, str, str]) -> View:
    """Return the analysts' view after acts of theirs: issue, quantity, value and source, all about the north."""
    talks = replay(opening(read_talks(path), kind=Kind.EXERCISE, at=AT))
    for n, (issue, quantity, value, source) in enumerate(asked):
        command = Assess(
            party="north",
            issue=issue,
            quantity=quantity,
            value=value,
            source=source,
            strength="inference",
            compartment="analysis",
        )
        acts = decide(talks, CommandRequest(seat="desk", command=command, person="Amal"), AT + timedelta(minutes=n))
        assert not isinstance(acts, Refusal), acts.sentence
        for act in acts:
            talks = evolve(talks, act)
    return view_for(talks, "desk")


def test_what_is_assessed_during_the_talks_stands_beside_the_file(tmp_path: Path) -> None:
    path = wells(tmp_path)
    view = after(path, ("well", "worth", "ours: 50", "a diplomat"), ("well", "worth", "shared: 10 to 20", "a diplomat"),
                 ("well", "worth", "ours: 45", "a diplomat"), ("road", "red line", "closed", "a diplomat"),
                 ("all", "reservation value", "25", "a diplomat"))  # fmt: skip
    found = bargain_from(view)
    assert found.in_doubt
    assert found.may_see == ("The desk",)
    assert found.bargain.red_lines[0] == {(1, 1)}
    rivals = [estimate.worth for estimate in believed(found).estimates if (estimate.party, estimate.issue) == (0, 0)]
    assert rivals == [(40.0, 30.0, 0.0), (45.0, Range(low=10, high=20), Range(low=10, high=45))]
    assert [one.worth for one in believed(found).reservations if one.party == 0] == [20.0, 25.0]
    assert has_assessments(view)


def test_assessments_of_the_talks_alone_make_a_bargain(tmp_path: Path) -> None:
    path = talks_of(tmp_path, {"well": ["ours", "shared", "theirs"]}, [], ("north", "south"))
    view = after(path, ("well", "ranking", "ours > shared = theirs", "own"))
    assert has_assessments(view)
    assert bargain_from(view).bargain.worth == (((1,), (0,), (0,)),)
    assert not has_assessments(after(path, ("well", "salience", "0.4", "own")))


@pytest.mark.parametrize(
    ("act", "words"),
    [
        (("well", "worth", "ours: lots"), "should give an option and a number"),
        (("well", "worth", "hers: 3"), "names no option 'hers' of that issue; known: ours, shared, theirs"),
        (("well", "ranking", "ours > ours"), "names an option twice"),
        (("all", "reservation value", "30 to 20"), "should give a number, '35', or"),
        (("well", "reservation value", "30"), "it can be assessed on: 'all'"),
    ],
)
def test_an_act_of_an_older_record_that_cannot_be_read_is_named_with_its_remedy(
    act: tuple[str, str, str], words: str, tmp_path: Path
) -> None:
    view = view_of(wells(tmp_path))
    issue, quantity, value = act
    made = KnownAssessment(
        party="north", issue=issue, quantity=quantity, value=value, source="own", strength="inference", by="desk", at=AT
    )
    with pytest.raises(ScenarioError, match=words):
        bargain_from(replace(view, known=view.known.add("assessments", made)))


def words_of(path: Path | str, seat: str = "desk") -> dict[str, str]:
    return dict(answer_words(answer_of(bargain_from(view_of(path, seat)), worlds=500)))


def test_numbers_reach_the_bargain_exactly_and_under_their_names(tmp_path: Path) -> None:
    bargain = bargain_from(view_of(wells(tmp_path, (0.1, 20)))).bargain
    assert bargain.parties == ("The north", "The south")
    assert bargain.issues[0].name == "What of the well?"
    assert bargain.issues[0].options == ("Choice ours", "Choice shared", "Choice theirs")
    assert bargain.worth[0] == ((40, 0), (30, 25), (0, 40))
    assert bargain.reservation_value == (Fraction(1, 10), 20)


def test_every_party_assessed_must_sign(tmp_path: Path) -> None:
    rule = bargain_from(view_of(wells(tmp_path))).bargain.decided_by
    assert rule.holds(frozenset({0, 1}))
    assert not rule.holds(frozenset({0}))


def test_a_range_counts_at_its_likeliest_value_and_is_drawn_from_its_ends(tmp_path: Path) -> None:
    assessed = bargain_from(view_of(wells(tmp_path, ({"low": 10, "mode": 20, "high": 60}, {"low": 10, "high": 40}))))
    assert assessed.bargain.reservation_value == (20, 25)
    assert [belief.worth for belief in believed(assessed).reservations] == [
        Range(low=10.0, high=60.0, mode=20.0),
        Range(low=10.0, high=40.0),
    ]
    assert assessed.in_doubt
    assert believed(assessed).compartments == {"analysis"}


def test_numbers_without_ranges_leave_nothing_in_doubt(tmp_path: Path) -> None:
    assert not bargain_from(view_of(wells(tmp_path))).in_doubt
    assert words_of(tmp_path)["How sure is that?"].startswith("It cannot be told")


def test_an_order_is_drawn_as_an_order_and_says_how_the_exact_part_takes_it(tmp_path: Path) -> None:
    given = [{"party": "north", "issue": "well", "worth": [["theirs", "shared"], "ours"]}]
    assessed = bargain_from(view_of(talks_of(tmp_path, {"well": ["ours", "shared", "theirs"]}, given, ("north",))))
    [belief] = believed(assessed).estimates
    assert belief.worth == Ranking(groups=((2, 1), (0,)))
    assert [row[0] for row in assessed.bargain.worth[0]] == [0, 1, 1]
    assert any("evenly spaced" in line for line in assessed.bargain.assumptions)


def test_salience_weighs_the_issues_of_a_party_whose_worth_is_an_order(tmp_path: Path) -> None:
    given = [
        {"party": "north", "issue": "well", "worth": ["ours", "shared", "theirs"], "salience": 0.75},
        {"party": "north", "issue": "road", "worth": {"open": 8, "closed": 4}, "salience": 0.25},
    ]
    assessed = bargain_from(view_of(talks_of(tmp_path, WELLS, given, ("north",))))
    assert [row[0] for row in assessed.bargain.worth[0]] == [Fraction(3, 4), Fraction(3, 8), 0]
    assert [row[0] for row in assessed.bargain.worth[1]] == [Fraction(1, 4), 0]
    assert believed(assessed).weights[0].known == (0.75, 0.25)


WELLS = {"well": ["ours", "shared", "theirs"], "road": ["open", "closed"]}


def test_an_order_and_points_on_another_scale_are_refused(tmp_path: Path) -> None:
    given: list[dict[str, Any]] = [
        {"party": "north", "issue": "road", "worth": ["open", "closed"]},
        {"party": "north", "reservation_value": 30},
    ]
    with pytest.raises(ScenarioError, match="is not between 0 and 1"):
        bargain_from(view_of(talks_of(tmp_path, WELLS, given, ("north",))))


def test_points_beside_an_order_are_made_over_and_the_refusal_says_so(tmp_path: Path) -> None:
    given: list[dict[str, Any]] = [
        {"party": "north", "issue": "well", "worth": {"ours": 1, "shared": 9, "theirs": 5}},
        {"party": "north", "issue": "road", "worth": ["open", "closed"]},
    ]
    made = bargain_from(view_of(talks_of(tmp_path, WELLS, given, ("north",)))).bargain
    [low], [high], [middle] = made.worth[0]
    assert (low, middle / high) == (0, Fraction(1, 2))
    given.append({"party": "north", "reservation_value": 3})
    (tmp_path / "more").mkdir()
    with pytest.raises(ScenarioError, match="the party's worth runs from 0"):
        bargain_from(view_of(talks_of(tmp_path / "more", WELLS, given, ("north",))))


@pytest.mark.parametrize("worlds", [200, 2000])
def test_a_share_and_what_is_left_of_it_add_up_as_printed(worlds: int) -> None:
    for k in range(1, worlds):
        said, left = chance(k / worlds, worlds).split("\u00a0")[0], share_left(k / worlds).split("\u00a0")[0]
        assert (said, left) in (("less than 1", "more than 99"), ("more than 99", "less than 1")) or (
            int(said) + int(left) == 100
        )


def test_what_is_not_assessed_is_said_and_never_passed_over(tmp_path: Path) -> None:
    given = [
        {"party": "north", "issue": "well", "worth": {"ours": 40, "theirs": 5}},
        {"party": "south", "issue": "road", "worth": {"open": 1, "closed": 0}},
    ]
    assessed = bargain_from(view_of(talks_of(tmp_path, WELLS, given, ("north", "south"))))
    said = " ".join(assessed.bargain.assumptions)
    assert "Not assessed of The north on 'What of the well?': shared" in said
    assert "What 'What of the road?' is worth to The north is not assessed" in said
    assert "What no agreement is worth to The south is not assessed" in said
    assert assessed.bargain.worth[0][1][0] == 5
    assert believed(assessed).estimates[0].worth == (40.0, Range(low=5.0, high=40.0), 5.0)


def test_rival_assessments_stand_side_by_side_and_are_not_averaged(tmp_path: Path) -> None:
    given = [
        {"party": "north", "issue": "road", "worth": {"open": 10, "closed": 0}, "red_lines": ["closed"]},
        {"party": "north", "issue": "road", "worth": {"open": 0, "closed": 10}},
    ]
    assessed = bargain_from(view_of(talks_of(tmp_path, WELLS, given, ("north",))))
    assert [belief.worth for belief in believed(assessed).estimates] == [(10.0, 0.0), (0.0, 10.0)]
    assert believed(assessed).red_lines == ((0, 0, 1, 0.5),)
    assert assessed.bargain.red_lines == (frozenset({(0, 1)}),)
    assert any("takes the first" in line for line in assessed.bargain.assumptions)


def test_the_astana_figures_are_marked_as_invented_in_everything_computed_from_them() -> None:
    assessed = bargain_from(view_of("astana-2017", "analyst"))
    assert assessed.is_invented
    assert INVENTED in assessed.bargain.assumptions
    assert assessed.may_see == ("Analysts of the exercise",)


@pytest.mark.parametrize("seat", SEATS_WITHOUT)
def test_no_other_seat_of_astana_gets_a_bargain(seat: str) -> None:
    view = view_of("astana-2017", seat)
    assert not has_assessments(view)
    with pytest.raises(ScenarioError, match="sees no assessments"):
        bargain_from(view)


def test_every_other_seats_brief_is_the_same_with_and_without_assessments(tmp_path: Path) -> None:
    without = astana_without_assessments(tmp_path / "astana-2017")
    for seat in (*SEATS_WITHOUT, "analyst"):
        one, other = view_of("astana-2017", seat), view_of(without, seat)
        same = all(render(brief_of(one)) == render(brief_of(other)) for render in RENDERINGS.values())
        notices = [note.bytes() for note in one.notices] == [note.bytes() for note in other.notices]
        assert same
        assert notices is (seat != "analyst")


def test_the_words_agree_with_looking_at_every_combination(tmp_path: Path) -> None:
    assessed = bargain_from(view_of(wells(tmp_path)))
    bargain, answer = assessed.bargain, answer_of(assessed)
    possible = [(w, r) for w in range(3) for r in range(2) if bargain.is_possible((w, r))]
    words = dict(answer_words(answer))
    assert f"{len(possible)} of the 6 combinations (counted exactly)" in words["What could all sign?"]
    assert answer.counts == (
        tuple(sum(w == option for w, _ in possible) for option in range(3)),
        tuple(sum(r == option for _, r in possible) for option in range(2)),
    )
    settlement = shown_settlement(answer)
    assert settlement in possible
    assert "No change is needed" in words["What is the smallest opening?"]


def test_where_nothing_is_possible_the_words_say_who_where_and_the_least_change(tmp_path: Path) -> None:
    words = words_of(wells(tmp_path, (55, 45)))
    assert words["What could all sign?"].startswith("On these assessments, nothing:")
    assert "The north, The south" in words["What blocks it?"]
    assert "‘What of the well?’" in words["What blocks it?"]
    opening_said = words["What is the smallest opening?"]
    assert opening_said.startswith("There are 3, and none asks less of one without asking more of another: (1) ")
    assert "All of them touch no red line." in opening_said
    assert "The north signs for 5 of its points less than it now needs and The south signs for 5" in opening_said
    assert "The south signs for 5 of its points less than it now needs" in opening_said


def test_a_red_line_that_bars_everything_is_the_smallest_opening(tmp_path: Path) -> None:
    words = words_of(wells(tmp_path, (0, 0), ("ours", "shared", "theirs")))
    assert "lifts its red line" in words["What is the smallest opening?"]
    assert "‘What of the well?’" in words["What blocks it?"]


def folder(above: Path, name: str) -> Path:
    (above / name).mkdir()
    return above / name


def test_none_needed_and_none_found_are_different_sentences(tmp_path: Path) -> None:
    free = answer_of(bargain_from(view_of(wells(folder(tmp_path, "free")))), worlds=50)
    assert dict(answer_words(free))["What is the smallest opening?"].startswith("No change is needed")
    assert opening_part(free).empty.startswith("No change is needed")
    stuck = answer_of(bargain_from(view_of(wells(folder(tmp_path, "stuck"), (55, 45)))), worlds=50)
    assert stuck.unblocking is not None
    # What is left of a search that had no time: whether anything is known about the need makes no difference.
    for is_decided in (True, False):
        cut_short = replace(stuck.unblocking, openings=(), is_complete=False, is_decided=is_decided)
        answer = replace(stuck, unblocking=cut_short)
        for said in (dict(answer_words(answer))["What is the smallest opening?"], opening_part(answer).empty):
            assert said.startswith("None was found in the time given, which does not mean that there is none.")
        assert "the time was too short" in str(cut_short)


def test_a_share_comes_with_its_interval() -> None:
    low, high = interval(0.5, 100)
    assert (round(low, 4), round(high, 4)) == (0.4038, 0.5962)  # Wilson's interval of 50 in 100
    assert interval(0.0, 100)[0] == 0.0
    assert interval(1.0, 100)[1] == pytest.approx(1.0)


def test_the_same_seed_gives_the_same_words(tmp_path: Path) -> None:
    path = wells(tmp_path, ({"low": 10, "high": 60}, 20))
    assert words_of(path) == words_of(path)
    assert "95 %" in words_of(path)["How sure is that?"]
