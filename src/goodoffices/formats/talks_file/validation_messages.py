"""Turn pydantic's errors into sentences for the person who wrote the file, each with its line and column."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin
from zoneinfo import available_timezones

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from goodoffices.formats.input.diagnostics import MOST_LISTED, Entry, Grade, listed_words, position
from goodoffices.formats.input.located_tree import Node, Scalar, is_absent, node_at, place_of
from goodoffices.formats.talks_file.field_types import DeclaredSlugs
from goodoffices.formats.talks_file.schema import TalksFileModel
from goodoffices.names import nearest_word

_Loc = tuple[str | int, ...]

# pydantic's name: our kind, what is wrong, what would be right, what to do. Braces are filled from pydantic's context.
_MAPPING_WANTED = (
    "wrong-shape",
    "this is {shape}.",
    "It should be a mapping.",
    "Write 'key: value' lines, or {{key: value}}.",
)
_SENTENCES = {
    "model_type": _MAPPING_WANTED,
    "dict_type": _MAPPING_WANTED,
    "tuple_type": (
        "wrong-shape",
        "this is {shape}.",
        "It should be a list.",
        "Write [one, two], or a line '- one' for each.",
    ),
    "too_short": (
        "too-few",
        "{field} has {actual_length} items.",
        "It needs at least {min_length}.",
        "Add what is missing.",
    ),
    "too_long": (
        "too-many",
        "{field} has {actual_length} items.",
        "It may have at most {max_length}.",
        "Delete some.",
    ),
    "string_too_long": (
        "too-long",
        "this key is too long.",
        "It may have at most {max_length} characters.",
        "Shorten it.",
    ),
    "string_pattern_mismatch": (
        "not-a-slug",
        "{found!r} cannot be a short name.",
        "Short names have Latin letters, digits and hyphens.",
        "Rename it.",
    ),
    "greater_than_equal": ("out-of-range", "{found} is too small.", "It must be at least {ge}.", "Correct it."),
}


def entries_of(error: ValidationError, root: Node) -> list[Entry]:
    """Return one entry for each error, with its place in the tree; what was refused before is left out."""
    told = error.errors(include_url=False, include_input=False)
    above = {details["loc"][:-1] for details in told}
    entries = []
    for details in told:
        # Items that are wrong themselves are not also counted as missing.
        if details["type"] == "too_short" and details["loc"] in above:
            continue
        entry = _entry_of(details, root)
        if entry is not None:
            entries.append(entry)
    return entries


def with_nearest_words(entries: Iterable[Entry], known: DeclaredSlugs, names: Mapping[str, str]) -> list[Entry]:
    """Return the entries in order of position, the first fifty with known words and the nearest of them.

    ``names`` maps other spellings of actors to their slugs. The search is slow, so it is made for what is shown only.
    """
    ordered = sorted(entries, key=position)
    ordered = _without_misspelt_twice(ordered)
    return [_with_nearest_word(entry, known, names) for entry in ordered[:MOST_LISTED]] + ordered[MOST_LISTED:]


def _without_misspelt_twice(entries: list[Entry]) -> list[Entry]:
    """Leave out that a key is missing where the same mapping has it misspelt: one mistake, one sentence."""
    unknown = {entry.place.pointer: entry for entry in entries if entry.kind == "unknown-key"}
    by_parent: dict[str, list[Entry]] = {}
    for pointer, entry in unknown.items():
        by_parent.setdefault(pointer.rpartition("/")[0], []).append(entry)
    return [
        entry
        for entry in entries
        if entry.kind != "missing-key"
        or all(
            nearest_word(other.found, other.known) != entry.found for other in by_parent.get(entry.place.pointer, ())
        )
    ]


def _with_nearest_word(entry: Entry, known: DeclaredSlugs, names: Mapping[str, str]) -> Entry:
    words, variants = entry.known, dict[str, str]()
    if entry.kind == "unknown-reference":
        words = tuple(known.slugs.get(entry.taken, {}))
        variants = dict(names) if entry.taken in ("actor", "subject") else {}
    elif entry.taken == "zones":
        words = tuple(sorted(available_timezones()))
    elif entry.kind not in ("unknown-key", "unknown-word", "not-yes-or-no"):
        return entry
    nearest = nearest_word(entry.found, words)
    if nearest is None and variants:  # somebody may have written a name in place of the slug
        nearest = nearest_word(entry.found, (), variants=variants)
    right = entry.right or (f"Known: {listed_words(words)}." if words else "The file has none.")
    remedy = entry.remedy or (
        "Write one of them." if entry.kind != "unknown-reference" else "Correct it, or add it to the file."
    )
    return replace(entry, known=words, nearest=nearest, right=right, remedy=remedy, taken="")


def _entry_of(details: ErrorDetails, root: Node) -> Entry | None:
    loc, context = details["loc"], details.get("ctx", {})
    node, key, walked = node_at(root, (*loc, context["index"]) if "index" in context else loc)
    if isinstance(node, Scalar) and node.is_broken:
        return None
    is_about_key = details["type"] == "extra_forbidden" or (bool(loc) and loc[-1] == "[key]")
    at: Node = key if key is not None and (is_about_key or not isinstance(node, Scalar) or is_absent(node)) else node
    kind, why, right, remedy = _words_of(details, node, key, walked)
    found = str(context.get("found", key.text if is_about_key and key is not None else _text_of(node)))
    known = tuple(context.get("known", ()))
    if kind == "missing-key":
        found = str(loc[-1])
    if kind == "unknown-key":
        known = tuple(sorted(_model_at(loc[:-1]).model_fields))
    return Entry(
        grade=Grade.REFUSAL, kind=kind, place=place_of(at, "/".join(walked)), why=why, right=right, remedy=remedy,
        found=found[:80], known=known, taken=str(context.get("what", context.get("known_from", ""))),
    )  # fmt: skip


def _words_of(
    details: ErrorDetails, node: Node, key: Scalar | None, walked: tuple[str, ...]
) -> tuple[str, str, str, str]:
    """Return kind, what is wrong, what would be right, what to do."""
    kind, context, loc = details["type"], details.get("ctx", {}), details["loc"]
    if "why" in context:
        return kind, context["why"], context["right"], context["remedy"]
    if kind == "extra_forbidden":
        return (
            "unknown-key",
            f"unknown key {str(loc[-1])[:60]!r}{_where(walked[:-1])}.",
            "",
            "Correct it, or delete it.",
        )
    field = _model_at(loc[:-1]).model_fields.get(str(loc[-1])) if loc else None
    wanted = f"It says: {field.description}" if field is not None and field.description else ""
    if kind == "missing" and not (walked and walked[-1] == str(loc[-1])):
        example = f" for example {_shown(field.examples[0])}" if field is not None and field.examples else ""
        return "missing-key", f"{str(loc[-1])!r} is missing{_where(walked)}.", wanted, f"Write '{loc[-1]}:'{example}."
    if kind == "missing" or is_absent(node):
        name = key.text if key is not None else str(loc[-1])
        return "empty-value", f"{name!r} has no value.", wanted, "Write a value, or delete it."
    ours, why, right, remedy = _SENTENCES[kind]
    filling = {**context, "shape": _shape_of(node), "field": repr(_field_name(loc)), "found": _text_of(node, key)}
    return ours, why.format(**filling), right.format(**filling) or wanted, remedy.format(**filling)


def _where(walked: tuple[str, ...]) -> str:
    return f" in {'/'.join(walked)}" if walked else " at the top level"


def _shown(example: Any) -> str:
    if isinstance(example, dict):
        return "{" + ", ".join(f"{key}: {_shown(value)}" for key, value in example.items()) + "}"
    return "[" + ", ".join(map(_shown, example)) + "]" if isinstance(example, list) else str(example)


def _shape_of(node: Node) -> str:
    if isinstance(node, Scalar):
        return f"the text {node.text[:40]!r}"
    return "a mapping" if hasattr(node, "entries") else "a list"


def _text_of(node: Node, key: Scalar | None = None) -> str:
    if isinstance(node, Scalar):
        return node.text
    return key.text if key is not None else ""


def _field_name(loc: _Loc) -> str:
    return next((part for part in reversed(loc) if isinstance(part, str)), "this file")


def _model_at(loc: _Loc) -> type[BaseModel]:
    """Return the model whose fields stand under ``loc``."""
    model: type[BaseModel] = TalksFileModel
    n_to_skip = 0
    for part in loc:
        if n_to_skip:
            n_to_skip -= 1
        elif isinstance(part, str) and part in model.model_fields:
            inner, n_to_skip = _model_within(model, part)
            model = inner if inner is not None else model
    return model


@cache
def _model_within(model: type[BaseModel], name: str) -> tuple[type[BaseModel] | None, int]:
    """Return the model inside a field's type, and how many keys or indices lead to it."""
    return _unwrapped(model.model_fields[name].annotation)


def _unwrapped(annotation: Any) -> tuple[type[BaseModel] | None, int]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation, 0
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _unwrapped(inner[0])
    if origin in (Union, UnionType):
        return next((found for found in map(_unwrapped, inner) if found[0] is not None), (None, 0))
    if origin in (dict, tuple):
        model, n_levels = _unwrapped(inner[1] if origin is dict else inner[0])
        return model, n_levels + 1
    return None, 0
