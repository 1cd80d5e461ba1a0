"""The pages of an allegation: screened one after another, asked about, answered, and read by who may."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from goodoffices.talks.ceasefire.answers import AnswerAllegation, NotifyParty
from goodoffices.talks.ceasefire.commands import FileAllegation, ReportDay
from goodoffices.talks.ceasefire.findings import ScreenAllegation
from goodoffices.talks.model.ceasefire import DayReport
from goodoffices.web.pages.ceasefire.allegations import ALLEGATION, SCREENING
from goodoffices.web.pages.ceasefire.overview import CEASEFIRE
from goodoffices.web.pages.needs import needs
from goodoffices.web.pages.page import PageContext
from stories import Story, words


def seen(story: Story, seat: str) -> PageContext:
    return PageContext(view=story.view(seat), at=story.at, would=lambda _: None)


def three() -> Story:
    story = Story()
    for n, place in enumerate(({"area": "hama"}, {"area": "hama"}, {"place": words("a crossroads")})):
        said = words(f"no. {n}")
        story.do("rus", FileAllegation(ledger="j1", kind="shelling", occurred_from=story.at, words=said, **place))  # type: ignore[arg-type]
    return story


def test_allegations_wait_for_a_first_look_of_their_keeper_one_after_another() -> None:
    story = three()
    context = seen(story, "rus")
    assert [(one.sort, one.number) for one in needs(context) if one.sort == "unscreened"] == [("unscreened", 3)]
    first = SCREENING.data(context, "")
    assert first is not None
    assert (first["n"], first["a"].handle, [a.handle for a in first["alike"]]) == (3, "a1", ["a2"])
    story.do("rus", ScreenAllegation(allegation="a1", result="in"))
    after = SCREENING.data(seen(story, "rus"), "")
    assert after is not None
    assert (after["n"], after["a"].handle) == (2, "a2")
    assert not [one for one in needs(seen(story, "tur")) if one.sort == "unscreened"]


def test_who_is_asked_finds_it_among_what_needs_it_until_it_answers() -> None:
    story = three()
    until = story.in_minutes(90)
    story.do("rus", NotifyParty(allegation="a1", to="gov", answer_by=until, shown="what-and-where"))
    [asked] = [one for one in needs(seen(story, "gov")) if one.sort == "allegation"]
    assert (asked.page, asked.until) == (f"ceasefire/{asked.handle}", until)
    page = ALLEGATION.data(seen(story, "gov"), asked.handle)
    assert page is not None
    assert page["mine"]
    story.do("gov", AnswerAllegation(allegation=asked.handle, says="explains"))
    assert not [one for one in needs(seen(story, "gov")) if one.sort == "allegation"]


def test_one_late_bulletin_does_not_hide_the_last_week_of_which_there_are_reports() -> None:
    story = Story()
    days = [date(2016, 3, 1 + n) for n in range(4)]
    for day in (*days, date(2017, 1, 20)):
        report = DayReport(day=day, counts=(("hama", 2),), total=2)
        story.do("rus", ReportDay(ledger="j1", report=report))
    page = CEASEFIRE.data(seen(story, "un"), "")
    assert page is not None
    assert (page["until"], page["found"].last_day) == (days[-1], days[-1])
    last, reports = page["asked_for"]
    assert (last, dict(reports)) == (date(2017, 1, 20), {"j1": 1})
    exact = CEASEFIRE.data(replace(seen(story, "un"), asked={"exact": ("1",)}), "")
    assert exact is not None
    assert (exact["until"], exact["asked_for"], exact["found"].last_day) == (None, None, date(2017, 1, 20))


def test_fewer_than_four_reports_in_a_week_are_no_week_to_answer_for() -> None:
    story = Story()
    for day in (date(2016, 3, 1), date(2016, 3, 2), date(2016, 3, 3), date(2016, 3, 8), date(2017, 1, 20)):
        story.do("rus", ReportDay(ledger="j1", report=DayReport(day=day, counts=(("hama", 2),), total=2)))
    page = CEASEFIRE.data(seen(story, "un"), "")
    assert page is not None
    assert (page["until"], page["asked_for"]) == (None, None)


def test_the_page_of_an_unknown_allegation_is_none() -> None:
    assert ALLEGATION.data(seen(three(), "gov"), "a9") is None
