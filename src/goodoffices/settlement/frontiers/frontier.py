"""The Pareto frontier: every settlement that no possible settlement dominates."""

from __future__ import annotations

from typing import Literal

import numpy as np

from goodoffices.bargain import Bargain
from goodoffices.progress import Progress, Watch
from goodoffices.settlement.frontiers.additive import additive_candidates
from goodoffices.settlement.frontiers.bucket_elimination import linked_candidates
from goodoffices.settlement.frontiers.weighted_sums import nothing_of, supported_points
from goodoffices.settlement.problem.argument_checks import check_count, check_word
from goodoffices.settlement.problem.enumeration import enumerated_candidates
from goodoffices.settlement.problem.exact_dominance import Candidates, undominated
from goodoffices.settlement.problem.integer_form import Tables, minimal_coalitions, prepare
from goodoffices.settlement.results import Frontier, Note, Status

MOST_POINTS = 1_000_000
"""The largest frontier that is computed. Beyond it, only proven members are returned."""

Among = Literal["possible", "all"]

_LISTED = 100_000
"""A frontier up to this size is listed for a reader."""

DEFINITION = "settlements that no possible settlement makes better for one party and worse for none"
REFERENCE = "V. Pareto (1906), Manuale di economia politica, chapter 6"


def frontier(
    bargain: Bargain,
    *,
    among: Among = "possible",
    most: int = MOST_POINTS,
    time_limit: float | None = None,
    progress: Progress | None = None,
) -> Frontier:
    """Return every settlement that no possible settlement dominates.

    Parameters
    ----------
    among
        ``"possible"``: settlements that break no constraint and that enough parties accept under the rule. ``"all"``:
        reservation values, red lines and the rule are left out; constraints still hold.
    most
        The largest number of points, also in between.
    time_limit
        Seconds.

    Returns
    -------
    Frontier
        *proven* if it is complete; *infeasible* if nothing is possible; *bounded* if it was too large or the time limit
        was reached: then every point is proven to be on the frontier, but others may be missing.

    References
    ----------
    Merging issue by issue is dynamic programming over Minkowski sums; the divide and conquer is H. T. Kung, F. Luccio &
    F. P. Preparata (1975), Journal of the ACM 22(4), 469-476.
    """
    check_word("among", among, ("possible", "all"))
    check_count("the largest number of points", most)
    watch = Watch(time_limit=time_limit, progress=progress)
    return frontier_of(prepare(bargain), among=among, most=most, watch=watch)


def frontier_of(tables: Tables, *, among: Among, most: int, watch: Watch, members: bool = True) -> Frontier:
    """Return the frontier, as :func:`frontier` does, of tables that are prepared already.

    Without ``members``, an empty frontier is returned if it is too large.
    """
    coalitions: list[frozenset[int] | None] = [None]
    if among == "possible":
        coalitions = list(minimal_coalitions(tables.bargain.decided_by, tables.n_parties))
    parts = []
    for number, coalition in enumerate(coalitions):
        part = candidates(tables, coalition, most=most, watch=watch)
        if part is None:
            found = supported_points(tables, coalitions) if members else nothing_of(tables)
            return _answer(tables, found, among, Status.BOUNDED, watch)
        parts.append(part)
        watch.tell("coalitions", (number + 1) / len(coalitions))
    found = parts[0] if len(parts) == 1 else _united(tables, parts)
    status = Status.PROVEN if found.choices.shape[0] else Status.INFEASIBLE
    return _answer(tables, found, among, status, watch)


def no_frontier(tables: Tables, watch: Watch) -> Frontier:
    """Return a frontier of which no point is known, where none was looked for."""
    return _answer(tables, nothing_of(tables), "possible", Status.BOUNDED, watch)


def whole_frontier(tables: Tables, points: Frontier, watch: Watch) -> Frontier:
    """Return the frontier to list: the one used for solving if it was complete, else a longer attempt."""
    if points.status is not Status.BOUNDED:
        return points
    return frontier_of(tables, among="possible", most=_LISTED, watch=watch)


def candidates(tables: Tables, coalition: frozenset[int] | None, *, most: int, watch: Watch) -> Candidates | None:
    """Return the undominated settlements that one coalition accepts, by the method that suits the bargain."""
    few = enumerated_candidates(tables, coalition)
    if few is not None:
        return few if few.ties.size <= max(most, 1) else None
    if tables.is_additive:
        return additive_candidates(tables, coalition, most=most, watch=watch)
    return linked_candidates(tables, coalition, most=most, watch=watch)


def _united(tables: Tables, parts: list[Candidates]) -> Candidates:
    red_lines = any(tables.bargain.red_lines)
    whole = Candidates(
        choices=np.concatenate([part.choices for part in parts]),
        ties=np.concatenate([part.ties for part in parts]),
        ties_exact=all(part.ties_exact for part in parts) and not red_lines,
    )
    return undominated(tables, whole, None, add_ties=False)


def _answer(tables: Tables, found: Candidates, among: Among, status: Status, watch: Watch) -> Frontier:
    warnings = list(tables.bargain.assumptions)
    if status is Status.BOUNDED:
        warnings.append("the frontier is too large to list in the time and space given; every point shown is on it")
    if not tables.is_exact:
        warnings.append("sums were rounded while merging; the points listed are compared exactly")
    note = Note(
        method="merging issue by issue" if tables.is_additive else "elimination of issues along their links",
        arithmetic=tables.arithmetic,
        definition=DEFINITION if among == "possible" else DEFINITION.replace("possible ", ""),
        reference=REFERENCE,
        seconds=watch.seconds,
        warnings=tuple(warnings),
    )
    return Frontier(
        bargain=tables.bargain,
        status=status,
        choices=found.choices,
        worth=tables.points(tables.totals(found.choices) if found.totals is None else found.totals),
        ties=found.ties,
        ties_exact=found.ties_exact,
        among=among,
        note=note,
        totals=found.totals,
    )
