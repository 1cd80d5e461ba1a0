"""What an automated seat is given besides its view: its brief, the public timetable, and the mistakes it will make."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field
from datetime import datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from goodoffices.data_class import dataclass
from goodoffices.talks.base.enums import TextKind
from goodoffices.talks.model.brief import Brief


class Mistake(StrEnum):
    """A mistake that a seat makes in an exercise, for others to catch. Each leaves two traces before it does harm."""

    TWO_COPIES = "two-copies"
    PARTIAL_RELEASE = "partial-release"
    SOFTENED_RELAY = "softened-relay"
    LATE_RELAY = "late-relay"
    LANGUAGES_APART = "languages-apart"
    LEDGERS_ADDED = "ledgers-added"
    WRONG_TITLE = "wrong-title"


@dataclass(frozen=True, slots=True, kw_only=True)
class TextPlan:
    """When a text is tabled, released, written anew and closed, by which seat, about which issues.

    ``issues`` left empty means all of the agenda. ``first_to`` are the seats that get a version before the others, at
    ``first_at``; ``to`` get it at each of ``released_at``.
    """

    name: str
    pen: str
    kind: TextKind
    titles: Mapping[str, str]
    tabled_at: datetime
    to: tuple[str, ...]
    released_at: tuple[datetime, ...]
    stances_at: datetime
    issues: tuple[str, ...] = ()
    issuers: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    first_to: tuple[str, ...] = ()
    first_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionPlan:
    """When the chair opens a session of the talks file, by its title, and when it closes it."""

    title: str
    opens_at: datetime
    closes_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Timetable:
    """What everybody in an exercise knows of its course: its beginning and end, the sessions, the texts, the nights."""

    starts_at: datetime
    ends_at: datetime
    zone: str = "UTC"
    pace: int = 18
    sessions: tuple[SessionPlan, ...] = ()
    texts: tuple[TextPlan, ...] = ()
    night_from: time = time(22, 0)
    night_until: time = time(7, 30)

    @property
    def hours(self) -> tuple[datetime, ...]:
        """The times at which a session or a text is due, and the end."""
        sessions = (time for plan in self.sessions for time in (plan.opens_at, plan.closes_at))
        texts = (time for plan in self.texts for time in (plan.tabled_at, *plan.released_at, plan.stances_at))
        first = (plan.first_at for plan in self.texts if plan.first_at is not None)
        return tuple(sorted({*sessions, *texts, *first, self.ends_at}))

    @property
    def closes_at(self) -> datetime:
        """When the talks themselves are over: the last session has closed and the last stances are due."""
        last = (*(plan.closes_at for plan in self.sessions), *(plan.stances_at for plan in self.texts))
        return max(last, default=self.ends_at)

    def awake(self, at: datetime) -> datetime:
        """Return ``at``, or the end of the night in which it falls."""
        local = at.astimezone(ZoneInfo(self.zone))
        if self.night_until <= local.time() < self.night_from:
            return at
        morning = local.replace(hour=self.night_until.hour, minute=self.night_until.minute, second=0, microsecond=0)
        return (morning if local.time() < self.night_until else morning + timedelta(days=1)).astimezone(at.tzinfo)


@dataclass(frozen=True, slots=True, kw_only=True)
class ScriptLine:
    """One act of a scripted seat: the name of the command, its fields, and when it is given."""

    at: datetime
    command: str
    fields: Mapping[str, str | Sequence[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Orders:
    """All that an automated seat is given: its own brief and draws, and what is public. Nothing of any other seat."""

    brief: Brief
    timetable: Timetable
    mistakes: tuple[Mistake, ...] = ()
    script: tuple[ScriptLine, ...] = ()

    @property
    def seat(self) -> str:
        """The seat that is played."""
        return self.brief.seat
