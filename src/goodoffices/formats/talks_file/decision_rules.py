"""The part of a talks file about decision rules, by name."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, Field, model_validator

from goodoffices.errors import ScenarioError
from goodoffices.formats.talks_file.field_types import (
    ActorRef,
    ClaimRef,
    EachOnce,
    FileModel,
    Label,
    SlugKey,
    Text,
    Whole,
    one_of,
    refusal,
)
from goodoffices.talks.base.serialization import from_person
from goodoffices.talks.voting.named_rules import NamedRule
from goodoffices.talks.voting.rule_mistakes import mistake_in
from goodoffices.talks.voting.rules import Rule

Actors = Annotated[tuple[ActorRef, ...], EachOnce]
_RULES = (
    "unanimity",
    "consensus",
    "sufficient-consensus",
    "qualified-majority",
    "parallel-consent",
    "weighted-majority",
    "chairs-sense",
)
ARule = Annotated[str, BeforeValidator(one_of("decision rule", *_RULES))]
ABase = Annotated[str, BeforeValidator(one_of("base", "eligible", "present", "answering", "deciding", "total"))]
AHow = Annotated[str, BeforeValidator(one_of("comparison", "at-least", "more-than"))]
AnOf = Annotated[str, BeforeValidator(one_of("count", "seats", "weight", "blocs"))]
ABlocBase = Annotated[str, BeforeValidator(one_of("base of a bloc", "designated", "participating"))]


class RangeModel(FileModel):
    """A whole number that is known only to lie between two."""

    low: Whole = Field(description="The least it can be.", examples=[734308])
    high: Whole = Field(description="The most it can be.", examples=[800000])


class ThresholdModel(FileModel):
    """A share that acceptances must reach."""

    share: Label = Field(description="A fraction.", examples=["3/4"])
    how: AHow = Field("more-than", description="At least the share, or more than it.", examples=["at-least"])
    of: AnOf = Field("seats", description="What is counted.", examples=["weight"])
    base: ABase = Field("eligible", description="Of whom the share is taken.", examples=["total"])


class QuorumModel(FileModel):
    """How many must take part for an outcome to count."""

    share: Label = Field(description="A fraction of the eligible seats.", examples=["1/2"])
    how: AHow = Field("at-least", description="At least the share, or more than it.", examples=["at-least"])
    base: ABase = Field("present", description="Who counts as taking part.", examples=["answering"])


class RuleModel(FileModel):
    """A decision rule of these talks. Which fields it needs depends on the rule; see the page on decision rules."""

    title: Label = Field(description="What it is called.", examples=["Rule 34 of 29 July 1996"])
    rule: ARule = Field(description="The kind of rule.", examples=["sufficient-consensus"])
    weights: dict[ActorRef, Whole] = Field({}, description="Weight by actor.", examples=[{"uup": 181829}])
    weights_are: Label | None = Field(None, description="What the weights count.", examples=["votes"])
    total: Whole | None = Field(None, description="All weight that was cast.", examples=[752388])
    total_range: RangeModel | None = Field(
        None, description="The same where it is not known exactly.", examples=[{"low": 734308, "high": 800000}]
    )
    blocs: dict[SlugKey, Actors] = Field(
        {},
        description="Communities or sides, and all who are designated to each.",
        examples=[{"nationalist": ["sdlp"]}],
    )
    bloc_base: ABlocBase | None = Field(None, description="Of whom a bloc's share is taken.", examples=["designated"])
    also: Actors = Field((), description="Actors without whom nothing is carried.", examples=[["sdlp"]])
    minus: Actors = Field((), description="Actors whose objection does not hinder.", examples=[["ukup"]])
    thresholds: tuple[ThresholdModel, ...] = Field(
        (), description="Shares to be reached.", examples=[[{"share": "2/3"}]]
    )
    quorum: QuorumModel | None = Field(
        None, description="How many must take part.", examples=[{"share": "1/2", "base": "present"}]
    )
    base: ABase | None = Field(
        None, description="Of whom the shares of parallel consent and of a weighted majority are taken.",
        examples=["present"],
    )  # fmt: skip
    overall: Label | None = Field(
        None, description="The share of all that a weighted majority needs.", examples=["3/5"]
    )
    floor: Label | None = Field(None, description="The share of each bloc that it needs.", examples=["2/5"])
    contest_minutes: Whole | None = Field(
        None, description="How long the chair's sense may be contested.", examples=[30]
    )
    claims: Annotated[tuple[ClaimRef, ...], EachOnce] = Field((), description="Claims it rests on.", examples=[["q2"]])
    words: Text = Field("", description="The rule in our words.", examples=["Most votes in each community."])

    @model_validator(mode="after")
    def _is_a_rule(self) -> RuleModel:
        try:
            wrong = mistake_in(self.plain())
        except ScenarioError as error:
            raise refusal(
                "no-rule", f"this is not a rule of kind {self.rule}: {error}.", "Each kind of rule has its own fields.",
                "Correct or take out what the sentence names.", found=self.rule,
            ) from error  # fmt: skip
        if wrong is not None:
            raise refusal("no-rule", f"{wrong.what}.", remedy=f"{wrong.todo[:1].upper()}{wrong.todo[1:]}.")
        return self

    def plain(self) -> Rule:
        """Return the plain rule."""
        blocs = [{"slug": slug, "members": list(members)} for slug, members in self.blocs.items()]
        total_range = None if self.total_range is None else {"low": self.total_range.low, "high": self.total_range.high}
        given: dict[str, Any] = {
            "weights": [list(pair) for pair in self.weights.items()],
            "total": self.total,
            "total_range": total_range,
            "blocs": blocs,
            "bloc_base": self.bloc_base,
            "also": list(self.also),
            "minus": list(self.minus),
            "thresholds": [t.model_dump() for t in self.thresholds],
            "contest_minutes": self.contest_minutes,
            "base": self.base,
            "overall": self.overall,
            "floor": self.floor,
            "quorum": None if self.quorum is None else self.quorum.model_dump(),
        }
        stated = {name: value for name, value in given.items() if value not in (None, [], {})}
        # A field that this kind of rule does not have is refused: the rule would else be another one than is written.
        made: Rule = from_person(Rule, {"rule": self.rule, **stated})
        return made

    def entity(self, slug: str) -> NamedRule:
        """Return the rule with its name."""
        return NamedRule(
            slug=slug, title=self.title, rule=self.plain(), words=self.words, weights_are=self.weights_are,
            claims=self.claims,
        )  # fmt: skip
