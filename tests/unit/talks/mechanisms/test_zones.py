"""Zones: a version that not all its parties approved is never used as if it were agreed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from goodoffices.talks.ceasefire.commands import FileAllegation, ReadTerms
from goodoffices.talks.ceasefire.rule_status import Answer, RuleStatus, rule_statuses
from goodoffices.talks.mechanisms.zones import ApproveZone, ProposeZone
from goodoffices.talks.model.ceasefire import ActRule, Area, CeasefireTerms, InForce
from properties.worlds.cast import the_talks
from stories import Story, words

FORCE = InForce(instant=datetime(2016, 12, 30, tzinfo=UTC), zone="Asia/Damascus")
TERMS = CeasefireTerms(
    slug="t", title="T", covered=("gov", "opp"), zones=("ghouta",), in_force=(FORCE,),
    rules=(ActRule(clause="1", kinds=("shelling",)),),
)  # fmt: skip


def zoned() -> Story:
    """Terms that hold in a zone, and shelling in Hama, which the zone may take in."""
    story = Story(replace(the_talks(), areas=(Area(slug="hama", names=()), Area(slug="homs", names=()))))
    story.do("un", ReadTerms(terms=TERMS))
    for area in ("hama", "homs"):
        story.do("rus", FileAllegation(ledger="j1", kind="shelling", area=area, alleged_violator="gov",
                                       occurred_from=datetime(2017, 1, 10, tzinfo=UTC)))  # fmt: skip
    return story


def status(story: Story, allegation: str = "a1") -> RuleStatus:
    known = story.view("un").known
    [one] = rule_statuses(known, known.allegations[allegation])
    return one


def test_c10_a_version_without_the_approval_of_all_its_parties_makes_the_place_unknown() -> None:
    story = zoned()
    assert status(story).place is Answer.UNKNOWN, "nobody has said where the zone lies"
    story.do("un", ProposeZone(slug="ghouta", title="Ghouta", areas=("hama",), parties=("gov", "opp")))
    assert not story.view("opp").known.zones["zo1"].is_agreed
    story.do("gov", ApproveZone(zone_version="zo1"))
    assert status(story).place is Answer.UNKNOWN
    assert status(story).standing == "unclear"
    assert status(story, "a2").place is Answer.UNKNOWN, "what lies outside is not known either"
    story.do("opp", ApproveZone(zone_version="zo1"))
    assert story.view("gov").known.zones["zo1"].is_agreed
    assert (status(story).place, status(story).standing) == (Answer.YES, "prohibited")
    assert status(story, "a2").place is Answer.NO


def test_c10_an_approval_holds_for_no_other_version() -> None:
    story = zoned()
    zone = ProposeZone(slug="ghouta", title="Ghouta", areas=("hama",), parties=("gov", "opp"))
    story.do("un", zone)
    for seat in ("gov", "opp"):
        story.do(seat, ApproveZone(zone_version="zo1"))
    story.do("un", replace(zone, areas=("homs",)))
    second = story.view("un").known.zones["zo2"]
    assert (second.number, second.is_agreed) == (2, False)
    assert (status(story).place, status(story, "a2").place) == (Answer.YES, Answer.NO), "the agreed version holds"
    for seat in ("gov", "opp"):
        story.do(seat, ApproveZone(zone_version="zo2"))
    assert (status(story).place, status(story, "a2").place) == (Answer.NO, Answer.YES)


def test_who_is_no_party_to_a_zone_does_not_approve_it_and_others_do_not_read_it() -> None:
    story = zoned()
    few = ProposeZone(slug="ghouta", title="Ghouta", areas=("hama",), parties=("gov", "opp"), to=("rus",))
    [act] = story.do("un", few)
    assert {seat for seat, _ in act.audience} == {"un", "gov", "opp", "rus"}
    assert story.refused("rus", ApproveZone(zone_version="zo1")) == "not_yours"
    assert story.refused("tur", ApproveZone(zone_version="zo1")) == "unknown"
    story.do("gov", ApproveZone(zone_version="zo1"))
    assert story.refused("gov", ApproveZone(zone_version="zo1")) == "done"
    assert story.refused("un", replace(few, areas=("nowhere",))) == "unknown"
    assert story.refused("un", replace(few, parties=())) == "unknown"


@pytest.mark.parametrize(
    ("areas", "places", "said"),
    [((), "Ain al-Fijah\nBasimah", ""), ((), "", "the valley above the spring"), (("hama",), "Basimah", "")],
)
def test_a_zone_named_by_its_places_or_in_words_can_be_agreed_and_people_read_how_far_it_reaches(
    areas: tuple[str, ...], places: str, said: str
) -> None:
    story = zoned()
    named = ProposeZone(
        slug="ghouta", title="Ghouta", areas=areas, parties=("gov", "opp"),
        places=words(places) if places else None, words=words(said) if said else None,
    )  # fmt: skip
    story.do("un", named)
    for seat in ("gov", "opp"):
        story.do(seat, ApproveZone(zone_version="zo1"))
    view = story.view("gov")
    held = view.known.zones["zo1"]
    assert (held.is_agreed, held.is_judged_by) == (True, False)
    assert (view.text(held.places) or "", view.text(held.words) or "") == (places, said)
    assert status(story).place is (Answer.YES if areas else Answer.UNKNOWN)
    assert status(story, "a2").place is Answer.UNKNOWN, "how far it reaches is read by people"


def test_a_zone_that_nobody_says_the_place_of_is_refused() -> None:
    story = zoned()
    bare = ProposeZone(slug="ghouta", title="Ghouta", parties=("gov", "opp"))
    assert story.refused("un", bare) == "no_place"
    assert story.refused("un", replace(bare, words=words(" "))) == "no_place"
