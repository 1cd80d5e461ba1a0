"""A mechanism: anybody alleges, then five hands in turn; each holder finds its step, and nobody else takes it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from goodoffices.formats.talks_file.reader import read_text
from goodoffices.talks.ceasefire.answers import AnswerAllegation, NotifyParty
from goodoffices.talks.ceasefire.commands import FileAllegation, OpenLedger, WithdrawAllegation
from goodoffices.talks.ceasefire.findings import AdoptFinding, RecordVerification, ScreenAllegation
from goodoffices.talks.ceasefire.incidents import OpenIncident
from goodoffices.talks.ceasefire.queries import ledger_totals
from goodoffices.talks.mechanisms.allegation_states import allegation_state, incident_state, next_step, steps_of
from goodoffices.talks.mechanisms.inquiries import (
    CloseInquiry,
    OpenInquiry,
    ReopenIncident,
    ReportMeasure,
    TakeMeasure,
)
from goodoffices.talks.mechanisms.steps import AgreeToStep, NameMechanism, ProposeFinding
from goodoffices.talks.model.ceasefire import STEPS
from goodoffices.web.pages.needs import needs
from goodoffices.web.pages.page import PageContext
from stories import Story, words

JOINT = NameMechanism(
    slug="joint", title="Joint monitoring", first_look=("sec",), verification=("tur",), legal_check=("un",),
    committee=("rus", "tur", "un"), asking=("un",), rule="majority",
)  # fmt: skip


def alleged(mechanism: NameMechanism | None = JOINT) -> Story:
    story = Story()
    if mechanism is not None:
        story.do("un", mechanism)
    story.do("gov", OPEN)
    [ledger] = [h for h, held in story.view("gov").known.ledgers.items() if held.ledger.slug == "of-gov"]
    at = story.at - timedelta(days=2)
    story.do("gov", FileAllegation(ledger=ledger, kind="shelling", occurred_from=at, area="hama"))
    return story


OPEN = OpenLedger(slug="of-gov", title="Ours")
LOOK = ScreenAllegation(allegation="a1", result="in")
FOUND = AdoptFinding(allegation="a1", result="unresolved", grounds=words("g"), no_attribution="nobody saw it")


def verification(story: Story) -> RecordVerification:
    return RecordVerification(allegation="a1", result="verified", method="a visit", day=story.at.date())


def waiting(story: Story) -> dict[str, list[str]]:
    """Which seats hold the step that the allegation waits for."""
    return {
        step: [
            seat for seat in ("gov", "opp", "rus", "tur", "un", "sec") if step in steps_of(story.view(seat).known, seat)
        ]
        for step in STEPS
    }


def only(step: str, *seats: str) -> dict[str, list[str]]:
    return {one: list(seats) if one == step else [] for one in STEPS}


def test_the_five_hands_take_their_steps_in_turn_and_each_finds_its_own() -> None:
    story = alleged()
    assert waiting(story) == only("first-look", "sec")
    assert story.refused("gov", LOOK) == "not_yours", "the keeper of the ledger does not look first here"
    story.do("sec", LOOK)
    assert waiting(story) == only("verification", "tur")
    assert story.refused("un", verification(story)) == "not_yours"
    story.do("tur", verification(story))
    assert waiting(story) == only("legal-check", "un")
    proposed = ProposeFinding(allegation="a1", result="unresolved", grounds=words("the clause is silent"))
    assert story.refused("tur", proposed) == "not_yours"
    story.do("un", proposed)
    assert not story.view("gov").known.allegations["a1"].findings, "nothing is found by a proposal"
    assert waiting(story) == only("committee", "rus", "tur", "un")
    assert story.refused("un", FOUND) == "rule_not_met"
    story.do("rus", AgreeToStep(allegation="a1", what="finding"))
    story.do("tur", AgreeToStep(allegation="a1", what="finding", agrees=False, words=words("too early")))
    assert story.refused("un", FOUND) == "rule_not_met", "one of three is not a majority"
    story.do("un", AgreeToStep(allegation="a1", what="finding"))
    story.do("un", FOUND)
    held = story.view("sec").known.allegations["a1"]
    assert [(one.by, one.agrees) for one in held.agreements] == [("rus", True), ("tur", False), ("un", True)]
    assert waiting(story) == only("asking", "un")
    asked = NotifyParty(allegation="a1", to="opp", answer_by=story.in_minutes(60), shown="what-and-where")
    assert story.refused("gov", asked) == "not_yours"
    story.do("un", asked)
    assert waiting(story) == {step: [] for step in STEPS}
    story.do("opp", AnswerAllegation(allegation="a1", says="disputes"))
    assert allegation_state(story.view("gov").known, story.view("gov").known.allegations["a1"]) == "closed"


def test_c26_a_dissent_in_the_committee_stands_beside_the_finding_for_all_who_read_it() -> None:
    story = alleged()
    for seat, agrees in (("rus", True), ("un", True), ("tur", False)):
        story.do(seat, AgreeToStep(allegation="a1", what="finding", agrees=agrees, words=words(f"so says {seat}")))
    story.do("un", FOUND)
    for seat in ("gov", "sec", "rus"):
        view = story.view(seat)
        held = view.known.allegations["a1"]
        [against] = [one for one in held.agreements if not one.agrees]
        assert (len(held.findings), against.by, view.text(against.words)) == (1, "tur", "so says tur")


def test_what_needs_me_names_the_step_to_its_holder_and_to_nobody_else() -> None:
    story = alleged()
    story.do("sec", LOOK)
    for seat in ("gov", "rus", "tur", "un"):
        context = PageContext(view=story.view(seat), at=story.at, would=lambda _: None)
        named = [(one.named, one.number, one.handle) for one in needs(context) if one.sort == "step"]
        assert named == ([("verification", 1, "a1")] if seat == "tur" else [])


def test_a_seat_that_is_not_of_the_committee_agrees_to_nothing() -> None:
    story = alleged()
    assert story.refused("gov", AgreeToStep(allegation="a1", what="finding")) == "not_yours"
    assert story.refused("un", AgreeToStep(allegation="a1", what="nothing")) == "bad_value"
    assert story.refused("un", ProposeFinding(allegation="a1", result="violation", grounds=words("g"))) == "no_rule"


def test_the_last_word_of_a_seat_counts_and_all_means_all() -> None:
    story = alleged(replace(JOINT, rule="all"))
    for seat in ("rus", "tur", "un"):
        story.do(seat, AgreeToStep(allegation="a1", what="finding"))
    story.do("rus", AgreeToStep(allegation="a1", what="finding", agrees=False))
    assert story.refused("un", FOUND) == "rule_not_met"
    story.do("rus", AgreeToStep(allegation="a1", what="finding"))
    story.do("un", FOUND)


def test_without_a_mechanism_every_seat_with_the_power_takes_a_step_as_before() -> None:
    story = alleged(None)
    story.do("gov", LOOK)
    story.do("un", verification(story))
    story.do("un", FOUND)
    assert next_step(story.view("un").known, story.view("un").known.allegations["a1"]) is None


def test_a_mechanism_takes_allegations_from_its_own_ledgers_alone() -> None:
    story = alleged(replace(JOINT, ledgers=("rus-ledger",)))
    story.do("gov", LOOK)
    assert story.refused("un", replace(JOINT, ledgers=("nowhere",))) == "unknown"
    assert story.refused("un", replace(JOINT, committee=("nobody",))) == "unknown"


@pytest.mark.parametrize("mechanism", [JOINT, None])
def test_an_inquiry_is_opened_and_closed_by_the_rule_or_by_a_second_person(mechanism: NameMechanism | None) -> None:
    story = alleged(mechanism)
    opened = OpenInquiry(allegation="a1", task=words("who fired?"), members=("un", "tur"), until=story.at.date())
    if mechanism is None:
        assert story.refused("un", opened, second="Amal") == "two_persons"
    else:
        assert story.refused("un", opened) == "rule_not_met"
        for what in ("open-inquiry", "close-inquiry"):
            for seat in ("rus", "un"):
                story.do(seat, AgreeToStep(allegation="a1", what=what))
    assert story.refused("un", replace(opened, members=())) == "unknown"
    assert story.refused("un", replace(opened, until=story.at.date() - timedelta(days=1))) == "past"
    story.do("un", opened)
    known = story.view("gov").known
    assert allegation_state(known, known.allegations["a1"]) == "under-inquiry"
    closed = CloseInquiry(inquiry="iq1", outcome=words("nobody could be asked"))
    story.do("un", closed)
    assert story.refused("un", closed) == "done"
    assert story.view("gov").text(story.view("gov").known.inquiries["iq1"].outcome) == "nobody could be asked"
    assert allegation_state(story.view("gov").known, story.view("gov").known.allegations["a1"]) == "filed"


def test_c14_a_measure_is_read_by_those_named_and_changes_no_count() -> None:
    story = alleged()
    before = [ledger_totals(held) for held in story.view("gov").known.ledgers.values()]
    taken = TakeMeasure(what=words("a warning"), against="gov", due=story.at.date(), to=("un", "gov"), allegation="a1")
    [act] = story.do("rus", taken)
    assert {seat for seat, _ in act.audience} == {"rus", "un", "gov"}
    assert not story.view("opp").known.measures
    assert story.refused("un", ReportMeasure(measure="ms1", state="done")) == "not_yours"
    assert story.refused("rus", ReportMeasure(measure="ms1", state="well")) == "bad_value"
    story.do("rus", ReportMeasure(measure="ms1", state="not-done", words=words("it left first")))
    held = story.view("gov").known.measures["ms1"]
    assert (held.state, held.against, held.allegation) == ("not-done", "gov", "a1")
    assert [ledger_totals(held) for held in story.view("gov").known.ledgers.values()] == before
    assert story.refused("rus", replace(taken, against="nobody")) == "unknown"


def test_an_incident_is_opened_again_for_a_reason_and_what_was_found_stays() -> None:
    story = alleged(None)
    story.do("sec", OpenIncident(allegations=("a1",)))
    assert incident_state(story.view("un").known, "x1") == "open"
    story.do("un", verification(story))
    assert incident_state(story.view("un").known, "x1") == "verified"
    story.do("un", FOUND)
    assert incident_state(story.view("un").known, "x1") == "unresolved"
    assert story.refused("un", ReopenIncident(incident="x1", reason=words(" "))) == "needs_reason"
    story.do("un", ReopenIncident(incident="x1", reason=words("a new photograph")))
    assert incident_state(story.view("gov").known, "x1") == "reopened"
    assert story.view("gov").known.allegations["a1"].findings[0].result == "unresolved"


def test_what_is_withdrawn_waits_for_no_step() -> None:
    story = alleged()
    story.do("gov", WithdrawAllegation(allegation="a1"))
    assert waiting(story) == {step: [] for step in STEPS}
    assert allegation_state(story.view("un").known, story.view("un").known.allegations["a1"]) == "withdrawn"


FILE = """
actors:
  un: {kind: organisation, names: {en: UN}}
  rus: {kind: state, names: {en: Russia}}
seats:
  un: {actor: un, roles: [mediator]}
  rus: {actor: rus, roles: [guarantor]}
ledgers:
  ledger-rus: {keeper: rus}
mechanisms:
  joint: {title: Joint, ledgers: [ledger-rus], first_look: [un], committee: [rus, un], rule: majority}
"""


def test_a_talks_file_names_a_mechanism_with_who_holds_which_step(tmp_path: Path) -> None:
    reading, _ = read_text(FILE, str(tmp_path / "talks.yaml"))
    assert reading.talks is not None, reading.report
    [named] = reading.talks.mechanisms
    assert (named.seats("first-look"), named.seats("committee"), named.rule) == (("un",), ("rus", "un"), "majority")
    [held] = Story(reading.talks).view("rus").known.mechanisms.values()
    assert held.mechanism == named
    wrong, _ = read_text(FILE.replace("[ledger-rus], first", "[nowhere], first"), "talks.yaml")
    assert wrong.talks is None
