"""Find members of a frontier that is too large to list: the best settlements for many weights of the parties."""

from __future__ import annotations

import numpy as np

from goodoffices.settlement.problem.exact_dominance import Candidates, undominated
from goodoffices.settlement.problem.integer_form import NO_LIMIT, Tables

_WEIGHTINGS = 512


def nothing_of(tables: Tables) -> Candidates:
    """Return an empty list of candidates."""
    return Candidates(choices=np.zeros((0, tables.n_issues), np.int64), ties=np.zeros(0), ties_exact=False)


def supported_points(tables: Tables, coalitions: list[frozenset[int] | None]) -> Candidates:
    """Return settlements that are each proven to be on the frontier.

    A settlement that maximises a weighted sum with positive weights over *all* settlements is undominated. If it is
    also possible, it is on the frontier. The weights are a fixed set (quadratic residues), so that results repeat. With
    links, constraints or caps the argument does not hold, and nothing is returned.
    """
    if not tables.is_additive or np.any(tables.cap < NO_LIMIT):
        return nothing_of(tables)
    n = tables.n_parties
    spread = np.ptp(tables.rows, axis=0).astype(float)
    # Multiples of an irrational number fill the unit cube evenly (Weyl). The shift keeps every weight positive.
    steps = np.sqrt(np.array([p for p in range(2, 400) if all(p % q for q in range(2, p))][:n]))
    weights = (np.arange(_WEIGHTINGS)[:, None] * steps[None, :] % 1.0 + 0.01) / np.maximum(spread, 1.0)
    scores = weights @ tables.rows.T.astype(float)
    choices = np.stack(
        [scores[:, a:b].argmax(axis=1) for a, b in zip(tables.offsets[:-1], tables.offsets[1:], strict=True)], axis=1
    )
    choices = np.unique(choices, axis=0)
    possible = np.ones(choices.shape[0], bool)
    if coalitions != [None]:
        possible = np.array([tables.bargain.is_possible(tuple(choice)) for choice in choices.tolist()], bool)
    found = Candidates(choices=choices[possible], ties=np.ones(int(possible.sum())), ties_exact=False)
    # Float scores may be equal if exact ones are not, so the remaining points are compared with each other exactly.
    return undominated(tables, found, None, add_ties=False)
