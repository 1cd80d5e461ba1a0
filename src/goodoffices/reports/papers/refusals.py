"""Why something was refused, on a paper: the sentence that a person at the desk would be shown, as plain text."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from goodoffices.phrases.phrase import Phrase, Several
from goodoffices.reports.papers.localization import Wording
from goodoffices.reports.papers.paper import Span, text_of
from goodoffices.reports.tables import capital
from goodoffices.talks.base.refusals import Refusal
from goodoffices.talks.base.serialization import parse_instant
from goodoffices.talks.state.view import SEAT_VALUES


def refusal_text(w: Wording, refusal: Refusal) -> str:
    """Return the sentence of a refusal in the reader's language, with names for seats and times by the talks' clock."""
    values = dict(refusal.values)
    if "why" in values:
        return capital(reason_text(w, values["why"]))
    return capital(w.plain(refusal.template, **{key: _value(w, key, value) for key, value in values.items()}))


def reason_text(w: Wording, why: str) -> str:
    """Return why something is refused: a sentence of ours, or what was said of a value."""
    if isinstance(why, Phrase | Several):
        return phrase_text(w, why)
    return w.plain(why.replace("{", "{{").replace("}", "}}"))


def phrase_text(w: Wording, text: str) -> str:
    """Return a sentence in the reader's language as plain text; what is not a sentence of ours stands as it is."""
    if isinstance(text, Phrase):
        return w.plain(text.message, **{name: phrase_text(w, value) for name, value in text.values.items()})
    if isinstance(text, Several):
        return _joined(w, [phrase_text(w, part) for part in text.parts], text.sort)
    return str(text)


def _joined(w: Wording, parts: list[str], sort: str) -> str:
    if sort == "sentences":
        return " ".join(parts)
    if sort in ("semicolons", "or else"):
        return w.semicolon.join(parts)
    if sort == "commas":
        return w.comma.join(parts)
    if sort == "or":
        made, *rest = parts or ["–"]
        for part in rest:
            made = w.plain("{one} or {other}", one=made, other=part)
        return made
    return _listed(w, parts)


def _listed(w: Wording, parts: Iterable[str]) -> str:
    return text_of(w.listed((Span(text=part),) for part in parts))


def _value(w: Wording, key: str, value: str) -> str:
    """Return what fills a gap of a refusal: the desk fills it alike."""
    if key in SEAT_VALUES:
        return _listed(w, (w.view.name(seat, w.language) for seat in value.split(", ")))
    if key in ("form", "format"):
        return w.word(key, value)
    if key == "kind":
        return w.word("stance", value)
    if key in ("roles", "able"):
        return _listed(w, (w.word("role", role) for role in value.split(", ")))
    if key == "at" and value:
        return text_of(w.when(parse_instant(value)))
    if key == "day":
        return text_of(w.day(date.fromisoformat(value)))
    return phrase_text(w, value)
