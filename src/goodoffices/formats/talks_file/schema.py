"""The talks file as a whole: its top level, its JSON Schema, and the way from checked classes to plain values."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import ConfigDict, Field, StringConstraints, model_validator

from goodoffices.formats.talks_file.actors import (
    ActorModel,
    ClaimModel,
    CompartmentModel,
    HomonymModel,
    Language,
    QuestionModel,
    SeatModel,
    SourceModel,
    also_as,
)
from goodoffices.formats.talks_file.assessments import AssessmentModel, ScaleModel
from goodoffices.formats.talks_file.commitments import (
    AreaModel,
    ChangeModel,
    CommitmentModel,
    GuaranteeModel,
    LedgerModel,
    MechanismModel,
    TermsModel,
)
from goodoffices.formats.talks_file.decision_rules import RuleModel
from goodoffices.formats.talks_file.exercise import ExerciseModel
from goodoffices.formats.talks_file.field_types import (
    AFormat,
    EachOnce,
    FileModel,
    Instant,
    Label,
    SeatRef,
    Slug,
    SlugKey,
    Text,
    Truth,
    Version,
    Whole,
    ZoneName,
)
from goodoffices.formats.talks_file.rounds import (
    BasketModel,
    DelegationModel,
    InvitationModel,
    PairModel,
    RecognitionModel,
    RoleModel,
    RoundModel,
    SessionModel,
)
from goodoffices.formats.talks_file.texts import NamedTextModel
from goodoffices.talks.base.enums import Format
from goodoffices.talks.model.talks_file import TalksFile

SCHEMA_ID = "urn:goodoffices:talks-file:1"


class ParagraphModel(FileModel):
    """A paragraph of the summary: a text, or a mapping where it tells what could not be known at first."""

    model_config = ConfigDict(
        json_schema_extra=also_as({"type": ["string", "number", "boolean"], "minLength": 1, "maxLength": 20000})
    )

    words: Text = Field(description="The paragraph.", examples=["They agreed on 10 April 1998."])
    known_from: Instant | None = Field(
        None, description="From when it could be known; left out: from the first.", examples=["1998-04-10T18:00+01:00"]
    )

    @model_validator(mode="before")
    @classmethod
    def _a_text_alone_is_a_paragraph(cls, given: Any) -> Any:
        return {"words": given} if isinstance(given, str) else given


class TalksModel(FileModel):
    """The name of the talks, and settings."""

    slug: Slug | None = Field(None, description="Lasting name; left out: the folder's name.", examples=["astana-2017"])
    title: Label | None = Field(None, description="Title; left out: the lasting name.", examples=["Astana, 2017"])
    summary: tuple[ParagraphModel, ...] = Field(
        (),
        description="What they are about, a paragraph each. It says nothing that is contested.",
        examples=[["Two days."]],
    )
    opens_at: Instant | None = Field(
        None,
        description="The moment at which a brief of this file is set, if no other is asked for. Left out: its end.",
        examples=["2017-01-23T08:00+06:00"],
    )
    zone: ZoneName = Field("UTC", description="The time zone in which times are shown.", examples=["Asia/Almaty"])
    seconds: Truth = Field(False, description="Whether times are shown to the second.", examples=["no"])
    undo_seconds: Annotated[Whole, Field(ge=5, le=60)] = Field(
        10, description="How long a grave act at the desk can be undone: 5 to 60 real seconds.", examples=["10"]
    )
    default_format: AFormat = Field(
        Format.PROXIMITY, description="The format where nothing else is said.", examples=["proximity"]
    )
    auditor: SeatRef | None = Field(
        None, description="The seat that gets the record's head daily.", examples=["auditor"]
    )
    invented: tuple[Text, ...] = Field(
        (), description="What in this file is teaching material and not a fact.", examples=[["The seats."]]
    )


QuestionKey = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9-]*$", max_length=80)]
SeatPair = Annotated[tuple[SeatRef, ...], Field(min_length=2, max_length=2), EachOnce]


class TalksFileModel(FileModel):
    """One description of talks, written by hand; everything is optional beyond the actors."""

    version: Version = Field(1, description="The version of this format; there is only 1.", examples=["1"])
    include: Annotated[tuple[Label, ...], EachOnce] = Field(
        (),
        description="Further files of the same folder whose sections are joined to these.",
        examples=[["claims.yaml"]],
    )
    talks: TalksModel = Field(TalksModel(), description="Name, title, zone.", examples=[{"title": "Astana, 2017"}])
    languages: Annotated[tuple[Language, ...], EachOnce] = Field(
        ("en",), description="The languages the talks are held in.", examples=[["en", "ar"]]
    )
    actors: Annotated[dict[SlugKey, ActorModel], Field(min_length=1)] = Field(
        description="Anyone who can be named, by lasting name.",
        examples=[{"kazakhstan": {"kind": "state", "names": {"en": "Kazakhstan"}}}],
    )
    seats: dict[SlugKey, SeatModel] = Field(
        {}, description="The places in these talks, by lasting name.",
        examples=[{"host": {"actor": "kazakhstan", "roles": ["host"]}}],
    )  # fmt: skip
    compartments: dict[SlugKey, CompartmentModel] = Field(
        {}, description="Who may see something; every seat also has its own.",
        examples=[{"analysis": {"seats": ["analyst"]}}],
    )  # fmt: skip
    contact_barred: tuple[SeatPair, ...] = Field(
        (), description="Pairs of seats without any contact.", examples=[[["iran", "usa"]]]
    )
    roles: tuple[RoleModel, ...] = Field(
        (), description="Who has which role in the world.", examples=[[{"actor": "turkey", "role": "guarantor"}]]
    )
    recognition: tuple[RecognitionModel, ...] = Field(
        (), description="Who accepts whom.", examples=[[{"by": "iran", "of": "usa", "role": "observer", "stand": "no"}]]
    )
    sources: dict[SlugKey, SourceModel] = Field(
        {}, description="Publications, by lasting name.", examples=[{"tass": {"publisher": "TASS"}}]
    )
    claims: dict[SlugKey, ClaimModel] = Field(
        {}, description="Statements about the world, by lasting name.",
        examples=[{"s7": {"about": "astana-1", "aspect": "groups attending", "value": "14", "chain": ["S. Lavrov"],
                          "strength": "named-source", "source": "tca", "in_seed": "yes"}}],
    )  # fmt: skip
    questions: dict[QuestionKey, QuestionModel] = Field(
        {}, description="Contested questions, by name.", examples=[{"C3": {"question": "How many groups came?"}}]
    )
    homonyms: tuple[HomonymModel, ...] = Field(
        (), description="Like names that are not the same actor.",
        examples=[[{"first": "jaysh-idlib", "second": "free-idlib-army", "why": "Two lists."}]],
    )  # fmt: skip
    rounds: dict[SlugKey, RoundModel] = Field(
        {}, description="Convenings, by lasting name.", examples=[{"astana-1": {"title": "Astana I"}}]
    )
    sessions: dict[SlugKey, SessionModel] = Field(
        {}, description="Sittings, by lasting name.",
        examples=[{"opening": {"title": "Opening", "round": "astana-1", "format": "plenary"}}],
    )  # fmt: skip
    pair_formats: tuple[PairModel, ...] = Field(
        (), description="Standing formats between two seats.",
        examples=[[{"first": "government", "second": "opposition", "format": "proximity"}]],
    )  # fmt: skip
    invitations: tuple[InvitationModel, ...] = Field(
        (), description="Who was asked, and the answer.",
        examples=[[{"round": "astana-1", "to": "usa", "by": "kazakhstan", "answer": "accepted"}]],
    )  # fmt: skip
    delegations: tuple[DelegationModel, ...] = Field(
        (), description="Who sat for whom.", examples=[[{"round": "astana-1", "seat": "opposition", "head": "alloush"}]]
    )
    agenda: tuple[BasketModel, ...] = Field(
        (), description="What is to be settled, in baskets.",
        examples=[[{"basket": "A", "issues": {"scope": {"question": {"en": "Where?"}, "options": ["all", "named"]}}}]],
    )  # fmt: skip
    assessments: tuple[AssessmentModel, ...] = Field(
        (), description="What parties are assessed to want, each for certain seats.",
        examples=[[{"party": "armed-opposition", "reservation_value": "20", "compartment": "analysis"}]],
    )  # fmt: skip
    scales: tuple[ScaleModel, ...] = Field(
        (), description="How the options of issues are lined up, each for certain seats; forecasts need it.",
        examples=[[{"issue": "scope", "places": {"all": "0", "named": "100"}, "compartment": "analysis"}]],
    )  # fmt: skip
    changes: dict[SlugKey, ChangeModel] = Field(
        {}, description="Mergers, splits and the like, by lasting name.",
        examples=[{"join-1": {"kind": "join", "sources": ["suqour-al-sham"], "targets": ["ahrar-al-sham"]}}],
    )  # fmt: skip
    commitments: dict[SlugKey, CommitmentModel] = Field(
        {}, description="What is owed, by lasting name.",
        examples=[{"mechanism": {"obligors": ["russia"], "what": "Set up the mechanism."}}],
    )  # fmt: skip
    guarantees: tuple[GuaranteeModel, ...] = Field(
        (), description="Who guarantees whose compliance.",
        examples=[[{"guarantor": "turkey", "beneficiary": "armed-opposition", "subject": "the cease-fire"}]],
    )  # fmt: skip
    texts: dict[SlugKey, NamedTextModel] = Field(
        {}, description="Texts known from outside the talks, by lasting name.",
        examples=[{"resolution-2336": {"title": "Resolution 2336 (2016)"}}],
    )  # fmt: skip
    rules: dict[SlugKey, RuleModel] = Field(
        {}, description="Decision rules by name: how agreement is reached.",
        examples=[{"all": {"title": "Unanimity", "rule": "unanimity"}}],
    )  # fmt: skip
    areas: dict[SlugKey, AreaModel] = Field(
        {}, description="Places, by lasting name.", examples=[{"hama": {"names": {"en": "Hama"}}}]
    )
    ceasefire: dict[SlugKey, TermsModel] = Field(
        {}, description="The copies of the cease-fire's terms.", examples=[{"copy-one": {"title": "One side's copy"}}]
    )
    ledgers: dict[SlugKey, LedgerModel] = Field(
        {}, description="Ledgers of allegations, in the order of their columns.",
        examples=[{"ledger-russia": {"keeper": "russia"}}],
    )  # fmt: skip
    mechanisms: dict[SlugKey, MechanismModel] = Field(
        {}, description="Who holds which step on the way of an allegation.",
        examples=[{"joint": {"title": "Joint monitoring", "first_look": ["un-envoy"]}}],
    )  # fmt: skip

    exercise: ExerciseModel | None = Field(
        None, description="How these talks are played as an exercise.",
        examples=[{"title": {"en": "Two days"}, "starts_at": "2017-01-22T18:00+06:00",
                   "ends_at": "2017-01-24T15:00+06:00"}],
    )  # fmt: skip

    def entity(self, *, default_slug: str) -> TalksFile:
        """Return the plain talks file; ledgers hold the days written in the file itself."""
        slug = self.talks.slug if self.talks.slug is not None else default_slug
        return TalksFile(
            slug=slug,
            title=self.talks.title if self.talks.title is not None else slug,
            summary=tuple(paragraph.words for paragraph in self.talks.summary),
            summary_from=tuple(
                (n, paragraph.known_from) for n, paragraph in enumerate(self.talks.summary) if paragraph.known_from
            ),
            opens_at=self.talks.opens_at,
            zone=self.talks.zone,
            seconds=self.talks.seconds,
            default_format=self.talks.default_format,
            undo_seconds=self.talks.undo_seconds,
            auditor=self.talks.auditor,
            invented=self.talks.invented,
            languages=self.languages,
            actors=tuple(model.entity(key) for key, model in self.actors.items()),
            seats=tuple(model.entity(key) for key, model in self.seats.items()),
            compartments=tuple(model.entity(key) for key, model in self.compartments.items()),
            contact_barred=tuple((pair[0], pair[1]) for pair in self.contact_barred),
            roles=tuple(model.entity() for model in self.roles),
            recognition=tuple(model.entity() for model in self.recognition),
            sources=tuple(model.entity(key) for key, model in self.sources.items()),
            claims=tuple(model.entity(key) for key, model in self.claims.items()),
            questions=tuple(model.entity(key) for key, model in self.questions.items()),
            headings=tuple((key, model.brief) for key, model in self.questions.items() if model.brief),
            homonyms=tuple(model.entity() for model in self.homonyms),
            rounds=tuple(model.entity(key) for key, model in self.rounds.items()),
            sessions=tuple(model.entity(key) for key, model in self.sessions.items()),
            pair_formats=tuple(model.entity() for model in self.pair_formats),
            invitations=tuple(model.entity() for model in self.invitations),
            delegations=tuple(model.entity() for model in self.delegations),
            agenda=tuple(model.entity() for model in self.agenda),
            assessments=tuple(model.entity() for model in self.assessments),
            scales=tuple(model.entity() for model in self.scales),
            changes=tuple(model.entity(key) for key, model in self.changes.items()),
            commitments=tuple(model.entity(key) for key, model in self.commitments.items()),
            guarantees=tuple(model.entity() for model in self.guarantees),
            texts=tuple(model.entity(key) for key, model in self.texts.items()),
            rules=tuple(model.entity(key) for key, model in self.rules.items()),
            areas=tuple(model.entity(key) for key, model in self.areas.items()),
            ceasefire=tuple(model.entity(key) for key, model in self.ceasefire.items()),
            ledgers=tuple(model.entity(key) for key, model in self.ledgers.items()),
            mechanisms=tuple(model.entity(key) for key, model in self.mechanisms.items()),
            exercise=None if self.exercise is None else self.exercise.entity(),
        )


def schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of the talks file, for editors that complete and check while one writes.

    It says everything about shape. That a reference points somewhere is beyond a schema; the reader checks it.
    """
    body = TalksFileModel.model_json_schema(mode="validation", by_alias=True)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": SCHEMA_ID, **body}
