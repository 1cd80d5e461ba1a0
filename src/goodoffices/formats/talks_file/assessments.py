"""The part of a talks file about what parties are assessed to want: worth, salience, red lines."""

from __future__ import annotations

from fractions import Fraction
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field, model_validator

from goodoffices.formats.talks_file.actors import also_as
from goodoffices.formats.talks_file.field_types import (
    ActorRef,
    ClaimRef,
    CompartmentRef,
    Decimal,
    EachOnce,
    FileModel,
    IssueRef,
    Label,
    Slug,
    SlugKey,
    SourceRef,
    Truth,
    one_of,
    refusal,
)
from goodoffices.talks.model.assessments import Assessment, Estimate, Scale

_CONFIDENCE = ("low", "medium", "high")


class EstimateModel(FileModel):
    """A number, or a range: low, high and, where known, the likeliest value."""

    model_config = ConfigDict(json_schema_extra=also_as({"type": "number"}))

    number: Decimal | None = Field(None, description="A number; written alone it says the same.", examples=["4"])
    low: Decimal | None = Field(None, description="The lower end.", examples=["4"])
    high: Decimal | None = Field(None, description="The upper end.", examples=["8.5"])
    mode: Decimal | None = Field(None, description="The likeliest value.", examples=["6"])

    @model_validator(mode="before")
    @classmethod
    def _a_text_alone_is_a_number(cls, given: Any) -> Any:
        return {"number": given} if isinstance(given, str) else given

    @model_validator(mode="after")
    def _a_number_or_a_range(self) -> EstimateModel:
        is_range = self.low is not None and self.high is not None
        is_number = self.number is not None and self.low is self.high is self.mode is None
        if is_number or (is_range and self.number is None):
            if self.low is not None and self.high is not None:
                middle = Fraction(self.mode if self.mode is not None else self.low)
                if not Fraction(self.low) <= middle <= Fraction(self.high):
                    raise refusal("wrong-order", f"{self.low}, {self.mode}, {self.high} are out of order.",
                                  "The likeliest value lies between the ends.", "Put them in order.")  # fmt: skip
            return self
        raise refusal("wrong-shape", "this is neither a number nor a range.", "A range has 'low' and 'high'.",
                      "Write a number alone, or both ends.")  # fmt: skip

    def entity(self) -> Estimate:
        """Return the plain estimate."""
        if self.number is not None:
            return Estimate(low=Fraction(self.number), high=Fraction(self.number))
        mode = Fraction(self.mode) if self.mode is not None else None
        return Estimate(low=Fraction(self.low or 0), high=Fraction(self.high or 0), mode=mode)


def _between(low: int, high: int | None, what: str) -> AfterValidator:
    """Return the check that every number of an estimate lies between two."""

    def check(estimate: EstimateModel) -> EstimateModel:
        for text in (estimate.number, estimate.low, estimate.mode, estimate.high):
            if text is not None and (Fraction(text) < low or (high is not None and Fraction(text) > high)):
                right = f"It lies between {low} and {high}." if high is not None else f"It is {low} or more."
                raise refusal("not-a-number", f"{what} is {text[:40]}.", right, "Correct it.", found=text)
        return estimate

    return AfterValidator(check)


_Salience = Annotated[EstimateModel, _between(0, 1, "salience")]
_Capability = Annotated[EstimateModel, _between(0, None, "capability")]


def _as_list(given: Any) -> Any:
    return given if isinstance(given, list) else [given]


_ONE_OPTION = {"type": ["string", "number", "boolean"], "minLength": 1}
_Equals = Annotated[
    tuple[Slug, ...],
    BeforeValidator(_as_list),
    Field(min_length=1, json_schema_extra=also_as(_ONE_OPTION)),
]


def _worth_schema(schema: dict[str, Any]) -> None:
    by_option, ranking = schema["properties"]["by_option"], schema["properties"]["ranking"]
    schema.clear()
    schema["anyOf"] = [part for alternatives in (by_option, ranking) for part in alternatives["anyOf"]
                       if part.get("type") != "null"]  # fmt: skip
    schema["description"] = "Worth by option, or options from best to worst."


