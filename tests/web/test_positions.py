"""The grid of positions over HTTP: cells with their source, a day in the past, what changed, and who may write."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from goodoffices.reports.positions.grid import grid_of
from goodoffices.reports.provenance import full_statement
from goodoffices.talks.core import view_for
from properties.worlds.cast import START
from talks_once import folded
from web.test_hall_pages import bare
from web.test_texts import Table, opened_table


@pytest.fixture
def table(tmp_path: Path) -> Iterator[Table]:
    yield from opened_table(tmp_path)


def test_a_party_writes_in_its_own_cell_and_nobody_elses(table: Table) -> None:
    own = table.page("gov", "positions?for=gov&clause=who-watches")
    assert "State this position" in own and "as a claim" not in own
    other = table.page("gov", "positions?for=opp&clause=who-watches")
    assert "State this position" not in other and "as a claim" in other
    table.do("gov", "StatePosition", "positions", issue="who-watches", option="committee", to=("un",))
    assert "committee" in bare(table.page("un", "positions")).partition("Agenda issue")[2]
    assert "its own word here" not in table.page("opp", "positions")


def test_a_claim_stands_in_the_cell_with_its_chain_and_its_mark(table: Table) -> None:
    fields = {
        "claim.about": "opp", "claim.aspect": "position: who-watches", "claim.words": "A committee, if it is neutral.",
        "claim.chain": "A paper\nIts spokesman", "claim.strength": "named-source", "claim.asserted_on": "2017-01-21",
    }  # fmt: skip
    table.do("ana", "EnterClaim", "positions", **fields)
    page = bare(table.page("ana", "positions"))
    assert "A committee, if it is neutral." in page and "A paper ← Its spokesman" in page
    assert "A committee" not in bare(table.page("ana", "positions?until=2017-01-20"))
    assert "1 cell changed since then" in bare(table.page("ana", "positions?since=2017-01-20"))


def test_estimates_are_off_at_first_and_never_for_parties(table: Table) -> None:
    assert "estimate:" not in table.page("ana", "positions")
    assert "estimate:" in table.page("ana", "positions?estimates=yes")
    for seat in ("gov", "opp", "rus"):
        assert "estimate:" not in table.page(seat, "positions?estimates=yes")


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_grid_is_drawn_in_both_languages(table: Table, language: str) -> None:
    assert table.page("un", "positions?for=gov&clause=who-watches&since=never", language)


def test_an_assessment_is_taken_back_by_who_made_it(table: Table) -> None:
    asked = {"party": "gov", "issue": "who-watches", "quantity": "worth", "value": "committee: 35"}
    more = {"source": "a talk", "strength": "inference", "compartment": "team"}
    table.do("ana", "Assess", "positions", **asked, **more)
    assert "committee: 35" in bare(table.page("un", "positions"))
    assert "Take this assessment back" not in table.page("un", "positions")
    assert "committee: 35" not in bare(table.page("gov", "positions"))
    assert "Take this assessment back" in table.page("ana", "positions")
    table.do("ana", "WithdrawAssessment", "positions", **asked)
    assert "committee: 35" not in bare(table.page("ana", "positions")) + bare(table.page("un", "positions"))


def test_a_cell_of_a_contested_question_says_the_whole_sentence_of_its_claim() -> None:
    view = view_for(folded("astana-2017", START), "analyst")
    sentences = {full_statement(view, held) for held in view.known.claims.values()}
    rows = [row for row in grid_of(view).rows if not row.is_agenda]
    said = {word.text for row in rows for words in row.words.values() for word in words}
    assert said and said <= sentences
    assert "Turkey's ledger: 0" not in said


def test_agenda_and_contested_questions_stand_under_heads_of_their_own(table: Table) -> None:
    page = bare(table.page("ana", "positions"))
    assert "On the agenda" in page and "Nothing is reported yet of where anybody stands on the agenda." in page
    assert "press “Show”" in page
