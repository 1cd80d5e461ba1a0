"""Rounds, sessions, invitations and delegations as planned or reported."""

from __future__ import annotations

from datetime import date, datetime

from goodoffices.data_class import dataclass
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
    """One round of the talks, with every planned date and the actual dates.

    ``opened_claim`` and ``closed_claim`` say on whose word the actual dates rest. ``known_from`` is the moment from
    which people could know of the round, if that is stated.
    """

    slug: str
    title: str
    place: str = ""
    planned: tuple[PlannedDate, ...] = ()
    opened: date | None = None
    closed: date | None = None
    sponsors: tuple[str, ...] = ()
    host: str | None = None
    format: Format | None = None
    opened_claim: str | None = None
    closed_claim: str | None = None
    known_from: datetime | date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PairFormat:
    """The format between the seats of two actors, according to a claim or by a decision."""

    first: str
    second: str
    format: Format
    claim: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One sitting, with its format, the pairs that have another format, its room, and the seats that take part.

    ``known_to`` has further seats that are told of it; ``None`` means those of the secretariat. ``is_invented`` marks a
    plan of an exercise that nobody has reported.
    """

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
    known_to: tuple[str, ...] | None = None
    known_from: datetime | date | None = None
    is_invented: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """An invitation to a round: who was invited, by whom, in which role, and the answer.

    ``by`` is ``None`` if nobody has said who invited. ``claim`` supports the invitation; ``answer_claim`` the answer.
    """

    round: str
    to: str
    by: str | None = None
    role: Role | None = None
    level: Level | None = None
    reply_by: datetime | None = None
    answer: str | None = None
    claim: str | None = None
    answer_claim: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """An actor that a delegation is said to represent, and the ground for saying so; empty if nobody has said it."""

    actor: str
    basis: str = ""
    claim: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Delegation:
    """The people who sit for one or more actors at a round.

    ``head_claim`` and ``members_claim`` say on whose word the persons are named. ``claims`` are those that the first
    page of a brief shows beside the delegation.
    """

    round: str
    seat: str
    represents: tuple[Part, ...] = ()
    head: str | None = None
    members: tuple[str, ...] = ()
    level: Level | None = None
    head_claim: str | None = None
    members_claim: str | None = None
    claims: tuple[str, ...] = ()
