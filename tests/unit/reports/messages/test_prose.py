"""The sentences of the bundled talks in other languages: all of them, no other, and each of them marked."""

from __future__ import annotations

import pytest

from goodoffices.reports.messages.catalogues import UNREVIEWED, catalogue_for, prose_in
from goodoffices.talks.core import view_for
from goodoffices.talks.model.talks_file import TalksFile
from goodoffices.web.render.localize import Localizer
from stories import Story
from talks_once import read

TRANSLATED = {"ar": ("astana-2017", "good-friday-1998"), "ru": ("astana-2017",), "tr": ("astana-2017",)}


def prose_of(talks: TalksFile) -> set[str]:
    """Return the sentences of talks that pages show as what the talks' file says."""
    said = {*talks.invented, *talks.summary}
    said |= {one.what for one in talks.commitments} | {one.subject for one in talks.guarantees}
    for terms in talks.ceasefire:
        said |= {terms.title, *terms.summary}
    said |= {text.title for text in talks.texts}
    for _, question, answer in talks.questions:
        said |= {question, answer}
    return said - {""}


@pytest.mark.parametrize("language", list(TRANSLATED))
def test_the_bundled_talks_are_translated_and_nothing_else(language: str) -> None:
    said = set[str]().union(*(prose_of(read(name)) for name in TRANSLATED[language]))
    assert set(prose_in(language)) == said


@pytest.mark.parametrize("language", list(TRANSLATED))
def test_a_translation_says_that_nobody_has_reviewed_it(language: str) -> None:
    t = Localizer(catalogue_for(language), view_for(Story().talks, "un"))
    shown = t.prose("Name a delegation.")
    assert prose_in(language)["Name a delegation."] in shown
    assert t.plain(UNREVIEWED) in shown and t.plain(UNREVIEWED) != UNREVIEWED
    assert "Our own words." in t.prose("Our own words.") and t.plain(UNREVIEWED) not in t.prose("Our own words.")
