"""The order of a party's settlements: sorting and meeting in the middle give the same answers as plain listing."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given, settings, strategies as st

from goodoffices.bargain import Box
from goodoffices.errors import ScenarioError
from goodoffices.rehearsal.preferences import Preferences, Space
from goodoffices.rehearsal.worth_order import HalvesOrder, SortedOrder, worth_order


@st.composite
def wants(draw: st.DrawFn) -> Preferences:
    sizes = tuple(draw(st.lists(st.integers(1, 4), min_size=1, max_size=4)))
    values = st.sampled_from([0.0, 1.0, 2.0, 0.1, 0.7])
    worth = tuple(tuple(draw(values) for _ in range(size)) for size in sizes)
    lines = {(0, 0)} if sizes[0] > 1 and draw(st.booleans()) else set()
    return Preferences(space=Space(sizes=sizes), worth=worth, red_lines=frozenset(lines))


def plainly(own: Preferences) -> list[tuple[float, tuple[int, ...]]]:
    every = product(*(range(size) for size in own.space.sizes))
    return [(own.worth_of(one), one) for one in every if own.may_sign(one)]


@settings(max_examples=60)
@given(wants(), st.floats(0, 8))
def test_both_ways_find_the_least_worth_that_is_enough(own: Preferences, level: float) -> None:
    listed = plainly(own)
    enough = [entry for entry in listed if entry[0] >= level]
    least = min((worth for worth, _ in enough), default=None)
    for order in (SortedOrder(own), HalvesOrder(own)):
        found = order.at_least(level)
        if least is None:
            assert found is None
        else:
            assert found is not None
            assert found.worth == least
            assert found.settlement == next(one for worth, one in enough if worth == least)
        assert order.best == max(worth for worth, _ in listed)
        assert order.worst == min(worth for worth, _ in listed)
        assert own.best == order.best


@settings(max_examples=40)
@given(wants())
def test_both_ways_list_from_best_to_worst(own: Preferences) -> None:
    listed = sorted(plainly(own), key=lambda entry: -entry[0])
    for order in (SortedOrder(own), HalvesOrder(own)):
        found = [order.nth(place) for place in range(len(listed))]
        assert [one and one.worth for one in found] == [worth for worth, _ in listed]
        assert order.nth(len(listed)) is None
    assert [one and one.settlement for one in found] == [one for _, one in listed]


def test_a_million_settlements_are_never_listed() -> None:
    own = Preferences(space=Space(sizes=(10,) * 6), worth=tuple(tuple(float(o) for o in range(10)) for _ in range(6)))
    order = worth_order(own)
    assert isinstance(order, HalvesOrder)
    found = order.at_least(27.0)
    assert found is not None
    assert found.worth == 27.0


def test_linked_worth_is_listed_up_to_a_limit_and_refused_beyond() -> None:
    box = Box(where=((0, (1,)),))
    small = Preferences(space=Space(sizes=(2, 2)), worth=((0.0, 0.0), (0.0, 1.0)), links=((box, 3.0),))
    found = worth_order(small).at_least(2.0)
    assert found is not None
    assert (found.settlement, found.worth) == ((1, 0), 3.0)
    large = Preferences(space=Space(sizes=(10,) * 6), worth=(tuple(map(float, range(10))),) * 6, links=((box, 1.0),))
    with pytest.raises(ScenarioError, match="single-text"):
        worth_order(large)
    assert large.best == 55.0
    assert replace(large, cap=50.0).best == 50.0


def test_a_party_whose_red_lines_leave_nothing_is_refused() -> None:
    own = Preferences(space=Space(sizes=(2,)), worth=((0.0, 1.0),), red_lines=frozenset({(0, 0), (0, 1)}))
    with pytest.raises(ScenarioError, match="red lines leave no settlement"):
        worth_order(own)


def test_forbidden_settlements_are_never_proposed() -> None:
    space = Space(sizes=(2, 2), forbidden=(Box(where=((0, (1,)), (1, (1,)))),))
    own = Preferences(space=space, worth=((0.0, 1.0), (0.0, 1.0)))
    found = worth_order(own).nth(0)
    assert found is not None
    assert found.settlement == (0, 1)
    assert not space.holds((1, 1))
