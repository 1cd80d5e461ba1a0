"""The part ``exercise`` of a talks file: checked classes, and the way from them to plain values."""

from __future__ import annotations

from fractions import Fraction
from typing import Annotated, Self

from pydantic import AfterValidator, Field, ValidationInfo, model_validator

from goodoffices.errors import ScenarioError
from goodoffices.formats.talks_file.actors import ActorModel, LanguageKey, SeatModel
from goodoffices.formats.talks_file.field_types import (
    ClaimRef,
    Decimal,
    DeclaredSlugs,
    EachOnce,
    FileModel,
    Instant,
    IssueRef,
    Label,
    SeatRef,
    Slug,
    SlugKey,
    Text,
    Truth,
    Whole,
    refusal,
)
from goodoffices.talks.exercise.conditions import Term, length_of, parse_condition, terms_of
from goodoffices.talks.model.brief import Brief, RedLine, Temper
from goodoffices.talks.model.exercise import (
    MOST_PACE,
    ExercisePlan,
    ForecastQuestion,
    PlannedAction,
    PlannedInject,
    PlayedSeat,
    Said,
    ShownPlan,
)

Words = Annotated[dict[LanguageKey, Text], Field(min_length=1)]
"""A text by language; the first language is for everybody whose own is not there."""


def _said(words: dict[str, str]) -> Said:
    return tuple(words.items())


def _condition(text: str, info: ValidationInfo) -> str:
    """Check a condition, and that the seats, actors and injects that it names are there."""
    try:
        terms = [*terms_of(parse_condition(text))]
    except ScenarioError as error:
        raise refusal("not-a-condition", f"{error}.", "A condition is like no_act(opposition, for=PT30M).",
                      "Correct it.", found=text[:80]) from error  # fmt: skip
    known = info.context
    for what, slug in (pair for term in terms for pair in _references(term)):
        if isinstance(known, DeclaredSlugs) and not known.has(what, slug):
            raise refusal("unknown-reference", f"unknown {what} {slug[:80]!r}.", found=slug, what=what)
    return text


def _references(term: Term) -> list[tuple[str, str]]:
    if term.form == "stance":
        return [("actor", term.names[0])]
    if term.form == "no_act":
        return [("seat", term.names[0])]
    if term.form == "told":
        return [("seat", term.names[1]), ("seat", term.names[2])]
    return [("inject", term.names[0])] if term.form == "given" else []


def _length(text: str) -> str:
    try:
        length_of(text)
    except ScenarioError as error:
        raise refusal("not-a-length", f"{error}.", "", "Write it like PT30M.", found=text[:40]) from error
    return text


Condition = Annotated[Label, AfterValidator(_condition)]
Length = Annotated[Label, AfterValidator(_length)]
Pace = Annotated[Whole, Field(ge=1, le=MOST_PACE)]
Share = Annotated[Whole, Field(ge=0, le=100)]


class TemperModel(FileModel):
    """How an automated seat takes what happens."""

    patience: Share = Field(60, description="From 0 to 100.", examples=["60"])
    pride: Share = Field(50, description="From 0 to 100.", examples=["50"])
    beta: Decimal = Field("1", description="How soon it gives way: below 1 late, above 1 early.", examples=["0.5"])
    trust: dict[SeatRef, Share] = Field({}, description="Trust in other seats.", examples=[{"turkey": "65"}])

    def entity(self) -> Temper:
        """Return the plain temper."""
        return Temper(patience=self.patience, pride=self.pride, beta=Fraction(self.beta), trust=dict(self.trust))


class BriefModel(FileModel):
    """What one seat is given for itself: invented teaching material, written for the seat and never for a person."""

    words: Words = Field(description="The brief as people read it, by language.", examples=[{"en": "You want…"}])
    reservation_value: Decimal = Field(
        "0", description="The points below which no settlement is better.", examples=["54"]
    )
    red_lines: dict[IssueRef, tuple[Slug, ...]] = Field(
        {}, description="Options that it may never accept, by issue.", examples=[{"monitoring": ["third-party"]}]
    )
    mandate: dict[IssueRef, tuple[Slug, ...]] = Field(
        {}, description="Options that it may accept without asking, by issue.", examples=[{"format": ["proximity"]}]
    )
    worths: dict[IssueRef, dict[Slug, Decimal]] = Field(
        {}, description="What each option is worth to it, by issue.", examples=[{"format": {"proximity": "100"}}]
    )
    weights: dict[IssueRef, Decimal] = Field(
        {}, description="How much each issue counts; together 1.", examples=[{"format": "1"}]
    )
    temper: TemperModel = Field(TemperModel(), description="How it takes what happens.", examples=[{"pride": "60"}])

    def entity(self, seat: str, kind: str) -> Brief:
        """Return the plain brief of a seat."""
        return Brief(
            seat=seat,
            words=dict(self.words),
            reservation_value=Fraction(self.reservation_value),
            red_lines=tuple(RedLine(issue=i, option=o) for i, options in self.red_lines.items() for o in options),
            mandate=dict(self.mandate),
            worths={issue: {o: Fraction(v) for o, v in options.items()} for issue, options in self.worths.items()},
            weights={issue: Fraction(value) for issue, value in self.weights.items()},
            kind=kind,
            temper=self.temper.entity(),
        )


