"""What one seat knows. It is folded from the seat's slice alone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Generic, TypeVar

from rpds import HashTrieMap

from goodoffices.data_class import dataclass
from goodoffices.talks.base.acts import Body
from goodoffices.talks.base.enums import Format, Kind, Stand
from goodoffices.talks.base.persistent import Log, Table, changed
from goodoffices.talks.model.actors import Actor, Compartment
from goodoffices.talks.model.agenda import Basket
from goodoffices.talks.model.assessments import Assessment, Scale
from goodoffices.talks.model.ceasefire import Area
from goodoffices.talks.model.claims import RoleClaim, Source
from goodoffices.talks.model.exercise import PlannedAction
from goodoffices.talks.model.external_texts import NamedText
from goodoffices.talks.model.known_exercise import (
    KnownAction,
    KnownBrief,
    KnownExercise,
    KnownForecast,
    KnownInject,
    KnownMoment,
    KnownReflection,
    KnownRuleQuestion,
    ReceivedInject,
)
from goodoffices.talks.model.rounds import PairFormat
from goodoffices.talks.state.known_ceasefire import (
    KnownAllegation,
    KnownBulletin,
    KnownIncident,
    KnownInquiry,
    KnownLedger,
    KnownMeasure,
    KnownMechanism,
    KnownShare,
    KnownTerms,
    KnownZone,
)
from goodoffices.talks.state.known_claims import (
    KnownAssessment,
    KnownClaim,
    KnownMark,
    KnownPosition,
    KnownRecognition,
    KnownSame,
)
from goodoffices.talks.state.known_commitments import KnownChange, KnownCommitment, KnownGuarantee, StatedSuccession
from goodoffices.talks.state.known_decisions import KnownForce, KnownPackage, KnownQuestion, KnownRatification
from goodoffices.talks.state.known_exchange import KnownClearance, KnownItem, KnownPack, KnownTelling, KnownWording
from goodoffices.talks.state.known_meetings import (
    KnownCopy,
    KnownDelegation,
    KnownIntervention,
    KnownInvitation,
    KnownMinutes,
    KnownNote,
    KnownRound,
    KnownSession,
)
from goodoffices.talks.state.known_sealed import KnownBlind, KnownDeposit, KnownMatch
from goodoffices.talks.state.known_seats import KnownProxy, KnownSeat
from goodoffices.talks.state.known_texts import (
    KnownComment,
    KnownDivergence,
    KnownReading,
    KnownStance,
    KnownText,
    KnownVariant,
    KnownVersion,
)
from goodoffices.talks.voting.named_rules import NamedRule

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What every page says of the talks: title, kind, zone, resolution of time, languages, default format.

    Records made before ``headings``, ``opens_at`` and ``summary_from`` existed have none. ``undo_seconds`` are the real
    seconds in which a grave act at the desk can be undone.
    """

    slug: str = ""
    title: str = ""
    kind: Kind = Kind.EXERCISE
    zone: str = "UTC"
    seconds: bool = False
    languages: tuple[str, ...] = ()
    default_format: Format = Format.PROXIMITY
    summary: tuple[str, ...] = ()
    questions: tuple[tuple[str, str, str], ...] = ()
    headings: tuple[tuple[str, str], ...] = ()
    contact_barred: tuple[tuple[str, str], ...] = ()
    texts: tuple[NamedText, ...] = ()
    rules: tuple[NamedRule, ...] = ()
    invented: tuple[str, ...] = ()
    opens_at: datetime | None = None
    summary_from: tuple[tuple[int, datetime], ...] = ()
    undo_seconds: int = 10


class _Part(Generic[T]):
    """A descriptor for one kind of thing that a seat knows. It is empty until the first one is known."""

    def __init__(self, empty: T) -> None:
        self._empty = empty

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, known: Knowledge, owner: type | None = None) -> T:
        held: T = known._parts.get(self._name, self._empty)
        return held


class _NotedParts:
    """The parts of a knowledge; it notes which are read."""

    def __init__(self, parts: HashTrieMap[str, Any]) -> None:
        self._parts = parts
        self.read: dict[str, Any] = {}

    def get(self, name: str, empty: Any) -> Any:
        self.read[name] = held = self._parts.get(name)
        return empty if held is None else held


