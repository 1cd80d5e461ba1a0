"""All propose, unseen by each other; then all accept or reject each proposal, at once. And by majority.

References
----------
R. Aydoğan, D. Festen, K. V. Hindriks & C. M. Jonker (2017). Alternating offers protocols for multilateral negotiation.
In: Modern Approaches to Agent-based Complex Automated Negotiation, Springer (alternating multiple offers). Leaving is
not in the paper; it is ours, where the rules of the table allow it.
"""

from __future__ import annotations

from dataclasses import field

from goodoffices.data_class import dataclass
from goodoffices.rehearsal.negotiators.interface import Heard, Leave, Propose, Question, Vote
from goodoffices.rehearsal.preferences import Settlement
from goodoffices.rehearsal.protocols.course import Course
from goodoffices.rehearsal.setting import Closing, ProtocolName
from goodoffices.rehearsal.transcript import Ending, Fate, Kind, Message, Moved


@dataclass(slots=True)
class Offer:
    """A proposal of one turn, and the copies that others accepted."""

    id: int
    maker: int
    settlement: Settlement
    copies: dict[int, Settlement] = field(default_factory=dict)

    @property
    def supporters(self) -> frozenset[int]:
        """The maker and those whose acceptance has reached it."""
        return frozenset((self.maker, *self.copies))

    @property
    def is_same(self) -> bool:
        """Whether all accepted the same words."""
        return all(copy == self.settlement for copy in self.copies.values())


