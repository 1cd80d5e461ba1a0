"""Open a record from the command line; a live record asks for its passphrase."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import click

from goodoffices.cli.terminal.completion import talks_or_files
from goodoffices.cli.terminal.output import make_folder
from goodoffices.errors import ScenarioError, UnknownWordError
from goodoffices.names import comparable, nearest_word
from goodoffices.record.keys import KeyFile, Passphrase
from goodoffices.record.open_store import desk_key_file, is_postgresql, kind_of
from goodoffices.reports.messages.catalogues import LANGUAGES
from goodoffices.service.open_record import OpenRecord, open_record
from goodoffices.talks.base.acts import PUBLIC
from goodoffices.talks.base.enums import Kind
from goodoffices.talks.state.command_context import FiguresAsked
from goodoffices.talks.state.knowledge import Knowledge

SHORTEST = 12
"""The fewest characters of a new passphrase."""
RECORD = click.argument("file", metavar="FILE", shell_complete=talks_or_files)
"""A record: a file, or an address on PostgreSQL."""
SEAT = click.option("--seat", required=True, help="The seat, by its short name.")
LANGUAGE = click.option("--language", type=click.Choice(list(LANGUAGES)), default="en", show_default=True)
"""The language of what is written, but for people's own words."""
READER = click.option("--seat", help="The seat whose view is used. By default the analyst's, or else the mediator's.")


def now() -> datetime:
    """Return the present moment; only the command line and the web server read a clock."""
    return datetime.now(UTC)


def ask_passphrase(*, confirm: bool = False) -> Passphrase:
    """Ask for the record's passphrase, or read it from ``GOODOFFICES_PASSPHRASE``."""
    words = asked_words("Passphrase of the record", "GOODOFFICES_PASSPHRASE", confirm=confirm)
    if confirm:
        check_passphrase(words)
    return Passphrase(words=words)


def ask_new_passphrase() -> Passphrase:
    """Ask twice for a new passphrase, or read it from ``GOODOFFICES_NEW_PASSPHRASE``."""
    words = asked_words("New passphrase", "GOODOFFICES_NEW_PASSPHRASE", confirm=True)
    check_passphrase(words)
    return Passphrase(words=words)


def asked_words(what: str, variable: str = "", *, confirm: bool = False) -> str:
    """Return a passphrase: from a variable if it is set, asked for without showing it, or the next line of the input.

    Raises
    ------
    ScenarioError
        If there is none. The error says which one is missing, and where it can be given.
    """
    if variable and variable in os.environ:
        return os.environ[variable]
    if sys.stdin.isatty():
        asked: str = click.prompt(what, hide_input=True, confirmation_prompt=confirm, err=True)
        return asked
    # Without a terminal, for example in a script, the passphrase is the first line of the input.
    words = sys.stdin.readline().rstrip("\n")
    if not words:
        script = f"A script can set {variable}" if variable else "A script can send it to the standard input"
        missing = f"this is missing: {what[0].lower()}{what[1:]}"
        raise ScenarioError(f"{missing}. Run the command in a terminal and type it when asked. {script}")
    return words


def check_passphrase(words: str) -> None:
    """Refuse a new passphrase that is easy to guess.

    Raises
    ------
    ScenarioError
        If it is shorter than twelve characters.
    """
    if len(words.strip()) < SHORTEST:
        raise ScenarioError(f"the passphrase is shorter than {SHORTEST} characters; use several words")


@contextmanager
def opened(file: str) -> Iterator[OpenRecord]:
    """Open the record ``file`` for writing; a live record asks for its passphrase, an exercise has a key file."""
    with contextlib.closing(_room(file, write=True)) as room:
        yield room


@contextmanager
def looked_at(file: str) -> Iterator[OpenRecord]:
    """Open the record ``file`` for reading, even while a server has it open; keys as in :func:`opened`."""
    with contextlib.closing(_room(file, write=False)) as room:
        yield room


def exercise_key(file: str, *, is_new: bool = False) -> KeyFile | None:
    """Return the key file of an exercise: the one named in GOODOFFICES_KEY_FILE, or where the desk keeps it.

    ``None`` means the file beside the record. The key of an exercise on PostgreSQL lies where the desk has made it, in
    ./goodoffices-data, unless another file is named; a new exercise gets it there.

    Raises
    ------
    ScenarioError
        If an exercise on PostgreSQL has no key file there.
    """
    named = os.environ.get("GOODOFFICES_KEY_FILE")
    if named:
        return KeyFile(path=Path(named))
    if not is_postgresql(file):
        return None
    path = desk_key_file(Path("goodoffices-data"), file)
    if is_new:
        make_folder(path.parent)
    elif not path.is_file():
        raise ScenarioError(
            f"the key of this exercise is not in {path}; name its file in GOODOFFICES_KEY_FILE. The desk keeps it in "
            "the folder that was given with --data"
        )
    return KeyFile(path=path)


def make_folder_of(file: str) -> None:
    """Make the folder of a new record, and say so, if it is missing; a record on PostgreSQL has none."""
    if not is_postgresql(file):
        make_folder(Path(file).parent)


def _room(file: str, *, write: bool) -> OpenRecord:
    kind = kind_of(file)
    key = ask_passphrase() if kind is Kind.LIVE else exercise_key(file)
    room = open_record(file if "://" in file else Path(file), kind=kind, key=key, write=write)
    room.figures = _checked_figures
    return room


def _checked_figures(known: Knowledge, read: Callable[[str], str | None], asked: FiguresAsked) -> str:
    # The statistics take a second to load, and few commands need them.
    from goodoffices.reports.ceasefire.bulletin_checks import checked_figures

    return checked_figures(known, read, asked)


def seat_of(room: OpenRecord, seat: str) -> str:
    """Return ``seat`` if the record has such a seat.

    Raises
    ------
    UnknownWordError
        If it has not. The error lists all seats: who has the key of the record may know them.
    """
    known = (*room.roles(), PUBLIC)
    if comparable(seat) not in known:
        raise UnknownWordError("seat", seat, known, nearest=nearest_word(seat, known))
    return comparable(seat)
