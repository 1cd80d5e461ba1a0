"""Who is at the table and when: absence, joining late, walking out, quorum, spoilers, and who has the last word."""

from __future__ import annotations

from enum import StrEnum

from goodoffices.data_class import dataclass
from goodoffices.errors import ScenarioError
from goodoffices.rehearsal.preferences import Tables


class Walkout(StrEnum):
    """What happens when a party leaves that is not essential; if an essential party leaves, the talks end."""

    FORBIDDEN = "forbidden"
    ENDS = "ends"
    CONTINUES = "continues"
    SUSPENDS = "suspends"
    """The talks pause for some turns, and the party is asked again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Joining:
    """When a party comes to the table: in a turn, or when some proposal has so many acceptances.

    On joining it hears the standing proposal and nothing older.
    """

    party: int
    turn: int | None = None
    acceptances: int | None = None

    def __post_init__(self) -> None:
        if (self.turn is None) == (self.acceptances is None):
            raise ScenarioError("a party joins in a turn or at a number of acceptances; give one of the two, not both")


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoiler:
    """Somebody outside who disturbs the talks once: in a turn, by chance, or when agreement is near.

    ``reservation`` has pairs of a party and what is added to its worth of no agreement: a better or a worse war.

    References
    ----------
    S. J. Stedman (1997). Spoiler problems in peace processes. International Security 22(2), 5-53.
    """

    name: str
    turn: int | None = None
    probability: float = 0.0
    acceptances: int | None = None
    reservation: tuple[tuple[int, float], ...] = ()
    lost_turns: int = 0
    drives_out: int | None = None
    silenced_turns: int = 0
    devaluation: float = 0.0

    def __post_init__(self) -> None:
        if not 0.0 <= self.probability <= 1.0:
            raise ScenarioError(f"the probability of {self.name} is {self.probability:g}; give a share from 0 to 1")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Ratifier:
    """Somebody who approves after an agreement: with a probability, or if it is worth enough by its own numbers."""

    name: str
    probability: float | None = None
    worth: Tables | None = None
    reservation_value: float = 0.0

    def __post_init__(self) -> None:
        if (self.probability is None) == (self.worth is None):
            raise ScenarioError(f"{self.name} ratifies with a probability or by its own worth; give one of the two")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Presence:
    """Who takes part when. By default everybody stays from the first turn to the last.

    ``accession_turns``: for so many turns after the end an absent party may join the agreement as it is.
    """

    absent: frozenset[int] = frozenset()
    joining: tuple[Joining, ...] = ()
    walkout: Walkout = Walkout.FORBIDDEN
    suspended_turns: int = 0
    quorum: int = 0
    quorum_turns: int = 0
    observers: tuple[str, ...] = ()
    spoilers: tuple[Spoiler, ...] = ()
    ratifiers: tuple[Ratifier, ...] = ()
    accession_turns: int = 0

    def __post_init__(self) -> None:
        named = [one.party for one in self.joining]
        if len(set(named)) != len(named):
            raise ScenarioError("a party joins twice; say once when it comes to the table")
        if self.absent & set(named):
            raise ScenarioError("a party that stays away for good cannot also join; leave one of the two out")


FULL = Presence()
"""Everybody is there from the first turn to the last."""
