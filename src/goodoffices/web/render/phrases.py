"""Sentences of the reports on a page: in the reader's language, with names and numbers isolated from its direction."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from markupsafe import Markup, escape

from goodoffices.languages import semicolon
from goodoffices.phrases.phrase import Phrase, Several
from goodoffices.web.render.localize import Localizer, name_of

_LETTER = re.compile(r"[^\W\d_]")


def phrase(t: Localizer, text: str) -> Markup:
    """Return a sentence in the reader's language; what is not a sentence of ours stands as it is, isolated."""
    if isinstance(text, Phrase):
        return t(text.message, **{name: phrase(t, value) for name, value in text.values.items()})
    if isinstance(text, Several):
        return _JOINED[text.sort](t, [phrase(t, part) for part in text.parts])
    if _LETTER.search(text):
        return name_of(text)
    return Markup('<bdi dir="ltr">{}</bdi>').format(text)


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
