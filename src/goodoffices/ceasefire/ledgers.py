"""Two ledgers side by side: what each says, day by day and area by area. They are never added up or averaged.

A ledger says who keeps it, never who did something. Confirmation is what the other keeper said; it is not inferred.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from goodoffices.data_class import dataclass
from goodoffices.errors import ScenarioError
from goodoffices.event_table import CellWord, LedgerDay

FEWEST_BULLETINS = 4  # a weekly table of a ledger does not stand on fewer


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """What one ledger says in a period.

    Attributes
    ----------
    bulletins, total
        How many bulletins it has, and what they add up to as stated.
    by_area, unplaced
        Reports by area, and those without one.
    difference
        Stated totals minus their parts: unplaced or miscounted, never repaired.
    only_here
        Areas that the other ledger never names.
    checked_days, checked, confirmed, explained
        Bulletins for which the other keeper's check is stated, what they add up to, and the check's results.
    silent
        Days of the period without a bulletin, on which the other ledger has one.
    """

    ledger: str
    bulletins: int
    total: int
    by_area: Mapping[str, int]
    unplaced: int
    difference: int
    only_here: tuple[str, ...]
    checked_days: int
    checked: int
    confirmed: int
    explained: int
    silent: tuple[date, ...]

    @property
    def not_confirmed(self) -> int:
        """Return how many were checked, and neither confirmed nor explained."""
        return self.checked - self.confirmed - self.explained

    @property
    def not_examined(self) -> int:
        """Return for how many no check is stated."""
        return self.total - self.checked


@dataclass(frozen=True, slots=True, kw_only=True)
class DayPair:
    """One day in both ledgers; a word of the six stands where a ledger has no number."""

    day: date
    first: str
    second: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconciliation:
    """Two ledgers of one period beside each other.

    ``higher``, ``lower`` and ``equal`` count the days on which both have a bulletin, by how the first compares. Links
    between single reports are not possible: bulletins are counts.
    """

    first_day: date
    last_day: date
    first: Side
    second: Side
    days: tuple[DayPair, ...]
    higher: int
    lower: int
    equal: int
    links: str = "not possible"

    def rows(self) -> list[dict[str, object]]:
        """Return one flat mapping for each area, both ledgers beside each other."""
        areas = sorted({*self.first.by_area, *self.second.by_area})
        return [
            {"area": area, self.first.ledger: self.first.by_area.get(area),
             self.second.ledger: self.second.by_area.get(area)} for area in areas
        ]  # fmt: skip

    def __repr__(self) -> str:
        return f"<Reconciliation {self.first.ledger} | {self.second.ledger}, {len(self.days)} days>"


def reconcile(
    bulletins: Iterable[LedgerDay],
    first: str,
    second: str,
    *,
    first_day: date | None = None,
    last_day: date | None = None,
) -> Reconciliation:
    """Put two ledgers side by side.

    Parameters
    ----------
    bulletins
        Those of any ledgers; the others are left out.
    first, second
        The names of the two ledgers.
    first_day, last_day
        The period, by the days of the bulletins; by default all that there are.

    Raises
    ------
    ScenarioError
        If the ledgers are the same, one has no bulletin in the period, or one has two of one day.
    """
    if first == second:
        raise ScenarioError(f"a ledger cannot be compared with itself; name another one beside {first!r}")
    chosen = [
        one for one in bulletins
        if one.ledger in (first, second)
        and (first_day is None or one.day >= first_day) and (last_day is None or one.day <= last_day)
    ]  # fmt: skip
    by_ledger = {name: _by_day(name, chosen) for name in (first, second)}
    for name, found in by_ledger.items():
        if not found:
            raise ScenarioError(f"the ledger {name!r} has no bulletin in this period; choose other days or a ledger")
    days = sorted({one.day for one in chosen})
    named = {name: {area for one in chosen if one.ledger == name for area in one.parts if area} for name in by_ledger}
    sides = [
        _side(name, by_ledger[name], sorted(named[name] - named[other]), days)
        for name, other in ((first, second), (second, first))
    ]
    pairs = [(day, by_ledger[first].get(day), by_ledger[second].get(day)) for day in days]
    both = [(one.total, other.total) for _, one, other in pairs if one is not None and other is not None]
    return Reconciliation(
        first_day=first_day or days[0], last_day=last_day or days[-1], first=sides[0], second=sides[1],
        days=tuple(DayPair(day=day, first=cell_of(one), second=cell_of(other)) for day, one, other in pairs),
        higher=sum(a > b for a, b in both), lower=sum(a < b for a, b in both), equal=sum(a == b for a, b in both),
    )  # fmt: skip


def _by_day(ledger: str, bulletins: Sequence[LedgerDay]) -> dict[date, LedgerDay]:
    found: dict[date, LedgerDay] = {}
    for one in bulletins:
        if one.ledger == ledger and found.setdefault(one.day, one) is not one:
            raise ScenarioError(f"the ledger {ledger!r} has two bulletins of {one.day}; say which one holds")
    return found


def _side(ledger: str, bulletins: Mapping[date, LedgerDay], only_here: list[str], days: Sequence[date]) -> Side:
    by_area: dict[str, int] = {}
    for one in bulletins.values():
        for area, count in one.parts.items():
            if area and count:
                by_area[area] = by_area.get(area, 0) + count
    checked = [one for one in bulletins.values() if one.confirmed is not None]
    return Side(
        ledger=ledger, bulletins=len(bulletins), total=sum(one.total for one in bulletins.values()), by_area=by_area,
        unplaced=sum(one.unplaced for one in bulletins.values()),
        difference=sum(one.difference for one in bulletins.values()), only_here=tuple(only_here),
        checked_days=len(checked), checked=sum(one.total for one in checked),
        confirmed=sum(one.confirmed or 0 for one in checked), explained=sum(one.explained or 0 for one in checked),
        silent=tuple(day for day in days if day not in bulletins),
    )  # fmt: skip


def cell_of(bulletin: LedgerDay | None) -> str:
    """Return a day of a ledger as a table shows it: a number above zero, *stated as none*, or *no report*."""
    if bulletin is None:
        return CellWord.NO_REPORT
    return str(bulletin.total) if bulletin.total else CellWord.STATED_AS_NONE


def week_of(bulletins: Iterable[LedgerDay], ledger: str, monday: date) -> tuple[LedgerDay, ...] | None:
    """Return the bulletins of a ledger in a week, or ``None`` if there are fewer than four.

    A week that begins on another day than Monday is taken as it comes.
    """
    found = [one for one in bulletins if one.ledger == ledger and monday <= one.day < monday + timedelta(days=7)]
    return tuple(sorted(found, key=lambda one: one.day)) if len(found) >= FEWEST_BULLETINS else None


def seen_by_neither(n_first: int, n_second: int, n_both: int) -> float:
    """Estimate how many events there were in all from two lists and their overlap (Chapman's estimate).

    It assumes that the lists miss events independently. The ledgers of rival guarantors do not; so it is given only on
    request, with this assumption.

    Raises
    ------
    ScenarioError
        If a number is negative, or more are in both than in one.

    Examples
    --------
    >>> seen_by_neither(9, 4, 4)
    9.0
    """
    if min(n_first, n_second, n_both) < 0 or n_both > min(n_first, n_second):
        raise ScenarioError("events in both lists are at most as many as those in each, and none of these is negative")
    return (n_first + 1) * (n_second + 1) / (n_both + 1) - 1
