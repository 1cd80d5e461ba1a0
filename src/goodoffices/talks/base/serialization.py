"""Convert frozen dataclasses to plain JSON values and back, by their type hints.

``None`` and empty tuples are left out, so that a field that is added later does not change older bytes.
"""

from __future__ import annotations

import re
import types
import typing
from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, fields, is_dataclass
from datetime import UTC, date, datetime
from enum import Enum
from fractions import Fraction
from functools import cache
from typing import Any, Union

from goodoffices.canonical_json import holds_only_texts
from goodoffices.errors import ScenarioError, quoted
from goodoffices.names import nearest_word
from goodoffices.phrases.phrase import Phrase
from goodoffices.talks.base.local_time import check_offset, check_zone

Reader = Callable[[Any], Any]


def instant_text(at: datetime) -> str:
    """Return an instant as RFC 3339 text in UTC, with microseconds.

    Raises
    ------
    ScenarioError
        If ``at`` has no time zone.
    """
    if at.tzinfo is None:
        raise ScenarioError(Phrase("{moment} has no time zone; give one, like +00:00", moment=at.isoformat()))
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def short_instant(at: datetime) -> str:
    """Return an instant in UTC as people are shown it: to the minute, or to the second if it has seconds."""
    text = instant_text(at)
    return f"{text[:16]}Z" if text[17:19] == "00" else f"{text[:19]}Z"


def parse_instant(text: str) -> datetime:
    """Return the instant that ``text`` states, in ISO 8601 with a time zone.

    Raises
    ------
    ScenarioError
        If it is not a time with a time zone.
    """
    try:
        at = datetime.fromisoformat(text)
    except (TypeError, ValueError) as error:
        raise ScenarioError(
            Phrase("{text} is not a time; write it like 2017-01-23T13:00+06:00", text=quoted(text))
        ) from error
    if at.tzinfo is UTC:
        return at
    if at.tzinfo is None:
        raise ScenarioError(Phrase("{text} has no time zone; write it like 2017-01-23T13:00+06:00", text=quoted(text)))
    try:
        return at.astimezone(UTC)
    except OverflowError as error:
        raise ScenarioError(
            Phrase("{text} is too early or too late; give a year from 1 to 9999", text=quoted(text))
        ) from error


