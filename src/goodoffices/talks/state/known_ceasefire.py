"""Cease-fire terms, zones, ledgers and allegations, as one seat knows them."""

from __future__ import annotations

from dataclasses import field
from datetime import date, datetime

from goodoffices.data_class import dataclass
from goodoffices.talks.base.acts import Body
from goodoffices.talks.base.persistent import Log
from goodoffices.talks.model.ceasefire import CeasefireTerms, DayReport, Ledger, Mechanism
from goodoffices.talks.model.masks import Mask


def tag_key(ledger: str, tag: str) -> str:
    """Return under which name a row of a ledger is found by its tag."""
    return f"{ledger} {tag}"


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownTerms:
    """The terms of a cease-fire as read from one exact copy; ``is_open`` if all were told, not a compartment alone."""

    handle: str
    terms: CeasefireTerms
    by: str
    is_open: bool = False


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
class KnownTarget:
    """At whom a seat says that an alleged act was aimed."""

    by: str
    target: str
    words: Body | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownIncident:
    """Allegations that a person says are about one event, as far as this seat knows them."""

    handle: str
    by: str
    allegations: tuple[str, ...]
    why: Body | None = None
    reopened: tuple[Body, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownBulletin:
    """A bulletin with its frozen figures. ``to`` is empty for the public, and known to who prepared it alone.

    ``embargo_until`` is until when those who read it are asked to keep it. ``corrects`` and ``corrected_by`` lead to
    the bulletin before and after it.
    """

    handle: str
    by: str
    day_from: date
    day_to: date
    figures: Body | None = None
    to: tuple[str, ...] = ()
    prepared_at: datetime | None = None
    cleared_at: datetime | None = None
    is_public: bool = False
    embargo_until: datetime | None = None
    corrects: str = ""
    corrected_by: str = ""
    reason: Body | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownExposure:
    """How much of an area a ledger could see from one day to another, in per cent; an empty area is all of them."""

    day_from: date
    day_to: date
    percent: int
    means: str
    area: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownAccess:
    """Days on which the monitors of a ledger were stopped in an area, by whom and on which ground."""

    day_from: date
    day_to: date
    area: str = ""
    stopped_by: str = ""
    ground: Body | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownProposal:
    """A finding that a legal check proposed; it is not a finding before the committee adopts one."""

    by: str
    result: str
    terms: str = ""
    clause: str = ""
    grounds: Body | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownAgreement:
    """Whether a seat of a committee agrees to a decision on an allegation; its last word counts."""

    by: str
    what: str
    agrees: bool
    words: Body | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownInquiry:
    """An inquiry into an allegation: what it is to find out, who is in it, until when, and how it was closed."""

    handle: str
    by: str
    allegation: str
    members: tuple[str, ...] = ()
    until: date | None = None
    task: Body | None = None
    is_closed: bool = False
    outcome: Body | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownMeasure:
    """A measure that a guarantor or a mechanism says it took: against whom, until when, and what is said of it."""

    handle: str
    by: str
    against: str
    due: date
    allegation: str = ""
    state: str = "planned"
    what: Body | None = None
    words: Body | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownMechanism:
    """A mechanism, as it was named last."""

    handle: str
    by: str
    mechanism: Mechanism


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownAllegation:
    """An allegation in one ledger, and what became of it.

    A seat that was only asked about it does not know the ledger, nor who filed it: ``ledger`` and ``by`` are empty.

    Attributes
    ----------
    point
        Latitude and longitude as ``33.617,36.186``; empty if not stated.
    killed, injured
        Lowest, best and highest number as ``3-5-8``; empty if not stated, which is not zero.
    told_at
        When it was told to the ledger; empty if that is not stated. ``at`` is when it was entered.
    single_voice
        Whether one independent office alone stands behind it: *yes*, *no*, or empty if that is not known.
    texts, reporters, row
        For an allegation from a file: the texts of all rows of its act, who reported them, and the number of its row.
        Who reported is known to the seats of the keeper alone.
    tag, content, line, file
        Known to the seats of the keeper alone: by what a row is recognised when the file comes again, by what a change
        of it is, its line and its file.
    reporter
        Who reported an allegation that was entered by hand; known to the seats of the keeper alone.
    targets
        At whom seats say that it was aimed.
    proposals, agreements
        Findings that were proposed, and what seats of the committee say to decisions.
    revises, revised_by
        The allegation that it takes the place of, and the one that took its own. Only the last is counted.
    evidence
        Which photographs or papers the keeper has of it.
    mask
        How fine it may be shown outside its ledger.
    death_timing
        When those killed died, one of ``DEATH_TIMINGS``; empty if that is not stated.
    stays
        Whether it may be told to nobody but its keeper; then no other seat knows it.
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
    point: str = ""
    place_precision: int = 1
    date_precision: int = 1
    killed: str = ""
    injured: str = ""
    told_at: str = ""
    single_voice: str = ""
    reporter: Body | None = None
    texts: Body | None = None
    reporters: Body | None = None
    row: int = -1
    tag: str = ""
    content: str = ""
    line: str = ""
    file: str = ""
    revises: str = ""
    revised_by: str = ""
    targets: tuple[KnownTarget, ...] = ()
    evidence: Body | None = None
    mask: Mask = field(default_factory=Mask)
    stays: bool = False
    death_timing: str = ""
    proposals: tuple[KnownProposal, ...] = ()
    agreements: tuple[KnownAgreement, ...] = ()

    @property
    def is_counted(self) -> bool:
        """Whether it is counted: neither withdrawn, nor set aside, nor replaced by a later wording of itself."""
        return not self.withdrawn and not self.revised_by and self.screened != "set-aside"


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownShare:
    """Days of a ledger that its keeper shared, as this seat was shown them: one face, and no finer.

    ``rows`` have a cell for each of ``columns``; ``texts`` belong to the row and the field that ``text_of`` names.
    ``to`` is known to who shared it alone; ``ledger`` is empty for a seat that does not read the ledger.
    """

    handle: str
    by: str
    keeper: str
    title: str
    day_from: date
    day_to: date
    shown: str
    at: datetime
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    texts: tuple[Body, ...] = ()
    text_of: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    ledger: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownLedger:
    """A ledger of allegations: its keeper, the days it reported, and the answers of the other keepers by day.

    ``key`` is the text by which the keeper's seats recognise rows of a file that comes again.
    """

    handle: str
    ledger: Ledger
    days: Log[DayReport] = field(default_factory=Log)
    allegations: Log[str] = field(default_factory=Log)
    key: Body | None = None
    exposures: Log[KnownExposure] = field(default_factory=Log)
    accesses: Log[KnownAccess] = field(default_factory=Log)
    answers: Log[tuple[str, str, str, int]] = field(default_factory=Log)


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownZone:
    """A version of a zone: where it lies, the actors whose approval it needs, and those who approved it.

    It lies in ``areas``, in ``places`` as they are called, one a line, and where ``words`` say.
    """

    handle: str
    slug: str
    number: int
    title: str
    areas: tuple[str, ...] = ()
    parties: tuple[str, ...]
    by: str
    approved_by: tuple[str, ...] = ()
    places: Body | None = None
    words: Body | None = None

    @property
    def is_agreed(self) -> bool:
        """Whether every party approved this version; until then it is *proposed*."""
        return {*self.parties} <= {*self.approved_by}

    @property
    def is_judged_by(self) -> bool:
        """Whether it says of every area if it lies in it: agreed, and made of areas alone."""
        return self.is_agreed and bool(self.areas) and self.places is None and self.words is None
