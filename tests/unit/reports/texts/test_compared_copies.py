"""Two copies side by side: whatever differs is said, titles and numbers too, and a clause elsewhere has moved."""

from __future__ import annotations

import pytest

from goodoffices.reports.texts.plain_english import compared_in_words
from goodoffices.talks.documents.diff import Change, compare
from goodoffices.talks.documents.markdown import read_paper

WELLS, ENDS = "The parties agree to the wells.", "It ends on 1 May."


def paper(title: str, *clauses: tuple[str, str]) -> str:
    return "\n\n".join((f"# {title}", *(f"## {number}.\n\n{words}" for number, words in clauses)))


BASE = paper("Agreement", ("1", WELLS), ("2", ENDS))


def said(other: str) -> tuple[bool, list[str]]:
    [row] = compared_in_words([(read_paper(BASE, "en"), read_paper(other, "en"))])
    return row["identical"], row["said"]


@pytest.mark.parametrize(
    ("other", "identical", "lines"),
    [
        (BASE, True, ["en: identical words"]),
        (
            paper("Treaty", ("1", WELLS), ("2", ENDS)),
            False,
            ["en: differs at the title", "  Title: [-Agreement-]{+Treaty+}"],
        ),
        (
            paper("Treaty", ("1", WELLS)),
            False,
            ["en: differs at the title and clause 2", "  Title: [-Agreement-]{+Treaty+}", "  2. taken out"],
        ),
        (
            paper("Agreement", ("1", ENDS), ("2", WELLS)),
            False,
            ["en: differs at clause 1, 2", "  1. moved, was 2.", "  2. another number, was 1."],
        ),
        (
            paper("Agreement", ("I", WELLS), ("II", ENDS)),
            False,
            ["en: differs at clause I, II", "  I. another number, was 1.", "  II. another number, was 2."],
        ),
        (paper("Agreement", ("2", ENDS), ("1", WELLS)), False, ["en: differs at clause 2", "  2. moved"]),
        (
            paper("Agreement", ("1", "It ends on 2 May."), ("2", WELLS)),
            False,
            [
                "en: differs at clause 1, 2",
                "  1. moved, was 2, other words: It ends on [-1-]{+2+} May.",
                "  2. another number, was 1.",
            ],
        ),
        (
            paper("Agreement", ("1", "New clause on roads."), ("2", "The parties agree to all wells."), ("3", ENDS)),
            False,
            [
                "en: differs at clause 1, 2, 3",
                "  1. put in",
                "  2. was 1, other words: The parties agree to [-the-]{+all+} wells.",
                "  3. another number, was 2.",
            ],
        ),
        (
            paper("Agreement", ("1", "The parties agree\n\nto the wells."), ("2", ENDS)),
            False,
            ["en: differs at clause 1", "  1. other words: The parties agree[- -]{+ ¶ +}to the wells."],
        ),
        (
            paper("Agreement", ("1", WELLS), ("2", ENDS)).replace("## 2.", "## [2.]"),
            False,
            ["en: differs at clause 2", "  2. the whole clause is now in brackets"],
        ),
    ],
)
def test_titles_places_and_numbers_are_compared_and_said(other: str, identical: bool, lines: list[str]) -> None:
    assert said(other) == (identical, lines)


def test_a_changed_title_is_part_of_the_comparison() -> None:
    found = compare(read_paper(BASE, "en"), read_paper(BASE.replace("Agreement", "Agreement on wells"), "en"))
    assert not found.differing
    assert [(s.change, s.text) for s in found.title if s.change is not Change.KEPT] == [(Change.ADDED, " on wells")]


FLOW = "Let pass [[A: 350 | B: 500]] a year."


@pytest.mark.parametrize(
    ("before", "after", "line"),
    [
        ("Let pass 350 a year.", FLOW, "  1. other words: Let pass [-350-]{+[A: 350 | B: 500]+} a year."),
        ("Let pass 500 a year.", FLOW, "  1. other words: Let pass [-500-]{+[A: 350 | B: 500]+} a year."),
        (FLOW, "Let pass 350 a year.", "  1. other words: Let pass [-[A: 350 | B: 500]-]{+350+} a year."),
        (
            "Let pass [[A: 500 | B: 350]] a year.",
            "Let pass [[A: 350 | B: 420]] a year.",
            "  1. other words: Let pass [A: 350 | B: [-500-]{+420+}] a year.",
        ),
        ("Let pass [[A: 500 | B: 350]] a year.", FLOW, ""),
        (
            "Let pass [[A: 5 | B: 7 | C: nothing]] a year.",
            "Let pass [[A: 7 | B: 6 | C: nothing]] a year.",
            "  1. other words: Let pass [A: 7 | B: [-5-]{+6+} | C: nothing] a year.",
        ),
        ("[[A: yes | B: no]] and [[A: no | B: yes]]", "[[A: yes | B: no]] and [[A: no | B: yes]]", ""),
        (
            "[[A: yes | B: no]] and [[A: no | B: yes]]",
            "[[A: yes | B: no]] or [[A: no | B: yes]]",
            "  1. other words: [A: yes | B: no] [-and-]{+or+} [A: no | B: yes]",
        ),
        (
            "Open [[A: 7 [[A: by day | B: at night]] | B: 5]].",
            "Open [[A: 5 | B: 7 [[A: at night | B: by day]]]].",
            "",
        ),
    ],
)
def test_a_variant_has_the_letter_that_it_has_in_the_later_copy(before: str, after: str, line: str) -> None:
    old, new = (read_paper(paper("Flow", ("1", words)), "en") for words in (before, after))
    [row] = compared_in_words([(old, new)])
    assert row["said"] == (["en: differs at clause 1", line] if line else ["en: identical words"])
