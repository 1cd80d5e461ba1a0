"""Why something was refused is said on a paper as on a page of the desk, also after it was kept as plain values."""

from __future__ import annotations

import html
import re
from string import Formatter

import pytest

from goodoffices.phrases.phrase import Phrase, Several, kept_phrase, phrase_kept, quotation
from goodoffices.reports.messages.catalogues import LANGUAGES, catalogue_for
from goodoffices.reports.papers.localization import Wording
from goodoffices.reports.papers.refusals import refusal_text
from goodoffices.talks.base.refusals import CASES, SENTENCES, Refusal
from goodoffices.talks.seats.sealed_outcomes import not_taken
from goodoffices.web.render.localize import Localizer
from stories import Story

VALUES = {
    "a": "gov", "b": "opp", "giver": "gov", "who": "gov, opp", "to": "un", "form": "paraphrase", "format": "shuttle",
    "kind": "accept", "roles": "party", "able": "party, secretariat", "at": "2017-01-23T13:00Z", "day": "2017-01-23",
}  # fmt: skip
NAMES = [*SENTENCES, *CASES]


def every_refusal() -> list[Refusal]:
    """Return a refusal for each code and case, with something in each gap."""
    made = []
    for name in NAMES:
        code, _, case = name.partition("/")
        gaps = [gap for _, gap, _, _ in Formatter().parse({**SENTENCES, **CASES}[name]) if gap]
        values = {gap: VALUES.get(gap, f"{gap}-1") for gap in gaps} | ({"case": case} if case else {})
        made.append(Refusal(code=code, values=tuple(values.items())))
    nested = Phrase("{field}: {what}", field="words", what=Several((quotation("a {b}"), "x"), "or"))
    return [*made, Refusal(code="bad_value", values=(("why", nested),))]


def plain(text: str) -> str:
    bare = html.unescape(re.sub("<[^>]*>", "", text))
    once = " ".join(re.sub("[\u2066-\u2069\u200e\u200f]", "", bare).split())
    return once.replace(" و ", " و")  # a page keeps names of another script apart from the Arabic "and"


@pytest.mark.parametrize("language", list(LANGUAGES))
def test_a_paper_says_every_refusal_as_the_desk_does(language: str) -> None:
    view = Story().view("gov")
    w, t = Wording(view, language), Localizer(catalogue_for(language), view)
    for refusal in every_refusal():
        kept = not_taken("k", "FileItem", refusal).refusal
        assert kept is not None
        said, shown = plain(refusal_text(w, kept)), plain(t.refusal(refusal))
        assert said[0].casefold() + said[1:] == shown[0].casefold() + shown[1:]


def test_a_sentence_that_was_kept_is_the_same_sentence() -> None:
    made = Phrase("{one} {two}", one=Several(("a", Phrase("b {c}", c="{d}")), "and"), two='"q"')
    again = phrase_kept(kept_phrase(made))
    assert (again, type(again)) == (made, Phrase)
    assert kept_phrase(again) == kept_phrase(made)
