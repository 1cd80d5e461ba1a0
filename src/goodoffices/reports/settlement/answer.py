"""What the settlement room finds, gathered once for words, tables and pictures: for a seat's assessments, or a file."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from goodoffices.bargain import Bargain, Box
from goodoffices.data_class import dataclass
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
_QUICK_SETTLEMENTS, _QUICK_PARTIES = 5_000, 10
"""In a file's bargain of up to this size what blocks it, and the smallest openings, are looked for unasked."""

_QUICK_ROUNDED = 2_000
"""Where sums are rounded while counting, settlements near the limit are looked at one by one, which takes longer."""
ANY = "any"
"""In place of a solution: any settlement that all could sign, found on the way to the smallest openings."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What to look at: everything in talks; of a large file only what is asked for.

    Parameters
    ----------
    solutions
        Names of bargaining solutions to report beside ``base``.
    base
        The solution that decides whether anything is possible, and which settlement is shown; or :data:`ANY`.
    count, options
        How many settlements are possible, and how many of them contain each option.
    blocks, openings
        If nothing is possible: what blocks it, and the smallest changes that would open something.
    frontier
        A longer attempt at the frontier, where it was not needed for the solutions.
    """

    solutions: tuple[str, ...] = ()
    base: str = "leximin"
    count: bool = True
    options: bool = True
    blocks: bool = True
    openings: bool = True
    frontier: bool = False


