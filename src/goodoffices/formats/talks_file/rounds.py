"""The part of a talks file about plans: roles, rounds, sessions, invitations, delegations, the agenda."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field

from goodoffices.formats.talks_file.actors import NamesByLanguage, names_of
from goodoffices.formats.talks_file.field_types import (
    ActorRef,
    AFormat,
    ALevel,
    ARole,
    AStand,
    ClaimRef,
    Day,
    DayOrInstant,
    EachOnce,
    FileModel,
    Instant,
    Label,
    RoundRef,
    SeatRef,
    SlugKey,
    Text,
    Truth,
    not_before,
    one_of,
    refusal,
)
from goodoffices.talks.base.enums import Stand
from goodoffices.talks.model.agenda import AgendaIssue, Basket, Option
from goodoffices.talks.model.claims import Recognition, RoleClaim
from goodoffices.talks.model.rounds import Delegation, Invitation, PairFormat, Part, PlannedDate, Round, Session

_BASES = ("own-word", "delegation-word", "sponsor-word", "reported")


class PlannedDateModel(FileModel):
    """A date as planned, by whom and announced when; no planned date is ever taken out."""

    start: Day = Field(description="The first day, or any day of the month or time meant.", examples=["2017-02-08"])
    end: Annotated[Day, AfterValidator(not_before("start"))] | None = Field(
        None, description="The last day.", examples=["2017-02-10"]
    )
    precision: Annotated[Label, BeforeValidator(one_of("precision", "day", "about", "part-of-month", "month"))] = Field(
        "day", description="How exact the date is meant.", examples=["day"],
        json_schema_extra={"enum": ["day", "about", "part-of-month", "month"]},
    )  # fmt: skip
    announced_on: Day | None = Field(None, description="The day it was made known.", examples=["2016-12-31"])
    by: ActorRef | None = Field(None, description="Who named the date.", examples=["security-council"])
    claim: ClaimRef | None = Field(None, description="The claim it rests on.", examples=["f23-geneva"])

    def entity(self) -> PlannedDate:
        """Return the plain date."""
        return PlannedDate(
            start=self.start, end=self.end, precision=self.precision, announced_on=self.announced_on,
            by=self.by, claim=self.claim,
        )  # fmt: skip


class RoundModel(FileModel):
    """One convening, with every planned date beside the actual ones."""

    title: Label = Field(description="What it is called.", examples=["Geneva IV"])
    place: Label = Field("", description="Town and house.", examples=["Geneva, Palais des Nations"])
    planned: tuple[PlannedDateModel, ...] = Field(
        (), description="All dates ever planned, oldest announcement first.", examples=[[{"start": "2017-02-08"}]]
    )
    opened: Day | None = Field(None, description="The day it opened.", examples=["2017-02-23"])
    closed: Annotated[Day, AfterValidator(not_before("opened"))] | None = Field(
        None, description="The day it closed.", examples=["2017-03-03"]
    )
    sponsors: Annotated[tuple[ActorRef, ...], EachOnce] = Field(
        (), description="Who called it.", examples=[["russia", "turkey"]]
    )
    host: ActorRef | None = Field(None, description="Who gave the place.", examples=["kazakhstan"])
    format: AFormat | None = Field(None, description="Its format where a session says nothing.", examples=["proximity"])
    opened_claim: ClaimRef | None = Field(
        None, description="The claim that the day of opening rests on.", examples=["m1-opens"]
    )
    closed_claim: ClaimRef | None = Field(
        None, description="The claim that the day of closing rests on.", examples=["a13-closed"]
    )
    known_from: DayOrInstant | None = Field(
        None,
        description="From when people could know of it. Left out: its first announcement, else its opening.",
        examples=["2016-12-29"],
    )

    def entity(self, slug: str) -> Round:
        """Return the plain round."""
        return Round(
            slug=slug, title=self.title, place=self.place, planned=tuple(date.entity() for date in self.planned),
            opened=self.opened, closed=self.closed, sponsors=self.sponsors, host=self.host, format=self.format,
            opened_claim=self.opened_claim, closed_claim=self.closed_claim, known_from=self.known_from,
        )  # fmt: skip


class PairModel(FileModel):
    """The format between two seats."""

    first: SeatRef = Field(description="One seat.", examples=["government"])
    second: SeatRef = Field(description="The other.", examples=["opposition"])
    format: AFormat = Field(description="The format between them.", examples=["proximity"])
    claim: ClaimRef | None = Field(None, description="The claim it rests on.", examples=["m7"])

    def entity(self) -> PairFormat:
        """Return the plain pair."""
        return PairFormat(first=self.first, second=self.second, format=self.format, claim=self.claim)


class SessionModel(FileModel):
    """One sitting, in one format."""

    title: Label = Field(description="What it is called.", examples=["Opening"])
    round: RoundRef = Field(description="The round it belongs to.", examples=["astana-1"])
    format: AFormat = Field(description="Its format, which binds who may address whom.", examples=["plenary"])
    participants: Annotated[tuple[SeatRef, ...], EachOnce] = Field(
        (), description="The seats that take part.", examples=[["government", "opposition"]]
    )
    pairs: tuple[PairModel, ...] = Field(
        (), description="Formats of single pairs that differ.",
        examples=[[{"first": "government", "second": "opposition", "format": "proximity"}]],
    )  # fmt: skip
    room: Label = Field("", description="Where.", examples=["Hall A"])
    starts_at: Instant | None = Field(None, description="When it begins.", examples=["2017-01-23T13:00+06:00"])
    ends_at: Annotated[Instant, AfterValidator(not_before("starts_at"))] | None = Field(
        None, description="When it ends.", examples=["2017-01-23T13:30+06:00"]
    )
    claim: ClaimRef | None = Field(None, description="The claim it rests on.", examples=["m6"])
    known_to: Annotated[tuple[SeatRef, ...], EachOnce] | None = Field(
        None,
        description="The seats that are told of it beside those who take part. Left out: the secretariat.",
        examples=[["secretariat"]],
    )
    known_from: DayOrInstant | None = Field(
        None, description="From when people could know of it. Left out: as its claim.", examples=["2017-01-22"]
    )
    invented: Truth = Field(False, description="Whether it is a plan for an exercise and not a fact.", examples=["yes"])

    def entity(self, slug: str) -> Session:
        """Return the plain session."""
        return Session(
            slug=slug, title=self.title, round=self.round, format=self.format, participants=self.participants,
            pairs=tuple(pair.entity() for pair in self.pairs), room=self.room, starts_at=self.starts_at,
            ends_at=self.ends_at, claim=self.claim, known_to=self.known_to, known_from=self.known_from,
            is_invented=self.invented,
        )  # fmt: skip


class InvitationModel(FileModel):
    """Who was asked to a round, by whom, as what, and what they answered."""

    round: RoundRef = Field(description="The round.", examples=["astana-1"])
    to: ActorRef = Field(description="Who was asked.", examples=["usa"])
    by: ActorRef | None = Field(None, description="Who asked; left out: not said.", examples=["kazakhstan"])
    role: ARole | None = Field(None, description="As what.", examples=["observer"])
    level: ALevel | None = Field(None, description="At which level.", examples=["ambassador"])
    reply_by: Instant | None = Field(
        None,
        description="By when an answer was asked; a record made of the file does not show it.",
        examples=["2017-01-20T12:00Z"],
    )
    answer: Annotated[Label, BeforeValidator(one_of("answer", "accepted", "declined", "conditional"))] | None = Field(
        None, description="The answer; left out: none is known.", examples=["accepted"],
        json_schema_extra={"enum": ["accepted", "declined", "conditional"]},
    )  # fmt: skip
    claim: ClaimRef | None = Field(None, description="The claim that the invitation rests on.", examples=["f38"])
    answer_claim: ClaimRef | None = Field(None, description="The claim that the answer rests on.", examples=["f33"])

    def entity(self) -> Invitation:
        """Return the plain invitation."""
        return Invitation(
            round=self.round, to=self.to, by=self.by, role=self.role, level=self.level, reply_by=self.reply_by,
            answer=self.answer, claim=self.claim, answer_claim=self.answer_claim,
        )  # fmt: skip


class PartModel(FileModel):
    """An actor that a delegation is said to represent."""

    actor: ActorRef = Field(description="Who is said to be represented.", examples=["jaysh-al-islam"])
    basis: Annotated[Label, BeforeValidator(one_of("basis", *_BASES))] = Field(
        "", description="On whose word; left out: not said.", examples=["own-word"],
        json_schema_extra={"enum": list(_BASES)},
    )  # fmt: skip
    claim: ClaimRef | None = Field(None, description="The claim it rests on.", examples=["f30-going"])

    def entity(self) -> Part:
        """Return the plain part."""
        return Part(actor=self.actor, basis=self.basis, claim=self.claim)


class DelegationModel(FileModel):
    """The people seated for one or more actors at a round."""

    round: RoundRef = Field(description="The round.", examples=["astana-1"])
    seat: SeatRef = Field(description="The seat they take.", examples=["opposition"])
    represents: tuple[PartModel, ...] = Field(
        (), description="Whom they are said to represent.", examples=[[{"actor": "jaysh-al-islam"}]]
    )
    head: ActorRef | None = Field(None, description="Who leads.", examples=["alloush"])
    members: Annotated[tuple[ActorRef, ...], EachOnce] = Field((), description="Who else.", examples=[["bayush"]])
    level: ALevel | None = Field(None, description="At which level.", examples=["envoy"])
    head_claim: ClaimRef | None = Field(None, description="The claim that names who leads.", examples=["m2-russia"])
    members_claim: ClaimRef | None = Field(
        None, description="The claim that names the others.", examples=["f41-persons"]
    )
    claims: Annotated[tuple[ClaimRef, ...], EachOnce] = Field(
        (), description="The claims that the first page of a brief shows of it.", examples=[["f31-delegation"]]
    )

    def entity(self) -> Delegation:
        """Return the plain delegation."""
        return Delegation(
            round=self.round, seat=self.seat, represents=tuple(part.entity() for part in self.represents),
            head=self.head, members=self.members, level=self.level, head_claim=self.head_claim,
            members_claim=self.members_claim, claims=self.claims,
        )  # fmt: skip


def _options_as_mapping(given: Any) -> Any:
    """Return options by slug; a plain list of slugs has no names."""
    if not isinstance(given, list) or not all(isinstance(slug, str) for slug in given):
        return given
    seen = set()
    for slug in given:
        if slug in seen:
            raise refusal("named-twice", f"option {slug[:80]!r} is named twice.", "Each option stands once.",
                          "Take one out.", found=slug)  # fmt: skip
        seen.add(slug)
    return dict.fromkeys(given)


def _options_schema(schema: dict[str, Any]) -> None:
    mapping = dict(schema)
    listed = {"type": "array", "items": {"type": ["string", "integer"]}, "minItems": 2, "uniqueItems": True}
    kept: dict[str, Any] = {key: mapping.pop(key) for key in ["description", "examples", "title"] if key in mapping}
    schema.clear()
    schema.update(kept, anyOf=[listed, mapping])


class IssueModel(FileModel):
    """One question the talks must settle, and the options on the table."""

    question: NamesByLanguage = Field(description="The question by language.", examples=[{"en": "Who monitors?"}])
    options: Annotated[
        dict[SlugKey, NamesByLanguage | None], BeforeValidator(_options_as_mapping), Field(min_length=2)
    ] = Field(
        description="The possible answers: a list of slugs, or slugs with names by language.",
        examples=[["guarantors", "joint-committee"]],
        json_schema_extra=_options_schema,
    )
    invented: Truth = Field(False, description="Whether this is teaching material and not a fact.", examples=["yes"])

    def entity(self, slug: str) -> AgendaIssue:
        """Return the plain issue."""
        options = tuple(Option(slug=option, names=names_of(names)) for option, names in self.options.items())
        return AgendaIssue(slug=slug, question=names_of(self.question), options=options, is_invented=self.invented)


class BasketModel(FileModel):
    """A group of issues."""

    basket: Text = Field(description="What the group is called.", examples=["Consolidation"])
    issues: Annotated[dict[SlugKey, IssueModel], Field(min_length=1)] = Field(
        description="The issues by lasting name.",
        examples=[{"monitoring": {"question": {"en": "Who monitors?"}, "options": ["guarantors", "joint-committee"]}}],
    )

    def entity(self) -> Basket:
        """Return the plain basket."""
        return Basket(title=self.basket, issues=tuple(issue.entity(slug) for slug, issue in self.issues.items()))


class RoleModel(FileModel):
    """That an actor has a role in the world; it gives no power in the tool."""

    actor: ActorRef = Field(description="Who has the role.", examples=["turkey"])
    role: ARole = Field(description="Which role.", examples=["guarantor"])
    of: ActorRef | None = Field(None, description="For or of whom.", examples=["armed-opposition"])
    since: Day | None = Field(None, description="From which day.", examples=["2016-12-29"])
    until: Annotated[Day, AfterValidator(not_before("since"))] | None = Field(
        None, description="To which day.", examples=["2017-03-15"]
    )
    scope: Label = Field("talks", description="In what: the talks, a round, a pair, a zone.", examples=["talks"])
    claim: ClaimRef | None = Field(None, description="The claim it rests on.", examples=["f19-guarantors"])

    def entity(self) -> RoleClaim:
        """Return the plain role."""
        return RoleClaim(
            actor=self.actor, role=self.role, of=self.of, since=self.since, until=self.until,
            scope=self.scope, claim=self.claim,
        )  # fmt: skip


class RecognitionModel(FileModel):
    """Whether one actor accepts another in a role, or as speaking for somebody."""

    by: ActorRef = Field(description="Who accepts or refuses.", examples=["opposition-delegation"])
    of: ActorRef = Field(description="Whom.", examples=["iran"])
    role: ARole | None = Field(None, description="In which role.", examples=["guarantor"])
    represents: ActorRef | None = Field(None, description="As representing whom.", examples=["armed-opposition"])
    stand: AStand = Field(Stand.NO_POSITION, description="Yes, no, or no position.", examples=["no"])
    since: Day | None = Field(None, description="From which day.", examples=["2017-01-24"])
    claim: ClaimRef | None = Field(None, description="The claim it rests on.", examples=["m19-iran"])

    def entity(self) -> Recognition:
        """Return the plain recognition."""
        return Recognition(
            by=self.by, of=self.of, role=self.role, represents=self.represents, stand=self.stand,
            since=self.since, claim=self.claim,
        )  # fmt: skip
