"""Texts as pages: nothing outside the file, both directions, hostile words harmless."""

from __future__ import annotations

import re

from goodoffices.reports.texts.html_pages import page_of
from goodoffices.reports.texts.sheets import against_base, for_the_room, marked_sheet, side_by_side
from goodoffices.talks.texts.commands import TableText
from stories import words
from text_stories import CLEAN, FIRST, Talks
from unit.reports.texts.test_text_sheets import ARABIC


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


SIX = {
    "en": ("Start", "It begins on", "30 December", "1 January"),
    "ar": ("البدء", "يبدأ في", "٣٠ كانون الأول", "١ كانون الثاني"),
    "ru": ("Начало", "Начинается", "30 декабря", "1 января"),
    "tr": ("Başlangıç", "Başlangıcı", "30 Aralık", "1 Ocak"),
    "fa": ("آغاز", "آغاز می‌شود در", "۳۰ دسامبر", "۱ ژانویه"),
    "kk": ("Басталуы", "Басталады", "30 желтоқсан", "1 қаңтар"),
}


def test_t22_in_all_six_languages_the_same_brackets_stand_in_the_same_clauses() -> None:
    papers = [
        words(
            f"# T {lang}\n\n## 1. {head}\n\n{verb} [[A: {one} | B: {two}]].\n\n## [2.] {head}\n\n{verb} {one}.\n", lang
        )
        for lang, (head, verb, one, two) in SIX.items()
    ]
    story = Talks()
    story.do("un", TableText(papers=tuple(papers)))
    version = story.release(list(story.view("un").known.versions)[-1])
    drawn = {}
    for lang, (_, verb, one, two) in SIX.items():
        clauses = page_of([marked_sheet(story.view("gov"), version, lang)]).split("<section>")[1:]
        drawn[lang] = [re.findall(r'<span class="(?:mark|label)">(.*?)</span>', clause) for clause in clauses]
        assert all(said in seen(f"<body{clauses[0]}") for said in (verb, one, two))
    assert len({repr(signs) for signs in drawn.values()}) == 1
    assert [len(signs) for signs in drawn["ar"]] == [5, 2]
