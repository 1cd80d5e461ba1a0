"""Count the answers to a question: every test of every rule, in whole numbers."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from fractions import Fraction
from typing import Any

from goodoffices.data_class import dataclass
from goodoffices.errors import ScenarioError
from goodoffices.phrases.phrase import Phrase
from goodoffices.talks.voting.explanations import Prong, measured
from goodoffices.talks.voting.rules import (
    HALF,
    Base,
    Bloc,
    BlocBase,
    Compared,
    How,
    Of,
    ParallelConsent,
    QualifiedMajority,
    Range,
    Referendum,
    ReferendumProng,
    Says,
    SufficientConsensus,
    Threshold,
    WeightedMajority,
)

MAJORITY = (How.MORE_THAN, HALF)
ALL = (How.AT_LEAST, Fraction(1))
NONE = (How.AT_MOST, Fraction(0))


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One answer: who gave it, what it says, and when it reached the chair. The last answer of a seat counts."""

    who: str
    says: Says
    at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Poll:
    """The count of one referendum. The electorate may be a range. Numbers that are not known are left out."""

    name: str
    yes: int
    no: int
    electorate: int | None = None
    electorate_range: Range | None = None

    def __post_init__(self) -> None:
        if self.yes < 0 or self.no < 0:
            raise ScenarioError(
                Phrase(
                    "the count of {name} is {yes} to {no}; give counts of 0 or more",
                    name=repr(self.name),
                    yes=str(self.yes),
                    no=str(self.no),
                )
            )


