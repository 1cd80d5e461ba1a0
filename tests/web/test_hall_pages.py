"""The hall over HTTP: who is where, attendance, speakers, formats, packs and the pocket card."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from properties.worlds.cast import START
from properties.worlds.http import Answer, Browser
from web.test_texts import Table, opened_table

Fields = dict[str, str | tuple[str, ...]]


@pytest.fixture
def table(tmp_path: Path) -> Iterator[Table]:
    for made in opened_table(tmp_path):
        fields: Fields = {"participants": ("gov", "opp", "un"), "room": "Room 1", "format": "plenary"}
        made.do("sec", "PlanSession", "hall", title="Opening", **fields)
        yield made


def bare(page: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", "", page).split())


def sent(table: Table, seat: str, path: str, **fields: str | tuple[str, ...]) -> Answer:
    browser, n = table.browser(seat), len(table.world.room.view(seat).notices)
    key = re.sub(r"\W", "-", f"{path}-{n}-{len(fields)}-{fields.get('do', '')}")
    return browser.post(f"{browser.base}/{path}", {"_key": key, "_form": "f", "_back": path, **fields})


def marked(table: Table, **marks: str) -> Answer:
    return sent(table, "sec", "attendance/s1", **{f"mark.{slug}": mark for slug, mark in marks.items()}, do="save")


def test_the_secretariat_sees_and_runs_the_sessions_that_it_plans(table: Table) -> None:
    assert "Begin Opening…" in bare(table.page("sec", "hall"))
    answer = sent(table, "sec", "attendance/s1", **{"mark.gov": "present", "mark.opp": "absent"}, do="open")
    assert answer.status == 303
    page = bare(table.page("sec", "hall"))
    assert "1 session is open. 1 delegation is marked present." in page
    assert "Not in the room: The opp (absent), The un" in page
    assert sent(table, "sec", "attendance/s1", do="close").status == 303
    assert "No session is open." in bare(table.page("sec", "hall"))
    assert "This session is closed" in bare(table.page("sec", "attendance/s1"))


def test_marks_of_one_form_are_given_once_and_only_where_they_changed(table: Table) -> None:
    before = len(table.world.room.view("sec").notices)
    assert marked(table, gov="present", opp="present", un="left").status == 303
    assert len(table.world.room.view("sec").notices) == before + 3
    marked(table, gov="present", opp="absent", un="left")
    assert len(table.world.room.view("sec").notices) == before + 4
    assert dict(table.world.room.view("gov").known.sessions["s1"].presence)["opp"] == "absent"


def test_all_others_are_marked_present_with_one_button(table: Table) -> None:
    marked(table, opp="absent")
    assert sent(table, "sec", "attendance/s1", do="all", **{"mark.opp": "absent"}).status == 303
    presence = dict(table.world.room.view("sec").known.sessions["s1"].presence)
    assert presence == {"gov": "present", "opp": "absent", "un": "present"}


def test_a_mark_that_is_unknown_changes_nothing(table: Table) -> None:
    answer = marked(table, gov="asleep")
    assert answer.status == 422
    assert table.world.room.view("sec").known.sessions["s1"].presence == ()


def test_only_who_may_mark_attendance_has_the_hall(table: Table) -> None:
    for seat in ("gov", "opp"):
        for path in ("hall", "roster", "attendance/s1", "speakers/s1"):
            assert table.status(seat, path) == 404, (seat, path)
        assert sent(table, seat, "attendance/s1", do="open").status == 404
        assert sent(table, seat, "speakers/s1", do="next").status == 404
    assert table.status("sec", "attendance/s9") == 404


def test_a_delegation_moves_from_one_room_to_another(table: Table) -> None:
    sent(table, "sec", "attendance/s1", **{"mark.gov": "present"}, do="open")
    table.do("sec", "PlanSession", "hall", title="Side", participants=("gov", "un"), room="Room 2", format="direct")
    sent(table, "sec", "attendance/s2", do="open")
    assert sent(table, "sec", "hall/move", who="gov", session="s2").status == 303
    sessions = table.world.room.view("sec").known.sessions
    assert (dict(sessions["s1"].presence)["gov"], dict(sessions["s2"].presence)["gov"]) == ("left", "present")
    answer = sent(table, "sec", "hall/move", who="opp", session="s2")
    assert answer.status == 422
    assert "Choose a delegation" in answer.text


def test_a_format_is_changed_only_after_a_page_has_said_what_that_does(table: Table) -> None:
    sent(table, "sec", "attendance/s1", **{"mark.gov": "present", "mark.opp": "present"}, do="open")
    link = 'sessions/s1/format?for=gov&amp;for=opp"'
    assert link in table.page("sec", "hall")
    page = table.page("sec", "sessions/s1/format?for=gov&for=opp")
    assert re.findall(r'name="pair" value="(\w+)" checked', page) == ["gov", "opp"]
    fields: Fields = {"session": "s1", "format": "proximity", "pair": ("gov", "opp")}
    look = table.give("sec", "ChangeFormat", "hall", **fields, _sure="")
    assert "The gov and The opp cannot address each other" in bare(look.text)
    assert table.world.room.view("gov").known.sessions["s1"].pairs == ()
    table.do("sec", "ChangeFormat", "hall", **fields)
    assert "They cannot address each other" in bare(table.page("sec", "hall"))


def test_the_speakers_list_is_the_seats_own_and_has_a_clock(table: Table) -> None:
    for who in ("gov", "opp", "un"):
        sent(table, "sec", "speakers/s1", do="add", who=who)
    sent(table, "sec", "speakers/s1", do="up:opp")
    sent(table, "sec", "speakers/s1", do="limit", limit="120")
    sent(table, "sec", "speakers/s1", do="next")
    page = bare(table.page("sec", "speakers/s1"))
    assert "The opp 2:00" in page
    assert "Stop the clock" in page
    sent(table, "sec", "speakers/s1", do="remove:un")
    sent(table, "sec", "speakers/s1", do="stop")
    page = bare(table.page("sec", "speakers/s1"))
    assert "Start the clock" in page
    assert "Next: The gov" in page
    assert "Nobody is speaking" in bare(table.page("un", "speakers/s1"))
    assert "AttendanceMarked" not in [n.kind for n in table.world.room.view("sec").notices[-1:]]


def test_a_change_of_the_speakers_list_shows_at_once_to_its_own_seat(table: Table) -> None:
    views = table.world.room.view
    mine = table.browser("sec").listen("speakers/s1", len(views("sec").notices))
    theirs = table.browser("un").listen("speakers/s1", len(views("un").notices))
    table.settle()
    before = len(theirs)
    sent(table, "sec", "speakers/s1", do="add", who="un")
    table.settle()
    assert b"event: parts" in mine[-1]
    assert len(theirs) == before
    sent(table, "sec", "speakers/s1", do="remove:un")


def kept(table: Table) -> Browser:
    """Return the browser of the secretariat at the seat that it keeps on paper."""
    signed_in = table.world.server.open_seat("pap", "en", keeper="sec")
    return Browser(table.world, signed_in, table._loop)


def test_a_pack_is_printed_and_handed_over_in_the_browser(table: Table) -> None:
    table.do("un", "TableText", "texts", papers="# T\n\n## 1.\n\nWords.", **{"papers.lang": "en"})
    browser = kept(table)
    page = bare(browser.get(f"{browser.base}/packs").text)
    assert "0 new, for the first pack" in page and "It is printed" in page, "roster and agenda are in the first pack"
    fields: Fields = {"participants": ("pap", "un"), "room": "Room 2", "format": "direct"}
    table.do("un", "PlanSession", "hall", title="Morning", **fields)
    page = bare(browser.get(f"{browser.base}/packs").text)
    assert "1 new, for the first pack" in page and "Session planned: “Morning”" in page, (
        "what opened the talks is not news"
    )
    ready = {"_key": "pack-ready-1", "_form": "ready", "do": "ready"}
    assert browser.post(f"{browser.base}/packs", {**ready, "carrier": ""}).status == 422
    assert browser.post(f"{browser.base}/packs", {**ready, "carrier": "Dana"}).status == 303
    assert "0 new since pack 1" in bare(browser.get(f"{browser.base}/packs").text)
    assert "A pack waits to be handed over, carried by Dana." in bare(table.page("sec", "hall"))
    table.do("un", "ReleaseVersion", version="v1", to="pap", equal="no")
    page = bare(browser.get(f"{browser.base}/packs").text)
    assert "1 new since pack 1" in page
    handed = {"_key": "pack-handed-1", "do": "handed", "pack": "e1", "taken_by": "Amal"}
    at = (START - timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M")
    assert browser.post(f"{browser.base}/packs", {**handed, "taken_at": at}).status == 303
    assert "Last pack handed to Amal" in bare(table.page("sec", "hall"))
    pdf = browser.get(f"{browser.base}/pack.pdf")
    assert b"".join(pdf.chunks).startswith(b"%PDF")


def test_packs_are_marked_by_the_keeper_alone(table: Table) -> None:
    assert table.status("sec", "packs") == 404
    assert table.status("gov", "packs") == 404
    signed_in = table.world.server.open_seat("pap", "en")
    own = Browser(table.world, signed_in, table._loop)
    assert "It is printed" not in own.get(f"{own.base}/packs").text
    assert own.post(f"{own.base}/packs", {"_key": "pack-ready-1", "carrier": "D", "do": "ready"}).status == 404


def test_a_pocket_card_says_what_may_be_said_until_when_and_not_who_stands_behind_an_own_idea(table: Table) -> None:
    for n, words in enumerate(("Aid first and to two places only", "By day"), 1):
        table.do("gov", "FileItem", "papers", words=words, **{"words.lang": "en"})
        table.do("gov", "HandItem", item=f"m{n}", to="un")
    empty = bare(table.page("un", "relays/card"))
    assert "A card would be empty." in empty
    table.do("gov", "ClearItem", item="m1", to="opp", form="own-idea", via=("un",))
    until = (START + timedelta(hours=1)).isoformat()
    table.do("gov", "ClearItem", item="m2", to="opp", form="verbatim", via=("un",), until=until)
    page = table.page("un", "relays/card")
    card = bare(page.split('class="pocket"')[1])
    assert "as my own idea, no origin: Aid first and to two places" in card
    assert "word for word, from The gov: “By day”" in card
    assert card.count("The gov") == 1
    said = re.findall(r'Void after <time datetime="([^"]+)"', page)
    assert said[0].startswith((START + timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M"))


def test_pairs_that_are_alike_stand_in_one_row(table: Table) -> None:
    sent(table, "sec", "attendance/s1", **{"mark.gov": "present", "mark.opp": "present"}, do="open")
    assert "The gov, The opp and The un among themselves" in bare(table.page("sec", "hall"))
    table.do("sec", "ChangeFormat", "hall", session="s1", format="proximity", pair=("gov", "opp"))
    page = table.page("sec", "hall")
    rows = [bare(row) for row in re.findall(r'<th scope="row">.*?</td>', page, re.S)]
    assert [row.split(".")[0] for row in rows] == [
        "The gov – The oppproximity",
        "The un with The gov and The oppplenary",
    ]


def test_who_marks_the_attendance_of_a_session_that_another_chairs_is_told_who_opens_it(table: Table) -> None:
    fields: Fields = {"participants": ("gov", "opp", "kaz"), "room": "Room 3", "format": "plenary"}
    table.do("un", "PlanSession", "sessions", title="Morning", **fields)
    assert '/attendance/s1">Attendance' in table.page("kaz", "hall")
    page = bare(table.page("kaz", "attendance/s1"))
    assert "The un chairs this session, and opens it." in page
    assert "open the session" not in page
    assert sent(table, "kaz", "attendance/s1", **{"mark.gov": "present"}, do="open").status == 422
