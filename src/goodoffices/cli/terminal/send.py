"""Send one command as a seat, look up names in its view, and print values."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from typing import Any, TypeVar

import click

from goodoffices.cli.terminal.record_access import now, opened, seat_of
from goodoffices.data_class import dataclass
from goodoffices.errors import RefusedError, ScenarioError, UnknownWordError
from goodoffices.names import comparable, nearest_word
from goodoffices.service.open_record import OpenRecord
from goodoffices.talks.base.refusals import Refusal
from goodoffices.talks.base.serialization import to_plain
from goodoffices.talks.registry import CONTENTS
from goodoffices.talks.state.command_context import Command, CommandRequest
from goodoffices.talks.state.known_texts import KnownVersion
from goodoffices.talks.state.slices import Notice

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """The seat's notice of what it did, and the handles, such as ``m1``, of the things that it made."""

    seat: str
    notice: Notice
    new: tuple[str, ...]

    def sentence(self, *more: str) -> str:
        """Return the line to print: the number of the notice, the new handles, and ``more``."""
        new = f"New: {', '.join(self.new)}." if self.new else ""
        return " ".join(part for part in (f"Recorded as notice {self.notice.n} of {self.seat}.", new, *more) if part)


def send(file: str, seat: str, command: Command) -> Recorded:
    """Send a command as ``seat`` to the record ``file``.

    Raises
    ------
    RefusedError
        If the rules of the talks refuse it; the sentence says why.
    """
    with opened(file) as room:
        seat = seat_of(room, seat)
        return submit(room, CommandRequest(seat=seat, command=command))


_HINTS = {
    "not_ready": "In the terminal: `goodoffices act FILE --seat SEAT AskService to=…` asks them, and each answers with "
    "AcceptService; --partial releases it as partial.",
}
"""What a refusal offers, as a command of the terminal, where its sentence names what only a page has buttons for."""


def submit(room: OpenRecord, request: CommandRequest, *, key: str | None = None) -> Recorded:
    """Submit a request to an open record; as :func:`send`."""
    outcome = room.submit(request, at=now(), key=key)
    view = room.view(request.seat)
    if isinstance(outcome, Refusal):
        hint = _HINTS.get(outcome.code, "")
        raise RefusedError(outcome.code, f"{view.sentence(outcome)} {hint}".rstrip())
    notices = view.notices[: outcome.n]
    known = {handle for notice in notices[:-1] for handle in _handles(notice)}
    new = tuple(handle for handle in _handles(notices[-1]) if handle not in known)
    return Recorded(seat=request.seat, notice=notices[-1], new=new)


def _handles(notice: Notice) -> tuple[str, ...]:
    """Return the handles of what an act of this kind makes. The acting seat may know them: it hands on m1."""
    names = CONTENTS[notice.kind].NEW if notice.kind in CONTENTS else ()
    return tuple(value for name in names if isinstance(value := notice.data.get(name), str))


def look_up(what: str, name: str, known: Mapping[str, T]) -> T:
    """Return the thing called ``name``.

    Raises
    ------
    UnknownWordError
        If nothing has this name; those that exist are named, or else the command that lists them.
    """
    plain = comparable(name)
    if plain not in known:
        raise unknown(what, name, known)
    return known[plain]


_LISTED_BY = {
    "item": "`goodoffices item list {talks} --seat {seat}` shows the papers of this seat.",
    "question or package": "`goodoffices decide list` shows those that this seat knows of then; --as-of end also later "
    "ones.",
    "version or copy": "`goodoffices text list --as-of end` shows those that this seat has.",
    "version": "`goodoffices text list --as-of end` shows those that this seat has.",
}


def unknown(what: str, name: str, known: Collection[str]) -> UnknownWordError:
    """Return the refusal of a name that nothing has in the view of a seat."""
    remedy = _LISTED_BY.get(what, "") if known else f"This seat has none. {_LISTED_BY.get(what, '')}".rstrip()
    given = click.get_current_context().params
    talks = given.get("talks") or given.get("file") or "TALKS"
    remedy = remedy.format(talks=talks, seat=given.get("seat") or "SEAT")
    return UnknownWordError(what, name, tuple(known), nearest=nearest_word(name, known), remedy=remedy)


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
