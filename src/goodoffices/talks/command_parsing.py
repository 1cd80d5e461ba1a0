"""Parse commands from the text of a form or a command line. Errors say what is wrong and what would be right."""

from __future__ import annotations

import json
import types
import typing
from collections.abc import Mapping, Sequence
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any, Union

from goodoffices.errors import ScenarioError, UnknownWordError, quoted
from goodoffices.names import nearest_word
from goodoffices.phrases.phrase import Phrase, reason_of
from goodoffices.talks.base.acts import Words
from goodoffices.talks.base.languages import language_among
from goodoffices.talks.base.serialization import check_zone_of, from_person, from_plain, hints, parse_instant
from goodoffices.talks.registry import COMMANDS
from goodoffices.talks.state.command_context import Command

FormInput = Mapping[str, str | Sequence[str]]
_YES = {"yes": True, "true": True, "on": True, "1": True, "no": False, "false": False, "off": False, "0": False}


def command_class(name: str) -> type[Command]:
    """Return the class of the command called ``name``.

    Raises
    ------
    UnknownWordError
        If there is no such command. The error suggests the nearest name.
    """
    if name not in COMMANDS:
        raise UnknownWordError("command", name, nearest=nearest_word(name, COMMANDS))
    return COMMANDS[name]


def parse_command(name: str, given: FormInput, languages: Sequence[str] = ("en",)) -> Command:
    """Return the command ``name`` with its fields read from text.

    Give lists as several values or with commas; people's words as ``words`` with the language in ``words.lang``, or
    several of both; times as ISO 8601 with a time zone; nested values as JSON. An empty text means that the field is
    not given.

    Parameters
    ----------
    name
        For example ``"RelayItem"``.
    given
        Text, or several texts, by field name.
    languages
        The languages of the talks, the working one first: whichever the letters of a text fit, if none is named.

    Raises
    ------
    UnknownWordError
        If there is no such command.
    ScenarioError
        If a field is unknown, missing or cannot be read. The error names it and says what would be right.
    """
    cls = command_class(name)
    known = [f.name for f in fields(cls)]  # type: ignore[arg-type]
    for key in given:
        if key.removesuffix(".lang") not in known:
            raise UnknownWordError(
                Phrase("field of {command}", command=name), key, tuple(known), nearest=nearest_word(key, known)
            )
    values = {}
    for f in fields(cls):  # type: ignore[arg-type]
        texts = _texts(given.get(f.name, ()))
        if not texts:
            if f.default is MISSING and f.default_factory is MISSING:
                raise ScenarioError(
                    Phrase(
                        "{command} needs {field}; give it as {example}=…",
                        command=name,
                        field=repr(f.name),
                        example=f.name,
                    )
                )
            continue
        hint = hints(typing.cast("Any", cls))[f.name]
        langs = _texts(given.get(f"{f.name}.lang", ())) or [language_among(" ".join(texts), languages)]
        try:
            many = typing.get_origin(hint) is tuple and typing.get_args(hint)[:1] == (Words,) and len(langs) > 1
            values[f.name] = _in_languages(given[f.name], langs) if many else _read(hint, texts, langs[0])
        except ScenarioError as error:
            raise ScenarioError(Phrase("{field}: {what}", field=f.name, what=reason_of(error))) from error
    check_zone_of(cls, {name: next(iter(_texts(text)), "") for name, text in given.items()})
    return cls(**values)


def _texts(value: str | Sequence[str]) -> list[str]:
    texts = [value] if isinstance(value, str) else list(value)
    return [text for text in texts if text.strip()]


def _in_languages(given: str | Sequence[str], langs: list[str]) -> tuple[Words, ...]:
    """Return texts that have a language each. Empty texts are left out."""
    texts = [given] if isinstance(given, str) else list(given)
    if len(texts) != len(langs):
        raise ScenarioError(
            Phrase(
                "texts: {n_texts}, languages: {n_languages}; give one language for each text",
                n_texts=str(len(texts)),
                n_languages=str(len(langs)),
            )
        )
    return tuple(Words(text=text, lang=lang) for text, lang in zip(texts, langs, strict=True) if text.strip())


def _read(hint: Any, texts: list[str], lang: str) -> Any:
    origin = typing.get_origin(hint)
    if origin in (Union, types.UnionType):
        choices = [choice for choice in typing.get_args(hint) if choice is not type(None)]
        if len(choices) > 1:
            return from_person(hint, _json(texts[0]))
        return _read(choices[0], texts, lang)
    if origin is tuple:
        return _read_tuple(hint, texts, lang)
    return _read_one(hint, texts[0], lang)


def _read_tuple(hint: Any, texts: list[str], lang: str) -> Any:
    [inner, *_] = typing.get_args(hint)
    if inner is Words:
        return tuple(Words(text=text, lang=lang) for text in texts)
    if is_dataclass(inner) or typing.get_origin(inner) is tuple:
        return from_person(hint, _json(texts[0]))
    split = [part.strip() for text in texts for part in text.split(",") if part.strip()]
    return tuple(_read_one(inner, part, lang) for part in split)


def _read_one(hint: Any, text: str, lang: str) -> Any:
    if hint is Words:
        return Words(text=text, lang=lang)
    if hint is datetime:
        return parse_instant(text)
    if is_dataclass(hint):
        return from_person(hint, _json(text))
    return _read_scalar(getattr(hint, "__supertype__", hint), text)


def _read_scalar(hint: Any, text: str) -> Any:
    if hint is bool:
        if text.lower() not in _YES:
            raise ScenarioError(Phrase("{text} is not yes or no; write one of them", text=quoted(text)))
        return _YES[text.lower()]
    if hint is int or hint is date:
        try:
            return int(text) if hint is int else date.fromisoformat(text)
        except ValueError as error:
            if hint is int:
                raise ScenarioError(Phrase("{text} is not a whole number", text=quoted(text))) from error
            raise ScenarioError(Phrase("{text} is not a date like 2017-01-23", text=quoted(text))) from error
    if issubclass(hint, Enum):
        return from_plain(hint, text)
    return text


def _json(text: str) -> Any:
    try:
        value = json.loads(text)
        # A lone surrogate, as in "\\ud800", cannot be stored or shown.
        json.dumps(value, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:
        raise ScenarioError(
            Phrase("{text} is not valid JSON; see the format of this field", text=quoted(text))
        ) from error
    return value
