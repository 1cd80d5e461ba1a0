"""The form of an allegation as an XLSForm: KoboToolbox and ODK load it, and their exports come back as they are."""

from __future__ import annotations

from collections.abc import Sequence

from goodoffices.formats.workbooks.workbook_file import List, xlsx_of
from goodoffices.reports.messages.catalogues import LANGUAGES, catalogue_for
from goodoffices.reports.messages.labels import WORDS
from goodoffices.talks.model.ceasefire import ALLEGATION_KINDS
from goodoffices.talks.state.view import View

_FIELDS = (
    ("datetime", "occurred_from", "yes"),
    ("datetime", "occurred_to", ""),
    ("select_one kind", "kind", "yes"),
    ("select_one area", "area", "yes"),
    ("text", "place", ""),
    ("geopoint", "point", ""),
    ("select_one actor", "alleged_violator", ""),
    ("integer", "killed_low", ""),
    ("integer", "killed", ""),
    ("integer", "killed_high", ""),
    ("integer", "injured", ""),
    ("text", "words", ""),
    ("datetime", "told_at", ""),
    ("text", "reporter", ""),
    ("image", "photo", ""),
)
"""Type and name of each question, and whether an answer is needed."""
_BOUNDS = {
    "integer": ". >= 0",
    "occurred_to": ". >= ${occurred_from}",
    "occurred_from": ". <= now()",
    "killed": ". >= 0 and (${killed_low} = '' or . >= ${killed_low})",
    "killed_high": ". >= 0 and (${killed} = '' or . >= ${killed})",
}
_VERSION = "1"
UNSAID = "unknown"
"""The answer that says nothing: the reader of exports takes it for an empty cell."""


def ledger_form(view: View, languages: Sequence[str] = ("en", "ar")) -> bytes:
    """Return the form as a workbook, with the areas and actors that a view knows, asked in each of the languages."""
    labels = tuple(f"label::{LANGUAGES[code]} ({code})" for code in languages)
    hints = tuple(f"hint::{LANGUAGES[code]} ({code})" for code in languages)
    survey = [_question(kind, name, needed, languages) for kind, name, needed in _FIELDS]
    choices = [("kind", kind, *_said("allegation", kind, languages)) for kind in ALLEGATION_KINDS]
    known = view.known
    choices += [
        ("area", area.slug, *(_name(area.names, area.slug, code) for code in languages))
        for area in known.areas.values()
    ]
    choices.append(("area", UNSAID, *_said("form-field", "not-in-list", languages)))
    choices += [("actor", slug, *(actor.name(code) for code in languages)) for slug, actor in known.actors.items()]
    choices.append(("actor", UNSAID, *_said("form-field", "not-said", languages)))
    title = f"{_said('form-field', 'form-title', languages[:1])[0]}: {known.header.title}"
    default = f"{LANGUAGES[languages[0]]} ({languages[0]})"
    settings = (title, f"allegation_{known.header.slug.replace('-', '_')}", _VERSION, default)
    return xlsx_of(
        title,
        (
            List(
                name="survey",
                columns=("type", "name", "required", "constraint", *labels, *hints, "parameters"),
                rows=tuple(survey),
            ),
            List(name="choices", columns=("list_name", "name", *labels), rows=tuple(choices)),
            List(name="settings", columns=("form_title", "form_id", "version", "default_language"), rows=(settings,)),
        ),
    )


def _question(kind: str, name: str, needed: str, languages: Sequence[str]) -> tuple[str, ...]:
    hints = _said("form-field", "unknown-hint", languages) if kind == "integer" else tuple("" for _ in languages)
    bound = _BOUNDS.get(name, _BOUNDS.get(kind, ""))
    pixels = "max-pixels=1600" if kind == "image" else ""
    return (kind, name, needed, bound, *_said("form-field", name, languages), *hints, pixels)


def _said(category: str, word: str, languages: Sequence[str]) -> tuple[str, ...]:
    return tuple(catalogue_for(code).find(WORDS[category][word])[0] for code in languages)


def _name(names: Sequence[object], slug: str, language: str) -> str:
    """Return the name of an area in a language, or else the first that it has."""
    in_it = [one for one in names if getattr(one, "lang", "en") == language]
    return str(getattr((in_it or list(names) or [None])[0], "text", slug))
