"""A single text: the mediator puts one settlement to the parties, who answer; at the end the text stands.

The mediator sees each party by itself, so the format makes no difference here. The last accepted text goes with the new
one. At the end each party says yes or no to the text, if the text is to be ratified; that is not in the paper.

References
----------
M. Klein, P. Faratin, H. Sayama & Y. Bar-Yam (2003). Negotiating complex contracts. Group Decision and Negotiation
12(2), 111-125.
"""

from __future__ import annotations

from goodoffices.rehearsal.draws import Draws, Stream
from goodoffices.rehearsal.mediators import Answer
from goodoffices.rehearsal.negotiators.interface import HIDDEN, Heard, Question, Say
from goodoffices.rehearsal.preferences import Settlement
from goodoffices.rehearsal.protocols.course import Course
from goodoffices.rehearsal.transcript import Ending


class SingleText(Course):
    """A run with a single text."""

    def play(self) -> None:
        """Change the text until the turns are over, and then ask for a yes or no."""
        mediator = self.setting.mediator
        assert mediator is not None
        n_turns = self.setting.n_turns
        state = mediator.begin(self.setting.space, self.setting.n, n_turns)
        text: Settlement | None = None
        turn = 0
        while turn < n_turns:
            turn += self.begin_turn(turn) if self.has_events else 0
            if self.has_ended() or turn >= n_turns:
                break
            if not self.is_short():
                draws = Draws(self.key, self.run, Stream.MEDIATOR, turn)
                state, new = mediator.propose(state, text, draws)
                answers = self._answers(mediator.asks, new, text, turn)
                if self.has_ended():
                    return
                accepting = frozenset(one.party for one in answers if one.accepts)
                self.most_acceptances = max(self.most_acceptances, len(accepting))
                state, stands = mediator.hear(state, new, answers, self.setting.is_enough(accepting))
                text = new if stands else text
                if stands and mediator.ends_at_once:
                    self._agree(new, turn)
                    return
            turn += 1
        if not self.has_ended():
            self._end(text)

    def _answers(self, question: Question, new: Settlement, text: Settlement | None, turn: int) -> tuple[Answer, ...]:
        answers = []
        wants_feedback = self.setting.mediator is not None and self.setting.mediator.wants_feedback
        standing = None if text is None else Heard(0, HIDDEN, text, turn)
        for party in self.present:
            ballot = (Heard(turn, HIDDEN, new, turn),)
            move = self.ask(party, question, turn, standing, ballot)
            if move is None:
                return ()
            assert isinstance(move, Say)
            accepts = move.accepts and self.setting.preferences[party].may_sign(new)
            self.accepted_ever[party] |= accepts
            answers.append(Answer(party, accepts, move.feedback if wants_feedback else None))
        return tuple(answers)

    def _end(self, text: Settlement | None) -> None:
        n_turns = self.setting.n_turns
        if text is None:
            self.end(Ending.DEADLINE, n_turns)
            return
        if self.setting.ratifies:
            answers = self._answers(Question.RATIFY, text, None, n_turns)
            if self.has_ended():
                return
            if not self.setting.is_enough(frozenset(one.party for one in answers if one.accepts)):
                self.end(Ending.DEADLINE, n_turns)
                return
        self._agree(text, n_turns)

    def _agree(self, text: Settlement, turn: int) -> None:
        self.settlement = text
        for party in self.present:
            self.copies[party] = text
        self.end(Ending.AGREEMENT, turn)
