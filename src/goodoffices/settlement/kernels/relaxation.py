"""Kernels that bound a node of the search, from mixtures of options that are improved step by step.

References
----------
M. Frank & P. Wolfe (1956). An algorithm for quadratic programming. Naval Research Logistics Quarterly 3, 95-110.
S. Lacoste-Julien & M. Jaggi (2015). On the global linear convergence of Frank-Wolfe optimization variants. NeurIPS 28.
"""

from __future__ import annotations

import math

import numpy as np

from goodoffices.settlement.kernels.jit import Bools, Floats, Ints, kernel

Problem = tuple[Floats, Ints]
"""Gains per option (options, parties), and where the options of each issue start."""
Node = tuple[Bools, Floats, Floats, Floats]
"""Open options, shares, gains of the mixture, regrets."""

_TINY = 1e-3
"""Below this gain, on a scale near 1, the logarithm is replaced by a parabola, so that slopes stay finite."""
NEVER = -1e300


@kernel
def log_slope(gain: float) -> float:
    """Return the slope of the continued logarithm."""
    if gain >= _TINY:
        return 1.0 / gain
    return (2.0 - gain / _TINY) / _TINY


@kernel
def log_value(gain: float) -> float:
    """Return the continued logarithm. From _TINY on it equals the true logarithm."""
    if gain >= _TINY:
        return math.log(gain)
    part = (gain - _TINY) / _TINY
    return math.log(_TINY) + part - 0.5 * part * part


@kernel
def slopes(gains: Floats, weights: Floats, mode: int, knob: float) -> float:
    """Fill ``weights`` with the slopes of the objective, and return the constant c of their bound."""
    if mode == 0:
        constant = 0.0
        for party in range(gains.shape[0]):
            weights[party] = log_slope(gains[party])
            constant += log_value(gains[party]) - weights[party] * gains[party]
        return constant
    least = gains.min()
    total = 0.0
    for party in range(gains.shape[0]):
        weights[party] = math.exp(-knob * (gains[party] - least))
        total += weights[party]
    for party in range(gains.shape[0]):
        weights[party] /= total
    return 0.0


@kernel
def dot(worth: Floats, option: int, weights: Floats) -> float:
    """Return the weighted worth of an option."""
    total = 0.0
    for party in range(weights.shape[0]):
        total += weights[party] * worth[option, party]
    return total


@kernel
def bound_of(worth: Floats, offsets: Ints, is_open: Bools, weights: Floats, regret: Floats) -> float:
    """Return the sum of the best weighted worth per issue; fill ``regret`` with the shortfall of each open option."""
    bound = 0.0
    for issue in range(offsets.shape[0] - 1):
        best = NEVER
        for option in range(offsets[issue], offsets[issue + 1]):
            if is_open[option]:
                regret[option] = dot(worth, option, weights)
                best = max(best, regret[option])
        for option in range(offsets[issue], offsets[issue + 1]):
            regret[option] = best - regret[option] if is_open[option] else 0.0
        bound += best
    return bound


@kernel
def slope_along(gains: Floats, worth: Floats, pair: tuple[int, int], step: float, how: tuple[int, float]) -> float:
    """Return the slope of the objective after a step from the second option of ``pair`` towards the first."""
    to, away = pair
    mode, knob = how
    n = gains.shape[0]
    total, slope = 0.0, 0.0
    least = 1e300
    if mode == 1:
        for party in range(n):
            least = min(least, gains[party] + step * (worth[to, party] - worth[away, party]))
    for party in range(n):
        change = worth[to, party] - worth[away, party]
        gain = gains[party] + step * change
        weight = log_slope(gain) if mode == 0 else math.exp(-knob * (gain - least))
        total += weight
        slope += weight * change
    return slope if mode == 0 else slope / total


@kernel
def best_step(gains: Floats, worth: Floats, pair: tuple[int, int], most: float, how: tuple[int, float]) -> float:
    """Return the step, up to ``most``, after which the objective stops growing."""
    if slope_along(gains, worth, pair, most, how) >= 0.0:
        return most
    low, high = 0.0, most
    for _ in range(14):
        middle = 0.5 * (low + high)
        if slope_along(gains, worth, pair, middle, how) > 0.0:
            low = middle
        else:
            high = middle
    return low


@kernel
def best_and_worst(
    worth: Floats, span: tuple[int, int], is_open: Bools, share: Floats, weights: Floats
) -> tuple[int, int]:
    """Return the open option with the largest weighted worth, and the used option with the smallest."""
    to, away = -1, -1
    high, low = NEVER, 1e300
    for option in range(span[0], span[1]):
        if is_open[option]:
            score = dot(worth, option, weights)
            if score > high:
                high, to = score, option
            if share[option] > 0.0 and score < low:
                low, away = score, option
    return to, away


@kernel
def move(gains: Floats, worth: Floats, pair: tuple[int, int], share: Floats, step: float) -> None:
    """Shift ``step`` of the mixture from the second option of ``pair`` to the first."""
    to, away = pair
    share[to] += step
    share[away] -= step
    if share[away] < 1e-14:
        share[away] = 0.0
    for party in range(gains.shape[0]):
        gains[party] += step * (worth[to, party] - worth[away, party])


@kernel
def improve(worth: Floats, offsets: Ints, is_open: Bools, share: Floats, gains: Floats, how: tuple[int, float]) -> None:
    """Take one pairwise step per issue."""
    weights = np.empty(gains.shape[0])
    for issue in range(offsets.shape[0] - 1):
        slopes(gains, weights, how[0], how[1])
        pair = best_and_worst(worth, (offsets[issue], offsets[issue + 1]), is_open, share, weights)
        if pair[0] != pair[1] and pair[1] >= 0:
            step = best_step(gains, worth, pair, share[pair[1]], how)
            if step > 0.0:
                move(gains, worth, pair, share, step)


@kernel
def relax(
    problem: Problem,
    node: Node,
    how: tuple[int, float],
    target: float,
    limits: tuple[int, float],
    kept: Floats,
) -> float:
    """Improve the mixture of a node until its bound falls to ``target`` or stops falling; return the best bound.

    ``node``: open options, shares, gains of the mixture, and regret of the options under the weights of the best bound.
    These weights are written to ``kept``. ``limits``: the largest number of passes, and a bound known before.
    """
    worth, offsets = problem
    is_open, share, gains, regret = node
    weights = np.empty(gains.shape[0])
    fresh = np.empty(worth.shape[0])
    best, before = 1e300, 1e300
    for turn in range(limits[0]):
        constant = slopes(gains, weights, how[0], how[1])
        bound = constant + bound_of(worth, offsets, is_open, weights, fresh)
        if bound < best:
            best = bound
            regret[:] = fresh
            kept[:] = weights
        if best <= target:
            break
        if turn % 8 == 7:
            if before - best < limits[1]:
                break
            before = best
        improve(worth, offsets, is_open, share, gains, how)
    return best