class PlayedSeatModel(FileModel):
    """How a seat is filled."""

    persons: Annotated[tuple[Whole, ...], Field(min_length=2, max_length=2)] = Field(
        (1, 1), description="From how many to how many people it is made for.", examples=[["2", "8"]]
    )
    automated: Slug = Field(
        "silent", description="What plays it when nobody does.", examples=["cautious-delegation"]
    )  # fmt: skip
    standing: Whole = Field(0, description="What it can spend on actions.", examples=["3"])


class ActionModel(FileModel):
    """Something that seats can do outside the talks."""

    title: Words = Field(description="What it is, by language.", examples=[{"en": "Brief the press"}])
    by: Annotated[tuple[SeatRef, ...], Field(min_length=1), EachOnce] = Field(
        description="The seats that can do it.", examples=[["government"]]
    )
    cost: Whole = Field(0, description="What it takes of the standing of the seat.", examples=["2"])
    needs_control: Truth = Field(True, description="Whether control rules on it first.", examples=["yes"])
    tells: Annotated[tuple[SeatRef, ...], EachOnce] = Field(
        (), description="The seats that learn of it.", examples=[["opposition"]]
    )

    def entity(self, slug: str) -> PlannedAction:
        """Return the plain action."""
        return PlannedAction(
            slug=slug, title=_said(self.title), by=self.by, cost=self.cost, needs_control=self.needs_control,
            tells=self.tells,
        )  # fmt: skip


class InjectModel(FileModel):
    """News that control has ready. It comes at a time, on a condition, or with neither by hand alone."""

    title: Words = Field(description="What it is, by language.", examples=[{"en": "Fighting at a spring"}])
    words: Words = Field(description="What those who get it read, by language.", examples=[{"en": "At noon…"}])
    to: Annotated[tuple[Slug, ...], Field(min_length=1), EachOnce] = Field(
        description="The seats that get it, or 'all'.", examples=[["opposition", "turkey"]]
    )
    kind: Slug = Field("news", description="What sort of news: news, question, ledger, leak.", examples=["news"])
    at: Instant | None = Field(None, description="When it comes.", examples=["2017-01-22T21:30+06:00"])
    when: Condition | None = Field(
        None, description="The condition on which it comes.", examples=["partial_release(text='statement')"]
    )
    after: Length = Field("PT0M", description="How long after the condition first holds.", examples=["PT10M"])
    claims: Annotated[tuple[ClaimRef, ...], EachOnce] = Field(
        (), description="The claims that it rests on; without any it is invented.", examples=[["m1-opens"]]
    )

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if self.at is not None and self.when is not None:
            raise refusal("two-times", "this inject has a time and a condition.", "It has one of them.", "Delete one.")
        return self

    def entity(self, slug: str) -> PlannedInject:
        """Return the plain inject."""
        minutes = int(length_of(self.after).total_seconds()) // 60
        return PlannedInject(
            slug=slug, title=_said(self.title), words=_said(self.words), to=self.to, kind=self.kind, at=self.at,
            when=self.when or "", after_minutes=minutes, claims=self.claims,
        )  # fmt: skip


class ForecastModel(FileModel):
    """A question that every seat may forecast."""

    question: Words = Field(description="The question, by language.", examples=[{"en": "Will both sign?"}])
    resolves: Condition = Field(
        description="The condition under which the answer is yes.", examples=["adopted(statement)"]
    )  # fmt: skip


