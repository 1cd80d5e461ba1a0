"""Every word and every tracked mark of a file is in the text, in a change, or named as left out: for any document."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings

from docx_files import docx, inserted, paragraph, run
from goodoffices.formats.docx.reader import DocxReading, read_docx
from goodoffices.talks.documents.markdown import write_paper
from properties.document_trees import Node, blocks, document

INSERTING = ("ins ", "moveTo ", "cellIns ", "conflictIns ")
_WORD = re.compile(r"w\d+q")


def words_in(text: str) -> set[str]:
    return set(_WORD.findall(text))


def check_balance(nodes: list[Node]) -> None:
    data, drawn = document(nodes)
    read = read_docx(data, name="a.docx", lang="en")
    assert read.n_marks == drawn.n_marks
    text, said = words_in(write_paper(read.paper)), words_in(" ".join(read.said(names=True)))
    proposed = words_in(" ".join(f"{p.heading} {p.words} {p.before}" for p in read.proposals))
    assert set(drawn.words) <= text | said | proposed
    for word, around in drawn.words.items():
        for place, mark in enumerate(around):
            if not is_anothers(mark, around[place + 1 :]):
                check_mark(read, word, *mark.split())
    if read.n_marks:
        assert read.proposals or read.unplaced


def is_anothers(mark: str, inner: tuple[str, ...]) -> bool:
    """Say whether a word in an insertion was inserted by another author inside it."""
    return mark.startswith(INSERTING) and any(
        m.startswith(INSERTING) and m.split()[1] != mark.split()[1] for m in inner
    )


def check_mark(read: DocxReading, word: str, mark: str, author: str) -> None:
    """A tracked word is in the clauses that its author's changes show, or is said not to be placed."""
    named = any(word in words_in(one.words) for one in read.unplaced if one.author == author)
    # A deletion inside another author's insertion is shown by that insertion without the word.
    beneath = any(one.author == author and one.lead == "Shown together" for one in read.unplaced)
    shown = any(word in words_in(f"{p.heading} {p.words} {p.before}") for p in read.proposals if p.author == author)
    assert named or shown or (beneath and mark in ("del", "moveFrom", "cellDel", "conflictDel")), (word, mark, author)


@settings(max_examples=100)
@given(blocks)
def test_no_word_and_no_tracked_mark_is_lost(nodes: list[Node]) -> None:
    check_balance(nodes)


@pytest.mark.nightly
@settings(max_examples=5_000)
@given(blocks)
def test_no_word_and_no_tracked_mark_is_lost_in_five_thousand_documents(nodes: list[Node]) -> None:
    check_balance(nodes)


def test_an_alternative_that_says_the_same_is_counted_once_and_another_one_is_not() -> None:
    def box(first: str, second: str) -> bytes:
        inside = [
            f"<w:r><w:pict><w:txbxContent>{paragraph(inserted(text, 'Amal'))}</w:txbxContent></w:pict></w:r>"
            for text in (first, second)
        ]
        alternatives = f"<x:Choice>{inside[0]}</x:Choice><x:Fallback>{inside[1]}</x:Fallback>"
        name = "http://schemas.openxmlformats.org/markup-compatibility/2006"
        return docx(
            paragraph(run("T")),
            paragraph(run("1. On."), f'<x:AlternateContent xmlns:x="{name}">{alternatives}</x:AlternateContent>'),
        )

    once = read_docx(box("w1q", "w1q"), name="a", lang="en")
    assert (once.n_marks, [one.words for one in once.unplaced]) == (1, ["w1q"])
    twice = read_docx(box("w1q", "w2q"), name="a", lang="en")
    assert (twice.n_marks, [one.words for one in twice.unplaced]) == (2, ["w1q", "w2q"])
