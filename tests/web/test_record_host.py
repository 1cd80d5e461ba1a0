"""The list of records and own talks in the browser: who may see them, what is open beside what, and what is kept."""

from __future__ import annotations

import html
import logging
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from goodoffices.errors import StorageError
from goodoffices.formats.talks_sheets.problems import SENTENCES
from goodoffices.service.data_folder import kept_records
from goodoffices.service.open_record import open_record
from goodoffices.talks.base.enums import Kind
from host_desk import LIVE, VALLEY, WORDS, Desk
from own_talks_files import book, changed
from spreadsheet_files import xlsx


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path / "kept")
    yield made
    made.close()


def test_talks_begin_from_what_was_typed_and_pasted(desk: Desk) -> None:
    desk.enter()
    answer = desk.begin(VALLEY)
    assert answer.status_code == 303
    page = desk.ask("GET", answer.headers["location"])
    assert "River valley talks" in page.text
    assert all(name in page.text for name in ("Northland", "Valley Movement", "United Nations", "Secretariat"))
    [held] = desk.host.talks.values()
    known = held.server.room.view("secretariat").known
    assert known.actors["northland"].kind == "state"
    [session] = known.sessions.values()
    assert session.title == "Opening"
    token = re.search(r'name="_csrf" value="(\w+)"', page.text)
    assert token is not None
    opened = desk.ask("POST", answer.headers["location"] + "/open", data={"_csrf": token[1], "seat": "northland"})
    assert desk.ask("GET", opened.headers["location"]).status_code == 200


def test_a_stranger_sees_nothing_of_the_records_and_one_answer_for_all_addresses(desk: Desk) -> None:
    desk.enter()
    location = desk.begin(VALLEY).headers["location"]
    desk.jar = httpx.Cookies()
    asked = [
        desk.ask("GET", path) for path in ("/records", "/begin", "/begin/talks.xlsx", location, "/r/x/start", "/x")
    ]
    asked += [desk.ask("POST", path, data={"record": "river-valley-talks"}) for path in ("/records/open", "/records/x")]
    assert {answer.status_code for answer in asked} == {404}
    assert len({answer.content for answer in asked}) == 1
    assert desk.ask("GET", "/").status_code == 200
    assert "River" not in desk.ask("GET", "/").text


def test_nothing_that_was_typed_is_lost_when_something_is_refused(desk: Desk) -> None:
    desk.enter()
    answer = desk.begin({**VALLEY, "zone": "Geneva", "people": "Lake; wizard", "kind": "live", "passphrase": "short"})
    assert answer.status_code == 422
    shown = html.unescape(answer.text)
    for typed in (
        "River valley talks",
        "Geneva",
        "Lake; wizard",
        "Northland",
        "Valley Movement",
        "2026-12-07",
        "10:00",
    ):
        assert typed in shown
    for sentence in ("is not a time zone", "is not a role", "The passphrase has fewer than 12 characters"):
        assert sentence in shown
    assert 'value="short"' not in answer.text
    assert kept_records(desk.host.data) == ()
    assert re.search(r'id="zone"[^>]* aria-invalid="true"', answer.text)


def test_a_spreadsheet_is_read_shown_and_then_begins_the_talks(desk: Desk) -> None:
    desk.enter()
    read = desk.begin(file=("valley.xlsx", xlsx(book())), do="read")
    assert read.status_code == 200
    assert "Nothing is kept yet" in read.text
    assert "River valley talks" in read.text
    assert kept_records(desk.host.data) == ()
    token = re.search(r'name="_sheet" value="(\w+)"', read.text)
    assert token is not None
    fields = {**VALLEY, "_sheet": token[1], "_file": "valley.xlsx", "title": "Valley, second try"}
    assert desk.begin(fields).status_code == 303
    [kept] = kept_records(desk.host.data)
    assert kept.title == "Valley, second try"
    lost = desk.begin({**fields, "_sheet": "0" * 32})
    assert "no longer kept here" in lost.text


def test_a_spreadsheet_with_mistakes_names_each_cell(desk: Desk) -> None:
    desk.enter()
    made = changed("Seats", 0, For="Zzz", Roles="wizard")
    answer = desk.begin(file=("valley.xlsx", xlsx(made)), do="read", title="Typed before")
    assert answer.status_code == 422
    assert "Seats!B4" in answer.text
    assert "Seats!C4" in answer.text
    assert "Typed before" in answer.text
    wrong = desk.begin(file=("photo.xlsx", b"\x89PNG"), do="read")
    assert SENTENCES["unreadable"].partition("}")[2].partition(" Save")[0] in html.unescape(wrong.text)


def test_beginning_twice_begins_once(desk: Desk) -> None:
    desk.enter()
    key = {"_key": "the-same-key-of-one-form"}
    first, second = (desk.begin({**VALLEY, **key}) for _ in range(2))
    assert first.headers["location"] == second.headers["location"]
    assert len(kept_records(desk.host.data)) == 1
    again = desk.begin(VALLEY)
    assert again.status_code == 422
    assert "Choose another title" in again.text


