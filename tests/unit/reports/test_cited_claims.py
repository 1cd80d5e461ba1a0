"""Claims that a text names by their slugs in brackets are shown as marks."""

from __future__ import annotations

import pytest

from exercise_talks import the_exercise
from goodoffices.reports.cited_claims import with_marks
from goodoffices.talks.core import replay, view_for
from goodoffices.talks.initial_exercise_acts import opening_of_exercise
from goodoffices.talks.state.view import View


@pytest.fixture(scope="module")
def view() -> View:
    return view_for(replay(opening_of_exercise(the_exercise())), "opp")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Three came (before).", "Three came [k1 N]."),
        ("Three came (before, next-day).", "Three came [k1 N]."),
        ("Three came (before، next-day).", "Three came [k1 N]."),
        ("Three came (before; not verified).", "Three came [k1 N] (not verified)."),
        ("Three came (long-after).", "Three came."),
        ("Three came (as they say).", "Three came (as they say)."),
        ("Three came (The hour is invented.)", "Three came (The hour is invented.)"),
        ("(before)", " [k1 N]"),
        ("", ""),
    ],
)
def test_a_known_claim_is_a_mark_and_one_that_is_not_known_yet_is_left_out(view: View, text: str, shown: str) -> None:
    pieces = with_marks(view, text)
    assert "".join(piece.text for piece in pieces) == shown
    assert all(piece.chain for piece in pieces if piece.text.startswith("["))