class Simultaneous(Course):
    """A run in which all propose and all vote in each turn."""

    def play(self) -> None:
        """Go through the turns until the run ends."""
        self._repeats: dict[int, Settlement] = {}
        self._best: Offer | None = None
        self._latest: list[Offer] = []
        self._made = 0
        clock = 0
        while not self.has_ended() and clock < self.setting.n_turns:
            clock = self._turn(clock)
        if not self.has_ended():
            self._end_at_deadline()

    def _turn(self, clock: int) -> int:
        """Let all propose and all vote, and return when the next turn begins."""
        n_turns = self.setting.n_turns
        clock += self.begin_turn(clock) if self.has_events else 0
        if self.has_ended() or clock >= n_turns or self.is_short():
            return clock + 1
        offers = self._propose(clock)
        voting = min(max(clock, self.carriage.last()), clock + self.setting.waits)
        if self.has_ended() or voting >= n_turns:
            return n_turns
        self._vote(self._ballots(offers, voting), offers, voting)
        if self.has_ended():
            return n_turns
        counting = min(max(voting, self.carriage.last()), voting + self.setting.waits, n_turns - 1)
        self._count(offers, counting)
        return max(clock + 1, counting)

    def _propose(self, turn: int) -> list[Offer]:
        offers: list[Offer] = []
        for party in self.present:
            settlement = self._proposal_of(party, turn)
            if self.has_ended():
                return []
            if settlement is not None:
                offers.append(Offer(self._made + len(offers), party, settlement))
        self._made += len(offers)
        for offer in offers:
            words = offer.settlement
            for other in self.present:
                if other != offer.maker:
                    message = Message(
                        Kind.PROPOSAL, offer.maker, other, offer.id, words, words, turn, turn, Fate.UNDER_WAY,
                        offer.maker,
                    )  # fmt: skip
                    self.carriage.send(message, is_verbatim=offer.maker in self._repeats)
        self._repeats = {}
        self._latest = offers
        return offers

    def _proposal_of(self, party: int, turn: int) -> Settlement | None:
        """Return what a party proposes in this turn, if anything."""
        if self.away.get(party, -1) >= turn:
            return None
        repeated = self._repeats.get(party)
        if repeated is not None:
            self.moves.append(Moved(turn, party, Propose(repeated), True))
            return repeated
        move = self.ask(party, Question.PROPOSE, turn)
        if type(move) is Leave:
            self.leave(party, turn)
        return move.settlement if type(move) is Propose else None

    def _ballots(self, offers: list[Offer], turn: int) -> dict[int, list[Heard]]:
        """Deliver the proposals that have arrived; each party votes on those of this turn that it has heard."""
        current = {offer.id for offer in offers}
        ballots: dict[int, list[Heard]] = {party: [] for party in self.present}
        while (message := self.carriage.due(turn)) is not None:
            if message.fate is not Fate.HEARD or message.kind is not Kind.PROPOSAL:
                continue
            heard = self.hear(message.recipient, message.proposal, message.source, message.heard, message.arrives_at)
            if message.proposal in current and message.recipient in ballots:
                ballots[message.recipient].append(heard)
        return ballots

    def _vote(self, ballots: dict[int, list[Heard]], offers: list[Offer], turn: int) -> None:
        by_id = {offer.id: offer for offer in offers}
        sent = []
        for party in self.present:
            ballot = tuple(ballots[party])
            if not ballot or self.away.get(party, -1) >= turn:
                continue
            move = self.ask(party, Question.VOTE, turn, None, ballot)
            if move is None:
                return
            assert isinstance(move, Vote)
            for one in ballot:
                if one.id in move.accepted:
                    offer = by_id[self.proposals[party][one.id]]
                    self.accepted_ever[party] = True
                    words = one.settlement
                    sent.append(
                        Message(
                            Kind.VOTE, party, offer.maker, offer.id, words, words, turn, turn, Fate.UNDER_WAY, party
                        )
                    )
        for message in sent:
            self.carriage.send(message)

    def _count(self, offers: list[Offer], turn: int) -> None:
        """Count the votes that have reached their makers, and end if a proposal meets the rule."""
        self._receive({offer.id: offer for offer in offers}, turn)
        for offer in offers:
            if not offer.is_same and self.setting.closing is Closing.EXACT:
                self._repeats[offer.maker] = offer.settlement
                offer.copies.clear()
            self.most_acceptances = max(self.most_acceptances, len(offer.supporters))
        met = [offer for offer in offers if self.setting.is_enough(offer.supporters)]
        if self.setting.protocol is ProtocolName.MAJORITY:
            met = self._keep_best(offers)
        if met:
            self.also_met = tuple(offer.settlement for offer in met[1:])
            self._adopt(met[0], turn)

    def _receive(self, by_id: dict[int, Offer], turn: int) -> None:
        """Deliver votes, and proposals that come too late to be voted on."""
        while (message := self.carriage.due(turn)) is not None:
            if message.fate is not Fate.HEARD:
                continue
            if message.kind is Kind.PROPOSAL:
                self.hear(message.recipient, message.proposal, message.source, message.heard, message.arrives_at)
            elif message.proposal in by_id:
                by_id[message.proposal].copies[message.sender] = message.heard

    def _keep_best(self, offers: list[Offer]) -> list[Offer]:
        """Keep the proposal with most acceptances; return it in a list if everyone accepts it."""
        for offer in offers:
            if self._best is None or len(offer.supporters) > len(self._best.supporters):
                self._best = offer
        everyone = frozenset(range(self.setting.n))
        return [self._best] if self._best is not None and self._best.supporters == everyone else []

    def _adopt(self, offer: Offer, turn: int) -> None:
        self.settlement = offer.settlement
        self.copies[offer.maker] = offer.settlement
        for party, copy in offer.copies.items():
            self.copies[party] = copy
        self.end(Ending.AGREEMENT if offer.is_same else Ending.DIFFERENT_COPIES, turn)

    def _end_at_deadline(self) -> None:
        is_majority = self.setting.protocol is ProtocolName.MAJORITY
        if is_majority and self._best is not None and self.setting.is_enough(self._best.supporters):
            self._adopt(self._best, self.setting.n_turns)
            return
        self.end(Ending.DEADLINE, self.setting.n_turns)

    def joined(self, party: int, turn: int) -> None:
        """Let a party that has just come hear the latest proposals."""
        for offer in self._latest:
            self.hear(party, offer.id, offer.maker, offer.settlement, turn)
