"""Rules of proposing that look for what is good for the others too, under a model of them.

References
----------
P. Faratin, C. Sierra & N. R. Jennings (2002). Using similarity criteria to make issue trade-offs in automated
negotiations. Artificial Intelligence 142(2), 205-237. Our likeness of two options is 1 if they are the same, else 0.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from goodoffices.data_class import dataclass
from goodoffices.rehearsal.draws import Draws
from goodoffices.rehearsal.negotiators.basis import EVEN, Basis, Clock, Following
from goodoffices.rehearsal.negotiators.interface import Heard, Own, Seen
from goodoffices.rehearsal.negotiators.opponent_models import Estimate, estimated_worths
from goodoffices.rehearsal.preferences import Bools, Floats, Settlement
from goodoffices.rehearsal.worth_order import Valued


class Latest(NamedTuple):
    """The latest proposal heard."""

    settlement: Settlement | None


@dataclass(frozen=True, slots=True)
class Seeker:
    """Among settlements of at least the aspiration, the one with the best product, or smallest, of all gains.

    The party's own gain counts from its least worth to its best; the others' are the model's estimates, from 0 to 1.
    """

    goal: str = "nash"
    clock: Clock = EVEN
    hears = False
    needs_deadline = True
    needs_model = True

    def begin(self, basis: Basis) -> None:
        """Remember nothing."""

    def hear(self, memory: None, heard: Heard, own: Own) -> None:
        """Remember nothing."""

    def following(self, memory: None, basis: Basis, seen: Seen, draws: Draws, model: Any) -> Following[None]:
        """Return the settlement that is best for all, of those that the aspiration allows."""
        level = max(basis.level(seen.turn), seen.reservation_value)
        if not model:
            return None, basis.order.at_least(level)
        worths = basis.own.preferences.all_worths
        span = basis.high - basis.low
        total = (worths - basis.low) / span if span > 0.0 else np.ones(len(worths))
        for estimate in model:
            gains = estimated_worths(estimate, basis.table.space.split)
            total = total * gains if self.goal == "nash" else np.minimum(total, gains)
        return None, _best(basis, basis.own.preferences.allowed & (worths >= level), total)


@dataclass(frozen=True, slots=True)
class TradeOff:
    """Of settlements worth about as much as the aspiration, the one most like the other's last proposal.

    Issues are weighted by the model; without one, all alike. ``width`` is the share of the range in which two
    settlements count as worth the same. Of equally alike ones the one that the model values most is taken.
    """

    clock: Clock = EVEN
    width: float = 0.05
    hears = True
    needs_deadline = True
    needs_model = True

    def begin(self, basis: Basis) -> Latest:
        """Return that nothing was heard."""
        return Latest(None)

    def hear(self, memory: Latest, heard: Heard, own: Own) -> Latest:
        """Remember the latest proposal."""
        return Latest(heard.settlement)

    def following(self, memory: Latest, basis: Basis, seen: Seen, draws: Draws, model: Any) -> Following[Latest]:
        """Return the settlement most like the other's last, at the same worth to the party."""
        level = max(basis.level(seen.turn), seen.reservation_value)
        worths = basis.own.preferences.all_worths
        limit = level + self.width * (basis.high - basis.low)
        among = basis.own.preferences.allowed & (worths >= level) & (worths <= limit)
        if memory.settlement is None or not among.any():
            return memory, basis.order.at_least(level)
        estimate: Estimate | None = model[-1] if model else None
        likeness = _likeness(basis, memory.settlement, estimate)
        if estimate is not None:
            likeness = likeness + 1e-6 * estimated_worths(estimate, basis.table.space.split)
        return memory, _best(basis, among, likeness)


def _likeness(basis: Basis, settlement: Settlement, estimate: Estimate | None) -> Floats:
    sizes = basis.table.space.sizes
    rows = []
    for issue, size in enumerate(sizes):
        weight = 1.0 / len(sizes) if estimate is None else max(estimate[issue])
        rows.append(tuple(weight if option == settlement[issue] else 0.0 for option in range(size)))
    return estimated_worths(tuple(rows), basis.table.space.split)


def _best(basis: Basis, among: Bools, value: Floats) -> Valued | None:
    """Return the settlement with the largest value; of equal ones the first in file order."""
    numbers = np.flatnonzero(among)
    if not len(numbers):
        return None
    number = int(numbers[int(np.argmax(value[numbers]))])
    return Valued(basis.table.space.settlement(number), float(basis.own.preferences.all_worths[number]))
