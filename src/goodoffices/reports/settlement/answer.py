"""What the settlement room finds for one seat's assessments, gathered once for words, tables and pictures."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from goodoffices.bargain import Bargain
from goodoffices.reports.settlement.bargain_from_view import AssessedBargain

if TYPE_CHECKING:
    from goodoffices.progress import Progress
    from goodoffices.settlement.feasibility.blockers import Blockers
    from goodoffices.settlement.feasibility.unblock import Opening, Unblocking
    from goodoffices.settlement.feasibility.zone import Zone
    from goodoffices.settlement.results import Frontier, Solution
    from goodoffices.settlement.uncertainty.robustness import Robust


Settlement = tuple[int, ...]

_MOST_LOOKED_AT = 200
_MOST_PARTIES = 20
_MOST_OPTIONS = 100
_MOST_SETTLEMENTS = 10**12
"""Larger bargains are not counted option by option: that takes a count for each."""
_FEW = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class SettlementAnswer:
    """What the settlement room found for one seat's assessments.

    Parameters
    ----------
    counts
        Per issue and option, how many possible settlements contain it; an estimate where ``zone`` is one.
    blocking
        Issues of which it is enough that each party gets its own best option there, red lines aside; only if nothing
        is possible.
    robust
        ``None`` if the assessments leave nothing in doubt, or there is nothing to look at.
    """

    assessed: AssessedBargain
    zone: Zone
    points: Frontier
    solutions: dict[str, Solution]
    counts: tuple[tuple[int, ...], ...]
    blocking: tuple[int, ...]
    blockers: Blockers | None
    unblocking: Unblocking | None
    robust: Robust | None

    @property
    def bargain(self) -> Bargain:
        """The bargain at the likeliest values."""
        return self.assessed.bargain

    @property
    def best(self) -> Solution:
        """The solution that decides whether anything is possible."""
        return self.solutions["leximin"]


def answer_of(
    assessed: AssessedBargain,
    *,
    solutions: tuple[str, ...] = (),
    worlds: int = 10_000,
    seed: int = 1,
    time_limit: float | None = None,
    progress: Progress | None = None,
) -> SettlementAnswer:
    """Return the answer for a seat's assessments; the same seed gives the same answer.

    Parameters
    ----------
    solutions
        Names of bargaining solutions to report beside ``leximin``.
    worlds
        How many to draw from what is in doubt.
    time_limit
        Seconds, for each of the questions.
    """
    from goodoffices.progress import Watch
    from goodoffices.settlement.feasibility.blockers import blockers
    from goodoffices.settlement.feasibility.unblock import unblock
    from goodoffices.settlement.feasibility.zone import zone
    from goodoffices.settlement.problem.integer_form import prepare
    from goodoffices.settlement.solutions.solve import choose_all

    bargain = assessed.bargain
    names = tuple(dict.fromkeys(("leximin", *solutions)))
    solved = choose_all(prepare(bargain), names, watch=Watch(time_limit=time_limit, progress=progress))
    stuck, many = not solved.by_name["leximin"].picks, len(bargain.parties) > _MOST_PARTIES
    answer = SettlementAnswer(
        assessed=assessed,
        zone=zone(bargain, time_limit=time_limit, progress=progress),
        points=solved.frontier,
        solutions=solved.by_name,
        counts=() if stuck or _is_large(bargain) else _counts(bargain, time_limit, progress),
        blocking=_blocking(bargain, time_limit, progress) if stuck else (),
        blockers=blockers(bargain, time_limit=time_limit, progress=progress) if stuck and not many else None,
        unblocking=unblock(bargain, time_limit=time_limit, progress=progress) if stuck else None,
        robust=None,
    )
    candidates = _candidates(answer)
    if not assessed.in_doubt or candidates == () or many:
        return answer
    from goodoffices.settlement.uncertainty.robustness import robust

    found = robust(assessed.beliefs, worlds=worlds, seed=seed, candidates=candidates, progress=progress)
    return replace(answer, robust=found)


def restricted(bargain: Bargain, issue: int, option: int) -> Bargain:
    """Return the bargain with one issue settled on one option."""
    from goodoffices.bargain import BargainIssue

    one = bargain.issues[issue]
    issues = list(bargain.issues)
    issues[issue] = BargainIssue(name=one.name, options=(one.options[option],))
    worth = list(bargain.worth)
    worth[issue] = (bargain.worth[issue][option],)
    lines = tuple(
        frozenset((i, 0 if i == issue else o) for i, o in pairs if i != issue or o == option)
        for pairs in bargain.red_lines
    )
    return replace(bargain, issues=tuple(issues), worth=tuple(worth), red_lines=lines)


def _is_large(bargain: Bargain) -> bool:
    n_options = sum(len(one.options) for one in bargain.issues)
    return n_options > _MOST_OPTIONS or bargain.settlements > _MOST_SETTLEMENTS


def _counts(bargain: Bargain, time_limit: float | None, progress: Progress | None) -> tuple[tuple[int, ...], ...]:
    from goodoffices.settlement.feasibility.zone import zone

    return tuple(
        tuple(
            zone(restricted(bargain, issue, option), time_limit=time_limit, progress=progress).count
            for option in range(len(one.options))
        )
        for issue, one in enumerate(bargain.issues)
    )


def _blocking(bargain: Bargain, time_limit: float | None, progress: Progress | None) -> tuple[int, ...]:
    """Return the issues of which one alone, settled to everybody's liking, would let all sign."""
    from goodoffices.settlement.solutions.solve import solve

    found = []
    for issue, table in enumerate(bargain.worth):
        liked = restricted(bargain, issue, 0)
        worth = list(liked.worth)
        worth[issue] = (tuple(max(column) for column in zip(*table, strict=True)),)
        lines = tuple(frozenset(pair for pair in pairs if pair[0] != issue) for pairs in bargain.red_lines)
        liked = replace(liked, worth=tuple(worth), red_lines=lines)
        if solve(liked, "egalitarian", time_limit=time_limit, progress=progress).picks:
            found.append(issue)
    return tuple(found)


