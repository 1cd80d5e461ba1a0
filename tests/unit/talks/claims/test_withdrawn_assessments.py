"""An assessment can be taken back: by who made it, before all who were told of it, and then nothing counts it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from goodoffices.reports.settlement.assessments import assessments_of
from goodoffices.talks.base.enums import Kind
from goodoffices.talks.claims.positions import Assess, WithdrawAssessment
from goodoffices.talks.core import replay, view_for
from stories import Story

MADE = Assess(
    party="gov", issue="who-watches", quantity="salience", value="0.4", source="own", strength="inference",
    compartment="team",
)  # fmt: skip
BACK = WithdrawAssessment(party="gov", issue="who-watches", quantity="salience")


def values(story: Story, seat: str) -> list[str]:
    return [one.value for one in view_for(story.talks, seat).known.assessments]


def test_all_who_were_told_of_it_are_told_and_it_counts_no_more() -> None:
    story = Story(kind=Kind.EXERCISE)
    before = assessments_of(view_for(story.talks, "ana"))
    [made] = story.do("ana", MADE)
    story.do("ana", replace(MADE, quantity="ranking", value="guarantors > committee"))
    assert assessments_of(view_for(story.talks, "ana")) != before
    story.do("ana", replace(BACK, quantity="ranking"))
    [back] = story.do("ana", BACK)
    assert {seat for seat, _ in back.audience} == {seat for seat, _ in made.audience} == {"ana", "un"}
    assert values(story, "ana") == values(story, "un") == []
    assert assessments_of(view_for(story.talks, "ana")) == before
    assert view_for(replay(story.talks.acts), "un").known.assessments == view_for(story.talks, "un").known.assessments


def test_with_a_value_only_that_one_goes() -> None:
    story = Story(kind=Kind.EXERCISE)
    story.do("ana", MADE)
    story.do("ana", replace(MADE, value="0.6", compartment=None))
    [back] = story.do("ana", replace(BACK, value="0.6"))
    assert {seat for seat, _ in back.audience} == {"ana"}
    assert values(story, "ana") == ["0.4"]
    story.do("ana", MADE)
    story.do("ana", BACK)
    assert values(story, "ana") == []


@pytest.mark.parametrize("change", [{"issue": "all"}, {"quantity": "point"}, {"value": "0.5"}, {"party": "opp"}])
def test_what_was_not_assessed_cannot_be_taken_back(change: dict[str, str]) -> None:
    story = Story(kind=Kind.EXERCISE)
    story.do("ana", MADE)
    assert story.refused("ana", replace(BACK, **change)) == "bad_value"
    assert values(story, "ana") == ["0.4"]


def test_only_who_made_it_takes_it_back_and_only_once() -> None:
    story = Story(kind=Kind.EXERCISE)
    story.do("ana", MADE)
    assert story.refused("un", BACK) in ("bad_value", "not_your_power")
    assert story.refused("gov", BACK) == "not_your_power"
    story.do("ana", BACK)
    assert story.refused("ana", BACK) == "bad_value"
