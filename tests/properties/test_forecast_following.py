"""A side that gives way never moves the point away from it: held for models that are asked what would change it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from goodoffices.cli import forecast as command
from goodoffices.errors import ForecastUndefinedError
from goodoffices.forecast import DEFAULT_MODEL, MODELS, Lineup
from goodoffices.forecast.inputs.model_input import numbers_of
from goodoffices.forecast.models.cards import FOLLOWING, model_named
from goodoffices.reports.forecast import answer

TRIES = 3_000
FOLLOWED = (
    *sorted(FOLLOWING),
    "nbs:no-deal(K=1.05, p=2)",
    "nbs:reference(phi=0.5, p=2)",
    "procedural:setter(quota=0.6)",
)


def points(model: str, before: Lineup, actor: int, place: float) -> tuple[float, float] | None:
    """Return the point on the first issue before and after an actor moves; None if the model has no answer."""
    after = before.with_cell(before.actors[actor], before.issues[0], "position", place)
    chosen = model_named(model)
    try:
        return float(chosen.run(numbers_of(before)).point[0]), float(chosen.run(numbers_of(after)).point[0])
    except ForecastUndefinedError:
        return None


@st.composite
def moves(draw: st.DrawFn) -> tuple[Lineup, int, float]:
    """Return a group, who moves, and where to; small round numbers, so that ties come up, and others."""
    n = draw(st.integers(2, 7))
    place = st.one_of(st.integers(0, 10).map(lambda v: 10.0 * v), st.floats(0, 100, width=32).map(float))
    lineup = Lineup.from_arrays(
        [f"a{number}" for number in range(n)],
        draw(st.lists(place, min_size=n, max_size=n)),
        draw(st.lists(st.sampled_from((0.1, 0.25, 0.5, 0.99, 1.0)), min_size=n, max_size=n)),
        draw(st.lists(st.sampled_from((0.5, 1.0, 2.0, 7.3)), min_size=n, max_size=n)),
        reference=draw(place),
        no_deal_cost=draw(st.sampled_from((0.0, 0.2, 1.0))),
    )
    return lineup, draw(st.integers(0, n - 1)), draw(place)


@settings(max_examples=100)
@given(move=moves())
def test_the_point_never_moves_away_from_an_actor_that_comes_closer(move: tuple[Lineup, int, float]) -> None:
    lineup, actor, place = move
    # One draw serves every model: to draw takes longer than to run them.
    for model in FOLLOWED:
        found = points(model, lineup, actor, place)
        if found is not None:
            assert (found[1] - found[0]) * np.sign(place - lineup.position[actor, 0]) >= -1e-6, model


def drawn_moves() -> Iterator[tuple[Lineup, int, float]]:
    rng = np.random.default_rng(20170123)
    for _ in range(TRIES):
        n = int(rng.integers(3, 8))
        lineup = Lineup.from_arrays(
            [f"a{number}" for number in range(n)],
            10.0 * rng.integers(0, 11, (n, 2)),
            rng.integers(1, 5, (n, 2)) / 4,
            rng.integers(1, 5, n).astype(float),
            issues=["first", "second"],
        )
        yield lineup, int(rng.integers(n)), 10.0 * float(rng.integers(0, 11))


@pytest.mark.parametrize("model", sorted(set(MODELS) - FOLLOWING))
def test_against_every_other_model_a_case_is_found(model: str) -> None:
    trades = model_named(model).trades
    against = (
        True
        for lineup, actor, place in drawn_moves()
        if (found := points(model, lineup if trades else lineup.only("first"), actor, place)) is not None
        and (found[1] - found[0]) * np.sign(place - lineup.position[actor, 0]) < -1e-3
    )
    assert list(islice(against, 1))


def test_the_default_follows_and_is_one_default() -> None:
    assert DEFAULT_MODEL in FOLLOWING
    assert command._DEFAULT == DEFAULT_MODEL
    assert DEFAULT_MODEL in answer.BESIDE
