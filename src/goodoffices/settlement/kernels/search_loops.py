"""Kernels that find one best settlement by branch and bound, for the product or the smallest of the gains.

At first every option may be chosen in part. Over such mixtures the objective is concave, and any weights w per party
give a bound: c(w) + sum over issues of the largest w-weighted worth among the options still open. The weights are the
slopes of the objective at a mixture, which pairwise steps improve issue by issue (Frank & Wolfe 1956). Options whose
regret under w is more than the bound leaves are closed. Mode 0 is the sum of logarithms, mode 1 the smallest gain.

Everything here is floating point. The caller evaluates the settlements again in whole numbers and adds a margin.

References
----------
M. Frank & P. Wolfe (1956). An algorithm for quadratic programming. Naval Research Logistics Quarterly 3, 95-110.
S. Lacoste-Julien & M. Jaggi (2015). On the global linear convergence of Frank-Wolfe optimization variants. NeurIPS 28.
"""

from __future__ import annotations

import math

import numpy as np

from goodoffices.settlement.kernels.jit import Bools, Floats, Ints, kernel
from goodoffices.settlement.kernels.relaxation import NEVER, Node, Problem, move, relax

_NO_GAIN = 1e-13
"""A gain up to this, on a scale near 1, may be a gain of 0 with a rounding error."""
State = tuple[Bools, Floats, Floats, Floats, Bools]


@kernel
def value_of(gains: Floats, mode: int) -> float:
    """Return the objective of a settlement. For the product, a party without gain makes it very low."""
    if mode == 1:
        return float(gains.min())
    total = 0.0
    for gain in gains:
        if gain <= _NO_GAIN:
            return float(-1e6 + min(gains.min(), 0.0) * 1e-3)
        total += math.log(gain)
    return total


@kernel
def climb(problem: Problem, chosen: Ints, gains: Floats, mode: int) -> float:
    """Change one option at a time as long as the objective grows, and return it."""
    worth, offsets = problem
    trial = np.empty_like(gains)
    best = value_of(gains, mode)
    improved = True
    while improved:
        improved = False
        for issue in range(offsets.shape[0] - 1):
            for option in range(offsets[issue], offsets[issue + 1]):
                for party in range(gains.shape[0]):
                    trial[party] = gains[party] + worth[option, party] - worth[chosen[issue], party]
                value = value_of(trial, mode)
                if value > best + 1e-12:
                    best, improved = value, True
                    chosen[issue] = option
                    gains[:] = trial
    return best


@kernel
def rounded(problem: Problem, is_open: Bools, share: Floats, chosen: Ints) -> Floats:
    """Choose the option with the largest share on every issue, and return the gains."""
    worth, offsets = problem
    gains = np.zeros(worth.shape[1])
    for issue in range(offsets.shape[0] - 1):
        best = -1.0
        for option in range(offsets[issue], offsets[issue + 1]):
            if is_open[option] and share[option] > best:
                best = share[option]
                chosen[issue] = option
        for party in range(gains.shape[0]):
            gains[party] += worth[chosen[issue], party]
    return gains


@kernel
def shut(problem: Problem, node: Node, span: tuple[int, int], slack: float) -> int:
    """Close the options of one issue whose regret is more than ``slack``, and return how many stay open."""
    worth, _ = problem
    is_open, share, gains, regret = node
    stay, count = -1, 0
    for option in range(span[0], span[1]):
        if is_open[option] and regret[option] <= slack:
            count += 1
            if stay < 0 or regret[option] < regret[stay]:
                stay = option
    for option in range(span[0], span[1]):
        if is_open[option] and regret[option] > slack and stay >= 0:
            is_open[option] = False
            if share[option] > 0.0:
                move(gains, worth, (stay, option), share, share[option])
                share[option] = 0.0
    return count


@kernel
def undecided(problem: Problem, node: Node, slack: float) -> int:
    """Close options that regret rules out. Return the issue to branch on, or -1 if each issue has one option left."""
    worth, offsets = problem
    _, share, _, _ = node
    branch, most = -1, -1.0
    for issue in range(offsets.shape[0] - 1):
        begin, end = offsets[issue], offsets[issue + 1]
        if shut(problem, node, (begin, end), slack) > 1:
            spread = 0.0
            for option in range(begin, end):
                for party in range(worth.shape[1]):
                    spread = max(spread, abs(worth[option, party] - worth[begin, party]))
            doubt = (1.0 - share[begin:end].max() + 1e-3) * spread
            if doubt > most:
                branch, most = issue, doubt
    return branch


