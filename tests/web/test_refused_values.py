"""What is wrong with a value of a form, and with talks that cannot begin, is said in the language of the page."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from goodoffices.errors import ScenarioError, UnknownWordError
from goodoffices.reports.messages.catalogues import LANGUAGES, catalogue_for
from goodoffices.talks.base.enums import Kind
from goodoffices.talks.base.slugs import check_slug
from goodoffices.talks.command_parsing import parse_command
from goodoffices.talks.initial_acts import opening
from goodoffices.talks.model.talks_file import TalksFile
from goodoffices.talks.voting.rules import Range
from goodoffices.web.render.localize import Localizer
from goodoffices.web.render.phrases import error_said
from properties.worlds.cast import START, the_talks
from stories import Story

OTHERS = [language for language in LANGUAGES if catalogue_for(language).direction == "rtl" or language in ("ru", "kk")]


def failing() -> Iterator[Exception]:
    """Yield errors of forms and of talks that cannot begin, each as it is raised."""
    asks = (
        lambda: check_slug("Not One", "actor"),
        lambda: Range(low=3, high=1),
        lambda: parse_command("FileItem", {"wrods": "x"}),
        lambda: parse_command("NoRule", {}),
        lambda: parse_command("EnterIssue", {"issue": '{"slug": "a", "options": 7}'}),
        lambda: opening(TalksFile(slug="x", title="X", actors=the_talks().actors, seats=()), kind=Kind.LIVE, at=START),
    )
    for ask in asks:
        try:
            ask()
        except ScenarioError as error:
            yield error
    yield UnknownWordError("issue", "wter", tuple(f"issue-{n}" for n in range(30)), nearest="water")


@pytest.mark.parametrize("language", OTHERS)
def test_no_word_of_english_is_left_but_what_was_typed(language: str) -> None:
    t = Localizer(catalogue_for(language), Story().view("gov"))
    found = [*failing()]
    assert len(found) == 7
    for error in found:
        said = str(error_said(t, error))
        assert 'lang="en"' not in said, said
        assert "unknown" not in said and "known" not in said and "give " not in said, said
