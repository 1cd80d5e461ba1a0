"""Find the smallest changes by integer programming, with one variable for everything that can be given up."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from goodoffices.data_class import dataclass
from goodoffices.progress import Watch
from goodoffices.settlement.frontiers.integer_program import programme, quiet_stdout
from goodoffices.settlement.problem.integer_form import NO_LIMIT, Tables, least_worth, minimal_coalitions

Floats = NDArray[np.float64]
Found = tuple[tuple[int, ...], frozenset[int]]

_MOST_COALITIONS = 200


class _Lifting:
    """The integer programme of one coalition: options, boxes, a 0/1 variable per change, a lowering per party."""

    def __init__(self, tables: Tables, coalition: frozenset[int]) -> None:
        bargain = tables.bargain
        free = [list(range(len(issue.options))) for issue in bargain.issues]
        open_tables = replace(tables, bargain=replace(bargain, constraints=()))
        self.tables, self.coalition = tables, coalition
        self.model = programme(open_tables, free)
        self.parties = sorted(coalition)
        lines = [(party, pair) for party in self.parties for pair in sorted(bargain.red_lines[party])]
        self.n_base = self.model.top.shape[0]
        self.n_changes = len(self.parties) + len(lines) + len(bargain.constraints)
        n = len(self.parties)
        self.width = self.n_base + self.n_changes + n
        uncapped = replace(tables, cap=np.full_like(tables.cap, NO_LIMIT))
        least = least_worth(uncapped, coalition)[self.parties].astype(float)
        spread = np.maximum(np.abs(self.model.worth).sum(axis=1), 1.0)
        # On this scale worth and least worth are between -1 and 1, so a lowering of 2 is always enough.
        self.scale = np.maximum(spread[self.parties], np.abs(least))
        self.rows: list[Floats] = []
        self.lower: list[float] = []
        self._add_parties(least)
        self._add_red_lines(lines)
        self._add_constraints(n + len(lines))

    def _add(self, row: Floats, lower: float) -> None:
        self.rows.append(row)
        self.lower.append(lower)

    def _add_parties(self, least: Floats) -> None:
        """Require each party's least worth minus its lowering, which is 0 unless that change is made."""
        for place, party in enumerate(self.parties):
            row = np.zeros(self.width)
            row[: self.n_base] = self.model.worth[party] / self.scale[place]
            row[self.n_base + self.n_changes + place] = 1.0
            self._add(row, float(least[place] / self.scale[place]))
            tied = np.zeros(self.width)
            tied[self.n_base + place] = 3.0
            tied[self.n_base + self.n_changes + place] = -1.0
            self._add(tied, 0.0)
            if self.tables.cap[party] < least[place]:  # no settlement is worth enough
                short = np.zeros(self.width)
                short[self.n_base + self.n_changes + place] = 1.0
                self._add(short, float((least[place] - self.tables.cap[party]) / self.scale[place]))

    def _add_red_lines(self, lines: list[tuple[int, tuple[int, int]]]) -> None:
        """Allow an option beyond a red line only if that red line is lifted."""
        for number, (_, (issue, option)) in enumerate(lines):
            row = np.zeros(self.width)
            row[self.n_base + len(self.parties) + number] = 1.0
            row[int(self.tables.offsets[issue]) + option] = -1.0
            self._add(row, 0.0)

    def _add_constraints(self, begin: int) -> None:
        """Allow what is inside a forbidden box only if its constraint is dropped."""
        for number, limit in enumerate(self.tables.bargain.constraints):
            row = np.zeros(self.width)
            for issue, options in limit.forbidden.where:
                row[int(self.tables.offsets[issue]) + np.array(options)] = -1.0
            row[self.n_base + begin + number] = 1.0
            self._add(row, 1.0 - len(limit.forbidden.where))

    @property
    def counts(self) -> Floats:
        """The cost of one for each change."""
        cost = np.zeros(self.width)
        cost[self.n_base : self.n_base + self.n_changes] = 1.0
        return cost

    @property
    def amounts(self) -> Floats:
        """The cost of each lowering on its party's own scale, whatever points that party uses."""
        cost = np.zeros(self.width)
        cost[self.n_base + self.n_changes :] = 1.0
        return cost

    def solve(self, cost: Floats, forbid: bool, watch: Watch, within: Floats | None = None) -> Floats | None:
        """Return the settlement and changes with the least cost.

        With ``forbid``, red lines and constraints stay. ``within`` is a solution; only its changes may be made.
        """
        from scipy.optimize import Bounds, LinearConstraint, milp
        from scipy.sparse import csr_array, hstack

        padded = hstack([self.model.rows, csr_array((self.model.rows.shape[0], self.width - self.n_base))])
        constraints: list[Any] = [
            LinearConstraint(padded, self.model.lower, self.model.upper),
        ]
        if self.rows:
            constraints.append(LinearConstraint(np.array(self.rows), np.array(self.lower), np.inf))
        top = np.concatenate([self.model.top, np.ones(self.n_changes), np.full(len(self.parties), 3.0)])
        if forbid:
            top[self.n_base + len(self.parties) : self.n_base + self.n_changes] = 0.0
        if within is not None:
            made = slice(self.n_base, self.n_base + self.n_changes)
            top[made] = np.round(within[made])
        whole = np.ones(self.width)
        whole[self.model.n_options : self.n_base] = 0.0
        whole[self.n_base + self.n_changes :] = 0.0
        options = {"mip_rel_gap": 0.0} | ({} if watch.time_limit is None else {"time_limit": max(watch.left, 0.01)})
        with quiet_stdout():
            done = milp(
                cost,
                integrality=whole,
                bounds=Bounds(np.zeros(self.width), top),
                constraints=constraints,
                options=options,
            )
        return None if done.x is None or done.status != 0 else np.asarray(done.x)

    def settlement(self, solved: NDArray[Any]) -> tuple[int, ...]:
        """Return the settlement of a solution."""
        offsets = self.tables.offsets
        return tuple(int(np.argmax(solved[a:b])) for a, b in pairwise(offsets.tolist()))

    def exclude(self, solved: NDArray[Any]) -> bool:
        """Exclude solutions that make all the changes of this one again. Return whether it made any."""
        made = np.flatnonzero(solved[self.n_base : self.n_base + self.n_changes] > 0.5)
        row = np.zeros(self.width)
        row[self.n_base + made] = -1.0
        self.rows.append(row)
        self.lower.append(1.0 - made.size)
        return made.size > 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Lifted:
    """Settlements opened by smallest changes, each with the parties that settle.

    ``is_free``: no change at all is needed. ``is_decided``: whether any is needed is known.
    """

    found: tuple[Found, ...]
    is_free: bool
    is_decided: bool


