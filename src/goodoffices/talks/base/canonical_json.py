"""Canonical JSON: a value always has the same bytes, on every machine and in every version.

It is UTF-8 with keys sorted by code point, no spaces, and integers only. Reading and writing it again gives the same
bytes.
"""

from __future__ import annotations

import json
from typing import Any

from goodoffices.errors import ScenarioError


def canonical(value: Any) -> bytes:
    """Return the canonical JSON of ``value``: dicts, lists, strings, integers, booleans and ``None``.

    Raises
    ------
    ScenarioError
        If the value contains a float (write decimals as strings), or something that JSON does not have.

    Examples
    --------
    >>> canonical({"b": [1, True], "a": "é"})
    b'{"a":"\\xc3\\xa9","b":[1,true]}'
    """
    _refuse_floats(value)
    try:
        return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()
    except (TypeError, UnicodeEncodeError) as error:
        raise ScenarioError(f"a record cannot store this value: {error}") from error


def parse_canonical(data: bytes) -> Any:
    """Return the value of canonical JSON ``data``.

    Raises
    ------
    ScenarioError
        If the bytes are not JSON.
    """
    try:
        return json.loads(data)
    except ValueError as error:
        raise ScenarioError(f"not canonical JSON: {error}") from error


def _refuse_floats(value: Any) -> None:
    if isinstance(value, float):
        raise ScenarioError(f"{value!r} is a float; a record stores integers, and decimals as strings")
    if isinstance(value, dict):
        for item in value.values():
            _refuse_floats(item)
    elif isinstance(value, list | tuple):
        for item in value:
            _refuse_floats(item)
