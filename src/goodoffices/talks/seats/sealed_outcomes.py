"""What became of the commands in a sealed file: noted for the seat that sent it, and for nobody else.

A seat that does not connect sees no refusal when it asks. The record keeps what it was told, so that its next file out
says it. Who carries the files gets no notice of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from goodoffices.data_class import dataclass
from goodoffices.phrases.phrase import kept_phrase, phrase_kept
from goodoffices.talks.base.acts import Content
from goodoffices.talks.base.refusals import Refusal
from goodoffices.talks.base.serialization import from_plain
from goodoffices.talks.base.states import Face
from goodoffices.talks.state.command_context import Command, CommandContext
from goodoffices.talks.state.view import View

ANSWERED = "SealedAnswered"
IMPORTED = "SealedImported"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one command: the number of the notice that came of it, or the code of a refusal with its values.

    Each value is kept as JSON, so that a sentence can still be said in any language.
    """

    key: str
    command: str
    notice: int = 0
    code: str = ""
    values: tuple[tuple[str, str], ...] = ()

    @property
    def refusal(self) -> Refusal | None:
        """Why it was refused, as a person at the desk would be told; ``None`` if it was taken."""
        if not self.code:
            return None
        return Refusal(code=self.code, values=tuple((name, phrase_kept(value)) for name, value in self.values))


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """A sealed file whose commands were gone through: the notice that says so, when, and what became of each."""

    n: int
    at: str
    digest: str
    outcomes: tuple[Outcome, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteOutcomes(Command):
    """Note what became of the commands in a sealed file of your own seat."""

    digest: str
    outcomes: tuple[Outcome, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedAnswered(Content):
    """The commands in a sealed file of a seat were gone through."""

    FACES = {Face.SELF: ("digest", "outcomes")}

    digest: str
    outcomes: tuple[Outcome, ...] = ()


def taken(key: str, command: str, notice: int) -> Outcome:
    """Return the outcome of a command that was done."""
    return Outcome(key=key, command=command, notice=notice)


def not_taken(key: str, command: str, refusal: Refusal) -> Outcome:
    """Return the outcome of a command that was refused."""
    values = tuple((name, kept_phrase(value)) for name, value in refusal.values)
    return Outcome(key=key, command=command, code=refusal.code, values=values)


def note_outcomes(context: CommandContext, command: NoteOutcomes) -> None:
    """Note the outcomes for the asking seat alone. Refused if they are noted already."""
    if is_answered(context.slice.notices, command.digest):
        raise context.refuse("done")
    context.tell(SealedAnswered(digest=command.digest, outcomes=command.outcomes), ())


def is_answered(notices: Any, digest: str) -> bool:
    """Return whether one of these notices says what became of the sealed file with this digest."""
    return any(notice.kind == ANSWERED and notice.data["digest"] == digest for notice in notices)


def is_imported(notices: Any, digest: str) -> bool:
    """Return whether one of these notices of its seat says that the sealed file with this digest was brought."""
    return any(notice.kind == IMPORTED and notice.data["digest"] == digest for notice in notices)


def answered_files(view: View) -> Iterator[Answered]:
    """Yield each sealed file of the seat whose commands were gone through, the last one first."""
    for notice in reversed(tuple(view.notices)):
        if notice.kind == ANSWERED:
            outcomes = from_plain(tuple[Outcome, ...], notice.data.get("outcomes", []))
            yield Answered(n=notice.n, at=notice.at, digest=notice.data["digest"], outcomes=outcomes)
