"""Texts with their versions, comments, variants, readings and stances, as one seat knows them."""

from __future__ import annotations

from datetime import datetime

from goodoffices.data_class import dataclass
from goodoffices.talks.base.acts import Body
from goodoffices.talks.base.enums import CommentSort, StanceKind, TextKind
from goodoffices.talks.base.states import VersionState
from goodoffices.talks.documents.alignment import PaperOrder


@dataclass(frozen=True, slots=True, kw_only=True)
class TextFrame:
    """What a text is, apart from its wording: its kind, the actors it is about, the languages that count.

    ``family`` is the same for texts that are meant to be the same text, such as two copies. ``prevails`` is the
    language that prevails: *none* if all are equal, empty if the text does not say. ``accession`` are the slugs of the
    actors that may accede to it; ``issuers`` are those in whose name it is issued.
    """

    kind: TextKind
    family: str = ""
    about: tuple[str, ...] = ()
    authentic: tuple[str, ...] = ()
    prevails: str = ""
    cites: tuple[str, ...] = ()
    accession: tuple[str, ...] = ()
    issuers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PenOpening:
    """Seats that may propose variants in some clauses of a text for a while, or with ``whole`` in all of them."""

    seats: tuple[str, ...] = ()
    clauses: tuple[str, ...] = ()
    whole: bool
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownText:
    """A text that this seat tabled, or of which it holds a version. ``pen`` is the seat that writes it."""

    handle: str
    frame: TextFrame
    pen: str
    at: datetime
    versions: tuple[str, ...] = ()
    offered_to: str | None = None
    opening: PenOpening | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownVersion:
    """One version of a text: its hash, and its clauses, brackets and variants.

    ``clauses``, ``brackets`` and ``variants`` are handles in order of appearance. ``numbers`` and ``states`` are in the
    order of ``clauses``; ``open`` has the places of the clauses that are not clean. ``bracket_at`` and ``variants_in``
    give the clause and the variants of each bracket, by place. ``differs`` has the numbers of the clauses that have a
    different structure in the authentic languages; ``*`` means that a language is missing. ``papers`` has the text, one
    body per language, in the order of ``hashes``. ``state`` is *working*, *released*, *put*, *adopted*, *failed* or
    *superseded*.
    """

    handle: str
    text: str
    hash: str
    by: str
    at: datetime
    hashes: tuple[tuple[str, str], ...] = ()
    papers: tuple[Body, ...] = ()
    parent: str | None = None
    clauses: tuple[str, ...] = ()
    brackets: tuple[str, ...] = ()
    variants: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    open: tuple[int, ...] = ()
    bracket_at: tuple[int, ...] = ()
    variants_in: tuple[tuple[int, ...], ...] = ()
    order: tuple[PaperOrder, ...] = ()
    differs: tuple[str, ...] = ()
    annexes: tuple[tuple[str, str], ...] = ()
    state: VersionState = VersionState.WORKING
    responsibility: bool = False
    partial: bool = False
    left_out: tuple[str, ...] = ()
    derived_from: tuple[str, ...] = ()
    derived_at: tuple[int, ...] = ()
    notes: tuple[Body, ...] = ()
    notes_at: tuple[int, ...] = ()
    released_to: tuple[str, ...] = ()
    released_at: datetime | None = None
    last_released_at: datetime | None = None
    release_notice: int = 0
    equal: bool = True
    comment: bool = False
    shown: bool = False
    embargo_until: datetime | None = None

    @property
    def open_numbers(self) -> tuple[str, ...]:
        """The numbers of the clauses that are not clean."""
        return tuple(self.numbers[k] for k in self.open)

    def open_in(self, clauses: tuple[str, ...]) -> tuple[str, ...]:
        """Return the numbers of those among ``clauses`` that are not clean."""
        return tuple(self.numbers[k] for k in self.open if self.clauses[k] in clauses)

    @property
    def sealed(self) -> bool:
        """Whether all authentic languages have the same clauses, brackets and variants in the same order."""
        return not self.differs

    @property
    def may_be_put(self) -> bool:
        """Whether the version can be put for decision to the seats to which it was released."""
        ready = self.state in (VersionState.WORKING, VersionState.RELEASED, VersionState.FAILED)
        return ready and not self.open and self.sealed and bool(self.released_to)

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages in which this seat holds the text."""
        return tuple(paper.lang for paper in self.papers)


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownVariant:
    """What this seat knows about the proposer of a variant. ``proposer`` is ``None`` if it is not stated."""

    handle: str
    clause: str | None = None
    version: str | None = None
    words: Body | None = None
    proposer: str | None = None
    show: tuple[str, ...] = ()
    comment: str | None = None
    dropped: bool = False
    left_out_of: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownComment:
    """A holder's comment on a clause. ``show`` are the seats that may know the proposer; ``*`` means all.

    ``outcome`` is what the pen noted of it, for itself: empty or *waiting* as long as it still has to be looked at.
    """

    handle: str
    version: str | None = None
    clause: str | None = None
    by: str
    sort: CommentSort
    words: Body | None = None
    at: datetime
    to: tuple[str, ...] = ()
    show: tuple[str, ...] = ()
    outcome: str = ""

    @property
    def waits(self) -> bool:
        """Whether the pen still has to look at it."""
        return self.outcome in ("", "waiting")


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownDivergence:
    """A difference in meaning between languages of a version at a clause, as a holder marked it."""

    version: str | None = None
    clause: str | None = None
    languages: tuple[str, ...] = ()
    words: Body
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownReading:
    """A reading of a text: by whom, in which language, where. ``version`` is given only to seats that hold it."""

    version: str | None = None
    by: str
    language: str
    authentic: bool
    session: str | None = None
    public: bool
    issuers: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    paper: Body
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownStance:
    """What an actor did with one exact version. ``parts`` and ``reserved`` are clauses; no parts mean the whole."""

    handle: str
    version: str | None = None
    hash: str
    actor: str
    by: str
    kind: StanceKind
    languages: tuple[str, ...] = ()
    at: datetime
    parts: tuple[str, ...] = ()
    reserved: tuple[str, ...] = ()
    capacity: str = ""
    words: Body | None = None
    transcribed: bool = False
    proxy: bool = False
    ended_at: datetime | None = None