def _candidates(answer: SettlementAnswer) -> tuple[Settlement, ...] | None:
    """Return the settlements to look at over many worlds; ``None`` for every one of a small bargain."""
    if answer.bargain.settlements <= _FEW:
        return None
    found = [pick.settlement for solution in answer.solutions.values() for pick in solution.picks[:10]]
    step = max(1, math.ceil(len(answer.points) / _MOST_LOOKED_AT))
    found += [answer.points.settlement(at) for at in range(0, len(answer.points), step)]
    least = smallest(answer)
    if answer.unblocking is not None and least is not None:
        found += [least.settlement, *(opening.settlement for opening in answer.unblocking.openings)]
    if answer.blockers is not None:
        found += [settlement for _, settlement in answer.blockers.agreements]
    return tuple(dict.fromkeys(found))


def shown_settlement(answer: SettlementAnswer) -> Settlement | None:
    """Return the settlement to show: the one best for the least served, else the one the smallest opening opens."""
    if answer.best.picks:
        return answer.best.picks[0].settlement
    opening = smallest(answer)
    return None if opening is None else opening.settlement


def smallest(answer: SettlementAnswer) -> Opening | None:
    """Return the opening that costs least: in points where that is enough, else in changes."""
    if answer.unblocking is None:
        return None
    return answer.unblocking.least_lowering or next(iter(answer.unblocking.openings), None)


def place_of(answer: SettlementAnswer, settlement: Settlement | None) -> int | None:
    """Return the row of a settlement among those looked at over many worlds."""
    if answer.robust is None or settlement is None:
        return None
    rows = range(answer.robust.choices.shape[0])
    return next((row for row in rows if answer.robust.settlement(row) == settlement), None)
