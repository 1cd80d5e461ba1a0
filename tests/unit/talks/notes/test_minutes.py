"""Notes are of the seat that takes them; minutes show each reader what it may know, and leave no gap."""

from __future__ import annotations

from datetime import timedelta

from goodoffices.talks.base.enums import Format, MinutesRule, NoteLevel
from goodoffices.talks.base.states import Attribution, MinutesState
from goodoffices.talks.notes.lines import TakeNote, notes_of
from goodoffices.talks.notes.minutes import AnswerMinutes, ApproveMinutes, CirculateMinutes, CorrectMinutes
from goodoffices.talks.rounds.sessions import OpenSession, PlanSession
from goodoffices.talks.state.known_meetings import KnownCopy
from stories import Story, words

ALL = ("un", "gov", "opp", "rus", "tur", "kaz")


def noted(*lines: tuple[str | None, str, NoteLevel, tuple[str, ...]]) -> Story:
    """Return a story in which the mediator noted these lines of an open session."""
    story = Story()
    story.do("un", PlanSession(title="Aid to besieged places", format=Format.PLENARY, participants=ALL))
    story.do("un", OpenSession(session="s1"))
    for speaker, text, level, heard in lines:
        story.do("un", TakeNote(session="s1", words=words(text), speaker=speaker, level=level, heard=heard))
    return story


def copy_of(story: Story, seat: str) -> KnownCopy:
    """Return the newest copy of the minutes that a seat has."""
    return [copy for copy in story.view(seat).known.copies.values() if copy.reader == seat][-1]


def texts(story: Story, seat: str) -> list[tuple[str, str | None, str | None]]:
    """Return the lines of a seat's minutes: how they name the speaker, the speaker, the words."""
    view, copy = story.view(seat), copy_of(story, seat)
    return [
        (line.attribution, line.speaker, view.text(body)) for line, body in zip(copy.lines, copy.words, strict=True)
    ]


LINES = (
    ("gov", "Wants the list of places first.", NoteLevel.NAMED, ()),
    ("opp", "Can accept this if there are dates.", NoteLevel.DELEGATION, ()),
    ("tur", "Names of places should not be in writing tonight.", NoteLevel.UNATTRIBUTED, ()),
    ("gov", "Has no instruction yet on detainees.", NoteLevel.OFF_RECORD, ()),
)


def test_a_line_is_told_to_nobody_else() -> None:
    story = noted()
    before = {seat: len(story.view(seat).notices) for seat in ALL}
    [act] = story.do("un", TakeNote(session="s1", words=words("Opens."), speaker="un"))
    assert act.audience == (("un", "self"),)
    assert {seat for seat in ALL if len(story.view(seat).notices) > before[seat]} == {"un"}
    assert story.refused("usa", TakeNote(session="s1", words=words("x"))) == "unknown"
    assert story.refused("un", TakeNote(session="s1", words=words(" "))) == "bad_value"


def test_a_corrected_line_stands_in_the_place_of_the_first() -> None:
    story = noted(*LINES[:2])
    story.do("un", TakeNote(session="s1", words=words("Wants the list."), speaker="gov", replaces="nt1"))
    view = story.view("un")
    assert [view.text(note.words) for note in notes_of(view.known, "s1")] == ["Wants the list.", LINES[1][1]]
    assert story.refused("un", TakeNote(session="s1", words=words("Again."), replaces="nt1")) == "bad_value"


def test_each_reader_has_its_own_lines_by_the_level() -> None:
    story = noted(*LINES)
    story.do("un", CirculateMinutes(session="s1", until=story.in_minutes(60), team=("sec",)))
    point, one = (Attribution.POINT, None), (Attribution.ONE_DELEGATION, None)
    assert [row[:2] for row in texts(story, "gov")] == [(Attribution.NAMED, "gov"), one, point]
    assert [row[:2] for row in texts(story, "opp")] == [(Attribution.NAMED, "gov"), (Attribution.OWN, "opp"), point]
    assert [row[1] for row in texts(story, "sec")] == ["gov", "opp", "tur"]
    assert not any("detainees" in (row[2] or "") for seat in (*ALL[1:], "sec") for row in texts(story, seat))


def test_one_delegation_needs_three_that_a_reader_must_think_of() -> None:
    room = ("un", "gov", "opp", "rus")
    story = noted(("gov", "Wants the list.", NoteLevel.NAMED, room), ("opp", "Can accept.", NoteLevel.DELEGATION, room))
    story.do("un", CirculateMinutes(session="s1", until=story.in_minutes(60)))
    assert [row[2] for row in texts(story, "rus")] == ["Wants the list."]
    assert [row[2] for row in texts(story, "opp")] == ["Wants the list.", "Can accept."]


def test_what_was_said_in_another_room_leaves_no_trace() -> None:
    here = ("opp", "tur", "un")
    room_b = ("opp", "Aid must not wait.", NoteLevel.NAMED, here)
    room_a = ("gov", "Two places could come first.", NoteLevel.UNATTRIBUTED, ("gov", "rus", "un"))
    alone, both = noted(room_b), noted(room_a, room_b)
    for story in (alone, both):
        story.at = alone.at
        story.do("un", CirculateMinutes(session="s1", until=story.in_minutes(60)))
    one, two = (copy_of(story, "opp") for story in (alone, both))
    assert (one.lines, one.todos, one.present) == (two.lines, two.todos, two.present)
    assert "gov" not in two.present