class WorthModel(FileModel):
    """The worth of options: a mapping from option to estimate, or a list from best to worst."""

    model_config = ConfigDict(json_schema_extra=_worth_schema)

    by_option: Annotated[dict[SlugKey, EstimateModel], Field(min_length=1)] | None = Field(
        None, description="Written as the mapping itself: option and estimate.", examples=[{"guarantors": "0"}]
    )
    ranking: Annotated[tuple[_Equals, ...], Field(min_length=1)] | None = Field(
        None, description="Written as the list itself: best first, equals in a list of their own.",
        examples=[["guarantors", ["joint-committee", "third-party"]]],
    )  # fmt: skip

    @model_validator(mode="before")
    @classmethod
    def _told_apart_by_shape(cls, given: Any) -> Any:
        if isinstance(given, list):
            return {"ranking": given}
        return {"by_option": given} if isinstance(given, dict) else given


class AssessmentModel(FileModel):
    """What somebody estimates about a party; never the party's own word."""

    party: ActorRef = Field(description="The party assessed.", examples=["armed-opposition"])
    issue: IssueRef | None = Field(
        None, description="The issue; left out: the talks as a whole.", examples=["monitoring"]
    )
    worth: WorthModel | None = Field(
        None, description="The worth of options in the party's own points, or a ranking.",
        examples=[{"third-party": "10", "joint-committee": {"low": "4", "high": "8"}, "guarantors": "0"}],
    )  # fmt: skip
    point: EstimateModel | None = Field(
        None, description="Where it stands on the scale of the issue; without a scale, on 0 to 100.", examples=["35"]
    )
    stands_at: Slug | None = Field(
        None,
        description="The option on the scale at which it stands; a point, if there is one, counts instead.",
        examples=["third-party"],
    )
    salience: _Salience | None = Field(
        None, description="How much the issue matters to it, from 0 to 1.", examples=["0.4"]
    )
    capability: _Capability | None = Field(
        None, description="What it can bring to bear, 0 or more; without an issue: on every issue.", examples=["60"]
    )
    reservation_value: EstimateModel | None = Field(
        None, description="The worth to it of no agreement; without an issue.", examples=["20"]
    )
    red_lines: Annotated[tuple[Slug, ...], EachOnce] = Field(
        (), description="Options it is assessed never to accept.", examples=[["guarantors"]]
    )
    confidence: Annotated[Label, BeforeValidator(one_of("confidence", *_CONFIDENCE))] = Field(
        "", description="How sure the assessor is.", examples=["low"], json_schema_extra={"enum": list(_CONFIDENCE)}
    )
    sources: Annotated[tuple[SourceRef, ...], EachOnce] = Field(
        (), description="The publications it rests on.", examples=[["tass"]]
    )
    claims: Annotated[tuple[ClaimRef, ...], EachOnce] = Field(
        (), description="The claims it rests on.", examples=[["f19-turkey"]]
    )
    compartment: CompartmentRef | None = Field(
        None, description="Who may see it; left out: the analysts.", examples=["analysis"]
    )
    invented: Truth = Field(
        False, description="Whether this is teaching material and not an estimate.", examples=["yes"]
    )

    @model_validator(mode="after")
    def _options_belong_to_an_issue(self) -> AssessmentModel:
        about_one = (self.worth, self.salience, self.point, self.stands_at)
        if self.issue is None and (self.red_lines or any(one is not None for one in about_one)):
            raise refusal("missing-key", "'issue' is missing beside 'worth', 'salience', 'point' or 'red_lines'.",
                          "These are about one issue.", "Name it under 'issue'.", found="issue")  # fmt: skip
        if self.issue is not None and self.reservation_value is not None:
            raise refusal("unknown-key", "'reservation_value' stands beside 'issue'.",
                          "The worth of no agreement is about the talks as a whole.",
                          "Give it an entry of its own, without 'issue'.", found="reservation_value")  # fmt: skip
        return self

    def entity(self) -> Assessment:
        """Return the plain assessment."""
        by_option = self.worth.by_option if self.worth is not None else None
        ranking = self.worth.ranking if self.worth is not None else None
        return Assessment(
            party=self.party, issue=self.issue, ranking=ranking or (), red_lines=self.red_lines,
            worth=tuple((option, estimate.entity()) for option, estimate in (by_option or {}).items()),
            salience=_plain(self.salience), capability=_plain(self.capability),
            reservation_value=_plain(self.reservation_value), confidence=self.confidence, sources=self.sources,
            claims=self.claims, compartment=self.compartment, is_invented=self.invented,
            point=_plain(self.point), stands_at=self.stands_at,
        )  # fmt: skip


