"""Gains over having no agreement, in one exact unit for all parties."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from goodoffices.data_class import dataclass
from goodoffices.settlement.problem.exact_dominance import exact_totals
from goodoffices.settlement.problem.integer_form import Tables


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Gains:
    """(settlements, parties) whole numbers. Each times ``unit`` is a gain. They are 64-bit if that is enough."""

    values: NDArray[Any]
    unit: Fraction

    @property
    def approximate(self) -> NDArray[np.float64]:
        """Return the gains as floats."""
        if self.values.dtype == np.int64:
            return np.asarray(self.values.astype(np.float64) * float(self.unit), np.float64)
        # Python divides whole numbers of any size without making floats of them first.
        return np.asarray(self.values * self.unit.numerator / self.unit.denominator, np.float64)


def logarithms(values: NDArray[Any]) -> NDArray[np.float64]:
    """Return the logarithms of positive whole numbers, also of those beyond the largest float."""
    if values.dtype == np.int64:
        return np.asarray(np.log(values.astype(np.float64)), np.float64)
    return np.array([math.log(value) for value in values.ravel()], np.float64).reshape(values.shape)


def gains_of(tables: Tables, choices: NDArray[np.int64], totals: NDArray[np.int64] | None = None) -> Gains:
    """Return the exact gains of settlements, given as rows of option numbers. ``totals`` is their worth, if known."""
    totals, units = exact_totals(tables, choices) if totals is None else (totals, tables.unit)
    least = [Fraction(value) for value in tables.bargain.reservation_value]
    scale = math.lcm(*(unit.denominator for unit in units), *(value.denominator for value in least))
    factors = [int(unit * scale) for unit in units]
    shifts = [int(value * scale) for value in least]
    largest = max((int(abs(column).max()) for column in totals.T), default=0) if totals.shape[0] else 0
    if largest * max(factors) + max(abs(shift) for shift in shifts) < 2**62:
        values = totals.astype(np.int64) * np.array(factors, np.int64) - np.array(shifts, np.int64)
    else:
        values = totals.astype(object) * np.array(factors, object) - np.array(shifts, object)
    return Gains(values=values, unit=Fraction(1, scale))
