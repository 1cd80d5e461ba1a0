"""Work out the outcome of a question from its rule and the answers, with an explanation.

All arithmetic uses whole numbers and fractions. Exactly half is not a majority. Bases are those of the moment: seats
that were suspended or have left are no longer eligible, and their answers do not count.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from goodoffices.data_class import dataclass
from goodoffices.errors import ScenarioError
from goodoffices.phrases.phrase import Phrase
from goodoffices.talks.voting import counting
from goodoffices.talks.voting.counting import Answers
from goodoffices.talks.voting.explanations import (
    DecisionVerdict,
    Explanation,
    MinimalSets,
    NotCounted,
    Outcome,
    Prong,
    SetAside,
    surplus,
)
from goodoffices.talks.voting.minimal_sets import MOST, Reaches, minimal_sets
from goodoffices.talks.voting.rules import (
    Base,
    ChairsSense,
    Consensus,
    Of,
    ParallelConsent,
    QualifiedMajority,
    Referendum,
    Rule,
    Says,
    SilenceProcedure,
    SufficientConsensus,
    Unanimity,
    WeightedMajority,
)


@dataclass(frozen=True, slots=True)
class _Read:
    """A rule applied to the answers: its tests, and whether it can be decided yet."""

    prongs: tuple[Prong, ...]
    is_pending: bool = False
    unheard: tuple[str, ...] = ()
    late: tuple[str, ...] = ()
    set_aside: tuple[SetAside, ...] = ()


def outcome(rule: Rule, answers: Answers) -> Outcome:
    """Return the outcome of a question under ``rule``, with every number and what would change it.

    Parameters
    ----------
    rule
        One of the rules in ``rules``.
    answers
        Who is eligible now, who answered what, who was present, and who had received the text and when. For a
        referendum: the polls.

    Returns
    -------
    Outcome
        With additions if it fails or cannot be told, and with leavings if it passes. Both are exact for up to twenty
        eligible seats.

    Raises
    ------
    ScenarioError
        If the answers lack something that the rule needs: the moment ``at``, or polls.
    """
    read = _READERS[type(rule)](rule, answers)
    found = _verdict(read)
    additions = leavings = MinimalSets()
    if found in (DecisionVerdict.FAILS, DecisionVerdict.CANNOT_TELL):
        additions = _additions(rule, answers)
    elif found is DecisionVerdict.PASSES:
        leavings = _leavings(rule, answers)
    why = Explanation(
        rule=rule.rule,
        prongs=read.prongs,
        eligible=answers.eligible,
        unheard=read.unheard,
        late=read.late,
        set_aside=(*_strangers(answers), *read.set_aside),
        additions=additions,
        leavings=leavings,
    )
    return Outcome(verdict=found, explanation=why)


def verdict(rule: Rule, answers: Answers) -> DecisionVerdict:
    """Return the verdict alone, without searching for what would change it."""
    return _verdict(_READERS[type(rule)](rule, answers))


def _verdict(read: _Read) -> DecisionVerdict:
    """Return the verdict of all prongs together: it fails if one is not met, and is open if one is open.

    Prongs with a range share that range, and every one is harder to meet at its high end. So no combination of open
    prongs needs to be looked at.
    """
    if read.is_pending:
        return DecisionVerdict.PENDING
    if any(prong.met is False for prong in read.prongs):
        return DecisionVerdict.FAILS
    return DecisionVerdict.PASSES if all(prong.met for prong in read.prongs) else DecisionVerdict.CANNOT_TELL


def _additions(rule: Rule, answers: Answers) -> MinimalSets:
    """Return the minimal sets of seats that do not accept now and would make it pass if they did."""
    others = [who for who in answers.eligible if answers.says(who) is not Says.ACCEPTS]
    passes = _passing(rule, answers, others, Says.ACCEPTS)
    return _sets(rule, answers, others, passes)


def _leavings(rule: Rule, answers: Answers) -> MinimalSets:
    """Return the minimal sets of accepting seats that would make it fail if they no longer accepted."""
    accepting = [who for who in answers.eligible if answers.says(who) is Says.ACCEPTS]
    passes = _passing(rule, answers, accepting, None)
    return _sets(rule, answers, accepting, lambda gone: not passes(gone))


def _sets(rule: Rule, answers: Answers, members: list[str], reaches: Reaches) -> MinimalSets:
    is_exact = len(answers.eligible) <= MOST
    members = sorted(members, key=lambda who: (-_sort(rule, who)[0], who))
    return minimal_sets(members, lambda who: (_sort(rule, who), answers.sort(who)), reaches, is_exact=is_exact)


def _passing(rule: Rule, answers: Answers, members: list[str], says: Says | None) -> Reaches:
    """Return a function that says whether the question passes if a set of ``members`` says this.

    What a member adds to the surplus of a prong does not depend on the others. So it is measured once per member and
    then summed. A threshold on blocs is the exception: members of one bloc work together, so it is computed again for
    every set.
    """
    if any(getattr(t, "of", None) is Of.BLOCS for t in getattr(rule, "thresholds", ())):
        return lambda changed: verdict(rule, answers.with_said(changed, says)) is DecisionVerdict.PASSES

    def surpluses(changed: frozenset[str]) -> list[int]:
        read = _READERS[type(rule)](rule, answers.with_said(changed, says))
        return [number for prong in read.prongs for number in surplus(prong)]

    start = surpluses(frozenset())
    adds = {who: [a - b for a, b in zip(surpluses(frozenset([who])), start, strict=True)] for who in members}

    # Prongs that hold in every case need not be summed.
    least = [n + sum(min(0, row[at]) for row in adds.values()) for at, n in enumerate(start)]
    needs = [(-n, {who: row[at] for who, row in adds.items()}) for at, n in enumerate(start) if least[at] < 0]

    def passes(changed: frozenset[str]) -> bool:
        return all(sum([more[who] for who in changed]) >= need for need, more in needs)

    return passes


def _sort(rule: Rule, who: str) -> tuple[Any, ...]:
    """Return everything that the rule says about ``who``. Two seats with equal values are interchangeable under it."""
    weights: Mapping[str, int] = dict(getattr(rule, "weights", ()))
    blocs = tuple(bloc.slug for bloc in getattr(rule, "blocs", ()) if who in bloc.members)
    named = who in getattr(rule, "also", ()), who in getattr(rule, "minus", ())
    return weights.get(who, 0), blocs, named


def _unanimity(rule: Unanimity, answers: Answers) -> _Read:
    del rule
    return _Read((counting.everybody(answers),))


def _consensus(rule: Consensus, answers: Answers) -> _Read:
    heard = answers.heard()
    objecting = [w for w in answers.saying(Says.OBJECTS) if w in heard and w not in rule.minus]
    counted = [who for who in heard if who not in rule.minus]
    prongs = (counting.somebody("received", heard, answers), counting.at_most_none("objections", objecting, counted))
    aside = tuple(
        SetAside(who=who, says=Says.OBJECTS, why=NotCounted.EXCEPTED if who in rule.minus else NotCounted.UNHEARD)
        for who in answers.saying(Says.OBJECTS)
        if who not in objecting
    )
    return _Read(prongs, unheard=tuple(who for who in answers.eligible if who not in heard), set_aside=aside)


def _sufficient(rule: SufficientConsensus, answers: Answers) -> _Read:
    return _Read(tuple(counting.sufficient(rule, answers)))


def _qualified(rule: QualifiedMajority, answers: Answers) -> _Read:
    return _Read(tuple(counting.qualified(rule, answers)), set_aside=_absent(rule, answers))


def _parallel(rule: ParallelConsent, answers: Answers) -> _Read:
    return _Read(tuple(counting.parallel(rule, answers)), set_aside=_absent(rule, answers))


def _weighted(rule: WeightedMajority, answers: Answers) -> _Read:
    return _Read(tuple(counting.weighted(rule, answers)), set_aside=_absent(rule, answers))


def _absent(rule: QualifiedMajority | ParallelConsent | WeightedMajority, answers: Answers) -> tuple[SetAside, ...]:
    """Return the answers of the eligible who are not present, where some share is taken of those present."""
    bases = [t.base for t in rule.thresholds] if isinstance(rule, QualifiedMajority) else [rule.base]
    if Base.PRESENT not in bases:
        return ()
    there = answers.base(Base.PRESENT)
    return _aside(answers, [who for who in answers.eligible if who not in there], NotCounted.ABSENT)


def _strangers(answers: Answers) -> tuple[SetAside, ...]:
    return _aside(
        answers, dict.fromkeys(g.who for g in answers.given if g.who not in answers.eligible), NotCounted.STRANGER
    )


def _aside(answers: Answers, who: Iterable[str], why: NotCounted) -> tuple[SetAside, ...]:
    said = [(one, answers.says(one)) for one in who]
    return tuple(SetAside(who=one, says=says, why=why) for one, says in said if says is not None)


def _silence(rule: SilenceProcedure, answers: Answers) -> _Read:
    """Apply the silence procedure. The first objection in time ends it at once; otherwise it ends at its instant."""
    at = _moment(answers, Phrase("a silence procedure"))
    heard = answers.heard(before=rule.until)
    objected = answers.ever(Says.OBJECTS)
    in_time = tuple(who for who, said in objected if said < rule.until)
    late = tuple(who for who, said in objected if said >= rule.until and who not in in_time)
    prongs = (
        counting.somebody("received", heard, answers),
        counting.at_most_none("objections", in_time, answers.eligible),
    )
    unheard = tuple(who for who in answers.eligible if who not in heard)
    return _Read(prongs, is_pending=not in_time and at < rule.until, unheard=unheard, late=late)


def _referendum(rule: Referendum, answers: Answers) -> _Read:
    if not answers.polls:
        raise ScenarioError(Phrase("a referendum needs its polls; give the count of at least one"))
    return _Read(tuple(counting.polled(rule, answers.polls)))


def _sense(rule: ChairsSense, answers: Answers) -> _Read:
    """Apply the chair's sense of the meeting. It stands unless an eligible seat contests it in time."""
    if answers.declared_at is None:
        early = _aside(answers, answers.saying(Says.OBJECTS), NotCounted.EARLY)
        return _Read((counting.declared(False),), is_pending=True, set_aside=early)
    at = _moment(answers, Phrase("a chair's sense"))
    ends = answers.declared_at + timedelta(minutes=rule.contest_minutes)
    contesting = answers.ever(Says.OBJECTS)
    in_time = tuple(who for who, said in contesting if said < ends)
    late = tuple(who for who, said in contesting if said >= ends and who not in in_time)
    prongs = (counting.declared(True), counting.at_most_none("contested", in_time, answers.eligible))
    return _Read(prongs, is_pending=not in_time and at < ends, late=late)


def _moment(answers: Answers, what: str) -> datetime:
    if answers.at is None:
        raise ScenarioError(Phrase("{what} depends on the time; give 'at'", what=what))
    return answers.at


_READERS: Mapping[type[Rule], Callable[[Any, Answers], _Read]] = {
    Unanimity: _unanimity,
    Consensus: _consensus,
    SufficientConsensus: _sufficient,
    QualifiedMajority: _qualified,
    ParallelConsent: _parallel,
    WeightedMajority: _weighted,
    SilenceProcedure: _silence,
    Referendum: _referendum,
    ChairsSense: _sense,
}
