"""Notes and minutes over HTTP: typed lines, drafts, corrections, approval, files; and nothing for others."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from web.test_hall_pages import Fields, bare, sent
from web.test_texts import Table, opened_table

ALL = ("un", "gov", "opp", "rus", "tur", "kaz")


@pytest.fixture
def table(tmp_path: Path) -> Iterator[Table]:
    for made in opened_table(tmp_path):
        fields: Fields = {"participants": ALL, "format": "plenary"}
        made.do("un", "PlanSession", "sessions", title="Aid to besieged places", **fields)
        made.do("un", "OpenSession", "sessions/s1", session="s1")
        yield made


def typed(table: Table, *lines: str, seat: str = "un") -> None:
    for line in lines:
        answer = sent(table, seat, "notes/s1", line=line)
        assert answer.status == 303, bare(answer.text)


def test_a_line_is_typed_with_letters_for_speaker_level_and_follow_up(table: Table) -> None:
    typed(table, "go Wants the list first.", "ru can bring a list /x >ru the list, tomorrow 20:00", "السجلان لا يُجمعان")
    page = table.page("un", "notes/s1")
    notes = list(table.world.room.view("un").known.notes.values())
    assert [note.speaker for note in notes] == ["gov", "rus", None]
    assert [note.level for note in notes] == ["named", "not-for-attribution", "named"]
    assert notes[1].todo_who == "rus" and notes[1].todo_by is not None
    assert notes[2].words.lang == "ar"
    assert "3 lines" in bare(page) and "1 follow-up" in bare(page)
    typed(table, "-  One line of nobody. /d")
    assert [note.level for note in table.world.room.view("un").known.notes.values()][-1] == "delegation"


def test_what_cannot_be_read_comes_back_with_the_words(table: Table) -> None:
    answer = sent(table, "un", "notes/s1", line="@B hello")
    assert answer.status == 422
    assert "there is no room" in answer.text and "@B hello" in answer.text
    assert sent(table, "un", "notes/s1", line="go ;9").status == 422
    assert sent(table, "usa", "notes/s1", line="hello").status == 404


def test_minutes_go_their_way_from_note_to_approval(table: Table) -> None:
    typed(table, "go Wants the list first.", "op Can accept this. /d", "tu Not in writing tonight. /x", "go No. /o")
    assert "3 lines" in bare(table.page("un", "notes/s1"))
    table.do("un", "CirculateMinutes", "notes/s1", session="s1", until="2017-01-22T18:00", team=("sec",))
    assert "Aid to besieged places" in table.page("gov", "minutes")
    page = bare(table.page("gov", "minutes/mc1"))
    assert "The point was made: Not in writing tonight." in page
    assert "One delegation: Can accept this." in page
    assert "The opp" not in page.partition("Present:")[2].partition("One delegation")[2]
    table.do("opp", "CorrectMinutes", "minutes/mc1", copy="mc1", line="2", words="Is ready to discuss this.")
    assert "Is ready to discuss this." in bare(table.page("un", "minutes/mi1/sent"))
    table.do("un", "CirculateMinutes", "notes/s1", session="s1", until="2017-01-22T18:00")
    assert "Correction. Read instead: Is ready to discuss this." in bare(table.page("gov", "minutes/mc2"))
    for seat, copy in (("gov", "mc2"), ("opp", "mc2"), ("rus", "mc2"), ("tur", "mc2"), ("kaz", "mc2"), ("sec", "mc2")):
        table.do(seat, "AnswerMinutes", f"minutes/{copy}", copy=copy, agrees="yes")
    table.do("un", "ApproveMinutes", "minutes/mi1/sent", minutes="mi1")
    assert "Approved" in bare(table.page("gov", "minutes/mc2"))


@pytest.mark.parametrize("ending", ["docx", "pdf", "html", "txt"])
def test_minutes_are_saved_as_files_that_do_not_change(table: Table, ending: str) -> None:
    typed(table, "go Wants the list first.")
    table.do("un", "CirculateMinutes", "notes/s1", session="s1", until="2017-01-22T18:00")
    browser = table.browser("gov")
    one, two = (browser.get(f"{browser.base}/minutes/mc1/file/{ending}") for _ in range(2))
    assert one.status == 200 and one.chunks == two.chunks
    assert table.status("gov", "minutes/mc1/file/exe") == 404
    assert table.status("gov", "minutes/mc9/file/docx") == 404
    assert table.status("un", f"notes/s1/as/gov/file/{ending}") == 200
    assert table.status("gov", f"notes/s1/as/gov/file/{ending}") == 404


def test_a_note_is_on_no_other_seats_pages(table: Table) -> None:
    n = len(table.world.room.view("gov").notices)
    typed(table, "go A secret of the note.")
    for seat in ("gov", "sec"):
        assert "A secret of the note." not in table.page(seat, "minutes") + table.page(seat, "sessions")
    assert "A secret of the note." not in table.page("gov", "notes/s1")
    assert table.status("sec", "notes/s1") == 404
    assert len(table.world.room.view("gov").notices) == n


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_page_of_minutes_can_be_drawn_in_both_languages(table: Table, language: str) -> None:
    typed(table, "go Wants the list first. >go a list, mon 20:00", "op Can accept this. /d", "@A=go,un In a room. !")
    table.do("un", "CirculateMinutes", "notes/s1", session="s1", until="2017-01-22T18:00", team=("sec",))
    table.do("gov", "CorrectMinutes", "minutes/mc1", copy="mc1", line="1", words="Asked for the list.")
    table.do("gov", "AnswerMinutes", "minutes/mc1", copy="mc1", agrees="no", words="No.")
    for path in (
        "minutes",
        "notes/s1",
        "notes/s1/as/gov",
        "notes/s1/as/team",
        "notes/s1/as/public",
        "minutes/mi1/sent",
    ):
        assert table.page("un", path, language)
    assert table.page("gov", "minutes/mc1", language)
    assert table.status("un", "notes/s1/as/nobody") == 404
