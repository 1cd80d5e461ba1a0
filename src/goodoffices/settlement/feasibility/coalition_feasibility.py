"""Find out whether some parties have a settlement that all of them accept. This is asked many times."""

from __future__ import annotations

import itertools
from dataclasses import field
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from goodoffices.bargain import Bargain
from goodoffices.data_class import dataclass
from goodoffices.errors import ScenarioError
from goodoffices.progress import Watch
from goodoffices.settlement.frontiers.bucket_elimination import linked_candidates
from goodoffices.settlement.problem.integer_form import Tables, allowed_options, least_worth, prepare
from goodoffices.settlement.solutions.branch_and_bound import root_state

Ints = NDArray[np.int64]
Settlement = tuple[int, ...]

_FEW = 20_000
"""Bargains up to this size are enumerated once. After that every question is a lookup."""


def every_settlement(tables: Tables) -> Ints:
    """Return all settlements as rows of option numbers."""
    sizes = [range(int(size)) for size in np.diff(tables.offsets)]
    return np.array(list(itertools.product(*sizes)), np.int64).reshape(-1, tables.n_issues)


@dataclass(slots=True, kw_only=True)
class Oracle:
    """Answers questions about one bargain and remembers the answers. ``calls`` counts the searches.

    ``reservation`` can be raised above the bargain's own, to look for settlements that are better than a given one.
    """

    tables: Tables
    watch: Watch
    calls: int = 0
    _known: dict[frozenset[int], Settlement | None] = field(default_factory=dict)
    _listed: list[tuple[frozenset[int], Settlement]] | None = None

    @classmethod
    def of(cls, bargain: Bargain, watch: Watch) -> Oracle:
        """Return an oracle for ``bargain``. A small bargain is enumerated at once."""
        tables = prepare(bargain)
        oracle = cls(tables=tables, watch=watch)
        if bargain.settlements <= _FEW:
            oracle._listed = _by_acceptance(tables)
        return oracle

    def settlement(self, parties: frozenset[int]) -> Settlement | None:
        """Return a settlement that breaks no constraint and that all of ``parties`` accept, or ``None`` (proven)."""
        if parties not in self._known:
            self._known[parties] = self._find(parties)
        return self._known[parties]

    def accepting(self, settlement: Settlement) -> frozenset[int]:
        """Return the parties that accept ``settlement``."""
        return self.tables.bargain.accepting(settlement)

    def _find(self, parties: frozenset[int]) -> Settlement | None:
        if self._listed is not None:
            return next((found for accepting, found in self._listed if parties <= accepting), None)
        self.calls += 1
        if not self.tables.is_additive:
            return self._from_frontier(parties)
        return self._search(parties)

    def _from_frontier(self, parties: frozenset[int]) -> Settlement | None:
        found = linked_candidates(self.tables, parties, most=1_000_000, watch=self.watch)
        if found is None:
            raise ScenarioError(
                "the time limit ended before it was decided whether these parties can agree, because links between "
                "issues are dense; raise the time limit"
            )
        return tuple(found.choices[0].tolist()) if found.choices.shape[0] else None

    def _climb(
        self, worth: NDArray[np.float64], starts: Ints, index: Ints, parties: frozenset[int]
    ) -> Settlement | None:
        """Try the settlement with the largest sum, improved option by option. Most questions are answered here."""
        from goodoffices.settlement.kernels.search_loops import climb

        chosen = _greedy(worth, starts)
        climb((worth, starts), chosen, worth[chosen].sum(axis=0), 1)
        found = tuple((index[chosen] - self.tables.offsets[:-1]).tolist())
        return found if parties <= self.accepting(found) else None

    def _search(self, parties: frozenset[int]) -> Settlement | None:
        """Search for the settlement with the largest smallest gain, and stop at the first that all parties accept."""
        tables = self.tables
        allowed = allowed_options(tables, parties)
        if not all(allowed) or not parties:
            return tuple(options[0] for options in allowed) if all(allowed) else None
        index = np.concatenate([tables.offsets[i] + np.array(o) for i, o in enumerate(allowed)])
        starts = np.concatenate(([0], np.cumsum([len(options) for options in allowed]))).astype(np.int64)
        worth = _gains(tables, index, starts, sorted(parties))
        quick = self._climb(worth, starts, index, parties)
        if quick is not None:
            return quick
        return self._branch(worth, starts, index, parties)

    def _branch(
        self, worth: NDArray[np.float64], starts: Ints, index: Ints, parties: frozenset[int]
    ) -> Settlement | None:
        from goodoffices.settlement.kernels import search_loops as kernels

        state, trail = root_state(worth, starts)
        # A settlement counts if no gain is below 0 by more than rounding; it is then checked exactly.
        best = np.full(2 + worth.shape[1], -1e-10)
        choice, done = np.full(starts.shape[0] - 1, -1, np.int64), False
        while not done:
            done = kernels.search((worth, starts), state, trail, (1, 200.0, 0.0), (best, choice), 20)
            if choice[0] >= 0:
                found = tuple((index[choice] - self.tables.offsets[:-1]).tolist())
                if parties <= self.accepting(found):
                    return found
                choice[0] = -1
            if not done and self.watch.is_over:
                raise ScenarioError(
                    "the time limit ended before it was decided whether these parties can agree; raise the time limit"
                )
        return None


def _greedy(worth: NDArray[np.float64], starts: Ints) -> Ints:
    """Return for each issue the place of the option with the largest sum of gains."""
    sums = worth.sum(axis=1)
    return np.array([a + int(sums[a:b].argmax()) for a, b in itertools.pairwise(starts.tolist())], np.int64)


def _gains(tables: Tables, index: Ints, starts: Ints, parties: list[int]) -> NDArray[np.float64]:
    """Return gains over the least worth, scaled near 1 for each party. The least worth is taken off the first issue."""
    least = least_worth(tables, frozenset(parties))[parties]
    rows = tables.rows[index][:, parties]
    tops = np.maximum.reduceat(rows, starts[:-1], axis=0).sum(axis=0)
    lows = np.minimum.reduceat(rows, starts[:-1], axis=0).sum(axis=0)
    scale = np.maximum(np.maximum(tops - lows, np.abs(tops - least)), 1).astype(float)
    worth = rows / scale
    worth[: starts[1]] -= least / scale
    return np.ascontiguousarray(worth)


def _by_acceptance(tables: Tables) -> list[tuple[frozenset[int], Settlement]]:
    """Return one settlement for each set of accepting parties, within the constraints, the largest sets first."""
    bargain = tables.bargain
    found: dict[frozenset[int], Settlement] = {}
    for settlement in itertools.product(*(range(len(issue.options)) for issue in bargain.issues)):
        if not any(limit.forbidden.holds(settlement) for limit in bargain.constraints):
            found.setdefault(bargain.accepting(settlement), settlement)
    return sorted(found.items(), key=lambda item: -len(item[0]))


def lowering(bargain: Bargain, settlement: Settlement) -> tuple[Fraction, ...]:
    """Return how far each party's reservation value would have to be lowered to accept ``settlement``."""
    return tuple(
        max(Fraction(least) - worth, Fraction(0))
        for least, worth in zip(bargain.reservation_value, bargain.worth_of(settlement), strict=True)
    )
