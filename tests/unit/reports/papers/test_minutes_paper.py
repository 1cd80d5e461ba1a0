"""Minutes as they are read: rooms in the order of the lines, one's own words as one's own, how they were approved."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from goodoffices.reports.minutes.minutes_paper import copy_paper, newest_copies
from goodoffices.reports.papers.one_zone import in_one_zone
from goodoffices.reports.papers.page_file import terminal_text
from goodoffices.reports.papers.paper import Grid, text_of
from goodoffices.talks.base.enums import Format, MinutesRule, NoteLevel
from goodoffices.talks.notes.lines import TakeNote
from goodoffices.talks.notes.minutes import AnswerMinutes, ApproveMinutes, CirculateMinutes, CorrectMinutes
from goodoffices.talks.notes.typed_lines import Typing, note_line
from goodoffices.talks.rounds.sessions import OpenSession, PlanSession
from properties.worlds.cast import the_talks
from stories import Story, words

HEARD = {"A": ("un", "gov", "rus"), "B": ("un", "opp", "tur")}
LINES = (
    ("A", "gov", "Wants the list first."),
    ("B", "opp", "Aid must not wait."),
    ("A", "rus", "Can bring a list."),
    ("B", "tur", "Not in writing tonight."),
)


def circulated(rule: MinutesRule = MinutesRule.NO_OBJECTION, room: str = "Second floor") -> Story:
    """Return a story in which a session in two rooms was noted, and its minutes circulated."""
    story = Story()
    seats = ("un", "gov", "opp", "rus", "tur")
    story.do("un", PlanSession(title="Aid", format=Format.PROXIMITY, participants=seats, room=room))
    story.do("un", OpenSession(session="s1"))
    for where, speaker, text in LINES:
        story.do("un", TakeNote(session="s1", words=words(text), speaker=speaker, room=where, heard=HEARD[where]))
    story.do("un", CirculateMinutes(session="s1", until=story.at + timedelta(hours=20), team=("sec",), rule=rule))
    return story


def read(story: Story, seat: str) -> str:
    view = story.view(seat)
    return " ".join(terminal_text(copy_paper(view, newest_copies(view)[0].handle), 4000).split())


def test_rooms_stand_in_the_order_of_the_lines_and_the_numbers_go_on() -> None:
    told = read(circulated(), "sec")
    marks = ["ROOM A", "1. ", "ROOM B", "2. ", "ROOM A", "3. ", "ROOM B", "4. "]
    at = 0
    for mark in marks:
        at = told.index(mark, at) + len(mark)


def test_who_was_in_one_room_reads_its_name_and_sees_no_sign_of_another() -> None:
    told = read(circulated(), "gov")
    assert "Place: Second floor. Room A." in told
    assert "ROOM" not in told and "Room B" not in told
    assert "1. Your delegation: Wants the list first. 2. The rus: Can bring a list." in told


def test_minutes_approved_before_their_time_say_that_each_answered() -> None:
    story = circulated()
    for seat in ("gov", "opp", "rus", "tur"):
        view = story.view(seat)
        story.do(seat, AnswerMinutes(copy=newest_copies(view)[0].handle, agrees=True))
    story.submit("sec", AnswerMinutes(copy="mc1", agrees=True))
    story.do("un", ApproveMinutes(minutes="mi1"))
    assert "each who was present said that these minutes are right" in read(story, "gov")


def corrected() -> Story:
    """Return a story in which a line with a follow-up was corrected, and the minutes approved after that was due."""
    story = Story()
    seats = ("un", "gov", "opp", "rus", "tur")
    story.do("un", PlanSession(title="Aid", format=Format.PLENARY, participants=seats, room="Room 2"))
    story.do("un", OpenSession(session="s1"))
    due = story.at + timedelta(hours=2)
    story.do("un", TakeNote(session="s1", words=words("Opens."), speaker="un"))
    story.do("un", TakeNote(session="s1", words=words("Can bring a list."), speaker="rus", todo=words("the list"),
                            todo_who="rus", todo_by=due))  # fmt: skip
    story.do("un", TakeNote(session="s1", words=words("Not tonight."), speaker="tur", level=NoteLevel.UNATTRIBUTED,
                            todo=words("a page"), todo_who="un", todo_by=due + timedelta(days=2)))  # fmt: skip
    story.do("un", CirculateMinutes(session="s1", until=story.at + timedelta(hours=1), team=("sec",)))
    copy = newest_copies(story.view("rus"))[0].handle
    story.do("rus", CorrectMinutes(copy=copy, line=2, words=words("On Saturday.")))
    story.do("un", CirculateMinutes(session="s1", until=story.at + timedelta(hours=3)))
    story.at += timedelta(hours=4)
    story.do("un", ApproveMinutes(minutes="mi1"))
    return story


@pytest.mark.parametrize("seat", ["gov", "rus", "sec"])
def test_what_is_to_be_done_points_to_the_correction_of_its_line_and_says_that_it_is_late(seat: str) -> None:
    story = corrected()
    view, told = story.view(seat), read(story, seat)
    paper = copy_paper(view, newest_copies(view)[0].handle)
    [grid] = [block for block in paper.blocks if isinstance(block, Grid)]
    late, other = (text_of(row[2]) for row in grid.rows)
    assert "see the correction of line 2" in late and "had passed when the minutes were approved" in late
    assert other == "Tue 24 Jan 2017, 10:02"
    assert "Read instead: On Saturday." in told and "The first words of a line stay" in told


def test_who_was_not_told_of_a_session_reads_its_form_and_place_in_the_minutes() -> None:
    story = corrected()
    assert story.view("sec").known.copies and not story.view("sec").known.sessions
    assert "Format: plenary. Chair: The un. Place: Room 2." in read(story, "sec")


def test_approved_minutes_have_a_place_for_the_hand_of_the_chair() -> None:
    assert "Signed for The un: ____" in read(corrected(), "gov")
    assert "Signed for" not in read(circulated(), "gov")


def test_a_paper_says_once_how_far_its_clock_is_from_utc_unless_that_changes_in_it() -> None:
    told = read(circulated(), "gov")
    assert told.count("UTC") == 1 and "All times: UTC" in told
    summer = replace(the_talks(), zone="Europe/Zurich")
    view = Story(summer).view("gov")
    moments = (datetime(2017, 3, 25, 12, tzinfo=UTC), datetime(2017, 3, 26, 12, tzinfo=UTC))
    made, offset = in_one_zone(lambda w: [text_of(w.when(at)) for at in moments], view, "en")
    assert (made, offset) == (["Sat 25 Mar 2017, 13:00 (UTC+1)", "Sun 26 Mar 2017, 14:00 (UTC+2)"], "")
    made, offset = in_one_zone(lambda w: [text_of(w.when(at)) for at in moments[:1]], view, "en")
    assert (made, offset) == (["Sat 25 Mar 2017, 13:00"], "UTC+1")


def test_days_stand_a_second_time_in_the_calendar_that_was_asked_for() -> None:
    story = circulated()
    view = story.view("gov")
    handle = newest_copies(view)[0].handle
    shown = {calendar: terminal_text(copy_paper(view, handle, "en", calendar), 4000)
             for calendar in ("", "persian", "islamic")}  # fmt: skip
    assert "(3 Bahman 1395)" in shown["persian"] and "(24 Rabi al-Thani 1438)" in shown["islamic"]
    assert "1395" not in shown[""] and "1438" not in shown[""]


def test_minutes_approved_in_silence_say_until_when_nobody_objected() -> None:
    story = circulated()
    story.at += timedelta(hours=21)
    story.do("un", ApproveMinutes(minutes="mi1"))
    assert "nobody who was present has objected" in read(story, "gov")


@pytest.mark.parametrize(
    ("line", "speaker", "text", "room"),
    [
        ("@A=go,un go Wants the list.", "gov", "Wants the list.", "A"),
        ("go @A=go,un Wants the list.", "gov", "Wants the list.", "A"),
        ("/x go Wants the list.", "gov", "Wants the list.", ""),
        ("! The two meet again.", None, "The two meet again.", ""),
        ("@A=go,un In a room.", None, "In a room.", "A"),
        ("@A=go,un - Nobody named.", None, "Nobody named.", "A"),
    ],
)
def test_marks_can_stand_before_the_speaker(line: str, speaker: str | None, text: str, room: str) -> None:
    at = datetime(2017, 1, 23, 11, tzinfo=UTC)
    typing = Typing(session="s1", at=at, zone="UTC", language="en", keys={"go": "gov", "un": "un"})
    command = note_line(line, typing)
    assert (command.speaker, command.words.text, command.room) == (speaker, text, room)
    assert command.level is (NoteLevel.UNATTRIBUTED if "/x" in line else NoteLevel.NAMED)
