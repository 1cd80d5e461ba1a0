"""Apply a solution to a frontier, or to some of its points."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from goodoffices.bargain_tables import Number
from goodoffices.progress import Watch
from goodoffices.settlement.frontiers.frontier import MOST_POINTS, frontier_of
from goodoffices.settlement.problem.gains import Gains, gains_of
from goodoffices.settlement.problem.integer_form import Tables
from goodoffices.settlement.results import Frontier, Note, Solution, Status, pick
from goodoffices.settlement.solutions.definitions import DEFINITIONS, Target

Ideal = Literal["possible", "all"]


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

    Every solution here picks undominated settlements, so the frontier is enough. Each coordinate of the ideal point is
    the largest one on the frontier.
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
    """Return a solution without settlements, and the reason."""
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
