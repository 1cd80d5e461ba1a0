"""The context in which one command is judged: who asks, what that seat knows, and how to write acts or refuse.

A decider uses only what the asking seat knows (``context.known``), with one exception: to address an act it may ask
which seats have been told of a thing, an act, a body or a seat (``seen_by``, ``audience_of``, ``saw``, ``who_know``).
So whether a command is refused never depends on anything that the asking seat does not know.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import field
from datetime import date, datetime
from typing import Any, TypeVar

from goodoffices.data_class import dataclass
from goodoffices.errors import RefusedError
from goodoffices.names import comparable, nearest_word
from goodoffices.talks.base.acts import CLOCK, Act, AudienceEntry, Content, Ref, lay_out
from goodoffices.talks.base.local_time import local_day
from goodoffices.talks.base.persistent import Table
from goodoffices.talks.base.refusals import refused
from goodoffices.talks.base.serialization import short_instant
from goodoffices.talks.base.states import Face
from goodoffices.talks.state.knowledge import Knowledge
from goodoffices.talks.state.permissions import role_for
from goodoffices.talks.state.slices import Slice

T = TypeVar("T")
_MOST_NAMED = 6
"""How many things of its own a refusal names to the seat that named none of them."""


class Command:
    """Base class of everything that a seat can ask for. Subclasses are frozen dataclasses; they use handles."""

    __slots__ = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FiguresAsked:
    """Which figures of ledgers are to be worked out. ``given`` is what they are said to be, ``None`` if nobody says."""

    first: date
    last: date
    ledgers: tuple[str, ...]
    is_public: bool
    given: str | None = None


FiguresOf = Callable[[Knowledge, Callable[[str], str | None], FiguresAsked], str]
"""Works out figures from what a seat knows and the texts that it reads; refuses with a sentence if others are given."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandRequest:
    """A command, with the seat that asks for it.

    ``entered_by`` is the seat that entered it, if that is another one. ``seen`` is the number of the last notice that
    the person had seen.
    """

    seat: str
    command: Command
    person: str | None = None
    entered_by: str | None = None
    happened_at: datetime | None = None
    on_paper: str | None = None
    second: str | None = None
    seen: int | None = None


