"""No sentence says "1 reports": a message with a count has a plural, or does not bend with the count."""

from __future__ import annotations

import re

import pytest

import catalogue
from goodoffices.reports.ceasefire.bulletin_sentences import SENTENCES
from goodoffices.reports.messages.catalogues import LANGUAGES, catalogue_for

_NUMBER = (
    r"\{(?:n|m|k|w?\w*count\w*|total|days|n_\w+|least|most|minutes|hours|seconds|size|many|number|amount|parts|checked|"
    r"observed|left|percent|share|columns|rows|runs)\}"
)
_BEFORE_A_PLURAL = re.compile(rf"{_NUMBER} (?:(?:[a-z]+(?:ed|er|or|al|nt|en|ing)|of|more|other|full) )?([a-z]+s)\b")
_NOT_PLURALS = frozenset({"is", "was", "has", "its", "this", "as", "stands", "says", "comes", "needs", "less", "does"})
ALWAYS_MORE = {
    "missed the outcome by {n} points, on": "an error in points of 100: 14 or more",
    "({n} times)": "said only of more than one",
    "all {n} parties": "two at least take part",
    "approved by {n} of {m} parties": "two at least have a zone in common",
    "clause {n} becomes {other}": "the number of a clause",
    "{n} choices between equal gains": "said only of more than one",
    "{n} scales are drawn for": "said only of more than one",
    "{n} sets of values were drawn": "a hundred at least",
    "Choose {most} days or fewer": "the limit",
    "takes at most {most} actors": "the limit",
    "{n} allegations are too many to share at once": "more than the limit, which is high",
    "for {n} of {m} days in force": "of all days in force, which are weeks",
    "Of the {n} settlements looked at": "said only where several were looked at",
    "each of the {n} combinations of options": "two at least, or nothing could be chosen",
    "calibrated on {n} cases only": "two at least, or nothing is calibrated",
    "{n} copies with different words": "two at least, or they could not differ",
    "{n} different copies": "two at least, or they could not differ",
    "{n} letters. At most": "more than the limit, which is high",
    "{n} characters. At most": "more than the limit, which is high",
    "the condition has {n} characters": "more than the limit, which is high",
    "{n} names. At most": "more than the limit, which is high",
    "{n} rows and {columns} columns": "more than the limit, which is high",
    "{most} rows and 200 columns": "the limit",
    "observed {observed} of days": "a share in per cent",
    "longer than {most} letters": "the limit",
    "1 to {most} rows": "the limit",
    "fewer than {n} characters": "the limit",
    "{seconds} seconds to undo": "five to sixty",
    "after {seconds} seconds": "five to sixty",
    "in {seconds} seconds": "five to sixty",
    "covers {n} days": "said only of more than one day",
    "all {n} areas": "said only of more than one area",
    "{n} seats. The program cannot play them": "exercises have several seats",
    "{n} authors; at most": "more than the limit, which is high",
    "{n} changes and remarks; at most": "more than the limit, which is high",
    "{n} messages; at most": "more than the limit, which is high",
    "more than {most} characters": "the limit",
    "{n} bytes; at most": "more than the limit, which is high",
    "{n} characters, and a short message": "more than the limit, which is high",
    "{n} characters; at most": "more than the limit, which is high",
    "{n} clauses; the limit is": "more than the limit, which is high",
    "more than {rows} rows": "the limit",
    "more than {columns} cells": "the limit",
    "unpacks to {size} bytes": "more than the limit, which is high",
    "{n} cells under 1 column": "more than there are columns",
    "{n} cells under {n_columns} columns": "two columns at least, and more cells",
    "keeps {n} ledgers": "two at least, or none would have to be named",
}
"""Where a count is never one, each with the reason."""


def bent(message: str) -> list[str]:
    """Return the places of a message at which a plural follows a count."""
    for known in ALWAYS_MORE:
        message = message.replace(known, "…")
    return [found[0] for found in _BEFORE_A_PLURAL.finditer(message) if found[1] not in _NOT_PLURALS]


def test_no_message_without_a_plural_has_a_plural_noun_after_a_count() -> None:
    alone = [message for message, many in catalogue.messages() if many is None]
    assert len(alone) > 3000
    assert {message: bent(message) for message in alone if bent(message)} == {}


def test_what_is_never_one_is_still_said_somewhere() -> None:
    everything = "\n".join(message for message, _ in catalogue.messages())
    assert [known for known in ALWAYS_MORE if known not in everything] == []


@pytest.mark.parametrize(
    ("message", "found"),
    [
        ("{ledger}: {n} reports.", ["{n} reports"]),
        ("{n} earlier acts stand here.", ["{n} earlier acts"]),
        ("{n} allegations", ["{n} allegations"]),
        ("reports: {n}", []),
        ("{n} is not a number", []),
    ],
)
def test_the_rule_finds_what_it_should(message: str, found: list[str]) -> None:
    assert bent(message) == found


@pytest.mark.parametrize("key", sorted(SENTENCES))
def test_a_sentence_of_a_bulletin_reads_well_with_ones(key: str) -> None:
    gaps = dict.fromkeys(re.findall(r"\{(\w+)\}", SENTENCES[key]), "1")
    assert not re.search(r"\b1 [a-z]+s\b(?<!\bas)(?<!\bis)", SENTENCES[key].format(**gaps))


def test_every_plural_has_its_forms_in_every_language() -> None:
    plurals = [(one, many) for one, many in catalogue.messages() if many is not None]
    assert len(plurals) > 30
    for language in LANGUAGES:
        for one, many in plurals:
            forms = {catalogue_for(language).find(one, n, many)[0] for n in (0, 1, 2, 3, 5, 11, 21, 100)}
            assert all(forms), (language, one)
