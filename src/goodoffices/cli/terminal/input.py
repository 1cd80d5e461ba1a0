"""Read the files and values that a person names on the command line."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from goodoffices.errors import ScenarioError, quoted
from goodoffices.formats.input.diagnostics import Entry
from goodoffices.formats.input.files import RawFile, read_named, text_of
from goodoffices.formats.input.limits import LIMITS

# Sealed files and exported notices of long talks may be larger than a file that people write.
_LIMITS = replace(LIMITS, file_bytes=256 * 2**20)


def bytes_in(path: Path) -> bytes:
    """Return the bytes of a file.

    Raises
    ------
    ScenarioError
        If it is not a file, is too large or cannot be opened.
    """
    return _raw(path).data


def text_in(path: Path) -> str:
    """Return the text of a file.

    Raises
    ------
    ScenarioError
        If it cannot be read, is empty or is not UTF-8.
    """
    text = text_of(_raw(path))
    if isinstance(text, Entry):
        raise _error(path, text)
    return text


def json_in(path: Path, wanted: str) -> Any:
    """Return the value of a JSON file; ``wanted`` says in an error which file to give.

    Raises
    ------
    ScenarioError
        If it cannot be read, is not JSON, or has a key twice.
    """
    try:
        return json.loads(_raw(path).data, object_pairs_hook=_once)
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise ScenarioError(f"{path} is not a JSON file: it stops being JSON in {place}; give {wanted}") from error
    except _TwiceError as error:
        raise ScenarioError(f"{path}: the key {quoted(error.args[0])} is written twice; keep one of the two") from error
    except (ValueError, RecursionError) as error:
        raise ScenarioError(f"{path} is not a JSON file; give {wanted}") from error


class _TwiceError(Exception):
    """A key that a mapping has twice; readers of JSON otherwise keep the last and say nothing."""


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for key, value in pairs:
        if key in made:
            raise _TwiceError(key)
        made[key] = value
    return made


def value_or_file(value: str) -> str:
    """Return a value, or the text of the file (``@FILE``) or of the input (``@-``) that it names.

    ``@@`` begins a value that itself begins with ``@``. Files and the input are offered because other people on the
    machine can read a command line.
    """
    if value == "@-":
        return sys.stdin.read()
    if value.startswith("@@"):
        return value[1:]
    return text_in(Path(value[1:])) if value.startswith("@") else value


def value_or_file_option(_context: click.Context, _parameter: click.Parameter, value: str) -> str:
    """Read the value of an option with :func:`value_or_file`."""
    return value_or_file(value)


def _raw(path: Path) -> RawFile:
    raw = read_named(path, limits=_LIMITS)
    if isinstance(raw, Entry):
        raise _error(path, raw)
    return raw


def _error(path: Path, entry: Entry) -> ScenarioError:
    return ScenarioError(f"{path}: {entry.why} {entry.remedy}")
