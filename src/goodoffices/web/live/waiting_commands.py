"""Grave commands that wait a few real seconds in their own seat, so that they can be undone.

A waiting command has not been done: it is not in the record, and nobody outside its seat learns of it. When its time is
up it is decided like a command that arrived then. One that was undone or refused, or that a stop of the desk cut short,
keeps its words until the seat sends them again or drops them. They are kept in a file that only the record's own key
opens.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import field, replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from nacl.exceptions import CryptoError
from nacl.secret import SecretBox

from goodoffices.data_class import dataclass
from goodoffices.errors import StorageError
from goodoffices.talks.base.refusals import Refusal
from goodoffices.talks.state.command_context import CommandRequest

MOST_KEPT = 20
"""How many a seat keeps of those that were done, undone or refused; the oldest go first."""
Fields = Mapping[str, tuple[str, ...]]


class WaitingState(StrEnum):
    """What became of a grave command: asked for confirmation, waiting, undone, done, refused, or cut short by a stop.

    One that needs a second person is *asked* until a colleague confirms it; then it waits like every other.
    """

    ASKED = "asked"
    WAITING = "waiting"
    UNDONE = "undone"
    DONE = "done"
    REFUSED = "refused"
    CUT_SHORT = "cut-short"


STANDING = frozenset({WaitingState.ASKED, WaitingState.WAITING})
"""The states in which it can still be done, and be taken back before anybody knows of it."""
_WITH_WORDS = STANDING | {WaitingState.UNDONE, WaitingState.REFUSED, WaitingState.CUT_SHORT}
NEEDS_SOMEBODY = frozenset({WaitingState.REFUSED, WaitingState.CUT_SHORT})
"""The states in which a command waits for somebody of its seat to look at it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingCommand:
    """One grave command of a seat, with the form that it came from.

    ``fields`` are as typed; ``back`` is the page of the form and ``form`` its name there. ``due`` is when it is
    decided, in seconds of the desk's own clock, and ``until`` the same by the wall clock. ``n`` is its notice.
    """

    handle: str
    seat: str
    command: str
    form: str
    back: str
    fields: Fields = field(repr=False)
    key: str = field(repr=False, default="")
    request: CommandRequest | None = field(repr=False, default=None)
    due: float = 0.0
    until: datetime | None = None
    state: WaitingState = WaitingState.WAITING
    refusal: Refusal | None = None
    n: int = 0


