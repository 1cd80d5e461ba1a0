"""Minutes as they are read: rooms in the order of the lines, one's own words as one's own, how they were approved."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from goodoffices.reports.minutes.minutes_paper import copy_paper, newest_copies
from goodoffices.reports.papers.page_file import terminal_text
from goodoffices.talks.base.enums import Format, MinutesRule, NoteLevel
from goodoffices.talks.notes.lines import TakeNote
from goodoffices.talks.notes.minutes import AnswerMinutes, ApproveMinutes, CirculateMinutes
from goodoffices.talks.notes.typed_lines import Typing, note_line
from goodoffices.talks.rounds.sessions import OpenSession, PlanSession
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
