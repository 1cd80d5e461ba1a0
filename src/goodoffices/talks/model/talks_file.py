"""The content of a talks file, as one frozen value. The package ``formats`` reads and writes such files."""

from __future__ import annotations

from dataclasses import field
from datetime import datetime

from goodoffices.data_class import dataclass
from goodoffices.errors import ScenarioError
from goodoffices.phrases.phrase import Phrase
from goodoffices.talks.base.enums import Format
from goodoffices.talks.model.actors import Actor, Compartment, SeatPlan
from goodoffices.talks.model.agenda import Basket
from goodoffices.talks.model.assessments import Assessment, Scale
from goodoffices.talks.model.ceasefire import Area, CeasefireTerms, Ledger, Mechanism
from goodoffices.talks.model.claims import Claim, Recognition, RoleClaim, Source
from goodoffices.talks.model.exercise import ExercisePlan
from goodoffices.talks.model.external_texts import NamedText
from goodoffices.talks.model.obligations import ActorChange, Commitment, Guarantee
from goodoffices.talks.model.rounds import Delegation, Invitation, PairFormat, Round, Session
from goodoffices.talks.voting.named_rules import NamedRule


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class TalksFile:
    """A description of talks, written by hand. Only the actors are required.

    ``zone`` is the IANA time zone in which times are shown. ``seconds`` says whether they are shown to the second, and
    not only to the minute. ``contact_barred`` lists pairs of seats that may not be in contact, not even through this
    intermediary. ``headings`` pairs the contested questions that a brief shows near its top with the heading each has
    there. ``texts`` are texts of the world; ``rules`` are the decision rules by name. ``invented`` has sentences
    that say what in the file is teaching material and not fact. ``origin`` pairs each file that was read with its
    SHA-256 in hexadecimal; it is ignored in comparisons. ``opens_at`` is the moment at which a brief of the file is set
    unless another is asked for. ``summary_from`` pairs a number of the summary's paragraphs with the moment from which
    it could be known. ``undo_seconds`` are the real seconds in which a grave act at the desk can be undone, 5 to 60.
    ``exercise`` is what is planned for playing these talks; it is used only when they are played.
    """

    slug: str
    title: str
    actors: tuple[Actor, ...]
    summary: tuple[str, ...] = ()
    zone: str = "UTC"
    seconds: bool = False
    languages: tuple[str, ...] = ("en",)
    default_format: Format = Format.PROXIMITY
    seats: tuple[SeatPlan, ...] = ()
    compartments: tuple[Compartment, ...] = ()
    contact_barred: tuple[tuple[str, str], ...] = ()
    roles: tuple[RoleClaim, ...] = ()
    recognition: tuple[Recognition, ...] = ()
    sources: tuple[Source, ...] = ()
    claims: tuple[Claim, ...] = ()
    questions: tuple[tuple[str, str, str], ...] = ()
    headings: tuple[tuple[str, str], ...] = ()
    homonyms: tuple[tuple[str, str, str], ...] = ()
    rounds: tuple[Round, ...] = ()
    sessions: tuple[Session, ...] = ()
    pair_formats: tuple[PairFormat, ...] = ()
    invitations: tuple[Invitation, ...] = ()
    delegations: tuple[Delegation, ...] = ()
    agenda: tuple[Basket, ...] = ()
    changes: tuple[ActorChange, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    guarantees: tuple[Guarantee, ...] = ()
    areas: tuple[Area, ...] = ()
    ceasefire: tuple[CeasefireTerms, ...] = ()
    ledgers: tuple[Ledger, ...] = ()
    mechanisms: tuple[Mechanism, ...] = ()
    auditor: str | None = None
    texts: tuple[NamedText, ...] = ()
    rules: tuple[NamedRule, ...] = ()
    invented: tuple[str, ...] = ()
    assessments: tuple[Assessment, ...] = ()
    scales: tuple[Scale, ...] = ()
    opens_at: datetime | None = None
    summary_from: tuple[tuple[int, datetime], ...] = ()
    undo_seconds: int = 10
    exercise: ExercisePlan | None = None
    origin: tuple[tuple[str, str], ...] = field(default=(), compare=False)

    def __post_init__(self) -> None:
        if not self.actors:
            raise ScenarioError(
                Phrase("talks {slug} name no actor; give at least one under 'actors'", slug=repr(self.slug))
            )

    def __repr__(self) -> str:
        return f"<TalksFile {self.slug}: {self.title}, {len(self.actors)} actors, {len(self.seats)} seats>"
