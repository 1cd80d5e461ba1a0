"""The part of a talks file about what is owed and watched: changes, commitments, texts, terms, ledgers."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import BeforeValidator, Field, model_validator

from goodoffices.errors import ScenarioError
from goodoffices.formats.talks_file.actors import NamesByLanguage, names_of
from goodoffices.formats.talks_file.field_types import (
    AChangeKind,
    ActorRef,
    AreaRef,
    ClaimRef,
    Day,
    DayOrInstant,
    EachOnce,
    FileModel,
    Instant,
    Label,
    LedgerRef,
    LocalTime,
    RoundRef,
    SeatRef,
    Slug,
    SlugKey,
    Text,
    TextRef,
    Whole,
    ZoneName,
    one_of,
    refusal,
)
from goodoffices.talks.base.local_time import check_offset
from goodoffices.talks.model.ceasefire import (
    STEPS,
    ActRule,
    Area,
    CeasefireTerms,
    DayReport,
    InForce,
    Ledger,
    Mechanism,
    checked_above_total,
)
from goodoffices.talks.model.obligations import ActorChange, Commitment, DueDate, Guarantee, HappenedDate

Claims = Annotated[tuple[ClaimRef, ...], EachOnce]
Actors = Annotated[tuple[ActorRef, ...], EachOnce]


class ChangeModel(FileModel):
    """A merger, split, joining, leaving, renaming or dissolution of actors."""

    kind: AChangeKind = Field(description="What happened.", examples=["join"])
    sources: Annotated[Actors, Field(min_length=1)] = Field(
        description="The actors it happened to.", examples=[["suqour-al-sham"]]
    )
    targets: Actors = Field((), description="The actors that there are afterwards.", examples=[["ahrar-al-sham"]])
    when: Day | None = Field(None, description="The day.", examples=["2017-01-26"])
    claims: Claims = Field((), description="The claims it rests on, rival ones too.", examples=[["a2"]])

    def entity(self, slug: str) -> ActorChange:
        """Return the plain change."""
        return ActorChange(
            slug=slug, kind=self.kind, sources=self.sources, targets=self.targets, when=self.when, claims=self.claims
        )


class DueModel(FileModel):
    """A due date as planned or moved."""

    due: DayOrInstant = Field(description="The day or moment.", examples=["2017-01-16"])
    by: ActorRef | None = Field(None, description="Who set it.", examples=["russia"])
    announced_on: Day | None = Field(None, description="The day it was made known.", examples=["2016-12-31"])
    claim: ClaimRef | None = Field(None, description="The claim it rests on.", examples=["f22-opposition"])

    def entity(self) -> DueDate:
        """Return the plain due date."""
        return DueDate(due=self.due, by=self.by, announced_on=self.announced_on, claim=self.claim)


class HappenedModel(FileModel):
    """That something owed is said to have been done, on which day, and on whose word."""

    day: Day | None = Field(None, description="The day; left out where nobody says it.", examples=["2017-01-17"])
    claim: ClaimRef | None = Field(None, description="The claim it rests on.", examples=["f31-delegation"])

    def entity(self) -> HappenedDate:
        """Return the plain day."""
        return HappenedDate(day=self.day, claim=self.claim)


class CommitmentModel(FileModel):
    """Who shall do what by when, under which condition."""

    obligors: Annotated[Actors, Field(min_length=1)] = Field(
        description="Who owes it.", examples=[["russia", "turkey"]]
    )
    what: Text = Field(description="What is owed, in one neutral sentence.", examples=["Name a delegation."])
    text: TextRef | None = Field(None, description="The text it stands in.", examples=["joint-statement"])
    undertaken_by: Actors = Field(
        (), description="The obligors who gave the undertaking themselves.", examples=[["russia"]]
    )
    due: tuple[DueModel, ...] = Field(
        (), description="All due dates, oldest announcement first.", examples=[[{"due": "2016-12-31"}]]
    )
    happened: tuple[HappenedModel, ...] = Field(
        (), description="When it is said to have been done, each claim of it.", examples=[[{"day": "2017-01-16"}]]
    )
    condition: Text | None = Field(None, description="On which condition.", examples=["if the cease-fire holds"])
    round: RoundRef | None = Field(None, description="The round it is carried to.", examples=["geneva-4"])
    claims: Claims = Field((), description="The claims it rests on.", examples=[["f22-government"]])

    @model_validator(mode="after")
    def _who_undertakes_is_an_obligor(self) -> CommitmentModel:
        strangers = [actor for actor in self.undertaken_by if actor not in self.obligors]
        if strangers:
            raise refusal("not-an-obligor", f"{strangers[0]!r} undertakes what it does not owe.",
                          "'undertaken_by' names obligors only.", "Add it to 'obligors', or make a guarantee of it.",
                          found=strangers[0])  # fmt: skip
        return self

    def entity(self, slug: str) -> Commitment:
        """Return the plain commitment."""
        return Commitment(
            slug=slug, obligors=self.obligors, what=self.what, text=self.text, undertaken_by=self.undertaken_by,
            due=tuple(date.entity() for date in self.due), condition=self.condition, round=self.round,
            claims=self.claims, happened=tuple(day.entity() for day in self.happened),
        )  # fmt: skip


class GuaranteeModel(FileModel):
    """That a guarantor undertakes that a beneficiary will comply with a named text."""

    guarantor: ActorRef = Field(description="Who undertakes.", examples=["turkey"])
    beneficiary: ActorRef = Field(description="For whose compliance.", examples=["armed-opposition"])
    subject: Text = Field(description="What is to be complied with.", examples=["the cease-fire of 29 December"])
    text: TextRef | None = Field(None, description="The text.", examples=["ceasefire-2016-12-29"])
    since: Day | None = Field(None, description="From which day.", examples=["2016-12-29"])
    claim: ClaimRef | None = Field(None, description="The claim it rests on.", examples=["f19-guarantors"])

    def entity(self) -> Guarantee:
        """Return the plain guarantee."""
        return Guarantee(
            guarantor=self.guarantor, beneficiary=self.beneficiary, subject=self.subject, text=self.text,
            since=self.since, claim=self.claim,
        )  # fmt: skip


class AreaModel(FileModel):
    """A place that terms or bulletins can name."""

    names: NamesByLanguage = Field(description="Names by language.", examples=[{"en": "Hama", "ar": "حماة"}])
    code: Label | None = Field(None, description="A code from a public list.", examples=["SY-HM"])
    part_of: AreaRef | None = Field(None, description="The area it lies in.", examples=["syria-area"])
    level: Literal["settlement", "district", "governorate", "country"] | None = Field(
        None, description="What it is; left out, its code and the area it lies in say so.", examples=["district"]
    )

    def entity(self, slug: str) -> Area:
        """Return the plain area."""
        return Area(slug=slug, names=names_of(self.names), code=self.code, part_of=self.part_of, level=self.level)


class InForceModel(FileModel):
    """A claim of entry into force: local time by a named clock."""

    instant: LocalTime = Field(description="Day and local time.", examples=["2016-12-30T00:00"])
    zone: ZoneName = Field(description="Whose clock: an IANA time zone.", examples=["Asia/Damascus"])
    words: Text = Field("", description="How it was said.", examples=["midnight, Damascus time"])
    areas: Annotated[tuple[AreaRef, ...], EachOnce] = Field(
        (), description="Where; left out: everywhere covered.", examples=[["hama"]]
    )
    until: Instant | None = Field(None, description="To which moment.", examples=["2017-06-20T00:00+03:00"])
    claim: ClaimRef | None = Field(None, description="The claim it rests on.", examples=["f21"])

    @model_validator(mode="after")
    def _the_clock_shows_this_time_once(self) -> InForceModel:
        local = self.instant
        if local.tzinfo is None:
            early, late = (local.replace(tzinfo=ZoneInfo(self.zone), fold=fold).utcoffset() for fold in (0, 1))
            if early != late:
                raise refusal("not-an-instant", f"the clock of {self.zone} shows {local.isoformat()} twice or never.",
                              "Clocks were changed that night.", "Write the difference from UTC, as in +02:00.",
                              found=local.isoformat())  # fmt: skip
        return self

    @model_validator(mode="after")
    def _the_difference_from_utc_is_that_of_the_zone(self) -> InForceModel:
        for moment in (self.instant, self.until):
            if moment is not None and moment.tzinfo is not None and moment.tzinfo is not UTC:
                try:
                    check_offset(moment.isoformat(), self.zone)
                except ScenarioError as error:
                    raise refusal("not-an-instant", f"the time and its zone do not agree: {error}.",
                                  "", "", found=moment.isoformat()) from error  # fmt: skip
        return self

    def entity(self) -> InForce:
        """Return the plain entry into force, in UTC."""
        local = self.instant if self.instant.tzinfo is not None else self.instant.replace(tzinfo=ZoneInfo(self.zone))
        return InForce(
            instant=_utc(local), zone=self.zone, words=self.words, areas=self.areas,
            until=None if self.until is None else _utc(self.until), claim=self.claim,
        )  # fmt: skip


def _utc(moment: datetime) -> datetime:
    try:
        return moment.astimezone(UTC)
    except OverflowError:  # the first or last day of the calendar, beyond which UTC has no date
        return moment.replace(tzinfo=UTC)


KindOfAct = Literal[
    "small-arms", "shelling", "air-strike", "drone", "rocket-or-missile", "ground-attack", "mine-or-explosive",
    "movement-of-forces", "fortification", "detention-or-abduction", "attack-on-civilians", "obstruction-of-monitors",
    "obstruction-of-aid", "siege-act", "overflight", "exercise", "provocation", "other",
]  # fmt: skip


class ActRuleModel(FileModel):
    """What one clause says of kinds of acts."""

    clause: Label = Field(description="Its number, as the copy has it.", examples=["2"])
    kinds: Annotated[tuple[KindOfAct, ...], EachOnce] = Field(
        min_length=1, description="The kinds of acts that it names.", examples=[["shelling"]]
    )
    effect: Literal["prohibited", "permitted"] = Field(
        "prohibited", description="Whether they are prohibited, or permitted as an exception.", examples=["permitted"]
    )

    def entity(self) -> ActRule:
        """Return the plain rule."""
        return ActRule(clause=self.clause, kinds=self.kinds, effect=self.effect)


class TermsModel(FileModel):
    """What one exact copy of a cease-fire says; two sides with different copies give two entries."""

    title: Label = Field(description="Which copy.", examples=["Copy as reported by the government"])
    copy_of: TextRef | None = Field(None, description="The text it is a copy of.", examples=["ceasefire-2016-12-29"])
    covered: Actors = Field((), description="Who is covered.", examples=[["syria-government"]])
    excluded: Actors = Field((), description="Who is excluded.", examples=[["isil"]])
    areas: Annotated[tuple[AreaRef, ...], EachOnce] = Field((), description="Where.", examples=[["hama"]])
    in_force: tuple[InForceModel, ...] = Field(
        (), description="Since when, each claim of it.",
        examples=[[{"instant": "2016-12-30T00:00", "zone": "Asia/Damascus"}]],
    )  # fmt: skip
    summary: tuple[Text, ...] = Field((), description="What it says, in our words.", examples=[["Fighting stops."]])
    claims: Claims = Field((), description="The claims it rests on.", examples=[["f16-excluded"]])
    rules: tuple[ActRuleModel, ...] = Field(
        (), description="Which kinds of acts its clauses name; left out: nobody has read them out yet.",
        examples=[[{"clause": "2", "kinds": ["shelling"]}]],
    )  # fmt: skip

    zones: Annotated[tuple[Slug, ...], EachOnce] = Field(
        (), description="Short names of zones that it names; they are proposed and approved at the desk.",
        examples=[["ghouta"]],
    )  # fmt: skip

    def entity(self, slug: str) -> CeasefireTerms:
        """Return the plain terms."""
        return CeasefireTerms(
            slug=slug, title=self.title, copy_of=self.copy_of or "", covered=self.covered, excluded=self.excluded,
            areas=self.areas, in_force=tuple(entry.entity() for entry in self.in_force), summary=self.summary,
            claims=self.claims, rules=tuple(rule.entity() for rule in self.rules), zones=self.zones,
        )  # fmt: skip


class DayReportModel(FileModel):
    """What one ledger states for one bulletin day."""

    day: Day = Field(description="The day of the bulletin.", examples=["2017-01-22"])
    n_days: Annotated[Whole, Field(ge=1)] = Field(1, description="How many days it covers.", examples=["1"])
    counts: dict[SlugKey, Annotated[Whole, Field(ge=0)]] = Field(
        {}, description="Allegations by area.", examples=[{"hama": "1"}]
    )
    unplaced: Annotated[Whole, Field(ge=0)] | None = Field(
        None, description="Allegations that the bulletin does not place.", examples=["6"]
    )
    total: Annotated[Whole, Field(ge=0)] | None = Field(None, description="The total as stated.", examples=["2"])
    confirmed: Annotated[Whole, Field(ge=0)] | None = Field(
        None, description="How many the other keeper confirmed; left out: not stated.", examples=["3"]
    )
    explained: Annotated[Whole, Field(ge=0)] | None = Field(
        None, description="How many the other keeper explained otherwise; left out: not stated.", examples=["1"]
    )
    source: Label = Field("", description="Where it was read.", examples=["TASS 22 Jan 2017"])
    note: Text = Field("", description="What is unusual about it.", examples=["one outlet says 15"])
    known_from: DayOrInstant | None = Field(
        None, description="From when people could know it. Left out: when the day has ended.", examples=["2017-01-22"]
    )

    @model_validator(mode="after")
    def _checks_are_part_of_the_total(self) -> DayReportModel:
        unplaced = () if self.unplaced is None else (self.unplaced,)
        above = checked_above_total([*self.counts.values(), *unplaced], self.total, self.confirmed, self.explained)
        if above is not None:
            said, total = above
            raise refusal("out-of-range", f"{said} allegations are confirmed or explained, of {total} on that day.",
                          "Those confirmed or explained are some of the allegations.", "Correct one of the figures.",
                          found=str(said))  # fmt: skip
        return self

    def entity(self) -> DayReport:
        """Return the plain day."""
        unplaced = () if self.unplaced is None else (("", self.unplaced),)
        return DayReport(
            day=self.day, n_days=self.n_days, counts=(*self.counts.items(), *unplaced), total=self.total,
            confirmed=self.confirmed, explained=self.explained, source=self.source, note=self.note,
            known_from=self.known_from,
        )  # fmt: skip


class LedgerModel(FileModel):
    """Whose ledger of allegations; it is never added to another's."""

    keeper: ActorRef = Field(description="Who keeps it.", examples=["russia"])
    title: Label = Field("", description="What it is called.", examples=["Russia's ledger"])
    kind: Label = Field("", description="What sort of keeper; left out: not said.", examples=["guarantor"])
    reports: Annotated[Label, BeforeValidator(one_of("word", "every-day", "when-it-sees", "unknown"))] = Field(
        "unknown", description="When the keeper reports; tells whether silence says anything.", examples=["unknown"],
        json_schema_extra={"enum": ["every-day", "when-it-sees", "unknown"]},
    )  # fmt: skip
    credit: Text = Field("", description="How the outlets are to be credited.", examples=["News agencies quoting it"])
    days: tuple[DayReportModel, ...] = Field(
        (), description="The bulletin days.", examples=[[{"day": "2017-01-22", "total": "2"}]]
    )
    days_from: Label | None = Field(
        None, description="A table of the same folder that holds the days.", examples=["dual_ledgers.csv"]
    )
    kept_as_stated: Annotated[tuple[Day, ...], EachOnce] = Field(
        (), description="Days whose parts and total differ in the outlet itself: both are kept.",
        examples=[["2017-03-16"]],
    )  # fmt: skip

    def entity(self, slug: str) -> Ledger:
        """Return the plain ledger with the days written in the file itself."""
        return Ledger(
            slug=slug, keeper=self.keeper, title=self.title, kind=self.kind, reports=self.reports, credit=self.credit,
            days=tuple(day.entity() for day in self.days),
        )  # fmt: skip


