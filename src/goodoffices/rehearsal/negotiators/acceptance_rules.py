"""Rules of accepting. ``worth`` is what a proposal seems worth to the party, devaluation included.

References
----------
T. Baarslag, K. Hindriks & C. Jonker (2013). Acceptance conditions in automated negotiation. In: Complex Automated
Negotiations, Springer. https://doi.org/10.1007/978-3-642-30737-9_6
"""

from __future__ import annotations

import math
from typing import Any, Protocol

import numpy as np

from goodoffices.data_class import dataclass
from goodoffices.rehearsal.negotiators.basis import Basis
from goodoffices.rehearsal.negotiators.interface import Seen
from goodoffices.rehearsal.worth_order import Valued


class AcceptanceRule(Protocol):
    """Says whether a proposal is good enough. It never matters below the floor: that is refused before."""

    @property
    def hears(self) -> bool:
        """Whether its memory changes with what is heard."""

    def begin(self, basis: Basis) -> Any:
        """Return the memory before anything is heard."""

    def hear(self, memory: Any, turn: int, worth: float) -> Any:
        """Return the memory after a proposal; called only if ``hears``."""

    def accepts(self, memory: Any, basis: Basis, seen: Seen, worth: float, following: Valued | None) -> bool:
        """Return whether to accept; ``following`` is what the party would otherwise propose."""


@dataclass(frozen=True, slots=True)
class _WithoutMemory:
    hears = False

    def begin(self, basis: Basis) -> None:
        """Remember nothing."""

    def hear(self, memory: Any, turn: int, worth: float) -> None:
        """Remember nothing."""


@dataclass(frozen=True, slots=True)
class Aspiration(_WithoutMemory):
    """At least the party's aspiration in this turn."""

    def accepts(self, memory: Any, basis: Basis, seen: Seen, worth: float, following: Valued | None) -> bool:
        """Return whether the worth is at least the aspiration."""
        turn, levels = seen.turn, basis.levels
        return worth >= (levels[turn] if turn < len(levels) else basis.low)


@dataclass(frozen=True, slots=True)
class Next(_WithoutMemory):
    """At least as good as what the party would propose next: ``factor`` * worth + ``addend``."""

    factor: float = 1.0
    addend: float = 0.0

    def accepts(self, memory: Any, basis: Basis, seen: Seen, worth: float, following: Valued | None) -> bool:
        """Return whether the worth is at least that of the party's next proposal."""
        return following is not None and self.factor * worth + self.addend >= following.worth


@dataclass(frozen=True, slots=True)
class Constant(_WithoutMemory):
    """At least a constant."""

    least: float = 0.0

    def accepts(self, memory: Any, basis: Basis, seen: Seen, worth: float, following: Valued | None) -> bool:
        """Return whether the worth is at least the constant."""
        return worth >= self.least


@dataclass(frozen=True, slots=True)
class Time(_WithoutMemory):
    """Anything not below the floor, from a share of the time on."""

    share: float = 0.95

    def accepts(self, memory: Any, basis: Basis, seen: Seen, worth: float, following: Valued | None) -> bool:
        """Return whether enough time has passed."""
        return seen.turn / basis.n_turns >= self.share


@dataclass(frozen=True, slots=True)
class Combined:
    """As `Next`; after a share of the time also what is at least the best heard in a window as long as the time left.

    The paper's window is not restated here; ours is the turns before this one, as many as remain after it.
    """

    share: float = 0.95
    hears = True

    def begin(self, basis: Basis) -> tuple[tuple[int, float], ...]:
        """Return the memory: turns and worths of what was heard."""
        return ()

    def hear(self, memory: tuple[tuple[int, float], ...], turn: int, worth: float) -> tuple[tuple[int, float], ...]:
        """Remember what a proposal was worth."""
        return (*memory, (turn, worth))

    def accepts(self, memory: Any, basis: Basis, seen: Seen, worth: float, following: Valued | None) -> bool:
        """Return whether the worth is enough by either rule."""
        if following is not None and worth >= following.worth:
            return True
        turn, n_turns = seen.turn, basis.n_turns
        if turn / n_turns < self.share:
            return False
        first = turn - (n_turns - turn)
        return worth >= max((one for at, one in memory if first <= at), default=-math.inf)


@dataclass(frozen=True, slots=True)
class Monotonic(_WithoutMemory):
    """At least the worth of the lowest own settlement the party would now propose, as MiCRO accepts."""

    def accepts(self, memory: Any, basis: Basis, seen: Seen, worth: float, following: Valued | None) -> bool:
        """Return whether the worth is at least that of the next concession."""
        return following is not None and worth >= following.worth


def annealer_accepts(loss: float, theta: float, share: float, drawn: float) -> bool:
    """Return whether an annealer accepts a loss: with probability exp(-loss / theta), theta falling to 0 over the run.

    ``drawn`` is uniform from 0 to below 1; the loss is accepted if it is below theta * -ln(drawn).

    References
    ----------
    M. Klein, P. Faratin, H. Sayama & Y. Bar-Yam (2003). Negotiating complex contracts. Group Decision and Negotiation
    12(2), 111-125.
    """
    if loss <= 0.0:
        return True
    heat = theta * (1.0 - share)
    # NumPy's logarithm, as in batches: that of the system may differ in the last digit.
    return heat > 0.0 and drawn > 0.0 and loss < heat * float(-np.log(drawn))
