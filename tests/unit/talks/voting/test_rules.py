"""Every rule on cases of our own: ties, empty blocs, absence, time; and rules that cannot be."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest

from goodoffices.errors import ScenarioError
from goodoffices.talks.base.local_time import instant_in
from goodoffices.talks.base.serialization import from_plain
from goodoffices.talks.voting.counting import Answer, Answers, Poll
from goodoffices.talks.voting.explanations import DecisionVerdict, Outcome, percent
from goodoffices.talks.voting.outcome_sentences import sentences
from goodoffices.talks.voting.outcomes import outcome, verdict
from goodoffices.talks.voting.rules import (
    HALF,
    Base,
    Bloc,
    BlocBase,
    ChairsSense,
    Compared,
    Consensus,
    How,
    Of,
    ParallelConsent,
    QualifiedMajority,
    Quorum,
    Range,
    Referendum,
    ReferendumProng,
    Rule,
    Says,
    SilenceProcedure,
    SufficientConsensus,
    Threshold,
    Unanimity,
    WeightedMajority,
)

NORTH = Bloc(slug="north", members=("n1", "n2"))
SOUTH = Bloc(slug="south", members=("s1", "s2", "s3"))
FIVE = (*NORTH.members, *SOUTH.members)
ENDS = instant_in("2017-02-10T18:00", "Asia/Almaty")
SILENCE = SilenceProcedure(until=ENDS, zone="Asia/Almaty", session="s1")
RELEASED = ENDS - timedelta(days=3)


def said(eligible: tuple[str, ...] = FIVE, /, **answers: str) -> Answers:
    given = tuple(Answer(who=who, says=Says(says)) for who, says in answers.items())
    return Answers(eligible=eligible, given=given)


def accepted(*who: str, of: tuple[str, ...] = FIVE) -> Answers:
    return said(of, **dict.fromkeys(who, "accepts"))


def test_unanimity_needs_every_eligible_seat_and_somebody_eligible() -> None:
    assert outcome(Unanimity(), accepted(*FIVE)).passes
    missing = outcome(Unanimity(), accepted(*FIVE[1:]))
    assert missing.verdict is DecisionVerdict.FAILS
    assert missing.explanation.additions.single == ("n1",)
    assert outcome(Unanimity(), Answers()).verdict is DecisionVerdict.FAILS


def test_abstention_and_absence_do_not_hinder_consensus_but_one_objection_does() -> None:
    assert outcome(Consensus(), said(n1="abstains")).passes
    failed = outcome(Consensus(), said(n1="abstains", s1="objects", s2="objects"))
    assert failed.verdict is DecisionVerdict.FAILS
    assert list(failed.explanation.additions) == [frozenset({"s1", "s2"})]


def test_consensus_minus_one_carries_over_the_objection_of_the_one_named() -> None:
    answers = said(s1="objects")
    assert outcome(Consensus(minus=("s1",)), answers).passes
    assert not outcome(Consensus(minus=("s2",)), answers).passes


def test_who_did_not_receive_the_text_is_named_and_does_not_count_in_consensus() -> None:
    answers = replace(said(s1="objects"), received=tuple((who, RELEASED) for who in FIVE if who != "s1"))
    found = outcome(Consensus(), answers)
    assert found.passes
    assert found.explanation.unheard == ("s1",)
    assert "Had not received the text in time: s1." in sentences(found)


def test_consensus_of_nobody_who_received_the_text_is_none() -> None:
    assert outcome(Consensus(), replace(said(), received=())).verdict is DecisionVerdict.FAILS


def test_t14_exactly_half_is_never_a_majority() -> None:
    four = ("n1", "n2", "s1", "s2")
    majority = QualifiedMajority(thresholds=(Threshold(share=HALF),))
    half = outcome(majority, accepted("n1", "s1", of=four))
    assert half.verdict is DecisionVerdict.FAILS
    assert half.explanation.additions.single == ("n2", "s2")
    assert outcome(majority, accepted("n1", "s1", "s2", of=four)).passes
    at_least = QualifiedMajority(thresholds=(Threshold(share=HALF, how=How.AT_LEAST),))
    assert outcome(at_least, accepted("n1", "s1", of=four)).passes


@pytest.mark.parametrize("base", list(BlocBase))
def test_a_bloc_in_which_nobody_takes_part_never_consents(base: BlocBase) -> None:
    rule = SufficientConsensus(weights=tuple((w, 1) for w in FIVE), blocs=(NORTH, SOUTH), bloc_base=base)
    found = outcome(rule, accepted(*SOUTH.members, of=SOUTH.members))
    assert found.verdict is DecisionVerdict.FAILS
    assert [p.of for p in found.explanation.prongs if not p.met] == ["north"]
    assert len(found.explanation.additions) == 0


def test_suspension_changes_who_takes_part_and_the_base_of_participants() -> None:
    weights = (("n1", 3), ("n2", 4), ("s1", 1), ("s2", 1), ("s3", 1))
    rule = SufficientConsensus(weights=weights, blocs=(NORTH, SOUTH), bloc_base=BlocBase.PARTICIPATING)
    answers = accepted("n1", "s1", "s2")
    before, after = outcome(rule, answers), outcome(rule, replace(answers, eligible=("n1", "s1", "s2", "s3")))
    assert (before.verdict, after.verdict) == (DecisionVerdict.FAILS, DecisionVerdict.PASSES)
    assert [p.base for p in before.explanation.prongs] == [10, 7, 3, 5]
    assert [p.base for p in after.explanation.prongs] == [6, 3, 3, 4]


def test_the_answer_of_one_who_left_no_longer_counts() -> None:
    answers = replace(accepted("n1", "s1", "s2"), eligible=("s1", "s2", "s3", "n2"))
    found = outcome(QualifiedMajority(thresholds=(Threshold(share=HALF),)), answers)
    assert found.explanation.prongs[0].counted == ("s1", "s2")
    assert not found.passes


def test_who_must_agree_besides_is_a_prong_of_its_own() -> None:
    rule = SufficientConsensus(weights=tuple((w, 1) for w in FIVE), blocs=(NORTH, SOUTH), also=("s3",))
    found = outcome(rule, accepted("n1", "n2", "s1", "s2"))
    assert [p.name for p in found.explanation.prongs if not p.met] == ["must-agree"]
    assert list(found.explanation.additions) == [frozenset({"s3"})]
    assert "Acceptance of s3: 0 of 1 (0.00 %), needed 1, all: short by 1." in sentences(found)


def test_a_majority_without_its_quorum_decides_nothing() -> None:
    quorum = Quorum(share=Fraction(3, 5))
    rule = QualifiedMajority(thresholds=(Threshold(share=HALF, base=Base.PRESENT),), quorum=quorum)
    two = replace(accepted("n1", "n2"), present=("n1", "n2"))
    assert [p.met for p in outcome(rule, two).explanation.prongs] == [False, True]
    assert outcome(rule, replace(two, present=("n1", "n2", "s1"))).passes


def test_an_abstention_is_an_answer_and_not_a_decision() -> None:
    answers = said(n1="accepts", n2="abstains", s1="objects", s2="accepts")
    two_thirds = Fraction(2, 3)
    deciding = QualifiedMajority(thresholds=(Threshold(share=two_thirds, how=How.AT_LEAST, base=Base.DECIDING),))
    answering = QualifiedMajority(thresholds=(Threshold(share=two_thirds, how=How.AT_LEAST, base=Base.ANSWERING),))
    assert outcome(deciding, answers).passes
    assert not outcome(answering, answers).passes


def test_a_share_of_blocs_counts_blocs_with_a_majority_of_their_own() -> None:
    rule = QualifiedMajority(
        thresholds=(Threshold(share=HALF, of=Of.BLOCS),), blocs=(NORTH, SOUTH, Bloc(slug="east", members=()))
    )
    one = outcome(rule, accepted("s1", "s2", "n1"))
    assert one.explanation.prongs[0].counted == ("south",)
    assert list(one.explanation.additions) == [frozenset({"n2"})]
    assert outcome(rule, accepted("s1", "s2", "n1", "n2")).passes


def test_any_member_may_ask_for_a_meeting_and_all_must_agree_on_its_date() -> None:
    """The Joint Group's own rule (16 February 2017), as two rules of the same kind."""
    three = ("russia", "turkey", "iran")
    anyone = QualifiedMajority(thresholds=(Threshold(share=Fraction(0)),))
    assert outcome(anyone, accepted("iran", of=three)).passes
    assert outcome(anyone, accepted(of=three)).explanation.additions.single == ("iran", "russia", "turkey")
    assert not outcome(Unanimity(), accepted("iran", "russia", of=three)).passes


