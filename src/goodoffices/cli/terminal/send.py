"""Giving one command as a seat from the terminal, and finding what a handle or number means in its view."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, TypeVar

import click

from goodoffices.cli.terminal.record_access import now, opened
from goodoffices.errors import RefusedError, ScenarioError, UnknownWordError
from goodoffices.formats.input.diagnostics import Entry
from goodoffices.formats.input.files import read_text
from goodoffices.nearest import nearest_word
from goodoffices.talks.base.refusals import Refusal
from goodoffices.talks.base.serialization import to_plain
from goodoffices.talks.state.command_context import Command, CommandRequest
from goodoffices.talks.state.known_texts import KnownVersion
from goodoffices.talks.state.slices import Notice

T = TypeVar("T")


def give(file: str, seat: str, what: Command) -> Notice:
    """Give a command as ``seat`` in the record ``file``; return the notice that it made.

    Raises
    ------
    RefusedError
        If the rules of the talks refuse it; the sentence says why.
    """
    with opened(file) as room:
        outcome = room.submit(CommandRequest(seat=seat, command=what), at=now())
        if isinstance(outcome, Refusal):
            raise RefusedError(outcome.code, room.view(seat).sentence(outcome))
        return room.view(seat).notices[outcome.n - 1]


def found(what: str, name: str, held: Mapping[str, T]) -> T:
    """Return the thing called ``name`` in a view.

    Raises
    ------
    UnknownWordError
        If the view has no such thing; the nearest name is offered.
    """
    if name not in held:
        raise UnknownWordError(what, name, tuple(held), nearest=nearest_word(name, held))
    return held[name]


def numbered(version: KnownVersion, numbers: Iterable[str]) -> tuple[str, ...]:
    """Return the handles of clauses given by their numbers, as a reader says them.

    Raises
    ------
    ScenarioError
        If the version has no clause of a number.
    """
    handles = dict(zip(version.numbers, version.clauses, strict=True))
    for number in numbers:
        if number not in handles:
            known = ", ".join(handles)
            raise ScenarioError(f"{version.handle} has no clause {number!r}; its clauses are {known}")
    return tuple(handles[number] for number in numbers)


def text_in(path: Path) -> str:
    """Return the words in a file that a person named, within the limits for files of strangers.

    Raises
    ------
    ScenarioError
        If it is no file, too large, or no text in UTF-8.
    """
    text = read_text(path)
    if isinstance(text, Entry):
        raise ScenarioError(f"{path}: {text.why} {text.remedy}")
    return text


def taken(value: str) -> str:
    """Return a value, or what stands in the file, or the input, that it names; ``@@`` begins a value with ``@``.

    What stands on a command line can be read by others on the machine.
    """
    if value == "@-":
        return sys.stdin.read()
    if value.startswith("@@"):
        return value[1:]
    return text_in(Path(value[1:])) if value.startswith("@") else value


def taken_option(_context: click.Context, _parameter: click.Parameter, value: str) -> str:
    """Take the value of an option as :func:`taken` does."""
    return taken(value)


def printed(value: Any) -> None:
    """Print plain values as JSON."""
    click.echo(json.dumps(to_plain(value), ensure_ascii=False, indent=2, sort_keys=True))
