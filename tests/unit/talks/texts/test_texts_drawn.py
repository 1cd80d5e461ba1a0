"""Clauses that draw on items: what they may not be shown for is not forgotten from one version to the next (T23)."""

from __future__ import annotations

from goodoffices.talks.base.enums import Form
from goodoffices.talks.exchange.items import ClearItem
from goodoffices.talks.texts.releases import ReleaseVersion
from text_stories import CLEAN, FIRST, Talks


def drawn() -> Talks:
    """Let the first clause of the second version draw on what ``opp`` cleared for another seat."""
    story = Talks()
    item = story.paper(by="opp", to="rus")
    story.table()
    story.write(FIRST, derived_from=(item,), derived_at=("1",))
    return story


def release(version: str, *to: str) -> ReleaseVersion:
    return ReleaseVersion(version=version, to=to, equal=False)


def test_t23_the_next_version_of_a_clause_still_draws_on_what_the_clause_drew_on() -> None:
    story = drawn()
    story.write(CLEAN)
    assert story.refused("un", release("v3", "gov")) == "clause_not_cleared"
    assert story.refused("un", release("v3", "opp", "gov")) == "clause_not_cleared"
    story.do("un", release("v3", "rus"))
    story.do("opp", ClearItem(item="m1", to=("gov",), form=Form.PARAPHRASE))
    story.do("un", release("v3", "gov"))


def test_a_clause_written_anew_in_place_of_another_draws_on_nothing() -> None:
    story = drawn()
    story.write("# Cease-fire\n\n## 1a. Start\n\nOf our own.\n\n## 2. Watch {cl2}\n\nThree states watch it.\n")
    assert story.view("un").known.versions["v3"].derived_from == ()
    story.do("un", release("v3", "gov"))


def test_a_part_taken_out_for_itself_draws_on_what_its_clauses_draw_on() -> None:
    story = drawn()
    story.write("# Part\n\n## 1. Start {cl1}\n\nIt begins on 30 December.\n", partial=True)
    assert story.refused("un", release("v3", "gov")) == "clause_not_cleared"
    story.write("# Part\n\n## 2. Watch {cl2}\n\nThree states watch it.\n", partial=True)
    story.do("un", release("v4", "gov"))


def test_t23_a_version_that_follows_an_older_one_still_draws_on_what_a_later_one_declared() -> None:
    story = drawn()
    story.write(CLEAN, after="v1")
    assert story.refused("un", release("v3", "gov")) == "clause_not_cleared"
