"""A negotiator made of parts: a rule of proposing, a rule of accepting, a model of the others, and when to leave."""

from __future__ import annotations

from dataclasses import field
from typing import Any, NamedTuple

from goodoffices.data_class import dataclass
from goodoffices.rehearsal.draws import Draws
from goodoffices.rehearsal.negotiators.acceptance_rules import AcceptanceRule, annealer_accepts
from goodoffices.rehearsal.negotiators.basis import Basis, basis_of
from goodoffices.rehearsal.negotiators.interface import (
    Accept,
    Feedback,
    Heard,
    Hold,
    Leave,
    Move,
    Own,
    Propose,
    Question,
    Say,
    Seen,
    Table,
    Vote,
)
from goodoffices.rehearsal.negotiators.opponent_models import Model
from goodoffices.rehearsal.negotiators.proposal_rules import ProposalRule
from goodoffices.rehearsal.preferences import new_tuple
from goodoffices.rehearsal.worth_order import Valued

_ANNEALING_PLACE = 1_000_000
_ACCEPT, _HOLD = Accept(), Hold()


class Memory(NamedTuple):
    """What a composed negotiator remembers: of each part, and its own last proposal, if others vote on it."""

    basis: Basis
    rule: Any
    acceptance: Any
    model: Any
    last: Valued | None
    hears_well: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Composed:
    """Any rule of proposing with any rule of accepting.

    Parameters
    ----------
    name
        As it was asked for, with its parts.
    proposing, accepting, model
        The parts; a model is used only by rules that need one.
    leaves_at
        The share of time from which it leaves, if it was offered nothing as good as no agreement. Only where leaving is
        allowed.
    """

    name: str
    proposing: ProposalRule
    accepting: AcceptanceRule
    model: Model | None = None
    leaves_at: float | None = None
    hears: bool = field(init=False, repr=False, compare=False)
    """Whether any part remembers what is heard; looked up once, since it is asked at every move."""

    def __post_init__(self) -> None:
        hears = self.proposing.hears or self.accepting.hears or self.model is not None or self.leaves_at is not None
        object.__setattr__(self, "hears", hears)

    def begin(self, own: Own, table: Table) -> Memory:
        """Return the memory before the first move."""
        needs_deadline = self.proposing.needs_deadline or self.leaves_at is not None
        basis = basis_of(own, table, self.proposing.clock, needs_deadline)
        model = self.model.begin(own, table) if self.model is not None else None
        return Memory(basis, self.proposing.begin(basis), self.accepting.begin(basis), model, None, False)

    def revise(self, memory: Memory, own: Own) -> Memory:
        """Return the memory with changed numbers of its own, such as a larger devaluation."""
        return memory._replace(basis=memory.basis._replace(own=own))

    def move(self, state: Memory, seen: Seen, draws: Draws) -> tuple[Memory, Move]:
        """Answer what is asked."""
        if self.hears and seen.heard:
            state = self._hear(state, seen)
        question = seen.question
        if question is not Question.MOVE:
            return self._answer(question, state, seen, draws)
        basis, before, acceptance, model, _, hears_well = state
        estimates = None if model is None else self._estimates(state)
        rule, following = self.proposing.following(before, basis, seen, draws, estimates)
        standing = seen.standing
        if standing is not None and self._is_good(basis, acceptance, seen, standing, following):
            return state, _ACCEPT
        if self.leaves_at is not None and self._leaves(state, seen):
            return state, Leave()
        if rule is not before:
            state = new_tuple(Memory, (basis, rule, acceptance, model, None, hears_well))
        return state, _HOLD if following is None else new_tuple(Propose, (following.settlement,))

    def _answer(self, question: Question, state: Memory, seen: Seen, draws: Draws) -> tuple[Memory, Move]:
        """Answer what is not asked in every turn."""
        if question is Question.PROPOSE:
            return self._propose(state, seen, draws)
        if question is Question.VOTE:
            return state, self._vote(state, seen)
        # A mediator is answered as by a hill-climber: no worse than the last text; in the end not below no agreement.
        return state, answer_of_text(state.basis.own, seen, theta=0.0, n_turns=state.basis.table.n_turns, draws=None)

    def _hear(self, state: Memory, seen: Seen) -> Memory:
        rule, acceptance, model = state.rule, state.acceptance, state.model
        own, well, is_for_rule = state.basis.own, state.hears_well, self.proposing.hears
        for heard in seen.heard:
            if is_for_rule:
                rule = self.proposing.hear(rule, heard, own)
            if self.accepting.hears:
                acceptance = self.accepting.hear(acceptance, heard.turn, own.believed(heard))
            if self.model is not None:
                model = self.model.hear(model, heard)
            if self.leaves_at is not None:
                well = well or own.believed(heard) >= seen.reservation_value
        return new_tuple(Memory, (state.basis, rule, acceptance, model, state.last, well))

    def _estimates(self, state: Memory) -> Any:
        """Return what the rule of proposing is told of the others, if it asks for that."""
        if self.model is None or not self.proposing.needs_model:
            return None
        return self.model.estimates(state.model)

    def _propose(self, state: Memory, seen: Seen, draws: Draws) -> tuple[Memory, Move]:
        rule, following = self.proposing.following(state.rule, state.basis, seen, draws, self._estimates(state))
        if self._leaves(state, seen):
            return state, Leave()
        state = Memory(state.basis, rule, state.acceptance, state.model, following, state.hears_well)
        return state, Hold() if following is None else Propose(following.settlement)

    def _vote(self, state: Memory, seen: Seen) -> Vote:
        basis, _, acceptance, _, last, _ = state
        good = [one.id for one in seen.ballot if self._is_good(basis, acceptance, seen, one, last)]
        return Vote(tuple(good))

    def _is_good(self, basis: Basis, acceptance: Any, seen: Seen, heard: Heard, following: Valued | None) -> bool:
        own = basis.own
        worth = own.believed(heard)
        if worth < seen.reservation_value or not self.accepting.accepts(acceptance, basis, seen, worth, following):
            return False
        return own.preferences.may_sign(heard.settlement)

    def _leaves(self, state: Memory, seen: Seen) -> bool:
        if self.leaves_at is None or not state.basis.table.may_leave or state.hears_well:
            return False
        return seen.turn / state.basis.n_turns >= self.leaves_at


