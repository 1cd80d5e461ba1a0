"""JSON read strictly: no key twice, no NaN or Infinity, numbers kept as text, limited depth."""

from __future__ import annotations

import json
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from goodoffices.formats.input.diagnostics import Place, failure
from goodoffices.formats.input.files import RawFile
from goodoffices.formats.input.limits import LIMITS
from goodoffices.formats.input.numbers import to_fraction


class NumberText(str):
    """A number as the file writes it."""

    __slots__ = ()


def parse_json(raw: RawFile) -> Any:
    """Return the value of a JSON file; numbers come as :class:`NumberText`.

    Raises
    ------
    ScenarioFileError
        With the line and column where it stops being JSON, or the name of a key that is written twice.
    """
    place = Place(file=raw.name)
    try:
        written = raw.data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise failure("encoding", place, f"the text is not UTF-8 (byte {error.start}). Save it as UTF-8.") from error
    _check_depth(written, place)

    def pairs(items: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(items)
        if len(found) != len(items):
            keys = [key for key, _ in items]
            twice = next(key for at, key in enumerate(keys) if key in keys[:at])
            line, column = _second(written, twice)
            raise failure(
                "shape", Place(file=raw.name, line=line, column=column), f"the key {twice!r} is written twice"
            )
        return found

    def constant(word: str) -> None:
        raise failure("shape", place, f"{word} is no number that JSON knows. Write a finite number.")

    try:
        return json.loads(
            written, object_pairs_hook=pairs, parse_float=NumberText, parse_int=NumberText, parse_constant=constant
        )
    except json.JSONDecodeError as error:
        where = Place(file=raw.name, line=error.lineno, column=error.colno)
        raise failure("not-well-formed", where, f"not JSON here: {error.msg}.") from error


def _check_depth(written: str, place: Place) -> None:
    depth, quoted, skip = 0, False, False
    for character in written:
        if skip:
            skip = False
        elif quoted:
            skip = character == "\\"
            quoted = character != '"'
        elif character == '"':
            quoted = True
        else:
            depth += (character in "[{") - (character in "]}")
            if depth > LIMITS.depth:
                raise failure("limit", place, f"nested more than {LIMITS.depth} deep")


def _second(written: str, key: str) -> tuple[int, int]:
    quoted = json.dumps(key, ensure_ascii=False)
    first = written.find(quoted)
    at = max(written.find(quoted, first + 1), 0)
    return written.count("\n", 0, at) + 1, at - written.rfind("\n", 0, at)


def mapping(value: Any, place: Place, what: str) -> Mapping[str, Any]:
    """Return ``value`` if it is a mapping."""
    if not isinstance(value, dict):
        raise failure("shape", place, f"{what} should be a mapping of names; it is {_kind(value)}.")
    return value


def text(value: Any, place: Place, what: str) -> str:
    """Return ``value`` if it is text or a number, as text."""
    if not isinstance(value, str):
        raise failure("shape", place, f"{what} should be text; it is {_kind(value)}.")
    return str(value)


def fraction(value: Any, place: Place, what: str) -> Fraction:
    """Return ``value`` if it is a number, exactly."""
    if not isinstance(value, NumberText):
        raise failure("shape", place, f"{what} should be a number; it is {_kind(value)}.")
    return to_fraction(value, place, what)


def _kind(value: Any) -> str:
    kinds = {dict: "a mapping", list: "a list", bool: "true or false", type(None): "null", str: "text"}
    return kinds.get(type(value), "a number")
