"""Draft rules of procedure, Northern Ireland talks, 25 and 27 June 1996, with the legend of brackets.

Quill Project (Pembroke College, Oxford): on 25 June the numbers of paragraphs 1-3 are plain and ``[Plenary]`` stands in
brackets inside paragraph 2; on 27 June the numbers of paragraphs 1-3 stand in brackets. The words are ours.
"""

from __future__ import annotations

import pytest

from docx_files import docx, paragraph, run
from goodoffices.formats.docx.reader import read_docx
from goodoffices.formats.docx.writer import Look, write_docx
from goodoffices.talks.documents.diff import Change, compare
from goodoffices.talks.documents.document import Paper, brackets_of, is_clean, open_numbers, version_hash

WORDS = (
    "The chair opens each sitting.",
    "Proposals go to the [Plenary] first.",
    "Records are kept.",
    "Sittings are closed.",
)


def draft(*, opened: bool) -> Paper:
    numbers = [f"[{n}.]" if opened and n < 4 else f"{n}." for n in range(1, 5)]
    rows = (paragraph(run(f"{number} {words}")) for number, words in zip(numbers, WORDS, strict=True))
    return read_docx(docx(paragraph(run("Draft rules of procedure")), *rows), name="draft.docx", lang="en").paper


def version(paper: Paper) -> str:
    return version_hash([paper], authentic=["en"])


def test_on_25_june_one_bracket_with_one_variant_is_left() -> None:
    paper = draft(opened=False)
    assert not is_clean(paper)
    [bracket] = [b for clause in paper.clauses for b in brackets_of(clause.pieces)]
    assert [variant.pieces for variant in bracket.variants] == [("Plenary",)]
    assert not any(clause.open_number for clause in paper.clauses)


def test_on_27_june_none_of_the_first_three_paragraphs_is_agreed() -> None:
    assert open_numbers(draft(opened=True)) == ("1", "2", "3")


def test_comparing_names_the_three_paragraphs_that_were_opened() -> None:
    found = compare(draft(opened=False), draft(opened=True))
    assert [(change.number, change.change) for change in found.differing] == [(n, Change.CHANGED) for n in "123"]


@pytest.mark.parametrize("opened", [False, True])
@pytest.mark.parametrize("look", [Look.MARKED, Look.LEGEND])
def test_v4_out_and_in_again_gives_the_same_version(opened: bool, look: Look) -> None:
    paper = draft(opened=opened)
    base = draft(opened=False) if opened and look is Look.LEGEND else None
    again = read_docx(write_docx(paper, look=look, base=base), name="draft.docx").paper
    assert version(again) == version(paper)
