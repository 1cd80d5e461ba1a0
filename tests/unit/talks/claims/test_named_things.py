"""What a claim names must be known, each name is used once, and a refusal says what was probably meant."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from goodoffices.talks.base.enums import Role
from goodoffices.talks.base.refusals import Refusal
from goodoffices.talks.claims.commands import EnterClaim, EnterSource, ReplaceClaim
from goodoffices.talks.claims.contradictions import contradictions
from goodoffices.talks.claims.known_dates import dates_in_force
from goodoffices.talks.claims.positions import Assess
from goodoffices.talks.commitments.commands import GiveGuarantee, MoveDue, RecordCommitment
from goodoffices.talks.model.claims import Link, Source
from goodoffices.talks.model.obligations import DueDate
from goodoffices.talks.rounds.rounds import MoveRound
from goodoffices.talks.seats.commands import GiveSeat
from goodoffices.talks.state.command_context import Command
from properties.worlds.cast import the_talks
from stories import Story
from unit.talks.claims.test_claims_and_commitments import claim


def sentence(story: Story, seat: str, what: Command) -> str:
    outcome = story.submit(seat, what)
    assert isinstance(outcome, Refusal)
    return outcome.sentence


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"about": "group-q"}, "no actor, round, text or area called group-q. Did you mean group-"),
        ({"about": "zzz"}, "A claim cannot be about zzz"),
        ({"question": "Q7"}, "These talks have no named questions, so Q7 is not one"),
        ({"chain": (Link(speaker="An agency", actor="guv"),)}, "no actor called guv. Did you mean"),
    ],
)
def test_a_claim_names_only_what_its_seat_knows(more: dict[str, Any], words: str) -> None:
    assert words in sentence(Story(), "ana", EnterClaim(claim=claim(7, **more)))


def test_a_name_of_a_claim_or_source_is_used_once_and_free_again_after_it_was_replaced() -> None:
    story = Story()
    story.do("ana", EnterClaim(claim=claim(7)))
    assert "claim called a-claim already" in sentence(story, "un", EnterClaim(claim=claim(8)))
    story.do("ana", ReplaceClaim(old="k1", claim=claim(8), why="a slip"))
    story.do("ana", EnterClaim(claim=claim(9, "b-claim")))
    assert story.refused("ana", ReplaceClaim(old="k3", claim=claim(9), why="the other's name")) == "done"
    story.do("ana", EnterSource(source=Source(slug="paper", publisher="A paper")))
    assert "source called paper already" in sentence(
        story, "ana", EnterSource(source=Source(slug="paper", publisher="B"))
    )


def test_a_rival_that_names_no_question_stands_under_the_question_that_it_contests() -> None:
    file = replace(the_talks(), questions=(("Q1", "How many signed?", ""),))
    story = Story(file)
    story.do("ana", EnterClaim(claim=claim(7, question="Q1")))
    story.do("un", EnterClaim(claim=claim(9, "b-claim")))
    [found] = contradictions(story.view("gov").known)
    assert (found.question, len(found.claims)) == ("Q1", 2)


def test_a_refusal_names_the_neighbour_that_the_seat_knows() -> None:
    story = Story()
    assert "Did you mean group-a?" in sentence(story, "gov", GiveGuarantee(beneficiary="grup-a", subject="calm"))
    assert "Did you mean gov?" in sentence(
        story, "gov", GiveGuarantee(beneficiary="group-a", subject="calm", to=("gof",))
    )


def test_a_refusal_of_a_power_says_which_roles_have_it() -> None:
    story = Story()
    text = sentence(story, "gov", GiveSeat(slug="new", actor="group-a", roles=(Role.OBSERVER,)))
    assert "These roles can: " in text
    assert "secretariat" in text


def test_the_date_that_something_was_moved_to_is_the_one_that_holds() -> None:
    story = Story()
    story.do("gov", RecordCommitment(slug="halt", obligors=("gov",), what="Halt.", due=date(2030, 1, 1)))
    story.do("gov", MoveDue(commitment="o1", due=date(2030, 3, 1)))
    held = story.view("ana").known.commitments["o1"]
    assert [due.due for due in held.commitment.due] == [date(2030, 1, 1), date(2030, 3, 1)]
    assert [due.due for due in dates_in_force(held.commitment.due, held.moved_to)] == [date(2030, 3, 1)]
    story.do("un", MoveRound(round="r1", start=date(2030, 5, 1)))
    moved = story.view("ana").known.rounds["r1"]
    assert [one.start for one in dates_in_force(moved.round.planned, moved.moved_to)] == [date(2030, 5, 1)]


def test_of_two_dates_by_one_author_the_later_word_holds_and_rival_authors_stand_side_by_side() -> None:
    first = DueDate(due=date(2017, 2, 8), by="council", announced_on=date(2016, 12, 31))
    second = DueDate(due=date(2017, 2, 20), by="envoy", announced_on=date(2017, 1, 31))
    third = DueDate(due=date(2017, 2, 23), by="envoy", announced_on=date(2017, 2, 13))
    unsigned = DueDate(due=date(2017, 1, 28))
    assert dates_in_force((first, second, third, unsigned), None) == (first, third, unsigned)


def test_talks_without_a_secretariat_credit_no_party_with_their_file() -> None:
    file = the_talks()
    seats = tuple(
        replace(seat, kept_by=None) for seat in file.seats if not {Role.SECRETARIAT, Role.ANALYST} & set(seat.roles)
    )
    bare = replace(file, seats=seats, compartments=(), assessments=(), scales=())
    story = Story(bare)
    for seat in ("gov", "opp"):
        assert not {notice.by for notice in story.view(seat).notices} & {one.slug for one in seats}


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"issue": "sea"}, "The agenda has no issue called sea"),
        ({"quantity": "salience", "value": "60"}, "Salience runs from 0 to 1, and 60 goes above it"),
        ({"quantity": "salience", "value": "0.4 to 1.2"}, "Salience runs from 0 to 1"),
        ({"party": "govv"}, "Did you mean gov?"),
        ({"issue": "who-watch"}, "Did you mean 'who-watches'?"),
        ({"quantity": "worht"}, "Did you mean 'worth'?"),
        ({"value": "garantors: 5"}, "Did you mean 'guarantors'?"),
        ({"value": "guarantors"}, "cannot be read"),
        ({"value": "guarantors: lots"}, "cannot be read"),
        ({"value": "guarantors: 9 to 3"}, "cannot be read"),
        ({"quantity": "red line", "value": "garantors"}, "Did you mean 'guarantors'?"),
        ({"quantity": "ranking", "value": "guarantors > comittee"}, "Did you mean 'committee'?"),
        ({"quantity": "ranking", "value": "guarantors > guarantors"}, "names an option twice"),
        ({"quantity": "point", "value": "banana"}, "cannot be read"),
        ({"quantity": "point", "value": "900"}, "lies off the scale"),
        ({"quantity": "capability", "value": "-1"}, "is below 0"),
        ({"quantity": "salience", "value": "-0.1"}, "is below 0"),
        ({"quantity": "salience", "value": "0.4", "issue": "all"}, "is about one issue"),
        ({"quantity": "worth", "issue": "all"}, "is about one issue"),
        ({"quantity": "reservation value", "value": "25"}, "is about the talks as a whole"),
    ],
)
def test_an_assessment_that_no_analysis_could_read_is_refused(given: dict[str, str], words: str) -> None:
    usual = {"party": "gov", "issue": "who-watches", "quantity": "worth", "value": "guarantors: 5", "source": "own"}
    story = Story()
    before = len(story.talks.acts)
    assert words in sentence(story, "ana", Assess(**(usual | given), strength="inference"))
    assert len(story.talks.acts) == before
    Story().do("ana", Assess(**usual, strength="inference"))
    whole = usual | {"issue": "all", "quantity": "reservation value", "value": "25"}
    Story().do("ana", Assess(**whole, strength="inference"))
