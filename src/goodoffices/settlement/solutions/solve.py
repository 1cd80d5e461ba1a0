"""Which of the possible settlements is best, in which sense."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from goodoffices.bargain import Bargain, Number
from goodoffices.errors import UnknownWordError
from goodoffices.progress import Progress, Watch
from goodoffices.settlement.frontiers.frontier import MOST_POINTS, frontier_of
from goodoffices.settlement.problem.gains import Gains, gains_of
from goodoffices.settlement.problem.integer_form import Tables, prepare
from goodoffices.settlement.results import Frontier, Note, Solution, Status, pick
from goodoffices.settlement.solutions.bounded_search import search_solution
from goodoffices.settlement.solutions.definitions import DEFINITIONS, Target

Ideal = Literal["possible", "all"]

_MOST_FOR_SOLVING = {1: MOST_POINTS, 2: MOST_POINTS, 3: 300_000, 4: 60_000}
"""Frontiers up to this size are listed to solve a bargain (measured)."""
_MANY_PARTIES = 5_000
_FEW_SETTLEMENTS = 200_000
"""With five and more parties the frontier is tried only for bargains up to this size, up to _MANY_PARTIES points."""


def solve(
    bargain: Bargain,
    solution: str = "nash",
    *,
    ideal: Ideal = "possible",
    weights: tuple[Number, ...] | None = None,
    time_limit: float | None = None,
    progress: Progress | None = None,
) -> Solution:
    """Return the settlements that a bargaining solution picks, all ties included where the frontier can be listed.

    Parameters
    ----------
    solution
        A key of :data:`~goodoffices.settlement.solutions.definitions.DEFINITIONS`.
    ideal
        What a party's ideal is taken over: possible settlements, or all.
    weights
        Of the parties, for ``utilitarian``.
    time_limit
        Seconds; afterwards the best settlement found is returned with a bound.

    Raises
    ------
    UnknownWordError
        If there is no such solution.
    """
    return solve_all(bargain, (solution,), ideal=ideal, weights=weights, time_limit=time_limit, progress=progress)[
        solution
    ]


def solve_all(
    bargain: Bargain,
    solutions: tuple[str, ...] = tuple(DEFINITIONS),
    *,
    ideal: Ideal = "possible",
    weights: tuple[Number, ...] | None = None,
    time_limit: float | None = None,
    progress: Progress | None = None,
) -> dict[str, Solution]:
    """Return several solutions of one bargain by name; see :func:`solve`."""
    for name in solutions:
        if name not in DEFINITIONS:
            raise UnknownWordError("solution", name, tuple(DEFINITIONS))
    watch = Watch(time_limit=time_limit, progress=progress)
    return choose_all(prepare(bargain), solutions, ideal=ideal, weights=weights, watch=watch).by_name


@dataclass(frozen=True, slots=True, kw_only=True)
class SolvedBargain:
    """Solutions by name, and the frontier (complete, or members of it) they were chosen from or started at."""

    by_name: dict[str, Solution]
    frontier: Frontier


def choose_all(
    tables: Tables,
    solutions: tuple[str, ...],
    *,
    ideal: Ideal = "possible",
    weights: tuple[Number, ...] | None = None,
    watch: Watch,
) -> SolvedBargain:
    """Return several solutions of a prepared bargain, with the frontier."""
    most = _MOST_FOR_SOLVING.get(tables.n_parties, _MANY_PARTIES)
    few = tables.bargain.settlements <= _FEW_SETTLEMENTS
    if tables.n_parties > max(_MOST_FOR_SOLVING) and tables.is_additive and not few:
        most = 0
    points = frontier_of(tables, among="possible", most=most, watch=watch, members=False)
    if points.status is not Status.BOUNDED:
        gains = gains_of(tables, points.choices, points.totals)
        found = {
            name: choose_from(tables, points, name, ideal=ideal, weights=weights, gains=gains) for name in solutions
        }
    else:
        found = {name: search_solution(tables, name, ideal=ideal, weights=weights, watch=watch) for name in solutions}
    return SolvedBargain(by_name=found, frontier=points)


def choose_from(
    tables: Tables,
    points: Frontier,
    name: str,
    *,
    ideal: Ideal | tuple[Fraction, ...] = "possible",
    weights: tuple[Number, ...] | None = None,
    gains: Gains | None = None,
) -> Solution:
    """Return what a solution picks from a complete frontier, or from some of its points if ``ideal`` gives the gains.

    Every solution here picks undominated settlements, so the frontier is all that is needed. The ideal point lies on it
    too, coordinate by coordinate.
    """
    watch = Watch()
    definition = DEFINITIONS[name]
    note = Note(
        method="chosen from the whole frontier",
        arithmetic=tables.arithmetic,
        definition=definition.sentence,
        reference=definition.reference,
        seconds=points.note.seconds + watch.seconds,
        warnings=tables.bargain.assumptions,
    )
    if len(points) == 0:
        return nothing(tables, name, note, "no settlement is possible under the rule")
    gains = gains_of(tables, points.choices, points.totals) if gains is None else gains
    n = tables.n_parties
    best = gains.values.max(axis=0)
    if ideal == "all":
        best = _best_of_all(tables, gains.unit)
    elif ideal != "possible":
        best = np.array([math.floor(gain / gains.unit) for gain in ideal], object)
    shift = np.array([int(Fraction(r) / gains.unit) for r in tables.bargain.reservation_value], object)
    target = Target(gains=gains, ideal=best, weights=tuple(Fraction(w) for w in weights or (1,) * n), shift=shift)
    rows, value = definition.choose(target)
    if rows.size == 0 or value is None:
        reason = "no possible settlement leaves every party at or above no agreement"
        if name != "nash":
            reason = "no party can gain over no agreement"
        return nothing(tables, name, note, reason)
    return Solution(
        bargain=tables.bargain,
        name=name,
        status=Status.PROVEN,
        value=value,
        bound=value,
        picks=tuple(pick(tables.bargain, points.settlement(int(row)), int(points.ties[row])) for row in rows[:1000]),
        complete=rows.size <= 1000,
        note=note,
        searched={"frontier points": len(points)},
    )


def nothing(tables: Tables, name: str, note: Note, reason: str) -> Solution:
    """Return the answer that there is no settlement to pick, and why."""
    return Solution(
        bargain=tables.bargain,
        name=name,
        status=Status.INFEASIBLE,
        value=None,
        bound=None,
        picks=(),
        complete=True,
        note=note,
        reason=reason,
    )


def _best_of_all(tables: Tables, unit: Fraction) -> NDArray[Any]:
    """Return the largest gain of each party over all settlements, possible or not, in ``unit``."""
    best = []
    bargain = tables.bargain
    if not tables.is_additive:
        whole = frontier_of(tables, among="all", most=MOST_POINTS, watch=Watch())
        found = gains_of(tables, whole.choices)
        return np.array([int(int(value) * found.unit / unit) for value in found.values.max(axis=0)], object)
    for party, least in enumerate(bargain.reservation_value):
        top = sum((max(Fraction(row[party]) for row in table) for table in bargain.worth), Fraction(0))
        cap = bargain.cap[party]
        top = top if cap is None else min(top, Fraction(cap))
        best.append(math.floor((top - Fraction(least)) / unit))
    return np.array(best, object)
