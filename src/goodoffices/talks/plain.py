"""Between frozen dataclasses and plain JSON values, by their type hints.

Absent values (``None``, empty tuples) are left out, so that a field added later does not change older bytes.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import UTC, date, datetime
from enum import Enum
from functools import cache
from typing import Any, TypeVar, Union

from goodoffices.errors import ScenarioError

__all__ = ["from_plain", "hints", "instant_text", "parse_instant", "to_plain"]

T = TypeVar("T")


def instant_text(at: datetime) -> str:
    """Return an instant as UTC RFC 3339 with microseconds.

    Raises
    ------
    ScenarioError
        If ``at`` has no zone.
    """
    if at.tzinfo is None:
        raise ScenarioError(f"{at.isoformat()} has no zone; instants are written with one")
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def parse_instant(text: str) -> datetime:
    """Return the instant that ``text`` (ISO 8601 with a zone) means.

    Raises
    ------
    ScenarioError
        If it is not an instant with a zone.
    """
    try:
        at = datetime.fromisoformat(text)
    except ValueError as error:
        raise ScenarioError(f"{text!r} is not a time; write it like 2017-01-23T13:00+06:00") from error
    if at.tzinfo is None:
        raise ScenarioError(f"{text!r} has no zone; write it like 2017-01-23T13:00+06:00")
    return at.astimezone(UTC)


def to_plain(value: Any) -> Any:
    """Return ``value`` as JSON can hold it: dataclasses become dicts, instants and enumerations become text."""
    if isinstance(value, Enum):
        return value.value
    if value is None or isinstance(value, str | int):
        return value
    if isinstance(value, datetime):
        return instant_text(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return [to_plain(item) for item in value]
    if isinstance(value, Mapping):
        return {key: to_plain(item) for key, item in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        pairs = ((f.name, getattr(value, f.name)) for f in fields(value))
        return {name: to_plain(item) for name, item in pairs if item is not None and item != ()}
    raise ScenarioError(f"{value!r} cannot be kept in a record")


@cache
def hints(cls: type) -> Mapping[str, Any]:
    """Return the resolved type hints of a dataclass, in the order of its fields."""
    resolved = typing.get_type_hints(cls)
    return {f.name: resolved[f.name] for f in fields(cls)}


def from_plain(hint: Any, value: Any) -> Any:
    """Return the object of type ``hint`` that ``to_plain`` wrote as ``value``.

    Raises
    ------
    ScenarioError
        If the value does not have that shape.
    """
    origin = typing.get_origin(hint)
    if origin in (Union, types.UnionType):
        return _from_union(hint, value)
    if origin is tuple:
        return _from_tuple(typing.get_args(hint), value)
    if is_dataclass(hint):
        return _from_dict(typing.cast("type", hint), value)
    return _from_scalar(hint, value)


def _from_scalar(hint: Any, value: Any) -> Any:
    if hint is Any:
        return value
    if hint is datetime:
        return parse_instant(value)
    if hint is date:
        return date.fromisoformat(value)
    hint = getattr(hint, "__supertype__", hint)
    if issubclass(hint, Enum):
        try:
            return hint(value)
        except ValueError as error:
            known = ", ".join(repr(member.value) for member in hint)
            raise ScenarioError(f"{value!r} is not one of {known}") from error
    if not isinstance(value, hint):
        raise ScenarioError(f"{value!r} is not {hint.__name__}")
    return value


def _from_union(hint: Any, value: Any) -> Any:
    choices = [choice for choice in typing.get_args(hint) if choice is not type(None)]
    if value is None:
        return None
    if set(choices) == {datetime, date}:
        return parse_instant(value) if "T" in value else date.fromisoformat(value)
    return from_plain(choices[0], value)


def _from_tuple(arguments: tuple[Any, ...], value: Any) -> Any:
    if not isinstance(value, list | tuple):
        raise ScenarioError(f"{value!r} is not a list")
    if len(arguments) == 2 and arguments[1] is Ellipsis:
        return tuple(from_plain(arguments[0], item) for item in value)
    return tuple(from_plain(hint, item) for hint, item in zip(arguments, value, strict=True))


def _from_dict(cls: type, value: Any) -> Any:
    if not isinstance(value, Mapping):
        raise ScenarioError(f"{value!r} is not a {cls.__name__}")
    given = {}
    for f in fields(cls):
        if f.name in value:
            given[f.name] = from_plain(hints(cls)[f.name], value[f.name])
        elif f.default is MISSING and f.default_factory is MISSING:
            empty = typing.get_origin(hints(cls)[f.name]) is tuple
            if not empty:
                raise ScenarioError(f"{cls.__name__} without {f.name!r}")
            given[f.name] = ()
    return cls(**given)
