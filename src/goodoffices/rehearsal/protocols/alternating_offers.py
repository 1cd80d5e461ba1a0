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


class Proposal:
    """A proposal under way: its maker, its words, and the acceptances that have reached the maker."""

    __slots__ = ("arrived", "maker", "settlement")

    def __init__(self, maker: int, settlement: Settlement) -> None:
        self.maker, self.settlement = maker, settlement
        self.arrived: dict[int, Settlement] = {}


class Alternating(Course):
    """A run of alternating proposals.

    A seat moves when it is next in order and every message addressed to it has arrived, or been lost or withheld, or
    its time to wait has passed; at most once a turn. It answers the latest proposal that it has heard, as heard.
    """

    def play(self) -> None:
        """Go through the turns until the run ends."""
        n = self.setting.n
        self.made: list[Proposal] = []
        self.standing: list[tuple[int, Heard | None]] = [(-1, None)] * n
        self.accepting = [-1] * n
        self.repeats = [False] * n
        self._last = [-1] * n
        self._clock = 0
        self._is_immediate = self.setting.is_immediate
        stays = self.setting.presence.walkout is Walkout.FORBIDDEN
        self._is_simple = self._is_immediate and stays and not self.has_events
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
        if not self._is_simple:
            at = self._wait(party, at)
            if self.has_ended():
                return
        if at >= self.setting.n_turns:
            self._close_at_deadline()
            return
        self._clock = self._last[party] = at
        if self._is_simple or not self._is_out(party, at):
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
            if pid >= 0 and self.made[pid].maker == party:
                settlement = self.made[pid].settlement
                self.moves.append(Moved(turn, party, Propose(settlement), True))
                self.heard[party].clear()
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
        self.made.append(Proposal(party, settlement))
        self.standing[party] = (pid, None)
        self.accepting[party] = pid
        for other in self.present:
            if other == party:
                continue
            if self._is_immediate:
                self._hear(other, pid, party, settlement, turn)
                if self.keeps_messages:
                    self._note(Kind.PROPOSAL, party, other, pid, settlement, turn)
            else:
                self.carriage.send(
                    self._message(Kind.PROPOSAL, party, other, pid, settlement, turn), is_verbatim=is_verbatim
                )
        if not self._is_immediate:
            self._deliver(turn)

    def _accept(self, party: int, turn: int) -> None:
        pid, heard = self.standing[party]
        assert heard is not None
        self.accepting[party] = pid
        self.accepted_ever[party] = True
        maker = self.made[pid].maker
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
        proposal = self.made[pid]
        maker = proposal.maker
        if self.accepting[party] != pid or self.standing[maker][0] != pid:
            return
        proposal.arrived[party] = copy
        holding = {other: words for other, words in proposal.arrived.items() if self.accepting[other] == pid}
        self.most_acceptances = max(self.most_acceptances, len(holding) + 1)
        if self.setting.is_enough(frozenset((maker, *holding))):
            self._close(proposal, holding, turn)

    def _close(self, proposal: Proposal, holding: dict[int, Settlement], turn: int) -> None:
        """End with an agreement if all copies are equal; otherwise by the rule of closing."""
        is_same = all(copy == proposal.settlement for copy in holding.values())
        if not is_same and self.setting.closing is Closing.EXACT:
            for party in holding:
                self.accepting[party] = -1
            proposal.arrived.clear()
            self.repeats[proposal.maker] = True
            return
        self.settlement = proposal.settlement
        self.copies[proposal.maker] = proposal.settlement
        for party, copy in holding.items():
            self.copies[party] = copy
        self.end(Ending.AGREEMENT if is_same else Ending.DIFFERENT_COPIES, turn)

    def joined(self, party: int, turn: int) -> None:
        """Let a party that has just come hear the latest proposal that a party present stands by."""
        if not self.made:
            return
        pid = len(self.made) - 1
        self._hear(party, pid, self.made[pid].maker, self.made[pid].settlement, turn)