def test_a_line_that_names_its_speaker_in_its_words_is_not_sent_without_attribution() -> None:
    story = noted(("tur", "The tur would rather not.", NoteLevel.UNATTRIBUTED, ()))
    assert story.refused("un", CirculateMinutes(session="s1", until=story.in_minutes(60))) == "bad_value"


def test_a_party_does_not_get_the_version_of_the_team() -> None:
    story = noted(*LINES)
    assert story.refused("un", CirculateMinutes(session="s1", until=story.in_minutes(9), team=("gov",))) == "bad_value"
    assert story.refused("gov", CirculateMinutes(session="s1", until=story.in_minutes(9))) == "not_your_power"


def test_corrections_stand_beside_the_line_and_name_nobody_where_the_line_does_not() -> None:
    story = noted(*LINES)
    story.do("un", CirculateMinutes(session="s1", until=story.in_minutes(60), team=("sec",)))
    story.do("opp", CorrectMinutes(copy="mc1", line=2, words=words("Is ready to discuss this.")))
    assert story.refused("un", ApproveMinutes(minutes="mi1")) == "not_open"
    before = len(story.view("rus").notices)
    story.do("un", CirculateMinutes(session="s1", until=story.in_minutes(60)))
    assert len(story.view("rus").notices) == before + 1
    for seat, by in (("gov", None), ("opp", "opp"), ("sec", "opp")):
        [correction] = copy_of(story, seat).corrections
        assert (correction.line, correction.by) == (2, by)
        assert story.view(seat).text(copy_of(story, seat).corrected[0]) == "Is ready to discuss this."
        assert copy_of(story, seat).is_again


def test_a_reader_whose_version_does_not_change_is_told_nothing() -> None:
    room = ("gov", "un")
    story = noted(("gov", "Two places.", NoteLevel.NAMED, room), ("opp", "Aid must not wait.", NoteLevel.NAMED, ()))
    story.do("un", CirculateMinutes(session="s1", until=story.in_minutes(60)))
    story.do("gov", CorrectMinutes(copy="mc1", line=1, words=words("Three places.")))
    before = len(story.view("opp").notices)
    story.do("un", CirculateMinutes(session="s1", until=story.in_minutes(60)))
    assert len(story.view("opp").notices) == before


def test_minutes_are_approved_without_objection_when_the_time_is_over() -> None:
    story = noted(*LINES)
    story.do("un", CirculateMinutes(session="s1", until=story.in_minutes(60)))
    assert story.refused("un", ApproveMinutes(minutes="mi1")) == "not_open"
    story.do("tur", AnswerMinutes(copy="mc1", agrees=False, words=words("Not so.")))
    story.wait(90)
    assert story.refused("un", ApproveMinutes(minutes="mi1")) == "not_open"
    story.do("tur", AnswerMinutes(copy="mc1", agrees=True))
    late = story.do("opp", CorrectMinutes(copy="mc1", line=1, words=words("Too late.")))
    assert late[0].data["is_late"]
    story.do("un", ApproveMinutes(minutes="mi1"))
    assert copy_of(story, "tur").state is MinutesState.APPROVED
    assert story.refused("opp", CorrectMinutes(copy="mc1", line=1, words=words("x"))) == "done"
    assert story.refused("un", CirculateMinutes(session="s1", until=story.in_minutes(60))) == "done"


def test_under_the_rule_that_each_agrees_silence_is_not_enough() -> None:
    room = ("gov", "opp", "un")
    story = noted(("gov", "Two places.", NoteLevel.NAMED, room))
    story.do("un", CirculateMinutes(session="s1", until=story.in_minutes(5), rule=MinutesRule.EACH_AGREES))
    story.wait(30)
    story.do("gov", AnswerMinutes(copy="mc1", agrees=True))
    assert story.refused("un", ApproveMinutes(minutes="mi1")) == "not_open"
    story.do("opp", AnswerMinutes(copy="mc1", agrees=True))
    story.do("un", ApproveMinutes(minutes="mi1"))


def test_who_was_not_in_the_room_cannot_correct() -> None:
    story = noted(("gov", "Two places.", NoteLevel.NAMED, ("gov", "un")))
    story.do("un", CirculateMinutes(session="s1", until=story.in_minutes(5), to=("gov", "opp")))
    assert copy_of(story, "opp").lines == ()
    assert story.refused("opp", CorrectMinutes(copy="mc1", line=1, words=words("x"))) == "not_present"
    assert story.refused("opp", AnswerMinutes(copy="mc1", agrees=True)) == "not_present"
    assert story.refused("un", CorrectMinutes(copy="mc1", line=1, words=words("x"))) == "not_yours"


def test_minutes_that_nobody_would_receive_are_refused() -> None:
    story = Story()
    story.do("sec", PlanSession(title="Among ourselves", format=Format.DIRECT, participants=("sec", "gov")))
    story.do("sec", OpenSession(session="s1"))
    story.do("sec", TakeNote(session="s1", words=words("Nobody came."), heard=("sec",)))
    until = story.at + timedelta(hours=1)
    assert story.refused("sec", CirculateMinutes(session="s1", until=until)) == "bad_value"
    assert not story.view("sec").known.minutes


def test_minutes_that_changed_for_nobody_are_not_sent_again() -> None:
    story = noted(*LINES)
    until = story.at + timedelta(hours=1)
    story.do("un", CirculateMinutes(session="s1", until=until))
    assert story.refused("un", CirculateMinutes(session="s1", until=until)) == "done"
