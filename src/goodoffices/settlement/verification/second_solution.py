"""Compare results that cannot be enumerated with what solving the bargain again gives, within a minute.

The same solvers are used, so this does not prove anything independently. It shows that a result was not changed or
mixed up, and the verdict says that this was the check.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from goodoffices.bargain import Bargain
from goodoffices.data_class import dataclass
from goodoffices.progress import Watch
from goodoffices.settlement.feasibility.zone import Zone, zone
from goodoffices.settlement.frontiers.frontier import whole_frontier
from goodoffices.settlement.problem.integer_form import prepare
from goodoffices.settlement.results import Frontier, Solution, Status
from goodoffices.settlement.solutions.solve import SolvedBargain, choose_all
from goodoffices.settlement.verification.reference_values import SMALLER_IS_BETTER

SECONDS = 50.0
"""The time for all of it; checking the listed settlements takes the rest of the minute."""

_CLOSE = Fraction(1, 10**9)
Vector = tuple[Fraction, ...]


@dataclass(frozen=True, slots=True)
class SecondSolution:
    """A bargain that is solved again, with one time limit for all that is asked of it."""

    bargain: Bargain
    solved: SolvedBargain
    watch: Watch

    @classmethod
    def of(cls, bargain: Bargain, names: tuple[str, ...]) -> SecondSolution:
        """Solve ``bargain`` again by the solutions named."""
        watch = Watch(time_limit=SECONDS)
        return cls(bargain, choose_all(prepare(bargain), names, watch=watch), watch)

    def frontier(self) -> Frontier:
        """Return the frontier, as far as it can be listed in the time left."""
        return whole_frontier(prepare(self.bargain), self.solved.frontier, self.watch)

    def zone(self) -> Zone:
        """Return the count of possible settlements, or an estimate."""
        return zone(self.bargain, time_limit=max(self.watch.left, 1.0))


def compared(again: Solution, stated: Mapping[str, Any], worths: list[Vector]) -> tuple[list[str], list[str]]:
    """Return the problems of a stated solution, and what remains unchecked, against the same solution found again."""
    if again.status is Status.INFEASIBLE:
        return ["a settlement is listed where solving again finds none"] * bool(worths), []
    if again.status is Status.PROVEN:
        return _against_proven(again, stated, worths), []
    return _against_bounded(again, stated)


def _against_proven(again: Solution, stated: Mapping[str, Any], worths: list[Vector]) -> list[str]:
    if not worths:
        return ["no settlement is listed, but solving again finds one"]
    sign = -1 if again.name in SMALLER_IS_BETTER else 1
    best, value = Fraction(again.value or 0), Fraction(stated["value"])
    if sign * value > sign * best and not _is_close(value, best):
        return ["the value is better than the best that solving again finds"]
    if stated["bound"] is not None and _is_beyond(best, Fraction(stated["bound"]), sign):
        return ["the best that solving again finds is beyond the bound"]
    if stated["status"] != Status.PROVEN:
        return []
    if not _is_close(value, best):
        return ["the value is not the best that solving again finds"]
    missed = set(worths) - {found.worth for found in again.picks} if again.complete else set()
    return ["a settlement is listed that solving again does not find"] * bool(missed)


def _against_bounded(again: Solution, stated: Mapping[str, Any]) -> tuple[list[str], list[str]]:
    sign = -1 if again.name in SMALLER_IS_BETTER else 1
    bound = None if stated["bound"] is None else Fraction(stated["bound"])
    if again.value is not None and bound is not None and _is_beyond(Fraction(again.value), bound, sign):
        return ["solving again finds a settlement beyond the bound"], []
    stands = bound is None or (again.bound is not None and not _is_beyond(Fraction(again.bound), bound, sign))
    if stated["status"] == Status.BOUNDED and stands:
        return [], []
    return [], ["whether a better settlement exists was not settled within a minute"]


def _is_beyond(value: Fraction, bound: Fraction, sign: int) -> bool:
    return sign * value > sign * bound and not _is_close(value, bound)


def _is_close(first: Fraction, second: Fraction) -> bool:
    return abs(first - second) <= _CLOSE * max(Fraction(1), abs(second))
