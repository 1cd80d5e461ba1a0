"""Alarms, changes and clusters on the page: worked out on request, the terminal's words and numbers, own view only."""

from __future__ import annotations

import csv
import io
import time
from datetime import timedelta

from exercise_desk import words_of
from goodoffices.ceasefire.messages import NOT_SAID, Speech
from goodoffices.reports.ceasefire.ledger_streams import Question
from goodoffices.reports.ceasefire.status import Status, status_of, view_statuses
from goodoffices.reports.ceasefire.status_parts import status_parts
from goodoffices.reports.ceasefire.text import status_csv, status_text
from goodoffices.reports.ceasefire.view_tables import area_in_words, force_day, view_tables
from goodoffices.web.live.calculations import Calculation
from web.test_ceasefire_page import FORCE, Desk, desk as desk, post


def worked_out(desk: Desk, seat: str, until: str = "") -> Calculation:
    answer = post(desk, seat, "ceasefire", {"do": "start", "until": until})
    assert answer.status_code == 303, words_of(answer.text)
    assert answer.headers["location"].endswith(f"/ceasefire?until={until}" if until else "/ceasefire")
    held = desk.server.calculations.of(seat)["ceasefire"]
    while not held.is_over:
        time.sleep(0.02)
    return held


def plain(text: str) -> str:
    """Return a text without blanks: where an element ends, `words_of` puts one."""
    return "".join(text.split())


def as_in_the_terminal(desk: Desk, seat: str) -> tuple[Status, ...]:
    """Return what the terminal counts for the same seat: areas and ledgers by their names."""
    known = desk.room.view(seat).known
    tables = view_tables(known, name_of=lambda held: held.handle, area_name=area_in_words(known))
    force = force_day(known)
    assert force is not None
    return status_of(tables, Question(at=force.day, reaches_back=True))


def test_the_page_says_every_sentence_of_the_terminal_with_the_same_numbers(desk: Desk) -> None:
    assert "Work it out" in words_of(desk.get("un", "ceasefire").text)
    worked_out(desk, "un")
    page = plain(words_of(desk.get("un", "ceasefire").text))
    known = desk.room.view("un").known
    day = Speech(day=lambda one: f"{one.day} {one:%B} {one.year}", area=area_in_words(known))
    n_said = 0
    for status in as_in_the_terminal(desk, "un"):
        for part in status_parts(status, day):
            for sentence in (part.title, *part.sentences):
                assert plain(sentence) in page, sentence
                n_said += 1
            assert part.title in status_text([status]) or part.key in ("change", "clusters", "not_run")
    assert n_said > 20


def test_the_table_has_the_figures_of_the_terminal(desk: Desk) -> None:
    worked_out(desk, "un")
    shown = list(csv.DictReader(io.StringIO(desk.get("un", "ceasefire-figures.csv").text)))
    told = list(csv.DictReader(io.StringIO(status_csv(as_in_the_terminal(desk, "un")))))
    figures = [(row["part"], row["row"], row["figure"], row["value"]) for row in told if row["figure"] != "ledger"]
    names = {"figures_hash", "ledger", "unwatched", "waiting", "not_run"}  # these hold names, or are made of them
    assert [(row["part"], row["row"], row["figure"], row["value"]) for row in shown if row["figure"] not in names] == [
        one for one in figures if one[2] not in names
    ]
    assert any(row["part"] == "change" and row["figure"] == "ratio" and row["value"] for row in shown)


def test_the_weeks_on_the_page_take_account_of_alarms_as_the_terminal_does(desk: Desk) -> None:
    worked_out(desk, "un")
    table = csv.DictReader(io.StringIO(desk.get("un", "ceasefire.csv").text))
    shown = {(row["ledger"].rpartition("(")[2].rstrip(")"), row["area"], row["week_ends"]): row for row in table}
    statuses = view_statuses(desk.room.view("un").known, None)
    weeks = [(status.ledger, one) for status in statuses for one in status.history]
    compared = 0
    for ledger, one in weeks:
        row = shown.get((ledger, one.area, one.week_ends.isoformat()))
        if row is not None:
            assert (row["verdict"], row["reason"]) == (one.verdict, one.reason)
            compared += 1
    assert compared > 4


def test_another_seat_has_nothing_of_it_and_its_own_ledgers_only(desk: Desk) -> None:
    worked_out(desk, "un")
    assert desk.get("tur", "ceasefire-figures.csv").status_code == 404
    assert "ceasefire" not in desk.server.calculations.of("tur")
    worked_out(desk, "tur")
    seen = desk.get("tur", "ceasefire").text + desk.get("tur", "ceasefire-figures.csv").text
    assert "data set" not in seen.lower()
    assert "data (" not in seen


def test_it_can_be_stopped_and_says_when_it_is_old(desk: Desk) -> None:
    until = str((FORCE + timedelta(days=20)).date())
    worked_out(desk, "un", until)
    assert "Something has become known since then" in words_of(desk.get("un", "ceasefire").text)
    assert "Something has become known since then" not in words_of(desk.get("un", f"ceasefire?until={until}").text)
    assert post(desk, "un", "ceasefire", {"do": "stop"}).status_code == 303
    assert desk.server.calculations.of("un")["ceasefire"].is_stopped
    assert post(desk, "un", "ceasefire", {"do": "start", "until": "soon"}).status_code == 404


def test_work_that_is_stopped_lists_what_was_not_run(desk: Desk) -> None:
    begun = Calculation(None, 0)
    begun.is_stopped = True
    [*_, last] = [status for status in view_statuses(desk.room.view("un").known, None, begun) if status.alarms == ()]
    assert {"points", "no_places"} & {one.key for one in last.not_run}


def test_two_ledgers_stand_side_by_side_in_sentences(desk: Desk) -> None:
    page = plain(words_of(desk.get("un", "ceasefire").text))
    part = page.partition(plain("What two ledgers say, in sentences"))[2]
    assert plain("Ledger of The rus: reports 3, bulletins 1.") in part
    assert plain("Ledger of The tur: reports 4, bulletins 1.") in part
    assert plain("The two ledgers are not added up.") in part


def test_it_reads_in_every_language_without_a_word_of_english(desk: Desk) -> None:
    worked_out(desk, "un")
    titles = {"ar": "الإنذارات", "ru": "Сигналы тревоги", "tr": "Alarmlar", "fa": "هشدارها", "kk": "Дабылдар"}
    for language, title in titles.items():
        page = desk.get("un", "ceasefire", language).text
        figures = page.partition('<section id="figures">')[2].partition("</section>")[0]
        assert title in figures
        assert 'lang="en"' not in figures.replace('<bdi class="said" lang="en">', "")
        for word in ("Days on each side", "no alarm", "reports", "Not run", *NOT_SAID):
            assert word not in words_of(figures), (language, word)
