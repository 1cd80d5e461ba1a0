"""Check how a settlement stands with each party, find the nearest possible one, and price commitments."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Literal

import numpy as np

from goodoffices.bargain import Bargain, Box, Constraint
from goodoffices.data_class import dataclass
from goodoffices.errors import ScenarioError
from goodoffices.progress import Watch
from goodoffices.settlement.feasibility.coalition_feasibility import every_settlement
from goodoffices.settlement.feasibility.zone import possible_rows, winning
from goodoffices.settlement.frontiers.frontier import MOST_POINTS, candidates
from goodoffices.settlement.problem.argument_checks import check_bargain, check_word
from goodoffices.settlement.problem.integer_form import minimal_coalitions, prepare
from goodoffices.settlement.results import Status
from goodoffices.settlement.solutions.solve import solve

Settlement = tuple[int, ...]

_MOST_ENUMERATED = 2_000_000


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Standing:
    """Whether one settlement is possible, who accepts it, each party's slack, and what it breaks."""

    bargain: Bargain
    settlement: Settlement
    is_possible: bool
    accepting: frozenset[int]
    slack: tuple[Fraction, ...]
    red_lines: tuple[tuple[int, int, int], ...]
    constraints: tuple[str, ...]

    def __str__(self) -> str:
        lines = [*self.bargain.beginning, "possible" if self.is_possible else "not possible"]
        for party, name in enumerate(self.bargain.parties):
            word = "accepts" if party in self.accepting else "refuses"
            lines.append(f"{name} {word}: {float(self.slack[party]):+.4g} over no agreement")
        for party, issue, option in self.red_lines:
            one = self.bargain.issues[issue]
            lines.append(f"{self.bargain.parties[party]}: red line {one.options[option]!r} on {one.name!r}")
        return "\n".join([*lines, *(f"breaks {name!r}" for name in self.constraints)])

    def __repr__(self) -> str:
        possible = "possible" if self.is_possible else "not possible"
        return f"<Standing: {possible}, accepted by {len(self.accepting)} of {len(self.slack)} parties>"


