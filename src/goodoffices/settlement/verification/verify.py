"""Check a printed result against a bargain, with simple code that does not use the solvers.

Worth is added up in Python's integers. A bargain with up to 50,000 settlements is enumerated. For a larger one every
statement about a listed settlement is checked, and no listed settlement may be dominated by another or improved by
changing one or two issues. The rest is reported as not checked.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from goodoffices.bargain import Bargain
from goodoffices.settlement.solutions.definitions import DEFINITIONS
from goodoffices.settlement.verification.reference_values import SMALLER_IS_BETTER, ideal_of, value_of

_MOST_ENUMERATED = 50_000
_CLOSE = 1e-11
"""Printed numbers are rounded to floats. 1e-11 of their size is far above that rounding and below any real change."""

Settlement = tuple[int, ...]
Vector = tuple[Fraction, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckVerdict:
    """What the check found. Without ``problems`` the result is right, as far as ``level`` says."""

    problems: tuple[str, ...]
    level: str

    @property
    def is_accepted(self) -> bool:
        """Whether no problem was found."""
        return not self.problems

    def __str__(self) -> str:
        if self.is_accepted:
            return f"The result stands ({self.level})."
        return "\n".join(["The result does not stand:", *(f"  {problem}" for problem in self.problems)])


@dataclass(frozen=True, slots=True, kw_only=True)
class _Case:
    """The bargain, its possible settlements by worth (``None`` if there are too many), and each party's ideal gain."""

    bargain: Bargain
    possible: dict[Vector, int] | None

    @property
    def undominated(self) -> dict[Vector, int]:
        assert self.possible is not None
        ranked = sorted(self.possible, reverse=True)
        kept: list[Vector] = []
        for worth in ranked:
            if not any(_covers(other, worth) for other in kept):
                kept.append(worth)
        return {worth: self.possible[worth] for worth in kept}

    def gains(self, worth: Vector) -> Vector:
        return tuple(w - Fraction(r) for w, r in zip(worth, self.bargain.reservation_value, strict=True))


def verify(result: Mapping[str, Any], bargain: Bargain) -> CheckVerdict:
    """Check ``result``, the mapping that ``settle --json`` prints, against ``bargain``.

    Returns
    -------
    Verdict
        With every problem that was found, as text.

    Examples
    --------
    >>> from goodoffices.bargain import BargainIssue
    >>> one = Bargain(issues=(BargainIssue(name="i", options=("x",)),), parties=("P",), worth=(((1,),),))
    >>> verify({"zone": {"count": 2, "exact": True}}, one).is_accepted
    False
    """
    case = _Case(bargain=bargain, possible=_enumerate(bargain))
    problems: list[str] = []
    for key in result:
        if key not in _CHECKS:
            problems.append(f"there is a part {key!r} that no result has")
    for key, check in _CHECKS.items():
        if key in result:
            try:
                problems += check(case, result[key])
            except (KeyError, TypeError, ValueError, AttributeError) as error:
                problems.append(f"part {key!r} does not have the form of a result ({type(error).__name__}: {error})")
    level = "every settlement enumerated" if case.possible is not None else "listed settlements checked; optimality not"
    return CheckVerdict(problems=tuple(problems), level=level)


def _settlements(bargain: Bargain) -> Iterator[Settlement]:
    return itertools.product(*(range(len(issue.options)) for issue in bargain.issues))


def _enumerate(bargain: Bargain) -> dict[Vector, int] | None:
    if bargain.settlements > _MOST_ENUMERATED:
        return None
    counted: dict[Vector, int] = {}
    for settlement in _settlements(bargain):
        if bargain.is_possible(settlement):
            worth = bargain.worth_of(settlement)
            counted[worth] = counted.get(worth, 0) + 1
    return counted


def _covers(first: Vector, second: Vector) -> bool:
    return all(a >= b for a, b in zip(first, second, strict=True))


def _differs(printed: Any, exact: Fraction | float) -> bool:
    if isinstance(printed, bool) or not isinstance(printed, int | float) or not math.isfinite(printed):
        return True
    return abs(float(printed) - float(exact)) > _CLOSE * max(1.0, abs(float(exact)))


def _read(bargain: Bargain, named: Mapping[str, str]) -> Settlement:
    if set(named) != {issue.name for issue in bargain.issues}:
        raise ValueError("a settlement does not name every issue once")
    return tuple(issue.options.index(named[issue.name]) for issue in bargain.issues)


def _check_bargain(case: _Case, part: Any) -> list[str]:
    bargain = case.bargain
    expected = {
        "parties": list(bargain.parties),
        "issues": {issue.name: list(issue.options) for issue in bargain.issues},
        "settlements": bargain.settlements,
    }
    return [f"the bargain's {key} are not those of the file" for key in expected if part.get(key) != expected[key]]


def _check_frontier(case: _Case, part: Any) -> list[str]:
    bargain, problems = case.bargain, []
    listed: dict[Vector, int] = {}
    for number, point in enumerate(part["points"]):
        settlement = _read(bargain, point["settlement"])
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
    return problems + _check_listed(case, listed)


