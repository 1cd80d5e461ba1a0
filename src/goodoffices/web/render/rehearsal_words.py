"""What the page of rehearsals says in the reader's language: sentences with gaps, choices, single runs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from markupsafe import Markup

from goodoffices.rehearsal.batches.assumptions import QUANTITIES
from goodoffices.rehearsal.messages import FORMATS, MESSAGES, Said, Value
from goodoffices.reports.rehearsal.run_pictures import Line, RunPicture
from goodoffices.web.http.markup import fill
from goodoffices.web.render.localize import Localizer, name_of

_NUMBER = re.compile(r"[-+–0-9.,%]+")
WORDED: dict[str, dict[str, str]] = {
    "protocol": {
        "alternating": "In turn: each accepts what stands, or proposes something else",
        "all-propose": "All propose at once, then all vote",
        "majority": "All propose and vote; the best supported proposal stays",
    },
    "strategy": {
        "as assumed": "As the file or the usual assumption says",
        "linear": "Concede evenly",
        "boulware": "Concede late",
        "conceder": "Concede early",
        "hard-line": "Never concede",
        "tit-for-tat:relative": "Answer concessions in proportion",
        "tit-for-tat:absolute": "Answer concessions point for point",
        "micro": "Concede one step for each step of the other",
    },
    "form": {
        "verbatim": "Word for word",
        "paraphrase": "In its own words, with their source",
        "own-idea": "As an idea of its own, so that the source stays hidden",
    },
    "closing": {
        "exact": "The texts that each side accepted are compared",
        "none": "Nobody compares the texts that each side accepted",
    },
}
"""Choices of the form by the name of their field."""

KINDS = {
    "only-second": "Agreement only {format}",
    "only-first": "Agreement only {format}",
    "both": "Agreement in both formats",
    "other-copies": "Different copies",
    "neither": "No agreement",
}
ENDINGS = {
    "agreement": "agreement in turn {turn}.",
    "different copies": "in turn {turn} each side believes itself agreed on other words.",
    "walk-out": "one side left in turn {turn}.",
    "deadline": "no agreement in {turn} turns.",
    "no quorum": "too few were there in turn {turn}.",
    "did not convene": "one side would not sit down with the other.",
    "faulty": "a negotiator broke the rules in turn {turn}.",
}
LINES = {
    "proposal": "Proposal {n}",
    "acceptance": "Accepts proposal {n}",
    "vote": "Votes for proposal {n}",
    "lost": "{what}: lost on the way",
    "withheld": "{what}: withheld on the way",
    "under way": "{what}: still on the way at the end",
    "changed": "{what}: heard otherwise than it was said",
}


def sentence(t: Localizer, one: Said) -> Markup:
    """Return a sentence with what stands in its gaps."""
    return t(one.message, **{name: _value(t, value) for name, value in one.values.items()})


def _value(t: Localizer, value: Value) -> Markup:
    if isinstance(value, Said):
        return sentence(t, value)
    if isinstance(value, str):
        return _number(value) if _NUMBER.fullmatch(value) else name_of(value)
    return fill("{}", t.comma).join(sentence(t, one) for one in value)


def _number(text: object) -> Markup:
    return fill('<bdi dir="ltr">{}</bdi>', text)


def message(t: Localizer, key: str) -> Markup:
    """Return one of the messages that have no gaps."""
    return t(MESSAGES[key])


def title(t: Localizer, quantity: str) -> Markup:
    """Return the name of a number that may be assumed."""
    return t(quantity)


def meaning(t: Localizer, quantity: str) -> Markup:
    """Return what a number that may be assumed means."""
    return t(QUANTITIES[quantity].words)


def formats(t: Localizer, names: Iterable[str]) -> list[tuple[str, str]]:
    """Return formats to choose from."""
    return [(name, t.plain(FORMATS[name])) for name in names]


def worded(t: Localizer, field: str, values: Iterable[str]) -> list[tuple[str, str]]:
    """Return the choices of a field in words."""
    return [(value, t.plain(WORDED[field][value])) for value in values]


def numbers(values: Iterable[str]) -> list[tuple[str, str]]:
    """Return numbers to choose from."""
    return [(value, f"{int(value):,}") for value in values]


def kind(t: Localizer, name: str, cells: Sequence[Said]) -> Markup:
    """Return what sort of run an example is."""
    place = 1 if name == "only-second" else 0
    return t(KINDS[name], format=sentence(t, cells[place]))


def ending(t: Localizer, picture: RunPicture) -> Markup:
    """Return how a run ended."""
    return t(ENDINGS[picture.ending], turn=_number(picture.turn))


def line(t: Localizer, one: Line) -> Markup:
    """Return what one message was, and what became of it."""
    what = t(LINES[one.kind], n=_number(one.number))
    if one.fate != "heard":
        return t(LINES[one.fate], what=what)
    return t(LINES["changed"], what=what) if one.is_changed else what
