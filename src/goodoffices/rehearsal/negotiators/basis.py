"""What the parts of a negotiator share: its own numbers in order, its aspiration over time, and the present moment.

References
----------
P. Faratin, C. Sierra & N. R. Jennings (1998). Negotiation decision functions for autonomous agents. Robotics and
Autonomous Systems 24(3-4), 159-182 (time-dependent tactics, polynomial form).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

from goodoffices.errors import ScenarioError
from goodoffices.rehearsal.draws import Draws
from goodoffices.rehearsal.negotiators.interface import Own, Seen, Table
from goodoffices.rehearsal.worth_order import WorthOrder, worth_order


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

    def shares(self, n_turns: int) -> tuple[float, ...]:
        """Return for each turn which share of its range the party still holds on to: 1 - x^(1/beta)."""
        return _shares(self.beta, self.is_late, n_turns)


EVEN = Clock()
"""Concedes evenly."""


@lru_cache(maxsize=256)
def _shares(beta: float, is_late: bool, n_turns: int) -> tuple[float, ...]:
    turns = np.arange(n_turns, dtype=np.float64)
    time = (turns + 1.0) / (n_turns + 1.0) if is_late else turns / n_turns
    return tuple((1.0 - time ** (1.0 / beta)).tolist())


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


class Moment(NamedTuple):
    """What a rule looks at besides its own memory: what is seen, random numbers, the floor, and the model's memory.

    ``floor`` is what no agreement is worth to the party now.
    """

    seen: Seen
    draws: Draws
    floor: float
    model: Any


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
    shares = (1.0,) if table.n_turns is None else clock.shares(table.n_turns)
    levels = [low + (high - low) * share for share in shares]
    if clock.slack:
        levels = [max(low, level - clock.slack) for level in levels]
    return Basis(own, table, order, low, high, tuple(levels))
