"""The part of a talks file about actors and what is said about them: actors, seats, sources, claims, recognition.

One class per entity; each field has one sentence and one example. ``entity`` turns a checked class into the plain
frozen value of ``talks``.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator

from goodoffices.formats.talks_file.field_types import (
    AActorKind,
    ActorRef,
    ARole,
    AStrength,
    CompartmentRef,
    Day,
    DayOrInstant,
    EachOnce,
    FileModel,
    Instant,
    Label,
    QuestionRef,
    SeatRef,
    SourceRef,
    SubjectRef,
    Text,
    Truth,
    Whole,
    not_before,
    one_of,
    refusal,
)
from goodoffices.talks.base.enums import ValueKind
from goodoffices.talks.model.actors import Actor, Compartment, Name, SeatPlan
from goodoffices.talks.model.claims import SECTIONS, Claim, Link, Source, Value

_LIKE_A_NUMBER = re.compile(r"[+-]?[\d.,٫٬_  ]+(?:e[+-]?\d+)?", re.IGNORECASE)
_HAS_A_YEAR = re.compile(r"\d{4}|\d{1,2}[./ ]")
_TRUTH_WORDS = ("yes", "no", "true", "false")


def also_as(*schemas: dict[str, Any]) -> Any:
    """Return the change of a JSON Schema for something that may also be written as one of ``schemas``."""

    def change(schema: dict[str, Any]) -> None:
        mapping = dict(schema)
        schema.clear()
        schema.update(anyOf=[*schemas, mapping])
        if "description" in mapping:
            schema["description"] = mapping.pop("description")

    return change


class NameModel(FileModel):
    """One way of writing a name: a text, or a mapping where script or sorting matter."""

    model_config = ConfigDict(
        json_schema_extra=also_as({"type": ["string", "number", "boolean"], "minLength": 1, "maxLength": 1000})
    )

    text: Label = Field(description="The name as it is written.", examples=["Jaysh al-Islam"])
    script: Label | None = Field(None, description="The script, as a four-letter ISO 15924 code.", examples=["Latn"])
    sort: Label | None = Field(None, description="The text to sort by, if it differs.", examples=["Islam, Jaysh al-"])

    @model_validator(mode="before")
    @classmethod
    def _a_text_alone_is_a_name(cls, given: Any) -> Any:
        return {"text": given} if isinstance(given, str) else given

    def entity(self, language: str) -> Name:
        """Return the plain name in its language."""
        return Name(text=self.text, language=language, script=self.script, sort=self.sort)


def _as_list(given: Any) -> Any:
    return given if isinstance(given, list) else [given]


def _language(given: str) -> str:
    parts = given.split("-")
    if parts[0].isascii() and parts[0].isalpha() and parts[0].islower() and len(parts[0]) in (2, 3):
        return given
    remedy = "Write the code."
    if " " in given:
        remedy += " If this is the rest of a text, put the text in quotation marks: inside { } a comma ends it."
    raise refusal("not-a-language", f"{given[:60]!r} is not a language code.",
                  "Languages are written as in en, ar, ru, tr, fa, kk.", remedy, found=given)  # fmt: skip


Language = Annotated[Label, AfterValidator(_language)]
LanguageKey = Annotated[str, StringConstraints(max_length=40), AfterValidator(_language)]
_Spellings = Annotated[
    tuple[NameModel, ...],
    BeforeValidator(_as_list),
    Field(
        min_length=1,
        json_schema_extra=also_as({"type": ["string", "number", "boolean"], "minLength": 1}, {"type": "object"}),
    ),
]
NamesByLanguage = Annotated[dict[LanguageKey, _Spellings], Field(min_length=1)]


def names_of(names: dict[str, tuple[NameModel, ...]] | None) -> tuple[Name, ...]:
    """Return plain names in the order of the file."""
    return tuple(name.entity(language) for language, spellings in (names or {}).items() for name in spellings)


class ActorModel(FileModel):
    """Anyone who can be named."""

    kind: AActorKind = Field(description="What the actor is.", examples=["faction"])
    names: NamesByLanguage = Field(
        description="Names by language; several spellings as a list, the first is the one shown.",
        examples=[{"en": ["Jaysh al-Islam", "Jaish al-Islam"], "ar": "جيش الإسلام"}],
    )
    part_of: ActorRef | None = Field(None, description="The actor it belongs to.", examples=["armed-opposition"])

    def entity(self, slug: str) -> Actor:
        """Return the plain actor."""
        return Actor(slug=slug, kind=self.kind, names=names_of(self.names), part_of=self.part_of)


class SeatModel(FileModel):
    """An actor's place in these talks: the unit of sight and of power."""

    actor: ActorRef = Field(description="The actor who sits here.", examples=["russia"])
    roles: Annotated[tuple[ARole, ...], Field(min_length=1), EachOnce] = Field(
        description="What the seat does in these talks; its powers follow from it.", examples=[["guarantor", "sponsor"]]
    )
    extra: tuple[Label, ...] = Field((), description="Single powers added.", examples=[["file"]])
    barred: tuple[Label, ...] = Field((), description="Single powers taken away.", examples=[["relay"]])
    kept_by: SeatRef | None = Field(
        None, description="The clerk's seat that enters and prints for this one.", examples=["secretariat"]
    )
    sees_all: Truth = Field(False, description="Whether the seat sees everything; all are told so.", examples=["no"])
    known_to: Annotated[tuple[SeatRef, ...], EachOnce] | None = Field(
        None, description="The seats that learn of this one; left out: all.", examples=[["un-envoy"]]
    )

    def entity(self, slug: str) -> SeatPlan:
        """Return the plain seat."""
        return SeatPlan(
            slug=slug, actor=self.actor, roles=self.roles, extra=self.extra, barred=self.barred,
            kept_by=self.kept_by, sees_all=self.sees_all, known_to=self.known_to,
        )  # fmt: skip