def test_parallel_consent_needs_a_majority_overall_and_in_each_bloc() -> None:
    rule = ParallelConsent(blocs=(NORTH, SOUTH))
    assert outcome(rule, said(n1="accepts", s1="accepts")).passes
    split = outcome(rule, said(n1="accepts", n2="objects", s1="accepts", s2="accepts", s3="accepts"))
    assert [p.of for p in split.explanation.prongs if not p.met] == ["north"]
    silent_bloc = outcome(rule, said(s1="accepts", s2="accepts"))
    assert [p.of for p in silent_bloc.explanation.prongs if not p.met] == ["north"]
    assert silent_bloc.explanation.additions.single == ("n1", "n2")


def test_sixty_and_forty_of_a_hundred_are_reached_exactly() -> None:
    tens = tuple(f"m{n}" for n in range(10))
    left, right = Bloc(slug="left", members=tens[:5]), Bloc(slug="right", members=tens[5:])
    rule = WeightedMajority(blocs=(left, right))
    objecting = dict.fromkeys(tens, "objects")
    six = said(tens, **(objecting | dict.fromkeys((*tens[:4], *tens[5:7]), "accepts")))
    assert outcome(rule, six).passes
    below = said(tens, **(objecting | dict.fromkeys((*tens[:5], tens[5]), "accepts")))
    assert [p.of for p in outcome(rule, below).explanation.prongs if not p.met] == ["right"]