@dataclass(slots=True)
class CommandContext:
    """The context of one command. It collects the acts that the command writes; they become one group.

    ``beforehand`` has what was made of this command alone before it was its turn (see ``once``). ``figures`` works out
    the figures of a bulletin: they stand on statistics, of which the talks know nothing.
    """

    request: CommandRequest
    slice: Slice
    at: datetime
    next_seq: int
    seen_by: Callable[[str], tuple[str, ...]]
    audience_of: Callable[[int], tuple[str, ...]]
    saw: Callable[[Iterable[str]], tuple[str, ...]]
    who_know: Callable[[str], tuple[str, ...]]
    words: Callable[[str], str | None]
    beforehand: dict[Hashable, Any] = field(default_factory=dict)
    figures: FiguresOf | None = None
    acts: list[Act] = field(default_factory=list)

    @property
    def known(self) -> Knowledge:
        """What the asking seat knows."""
        return self.slice.known

    @property
    def today(self) -> date:
        """The day of the command, by the calendar of the talks."""
        return local_day(self.at, self.known.header.zone)

    @property
    def seat(self) -> str:
        """The asking seat."""
        return self.request.seat

    def new(self, ahead: int = 0) -> Ref:
        """Return a name for a thing that the next act creates, or the act ``ahead`` places after that."""
        return Ref(f"{self.next_seq + len(self.acts) + ahead}")

    def find(self, handle: str | None, table: Table[T]) -> tuple[Ref, T]:
        """Return the internal id and the thing for ``handle``. Refused if the seat does not know such a thing.

        The refusal repeats what the seat typed, and names the last few that it knows itself. So it does not tell
        whether other seats have such a thing.
        """
        if handle is None:
            raise refused("unknown", case="missing")
        if handle not in table or handle not in self.slice.ids:
            known = [one for one in table if one in self.slice.ids][-_MOST_NAMED:]
            if known:
                raise refused("unknown", case="of_kind", handle=handle, known=", ".join(known))
            raise refused("unknown", case="handle", handle=handle)
        return Ref(self.slice.ids[handle]), table[handle]

    def ids(self, handles: Iterable[str]) -> tuple[Ref, ...]:
        """Return the internal ids of ``handles``. A handle that is not in this slice is refused as *unknown*."""
        return tuple(self.id_of(handle) for handle in handles)

    def id_of(self, handle: str) -> Ref:
        """Return the internal id of ``handle``. A handle that is not in this slice is refused as *unknown*."""
        if handle not in self.slice.ids:
            raise refused("unknown", case="handle", handle=handle)
        return Ref(self.slice.ids[handle])

    def known_seats(self, seats: Iterable[str]) -> tuple[str, ...]:
        """Return ``seats`` without repeats. A seat that the asking seat does not know is refused as *unknown*."""
        named = tuple(dict.fromkeys(seats))
        for seat in named:
            if seat not in self.known.seats:
                raise self.no_such("seat", seat, self.known.seats)
        return named

    def known_actors(self, actors: Iterable[str]) -> tuple[str, ...]:
        """Return ``actors``. An actor that the asking seat does not know is refused as *unknown*."""
        named = tuple(actors)
        for actor in named:
            if actor not in self.known.actors:
                raise self.no_such("actor", actor, self.known.actors)
        return named

    def no_such(self, case: str, slug: str, known: Iterable[str]) -> RefusedError:
        """Return the refusal of a name that the asking seat does not know, with the nearest that it does know."""
        near = nearest_word(slug, known)
        return (
            refused("unknown", case=case, slug=slug)
            if near is None
            else refused("unknown", case=f"{case}_near", slug=slug, near=near)
        )

    def everyone(self) -> tuple[str, ...]:
        """Return the open seats that this seat knows of, itself included."""
        return tuple(slug for slug, seat in self.known.seats.items() if not seat.closed)

    def refuse(self, code: str, **values: str | datetime | None) -> RefusedError:
        """Return the refusal to raise. Instants among its values are shown to the minute."""
        told = {key: short_instant(v) if isinstance(v, datetime) else v or "" for key, v in values.items()}
        return refused(code, **told)

    def two_persons(self) -> None:
        """Refuse unless two different people are named: who asks for the command, and who confirms it."""
        first, second = (comparable(name or "").casefold() for name in (self.request.person, self.request.second))
        if not first or not second or first == second:
            raise self.refuse("two_persons")

    def write(self, content: Content, audience: Iterable[AudienceEntry]) -> None:
        """Add an act to the group. A seat named twice gets its first face. The clock is told only if it has a face."""
        seq = self.next_seq + len(self.acts)
        data, texts = lay_out(seq, content)
        seat = self.known.seats.get(self.seat)
        faces: dict[str, str] = {}
        for who, face in audience:
            if who != CLOCK or Face.CLOCK in content.FACES:
                faces.setdefault(who, face)
        self.acts.append(
            Act(
                seq=seq,
                kind=type(content).__name__,
                version=content.VERSION,
                at=self.at,
                seat=self.seat,
                role="" if seat is None else role_for(seat, type(self.request.command).__name__).value,
                person=self.request.person,
                entered_by=self.request.entered_by,
                happened_at=self.request.happened_at,
                on_paper=self.request.on_paper,
                second=self.request.second,
                audience=tuple(sorted(faces.items())),
                data=data,
                bodies=texts,
            )
        )

    def tell(self, content: Content, seats: Iterable[str], *, face: str = Face.ALL) -> None:
        """Add an act that the asking seat sees as its own, and that ``seats`` see as ``face``."""
        told = ((seat, Face.CLOCK if seat == CLOCK else face) for seat in seats)
        self.write(content, [(self.seat, Face.SELF), *told])

    def once(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return what ``make`` makes, or what it made when this command was gone through beforehand.

        It must follow from ``key`` alone: the talks may have gone on since.
        """
        if key not in self.beforehand:
            self.beforehand[key] = make()
        found: T = self.beforehand[key]
        return found


Decider = Callable[[CommandContext, Any], None]
"""Decides one command: writes acts into the context, or raises a refusal."""
