"""What a spreadsheet says of a promise is shown as it says it: done, in part, not done, contested or open."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from goodoffices.formats.talks_sheets.entities import talks_file_of
from goodoffices.reports.brief.build import brief_of
from goodoffices.reports.brief.commitments import due_texts, happened_text, open_text
from goodoffices.reports.brief.due_dates import due_block
from goodoffices.reports.provenance import statement
from goodoffices.talks.base.enums import Kind, Role
from goodoffices.talks.commitments.outcomes import is_settled, outcome
from goodoffices.talks.commitments.queries import condition_and_due
from goodoffices.talks.core import replay, view_for
from goodoffices.talks.initial_acts import opening
from goodoffices.talks.state.view import View
from own_talks_files import changed, read

AT = datetime(2026, 3, 1, tzinfo=UTC)


def seen(**cells: str) -> View:
    """The secretariat's view of the valley with some cells of its first commitment changed."""
    talks = read(changed("Commitments", 0, **cells)).talks
    assert talks is not None
    state = replay(opening(talks_file_of(talks), kind=Kind.EXERCISE, at=AT))
    return view_for(state, next(seat.slug for seat in talks_file_of(talks).seats if Role.SECRETARIAT in seat.roles))


@pytest.mark.parametrize(
    ("state", "said", "stands"),
    [
        ("done", "said to be done 2026-02-02: “The road is open.”", "said to be done, 1 day after the first date"),
        ("done in part", "said to be done in part 2026-02-02: “The road is open.”", "open: said to be done in part"),
        ("not done", "said not to be done 2026-02-02: “The road is open.”", "and it is said not to be done"),
        ("contested", "contested whether it was done 2026-02-02", "open: contested whether it was done"),
        ("open", "reported 2026-02-02: “The road is open.”", "and nobody has said that it was done"),
        ("not known", "reported 2026-02-02: “The road is open.”", "and nobody has said that it was done"),
    ],
)
def test_a_state_is_said_as_the_spreadsheet_says_it(state: str, said: str, stands: str) -> None:
    view = seen(State=state)
    held = next(one for one in view.known.commitments.values() if one.commitment.what.startswith("Keep"))
    assert happened_text(view, held).startswith(said)
    assert open_text(view, held, date(2026, 3, 1)).endswith(stands)
    assert is_settled(view.known, held) is (state == "done")


def test_a_state_without_a_happening_is_said_too() -> None:
    view = seen(State="not done", What_happened="", When="", On_whose_word="")
    held = next(one for one in view.known.commitments.values() if one.commitment.what.startswith("Keep"))
    assert happened_text(view, held).startswith("said not to be done: ")
    assert outcome(view.known, held).happenings == ()


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ("open", "nobody has said that it was done"),
        ("not done", "said not to be done"),
        ("done in part", "said to be done in part"),
        ("done", None),
    ],
)
def test_what_is_past_its_date_stands_first_with_its_condition_its_mark_and_what_is_said(
    state: str, said: str | None
) -> None:
    rows = due_block(seen(State=state), AT, AT.date()).rows
    assert (rows[0].label == "Was due 1\xa0Feb\xa02026") is (said is not None)
    if said is not None:
        assert "keep the road open, if nobody shoots [k" in rows[0].words
        assert rows[0].words.endswith(f"]; {said}")


def test_what_is_due_at_a_time_told_in_words_stands_among_what_is_due() -> None:
    [row] = [row for row in due_block(seen(), AT, AT.date()).rows if row.label == "End of February"]
    assert "send" in row.words
    assert "[k" in row.words


def test_a_condition_without_a_conjunction_is_called_a_condition() -> None:
    rows = due_block(seen(State="open", Only_if="Northland pays"), AT, AT.date()).rows
    assert "keep the road open, on condition: Northland pays [k" in rows[0].words


@pytest.mark.parametrize(
    ("promised", "said"), [("yes", "Promised: "), ("no", "Said to owe: "), ("not known", "Said to owe: ")]
)
def test_what_others_say_of_a_promise_is_not_called_promised(promised: str, said: str) -> None:
    view = seen(Promised_by_itself=promised)
    shown = [statement(view, held) for held in view.known.claims.values()]
    assert f"{said}Keep the road open." in shown


def test_a_due_date_in_words_is_not_a_condition() -> None:
    view = seen()
    boat = next(one for one in view.known.commitments.values() if one.commitment.what.startswith("Send"))
    assert due_texts(view, boat) == "end of February"
    assert open_text(view, boat, AT.date()) == "open, due end of February"
    assert condition_and_due(boat.commitment) == ("", "end of February")
    road = replace(boat.commitment, condition="if it is dry; due the first Sunday")
    assert condition_and_due(road) == ("if it is dry", "the first Sunday")
    assert condition_and_due(replace(road, condition="due to rain")) == ("due to rain", "")


def test_what_is_invented_is_marked_and_listed_and_positions_stand_in_the_agenda() -> None:
    view = seen(State="open")
    brief = brief_of(view)
    shown = {one.name: str(one.parts) for one in brief.sections}
    assert "~ The issue: " in shown["invented"]
    assert "Position: " in shown["invented"]
    assert "Position: " in shown["agenda"]
    assert "What happened: " in shown["commitments"]
    assert due_block(view, AT, AT.date()).rows[0].is_invented
