"""Enumerate small bargains with plain array operations, so that no kernels need to be compiled or loaded.

A first bargain is usually this small. Compiling the kernels for it would take half a minute.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from goodoffices.settlement.problem.exact_dominance import Candidates
from goodoffices.settlement.problem.integer_form import Tables, allowed_options, least_worth

Ints = NDArray[np.int64]

FEW = 131_072
"""Bargains up to this many settlements are enumerated."""

_MOST_CELLS = 40_000_000
"""The largest number of comparisons. Beyond it the kernels are quicker, even if they must be loaded first."""


def enumerated_totals(tables: Tables) -> tuple[Ints, Ints]:
    """Return every settlement's worth, before caps, and the parties (as bits) whose red lines it does not cross."""
    n = tables.n_parties
    totals, open_to = np.zeros((1, n), np.int64), np.full(1, (1 << n) - 1, np.int64)
    for issue in range(tables.n_issues):
        rows = tables.rows[tables.offsets[issue] : tables.offsets[issue + 1]]
        crossed = np.zeros(rows.shape[0], np.int64)
        for party, lines in enumerate(tables.bargain.red_lines):
            for option in (option for at, option in lines if at == issue):
                crossed[option] |= 1 << party
        totals = (totals[:, None, :] + rows[None, :, :]).reshape(-1, n)
        open_to = (open_to[:, None] & ~crossed[None, :]).ravel()
    return totals, open_to


def enumerated_candidates(tables: Tables, coalition: frozenset[int] | None) -> Candidates | None:
    """Return the undominated settlements that ``coalition`` accepts, or ``None`` if this method is not applicable.

    It is not applicable to bargains with links or rounded numbers, too many settlements, or too large a frontier.
    """
    if not (tables.is_additive and tables.is_exact) or tables.bargain.settlements > FEW:
        return None
    allowed = allowed_options(tables, coalition)
    n = tables.n_parties
    totals, places = np.zeros((1, n), np.int64), np.zeros(1, np.int64)
    for issue, options in enumerate(allowed):
        kept = np.array(options, np.int64)
        totals = (totals[:, None, :] + tables.rows[tables.offsets[issue] + kept][None, :, :]).reshape(-1, n)
        size = int(tables.offsets[issue + 1] - tables.offsets[issue])
        places = (places[:, None] * size + kept[None, :]).ravel()
    totals = np.minimum(totals, tables.cap)
    enough = (totals >= least_worth(tables, coalition)).all(axis=1)
    totals, places = totals[enough], places[enough]
    found = undominated_rows(totals, most=_MOST_CELLS)
    if found is None:
        return None
    rows, ties = found
    choices = np.array(np.unravel_index(places[rows], tuple(np.diff(tables.offsets).tolist())), np.int64)
    return Candidates(choices=np.ascontiguousarray(choices.T), ties=ties.astype(np.float64))


def undominated_rows(values: Ints, *, most: int) -> tuple[Ints, Ints] | None:
    """Return one row per undominated vector and how often it occurs; ``None`` after ``most`` comparisons.

    The row with the largest sum of ranks is undominated. The rows that it covers are removed, and so on until none are
    left.
    """
    if values.shape[0] == 0:
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    ranks = [np.unique(column, return_inverse=True)[1].ravel() for column in values.T]
    left = np.argsort(-np.sum(ranks, axis=0), kind="stable")
    columns = np.ascontiguousarray(values[left].T)
    rows, ties, done = [], [], 0
    while left.size:
        done += columns.size
        if done > most:
            return None
        covered = np.ones(left.size, bool)
        equal = np.ones(left.size, bool)
        for column in columns:
            covered &= column <= column[0]
            equal &= column == column[0]
        rows.append(int(left[0]))
        ties.append(int(equal.sum()))
        left, columns = left[~covered], np.ascontiguousarray(columns[:, ~covered])
    order = np.lexsort(-values[rows].T[::-1])
    return np.array(rows, np.int64)[order], np.array(ties, np.int64)[order]
