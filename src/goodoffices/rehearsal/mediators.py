"""Mediators of a single text: each proposes changes, hears answers, and decides whether the new text stands.

A mediator knows only what the parties told it. The idea of one text that only the mediator changes is R. Fisher's; see
H. Raiffa (1982), The Art and Science of Negotiation, chapter 14.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple, Protocol

from goodoffices.data_class import dataclass
from goodoffices.errors import UnknownWordError
from goodoffices.names import nearest_word
from goodoffices.rehearsal.draws import Draws
from goodoffices.rehearsal.negotiators.interface import Feedback, Question
from goodoffices.rehearsal.preferences import Settlement, Space


class Answer(NamedTuple):
    """What one party said about the text put to it."""

    party: int
    accepts: bool
    feedback: Feedback | None


class Mediator(Protocol):
    """Somebody who changes a single text."""

    @property
    def name(self) -> str:
        """The name."""

    @property
    def asks(self) -> Question:
        """What the parties are asked."""

    @property
    def ends_at_once(self) -> bool:
        """Whether the first text that enough accept is the agreement."""

    @property
    def wants_feedback(self) -> bool:
        """Whether it also asks how the text compares with the last one."""

    def begin(self, space: Space, n_parties: int, n_turns: int) -> Any:
        """Return the state before the first text."""

    def propose(self, state: Any, text: Settlement | None, draws: Draws) -> tuple[Any, Settlement]:
        """Return the next state and text; ``text`` is the last one accepted, if any."""

    def hear(self, state: Any, text: Settlement, answers: tuple[Answer, ...], is_enough: bool) -> tuple[Any, bool]:
        """Return the next state, and whether the text now stands. ``is_enough``: those who accept meet the rule."""


def random_settlement(space: Space, draws: Draws, place: int = 0) -> Settlement:
    """Return a settlement with each option equally probable."""
    return tuple(draws.choice(size, place + issue) for issue, size in enumerate(space.sizes))


def changed(space: Space, text: Settlement, draws: Draws, place: int = 0) -> Settlement:
    """Return the text with another option on one issue, both drawn uniformly."""
    issues = [issue for issue, size in enumerate(space.sizes) if size > 1]
    if not issues:
        return text
    issue = issues[draws.choice(len(issues), place)]
    option = draws.choice(space.sizes[issue] - 1, place + 1)
    option += option >= text[issue]
    return (*text[:issue], option, *text[issue + 1 :])


def _new_text(space: Space, text: Settlement | None, draws: Draws, place: int = 0) -> Settlement:
    """Return a change of the text, or a first text; of ten tries the first that is not forbidden."""
    for attempt in range(10):
        at = place + attempt * (len(space.sizes) + 2)
        found = random_settlement(space, draws, at) if text is None else changed(space, text, draws, at)
        if space.holds(found):
            return found
    return found if text is None else text


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutating:
    """Changes one issue at random; if all accept, the change stands.

    References
    ----------
    M. Klein, P. Faratin, H. Sayama & Y. Bar-Yam (2003). Negotiating complex contracts. Group Decision and Negotiation
    12(2), 111-125.
    """

    name: str = "mutate"
    asks: Question = Question.TEXT
    ends_at_once: bool = False
    wants_feedback: bool = False

    def begin(self, space: Space, n_parties: int, n_turns: int) -> Space:
        """Return the space: this mediator remembers nothing."""
        return space

    def propose(self, state: Space, text: Settlement | None, draws: Draws) -> tuple[Space, Settlement]:
        """Return the text with one change."""
        return state, _new_text(state, text, draws)

    def hear(self, state: Space, text: Settlement, answers: tuple[Answer, ...], is_enough: bool) -> tuple[Space, bool]:
        """Let the text stand if enough accept it."""
        return state, is_enough


@dataclass(frozen=True, slots=True, kw_only=True)
class Blind(Mutating):
    """Asks each party in confidence whether it could sign; the first text that enough could sign stands."""

    name: str = "blind"
    asks: Question = Question.RATIFY
    ends_at_once: bool = True
    wants_feedback: bool = False

    def propose(self, state: Space, text: Settlement | None, draws: Draws) -> tuple[Space, Settlement]:
        """Return a text drawn at random."""
        return state, _new_text(state, None, draws)


class Memory(NamedTuple):
    """What a learning mediator has heard: per party, issue and option a score, and the texts that were refused."""

    space: Space
    scores: tuple[tuple[tuple[int, ...], ...], ...]
    refused: frozenset[tuple[int, Settlement]]
    last: Settlement | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Learning:
    """Draws a pool of changes and proposes the one that is best for all under what it has learned of each party.

    An option's score for a party rises by one with each text with it that the party accepted or called better, and
    falls by one with each that it refused or called worse; only options that changed are counted. ``goal`` combines the
    parties' estimated satisfaction. A text that a party refused is not put again in the same pool.
    """

    name: str
    goal: Callable[[list[float]], float]
    asks: Question = Question.TEXT
    ends_at_once: bool = False
    wants_feedback: bool = False
    pool: int = 12

    def begin(self, space: Space, n_parties: int, n_turns: int) -> Memory:
        """Return a memory in which all options are alike."""
        empty = tuple((0,) * size for size in space.sizes)
        return Memory(space, (empty,) * n_parties, frozenset(), None)

    def propose(self, state: Memory, text: Settlement | None, draws: Draws) -> tuple[Memory, Settlement]:
        """Return the most promising of a pool of changes."""
        if text is None:
            return state._replace(last=None), _new_text(state.space, None, draws)
        step = 10 * (len(state.space.sizes) + 2)
        pool = [_new_text(state.space, text, draws, at * step) for at in range(self.pool)]
        fresh = [one for one in pool if not any((party, one) in state.refused for party in range(len(state.scores)))]
        found = max(fresh or pool, key=lambda one: self.goal([_estimate(scores, one) for scores in state.scores]))
        return state._replace(last=text), found

    def hear(
        self, state: Memory, text: Settlement, answers: tuple[Answer, ...], is_enough: bool
    ) -> tuple[Memory, bool]:
        """Learn from the answers; the text stands if enough accept it."""
        scores, refused = list(state.scores), set(state.refused)
        for party, accepts, feedback in answers:
            liked = accepts if feedback is None else feedback is not Feedback.WORSE
            if feedback is not Feedback.SAME:
                scores[party] = _learned(scores[party], state.last, text, 1 if liked else -1)
            if not accepts:
                refused.add((party, text))
        return Memory(state.space, tuple(scores), frozenset(refused), state.last), is_enough


def _learned(
    scores: tuple[tuple[int, ...], ...], before: Settlement | None, text: Settlement, change: int
) -> tuple[tuple[int, ...], ...]:
    rows = []
    for issue, row in enumerate(scores):
        option = text[issue]
        is_new = before is None or before[issue] != option
        rows.append((*row[:option], row[option] + change, *row[option + 1 :]) if is_new else row)
    return tuple(rows)


def _estimate(scores: tuple[tuple[int, ...], ...], text: Settlement) -> float:
    """Return how satisfied a party seems, from 0 to 1: the mean over issues of the rank of its option's score."""
    total = 0.0
    for row, option in zip(scores, text, strict=True):
        low, high = min(row), max(row)
        total += (row[option] - low) / (high - low) if high > low else 0.5
    return total / len(scores)


def _product(values: list[float]) -> float:
    found = 1.0
    for value in values:
        found *= value
    return found


MEDIATORS: dict[str, Mediator] = {
    "mutate": Mutating(),
    "blind": Blind(),
    "max-min": Learning(name="max-min", goal=min),
    "nash": Learning(name="nash", goal=_product),
    "feedback": Learning(name="feedback", goal=min, pool=24, wants_feedback=True),
}


def mediator_named(name: str) -> Mediator:
    """Return a mediator by its name, or raise `UnknownWordError`."""
    if name not in MEDIATORS:
        raise UnknownWordError("mediator", name, tuple(MEDIATORS), nearest=nearest_word(name, MEDIATORS))
    return MEDIATORS[name]
