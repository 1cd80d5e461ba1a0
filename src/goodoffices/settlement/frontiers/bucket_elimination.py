"""The frontier of a bargain with links between issues: eliminate issues one by one along the links.

This is multi-objective bucket elimination: for every combination of the neighbours' options an undominated list is
kept. It is exact for any links. The work grows with the largest number of neighbours at once, the width of the order.

References
----------
E. Rollón & J. Larrosa (2006). Bucket elimination for multiobjective optimization problems. Journal of Heuristics 12,
307-328. https://doi.org/10.1007/s10732-006-6726-y
"""

from __future__ import annotations

import itertools

import numpy as np
from numpy.typing import NDArray

from goodoffices.data_class import dataclass
from goodoffices.progress import Watch
from goodoffices.settlement.frontiers.integer_program import integer_programme_candidates
from goodoffices.settlement.problem.exact_dominance import Candidates, undominated
from goodoffices.settlement.problem.integer_form import Tables, allowed_options, least_worth

Ints = NDArray[np.int64]

_MOST_CELLS = 400_000
"""Up to this many combinations are kept in tables. Beyond that, integer programming is used (measured)."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Factor:
    """What boxes add on a scope: ``added[options of the scope]`` per party. Forbidden cells are not ``ok``."""

    scope: tuple[int, ...]
    added: Ints
    ok: NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Partial:
    """Undominated partial settlements: totals, the options chosen so far (0 for other issues), and ties."""

    totals: Ints
    choices: Ints
    ties: NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Message:
    """The result of eliminated issues: the partial settlements for every combination of options of ``scope``."""

    scope: tuple[int, ...]
    cells: dict[tuple[int, ...], Partial]


def elimination_order(sizes: list[int], scopes: list[tuple[int, ...]]) -> tuple[list[int], float]:
    """Return an elimination order with few open neighbours (min-fill), and the number of combinations it needs.

    Examples
    --------
    >>> elimination_order([2, 3, 4], [(0, 1)])
    ([2, 0, 1], 13.0)
    """
    around: list[set[int]] = [set() for _ in sizes]
    for scope in scopes:
        for issue in scope:
            around[issue] |= set(scope) - {issue}
    left, order, cells = set(range(len(sizes))), [], 0.0
    while left:
        issue = min(left, key=lambda one: (_fill(one, around), len(around[one]), one))
        near = around[issue]
        cells += float(np.prod([float(sizes[other]) for other in (*near, issue)]))
        for other in near:
            around[other] |= near
            around[other] -= {other, issue}
        left.remove(issue)
        order.append(issue)
    return order, cells


def _fill(issue: int, around: list[set[int]]) -> int:
    near = sorted(around[issue])
    return sum(second not in around[first] for at, first in enumerate(near) for second in near[at + 1 :])


def linked_candidates(
    tables: Tables, coalition: frozenset[int] | None, *, most: int, watch: Watch
) -> Candidates | None:
    """Return the undominated settlements that ``coalition`` accepts, or ``None`` if there are too many."""
    allowed = allowed_options(tables, coalition)
    none = Candidates(choices=np.zeros((0, tables.n_issues), np.int64), ties=np.zeros(0))
    if not all(allowed):
        return none
    scopes = [box.scope for box, _ in tables.boxes] + [limit.forbidden.scope for limit in tables.bargain.constraints]
    order, cells = elimination_order([len(options) for options in allowed], scopes)
    if cells > _MOST_CELLS:
        return integer_programme_candidates(tables, coalition, allowed, most=most, watch=watch)
    # Linked issues come first, so that the other issues are added one by one to their small frontier.
    linked = {issue for scope in scopes for issue in scope}
    order.sort(key=lambda issue: issue not in linked)
    partial = _eliminate(tables, allowed, order, most=most, watch=watch)
    if partial is None:
        return None
    least = least_worth(tables, coalition)
    enough = (np.minimum(partial.totals, tables.cap) >= least).all(axis=1)
    capped = bool(np.any(tables.cap < 2**61))
    found = Candidates(
        choices=partial.choices[enough], ties=partial.ties[enough], ties_exact=not capped and tables.is_exact
    )
    return undominated(tables, found, coalition, add_ties=True)


def _factors(tables: Tables, sizes: list[int]) -> list[Factor]:
    """Return the boxes as tables, one per scope."""
    by_scope: dict[tuple[int, ...], Factor] = {}
    n = tables.n_parties
    boxes = [(box, worth, True) for box, worth in tables.boxes]
    boxes += [(limit.forbidden, np.zeros(n, np.int64), False) for limit in tables.bargain.constraints]
    for box, worth, is_allowed in boxes:
        shape = tuple(sizes[issue] for issue in box.scope)
        factor = by_scope.setdefault(
            box.scope, Factor(scope=box.scope, added=np.zeros((*shape, n), np.int64), ok=np.ones(shape, bool))
        )
        inside = np.ix_(*[list(options) for _, options in box.where])
        factor.added[inside] += worth
        if not is_allowed:
            factor.ok[inside] = False
    return list(by_scope.values())


def _eliminate(
    tables: Tables, allowed: list[list[int]], order: list[int], *, most: int, watch: Watch
) -> Partial | None:
    sizes = [len(issue.options) for issue in tables.bargain.issues]
    waiting: list[Factor | Message] = list(_factors(tables, sizes))
    whole = Partial(
        totals=np.zeros((1, tables.n_parties), np.int64),
        choices=np.zeros((1, tables.n_issues), np.int64),
        ties=np.ones(1),
    )
    free = [item for item in waiting if isinstance(item, Factor) and not item.scope]
    if not all(item.ok for item in free):
        return _none_of(whole)
    added = sum((item.added for item in free), np.zeros_like(whole.totals))
    whole = Partial(totals=whole.totals + added, choices=whole.choices, ties=whole.ties)
    for done, issue in enumerate(order):
        mine = [item for item in waiting if issue in item.scope]
        waiting = [item for item in waiting if item.scope and issue not in item.scope]
        scope = tuple(sorted({other for item in mine for other in item.scope} - {issue}))
        cells = {}
        for options in itertools.product(*(allowed[other] for other in scope)):
            partial = _cell(tables, issue, allowed[issue], mine, dict(zip(scope, options, strict=True)))
            if partial is not None:
                cells[options] = partial
        if not cells:
            return _none_of(whole)
        if scope:
            waiting.append(Message(scope=scope, cells=cells))
        else:
            whole = _sum(whole, cells[()])
        if whole.ties.shape[0] > most or watch.is_over:
            return None
        watch.tell("eliminating issues", (done + 1) / len(order))
    return whole


def _none_of(partial: Partial) -> Partial:
    return Partial(totals=partial.totals[:0], choices=partial.choices[:0], ties=partial.ties[:0])


def _cell(
    tables: Tables, issue: int, options: list[int], items: list[Factor | Message], around: dict[int, int]
) -> Partial | None:
    """Return the undominated ways to settle ``issue`` and those that depend on it, given the neighbours' options."""
    own = _own(tables, issue, options, [item for item in items if isinstance(item, Factor)], around)
    hanging = [item for item in items if isinstance(item, Message)]
    ways = [own] if own.ties.shape[0] else []
    if hanging:
        every = range(own.ties.shape[0])
        ways = [way for row in every if (way := _with_parts(own, row, issue, hanging, around)) is not None]
    if not ways:
        return None
    whole = ways[0] if len(ways) == 1 else _joined(ways)
    if whole.ties.shape[0] == 1 or (hanging and len(ways) == 1):
        return whole
    rows, ties = _kept(whole.totals, whole.ties)
    return Partial(totals=whole.totals[rows], choices=whole.choices[rows], ties=ties)


