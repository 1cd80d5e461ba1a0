"""YAML by its events only: mappings, lists and scalars as text; no anchors, tags, merges or second documents."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import yaml

from goodoffices.formats.input.scenario_diagnostics import Place, failure
from goodoffices.formats.input.untrusted import LIMITS, RawFile


class Scalar(str):
    """A scalar as written; ``plain`` if without quotes."""

    plain: bool = True


@dataclass(slots=True)
class _Open:
    """A mapping or list being read; ``key`` waits for its value."""

    value: dict[str, Any] | list[Any]
    key: str | None = None


def parse_yaml(raw: RawFile) -> Any:
    """Return dicts, lists and :class:`Scalar`, or ``None`` for an empty file.

    Raises
    ------
    ScenarioFileError
        With line and column: not YAML, a key twice, an anchor, alias, tag or a second document, too deep.
    """
    try:
        return _build(raw)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        place = Place(file=raw.name, line=mark.line + 1 if mark else 0, column=mark.column + 1 if mark else 0)
        raise failure("not-well-formed", place, f"not YAML here: {error.problem}.") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise failure("not-well-formed", Place(file=raw.name), f"not YAML: {error}.") from error


def _build(raw: RawFile) -> Any:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    root: list[Any] = []
    stack: list[_Open] = [_Open(root)]
    for event in yaml.parse(raw.data.decode("utf-8-sig"), Loader=loader):
        mark: Any = event.start_mark
        place = Place(file=raw.name, line=mark.line + 1, column=mark.column + 1)
        _check_event(event, place, depth=len(stack), again=bool(root))
        if isinstance(event, yaml.CollectionEndEvent):
            stack.pop()
        elif isinstance(event, yaml.ScalarEvent):
            scalar = Scalar(event.value)
            # The fast reader says a plain scalar with an empty style, the slow one with none.
            scalar.plain = not event.style
            _add(stack[-1], scalar, place)
        elif isinstance(event, yaml.CollectionStartEvent):
            value: dict[str, Any] | list[Any] = {} if isinstance(event, yaml.MappingStartEvent) else []
            _add(stack[-1], value, place)
            stack.append(_Open(value))
    return root[0] if root else None


def _check_event(event: Any, place: Place, *, depth: int, again: bool) -> None:
    """Refuse what plain data does not need."""
    if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
        raise failure("shape", place, "anchors and aliases (& and *) are not read. Write the value out.")
    if getattr(event, "tag", None) is not None:
        raise failure("not-supported", place, f"the tag {event.tag!r} is not read. Write plain YAML.")
    if depth > LIMITS.depth:
        raise failure("limit", place, f"nested more than {LIMITS.depth} deep")
    if again and isinstance(event, yaml.DocumentStartEvent):
        raise failure("shape", place, "a second document begins here; one file holds one document")


def _add(target: _Open, value: Any, place: Place) -> None:
    if isinstance(target.value, list):
        target.value.append(value)
    elif target.key is None:
        if not isinstance(value, str):
            raise failure("shape", place, "a key must be text or a number")
        if value == "<<":
            raise failure("shape", place, "merge keys (<<) are not read. Write the values out.")
        if value in target.value:
            raise failure("shape", place, f"the key {str(value)!r} is written twice")
        target.key = value
    else:
        target.value[target.key] = value
        target.key = None
