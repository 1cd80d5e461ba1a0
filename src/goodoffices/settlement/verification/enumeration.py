"""Every settlement of a bargain with its exact worth, by plain array sums. The checker's own; the solvers have theirs.

Each party's numbers are multiplied by a common denominator, the same for all parties, so that all sums are whole. They
are Python's integers where 64 bits could be too few.
"""

from __future__ import annotations

import math
from fractions import Fraction
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from goodoffices.bargain import Bargain
from goodoffices.data_class import dataclass

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Vector = tuple[Fraction, ...]

_MOST_CELLS, _MOST_LARGE_CELLS = 20_000_000, 1_500_000
"""Settlements times parties that are enumerated within a minute: in 64 bits, and in Python's integers (measured)."""

_MOST_COMPARED = 3_000_000_000
"""Comparisons of numbers that are made within a minute (measured)."""


@dataclass(frozen=True, eq=False)
class Enumeration:
    """The different worths of the possible settlements.

    ``worth`` has one row for each different worth and one column for each party, in whole numbers of ``unit``;
    ``counts`` says how many possible settlements have it.
    """

    bargain: Bargain
    worth: NDArray[Any]
    counts: Ints
    unit: Fraction

    @cached_property
    def ranks(self) -> Ints:
        """The worth as ranks, in the same order for each party."""
        return _ranks(self.worth)

    @cached_property
    def gains(self) -> NDArray[Any]:
        """The gains over no agreement, in whole numbers of ``unit``."""
        gains: NDArray[Any] = self.worth - _whole(self.bargain.reservation_value, self.unit, self.worth.dtype)
        return gains

    @cached_property
    def frontier(self) -> Ints | None:
        """The rows that no other row dominates; ``None`` if there are too many to compare within a minute."""
        return undominated(self.ranks)

    def vector(self, row: int) -> Vector:
        """Return the exact worth of a row."""
        return tuple(int(value) * self.unit for value in self.worth[row])

    def row_of(self, worth: Vector) -> int | None:
        """Return the row with this worth, or ``None`` if no possible settlement has it."""
        return self._rows.get(tuple(value / self.unit for value in worth))

    @cached_property
    def _rows(self) -> dict[tuple[Any, ...], int]:
        return {tuple(row): at for at, row in enumerate(self.worth.tolist())}


def enumerated(bargain: Bargain) -> Enumeration | None:
    """Return the possible settlements by worth, or ``None`` if they are too many to list within a minute."""
    unit, fits = _unit_of(bargain)
    if bargain.settlements * len(bargain.parties) > (_MOST_CELLS if fits else _MOST_LARGE_CELLS):
        return None
    dtype = np.int64 if fits else object
    shape = tuple(len(issue.options) for issue in bargain.issues)
    columns = [_worth_to(bargain, party, unit, shape, dtype) for party in range(len(bargain.parties))]
    kept = _possible(bargain, columns, shape, unit)
    worth = np.stack([column.ravel()[kept] for column in columns], axis=1)
    ranks = _ranks(worth)
    _, first, counts = np.unique(ranks, axis=0, return_index=True, return_counts=True)
    return Enumeration(bargain, worth[first], counts.astype(np.int64), unit)


def _unit_of(bargain: Bargain) -> tuple[Fraction, bool]:
    """Return the common unit of all worth, and whether every sum in it fits 64 bits."""
    tables = [row for table in bargain.worth for row in table] + [link.worth for link in bargain.interactions]
    caps = [cap for cap in bargain.cap if cap is not None]
    numbers = [Fraction(value) for row in (*tables, bargain.reservation_value, caps) for value in row]
    unit = Fraction(1, math.lcm(*(number.denominator for number in numbers)))
    return unit, sum((abs(number) for number in numbers), Fraction(0)) / unit < 2**61


def _whole(numbers: tuple[Any, ...], unit: Fraction, dtype: Any) -> NDArray[Any]:
    return np.array([int(Fraction(number) / unit) for number in numbers], dtype)


def _along(values: NDArray[Any], issue: int, shape: tuple[int, ...]) -> NDArray[Any]:
    """Return a vector over the options of one issue, shaped to be added to an array over all settlements."""
    return values.reshape([-1 if at == issue else 1 for at in range(len(shape))])


def _inside(box_where: Any, shape: tuple[int, ...]) -> Bools:
    inside = np.ones(shape, bool)
    for issue, options in box_where:
        listed = np.isin(np.arange(shape[issue]), options)
        inside &= np.asarray(_along(listed, issue, shape), bool)
    return inside


def _worth_to(bargain: Bargain, party: int, unit: Fraction, shape: tuple[int, ...], dtype: Any) -> NDArray[Any]:
    total = np.zeros(shape, dtype)
    for issue, table in enumerate(bargain.worth):
        total = total + _along(_whole(tuple(row[party] for row in table), unit, dtype), issue, shape)
    for link in bargain.interactions:
        total = total + _inside(link.box.where, shape) * _whole((link.worth[party],), unit, dtype)[0]
    cap = bargain.cap[party]
    return total if cap is None else np.minimum(total, _whole((cap,), unit, dtype)[0])


def _possible(bargain: Bargain, columns: list[NDArray[Any]], shape: tuple[int, ...], unit: Fraction) -> Bools:
    """Mark the settlements that break no constraint and that enough parties accept."""
    accepting = []
    for party, column in enumerate(columns):
        least = _whole((bargain.reservation_value[party],), unit, column.dtype)[0]
        accepts = np.asarray(column > least if bargain.strict[party] else column >= least, bool)
        for issue, option in bargain.red_lines[party]:
            accepts &= ~np.asarray(_along(np.arange(shape[issue]) == option, issue, shape), bool)
        accepting.append(accepts.ravel())
    kept = np.ones(accepting[0].shape, bool)
    for limit in bargain.constraints:
        kept &= ~_inside(limit.forbidden.where, shape).ravel()
    for requirement in bargain.decided_by.requirements:
        parts = [Fraction(weight) for weight in (*requirement.weights, requirement.at_least)]
        scale = math.lcm(*(part.denominator for part in parts))
        *weights, least = (int(part * scale) for part in parts)
        have = np.zeros(kept.shape, object if sum(weights) >= 2**61 else np.int64)
        for accepts, weight in zip(accepting, weights, strict=True):
            have = have + accepts * weight
        kept &= np.asarray(have >= least, bool)
    return kept


def _ranks(worth: NDArray[Any]) -> Ints:
    if worth.shape[0] == 0:
        return np.zeros(worth.shape, np.int64)
    return np.stack([np.unique(column, return_inverse=True)[1].ravel() for column in worth.T], axis=1).astype(np.int64)


def undominated(ranks: Ints) -> Ints | None:
    """Return the rows that no other row is at least as good as for every party; ``None`` after too many comparisons.

    The row with the largest sum is undominated. Take it, remove all that it covers, and repeat.
    """
    left = np.argsort(-ranks.sum(axis=1), kind="stable")
    kept, compared = [], 0
    while left.size:
        best = ranks[left[0]]
        compared += left.size * ranks.shape[1]
        if compared > _MOST_COMPARED:
            return None
        kept.append(int(left[0]))
        left = left[~(ranks[left] <= best).all(axis=1)]
    return np.array(sorted(kept), np.int64)
