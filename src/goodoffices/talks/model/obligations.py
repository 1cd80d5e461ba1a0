"""What actors owe: commitments, guarantees, due dates, and the changes of actors that pass them on."""

from __future__ import annotations

from datetime import date, datetime

from goodoffices.data_class import dataclass
from goodoffices.talks.base.enums import ChangeKind


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorChange:
    """A merger, split, joining, leaving, renaming or dissolution of actors, according to a claim."""

    slug: str
    kind: ChangeKind
    sources: tuple[str, ...]
    targets: tuple[str, ...]
    when: date | None = None
    claims: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DueDate:
    """A due date as first planned or as moved, with who set it and when it was announced."""

    due: datetime | date
    by: str | None = None
    announced_on: date | None = None
    claim: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HappenedDate:
    """That something owed is said to have been done; on which day, where somebody says it."""

    day: date | None = None
    claim: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitment:
    """Who shall do what, by when and under which condition.

    ``undertaken_by`` lists the obligors that gave the undertaking themselves. For every other obligor the commitment
    is *attributed, not undertaken*. ``happened`` has the days on which it is said to have been done.
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
    """The promise of a guarantor that a named actor, the beneficiary, will keep to a named text."""

    guarantor: str
    beneficiary: str
    subject: str
    text: str | None = None
    since: date | None = None
    claim: str | None = None
