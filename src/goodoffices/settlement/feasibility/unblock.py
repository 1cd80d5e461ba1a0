"""Find the smallest changes that make a settlement possible.

Points of different parties cannot be added or compared. So an opening is smallest if no other opening asks no more of
anybody, and less of somebody. Usually there are several, and which to take is for the parties.
"""

from __future__ import annotations

import itertools
from fractions import Fraction

import numpy as np

from goodoffices.bargain import Bargain
from goodoffices.data_class import dataclass
from goodoffices.phrases.phrase import Phrase
from goodoffices.progress import Progress, Watch
from goodoffices.settlement.feasibility.coalition_feasibility import lowering
from goodoffices.settlement.feasibility.minimal_changes import lift_by_programme
from goodoffices.settlement.problem.argument_checks import check_bargain, check_count
from goodoffices.settlement.problem.enumeration import undominated_rows
from goodoffices.settlement.problem.integer_form import minimal_coalitions, prepare
from goodoffices.text_tables import counted, figure

Settlement = tuple[int, ...]

_FEW = 100_000
_MOST_COMPARED = 2_000_000_000


@dataclass(frozen=True, slots=True, order=True)
class Change:
    """One thing to give up: a party's reservation value, one of its red lines, or a constraint.

    ``kind`` is ``reservation``, ``red line`` or ``constraint``. ``party`` and ``place`` say which one: ``place`` is the
    issue and option of a red line, or the number of a constraint.
    """

    kind: str
    party: int = -1
    place: tuple[int, int] = (-1, -1)

    def words(self, bargain: Bargain) -> str:
        """Return the change as text."""
        if self.kind == "constraint":
            return Phrase("drop the constraint {name}", name=repr(bargain.constraints[self.place[0]].name))
        name = bargain.parties[self.party]
        if self.kind == "reservation":
            return Phrase("{party} accepts less than its reservation value", party=name)
        issue = bargain.issues[self.place[0]]
        gaps = {"option": repr(issue.options[self.place[1]]), "issue": repr(issue.name)}
        return Phrase("{party} lifts its red line {option} on {issue}", party=name, **gaps)


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """A set of changes, a settlement that it makes possible, and how far reservation values must be lowered."""

    changes: frozenset[Change]
    settlement: Settlement
    lowering: tuple[Fraction, ...]

    @property
    def lifted(self) -> frozenset[Change]:
        """The red lines and constraints among the changes."""
        return frozenset(change for change in self.changes if change.kind != "reservation")

    @property
    def asks(self) -> tuple[tuple[Fraction, bool], ...]:
        """What is asked of each party: how far to lower its reservation value, and whether to lower it at all."""
        named = {change.party for change in self.changes if change.kind == "reservation"}
        return tuple((by, party in named) for party, by in enumerate(self.lowering))


@dataclass(frozen=True, slots=True, kw_only=True)
class Unblocking:
    """The smallest changes that make a settlement possible.

    ``openings`` are the smallest: none of them asks no more of everybody, and less of somebody, than another opening
    does. Those with the fewest changes come first; points of different parties are never added. Enough changes always
    open something, so that there is none only where the time was too short. ``is_complete`` says
    whether these are all, ``is_decided`` whether it is known that something has to change, or that nothing does. If a
    settlement is possible already, there is one opening without changes.
    """

    bargain: Bargain
    openings: tuple[Opening, ...]
    is_complete: bool
    is_decided: bool
    method: str
    seconds: float

    def __repr__(self) -> str:
        if not self.is_needed:
            return "<Unblocking: no change is needed>"
        found = counted(len(self.openings), "smallest opening")
        return f"<Unblocking: {found}, {'all' if self.is_complete else 'there may be more'}>"

    @property
    def is_needed(self) -> bool:
        """Whether anything has to change: nothing does if a settlement is possible already."""
        return not any(not opening.changes for opening in self.openings)

    @property
    def without_red_lines(self) -> tuple[Opening, ...]:
        """The openings that lift no red line and drop no constraint."""
        return tuple(opening for opening in self.openings if not opening.lifted)

    def __str__(self) -> str:
        begin = list(self.bargain.beginning)
        if not self.is_needed:
            return "\n".join([*begin, "A settlement is possible already: nothing needs to change."])
        if not self.openings:
            return "\n".join([*begin, "None was found: the time was too short. Allow more time."])
        lines = [
            *begin,
            "Smallest changes that open a settlement" + ("" if self.is_complete else " (there may be more)") + ":",
        ]
        for number, opening in enumerate(self.openings, start=1):
            words = "; ".join(self._words(opening, change) for change in sorted(opening.changes))
            chosen = " / ".join(self.bargain.named(opening.settlement).values())
            lines.append(f"{number}. {words}. Opens: {chosen}")
        return "\n".join(lines)

    def _words(self, opening: Opening, change: Change) -> str:
        words = change.words(self.bargain)
        return words if change.kind != "reservation" else f"{words}, by {figure(opening.lowering[change.party])}"


