"""Send one command as a seat, look up names in its view, and print values."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

import click

from goodoffices.cli.terminal.record_access import now, opened
from goodoffices.errors import RefusedError, ScenarioError, UnknownWordError
from goodoffices.nearest import nearest_word
from goodoffices.service.open_record import OpenRecord
from goodoffices.talks.base.refusals import Refusal
from goodoffices.talks.base.serialization import to_plain
from goodoffices.talks.registry import CONTENTS
from goodoffices.talks.state.command_context import Command, CommandRequest
from goodoffices.talks.state.known_texts import KnownVersion
from goodoffices.talks.state.slices import Notice

T = TypeVar("T")


def send(file: str, seat: str, command: Command) -> Notice:
    """Send a command as ``seat`` to the record ``file``; return the seat's notice of it.

    Raises
    ------
    RefusedError
        If the rules of the talks refuse it; the sentence says why.
    """
    with opened(file) as room:
        return submit(room, CommandRequest(seat=seat, command=command))


def submit(room: OpenRecord, request: CommandRequest, *, key: str | None = None) -> Notice:
    """Submit a request to an open record; as :func:`send`."""
    outcome = room.submit(request, at=now(), key=key)
    view = room.view(request.seat)
    if isinstance(outcome, Refusal):
        raise RefusedError(outcome.code, view.sentence(outcome))
    return view.notices[outcome.n - 1]


def recorded(notice: Notice, seat: str, *more: str) -> str:
    """Return the line that says what was recorded: the seat's notice, the handles of new things, and ``more``."""
    handles = new_handles(notice)
    parts = [f"Recorded as notice {notice.n} of {seat}.", f"New: {', '.join(handles)}." if handles else "", *more]
    return " ".join(part for part in parts if part)


def new_handles(notice: Notice) -> tuple[str, ...]:
    """Return the handles, such as ``m1``, of what a notice brings into the seat's view; parts of a text left out."""
    names = CONTENTS[notice.kind].NEW if notice.kind in CONTENTS else ()
    return tuple(value for name in names if isinstance(value := notice.data.get(name), str))


def look_up(what: str, name: str, known: Mapping[str, T]) -> T:
    """Return the thing called ``name``.

    Raises
    ------
    UnknownWordError
        If nothing has this name; the nearest one is offered.
    """
    if name not in known:
        raise UnknownWordError(what, name, tuple(known), nearest=nearest_word(name, known))
    return known[name]


def numbered(version: KnownVersion, numbers: Iterable[str]) -> tuple[str, ...]:
    """Return the handles of clauses given by their numbers.

    Raises
    ------
    ScenarioError
        If the version has no clause with one of the numbers.
    """
    handles = dict(zip(version.numbers, version.clauses, strict=True))
    for number in numbers:
        if number not in handles:
            known = ", ".join(handles)
            raise ScenarioError(f"{version.handle} has no clause {number!r}; its clauses are {known}")
    return tuple(handles[number] for number in numbers)


def print_json(value: Any) -> None:
    """Print plain values as JSON."""
    click.echo(json.dumps(to_plain(value), ensure_ascii=False, indent=2, sort_keys=True))
