"""What one seat knows: the fold of its slice, and of nothing else."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from goodoffices.talks.acts import Body
from goodoffices.talks.entities import (
    Actor,
    Claim,
    Compartment,
    Recognition,
    RoleClaim,
    Source,
)
from goodoffices.talks.persistent import Log, Table
from goodoffices.talks.plans import (
    ActorChange,
    Area,
    Basket,
    CeasefireTerms,
    Commitment,
    DayReport,
    Guarantee,
    Ledger,
    PairFormat,
)
from goodoffices.talks.things import (
    KnownBlind,
    KnownClearance,
    KnownDelegation,
    KnownDeposit,
    KnownIntervention,
    KnownInvitation,
    KnownItem,
    KnownMatch,
    KnownPack,
    KnownProxy,
    KnownRound,
    KnownSeat,
    KnownSession,
    KnownTelling,
    KnownWording,
)
from goodoffices.talks.vocabulary import Format, Kind, Stand

__all__ = [
    "Header",
    "Known",
    "KnownAllegation",
    "KnownAssessment",
    "KnownChange",
    "KnownClaim",
    "KnownCommitment",
    "KnownGuarantee",
    "KnownLedger",
    "KnownMark",
    "KnownPosition",
    "KnownRecognition",
    "KnownReport",
    "KnownSame",
    "KnownTerms",
    "Stated",
]

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What every page says of the talks: title, kind, zone, resolution of time, languages, default format."""

    slug: str = ""
    title: str = ""
    kind: Kind = Kind.EXERCISE
    zone: str = "UTC"
    seconds: bool = False
    languages: tuple[str, ...] = ()
    default_format: Format = Format.PROXIMITY
    summary: tuple[str, ...] = ()
    questions: tuple[tuple[str, str, str], ...] = ()
    contact_barred: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownClaim:
    """A claim shown to this seat; ``replaced_by`` is the handle of the claim its author put in its place."""

    handle: str
    claim: Claim
    by: str
    at: str
    replaced_by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownMark:
    """A person's word that claims contradict each other, or that they are compatible after all."""

    claims: tuple[str, ...]
    compatible: bool
    why: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownSame:
    """A person's word that two actors are one, or are not."""

    actors: tuple[str, ...]
    same: bool
    ground: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownRecognition:
    """A recognition as stated by a seat, or as the talks file has it from a claim."""

    recognition: Recognition
    by_seat: str
    at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownPosition:
    """What an actor says on an issue."""

    actor: str
    issue: str
    option: str | None
    words: Body | None
    at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownAssessment:
    """What an analyst estimates about a party. Never shown to it in a live record."""

    party: str
    issue: str
    quantity: str
    value: str
    source: str
    strength: str
    by: str
    at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownChange:
    """A merger, split or other change of actors."""

    handle: str
    change: ActorChange
    at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """What a successor itself said of a commitment of its predecessor."""

    commitment: str
    successor: str
    state: str
    at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownReport:
    """A seat's report on a commitment."""

    state: str
    by: str
    words: Body | None
    at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownCommitment:
    """A commitment, every report on it, and the rounds it was carried to."""

    handle: str
    commitment: Commitment
    by: str
    at: str
    reports: tuple[KnownReport, ...] = ()
    carried_to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownGuarantee:
    """A guarantee, given by the guarantor itself (``own_act``) or said of it by the talks file."""

    handle: str
    guarantee: Guarantee
    own_act: bool
    at: str
    ended: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownTerms:
    """The terms of a cease-fire as read from one exact copy."""

    handle: str
    terms: CeasefireTerms
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownAllegation:
    """What somebody says happened, in one ledger, and what keepers of other ledgers answered."""

    handle: str
    ledger: str
    by: str
    kind: str
    area: str
    place: Body | None
    occurred_from: str
    occurred_to: str
    alleged_violator: str
    words: Body | None
    at: str
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """Everything one seat knows, by kind of thing. ``seat`` is whose knowledge this is."""

    seat: str
    header: Header = Header()
    seats: Table[KnownSeat] = field(default_factory=Table)
    actors: Table[Actor] = field(default_factory=Table)
    compartments: Table[Compartment] = field(default_factory=Table)
    sames: Log[KnownSame] = field(default_factory=Log)
    proxies: Table[KnownProxy] = field(default_factory=Table)
    persons: Table[str] = field(default_factory=Table)
    disputes: Log[tuple[str, int, Body]] = field(default_factory=Log)
    roles: Log[RoleClaim] = field(default_factory=Log)
    recognitions: Log[KnownRecognition] = field(default_factory=Log)
    sources: Table[Source] = field(default_factory=Table)
    claims: Table[KnownClaim] = field(default_factory=Table)
    marks: Log[KnownMark] = field(default_factory=Log)
    positions: Log[KnownPosition] = field(default_factory=Log)
    assessments: Log[KnownAssessment] = field(default_factory=Log)
    changes: Table[KnownChange] = field(default_factory=Table)
    stated: Log[Stated] = field(default_factory=Log)
    rounds: Table[KnownRound] = field(default_factory=Table)
    invitations: Table[KnownInvitation] = field(default_factory=Table)
    delegations: Table[KnownDelegation] = field(default_factory=Table)
    mandates: Log[tuple[str, Body]] = field(default_factory=Log)
    ratifiers: Log[tuple[str, str, str]] = field(default_factory=Log)
    agenda: tuple[Basket, ...] = ()
    pair_formats: tuple[PairFormat, ...] = ()
    sessions: Table[KnownSession] = field(default_factory=Table)
    interventions: Log[KnownIntervention] = field(default_factory=Log)
    items: Table[KnownItem] = field(default_factory=Table)
    clearances: Table[KnownClearance] = field(default_factory=Table)
    wordings: Table[KnownWording] = field(default_factory=Table)
    tellings: Table[KnownTelling] = field(default_factory=Table)
    packs: Table[KnownPack] = field(default_factory=Table)
    receipts: Log[tuple[int, str]] = field(default_factory=Log)
    deposits: Table[KnownDeposit] = field(default_factory=Table)
    blinds: Table[KnownBlind] = field(default_factory=Table)
    matches: Table[KnownMatch] = field(default_factory=Table)
    commitments: Table[KnownCommitment] = field(default_factory=Table)
    guarantees: Table[KnownGuarantee] = field(default_factory=Table)
    areas: Table[Area] = field(default_factory=Table)
    terms: Table[KnownTerms] = field(default_factory=Table)
    ledgers: Table[KnownLedger] = field(default_factory=Table)
    allegations: Table[KnownAllegation] = field(default_factory=Table)
    published: Log[tuple[str, Body, str]] = field(default_factory=Log)
    destroyed: Table[str] = field(default_factory=Table)

    def put(self, table: str, key: str, value: Any) -> Known:
        """Return this knowledge with ``value`` under ``key`` of the named table."""
        changed: Known = replace(self, **{table: getattr(self, table).put(key, value)})
        return changed

    def add(self, log: str, value: Any) -> Known:
        """Return this knowledge with ``value`` at the end of the named log."""
        changed: Known = replace(self, **{log: getattr(self, log).append(value)})
        return changed

    def change(self, table: str, key: str, **changes: Any) -> Known:
        """Return this knowledge with fields of one thing changed; unchanged if the thing is not known."""
        thing = getattr(self, table).get(key)
        return self if thing is None else self.put(table, key, replace(thing, **changes))

    def actor_of(self, seat: str) -> str:
        """Return the slug of the actor in ``seat``, or the seat's own slug if that is not known."""
        known = self.seats.get(seat)
        return seat if known is None else known.actor

    def seats_of(self, actor: str) -> tuple[str, ...]:
        """Return the open seats of ``actor`` that are known."""
        return tuple(slug for slug, seat in self.seats.items() if seat.actor == actor and not seat.closed)

    def stands(self, by: str, actor: str) -> tuple[Stand, ...]:
        """Return what ``by`` has stated of recognising ``actor``, oldest first."""
        return tuple(
            r.recognition.stand for r in self.recognitions if r.recognition.by == by and r.recognition.of == actor
        )
