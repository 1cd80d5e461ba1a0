"""The cease-fire as it was known on a day: the page leaves out what came later, with the numbers of the terminal."""

from __future__ import annotations

import re
import time
from datetime import date, timedelta
from pathlib import Path

import goodoffices.web
from exercise_desk import words_of
from goodoffices.ceasefire.messages import Speech
from goodoffices.reports.ceasefire.ledger_streams import Question
from goodoffices.reports.ceasefire.ledger_weeks import holding, weeks_csv
from goodoffices.reports.ceasefire.status import status_of
from goodoffices.reports.ceasefire.status_parts import status_parts
from goodoffices.reports.ceasefire.view_tables import area_in_words, force_day, view_tables
from goodoffices.talks.ceasefire.commands import FileAllegation, ReportDay
from goodoffices.talks.earlier_views import view_as_of
from goodoffices.talks.model.ceasefire import DayReport
from goodoffices.web.http.page_queries import asked_of
from properties.worlds.cast import START
from stories import words
from web.test_ceasefire_figures import plain
from web.test_ceasefire_page import Desk, desk as desk, post

DAY = START.date()


def told_later(desk: Desk) -> str:
    """Let three days pass, then tell of earlier days; return what the table for programs was before."""
    before = desk.get("un", "ceasefire.csv").text
    desk.now[0] += timedelta(days=3)
    report = DayReport(day=date(2017, 1, 21), counts=(("hama", 77),), total=77)
    desk.do("rus", ReportDay(ledger="j1", report=report))
    filed = FileAllegation(
        ledger="j1", kind="drone", occurred_from=START - timedelta(days=1), area="hama", words=words("x")
    )
    desk.do("rus", filed)
    return before


def test_what_became_known_later_is_left_out_with_the_numbers_of_the_terminal(desk: Desk) -> None:
    before = told_later(desk)
    now, then = (words_of(desk.get("un", f"ceasefire{asked}").text) for asked in ("", f"?known={DAY}"))
    assert "77" in now
    assert "77" not in then
    told = f"As known at the end of {DAY.day} {DAY:%B} {DAY.year}: what became known later is left out."
    assert plain(told) in plain(then)
    assert "As known at" not in now
    assert desk.get("un", f"ceasefire.csv?known={DAY}").text == before
    assert desk.get("un", "ceasefire.csv?known=soon").status_code == 404

    answer = post(desk, "un", "ceasefire", {"do": "start", "until": str(DAY), "known": str(DAY)})
    assert answer.headers["location"].endswith(f"/ceasefire?until={DAY}&known={DAY}")
    while not desk.server.calculations.of("un")["ceasefire"].is_over:
        time.sleep(0.02)
    page = plain(words_of(desk.get("un", f"ceasefire?until={DAY}&known={DAY}").text))
    assert plain("Something has become known since then") not in page
    known = view_as_of(desk.room.view("un"), DAY).known
    force = force_day(known)
    assert force is not None
    tables = view_tables(known, name_of=lambda held: held.handle, area_name=area_in_words(known))
    speech = Speech(day=lambda one: f"{one.day} {one:%B} {one.year}", area=area_in_words(known))
    said = [
        sentence
        for status in status_of(tables, Question(at=force.day, reaches_back=True, as_of=DAY))
        for part in status_parts(status, speech)
        for sentence in part.sentences
    ]
    assert len(said) > 20
    assert not [sentence for sentence in said if plain(sentence) not in page]
    # Worked out for that day and not for all that is known now.
    assert plain("Something has become known since then") in plain(
        words_of(desk.get("un", f"ceasefire?until={DAY}").text)
    )


def test_no_day_beyond_the_one_asked_for_is_counted(desk: Desk) -> None:
    later = DAY + timedelta(days=2)
    view = desk.room.view("un")
    names = {held.handle: f"{held.ledger.slug} ({held.handle})" for held in view.known.ledgers.values()}
    found = weeks_csv(holding(view_as_of(view, DAY).known, until=DAY), names=names)
    assert desk.get("un", f"ceasefire.csv?known={DAY}&until={later}").text == found
    arabic = words_of(desk.get("un", f"ceasefire?known={DAY}", "ar").text)
    assert "كما كان معروفًا في" in arabic


def test_every_name_that_a_page_asks_its_address_for_is_let_through() -> None:
    pages = Path(goodoffices.web.__file__).parent / "pages"
    names = {
        name for file in sorted(pages.rglob("*.py"))
        for name in re.findall(r'context\.(?:one|asked\.get)\("([a-z_]+)"', file.read_text(encoding="utf-8"))
    }  # fmt: skip
    assert len(names) > 8
    assert not [name for name in sorted(names) if not asked_of([(name, "1")])]
