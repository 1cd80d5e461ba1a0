"""Planted leaks of minutes: each is one believable mistake. The two worlds must show every one of them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import pytest

from goodoffices.reports.minutes import minutes_paper
from goodoffices.reports.papers.files import paper_file as paper_file_of
from goodoffices.reports.papers.paper import Paragraph, Sentence, Span
from goodoffices.talks.base.enums import NoteLevel
from goodoffices.talks.base.states import Attribution
from goodoffices.talks.notes import minutes, versions
from goodoffices.talks.state.known_meetings import MinutesCorrection, MinutesLine, MinutesTodo
from properties.papers import minutes_worlds

Patch = pytest.MonkeyPatch


def _copies(patch: Patch, change: Callable[..., versions.CopyText]) -> None:
    original = versions.copy_for

    def copy_for(known: Any, session: Any, notes: Any, reader: str, **more: Any) -> versions.CopyText:
        return change(original(known, session, notes, reader, **more), notes, reader)

    patch.setattr(minutes, "copy_for", copy_for)


def lines_numbered_as_in_the_note(patch: Patch) -> None:
    """A gap in the numbers shows that something is missing: the first line carries how many there are."""

    def change(text: versions.CopyText, notes: Any, reader: str) -> versions.CopyText:
        if not text.lines:
            return text
        return replace(text, lines=(replace(text.lines[0], room=f"1/{len(notes)}"), *text.lines[1:]))

    _copies(patch, change)


def present_are_all_whom_the_note_names(patch: Patch) -> None:
    def change(text: versions.CopyText, notes: Any, reader: str) -> versions.CopyText:
        return replace(text, present=tuple(sorted({note.speaker for note in notes} | set(text.present))))

    _copies(patch, change)


def speakers_behind_lines_without_attribution(patch: Patch) -> None:
    original = versions._with
    patch.setattr(
        versions, "line_for",
        lambda known, session, note, reader, is_team: (
            None if note.level is NoteLevel.OFF_RECORD or reader not in note.heard
            else original(
                MinutesLine(attribution=Attribution.POINT), Attribution.POINT, note.speaker, None
            )
        ),
    )  # fmt: skip


def off_the_record_for_those_who_heard_it(patch: Patch) -> None:
    original = versions.line_for

    def line_for(known: Any, session: Any, note: Any, reader: str, *, is_team: bool) -> Any:
        level = NoteLevel.UNATTRIBUTED if note.level is NoteLevel.OFF_RECORD else note.level
        return original(known, session, replace(note, level=level), reader, is_team=is_team)

    patch.setattr(versions, "line_for", line_for)


def follow_ups_left_out_only_where_the_speaker_is_to_act(patch: Patch) -> None:
    """Whose follow-up stands there is then known not to have spoken."""
    patch.setattr(
        versions,
        "_todo",
        lambda session, note, line, reader, place: (
            None
            if note.todo is None or (line.speaker is None and note.todo_who == note.speaker)
            else MinutesTodo(who=note.todo_who, by=note.todo_by)
        ),
    )


def follow_ups_that_name_the_hidden_speaker(patch: Patch) -> None:
    patch.setattr(
        versions,
        "_todo",
        lambda session, note, line, reader, place: (
            None if note.todo is None else MinutesTodo(who=note.todo_who, by=note.todo_by)
        ),
    )


def correctors_named_beside_nameless_lines(patch: Patch) -> None:
    patch.setattr(
        versions, "_correction",
        lambda place, line, sent, reader, is_team: MinutesCorrection(line=place, by=sent.by),
    )  # fmt: skip


def corrections_dated_beside_nameless_lines(patch: Patch) -> None:
    patch.setattr(
        versions, "_correction",
        lambda place, line, sent, reader, is_team: MinutesCorrection(line=place, at=sent.at),
    )  # fmt: skip


def corrections_in_the_order_of_who_sent_them(patch: Patch) -> None:
    original = minutes.corrections_of
    patch.setattr(
        minutes, "corrections_of", lambda *given: sorted(original(*given), key=lambda row: (row[1].by, row[0]))
    )


def everybody_gets_the_corrected_version(patch: Patch) -> None:
    """A reader whose version did not change learns from a new one that another's did."""
    original, came = minutes.corrections_of, list[bool]()

    def corrections_of(*given: Any) -> Any:
        found = list(original(*given))
        came.append(bool(found))
        return found

    same = minutes._is_same
    patch.setattr(minutes, "corrections_of", corrections_of)
    patch.setattr(minutes, "_is_same", lambda text, before: same(text, before) and not came[-1])


