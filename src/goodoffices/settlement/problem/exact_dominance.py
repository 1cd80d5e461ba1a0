"""Compare settlements exactly, in unbounded integers, with caps and reservation values applied."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from goodoffices.data_class import dataclass
from goodoffices.settlement.problem.integer_form import Tables

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Candidates:
    """Settlements (rows of option numbers), with the number of settlements that have the same worth as each.

    ``totals`` is their worth in the tables' whole numbers, after caps; ``None`` if it is not known exactly.
    """

    choices: Ints
    ties: NDArray[np.float64]
    ties_exact: bool = True
    totals: Ints | None = None


def exact_totals(tables: Tables, choices: Ints) -> tuple[NDArray[Any], tuple[Fraction, ...]]:
    """Return the exact worth of the settlements per party, after caps, as integers, and the unit of each party.

    The array has 64-bit integers if they are exact, and Python integers if the tables were rounded.
    """
    if tables.is_exact:
        return np.minimum(tables.totals(choices), tables.cap), tables.unit
    bargain = tables.bargain
    columns, units = [], []
    for party in range(tables.n_parties):
        parts = [Fraction(row[party]) for table in bargain.worth for row in table]
        extra = [Fraction(link.worth[party]) for link in bargain.interactions]
        cap = bargain.cap[party]
        ends = [] if cap is None else [Fraction(cap)]
        scale = math.lcm(*(part.denominator for part in parts + extra + ends))
        whole = np.array([int(part * scale) for part in parts] + [0], object)[:-1]
        total = whole[tables.offsets[:-1] + choices].sum(axis=1)
        for (box, _), added in zip(tables.boxes, extra, strict=True):
            inside = np.ones(choices.shape[0], bool)
            for issue, options in box.where:
                inside &= np.isin(choices[:, issue], options)
            total = total + np.where(inside, int(added * scale), 0)
        columns.append(np.minimum(total, int(Fraction(cap) * scale)) if cap is not None else total)
        units.append(Fraction(1, scale))
    return np.stack(columns, axis=1), tuple(units)


def accepted_rows(tables: Tables, totals: NDArray[Any], unit: tuple[Fraction, ...], party: int) -> NDArray[np.bool_]:
    """Mark the settlements whose exact total is enough for ``party``. Red lines are not checked."""
    bound = Fraction(tables.bargain.reservation_value[party]) / unit[party]
    column = totals[:, party]
    if tables.bargain.strict[party]:
        return np.asarray(column > math.floor(bound), bool)
    return np.asarray(column >= math.ceil(bound), bool)


def ranks(totals: NDArray[Any]) -> Ints:
    """Return ``totals`` as ranks: whole numbers in the same order per column, small enough for the kernels."""
    if totals.dtype == np.int64:
        return np.ascontiguousarray(totals)
    columns = [np.unique(totals[:, column], return_inverse=True)[1] for column in range(totals.shape[1])]
    return np.ascontiguousarray(np.stack(columns, axis=1).astype(np.int64))


def undominated(tables: Tables, found: Candidates, coalition: frozenset[int] | None, *, add_ties: bool) -> Candidates:
    """Return the candidates that ``coalition`` accepts and no other candidate dominates. Equal ones are joined.

    With ``add_ties``, joined candidates stand for different settlements and their ties are added. Without it, the
    largest number of ties is used.
    """
    if found.choices.shape[0] == 0:
        return found
    totals, unit = exact_totals(tables, found.choices)
    enough = np.ones(totals.shape[0], bool)
    for party in coalition or ():
        enough &= accepted_rows(tables, totals, unit, party)
    choices, ties = found.choices[enough], found.ties[enough]
    if choices.shape[0] == 0:
        return Candidates(choices=choices, ties=ties)
    from goodoffices.settlement.kernels.pareto import undominated_sorted

    values = ranks(totals[enough])
    order = np.lexsort(-values.T[::-1])
    keep = undominated_sorted(values, order)
    changed = np.ones(order.shape[0], bool)
    changed[1:] = (values[order][1:] != values[order][:-1]).any(axis=1)
    begins = np.flatnonzero(changed)
    join = np.add if add_ties else np.maximum
    joined = join.reduceat(ties[order], begins)
    return Candidates(choices=choices[order[keep]], ties=joined[keep[begins]], ties_exact=found.ties_exact)
