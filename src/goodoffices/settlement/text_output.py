"""What the command line prints for programs: one stable mapping, and whether one that was printed stands."""

from __future__ import annotations

from typing import Any

from goodoffices.bargain import Bargain
from goodoffices.errors import UnknownWordError
from goodoffices.progress import Progress, Watch
from goodoffices.settlement.feasibility.zone import zone
from goodoffices.settlement.frontiers.frontier import whole_frontier
from goodoffices.settlement.problem.integer_form import prepare
from goodoffices.settlement.results import Frontier, Solution
from goodoffices.settlement.solutions.definitions import DEFINITIONS
from goodoffices.settlement.solutions.solve import choose_all
from goodoffices.settlement.verification.verify import verify

NAMES: dict[str, tuple[str, ...]] = {name.replace("_", "-"): (name,) for name in DEFINITIONS} | {
    "all": ("nash", "egalitarian", "leximin", "kalai_smorodinsky", "utilitarian")
}
"""The names that ``--solution`` accepts."""


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
    result: dict[str, Any] = {"left_out": list(bargain.left_out)} if bargain.left_out else {}
    result |= {
        "bargain": {
            "parties": list(bargain.parties),
            "issues": {issue.name: list(issue.options) for issue in bargain.issues},
            "settlements": bargain.settlements,
        },
    }
    if with_frontier:
        whole = whole_frontier(prepare(bargain), points, watch)
        warnings += [line for line in whole.note.warnings if line not in warnings]
        result["frontier"] = _of_the_part(whole.to_json(), bargain)
    result["solutions"] = {name: _of_the_part(found.to_json(), bargain) for name, found in solutions.items()}
    if with_count:
        counted = zone(bargain, time_limit=time_limit, progress=progress)
        result["zone"] = _of_the_part(counted.to_json(), bargain)
    return result | {"seconds": watch.seconds, "warnings": warnings}


def _of_the_part(found: dict[str, Any], bargain: Bargain) -> dict[str, Any]:
    """Return an answer that is not called proven for a scenario of which something was left out."""
    return found | {"status": bargain.certainty(str(found["status"]))} if "status" in found else found


def verify_text(result: dict[str, Any], bargain: Bargain) -> tuple[str, int]:
    """Return what ``goodoffices settle verify`` prints, and its exit code."""
    verdict = verify(result, bargain)
    return str(verdict), verdict.exit_code
