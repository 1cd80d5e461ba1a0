"""A command that is accepted adds something: no decider lets one through that changes nothing for anybody."""

from __future__ import annotations

import pytest

from goodoffices.talks.base.enums import Kind
from goodoffices.talks.base.refusals import Refusal
from goodoffices.talks.core import replay
from goodoffices.talks.initial_acts import opening
from properties.worlds.cast import START, the_talks
from properties.worlds.deep_runs import deep_run

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("seed", range(2))
def test_each_command_is_refused_with_a_reason_or_adds_something(seed: int) -> None:
    talks = replay(opening(the_talks(), kind=Kind.EXERCISE, at=START))
    added = set()
    for request, outcome, _ in deep_run(talks, START, 40, seed):
        if isinstance(outcome, Refusal):
            assert ("case", "nothing") not in outcome.values, request
        else:
            assert outcome
            added |= {act.kind for act in outcome}
    assert len(added) > 125