def test_weights_can_outweigh_seats() -> None:
    rule = WeightedMajority(blocs=(NORTH,), weights=(("n1", 6), ("n2", 1), ("s1", 1), ("s2", 1), ("s3", 1)))
    found = outcome(rule, said(n1="accepts", n2="objects", s1="objects", s2="objects", s3="objects"))
    assert found.passes
    assert [(p.have, p.base, p.need) for p in found.explanation.prongs] == [(6, 10, 6), (6, 7, 3)]


def silent(at: datetime, *objections: tuple[str, datetime], late_pack: str | None = None) -> Outcome:
    received = tuple((w, ENDS + timedelta(minutes=5) if w == late_pack else RELEASED) for w in FIVE)
    given = tuple(Answer(who=who, says=Says.OBJECTS, at=when) for who, when in objections)
    return outcome(SILENCE, Answers(eligible=FIVE, given=given, received=received, at=at))


def test_v7_the_instant_is_noon_utc() -> None:
    assert datetime(2017, 2, 10, 12, tzinfo=UTC) == ENDS


def test_v7_an_objection_a_second_before_ends_it_at_once() -> None:
    before = ENDS - timedelta(seconds=1)
    found = silent(before, ("n1", before))
    assert found.verdict is DecisionVerdict.FAILS
    assert found.explanation.prongs[1].counted == ("n1",)


def test_v7_an_objection_at_the_instant_is_late_and_it_is_adopted() -> None:
    found = silent(ENDS, ("n1", ENDS))
    assert found.passes
    assert found.explanation.late == ("n1",)
    assert "Answered too late, without effect: n1." in sentences(found)


def test_v7_before_the_instant_silence_decides_nothing() -> None:
    found = silent(ENDS - timedelta(seconds=1))
    assert found.verdict is DecisionVerdict.PENDING
    assert sentences(found)[1] == "It is not decided yet."


def test_v7_t15_who_got_the_pack_afterwards_is_not_counted_and_named() -> None:
    found = silent(ENDS, late_pack="s3")
    assert found.passes
    assert found.explanation.unheard == ("s3",)
    assert found.explanation.prongs[0].have == 4


def test_v7_an_objection_of_one_who_is_not_eligible_has_no_effect() -> None:
    assert silent(ENDS, ("observer", ENDS - timedelta(hours=1))).passes


def test_silence_of_nobody_who_received_the_text_adopts_nothing() -> None:
    assert outcome(SILENCE, Answers(eligible=FIVE, received=(), at=ENDS)).verdict is DecisionVerdict.FAILS


def test_an_objection_taken_back_has_ended_the_silence_all_the_same() -> None:
    before = ENDS - timedelta(hours=1)
    given = (Answer(who="n1", says=Says.OBJECTS, at=before), Answer(who="n1", says=Says.ACCEPTS, at=before))
    assert outcome(SILENCE, Answers(eligible=FIVE, given=given, at=ENDS)).verdict is DecisionVerdict.FAILS


def test_the_chairs_sense_stands_unless_contested_in_time() -> None:
    rule = ChairsSense(contest_minutes=30)
    open_ = Answers(eligible=FIVE, at=ENDS)
    assert outcome(rule, open_).verdict is DecisionVerdict.PENDING
    declared = replace(open_, declared_at=ENDS)
    assert verdict(rule, declared) is DecisionVerdict.PENDING
    assert verdict(rule, replace(declared, at=ENDS + timedelta(minutes=30))) is DecisionVerdict.PASSES
    early = Answer(who="s1", says=Says.OBJECTS, at=ENDS + timedelta(minutes=29))
    assert verdict(rule, replace(declared, given=(early,), at=early.at)) is DecisionVerdict.FAILS
    late = replace(early, at=ENDS + timedelta(minutes=30))
    found = outcome(rule, replace(declared, given=(late,), at=late.at))
    assert found.passes
    assert found.explanation.late == ("s1",)


def test_beyond_twenty_eligible_the_first_found_is_given_and_labelled() -> None:
    many = tuple(f"m{n:02}" for n in range(21))
    found = outcome(Unanimity(), Answers(eligible=many))
    assert not found.explanation.additions.is_exact
    assert list(found.explanation.additions) == [frozenset(many)]
    assert "the first found" in sentences(found)[-1]
    assert outcome(Unanimity(), Answers(eligible=many[:20])).explanation.additions.is_exact


