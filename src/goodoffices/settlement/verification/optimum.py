"""The best of all enumerated settlements under a solution, by its definition.

Floats only narrow the choice, with a margin far above their rounding. What is left is compared in exact fractions, by
the definitions in ``reference_values``.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from goodoffices.data_class import dataclass
from goodoffices.settlement.verification.enumeration import Enumeration, Ints, Vector, undominated
from goodoffices.settlement.verification.reference_values import SMALLER_IS_BETTER, value_of

_NEAR = 1e-9
"""Scores have errors near 1e-15 of their size. Two that differ by less than this are compared exactly."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Optimum:
    """The worths of the best settlements and the value that is printed for them; no winners if none competes."""

    winners: frozenset[Vector]
    value: Fraction | None


def optimum(listed: Enumeration, name: str) -> Optimum | None:
    """Return the best settlements under the solution ``name``, or ``None`` if that takes too many comparisons."""
    rows: Ints | None = np.arange(listed.worth.shape[0])
    if name in SMALLER_IS_BETTER:  # a smaller spread may be had by making somebody worse off, so look at the frontier
        rows = listed.frontier
    if rows is None:
        return None
    ideal = tuple(int(best) * listed.unit for best in listed.gains.max(axis=0)) if rows.size else ()
    near = _narrowed(listed, name, rows) if rows.size else rows
    scored = {int(row): _value(listed, name, int(row), ideal) for row in near}
    sign = -1 if name in SMALLER_IS_BETTER else 1
    ranked = {row: tuple(sign * part for part in value) for row, value in scored.items() if value is not None}
    if not ranked:
        return Optimum(winners=frozenset(), value=None)
    best = max(ranked.values())
    winners = np.array([row for row, value in ranked.items() if value == best], np.int64)
    kept = undominated(listed.ranks[winners])
    if kept is None:
        return None
    value = scored[int(winners[0])]
    assert value is not None
    shown = value[-1] if name == "nash" else value[0]
    return Optimum(winners=frozenset(listed.vector(int(row)) for row in winners[kept]), value=shown)


def _value(listed: Enumeration, name: str, row: int, ideal: Vector) -> tuple[Fraction, ...] | None:
    gains = tuple(int(value) * listed.unit for value in listed.gains[row])
    return value_of(name, gains, listed.vector(row), ideal)


def _narrowed(listed: Enumeration, name: str, rows: Ints) -> Ints:
    """Return the rows that can be best: those whose score, larger is better, is near the largest."""
    score = _SCORES[name](listed, rows)
    if score is None:
        return rows[:0]
    rows, scores = score
    return rows[scores >= scores.max() - _NEAR * max(1.0, float(np.abs(scores).max()))] if rows.size else rows


Scored = tuple[Ints, NDArray[np.float64]]


def _log(values: NDArray[Any]) -> NDArray[np.float64]:
    """Return the logarithms of positive whole numbers, also of those beyond the largest float."""
    if values.dtype == np.int64:
        return np.asarray(np.log(values), np.float64)
    return np.array([math.log(value) for value in values.ravel()]).reshape(values.shape)


def _logarithms(listed: Enumeration, rows: Ints) -> Scored:
    """Score by the sum of the logarithms of the positive gains, among those where the most parties gain."""
    gains = listed.gains[rows]
    open_rows = np.asarray((gains >= 0).all(axis=1), bool)
    rows, gains = rows[open_rows], gains[open_rows]
    if not rows.size:
        return rows, np.zeros(0)
    gaining = np.asarray(gains > 0, bool).sum(axis=1)
    rows, gains = rows[gaining == gaining.max()], gains[gaining == gaining.max()]
    return rows, _log(np.maximum(gains, 1)).sum(axis=1)


def _smallest(listed: Enumeration, rows: Ints) -> Scored:
    gains = listed.gains[rows]
    least = gains.min(axis=1)
    best = np.asarray(least == least.max(), bool)
    return rows[best], np.zeros(int(best.sum()))


def _leximin(listed: Enumeration, rows: Ints) -> Scored:
    ordered = np.sort(listed.gains[rows], axis=1)
    for column in range(ordered.shape[1]):
        best = np.asarray(ordered[:, column] == ordered[:, column].max(), bool)
        rows, ordered = rows[best], ordered[best]
    return rows, np.zeros(rows.size)


def _sum(listed: Enumeration, rows: Ints) -> Scored:
    total = listed.gains[rows].astype(object).sum(axis=1)
    best = np.asarray(total == total.max(), bool)
    return rows[best], np.zeros(int(best.sum()))


def _differences(listed: Enumeration, rows: Ints) -> Scored:
    worth = listed.worth[rows].astype(object)
    n = worth.shape[1]
    total = np.zeros(rows.size, object)
    for first in range(n):
        for second in range(first + 1, n):
            total = total + abs(worth[:, first] - worth[:, second])
    best = np.asarray(total == total.min(), bool)
    return rows[best], np.zeros(int(best.sum()))


def _by_shares(score: Callable[[NDArray[np.float64]], NDArray[np.float64]]) -> Callable[[Any, Ints], Scored | None]:
    def scored(listed: Enumeration, rows: Ints) -> Scored | None:
        ideal = listed.gains.max(axis=0)
        counted = [party for party, best in enumerate(ideal.tolist()) if best > 0]
        if not counted:
            return None
        gains = listed.gains[rows][:, counted]
        shares = np.stack([_shares_of(gains[:, at], int(ideal[p])) for at, p in enumerate(counted)], axis=1)
        return rows, score(shares)

    return scored


def _shares_of(gains: NDArray[Any], ideal: int) -> NDArray[np.float64]:
    if gains.dtype == np.int64:
        return np.asarray(gains / ideal, np.float64)
    return np.array([float(Fraction(int(gain), ideal)) for gain in gains])


_SCORES: dict[str, Callable[[Enumeration, Ints], Scored | None]] = {
    "nash": _logarithms,
    "egalitarian": _smallest,
    "leximin": _leximin,
    "kalai_smorodinsky": _by_shares(lambda shares: shares.min(axis=1)),
    "utilitarian": _sum,
    "relative_utilitarian": _by_shares(lambda shares: shares.mean(axis=1)),
    "equal_ratio": _by_shares(lambda shares: shares.min(axis=1) - shares.max(axis=1)),
    "least_difference": _differences,
}
