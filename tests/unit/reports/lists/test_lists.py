"""Calendars keep the names of entries and move them; lists hold no formula; mails are marked as what they say."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import timedelta
from pathlib import Path

import icalendar
import pytest
from python_calamine import CalamineWorkbook

from goodoffices.errors import ScenarioFileError, UnknownWordError
from goodoffices.reports.lists.brought_messages import filed_message
from goodoffices.reports.lists.calendar import calendar_file
from goodoffices.reports.lists.workbook import LISTS, lists_file
from goodoffices.talks.base.enums import Format
from goodoffices.talks.claims.positions import StatePosition
from goodoffices.talks.core import view_for
from goodoffices.talks.rounds.rounds import MoveRound, PlanRound
from goodoffices.talks.rounds.sessions import PlanSession
from properties.worlds.cast import START
from stories import Story, words
from talks_once import folded


def planned() -> Story:
    """Return a story with a session, a round, and words that a spreadsheet would take for formulas."""
    story = Story()
    story.do(
        "un",
        PlanSession(
            title="Morning", format=Format.PLENARY, participants=("un", "gov"), starts_at=START + timedelta(days=2)
        ),
    )
    story.do("rus", PlanRound(slug="second", title="Second", start=(START + timedelta(days=9)).date()))
    story.do("gov", StatePosition(issue="who-watches", words=words('=HYPERLINK("http://x","y")')))
    return story


def entries(data: bytes) -> dict[str, icalendar.Component]:
    calendar = icalendar.Calendar.from_ical(data)
    return {str(event["UID"]): event for event in calendar.walk("VEVENT")}


def test_an_entry_keeps_its_name_and_moves() -> None:
    story = planned()
    first = entries(calendar_file(story.view("rus")))
    story.do("rus", MoveRound(round="r2", start=(START + timedelta(days=20)).date()))
    second = entries(calendar_file(story.view("rus")))
    [round_] = [uid for uid, event in first.items() if "Second" in str(event["SUMMARY"])]
    assert round_ in second
    assert second[round_].decoded("sequence") > first[round_].decoded("sequence")
    assert second[round_].decoded("dtstart") == (START + timedelta(days=20)).date()


def test_a_calendar_has_only_what_its_seat_knows_and_names_that_no_other_seat_has() -> None:
    story = planned()
    gov, opp = (calendar_file(story.view(seat)) for seat in ("gov", "opp"))
    assert b"Morning" in gov and b"Morning" not in opp
    assert not entries(gov).keys() & entries(opp).keys()
    assert calendar_file(story.view("gov")) == gov
    assert all(str(event["SUMMARY"]).startswith("EXERCISE") for event in entries(gov).values())


@pytest.mark.parametrize("language", ["en", "ar"])
def test_lists_open_as_tables_without_formulas(language: str) -> None:
    story = planned()
    data = lists_file(story.view("rus"), (), language)
    assert data == lists_file(story.view("rus"), (), language)
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    assert len(book.sheet_names) == len(LISTS)
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        whole = b"".join(packed.read(name) for name in packed.namelist())
    assert not re.search(rb"<f[ >]", whole) and b"hyperlink" not in whole.replace(b"HYPERLINK", b"")
    cells = [cell for row in book.get_sheet_by_index(1).to_python() for cell in row]
    assert '=HYPERLINK("http://x","y")' in cells
    with pytest.raises(UnknownWordError):
        lists_file(story.view("rus"), ("secrets",))


@pytest.mark.slow
def test_the_lists_of_the_bundled_talks_can_be_written() -> None:
    view = view_for(folded("astana-2017", START), "secretariat")
    assert lists_file(view) and calendar_file(view)


MAIL = (
    b"From: =?utf-8?b?2YXYqNi52YjYqw==?= <a@b.example>\r\nTo: d@x.example\r\nDate: Mon, 23 Jan 2017 10:00:00 +0600\r\n"
    b"Subject: =SUM(1)\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n"
    b"Content-Type: text/html; charset=utf-8\r\n\r\n<p>We agree.</p><script>bad()</script>\r\n--b\r\n"
    b'Content-Type: application/pdf\r\nContent-Disposition: attachment; filename="list.pdf"\r\n\r\nx\r\n--b--\r\n'
)


def test_a_mail_is_marked_as_what_it_says_of_itself() -> None:
    item = filed_message(MAIL, "letter.eml")
    text = item.words[0].text
    assert text.startswith(
        "Brought from a mail. What stands here is what the mail says of itself; nobody has checked it."
    )
    assert "Date, as the mail says: Mon, 23 Jan 2017 10:00:00 +0600" in text
    assert "We agree." in text and "bad()" not in text and "Attached and not brought: list.pdf" in text
    assert item.title is not None and item.title.text == "=SUM(1)"


@pytest.mark.parametrize(
    "data",
    [
        b"[24/01/2017, 15:03:21] Dana: We meet at nine.\n[24/01/2017, 15:04:00] Amal: Yes,\nat nine.\n",
        b"24/01/2017, 15:03 - Dana: We meet at nine.\n24/01/2017, 15:04 - Amal: Yes,\nat nine.\n",
        b'{"messages": [{"type": "message", "from": "Dana", "date": "2017-01-24T15:03:21", "text": "We meet at nine."},'
        b'{"type": "service", "text": "joined"}, {"type": "message", "from": "Amal", "date": "2017-01-24T15:04:00",'
        b'"text": ["Yes,\\n", {"type": "bold", "text": "at nine."}]}]}',
    ],
)
def test_two_kinds_of_chats_are_read_with_who_wrote_what(data: bytes) -> None:
    text = filed_message(data, "chat.txt").words[0].text
    assert "Dana: We meet at nine." in text and "Amal: Yes,\nat nine." in text and "joined" not in text
    assert text.startswith("Brought from a chat.")


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"hello", "x.eml"),
        (b"", "x.eml"),
        (b"hello", "x.txt"),
        (b"\xff\xfe", "x.txt"),
        (b"{", "x.json"),
        (b"{}", "x.json"),
    ],
)
def test_what_is_neither_mail_nor_chat_is_refused_with_what_to_do(data: bytes, name: str) -> None:
    with pytest.raises(ScenarioFileError, match=r"[Ss]ave|[Ee]xport"):
        filed_message(data, name)


def test_a_condition_stands_with_what_is_due(tmp_path: Path) -> None:
    (tmp_path / "well.yaml").write_text(
        "version: 1\ntalks: {slug: w, title: W, zone: Europe/Zurich, summary: [W.]}\nlanguages: [en]\n"
        "actors: {north: {kind: party, names: {en: North}}}\nseats: {north: {actor: north, roles: [party]}}\n"
        "commitments:\n  sluice: {obligors: [north], what: Open the sluice., due: [{due: 2026-11-27}], "
        "condition: if the South pays}\n",
        encoding="utf-8",
    )
    view = view_for(folded(tmp_path / "well.yaml", START), "north")
    said = "Open the sluice, on condition: the South pays"
    assert said in str([str(one["SUMMARY"]) for one in entries(calendar_file(view)).values()])
    book = CalamineWorkbook.from_filelike(io.BytesIO(lists_file(view, ("commitments",))))
    assert said in str(book.get_sheet_by_index(0).to_python())