def the_note_behind_each_line(patch: Patch) -> None:
    faces = {**minutes.MinutesCirculated.FACES, "all": (*minutes.MinutesCirculated.FACES["all"], "notes")}
    patch.setattr(minutes.MinutesCirculated, "FACES", faces)
    patch.setattr(minutes.MinutesCirculated, "REFS", ("minutes", "session", "replaces"))


def one_delegation_among_two(patch: Patch) -> None:
    """With one other delegation in the room its line is told as one delegation's, though the speaker is plain."""
    original = versions._possible_speakers
    patch.setattr(
        versions,
        "_possible_speakers",
        lambda *given: (*original(*given), "", "")[: 3 if given[2].speaker == "gov" else 9],
    )
    patch.setattr(versions, "FEWEST_SPEAKERS", 4)


def _papers(patch: Patch, change: Callable[..., Any]) -> None:
    original = minutes_paper.copy_paper
    patch.setattr(
        minutes_worlds,
        "copy_paper",
        lambda view, handle, language="en": change(original(view, handle, language), view, handle),
    )


def a_blank_for_every_line_left_out(patch: Patch) -> None:
    def change(paper: Any, view: Any, handle: str) -> Any:
        n = len({body for body in range(1, 200) if view.words(f"{body}.0") is not None})
        return replace(paper, blocks=(*paper.blocks, Paragraph(sentences=(Sentence(spans=(Span(text="…" * n),)),))))

    _papers(patch, change)


def the_last_speaker_as_author_of_the_file(patch: Patch) -> None:
    def change(made: bytes, speaker: Any) -> bytes:
        again = io.BytesIO(made)
        with zipfile.ZipFile(again, "a") as packed:
            packed.writestr(zipfile.ZipInfo("docProps/core.xml"), f"<dc:creator>{speaker}</dc:creator>")
        return again.getvalue()

    _spoiled(patch, "docx", change)


def the_last_speaker_as_author_of_a_tracked_change(patch: Patch) -> None:
    def change(made: bytes, speaker: Any) -> bytes:
        again = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(made)) as packed, zipfile.ZipFile(again, "w") as spoiled:
            for entry in packed.infolist():
                data = packed.read(entry)
                mark = f'<w:ins w:author="{speaker}"/></w:body>'.encode()
                spoiled.writestr(entry, data.replace(b"</w:body>", mark) if entry.filename.endswith("t.xml") else data)
        return again.getvalue()

    _spoiled(patch, "docx", change)


def the_last_speaker_among_what_a_page_says_of_itself(patch: Patch) -> None:
    _spoiled(
        patch, "html",
        lambda made, speaker: made.replace(b"</head>", f'<meta name="author" content="{speaker}"></head>'.encode()),
    )  # fmt: skip


def _spoiled(patch: Patch, sort: str, change: Callable[[bytes, Any], bytes]) -> None:
    """Spoil every file of one kind with who spoke last in the note."""
    original = paper_file_of

    def paper_file(paper: Any, ending: str) -> bytes:
        made = original(paper, ending)
        return change(made, HELD[-1]) if ending == sort and HELD else made

    patch.setattr(minutes_worlds, "paper_file", paper_file)
    original_line = versions.line_for

    def line_for(known: Any, session: Any, note: Any, reader: str, *, is_team: bool) -> Any:
        HELD.append(note.speaker)
        return original_line(known, session, note, reader, is_team=is_team)

    patch.setattr(versions, "line_for", line_for)


HELD: list[Any] = []

MINUTES_LEAKS: Mapping[str, Callable[[Patch], None]] = {
    plant.__name__.replace("_", " "): plant
    for plant in (
        lines_numbered_as_in_the_note,
        present_are_all_whom_the_note_names,
        speakers_behind_lines_without_attribution,
        off_the_record_for_those_who_heard_it,
        follow_ups_left_out_only_where_the_speaker_is_to_act,
        follow_ups_that_name_the_hidden_speaker,
        correctors_named_beside_nameless_lines,
        corrections_dated_beside_nameless_lines,
        corrections_in_the_order_of_who_sent_them,
        everybody_gets_the_corrected_version,
        the_note_behind_each_line,
        one_delegation_among_two,
        a_blank_for_every_line_left_out,
        the_last_speaker_as_author_of_the_file,
        the_last_speaker_as_author_of_a_tracked_change,
        the_last_speaker_among_what_a_page_says_of_itself,
    )
}
"""Every planted leak of minutes, by name."""
