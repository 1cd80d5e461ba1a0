"""Packages: conditions that point outside, knots under one reading only, what may be demanded."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from goodoffices.errors import ScenarioError
from goodoffices.talks.model.packages import (
    READINGS,
    After,
    Demand,
    End,
    Fault,
    FaultKind,
    Needs,
    Package,
    Picked,
    Step,
    cycles,
    dangling,
    demanded,
    differing,
    faults,
)

A, B, C = (Step(slug=slug, obligors=("x",), due_days=1) for slug in ("a", "b", "c"))


def package(*conditions: Needs | After, steps: tuple[Step, ...] = (A, B, C)) -> Package:
    return Package(
        slug="p",
        picked=(Picked(slug="who-watches", option="committee"),),
        steps=steps,
        needs=tuple(c for c in conditions if isinstance(c, Needs)),
        after=tuple(c for c in conditions if isinstance(c, After)),
    )


def test_a_package_without_conditions_has_no_fault_and_everything_may_be_demanded() -> None:
    assert faults(package()) == ()
    assert [d.step for d in demanded(package(), {}, End.START)] == ["a", "b", "c"]


def test_a_condition_that_points_outside_dangles() -> None:
    held = package(Needs(one="a", other="elsewhere"))
    assert Fault(kind=FaultKind.DANGLING, steps=("a", "elsewhere")) in faults(held)


def test_keeping_what_needs_something_left_out_dangles() -> None:
    held = package(Needs(one="a", other="b"), After(one="b", other="who-watches"))
    assert dangling(held, {"a", "c"}) == (("a", "b"),)
    assert dangling(held, {"b"}) == (("b", "who-watches"),)
    assert dangling(held, {"c"}) == ()


def test_a_knot_may_be_one_under_one_reading_only() -> None:
    held = package(After(one="a", other="b"), After(one="b", other="a", end=End.START, waits=End.COMPLETION))
    [knot] = cycles(held)
    assert knot == Fault(kind=FaultKind.CYCLE, steps=("a", "b"), readings=(End.COMPLETION,))


def test_what_needs_itself_is_a_knot() -> None:
    assert cycles(package(Needs(one="a", other="a")))[0].steps == ("a",)


def test_two_knots_are_two_faults() -> None:
    held = package(
        Needs(one="a", other="b"), Needs(one="b", other="a"), Needs(one="c", other="c"), After(one="a", other="c")
    )
    assert [knot.steps for knot in cycles(held)] == [("a", "b"), ("c",)]


def test_an_option_that_a_step_waits_for_holds_once_it_is_done() -> None:
    held = package(Needs(one="a", other="who-watches"), steps=(A,))
    assert demanded(held, {}, End.START) == ()
    done = {"who-watches": End.COMPLETION}
    assert demanded(held, done, End.START) == (Demand(obligor="x", step="a", end=End.START),)


def test_nothing_more_is_demanded_of_what_is_complete() -> None:
    assert demanded(package(steps=(A,)), {"a": End.COMPLETION}, End.START) == ()


def test_a_package_that_cannot_be_is_refused() -> None:
    with pytest.raises(ScenarioError, match="twice"):
        package(steps=(A, A))
    with pytest.raises(ScenarioError, match="'start' or 'completion'"):
        After(one="a", other="b", waits=End.NOT_STATED)
    with pytest.raises(ScenarioError, match="a reading is"):
        demanded(package(), {}, End.NOT_STATED)


slugs = st.sampled_from(("a", "b", "c"))
ends = st.sampled_from(tuple(End))
afters = st.builds(After, one=slugs, other=slugs, end=ends, waits=st.sampled_from(READINGS))
needs = st.builds(Needs, one=slugs, other=slugs)
packages = st.lists(afters | needs, max_size=4, unique=True).map(lambda drawn: package(*drawn))


@given(packages, st.sampled_from(READINGS))
def test_doing_what_may_be_demanded_completes_everything_unless_there_is_a_knot(held: Package, reading: End) -> None:
    done: dict[str, End] = {"who-watches": End.COMPLETION}
    while calls := demanded(held, done, reading):
        done |= {call.step: call.end for call in calls}
    knotted = any(reading in knot.readings for knot in cycles(held))
    assert all(done.get(step.slug) is End.COMPLETION for step in held.steps) is not knotted


@given(packages)
def test_readings_differ_only_where_something_is_not_stated(held: Package) -> None:
    if not any(fault.kind is FaultKind.NOT_STATED for fault in faults(held)):
        assert differing(held, {"a": End.START}) == ()
