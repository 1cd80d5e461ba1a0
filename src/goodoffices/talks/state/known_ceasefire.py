"""Cease-fire terms, ledgers and allegations, as one seat knows them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

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
class KnownAsking:
    """A seat that was asked about an allegation, and what it answered, if it did.

    ``is_late`` says that the time set had passed without an answer.
    """

    seat: str
    answer_by: datetime
    says: str = ""
    on_behalf_of: str = ""
    words: Body | None = None
    is_late: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownVerification:
    """How a verification of an allegation ended, by whom, on which day, and how many days after the event."""

    by: str
    result: str
    method: str
    day: date
    days_late: int
    reason: str = ""
    words: Body | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownFinding:
    """A finding on an allegation. ``attributed_to`` may be empty; then ``no_attribution`` says why."""

    by: str
    result: str
    grounds: Body | None = None
    terms: str = ""
    clause: str = ""
    attributed_to: tuple[str, ...] = ()
    no_attribution: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownAllegation:
    """An allegation in one ledger, and what became of it.

    A seat that was only asked about it does not know the ledger, nor who filed it: ``ledger`` and ``by`` are empty.
    """

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
    screened: str = ""
    screened_why: str = ""
    asked: tuple[KnownAsking, ...] = ()
    verifications: tuple[KnownVerification, ...] = ()
    findings: tuple[KnownFinding, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownLedger:
    """A ledger of allegations: its keeper, the days it reported, and the answers of the other keepers by day."""

    handle: str
    ledger: Ledger
    days: Log[DayReport] = field(default_factory=Log)
    allegations: tuple[str, ...] = ()
    answers: Log[tuple[str, str, str, int]] = field(default_factory=Log)
