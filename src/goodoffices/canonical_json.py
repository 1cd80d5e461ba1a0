"""Canonical JSON: one value gives the same bytes on every machine and in every version of the program.

UTF-8, keys sorted by code point, no spaces. Hashes and signatures are made of these bytes, and records, exports and
receipts hold them: a change of a setting here breaks every record that exists.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any

from pydantic_core import from_json, to_json

from goodoffices.errors import ScenarioError

_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
# Values made by reading JSON hold no cycles; not looking for them makes the encoding of a long slice faster.
_ENCODER_OF_PARSED = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False, check_circular=False
)


def canonical(value: Any) -> bytes:
    """Return the canonical JSON of ``value``: dicts, lists, strings, integers, booleans and ``None``.

    Raises
    ------
    ScenarioError
        If the value holds a float (write decimals as strings) or anything JSON does not know.

    Examples
    --------
    >>> canonical({"b": [1, True], "a": "é"})
    b'{"a":"\\xc3\\xa9","b":[1,true]}'
    """
    _refuse_floats(value)
    try:
        return _ENCODER.encode(value).encode()
    except (TypeError, UnicodeEncodeError) as error:
        raise ScenarioError(f"not a value that a record can keep: {error}") from error


def canonical_of_parsed(value: Any) -> str:
    """Return the same text as :func:`canonical` for what was read from a record, and so was checked when written."""
    return _ENCODER_OF_PARSED.encode(value)


def canonical_of_sorted(value: Any) -> bytes:
    """Return the same bytes as :func:`canonical`, faster, for what was checked when it was written.

    All its dicts must have their keys in order.
    """
    return to_json(value)


def parse_canonical(data: bytes) -> Any:
    """Return the value of canonical JSON ``data``.

    Raises
    ------
    ScenarioError
        If the bytes are not JSON.
    """
    try:
        return from_json(data)
    except ValueError:
        # The fast reader refuses what is nested two hundred deep. The standard library's word is the last.
        return _parse_slowly(data)


def _parse_slowly(data: bytes) -> Any:
    try:
        return json.loads(data)
    except ValueError as error:
        raise ScenarioError(f"not canonical JSON: {error}") from error


def result_json(value: Any) -> str:
    """Return the JSON of a computed result: floats as ``repr`` writes them; infinite and not-a-number as null."""
    return _ENCODER.encode(_finite(value))


def spaced_json(value: Any, *, ascii_only: bool = False) -> bytes:
    """Return JSON with sorted keys and a space after commas and colons.

    Sealed files and the fingerprints of print packs were made in this form from the start. The digests stand in records
    and on paper, so the form stays.
    """
    return json.dumps(value, ensure_ascii=ascii_only, sort_keys=True).encode()


def _refuse_floats(value: Any) -> None:
    if isinstance(value, float):
        raise ScenarioError(f"{value!r} is a float; a record keeps integers, and decimals as strings")
    if isinstance(value, dict):
        for item in value.values():
            _refuse_floats(item)
    elif isinstance(value, list | tuple) and not holds_only_texts(value):
        for item in value:
            _refuse_floats(item)


def holds_only_texts(value: Sequence[Any]) -> bool:
    """Say whether a list holds nothing but texts, or nothing but rows of texts.

    Rows of a table come by the thousand. They are looked at together, since one by one they take ten times as long.

    Examples
    --------
    >>> holds_only_texts(["a", "b"]), holds_only_texts([["a"], ("b", "c")]), holds_only_texts([["a"], [1]])
    (True, True, False)
    """
    kinds = set(map(type, value))
    if kinds <= {list, tuple}:
        kinds = set(map(type, chain.from_iterable(value)))
    return kinds <= {str}


def _finite(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _finite(entry) for key, entry in value.items()}
    if isinstance(value, (list, tuple)):
        return [_finite(entry) for entry in value]
    if hasattr(value, "tolist"):
        return _finite(value.tolist())
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value
