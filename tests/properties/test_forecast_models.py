"""What holds for any group: order, mirror, scale, twins. Small integers, so that ties come up."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import assume, given, settings, strategies as st

from forecast_data import line_lineup, point_of
from goodoffices.forecast import MODELS, Lineup, forecast, levers
from goodoffices.forecast.inputs.model_input import numbers_of
from goodoffices.forecast.models.cards import model_named

ONE_SHOT = [
    "compromise", "mean", "mean:salience", "mean:capability", "median", "median:weighted", "plurality", "nbs:no-deal",
    "nbs:no-deal(K=1.05, p=2)", "pce:markov-uniform", "pce:conditional", "pce:markov-incentive",
    "pce:markov-uniform(vote='prop-cubic', victory='square')",
]  # fmt: skip
SYMMETRIC = [name for name in ONE_SHOT if name not in ("median:weighted", "plurality")]
TWINS = ["compromise", "median:weighted", "pce:markov-uniform", "pce:conditional", "pce:markov-incentive"]


@dataclass(frozen=True)
class Group:
    x: tuple[int, ...]
    s: tuple[int, ...]
    c: tuple[int, ...]

    def lineup(self) -> Lineup:
        return line_lineup([10.0 * v for v in self.x], [v / 4 for v in self.s], [float(v) for v in self.c])


@st.composite
def groups(draw: st.DrawFn, least: int = 1) -> Group:
    n = draw(st.integers(least, 7))
    numbers = [
        draw(st.lists(st.integers(low, high), min_size=n, max_size=n)) for low, high in ((0, 10), (1, 4), (1, 4))
    ]
    return Group(x=tuple(numbers[0]), s=tuple(numbers[1]), c=tuple(numbers[2]))


@pytest.mark.parametrize("model", ONE_SHOT)
@given(group=groups(), shuffle=st.randoms(use_true_random=False))
@settings(max_examples=40)
def test_the_order_of_actors_does_not_matter_to_one_shot_models(model: str, group: Group, shuffle: object) -> None:
    rows = list(range(len(group.x)))
    shuffle.shuffle(rows)  # type: ignore[attr-defined]
    other = Group(*(tuple(values[row] for row in rows) for values in (group.x, group.s, group.c)))
    assert point_of(model, other.lineup()) == pytest.approx(point_of(model, group.lineup()), abs=1e-9)


@pytest.mark.parametrize("model", SYMMETRIC)
@given(group=groups())
@settings(max_examples=40)
def test_the_mirror_image_has_the_mirrored_point(model: str, group: Group) -> None:
    mirrored = Group(tuple(10 - v for v in group.x), group.s, group.c)
    assert 100 - point_of(model, mirrored.lineup()) == pytest.approx(point_of(model, group.lineup()), abs=1e-6)


@given(group=groups())
def test_the_tied_medians_mirror_as_a_set(group: Group) -> None:
    mirrored = Group(tuple(10 - v for v in group.x), group.s, group.c)
    tied = [forecast(one.lineup(), model="median:weighted", calibration=None) for one in (group, mirrored)]
    ours, theirs = (set(one.ties) or {one.point} for one in tied)
    assert {100 - value for value in theirs} == ours


@pytest.mark.parametrize("model", ONE_SHOT)
@given(group=groups(), factor=st.integers(2, 9))
@settings(max_examples=30)
def test_the_unit_of_capability_does_not_matter(model: str, group: Group, factor: int) -> None:
    other = Group(group.x, group.s, tuple(factor * v for v in group.c))
    # elections hold 1e-8 against division by nought, so they move by about as much
    assert point_of(model, other.lineup()) == pytest.approx(point_of(model, group.lineup()), abs=1e-5)


@pytest.mark.parametrize("model", ONE_SHOT)
@given(group=groups())
@settings(max_examples=30)
def test_the_point_lies_among_the_positions(model: str, group: Group) -> None:
    point = point_of(model, group.lineup())
    assert 10 * min(group.x) - 1e-9 <= point <= 10 * max(group.x) + 1e-9


@pytest.mark.parametrize("model", TWINS)
@given(group=groups(), at=st.integers(0, 6))
@settings(max_examples=40)
def test_splitting_an_actor_into_twins_changes_nothing(model: str, group: Group, at: int) -> None:
    assume(at < len(group.x))
    halves = list(map(float, group.c))
    halves[at] /= 2
    split = line_lineup(
        [10.0 * v for v in (*group.x, group.x[at])], [v / 4 for v in (*group.s, group.s[at])], [*halves, halves[at]]
    )
    assert point_of(model, split) == pytest.approx(point_of(model, group.lineup()), abs=1e-9)


@given(group=groups(least=2))
def test_the_weighted_median_beats_every_other_position_in_votes(group: Group) -> None:
    lineup = group.lineup()
    x = lineup.position[:, 0]
    w = (lineup.salience * lineup.capability)[:, 0]
    found = point_of("median:weighted", lineup)
    for other in x:
        assert (w * (np.abs(x - other) - np.abs(x - found))).sum() >= -1e-9


@given(group=groups(least=2), at=st.integers(0, 6))
def test_influence_and_gradients_of_the_compromise_in_closed_form(group: Group, at: int) -> None:
    assume(at < len(group.x))
    lineup = group.lineup()
    w = (lineup.salience * lineup.capability)[:, 0]
    point = point_of("compromise", lineup)
    found = forecast(lineup, model="compromise", calibration=None).influence[f"a{at}"]
    closed = w[at] * (point - lineup.position[at, 0]) / (w.sum() - w[at])
    assert found == pytest.approx(closed, abs=1e-9)
    assume(lineup.position[at, 0] <= 99)
    moved = lineup.with_cell(f"a{at}", "issue", "position", float(lineup.position[at, 0]) + 1.0)
    assert point_of("compromise", moved) - point == pytest.approx(w[at] / w.sum(), abs=1e-9)


@given(group=groups())
def test_with_a_large_cost_of_no_deal_the_nash_solution_is_the_compromise(group: Group) -> None:
    lineup = group.lineup()
    assert point_of("nbs:no-deal(K=1e6, p=2)", lineup) == pytest.approx(point_of("compromise", lineup), abs=1e-3)


@given(group=groups(), k=st.sampled_from([1.05, 1.5, 3.0]), p=st.sampled_from([1, 2]))
def test_no_point_of_a_fine_grid_beats_the_nash_solution(group: Group, k: float, p: int) -> None:
    lineup = group.lineup()
    x = lineup.position[:, 0]
    w = (lineup.salience * lineup.capability)[:, 0]

    def product(z: float) -> float:
        return float((w * np.log(k - (np.abs(z - x) / 100) ** p)).sum())

    found = product(point_of(f"nbs:no-deal(K={k}, p={p})", lineup))
    assert found >= max(product(z) for z in np.linspace(0, 100, 201)) - 1e-9


@given(group=groups(least=2))
def test_probabilities_of_elections_sum_to_one(group: Group) -> None:
    for rule in ("conditional", "markov-uniform", "markov-incentive"):
        answer = model_named(f"pce:{rule}").run(numbers_of(group.lineup()))
        assert answer.weights is not None
        assert answer.weights.sum() == pytest.approx(1.0)
        assert (answer.weights >= 0).all()


@pytest.mark.parametrize("model", ["ktab-smp", "bdm:published-numbers", "bdm:as-printed", "combination"])
@given(group=groups())
@settings(max_examples=40)
def test_models_with_turns_answer_on_the_scale_and_every_move_is_in_the_path(model: str, group: Group) -> None:
    answer = model_named(model).run(numbers_of(group.lineup()))
    assert 0 <= answer.point[0] <= 100
    for move in answer.moves:
        assert answer.positions is not None
        row = int(move.actor[1:])
        assert answer.positions[move.turn, row, 0] == pytest.approx(move.end)
        assert answer.positions[move.turn - 1, row, 0] == pytest.approx(move.start)


@pytest.mark.parametrize("model", [name for name in MODELS if name != "procedural:setter"])
@given(group=groups())
@settings(max_examples=20)
def test_many_draws_at_once_give_what_single_runs_give(model: str, group: Group) -> None:
    """The second draw is another one than the lineup's: positions the other way round, somebody louder."""
    lineup = line_lineup([10.0 * v for v in group.x], [v / 4 for v in group.s], list(group.c), reference=20.0)
    chosen = model_named(model)
    if chosen.many is None:
        return
    numbers = numbers_of(lineup)
    x, s, c = numbers.vectors()
    draws = [(x, s, c), (x[::-1].copy(), s / 2, c + np.arange(len(c))), (x, s, c)]
    first, second, third = (np.array(column) for column in zip(*draws, strict=True))
    found = chosen.many(first, second, third, numbers)
    single = [float(chosen.run(numbers.with_vectors(*draw)).point[0]) for draw in draws]
    assert found == pytest.approx(single, abs=1e-9)


@pytest.mark.parametrize("model", ["compromise", "plurality", "pce:markov-uniform", "bdm:published-numbers"])
@given(group=groups(2), toward=st.integers(0, 10))
@settings(max_examples=10)
def test_a_position_that_is_said_to_reach_the_target_reaches_it(model: str, group: Group, toward: int) -> None:
    """Models jump, some at one place only: a target that the point jumps over is not reachable."""
    lineup = group.lineup()
    for reach in levers(lineup, model=model, toward=10.0 * toward).reach:
        if reach.position is not None:
            changed = lineup.with_cell(reach.actor, lineup.issues[0], "position", reach.position)
            found = forecast(changed, model=model, calibration=None).point
            assert found == pytest.approx(10.0 * toward, abs=0.051)
