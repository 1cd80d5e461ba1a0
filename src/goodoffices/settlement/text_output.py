"""What the command line prints about settlements: text for people, and a stable mapping for programs."""

from __future__ import annotations

from typing import Any

from goodoffices.bargain import Bargain
from goodoffices.errors import UnknownWordError
from goodoffices.progress import Progress, Watch
from goodoffices.settlement.feasibility.unblock import unblock
from goodoffices.settlement.feasibility.zone import Zone, zone
from goodoffices.settlement.frontiers.frontier import frontier_of
from goodoffices.settlement.problem.integer_form import prepare
from goodoffices.settlement.results import Frontier, Solution
from goodoffices.settlement.solutions.definitions import DEFINITIONS
from goodoffices.settlement.solutions.solve import choose_all
from goodoffices.settlement.uncertainty.beliefs import UncertainBargain
from goodoffices.settlement.uncertainty.robustness import robust
from goodoffices.settlement.verification.verify import verify

NAMES: dict[str, tuple[str, ...]] = {name.replace("_", "-"): (name,) for name in DEFINITIONS} | {
    "all": ("nash", "egalitarian", "leximin", "kalai_smorodinsky", "utilitarian")
}
"""The names that ``--solution`` accepts."""

_LISTED = 100_000
"""The largest frontier that is printed."""


def _solved(
    bargain: Bargain, solution: str, time_limit: float | None, progress: Progress | None
) -> tuple[Frontier, dict[str, Solution]]:
    if solution not in NAMES:
        raise UnknownWordError("solution", solution, tuple(NAMES))
    watch = Watch(time_limit=time_limit, progress=progress)
    tables = prepare(bargain)
    solutions = choose_all(tables, NAMES[solution], watch=watch)
    points = solutions.frontier
    return points, solutions.by_name


def settle(
    bargain: Bargain,
    *,
    solution: str = "all",
    with_frontier: bool = False,
    with_count: bool = False,
    time_limit: float | None = None,
    progress: Progress | None = None,
) -> dict[str, Any]:
    """Return what ``goodoffices settle --json`` prints.

    Parameters
    ----------
    solution
        A key of :data:`NAMES`.
    with_frontier, with_count
        Add the frontier and the size of the zone.
    time_limit
        Seconds.

    Raises
    ------
    UnknownWordError
        If there is no such solution.
    """
    watch = Watch(time_limit=time_limit, progress=progress)
    points, solutions = _solved(bargain, solution, time_limit, progress)
    warnings = list(dict.fromkeys(w for found in solutions.values() for w in found.note.warnings))
    result: dict[str, Any] = {
        "bargain": {
            "parties": list(bargain.parties),
            "issues": {issue.name: list(issue.options) for issue in bargain.issues},
            "settlements": bargain.settlements,
        },
    }
    if with_frontier:
        whole = _whole(bargain, points, watch)
        warnings += [line for line in whole.note.warnings if line not in warnings]
        result["frontier"] = whole.to_json()
    result["solutions"] = {name: found.to_json() for name, found in solutions.items()}
    if with_count:
        result["zone"] = zone(bargain, time_limit=time_limit, progress=progress).to_json()
    return result | {"seconds": watch.seconds, "warnings": warnings}


def _whole(bargain: Bargain, points: Frontier, watch: Watch) -> Frontier:
    """Return the frontier to print: the one used for solving if it is complete, else the result of a longer attempt."""
    if points.status != "bounded":
        return points
    return frontier_of(prepare(bargain), among="possible", most=_LISTED, watch=watch)


def settle_text(
    bargain: Bargain,
    *,
    solution: str = "all",
    with_frontier: bool = False,
    with_count: bool = False,
    time_limit: float | None = None,
    progress: Progress | None = None,
) -> str:
    """Return what ``goodoffices settle`` prints for people; see :func:`settle`."""
    points, solutions = _solved(bargain, solution, time_limit, progress)
    count = f"{bargain.settlements:,}" if bargain.settlements < 10**12 else f"{float(bargain.settlements):.3g}"
    parties, issues = len(bargain.parties), len(bargain.issues)
    sizes = f"{parties} {'party' if parties == 1 else 'parties'}, {issues} {'issue' if issues == 1 else 'issues'}"
    parts = [f"{sizes}, {count} settlements"]
    if with_count:
        counted: Zone = zone(bargain, time_limit=time_limit, progress=progress)
        parts.append(str(counted))
    if with_frontier:
        parts.append(str(_whole(bargain, points, Watch(time_limit=time_limit, progress=progress))))
    parts += [str(found) for found in solutions.values()]
    return "\n\n".join(parts)


def unblock_text(bargain: Bargain, *, time_limit: float | None = None, progress: Progress | None = None) -> str:
    """Return what ``goodoffices settle unblock`` prints."""
    return str(unblock(bargain, time_limit=time_limit, progress=progress))


def robust_text(
    assessment: UncertainBargain, *, worlds: int = 10_000, seed: int = 1, progress: Progress | None = None
) -> str:
    """Return what ``goodoffices settle robust`` prints."""
    return str(robust(assessment, worlds=worlds, seed=seed, progress=progress))


def verify_text(result: dict[str, Any], bargain: Bargain) -> tuple[str, bool]:
    """Return what ``goodoffices settle verify`` prints, and whether the result is right."""
    verdict = verify(result, bargain)
    return str(verdict), verdict.is_accepted
