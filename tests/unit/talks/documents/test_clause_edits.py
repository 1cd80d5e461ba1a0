"""What the buttons of the pen do to a clause, and where words proposed for it go."""

from __future__ import annotations

import pytest

from goodoffices.errors import ScenarioError
from goodoffices.talks.documents.clause_edits import (
    bracketed,
    moved_up,
    next_number,
    only_variant,
    rewritten,
    with_clause,
    with_new_clause,
    with_variant,
    without_clause,
    without_variant,
)
from goodoffices.talks.documents.diff import flat
from goodoffices.talks.documents.document import Clause
from goodoffices.talks.documents.markdown import read_paper, write_pieces
from goodoffices.talks.documents.proposed_words import Placement, overlapping, placement


def clause(body: str) -> Clause:
    return read_paper(f"# T\n\n## 2. Access {{cl2}}\n\n{body}", "en").clauses[0]


TWO = (
    "Aid reaches [[A{va1}: Wadi Barada | B{va2}: all areas]]{br1} within [[A{va3}: ten | B{va4}: fourteen]]{br2} days."
)


def test_words_are_put_in_brackets_with_other_words_beside_them() -> None:
    made = bracketed(clause("Aid comes in ten days."), 3, 3, "fourteen")
    assert flat(made.pieces) == "Aid comes in [A: ten | B: fourteen] days."
    assert flat(bracketed(made, 0, 1).pieces) == "[A: Aid comes] in [A: ten | B: fourteen] days."
    with pytest.raises(ScenarioError, match="a bracket stands between"):
        bracketed(made, 2, 3)
    with pytest.raises(ScenarioError, match="choose them in order"):
        bracketed(made, 2, 1)


def test_variants_come_and_go_and_the_others_keep_their_letters_and_names() -> None:
    held = clause(TWO)
    more = with_variant(held, "br1", "the places on a list")
    assert flat(more.pieces).startswith("Aid reaches [A: Wadi Barada | B: all areas | C: the places on a list] within")
    assert write_pieces(without_variant(held, "br1", "va1").pieces, ids=True).startswith(
        "Aid reaches [[A{va2}: all areas]]{br1} within"
    )
    assert flat(only_variant(held, "br2", "va3").pieces).endswith("within ten days.")
    gone = without_variant(without_variant(held, "br1", "va1"), "br1", "va2")
    assert "{br1}" not in write_pieces(gone.pieces, ids=True)


def test_words_typed_without_names_find_the_names_of_what_stays() -> None:
    typed = "Aid gets to [[A: Wadi Barada | B: every area | C: a list]] within [[A: ten | B: twenty]] days."
    made = write_pieces(rewritten(clause(TWO), typed).pieces, ids=True)
    assert "[[A{va1}: Wadi Barada | B: every area | C: a list]]{br1}" in made
    assert "[[A{va3}: ten | B{va4}: twenty]]{br2}" in made
    assert rewritten(clause(TWO), "# not a head\n\n## nor this").pieces == ("# not a head\n\n## nor this",)
    with pytest.raises(ScenarioError, match="not closed"):
        rewritten(clause(TWO), "Aid [[A: one")


def test_clauses_are_moved_added_and_removed() -> None:
    paper = read_paper("# T\n\n## 1. One {cl1}\n\nA.\n\n## 2. Two {cl2}\n\nB.", "en")
    turned = moved_up(paper, "cl2")
    assert [(c.id, c.number) for c in turned.clauses] == [("cl2", "1"), ("cl1", "2")]
    assert moved_up(paper, "cl1") == paper
    more = with_new_clause(paper, "cl1", next_number([paper]), "Three", "C.")
    assert [c.number for c in more.clauses] == ["1", "3", "2"]
    assert [c.id for c in without_clause(paper, "cl1").clauses] == ["cl2"]
    assert with_clause(paper, paper.clauses[1]) == paper


def placed(now: str, then: str, words: str) -> Placement:
    return placement(clause(now), clause(then), words, "co1")


def said(made: Placement) -> tuple[str | None, str]:
    return None if made.taken is None else flat(made.taken.pieces), flat(made.as_variant.pieces)


def test_a_part_of_a_clause_goes_where_its_first_and_last_words_stand() -> None:
    now = "Aid comes within ten days of the last signature."
    made = placed(now, now, "within fourteen days")
    assert said(made) == (
        "Aid comes within fourteen days of the last signature.",
        "Aid comes within [A: ten | B: fourteen] days of the last signature.",
    )


def test_a_whole_clause_in_other_words_is_compared_word_by_word() -> None:
    made = placed("It begins on 1 May at noon.", "It begins on 1 May at noon.", "It begins on 3 May at noon.")
    assert said(made) == ("It begins on 3 May at noon.", "It begins on [A: 1 | B: 3] May at noon.")


def test_words_whose_place_is_not_certain_stand_beside_the_whole_clause() -> None:
    made = placed("It begins on 30 December.", "It begins on 30 December.", "in February")
    assert said(made) == (None, "[A: It begins on 30 December. | B: in February]")
    assert not made.collides


def test_a_proposal_on_an_older_version_is_carried_over_beside_what_changed_since() -> None:
    made = placed("Aid soon comes within ten days.", "Aid comes within ten days.", "within fourteen days")
    assert said(made)[0] == "Aid soon comes within fourteen days."
    assert made.is_carried


def test_a_proposal_that_changes_what_was_changed_since_collides_and_is_not_taken() -> None:
    made = placed("Aid comes within twelve days.", "Aid comes within ten days.", "within fourteen days")
    assert made.taken is None
    assert made.collides
    assert said(made)[1] == "Aid comes within [A: twelve | B: fourteen] days."


def test_a_third_wording_joins_the_bracket_that_stands_in_its_place() -> None:
    now = "Aid comes within [[A{va1}: ten | B{va2}: fourteen]]{br1} days."
    made = placed(now, now, "within seven days")
    assert said(made)[1] == "Aid comes within [A: ten | B: fourteen | C: seven] days."
    carried = write_pieces(made.as_variant.pieces, ids=True)
    assert "B{va2}: fourteen | C{co1}: seven" in carried


def test_two_proposals_for_the_same_words_overlap_and_others_do_not() -> None:
    now = "Aid comes within ten days of the last signature."
    one, two = placed(now, now, "within fourteen days"), placed(now, now, "within seven days")
    three = placed(now, now, "the first signature")
    assert overlapping(one, two)
    assert not overlapping(one, three)
    assert not overlapping(one, placed(now, now, "soon"))
