"""A second person at the terminal: named in the seat, and confirming with their own passphrase."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from goodoffices.cli.terminal.record_access import asked_words
from goodoffices.errors import ScenarioError
from goodoffices.names import comparable
from goodoffices.service.open_record import OpenRecord
from goodoffices.service.passphrases import Holder, Passphrases, check_new, passphrases_file


def confirmed_second(file: str, room: OpenRecord, seat: str, person: str | None, second: str | None) -> str | None:
    """Return the second person once they have typed their own passphrase, or ``None`` if nobody is named.

    It is read from ``GOODOFFICES_SECOND_PASSPHRASE`` if that is set. Somebody who would be their own second person is
    returned unasked: the record refuses that.

    Raises
    ------
    ScenarioError
        If the second person is not named in the seat, has no passphrase, or typed another one.
    """
    if second is None or comparable(second).casefold() == comparable(person or "").casefold():
        return second
    holder = _holder(file, room, seat, second)
    how = f"let them choose one: goodoffices record passphrase {file} --seat {seat} --person {second!r}"
    if not passphrases_file(file).is_file():
        raise ScenarioError(f"{second} has no passphrase to confirm with; {how}")
    with _kept(file) as passphrases:
        if not passphrases.has(holder):
            raise ScenarioError(f"{second} has no passphrase to confirm with; {how}")
        words = asked_words(f"Passphrase of {second}", "GOODOFFICES_SECOND_PASSPHRASE")
        if not passphrases.is_right(holder, passphrases.stretch(second, words)):
            raise ScenarioError(f"this is not the passphrase of {second}; nothing was changed")
    return second


def choose_passphrase(file: str, room: OpenRecord, seat: str, person: str) -> None:
    """Keep a passphrase for somebody who is named in a seat. Who has one types it first.

    Raises
    ------
    ScenarioError
        If nobody of this name is in the seat, the present passphrase is another one, or the new one is easy to guess.
    """
    holder = _holder(file, room, seat, person)
    with _kept(file) as passphrases:
        if passphrases.has(holder):
            words = asked_words(f"Passphrase that {person} has now")
            if not passphrases.is_right(holder, passphrases.stretch(person, words)):
                raise ScenarioError(f"this is not the passphrase of {person}; nothing was changed")
        words = asked_words(f"New passphrase of {person}", confirm=True)
        check_new(words, person=person)
        passphrases.keep(holder, passphrases.stretch(person, words))


def _holder(file: str, room: OpenRecord, seat: str, person: str) -> Holder:
    if not room.view(seat).known.persons.get(f"{seat} {person}"):
        raise ScenarioError(
            f"{person} is not named in the seat {seat}; name them first: "
            f"goodoffices act {file} --seat {seat} SeatPerson person={person!r}"
        )
    return Holder(record=room.record_id, seat=seat, person=person)


@contextlib.contextmanager
def _kept(file: str) -> Iterator[Passphrases]:
    with contextlib.closing(Passphrases(passphrases_file(file))) as passphrases:
        yield passphrases
