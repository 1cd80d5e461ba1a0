"""Each compiled loop against a plain reading of its equations, on small integers that make ties."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st
from hypothesis.extra.numpy import arrays

from goodoffices.forecast.kernels import challenge, condorcet, exchange, spatial

Array = np.ndarray
small = st.integers(0, 4).map(float)
OPTIONS = np.array([0, 0, 0, 0, 1, 1, 2, 0])


def _iterated(u: Array, w: Array, rule: int) -> Array:
    """Run the program's own iteration: q = M p, p <- (p + q) / 2 from even chances."""
    m = u.shape[1]
    strength = np.array([[1e-8 + np.maximum(w * (u[:, a] - u[:, b]), 0).sum() for b in range(m)] for a in range(m)])
    p = strength / (strength + strength.T)
    if rule == 0:
        product = p.prod(axis=1)
        return np.asarray(product / product.sum())
    share = np.full((m, m), 1 / m)
    if rule == 2:
        n = strength * p + 1e-10 * np.eye(m)
        share = n / n.sum(axis=0)
    chain = p * share
    np.fill_diagonal(chain, [p[a, a] * share[a, a] + (p[a] * share[:, a]).sum() for a in range(m)])
    found = np.full(m, 1 / m)
    for _ in range(100_000):
        after = chain @ found
        if np.abs(after - found).max() <= 1e-13:
            break
        found = (found + after) / 2
    return found


@pytest.mark.parametrize("rule", [0, 1, 2])
@given(data=st.data())
@settings(max_examples=30)
def test_the_steady_state_is_where_the_iteration_ends(rule: int, data: st.DataObject) -> None:
    u = data.draw(arrays(np.float64, (data.draw(st.integers(1, 4)), data.draw(st.integers(2, 4))), elements=small)) / 4
    w = np.arange(1.0, len(u) + 1)
    if rule == 2 and (np.ptp(u, axis=1) == 0).all():
        return  # nothing but rounding keeps the chain going: it takes for ever to mix
    assert condorcet.election(u, w, 0, 0, rule) == pytest.approx(_iterated(u, w, rule), abs=2e-6)


def _plain_round(x: Array, s: Array, w: Array, printed: bool) -> tuple[Array, Array]:
    """Compute one round of the challenge model by its equations, with arrays over whole tables."""
    n, span = len(x), float(np.ptp(x))
    mid = float(challenge.median_of(x, w, span))

    def tables(r: Array) -> tuple[Array, Array]:
        z = w[:, None] * (np.abs(x[:, None] - x[None]) / span) ** r[:, None]
        v = z[:, None, :] - z[:, :, None]  # v[k, a, b]: votes of k for a over b
        gained, both = np.maximum(v, 0).sum(axis=0), np.abs(v).sum(axis=0)
        if printed:
            p = np.where(both > 0, gained / np.where(both > 0, both, 1), 0.5)
        else:
            p = np.where(x[:, None] == x[None], 0.0, gained / np.abs(v).sum())
        d = np.abs(x[:, None] - x[None]) / span

        def value(q: Array) -> Array:
            win, lose, stay = 2 - 4 * (0.5 - d / 2) ** q, 2 - 4 * (0.5 + d / 2) ** q, 2 - 4 * 0.5**q
            return np.asarray(s[None] * (p * win + (1 - p) * lose) + (1 - s[None]) * win - stay)

        own = value(r[:, None])
        seen = value(r[:, None]).T if printed else value(r[None, :]).T
        return own, seen

    assert 0 <= mid <= x.max()
    _, seen = tables(np.ones(n))
    np.fill_diagonal(seen, 0)
    security = seen.sum(axis=1)
    low, high = security.min(), security.max()
    risk = (2 * security - high - low) / (high - low) if high > low else np.zeros(n)
    return tables((1 - risk / 3) / (1 + risk / 3))


@pytest.mark.parametrize("printed", [False, True])
@given(data=st.data())
@settings(max_examples=30)
def test_expectations_of_a_round_follow_the_equations(printed: bool, data: st.DataObject) -> None:
    n = data.draw(st.integers(2, 5))
    x = data.draw(arrays(np.float64, n, elements=small)) * 10
    if np.ptp(x) == 0:
        return
    s, w = np.linspace(0.2, 1.0, n), np.arange(1.0, n + 1)
    frame = np.array([np.ptp(x), 1.0, challenge.median_of(x, w, float(np.ptp(x))), float(printed)])
    _, _, _, _, mine, theirs = challenge.run_round(x, s, w, frame, True)
    own, seen = _plain_round(x, s, w, printed)
    off = ~np.eye(n, dtype=bool)
    assert mine[off] == pytest.approx(own[off], abs=1e-9)
    assert theirs[off] == pytest.approx(seen[off], abs=1e-9)


@given(data=st.data())
@settings(max_examples=30)
def test_first_exchanges_give_both_sides_the_same_gain_within_the_demands(data: st.DataObject) -> None:
    n, d = data.draw(st.integers(2, 4)), data.draw(st.integers(2, 3))
    x = data.draw(arrays(np.float64, (n, d), elements=small)) * 25
    s = (data.draw(arrays(np.float64, (n, d), elements=small)) + 1) / 5
    c = np.ones((n, d))
    who = exchange.pairings(x, s, c)
    state, valid, _ = exchange.prepared(who, x, s, c)
    weight = (s * c).sum(axis=0)
    for (p, q, i, j), row in zip(who[valid], state[valid], strict=True):
        dp, dq = row[12], row[13]
        assert s[i, p] * dp - s[i, q] * dq == pytest.approx(s[j, q] * dq - s[j, p] * dp, abs=1e-9)
        assert abs(row[2]) * s[i, q] / weight[q] == pytest.approx(dq, abs=1e-9)
        assert abs(row[2]) <= abs(x[j, q] - x[i, q]) + 1e-9
        assert abs(row[3]) <= abs(x[i, p] - x[j, p]) + 1e-9


@given(data=st.data())
@settings(max_examples=15)
def test_the_compiled_turn_of_the_spatial_model_is_the_same_loop_uncompiled(data: st.DataObject) -> None:
    n = data.draw(st.integers(2, 4))
    x = data.draw(arrays(np.float64, (n, 2), elements=small)) / 4
    s, c = np.full((n, 2), 0.4), np.arange(1.0, n + 1)
    args = (x, x, s, c, OPTIONS, np.full(n, -1.0))
    plain = getattr(spatial.step, "py_func", spatial.step)
    compiled = spatial.step(*args)
    for ours, theirs in zip(compiled, plain(*args), strict=True):
        assert np.array_equal(ours, theirs)
