"""What passes between the engine and a negotiator: its own numbers, public rules, what it heard, and its move.

A negotiator gets nothing else: no engine, no other party, no object that changes. Its two functions are pure: the same
arguments give the same answer, and what it wants to remember is in the state that it returns.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any, NamedTuple, Protocol

from goodoffices.data_class import dataclass
from goodoffices.rehearsal.draws import Draws
from goodoffices.rehearsal.preferences import Preferences, Settlement, Space

HIDDEN = -1
"""The source of a proposal whose maker is not told."""


class Question(StrEnum):
    """What a negotiator is asked for."""

    MOVE = "move"
    """Propose, accept, hold or leave."""
    PROPOSE = "propose"
    """Propose, hold or leave, unseen by the others."""
    VOTE = "vote"
    """Say which of the proposals on the ballot it accepts."""
    TEXT = "text"
    """Say whether it accepts the mediator's text in place of the last one."""
    RATIFY = "ratify"
    """Say yes or no to the final text."""


class Feedback(StrEnum):
    """How a new text compares with the last one, for a mediator who asks for more than yes or no."""

    BETTER = "better"
    SAME = "same"
    WORSE = "worse"


class Propose(NamedTuple):
    """Put a settlement forward. In ``alternating`` it counts as the maker's acceptance."""

    settlement: Settlement


class Accept(NamedTuple):
    """Accept the latest proposal heard, as heard."""


class Hold(NamedTuple):
    """Do nothing."""


class Leave(NamedTuple):
    """Leave the talks."""


class Vote(NamedTuple):
    """Accept the proposals with these ids, and reject the others on the ballot."""

    accepted: tuple[int, ...]


class Say(NamedTuple):
    """Answer the mediator's text: accept it or not, and how it compares with the last one accepted."""

    accepts: bool
    feedback: Feedback | None = None


Move = Propose | Accept | Hold | Leave | Vote | Say


class Heard(NamedTuple):
    """A proposal as one seat heard it. Its id is the seat's own; the source is a party's number, or ``HIDDEN``."""

    id: int
    source: int
    settlement: Settlement
    turn: int


class Seen(NamedTuple):
    """What a seat knows that is new at its move.

    ``standing`` is the latest proposal heard, if it may be accepted now. ``ballot`` has the proposals to vote on, or
    the mediator's text. ``reservation_value`` is the party's own, which shocks may have changed.
    """

    question: Question
    turn: int
    heard: tuple[Heard, ...]
    standing: Heard | None
    ballot: tuple[Heard, ...]
    present: tuple[int, ...]
    reservation_value: float


@dataclass(frozen=True, kw_only=True, eq=False)
class Own:
    """A party's own numbers: ``devaluation[j]`` is the share of its range by which it rates a proposal of j lower."""

    preferences: Preferences
    devaluation: tuple[float, ...] = ()

    def believed(self, heard: Heard) -> float:
        """Return what a proposal seems worth to the party, given who it believes has made it.

        References
        ----------
        I. Maoz, A. Ward, M. Katz & L. Ross (2002). Reactive devaluation of an "Israeli" vs. "Palestinian" peace
        proposal. Journal of Conflict Resolution 46(4), 515-546.
        """
        worth = self.preferences.worth_of(heard.settlement)
        if not self.devaluation or heard.source < 0 or self.devaluation[heard.source] == 0.0:
            return worth
        return worth - self.devaluation[heard.source] * self.span

    @property
    def span(self) -> float:
        """The party's best worth less its reservation value."""
        return max(self.preferences.best - self.preferences.reservation_value, 0.0)


@dataclass(frozen=True, kw_only=True, eq=False)
class Table:
    """The public rules: who sits there, which of them this seat is, the settlements, the protocol and the deadline."""

    parties: tuple[str, ...]
    me: int
    space: Space
    protocol: str
    n_turns: int | None
    may_leave: bool = False


class Negotiator(Protocol):
    """A behaviour at the table."""

    @property
    def name(self) -> str:
        """The name by which it was asked for."""

    def begin(self, own: Own, table: Table) -> Any:
        """Return the state before the first move."""

    def move(self, state: Any, seen: Seen, draws: Draws) -> tuple[Any, Move]:
        """Return the next state and the move."""
