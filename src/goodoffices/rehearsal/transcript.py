"""The result of one run: how it ended, what was agreed, and every move and message on the way."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from goodoffices.data_class import dataclass
from goodoffices.rehearsal.negotiators.interface import Move
from goodoffices.rehearsal.preferences import Settlement


class Ending(StrEnum):
    """How a run ends."""

    AGREEMENT = "agreement"
    DIFFERENT_COPIES = "different copies"
    WALKOUT = "walk-out"
    DEADLINE = "deadline"
    NO_QUORUM = "no quorum"
    DID_NOT_CONVENE = "did not convene"
    FAULTY = "faulty"


class Fate(StrEnum):
    """What became of a message."""

    HEARD = "heard"
    LOST = "lost"
    WITHHELD = "withheld"
    UNDER_WAY = "under way"


class Kind(StrEnum):
    """What a message carries."""

    PROPOSAL = "proposal"
    ACCEPTANCE = "acceptance"
    VOTE = "vote"


class Moved(NamedTuple):
    """A move of a seat in a turn; a repetition after a comparison of copies is the engine's."""

    turn: int
    party: int
    move: Move
    is_repeat: bool = False


class Message(NamedTuple):
    """A message from one seat to another: what was sent and what arrives, with the turns.

    ``source`` is whom the recipient takes for its maker. ``arrives_at`` is when it is heard, or would have been.
    ``caught`` counts distorted issues that were put right by reading back.
    """

    kind: Kind
    sender: int
    recipient: int
    proposal: int
    sent: Settlement
    heard: Settlement
    sent_at: int
    arrives_at: int
    fate: Fate
    source: int
    relays: int = 0
    waited: int = 0
    caught: int = 0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Run:
    """One negotiation, from the first turn to the end.

    Parameters
    ----------
    ending, turn
        How and in which turn it ended.
    settlement
        What was agreed; of different copies, what the maker meant.
    copies
        What each party believes to be agreed; ``None`` for a party that agreed to nothing.
    worth, gain
        Per party, the worth at the end with time, and the gain over no agreement as a share of its range.
    by
        Whose act ended it, if one party's did: who left, or whose negotiator was faulty.
    why
        In words, for ``faulty`` and ``did not convene``.
    also_met
        Other proposals that met the rule in the same turn.
    without
        Parties that are not part of the agreement.
    ratified
        Per ratifier, whether it approved.
    accepted_ever
        Per party, whether it accepted anything of another.
    isolation
        Per party, how its negotiator was kept from the others: ``shipped`` with the program, or in which process.
    """

    ending: Ending
    turn: int
    settlement: Settlement | None
    copies: tuple[Settlement | None, ...]
    worth: tuple[float, ...]
    gain: tuple[float, ...]
    by: int | None = None
    why: str = ""
    also_met: tuple[Settlement, ...] = ()
    without: tuple[int, ...] = ()
    ratified: tuple[tuple[str, bool], ...] = ()
    accepted_ever: tuple[bool, ...] = ()
    isolation: tuple[str, ...] = ()
    moves: tuple[Moved, ...] = ()
    messages: tuple[Message, ...] = ()

    @property
    def is_agreement(self) -> bool:
        """Whether all who had to agreed to the same words, and nobody refused to ratify them."""
        return self.ending is Ending.AGREEMENT and all(approved for _, approved in self.ratified)

    def outline(self) -> tuple[object, ...]:
        """Return what two runs share if they went move for move the same way, whatever carried their messages."""
        return (self.ending, self.turn, self.settlement, self.worth, tuple(self.moves))

    def lines(self, parties: tuple[str, ...], issues: tuple[tuple[str, tuple[str, ...]], ...] = ()) -> str:
        """Return the run in words, one move a line."""

        def words(settlement: Settlement | None) -> str:
            if settlement is None:
                return "–"
            if not issues:
                return " ".join(map(str, settlement))
            return ", ".join(f"{name}: {options[o]}" for (name, options), o in zip(issues, settlement, strict=True))

        lines = []
        for turn, party, move, is_repeat in self.moves:
            what = type(move).__name__.lower() + (" again, word for word" if is_repeat else "")
            said = getattr(move, "settlement", None)
            lines.append(f"turn {turn:>3}  {parties[party]}: {what}" + (f" ({words(said)})" if said else ""))
        lines += [
            f"          {parties[m.recipient]} hears proposal {m.proposal} in turn {m.arrives_at} as {words(m.heard)}"
            for m in self.messages
            if m.fate is Fate.HEARD and m.heard != m.sent
        ]
        return "\n".join([*lines, f"turn {self.turn:>3}  {self.ending.value}: {words(self.settlement)}"])
