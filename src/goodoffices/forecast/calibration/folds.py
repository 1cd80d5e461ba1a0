"""Assign cases to folds: whole clusters, by a hash that anybody can compute again."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from goodoffices.data_class import dataclass
from goodoffices.errors import ForecastInputError


@dataclass(frozen=True, slots=True, kw_only=True)
class Folds:
    """The number of folds, and the seed of the order in which clusters are assigned to them."""

    n: int = 10
    seed: int = 1

    def __post_init__(self) -> None:
        if self.n < 2:
            raise ForecastInputError(f"{self.n} folds are too few to learn from some and test on others; use 2 or more")


def fold_of_clusters(clusters: Sequence[str], folds: Folds) -> dict[str, int]:
    """Return the fold of each cluster: the rank of its SHA-256 of ``"{seed}:{cluster}"`` modulo the number of folds."""
    names = sorted(set(clusters), key=lambda name: hashlib.sha256(f"{folds.seed}:{name}".encode()).hexdigest())
    return {name: rank % folds.n for rank, name in enumerate(names)}
