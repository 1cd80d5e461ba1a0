"""Assessments in a talks file: numbers, ranges and rankings, checked against the issue they are about."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from formats_helpers import ACTORS, checked, kinds
from goodoffices.formats.talks_file.reader import read_talks
from goodoffices.talks.model.assessments import Estimate

AGENDA = ACTORS + (
    "seats: {team: {actor: north, roles: [analyst]}}\n"
    "agenda: [{basket: B, issues: {monitoring: {question: {en: Who?},"
    " options: [guarantors, joint-committee, third-party]}}}]\n"
)


def of_monitoring(worth: str) -> str:
    return AGENDA + "assessments:\n  - {party: north, issue: monitoring, compartment: team, " + worth + "}\n"


def test_numbers_keep_their_decimals_and_ranges_their_ends(tmp_path: Path) -> None:
    text = of_monitoring("worth: {guarantors: 0.1, joint-committee: {low: -4, mode: 6, high: 8e1}}, salience: 0.4")
    assert kinds(checked(tmp_path, text)) == []
    [assessment] = read_talks(tmp_path).assessments
    assert assessment.worth == (
        ("guarantors", Estimate(low=Fraction(1, 10), high=Fraction(1, 10))),
        ("joint-committee", Estimate(low=Fraction(-4), mode=Fraction(6), high=Fraction(80))),
    )
    assert assessment.salience == Estimate(low=Fraction(2, 5), high=Fraction(2, 5))
    assert assessment.compartment == "team"


def test_a_list_is_a_ranking_and_equals_stand_together(tmp_path: Path) -> None:
    assert kinds(checked(tmp_path, of_monitoring("worth: [third-party, [guarantors, joint-committee]]"))) == []
    [assessment] = read_talks(tmp_path).assessments
    assert assessment.ranking == (("third-party",), ("guarantors", "joint-committee"))
    assert assessment.worth == ()


@pytest.mark.parametrize(
    ("worth", "kind"),
    [
        ("worth: {joint-comitee: 1}", "unknown-reference"),
        ("red_lines: [nobody]", "unknown-reference"),
        ("worth: [third-party, guarantors]", "too-few"),
        ("worth: [third-party, guarantors, joint-committee, guarantors]", "named-twice"),
        ("worth: {guarantors: {low: 3, mode: 1, high: 4}}", "wrong-order"),
        ("worth: {guarantors: {low: 3}}", "wrong-shape"),
        ("worth: {guarantors: {number: 3, low: 1, high: 4}}", "wrong-shape"),
        ("worth: {guarantors: '0,5'}", "not-a-number"),
        ("worth: {guarantors: .nan}", "not-a-number"),
        ("worth: {guarantors: 1e999}", "not-a-number"),
        ("worth: {guarantors: " + "9" * 61 + "}", "not-a-number"),
        ("worth: 7", "wrong-shape"),
        ("confidence: sure", "unknown-word"),
    ],
)
def test_a_wrong_assessment_is_one_mistake_with_its_kind(tmp_path: Path, worth: str, kind: str) -> None:
    assert kinds(checked(tmp_path, of_monitoring(worth))) == [kind]


def test_a_misspelt_option_is_shown_where_it_stands_with_the_options_of_that_issue(tmp_path: Path) -> None:
    [problem] = checked(tmp_path, of_monitoring("worth: {joint-comitee: 1}")).refusals
    assert "unknown option 'joint-comitee' of issue 'monitoring'." in problem.sentence()
    assert problem.known == ("guarantors", "joint-committee", "third-party")
    assert problem.nearest == "joint-committee"
    assert (
        problem.place.column == of_monitoring("worth: {joint-comitee: 1}").splitlines()[-1].index("joint-comitee") + 1
    )


def test_worth_without_an_issue_is_refused_and_a_reservation_is_not(tmp_path: Path) -> None:
    assert kinds(checked(tmp_path, AGENDA + "assessments: [{party: north, worth: {guarantors: 1}}]")) == ["missing-key"]
    assert kinds(checked(tmp_path, AGENDA + "assessments: [{party: north, reservation_value: 2}]")) == []


def test_red_lines_on_every_option_are_worth_a_note(tmp_path: Path) -> None:
    report = checked(tmp_path, of_monitoring("red_lines: [guarantors, joint-committee, third-party]"))
    assert [(entry.grade, entry.kind) for entry in report.entries] == [("note", "nothing-possible")]


def test_an_issue_stands_in_one_basket(tmp_path: Path) -> None:
    basket = "{basket: B, issues: {road: {question: {en: Q}, options: [a, b]}}}"
    assert kinds(checked(tmp_path, ACTORS + f"agenda: [{basket}, {basket}]")) == ["slug-twice"]