def standing(bargain: Bargain, settlement: Settlement | Mapping[str, str]) -> Standing:
    """Return whether ``settlement`` is possible, and how it meets every party, the rule and the constraints.

    Raises
    ------
    ScenarioError
        If it does not name one option of each issue, by number or by name.
    """
    check_bargain(bargain)
    settlement = bargain.settlement(settlement)
    chosen = set(enumerate(settlement))
    return Standing(
        bargain=bargain,
        settlement=settlement,
        is_possible=bargain.is_possible(settlement),
        accepting=bargain.accepting(settlement),
        slack=tuple(
            worth - Fraction(least)
            for worth, least in zip(bargain.worth_of(settlement), bargain.reservation_value, strict=True)
        ),
        red_lines=tuple(
            (party, *pair) for party, lines in enumerate(bargain.red_lines) for pair in sorted(chosen & lines)
        ),
        constraints=tuple(limit.name for limit in bargain.constraints if limit.forbidden.holds(settlement)),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Nearest:
    """The possible settlements nearest to a given one, with up to 100 ties. ``distance`` is what was minimised."""

    settlements: tuple[Settlement, ...]
    distance: Fraction
    by: str


def nearest(bargain: Bargain, settlement: Settlement, *, by: Literal["issues", "worth"] = "issues") -> Nearest | None:
    """Return the possible settlements nearest to ``settlement``, or ``None`` if nothing is possible.

    Parameters
    ----------
    by
        ``"issues"``: fewest issues changed. ``"worth"``: least worth lost, summed over the parties that lose, each on
        its own scale.

    Notes
    -----
    Up to two million settlements, all are enumerated. Beyond that, the distance in issues is treated as one more party
    in the elimination of issues, which is exact too. The distance in worth is then not available.

    Raises
    ------
    ScenarioError
        If the bargain is too large for this kind of distance.
    """
    check_bargain(bargain)
    check_word("by", by, ("issues", "worth"))
    settlement = bargain.settlement(settlement)
    if bargain.settlements <= _MOST_ENUMERATED and len(bargain.parties) <= 20:
        return _nearest_of_all(bargain, settlement, by)
    if by == "worth":
        raise ScenarioError(f"{bargain.settlements} settlements are too many to compare by worth lost; use by='issues'")
    return _nearest_by_issues(bargain, settlement)


def _nearest_of_all(bargain: Bargain, settlement: Settlement, by: str) -> Nearest | None:
    tables = prepare(bargain)
    choices = every_settlement(tables)
    choices = choices[possible_rows(tables, choices, winning(tables))]
    if choices.shape[0] == 0:
        return None
    if by == "issues":
        distance = (choices != np.array(settlement)).sum(axis=1).astype(object)
    else:
        own = bargain.worth_of(settlement)
        distance = np.array(
            [
                sum(
                    (max(a - b, Fraction(0)) for a, b in zip(own, bargain.worth_of(tuple(row)), strict=True)),
                    Fraction(0),
                )
                for row in choices.tolist()
            ],
            object,
        )
    best = min(distance)
    rows = np.flatnonzero(distance == best)[:100]
    return Nearest(settlements=tuple(tuple(choices[row].tolist()) for row in rows), distance=Fraction(best), by=by)


def _nearest_by_issues(bargain: Bargain, settlement: Settlement) -> Nearest | None:
    """Add an extra party whose worth is the number of unchanged issues, and take its best on each frontier."""
    n = len(bargain.parties)
    kept = tuple(
        tuple((*row, int(option == settlement[issue])) for option, row in enumerate(rows))
        for issue, rows in enumerate(bargain.worth)
    )
    from goodoffices.bargain import Rule

    extended = Bargain(
        issues=bargain.issues,
        parties=(*bargain.parties, "issues kept"),
        worth=kept,
        reservation_value=(*bargain.reservation_value, 0),
        rule=Rule.unanimity(n + 1),
        cap=(*bargain.cap, None),
        strict=(*bargain.strict, False),
        red_lines=(*bargain.red_lines, frozenset()),
        interactions=tuple(replace(link, worth=(*link.worth, 0)) for link in bargain.interactions),
        constraints=bargain.constraints,
    )
    tables, best = prepare(extended), None
    for coalition in minimal_coalitions(bargain.decided_by, n):
        found = candidates(tables, coalition | {n}, most=MOST_POINTS, watch=Watch())
        if found is None:
            raise ScenarioError(
                "the bargain is too large to find the nearest possible settlement; settle some issues first"
            )
        for row in found.choices.tolist():
            changed = sum(a != b for a, b in zip(row, settlement, strict=True))
            if best is None or changed < best[0]:
                best = changed, tuple(row)
    return None if best is None else Nearest(settlements=(best[1],), distance=Fraction(best[0]), by="issues")


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """How much value a solution loses if an option is fixed beforehand; ``None`` if nothing is possible then."""

    issue: int
    option: int
    value: Fraction | float | None
    cost: float | None
    status: Status


def prices(bargain: Bargain, solution: str = "egalitarian", *, time_limit: float | None = None) -> list[Price]:
    """Return for every option how much value of ``solution`` a commitment to it costs.

    An issue whose options differ much in price is a swing issue. A commitment to an option without a price makes a
    settlement impossible.
    """
    free = solve(bargain, solution, time_limit=time_limit)
    found = []
    for issue, one in enumerate(bargain.issues):
        for option in range(len(one.options)):
            others = tuple(other for other in range(len(one.options)) if other != option)
            fixed = bargain
            if others:
                limit = Constraint(forbidden=Box(where=((issue, others),)), name=f"commitment to {one.options[option]}")
                fixed = replace(bargain, constraints=(*bargain.constraints, limit))
            bound = solve(fixed, solution, time_limit=time_limit)
            cost = None if bound.value is None or free.value is None else float(free.value) - float(bound.value)
            found.append(Price(issue=issue, option=option, value=bound.value, cost=cost, status=bound.status))
    return found
