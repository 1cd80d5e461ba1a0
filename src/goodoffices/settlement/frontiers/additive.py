"""The frontier of a bargain whose worth is a plain sum over issues."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from goodoffices.data_class import dataclass
from goodoffices.progress import Watch
from goodoffices.settlement.problem.exact_dominance import Candidates, undominated
from goodoffices.settlement.problem.integer_form import NO_LIMIT, Tables, allowed_options, least_worth

Ints = NDArray[np.int64]

_AT_ONCE = 20_000
"""A larger frontier is merged one issue at a time, so that progress is shown and the time limit is kept."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Merge:
    """The issues in merging order with their useful options, and what sums must reach after each issue."""

    order: Ints
    rows: Ints
    options: Ints
    offsets: Ints
    need: Ints


def plan(tables: Tables, coalition: frozenset[int] | None, least: Ints) -> Merge | None:
    """Return how to merge, or ``None`` if ``coalition`` cannot reach its least worth or an issue has no option left."""
    from goodoffices.settlement.kernels.options import useful_options

    allowed = np.zeros(tables.rows.shape[0], bool)
    if any(tables.bargain.red_lines[party] for party in coalition or ()):
        for offset, options in zip(tables.offsets, allowed_options(tables, coalition), strict=False):
            allowed[offset + np.array(options, np.int64)] = True
    else:
        allowed[:] = True
    index, starts = useful_options(tables.rows, tables.offsets, allowed)
    if np.any(np.diff(starts) == 0):
        return None
    rows = tables.rows[index]
    top = np.maximum.reduceat(rows, starts[:-1], axis=0)
    spread = (top - np.minimum.reduceat(rows, starts[:-1], axis=0)).astype(float)
    # Issues with small products of the parties' spreads come first. This keeps frontiers in between small (measured,
    # two to four parties). A spread of 0 counts as a thousandth, so that an issue that one party does not care about is
    # not merged before all others.
    spread = np.log(spread / np.maximum(spread.max(axis=0), 1.0) + 1e-3).sum(axis=1)
    order = np.argsort(spread, kind="stable")
    need = np.maximum(least - (top.sum(axis=0) - np.cumsum(top[order], axis=0)), -2 * NO_LIMIT)
    if np.any(least > top.sum(axis=0)):
        return None
    parts = [np.arange(starts[issue], starts[issue + 1]) for issue in order]
    chosen = np.concatenate(parts)
    offsets = np.concatenate(([0], np.cumsum(np.diff(starts)[order])))
    return Merge(order=order, rows=rows[chosen], options=index[chosen], offsets=offsets.astype(np.int64), need=need)


def additive_candidates(
    tables: Tables, coalition: frozenset[int] | None, *, most: int, watch: Watch, least: Ints | None = None
) -> Candidates | None:
    """Return the undominated settlements that ``coalition`` accepts, or ``None`` if there are too many.

    ``least`` asks for more worth than the reservation values do.
    """
    bound = least_worth(tables, coalition)
    merge = plan(tables, coalition, bound if least is None else np.maximum(bound, least))
    if merge is None:
        return Candidates(choices=np.zeros((0, tables.n_issues), np.int64), ties=np.zeros(0))
    merged = _merged(merge, most=most, watch=watch)
    if merged is None:
        return None
    choices = _witnesses(tables, merge, merged.levels, merged.ties.shape[0])
    if tables.is_exact and not np.any(tables.cap < NO_LIMIT):
        return Candidates(choices=choices, ties=merged.ties, totals=merged.points)
    capped = Candidates(choices=choices, ties=merged.ties, ties_exact=False)
    return undominated(tables, capped, coalition, add_ties=True)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Merged:
    """The result of merging: sums, ties, and for each level the origins of its sums."""

    points: Ints
    ties: NDArray[np.float64]
    levels: list[Ints]


def _merged(merge: Merge, *, most: int, watch: Watch) -> Merged | None:
    """Run the kernel: all issues at once while the frontier is small, then one by one."""
    merge_issues = _kernel(merge.rows.shape[1])
    points, ties = np.zeros((1, merge.rows.shape[1]), np.int64), np.ones(1)
    levels: list[Ints] = []
    n_issues, done = merge.order.shape[0], 0
    while done < n_issues:
        if points.shape[0] > most or watch.is_over:
            return None
        part = merge.offsets[done:] if points.shape[0] <= _AT_ONCE else merge.offsets[done : done + 2]
        before = done
        points, ties, origins, starts = merge_issues(
            merge.rows, part, merge.need[done:], (points, ties), min(most, _AT_ONCE)
        )
        for level in range(starts.shape[0] - 1):
            levels.append(origins[starts[level] : starts[level + 1]])
            done += 1
        assert done > before
        watch.tell("merging issues", done / n_issues)
        if points.shape[0] == 0:
            break
    return Merged(points=points, ties=ties, levels=levels)


def _kernel(n_parties: int) -> Any:
    """Return the kernel for this number of parties. Each is compiled at its first call."""
    from goodoffices.settlement.kernels import merge as kernels

    named = {
        2: kernels.merge_issues_of_two,
        3: kernels.merge_issues_of_three,
        4: kernels.merge_issues_of_four,
    }
    return named.get(n_parties, kernels.merge_issues_of_many)


def _witnesses(tables: Tables, merge: Merge, levels: list[Ints], size: int) -> Ints:
    """Follow the origins back and return one settlement per point."""
    if size == 0:
        return np.zeros((0, tables.n_issues), np.int64)
    from goodoffices.settlement.kernels.options import trace_back

    starts = np.concatenate(([0], np.cumsum([origin.shape[0] for origin in levels]))).astype(np.int64)
    return trace_back((np.concatenate(levels), starts), (merge.order, merge.offsets, merge.options), tables.offsets)
