"""A number is shown with both its ends, whatever kind it was entered as."""

from __future__ import annotations

import pytest

from goodoffices.reports.provenance import value_text
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
