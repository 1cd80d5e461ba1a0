"""Find the parties that cannot agree with each other, those that can, and those with a veto."""

from __future__ import annotations

import numpy as np

from goodoffices.bargain import Bargain
from goodoffices.data_class import dataclass
from goodoffices.errors import ScenarioError
from goodoffices.progress import Progress, Watch
from goodoffices.settlement.feasibility.coalition_feasibility import Oracle
from goodoffices.settlement.frontiers.frontier import MOST_POINTS, frontier_of
from goodoffices.settlement.problem.argument_checks import check_bargain
from goodoffices.settlement.problem.integer_form import minimal_coalitions, prepare
from goodoffices.text_tables import counted

Settlement = tuple[int, ...]

_MOST_PARTIES = 20
_MOST_CORE = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Blockers:
    """Which parties can agree with which.

    Parameters
    ----------
    conflicts
        Minimal sets of parties that cannot agree on any settlement. Without any one of them the others can.
    agreements
        Maximal sets of parties that can agree, each with a settlement that all of them accept.
    concessions
        Minimal sets of parties that have to give way, so that the others can agree (complements of ``agreements``).
    veto_players
        Parties whose consent the rule always needs.
    coalitions
        The minimal sets of parties whose consent is enough, each with a settlement it can reach, or ``None``.
    """

    bargain: Bargain
    conflicts: tuple[frozenset[int], ...]
    agreements: tuple[tuple[frozenset[int], Settlement], ...]
    concessions: tuple[frozenset[int], ...]
    veto_players: frozenset[int]
    coalitions: tuple[tuple[frozenset[int], Settlement | None], ...]
    seconds: float

    @property
    def is_possible(self) -> bool:
        """Whether a coalition whose consent is enough can reach a settlement."""
        return any(settlement is not None for _, settlement in self.coalitions)

    def __repr__(self) -> str:
        found = "a settlement is possible" if self.is_possible else "no settlement is possible"
        return f"<Blockers: {found}, {counted(len(self.conflicts), 'conflict')}>"

    def names(self, parties: frozenset[int]) -> str:
        """Return the names of the parties, joined."""
        return ", ".join(self.bargain.parties[party] for party in sorted(parties)) or "nobody"

    def __str__(self) -> str:
        lines = list(self.bargain.beginning)
        lines += ["A settlement is possible." if self.is_possible else "No settlement is possible under the rule."]
        lines += [f"Cannot agree together: {self.names(parties)}" for parties in self.conflicts]
        for parties, settlement in self.agreements:
            chosen = " / ".join(self.bargain.named(settlement).values())
            lines.append(f"Can agree: {self.names(parties)}, on {chosen}")
        lines.append(f"Veto: {self.names(self.veto_players)}")
        return "\n".join(lines)


def blockers(bargain: Bargain, *, time_limit: float | None = None, progress: Progress | None = None) -> Blockers:
    """Return every minimal set of parties that cannot agree, and every maximal set that can.

    Raises
    ------
    ScenarioError
        If there are more than 20 parties, or if the time limit was reached.

    References
    ----------
    M. H. Liffiton, A. Previti, A. Malik & J. Marques-Silva (2016). Fast, flexible MUS enumeration. Constraints 21(2),
    223-250. https://doi.org/10.1007/s10601-015-9183-0
    """
    check_bargain(bargain)
    n = len(bargain.parties)
    if n > _MOST_PARTIES:
        raise ScenarioError(f"there are {n} parties, and the limit is {_MOST_PARTIES}; join parties that act together")
    watch = Watch(time_limit=time_limit, progress=progress)
    oracle = Oracle.of(bargain, watch)
    conflicts, agreements = _map(oracle, n, watch)
    everyone = frozenset(range(n))
    rule = bargain.decided_by
    coalitions = [(group, oracle.settlement(group)) for group in minimal_coalitions(rule, n)]
    return Blockers(
        bargain=bargain,
        conflicts=tuple(sorted(conflicts, key=sorted)),
        agreements=tuple(sorted(agreements, key=lambda found: sorted(found[0]))),
        concessions=tuple(sorted((everyone - group for group, _ in agreements), key=sorted)),
        veto_players=frozenset(party for party in everyone if not rule.holds(everyone - {party})),
        coalitions=tuple(coalitions),
        seconds=watch.seconds,
    )