class CompartmentModel(FileModel):
    """A named set of seats that may see something."""

    seats: Annotated[tuple[SeatRef, ...], Field(min_length=1), EachOnce] = Field(
        description="The seats that may see it.", examples=[["analyst", "un-envoy"]]
    )
    owner: SeatRef | None = Field(None, description="The seat that answers for it.", examples=["analyst"])

    def entity(self, slug: str) -> Compartment:
        """Return the plain compartment."""
        return Compartment(slug=slug, seats=self.seats, owner=self.owner)


class SourceModel(FileModel):
    """A publication that claims come from."""

    publisher: Label = Field(description="Who published it.", examples=["TASS"])
    title: Label = Field("", description="Its title or number.", examples=["S/2016/1133"])
    dated: Day | None = Field(None, description="The day it bears.", examples=["2016-12-29"])
    language: Language | None = Field(
        None, description="The language it was read in; left out: not said.", examples=["ru"]
    )
    side: Label | None = Field(None, description="The side the outlet is close to.", examples=["ru"])
    address: Label | None = Field(None, description="Where it is found.", examples=["https://www.example.org/1133"])

    def entity(self, slug: str) -> Source:
        """Return the plain source."""
        return Source(
            slug=slug, publisher=self.publisher, title=self.title, dated=self.dated,
            language=self.language, side=self.side, address=self.address,
        )  # fmt: skip


class LinkModel(FileModel):
    """One link of a chain of attribution: a name, or a mapping where the speaker is an actor of the file."""

    model_config = ConfigDict(
        json_schema_extra=also_as({"type": ["string", "number", "boolean"], "minLength": 1, "maxLength": 1000})
    )

    speaker: Label = Field(description="The outlet, agency or speaker as named.", examples=["A. Lavrentyev"])
    actor: ActorRef | None = Field(None, description="The actor who is the speaker.", examples=["lavrentyev"])
    side: Label | None = Field(None, description="The side that this link is close to.", examples=["sy-gov"])
    language: Language | None = Field(None, description="The language of this link's words.", examples=["ar"])
    beside: Truth = Field(
        False, description="Whether it says so itself, side by side with the link before it.", examples=["yes"]
    )

    @model_validator(mode="before")
    @classmethod
    def _a_text_alone_is_a_speaker(cls, given: Any) -> Any:
        return {"speaker": given} if isinstance(given, str) else given

    def entity(self) -> Link:
        """Return the plain link."""
        return Link(speaker=self.speaker, actor=self.actor, side=self.side, language=self.language, beside=self.beside)


_ALTERNATIVES = ("number", "at_least", "low", "actors", "yes", "date", "instant", "words")


