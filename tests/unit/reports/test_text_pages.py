"""Texts as pages: nothing outside the file, both directions, hostile words harmless."""

from __future__ import annotations

import re

from goodoffices.reports.text_pages import page_of
from goodoffices.reports.text_sheets import against_base, for_the_room, marked_sheet, side_by_side
from text_stories import CLEAN, FIRST, Talks
from unit.reports.test_text_sheets import ARABIC


def seen(page: str) -> str:
    return re.sub(r"<[^>]+>", "", page.partition("<body")[2])


def test_the_page_needs_nothing_from_outside_and_is_the_same_each_time() -> None:
    story = Talks()
    version = story.bracketed()
    page = page_of([marked_sheet(story.view("gov"), version, "en")])
    assert not re.search(r"(src|href|url\(|@import|<script|https?:)", page)
    assert page == page_of([marked_sheet(story.view("gov"), version, "en")])
    assert "[A: 1 January | B: 30 December]" in seen(page) or "[A: 30 December | B: 1 January]" in seen(page)


def test_words_that_look_like_marks_of_a_page_are_words() -> None:
    story = Talks()
    version = story.release(story.table(FIRST.replace("Three states", "<script>alert(1)</script> & three")))
    page = page_of([marked_sheet(story.view("gov"), version, "en")])
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; three" in page


def test_arabic_runs_from_right_to_left_with_numbers_and_labels_isolated() -> None:
    story = Talks()
    version = story.release(story.table(FIRST, ARABIC))
    sheets, _ = side_by_side(story.view("gov"), version, ("ar", "en"))
    page = page_of(sheets)
    assert '<html lang="ar" dir="rtl">' in page
    assert '<article lang="en" dir="ltr">' in page
    assert "<bdi>1</bdi>." in page
    assert f'<bdi dir="ltr">{sheets[0].code}</bdi>' in page


def test_changes_are_told_by_more_than_colour() -> None:
    story = Talks()
    first = story.release(story.table())
    second = story.release(story.write(CLEAN))
    page = page_of([against_base(story.view("gov"), second, first, "en")])
    assert "<del>30 December</del>" in page or "<del>30</del>" in page
    assert "<ins>" in page


def test_for_the_room_one_clause_is_drawn_large_without_a_copy_mark() -> None:
    story = Talks()
    version = story.release(story.table())
    page = page_of([for_the_room(story.view("un"), version, "en", "2")], room=True)
    assert 'class="room"' in page
    assert "Copy mark" not in page
    assert "It begins" not in seen(page)
