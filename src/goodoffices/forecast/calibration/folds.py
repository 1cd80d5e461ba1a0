"""How cases are dealt to folds: whole clusters, by a hash that anybody can compute."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from goodoffices.errors import ForecastInputError


@dataclass(frozen=True, slots=True, kw_only=True)
class Folds:
    """How many folds, and the seed of the order in which clusters are dealt to them."""

    n: int = 10
    seed: int = 1

    def __post_init__(self) -> None:
        if self.n < 2:
            raise ForecastInputError(f"{self.n} folds leave nothing to learn from or nothing to test; use 2 or more")


def fold_of_clusters(clusters: Sequence[str], folds: Folds) -> dict[str, int]:
    """Return the fold of each cluster: the rank of its SHA-256 of ``"{seed}:{cluster}"`` modulo the number of folds."""
    names = sorted(set(clusters), key=lambda name: hashlib.sha256(f"{folds.seed}:{name}".encode()).hexdigest())
    return {name: rank % folds.n for rank, name in enumerate(names)}
