"""Plain words become a text: the first line its title, each paragraph after it a clause."""

from __future__ import annotations

import pytest

from goodoffices.talks.documents.markdown import read_paper
from goodoffices.talks.documents.plain_words import marked_up


def clauses(words: str) -> list[tuple[str, str, str]]:
    """Return number, heading and words of each clause that plain words become."""
    paper = read_paper(marked_up(words), "en")
    return [(c.number, c.heading, "".join(p for p in c.pieces if isinstance(p, str))) for c in paper.clauses]


def test_each_paragraph_is_a_clause_with_a_number() -> None:
    assert clauses("Cease-fire\n\nAll fire stops.\n\nCrews repair\nthe road.\n") == [
        ("1", "", "All fire stops."),
        ("2", "", "Crews repair\nthe road."),
    ]


def test_numbers_that_were_typed_are_those_of_the_clauses() -> None:
    assert clauses("Cease-fire\n\n1. All fire stops.\n\nAlso at night.\n\n2.1) Crews repair.") == [
        ("1", "", "All fire stops.\n\nAlso at night."),
        ("2.1", "", "Crews repair."),
    ]


def test_numbers_that_stand_twice_are_words() -> None:
    assert [number for number, *_ in clauses("Title\n\n1. One.\n\n1. Two.")] == ["1", "2"]


def test_a_title_alone_lacks_only_its_mark() -> None:
    assert clauses("Title\n\n## 4. Repair\n\nCrews repair.") == [("4", "Repair", "Crews repair.")]


@pytest.mark.parametrize("words", ["", " \n", "# Title\n\n## 1. One\n\nWords.", "\n# Title"])
def test_a_text_with_headings_stays_as_it_is(words: str) -> None:
    assert marked_up(words) == words


def test_an_error_names_the_line_that_was_typed() -> None:
    words = "Title\n\nOne.\n\nTwo [[A: not closed."
    lines = marked_up(words).split("\n")
    assert lines.index("Two [[A: not closed.") == words.split("\n").index("Two [[A: not closed.")