def _value_schema(schema: dict[str, Any]) -> None:
    schema["oneOf"] = [{"required": [name]} for name in _ALTERNATIVES]
    schema["dependentRequired"] = {"low": ["high"], "high": ["low"]}
    also_as({"type": "integer"}, {"enum": [True, False, *_TRUTH_WORDS]})(schema)


class ValueModel(FileModel):
    """What a claim states: 7, yes, or a mapping with exactly one alternative."""

    model_config = ConfigDict(json_schema_extra=_value_schema)

    number: Whole | None = Field(None, description="A number; 'value: 7' says the same.", examples=["7"])
    at_least: Whole | None = Field(None, description="A number that is a lower bound.", examples=["60000"])
    low: Whole | None = Field(None, description="The lower end of a range.", examples=["1"])
    high: Whole | None = Field(None, description="The upper end of a range.", examples=["2"])
    actors: Annotated[tuple[ActorRef, ...], EachOnce] | None = Field(
        None, description="A set of actors; an empty list says nobody.", examples=[["russia", "turkey"]]
    )
    yes: Truth | None = Field(None, description="Yes or no; 'value: yes' says the same.", examples=["yes"])
    date: Day | None = Field(None, description="A day.", examples=["2017-02-23"])
    instant: Instant | None = Field(None, description="A moment.", examples=["2016-12-30T00:00+02:00"])
    words: Text | None = Field(None, description="Words of our own.", examples=["a platform, not a participant"])

    @model_validator(mode="before")
    @classmethod
    def _a_text_alone_is_a_number_or_yes_or_no(cls, given: Any) -> Any:
        if not isinstance(given, str):
            return given
        if given in _TRUTH_WORDS:
            return {"yes": given}
        if _LIKE_A_NUMBER.fullmatch(given):
            return {"number": given}
        if _HAS_A_YEAR.search(given):
            raise refusal("wrong-shape", f"{given[:60]!r} is not a number, yes or no.",
                          "A day is written as {date: 2017-01-23}, a time as {instant: ...}.",
                          "For a day known less exactly, write {words: ...}.", found=given)  # fmt: skip
        raise refusal("wrong-shape", f"{given[:60]!r} is not a number, yes or no.",
                      "Other values name their kind: words, actors, date, instant, at_least, or low and high.",
                      "For a text, write {words: ...}.", found=given)  # fmt: skip

    @model_validator(mode="after")
    def _exactly_one_alternative(self) -> ValueModel:
        given = [name for name in _ALTERNATIVES if getattr(self, name) is not None]
        if (self.low is None) != (self.high is None):
            raise refusal("wrong-shape", "a range has one end only.", "It has 'low' and 'high'.",
                          "Write both, or 'at_least' for an open range.")  # fmt: skip
        if len(given) != 1:
            raise refusal("wrong-shape", f"the value says {len(given)} things: {', '.join(given) or 'nothing'}.",
                          "A claim states one thing.", "Keep one, and make a claim of each other.")  # fmt: skip
        if self.low is not None and self.high is not None and self.high < self.low:
            raise refusal("wrong-order", f"'low' is {self.low} and 'high' is {self.high}.",
                          "The lower end is not above the upper end.", "Exchange them.")  # fmt: skip
        return self

    def entity(self) -> Value:
        """Return the plain value; of a number both ends of the range are that number."""
        if self.number is not None:
            return Value(kind=ValueKind.NUMBER, low=self.number, high=self.number)
        if self.at_least is not None:
            return Value(kind=ValueKind.AT_LEAST, low=self.at_least)
        if self.low is not None:
            return Value(kind=ValueKind.RANGE, low=self.low, high=self.high)
        if self.actors is not None:
            return Value(kind=ValueKind.ACTORS, actors=self.actors)
        if self.yes is not None:
            return Value(kind=ValueKind.YES_NO, yes=self.yes)
        if self.words is not None:
            return Value(kind=ValueKind.WORDS, words=self.words)
        return Value(kind=ValueKind.INSTANT, instant=self.instant, day=self.date)


