"""A party's settlements in order of worth: the least worth that is at least a level, and the k-th best.

Small spaces are sorted. Large additive ones are searched by meeting in the middle: the sums of both halves are sorted,
and each sum of the first half finds its least partner in the second. Of equal ones the first in file order is taken.
"""

from __future__ import annotations

import heapq
from bisect import bisect_left
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from goodoffices.errors import ScenarioError
from goodoffices.rehearsal.preferences import Bools, Floats, Preferences, Settlement, new_tuple

Ints = NDArray[np.int64]

MOST_SORTED = 20_000
"""Additive spaces up to this many settlements are sorted; larger ones are searched by halves."""


class Valued(NamedTuple):
    """A settlement and its worth to the party."""

    settlement: Settlement
    worth: float


class WorthOrder(Protocol):
    """The settlements that a party may propose, in order of worth."""

    best: float
    worst: float

    def at_least(self, level: float) -> Valued | None:
        """Return the settlement of least worth that is worth at least ``level``; of equal ones the first."""

    def nth(self, place: int) -> Valued | None:
        """Return the settlement at a place, counted from the best (0); of equal ones the first comes first."""


class SortedOrder:
    """All settlements, sorted. The party may propose at least one of them."""

    def __init__(self, preferences: Preferences) -> None:
        worths = preferences.all_worths
        self._space = preferences.space
        self._numbers: Ints | None = None if preferences.is_plain else np.flatnonzero(preferences.allowed)
        if self._numbers is not None:
            if not len(self._numbers):
                raise_without_settlement()
            worths = worths[self._numbers]
        self._worths = worths
        self._values: list[float] = []
        self._rising: Ints = np.empty(0, np.int64)
        self._falling: Ints | None = None
        self._best_ones: list[Valued] = []
        self._least: list[Valued | None] = []
        self.best, self.worst = float(worths.max()), float(worths.min())

    def _sort(self) -> None:
        """Sort from the least on; those who concede one after another never need it."""
        rising = stable_order(self._worths)
        self._values = self._worths[rising].tolist()
        self._least = [None] * (len(self._values) + 1)
        self._rising = rising if self._numbers is None else self._numbers[rising]

    def at_least(self, level: float) -> Valued | None:
        """Return the settlement of least worth that is worth at least ``level``; of equal ones the first."""
        if not self._values:
            if level == self.best:  # those who never concede need no order
                return self._valued(int(self._worths.argmax()))
            self._sort()
        place = bisect_left(self._values, level)
        found = self._least[place]
        if found is None and place < len(self._values):
            found = new_tuple(Valued, (self._space.settlement(int(self._rising[place])), self._values[place]))
            self._least[place] = found
        return found

    def _valued(self, at: int) -> Valued:
        number = at if self._numbers is None else int(self._numbers[at])
        return new_tuple(Valued, (self._space.settlement(number), float(self._worths[at])))

    def nth(self, place: int) -> Valued | None:
        """Return the settlement at a place, counted from the best (0)."""
        found = self._best_ones
        if place < len(found):
            return found[place]
        if self._falling is None:
            self._falling = stable_order(-self._worths)
        if place >= len(self._falling):
            return None
        while place >= len(found):
            found.append(self._valued(int(self._falling[len(found)])))
        return found[place]


class HalvesOrder:
    """An additive space of any size whose halves can be sorted."""

    def __init__(self, preferences: Preferences) -> None:
        self._space = preferences.space
        first, second = preferences.halves
        marks = preferences.allowed_halves() if preferences.red_lines else (None, None)
        self._first, self._first_numbers = _sorted_half(first, marks[0])
        self._second, self._second_numbers = _sorted_half(second, marks[1])
        if not len(self._first) or not len(self._second):
            raise_without_settlement()
        self.best = float(self._first[-1] + self._second[-1])
        self.worst = float(self._first[0] + self._second[0])
        self._listed: list[Valued] = []
        self._heap: list[tuple[float, int, int, int]] | None = None

    def at_least(self, level: float) -> Valued | None:
        """Return the settlement of least worth that is worth at least ``level``; of equal ones the first."""
        places = np.searchsorted(self._second, level - self._first, side="left")
        places = self._exact(places, level)
        within = places < len(self._second)
        if not within.any():
            return None
        sums = np.where(within, self._first + self._second[np.minimum(places, len(self._second) - 1)], np.inf)
        least = float(sums.min())
        rows = np.flatnonzero(sums == least)
        row = int(rows[np.argmin(self._first_numbers[rows])])
        return Valued(self._space.settlement(self._first_equal(row, int(places[row]), least)), least)

    def _exact(self, places: Ints, level: float) -> Ints:
        """Correct places found with a difference, which may be rounded, by comparing sums."""
        n = len(self._second)
        while True:
            lower = (places > 0) & (self._first + self._second[np.maximum(places - 1, 0)] >= level)
            higher = (places < n) & (self._first + self._second[np.minimum(places, n - 1)] < level)
            if not lower.any() and not higher.any():
                return places
            places = places - lower.astype(np.int64) + higher.astype(np.int64)

    def _first_equal(self, row: int, place: int, worth: float) -> int:
        """Return the least number among the settlements of one choice of the first half with this worth."""
        base = float(self._first[row])
        least = int(self._second_numbers[place])
        place += 1
        while place < len(self._second) and base + float(self._second[place]) == worth:
            least = min(least, int(self._second_numbers[place]))
            place += 1
        return int(self._first_numbers[row]) * self._space.n_second + least

    def nth(self, place: int) -> Valued | None:
        """Return the settlement at a place, counted from the best (0); found one after another and kept."""
        if self._heap is None:
            self._falling_second = np.argsort(-self._second, kind="stable")
            self._heap = [self._entry(row, 0) for row in range(len(self._first))]
            heapq.heapify(self._heap)
        while len(self._listed) <= place:
            if not self._heap:
                return None
            minus, number, row, column = heapq.heappop(self._heap)
            self._listed.append(Valued(self._space.settlement(number), -minus))
            if column + 1 < len(self._second):
                heapq.heappush(self._heap, self._entry(row, column + 1))
        return self._listed[place]

    def _entry(self, row: int, column: int) -> tuple[float, int, int, int]:
        at = int(self._falling_second[column])
        number = int(self._first_numbers[row]) * self._space.n_second + int(self._second_numbers[at])
        return -float(self._first[row] + self._second[at]), number, row, column


def stable_order(values: Floats) -> Ints:
    """Return the order of values from the least; equal ones stay in file order.

    Sorting without regard to equal values is several times quicker, and right where there are none.
    """
    rising = np.argsort(values)
    ordered = values[rising]
    return np.argsort(values, kind="stable") if (ordered[1:] == ordered[:-1]).any() else rising


def _sorted_half(sums: Floats, allowed: Bools | None) -> tuple[Floats, Ints]:
    numbers = np.arange(len(sums)) if allowed is None else np.flatnonzero(allowed)
    rising = stable_order(sums[numbers])
    return sums[numbers][rising], numbers[rising]


def raise_without_settlement() -> None:
    """Refuse a party whose red lines leave no settlement."""
    raise ScenarioError("a party's red lines leave no settlement that it could propose; take one of them away")


def worth_order(preferences: Preferences) -> WorthOrder:
    """Return the order of a party's settlements, made once and kept with its preferences."""
    kept = preferences.__dict__.get("_order")
    if kept is None:
        large = preferences.is_additive and preferences.space.n > MOST_SORTED
        kept = HalvesOrder(preferences) if large else SortedOrder(preferences)
        preferences.__dict__["_order"] = kept
    return kept
