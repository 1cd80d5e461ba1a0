"""One run under way: who is present, what each seat has heard, what it is asked, and whether its move is allowed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from goodoffices.errors import FaultyNegotiatorError
from goodoffices.rehearsal.carriage import Carriage
from goodoffices.rehearsal.draws import Draws, Key, Stream, uniform
from goodoffices.rehearsal.negotiators.interface import (
    Accept,
    Heard,
    Hold,
    Leave,
    Move,
    Propose,
    Question,
    Say,
    Seen,
    Vote,
)
from goodoffices.rehearsal.preferences import Settlement, new_tuple
from goodoffices.rehearsal.presence import Spoiler, Walkout
from goodoffices.rehearsal.setting import Setting
from goodoffices.rehearsal.transcript import Ending, Message, Moved

_SEATS = int(Stream.SEATS)
_PROPOSING = (Question.MOVE, Question.PROPOSE)
_ALLOWED: dict[Question, tuple[type, ...]] = {
    Question.MOVE: (Propose, Accept, Hold, Leave),
    Question.PROPOSE: (Propose, Hold, Leave),
    Question.VOTE: (Vote,),
    Question.TEXT: (Say,),
    Question.RATIFY: (Say,),
}


class Course:
    """What every protocol needs of a run. It changes as the run goes on; its result is built from it at the end."""

    def __init__(self, setting: Setting, key: Key, run: int, *, keeps_messages: bool) -> None:
        n = setting.n
        self.setting, self.key, self.run = setting, key, run
        self.carriage = Carriage(setting, key, run)
        self.keeps_messages = keeps_messages
        self.own = [setting.own(party) for party in range(n)]
        late = {one.party for one in setting.presence.joining}
        self.present = tuple(p for p in range(n) if p not in setting.presence.absent and p not in late)
        self.reservation = [one.reservation_value for one in setting.preferences]
        self.away: dict[int, int] = {}
        self.gone: set[int] = set()
        self.heard: list[tuple[Heard, ...]] = [()] * n
        self.proposals: list[list[int]] = [[] for _ in range(n)]
        self.moves: list[Moved] = []
        self.messages: list[Message] = []
        self.accepted_ever = [False] * n
        self.ending: Ending | None = None
        self.turn = 0
        self.by: int | None = None
        self.why = ""
        self.settlement: Settlement | None = None
        self.copies: list[Settlement | None] = [None] * n
        self.also_met: tuple[Settlement, ...] = ()
        self.most_acceptances = 0
        self.states: list[Any] = []
        self._struck: set[int] = set()
        self._legal: set[Settlement] = set()
        # What each party may propose without a look: what the space has made itself, if nothing is closed to it.
        issued = {} if setting.space.forbidden else setting.space.issued
        self._open = [{} if one.red_lines else issued for one in setting.preferences]
        self._begun, self._short = -1, 0
        self.has_events = bool(setting.presence.spoilers or setting.presence.joining or setting.presence.quorum)

    def begin(self) -> None:
        """Let every negotiator begin; one that cannot ends the run."""
        for party, negotiator in enumerate(self.setting.negotiators):
            try:
                self.states.append(negotiator.begin(self.own[party], self.setting.table(party)))
            except FaultyNegotiatorError as error:
                self.end(Ending.FAULTY, 0, by=party, why=str(error))
                return

    def release(self) -> None:
        """Let the negotiators go that hold something outside, such as a process."""
        for negotiator, state in zip(self.setting.negotiators, self.states, strict=False):
            release = getattr(negotiator, "end", None)
            if release is not None:
                release(state)

    def has_ended(self) -> bool:
        """Whether the run has ended."""
        return self.ending is not None

    def end(self, ending: Ending, turn: int, *, by: int | None = None, why: str = "") -> None:
        """End the run, unless it has ended."""
        if self.ending is None:
            self.ending, self.turn, self.by, self.why = ending, turn, by, why

    def ask(
        self,
        party: int,
        question: Question,
        turn: int,
        standing: Heard | None = None,
        ballot: tuple[Heard, ...] = (),
    ) -> Move | None:
        """Return a party's move, or ``None`` if it was faulty, which ends the run."""
        heard, self.heard[party] = self.heard[party], ()
        seen = new_tuple(Seen, (question, turn, heard, standing, ballot, self.present, self.reservation[party]))
        draws = new_tuple(Draws, (self.key, self.run, _SEATS + party, turn))
        try:
            self.states[party], move = self.setting.negotiators[party].move(self.states[party], seen, draws)
        except FaultyNegotiatorError as error:
            self.end(Ending.FAULTY, turn, by=party, why=str(error))
            return None
        settlement = move.settlement if type(move) is Propose and question in _PROPOSING else None
        # Most moves are proposals made by the space itself, in which nothing needs to be looked at.
        if type(settlement) is not tuple or self._open[party].get(settlement) is not settlement:
            fault = self._fault(party, question, move, standing, ballot)
            if fault:
                self.end(Ending.FAULTY, turn, by=party, why=f"{self.setting.parties[party]}: {fault}")
                return None
        if self.keeps_messages:
            self.moves.append(Moved(turn, party, move))
        return move

    def _fault(
        self, party: int, question: Question, move: Move, standing: Heard | None, ballot: tuple[Heard, ...]
    ) -> str:
        """Return why a move is not allowed, or nothing."""
        kind = type(move)
        if kind not in _ALLOWED[question]:
            return f"{kind.__name__} is not an answer to the question {question.value!r}"
        preferences = self.setting.preferences[party]
        if kind is Propose:
            return self._fault_of_proposal(party, move.settlement)  # type: ignore[union-attr]
        if kind is Accept:
            if standing is None:
                return "it accepted, and nothing was on the table"
            return "" if preferences.may_sign(standing.settlement) else "it accepted what crosses its own red line"
        if kind is Leave and self.setting.presence.walkout is Walkout.FORBIDDEN:
            return "it left, and these rules do not allow it"
        if kind is Vote:
            return self._fault_of_vote(party, move, ballot)  # type: ignore[arg-type]
        return ""

    def _fault_of_proposal(self, party: int, settlement: Settlement) -> str:
        if type(settlement) is not tuple or settlement not in self._legal:
            if not self.setting.space.holds(settlement):
                return "it proposed what is not a settlement of these talks, or is forbidden"
            self._legal.add(settlement)
        may_sign = self.setting.preferences[party].may_sign(settlement)
        return "" if may_sign else "it proposed what crosses its own red line"

    def _fault_of_vote(self, party: int, vote: Vote, ballot: tuple[Heard, ...]) -> str:
        by_id = {one.id: one for one in ballot}
        if any(one not in by_id for one in vote.accepted):
            return "it accepted a proposal that is not on the ballot"
        may_sign = self.setting.preferences[party].may_sign
        return "" if all(may_sign(by_id[one].settlement) for one in vote.accepted) else "it accepted across a red line"

    def hear(self, party: int, proposal: int, source: int, settlement: Settlement, turn: int) -> Heard:
        """Let a party hear a proposal, under an id of its own."""
        known = self.proposals[party]
        heard = new_tuple(Heard, (len(known), source, settlement, turn))
        known.append(proposal)
        self.heard[party] += (heard,)
        return heard

    def begin_turn(self, turn: int) -> int:
        """Let everything happen that is due by a turn: spoilers, arrivals, quorum. Return the turns that are lost."""
        lost = 0
        for at in range(self._begun + 1, turn + 1):
            for number, spoiler in enumerate(self.setting.presence.spoilers):
                if number not in self._struck and self._strikes(number, spoiler, at):
                    self._struck.add(number)
                    lost += self._strike(spoiler, at)
            self._join(at)
            self._count_quorum(at)
        self._begun = max(self._begun, turn)
        return lost

    def _strikes(self, number: int, spoiler: Spoiler, turn: int) -> bool:
        if spoiler.turn is not None and turn == spoiler.turn:
            return True
        if spoiler.acceptances is not None and self.most_acceptances >= spoiler.acceptances:
            return True
        if not spoiler.probability:
            return False
        return uniform(self.key, self.run, Stream.SHOCKS, turn, number) < spoiler.probability

    def _strike(self, spoiler: Spoiler, turn: int) -> int:
        for party, change in spoiler.reservation:
            self.reservation[party] += change
        if spoiler.silenced_turns:
            self.carriage.silent_until = turn + spoiler.silenced_turns - 1
        if spoiler.drives_out is not None:
            self.leave(spoiler.drives_out, turn, is_driven=True)
        if spoiler.devaluation:
            self._devalue(spoiler.devaluation)
        return spoiler.lost_turns

    def _devalue(self, more: float) -> None:
        """Raise every party's devaluation of the others; its negotiator is told at its next move by a new beginning."""
        n = self.setting.n
        for party, own in enumerate(self.own):
            row = own.devaluation or (0.0,) * n
            new = tuple(min(share + more, 0.999) if other != party else share for other, share in enumerate(row))
            self.own[party] = replace(own, devaluation=new)
            revise = getattr(self.setting.negotiators[party], "revise", None)
            if revise is not None:
                self.states[party] = revise(self.states[party], self.own[party])

    def _join(self, turn: int) -> None:
        for one in self.setting.presence.joining:
            if one.party in self.present or one.party in self.gone:
                continue
            is_time = one.turn is not None and turn >= one.turn
            if is_time or (one.acceptances is not None and self.most_acceptances >= one.acceptances):
                self.present = tuple(sorted((*self.present, one.party)))
                self.joined(one.party, turn)

    def joined(self, party: int, turn: int) -> None:
        """Let a party that has just come hear what stands; a protocol with a standing proposal replaces this."""

    def _count_quorum(self, turn: int) -> None:
        presence = self.setting.presence
        if not presence.quorum:
            return
        at_table = [p for p in self.present if self.away.get(p, -1) < turn]
        self._short = self._short + 1 if len(at_table) < presence.quorum else 0
        if self._short > presence.quorum_turns:
            self.end(Ending.NO_QUORUM, turn)

    def is_short(self) -> bool:
        """Return whether too few are present in this turn."""
        return self._short > 0

    def leave(self, party: int, turn: int, *, is_driven: bool = False) -> None:
        """Let a party leave: the talks end, pause, or go on without it if the rule can still be met."""
        style = self.setting.presence.walkout
        if style is Walkout.SUSPENDS and not is_driven and party not in self.away:
            self.away[party] = turn + self.setting.presence.suspended_turns
            return
        self.gone.add(party)
        self.present = tuple(other for other in self.present if other != party)
        can_go_on = style is Walkout.CONTINUES or is_driven
        if party in self.setting.must_sign or not can_go_on or not self.setting.is_enough(self._could_sign()):
            self.end(Ending.WALKOUT, turn, by=party)

    def _could_sign(self) -> frozenset[int]:
        late = {one.party for one in self.setting.presence.joining}
        return frozenset(self.present) | (late - self.gone)
