"""Find one best settlement by branch and bound, for bargains whose frontier is too large to list."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from goodoffices.data_class import dataclass
from goodoffices.progress import Watch
from goodoffices.settlement.problem.integer_form import NO_LIMIT, Tables

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
State = tuple[Bools, Floats, Floats, Floats, Bools]
Trail = tuple[Ints, Floats, Ints]

_SLICE = 2_000
"""The number of nodes between two checks of the time limit."""

SUM_OF_LOGS, SMALLEST = 0, 1


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Found:
    """The best settlement found, a bound on the objective, the number of nodes, and whether the search was complete.

    ``weights`` belong to the bound at the root, for gains in the parties' own points.
    """

    choice: NDArray[np.int64] | None
    value: float
    bound: float
    nodes: int
    is_finished: bool
    weights: tuple[float, ...]


def search_best(
    tables: Tables, mode: int, divisors: list[Fraction], *, step: Fraction, tolerance: float, watch: Watch
) -> Found | None:
    """Return the settlement with the largest sum of logarithms (mode 0) or smallest (mode 1) of gain / divisor.

    Parameters
    ----------
    divisors
        The number that each party's gains are divided by (1 for its own scale).
    step
        The smallest possible difference between two different objectives of mode 1 (0 if unknown).
    tolerance
        Smaller differences than this share of the scale need not be proven.

    Returns
    -------
    Found or None
        ``None`` if the bargain has links, constraints or caps, which this search cannot handle.
    """
    if not tables.is_additive or _is_capped(tables):
        return None
    from goodoffices.settlement.kernels import search_loops as kernels
    from goodoffices.settlement.kernels.options import useful_options

    allowed = np.ones(tables.rows.shape[0], bool)
    for lines in tables.bargain.red_lines:
        for issue, option in lines:
            allowed[tables.offsets[issue] + option] = False
    index, starts = useful_options(tables.rows, tables.offsets, allowed)
    if np.any(np.diff(starts) == 0):
        return Found(choice=None, value=-math.inf, bound=-math.inf, nodes=0, is_finished=True, weights=())
    worth, scale = _scaled(tables, index, starts, divisors)
    problem = (worth, starts)
    margin = tolerance if step == 0 else max(float(step) / scale - 1e-9, tolerance)
    best = np.full(2 + tables.n_parties, -1e300)
    choice = np.zeros(tables.n_issues, np.int64)
    state, trail = root_state(worth, starts)
    finished = False
    while not finished and not watch.is_over:
        finished = kernels.search(problem, state, trail, (mode, 200.0, margin), (best, choice), _SLICE)
        watch.tell("searching", 0.0 if not finished else 1.0)
    is_met = best[0] > -1e5
    options = index[choice] - tables.offsets[:-1]
    # If objectives differ by a known step, nothing can be above the best after a complete search.
    room = 0.0 if float(step) / scale > 2e-9 else margin
    open_bound = best[0] + room if finished else float(max(best[1], best[0]))
    shift = math.log(scale) * tables.n_parties if mode == SUM_OF_LOGS else 0.0
    factor = 1.0 if mode == SUM_OF_LOGS else scale
    return Found(
        choice=options if is_met else None,
        value=float(best[0]) * factor + shift,
        bound=open_bound * factor + shift,
        nodes=int(trail[0][1]),
        is_finished=bool(finished),
        weights=tuple(float(w) / float(d) for w, d in zip(best[2:], divisors, strict=True)),
    )


def _is_capped(tables: Tables) -> bool:
    tops = np.maximum.reduceat(tables.rows, tables.offsets[:-1], axis=0).sum(axis=0)
    return bool(np.any((tables.cap < NO_LIMIT) & (tops > tables.cap)))


def _scaled(
    tables: Tables, index: NDArray[np.int64], starts: NDArray[np.int64], divisors: list[Fraction]
) -> tuple[Floats, float]:
    """Return gains per option as floats near 1, and the common scale. No agreement is taken off the first issue."""
    unit = np.array([float(u / d) for u, d in zip(tables.unit, divisors, strict=True)])
    worth = tables.rows[index].astype(np.float64) * unit
    least = [float(Fraction(r) / d) for r, d in zip(tables.bargain.reservation_value, divisors, strict=True)]
    worth[: starts[1]] -= np.array(least)
    tops = np.maximum.reduceat(worth, starts[:-1], axis=0).sum(axis=0)
    scale = float(np.abs(tops).max()) or 1.0
    return np.ascontiguousarray(worth / scale), scale


def root_state(worth: Floats, starts: Ints) -> tuple[State, Trail]:
    """Return the state of a search before its first node: arrays per depth, place, bounds and issues branched on."""
    depth, n_options = starts.shape[0] + 1, worth.shape[0]
    state = (
        np.zeros((depth, n_options), np.bool_),
        np.zeros((depth, n_options)),
        np.zeros((depth, worth.shape[1])),
        np.zeros((depth, n_options)),
        np.zeros((depth, n_options), np.bool_),
    )
    state[0][0] = True
    state[1][0] = np.repeat(1.0 / np.diff(starts), np.diff(starts))
    state[2][0] = state[1][0] @ worth
    return state, (np.array([0, 0, 1], np.int64), np.zeros(depth), np.full(depth, -1, np.int64))