class Knowledge:
    """Everything that ``seat`` knows, by kind of thing.

    It is immutable. Every change returns a new ``Knowledge``, which shares all but one part with the old one.
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
    stated = _Part[Log[StatedSuccession]](Log())
    rounds = _Part[Table[KnownRound]](Table())
    invitations = _Part[Table[KnownInvitation]](Table())
    delegations = _Part[Table[KnownDelegation]](Table())
    mandates = _Part[Log[tuple[str, Body]]](Log())
    ratifiers = _Part[Log[tuple[str, str, str]]](Log())
    agenda = _Part[tuple[Basket, ...]](())
    pair_formats = _Part[tuple[PairFormat, ...]](())
    sessions = _Part[Table[KnownSession]](Table())
    interventions = _Part[Log[KnownIntervention]](Log())
    notes = _Part[Table[KnownNote]](Table())
    minutes = _Part[Table[KnownMinutes]](Table())
    copies = _Part[Table[KnownCopy]](Table())
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
    bulletins = _Part[Table[KnownBulletin]](Table())
    shares = _Part[Table[KnownShare]](Table())
    zones = _Part[Table[KnownZone]](Table())
    mechanisms = _Part[Table[KnownMechanism]](Table())
    inquiries = _Part[Table[KnownInquiry]](Table())
    measures = _Part[Table[KnownMeasure]](Table())
    incidents = _Part[Table[KnownIncident]](Table())
    row_tags = _Part[Table[str]](Table())
    published = _Part[Log[tuple[str, Body, str]]](Log())
    texts = _Part[Table[KnownText]](Table())
    versions = _Part[Table[KnownVersion]](Table())
    variants = _Part[Table[KnownVariant]](Table())
    comments = _Part[Table[KnownComment]](Table())
    divergences = _Part[Log[KnownDivergence]](Log())
    readings = _Part[Log[KnownReading]](Log())
    stances = _Part[Table[KnownStance]](Table())
    summaries = _Part[Table[tuple[Body, ...]]](Table())
    exercise = _Part[KnownExercise](KnownExercise())
    briefs = _Part[Table[KnownBrief]](Table())
    injects = _Part[Table[KnownInject]](Table())
    news = _Part[Log[ReceivedInject]](Log())
    actions = _Part[Table[PlannedAction]](Table())
    actions_asked = _Part[Table[KnownAction]](Table())
    rule_questions = _Part[Table[KnownRuleQuestion]](Table())
    moments = _Part[Log[KnownMoment]](Log())
    forecasts = _Part[Log[KnownForecast]](Log())
    reflections = _Part[Log[KnownReflection]](Log())
    scheduled = _Part[Table[tuple[datetime, Body] | None]](Table())

    def __init__(self, seat: str, parts: HashTrieMap[str, Any] | None = None) -> None:
        self.seat = seat
        self._parts: HashTrieMap[str, Any] = HashTrieMap() if parts is None else parts

    def __repr__(self) -> str:
        held = ", ".join(f"{name}={self._parts[name]!r}" for name in sorted(self._parts))
        return f"Known({self.seat!r}, {held})"

    def noting(self) -> tuple[Knowledge, dict[str, Any]]:
        """Return the same knowledge to be read from, and a dict that fills with each part that is read of it."""
        noted = _NotedParts(self._parts)
        return Knowledge(self.seat, noted), noted.read  # type: ignore[arg-type]  # it is only read from

    def still_has(self, read: Mapping[str, Any]) -> bool:
        """Say whether what was read of an earlier knowledge is the same in this one."""
        return all(self._parts.get(name) is value for name, value in read.items())

    def set(self, part: str, value: Any) -> Knowledge:
        """Return a new knowledge with another value for one part."""
        return Knowledge(self.seat, self._parts.insert(part, value))

    def put(self, table: str, key: str, value: Any) -> Knowledge:
        """Return a new knowledge with ``value`` under ``key`` of the named table."""
        return self.set(table, getattr(self, table).put(key, value))

    def put_all(self, table: str, items: Mapping[str, Any]) -> Knowledge:
        """Return a new knowledge with all ``items`` put into the named table."""
        return self.set(table, getattr(self, table).put_all(items))

    def add(self, log: str, value: Any) -> Knowledge:
        """Return a new knowledge with ``value`` at the end of the named log."""
        return self.set(log, getattr(self, log).append(value))

    def change(self, table: str, key: str, **changes: Any) -> Knowledge:
        """Return a new knowledge with some fields of one thing changed, or this one if the thing is not known."""
        thing = getattr(self, table).get(key)
        return self if thing is None else self.put(table, key, changed(thing, **changes))

    def actor_of(self, seat: str) -> str:
        """Return the slug of the actor in ``seat``, or the slug of the seat if the actor is not known."""
        known = self.seats.get(seat)
        return seat if known is None else known.actor

    def seats_of(self, actor: str) -> tuple[str, ...]:
        """Return the known open seats of ``actor``."""
        return tuple(slug for slug, seat in self.seats.items() if seat.actor == actor and not seat.closed)

    def stands(self, by: str, actor: str) -> tuple[Stand, ...]:
        """Return what ``by`` has stated about recognising ``actor``, oldest first."""
        return tuple(
            r.recognition.stand for r in self.recognitions if r.recognition.by == by and r.recognition.of == actor
        )
