"""Check a printed result against a bargain, with simple code that does not use the solvers.

Worth is added up exactly. Every settlement is enumerated where that takes no more than a minute. Larger bargains are
solved again and compared, which does not prove them independently; the verdict says so. What neither can settle is
named, and such a result is neither accepted nor refused.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import field
from fractions import Fraction
from typing import Any

import numpy as np

from goodoffices.bargain import Bargain
from goodoffices.bargain_tables import PART
from goodoffices.data_class import dataclass
from goodoffices.errors import ScenarioError
from goodoffices.settlement.problem.argument_checks import check_bargain
from goodoffices.settlement.results import Frontier, Solution, Status
from goodoffices.settlement.solutions.definitions import DEFINITIONS
from goodoffices.settlement.verification.enumeration import Enumeration, Vector, enumerated
from goodoffices.settlement.verification.optimum import optimum
from goodoffices.settlement.verification.printed_results import as_printed
from goodoffices.settlement.verification.reference_values import SMALLER_IS_BETTER, value_of
from goodoffices.settlement.verification.result_parts import FormError, settlement_in, strange_parts
from goodoffices.settlement.verification.second_solution import SecondSolution, compared
from goodoffices.text_tables import counted

_CLOSE = 1e-11
"""Printed numbers are rounded to floats. 1e-11 of their size is far above that rounding and below any real change."""

_STATEMENTS = ("solutions", "frontier", "zone")
"""The parts of a result that say something about the bargain. Without one of these there is nothing to check."""

Settlement = tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckVerdict:
    """What the check found: the result stands, does not stand (``problems``), or cannot be checked (``unchecked``).

    ``level`` says how it was checked.
    """

    problems: tuple[str, ...]
    level: str
    unchecked: tuple[str, ...] = ()

    @property
    def is_accepted(self) -> bool:
        """Whether all that the result states was checked and is right."""
        return not self.problems and not self.unchecked

    @property
    def exit_code(self) -> int:
        """The exit code of the command line: 0 if it stands, 1 if it does not, 2 if that cannot be checked."""
        return 1 if self.problems else 2 if self.unchecked else 0

    def __str__(self) -> str:
        if self.problems:
            return "\n".join(["The result does not stand:", *(f"  {problem}" for problem in self.problems)])
        if self.unchecked:
            head = f"Whether the result stands cannot be checked ({self.level}). What could be checked is right. Open:"
            return "\n".join([head, *(f"  {line}" for line in self.unchecked)])
        return f"The result stands ({self.level})."


@dataclass(slots=True)
class _Case:
    """The bargain and what it is checked against: every settlement, or the bargain solved again."""

    bargain: Bargain
    listed: Enumeration | None
    again: SecondSolution | None
    unchecked: list[str] = field(default_factory=list)

    @property
    def level(self) -> str:
        if self.listed is not None:
            return "every settlement enumerated"
        if self.again is not None:
            return "listed settlements checked; too many to enumerate, so compared with solving the bargain again"
        return "listed settlements checked"

    def gains(self, worth: Vector) -> Vector:
        return tuple(w - Fraction(r) for w, r in zip(worth, self.bargain.reservation_value, strict=True))


def verify(result: Mapping[str, Any] | Solution | Frontier, bargain: Bargain) -> CheckVerdict:
    """Check ``result`` against ``bargain``: the mapping that ``settle --json`` prints, a solution, or a frontier.

    Returns
    -------
    CheckVerdict
        With every problem that was found, as text, and everything that could not be checked. A result that states
        nothing is refused.

    Examples
    --------
    >>> from goodoffices.bargain import BargainIssue
    >>> one = Bargain(issues=(BargainIssue(name="i", options=("x",)),), parties=("P",), worth=(((1,),),))
    >>> verify({"zone": {"count": 2, "exact": True}}, one).is_accepted
    False
    >>> verify({}, one).problems
    ('the result states nothing: it has no solution, no frontier and no count',)
    """
    check_bargain(bargain)
    result = as_printed(result)
    if not any(result.get(part) for part in _STATEMENTS):
        return CheckVerdict(
            problems=("the result states nothing: it has no solution, no frontier and no count",),
            level="nothing to check",
        )
    problems = [f"there is a part {key!r} that no result has" for key in result if key not in _CHECKS]
    empty = [part for part in _STATEMENTS if part in result and not result[part]]
    problems += [f"the part {part!r} is empty" for part in empty]
    if bargain.left_out and "left_out" not in result:
        problems.append("the result does not say what was left out of the scenario")
    result = _without_part(result) if bargain.left_out else result
    case = _case(result, bargain)
    for key, check in _CHECKS.items():
        if key in result and key not in empty:
            try:
                problems += check(case, result[key])
            except FormError as error:
                problems.append(f"part {key!r} does not have the form of a result: {error}")
            except (KeyError, TypeError, ValueError, AttributeError):
                problems.append(f"part {key!r} does not have the form of a result")
    return CheckVerdict(problems=tuple(problems), level=case.level, unchecked=tuple(case.unchecked))


def _without_part(result: Any) -> Any:
    """Return a result with each status as it is for the part that was read: that part is what can be checked."""
    if not isinstance(result, Mapping):
        return result
    return {
        key: value.removesuffix(PART) if key == "status" and isinstance(value, str) else _without_part(value)
        for key, value in result.items()
    }


def _case(result: Mapping[str, Any], bargain: Bargain) -> _Case:
    listed = enumerated(bargain)
    if listed is not None:
        return _Case(bargain, listed, None)
    solutions = result.get("solutions")
    named = tuple(name for name in solutions if name in DEFINITIONS) if isinstance(solutions, Mapping) else ()
    try:
        return _Case(bargain, None, SecondSolution.of(bargain, named))
    except ScenarioError as error:
        return _Case(bargain, None, None, [f"the bargain cannot be solved again: {error}"])


def _differs(printed: Any, exact: Fraction | float) -> bool:
    if isinstance(printed, bool) or not isinstance(printed, int | float):
        return True
    if isinstance(printed, float) and not math.isfinite(printed):
        return True
    return abs(Fraction(printed) - Fraction(exact)) > Fraction(_CLOSE) * max(Fraction(1), abs(Fraction(exact)))


def _check_bargain(case: _Case, part: Any) -> list[str]:
    bargain = case.bargain
    expected = {
        "parties": list(bargain.parties),
        "issues": {issue.name: list(issue.options) for issue in bargain.issues},
        "settlements": bargain.settlements,
    }
    problems = [f"the bargain's {key} are not those of the file" for key in expected if part.get(key) != expected[key]]
    return problems + strange_parts(part, frozenset(expected), "the bargain")


def _check_frontier(case: _Case, part: Any) -> list[str]:
    bargain, problems = case.bargain, strange_parts(part, frozenset({"size", "points"}), "the frontier")
    listed: dict[Vector, int] = {}
    for number, point in enumerate(part["points"], start=1):
        settlement = settlement_in(bargain, point["settlement"])
        worth = bargain.worth_of(settlement)
        if set(point) != {"worth", "settlement", "ties"} or set(point["worth"]) != set(bargain.parties):
            problems.append(f"point {number} does not state worth, settlement and ties for the parties")
        elif any(_differs(point["worth"][p], w) for p, w in zip(bargain.parties, worth, strict=True)):
            problems.append(f"point {number}: its settlement is not worth what is stated")
        if not bargain.is_possible(settlement):
            problems.append(f"point {number} is not possible")
        if worth in listed:
            problems.append(f"point {number} repeats the worth of another")
        listed[worth] = point["ties"]
    if part["size"] != len(part["points"]):
        problems.append("the size of the frontier is not the number of its points")
    return problems + (_check_listed(case, listed) if case.listed is not None else _check_again(case, listed))


def _check_listed(case: _Case, stated: dict[Vector, Any]) -> list[str]:
    assert case.listed is not None
    frontier = case.listed.frontier
    if frontier is None:
        case.unchecked.append("frontier: there are too many settlements to compare within a minute")
        return []
    truth = {case.listed.vector(int(row)): int(case.listed.counts[row]) for row in frontier}
    missing, dominated = truth.keys() - stated.keys(), stated.keys() - truth.keys()
    problems = [f"{counted(len(missing), 'undominated settlement')} missing"] * bool(missing)
    problems += [f"{counted(len(dominated), 'point')} dominated"] * bool(dominated)
    exact = all(cap is None for cap in case.bargain.cap)
    wrong = [w for w in truth.keys() & stated.keys() if not _ties_stand(stated[w], truth[w], exact=exact)]
    return problems + [f"the ties of {counted(len(wrong), 'point')} are not right"] * bool(wrong)


def _check_again(case: _Case, stated: dict[Vector, Any]) -> list[str]:
    bad = _count_dominated(sorted(stated, reverse=True)[:2000])
    if bad:
        return [f"{counted(bad, 'point')} dominated by other points"]
    again = None if case.again is None else case.again.frontier()
    if again is None or again.status is Status.BOUNDED:
        case.unchecked.append("frontier: whether it is complete was not settled within a minute")
        return []
    truth = {case.bargain.worth_of(again.settlement(at)) for at in range(len(again))}
    missing, other = truth - stated.keys(), stated.keys() - truth
    problems = [f"{counted(len(missing), 'point')} missing that solving again finds"] * bool(missing)
    return problems + [f"{counted(len(other), 'point')} not on the frontier that solving again finds"] * bool(other)


def _count_dominated(worths: Sequence[Vector]) -> int:
    """Count the vectors that an earlier one is at least as good as for every party; the best come first.

    Only their order matters, so each party's worths are replaced by their places among its worths: as exact as
    comparing fractions, and fast.
    """
    places = []
    for column in zip(*worths, strict=True):
        place = {worth: number for number, worth in enumerate(sorted(set(column)))}
        places.append([place[worth] for worth in column])
    table = np.array(places, dtype=np.int64).T
    return sum(bool((table[:at] >= row).all(axis=1).any()) for at, row in enumerate(table))


def _ties_stand(stated: Any, counted: int, *, exact: bool) -> bool:
    """Return whether a stated number of ties is right. With caps it is only a lower bound."""
    return isinstance(stated, int) and (stated == counted if exact else 1 <= stated <= counted)


def _check_solutions(case: _Case, part: Any) -> list[str]:
    problems = []
    for name, solution in part.items():
        if name not in DEFINITIONS:
            problems.append(f"there is no solution {name!r}")
        elif set(solution) != {"status", "value", "settlements", "gains", "bound", "definition"}:
            problems.append(f"{name}: the parts of the solution are not those of a result")
        elif solution["definition"] != DEFINITIONS[name].sentence:
            problems.append(f"{name}: the definition is not the one of that name")
        else:
            problems += [f"{name}: {problem}" for problem in _check_solution(case, name, solution)]
    return problems


def _check_solution(case: _Case, name: str, solution: Mapping[str, Any]) -> list[str]:
    bargain = case.bargain
    picks = [settlement_in(bargain, named) for named in solution["settlements"]]
    worths = [bargain.worth_of(settlement) for settlement in picks]
    problems = [f"settlement {at} is not possible" for at, s in enumerate(picks, start=1) if not bargain.is_possible(s)]
    if len(solution["gains"]) != len(picks) or len(set(worths)) != len(worths):
        return [*problems, "gains are not stated once per settlement, or settlements repeat"]
    for at, (worth, stated) in enumerate(zip(worths, solution["gains"], strict=True), start=1):
        exact = dict(zip(bargain.parties, case.gains(worth), strict=True))
        if stated.keys() != exact.keys() or any(_differs(stated[party], exact[party]) for party in exact):
            problems.append(f"the gains of settlement {at} are not what it brings")
    return problems + _check_value(case, name, solution, worths)


def _check_value(case: _Case, name: str, solution: Mapping[str, Any], worths: list[Vector]) -> list[str]:
    status, value, bound = solution["status"], solution["value"], solution["bound"]
    if status not in tuple(Status):
        return [f"{status!r} is not a status"]
    is_unknown = status == Status.BOUNDED and not worths
    if (value is None) != (not worths) or ((status == Status.INFEASIBLE) != (not worths) and not is_unknown):
        return ["status, value and settlements do not agree on whether there is a settlement"]
    if any(number is not None and not _is_number(number) for number in (value, bound)):
        return ["the value or the bound is not a number"]
    if status == Status.PROVEN and (bound is None or _differs(bound, value)):
        return ["the bound of a proven result is not its value"]
    problems = _check_own_value(case, name, value, worths)
    if case.listed is None:
        return problems + _compare(case, name, solution, worths)
    return problems + _check_optimum(case, name, solution, worths)


_NEEDS_IDEAL = frozenset(name for name, definition in DEFINITIONS.items() if definition.needs_ideal)


def _check_own_value(case: _Case, name: str, value: Any, worths: list[Vector]) -> list[str]:
    """Check the stated value of the settlements listed, where it does not depend on the ideal gains."""
    if name in _NEEDS_IDEAL:
        return []
    for worth in worths:
        own = value_of(name, case.gains(worth), worth, ())
        if own is None or _differs(value, own[-1] if name == "nash" else own[0]):
            return ["the value is not that of the settlement listed"]
    return []


def _compare(case: _Case, name: str, solution: Mapping[str, Any], worths: list[Vector]) -> list[str]:
    if case.again is None:
        return []
    problems, unchecked = compared(case.again.solved.by_name[name], solution, worths)
    case.unchecked += [f"{name}: {line}" for line in unchecked]
    return problems


def _check_optimum(case: _Case, name: str, solution: Mapping[str, Any], worths: list[Vector]) -> list[str]:
    assert case.listed is not None
    best = optimum(case.listed, name)
    if best is None:
        case.unchecked.append(f"{name}: there are too many settlements to compare within a minute")
        return []
    if best.value is None:
        return ["a settlement is listed where the definition picks none"] * bool(worths)
    if solution["status"] == Status.BOUNDED:
        return _check_bounds(name, solution, best.value)
    if not worths:
        return ["no settlement is listed though the definition picks one"]
    if not set(worths) <= best.winners:
        return ["a settlement is listed that is not best"]
    if _differs(solution["value"], best.value):
        return ["the value is not that of the best settlement"]
    missing = set(worths) != best.winners and len(worths) < _MOST_PICKS
    return ["not every best settlement is listed"] * missing


_MOST_PICKS = 1000
"""Results list no more settlements than this."""


def _check_bounds(name: str, solution: Mapping[str, Any], best: Fraction) -> list[str]:
    """Check a result that claims only that the best lies between its value and its bound."""
    value, bound = solution["value"], solution["bound"]
    if value is not None and bound is not None and not _differs(value, bound):
        return ["a proven result is called bounded"]
    sign = -1 if name in SMALLER_IS_BETTER else 1
    if value is not None and _differs(value, best) and sign * Fraction(value) > sign * best:
        return ["the value is better than the best settlement"]
    if bound is not None and _differs(bound, best) and sign * Fraction(bound) < sign * best:
        return ["the best settlement is beyond the bound"]
    return []


def _is_number(value: Any) -> bool:
    if isinstance(value, float):
        return math.isfinite(value)
    return isinstance(value, int) and not isinstance(value, bool)


def _check_zone(case: _Case, part: Any) -> list[str]:
    if strange := strange_parts(part, frozenset({"count", "exact"}), "the count"):
        return strange
    count, is_exact = part["count"], part["exact"]
    if isinstance(count, bool) or not isinstance(count, int) or not isinstance(is_exact, bool):
        return ["the count is not a whole number, or it is not said whether it is exact"]
    if case.listed is not None:
        problems = ["the count of possible settlements is not right"] * (count != int(case.listed.counts.sum()))
        return problems + ["an enumerable count is called inexact"] * (not is_exact)
    if not 0 <= count <= case.bargain.settlements:
        return ["the count is outside what there is"]
    again = None if case.again is None else case.again.zone()
    if again is not None and again.is_exact is is_exact:
        if count == again.count:
            return []
        if is_exact:
            return ["the count is not the one that counting again gives"]
    case.unchecked.append("zone: the count could not be repeated within a minute")
    return []


def _check_seconds(case: _Case, part: Any) -> list[str]:
    return [] if isinstance(part, int | float) and part >= 0 else ["seconds are no duration"]


def _check_warnings(case: _Case, part: Any) -> list[str]:
    fine = isinstance(part, list) and all(isinstance(line, str) for line in part)
    missing = [a for a in case.bargain.assumptions if not fine or a not in part]
    return [f"the assumption {a!r} is not repeated" for a in missing] + ["warnings are no list of texts"] * (not fine)


def _check_left_out(case: _Case, part: Any) -> list[str]:
    return ["what was left out of the bargain is not what is stated"] * (part != list(case.bargain.left_out))


_CHECKS = {
    "left_out": _check_left_out,
    "bargain": _check_bargain,
    "frontier": _check_frontier,
    "solutions": _check_solutions,
    "zone": _check_zone,
    "seconds": _check_seconds,
    "warnings": _check_warnings,
}