def _check_listed(case: _Case, listed: dict[Vector, int]) -> list[str]:
    if case.possible is not None:
        truth = case.undominated
        problems = [f"{len(truth.keys() - listed.keys())} undominated settlements are missing"] * bool(
            truth.keys() - listed.keys()
        )
        problems += [f"{len(listed.keys() - truth.keys())} points are dominated"] * bool(listed.keys() - truth.keys())
        exact = all(cap is None for cap in case.bargain.cap)
        wrong = [w for w in truth.keys() & listed.keys() if not _ties_stand(listed[w], truth[w], exact=exact)]
        return problems + [f"the ties of {len(wrong)} points are not right"] * bool(wrong)
    ranked = sorted(listed, reverse=True)[:2000]
    bad = sum(any(_covers(other, worth) for other in ranked[:at]) for at, worth in enumerate(ranked))
    return [f"{bad} points are dominated by other points"] * bool(bad)


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
    picks = [_read(bargain, named) for named in solution["settlements"]]
    worths = [bargain.worth_of(settlement) for settlement in picks]
    problems = [f"settlement {at} is not possible" for at, s in enumerate(picks) if not bargain.is_possible(s)]
    if len(solution["gains"]) != len(picks) or len(set(worths)) != len(worths):
        return [*problems, "gains are not stated once per settlement, or settlements repeat"]
    for at, (worth, stated) in enumerate(zip(worths, solution["gains"], strict=True)):
        exact = dict(zip(bargain.parties, case.gains(worth), strict=True))
        if stated.keys() != exact.keys() or any(_differs(stated[party], exact[party]) for party in exact):
            problems.append(f"the gains of settlement {at} are not what it brings")
    return problems + _check_value(case, name, solution, worths)


def _check_value(case: _Case, name: str, solution: Mapping[str, Any], worths: list[Vector]) -> list[str]:
    status, value, bound = solution["status"], solution["value"], solution["bound"]
    if status not in ("proven", "bounded", "infeasible"):
        return [f"{status!r} is no status"]
    is_unknown = status == "bounded" and not worths and case.possible is None
    if (value is None) != (not worths) or ((status == "infeasible") != (not worths) and not is_unknown):
        return ["status, value and settlements do not agree on whether there is a settlement"]
    if case.possible is None:
        if bound is None or value is None:
            return []
        if status == "proven" and _differs(bound, value):
            return ["the bound of a proven result is not its value"]
        return [] if float(bound) >= float(value) - 1e-9 else ["the bound is too low"]
    return _check_optimum(case, name, solution, worths)


def _check_optimum(case: _Case, name: str, solution: Mapping[str, Any], worths: list[Vector]) -> list[str]:
    assert case.possible is not None
    vectors = list(case.undominated)
    ideal = ideal_of([case.gains(worth) for worth in vectors])
    sign = -1 if name in SMALLER_IS_BETTER else 1
    values = {w: value_of(name, case.gains(w), w, ideal) for w in vectors}
    scored = {w: v for w, v in values.items() if v is not None}
    if not scored:
        return ["a settlement is listed where the definition picks none"] * bool(worths)
    best = max(tuple(sign * part for part in v) for v in scored.values())
    winners = {w for w, v in scored.items() if tuple(sign * part for part in v) == best}
    if not worths:
        return ["no settlement is listed though the definition picks one"]
    problems = ["a settlement is listed that is not best"] * (not set(worths) <= winners)
    if solution["status"] == "proven" and set(worths) != winners:
        problems.append("not every best settlement is listed")
    shown = scored[next(iter(winners))][-1] if name == "nash" else sign * best[0]
    if _differs(solution["value"], shown) or _differs(solution["bound"], shown):
        problems.append("the value or the bound is not that of the best settlement")
    return problems + ["a proven result is called bounded"] * (solution["status"] == "bounded")


def _check_zone(case: _Case, part: Any) -> list[str]:
    if case.possible is None:
        return [] if 0 <= part["count"] <= case.bargain.settlements else ["the count is outside what there is"]
    count = sum(case.possible.values())
    problems = ["the count of possible settlements is not right"] * (part["count"] != count)
    return problems + ["an enumerable count is called inexact"] * (part["exact"] is not True)


def _check_seconds(case: _Case, part: Any) -> list[str]:
    return [] if isinstance(part, int | float) and part >= 0 else ["seconds are no duration"]


def _check_warnings(case: _Case, part: Any) -> list[str]:
    fine = isinstance(part, list) and all(isinstance(line, str) for line in part)
    missing = [a for a in case.bargain.assumptions if not fine or a not in part]
    return [f"the assumption {a!r} is not repeated" for a in missing] + ["warnings are no list of texts"] * (not fine)


_CHECKS = {
    "bargain": _check_bargain,
    "frontier": _check_frontier,
    "solutions": _check_solutions,
    "zone": _check_zone,
    "seconds": _check_seconds,
    "warnings": _check_warnings,
}