class ExerciseModel(FileModel):
    """How these talks are played as an exercise."""

    title: Words = Field(description="The title, by language.", examples=[{"en": "Astana, 22 to 24 January 2017"}])
    starts_at: Instant = Field(description="What its clock shows first.", examples=["2017-01-22T18:00+06:00"])
    ends_at: Instant = Field(description="When it is planned to end.", examples=["2017-01-24T15:00+06:00"])
    pace: Pace = Field(12, description="Minutes of the talks in a real minute.", examples=["12"])
    seed: Whole = Field(0, description="What fixes everything left to chance.", examples=["23012017"])
    tell_automated: Truth = Field(True, description="Whether all are told which seats are automated.", examples=["yes"])
    resources: tuple[Words, ...] = Field((), description="Background for all.", examples=[[{"en": "The rules…"}]])
    seats: dict[SeatRef, PlayedSeatModel] = Field(
        {}, description="How each seat is filled.", examples=[{"opposition": {"persons": ["2", "8"]}}]
    )
    added_actors: dict[SlugKey, ActorModel] = Field(
        {}, description="Actors that the talks have only when they are played.",
        examples=[{"staff": {"kind": "body", "names": {"en": "Exercise staff"}}}],
    )  # fmt: skip
    added_seats: dict[SlugKey, SeatModel] = Field(
        {}, description="Seats that the talks have only when they are played.",
        examples=[{"control": {"actor": "staff", "roles": ["control"]}}],
    )  # fmt: skip
    powers: dict[SeatRef, tuple[Label, ...]] = Field(
        {}, description="Single commands that a seat has only when the talks are played.",
        examples=[{"un-envoy": ["AskBlind"]}],
    )  # fmt: skip
    briefs: dict[SeatRef, BriefModel] = Field(
        {}, description="What each seat is given for itself.", examples=[{"opposition": {"words": {"en": "You want…"}}}]
    )
    actions: dict[SlugKey, ActionModel] = Field(
        {}, description="What seats can do outside the talks.",
        examples=[{"brief-press": {"title": {"en": "Brief the press"}, "by": ["opposition"]}}],
    )  # fmt: skip
    injects: dict[SlugKey, InjectModel] = Field(
        {}, description="News that control has ready.",
        examples=[{"truce": {"title": {"en": "A truce"}, "words": {"en": "Two groups…"}, "to": ["all"]}}],
    )  # fmt: skip
    forecasts: dict[SlugKey, ForecastModel] = Field(
        {}, description="Questions that every seat may forecast.",
        examples=[{"signed": {"question": {"en": "Will both sign?"}, "resolves": "adopted(statement)"}}],
    )  # fmt: skip
    reflections: tuple[Words, ...] = Field(
        (), description="Questions to think about afterwards.", examples=[[{"en": "What would you do again?"}]]
    )

    @model_validator(mode="after")
    def _ends_later(self) -> Self:
        if self.ends_at <= self.starts_at:
            raise refusal("wrong-order", "the exercise ends before it starts.", "It should end later.",
                          "Correct 'ends_at'.", found=str(self.ends_at))  # fmt: skip
        return self

    def entity(self) -> ExercisePlan:
        """Return the plain plan."""
        seats = tuple(
            PlayedSeat(
                slug=slug, persons_from=one.persons[0], persons_to=one.persons[1], automated=one.automated,
                standing=one.standing,
            )
            for slug, one in self.seats.items()
        )  # fmt: skip
        kinds = {seat.slug: seat.automated for seat in seats}
        forecasts = tuple(
            ForecastQuestion(slug=slug, words=_said(one.question), resolves=one.resolves)
            for slug, one in self.forecasts.items()
        )
        return ExercisePlan(
            shown=ShownPlan(
                title=_said(self.title),
                starts_at=self.starts_at,
                ends_at=self.ends_at,
                pace=self.pace,
                seats=seats,
                resources=tuple(_said(one) for one in self.resources),
                forecasts=forecasts,
                reflections=tuple(_said(one) for one in self.reflections),
                tells_automated=self.tell_automated,
            ),
            seed=self.seed,
            briefs=tuple(one.entity(slug, kinds.get(slug, "silent")) for slug, one in self.briefs.items()),
            actions=tuple(one.entity(slug) for slug, one in self.actions.items()),
            injects=tuple(one.entity(slug) for slug, one in self.injects.items()),
            added_actors=tuple(one.entity(slug) for slug, one in self.added_actors.items()),
            added_seats=tuple(one.entity(slug) for slug, one in self.added_seats.items()),
            powers=tuple(self.powers.items()),
        )