class WaitingCommands:
    """The grave commands of all seats of one record. Each seat has its own numbers and never meets another's.

    Parameters
    ----------
    where
        The file that keeps their words (``None``: in memory).
    secret
        32 bytes that only who can open the record has.
    changed
        Called with the seat whose waiting commands have changed.

    Raises
    ------
    StorageError
        If the file cannot be read or written.
    """

    def __init__(self, where: Path | None, secret: bytes, changed: Callable[[str], None]) -> None:
        self._where, self._box, self._changed = where, SecretBox(secret), changed
        self._by_seat: dict[str, dict[str, WaitingCommand]] = {}
        self._last: dict[str, int] = {}
        if where is not None and where.exists():
            self._read(where)

    def of(self, seat: str) -> tuple[WaitingCommand, ...]:
        """Return the commands of a seat, the oldest first."""
        return tuple(self._by_seat.get(seat, {}).values())

    def find(self, seat: str, handle: str) -> WaitingCommand | None:
        """Return a command of a seat by its handle."""
        return self._by_seat.get(seat, {}).get(handle)

    def add(self, one: WaitingCommand) -> WaitingCommand:
        """Keep a command and return it with its handle; the same form sent twice is one command."""
        for held in self.of(one.seat):
            if held.key == one.key and held.state in STANDING:
                return held
        number = self._last.get(one.seat, 0) + 1
        self._last[one.seat] = number
        made = replace(one, handle=f"g{number}")
        self._by_seat.setdefault(one.seat, {})[made.handle] = made
        self._trim(one.seat)
        self._write()
        self._changed(one.seat)
        return made

    def become(self, one: WaitingCommand, state: WaitingState, *, refusal: Refusal | None = None, n: int = 0) -> None:
        """Note what became of a command; nothing if it was dropped meanwhile."""
        held = self._by_seat.get(one.seat, {})
        if one.handle in held:
            held[one.handle] = replace(one, state=state, refusal=refusal, n=n)
            self._write()
            self._changed(one.seat)

    def confirm(self, one: WaitingCommand, second: str, *, due: float, until: datetime) -> None:
        """Let a command wait that a colleague, ``second``, has confirmed."""
        held = self._by_seat.get(one.seat, {})
        if one.handle in held and one.request is not None:
            asked = replace(one.request, second=second)
            held[one.handle] = replace(one, state=WaitingState.WAITING, request=asked, due=due, until=until)
            self._write()
            self._changed(one.seat)

    def drop(self, seat: str, handle: str) -> None:
        """Forget a command with its words."""
        if self._by_seat.get(seat, {}).pop(handle, None) is not None:
            self._write()
            self._changed(seat)

    def end_all(self, seat: str, person: str | None = None) -> None:
        """Forget what waits in a seat that was closed. What a person who left it asked comes back to the others."""
        for one in self.of(seat):
            if person is None:
                self.drop(seat, one.handle)
            elif one.state in STANDING and one.request and person in (one.request.person, one.request.second):
                gone = Refusal(code="unknown", values=(("case", "person"), ("person", person)))
                self.become(one, WaitingState.REFUSED, refusal=gone)

    def forget_done(self, was_done: Callable[[str, str], bool]) -> None:
        """Drop what was cut short but had been done before: ``was_done`` says whether a seat's request key was used."""
        for held in list(self._by_seat.values()):
            for one in list(held.values()):
                if one.state is WaitingState.CUT_SHORT and was_done(one.seat, one.key):
                    self.drop(one.seat, one.handle)

    def due(self, now: float) -> tuple[WaitingCommand, ...]:
        """Return the waiting commands whose time is up, in order of their time."""
        waiting = (one for held in self._by_seat.values() for one in held.values())
        ready = [one for one in waiting if one.state is WaitingState.WAITING and one.due <= now]
        return tuple(sorted(ready, key=lambda one: one.due))

    def _trim(self, seat: str) -> None:
        held = self._by_seat[seat]
        over = [one for one in held.values() if one.state not in STANDING]
        for one in over[: max(0, len(over) - MOST_KEPT)]:
            del held[one.handle]

    def _read(self, where: Path) -> None:
        try:
            rows = json.loads(self._box.decrypt(where.read_bytes()))
        except (OSError, CryptoError, ValueError) as error:
            raise StorageError(
                f"the file of waiting commands {where} cannot be read: {type(error).__name__}. It holds words "
                "that were not yet sent. Put it aside under another name, and start again"
            ) from error
        for row in rows:
            state = WaitingState(row["state"])
            made = WaitingCommand(
                handle=row["handle"],
                key=row["key"],
                seat=row["seat"],
                command=row["command"],
                form=row["form"],
                back=row["back"],
                fields={name: tuple(texts) for name, texts in row["fields"].items()},
                state=WaitingState.CUT_SHORT if state in STANDING or state is WaitingState.REFUSED else state,
            )
            self._by_seat.setdefault(made.seat, {})[made.handle] = made
            self._last[made.seat] = max(self._last.get(made.seat, 0), int(made.handle[1:]))

    def _write(self) -> None:
        if self._where is None:
            return
        kept = [_plain(one) for one in self._with_words()]
        partial = self._where.with_suffix(".part")
        try:
            handle = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(handle, "wb") as file:
                file.write(self._box.encrypt(json.dumps(kept).encode()))
                file.flush()
                os.fsync(file.fileno())
            partial.replace(self._where)
        except OSError as error:
            raise StorageError(f"the file of waiting commands {self._where} cannot be written: {error}") from error

    def _with_words(self) -> Iterable[WaitingCommand]:
        return (one for held in self._by_seat.values() for one in held.values() if one.state in _WITH_WORDS)


def _plain(one: WaitingCommand) -> dict[str, object]:
    fields = {name: list(texts) for name, texts in one.fields.items() if name not in ("_csrf", "_key", "_seen")}
    return {
        "handle": one.handle,
        "key": one.key,
        "seat": one.seat,
        "command": one.command,
        "form": one.form,
        "back": one.back,
        "fields": fields,
        "state": one.state.value,
    }
