"""Non-interference: what a seat is not told of changes nothing of what it can get.

R1 equal slices, equal outputs; R2 the same answer whatever a seat cannot see; R3 hidden commands change nothing.
"""

from __future__ import annotations

import pytest
from hypothesis import given, settings, strategies as st

from goodoffices.talks.base.enums import Kind
from goodoffices.talks.core import replay, view_for
from goodoffices.talks.initial_acts import opening
from properties.worlds.cast import SEATS, START, the_talks
from properties.worlds.outputs import compare_outputs, outputs
from properties.worlds.pairs import BEGINNINGS, run_pair
from properties.worlds.policy import check_audiences

PAIRS = 60
"""Besides those in which a planted leak shows: they are run without a leak too, beside the planted ones."""
NIGHTLY_PAIRS = 20_000
numbers = st.tuples(*[st.integers(0, 63)] * 10)
observers = st.sampled_from((*SEATS, "public", "stranger"))


def test_only_the_seats_of_a_compartment_get_a_forecast_from_its_assessments() -> None:
    talks = replay(opening(the_talks(), kind=Kind.EXERCISE, at=START))
    made = {seat: outputs(view_for(talks, seat))["forecast"].decode() for seat in (*SEATS, "public")}
    told = {seat: "WHAT WILL PROBABLY COME OUT?" in text for seat, text in made.items()}
    assert {seat for seat, is_told in told.items() if is_told} == {"ana", "un"}


def _compare(observer: str, steps: list[tuple[int, ...]], prologues: int) -> None:
    pair = run_pair(observer, steps, prologues)
    if not pair.stopped:
        compare_outputs(pair)
    for world in pair.worlds:
        check_audiences(world.talks.acts)


drawn = given(observer=observers, steps=st.lists(numbers, max_size=40), prologues=st.integers(0, BEGINNINGS - 1))


@settings(max_examples=PAIRS)
@drawn
def test_r1_r2_r3_a_seat_cannot_tell_two_worlds_apart(
    observer: str, steps: list[tuple[int, ...]], prologues: int
) -> None:
    _compare(observer, steps, prologues)


@pytest.mark.nightly
@settings(max_examples=NIGHTLY_PAIRS)
@drawn
def test_r1_r2_r3_nor_in_twenty_thousand_pairs(observer: str, steps: list[tuple[int, ...]], prologues: int) -> None:
    _compare(observer, steps, prologues)
