"""What holds of every decision: explanations recompute, smallest changes are smallest, rules are monotone (T12-T15)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from fractions import Fraction
from itertools import chain, combinations

from hypothesis import given, settings, strategies as st

from goodoffices.talks.base.serialization import from_plain, to_plain
from goodoffices.talks.voting.counting import Answer, Answers
from goodoffices.talks.voting.explanations import DecisionVerdict, Prong, percent
from goodoffices.talks.voting.outcome_sentences import sentences
from goodoffices.talks.voting.outcomes import outcome, verdict
from goodoffices.talks.voting.rules import Base, How, Range, Rule, Says, SufficientConsensus, Unanimity
from properties.decision_cases import NOON, answers, any_rule, means, qualified, rules, smallest, some, sufficient

EXAMPLES = settings(max_examples=500)


def _met(prong: Prong) -> bool:
    """Read a prong again from what is printed of it."""
    assert isinstance(prong.base, int)
    part = prong.share * prong.base
    if prong.how is How.AT_MOST:
        return prong.have <= part
    if prong.how is How.MORE_THAN:
        return prong.have > part
    return prong.have >= part and (prong.have > 0 or prong.share == 0)


@EXAMPLES
@given(rules, answers)
def test_every_rule_decides_as_it_is_defined(rule: Rule, held: Answers) -> None:
    assert (verdict(rule, held) is DecisionVerdict.PASSES) is means(rule, held)


@EXAMPLES
@given(any_rule, answers, st.none() | st.just(NOON))
def test_t12_an_explanation_recomputes_from_its_printed_numbers(
    rule: Rule, held: Answers, said: datetime | None
) -> None:
    held = replace(held, declared_at=said)
    found = outcome(rule, held)
    prongs = found.explanation.prongs
    for prong in prongs:
        assert prong.met is _met(prong)
        assert isinstance(prong.need, int)
        assert prong.met is (prong.have <= prong.need if prong.how is How.AT_MOST else prong.have >= prong.need)
        assert (prong.short_by == 0) is prong.met
    if found.verdict is not DecisionVerdict.PENDING:
        assert found.passes is all(map(_met, prongs))
    assert len(sentences(found)) > len(prongs)
    assert found.explanation.eligible == held.eligible


def _subsets(members: list[str]) -> list[frozenset[str]]:
    return [frozenset(s) for s in chain.from_iterable(combinations(members, n) for n in range(len(members) + 1))]


@EXAMPLES
@given(rules, answers)
def test_t12_each_smallest_addition_passes_and_no_proper_subset_does(rule: Rule, held: Answers) -> None:
    found = outcome(rule, held)
    others = [who for who in held.eligible if held.says(who) is not Says.ACCEPTS]
    passing = [s for s in _subsets(others) if means(rule, held.with_said(s, Says.ACCEPTS))]
    if found.passes:
        assert len(found.explanation.additions) == 0
    else:
        assert set(found.explanation.additions) == smallest(passing)
        assert len(found.explanation.additions) == len(smallest(passing))


@EXAMPLES
@given(rules, answers)
def test_t12_whose_leaving_fails_it_is_every_smallest_set(rule: Rule, held: Answers) -> None:
    found = outcome(rule, held)
    accepting = [who for who in held.eligible if held.says(who) is Says.ACCEPTS]
    failing = [s for s in _subsets(accepting) if not means(rule, held.with_said(s, None))]
    if found.passes:
        assert set(found.explanation.leavings) == smallest(failing)
    else:
        assert len(found.explanation.leavings) == 0


def _on_eligible(rule: Rule) -> bool:
    return all(t.base is Base.ELIGIBLE for t in getattr(rule, "thresholds", ()))


@EXAMPLES
@given(st.builds(Unanimity) | sufficient | qualified.filter(_on_eligible), answers, st.data())
def test_t13_one_more_acceptance_never_turns_a_pass_into_a_fail(rule: Rule, held: Answers, data: st.DataObject) -> None:
    if verdict(rule, held) is DecisionVerdict.PASSES and held.eligible:
        who = data.draw(st.sampled_from(held.eligible))
        more = replace(held, given=(*held.given, Answer(who=who, says=Says.ACCEPTS, at=NOON)))
        assert verdict(rule, more) is DecisionVerdict.PASSES


@EXAMPLES
@given(sufficient, answers, st.integers(0, 15), st.integers(0, 15))
def test_a_range_is_cannot_tell_exactly_where_its_numbers_differ(
    rule: SufficientConsensus, held: Answers, one: int, two: int
) -> None:
    low, high = sorted((one, two))
    within = {verdict(replace(rule, total=total), held) for total in range(low, high + 1)}
    ranged = verdict(replace(rule, total=None, total_range=Range(low=low, high=high)), held)
    assert ranged is (within.pop() if len(within) == 1 else DecisionVerdict.CANNOT_TELL)


@EXAMPLES
@given(any_rule, answers)
def test_rules_and_answers_are_plain_data_and_back(rule: Rule, held: Answers) -> None:
    assert from_plain(Rule, to_plain(rule)) == rule
    assert to_plain(outcome(rule, held)) == to_plain(outcome(from_plain(Rule, to_plain(rule)), held))


@EXAMPLES
@given(any_rule, answers)
def test_the_order_of_names_changes_no_verdict(rule: Rule, held: Answers) -> None:
    turned = replace(held, eligible=tuple(reversed(held.eligible)))
    one, two = outcome(rule, held), outcome(rule, turned)
    assert one.verdict is two.verdict
    assert set(one.explanation.additions) == set(two.explanation.additions)
    assert [p.have for p in one.explanation.prongs] == [p.have for p in two.explanation.prongs]


@EXAMPLES
@given(any_rule, answers, st.none() | st.just(NOON), some)
def test_every_answer_counts_or_is_set_aside_by_name(
    rule: Rule, held: Answers, said: datetime | None, gone: tuple[str, ...]
) -> None:
    stay = tuple(who for who in held.eligible if who not in gone)
    held = replace(held, declared_at=said, eligible=stay)
    why = outcome(rule, held).explanation
    counted = {who for prong in why.prongs for who in prong.counted}
    named = {*counted, *why.late, *(one.who for one in why.set_aside)}
    if why.rule in ("consensus", "silence", "chairs-sense"):
        assert {who for who, _ in held.ever(Says.OBJECTS)} & set(held.saying(Says.OBJECTS)) <= named
    elif not any(prong.name == "blocs" for prong in why.prongs):
        assert set(held.saying(Says.ACCEPTS)) <= named
    assert {g.who for g in held.given} - set(stay) <= named
    for one in why.set_aside:
        assert any(f"{one.who} " in line and "Not counted" in line for line in sentences(outcome(rule, held)))


@given(st.integers(0, 10**12), st.integers(1, 10**12), st.fractions(0, 1, max_denominator=100))
def test_a_printed_percentage_never_denies_the_verdict(have: int, base: int, share: Fraction) -> None:
    have = min(have, base)
    printed = Fraction(percent(have, base, share)) / 100
    for mark in (share, Fraction(0), Fraction(1)):
        assert (printed > mark, printed < mark) == (Fraction(have, base) > mark, Fraction(have, base) < mark)
