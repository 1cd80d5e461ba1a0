"""Ratification and entry into force: each a state of its own, and nothing in force that a ratifier refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from goodoffices.talks.base.enums import Role, StanceKind
from goodoffices.talks.base.local_time import instant_in
from goodoffices.talks.decisions.commands import AnswerQuestion, PutQuestion
from goodoffices.talks.decisions.eligibility import ratified as ratified_by
from goodoffices.talks.model.actors import SeatPlan
from goodoffices.talks.rounds.delegations import NameRatifier
from goodoffices.talks.seats.service import AcceptService
from goodoffices.talks.texts.commands import TableText
from goodoffices.talks.texts.ratification import EnterIntoForce, RecordRatification
from goodoffices.talks.texts.releases import ReleaseVersion
from goodoffices.talks.texts.stances import TakeStance
from goodoffices.talks.voting.counting import Poll
from goodoffices.talks.voting.rules import Compared, Referendum, ReferendumProng, Says, Unanimity
from properties.worlds.cast import the_talks
from published.test_colombia_2016 import LAW
from stories import Story, words

WORDS = "# Truce\n\n## 1. Start\n\nIt begins at noon.\n\n## 2. Watch\n\nThree states watch it.\n"
BRACKETED = WORDS.replace("at noon", "[[A: at noon | B: at dusk]]")
PARTIES = ("gov", "opp")
PLEBISCITE = Poll(name="the plebiscite", yes=6_382_901, no=6_438_552, electorate=34_899_945)


def signed(paper: str = WORDS) -> Story:
    """Release a version to two parties and a depositary; the parties sign it if it is clean, one names a ratifier."""
    file = the_talks()
    depositary = SeatPlan(slug="keeper", actor="kaz", roles=(Role.DEPOSITARY,))
    story = Story(replace(file, seats=(*file.seats, depositary)))
    for seat in PARTIES:
        story.do(seat, AcceptService())
    story.do("un", TableText(papers=(words(paper),)))
    story.do("un", ReleaseVersion(version="v1", to=(*PARTIES, "keeper"), equal=False))
    if paper is WORDS:
        for seat in PARTIES:
            story.do(seat, TakeStance(version="v1", kind=StanceKind.SIGNED))
    story.do("gov", NameRatifier(round="r1", ratifier="the people", method="plebiscite"))
    return story


def ratified(*, yes: bool, **more: object) -> RecordRatification:
    return RecordRatification(version="v1", ratifier="the people", ratified=yes, **more)  # type: ignore[arg-type]


def enters(local: str = "2017-01-23T00:00", **more: object) -> EnterIntoForce:
    given: dict[str, object] = {"version": "v1", "local": local, "zone": "Asia/Damascus", "ground": "from midnight"}
    return EnterIntoForce(**(given | more))  # type: ignore[arg-type]


def states(story: Story, seat: str = "opp") -> list[str]:
    return [force.state for force in story.view(seat).known.forces.values()]


def test_t18_signed_is_not_in_force() -> None:
    story = signed()
    assert len(story.view("gov").known.stances) == 2
    assert states(story) == []
    assert story.view("gov").known.versions["v1"].state == "released"


def test_t18_adopted_is_neither_ratified_nor_in_force() -> None:
    story = signed()
    story.do("un", PutQuestion(rule=Unanimity(), eligible=PARTIES, version="v1", closes_at=story.in_minutes(9)))
    for seat in PARTIES:
        story.do(seat, AnswerQuestion(question="y1", says=Says.ACCEPTS))
    story.wait(9)
    assert story.view("gov").known.versions["v1"].state == "adopted"
    assert len(story.view("gov").known.ratifications) == 0
    assert states(story) == []


def test_v8_t19_a_ratification_that_fails_leaves_stances_and_puts_nothing_in_force() -> None:
    story = signed()
    before = list(story.view("opp").known.stances.values())
    story.do("gov", ratified(yes=False, rule=LAW, polls=(PLEBISCITE,), method="plebiscite"))
    [held] = story.view("opp").known.ratifications
    assert (held.ratified, held.polls, held.rule) == (False, (PLEBISCITE,), LAW)
    assert list(story.view("opp").known.stances.values()) == before
    assert story.refused("keeper", enters()) == "conditions_open"
    assert states(story) == []


def test_counts_against_are_no_ratification_unless_a_law_says_so() -> None:
    story = signed()
    against = Poll(name="Council", yes=300, no=400)
    assert story.refused("gov", ratified(yes=True, polls=(against,), method="two thirds")) == "bad_value"
    assert len(story.view("opp").known.ratifications) == 0
    story.do("gov", ratified(yes=True, polls=(replace(against, yes=700),), method="two thirds"))
    assert len(story.view("opp").known.ratifications) == 1


def test_a_version_waits_for_every_ratifier_that_the_depositary_knows_of() -> None:
    story = signed()
    assert story.refused("keeper", enters()) == "conditions_open"
    story.do("gov", ratified(yes=True))
    story.do("keeper", enters())
    assert states(story) == ["planned"]


def test_v9_the_clock_brings_it_into_force_at_the_instant_of_its_zone() -> None:
    story = signed()
    story.do("gov", ratified(yes=True))
    story.do("keeper", enters())
    story.at = instant_in("2017-01-23T00:00", "Asia/Damascus") - timedelta(minutes=1)
    assert story.wait(0) == ()
    [entered] = story.wait(2)
    assert entered.at == instant_in("2017-01-23T00:00", "Asia/Damascus")
    held = story.view("gov").known.forces["f1"]
    assert (held.state, held.local, held.zone, held.ground) == (
        "in-force",
        "2017-01-23T00:00",
        "Asia/Damascus",
        "from midnight",
    )
    assert held.instant == datetime(2017, 1, 22, 22, tzinfo=UTC)


def test_an_instant_that_has_passed_is_in_force_at_once_and_may_be_of_parts() -> None:
    story = signed()
    story.do("gov", ratified(yes=True))
    story.do("keeper", enters("2017-01-01T00:00", parts=("cl2",)))
    assert states(story) == ["in-force"]
    assert story.view("gov").known.forces["f1"].parts == ("cl2",)


def test_a_later_refusal_stops_what_was_planned() -> None:
    story = signed()
    story.do("gov", ratified(yes=True))
    story.do("keeper", enters())
    story.do("opp", NameRatifier(round="r1", ratifier="a house", method="vote"))
    story.do("opp", RecordRatification(version="v1", ratifier="a house", ratified=False))
    assert states(story) == states(story, "gov") == ["stopped"]
    assert story.wait(60 * 24 * 3) == ()


def test_only_a_ratifier_or_who_named_it_records() -> None:
    story = signed()
    assert story.refused("opp", ratified(yes=True)) == "not_ratifier"
    story.do("gov", NameRatifier(round="r1", ratifier="opp", method="its congress"))
    story.do("opp", RecordRatification(version="v1", ratifier="opp", ratified=True))
    assert story.refused("opp", RecordRatification(version="v1", ratifier="opp", ratified=True)) == "done"


def test_of_several_ratifiers_all_must_say_yes_and_one_no_is_a_no() -> None:
    story = signed()
    story.do("gov", NameRatifier(round="r1", ratifier="a house", method="vote"))
    assert ratified_by(story.view("opp").known, "v1") == {"gov": None}
    story.do("gov", ratified(yes=True))
    assert ratified_by(story.view("opp").known, "v1") == {"gov": None}
    house = RecordRatification(version="v1", ratifier="a house", ratified=True)
    story.do("gov", house)
    assert ratified_by(story.view("opp").known, "v1") == {"gov": True}
    story.do("gov", NameRatifier(round="r1", ratifier="a court", method="ruling"))
    story.do("gov", replace(house, ratifier="a court", ratified=False))
    story.do("gov", NameRatifier(round="r1", ratifier="a senate", method="vote"))
    assert ratified_by(story.view("opp").known, "v1") == {"gov": False}


def test_numbers_that_say_otherwise_are_refused() -> None:
    story = signed()
    assert story.refused("gov", ratified(yes=True, rule=LAW, polls=(PLEBISCITE,))) == "bad_value"
    north = Poll(name="Northern Ireland", yes=676_966, no=274_879)
    south = Poll(name="Ireland", yes=1_442_583, no=85_748)
    both = Referendum(prongs=(ReferendumProng(against=Compared.NO),))
    story.do("gov", ratified(yes=True, rule=both, polls=(north, south)))


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"version": "v9"}, "unknown"),
        ({"parts": ("cl9",)}, "unknown"),
        ({"zone": "Mars/Base"}, "bad_value"),
        ({"local": "soon"}, "bad_value"),
    ],
)
def test_an_entry_into_force_that_cannot_be_is_refused(more: dict[str, object], code: str) -> None:
    story = signed()
    story.do("gov", ratified(yes=True))
    assert story.refused("keeper", enters(**more)) == code  # type: ignore[arg-type]


def test_t4_words_in_brackets_do_not_enter_into_force() -> None:
    story = signed(BRACKETED)
    story.do("gov", ratified(yes=True))
    assert story.refused("keeper", enters()) == "bracketed"
    story.do("keeper", enters(parts=("cl2",)))


def test_only_a_depositary_says_when_it_enters_into_force() -> None:
    assert signed().refused("un", enters()) == "not_your_power"
