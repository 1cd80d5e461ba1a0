"""Small random rules and answers with many ties, and what each rule means, said once more in plain words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from fractions import Fraction

from hypothesis import strategies as st

from goodoffices.talks.voting.counting import Answer, Answers
from goodoffices.talks.voting.rules import (
    Base,
    Bloc,
    BlocBase,
    ChairsSense,
    Consensus,
    How,
    Of,
    ParallelConsent,
    QualifiedMajority,
    Quorum,
    Rule,
    Says,
    SilenceProcedure,
    SufficientConsensus,
    Threshold,
    Unanimity,
    WeightedMajority,
)

SEATS = ("a", "b", "c", "d", "e")
NOON = datetime(2017, 2, 10, 12, tzinfo=UTC)
SHARES = (Fraction(0), Fraction(1, 3), Fraction(1, 2), Fraction(2, 3), Fraction(1))

shares = st.sampled_from(SHARES)
hows = st.sampled_from((How.AT_LEAST, How.MORE_THAN))
weights = st.tuples(*[st.integers(0, 3)] * len(SEATS)).map(lambda drawn: tuple(zip(SEATS, drawn, strict=True)))
blocs = st.tuples(st.sets(st.sampled_from(SEATS)), st.sets(st.sampled_from(SEATS))).map(
    lambda drawn: tuple(Bloc(slug=f"bloc-{n}", members=tuple(sorted(of))) for n, of in enumerate(drawn))
)
bases = st.sampled_from((Base.ELIGIBLE, Base.PRESENT, Base.ANSWERING, Base.DECIDING))
some = st.lists(st.sampled_from(SEATS), unique=True, max_size=1).map(tuple)
thresholds = st.builds(Threshold, share=shares, how=hows, of=st.sampled_from(tuple(Of)), base=bases)
quorums = st.none() | st.builds(Quorum, share=shares, how=hows, base=st.sampled_from((Base.PRESENT, Base.ANSWERING)))
sufficient = st.builds(
    SufficientConsensus,
    weights=weights,
    blocs=blocs,
    total=st.none() | st.integers(0, 15),
    bloc_base=st.sampled_from(tuple(BlocBase)),
    also=some,
)
qualified = st.builds(
    QualifiedMajority,
    thresholds=st.lists(thresholds, min_size=1, max_size=2).map(tuple),
    quorum=quorums,
    weights=weights,
    blocs=blocs,
)
weighted = st.builds(WeightedMajority, blocs=blocs, overall=shares, floor=shares, base=bases, weights=weights)
silence = st.builds(SilenceProcedure, until=st.just(NOON), zone=st.just("UTC"))
rules: st.SearchStrategy[Rule] = st.one_of(
    st.builds(Unanimity),
    st.builds(Consensus, minus=some),
    sufficient,
    qualified,
    st.builds(ParallelConsent, blocs=blocs, base=bases),
    weighted,
    silence,
)
minutes = st.integers(-2, 2).map(lambda n: NOON + timedelta(minutes=n))
given_answers = st.builds(Answer, who=st.sampled_from(SEATS), says=st.sampled_from(tuple(Says)), at=minutes)
answers = st.builds(
    Answers,
    eligible=st.lists(st.sampled_from(SEATS), unique=True).map(tuple),
    given=st.lists(given_answers, max_size=6).map(tuple),
    received=st.none() | st.lists(st.tuples(st.sampled_from(SEATS), minutes), max_size=5).map(tuple),
    present=st.none() | st.lists(st.sampled_from(SEATS), unique=True).map(tuple),
    at=st.just(NOON + timedelta(minutes=3)),
)
any_rule = rules | st.builds(ChairsSense, contest_minutes=st.integers(0, 3))


def last(held: Answers) -> dict[str, Says]:
    """Return the last answer of each eligible seat that gave one."""
    return {g.who: g.says for g in held.given if g.who in held.eligible}


def means(rule: Rule, held: Answers) -> bool:
    """Say what the rule means, by its definition and not by any shortcut."""
    said = last(held)
    yes = {who for who, says in said.items() if says is Says.ACCEPTS}
    match rule:
        case Unanimity():
            return bool(held.eligible) and yes == set(held.eligible)
        case Consensus():
            got = _got(held, None)
            return bool(got) and not any(said.get(w) is Says.OBJECTS for w in got if w not in rule.minus)
        case SilenceProcedure():
            spoke = [g for g in held.given if g.who in held.eligible and g.says is Says.OBJECTS]
            return bool(_got(held, NOON)) and not any(g.at is not None and g.at < NOON for g in spoke)
        case SufficientConsensus():
            return _sufficient(rule, held, yes)
        case QualifiedMajority():
            return _qualified(rule, held, yes)
        case ParallelConsent():
            there = _of(held, rule.base)
            groups = [there, *(there & set(b.members) for b in rule.blocs)]
            return all(_more_than_half(len(yes & group), len(group)) for group in groups)
        case WeightedMajority():
            there, weigh = _of(held, rule.base), dict(rule.weights)
            tests = [(there, rule.overall), *((there & set(b.members), rule.floor) for b in rule.blocs)]
            return all(_reaches(_sum(weigh, yes & g), _sum(weigh, g), share, How.AT_LEAST) for g, share in tests)
    raise AssertionError(rule)


def _got(held: Answers, before: datetime | None) -> set[str]:
    if held.received is None:
        return set(held.eligible)
    return {w for w, at in dict(held.received).items() if w in held.eligible and (before is None or at < before)}


def _of(held: Answers, base: Base) -> set[str]:
    said = last(held)
    by_base = {
        Base.ELIGIBLE: set(held.eligible),
        Base.PRESENT: set(held.eligible) if held.present is None else set(held.eligible) & set(held.present),
        Base.ANSWERING: set(said),
        Base.DECIDING: {who for who, says in said.items() if says is not Says.ABSTAINS},
    }
    return by_base[base]


def _sum(weigh: dict[str, int], group: Iterable[str]) -> int:
    return sum(weigh.get(who, 0) for who in group)


def _more_than_half(part: int, whole: int) -> bool:
    return whole - part < part


def _reaches(part: int, whole: int, share: Fraction, how: How) -> bool:
    """A share of nothing is reached by nobody, unless nothing is asked."""
    if how is How.MORE_THAN:
        return part > share * whole
    return part >= share * whole and (part > 0 or share == 0)


def _sufficient(rule: SufficientConsensus, held: Answers, yes: set[str]) -> bool:
    weigh = dict(rule.weights)
    whole = _sum(weigh, held.eligible) if rule.total is None else rule.total
    tests = [(_sum(weigh, yes), whole), (len(yes), len(held.eligible))]
    for bloc in rule.blocs:
        counted = set(bloc.members) if rule.bloc_base is BlocBase.DESIGNATED else set(bloc.members) & set(held.eligible)
        tests.append((_sum(weigh, yes & set(bloc.members)), _sum(weigh, counted)))
    return all(_more_than_half(*test) for test in tests) and set(rule.also) <= yes


def _qualified(rule: QualifiedMajority, held: Answers, yes: set[str]) -> bool:
    if rule.quorum is not None and not _reaches(
        len(_of(held, rule.quorum.base)), len(held.eligible), rule.quorum.share, rule.quorum.how
    ):
        return False
    weigh = dict(rule.weights)
    for t in rule.thresholds:
        there = _of(held, t.base)
        part, whole = len(yes & there), len(there)
        if t.of is Of.WEIGHT:
            part, whole = _sum(weigh, yes & there), _sum(weigh, there)
        if t.of is Of.BLOCS:
            groups = [there & set(b.members) for b in rule.blocs]
            part, whole = sum(_more_than_half(len(yes & g), len(g)) for g in groups), len(groups)
        if not _reaches(part, whole, t.share, t.how):
            return False
    return True


def smallest(sets: Sequence[frozenset[str]]) -> set[frozenset[str]]:
    """Return those sets that hold no other of them."""
    return {one for one in sets if not any(other < one for other in sets)}
