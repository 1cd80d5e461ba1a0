"""What is planned and owed, as frozen values: rounds, sessions, agenda, commitments, terms, ledgers."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from goodoffices.errors import ScenarioError
from goodoffices.talks.entities import Name
from goodoffices.talks.vocabulary import ChangeKind, Format, Level, Role

__all__ = [
    "ActorChange",
    "AgendaIssue",
    "Area",
    "Basket",
    "CeasefireTerms",
    "Commitment",
    "DayReport",
    "Delegation",
    "DueDate",
    "Guarantee",
    "HappenedDate",
    "InForce",
    "Invitation",
    "Ledger",
    "Option",
    "PairFormat",
    "Part",
    "PlannedDate",
    "Round",
    "Session",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedDate:
    """A date as planned, by whom and announced when; no planned date is ever lost."""

    start: date
    end: date | None = None
    precision: str = "day"
    announced_on: date | None = None
    by: str | None = None
    claim: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """One convening, with every planned date and the actual ones."""

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
    """The format between two actors' seats, from a claim or by decision."""

    first: str
    second: str
    format: Format
    claim: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One sitting, in one format, with its pairs, room and participants (seats)."""

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
    """Who was asked to a round, by whom, as what, and what they answered on whose word."""

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
    """An actor that a delegation is said to represent, and the basis of saying so."""

    actor: str
    basis: str = "own-word"
    claim: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Delegation:
    """The people seated for one or more actors at a round."""

    round: str
    seat: str
    represents: tuple[Part, ...] = ()
    head: str | None = None
    members: tuple[str, ...] = ()
    level: Level | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One possible answer to an issue; names by language."""

    slug: str
    names: tuple[Name, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaIssue:
    """One question the talks must settle, and the options on the table.

    ``is_invented`` marks teaching material: options worded for an exercise and put forward by nobody.
    """

    slug: str
    question: tuple[Name, ...]
    options: tuple[Option, ...]
    is_invented: bool = False

    def __post_init__(self) -> None:
        if len(self.options) < 2:
            raise ScenarioError(
                f"issue {self.slug!r} has {len(self.options)} option(s); "
                "with fewer than two there is nothing to negotiate"
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Basket:
    """A group of issues."""

    title: str
    issues: tuple[AgendaIssue, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorChange:
    """A merger, split, joining, leaving, renaming or dissolution, on a claim."""

    slug: str
    kind: ChangeKind
    sources: tuple[str, ...]
    targets: tuple[str, ...]
    when: date | None = None
    claims: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DueDate:
    """A due date as planned or moved, by whom and announced when."""

    due: datetime | date
    by: str | None = None
    announced_on: date | None = None
    claim: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HappenedDate:
    """A day on which something owed is said to have been done, beside the days it was due."""

    day: date
    claim: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitment:
    """Who shall do what by when, under which condition.

    ``undertaken_by`` lists the obligors who gave the undertaking themselves; for every other obligor the commitment is
    *attributed, not undertaken*. ``happened`` says when it is claimed to have been done.
    """

    slug: str
    obligors: tuple[str, ...]
    what: str
    text: str | None = None
    undertaken_by: tuple[str, ...] = ()
    due: tuple[DueDate, ...] = ()
    condition: str | None = None
    round: str | None = None
    claims: tuple[str, ...] = ()
    happened: tuple[HappenedDate, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Guarantee:
    """That a guarantor undertakes that a beneficiary will comply with a named text."""

    guarantor: str
    beneficiary: str
    subject: str
    text: str | None = None
    since: date | None = None
    claim: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """A place that terms or allegations can name."""

    slug: str
    names: tuple[Name, ...]
    code: str | None = None
    part_of: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InForce:
    """A claim of entry into force: local time in its zone and the instant it means."""

    instant: datetime
    zone: str
    words: str = ""
    areas: tuple[str, ...] = ()
    until: datetime | None = None
    claim: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CeasefireTerms:
    """What one exact copy of a cease-fire says: who is covered, who is excluded, where, and since when.

    Two sides with different copies give two terms, never merged.
    """

    slug: str
    title: str
    copy_of: str = ""
    covered: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    in_force: tuple[InForce, ...] = ()
    summary: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DayReport:
    """What one ledger states for one bulletin day: counts per area and what the other ledger's keeper said of it.

    ``counts`` are (area, count) pairs; an empty area means that the bulletin does not place them. ``total`` is as
    stated. ``confirmed`` and ``explained`` are how many of the *other* keeper's examination fell so; ``None`` means
    not stated, which is not nought.
    """

    day: date
    n_days: int = 1
    counts: tuple[tuple[str, int], ...] = ()
    total: int | None = None
    confirmed: int | None = None
    explained: int | None = None
    source: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """Whose ledger of allegations: its keeper, and whether it reports every day."""

    slug: str
    keeper: str
    title: str = ""
    kind: str = "guarantor"
    reports: str = "unknown"
    credit: str = ""
    days: tuple[DayReport, ...] = field(default=(), repr=False)
