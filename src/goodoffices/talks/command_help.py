"""What each command needs, field by field: the shape in words, and an example that can be typed.

The terminal prints it, and the reference pages show it.
"""

from __future__ import annotations

import inspect
import json
import re
import types
import typing
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from fractions import Fraction
from typing import Any, Union

from goodoffices.data_class import dataclass
from goodoffices.talks.base.acts import Words
from goodoffices.talks.command_parsing import command_class

_PLAIN = {str: "text", int: "a whole number", bool: "yes or no", datetime: "a time with its zone", date: "a day",
          Words: "people's words"}  # fmt: skip
_TYPED = {str: "TEXT", int: "1", bool: "yes", datetime: "2017-01-23T13:00+06:00", date: "2017-01-23",
          Words: '"A corridor to the east"', Fraction: "1/2"}  # fmt: skip
_NAMES: Mapping[str, str] = {
    "about": "government,opposition", "actor": "russia", "actors": "russia,russian-federation", "after": "v1",
    "allegation": "a1", "area": "aleppo", "authentic": "en,ar", "beneficiary": "government", "cites": "unscr-2336",
    "claim": "k1", "claims": "k1,k2", "clause": "cl2", "clauses": "cl1,cl2", "clearance": "c1", "commitment": "o1",
    "compartment": "analysis", "deposit": "d1", "depositor": "government", "depositors": "government,opposition",
    "eligible": "government,opposition", "guarantee": "u1", "holder": "turkey", "invitation": "i1",
    "issue": "monitoring", "item": "m1", "key_fields": "name,born",
    "language": "ar", "languages": "en,ar", "ledger": "n1", "local": "00:00",
    "match": "l1", "one": "monitoring", "option": "guarantors", "other": "prisoners",
    "neutral": "un-envoy", "obligors": "government", "observers": "usa", "pack": "e1",
    "package": "z1", "pair": "government,opposition", "participants": "government,opposition,un-envoy",
    "parts": "cl1,cl2", "party": "government", "person": "Amal", "proxy": "p1", "question": "y1",
    "quantity": "salience", "ratifier": "government", "read_back": "b1", "round": "r1", "seat": "opposition",
    "seats": "government,opposition", "session": "s1", "sides": "government,opposition", "slug": "astana-2",
    "source": "our-estimate", "stance": "st1", "strength": "named-source", "text": "tx1", "to": "government",
    "told": "t1", "value": "0.7", "variant": "va1", "version": "v1", "via": "un-envoy", "who": "government",
    "wording": "w1", "zone": "Asia/Almaty",
}  # fmt: skip
_CLAIM = json.dumps({
    "slug": "groups-present", "about": "opposition-delegation", "aspect": "groups attending",
    "value": {"kind": "number", "low": 14}, "chain": [{"speaker": "AFP"}], "strength": "named-source",
})  # fmt: skip
_ISSUE = json.dumps({
    "slug": "water", "question": [{"text": "Who opens the sluice?"}],
    "options": [{"slug": "north", "names": [{"text": "The north"}]}, {"slug": "both"}],
})  # fmt: skip
_HERE: Mapping[tuple[str, str], str] = {
    ("EnterIssue", "issue"): _ISSUE,
    ("AnswerBlind", "question"): "q1", ("ReadBack", "told"): "m1",
    ("EnterClaim", "claim"): _CLAIM, ("ReplaceClaim", "claim"): _CLAIM,
    ("PutPackage", "package"): json.dumps({
        "slug": "first-steps", "picked": [{"slug": "monitoring", "option": "joint-committee"}],
        "steps": [{"slug": "exchange", "what": "Exchange lists of prisoners.", "obligors": ["government"]}],
    }),
    ("GrantHistory", "notices"): "4,5", ("RecordCommitment", "text"): "TEXT",
    ("GiveGuarantee", "text"): "TEXT", ("SubmitList", "rows"): '[["Ali","1980"],["Omar","1975"]]',
    ("WriteVersion", "papers"): "@draft.md", ("TableText", "papers"): "@draft.md",
    ("GiveSeat", "slug"): "analyst-2", ("SetCompartment", "slug"): "analysis",
}  # fmt: skip
_ONE_OF: Mapping[str, str] = {"PutQuestion": "version", "StatePosition": "option", "RelayItem": "words"}
"""Of several fields that may be left out one is usually needed: the one that the example has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldHelp:
    """One field of a command: whether it is needed, its shape in words, and an example of its value as typed."""

    name: str
    is_needed: bool
    shape: str
    example: str


def fields_of(name: str) -> tuple[FieldHelp, ...]:
    """Return the fields of the command ``name``, those that are needed first.

    Raises
    ------
    UnknownWordError
        If there is no such command. The error suggests the nearest name.
    """
    cls = command_class(name)
    told = typing.get_type_hints(cls, include_extras=True)
    found = [
        FieldHelp(
            name=f.name,
            is_needed=f.default is MISSING and f.default_factory is MISSING,
            shape=_shape(told[f.name]),
            example=_HERE.get((name, f.name)) or _example(f.name, told[f.name]),
        )
        for f in fields(cls)  # type: ignore[arg-type]
    ]
    return tuple(sorted(found, key=lambda field: not field.is_needed))


def example_of(name: str) -> str:
    """Return the fields that a command needs, as they are typed after its name."""
    also = _ONE_OF.get(name, "")
    typed = (field for field in fields_of(name) if field.is_needed or field.name == also)
    return " ".join(f"{field.name}={_quoted(field.example)}" for field in typed)


def told_of(name: str) -> str:
    """Return what a command does, as its documentation says, a line for each paragraph and each entry of a list."""
    text = inspect.cleandoc(command_class(name).__doc__ or "").replace("``", "")
    return re.sub(r"(?<!\n)\n(?![\n*-]|\s)", " ", text)


def first_sentence(name: str) -> str:
    """Return what a command does, in one sentence."""
    text = " ".join(told_of(name).split())
    return text.partition(". ")[0].rstrip(".") + "."


def _inner(hint: Any) -> Any:
    """Return a hint without ``None``."""
    if typing.get_origin(hint) in (Union, types.UnionType):
        choices = [choice for choice in typing.get_args(hint) if choice is not type(None)]
        return choices[0] if len(choices) == 1 else tuple(choices)
    return hint


def _shape(hint: Any) -> str:
    hint = _inner(hint)
    if isinstance(hint, tuple):
        return "JSON: one of " + " or ".join(_json(choice) for choice in hint)
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin is typing.Annotated:
        return "one of " + ", ".join(arguments[1])
    if origin is tuple:
        inner = arguments[0]
        if inner is Words:
            return "people's words; several texts, each with its language"
        if is_dataclass(inner) or typing.get_origin(inner) is tuple:
            return f"JSON: a list of {_json(inner)}"
        return f"a list with commas: {_shape(inner)}"
    hint = getattr(hint, "__supertype__", hint)
    if hint in _PLAIN:
        return _PLAIN[hint]
    if isinstance(hint, type) and issubclass(hint, Enum):
        return "one of " + ", ".join(member.value for member in hint)
    return f"JSON: {_json(hint)}{_may_have(hint)}"


def _may_have(hint: Any) -> str:
    """Return which further fields a nested value may have, each with its shape; none for a plain one."""
    if not is_dataclass(hint):
        return ""
    told = typing.get_type_hints(hint, include_extras=True)
    further = [f.name for f in fields(hint) if f.name not in _nested(hint)]
    said = [f"{one} ({_shape(told[one]).removeprefix('JSON: ')})" for one in further]
    return f". It may also have {', '.join(said)}" if said else ""


def _example(name: str, hint: Any) -> str:
    hint = _inner(hint)
    if isinstance(hint, tuple):
        return _json(hint[0])
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin is typing.Annotated:
        return str(arguments[1][0])
    if origin is tuple:
        inner = arguments[0]
        if (is_dataclass(inner) and inner is not Words) or typing.get_origin(inner) is tuple:
            return f"[{_json(inner)}]"
        return _example(name, inner)
    hint = getattr(hint, "__supertype__", hint)
    if hint is str:
        return _NAMES.get(name, "TEXT")
    if hint in _TYPED:
        return _TYPED[hint]
    if isinstance(hint, type) and issubclass(hint, Enum):
        return str(next(iter(hint)).value)
    return _json(hint)


def _json(hint: Any) -> str:
    return json.dumps(_plain(hint, ""), ensure_ascii=False)


def _plain(hint: Any, name: str) -> Any:
    """Return an example of a nested value as plain values, with the fields that it needs."""
    hint = _inner(hint)
    if isinstance(hint, tuple):
        return _plain(hint[0], name)
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin is typing.Literal:
        return arguments[0]
    if origin is tuple:
        many = len(arguments) == 2 and arguments[1] is Ellipsis
        return [_plain(inner, name) for inner in (arguments[:1] if many else arguments)]
    hint = getattr(hint, "__supertype__", hint)
    return _nested(hint) if is_dataclass(hint) else _single(hint, name)


def _nested(hint: Any) -> dict[str, Any]:
    told = typing.get_type_hints(hint)
    needed = [f.name for f in fields(hint) if f.default is MISSING and f.default_factory is MISSING]
    tag = next(iter(fields(hint))).name
    if typing.get_origin(told[tag]) is typing.Literal and tag not in needed:
        needed.insert(0, tag)
    return {one: _plain(told[one], one) for one in needed}


def _single(hint: Any, name: str) -> Any:
    if isinstance(hint, type) and issubclass(hint, Enum):
        return next(iter(hint)).value
    if hint in (bool, int):
        return hint(1)
    return _TYPED[hint] if hint is not str else _NAMES.get(name, "TEXT").partition(",")[0]


def _quoted(example: str) -> str:
    return f"'{example}'" if example[0] in "[{" else example
