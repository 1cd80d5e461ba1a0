"""Integer programming for bargains whose links are too dense to eliminate: one programme per frontier point, proven.

The solver is HiGHS, through SciPy. It works in floating point, so every settlement is evaluated again in whole numbers,
and every bound is rounded outwards to the next whole number. This is safe while totals are below 10**9.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
from numpy.typing import NDArray

from goodoffices.data_class import dataclass
from goodoffices.errors import ScenarioError
from goodoffices.progress import Watch
from goodoffices.settlement.problem.exact_dominance import Candidates, undominated
from goodoffices.settlement.problem.integer_form import Tables, least_worth

Ints = NDArray[np.int64]


Floats = NDArray[np.float64]


_LARGEST = 10**9


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Programme:
    """One 0/1 variable per option and one per box; ``worth`` maps variables to the parties' totals."""

    worth: Any
    rows: Any
    lower: Floats
    upper: Floats
    top: Floats
    n_options: int


class _Rows:
    """Constraint rows that are being collected."""

    def __init__(self) -> None:
        self.at: list[tuple[int, int, float]] = []
        self.lower: list[float] = []
        self.upper: list[float] = []

    def add(self, terms: dict[int, float], lower: float, upper: float) -> None:
        """Add ``lower <= terms <= upper``."""
        self.at += [(len(self.lower), column, value) for column, value in terms.items()]
        self.lower.append(lower)
        self.upper.append(upper)


def programme(tables: Tables, allowed: list[list[int]]) -> Programme:
    """Write the bargain as linear rows over 0/1 variables.

    A box that adds worth is at most each of its sides. A box that takes worth away must be 1 if all its sides are
    chosen. A box that does both, to different parties, gets both rows.
    """
    from scipy.sparse import coo_array

    n_options = int(tables.offsets[-1])
    top = np.zeros(n_options + len(tables.boxes))
    gathered = _Rows()
    for issue, options in enumerate(allowed):
        columns = [int(tables.offsets[issue]) + option for option in options]
        top[columns] = 1.0
        gathered.add(dict.fromkeys(columns, 1.0), 1.0, 1.0)
    for number, (box, worth) in enumerate(tables.boxes):
        column = n_options + number
        top[column] = 1.0
        sides = [_side(tables, issue, options) for issue, options in box.where]
        if np.any(worth > 0):
            for side in sides:
                gathered.add(side | {column: -1.0}, 0.0, np.inf)
        if np.any(worth < 0):
            gathered.add(_joined(sides) | {column: -1.0}, -np.inf, len(sides) - 1.0)
    for limit in tables.bargain.constraints:
        sides = [_side(tables, issue, options) for issue, options in limit.forbidden.where]
        gathered.add(_joined(sides), -np.inf, len(sides) - 1.0)
    worth_rows = np.concatenate([tables.rows, *[worth[None, :] for _, worth in tables.boxes]]).astype(float)
    row, column_index, value = zip(*gathered.at, strict=True)
    return Programme(
        worth=worth_rows.T,
        rows=coo_array((value, (row, column_index)), shape=(len(gathered.lower), top.shape[0])).tocsr(),
        lower=np.array(gathered.lower),
        upper=np.array(gathered.upper),
        top=top,
        n_options=n_options,
    )


def _side(tables: Tables, issue: int, options: tuple[int, ...]) -> dict[int, float]:
    return {int(tables.offsets[issue]) + option: 1.0 for option in options}


def _joined(sides: list[dict[int, float]]) -> dict[int, float]:
    return {column: value for side in sides for column, value in side.items()}


