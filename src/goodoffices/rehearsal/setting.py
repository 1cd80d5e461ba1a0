"""Everything that one run needs: parties and what they want, negotiators, format, protocol, presence."""

from __future__ import annotations

from enum import StrEnum
from functools import cached_property

from goodoffices.bargain import Rule
from goodoffices.data_class import dataclass
from goodoffices.errors import ScenarioError, UnknownWordError
from goodoffices.names import nearest_word
from goodoffices.rehearsal.graph import Intermediary, Routes, is_mediated, routes_of
from goodoffices.rehearsal.mediators import Mediator
from goodoffices.rehearsal.negotiators.interface import Negotiator, Own, Table
from goodoffices.rehearsal.preferences import Preferences, Space
from goodoffices.rehearsal.presence import FULL, Presence, Walkout
from goodoffices.talks.base.enums import Format

Matrix = tuple[tuple[float, ...], ...]


class Closing(StrEnum):
    """What happens once enough have accepted."""

    EXACT = "exact"
    """The accepted copies are compared. If they differ, the proposal goes again word for word."""
    NONE = "none"
    """Nobody compares: each side believes itself agreed on what it heard."""


class ProtocolName(StrEnum):
    """The rules by which parties propose and accept."""

    ALTERNATING = "alternating"
    ALL_PROPOSE = "all-propose"
    MAJORITY = "majority"
    SINGLE_TEXT = "single-text"


def protocol_named(name: str) -> ProtocolName:
    """Return a protocol by its name, or raise `UnknownWordError`."""
    known = tuple(one.value for one in ProtocolName)
    if name not in known:
        raise UnknownWordError("protocol", name, known, nearest=nearest_word(name, known))
    return ProtocolName(name)


@dataclass(frozen=True, kw_only=True, eq=False)
class Setting:
    """One cell of an experiment with the numbers of one run.

    Parameters
    ----------
    parties, preferences, negotiators
        One of each per party, in file order, which is also the order of moves.
    rule
        Who has to accept; unanimity if not given.
    essential
        The parties without whom nothing is agreed; all if not given.
    format, intermediaries
        Who may address whom, and what happens to messages on the way.
    protocol, n_turns, closing
        The rules of proposing, how many turns are allowed, and how copies are compared at the end.
    devaluation
        ``devaluation[i][j]``: the share of its range by which i rates a proposal of j lower.
    will_sit
        ``will_sit[i][j]``: the probability that i sits in one room with j; needed in plenary and direct talks.
    mediator, ratifies
        For ``single-text``: who changes the text, and whether the parties say yes or no to it at the end.
    """

    parties: tuple[str, ...]
    preferences: tuple[Preferences, ...]
    negotiators: tuple[Negotiator, ...]
    rule: Rule | None = None
    essential: frozenset[int] | None = None
    format: Format = Format.DIRECT
    intermediaries: tuple[Intermediary, ...] = ()
    protocol: ProtocolName = ProtocolName.ALTERNATING
    n_turns: int = 100
    shows_deadline: bool = True
    closing: Closing = Closing.EXACT
    devaluation: Matrix = ()
    will_sit: Matrix = ()
    presence: Presence = FULL
    mediator: Mediator | None = None
    ratifies: bool = True
    reply_by: int | None = None

    def __post_init__(self) -> None:
        n = len(self.parties)
        if n < 2:
            raise ScenarioError(f"{n} party cannot negotiate; give at least two")
        if len(self.preferences) != n or len(self.negotiators) != n:
            raise ScenarioError(f"there are {n} parties; give each its worths and a negotiator")
        if self.n_turns < 1:
            raise ScenarioError(f"{self.n_turns} turns leave no time to talk; give 1 or more")
        if self.protocol is ProtocolName.SINGLE_TEXT and self.mediator is None:
            raise ScenarioError("the protocol single-text needs a mediator, who changes the text; name one")
        if self.must_sign & self.presence.absent:
            names = ", ".join(self.parties[party] for party in sorted(self.must_sign & self.presence.absent))
            raise ScenarioError(f"{names} stays away for good and has to sign; take away one of the two")
        if self.protocol is not ProtocolName.SINGLE_TEXT:
            _ = self.routes

    @property
    def n(self) -> int:
        """The number of parties."""
        return len(self.parties)

    @property
    def space(self) -> Space:
        """The settlements."""
        return self.preferences[0].space

    @cached_property
    def must_sign(self) -> frozenset[int]:
        """The essential parties."""
        return frozenset(range(self.n)) if self.essential is None else self.essential

    @cached_property
    def decided_by(self) -> Rule:
        """The rule, never ``None``."""
        return Rule.unanimity(self.n) if self.rule is None else self.rule

    def is_enough(self, accepting: frozenset[int]) -> bool:
        """Return whether the consent of these parties is an agreement."""
        if len(accepting) == self.n:
            return True
        return self.must_sign <= accepting and self.decided_by.holds(accepting)

    @cached_property
    def routes(self) -> Routes:
        """The way of each message."""
        return routes_of(self.format, self.parties, self.intermediaries)

    @cached_property
    def is_immediate(self) -> bool:
        """Whether every message is heard at once, whole and under its name."""
        if not is_mediated(self.format):
            return True
        used = {hop for row in self.routes for way in row for hop in way or ()}
        free = all(self.intermediaries[hop].channel.is_free for hop in used)
        return free and not any(one.silenced_turns for one in self.presence.spoilers)

    @cached_property
    def waits(self) -> int:
        """After how many turns a seat goes on without an answer: twice the longest way and four more."""
        if self.reply_by is not None:
            return self.reply_by
        longest = 0
        for row in self.routes:
            for way in row:
                legs = [self.intermediaries[hop].channel for hop in way or ()]
                longest = max(longest, sum(max(leg.delay, 2 * leg.travel) for leg in legs))
        return 2 * longest + 4

    def own(self, party: int) -> Own:
        """Return what a party's negotiator is given of its own."""
        return Own(preferences=self.preferences[party], devaluation=self.devaluation[party] if self.devaluation else ())

    def table(self, party: int) -> Table:
        """Return the public rules as one party's negotiator is given them."""
        return Table(
            parties=self.parties,
            me=party,
            space=self.space,
            protocol=self.protocol.value,
            n_turns=self.n_turns if self.shows_deadline else None,
            may_leave=self.presence.walkout is not Walkout.FORBIDDEN,
        )
