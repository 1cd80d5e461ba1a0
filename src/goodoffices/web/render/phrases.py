"""Sentences of the reports on a page: in the reader's language, with names and numbers isolated from its direction."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from markupsafe import Markup, escape

from goodoffices.languages import semicolon
from goodoffices.phrases.phrase import Phrase, Several, reason_of
from goodoffices.web.http.markup import fill, foreign
from goodoffices.web.render.localize import Localizer, name_of

_FILE_FIRST = ("{file}", "{place}")
"""A sentence that begins with the name of a file begins with it as it is written: a.csv does not become A.csv."""
_LETTER = re.compile(r"[^\W\d_]")


def phrase(t: Localizer, text: str) -> Markup:
    """Return a sentence in the reader's language; what is not a sentence of ours stands as it is, isolated."""
    if isinstance(text, Phrase):
        values = {name: phrase(t, value) for name, value in text.values.items()}
        if text.message.startswith(_FILE_FIRST):
            return Markup(str.format(str(escape(t.catalogue.find(text.message)[0])), **values))  # noqa: S704 - escaped
        return t(text.message, **values)
    if isinstance(text, Several):
        return _JOINED[text.sort](t, [phrase(t, part) for part in text.parts])
    if _LETTER.search(text):
        return name_of(text)
    return fill('<bdi dir="ltr">{}</bdi>', text)


def error_said(t: Localizer, error: Exception) -> Markup:
    """Return what an error says in the reader's language; words that are not ours stand as they are, as English."""
    reason = reason_of(error)
    if isinstance(reason, Phrase | Several):
        return phrase(t, reason)
    return foreign(fill("{}", reason), "en")


def _one_or_other(t: Localizer, parts: list[Markup]) -> Markup:
    made, *rest = parts or [Markup("–")]
    for part in rest:
        made = t("{one} or {other}", one=made, other=part)
    return made


def _listed(t: Localizer, parts: list[Markup]) -> Markup:
    return t.listed(parts or [Markup("–")])


def _with_semicolons(t: Localizer, parts: list[Markup]) -> Markup:
    return escape(semicolon(t.language)).join(parts)


_JOINED: Mapping[str, Callable[[Localizer, list[Markup]], Markup]] = {
    "sentences": lambda t, parts: escape(" ").join(parts),
    "semicolons": _with_semicolons,
    "commas": lambda t, parts: escape(t.comma).join(parts),
    "or": _one_or_other,
    "or else": _with_semicolons,
    "both": _listed,
    "and": _listed,
}