def to_plain(value: Any) -> Any:
    """Return ``value`` as plain JSON values. Dataclasses become dicts; instants and enumerations become strings."""
    if isinstance(value, Enum):
        return value.value
    if value is None or isinstance(value, str | int):
        return value
    if isinstance(value, datetime):
        return instant_text(value)
    if isinstance(value, date | Fraction):
        return str(value)
    if isinstance(value, tuple | list):
        return _plain_list(value)
    if isinstance(value, Mapping):
        return {key: to_plain(item) for key, item in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        pairs = ((f.name, getattr(value, f.name)) for f in fields(value))
        return {name: to_plain(item) for name, item in pairs if item is not None and item != ()}
    raise ScenarioError(f"{quoted(value)} cannot be stored in a record")


def _plain_list(value: Sequence[Any]) -> list[Any]:
    """Return a list as plain values; rows of texts, of which a table has thousands, as they stand."""
    if holds_only_texts(value):
        return [one if type(one) is str else list(one) for one in value]
    return [to_plain(item) for item in value]


@cache
def hints(cls: type) -> Mapping[str, Any]:
    """Return the resolved type hints of a dataclass, in the order of its fields."""
    resolved = typing.get_type_hints(cls)
    return {f.name: resolved[f.name] for f in fields(cls)}


def from_plain(hint: Any, value: Any) -> Any:
    """Return the object of type ``hint`` that ``to_plain`` turned into ``value``.

    Raises
    ------
    ScenarioError
        If the value does not have that shape.
    """
    return _reader(hint)(value)


@cache
def _field_readers(cls: type) -> Mapping[str, Reader]:
    return {name: _reader(hint) for name, hint in hints(cls).items()}


def read_fields(cls: type, plain: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of the dataclass ``cls`` that ``plain`` has, read by their type hints.

    Raises
    ------
    ScenarioError
        If a value does not have the shape of its field.
    """
    readers = _field_readers(cls)
    return {name: readers[name](value) for name, value in plain.items() if name in readers}


def from_person(hint: Any, value: Any) -> Any:
    """Return the object of type ``hint`` that a person wrote as ``value``.

    Unlike ``from_plain`` this raises for an unknown key, because a misspelt key would otherwise be ignored silently.
    It also raises for an instant that does not agree with the time zone written beside it.

    Raises
    ------
    ScenarioError
        If something is missing, has the wrong shape, or is not known, or a time and its zone do not agree.
    """
    made = from_plain(hint, value)
    _refuse_unknown(value, made)
    if isinstance(value, Mapping) and is_dataclass(made):
        check_zone_of(type(made), value)
    return made


def check_zone_of(cls: type, given: Mapping[str, Any]) -> None:
    """Raise ``ScenarioError`` if ``given`` names a zone that does not exist, or that its instants do not agree with.

    Parameters
    ----------
    cls
        A dataclass with a field ``zone`` and instants, whose values as a person wrote them are in ``given``.
    """
    zone = given.get("zone")
    if "zone" not in hints(cls) or not isinstance(zone, str) or not zone:
        return
    check_zone(zone)
    for name, hint in hints(cls).items():
        instant = given.get(name)
        if datetime in (hint, *typing.get_args(hint)) and isinstance(instant, str):
            check_offset(instant, zone)


def _unknown(name: str, known: list[str], made: Any) -> str:
    """Say what has no field called ``name``, and which fields it has: a rule by its name, others by their class."""
    rule = getattr(made, "rule", None)
    if not isinstance(rule, str):
        return f"{quoted(name)} is not one of {', '.join(map(repr, known))}"
    others = [repr(one) for one in known if one != "rule"]
    rest = f"only {', '.join(others)}" if others else "no figures at all"
    near = nearest_word(name, known)
    todo = "Leave it out, or choose another rule" if near is None else f"Did you mean {near!r}?"
    return f"the rule {rule!r} has no {quoted(name)}; it can have {rest}. {todo}"


def _refuse_unknown(given: Any, made: Any) -> None:
    if isinstance(given, Mapping) and is_dataclass(made):
        known = [f.name for f in fields(made)]
        for name, item in given.items():
            if name not in known:
                raise ScenarioError(_unknown(name, known, made))
            _refuse_unknown(item, getattr(made, name))
    elif isinstance(given, list | tuple) and isinstance(made, tuple):
        for item, one in zip(given, made, strict=False):
            _refuse_unknown(item, one)


@cache
def _reader(hint: Any) -> Reader:
    """Return the function that reads values of type ``hint``. It is cached, because folds read the same few types."""
    origin = typing.get_origin(hint)
    if origin in (Union, types.UnionType):
        return _union_reader(hint)
    if origin is tuple:
        return _tuple_reader(typing.get_args(hint))
    if origin is typing.Literal:
        return _literal_reader(typing.get_args(hint))
    if origin is Mapping:
        return _mapping_reader(typing.get_args(hint)[1])
    if is_dataclass(hint):
        return _dataclass_reader(typing.cast("type", hint))
    if hint is datetime:
        return parse_instant
    if hint is date or hint is Fraction:
        return _day if hint is date else _share
    return _scalar_reader(getattr(hint, "__supertype__", hint))


def _mapping_reader(hint: Any) -> Reader:
    reader = _reader(hint)

    def read(value: Any) -> Any:
        if not isinstance(value, Mapping):
            raise ScenarioError(Phrase("{value} is not a mapping from names to values", value=quoted(value)))
        # In order of the names: a record that was stored and read again gives the same as one that was not.
        return {key: reader(value[key]) for key in sorted(value)}

    return read


def _day(value: Any) -> date:
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise ScenarioError(Phrase("{value} is not a day; write it like 2017-02-08", value=quoted(value))) from error


def _share(value: Any) -> Fraction:
    """Return ``value`` as a fraction. A JSON decimal is read as it is written, not as the nearest binary number."""
    try:
        if isinstance(value, int | float | str | Fraction) and not isinstance(value, bool):
            return Fraction(str(value) if isinstance(value, float) else value)
    except (ValueError, ZeroDivisionError) as error:
        raise ScenarioError(
            Phrase("{value} is not a fraction; write it like 2/3 or 0.6", value=quoted(value))
        ) from error
    raise ScenarioError(Phrase("{value} is not a fraction; write it like 2/3 or 0.6", value=quoted(value)))


_IN_WORDS = {int: Phrase("a whole number; write it like 12"), str: Phrase("a text"), bool: Phrase("true or false")}


def _scalar_reader(hint: Any) -> Reader:
    if issubclass(hint, Enum):
        known = ", ".join(repr(member.value) for member in hint)

        def member(value: Any) -> Any:
            try:
                return hint(value)
            except ValueError as error:
                raise ScenarioError(
                    Phrase("{value} is not one of {known}", value=quoted(value), known=str(known))
                ) from error

        return member

    def scalar(value: Any) -> Any:
        if not isinstance(value, hint) or (hint is int and isinstance(value, bool)):
            raise ScenarioError(
                Phrase("{value} is not {what}", value=quoted(value), what=_IN_WORDS.get(hint, hint.__name__))
            )
        return value

    return scalar


def _union_reader(hint: Any) -> Reader:
    choices = [choice for choice in typing.get_args(hint) if choice is not type(None)]
    if set(choices) == {datetime, date}:
        return lambda value: parse_instant(value) if isinstance(value, str) and "T" in value else _day(value)
    if len(choices) > 1:
        return _tagged_reader(choices)
    inner = _reader(choices[0])
    return lambda value: None if value is None else inner(value)


def _literal_reader(words: tuple[Any, ...]) -> Reader:
    def literal(value: Any) -> Any:
        if value not in words:
            raise ScenarioError(
                Phrase("{value} is not {words}", value=quoted(value), words=" or ".join(map(repr, words)))
            )
        return value

    return literal


def _tagged_reader(choices: list[Any]) -> Reader:
    """Return the function that reads one of several dataclasses. The literal in their first field tells them apart."""
    [name] = {next(iter(fields(choice))).name for choice in choices}
    readers = {next(iter(fields(choice))).default: _reader(choice) for choice in choices}

    def read(value: Any) -> Any:
        word = value.get(name) if isinstance(value, Mapping) else None
        if not isinstance(word, str) or word not in readers:
            near = nearest_word(word, map(str, readers)) if isinstance(word, str) else None
            raise ScenarioError(
                f"{quoted(word)} is not one of {', '.join(map(repr, readers))}; give one of them as {name!r}"
                + (f". Did you mean {near!r}?" if near is not None else "")
            )
        return readers[word](value)

    return read


def _tuple_reader(arguments: tuple[Any, ...]) -> Reader:
    readers = [_reader(argument) for argument in arguments if argument is not Ellipsis]
    many = len(arguments) == 2 and arguments[1] is Ellipsis

    def read(value: Any) -> Any:
        if not isinstance(value, list | tuple):
            raise ScenarioError(Phrase("{value} is not a list", value=quoted(value)))
        if many:
            return tuple([readers[0](item) for item in value])
        if len(value) != len(readers):
            raise ScenarioError(
                Phrase(
                    "{value} has too few or too many parts; the number of parts is {wanted}",
                    value=quoted(value),
                    wanted=str(len(readers)),
                )
            )
        return tuple([one(item) for one, item in zip(readers, value, strict=True)])

    return read


def _with_article(cls: type) -> str:
    """Return the name of a dataclass as words: *a referendum prong*, not the name of a class."""
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", cls.__name__).lower()
    return f"{'an' if words[0] in 'aeiou' else 'a'} {words}"


def _dataclass_reader(cls: type) -> Reader:
    readers = _field_readers(cls)
    needed = [f.name for f in fields(cls) if f.default is MISSING and f.default_factory is MISSING]
    # Empty tuples are left out when writing, even if a field has no default.
    empty = {name: () for name in needed if typing.get_origin(hints(cls)[name]) is tuple}

    def read(value: Any) -> Any:
        if not isinstance(value, Mapping):
            raise ScenarioError(
                Phrase(
                    "{value} is not {what}; write it as a mapping of names to values",
                    value=quoted(value),
                    what=_with_article(cls),
                )
            )
        given = {name: readers[name](item) for name, item in value.items() if name in readers}
        made = {**empty, **given}
        missing = [name for name in needed if name not in made]
        if missing:
            # A person writes a rule by its own name, not by the name of a class.
            rule = next((f.default for f in fields(cls) if f.name == "rule"), None)
            named = Phrase("the rule {rule}", rule=repr(rule)) if isinstance(rule, str) else _with_article(cls)
            raise ScenarioError(Phrase("{what} needs {missing}", what=named, missing=", ".join(map(repr, missing))))
        return cls(**made)

    return read
