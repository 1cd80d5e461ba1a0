"""A version that goes out more than once: to others later, or again to who has it, by the same pen or a new one."""

from __future__ import annotations

from goodoffices.talks.decisions.commands import AnswerQuestion, DeclareOutcome, PutQuestion
from goodoffices.talks.texts.pens import AskPen, PassPen
from goodoffices.talks.texts.releases import ReadOut, ReleaseVersion
from goodoffices.talks.texts.rendered_version import copy_mark
from goodoffices.talks.voting.rules import Says, Unanimity
from text_stories import FIRST, Talks

ALOUD = ReadOut(version="v1", language="en", public=True)


def test_an_embargo_is_not_lifted_by_showing_the_version_to_one_more() -> None:
    story = Talks()
    story.release(story.table(), "gov", equal=False, embargo_until=story.in_minutes(600))
    story.release("v1", "kaz", equal=False)
    story.release("v1", "opp", equal=False, embargo_until=story.in_minutes(60))
    for seat in ("kaz", "un"):
        assert story.refused(seat, ALOUD) == "embargoed"
    story.wait(60)
    assert story.refused("kaz", ALOUD) == "embargoed"
    story.wait(600)
    story.do("kaz", ALOUD)


def test_an_embargo_that_is_over_binds_nobody_who_comes_later() -> None:
    story = Talks()
    story.release(story.table(), "gov", equal=False, embargo_until=story.in_minutes(10))
    story.wait(20)
    story.release("v1", "kaz", equal=False)
    assert story.view("kaz").known.versions["v1"].embargo_until is None


def passed_on(*papers: str) -> Talks:
    """Release a version to both parties, and pass the pen to one of them."""
    story = Talks()
    story.release(story.table(*papers))
    story.do("gov", AskPen(text="tx1"))
    story.do("un", PassPen(text="tx1", to="gov"))
    return story


def test_a_new_pen_that_shows_a_version_again_takes_no_language_away() -> None:
    story = passed_on(FIRST, FIRST.replace("It begins", "يبدأ"))
    before = story.view("opp").known.versions["v1"]
    mark = copy_mark(story.view("opp"), before)
    story.do("gov", ReleaseVersion(version="v1", to=("opp", "rus"), languages=("en",), equal=False))
    after = story.view("opp").known.versions["v1"]
    assert (after.languages, after.papers, after.order) == (("en", "ar"), before.papers, before.order)
    assert copy_mark(story.view("opp"), after) == mark
    assert story.view("rus").known.versions["v1"].languages == ("en",)


def test_a_version_that_was_adopted_stays_adopted_when_it_is_shown_again() -> None:
    story = Talks()
    story.release(story.table())
    story.do("un", PutQuestion(rule=Unanimity(), eligible=("gov", "opp"), version="v1"))
    for seat in ("gov", "opp"):
        story.do(seat, AnswerQuestion(question="y1", says=Says.ACCEPTS))
    story.do("un", DeclareOutcome(question="y1"))
    story.do("gov", AskPen(text="tx1"))
    story.do("un", PassPen(text="tx1", to="gov"))
    story.do("gov", ReleaseVersion(version="v1", to=("opp",), equal=False))
    assert story.view("opp").known.versions["v1"].state == "adopted"
