"""Rounds, sessions, invitations and delegations as planned or reported."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from goodoffices.talks.base.enums import Format, Level, Role


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedDate:
    """A planned date, with who planned it and when it was announced. Earlier planned dates are always kept."""

    start: date
    end: date | None = None
    precision: str = "day"
    announced_on: date | None = None
    by: str | None = None
    claim: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """One round of the talks, with every planned date and the actual dates."""

    slug: str
    title: str
    place: str = ""
    planned: tuple[PlannedDate, ...] = ()
    opened: date | None = None
    closed: date | None = None
    sponsors: tuple[str, ...] = ()
    host: str | None = None
    format: Format | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PairFormat:
    """The format between the seats of two actors, according to a claim or by a decision."""

    first: str
    second: str
    format: Format
    claim: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One sitting, with its format, the pairs that have another format, its room, and the seats that take part."""

    slug: str
    title: str
    round: str
    format: Format
    participants: tuple[str, ...] = ()
    pairs: tuple[PairFormat, ...] = ()
    room: str = ""
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    claim: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """An invitation to a round: who was invited, by whom, in which role, and the answer with its source."""

    round: str
    to: str
    by: str
    role: Role | None = None
    level: Level | None = None
    reply_by: datetime | None = None
    answer: str | None = None
    claim: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """An actor that a delegation is said to represent, and the ground for saying so."""

    actor: str
    basis: str = "own-word"
    claim: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Delegation:
    """The people who sit for one or more actors at a round."""

    round: str
    seat: str
    represents: tuple[Part, ...] = ()
    head: str | None = None
    members: tuple[str, ...] = ()
    level: Level | None = None
