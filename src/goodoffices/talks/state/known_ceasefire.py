"""Cease-fire terms, ledgers and allegations, as one seat knows them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from goodoffices.talks.base.acts import Body
from goodoffices.talks.base.persistent import Log
from goodoffices.talks.model.ceasefire import CeasefireTerms, DayReport, Ledger


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownTerms:
    """The terms of a cease-fire as read from one exact copy."""

    handle: str
    terms: CeasefireTerms
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownAllegation:
    """An allegation in one ledger, and what the keepers of other ledgers answered."""

    handle: str
    ledger: str
    by: str
    kind: str
    area: str
    place: Body | None = None
    occurred_from: str
    occurred_to: str
    alleged_violator: str
    words: Body | None = None
    at: datetime
    answers: tuple[tuple[str, str], ...] = ()
    withdrawn: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownLedger:
    """A ledger of allegations: its keeper, the days it reported, and the answers of the other keepers by day."""

    handle: str
    ledger: Ledger
    days: Log[DayReport] = field(default_factory=Log)
    allegations: tuple[str, ...] = ()
    answers: Log[tuple[str, str, str, int]] = field(default_factory=Log)
