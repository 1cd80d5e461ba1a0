"""Packages put, closed and reopened; what rests in them; questions on a released version and what becomes of it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from goodoffices.talks.decisions.commands import AnswerQuestion, PutQuestion
from goodoffices.talks.decisions.eligibility import outcome_of
from goodoffices.talks.decisions.packages import ClosePackage, PutPackage, ReopenPackage
from goodoffices.talks.exchange.print_packs import MarkPackHanded, MarkPackReady
from goodoffices.talks.model.packages import Needs, Package, Picked, Step
from goodoffices.talks.seats.service import AcceptService
from goodoffices.talks.texts.commands import TableText, WriteVersion
from goodoffices.talks.texts.releases import ReleaseVersion
from goodoffices.talks.voting.explanations import DecisionVerdict
from goodoffices.talks.voting.rules import Consensus, Says, SilenceProcedure, Unanimity
from stories import Story, words

PARTIES = ("gov", "opp")
PACKAGE = Package(slug="watching", picked=(Picked(slug="who-watches", option="committee"),))


def asked() -> Story:
    story = Story()
    story.do("un", PutPackage(package=PACKAGE, to=(*PARTIES, "usa")))
    return story


def test_packages_are_shown_to_those_they_are_put_to_and_nobody_else() -> None:
    story = asked()
    assert story.view("gov").known.packages["z1"].put == PACKAGE
    assert len(story.view("rus").known.packages) == 0
    assert story.view("gov").known.packages["z1"].to == ()


def test_a_package_closes_and_reopens_in_single_acts_of_who_put_it() -> None:
    story = asked()
    assert story.refused("gov", ClosePackage(package="z1")) == "not_your_power"
    assert len(story.do("un", ClosePackage(package="z1"))) == 1
    assert story.view("opp").known.packages["z1"].closed
    assert story.refused("un", ClosePackage(package="z1")) == "done"
    assert len(story.do("un", ReopenPackage(package="z1"))) == 1
    assert not story.view("opp").known.packages["z1"].closed
    assert story.refused("un", ReopenPackage(package="z1")) == "done"


def test_a_package_with_a_condition_that_points_outside_cannot_be_closed() -> None:
    story = Story()
    held_back = Package(
        slug="half", steps=(Step(slug="a", obligors=("gov",)),), needs=(Needs(one="a", other="left-out"),)
    )
    story.do("un", PutPackage(package=held_back, to=PARTIES))
    assert story.refused("un", ClosePackage(package="z1")) == "dangling_condition"


@pytest.mark.parametrize(
    ("package", "code"),
    [
        (Package(slug="p"), "bad_value"),
        (Package(slug="p", picked=(Picked(slug="who-watches", option="nobody"),)), "unknown"),
        (Package(slug="p", picked=(Picked(slug="no-issue", option="committee"),)), "unknown"),
        (Package(slug="p", steps=(Step(slug="a", obligors=("nobody-known",)),)), "unknown"),
    ],
)
def test_a_package_that_cannot_be_put_is_refused(package: Package, code: str) -> None:
    assert Story().refused("un", PutPackage(package=package, to=("gov",))) == code


FIRST = "# Truce\n\n## 1. Start {agreed}\n\nIt begins at noon.\n\n## 2. Watch {agreed}\n\nThree states watch it.\n"
BRACKETED = "# Truce\n\n## 1. Start\n\nIt begins [[A: at noon | B: at dusk]].\n\n## 2. Watch\n\nThree states watch.\n"


def released(*papers: tuple[str, str], to: tuple[str, ...] = PARTIES) -> Story:
    """Release a version to two parties that have accepted service."""
    story = Story()
    for seat in PARTIES:
        story.do(seat, AcceptService())
    story.do("un", TableText(papers=tuple(words(text, lang) for text, lang in papers or ((FIRST, "en"),))))
    story.do("un", ReleaseVersion(version="v1", to=to))
    return story


def put(**more: object) -> PutQuestion:
    given: dict[str, object] = {"rule": Unanimity(), "eligible": PARTIES, "version": "v1"}
    return PutQuestion(**(given | more))  # type: ignore[arg-type]


def test_t18_a_version_that_is_adopted_is_adopted_and_nothing_else() -> None:
    story = released()
    story.do("un", put(closes_at=story.in_minutes(10)))
    assert story.view("gov").known.versions["v1"].state == "put"
    for seat in PARTIES:
        story.do(seat, AnswerQuestion(question="y1", says=Says.ACCEPTS))
    story.wait(10)
    assert {story.view(seat).known.versions["v1"].state for seat in (*PARTIES, "un")} == {"adopted"}
    assert len(story.view("gov").known.stances) == 0
    assert story.refused("un", put()) == "done"


def test_a_version_that_fails_may_be_put_again() -> None:
    story = released()
    story.do("un", put(closes_at=story.in_minutes(10)))
    story.wait(10)
    assert story.view("gov").known.versions["v1"].state == "failed"
    story.do("un", put())


def test_t4_a_version_with_a_bracket_is_not_put_for_decision() -> None:
    story = released((BRACKETED, "en"))
    assert story.refused("un", put()) == "bracketed"


def test_t17_languages_that_are_built_differently_are_not_decided_on_together() -> None:
    story = released((FIRST, "en"), (FIRST.split("## 2")[0], "ar"))
    assert story.refused("un", put()) == "languages_not_sealed"


def test_a_version_that_not_all_the_eligible_hold_is_not_put() -> None:
    story = released(to=("gov",))
    assert story.refused("un", put()) == "not_released"
    assert story.refused("un", put(version="v9")) == "unknown"


def states(story: Story, seat: str = "gov") -> tuple[str, ...]:
    return story.view(seat).known.versions["v1"].states


def rest(*clauses: str) -> PutPackage:
    return PutPackage(package=Package(slug="whole"), to=PARTIES, version="v1", clauses=clauses)


def test_t16_no_clause_is_agreed_while_its_package_is_open() -> None:
    story = released()
    assert states(story) == ("agreed", "agreed")
    story.do("un", rest("cl1"))
    for seat in (*PARTIES, "un"):
        assert states(story, seat) == ("agreed-ad-referendum", "agreed")
    assert len(story.do("un", ClosePackage(package="z1"))) == 1
    assert states(story) == ("closed", "agreed")
    assert len(story.do("un", ReopenPackage(package="z1"))) == 1
    assert states(story) == ("agreed-ad-referendum", "agreed")


def test_t16_a_later_version_does_not_agree_what_rests_in_an_open_package() -> None:
    story = released()
    story.do("un", rest("cl1", "cl2"))
    story.do("un", WriteVersion(text="tx1", papers=(words(FIRST.replace("noon", "dusk")),)))
    story.do("un", ReleaseVersion(version="v2", to=PARTIES))
    assert story.view("gov").known.versions["v2"].states == ("agreed-ad-referendum", "agreed-ad-referendum")


def test_a_package_with_brackets_in_it_is_not_closed() -> None:
    story = released((BRACKETED, "en"))
    story.do("un", rest("cl1", "cl2"))
    assert story.refused("un", ClosePackage(package="z1")) == "bracketed"


def test_clauses_rest_only_in_a_package_of_those_who_hold_them() -> None:
    story = released(to=("gov",))
    assert story.refused("un", rest("cl1")) == "not_released"
    assert story.refused("un", rest("cl9")) == "unknown"
    no_version = PutPackage(package=Package(slug="whole"), to=PARTIES, clauses=("cl1",))
    assert story.refused("un", no_version) == "bad_value"


def silence(handed_after: int | None) -> Story:
    """Put a package to a party on screen and one on paper; hand the pack after so many minutes of sixty."""
    story = Story()
    story.do("gov", AcceptService())
    story.do("un", PutPackage(package=PACKAGE, to=("gov", "pap")))
    until = story.in_minutes(60)
    rule = SilenceProcedure(until=until, zone="Asia/Almaty")
    story.do("un", PutQuestion(rule=rule, eligible=("gov", "pap"), package="z1"))
    story.do("sec", MarkPackReady(seat="pap", up_to=2, carrier="Dana"))
    if handed_after is not None:
        story.at = until - timedelta(minutes=61 - handed_after)
        story.wait(0)
        story.do("sec", MarkPackHanded(pack="e1", taken_by="Amal", taken_at=story.in_minutes(1)))
    story.at = max(story.at, until)
    story.wait(0)
    return story


def test_v7_t15_a_pack_handed_after_the_instant_does_not_count_and_the_outcome_says_so() -> None:
    for handed_after in (None, 60, 65):
        question = silence(handed_after).view("gov").known.questions["y1"]
        found = outcome_of(question)
        assert found is not None
        assert question.verdict is found.verdict is DecisionVerdict.PASSES
        assert found.explanation.unheard == ("pap",)


def test_v7_t15_a_pack_handed_before_the_instant_counts() -> None:
    found = outcome_of(silence(59).view("gov").known.questions["y1"])
    assert found is not None
    assert found.explanation.unheard == ()
    assert found.explanation.prongs[0].have == 2


def test_consensus_that_nobody_received_the_text_for_is_none() -> None:
    story = Story()
    story.do("un", PutPackage(package=PACKAGE, to=PARTIES))
    closes_at = story.in_minutes(5)
    story.do("un", PutQuestion(rule=Consensus(), eligible=PARTIES, package="z1", closes_at=closes_at))
    story.wait(5)
    assert story.view("gov").known.questions["y1"].verdict is DecisionVerdict.FAILS
