"""The Northern Ireland scenario: rule 34 as its file gives it, the drafts of June 1996, signed or not."""

from __future__ import annotations

import pytest

from goodoffices.formats.talks_file.reader import read_talks
from goodoffices.reports.texts.finding_sentences import finding_in_english
from goodoffices.talks.base.enums import Kind
from goodoffices.talks.core import replay, view_after, view_for
from goodoffices.talks.documents.agreement import AgreementVerdict as Agreement
from goodoffices.talks.documents.document import is_clean, open_numbers
from goodoffices.talks.initial_acts import opening
from goodoffices.talks.state.knowledge import Header
from goodoffices.talks.state.view import View
from goodoffices.talks.texts.agreement_status import Family, families, finding_of
from goodoffices.talks.voting.counting import Answer, Answers
from goodoffices.talks.voting.explanations import DecisionVerdict
from goodoffices.talks.voting.outcomes import outcome
from goodoffices.talks.voting.rules import Says
from properties.worlds.cast import START

PARTIES = ("uup", "sdlp", "dup", "sf", "alliance", "ukup", "pup", "udp", "niwc", "labour")


@pytest.fixture(scope="module")
def view() -> View:
    return view_after(opening(read_talks("good-friday-1998"), kind=Kind.EXERCISE, at=START), "chairs")


@pytest.fixture(scope="module")
def header(view: View) -> Header:
    return view.known.header


@pytest.fixture(scope="module")
def drafts(view: View) -> Family:
    return next(family for family in families(view) if family.slug == "rules-1996-07-29")


@pytest.mark.parametrize(
    ("left_out", "rule", "verdict"),
    [
        (("dup", "ukup"), "rule-34", DecisionVerdict.PASSES),
        (("dup", "ukup", "sdlp"), "rule-34", DecisionVerdict.FAILS),
        (("dup", "ukup", "sf"), "rule-34", DecisionVerdict.PASSES),
        (("dup", "ukup"), "dup-75", DecisionVerdict.PASSES),
        (("dup", "ukup", "sf"), "dup-75", DecisionVerdict.FAILS),
        (("dup", "ukup"), "udp-66", DecisionVerdict.PASSES),
    ],
)
def test_the_rules_of_the_file_give_the_published_answers(
    header: Header, left_out: tuple[str, ...], rule: str, verdict: DecisionVerdict
) -> None:
    named = next(held for held in header.rules if held.slug == rule)
    given = tuple(Answer(who=who, says=Says.ACCEPTS) for who in PARTIES if who not in left_out)
    assert outcome(named.rule, Answers(eligible=PARTIES, given=given)).verdict is verdict


def test_in_the_draft_of_25_june_one_word_is_open_and_in_that_of_27_june_every_paragraph(drafts: Family) -> None:
    first, second = (copy.papers[0] for copy in drafts.copies if copy.papers)
    assert open_numbers(first) == ("2",)
    assert not is_clean(first)
    assert [clause.open_number for clause in first.clauses] == [False, False, False]
    assert open_numbers(second) == ("1", "2", "3")
    assert [clause.open_number for clause in second.clauses] == [True, True, True]


def test_whether_the_agreement_was_signed_cannot_be_told_from_what_others_say(view: View) -> None:
    [family] = [held for held in families(view) if held.slug == "agreement-1998-04-10"]
    assert finding_of(family).verdict is Agreement.CANNOT_TELL
    values = {k.claim.slug: k.claim.value for k in view.known.claims.values() if k.claim.question == "Q1"}
    assert set(values) == {"not-signed", "signing"}
    told = finding_in_english(view, family)
    assert "Whether it was signed is contested: no (PA-X agreements database) / yes (CAIN archive)." in told


def test_no_party_sees_more_of_the_opening_than_another() -> None:
    talks = replay(opening(read_talks("good-friday-1998"), kind=Kind.EXERCISE, at=START))
    counts = {seat: len(view_for(talks, seat).notices) for seat in PARTIES}
    assert len(set(counts.values())) == 1
