"""Find the best of the possible settlements, by one or several bargaining solutions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from goodoffices.bargain import Bargain
from goodoffices.bargain_tables import Number
from goodoffices.data_class import dataclass
from goodoffices.errors import ScenarioError, UnknownWordError
from goodoffices.names import nearest_word
from goodoffices.progress import Progress, Watch
from goodoffices.settlement.frontiers.frontier import MOST_POINTS, frontier_of
from goodoffices.settlement.problem.argument_checks import check_bargain, check_numbers, check_word
from goodoffices.settlement.problem.gains import gains_of
from goodoffices.settlement.problem.integer_form import Tables, prepare
from goodoffices.settlement.results import Frontier, Solution, Status
from goodoffices.settlement.solutions.bounded_search import search_solution
from goodoffices.settlement.solutions.definitions import DEFINITIONS
from goodoffices.settlement.solutions.frontier_choice import Ideal, choose_from

_MOST_FOR_SOLVING = {1: MOST_POINTS, 2: MOST_POINTS, 3: 300_000, 4: 60_000}
"""Frontiers up to this size are listed to solve a bargain (measured)."""
_MANY_PARTIES = 5_000
"""With five or more parties: a frontier that is short is found in a moment, however many settlements there are. One
that is not is given up after this many points, which takes less than a second (measured)."""


def solve(
    bargain: Bargain,
    solution: str = "leximin",
    *,
    ideal: Ideal = "possible",
    weights: tuple[Number, ...] | None = None,
    time_limit: float | None = None,
    progress: Progress | None = None,
) -> Solution:
    """Return the settlements that a bargaining solution picks, with all ties if the frontier can be listed.

    Parameters
    ----------
    solution
        A key of :data:`~goodoffices.settlement.solutions.definitions.DEFINITIONS`, with hyphens too, as the terminal
        has it.
    ideal
        Whether a party's ideal is taken over the possible settlements, or over all.
    weights
        Weights of the parties, for ``utilitarian``.
    time_limit
        Seconds. After that the best settlement found is returned, with a bound.

    Raises
    ------
    UnknownWordError
        If there is no such solution.
    """
    found = solve_all(bargain, (solution,), ideal=ideal, weights=weights, time_limit=time_limit, progress=progress)
    return found[_known(solution)]


def solve_all(
    bargain: Bargain,
    solutions: tuple[str, ...] = tuple(DEFINITIONS),
    *,
    ideal: Ideal = "possible",
    weights: tuple[Number, ...] | None = None,
    time_limit: float | None = None,
    progress: Progress | None = None,
) -> dict[str, Solution]:
    """Return several solutions of one bargain by name; see :func:`solve`."""
    given: Any = solutions
    if isinstance(given, str) or not isinstance(given, Iterable):
        raise ScenarioError(f"the solutions are {given!r}; give a list of names, such as ['nash', 'leximin']")
    solutions = tuple(_known(name) for name in solutions)
    check_bargain(bargain)
    check_word("ideal", ideal, ("possible", "all"))
    if weights is not None:
        check_numbers("weights", weights, len(bargain.parties))
        weights = tuple(weights)
    watch = Watch(time_limit=time_limit, progress=progress)
    return choose_all(prepare(bargain), solutions, ideal=ideal, weights=weights, watch=watch).by_name


def _known(name: str) -> str:
    """Return the name of a solution as it is kept, from a name with hyphens or underscores."""
    if not isinstance(name, str):
        raise ScenarioError(f"the solution is {name!r}; give its name, such as 'nash'")
    plain = name.replace("-", "_")
    if plain not in DEFINITIONS:
        raise UnknownWordError("solution", name, tuple(DEFINITIONS), nearest=nearest_word(plain, DEFINITIONS))
    return plain


@dataclass(frozen=True, slots=True, kw_only=True)
class SolvedBargain:
    """Solutions by name, and the frontier (complete or in part) that they were chosen from or started from."""

    by_name: dict[str, Solution]
    frontier: Frontier


def choose_all(
    tables: Tables,
    solutions: tuple[str, ...],
    *,
    ideal: Ideal = "possible",
    weights: tuple[Number, ...] | None = None,
    watch: Watch,
) -> SolvedBargain:
    """Return several solutions of a prepared bargain, with its frontier."""
    most = _MOST_FOR_SOLVING.get(tables.n_parties, _MANY_PARTIES)
    points = frontier_of(tables, among="possible", most=most, watch=watch, members=False)
    if points.status is not Status.BOUNDED:
        gains = gains_of(tables, points.choices, points.totals)
        found = {
            name: choose_from(tables, points, name, ideal=ideal, weights=weights, gains=gains) for name in solutions
        }
    else:
        found = {name: search_solution(tables, name, ideal=ideal, weights=weights, watch=watch) for name in solutions}
    return SolvedBargain(by_name=found, frontier=points)
