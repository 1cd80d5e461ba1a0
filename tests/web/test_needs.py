"""What needs a seat: each thing with its first words and its page, and nothing that others have to do."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from goodoffices.reports.messages.act_sentences import told
from goodoffices.talks.base.enums import Form, Role
from goodoffices.talks.claims.commands import EnterSource
from goodoffices.talks.commitments.commands import RecordCommitment
from goodoffices.talks.exchange.items import ClearItem, FileItem, HandItem, NarrowClearance
from goodoffices.talks.exchange.relays import AnswerReadBack, ReadBack, RelayItem, ShowWording
from goodoffices.talks.model.claims import Source
from goodoffices.talks.rounds.rounds import Invite
from goodoffices.web.pages.home import HOME
from goodoffices.web.pages.needs import Need, needs
from goodoffices.web.pages.page import PageContext
from stories import Story, words


def of(story: Story, seat: str, since: int = 0) -> list[Need]:
    context = PageContext(view=story.view(seat), at=story.at, would=lambda _: None, since=since)
    return [one for one in needs(context) if one.sort != "service"]


def sorts(story: Story, seat: str) -> list[str]:
    return [one.sort for one in of(story, seat)]


def test_a_paper_that_was_handed_waits_first_for_a_clearance_and_then_to_be_told() -> None:
    story = Story()
    story.do("opp", FileItem(words=(words("We propose a corridor."),)))
    story.do("opp", HandItem(item="m1", to="un"))
    [held] = of(story, "un")
    assert (held.sort, held.page, held.seats) == ("held", "relays/m1", ("opp",))
    assert story.view("un").text(held.words) == "We propose a corridor."
    until = story.in_minutes(90)
    story.do("opp", ClearItem(item="m1", to=("gov", "rus"), form=Form.PARAPHRASE, until=until))
    [tell] = of(story, "un")
    assert (tell.sort, tell.seats, tell.until) == ("tell", ("opp", "gov", "rus"), until)
    story.do("un", RelayItem(item="m1", to="gov", form=Form.PARAPHRASE, words=words("so")))
    [tell] = of(story, "un")
    assert tell.seats == ("opp", "rus")
    story.do("opp", NarrowClearance(clearance="c1"))
    assert of(story, "un") == []
    assert sorts(story, "opp") == sorts(story, "gov") == []


def test_who_carries_a_paper_is_not_asked_to_tell_itself() -> None:
    story = Story()
    story.do("opp", FileItem(words=(words("We propose a corridor."),)))
    for carrier in ("un", "tur"):
        story.do("opp", HandItem(item="m1", to=carrier))
    story.do("opp", ClearItem(item="m1", to=("gov", "un", "tur"), form=Form.PARAPHRASE))
    for carrier, other in (("un", "tur"), ("tur", "un")):
        [tell] = of(story, carrier)
        assert tell.seats == ("opp", "gov", other)
        view = story.view(carrier)
        assert view.known.clearances[view.known.items["m1"].clearances[0]].to == ("gov", other)
        assert told(view.notices[-1], carrier).fillings["to"].value == ["gov", other]
    for to in ("gov", "tur"):
        story.do("un", RelayItem(item="m1", to=to, form=Form.PARAPHRASE, words=words("so")))
    assert of(story, "un") == []


def test_a_question_waits_for_an_answer_until_it_has_one_that_was_told() -> None:
    story = Story()
    story.do("opp", FileItem(words=(words("Which door is ours?"),), kind="question"))
    story.do("opp", HandItem(item="m1", to="un"))
    [asked] = of(story, "un")
    assert (asked.sort, asked.page, asked.seats) == ("asks", "papers/m1", ("opp",))
    story.do("un", FileItem(words=(words("The left one."),), answers="m1"))
    assert sorts(story, "un") == ["asks"]
    story.do("un", RelayItem(item="m2", to="opp", form=Form.VERBATIM))
    assert of(story, "un") == []


def test_what_becomes_public_by_the_dozen_is_one_row_and_hides_no_other_news() -> None:
    story = Story()
    story.do("opp", FileItem(words=(words("We propose a corridor."),)))
    story.do("opp", HandItem(item="m1", to="un"))
    for k in range(20):
        source = Source(slug=f"s{k}", publisher=f"Paper {k}", title="News")
        story.do("sec", EnterSource(source=source))
    view = story.view("un")
    context = PageContext(view=view, at=story.at, would=lambda _: None)
    made = HOME.data(context, "")
    assert made is not None
    heads = [(row.notice.kind, row.more) for row in made["new"]]
    assert heads[0] == ("SourceEntered", 19)
    assert ("ItemHanded", 0) in heads


def test_what_was_handed_before_the_last_visit_is_not_new_any_more() -> None:
    story = Story()
    story.do("opp", FileItem(words=(words("We propose a corridor."),)))
    story.do("opp", HandItem(item="m1", to="un"))
    assert of(story, "un", since=len(story.view("un").notices)) == []


def test_words_shown_and_read_backs_wait_for_the_seat_that_answers_them() -> None:
    story = Story()
    m = story.paper(approve=True)
    story.do("un", ShowWording(item=m, to="gov", form=Form.PARAPHRASE, words=words("a way out")))
    [shown] = of(story, "opp")
    assert (shown.sort, shown.seats) == ("wording", ("un", "gov"))
    other = Story()
    m = other.paper()
    other.do("un", RelayItem(item=m, to="gov", form=Form.PARAPHRASE, words=words("so"), ask_read_back=True))
    [restate] = of(other, "gov")
    assert (restate.sort, restate.seats) == ("restate", ("un",))
    other.do("gov", ReadBack(told="m1", words=words("so, you say")))
    assert sorts(other, "gov") == []
    [back] = of(other, "un")
    assert (back.sort, back.seats) == ("read-back", ("gov",))
    other.do("un", AnswerReadBack(read_back=back.handle, confirmed=True))
    assert sorts(other, "un") == []


def test_what_ends_first_stands_first() -> None:
    story = Story()
    for n, minutes in enumerate((120, 30), start=1):
        story.do("opp", FileItem(words=(words(f"paper {n}"),)))
        story.do("opp", HandItem(item=f"m{n}", to="un"))
        story.do("opp", ClearItem(item=f"m{n}", to=("gov",), form=Form.VERBATIM, until=story.in_minutes(minutes)))
    story.do("rus", Invite(round="r1", to="gov", role=Role.PARTY))
    assert [one.handle for one in of(story, "un")] == ["m2", "m1"]
    assert sorts(story, "gov") == ["invitation"]


def test_a_commitment_is_shown_to_who_owes_it_from_a_week_before_its_day() -> None:
    story = Story()
    today = story.at.date()
    story.do("gov", RecordCommitment(slug="halt", obligors=("gov",), what="Halt.", due=today + timedelta(days=3)))
    story.do("gov", RecordCommitment(slug="later", obligors=("gov",), what="Later.", due=date(2031, 1, 1)))
    assert [(one.sort, one.named) for one in of(story, "gov")] == [("due", "Halt.")]
    assert sorts(story, "opp") == []


def test_nothing_that_others_do_among_themselves_needs_a_seat() -> None:
    story = Story()
    before = [replace(one) for one in of(story, "tur")]
    m = story.paper()
    story.do("un", RelayItem(item=m, to="gov", form=Form.PARAPHRASE, words=words("so"), ask_read_back=True))
    assert of(story, "tur") == before


def test_what_a_person_did_is_no_news_to_that_person_and_is_to_a_colleague() -> None:
    story = Story()
    story.do("opp", FileItem(words=(words("We propose a corridor."),)))
    story.do("opp", HandItem(item="m1", to="un"))
    mine = story.view("opp").notices[-1]
    assert mine.kind == "ItemHanded"
    assert "ItemHanded" not in news(story, "opp", mine.person)
    assert "ItemHanded" in news(story, "opp", "somebody else in the seat")
    assert "ItemHanded" in news(story, "un", None)


def news(story: Story, seat: str, person: str | None) -> list[str]:
    context = PageContext(view=story.view(seat), at=story.at, would=lambda _: None, person=person)
    made = HOME.data(context, "")
    assert made is not None
    return [row.notice.kind for row in made["new"]]
