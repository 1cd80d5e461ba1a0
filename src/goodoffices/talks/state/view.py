"""A view: one seat's slice, ready to be read. Pages, files, reports and analyses get a view and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import field
from datetime import datetime

from goodoffices.data_class import dataclass
from goodoffices.talks.base.acts import Body
from goodoffices.talks.base.local_time import local_day, time_text
from goodoffices.talks.base.persistent import Log
from goodoffices.talks.base.refusals import Refusal
from goodoffices.talks.base.serialization import parse_instant
from goodoffices.talks.state.knowledge import Knowledge
from goodoffices.talks.state.known_seats import KnownSeat
from goodoffices.talks.state.permissions import powers_of
from goodoffices.talks.state.slices import Notice

SEAT_VALUES = frozenset({"a", "b", "giver", "to", "who"})
"""The values of a refusal that are slugs of seats or actors, or lists of them with commas."""

_WORD_VALUES = frozenset({"form", "kind"})


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """Everything that one seat may know. It does not show that anything is hidden.

    ``known`` has the things by kind, named by handles of this view. ``notices`` is the slice itself. ``head`` is the
    head of the slice's own chain, and ``heads`` are the heads after each notice. ``n_opening`` says how many of the
    first notices opened the talks; what the record learned since comes after them, also within the same minute.
    """

    seat: str
    known: Knowledge
    notices: Log[Notice]
    head: str
    words: Callable[[str], str | None] = field(repr=False, compare=False)
    heads: Log[bytes] = field(default_factory=Log, repr=False)
    n_opening: int = field(default=0, compare=False)

    @property
    def me(self) -> KnownSeat | None:
        """The viewing seat, or ``None`` for the public and for somebody without a seat."""
        return self.known.seats.get(self.seat)

    @property
    def later_notices(self) -> Sequence[Notice]:
        """The notices that came after those with which the talks opened."""
        return self.notices[self.n_opening :]

    @property
    def powers(self) -> frozenset[str]:
        """The commands that this seat may give."""
        return frozenset() if self.me is None else powers_of(self.me)

    @property
    def all_seeing(self) -> tuple[str, ...]:
        """The seats that may see everything, according to the talks file. Every page warns of them."""
        return tuple(slug for slug, seat in self.known.seats.items() if seat.sees_all)

    def text(self, body: Body | None) -> str | None:
        """Return the text of a body in this view, or ``None`` if there is none or it was destroyed."""
        return None if body is None else self.words(body.id)

    def day_of(self, stated: str) -> str:
        """Return the day of a stated day or instant, by the calendar of the talks; a day stays as it is."""
        first = stated.partition(" ")[0]
        return str(local_day(parse_instant(first), self.zone)) if "T" in first else first

    def sentence(self, refusal: Refusal, language: str = "en") -> str:
        """Return the sentence of a refusal, with actors' names for slugs and times in the time zone of the talks."""
        return refusal.template.format(
            **{key: self._refusal_value(key, value, language) for key, value in refusal.values}
        )

    def _refusal_value(self, key: str, value: str, language: str) -> str:
        if key in SEAT_VALUES:
            return " and ".join(self.name(seat, language) for seat in value.split(", "))
        if key in _WORD_VALUES:
            return "word for word" if value == "verbatim" else value.replace("-", " ")
        return self.time(value) if key == "at" and value else value

    @property
    def zone(self) -> str:
        """The time zone of the talks."""
        return self.known.header.zone

    def time(self, at: datetime | str) -> str:
        """Return an instant by the clock of the talks, with the zone named."""
        return time_text(parse_instant(at) if isinstance(at, str) else at, self.zone)

    def name(self, seat: str, language: str = "en") -> str:
        """Return the name of the actor in a seat, as this view knows it."""
        held = self.known.seats.get(seat)
        actor = self.known.actors.get(seat if held is None else held.actor)
        return seat if actor is None else actor.name(language)
