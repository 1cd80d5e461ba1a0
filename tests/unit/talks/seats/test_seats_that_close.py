"""A seat that closes: told to those who knew of it and to nobody else, and no longer counted in what is decided."""

from __future__ import annotations

from goodoffices.talks.base.enums import Role
from goodoffices.talks.decisions.commands import AnswerQuestion, PutQuestion
from goodoffices.talks.seats.commands import CloseSeat, GiveSeat
from goodoffices.talks.voting.explanations import DecisionVerdict
from goodoffices.talks.voting.rules import Says, Unanimity
from stories import Story
from text_stories import Talks


def test_a_back_channel_that_closes_is_no_news_to_those_who_never_knew_of_it() -> None:
    story = Story()
    before = {seat: story.view(seat).head for seat in ("gov", "opp", "rus", "ana", "public")}
    story.do("sec", GiveSeat(slug="back", actor="group-a", roles=(Role.PARTY,), known_to=("un",)))
    story.do("sec", CloseSeat(slug="back"))
    assert {seat: story.view(seat).head for seat in before} == before
    for seat in ("un", "sec", "back"):
        assert story.view(seat).known.seats["back"].closed


def test_a_seat_that_all_know_is_closed_before_all() -> None:
    story = Story()
    story.do("sec", CloseSeat(slug="usa"))
    for seat in ("gov", "opp", "un", "usa", "sec"):
        assert story.view(seat).known.seats["usa"].closed


def test_whoever_has_left_is_not_counted_when_the_clock_declares() -> None:
    story = Talks()
    story.release(story.table())
    closes_at = story.in_minutes(60)
    story.do("un", PutQuestion(rule=Unanimity(), eligible=("gov", "opp"), version="v1", closes_at=closes_at))
    story.do("opp", AnswerQuestion(question="y1", says=Says.ACCEPTS))
    story.do("gov", AnswerQuestion(question="y1", says=Says.OBJECTS))
    story.do("sec", CloseSeat(slug="gov"))
    story.wait(90)
    question = story.view("un").known.questions["y1"]
    assert (question.eligible, question.verdict) == (("opp",), DecisionVerdict.PASSES)
