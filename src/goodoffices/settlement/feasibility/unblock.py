"""Find the smallest changes that make a settlement possible."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from goodoffices.bargain import Bargain
from goodoffices.progress import Progress, Watch
from goodoffices.settlement.feasibility.coalition_feasibility import lowering
from goodoffices.settlement.feasibility.minimal_changes import lift_by_programme
from goodoffices.settlement.problem.integer_form import minimal_coalitions, prepare

Settlement = tuple[int, ...]

_FEW = 100_000


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
            return f"drop the constraint {bargain.constraints[self.place[0]].name!r}"
        name = bargain.parties[self.party]
        if self.kind == "reservation":
            return f"{name} accepts less than its reservation value"
        issue = bargain.issues[self.place[0]]
        return f"{name} lifts its red line {issue.options[self.place[1]]!r} on {issue.name!r}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """A minimal set of changes, a settlement that it makes possible, and how far reservation values must be lowered."""

    changes: frozenset[Change]
    settlement: Settlement
    lowering: tuple[Fraction, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unblocking:
    """The smallest changes that make a settlement possible.

    ``openings`` are the minimal sets of changes, the smallest first. ``is_complete`` says whether these are all.
    ``least_lowering`` is the settlement with the smallest total lowering of reservation values if nothing else changes;
    ``None`` if red lines or constraints forbid everything. If a settlement is possible already, there is one opening
    without changes.
    """

    bargain: Bargain
    openings: tuple[Opening, ...]
    is_complete: bool
    least_lowering: Opening | None
    method: str
    seconds: float

    def __str__(self) -> str:
        if self.openings and not self.openings[0].changes:
            return "A settlement is possible already: nothing needs to change."
        lines = ["Smallest changes that open a settlement" + ("" if self.is_complete else " (there may be more)") + ":"]
        for number, opening in enumerate(self.openings, start=1):
            words = "; ".join(change.words(self.bargain) for change in sorted(opening.changes))
            chosen = " / ".join(self.bargain.named(opening.settlement).values())
            lines.append(f"{number}. {words}. Opens: {chosen}")
        if self.least_lowering is not None:
            parts = [
                f"{name} by {float(by):.6g}"
                for name, by in zip(self.bargain.parties, self.least_lowering.lowering, strict=True)
                if by
            ]
            lines.append("Least total lowering of reservation values: " + ", ".join(parts))
        return "\n".join(lines)


def unblock(
    bargain: Bargain, *, limit: int = 100, time_limit: float | None = None, progress: Progress | None = None
) -> Unblocking:
    """Return every minimal set of reservation values, red lines and constraints to give up, up to ``limit`` sets.

    Each set makes a settlement possible, and no smaller part of it does. Bargains of up to 100,000 settlements are
    enumerated. For larger ones integer programming is used, and every settlement is checked again exactly.

    Raises
    ------
    ScenarioError
        If the bargain is too large and its totals have too many digits for integer programming.
    """
    watch = Watch(time_limit=time_limit, progress=progress)
    if bargain.settlements <= _FEW:
        openings, best, complete = _enumerated(bargain, limit, watch)
        method = "enumeration of every settlement"
    else:
        found, best_settlement, complete = lift_by_programme(prepare(bargain), limit, watch)
        openings = _minimal(
            [(needed(bargain, settlement, group), settlement) for settlement, group in found], bargain, limit
        )
        best = None if best_settlement is None else _opening(bargain, *best_settlement)
        method = "integer programming, settlements checked exactly"
    return Unblocking(
        bargain=bargain,
        openings=openings,
        is_complete=complete,
        least_lowering=best,
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


def _pairs(bargain: Bargain) -> Iterator[tuple[Settlement, frozenset[int]]]:
    coalitions = minimal_coalitions(bargain.decided_by, len(bargain.parties))
    for settlement in itertools.product(*(range(len(issue.options)) for issue in bargain.issues)):
        for coalition in coalitions:
            yield settlement, coalition


def _enumerated(bargain: Bargain, limit: int, watch: Watch) -> tuple[tuple[Opening, ...], Opening | None, bool]:
    by_changes: dict[frozenset[Change], list[tuple[Settlement, frozenset[int]]]] = {}
    best: tuple[Fraction, Settlement, frozenset[int]] | None = None
    for settlement, coalition in _pairs(bargain):
        changes = needed(bargain, settlement, coalition)
        by_changes.setdefault(changes, []).append((settlement, coalition))
        if all(change.kind == "reservation" for change in changes):
            by = sum((part for p, part in enumerate(lowering(bargain, settlement)) if p in coalition), Fraction(0))
            if best is None or by < best[0]:
                best = (by, settlement, coalition)
    minimal = _least_sets(list(by_changes))
    openings = tuple(_cheapest(bargain, by_changes[changes]) for changes in minimal[:limit])
    watch.tell("settlements", 1.0)
    return openings, None if best is None else _opening(bargain, best[1], best[2]), len(minimal) <= limit


def _cheapest(bargain: Bargain, found: list[tuple[Settlement, frozenset[int]]]) -> Opening:
    """Return the settlement with the least total lowering among those that the same changes make possible."""
    openings = (_opening(bargain, settlement, coalition) for settlement, coalition in found)
    return min(openings, key=lambda opening: sum(opening.lowering, Fraction(0)))


def _least_sets(sets: list[frozenset[Change]]) -> list[frozenset[Change]]:
    """Return the sets that contain no other set, the smallest first, in a fixed order."""
    kept: list[frozenset[Change]] = []
    for changes in sorted(sets, key=lambda one: (len(one), sorted(one))):
        if not any(other <= changes for other in kept):
            kept.append(changes)
    return kept


def _minimal(found: list[tuple[frozenset[Change], Settlement]], bargain: Bargain, limit: int) -> tuple[Opening, ...]:
    by_changes = dict(reversed(found))
    openings = []
    for changes in _least_sets(list(by_changes))[:limit]:
        by = lowering(bargain, by_changes[changes])
        named = {change.party for change in changes if change.kind == "reservation"}
        parts = tuple(part if party in named else Fraction(0) for party, part in enumerate(by))
        openings.append(Opening(changes=changes, settlement=by_changes[changes], lowering=parts))
    return tuple(openings)
