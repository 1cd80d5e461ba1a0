"""Two notes of one session that differ only in what a reader may not know, and everything that the reader gets of them.

A drawn run is a list of lines. In the second world lines that the reader did not hear, or that are not for the
record, are left out or others, a hidden speaker is somebody else, and so is who corrected a line without a speaker.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache

from goodoffices.reports.minutes.minutes_paper import copy_paper, newest_copies
from goodoffices.reports.papers.files import FORMATS, paper_file
from goodoffices.reports.papers.pdf_file import data_of
from goodoffices.talks.base.acts import Words
from goodoffices.talks.base.enums import Format, NoteLevel
from goodoffices.talks.base.refusals import Refusal
from goodoffices.talks.base.states import Attribution
from goodoffices.talks.core import Talks
from goodoffices.talks.notes.lines import TakeNote
from goodoffices.talks.notes.minutes import ApproveMinutes, CirculateMinutes, CorrectMinutes
from goodoffices.talks.rounds.sessions import OpenSession, PlanSession
from goodoffices.talks.state.known_meetings import MinutesLine
from goodoffices.talks.state.view import View
from properties.worlds.cast import START
from properties.worlds.picks import Picks
from stories import Story

READER = "opp"
DELEGATIONS = ("gov", "opp", "rus", "tur", "kaz")
TEXTS = (
    "Wants the list first.",
    "Can accept this if there are dates.",
    "Not tonight.",
    "A longer line, with two thoughts.",
)
ROOMS = (DELEGATIONS, ("opp", "tur", "un"), ("gov", "rus", "un"), ("gov", "opp", "rus", "un"))
LEVELS = tuple(NoteLevel)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line as it is noted in one world."""

    text: str
    speaker: str
    level: NoteLevel
    heard: tuple[str, ...]
    todo_who: str | None = None

    @property
    def is_hidden(self) -> bool:
        """Whether the reader is to have nothing of this line."""
        return self.level is NoteLevel.OFF_RECORD or READER not in self.heard

    @property
    def is_nameless(self) -> bool:
        """Whether the reader is not to know who spoke."""
        return self.level in (NoteLevel.DELEGATION, NoteLevel.UNATTRIBUTED) and self.speaker != READER


@cache
def _opened() -> Talks:
    return Story().talks


def drawn_line(numbers: Sequence[int]) -> Line:
    """Return the line that some small integers choose."""
    pick = Picks(numbers)
    room = pick.one(ROOMS)
    speaker = pick.one([seat for seat in room if seat != "un"])
    todo = pick.one((None, speaker, "gov", "opp"))
    return Line(text=pick.one(TEXTS), speaker=speaker, level=pick.one(LEVELS), heard=room, todo_who=todo)


def other_line(line: Line, numbers: Sequence[int]) -> Line | None:
    """Return the line as it may lawfully be in the other world; ``None`` if it is not there."""
    pick = Picks(numbers[::-1])
    if line.is_hidden:
        other = replace(line, text="Quite other words.", speaker=pick.one([s for s in line.heard if s != "un"]))
        return None if pick.yes() else other
    if line.is_nameless:
        others = [seat for seat in line.heard if seat not in ("un", READER)]
        speaker = pick.one(others)
        # A follow-up of the hidden speaker is the hidden speaker's in both worlds.
        return replace(line, speaker=speaker, todo_who=speaker if line.todo_who == line.speaker else line.todo_who)
    return line


def told(lines: Sequence[Line | None], correctors: Sequence[str], *, hidden: bool) -> Story:
    """Return a story in which these lines were noted, circulated, corrected, circulated again and approved.

    With ``hidden`` the Government also corrects a line that the reader did not hear.
    """
    story = Story.__new__(Story)
    story.at, story.talks = START, _opened()
    story.do("un", PlanSession(title="Aid", format=Format.PLENARY, participants=("un", *DELEGATIONS)))
    story.do("un", OpenSession(session="s1"))
    opens = Line(text="Opens.", speaker="un", level=NoteLevel.NAMED, heard=("un", "opp", "tur"))
    for line in (opens, *lines):
        if line is not None:
            todo = None if line.todo_who is None else Words(text="a list")
            story.do(
                "un",
                TakeNote(
                    session="s1", words=Words(text=line.text), speaker=line.speaker, level=line.level, heard=line.heard,
                    todo=todo, todo_who=line.todo_who,
                ),
            )  # fmt: skip
    story.at = START + timedelta(hours=2)
    if isinstance(
        story.submit("un", CirculateMinutes(session="s1", until=START + timedelta(hours=3), to=DELEGATIONS)), Refusal
    ):
        return story
    for n, seat in enumerate(correctors):
        # Others also correct at another moment: of a line without a speaker the reader is not told when.
        story.at += timedelta(minutes=2 if hidden and seat != READER else 0)
        _correct(story, seat, f"Not so, but so {n}.", lambda line: line.attribution is not Attribution.NAMED)
    if hidden:
        elsewhere = {"Quite other words."} | {line.text for line in lines if line is not None and line.is_hidden}
        known = {line.text for line in lines if line is not None and not line.is_hidden}
        _correct(story, "gov", "Not said in this way.", lambda line: True, among=elsewhere - known)
    story.at = START + timedelta(hours=2, minutes=30)
    story.submit("un", CirculateMinutes(session="s1", until=START + timedelta(hours=3)))
    story.at = START + timedelta(hours=4)
    story.submit("un", ApproveMinutes(minutes="mi1"))
    return story


def _correct(
    story: Story, seat: str, text: str, is_meant: Callable[[MinutesLine], bool], among: set[str] | None = None
) -> None:
    """Let a seat correct the first line of its copy that is meant, if there is one."""
    view = story.view(seat)
    for copy in newest_copies(view)[:1]:
        for place, (line, body) in enumerate(zip(copy.lines, copy.words, strict=True), start=1):
            if is_meant(line) and (among is None or view.text(body) in among):
                story.submit(seat, CorrectMinutes(copy=copy.handle, line=place, words=Words(text=text)))
                return


def minutes_outputs(view: View, *, drawn: bool) -> dict[str, bytes]:
    """Return everything that a reader gets of its minutes, by name; ``drawn`` draws the PDF files too."""
    made = {f"notice {notice.n}": notice.bytes() for notice in view.notices}
    for copy in view.known.copies.values():
        for language in ("en", "ar"):
            paper = copy_paper(view, copy.handle, language)
            name = f"{copy.handle} {language}"
            made |= {f"{name} {ending}": paper_file(paper, ending) for ending in FORMATS if drawn or ending != "pdf"}
            made[f"{name} data"] = json.dumps(data_of(paper)).encode()
    return made
