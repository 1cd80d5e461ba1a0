"""Probabilistic Condorcet elections: votes, victories and the three rules that turn victories into probabilities."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from goodoffices.forecast.kernels.compiled import kernel, parallel_kernel, turns

FloatArray = NDArray[np.float64]


@kernel
def one_vote(w: float, diff: float, rule: int) -> float:
    """Return the vote of weight ``w`` for a utility difference. ``rule`` is the number of the rule in `VOTES`."""
    if rule == 0:
        return w * diff
    if rule == 1 or rule == 2:
        sign = min(1.0, max(-1.0, diff / 1e-8))
        return w * sign if rule == 1 else w * (0.8 * diff + 0.2 * sign)
    if rule == 3:
        return w * diff * diff * diff
    if rule == 4:
        return w * (0.5 * diff + 0.5 * diff * diff * diff)
    return _skewed(w, diff, rule)


@kernel
def _skewed(w: float, diff: float, rule: int) -> float:
    if rule == 5:
        return w * diff if diff < 0.0 else (2.0 / 3.0) * w * diff
    return w if diff > 0.0 else -w if diff < 0.0 else 0.0


@kernel
def coalitions(u: FloatArray, w: FloatArray, vote: int) -> FloatArray:
    """Return C_ab = 1e-8 + the sum of votes for a over b, (m, m). u: (n, m)."""
    n, m = u.shape
    strength = np.full((m, m), 1e-8)
    for k in range(n):
        for a in range(m):
            for b in range(m):
                ballot = one_vote(w[k], u[k, a] - u[k, b], vote)
                if ballot > 0.0:
                    strength[a, b] += ballot
    return strength


@kernel
def victories(strength: FloatArray, victory: int) -> FloatArray:
    """Return P_ab, the probability that a beats b: linear, square, quartic, octic or sure."""
    m = strength.shape[0]
    p = np.full((m, m), 0.5)
    for a in range(m):
        for b in range(m):
            if a == b:
                continue
            one, other = strength[a, b], strength[b, a]
            if victory == 4:
                edge = (one / (one + other) - 0.5) / (1.1 / 2.1 - 0.5)  # certain if it is ten per cent stronger
                p[a, b] = min(1.0 / (1.0 + 1e-6), max(1e-6 / (1.0 + 1e-6), 0.5 + 0.5 * edge))
                continue
            for _ in range(victory):
                one, other = one * one, other * other
            p[a, b] = one / (one + other)
    return p


@kernel
def _eliminate(rate: FloatArray, last: int) -> None:
    """Fold the state ``last`` into those before it."""
    out = 0.0
    for a in range(last):
        out += rate[a, last]
    for b in range(last):
        rate[last, b] /= out
    for a in range(last):
        for b in range(last):
            if a != b:
                rate[a, b] += rate[a, last] * rate[last, b]


@kernel
def _steady(flow: FloatArray) -> FloatArray:
    """Return the steady state of the chain whose rate from b to a is flow[a, b], by elimination without subtraction.

    Grassmann, Taksar & Heyman (1985), Operations Research 33(5): 1107-1116.
    """
    m = flow.shape[0]
    rate = flow.copy()
    for last in range(m - 1, 0, -1):
        _eliminate(rate, last)
    p: FloatArray = np.zeros(m)
    p[0] = 1.0
    for a in range(1, m):
        for b in range(a):
            p[a] += rate[a, b] * p[b]
    p /= p.sum()
    return p


@kernel
def _conditional(p: FloatArray) -> FloatArray:
    m = p.shape[0]
    product: FloatArray = np.ones(m)
    for a in range(m):
        for b in range(m):
            product[a] *= p[a, b]
    if not product.sum() > 0.0:  # the products are outside the range of doubles: compute the same ratio with logarithms
        logs = np.zeros(m)
        for a in range(m):
            for b in range(m):
                logs[a] += np.log(max(p[a, b], 1e-300))
        product = np.exp(logs - logs.max())
    product /= product.sum()
    return product


@kernel
def election(u: FloatArray, w: FloatArray, vote: int, victory: int, rule: int) -> FloatArray:
    """Return the probability of each option, (m,). u: (n, m). ``rule`` is the number of the rule in `PCE_RULES`."""
    strength = coalitions(u, w, vote)
    p = victories(strength, victory)
    m = p.shape[0]
    if m == 1:
        return np.ones(1)
    if rule == 0:
        return _conditional(p)
    if rule == 1:
        return _steady(p)
    flow = np.zeros((m, m))
    for b in range(m):
        total = 0.0
        for a in range(m):
            flow[a, b] = strength[a, b] * p[a, b] + (1e-10 if a == b else 0.0)
            total += flow[a, b]
        for a in range(m):
            flow[a, b] = p[a, b] * flow[a, b] / total
    return _steady(flow)


@kernel
def _distinct(x: FloatArray) -> FloatArray:
    """Return the distinct values, ascending. An insertion sort compiles in a tenth of the time of a general sort."""
    found = np.empty(x.shape[0])
    count = 0
    for value in x:
        place = count
        while place > 0 and found[place - 1] > value:
            place -= 1
        if place > 0 and found[place - 1] == value:
            continue
        for at in range(count, place, -1):
            found[at] = found[at - 1]
        found[place] = value
        count += 1
    return found[:count].copy()


@kernel
def line_election(x: FloatArray, w: FloatArray, vote: int, victory: int, rule: int) -> tuple[FloatArray, FloatArray]:
    """Return the distinct positions on 0..100, ascending, and the probability of each. x, w: (n,)."""
    options = _distinct(x)
    n, m = x.shape[0], options.shape[0]
    u = np.empty((n, m))
    weight = np.empty(n)
    for k in range(n):
        weight[k] = w[k] if w[k] > 0.0 else 1e-9
        for a in range(m):
            u[k, a] = 1.0 - abs(x[k] / 100.0 - options[a] / 100.0)
    return options, election(u, weight, vote, victory, rule)


def _points(x: FloatArray, w: FloatArray, vote: int, victory: int, rule: int) -> FloatArray:
    """Return the expected position per draw, (D,). x, w: (D, n)."""
    points = np.empty(x.shape[0])
    for draw in turns(x.shape[0]):
        options, p = line_election(x[draw], w[draw], vote, victory, rule)
        points[draw] = (options * p).sum()
    return points


line_points = kernel(_points)
many_line_points = parallel_kernel(_points)
"""The same, shared among cores. It takes seconds to compile at its first use."""
