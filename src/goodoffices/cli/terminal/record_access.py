"""Opening a record from the command line: which kind it is, and the passphrase of a live one."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import click

from goodoffices.errors import ScenarioError, UnknownWordError
from goodoffices.nearest import nearest_word
from goodoffices.record.keys import Passphrase
from goodoffices.record.open_store import kind_of
from goodoffices.service.open_record import OpenRecord, open_record
from goodoffices.talks.base.acts import PUBLIC
from goodoffices.talks.base.enums import Kind

SHORTEST = 12
"""The fewest signs of a passphrase for a new lock."""
RECORD = click.argument("file", metavar="FILE")
"""A record: a file, or an address of PostgreSQL."""
SEAT = click.option("--seat", required=True, help="Whose view: the slug of the seat.")
READER = click.option("--seat", help="Whose view; by default the analyst's, else the first seat's.")


def now() -> datetime:
    """Return the present moment; only the command line and the web room read a clock."""
    return datetime.now(UTC)


def ask_passphrase(*, confirm: bool = False) -> Passphrase:
    """Ask for the record's passphrase on the terminal, or read it from ``GOODOFFICES_PASSPHRASE``."""
    given = os.environ.get("GOODOFFICES_PASSPHRASE")
    words = _asked("Passphrase of the record", confirm=confirm) if given is None else given
    if confirm:
        check_passphrase(words)
    return Passphrase(words=words)


def ask_new_passphrase() -> Passphrase:
    """Ask for another passphrase, twice."""
    words = _asked("New passphrase", confirm=True)
    check_passphrase(words)
    return Passphrase(words=words)


def _asked(what: str, *, confirm: bool) -> str:
    if sys.stdin.isatty():
        asked: str = click.prompt(what, hide_input=True, confirmation_prompt=confirm, err=True)
        return asked
    # Without a terminal there is nobody to hide it from: the first line of the input is taken.
    words = sys.stdin.readline().rstrip("\n")
    if not words:
        raise ScenarioError("no passphrase was given; type it, pipe it in, or set GOODOFFICES_PASSPHRASE")
    return words


def check_passphrase(words: str) -> None:
    """Refuse a passphrase for a new lock that can be guessed by trying.

    Raises
    ------
    ScenarioError
        If it is shorter than twelve signs.
    """
    if len(words.strip()) < SHORTEST:
        raise ScenarioError(f"the passphrase has fewer than {SHORTEST} signs and could be guessed; give several words")


@contextmanager
def opened(file: str) -> Iterator[OpenRecord]:
    """Open the record ``file`` to act in it; a live one asks for its passphrase, an exercise has its key beside it."""
    with contextlib.closing(_room(file, write=True)) as room:
        yield room


@contextmanager
def looked_at(file: str) -> Iterator[OpenRecord]:
    """Open the record ``file`` to look at it, also while a desk has it; keys as :func:`opened`."""
    with contextlib.closing(_room(file, write=False)) as room:
        yield room


def _room(file: str, *, write: bool) -> OpenRecord:
    kind = kind_of(file)
    key = ask_passphrase() if kind is Kind.LIVE else None
    return open_record(file if "://" in file else Path(file), kind=kind, key=key, write=write)


def seat_of(room: OpenRecord, seat: str) -> str:
    """Return ``seat`` if there is such a viewer in the record.

    Raises
    ------
    UnknownWordError
        If there is not; whoever has the record's key may know its seats.
    """
    known = (*room.roles(), PUBLIC)
    if seat not in known:
        raise UnknownWordError("seat", seat, known, nearest=nearest_word(seat, known))
    return seat
