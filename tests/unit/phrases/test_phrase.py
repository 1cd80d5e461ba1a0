"""A phrase is its English text, and can be said anew in another language."""

from __future__ import annotations

import pickle
from string import Formatter

import pytest

from goodoffices.errors import ScenarioError
from goodoffices.phrases.phrase import Phrase, Several, quotation, quotations, reason_of
from goodoffices.reports.messages.catalogues import LANGUAGES, catalogue_for
from goodoffices.reports.settlement.summary import NOT_NEEDED
from goodoffices.web.render.phrases import phrase
from stories import Story


def test_a_phrase_is_its_english_text_and_keeps_what_it_was_made_of() -> None:
    made = Phrase("{party} needs {n}.", party="Lake Guard", n="3")
    assert made == "Lake Guard needs 3." and isinstance(made, str)
    sent = pickle.loads(pickle.dumps(made))
    assert (sent, sent.message, sent.values) == (made, made.message, made.values)
    several = pickle.loads(pickle.dumps(Several((made, "x"), "and")))
    assert several == "Lake Guard needs 3. and x" and several.parts[0].message == made.message


@pytest.mark.parametrize(
    ("sort", "text"),
    [
        ("sentences", "a b c"),
        ("semicolons", "a; b; c"),
        ("commas", "a, b, c"),
        ("or", "a or b or c"),
        ("or else", "a; or b; or c"),
        ("both", "a and b and c"),
        ("and", "a, b and c"),
    ],
)
def test_several_are_parted_as_their_sort_says(sort: str, text: str) -> None:
    assert Several(("a", "", "b", "c"), sort) == text
    assert Several((), sort) == "" and Several(("a",), sort) == "a"


def test_quotations_are_a_list_in_words() -> None:
    assert quotations(("a", "b")) == "‘a’ and ‘b’"


def test_an_error_gives_its_phrase_and_any_other_its_text() -> None:
    said = Phrase("no {thing}", thing="key")
    assert reason_of(ScenarioError(said)) is said
    assert reason_of(ScenarioError("no key")) == "no key" and reason_of(ValueError()) == ""


@pytest.mark.parametrize("language", list(LANGUAGES))
def test_a_page_says_it_in_its_language_and_escapes_what_fills_it(language: str) -> None:
    from goodoffices.talks.core import view_for
    from goodoffices.web.render.localize import Localizer

    t = Localizer(catalogue_for(language), view_for(Story().talks, "un"))
    told = catalogue_for(language).find(NOT_NEEDED.message)
    assert told[1] == language
    made = phrase(t, Several((NOT_NEEDED, quotation("<b>"))))
    assert told[0] in made and "&lt;b&gt;" in made and "<b>" not in made
    assert [name for _, name, _, _ in Formatter().parse(catalogue_for(language).find("‘{name}’")[0]) if name] == [
        "name"
    ]
