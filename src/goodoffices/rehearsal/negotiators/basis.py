"""What the parts of a negotiator share: its own numbers in order, and its aspiration over time.

References
----------
P. Faratin, C. Sierra & N. R. Jennings (1998). Negotiation decision functions for autonomous agents. Robotics and
Autonomous Systems 24(3-4), 159-182 (time-dependent tactics, polynomial form).
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple, TypeVar

import numpy as np

from goodoffices.data_class import dataclass
from goodoffices.errors import ScenarioError
from goodoffices.rehearsal.negotiators.interface import Own, Table
from goodoffices.rehearsal.preferences import Floats
from goodoffices.rehearsal.worth_order import Valued, WorthOrder, worth_order

Remembered = TypeVar("Remembered")
Following = tuple[Remembered, Valued | None]
"""A rule's memory, and the proposal that follows; ``None`` if there is none to make."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """How a negotiator sees time: its exponent, and whether the share of time counts the turn itself.

    ``beta`` below 1 holds out (boulware), above 1 gives in early (conceder). ``is_late``: the share of time in turn t
    is (t + 1) / (T + 1), as in other programs; otherwise t / T. ``slack`` is taken off every aspiration, in own points,
    but not below the least that the party comes down to.
    """

    beta: float = 1.0
    is_late: bool = False
    slack: float = 0.0

    def __post_init__(self) -> None:
        if not self.beta > 0.0:
            raise ScenarioError(f"the exponent beta is {self.beta:g}; give a number above 0")

    def shares(self, n_turns: int) -> Floats:
        """Return for each turn which share of its range the party still holds on to: 1 - x^(1/beta)."""
        return _shares(self.beta, self.is_late, n_turns)


EVEN = Clock()
"""Concedes evenly."""


@lru_cache(maxsize=256)
def _shares(beta: float, is_late: bool, n_turns: int) -> Floats:
    turns = np.arange(n_turns, dtype=np.float64)
    time = (turns + 1.0) / (n_turns + 1.0) if is_late else turns / n_turns
    shares: Floats = 1.0 - time ** (1.0 / beta)
    shares.flags.writeable = False
    return shares


class Basis(NamedTuple):
    """A party's own numbers: ``low`` is the least it comes down to, ``high`` its best worth.

    ``levels`` has its aspiration for each turn: low + (high - low) * share.
    """

    own: Own
    table: Table
    order: WorthOrder
    low: float
    high: float
    levels: tuple[float, ...]

    @property
    def n_turns(self) -> int:
        """The number of turns; a negotiator that needs it is not begun without."""
        return self.table.n_turns or 1

    def level(self, turn: int) -> float:
        """Return the aspiration in a turn; after the last turn that of the last."""
        return self.levels[turn] if turn < len(self.levels) else self.low


def basis_of(own: Own, table: Table, clock: Clock, needs_deadline: bool) -> Basis:
    """Return what the parts of a negotiator share.

    Raises
    ------
    ScenarioError
        If the negotiator needs a deadline and none is known.
    """
    if table.n_turns is None and needs_deadline:
        raise ScenarioError(
            f"the negotiator of {table.parties[table.me]} concedes by the time that is left, and the deadline is "
            "hidden; show the deadline, or use one that answers moves, such as tit-for-tat:absolute or micro"
        )
    order = worth_order(own.preferences)
    low, high = max(own.preferences.reservation_value, order.worst), order.best
    shares = np.ones(1) if table.n_turns is None else clock.shares(table.n_turns)
    levels = low + (high - low) * shares
    if clock.slack:
        levels = np.maximum(low, levels - clock.slack)
    return Basis(own, table, order, low, high, tuple(levels.tolist()))
