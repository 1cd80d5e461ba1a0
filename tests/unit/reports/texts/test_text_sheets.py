"""Texts as they are shown: clean, marked, against a base, as one seat would have it, side by side, for the room."""

from __future__ import annotations

import pytest

from goodoffices.errors import ScenarioError
from goodoffices.reports.texts.sheets import (
    Ink,
    against_base,
    as_seat_would,
    clean_sheet,
    for_the_room,
    marked_sheet,
    side_by_side,
)
from goodoffices.talks.documents.diff import Change
from goodoffices.talks.texts.comments import MarkDivergence
from stories import words
from text_stories import CLEAN, FIRST, Talks

ARABIC = "# وقف إطلاق النار\n\n## 1. البدء\n\nيبدأ في ٣٠ كانون الأول.\n\n## 2. المراقبة\n\nتراقبه ثلاث دول.\n"


def drawn(sheet: object) -> str:
    return " / ".join("".join(run.text for run in clause.runs) for clause in sheet.clauses)  # type: ignore[attr-defined]


def test_the_marked_text_shows_brackets_and_labels_and_the_clean_one_is_refused() -> None:
    story = Talks()
    version = story.bracketed()
    sheet = marked_sheet(story.view("gov"), version, "en")
    assert [run.ink for run in sheet.clauses[0].runs if run.ink in (Ink.MARK, Ink.LABEL)] == [
        Ink.MARK, Ink.LABEL, Ink.MARK, Ink.LABEL, Ink.MARK,
    ]  # fmt: skip
    with pytest.raises(ScenarioError, match="clauses 1 have brackets"):
        clean_sheet(story.view("gov"), version, "en")


def test_a_clean_text_reads_as_it_is() -> None:
    story = Talks()
    version = story.release(story.table())
    assert drawn(clean_sheet(story.view("opp"), version, "en")) == "It begins on 30 December. / Three states watch it."


def test_against_a_base_every_clause_says_what_became_of_it() -> None:
    story = Talks()
    first = story.release(story.table())
    second = story.release(story.write(CLEAN))
    sheet = against_base(story.view("gov"), second, first, "en")
    assert [clause.change for clause in sheet.clauses] == [Change.CHANGED, Change.KEPT]
    assert drawn(sheet).startswith("It begins on ")
    inks = {ink: [run.text for run in sheet.clauses[0].runs if run.ink is ink] for ink in (Ink.NEW, Ink.GONE)}
    assert (inks[Ink.GONE], inks[Ink.NEW]) == (["30 December"], ["1 January"]) or inks[Ink.GONE][0] == "30"


def test_as_one_seat_would_have_it_is_for_that_seat_and_the_pen() -> None:
    story = Talks()
    version = story.bracketed()
    assert "on 1 January" in drawn(as_seat_would(story.view("un"), version, "en", "opp"))
    assert "on 1 January" in drawn(as_seat_would(story.view("opp"), version, "en", "opp"))
    with pytest.raises(ScenarioError, match="only 'opp' itself and the pen"):
        as_seat_would(story.view("gov"), version, "en", "opp")


def test_languages_lie_side_by_side_by_clause_and_say_where_they_differ() -> None:
    story = Talks()
    version = story.release(story.table(FIRST, ARABIC))
    assert marked_sheet(story.view("gov"), version, "en").lines == ("No prevailing language is stated.",)
    clause = story.view("gov").known.versions[version].clauses[1]
    said = MarkDivergence(version=version, clause=clause, languages=("en", "ar"), words=words("other sense"))
    story.do("gov", said)
    sheets, clauses = side_by_side(story.view("gov"), version, ("ar", "en"))
    assert [sheet.direction for sheet in sheets] == ["rtl", "ltr"]
    assert clauses == story.view("gov").known.versions[version].clauses
    assert sheets[1].lines == ("The languages differ at clause 2. It is not stated which prevails.",)
    with pytest.raises(ScenarioError, match="two to four"):
        side_by_side(story.view("gov"), version, ("en",))


def test_in_the_room_one_clause_stands_alone_without_a_copy_mark() -> None:
    story = Talks()
    version = story.release(story.table())
    sheet = for_the_room(story.view("un"), version, "en", "2")
    assert (drawn(sheet), sheet.mark) == ("Three states watch it.", "")
    with pytest.raises(ScenarioError, match="unknown clause '9'; known: '1', '2'"):
        for_the_room(story.view("un"), version, "en", "9")


def test_what_is_not_held_cannot_be_shown() -> None:
    story = Talks()
    version = story.release(story.table())
    with pytest.raises(ScenarioError, match="not held in 'ar'; held: en"):
        marked_sheet(story.view("gov"), version, "ar")
    with pytest.raises(ScenarioError, match="this seat has no version of any text yet"):
        marked_sheet(story.view("rus"), version, "en")


def test_recipients_are_counted_only_where_they_are_shown() -> None:
    story = Talks()
    hidden = story.release(story.table())
    shown = story.release(story.table(FIRST.replace("Cease-fire", "Terms")), show_recipients=True)
    assert marked_sheet(story.view("gov"), hidden, "en").released_to is None
    assert marked_sheet(story.view("gov"), shown, "en").released_to == 2


def test_t8_all_holders_have_one_check_code_and_each_its_own_copy_mark() -> None:
    story = Talks()
    version = story.release(story.table())
    sheets = [marked_sheet(story.view(seat), version, "en") for seat in ("gov", "opp")]
    assert len({sheet.code for sheet in sheets}) == 1
    assert len({sheet.mark for sheet in sheets}) == 2