def _own(tables: Tables, issue: int, options: list[int], factors: list[Factor], around: dict[int, int]) -> Partial:
    """Return the worth of every allowed option of ``issue``, given its neighbours' options."""
    column = np.array(options, np.int64)
    totals, ok = tables.rows[tables.offsets[issue] + column], np.ones(column.shape[0], bool)
    for factor in factors:
        at = tuple(column if other == issue else around[other] for other in factor.scope)
        totals = totals + factor.added[at]
        ok &= factor.ok[at]
    choices = np.zeros((column.shape[0], tables.n_issues), np.int64)
    choices[:, issue] = column
    return Partial(totals=totals[ok], choices=choices[ok], ties=np.ones(int(ok.sum())))


def _joined(parts: list[Partial]) -> Partial:
    return Partial(
        totals=np.concatenate([part.totals for part in parts]),
        choices=np.concatenate([part.choices for part in parts]),
        ties=np.concatenate([part.ties for part in parts]),
    )


def _with_parts(own: Partial, row: int, issue: int, hanging: list[Message], around: dict[int, int]) -> Partial | None:
    """Add the issues that depend on ``issue`` to one of its options; ``None`` if one of them cannot be settled then."""
    option = int(own.choices[row, issue])
    whole = None
    for message in hanging:
        part = message.cells.get(tuple([option if other == issue else around[other] for other in message.scope]))
        if part is None:
            return None
        whole = part if whole is None else _sum(whole, part)
    if whole is None:
        return None
    return Partial(totals=whole.totals + own.totals[row], choices=whole.choices + own.choices[row], ties=whole.ties)


def _sum(first: Partial, second: Partial) -> Partial:
    """Return the undominated sums of two lists about different issues."""
    if first.ties.shape[0] == 1 or second.ties.shape[0] == 1:
        return Partial(
            totals=first.totals + second.totals,
            choices=first.choices + second.choices,
            ties=first.ties * second.ties,
        )
    totals = (first.totals[:, None, :] + second.totals[None, :, :]).reshape(-1, first.totals.shape[1])
    ties = (first.ties[:, None] * second.ties[None, :]).ravel()
    rows, joined = _kept(totals, ties)
    one, other = np.divmod(rows, second.ties.shape[0])
    return Partial(totals=totals[rows], choices=first.choices[one] + second.choices[other], ties=joined)


def _kept(totals: Ints, ties: NDArray[np.float64]) -> tuple[Ints, NDArray[np.float64]]:
    """Return the numbers of the undominated rows (of equal ones only the first), and the sums of their ties."""
    from goodoffices.settlement.kernels.pareto import kept_with_ties

    return kept_with_ties(totals, np.lexsort(totals.T[::-1])[::-1], ties)
