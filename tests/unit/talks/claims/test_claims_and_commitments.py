"""Claims, names, recognition, commitments, guarantees, succession."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from goodoffices.errors import ScenarioError
from goodoffices.reports.brief.commitments import happened_text
from goodoffices.talks.base.enums import ActorKind, ChangeKind, Kind, ReportState, Role, Stand, Strength, ValueKind
from goodoffices.talks.claims.commands import (
    DeclareDistinct,
    DeclareSame,
    EnterClaim,
    EnterSource,
    MarkCompatible,
    MarkContradiction,
    NameActor,
    ReplaceClaim,
)
from goodoffices.talks.claims.contradictions import contradictions
from goodoffices.talks.claims.later_words import is_later_word, later_word
from goodoffices.talks.claims.positions import Assess, RecogniseRole, StatePosition
from goodoffices.talks.commitments.commands import (
    CarryForward,
    EndGuarantee,
    GiveGuarantee,
    MoveDue,
    RecordChange,
    RecordCommitment,
    ReportCommitment,
    StateSuccession,
)
from goodoffices.talks.commitments.queries import owed, recognitions_of, successions
from goodoffices.talks.model.actors import Actor, Name
from goodoffices.talks.model.claims import Claim, Link, Source, Value
from goodoffices.talks.model.obligations import ActorChange
from stories import Story, words


def claim(number: int, slug: str = "a-claim", **more: Any) -> Claim:
    made = Claim(
        slug=slug,
        about="group-a",
        aspect="signed",
        value=Value(kind=ValueKind.NUMBER, low=number, high=number),
        chain=(Link(speaker="An agency"),),
        strength=Strength.NAMED,
    )
    return replace(made, **more)


def test_r26_a_claim_needs_a_chain_and_a_known_source() -> None:
    with pytest.raises(ScenarioError, match="no chain"):
        claim(7, chain=())
    story = Story()
    assert story.refused("ana", EnterClaim(claim=claim(7, chain=(Link(speaker=" "),)))) == "no_chain"
    assert story.refused("ana", EnterClaim(claim=claim(7, source="nowhere"))) == "unknown"
    story.do("ana", EnterSource(source=Source(slug="nowhere", publisher="A paper")))
    story.do("ana", EnterClaim(claim=claim(7, source="nowhere")))


def test_contradictory_claims_stand_side_by_side_until_a_person_marks_them_compatible() -> None:
    story = Story()
    story.do("ana", EnterClaim(claim=claim(7, asserted_on=date(2016, 12, 29))))
    story.do("un", EnterClaim(claim=claim(11, "b-claim", asserted_on=date(2016, 12, 31))))
    [found] = contradictions(story.view("gov").known)
    assert [c.claim.value.low for c in found.claims] == [7, 11]
    story.do("ana", MarkCompatible(claims=("k1", "k2"), why="persons and groups"))
    assert not contradictions(story.view("gov").known)
    story.do("ana", MarkContradiction(claims=("k1", "k2"), why="both mean groups"))
    assert contradictions(story.view("gov").known)[-1].marked
    assert story.refused("ana", MarkContradiction(claims=("k1", "k1"), why="x")) == "bad_value"


def test_who_declared_a_contradiction_takes_it_back_and_nobody_else_does() -> None:
    story = Story()
    story.do("ana", EnterClaim(claim=claim(7, asserted_on=date(2016, 12, 29))))
    story.do("un", EnterClaim(claim=claim(11, "b-claim", asserted_on=date(2016, 12, 31))))
    story.do("ana", MarkContradiction(claims=("k1", "k2"), why="both mean groups"))
    [found] = contradictions(story.view("gov").known)
    assert found.marked
    assert [c.claim.value.low for c in found.claims] == [7, 11]
    story.do("ana", MarkCompatible(claims=("k1", "k2"), why="persons and groups"))
    assert not contradictions(story.view("gov").known)


def test_an_author_replaces_its_own_claim_and_the_old_one_stays_readable() -> None:
    story = Story()
    story.do("ana", EnterClaim(claim=claim(7)))
    assert story.refused("un", ReplaceClaim(old="k1", claim=claim(8), why="heard better")) == "not_yours"
    story.do("ana", ReplaceClaim(old="k1", claim=claim(8), why="a slip"))
    known = story.view("gov").known.claims
    assert (known["k1"].replaced_by, known["k2"].claim.value.low) == ("k2", 8)
    assert story.refused("ana", ReplaceClaim(old="k1", claim=claim(9), why="again")) == "done"


def test_a_claim_in_a_compartment_is_seen_there_only_and_so_is_its_mark() -> None:
    story = Story()
    story.do("ana", EnterClaim(claim=claim(7)))
    story.do("ana", EnterClaim(claim=claim(9, "secret", compartment="team")))
    [act] = story.do("ana", MarkContradiction(claims=("k1", "k2"), why="numbers"))
    assert {seat for seat, _ in act.audience} == {"ana", "un"}
    assert len(story.view("gov").known.claims) == 1
    assert story.refused("ana", EnterClaim(claim=claim(7, "c-claim", compartment="nobody"))) == "unknown"


def test_r28_homonyms_are_one_only_if_a_person_says_so_and_not_once_another_undoes_it() -> None:
    story = Story()
    both = ("group-a", "group-b")
    story.do("ana", NameActor(actor=Actor(slug="group-a", kind=ActorKind.FACTION, names=(Name(text="The group-b"),))))
    assert len({*both} & set(story.view("gov").known.actors)) == 2
    assert story.refused("ana", DeclareSame(actors=both, ground=" ")) == "bad_value"
    story.do("ana", DeclareSame(actors=both, ground="same person on two lists"))
    story.do("ana", DeclareDistinct(actors=both, ground="no: two persons"))
    assert [same.same for same in story.view("gov").known.sames] == [True, False]
    assert {*both} <= set(story.view("gov").known.actors)


def test_r29_in_live_talks_an_assessment_never_reaches_the_assessed() -> None:
    about_gov = Assess(
        party="gov", issue="who-watches", quantity="salience", value="0.4", source="own", strength="inference"
    )
    shared = replace(about_gov, compartment="team")
    for kind, told in ((Kind.LIVE, ["ana"]), (Kind.EXERCISE, ["ana"])):
        [act] = Story(kind=kind).do("ana", about_gov)
        assert [seat for seat, _ in act.audience] == told
    about_un = replace(shared, party="un")
    assert Story(kind=Kind.LIVE).refused("ana", about_un) == "about_viewer"
    [act] = Story(kind=Kind.EXERCISE).do("ana", about_un)
    assert {seat for seat, _ in act.audience} == {"ana", "un"}


def test_r23_a_guarantee_is_given_by_the_guarantor_and_shown_with_every_recognition_of_its_role() -> None:
    story = Story()
    story.do("opp", RecogniseRole(of="rus", role=Role.GUARANTOR, stand=Stand.NO))
    story.do("gov", RecogniseRole(of="rus", role=Role.GUARANTOR, stand=Stand.YES))
    story.do("rus", GiveGuarantee(beneficiary="gov", subject="The truce", text="copy one"))
    known = story.view("usa").known
    [held] = known.guarantees.values()
    assert (held.guarantee.guarantor, held.guarantee.beneficiary, held.guarantee.text) == ("rus", "gov", "copy one")
    assert {r.recognition.stand for r in recognitions_of(known, held)} == {Stand.NO, Stand.YES}
    assert story.refused("tur", EndGuarantee(guarantee="u1")) == "self_only"
    story.do("rus", EndGuarantee(guarantee="u1"))
    assert story.refused("rus", EndGuarantee(guarantee="u1")) == "done"


def test_r22_a_commitment_binds_only_who_undertook_it_itself() -> None:
    story = Story()
    story.do("ana", RecordCommitment(slug="lift", obligors=("gov", "opp"), what="Lift the siege"))
    story.do("gov", RecordCommitment(slug="lists", obligors=("gov",), what="Hand over the list", due=date(2017, 2, 1)))
    assert story.refused("gov", RecordCommitment(slug="x", obligors=("opp",), what="x")) == "self_only"
    standing = {(row.obligor, row.commitment.commitment.slug): row.standing for row in owed(story.view("un").known)}
    assert standing == {
        ("gov", "lift"): "attributed, not undertaken",
        ("opp", "lift"): "attributed, not undertaken",
        ("gov", "lists"): "undertaken",
    }
    story.do("gov", MoveDue(commitment="o2", due=date(2017, 3, 1)))
    assert story.refused("opp", MoveDue(commitment="o2", due=date(2017, 4, 1))) == "not_yours"
    held = story.view("un").known.commitments["o2"].commitment
    assert [due.due for due in held.due] == [date(2017, 2, 1), date(2017, 3, 1)]
    story.do("un", CarryForward(commitment="o2", round="r1"))
    assert story.refused("un", CarryForward(commitment="o2", round="r1")) == "done"


def test_contradictory_reports_stand_side_by_side() -> None:
    story = Story()
    story.do("gov", RecordCommitment(slug="lists", obligors=("gov",), what="Hand over the list"))
    story.do("gov", ReportCommitment(commitment="o1", state=ReportState.MET))
    story.do("opp", ReportCommitment(commitment="o1", state=ReportState.BREACHED, words=words("Nothing came.")))
    assert "“Nothing came.”" in happened_text(story.view("un"), story.view("un").known.commitments["o1"])
    reports = story.view("un").known.commitments["o1"].reports
    assert [(report.by, report.state) for report in reports] == [("gov", "met"), ("opp", "breached")]


def test_r24_after_a_merger_who_owes_is_unclear_until_the_successor_itself_speaks() -> None:
    story = Story()
    story.do("ana", RecordCommitment(slug="halt", obligors=("group-a",), what="Halt fire"))
    change = ActorChange(slug="merger", kind=ChangeKind.MERGE, sources=("group-a",), targets=("opp", "tur"))
    story.do("ana", RecordChange(change=change))
    assert {row.state for row in successions(story.view("un").known)} == {"unclear"}
    assert [row.standing for row in owed(story.view("un").known)] == ["unclear"]
    assert story.refused("gov", StateSuccession(commitment="o1", state="assumes")) == "self_only"
    assert story.refused("opp", StateSuccession(commitment="o1", state="perhaps")) == "bad_value"
    story.do("opp", StateSuccession(commitment="o1", state="assumes"))
    states = {row.successor: row.state for row in successions(story.view("un").known)}
    assert states == {"opp": "assumes", "tur": "unclear"}


def test_a_position_names_an_issue_and_an_option_of_the_agenda() -> None:
    story = Story()
    assert story.refused("gov", StatePosition(issue="nothing", option="committee")) == "unknown"
    assert story.refused("gov", StatePosition(issue="who-watches", option="nobody")) == "unknown"
    assert story.refused("gov", StatePosition(issue="who-watches")) == "bad_value"
    [act] = story.do("gov", StatePosition(issue="who-watches", option="committee", to=("un",)))
    assert {seat for seat, _ in act.audience} == {"gov", "un"}


def test_an_actors_own_later_word_takes_the_place_of_its_earlier_one() -> None:
    own = {"strength": Strength.OWN_WORD, "aspect": "position: Whose are the wells?"}
    first = claim(7, asserted_on=date(2016, 12, 29), **own)
    story = Story()
    story.do("ana", EnterClaim(claim=first))
    story.do("ana", EnterClaim(claim=claim(11, "b-claim", asserted_on=date(2016, 12, 31), **own)))
    known = story.view("ana").known
    assert contradictions(known) == ()
    earlier, later = known.claims.values()
    assert later_word(known, earlier) == later
    assert later_word(known, later) is None
    assert not is_later_word(replace(first, asserted_on=date(2017, 1, 1), strength=Strength.NAMED), first)
    in_writing = replace(first, asserted_on=date(2017, 1, 1), strength=Strength.DOCUMENT)
    assert is_later_word(in_writing, first)
    assert not is_later_word(replace(in_writing, aspect="signed"), replace(first, aspect="signed"))
    signed = replace(first, aspect="signed")
    other = replace(signed, asserted_on=date(2017, 1, 1), chain=(Link(speaker="Another agency"),))
    assert not is_later_word(other, signed)