@kernel
def open_child(
    problem: Problem,
    parent: tuple[Bools, Floats, Floats],
    child: tuple[Bools, Floats, Floats],
    option: int,
    span: tuple[int, int],
) -> None:
    """Copy the parent's node, and fix one issue to ``option``."""
    child[0][:] = parent[0]
    child[1][:] = parent[1]
    child[2][:] = parent[2]
    for other in range(span[0], span[1]):
        if other != option and child[0][other]:
            child[0][other] = False
            if child[1][other] > 0.0:
                move(child[2], problem[0], (option, other), child[1], child[1][other])
                child[1][other] = 0.0


@kernel
def bound_node(problem: Problem, node: Node, goal: tuple[int, float, float], best: Floats, is_root: bool) -> float:
    """Return the bound of a node. At the root, also store it and its weights in ``best``."""
    mode, knob, step = goal
    kept = np.empty(problem[0].shape[1])
    bound = 1e300
    if is_root and mode == 1:
        for sharper in range(6):
            bound = relax(problem, node, (1, 20.0 * 3.0**sharper), NEVER, (40, 0.0), kept)
    else:
        passes = 600 if is_root else 24 if mode == 0 else 8
        bound = relax(problem, node, (mode, knob), best[0] + step, (passes, 1e-10), kept)
    if is_root:
        best[1] = bound
        best[2:] = kept
    return bound


@kernel
def try_rounding(problem: Problem, node: Node, mode: int, record: tuple[Floats, Ints], always: bool) -> None:
    """Look for a better settlement near the mixture of a node."""
    best, best_choice = record
    chosen = np.zeros(problem[1].shape[0] - 1, np.int64)
    gains = rounded(problem, node[0], node[1], chosen)
    value = value_of(gains, mode)
    if always or value > best[0] - 0.05 * abs(best[0]):
        value = climb(problem, chosen, gains, mode)
    if value > best[0]:
        best[0] = value
        best_choice[:] = chosen


@kernel
def visit(
    problem: Problem, node: Node, goal: tuple[int, float, float], record: tuple[Floats, Ints], is_root: bool
) -> tuple[float, int]:
    """Bound one node and look for a settlement in it. Return the bound and the issue to branch on (-1: done)."""
    best, step = record[0], goal[2]
    bound = bound_node(problem, node, goal, best, is_root)
    if bound < best[0] + step:
        return bound, -1
    try_rounding(problem, node, goal[0], record, is_root)
    if bound < best[0] + step:
        return bound, -1
    branch = undecided(problem, node, bound - best[0] - step)
    if branch < 0:
        try_rounding(problem, node, goal[0], record, False)
    return bound, branch


@kernel
def next_option(state: State, depth: int, span: tuple[int, int]) -> int:
    """Return the open option not yet tried with the largest share at this depth, or -1."""
    found = -1
    for option in range(span[0], span[1]):
        waiting = state[0][depth, option] and not state[4][depth, option]
        if waiting and (found < 0 or state[1][depth, option] > state[1][depth, found]):
            found = option
    return found


@kernel
def search(
    problem: Problem,
    state: State,
    trail: tuple[Ints, Floats, Ints],
    goal: tuple[int, float, float],
    record: tuple[Floats, Ints],
    most_nodes: int,
) -> bool:
    """Continue the search for up to ``most_nodes`` nodes, and return whether it is finished.

    ``state``: per depth the open options, shares, gains, regrets and tried options. ``trail``: the place (depth, -1 if
    finished; nodes so far; whether the node at this depth is still to be visited), and per depth the bounds and issues
    branched on. ``goal``: mode, knob, and step; improvements smaller than the step are not searched for. ``record``:
    the best value, the root's bound and its weights; and the best settlement.
    """
    offsets, best, step = problem[1], record[0], goal[2]
    place, bounds, branches = trail
    for _ in range(most_nodes):
        depth = place[0]
        if depth < 0:
            return True
        if place[2] == 1:
            place[1] += 1
            place[2] = 0
            node = (state[0][depth], state[1][depth], state[2][depth], state[3][depth])
            bounds[depth], branches[depth] = visit(problem, node, goal, record, place[1] == 1)
            state[4][depth] = False
        span = (offsets[max(branches[depth], 0)], offsets[max(branches[depth], 0) + 1])
        option = next_option(state, depth, span) if branches[depth] >= 0 else -1
        if option < 0:
            place[0] -= 1
            continue
        state[4][depth, option] = True
        if bounds[depth] - state[3][depth, option] >= best[0] + step:
            parent = (state[0][depth], state[1][depth], state[2][depth])
            child = (state[0][depth + 1], state[1][depth + 1], state[2][depth + 1])
            open_child(problem, parent, child, option, span)
            place[0] += 1
            place[2] = 1
    return bool(place[0] < 0)