def best_settlement(
    model: Programme, tables: Tables, weights: Floats, least: Floats, watch: Watch
) -> tuple[Ints | None, float, bool]:
    """Return the settlement with the largest weighted worth that reaches ``least``, its bound, and if it is proven.

    The settlement is ``None`` if none exists (proven), or if none was found in time (not proven).
    """
    from scipy.optimize import Bounds, LinearConstraint, milp

    bounded = np.isfinite(least)
    constraints = [LinearConstraint(model.rows, model.lower, model.upper)]
    if bounded.any():
        constraints.append(LinearConstraint(model.worth[bounded], least[bounded], np.inf))
    integrality = np.ones(model.top.shape[0])
    integrality[model.n_options :] = 0.0  # the variable of a box is a whole number if those of the options are
    options: dict[str, float] = {"mip_rel_gap": 0.0}
    if watch.time_limit is not None:
        options["time_limit"] = max(watch.left, 0.01)
    with quiet_stdout():
        done = milp(
            -(weights @ model.worth),
            integrality=integrality,
            bounds=Bounds(np.zeros(model.top.shape[0]), model.top),
            constraints=constraints,
            options=options,
        )
    if done.x is None:
        return None, float("inf"), done.status == 2
    chosen = np.array(
        [int(np.argmax(done.x[a:b])) for a, b in zip(tables.offsets[:-1], tables.offsets[1:], strict=True)]
    )
    return chosen, -float(done.mip_dual_bound), done.status == 0


def integer_programme_candidates(
    tables: Tables, coalition: frozenset[int] | None, allowed: list[list[int]], *, most: int, watch: Watch
) -> Candidates | None:
    """Return the frontier of one or two parties point by point: the best for one party, given more for the other.

    References
    ----------
    Y. Y. Haimes, L. S. Lasdon & D. A. Wismer (1971). On a bicriterion formulation of the problems of integrated system
    identification and system optimization. IEEE Transactions on Systems, Man, and Cybernetics 1(3), 296-297.
    """
    if tables.n_parties > 2:
        return None
    largest = int(np.abs(tables.rows).sum()) + sum(int(np.abs(worth).max()) for _, worth in tables.boxes)
    if largest > _LARGEST:
        raise ScenarioError(
            f"the links are too dense for exact elimination, and integer programming needs totals below {_LARGEST}; "
            f"here they reach {largest}. Round the worth to fewer digits"
        )
    least = least_worth(tables, coalition)
    model = programme(tables, allowed)
    found = _points(model, tables, np.maximum(least, -2 * _LARGEST).astype(float), most=most, watch=watch)
    if found is None:
        return None
    choices = np.array(found, np.int64).reshape(-1, tables.n_issues)
    whole = Candidates(choices=choices, ties=np.ones(choices.shape[0]), ties_exact=False)
    return undominated(tables, whole, coalition, add_ties=False)


def _points(model: Programme, tables: Tables, least: Floats, *, most: int, watch: Watch) -> list[Ints] | None:
    """Walk along the frontier. Each step asks for more for the last party than at the point before."""
    found: list[Ints] = []
    weights = np.eye(tables.n_parties)[0]
    asked = least.copy()
    while len(found) <= most and not watch.is_over:
        first, _, proven = best_settlement(model, tables, weights, asked, watch)
        if first is None:
            return found if proven else None
        kept = asked.copy()
        kept[0] = tables.totals(first[None, :])[0, 0]
        best = first
        if tables.n_parties == 2:
            second, _, refined = best_settlement(model, tables, np.array([0.0, 1.0]), kept, watch)
            proven = proven and refined and second is not None
            best = first if second is None else second
        if not proven:
            return None
        found.append(best)
        asked[-1] = tables.totals(best[None, :])[0, -1] + 1
        watch.tell("frontier points", len(found) / (len(found) + 10))
        if tables.n_parties == 1:
            return found
    return None


@contextmanager
def quiet_stdout() -> Iterator[None]:
    """Discard what native code prints to standard output during a call.

    Some releases of HiGHS always print a line of debugging, which must not get into the output of ``--json``.
    """
    sys.stdout.flush()
    kept = os.dup(1)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 1)
        yield
    finally:
        os.dup2(kept, 1)
        os.close(nowhere)
        os.close(kept)
