"""Sentences of refusals: every case belongs to a code, is used, and can be filled from what the refusal carries."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from goodoffices.talks.base.refusals import CASES, SENTENCES, Refusal, refused
from text_stories import Talks

TALKS = Path(__file__).resolve().parents[3] / "src" / "goodoffices" / "talks"


def test_every_case_belongs_to_a_code() -> None:
    assert {name.partition("/")[0] for name in CASES} <= set(SENTENCES)


@pytest.mark.slow
def test_every_case_is_named_somewhere_in_the_rules() -> None:
    words = {
        str(node.value)
        for path in TALKS.rglob("*.py")
        if path.name != "refusals.py"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant)
    }
    made = {f"version_{state}" for state in ("put", "adopted", "superseded")}
    made |= {f"{what}_near" for what in ("seat", "actor", "subject", "forecast")}
    assert {name.partition("/")[2] for name in CASES} - made <= words


@pytest.mark.parametrize("code", ["done", "not_yours", "unknown", "not_open", "not_asked", "in_future"])
def test_a_code_without_a_case_has_a_sentence_of_its_own(code: str) -> None:
    assert Refusal(code=code).sentence.endswith(".")


def test_a_case_picks_its_sentence() -> None:
    refusal = refused("unknown", case="handle", handle="m12")
    assert str(refusal) == "Your record has nothing called m12. Check the name."


def test_the_sentence_of_a_view_has_names_and_the_time_of_the_talks() -> None:
    story = Talks()
    refusal = Refusal(code="done", values=(("case", "handed"), ("item", "m1"), ("to", "gov")))
    assert story.view("opp").sentence(refusal) == "You handed m1 to The gov before. The gov still holds it."
    at = Refusal(code="clearance_ended", values=(("at", "2017-01-23T07:05:00.000000Z"),))
    told = story.view("opp").sentence(at)
    assert "ended on Mon 23 Jan 2017, 07:05 (UTC)." in told


def test_several_seats_in_a_refusal_are_named_one_by_one() -> None:
    values = (("variant", "A"), ("clause", "2"), ("who", "gov, opp"))
    assert "dropped it: The gov and The opp." in Talks().view("un").sentence(
        Refusal(code="proposer_open", values=values)
    )