def impossible_count(poll: Poll) -> str:
    """Return why a count cannot be so, empty if it can: more people cannot have voted than may vote.

    Examples
    --------
    >>> impossible_count(Poll(name="north", yes=500, no=400, electorate=100))
    "the count of 'north' has 900 votes and an electorate of 100; correct one of them"
    """
    most = poll.electorate if poll.electorate_range is None else poll.electorate_range.high
    if most is None or poll.yes + poll.no <= most:
        return ""
    return f"the count of {poll.name!r} has {poll.yes + poll.no} votes and an electorate of {most}; correct one of them"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What a rule is applied to: the eligible, and everything that they answered.

    Parameters
    ----------
    eligible
        Who takes part in the decision now. Seats that are suspended or have left are not in it.
    given
        Every answer, oldest first. Only answers of the eligible count.
    received
        Who had received the text, and when; ``None`` if the rule does not ask for it.
    present
        Who is present; ``None`` if the rule does not ask for it.
    at
        The moment at which the outcome is worked out, for rules that depend on time.
    declared_at
        When the chair declared the sense of the meeting.
    polls
        The counts of a referendum.
    """

    eligible: tuple[str, ...] = ()
    given: tuple[Answer, ...] = ()
    received: tuple[tuple[str, datetime], ...] | None = None
    present: tuple[str, ...] | None = None
    at: datetime | None = None
    declared_at: datetime | None = None
    polls: tuple[Poll, ...] = ()

    def __post_init__(self) -> None:
        if len(set(self.eligible)) != len(self.eligible):
            raise ScenarioError(Phrase("somebody is named twice among the eligible; name each once"))

    def says(self, who: str) -> Says | None:
        """Return the last answer of ``who``, or ``None`` if it has not answered."""
        return next((g.says for g in reversed(self.given) if g.who == who), None)

    def saying(self, *says: Says) -> tuple[str, ...]:
        """Return the eligible whose last answer is one of ``says``, in the order of the eligible."""
        last = {g.who: g.says for g in self.given}
        return tuple(who for who in self.eligible if last.get(who) in says)

    def ever(self, says: Says) -> tuple[tuple[str, datetime], ...]:
        """Return the eligible who ever gave this answer, each with the time of the first one, oldest first.

        Raises
        ------
        ScenarioError
            If such an answer has no time.
        """
        first: dict[str, datetime] = {}
        for given in self.given:
            if given.says is says and given.who in self.eligible:
                if given.at is None:
                    raise ScenarioError(
                        Phrase("the answer of {who} has no time; this rule needs one", who=repr(given.who))
                    )
                first[given.who] = min(first.get(given.who, given.at), given.at)
        return tuple(sorted(first.items(), key=lambda pair: pair[1]))

    def heard(self, before: datetime | None = None) -> tuple[str, ...]:
        """Return the eligible who had received the text; with ``before``, those who had it before that instant."""
        if self.received is None:
            return self.eligible
        when = dict(self.received)
        return tuple(w for w in self.eligible if w in when and (before is None or when[w] < before))

    def base(self, base: Base) -> tuple[str, ...]:
        """Return the seats that a share is taken of."""
        if base is Base.PRESENT:
            return self.eligible if self.present is None else tuple(w for w in self.eligible if w in self.present)
        if base is Base.ANSWERING:
            return self.saying(*Says)
        return self.saying(Says.ACCEPTS, Says.OBJECTS) if base is Base.DECIDING else self.eligible

    def with_said(self, who: Collection[str], says: Says | None) -> Answers:
        """Return the answers as if each of ``who`` had said only this, or nothing if ``says`` is ``None``."""
        kept = tuple(g for g in self.given if g.who not in who)
        at = self.at
        added = () if says is None else tuple(Answer(who=w, says=says, at=at) for w in sorted(who))
        return replace(self, given=kept + added)

    def sort(self, who: str) -> tuple[Any, ...]:
        """Return everything that these answers say about ``who``. Two seats with equal values are interchangeable."""
        present = None if self.present is None else who in self.present
        when = None if self.received is None else dict(self.received).get(who)
        return self.says(who), present, when, tuple((g.says, g.at) for g in self.given if g.who == who)


def _whose(base: Base) -> str:
    return "" if base is Base.ELIGIBLE else base.value


def everybody(answers: Answers) -> Prong:
    """Return the test that all eligible seats accept."""
    accepting = answers.saying(Says.ACCEPTS)
    return measured("seats", accepting, len(accepting), len(answers.eligible), ALL)


def somebody(name: str, counted: Sequence[str], answers: Answers) -> Prong:
    """Return the test that at least one is counted."""
    return measured(name, counted, len(counted), len(answers.eligible), (How.MORE_THAN, Fraction(0)))


def at_most_none(name: str, counted: Sequence[str], of: Sequence[str]) -> Prong:
    """Return the test that nobody is counted."""
    return measured(name, counted, len(counted), len(of), NONE)


def declared(is_declared: bool) -> Prong:
    """Return the test that the chair has declared the sense of the meeting."""
    return measured("declared", (), int(is_declared), 1, ALL)


def sufficient(rule: SufficientConsensus, answers: Answers) -> Iterator[Prong]:
    """Yield the tests of sufficient consensus: weight, each bloc, participants, and the others that must agree."""
    weights = dict(rule.weights)
    accepting = answers.saying(Says.ACCEPTS)
    everyone = sum(weights.get(who, 0) for who in answers.eligible)
    total = rule.total_range or (everyone if rule.total is None else rule.total)
    whose = "total" if rule.total_range or rule.total is not None else ""
    yield measured("weight", accepting, sum(weights.get(w, 0) for w in accepting), total, MAJORITY, whose=whose)
    for bloc in rule.blocs:
        base = bloc.members if rule.bloc_base is BlocBase.DESIGNATED else _within(bloc, answers.eligible)
        yield _weighed("bloc", bloc, accepting, base, weights, MAJORITY, whose=rule.bloc_base.value)
    yield measured("participants", accepting, len(accepting), len(answers.eligible), MAJORITY)
    for who in rule.also:
        agreed = (who,) if who in accepting else ()
        yield measured("must-agree", agreed, len(agreed), 1, ALL, of=who)


def _within(bloc: Bloc, seats: Iterable[str]) -> tuple[str, ...]:
    return tuple(who for who in seats if who in bloc.members)


def _weighed(  # noqa: PLR0913 - a test has a name, a bloc, who, whose weight, a share, and a base
    name: str,
    bloc: Bloc,
    accepting: Iterable[str],
    base: Iterable[str],
    weights: dict[str, int],
    test: tuple[How, Fraction],
    *,
    whose: str,
) -> Prong:
    """Return the test of the weight that accepts within a bloc."""
    counted = _within(bloc, accepting)
    have, whole = (sum(weights.get(who, 0) for who in seats) for seats in (counted, base))
    return measured(name, counted, have, whole, test, of=bloc.slug, whose=whose)


def qualified(rule: QualifiedMajority, answers: Answers) -> Iterator[Prong]:
    """Yield the tests of a qualified majority: the quorum, then each threshold."""
    if rule.quorum is not None:
        there = answers.base(rule.quorum.base)
        yield measured("quorum", there, len(there), len(answers.eligible), (rule.quorum.how, rule.quorum.share))
    for threshold in rule.thresholds:
        yield _COUNTS[threshold.of](rule, threshold, answers)


def _seats(rule: QualifiedMajority, threshold: Threshold, answers: Answers) -> Prong:
    del rule
    base = answers.base(threshold.base)
    accepting = [who for who in answers.saying(Says.ACCEPTS) if who in base]
    test = (threshold.how, threshold.share)
    return measured("seats", accepting, len(accepting), len(base), test, whose=_whose(threshold.base))


def _weight(rule: QualifiedMajority, threshold: Threshold, answers: Answers) -> Prong:
    weights = dict(rule.weights)
    base = answers.base(threshold.base)
    accepting = [who for who in answers.saying(Says.ACCEPTS) if who in base]
    whole: int | Range = sum(weights.get(who, 0) for who in base)
    if threshold.base is Base.TOTAL:
        whole = rule.total_range or rule.total or 0
    have = sum(weights.get(who, 0) for who in accepting)
    return measured("weight", accepting, have, whole, (threshold.how, threshold.share), whose=_whose(threshold.base))


def _blocs(rule: QualifiedMajority, threshold: Threshold, answers: Answers) -> Prong:
    """Return the test of how many blocs accept. A bloc accepts if a majority of its members in the base accept."""
    base = answers.base(threshold.base)
    accepting = [who for who in answers.saying(Says.ACCEPTS) if who in base]
    agreed = [b.slug for b in rule.blocs if 2 * len(_within(b, accepting)) > len(_within(b, base))]
    return measured("blocs", agreed, len(agreed), len(rule.blocs), (threshold.how, threshold.share))


_COUNTS = {Of.SEATS: _seats, Of.WEIGHT: _weight, Of.BLOCS: _blocs}


def parallel(rule: ParallelConsent, answers: Answers) -> Iterator[Prong]:
    """Yield the tests of parallel consent: a majority overall and in each bloc."""
    base = answers.base(rule.base)
    accepting = [who for who in answers.saying(Says.ACCEPTS) if who in base]
    whose = _whose(rule.base)
    yield measured("seats", accepting, len(accepting), len(base), MAJORITY, whose=whose)
    for bloc in rule.blocs:
        counted = _within(bloc, accepting)
        whole = len(_within(bloc, base))
        yield measured("bloc-seats", counted, len(counted), whole, MAJORITY, of=bloc.slug, whose=whose)


def weighted(rule: WeightedMajority, answers: Answers) -> Iterator[Prong]:
    """Yield the tests of a weighted majority: a share overall and a floor in each bloc; of seats, without weights."""
    overall, within = ("weight", "bloc") if rule.weights else ("seats", "bloc-seats")
    whose = _whose(rule.base)
    weights = dict(rule.weights) or dict.fromkeys(answers.eligible, 1)
    base = answers.base(rule.base)
    accepting = [who for who in answers.saying(Says.ACCEPTS) if who in base]
    have, whole = (sum(weights.get(who, 0) for who in seats) for seats in (accepting, base))
    yield measured(overall, accepting, have, whole, (How.AT_LEAST, rule.overall), whose=whose)
    for bloc in rule.blocs:
        members = _within(bloc, base)
        yield _weighed(within, bloc, accepting, members, weights, (How.AT_LEAST, rule.floor), whose=whose)


def polled(rule: Referendum, polls: Iterable[Poll]) -> Iterator[Prong]:
    """Yield every test of the law, for every poll."""
    for poll in polls:
        for prong in rule.prongs:
            yield _poll(prong, poll)


def _poll(prong: ReferendumProng, poll: Poll) -> Prong:
    test = (prong.how, prong.share)
    if prong.against is Compared.NO:
        return measured("yes", (), poll.yes, poll.no, (How.MORE_THAN, Fraction(1)), of=poll.name)
    if prong.against is Compared.VALID:
        return measured("yes-of-valid", (), poll.yes, poll.yes + poll.no, test, of=poll.name)
    electorate = poll.electorate_range or poll.electorate
    if electorate is None:
        raise ScenarioError(
            Phrase("the law asks for a share of the electorate; give the electorate of {name}", name=repr(poll.name))
        )
    return measured("yes-of-electorate", (), poll.yes, electorate, test, of=poll.name)
