"""The bargaining solutions, as functions that choose from a list of exact gains.

Every function takes gains (settlements, parties) in whole numbers. It returns the chosen rows, including all ties, and
the value that is maximised or minimised, in the given unit if it has one.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from goodoffices.data_class import dataclass
from goodoffices.settlement.problem.gains import Gains, logarithms

Rows = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Target:
    """What a solution chooses from: gains, ideal gains (whole numbers), weights, and the worth of no deal."""

    gains: Gains
    ideal: NDArray[Any]
    weights: tuple[Fraction, ...]
    shift: NDArray[Any]


Choice = tuple[Rows, Fraction | None]
Chooser = Callable[[Target], Choice]


def nash(target: Target) -> Choice:
    """Choose the largest product. If not all can gain, first let as many as possible gain, then take their product."""
    values = target.gains.values
    open_rows = np.flatnonzero(np.asarray(least_per_row(values) >= 0, bool))
    if open_rows.size == 0:
        return open_rows, None
    gaining = np.sum([np.asarray(column > 0, np.int64) for column in values[open_rows].T], axis=0)
    most = gaining.max()
    rows = open_rows[gaining == most]
    if most == 0:
        return rows, Fraction(0)
    parts = np.maximum(values[rows], 1)
    logs = np.sum([logarithms(column) for column in parts.T], axis=0)
    # Float logarithms only narrow the choice: 1e-9 is far above their error, and the rest is compared exactly.
    near = logs >= logs.max() - 1e-9 * max(1.0, abs(float(logs.max())))
    products = [math.prod(int(value) for value in row) for row in parts[near]]
    best = max(products)
    chosen = rows[near][[product == best for product in products]]
    n = values.shape[1]
    return chosen, Fraction(best) * target.gains.unit**n if most == n else Fraction(0)


def egalitarian(target: Target) -> Choice:
    """Choose the largest smallest gain."""
    least = least_per_row(target.gains.values)
    best = least.max()
    return np.flatnonzero(np.asarray(least == best, bool)), int(best) * target.gains.unit


def leximin(target: Target) -> Choice:
    """Choose the largest smallest gain; among these the largest second smallest, and so on."""
    rows = _lexicographic(target.gains.values)
    return rows, int(target.gains.values[rows[0]].min()) * target.gains.unit


def least_per_row(values: NDArray[Any]) -> NDArray[Any]:
    """Return the smallest value of every row. It works column by column, because NumPy is slow on short rows."""
    return functools.reduce(np.minimum, values.T)


def _lexicographic(values: NDArray[Any]) -> Rows:
    least = least_per_row(values)
    rows = np.flatnonzero(np.asarray(least == least.max(), bool))
    ordered = np.sort(values[rows], axis=1)
    for column in range(1, values.shape[1]):
        best = np.asarray(ordered[:, column] == ordered[:, column].max(), bool)
        rows, ordered = rows[best], ordered[best]
    return rows


def ratios(target: Target, rows: Rows) -> tuple[NDArray[Any], Fraction]:
    """Return the gains of ``rows`` as shares of the ideal gain, in one unit. Parties that cannot gain are left out."""
    counted = [party for party, ideal in enumerate(target.ideal.tolist()) if ideal > 0]
    whole = math.lcm(*(int(target.ideal[party]) for party in counted))
    factors = np.array([whole // int(target.ideal[party]) for party in counted], object)
    return target.gains.values[rows][:, counted].astype(object) * factors, Fraction(1, whole)


def _near(target: Target, score: Callable[[NDArray[np.float64]], NDArray[np.float64]]) -> Rows:
    """Return the rows whose score, from float shares, is close to the largest. These are then compared exactly.

    Shares are near 1, so 1e-9 is far above their rounding.
    """
    counted = np.array([ideal > 0 for ideal in target.ideal.tolist()], bool)
    if not counted.any():
        return np.zeros(0, np.int64)
    # Whole numbers beyond the largest float are divided as they are, since each share is of the size of 1.
    values, ideal = target.gains.values[:, counted], target.ideal[counted]
    shares = np.asarray(values / ideal, np.float64)
    scores = score(shares)
    return np.flatnonzero(scores >= scores.max() - 1e-9 * max(1.0, float(np.abs(shares).max())))


def _best_shares(
    target: Target,
    approximate: Callable[[NDArray[np.float64]], NDArray[np.float64]],
    exact: Callable[[NDArray[Any]], NDArray[Any]],
) -> tuple[Rows, NDArray[Any], Fraction] | None:
    """Return the rows whose shares have the largest exact score, the shares of these rows, and their unit."""
    rows = _near(target, approximate)
    if rows.size == 0:
        return None
    shares, unit = ratios(target, rows)
    scores = exact(shares)
    best = np.asarray(scores == scores.max(), bool)
    return rows[best], shares[best], unit


def kalai_smorodinsky(target: Target) -> Choice:
    """Choose the largest smallest share of the ideal gain; leximin among ties."""
    found = _best_shares(target, least_per_row, least_per_row)
    if found is None:
        return np.zeros(0, np.int64), None
    rows, shares, unit = found
    return rows[_lexicographic(shares)], int(shares[0].min()) * unit


def utilitarian(target: Target) -> Choice:
    """Choose the largest weighted sum of gains."""
    scale = math.lcm(*(weight.denominator for weight in target.weights))
    factors = [int(weight * scale) for weight in target.weights]
    values = target.gains.values
    small = values.dtype == np.int64 and np.abs(values).max() * max(map(abs, factors), default=0) < 2**58
    sums = (values if small else values.astype(object)) @ np.array(factors, np.int64 if small else object)
    best = sums.max()
    return np.flatnonzero(np.asarray(sums == best, bool)), int(best) * target.gains.unit / scale


def relative_utilitarian(target: Target) -> Choice:
    """Choose the largest sum of shares of the ideal gain."""
    found = _best_shares(target, lambda shares: shares.sum(axis=1), lambda shares: shares.sum(axis=1))
    if found is None:
        return np.zeros(0, np.int64), None
    return found[0], int(found[1][0].sum()) * found[2]


def equal_ratio(target: Target) -> Choice:
    """Choose, on the frontier, the smallest spread between the largest and the smallest share of the ideal gain."""
    found = _best_shares(target, lambda s: s.min(axis=1) - s.max(axis=1), lambda s: s.min(axis=1) - s.max(axis=1))
    if found is None:
        return np.zeros(0, np.int64), None
    return found[0], int(found[1][0].max() - found[1][0].min()) * found[2]


def least_difference(target: Target) -> Choice:
    """Choose, on the frontier, the smallest sum of differences of worth between all pairs of parties."""
    worth = target.gains.values.astype(object) + target.shift
    n = worth.shape[1]
    pairs = [(first, second) for first in range(n) for second in range(first + 1, n)]
    total = sum((abs(worth[:, i] - worth[:, j]) for i, j in pairs), np.zeros(worth.shape[0], object))
    return np.flatnonzero(np.asarray(total == total.min(), bool)), int(total.min()) * target.gains.unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """A solution: its function, its definition in one sentence, and its source."""

    choose: Chooser
    sentence: str
    reference: str
    needs_ideal: bool = False


DEFINITIONS: dict[str, Definition] = {
    "nash": Definition(
        choose=nash,
        sentence="largest product of the gains over no agreement, among settlements that leave nobody below it; if not "
        "all can gain, the most parties that gain first, then the product of their gains",
        reference="J. F. Nash (1950), Econometrica 18(2), 155-162",
    ),
    "egalitarian": Definition(
        choose=egalitarian,
        sentence="largest smallest gain, each party's gain on its own scale",
        reference="E. Kalai (1977), Econometrica 45(7), 1623-1630",
    ),
    "leximin": Definition(
        choose=leximin,
        sentence="largest smallest gain; among those the largest second smallest, and so on",
        reference="A. Sen (1970), Collective Choice and Social Welfare, chapter 9; H. Imai (1983), Econometrica 51(2)",
    ),
    "kalai_smorodinsky": Definition(
        choose=kalai_smorodinsky,
        needs_ideal=True,
        sentence="largest smallest share of a party's ideal gain, leximin among ties; who cannot gain does not count",
        reference="E. Kalai & M. Smorodinsky (1975), Econometrica 43(3), 513-518; Imai (1983) for leximin",
    ),
    "utilitarian": Definition(
        choose=utilitarian,
        sentence="largest (weighted) sum of gains",
        reference="J. C. Harsanyi (1955), Journal of Political Economy 63(4), 309-321",
    ),
    "relative_utilitarian": Definition(
        choose=relative_utilitarian,
        needs_ideal=True,
        sentence="largest sum of shares of the ideal gain",
        reference="A. Dhillon & J.-F. Mertens (1999), Econometrica 67(3), 471-498",
    ),
    "equal_ratio": Definition(
        choose=equal_ratio,
        needs_ideal=True,
        sentence="on the frontier, smallest spread between the largest and smallest share of the ideal gain over "
        "possible settlements (NegMAS 0.16 minimises such a spread under the name Kalai-Smorodinsky, with ideals of "
        "its own)",
        reference="source code of NegMAS 0.16",
    ),
    "least_difference": Definition(
        choose=least_difference,
        sentence="on the frontier, smallest sum of differences of worth between pairs of parties (what ANL 2022/23 and "
        "Genius call Kalai)",
        reference="source code of Genius 10.4; ANL 2023 scenario files",
    ),
}
