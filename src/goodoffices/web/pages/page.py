"""What a page is made from: a view, a moment, and what the person may be told of a command before giving it."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import field
from datetime import datetime
from typing import Any, NamedTuple, TypeVar

from markupsafe import Markup

from goodoffices.data_class import dataclass
from goodoffices.rehearsal.batches.assumptions import Assumptions
from goodoffices.reports.texts.file_changes import FileChanges
from goodoffices.talks.base.enums import Role
from goodoffices.talks.base.refusals import Refusal
from goodoffices.talks.exercise.clock import ExerciseClock
from goodoffices.talks.exercise.conditions import WhatHappened
from goodoffices.talks.state.command_context import Command
from goodoffices.talks.state.knowledge import Knowledge
from goodoffices.talks.state.known_seats import KnownSeat
from goodoffices.talks.state.view import View
from goodoffices.web.http.login_sessions import OwnSession
from goodoffices.web.live.calculations import Calculation
from goodoffices.web.live.desk_stops import DeskStop
from goodoffices.web.live.seat_memory import SeatMemory
from goodoffices.web.live.speakers import SpeakersList
from goodoffices.web.live.waiting_commands import WaitingCommand, WaitingState
from goodoffices.web.live.waiting_room import Guest

Data = dict[str, Any]
T = TypeVar("T")
_GROUPS: tuple[tuple[str, frozenset[Role]], ...] = (
    ("party", frozenset({Role.PARTY})),
    ("guarantor", frozenset({Role.GUARANTOR, Role.SPONSOR})),
    ("offices", frozenset({Role.MEDIATOR, Role.FACILITATOR, Role.INTERMEDIARY})),
    ("host", frozenset({Role.HOST})),
    ("observer", frozenset({Role.OBSERVER, Role.ACCOMPANYING, Role.WITNESS, Role.DEPOSITARY})),
    ("service", frozenset({Role.SECRETARIAT, Role.ANALYST, Role.EXPERT, Role.MONITOR})),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetShown:
    """What a spreadsheet that this person just brought would change, or why it cannot be read; kept nowhere.

    ``token`` names it when it is taken. ``n_taken`` changes were made just now; those in ``waiting`` were refused.
    """

    name: str = ""
    token: str = ""
    problems: tuple[Markup, ...] = ()
    n_new: int = 0
    n_changed: int = 0
    changes: tuple[Markup, ...] = ()
    n_more: int = 0
    cannot: tuple[Markup, ...] = ()
    gone: tuple[Markup, ...] = ()
    n_taken: int | None = None
    waiting: tuple[Markup, ...] = ()


class RowShown(NamedTuple):
    """A row that would be filed. ``revises`` is the allegation that it takes the place of, else empty."""

    line: str
    kind: str
    when: datetime
    area: str
    words: str
    figures: tuple[str, str]
    revises: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TableShown:
    """What a file would do to a ledger, or why nothing of it can be filed.

    ``token`` names what is shown when it is filed; without one nothing can be. ``guess`` is the encoding that the file
    seems to have, with words read in it. ``is_kept`` says that the file can be read again in another way.
    """

    ledger: str
    name: str = ""
    token: str = ""
    problems: tuple[Markup, ...] = ()
    n_refused: int = 0
    notes: tuple[Markup, ...] = ()
    guess: tuple[str, Markup] | None = None
    columns: tuple[str, ...] = ()
    mapping: str = ""
    boundaries: str = ""
    n_new: int = 0
    n_revised: int = 0
    n_same: int = 0
    rows: tuple[RowShown, ...] = ()
    n_missing: int = 0
    missing: tuple[str, ...] = ()
    is_kept: bool = False
    is_read: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PageContext:
    """One look at one seat's view.

    ``would`` tells why a command would be refused now, or ``None``; ``since`` is the last notice looked at before this
    session; ``number`` the number of the page of a long list, from 1. ``language`` is the reader's, which decides only
    in which of several languages a text is shown first; ``asked`` is how it is to be shown, as the address says.
    ``waiting`` are the grave acts of this seat that can still be undone or came back, and ``elapsed`` the desk's own
    clock in seconds. ``sought`` are the words that somebody looks for, kept nowhere.
    ``join_code`` opens the waiting room that this seat keeps, in which the ``guests`` wait.
    ``address`` is that of the desk, as people type it. ``is_readable`` says that others on the network can read along.
    ``person`` is who looks, if they came in under a name, with their own ``sessions`` in this seat.
    ``brought``, ``sheet`` and ``table`` are what a file would change that this person just sent. ``memory`` is the
    seat's, and so are the lists of ``speakers``, by session, and its last ``calculations``, by the path of their page.
    ``switched_on`` are the pages that the seat wants to see.
    ``assumed`` reads what an analyst assumes in a file beside the record. ``stop`` says why no commands are taken, if
    none are. ``clock`` is that of an exercise, and ``real_at`` the moment by the clock on the wall. ``views``
    gives what every seat may know, and ``facts`` what happened as a whole: for control, and for all once it is
    revealed; else ``None``. ``briefs_opened`` are the seats that have looked at their brief since the desk was opened,
    for those same readers. ``has_host`` says that another exercise can be opened beside this one.
    """

    view: View
    at: datetime
    would: Callable[[Command], Refusal | None] = field(repr=False)
    since: int = 0
    number: int = 1
    language: str = "en"
    asked: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    brought: FileChanges | None = field(default=None, repr=False)
    sheet: SheetShown | None = field(default=None, repr=False)
    table: TableShown | None = field(default=None, repr=False)
    waiting: tuple[WaitingCommand, ...] = field(default=(), repr=False)
    elapsed: float = 0.0
    sought: str = field(default="", repr=False)
    speakers: Mapping[str, SpeakersList] = field(default_factory=dict, repr=False)
    memory: SeatMemory | None = field(default=None, repr=False)
    calculations: Mapping[str, Calculation] = field(default_factory=dict, repr=False)
    switched_on: frozenset[str] = frozenset()
    assumed: Callable[[], Assumptions | None] | None = field(default=None, repr=False)
    person: str | None = None
    has_passphrase: bool = False
    sessions: tuple[OwnSession, ...] = ()
    join_code: str | None = None
    guests: tuple[Guest, ...] = ()
    is_readable: bool = False
    address: str = ""
    stop: DeskStop | None = None
    clock: ExerciseClock | None = None
    real_at: datetime | None = None
    views: Callable[[], Mapping[str, View]] | None = field(default=None, repr=False)
    facts: WhatHappened | None = field(default=None, repr=False)
    briefs_opened: frozenset[str] = frozenset()
    has_host: bool = False

    @property
    def known(self) -> Knowledge:
        """What the seat knows."""
        return self.view.known

    @property
    def seat(self) -> str:
        """The viewing seat."""
        return self.view.seat

    def one(self, name: str) -> str:
        """Return how something is to be shown, as the address says; empty if it does not."""
        return self.asked.get(name, ("",))[0]

    @property
    def now(self) -> datetime:
        """The moment at which the page is made."""
        return self.at

    def has(self, *powers: str) -> bool:
        """Say whether the seat may give any of these commands."""
        return bool(self.view.powers & set(powers))

    def undoable(self) -> tuple[tuple[WaitingCommand, int], ...]:
        """Return the grave acts that can still be undone, each with the whole seconds that are left."""
        waiting = (one for one in self.waiting if one.state is WaitingState.WAITING)
        return tuple((one, max(0, math.ceil(one.due - self.elapsed))) for one in waiting)

    def once(self, key: str, make: Callable[[Knowledge], T]) -> T:
        """Return what ``make`` makes of what the seat knows, or what it made earlier from the same knowledge."""
        return make(self.known) if self.memory is None else self.memory.of(key, self.known, make)

    def others(self) -> tuple[KnownSeat, ...]:
        """Return the other open seats that are known."""
        return tuple(s for s in self.known.seats.values() if s.slug != self.seat and not s.closed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page: its template, the parts in order, what it shows, and who has it.

    ``path`` may hold ``{}``, each for a handle or slug; ``data`` gets what stands there, with strokes between. ``data``
    returns ``None`` where there is no such thing in the view. ``powers`` limits the page to seats that hold one of them
    (empty: every seat), and ``when`` to views for which it holds. ``under`` is the entry of the navigation that it
    belongs to. ``heading`` returns the title of the thing that the page is about; a page without one has its own title
    as heading.
    """

    path: str
    template: str
    title: str
    parts: tuple[str, ...]
    data: Callable[[PageContext, str], Data | None] = field(repr=False)
    under: str
    powers: tuple[str, ...] = ()
    when: Callable[[View], bool] | None = field(default=None, repr=False)
    heading: Callable[[Data], str] | None = field(default=None, repr=False)


def groups(seats: list[KnownSeat]) -> list[tuple[str, list[KnownSeat]]]:
    """Return seats by the first group that one of their roles belongs to."""
    left, made = list(seats), []
    for name, roles in _GROUPS:
        inside = [seat for seat in left if roles & set(seat.roles)]
        if inside:
            made.append((name, inside))
        left = [seat for seat in left if seat not in inside]
    return [*made, ("other", left)] if left else made


def shown(items: list[Any], number: int, *, size: int) -> tuple[list[Any], int]:
    """Return one page of a long list and how many pages there are."""
    pages = max(1, -(-len(items) // size))
    start = (min(number, pages) - 1) * size
    return items[start : start + size], pages
