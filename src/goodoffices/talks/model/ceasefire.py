"""Cease-fire terms, areas, ledgers and the days they report."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from goodoffices.talks.model.actors import Name


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """A place that terms or allegations can name."""

    slug: str
    names: tuple[Name, ...]
    code: str | None = None
    part_of: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InForce:
    """A claim about when a cease-fire entered into force: a local time with its zone, and the instant it means."""

    instant: datetime
    zone: str
    words: str = ""
    areas: tuple[str, ...] = ()
    until: datetime | None = None
    claim: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CeasefireTerms:
    """What one exact copy of a cease-fire says: who is covered, who is excluded, where, and since when.

    If two sides have different copies, there are two sets of terms. They are never merged.
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
    """What one ledger states for one day: counts per area, and what the other ledger's keeper said about them.

    ``counts`` are (area, count) pairs; an empty area means that the bulletin gives no place. ``total`` is the total as
    stated. ``confirmed`` and ``explained`` are how many of the reports the *other* keeper confirmed or explained.
    ``None`` means *not stated*, which is different from 0.
    """

    day: date
    n_days: int = 1
    counts: tuple[tuple[str, int], ...] = ()
    total: int | None = None
    confirmed: int | None = None
    explained: int | None = None
    source: str = ""
    note: str = ""
    known_from: datetime | date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """A ledger of allegations: who keeps it, and whether it reports every day."""

    slug: str
    keeper: str
    title: str = ""
    kind: str = ""
    reports: str = "unknown"
    credit: str = ""
    days: tuple[DayReport, ...] = field(default=(), repr=False)
