"""The closed language of conditions: what it says, and what it says about a mistake."""

from __future__ import annotations

import pytest

from goodoffices.errors import ScenarioError
from goodoffices.talks.exercise.conditions import Joined, Term, length_of, parse_condition, terms_of


def test_the_conditions_of_the_specification_are_read() -> None:
    read = parse_condition(
        "stance(russia, statement) == refused and (session_open(opening) or not partial_release(text='statement'))"
    )
    assert isinstance(read, Joined)
    assert [term.form for term in terms_of(read)] == ["stance", "session_open", "partial_release"]
    assert parse_condition("no_act(opposition, for=PT30M)") == Term(form="no_act", names=("opposition", "PT30M"))
    assert parse_condition("told(to=government, kind=paper, from=opposition)") == Term(
        form="told", names=("paper", "opposition", "government")
    )


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "the condition is empty"),
        ("   ", "the condition is empty"),
        ("stanc(russia, statement) == refused", "Did you mean 'stance'"),
        ("stance(russia, statement)", "ends too early"),
        ("stance(russia) == refused", "is written like stance"),
        ("stance(russia, statement) == refuse", "is not a stance"),
        ("stance(russia, statement) = refused", "stands after 'stance"),
        ("adopted(statement) adopted(statement)", "after the end of the condition"),
        ("adopted(statement", "ends too early"),
        ("adopted statement", "write '(' there"),
        ("(adopted(statement)", "ends too early"),
        ("no_act(opposition, for=30)", "is not a length of time"),
        ("no_act(opposition, for=PT)", "is not a length of time"),
        ("adopted(text=a, text=b)", "is written like adopted"),
        ("adopted(word=a)", "has no part 'word'"),
        ("adopted(,)", "is written like adopted"),
        ("__import__('os').system('true')", "cannot stand in a condition"),
        ("adopted(statement) & 1", "cannot stand in a condition"),
        ("not " * 120 + "adopted(a)", "too many brackets"),
        ("(" * 300, "too many brackets"),
        ("a" * 600, "it may have 500"),
        ("not", "ends too early"),
        ("and", "is not a question"),
    ],
)  # fmt: skip
def test_a_mistake_is_said_with_what_would_be_right(text: str, says: str) -> None:
    with pytest.raises(ScenarioError, match="(?s).*" + says.replace("(", r"\(").replace(")", r"\)")):
        parse_condition(text)


def test_a_length_of_time_is_hours_and_minutes() -> None:
    assert length_of("PT1H30M").total_seconds() == 5400
    assert length_of("PT45M").total_seconds() == 2700
