"""What an automated seat means to do: a command, when, and the reason in words that cite its own notices."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import datetime

from goodoffices.data_class import dataclass
from goodoffices.talks.state.command_context import Command


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why a seat does something: a sentence by its name, its values, and the things in its view that it rests on."""

    name: str
    values: Mapping[str, str] = field(default_factory=dict)
    things: tuple[str, ...] = ()
    unless: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Intention:
    """A command that a seat means to give at ``due_at``. ``key`` names the intention apart from its words.

    Without a command it only says when the seat has to be asked again. ``can_wait`` says that nobody is kept waiting by
    it: the pacer may hold it.
    """

    key: str
    due_at: datetime
    command: Command | None
    reason: Reason
    can_wait: bool = False


def ask_again(key: str, due_at: datetime) -> Intention:
    """Return the intention to do something at a later time, which has not been worked out yet."""
    return Intention(key=key, due_at=due_at, command=None, reason=Reason(name="later"))