def unblock(
    bargain: Bargain, *, limit: int = 100, time_limit: float | None = None, progress: Progress | None = None
) -> Unblocking:
    """Return the smallest sets of reservation values, red lines and constraints to give up, up to ``limit`` of them.

    Each makes a settlement possible, and none that asks less does. Bargains of up to 100,000 settlements are
    enumerated. For larger ones integer programming is used, and every settlement is checked again exactly; then one
    opening is given for each set of things to give up, and there are more that ask less of one and more of another.

    Raises
    ------
    ScenarioError
        If the bargain is too large and its totals have too many digits for integer programming.
    """
    check_bargain(bargain)
    check_count("the limit", limit)
    watch = Watch(time_limit=time_limit, progress=progress)
    if bargain.settlements <= _FEW:
        found, complete, is_decided = _enumerated(bargain), True, True
        method = "enumeration of every settlement"
        watch.tell("settlements", 1.0)
    else:
        lifted = lift_by_programme(prepare(bargain), limit, watch)
        complete, is_decided = lifted.is_free, lifted.is_decided
        found = [_opening(bargain, settlement, coalition) for settlement, coalition in lifted.found]
        method = "integer programming, settlements checked exactly"
    smallest = _smallest(found)
    return Unblocking(
        bargain=bargain,
        openings=tuple(smallest[:limit]),
        is_complete=complete and len(smallest) <= limit,
        is_decided=is_decided,
        method=method,
        seconds=watch.seconds,
    )


def needed(bargain: Bargain, settlement: Settlement, coalition: frozenset[int]) -> frozenset[Change]:
    """Return what must be given up for ``coalition`` to settle on ``settlement``."""
    changes = {
        Change("constraint", place=(number, -1))
        for number, limit in enumerate(bargain.constraints)
        if limit.forbidden.holds(settlement)
    }
    chosen = set(enumerate(settlement))
    worth = bargain.worth_of(settlement)
    for party in coalition:
        changes |= {Change("red line", party, pair) for pair in chosen & bargain.red_lines[party]}
        least = Fraction(bargain.reservation_value[party])
        if worth[party] < least or (bargain.strict[party] and worth[party] == least):
            changes.add(Change("reservation", party))
    return frozenset(changes)


def _opening(bargain: Bargain, settlement: Settlement, coalition: frozenset[int]) -> Opening:
    by = lowering(bargain, settlement)
    return Opening(
        changes=needed(bargain, settlement, coalition),
        settlement=settlement,
        lowering=tuple(part if party in coalition else Fraction(0) for party, part in enumerate(by)),
    )


def _enumerated(bargain: Bargain) -> list[Opening]:
    """Return an opening for every settlement and coalition, without those that ask the same."""
    coalitions = minimal_coalitions(bargain.decided_by, len(bargain.parties))
    found: dict[object, Opening] = {}
    for settlement in itertools.product(*(range(len(issue.options)) for issue in bargain.issues)):
        for coalition in coalitions:
            opening = _opening(bargain, settlement, coalition)
            found.setdefault((opening.lifted, opening.asks), opening)
    return list(found.values())


def _smallest(found: list[Opening]) -> list[Opening]:
    """Return the openings of which no other asks no more of anybody and less of somebody, the fewest changes first."""
    by_lifted: dict[frozenset[Change], list[Opening]] = {}
    for opening in found:
        by_lifted.setdefault(opening.lifted, []).append(opening)
    kept: list[Opening] = []
    for lifted in sorted(by_lifted, key=lambda lines: (len(lines), sorted(lines))):
        fewer = [opening for opening in kept if opening.lifted < lifted]
        least = _least_asked(by_lifted[lifted])
        kept += [opening for opening in least if not any(_asks_less(other, opening) for other in fewer)]
    return sorted(kept, key=lambda opening: (len(opening.changes), sorted(opening.changes), opening.lowering))


def _least_asked(group: list[Opening]) -> list[Opening]:
    """Return those of a group that lift the same, of which no other asks less; the ranks keep the comparison exact."""
    columns = list(zip(*(opening.asks for opening in group), strict=True))
    orders = [{value: place for place, value in enumerate(sorted(set(column)))} for column in columns]
    ranks = [[order[value] for value in column] for order, column in zip(orders, columns, strict=True)]
    rows = undominated_rows(-np.array(ranks, np.int64).T, most=_MOST_COMPARED)
    return [group[int(row)] for row in rows[0]] if rows is not None else group


def _asks_less(one: Opening, other: Opening) -> bool:
    return all(mine <= others for mine, others in zip(one.asks, other.asks, strict=True))
