"""What a claim says is shown whole: a number or a span of days with both its ends, and whose word it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from goodoffices.from_talks import view_of_talks
from goodoffices.reports.brief.contested_questions import contested_questions, contested_section
from goodoffices.reports.brief.page_blocks import contested_block
from goodoffices.reports.brief.people import roles_section
from goodoffices.reports.provenance import days_text, statement, value_text
from goodoffices.talks.base.enums import ValueKind
from goodoffices.talks.claims.contradictions import can_both_be_true
from goodoffices.talks.model.claims import Value
from unit.reports.brief.test_commitment_states import seen


@pytest.mark.parametrize("kind", [ValueKind.NUMBER, ValueKind.AT_LEAST, ValueKind.RANGE])
@pytest.mark.parametrize(
    ("low", "high", "shown"),
    [(10, 15, "10 to 15"), (None, 15, "at most 15"), (10, 10, "10"), (10, None, "10"), (None, None, "no number")],
)
def test_no_end_of_a_number_is_dropped(kind: ValueKind, low: int | None, high: int | None, shown: str) -> None:
    text = value_text(seen(), Value(kind=kind, low=low, high=high))
    assert text.removeprefix("at least ") == shown


def test_a_number_with_two_ends_is_compared_as_a_range() -> None:
    wide = Value(kind=ValueKind.NUMBER, low=10, high=15)
    assert can_both_be_true(wide, Value(kind=ValueKind.NUMBER, low=15, high=15))
    assert not can_both_be_true(wide, Value(kind=ValueKind.NUMBER, low=16, high=16))


@pytest.mark.parametrize(
    ("first", "last", "shown"),
    [
        (date(1997, 7, 1), date(1997, 7, 31), "July 1997"),
        (date(2016, 2, 1), date(2016, 2, 29), "February 2016"),
        (date(2017, 1, 20), date(2017, 1, 21), "2017-01-20 to 2017-01-21"),
        (date(2017, 1, 20), date(2017, 1, 20), "2017-01-20"),
        (date(2017, 1, 20), None, "2017-01-20"),
        (date(2017, 1, 1), date(2017, 2, 28), "2017-01-01 to 2017-02-28"),
    ],
)
def test_a_span_of_days_is_never_shown_as_its_first_day(first: date, last: date | None, shown: str) -> None:
    assert days_text(first, last) == shown


NUMBER = Value(kind=ValueKind.NUMBER, low=752388, high=752388)


@pytest.mark.parametrize(
    ("words", "value", "shown"),
    [
        ("Not verified.", NUMBER, "Votes: 752,388. Not verified."),
        ("They were 752,388 in all.", NUMBER, "They were 752,388 in all."),
        ("They were 752 388 in all.", NUMBER, "They were 752 388 in all."),
        ("Seven groups signed.", Value(kind=ValueKind.NUMBER, low=7, high=7), "Seven groups signed."),
        ("Some groups signed.", Value(kind=ValueKind.NUMBER, low=7, high=7), "Votes: 7. Some groups signed."),
        ("Ten to twelve.", Value(kind=ValueKind.RANGE, low=10, high=12), "Ten to twelve."),
        ("Ten or more.", Value(kind=ValueKind.RANGE, low=10, high=12), "Votes: 10 to 12. Ten or more."),
    ],
)
def test_words_that_are_silent_on_the_number_do_not_take_its_place(words: str, value: Value, shown: str) -> None:
    view = seen()
    held = next(iter(view.known.claims.values()))
    claim = replace(held.claim, aspect="votes", value=value, words=words)
    assert statement(view, replace(held, claim=claim)) == shown


def test_values_of_different_things_under_one_question_say_of_what_they_are() -> None:
    view = view_of_talks("astana-2017", "secretariat")
    part = next(p for p in contested_section(view, contested_questions(view)).parts if "at Astana" in p.title)
    assert {row[0] for row in part.rows} >= {"advisers: 21", "members: 14", "groups represented: 12"}
    same = next(p for p in contested_section(view, contested_questions(view)).parts if "Nusra" in p.title)
    assert {row[0] for row in same.rows} == {"yes", "no"}


def test_a_role_that_ended_says_until_when() -> None:
    section = roles_section(view_of_talks("astana-2017", "secretariat"), ())
    rows = {(row[0], row[1]): row[4] for row in section.parts[0].rows}
    assert rows["United Nations", "intermediary"] == "2017-01-23 to 2017-01-24"
    assert rows["Turkey", "sponsor"] == "since 2016-12-20"
    assert rows["United States", "observer"] == "not said"


def test_an_own_word_on_the_first_page_is_called_so() -> None:
    view = view_of_talks("astana-2017", "secretariat")
    rows = {row.label: row.words for row in contested_block(view, contested_questions(view)).rows}
    assert "Ahrar al-Sham itself (A. Qara Ali): no [F14 W]" in rows["Did Ahrar al-Sham sign it too?"]