def answer_of_text(own: Own, seen: Seen, *, theta: float, n_turns: int | None, draws: Draws | None) -> Say:
    """Return the answer to a mediator's text: a hill-climber's, or with ``theta`` above 0 an annealer's."""
    text = seen.ballot[0].settlement
    worth = own.preferences.worth_of(text)
    if not own.preferences.may_sign(text):
        return Say(False, Feedback.WORSE)
    if seen.question is Question.RATIFY:
        return Say(worth >= seen.reservation_value)
    if seen.standing is None:
        return Say(True, Feedback.SAME)
    before = own.preferences.worth_of(seen.standing.settlement)
    feedback = Feedback.BETTER if worth > before else Feedback.WORSE if worth < before else Feedback.SAME
    if theta <= 0.0 or draws is None or n_turns is None:
        return Say(worth >= before, feedback)
    accepts = annealer_accepts(before - worth, theta, seen.turn / n_turns, draws.uniform(_ANNEALING_PLACE))
    return Say(accepts, feedback)


class VoterMemory(NamedTuple):
    """What a voter on a single text remembers: its numbers, and how many turns there are."""

    own: Own
    n_turns: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Voter:
    """Answers a mediator's texts and makes no proposals of its own: a hill-climber, or an annealer with ``theta``.

    ``theta`` is a share of the party's range, from its reservation value to its best worth.

    References
    ----------
    M. Klein, P. Faratin, H. Sayama & Y. Bar-Yam (2003). Negotiating complex contracts. Group Decision and Negotiation
    12(2), 111-125.
    """

    name: str = "hill-climb"
    theta: float = 0.0

    def begin(self, own: Own, table: Table) -> VoterMemory:
        """Return the memory before the first text."""
        return VoterMemory(own, table.n_turns)

    def revise(self, memory: VoterMemory, own: Own) -> VoterMemory:
        """Return the memory with changed numbers of its own."""
        return memory._replace(own=own)

    def move(self, state: VoterMemory, seen: Seen, draws: Draws) -> tuple[VoterMemory, Move]:
        """Answer a text; where proposals are asked for, hold and accept what is not below no agreement."""
        if seen.question in (Question.TEXT, Question.RATIFY):
            theta = self.theta * state.own.span if self.theta else 0.0
            return state, answer_of_text(state.own, seen, theta=theta, n_turns=state.n_turns, draws=draws)
        if seen.question is Question.VOTE:
            return state, Vote(tuple(one.id for one in seen.ballot if self._could_sign(state.own, one, seen)))
        if seen.standing is not None and self._could_sign(state.own, seen.standing, seen):
            return state, Accept()
        return state, Hold()

    def _could_sign(self, own: Own, heard: Heard, seen: Seen) -> bool:
        return own.believed(heard) >= seen.reservation_value and own.preferences.may_sign(heard.settlement)