class ClaimModel(FileModel):
    """A statement about the world; without source and chain it cannot be entered."""

    about: SubjectRef = Field(
        description="The actor, round, session, text, cease-fire or area it speaks of.", examples=["astana-1"]
    )
    aspect: Label = Field(description="What of it, in words that rival claims share.", examples=["groups attending"])
    value: ValueModel = Field(description="What is stated.", examples=["14"])
    chain: Annotated[tuple[LinkModel, ...], Field(min_length=1)] = Field(
        description="Who says so, outermost first: outlet, agency, speaker.",
        examples=[["RFE/RL", {"speaker": "A. Lavrentyev", "actor": "lavrentyev"}]],
    )
    strength: AStrength = Field(description="On whose word it rests.", examples=["named-source"])
    source: SourceRef = Field(description="The publication it was read in.", examples=["tca-2017-01-23"])
    in_seed: Truth = Field(
        False, description="Whether it is from the report that these talks begin with; left out: no.", examples=["no"]
    )
    words: Text = Field("", description="The claim in one neutral sentence of our own.", examples=["Fourteen agreed."])
    asserted_on: Day | None = Field(None, description="The day it was said.", examples=["2017-01-22"])
    when: Day | None = Field(None, description="The one day it speaks of.", examples=["2017-01-23"])
    when_from: Day | None = Field(None, description="First day of the time it speaks of.", examples=["2017-01-23"])
    when_to: Annotated[Day, AfterValidator(not_before("when_from"))] | None = Field(
        None, description="Last day of the time it speaks of.", examples=["2017-01-24"]
    )
    question: QuestionRef | None = Field(None, description="The contested question it answers.", examples=["C3"])
    compartment: CompartmentRef | None = Field(
        None, description="Who may see it; left out: every seat.", examples=["analysis"]
    )
    known_from: DayOrInstant | None = Field(
        None,
        description="From when people could know it: a day, of which the end counts, or a moment. Left out: the day it "
        "was said, else the day of the source, else the day it speaks of.",
        examples=["2017-01-22T21:00+06:00"],
    )
    section: Annotated[Label, BeforeValidator(one_of("section", *SECTIONS))] | None = Field(
        None, description="The section of a brief that has it; left out: by what it is about.", examples=["roles"],
        json_schema_extra={"enum": [*SECTIONS]},
    )  # fmt: skip
    invented: Truth = Field(False, description="Whether this is teaching material and not a fact.", examples=["no"])

    @model_validator(mode="after")
    def _one_way_of_saying_when(self) -> ClaimModel:
        if self.when is not None and (self.when_from is not None or self.when_to is not None):
            raise refusal("wrong-shape", "both 'when' and 'when_from' or 'when_to' are written.",
                          "'when' is for one day, the others for a time.", "Keep one of the two.")  # fmt: skip
        return self

    def entity(self, slug: str) -> Claim:
        """Return the plain claim."""
        first: date | None = self.when if self.when is not None else self.when_from
        last: date | None = self.when if self.when is not None else self.when_to
        return Claim(
            slug=slug, about=self.about, aspect=self.aspect, value=self.value.entity(),
            chain=tuple(link.entity() for link in self.chain), strength=self.strength, words=self.words,
            source=self.source, asserted_on=self.asserted_on, when_from=first, when_to=last,
            in_seed=self.in_seed, question=self.question, compartment=self.compartment, known_from=self.known_from,
            section=self.section, is_invented=self.invented,
        )  # fmt: skip


class QuestionModel(FileModel):
    """A contested question, by whose name rival claims are grouped."""

    question: Text = Field(description="The question.", examples=["How many groups came?"])
    can_be_said: Text = Field("", description="What can be said for now.", examples=["Cannot tell."])
    brief: Label = Field(
        "",
        description="Its short form. The first page of a brief shows questions with a short form before others.",
        examples=["How many groups?"],
    )

    def entity(self, slug: str) -> tuple[str, str, str]:
        """Return name, question, and what can be said."""
        return slug, self.question, self.can_be_said


class HomonymModel(FileModel):
    """Two actors of like name who are never to be merged without a person's decision."""

    first: ActorRef = Field(description="One of them.", examples=["jaysh-idlib"])
    second: ActorRef = Field(description="The other.", examples=["free-idlib-army"])
    why: Text = Field(description="Why they are kept apart.", examples=["Two lists, two commanders."])

    def entity(self) -> tuple[str, str, str]:
        """Return the two slugs and the ground."""
        return self.first, self.second, self.why