def test_a_live_record_is_sealed_with_a_passphrase_that_nobody_else_learns(
    desk: Desk, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    desk.enter()
    with caplog.at_level(logging.DEBUG):
        assert "typed in two ways" in desk.begin({**LIVE, "again": "four words of the hill"}).text
        answer = desk.begin(LIVE)
    assert answer.headers["location"].startswith("/d/")
    assert desk.ask("GET", answer.headers["location"]).status_code == 200
    assert WORDS not in caplog.text
    assert all(WORDS.encode() not in path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert not list(tmp_path.rglob("*.key"))
    # A live record has no page from which any seat can be opened.
    [(key, held)] = desk.host.talks.items()
    assert desk.ask("GET", f"/r/{key}/start").status_code == 404
    assert held.server.room.kind is Kind.LIVE


def test_a_live_record_stands_alone(desk: Desk) -> None:
    desk.enter()
    desk.begin(VALLEY)
    assert "Live talks stand alone" in desk.begin({**LIVE, "title": "Real talks"}).text
    desk.post("/records/close", record="river-valley-talks")
    assert desk.begin({**LIVE, "title": "Real talks"}).status_code == 303
    refused = desk.post("/records/open", record="river-valley-talks")
    assert refused.status_code == 422
    assert "Live talks stand alone" in refused.text


def test_several_exercises_are_open_side_by_side_and_know_nothing_of_each_other(desk: Desk) -> None:
    desk.enter()
    one = desk.begin(VALLEY).headers["location"]
    two = desk.begin({**VALLEY, "title": "Other talks", "name__0": "Southland"}).headers["location"]
    assert one != two
    assert "Southland" not in desk.ask("GET", one).text
    assert "Southland" in desk.ask("GET", two).text
    listed = desk.ask("GET", "/records").text
    assert listed.count("Open here.") == 2


def test_a_record_that_is_open_here_can_be_opened_nowhere_else_until_it_is_closed(desk: Desk) -> None:
    desk.enter()
    desk.begin(VALLEY)
    [kept] = kept_records(desk.host.data)
    with pytest.raises(StorageError):
        open_record(kept.where, kind=Kind.EXERCISE, alone=True)
    assert desk.post("/records/close", record=kept.name).headers["location"] == "/records"
    room = open_record(kept.where, kind=Kind.EXERCISE, alone=True)
    refused = desk.post("/records/open", record=kept.name)
    room.close()
    assert "cannot be opened just now" in refused.text
    assert desk.post("/records/open", record=kept.name).status_code == 303
    assert desk.post("/records/open", record="../elsewhere").status_code == 404
    assert desk.post("/records/close", record="nothing").status_code == 404


def test_a_passphrase_that_does_not_open_makes_the_next_try_wait(desk: Desk) -> None:
    desk.enter()
    desk.begin(LIVE)
    desk.post("/records/close", record="river-valley-talks")
    for n, said in ((0, "does not open"), (0, "Wait"), (2, "does not open"), (1, "Wait"), (5, "")):
        desk.clock.at += timedelta(seconds=n)
        words = WORDS if not said else "not the words at all"
        answer = desk.post("/records/open", record="river-valley-talks", passphrase=words)
        assert said in answer.text if said else answer.status_code == 303


def test_live_records_are_not_opened_under_an_address_of_the_network(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "kept", takes_live=False)
    desk.enter()
    assert "not where others on the network can read along" in desk.begin(LIVE).text
    assert kept_records(desk.host.data) == ()
    desk.close()


def test_more_rows_keep_what_was_typed(desk: Desk) -> None:
    desk.enter()
    shown = desk.begin({**VALLEY, "do": "more"}).text
    assert shown.count('name="name.') == 16
    assert 'value="Northland"' in shown
    assert "No file was chosen" in desk.begin(do="read").text


def test_the_page_speaks_arabic_and_takes_roles_in_it(desk: Desk) -> None:
    desk.enter()
    page = desk.ask("GET", "/begin?lang=ar").text
    assert '<html lang="ar" dir="rtl">' in page
    assert "بدء محادثات خاصة" in page
    people = "الشمال؛ طرف\nالوادي؛ طرف\nالأمم المتحدة؛ ميسّر"
    answer = desk.begin({**VALLEY, "name__0": "", "name__1": "", "people": people, "title": "محادثات الوادي"})
    assert answer.status_code == 303, answer.text
    [held] = desk.host.talks.values()
    roles = [seat.roles for seat in held.server.room.view("secretariat").known.seats.values()]
    assert ("facilitator",) in roles


def test_the_language_chosen_before_the_talks_begin_is_that_of_their_start_page(desk: Desk) -> None:
    desk.enter()
    desk.ask("GET", "/begin?lang=ar")
    page = desk.ask("GET", desk.begin(VALLEY).headers["location"])
    assert '<html lang="ar" dir="rtl"' in page.text


def test_the_code_of_the_start_works_once(desk: Desk) -> None:
    sign = desk.host.start_sign
    assert desk.ask("POST", "/start", data={"token": "0" * 32}).status_code == 404
    desk.enter()
    desk.jar = httpx.Cookies()
    assert desk.ask("POST", "/start", data={"token": sign}).status_code == 404
    assert desk.ask("GET", "/start").status_code == 200


def test_talks_that_come_with_the_program_can_be_opened(desk: Desk) -> None:
    desk.enter()
    assert desk.post("/records/bundled", record="good-friday-1998").status_code == 303
    assert "good-friday-1998" not in desk.host.bundled()
    assert desk.post("/records/bundled", record="nothing").status_code == 404


def test_who_comes_back_finds_the_records_kept_here_before_everything_else(desk: Desk) -> None:
    desk.enter()
    fresh = desk.ask("GET", "/records").text
    assert "Kept here" not in fresh and "astana-2017</bdi>" not in fresh
    desk.post("/records/bundled", record="good-friday-1998")
    page = desk.ask("GET", "/records").text
    assert page.index('id="kept"') < page.index('id="play-1"')