_Seats = Annotated[tuple[SeatRef, ...], EachOnce]


class MechanismModel(FileModel):
    """Who holds which step of an allegation; a step that is left out is open to every seat with the power for it."""

    title: Label = Field(description="What it is called.", examples=["Joint monitoring"])
    ledgers: Annotated[tuple[LedgerRef, ...], EachOnce] = Field(
        (), description="The ledgers it takes allegations from; left out: all.", examples=[["ledger-russia"]]
    )
    first_look: _Seats = Field((), description="Who takes the first look.", examples=[["un-envoy"]])
    verification: _Seats = Field((), description="Who verifies.", examples=[["monitors"]])
    legal_check: _Seats = Field((), description="Who checks the terms and proposes a finding.", examples=[["analyst"]])
    committee: _Seats = Field((), description="Who adopts findings, by the rule.", examples=[["russia", "turkey"]])
    asking: _Seats = Field((), description="Who asks the party what it did.", examples=[["un-envoy"]])
    rule: Literal["all", "majority"] = Field(
        "all", description="Of how many seats of the committee a decision needs the agreement.", examples=["majority"]
    )
    known_from: DayOrInstant | None = Field(
        None, description="From when people could know of it; left out: from the beginning.", examples=["2017-02-06"]
    )

    def entity(self, slug: str) -> Mechanism:
        """Return the plain mechanism."""
        named = (self.first_look, self.verification, self.legal_check, self.committee, self.asking)
        holders = tuple((step, seat) for step, seats in zip(STEPS, named, strict=True) for seat in seats)
        return Mechanism(
            slug=slug, title=self.title, ledgers=self.ledgers, holders=holders, rule=self.rule,
            known_from=self.known_from,
        )  # fmt: skip
