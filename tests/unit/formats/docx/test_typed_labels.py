"""What is typed before a clause in several languages, and what only looks like it; letters that a file draws."""

from __future__ import annotations

import pytest

from docx_files import docx, listed, numbering, paragraph, run
from goodoffices.formats.docx.clause_labels import typed_label
from goodoffices.formats.docx.reader import read_docx


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("المادة (1) مكررا: كلمات", "1مكررا"), ("المادة (١٠) مكرر - كلمات", "١٠مكرر"), ("المادة (2): كلمات", "2"),
        ("مادهٔ ۱: واژه", "۱"), ("ماده‌ی ۲: واژه", "۲"), ("مادۀ ۳ - واژه", "۳"), ("ماددە ٣: وشە", "٣"),
        ("Artigo 8.º Palavras", "8"), ("Artigo 8.º - Palavras", "8"), ("Artículo 2º.- Dos", "2"),
        ("Articolo 7. Parole", "7"), ("Članak 4. Riječi", "4"), ("Член 7. Речи", "7"), ("Чл. 3. Речи", "3"),
        ("Стаття 6. Слова", "6"), ("Artykuł 3. Słowa", "3"), ("Maddə 4. Sözlər", "4"), ("Neni 5: Fjalë", "5"),
    ],
)  # fmt: skip
def test_the_word_for_article_is_known_in_the_languages_of_talks(text: str, number: str) -> None:
    label = typed_label(text, roman=-2, last="")
    assert label is not None and label.number == number


@pytest.mark.parametrize("text", ["1.1.a Words", "1.a) Words", "2.b. Words", "3.1.c) Words"])
def test_the_number_of_a_smaller_item_is_not_cut_in_two(text: str) -> None:
    assert typed_label(text, roman=-2, last="") is None


@pytest.mark.parametrize(("text", "number"), [("1.Words", "1"), ("1. a) Words", "1"), ("2.A party", "2")])
def test_a_number_before_words_stays_one(text: str, number: str) -> None:
    label = typed_label(text, roman=-2, last="")
    assert label is not None and label.number == number


@pytest.mark.parametrize("letters", ["hebrew1", "russianLower", "hex"])
def test_numbers_that_a_file_draws_in_other_letters_are_named(letters: str) -> None:
    lists = numbering(("%1.",)).replace('w:val="decimal"', f'w:val="{letters}"')
    data = docx(
        paragraph(run("Title")), paragraph(run("One."), frame=listed(1)), paragraph(run("Two."), frame=listed(1)),
        numbering=lists,
    )  # fmt: skip
    read = read_docx(data, name="a.docx", lang="en")
    assert f"Numbers that the file draws in other letters ({letters}) are read as 1, 2, 3 and so on." in read.notes
