"""Alternating proposals: in order, each accepts the proposal on the table, or makes another, or leaves.

References
----------
R. Aydoğan, D. Festen, K. V. Hindriks & C. M. Jonker (2017). Alternating offers protocols for multilateral negotiation.
In: Modern Approaches to Agent-based Complex Automated Negotiation, Springer (stacked alternating offers).
A. Rubinstein (1982). Perfect equilibrium in a bargaining model. Econometrica 50(1), 97-109 (two parties).
"""

from __future__ import annotations

from goodoffices.rehearsal.negotiators.interface import Accept, Heard, Leave, Propose, Question
from goodoffices.rehearsal.preferences import Settlement
from goodoffices.rehearsal.presence import Walkout
from goodoffices.rehearsal.protocols.course import Course
from goodoffices.rehearsal.setting import Closing
from goodoffices.rehearsal.transcript import Ending, Fate, Kind, Message, Moved


class Alternating(Course):
    """A run of alternating proposals.

    A seat moves when it is next in order and every message addressed to it has arrived, or been lost or withheld, or
    its time to wait has passed; at most once a turn. It answers the latest proposal that it has heard, as heard.
    """

    def play(self) -> None:
        """Go through the turns until the run ends; it has ended already if somebody could not begin."""
        if self.has_ended():
            return
        self._is_immediate = self.setting.is_immediate
        stays = self.setting.presence.walkout is Walkout.FORBIDDEN
        if self._is_immediate and stays and not self.has_events:
            self._play_at_once()
        else:
            self._play_waiting()

    def _play_at_once(self) -> None:
        """Go through the turns where all is heard at once and nobody comes or goes, so that no seat waits.

        Then one proposal is on the table. All have heard it as it was said, and a new one clears all acceptances.
        """
        n_turns = self.setting.n_turns
        on_table: list[Heard | None] = [None] * self.setting.n
        number = -1
        for turn in range(n_turns):
            for party in self.present:
                move = self.ask(party, Question.MOVE, turn, on_table[party])
                if type(move) is Propose:
                    number, maker, words = number + 1, party, move.settlement
                    holding: dict[int, Settlement] = {}
                    self._tell_all(on_table, number, maker, words, turn)
                elif type(move) is Accept:
                    holding[party] = words
                    if self.keeps_messages:
                        self._note(Kind.ACCEPTANCE, party, maker, number, words, turn)
                    self._count(maker, words, holding, turn)
                if self.ending is not None:
                    return
        self.end(Ending.DEADLINE, n_turns)

    def _tell_all(self, on_table: list[Heard | None], number: int, maker: int, words: Settlement, turn: int) -> None:
        """Let all but its maker hear a proposal: it is on the table for them."""
        on_table[maker] = None
        for other in self.present:
            if other != maker:
                on_table[other] = self.hear(other, number, maker, words, turn)
                if self.keeps_messages:
                    self._note(Kind.PROPOSAL, maker, other, number, words, turn)

    def _count(self, maker: int, words: Settlement, holding: dict[int, Settlement], turn: int) -> None:
        """End the run if those who have accepted the same words are enough."""
        for party in holding:
            self.accepted_ever[party] = True
        if self.setting.is_enough(frozenset((maker, *holding))):
            self._agree(maker, words, holding, turn)

    def _play_waiting(self) -> None:
        """Go through the turns where seats may wait for each other, and come and go."""
        n = self.setting.n
        # Each proposal's maker and words; and by its number, who has accepted which words, as the maker has heard.
        self.made: list[tuple[int, Settlement]] = []
        self.arrived: dict[int, dict[int, Settlement]] = {}
        self.standing: list[tuple[int, Heard | None]] = [(-1, None)] * n
        self.accepting = [-1] * n
        self.repeats = [False] * n
        self._last = [-1] * n
        self._clock = 0
        while not self.has_ended():
            n_moved = 0
            for party in range(n):
                if not self.has_ended() and party in self.present:
                    n_moved += 1
                    self._seat(party)
            if not n_moved:
                self._pass_turn()

    def _seat(self, party: int) -> None:
        """Let the seat that is next in order move, as soon as it may."""
        at = max(self._clock, self._last[party] + 1)
        at = self._wait(party, at)
        if self.has_ended():
            return
        if at >= self.setting.n_turns:
            self._close_at_deadline()
            return
        self._clock = self._last[party] = at
        if not self._is_out(party, at):
            self._move(party, at)

    def _is_out(self, party: int, turn: int) -> bool:
        """Return whether a seat does not move now: it has left, waits to be asked again, or too few are there."""
        return self.is_short() or party not in self.present or (bool(self.away) and self.away.get(party, -1) >= turn)

    def _pass_turn(self) -> None:
        """Let a turn pass in which nobody is at the table."""
        self._clock += 1 + (self.begin_turn(self._clock + 1) if self.has_events else 0)
        if self._clock >= self.setting.n_turns:
            self._close_at_deadline()

    def _close_at_deadline(self) -> None:
        self._deliver(self.setting.n_turns - 1)
        self.end(Ending.DEADLINE, self.setting.n_turns)

    def _wait(self, party: int, at: int) -> int:
        """Return when a party moves, after delivering everything that arrives by then."""
        awaited = self.carriage.awaited(party)
        if awaited > at:
            at = min(awaited, at + self.setting.waits)
        limit = self.setting.n_turns - 1
        self._deliver(min(at, limit))
        if self.has_events and not self.has_ended() and at <= limit:
            lost = self.begin_turn(at)
            if lost:
                at += lost
                self._deliver(min(at, limit))
        return at

    def _move(self, party: int, turn: int) -> None:
        pid, heard = self.standing[party]
        if self.repeats[party]:
            self.repeats[party] = False
            if pid >= 0 and self.made[pid][0] == party:
                settlement = self.made[pid][1]
                self.moves.append(Moved(turn, party, Propose(settlement), True))
                self.heard[party] = ()
                self._propose(party, settlement, turn, is_verbatim=True)
                return
        move = self.ask(party, Question.MOVE, turn, heard)
        if move is None:
            return
        kind = type(move)
        if kind is Propose:
            self._propose(party, move.settlement, turn)  # type: ignore[union-attr]
        elif kind is Accept:
            self._accept(party, turn)
        elif kind is Leave:
            self.leave(party, turn)

    def _propose(self, party: int, settlement: Settlement, turn: int, *, is_verbatim: bool = False) -> None:
        pid = len(self.made)
        self.made.append((party, settlement))
        self.standing[party] = (pid, None)
        self.accepting[party] = pid
        if self._is_immediate:
            for other in self.present:
                if other != party:
                    self.standing[other] = (pid, self.hear(other, pid, party, settlement, turn))
                    self.accepting[other] = -1
                    if self.keeps_messages:
                        self._note(Kind.PROPOSAL, party, other, pid, settlement, turn)
            return
        for other in self.present:
            if other != party:
                message = self._message(Kind.PROPOSAL, party, other, pid, settlement, turn)
                self.carriage.send(message, is_verbatim=is_verbatim)
        self._deliver(turn)

    def _accept(self, party: int, turn: int) -> None:
        pid, heard = self.standing[party]
        assert heard is not None
        self.accepting[party] = pid
        self.accepted_ever[party] = True
        maker = self.made[pid][0]
        if self._is_immediate:
            if self.keeps_messages:
                self._note(Kind.ACCEPTANCE, party, maker, pid, heard.settlement, turn)
            self._receive(pid, party, heard.settlement, turn)
        else:
            self.carriage.send(self._message(Kind.ACCEPTANCE, party, maker, pid, heard.settlement, turn))
            self._deliver(turn)

    def _message(self, kind: Kind, sender: int, recipient: int, pid: int, settlement: Settlement, turn: int) -> Message:
        return Message(kind, sender, recipient, pid, settlement, settlement, turn, turn, Fate.UNDER_WAY, sender)

    def _note(self, kind: Kind, sender: int, recipient: int, pid: int, settlement: Settlement, turn: int) -> None:
        relays = len(self.setting.routes[sender][recipient] or ())
        self.messages.append(
            Message(kind, sender, recipient, pid, settlement, settlement, turn, turn, Fate.HEARD, sender, relays)
        )

    def _deliver(self, turn: int) -> None:
        """Deliver what arrives by a turn, in the order of arrival, until the run ends."""
        while not self.has_ended():
            message = self.carriage.due(turn)
            if message is None:
                return
            if message.fate is not Fate.HEARD:
                continue
            if message.kind is Kind.PROPOSAL:
                self._hear(message.recipient, message.proposal, message.source, message.heard, message.arrives_at)
            else:
                self._receive(message.proposal, message.sender, message.sent, message.arrives_at)

    def _hear(self, party: int, pid: int, source: int, settlement: Settlement, turn: int) -> None:
        """Let a party hear a proposal: any acceptance of an earlier one is void."""
        if party in self.gone:
            return
        self.standing[party] = (pid, self.hear(party, pid, source, settlement, turn))
        self.accepting[party] = -1

    def _receive(self, pid: int, party: int, copy: Settlement, turn: int) -> None:
        """Let the maker receive an acceptance, if both still stand by the proposal."""
        maker = self.made[pid][0]
        if self.accepting[party] != pid or self.standing[maker][0] != pid:
            return
        arrived = self.arrived.setdefault(pid, {})
        arrived[party] = copy
        holding = {other: words for other, words in arrived.items() if self.accepting[other] == pid}
        self.most_acceptances = max(self.most_acceptances, len(holding) + 1)
        if self.setting.is_enough(frozenset((maker, *holding))):
            self._close(pid, holding, turn)

    def _close(self, pid: int, holding: dict[int, Settlement], turn: int) -> None:
        """End with an agreement if all copies are equal; otherwise by the rule of closing."""
        maker, settlement = self.made[pid]
        if self.setting.closing is Closing.EXACT and any(copy != settlement for copy in holding.values()):
            for party in holding:
                self.accepting[party] = -1
            self.arrived.pop(pid)
            self.repeats[maker] = True
            return
        self._agree(maker, settlement, holding, turn)

    def _agree(self, maker: int, settlement: Settlement, holding: dict[int, Settlement], turn: int) -> None:
        """End with what each party believes to be agreed."""
        self.settlement = self.copies[maker] = settlement
        for party, copy in holding.items():
            self.copies[party] = copy
        is_same = all(copy == settlement for copy in holding.values())
        self.end(Ending.AGREEMENT if is_same else Ending.DIFFERENT_COPIES, turn)

    def joined(self, party: int, turn: int) -> None:
        """Let a party that has just come hear the latest proposal that a party present stands by."""
        if not self.made:
            return
        pid = len(self.made) - 1
        self._hear(party, pid, *self.made[pid], turn)