def _map(oracle: Oracle, n: int, watch: Watch) -> tuple[list[frozenset[int]], list[tuple[frozenset[int], Settlement]]]:
    """Explore all sets of parties, each time the largest one that is not decided yet."""
    masks = np.arange(1 << n)
    size = np.array([int(mask).bit_count() for mask in masks])
    order = masks[np.argsort(-size, kind="stable")]
    settled = np.zeros(1 << n, bool)
    conflicts: list[frozenset[int]] = []
    agreements: list[tuple[frozenset[int], Settlement]] = []
    at = 0
    while at < order.size:
        mask = int(order[at])
        if settled[mask]:
            at += 1
            continue
        parties = frozenset(party for party in range(n) if mask >> party & 1)
        found = oracle.settlement(parties)
        if found is None:
            least = _shrunk(oracle, parties)
            conflicts.append(least)
            settled |= masks & _bits(least) == _bits(least)
        else:
            most, found = _grown(oracle, parties, found, n)
            agreements.append((most, found))
            settled |= masks & ~_bits(most) == 0
        watch.tell("sets of parties", float(settled.mean()))
    return conflicts, agreements


def _bits(parties: frozenset[int]) -> int:
    return sum(1 << party for party in parties)


def _shrunk(oracle: Oracle, parties: frozenset[int]) -> frozenset[int]:
    """Remove parties as long as the rest still cannot agree."""
    for party in sorted(parties):
        if oracle.settlement(parties - {party}) is None:
            parties = parties - {party}
    return parties


def _grown(oracle: Oracle, parties: frozenset[int], found: Settlement, n: int) -> tuple[frozenset[int], Settlement]:
    """Add parties as long as all can still agree."""
    parties = parties | oracle.accepting(found)
    for party in range(n):
        if party not in parties:
            more = oracle.settlement(parties | {party})
            if more is not None:
                found = more
                parties = parties | {party} | oracle.accepting(more)
    return parties, found


def objections(bargain: Bargain, settlement: Settlement) -> list[tuple[frozenset[int], Settlement]]:
    """Return the coalitions whose consent is enough and that have a settlement better for each of their members.

    Each comes with such a settlement. It is above their reservation values and crosses none of their red lines.
    """
    from dataclasses import replace

    check_bargain(bargain)
    settlement = bargain.settlement(settlement)
    worth = bargain.worth_of(settlement)
    least = tuple(max(w, r) for w, r in zip(worth, _fractions(bargain), strict=True))
    better = replace(
        bargain, reservation_value=least, strict=tuple(w >= r for w, r in zip(worth, _fractions(bargain), strict=True))
    )
    oracle = Oracle.of(better, Watch())
    found = []
    for group in minimal_coalitions(bargain.decided_by, len(bargain.parties)):
        other = oracle.settlement(group)
        if other is not None:
            found.append((group, other))
    return found


def _fractions(bargain: Bargain) -> list:  # type: ignore[type-arg]
    from fractions import Fraction

    return [Fraction(value) for value in bargain.reservation_value]


def core(bargain: Bargain) -> list[Settlement]:
    """Return the frontier settlements to which no coalition whose consent is enough objects.

    Raises
    ------
    ScenarioError
        If the frontier has more than 2,000 points.
    """
    points = frontier_of(prepare(bargain), among="possible", most=MOST_POINTS, watch=Watch())
    if len(points) > _MOST_CORE:
        raise ScenarioError(f"the frontier has {len(points)} points; the limit for the core is {_MOST_CORE}")
    found: list[Settlement] = []
    for at in range(len(points)):
        settlement = points.settlement(at)
        if not objections(bargain, settlement):
            found.append(settlement)
    return found
