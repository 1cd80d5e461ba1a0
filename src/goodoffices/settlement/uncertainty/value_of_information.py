"""Find the questions whose answers would change the recommendation most."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from goodoffices.bargain import Bargain
from goodoffices.data_class import dataclass
from goodoffices.phrases.phrase import Phrase
from goodoffices.settlement.uncertainty.beliefs import UncertainBargain, Worlds

Answers = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asks:
    """What a question asks of a party: of no agreement, of an option if ``issue`` is given, or of an analyst.

    ``than`` is the worth that it is asked to compare with, in the party's own points; without it, whether the party
    would ever accept the option. ``analyst`` counts from 1; 0 for none.
    """

    party: int
    issue: int = -1
    option: int = -1
    than: float | None = None
    analyst: int = 0

    def words(self, bargain: Bargain) -> Phrase:
        """Return the question, with the names that ``bargain`` has for party, issue and option."""
        gaps = {"party": bargain.parties[self.party]}
        if self.analyst:
            return Phrase("Ask whether analyst number {n} is right about {party}", n=str(self.analyst), **gaps)
        if self.than is not None:
            gaps["points"] = f"{self.than:.3g}"
        if self.issue < 0:
            return Phrase("Ask whether no agreement is worth more than {points} to {party}", **gaps)
        one = bargain.issues[self.issue]
        gaps |= {"option": repr(one.options[self.option]), "issue": repr(one.name)}
        if self.than is None:
            return Phrase("Ask whether {party} would ever accept {option} on {issue}", **gaps)
        return Phrase("Ask whether {option} on {issue} is worth more than {points} to {party}", **gaps)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A yes-or-no question, and what its answer is worth.

    ``value`` is the expected gain in probability. ``decides`` is the share of the worlds in which the answer changes
    which settlement is likeliest.
    """

    words: str
    asks: Asks
    value: float
    decides: float
    yes: float

    def __str__(self) -> str:
        return (
            f"{self.words} (yes in {self.yes:.0%} of the worlds; the answer changes which is likeliest in "
            f"{self.decides:.0%} of them and is worth {self.value:+.1%})"
        )


def best_questions(assessment: UncertainBargain, drawn: Worlds, possible: Answers) -> tuple[Question, ...]:
    """Return the questions that are worth asking, the most valuable first.

    Parameters
    ----------
    possible
        (candidates, worlds): whether each of the leading candidates is possible in each world.

    Notes
    -----
    The value is the expected value of perfect information on that question: the expected probability of the settlement
    that is best given the answer, minus that of the one that is best now (R. A. Howard 1966, Information value theory,
    IEEE Transactions on Systems Science and Cybernetics 2(1), 22-26).
    """
    asked = _questions(assessment, drawn)
    if not asked:
        return ()
    answers = np.stack([answer for _, answer in asked]).astype(np.float32)
    marks = possible.astype(np.float32)
    with_yes = marks @ answers.T / drawn.n
    with_no = marks.mean(axis=1, keepdims=True) - with_yes
    now = marks.mean(axis=1)
    value = with_yes.max(axis=0) + with_no.max(axis=0) - now.max()
    yes = answers.mean(axis=1)
    leader = int(now.argmax())
    moved_yes = with_yes[leader] < with_yes.max(axis=0) - 1e-7
    moved_no = with_no[leader] < with_no.max(axis=0) - 1e-7
    decides = moved_yes * yes + moved_no * (1 - yes)
    order = np.argsort(-value, kind="stable")
    return tuple(
        Question(
            words=asked[at][0].words(assessment.bargain),
            asks=asked[at][0],
            value=float(value[at]),
            decides=float(decides[at]),
            yes=float(yes[at]),
        )
        for at in order.tolist()
        if value[at] > 1e-6
    )


def _questions(assessment: UncertainBargain, drawn: Worlds) -> list[tuple[Asks, Answers]]:
    """Return every question that the beliefs leave open, with its answer in every world."""
    found: list[tuple[Asks, Answers]] = []
    for party in range(len(assessment.bargain.parties)):
        found += _about_options(assessment, drawn, party)
        least = drawn.reservation_value[party]
        if least.min() < least.max():
            middle = float(np.median(least))
            found.append((Asks(party=party, than=middle), least > middle))
        for analyst in range(int(drawn.analyst.max()) + 1):
            right = drawn.analyst[party] == analyst
            if right.any() and not right.all():
                found.append((Asks(party=party, analyst=analyst + 1), right))
    return found


def _about_options(assessment: UncertainBargain, drawn: Worlds, party: int) -> list[tuple[Asks, Answers]]:
    """Return the questions about the worth of options to one party, and about its red lines."""
    found: list[tuple[Asks, Answers]] = []
    for issue, one in enumerate(assessment.bargain.issues):
        for option in range(len(one.options)):
            row = drawn.offsets[issue] + option
            worth = drawn.worth[row, party]
            if worth.min() < worth.max():
                middle = float(np.median(worth))
                found.append((Asks(party=party, issue=issue, option=option, than=middle), worth > middle))
            held = (drawn.crossed[row] >> party & 1).astype(bool)
            if held.any() and not held.all():
                found.append((Asks(party=party, issue=issue, option=option), ~held))
    return found