def scope_of(
    bargain: Bargain,
    solutions: tuple[str, ...],
    *,
    count: bool = False,
    openings: bool = False,
    frontier: bool = False,
) -> Scope:
    """Return what to look at for a file's bargain: what is quick, whatever was asked, and what was asked for.

    Without ``solutions`` it only matters whether anything is possible.
    """
    from goodoffices.settlement.problem.enumeration import FEW
    from goodoffices.settlement.problem.integer_form import prepare

    tables, n = prepare(bargain), bargain.settlements
    quick = tables.n_parties <= _MOST_PARTIES and n <= (FEW if tables.is_exact else _QUICK_ROUNDED)
    easy = tables.n_parties <= _QUICK_PARTIES and n <= _QUICK_SETTLEMENTS
    if quick or "leximin" in solutions:
        base = "leximin"
    elif solutions:
        base = solutions[0]
    else:
        base = "egalitarian" if tables.is_additive else ANY
    return Scope(
        solutions=solutions,
        base=base,
        count=count or quick,
        options=quick,
        blocks=easy,
        openings=openings or easy or base == ANY,
        frontier=frontier,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class SettlementAnswer:
    """What the settlement room found for one seat's assessments, or for a file.

    Parameters
    ----------
    zone, unblocking
        ``None`` also where the scope left them out.
    counts
        Per issue and option, how many possible settlements contain it; an estimate where ``zone`` is one.
    blocking
        Issues of which it is enough that each party gets its own best option there, red lines aside; only if nothing
        is possible.
    robust
        ``None`` if the assessments leave nothing in doubt, or there is nothing to look at.
    """

    assessed: AssessedBargain
    scope: Scope
    zone: Zone | None
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
        return self.solutions[self.scope.base]


def answer_of(
    assessed: AssessedBargain,
    *,
    worlds: int = 10_000,
    seed: int = 1,
    scope: Scope = Scope(),
    time_limit: float | None = None,
    progress: Progress | None = None,
) -> SettlementAnswer:
    """Return the answer for a seat's assessments, or for a file; the same seed gives the same answer.

    Parameters
    ----------
    worlds
        How many to draw from what is in doubt.
    time_limit
        Seconds, for each of the questions.
    """
    from goodoffices.progress import Watch
    from goodoffices.settlement.feasibility.blockers import blockers
    from goodoffices.settlement.feasibility.unblock import unblock
    from goodoffices.settlement.feasibility.zone import zone
    from goodoffices.settlement.frontiers.frontier import no_frontier, whole_frontier
    from goodoffices.settlement.problem.integer_form import prepare
    from goodoffices.settlement.solutions.solve import choose_all

    bargain = assessed.bargain
    watch, tables = Watch(time_limit=time_limit, progress=progress), prepare(bargain)
    if scope.base == ANY:
        opened = unblock(bargain, time_limit=time_limit, progress=progress)
        found, points = {ANY: _any(opened)}, no_frontier(tables, watch)
    else:
        opened = None
        solved = choose_all(tables, tuple(dict.fromkeys((scope.base, *scope.solutions))), watch=watch)
        found, points = solved.by_name, solved.frontier
    stuck, many = not found[scope.base].picks, len(bargain.parties) > _MOST_PARTIES
    blocks = stuck and scope.blocks
    if stuck and scope.openings and opened is None:
        opened = unblock(bargain, time_limit=time_limit, progress=progress)
    answer = SettlementAnswer(
        assessed=assessed,
        scope=scope,
        zone=zone(bargain, time_limit=time_limit, progress=progress) if scope.count else None,
        points=whole_frontier(tables, points, watch) if scope.frontier else points,
        solutions=found,
        counts=() if stuck or not scope.options or _is_large(bargain) else _counts(bargain, time_limit, progress),
        blocking=_blocking(bargain, time_limit, progress) if blocks else (),
        blockers=blockers(bargain, time_limit=time_limit, progress=progress) if blocks and not many else None,
        unblocking=opened if stuck else None,
        robust=None,
    )
    if assessed.beliefs is None or not assessed.in_doubt or many or (candidates := _candidates(answer)) == ():
        return answer
    from goodoffices.settlement.uncertainty.robustness import robust

    drawn = robust(assessed.beliefs, worlds=worlds, seed=seed, candidates=candidates, progress=progress)
    return replace(answer, robust=drawn)


def _any(opened: Unblocking) -> Solution:
    """Return, as a solution, the settlement that needs no change; none if every one needs some."""
    from goodoffices.settlement.results import Note, Solution, Status, pick

    free = [opening.settlement for opening in opened.openings if not opening.changes]
    note = Note(
        method=opened.method, arithmetic="exact", definition="any that all could sign", reference="",
        seconds=opened.seconds, warnings=opened.bargain.assumptions,
    )  # fmt: skip
    return Solution(
        bargain=opened.bargain, name=ANY, note=note, value=None, bound=None, complete=False,
        status=Status.PROVEN if free else Status.INFEASIBLE if opened.is_decided else Status.BOUNDED,
        picks=tuple(pick(opened.bargain, settlement) for settlement in free[:1]),
    )  # fmt: skip


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
    links = tuple(
        replace(link, box=box) for link in bargain.interactions if (box := _with(link.box, issue, option)) is not None
    )
    limits = tuple(
        replace(limit, forbidden=box)
        for limit in bargain.constraints
        if (box := _with(limit.forbidden, issue, option)) is not None
    )
    return replace(
        bargain, issues=tuple(issues), worth=tuple(worth), red_lines=lines, interactions=links, constraints=limits
    )


def _with(box: Box, issue: int, option: int) -> Box | None:
    """Return what a box says of the other issues, once one issue is settled; ``None`` if that lies outside."""
    if any(at == issue and option not in options for at, options in box.where):
        return None
    return replace(box, where=tuple(pair for pair in box.where if pair[0] != issue))


def _is_large(bargain: Bargain) -> bool:
    n_options = sum(len(one.options) for one in bargain.issues)
    return n_options > _MOST_OPTIONS or bargain.settlements > _MOST_SETTLEMENTS


def _counts(bargain: Bargain, time_limit: float | None, progress: Progress | None) -> tuple[tuple[int, ...], ...]:
    """Return how many settlements are possible with each option; nothing if the work is stopped before it is done."""
    from goodoffices.progress import is_stopped
    from goodoffices.settlement.feasibility.zone import option_counts, zone
    from goodoffices.settlement.problem.enumeration import FEW

    if bargain.settlements <= FEW and len(bargain.parties) <= _MOST_PARTIES:
        return option_counts(bargain)
    found: list[tuple[int, ...]] = []
    for issue, one in enumerate(bargain.issues):
        counts = []
        for option in range(len(one.options)):
            if is_stopped(progress):
                return ()
            counts.append(zone(restricted(bargain, issue, option), time_limit=time_limit, progress=progress).count)
        found.append(tuple(counts))
    return tuple(found)


def _blocking(bargain: Bargain, time_limit: float | None, progress: Progress | None) -> tuple[int, ...]:
    """Return the issues of which one alone, settled to everybody's liking, would let all sign.

    None where options add worth to each other: then what a party likes best on one issue depends on the others.
    """
    from goodoffices.settlement.solutions.solve import solve

    if bargain.interactions:
        return ()
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
    """Return one of the smallest openings: one that touches no red line, if there is one."""
    if answer.unblocking is None:
        return None
    return next(iter((*answer.unblocking.without_red_lines, *answer.unblocking.openings)), None)


def place_of(answer: SettlementAnswer, settlement: Settlement | None) -> int | None:
    """Return the row of a settlement among those looked at over many worlds."""
    if answer.robust is None or settlement is None:
        return None
    rows = range(answer.robust.choices.shape[0])
    return next((row for row in rows if answer.robust.settlement(row) == settlement), None)
