"""What one seat knows: the fold of its slice, and of nothing else."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from rpds import HashTrieMap

from goodoffices.talks.acts import Body
from goodoffices.talks.assessments import Assessment, Scale
from goodoffices.talks.entities import (
    Actor,
    Claim,
    Compartment,
    Recognition,
    RoleClaim,
    Source,
)
from goodoffices.talks.named_rules import NamedRule
from goodoffices.talks.named_texts import NamedText
from goodoffices.talks.persistent import Log, Table, changed
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
from goodoffices.talks.questions import KnownForce, KnownPackage, KnownQuestion, KnownRatification
from goodoffices.talks.text_things import (
    KnownComment,
    KnownDivergence,
    KnownReading,
    KnownStance,
    KnownText,
    KnownVariant,
    KnownVersion,
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
    texts: tuple[NamedText, ...] = ()
    rules: tuple[NamedRule, ...] = ()
    invented: tuple[str, ...] = ()


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


class _Part(Generic[T]):
    """One kind of thing that a seat knows; empty until the first is known."""

    def __init__(self, empty: T) -> None:
        self._empty = empty

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, known: Known, owner: type | None = None) -> T:
        held: T = known._parts.get(self._name, self._empty)
        return held


class Known:
    """Everything one seat knows, by kind of thing. ``seat`` is whose knowledge this is.

    Immutable: every change gives a new ``Known`` that shares all but one part with the old one.
    """

    __slots__ = ("_parts", "seat")

    header = _Part[Header](Header())
    seats = _Part[Table[KnownSeat]](Table())
    actors = _Part[Table[Actor]](Table())
    compartments = _Part[Table[Compartment]](Table())
    sames = _Part[Log[KnownSame]](Log())
    proxies = _Part[Table[KnownProxy]](Table())
    persons = _Part[Table[str]](Table())
    disputes = _Part[Log[tuple[str, int, Body]]](Log())
    roles = _Part[Log[RoleClaim]](Log())
    recognitions = _Part[Log[KnownRecognition]](Log())
    sources = _Part[Table[Source]](Table())
    claims = _Part[Table[KnownClaim]](Table())
    marks = _Part[Log[KnownMark]](Log())
    positions = _Part[Log[KnownPosition]](Log())
    assessments = _Part[Log[KnownAssessment]](Log())
    estimates = _Part[Log[Assessment]](Log())
    scales = _Part[Log[Scale]](Log())
    changes = _Part[Table[KnownChange]](Table())
    stated = _Part[Log[Stated]](Log())
    rounds = _Part[Table[KnownRound]](Table())
    invitations = _Part[Table[KnownInvitation]](Table())
    delegations = _Part[Table[KnownDelegation]](Table())
    mandates = _Part[Log[tuple[str, Body]]](Log())
    ratifiers = _Part[Log[tuple[str, str, str]]](Log())
    agenda = _Part[tuple[Basket, ...]](())
    pair_formats = _Part[tuple[PairFormat, ...]](())
    sessions = _Part[Table[KnownSession]](Table())
    interventions = _Part[Log[KnownIntervention]](Log())
    items = _Part[Table[KnownItem]](Table())
    clearances = _Part[Table[KnownClearance]](Table())
    wordings = _Part[Table[KnownWording]](Table())
    tellings = _Part[Table[KnownTelling]](Table())
    packs = _Part[Table[KnownPack]](Table())
    receipts = _Part[Log[tuple[int, str]]](Log())
    deposits = _Part[Table[KnownDeposit]](Table())
    blinds = _Part[Table[KnownBlind]](Table())
    matches = _Part[Table[KnownMatch]](Table())
    questions = _Part[Table[KnownQuestion]](Table())
    packages = _Part[Table[KnownPackage]](Table())
    ratifications = _Part[Log[KnownRatification]](Log())
    forces = _Part[Table[KnownForce]](Table())
    commitments = _Part[Table[KnownCommitment]](Table())
    guarantees = _Part[Table[KnownGuarantee]](Table())
    areas = _Part[Table[Area]](Table())
    terms = _Part[Table[KnownTerms]](Table())
    ledgers = _Part[Table[KnownLedger]](Table())
    allegations = _Part[Table[KnownAllegation]](Table())
    published = _Part[Log[tuple[str, Body, str]]](Log())
    texts = _Part[Table[KnownText]](Table())
    versions = _Part[Table[KnownVersion]](Table())
    variants = _Part[Table[KnownVariant]](Table())
    comments = _Part[Table[KnownComment]](Table())
    divergences = _Part[Log[KnownDivergence]](Log())
    readings = _Part[Log[KnownReading]](Log())
    stances = _Part[Table[KnownStance]](Table())
    summaries = _Part[Table[tuple[Body, ...]]](Table())

    def __init__(self, seat: str, parts: HashTrieMap[str, Any] | None = None) -> None:
        self.seat = seat
        self._parts: HashTrieMap[str, Any] = HashTrieMap() if parts is None else parts

    def __repr__(self) -> str:
        held = ", ".join(f"{name}={self._parts[name]!r}" for name in sorted(self._parts))
        return f"Known({self.seat!r}, {held})"

    def set(self, part: str, value: Any) -> Known:
        """Return this knowledge with another value for one part."""
        return Known(self.seat, self._parts.insert(part, value))

    def put(self, table: str, key: str, value: Any) -> Known:
        """Return this knowledge with ``value`` under ``key`` of the named table."""
        return self.set(table, getattr(self, table).put(key, value))

    def add(self, log: str, value: Any) -> Known:
        """Return this knowledge with ``value`` at the end of the named log."""
        return self.set(log, getattr(self, log).append(value))

    def change(self, table: str, key: str, **changes: Any) -> Known:
        """Return this knowledge with fields of one thing changed; unchanged if the thing is not known."""
        thing = getattr(self, table).get(key)
        return self if thing is None else self.put(table, key, changed(thing, **changes))

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
