"""The shelf used in merging three and four parties: against a plain list, and where it does not suit."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, strategies as st

from goodoffices.settlement.kernels.coverage_index import covers_pair, is_crowded, put_down, shelf_roof, shelf_state
from goodoffices.settlement.kernels.frontier_2_3 import merge_for_three
from goodoffices.settlement.kernels.frontier_4 import in_order, merge_for_four, undominated_of_four
from goodoffices.settlement.kernels.pareto import merge_many

pairs = st.lists(st.tuples(st.integers(-6, 6), st.integers(-3, 3)), min_size=1, max_size=60)


@given(pairs, st.sampled_from([0, 1, 7, 2**20, 2**58 // 7]), st.sampled_from([64, 128]))
def test_a_pair_is_covered_if_one_put_down_is_at_least_as_good(
    asked: list[tuple[int, int]], stretch: int, n_buckets: int
) -> None:
    roof, steps = shelf_roof(n_buckets), np.empty((len(asked), 3), np.int64)
    state = shelf_state(-6 * stretch - 6, 6 * stretch + 6, n_buckets)
    there: list[tuple[int, int]] = []
    for small, third in asked:
        second = small * stretch + small
        covered = any(one >= second and other >= third for one, other in there)
        assert covers_pair(roof, steps, state, second, third) == covered
        if not covered:
            put_down(roof, steps, state, second, third)
            there.append((second, third))


def sums_of(points: np.ndarray, rows: np.ndarray) -> list[tuple[int, ...]]:
    """Return every sum of a point and a row."""
    return [tuple(row) for row in (points[:, None, :] + rows[None, :, :]).reshape(-1, points.shape[1]).tolist()]


@given(st.integers(0, 10**6), st.sampled_from([3, 4]), st.sampled_from([3, 30, 2**59]))
def test_the_merged_are_the_undominated_sums_with_their_number_and_origin(seed: int, n: int, size: int) -> None:
    rng = np.random.default_rng(seed)
    drawn = np.unique(rng.integers(-size, size, (30, n)), axis=0)[::-1]
    points = np.array([p for p in drawn if not np.any((drawn >= p).all(1) & (drawn > p).any(1))])
    rows = rng.integers(-size, size, (4, n))
    ties = np.arange(1.0, points.shape[0] + 1)
    need = np.full(n, -(2**61))
    need[int(rng.integers(n))] = -size // 2
    merge = {3: merge_for_three, 4: merge_for_four}[n]
    found, weight, origin = merge(np.ascontiguousarray(points), ties, rows, need)
    every = [one for one in sums_of(points, rows) if all(a >= b for a, b in zip(one, need.tolist(), strict=True))]
    best = {
        one
        for one in every
        if not any(other != one and all(a >= b for a, b in zip(other, one, strict=True)) for other in every)
    }
    assert [tuple(row) for row in found.tolist()] == sorted(best, reverse=True)
    whole = (points[:, None, :] + rows[None, :, :]).reshape(-1, n)
    behind = np.repeat(ties, rows.shape[0])
    for total, number, source in zip(found, weight, origin, strict=True):
        assert number == behind[(whole == total).all(axis=1)].sum()
        assert (points[source & 0xFFFFFFFF] + rows[source >> 32] == total).all()


def heaped(n: int, size: int) -> tuple[np.ndarray, np.ndarray]:
    """Return points whose second and third worth come in heaps so narrow that a shelf has them all on a few chains."""
    rng = np.random.default_rng(7)
    points = np.zeros((size, n), np.int64)
    points[:, 0] = np.arange(size)[::-1]
    step = rng.permutation(size)
    points[:, 1] = rng.permutation(size)
    points[:, n - 2], points[:, n - 1] = step, size - step
    points[: size // 2, n - 2] += 2**50
    rows = np.zeros((2, n), np.int64)
    rows[1, :2] = (1, -1)
    return points, rows


@pytest.mark.parametrize("n", [3, 4])
def test_where_worth_comes_in_narrow_heaps_another_way_finds_the_same(n: int) -> None:
    points, rows = heaped(n, 4_000)
    ties, need = np.ones(points.shape[0]), np.full(n, -(2**61))
    merge = {3: merge_for_three, 4: merge_for_four}[n]
    found, weight, _ = merge(points, ties, rows, need)
    other, count, _ = merge_many(points, ties, rows, need)
    assert found.tolist() == other.tolist()
    assert weight.tolist() == count.tolist()


def test_a_shelf_with_long_chains_says_so() -> None:
    n_buckets = 64
    roof, steps, state = shelf_roof(n_buckets), np.empty((3_000, 3), np.int64), shelf_state(0, 2**50, n_buckets)
    for number in range(3_000):
        assert not covers_pair(roof, steps, state, number, 3_000 - number)
        put_down(roof, steps, state, number, 3_000 - number)
    assert is_crowded(state, 3_000)
    points, rows = heaped(4, 4_000)
    sums, _, _ = in_order(points, np.ones(4_000), rows, np.full(4, -(2**61)))
    assert not undominated_of_four(sums)[1]