def lift_by_programme(tables: Tables, limit: int, watch: Watch) -> Lifted:
    """Return settlements opened by smallest changes, one for each smallest set of things to give up.

    Each party's lowering is measured on its own scale, so that another choice of points gives the same answer.
    """
    coalitions = minimal_coalitions(tables.bargain.decided_by, tables.n_parties)
    found: list[Found] = []
    is_free, is_decided = False, len(coalitions) <= _MOST_COALITIONS
    for coalition in coalitions[:_MOST_COALITIONS]:
        lifting = _Lifting(tables, coalition)
        lowest = lifting.solve(lifting.amounts, True, watch)
        if lowest is not None:
            found.append((lifting.settlement(lowest), coalition))
        first = lifting.solve(lifting.counts, False, watch)
        is_decided &= first is not None
        is_free |= first is not None and _add_sets(lifting, first, found, limit, watch)
    return Lifted(found=tuple(found), is_free=is_free, is_decided=is_decided or is_free)


def _add_sets(lifting: _Lifting, first: Floats, found: list[Found], limit: int, watch: Watch) -> bool:
    """Add a settlement for every smallest set of changes. Return whether no change at all is needed."""
    solved: Floats | None = first
    while solved is not None:
        lowest = lifting.solve(lifting.amounts, False, watch, within=solved)
        found.append((lifting.settlement(solved if lowest is None else lowest), lifting.coalition))
        watch.tell("sets of changes", min(len(found) / limit, 1.0))
        if not lifting.exclude(solved):
            return True
        over = len(found) >= limit or watch.is_over
        solved = None if over else lifting.solve(lifting.counts, False, watch)
    return False
