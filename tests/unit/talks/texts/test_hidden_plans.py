"""What was planned before somebody was told of the version is stopped all the same when a ratifier refuses."""

from __future__ import annotations

from goodoffices.talks.exchange.items import FileItem
from goodoffices.talks.rounds.delegations import NameRatifier
from goodoffices.talks.texts.ratification import EnterIntoForce, RecordRatification
from stories import words
from text_stories import Talks


def planned() -> Talks:
    """Plan an entry into force before a party is told of the version, and let that party name a ratifier."""
    story = Talks()
    story.release(story.table(), "kaz", equal=False)
    local = f"{story.in_minutes(100):%Y-%m-%dT%H:%M}"
    story.do("kaz", EnterIntoForce(version="v1", local=local, zone="UTC", ground="on the day"))
    story.release("v1", "gov", equal=False)
    story.do("gov", NameRatifier(round="r1", ratifier="A house", method="vote"))
    return story


def test_t19_a_refused_version_does_not_enter_into_force_by_a_plan_that_the_party_never_saw() -> None:
    story = planned()
    story.do("gov", RecordRatification(version="v1", ratifier="A house", ratified=False))
    assert story.wait(200) == ()
    assert [force.state for force in story.view("kaz").known.forces.values()] == ["stopped"]
    assert "refused" not in repr(story.view("kaz").notices[-1].data)


def test_a_ratified_version_enters_into_force_as_planned() -> None:
    story = planned()
    story.do("gov", RecordRatification(version="v1", ratifier="A house", ratified=True))
    assert [act.kind for act in story.wait(200)] == ["EnteredIntoForce"]


def test_a_ratification_rests_on_a_claim_and_on_nothing_else() -> None:
    story = planned()
    story.do("gov", FileItem(words=(words("A paper of our own."),)))
    told = RecordRatification(version="v1", ratifier="A house", ratified=True, claim="m1")
    assert story.refused("gov", told) == "unknown"
