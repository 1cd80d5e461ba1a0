"""Questions put for decision: who is asked, who sees which answer when, and who declares what came of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

import pytest

from goodoffices.errors import ScenarioError
from goodoffices.reports.texts.decisions_plain_english import question_lines, unanswered
from goodoffices.talks.base.acts import CLOCK
from goodoffices.talks.base.enums import Format, Role
from goodoffices.talks.base.local_time import instant_in
from goodoffices.talks.claims.agenda import NameRule
from goodoffices.talks.command_parsing import parse_command
from goodoffices.talks.decisions.commands import AnswerQuestion, DeclareOutcome, PutQuestion
from goodoffices.talks.decisions.eligibility import outcome_of
from goodoffices.talks.decisions.packages import ClosePackage, PutPackage
from goodoffices.talks.model.actors import SeatPlan
from goodoffices.talks.model.packages import Package, Picked
from goodoffices.talks.rounds.rounds import AnswerInvitation, Invite, WithdrawInvitation
from goodoffices.talks.rounds.sessions import MarkAttendance, OpenSession, PlanSession
from goodoffices.talks.seats.commands import GiveProxy
from goodoffices.talks.seats.service import AcceptService
from goodoffices.talks.state.known_decisions import AnswerVisibility, KnownQuestion
from goodoffices.talks.voting.explanations import DecisionVerdict
from goodoffices.talks.voting.named_rules import NamedRule
from goodoffices.talks.voting.rules import (
    HALF,
    Base,
    ChairsSense,
    Compared,
    Consensus,
    QualifiedMajority,
    Quorum,
    Referendum,
    ReferendumProng,
    Rule,
    Says,
    SilenceProcedure,
    Threshold,
    Unanimity,
)
from properties.worlds.cast import the_talks
from stories import Story, words

PACKAGE = Package(slug="watching", picked=(Picked(slug="who-watches", option="committee"),))
MAJORITY = QualifiedMajority(thresholds=(Threshold(share=HALF),))
PARTIES = ("gov", "opp", "pap")
YES, NO = (AnswerQuestion(question="y1", says=says) for says in (Says.ACCEPTS, Says.OBJECTS))
ENDS = instant_in("2017-02-10T18:00", "Asia/Almaty")
SILENCE = SilenceProcedure(until=ENDS, zone="Asia/Almaty")


def asked(rule: Rule = MAJORITY, *, minutes: int | None = 60, **more: object) -> Story:
    """Put the package to three parties and an observer, and the question whether to take it."""
    story = Story()
    for seat in PARTIES:
        story.do(seat, AcceptService())
    story.do("un", PutPackage(package=PACKAGE, to=(*PARTIES, "usa")))
    closes_at = None if minutes is None else story.in_minutes(minutes)
    given: dict[str, object] = {"eligible": PARTIES, "package": "z1", "closes_at": closes_at, "observers": ("usa",)}
    story.do("un", PutQuestion(rule=rule, **(given | more)))  # type: ignore[arg-type]
    return story


def held(story: Story, seat: str) -> KnownQuestion:
    return story.view(seat).known.questions["y1"]


def says(story: Story, seat: str) -> dict[str, str]:
    return {answer.seat: answer.says.value for answer in held(story, seat).answers}


def test_an_answer_is_seen_by_the_chair_and_nobody_else_until_the_outcome() -> None:
    story = asked()
    heads = {seat: story.view(seat).head for seat in ("opp", "pap", "usa", "sec")}
    story.do("gov", AnswerQuestion(question="y1", says=Says.ACCEPTS, words=words("With reluctance.")))
    assert heads == {seat: story.view(seat).head for seat in heads}
    assert says(story, "un") == {"gov": "accepts"}
    assert story.view("un").text(held(story, "un").answers[0].words) == "With reluctance."
    story.wait(60)
    assert says(story, "opp") == {"gov": "accepts"}
    assert held(story, "opp").answers[0].words is None


def test_an_open_question_shows_answers_to_the_eligible_as_they_come() -> None:
    story = asked(shown=AnswerVisibility.AS_THEY_COME)
    story.do("gov", YES)
    assert says(story, "opp") == {"gov": "accepts"}
    assert says(story, "usa") == {}


def test_a_closed_question_shows_the_verdict_alone() -> None:
    story = asked(shown=AnswerVisibility.NEVER)
    story.do("gov", YES)
    story.do("opp", NO)
    story.wait(60)
    for seat in ("gov", "pap", "usa"):
        assert held(story, seat).verdict is DecisionVerdict.FAILS
        assert outcome_of(held(story, seat)) is None
    assert says(story, "gov") == {"gov": "accepts"}
    assert says(story, "pap") == {}
    found = outcome_of(held(story, "un"))
    assert found is not None
    assert found.explanation.prongs[0].counted == ("gov",)


def test_the_clock_declares_at_the_closing_time_and_everybody_can_reckon_it_again() -> None:
    story = asked()
    story.do("gov", NO)
    story.do("gov", YES)
    story.do("opp", YES)
    [declared] = story.wait(120)
    assert (declared.kind, declared.seat, declared.at) == ("OutcomeDeclared", CLOCK, story.at - timedelta(minutes=64))
    for seat in ("gov", "opp", "pap", "usa", "un"):
        found = outcome_of(held(story, seat))
        assert found is not None
        assert found.verdict is held(story, seat).verdict is DecisionVerdict.PASSES
        assert [(p.have, p.base, p.need) for p in found.explanation.prongs] == [(2, 3, 2)]
        assert found.explanation.leavings.single == ("gov", "opp")


def test_the_chair_declares_early_only_if_nobody_is_missing() -> None:
    story = asked()
    story.do("gov", YES)
    assert story.refused("un", DeclareOutcome(question="y1")) == "question_open"
    story.do("opp", YES)
    story.do("pap", NO)
    story.do("un", DeclareOutcome(question="y1"))
    assert held(story, "pap").verdict is DecisionVerdict.PASSES
    assert story.refused("un", DeclareOutcome(question="y1")) == "done"
    assert story.wait(120) == ()


def test_without_a_closing_time_the_chair_declares_when_it_will() -> None:
    story = asked(Consensus(), minutes=None)
    story.do("un", DeclareOutcome(question="y1"))
    assert held(story, "usa").verdict is DecisionVerdict.PASSES


def missing(story: Story, seat: str) -> tuple[str, ...]:
    view = story.view(seat)
    return unanswered(view, view.known.questions["y1"])


def test_who_has_not_answered_is_told_with_the_outcome_and_to_the_chair_before() -> None:
    story = asked(minutes=None)
    story.do("gov", YES)
    assert missing(story, "un") == ("opp", "pap")
    assert missing(story, "opp") == ()
    story.do("un", DeclareOutcome(question="y1"))
    assert missing(story, "gov") == ("opp", "pap")
    assert any("No answer: The opp" in line for line in question_lines(story.view("gov"), "y1"))


def test_an_answer_after_the_outcome_is_refused() -> None:
    story = asked()
    story.wait(60)
    assert story.refused("gov", YES) == "closed"


def test_only_the_chair_of_a_question_declares() -> None:
    story = asked()
    assert story.refused("gov", DeclareOutcome(question="y1")) == "not_your_power"
    assert story.refused("un", DeclareOutcome(question="y9")) == "unknown"


def test_r20_host_and_observer_are_never_asked_and_cannot_answer() -> None:
    story = asked()
    assert story.refused("usa", NO) == "not_eligible"
    assert story.refused("kaz", NO) == "unknown"
    for seat in ("usa", "kaz", "un", "rus"):
        put = PutQuestion(rule=Consensus(), eligible=("gov", seat), package="z1")
        assert story.refused("un", put) == "not_eligible"


def test_what_not_all_the_eligible_were_told_of_is_not_put() -> None:
    story = Story()
    story.do("un", PutPackage(package=PACKAGE, to=("gov",)))
    put = PutQuestion(rule=Unanimity(), eligible=("gov", "opp"), package="z1")
    assert story.refused("un", put) == "not_released"


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"eligible": ()}, "bad_value"),
        ({"package": None}, "bad_value"),
        ({"package": "z9"}, "unknown"),
        ({"version": "v1"}, "bad_value"),
        ({"zone": "Mars/Base"}, "bad_value"),
        ({"rule": Consensus(minus=("nobody-known",))}, "unknown"),
        ({"rule": Referendum(prongs=(ReferendumProng(against=Compared.NO),))}, "bad_value"),
        ({"rule": ChairsSense(contest_minutes=5), "closes_at": ENDS}, "bad_value"),
        ({"closes_at": ENDS - timedelta(days=90)}, "past"),
        ({"rule": QualifiedMajority(thresholds=(Threshold(share=HALF, base=Base.PRESENT),))}, "bad_value"),
    ],
)
def test_a_question_that_cannot_be_put_is_refused(more: dict[str, object], code: str) -> None:
    story = Story()
    story.do("un", PutPackage(package=PACKAGE, to=PARTIES))
    given: dict[str, object] = {"rule": Unanimity(), "eligible": ("gov", "opp"), "package": "z1"}
    assert story.refused("un", PutQuestion(**(given | more))) == code  # type: ignore[arg-type]


def test_a_quorum_counts_who_is_marked_present_in_the_session() -> None:
    story = Story()
    story.do("un", PutPackage(package=PACKAGE, to=PARTIES))
    story.do("un", PlanSession(title="Noon", format=Format.PLENARY, participants=(*PARTIES, "un")))
    story.do("un", OpenSession(session="s1"))
    rule = QualifiedMajority(
        thresholds=(Threshold(share=HALF, base=Base.PRESENT),), quorum=Quorum(share=Fraction(2, 3))
    )
    put = PutQuestion(rule=rule, eligible=PARTIES, package="z1", session="s1")
    assert story.refused("un", put) == "bad_value"
    for seat in ("gov", "opp"):
        story.do("un", MarkAttendance(session="s1", who=seat))
    story.do("un", put)
    story.do("gov", YES)
    story.do("opp", YES)
    story.do("un", DeclareOutcome(question="y1"))
    found = outcome_of(held(story, "pap"))
    assert found is not None
    assert [(p.name, p.have, p.base) for p in found.explanation.prongs] == [("quorum", 2, 3), ("seats", 2, 2)]


def in_a_round(*, also: str | None = None) -> Story:
    """Invite two parties; one accepts, the other declines (and ``also`` accepts)."""
    story = Story()
    for seat in ("gov", "opp", "pap"):
        story.do("rus", Invite(round="r1", to=seat, role=Role.PARTY, sponsors=("un",)))
    story.do("gov", AnswerInvitation(invitation="i1", answer="accepted"))
    story.do("opp", AnswerInvitation(invitation="i1", answer="declined"))
    if also is not None:
        story.do(also, AnswerInvitation(invitation="i1", answer="accepted"))
    story.do("un", PutPackage(package=PACKAGE, to=PARTIES))
    return story


def test_r19_who_declined_or_gave_no_reply_is_not_eligible() -> None:
    story = in_a_round()
    for seat in ("opp", "pap"):
        put = PutQuestion(rule=Unanimity(), eligible=("gov", seat), package="z1", round="r1")
        assert story.refused("un", put) == "not_eligible"
    story.do("un", PutQuestion(rule=Unanimity(), eligible=("gov",), package="z1", round="r1"))
    story.do("gov", YES)


def test_r19_who_was_never_invited_cannot_answer_even_if_the_chair_asks() -> None:
    story = Story()
    story.do("un", PutPackage(package=PACKAGE, to=PARTIES))
    story.do("un", PutQuestion(rule=Unanimity(), eligible=("gov",), package="z1", round="r1"))
    assert story.refused("gov", YES) == "not_eligible"


def test_who_leaves_the_round_is_no_longer_in_the_bases_from_then_on() -> None:
    story = in_a_round(also="pap")
    closes = story.in_minutes(60)
    story.do("un", PutQuestion(rule=Unanimity(), eligible=("gov", "pap"), package="z1", round="r1", closes_at=closes))
    story.do("gov", YES)
    story.do("rus", WithdrawInvitation(invitation="i3"))
    assert story.refused("pap", YES) == "not_eligible"
    story.wait(60)
    found = outcome_of(held(story, "gov"))
    assert found is not None
    assert found.passes
    assert found.explanation.eligible == ("gov",)


def test_a_seat_may_answer_for_another_that_lent_it_its_answer() -> None:
    story = asked()
    for_opp = AnswerQuestion(question="y1", says=Says.ACCEPTS, on_behalf="opp")
    assert story.refused("gov", for_opp) == "not_eligible"
    story.do("opp", GiveProxy(holder="gov", scope="answer"))
    story.do("gov", for_opp)
    assert says(story, "opp") == {"opp": "accepts"}
    assert says(story, "un") == {"opp": "accepts"}


def test_v7_an_objection_in_time_ends_the_silence_at_once_for_all() -> None:
    story = asked(SILENCE, minutes=None)
    story.at = ENDS - timedelta(minutes=3, seconds=1)
    story.do("gov", NO)
    for seat in ("gov", "opp", "usa", "un"):
        assert held(story, seat).verdict is DecisionVerdict.FAILS
    found = outcome_of(held(story, "opp"))
    assert found is not None
    assert found.explanation.prongs[1].counted == ("gov",)
    assert story.refused("opp", NO) == "closed"
    assert story.wait(60) == ()


def test_v7_a_second_before_the_instant_is_in_time() -> None:
    story = asked(SILENCE, minutes=None)
    story.at = ENDS - timedelta(minutes=1, seconds=1)
    story.do("gov", NO)
    assert held(story, "opp").verdict is DecisionVerdict.FAILS


def test_v7_an_objection_at_the_instant_is_recorded_as_late_and_without_effect() -> None:
    story = asked(SILENCE, minutes=None)
    story.at = ENDS - timedelta(minutes=1)
    story.do("gov", NO)
    for seat in ("gov", "opp", "usa", "un"):
        assert held(story, seat).verdict is DecisionVerdict.PASSES
    found = outcome_of(held(story, "un"))
    assert found is not None
    assert found.explanation.late == ("gov",)
    assert says(story, "opp") == {}


def test_v7_an_observers_objection_is_refused() -> None:
    story = asked(SILENCE, minutes=None)
    assert story.refused("usa", NO) == "not_eligible"


def test_silence_is_not_cut_short_by_the_chair() -> None:
    story = asked(SILENCE, minutes=None)
    for seat in PARTIES:
        story.do(seat, YES)
    assert story.refused("un", DeclareOutcome(question="y1")) == "question_open"


def test_the_chairs_sense_stands_unless_contested_in_time() -> None:
    story = asked(ChairsSense(contest_minutes=30), minutes=None)
    assert story.refused("gov", NO) == "not_open"
    story.do("un", DeclareOutcome(question="y1"))
    assert held(story, "gov").state == "standing"
    assert story.refused("un", DeclareOutcome(question="y1")) == "done"
    story.wait(30)
    assert held(story, "gov").verdict is DecisionVerdict.PASSES


def test_a_contested_sense_of_the_chair_falls_at_once() -> None:
    story = asked(ChairsSense(contest_minutes=30), minutes=None)
    story.do("un", DeclareOutcome(question="y1"))
    story.do("opp", NO)
    assert held(story, "gov").verdict is DecisionVerdict.FAILS
    found = outcome_of(held(story, "gov"))
    assert found is not None
    assert found.explanation.prongs[1].counted == ("opp",)
    assert story.wait(60) == ()


def test_a_package_belongs_to_who_put_it() -> None:
    file = replace(the_talks(), seats=(*the_talks().seats, SeatPlan(slug="un-2", actor="un", roles=(Role.MEDIATOR,))))
    story = Story(file)
    story.do("un", PutPackage(package=PACKAGE, to=("gov", "un-2")))
    assert story.refused("un-2", ClosePackage(package="z1")) == "not_yours"
    story.do("un", PutQuestion(rule=Unanimity(), eligible=("gov",), package="z1", observers=("un-2",)))
    assert story.refused("un-2", DeclareOutcome(question="y1")) == "not_yours"


def test_a_rule_is_given_as_json_with_its_word() -> None:
    fields = {
        "rule": '{"rule": "silence", "until": "2017-02-10T18:00+06:00", "zone": "Asia/Almaty"}',
        "eligible": "gov",
    }
    command = parse_command("PutQuestion", fields | {"package": "z1"})
    assert isinstance(command, PutQuestion)
    assert command.rule == SILENCE
    with pytest.raises(ScenarioError, match="unanimity"):
        parse_command("PutQuestion", {"rule": '{"rule": "lots"}', "eligible": "gov"})


def test_a_rule_whose_shares_do_not_count_its_weights_is_refused() -> None:
    weighed = replace(MAJORITY, weights=(("gov", 60), ("opp", 40)))
    assert Story().refused("un", PutQuestion(rule=weighed, eligible=("gov", "opp"), version="v1")) == "bad_value"
    assert Story().refused("un", NameRule(rule=NamedRule(slug="w", title="W", rule=weighed))) == "bad_value"