def test_twenty_equal_seats_give_one_pattern_that_stands_for_all() -> None:
    twenty = tuple(f"m{n:02}" for n in range(20))
    found = outcome(QualifiedMajority(thresholds=(Threshold(share=HALF),)), Answers(eligible=twenty))
    assert len(found.explanation.additions) == 167_960
    assert len(found.explanation.additions.patterns) == 1
    assert sentences(found)[-1].startswith("It would pass with any 11 of m00, m01")


@pytest.mark.parametrize(("have", "base", "shown"), [(1, 3, "33.33"), (2, 3, "66.67"), (1, 8, "12.50"), (0, 5, "0.00")])
def test_per_cent_is_rounded_to_two_places(have: int, base: int, shown: str) -> None:
    assert percent(have, base) == shown


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: Range(low=3, high=2), "smaller number first"),
        (lambda: Bloc(slug="b", members=("x", "x")), "twice"),
        (lambda: Bloc(slug="A B", members=()), "slug"),
        (lambda: Threshold(share=Fraction(3, 2)), "from 0 to 1"),
        (lambda: Threshold(share=HALF, how=How.AT_MOST), "at-least"),
        (lambda: Threshold(share=HALF, base=Base.TOTAL), "no total"),
        (lambda: Quorum(share=HALF, base=Base.ELIGIBLE), "a quorum counts"),
        (lambda: QualifiedMajority(thresholds=()), "no threshold"),
        (lambda: QualifiedMajority(thresholds=(Threshold(share=HALF, of=Of.BLOCS),)), "names none"),
        (lambda: QualifiedMajority(thresholds=(Threshold(share=HALF, of=Of.WEIGHT),)), "gives none"),
        (
            lambda: QualifiedMajority(
                thresholds=(Threshold(share=HALF, of=Of.WEIGHT, base=Base.TOTAL),), weights=(("a", 1),)
            ),
            "give .total.",
        ),
        (lambda: SufficientConsensus(weights=(), blocs=()), "in each bloc"),
        (lambda: SufficientConsensus(weights=(("a", -1),), blocs=(NORTH,)), "0 or more"),
        (lambda: SufficientConsensus(weights=(), blocs=(NORTH,), total=-1), "0 or more"),
        (
            lambda: SufficientConsensus(weights=(), blocs=(NORTH,), total=1, total_range=Range(low=1, high=2)),
            "one of them",
        ),
        (lambda: ParallelConsent(blocs=(NORTH,), base=Base.TOTAL), "no total"),
        (lambda: SilenceProcedure(until=datetime(2017, 2, 10), zone="UTC"), "no time zone"),  # noqa: DTZ001
        (lambda: Referendum(prongs=()), "no test"),
        (lambda: ReferendumProng(against=Compared.VALID, how=How.AT_MOST), "at-most"),
        (lambda: ChairsSense(contest_minutes=-1), "0 or more"),
        (lambda: Poll(name="p", yes=-1, no=0), "0 or more"),
        (lambda: Answers(eligible=("a", "a")), "twice"),
    ],
)
def test_a_rule_that_cannot_be_is_refused_with_what_would_be_right(make: Callable[[], object], says: str) -> None:
    with pytest.raises(ScenarioError, match=says):
        make()


def test_a_rule_that_needs_time_or_counts_says_so() -> None:
    with pytest.raises(ScenarioError, match="depends on the time"):
        outcome(SILENCE, Answers(eligible=FIVE))
    with pytest.raises(ScenarioError, match="has no time"):
        outcome(SILENCE, replace(said(n1="objects"), at=ENDS))
    with pytest.raises(ScenarioError, match="polls"):
        outcome(Referendum(prongs=(ReferendumProng(against=Compared.NO),)), Answers())
    law = Referendum(prongs=(ReferendumProng(against=Compared.ELECTORATE),))
    with pytest.raises(ScenarioError, match="electorate"):
        outcome(law, Answers(polls=(Poll(name="p", yes=1, no=0),)))


@pytest.mark.parametrize("value", [{"rule": "lots"}, {}, "unanimity"])
def test_what_is_no_rule_is_refused_with_those_that_are(value: object) -> None:
    with pytest.raises(ScenarioError, match="'sufficient-consensus'"):
        from_plain(Rule, value)


def test_an_objection_in_time_counts_in_whatever_order_answers_are_listed() -> None:
    given = tuple(Answer(who="n1", says=Says.OBJECTS, at=ENDS - timedelta(minutes=n)) for n in (0, 1))
    assert verdict(SILENCE, Answers(eligible=FIVE, given=given, at=ENDS)) is DecisionVerdict.FAILS
