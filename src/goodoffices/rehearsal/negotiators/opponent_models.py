"""Models of another party's worth, learned from its proposals.

References
----------
N. van Krimpen, D. Looije & S. Hajizadeh (2013). HardHeaded. In: Complex Automated Negotiations, Springer (frequency of
options). T. Baarslag, M. Hendrikx, K. Hindriks & C. Jonker (2016). Learning about the opponent in automated bilateral
negotiation. Autonomous Agents and Multi-Agent Systems 30(5), 849-898. https://doi.org/10.1007/s10458-015-9309-1
"""

from __future__ import annotations

from typing import Any, Protocol

import numpy as np

from goodoffices.rehearsal.negotiators.interface import Heard, Own, Table
from goodoffices.rehearsal.preferences import Floats, Settlement, half_sums

Counts = tuple[tuple[int, ...], ...]
Estimate = tuple[tuple[float, ...], ...]
"""Per issue and option what it seems worth to another party; a settlement's worth is between 0 and 1."""


class Model(Protocol):
    """Estimates what settlements are worth to the others."""

    @property
    def name(self) -> str:
        """The name."""

    def begin(self, own: Own, table: Table) -> Any:
        """Return the memory before anything is heard."""

    def hear(self, memory: Any, heard: Heard) -> Any:
        """Return the memory after a proposal."""

    def estimates(self, memory: Any) -> tuple[Estimate, ...]:
        """Return one estimate for each source heard of."""


class ZeroSum:
    """What is good for the party is bad for the other: 1 minus its own worth, on its own scale."""

    name = "zero-sum"

    def begin(self, own: Own, table: Table) -> tuple[Estimate, ...]:
        """Return the one estimate, which never changes."""
        tables = own.preferences.worth
        span = sum(max(row) - min(row) for row in tables) or 1.0
        return (tuple(tuple((max(row) - value) / span for value in row) for row in tables),)

    def hear(self, memory: tuple[Estimate, ...], heard: Heard) -> tuple[Estimate, ...]:
        """Learn nothing."""
        return memory

    def estimates(self, memory: tuple[Estimate, ...]) -> tuple[Estimate, ...]:
        """Return the one estimate."""
        return memory


class Frequency:
    """Options that a party proposes often are worth more to it, and issues on which it stays weigh more.

    The value of an option is its count over the largest count in its issue. The weight of an issue is the sum of the
    squared shares of its counts, over all issues. Proposals whose source is hidden share one model.
    """

    name = "frequency"

    def begin(self, own: Own, table: Table) -> tuple[tuple[int, ...], dict[int, Counts]]:
        """Return counts of no proposals."""
        return own.preferences.space.sizes, {}

    def hear(
        self, memory: tuple[tuple[int, ...], dict[int, Counts]], heard: Heard
    ) -> tuple[tuple[int, ...], dict[int, Counts]]:
        """Count the options of a proposal."""
        sizes, by_source = memory
        counts = by_source.get(heard.source) or tuple((0,) * size for size in sizes)
        counted = tuple(
            (*row[:option], row[option] + 1, *row[option + 1 :])
            for row, option in zip(counts, heard.settlement, strict=True)
        )
        return sizes, {**by_source, heard.source: counted}

    def estimates(self, memory: tuple[tuple[int, ...], dict[int, Counts]]) -> tuple[Estimate, ...]:
        """Return one estimate for each source, in order of their numbers."""
        return tuple(_frequency_estimate(counts) for _, counts in sorted(memory[1].items()))


def _frequency_estimate(counts: Counts) -> Estimate:
    total = sum(counts[0])
    concentration = [sum((count / total) ** 2 for count in row) for row in counts]
    whole = sum(concentration)
    return tuple(
        tuple(share / whole * (count / max(row)) for count in row)
        for row, share in zip(counts, concentration, strict=True)
    )


def estimated_worth(estimate: Estimate, settlement: Settlement) -> float:
    """Return what a settlement seems worth to another party."""
    return sum(row[option] for row, option in zip(estimate, settlement, strict=True))


def estimated_worths(estimate: Estimate, split: int) -> Floats:
    """Return what every settlement seems worth to another party, in file order."""
    first, second = half_sums(estimate[:split]), half_sums(estimate[split:])
    return np.asarray((first[:, None] + second[None, :]).ravel())


MODELS: dict[str, Model] = {"zero-sum": ZeroSum(), "frequency": Frequency()}