_Together = Annotated[
    tuple[ActorRef, ...],
    BeforeValidator(_as_list),
    Field(min_length=1, json_schema_extra=also_as(_ONE_OPTION)),
]


class ScaleModel(FileModel):
    """How the options of an issue are lined up, so that parties and outcomes can be placed between them."""

    issue: IssueRef = Field(description="The issue.", examples=["monitoring"])
    places: Annotated[dict[SlugKey, Decimal], Field(min_length=2)] = Field(
        description="Every option of the issue with its place.",
        examples=[{"guarantors": "0", "joint-committee": "50", "third-party": "100"}],
    )
    low: Decimal | None = Field(None, description="The lower end; left out: the lowest option.", examples=["0"])
    high: Decimal | None = Field(None, description="The upper end; left out: the highest option.", examples=["100"])
    status_quo: Decimal | None = Field(
        None, description="Where things stand without an agreement; left out: not known.", examples=["10"]
    )
    order: tuple[_Together, ...] = Field(
        (), description="Parties of which only the order is known, highest first, equals in a list of their own.",
        examples=[["opposition-delegation", ["turkey", "russia"]]],
    )  # fmt: skip
    sources: Annotated[tuple[SourceRef, ...], EachOnce] = Field(
        (), description="The publications it rests on.", examples=[["tass"]]
    )
    compartment: CompartmentRef | None = Field(
        None, description="Who may see it; left out: the analysts.", examples=["analysis"]
    )
    invented: Truth = Field(
        False, description="Whether this is teaching material and not an estimate.", examples=["yes"]
    )

    @model_validator(mode="after")
    def _everything_lies_between_the_ends(self) -> ScaleModel:
        low, high = self._ends()
        placed = [Fraction(place) for place in (*self.places.values(), self.status_quo) if place is not None]
        if not low < high:
            raise refusal("wrong-order", f"the scale runs from {low} to {high}.", "It runs from low to high.",
                          "Give two options different places, or put the ends in order.")  # fmt: skip
        if not low <= min(placed) <= max(placed) <= high:
            raise refusal("wrong-order", f"a place lies outside {low} to {high}.", "Places lie between the ends.",
                          "Move it, or the end.")  # fmt: skip
        named = [actor for group in self.order for actor in group]
        twice = next((actor for at, actor in enumerate(named) if actor in named[:at]), None)
        if twice is not None:
            raise refusal("named-twice", f"{twice!r} is in the order twice.", "Each party has one rank.",
                          "Take one out.", found=twice)  # fmt: skip
        return self

    def _ends(self) -> tuple[Fraction, Fraction]:
        places = [Fraction(place) for place in self.places.values()]
        low = min(places) if self.low is None else Fraction(self.low)
        return low, max(places) if self.high is None else Fraction(self.high)

    def entity(self) -> Scale:
        """Return the plain scale."""
        low, high = self._ends()
        return Scale(
            issue=self.issue, places=tuple((option, Fraction(place)) for option, place in self.places.items()),
            low=low, high=high, status_quo=None if self.status_quo is None else Fraction(self.status_quo),
            order=self.order, sources=self.sources, compartment=self.compartment, is_invented=self.invented,
        )  # fmt: skip


def _plain(estimate: EstimateModel | None) -> Estimate | None:
    return None if estimate is None else estimate.entity()
