"""The part of a talks file about texts known from outside: copies, claimed stances, and our summaries."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field

from goodoffices.errors import ScenarioError
from goodoffices.formats.talks_file.actors import Language, LanguageKey
from goodoffices.formats.talks_file.field_types import (
    ActorRef,
    AStanceKind,
    ATextKind,
    ClaimRef,
    Day,
    DayOrInstant,
    EachOnce,
    FileModel,
    Label,
    Text,
    TextRef,
    refusal,
)
from goodoffices.talks.documents.markdown import read_paper
from goodoffices.talks.model.external_texts import NamedText, SaidDivergence, SaidStance

Actors = Annotated[tuple[ActorRef, ...], EachOnce]
Claims = Annotated[tuple[ClaimRef, ...], EachOnce]


def _paper(text: str) -> str:
    try:
        read_paper(text, "en")
    except ScenarioError as error:
        raise refusal(
            "no-paper", f"These words cannot be read: {error}.", "Words are Markdown: # Title, then ## 1. Heading.",
            "Correct that line.", found=text[:60],
        ) from error  # fmt: skip
    return text


Paper = Annotated[Text, AfterValidator(_paper)]


class SaidStanceModel(FileModel):
    """That an actor took a stance on this text, according to a claim."""

    actor: ActorRef = Field(description="Who.", examples=["syria-government"])
    kind: AStanceKind = Field(description="What it did with the text.", examples=["signed"])
    claim: ClaimRef = Field(description="The claim that says so.", examples=["f24-copies"])
    by: ActorRef | None = Field(
        None, description="Whose word it is, where the claim's chain names no actor.", examples=["jaysh-al-islam"]
    )
    dated: Day | None = Field(None, description="The day.", examples=["2016-12-29"])
    words: Text = Field("", description="How it was said, in our words.", examples=["a consensual paper"])

    def entity(self) -> SaidStance:
        """Return the plain stance."""
        return SaidStance(
            actor=self.actor, kind=self.kind, claim=self.claim, by=self.by, dated=self.dated, words=self.words
        )


class SaidDivergenceModel(FileModel):
    """That two languages of this text differ in sense at a clause."""

    clause: Label = Field(description="The number of the clause.", examples=["2"])
    languages: Annotated[tuple[Language, ...], EachOnce] = Field(
        description="Which.", examples=[["en", "ru"]], min_length=2
    )
    words: Text = Field(description="What differs.", examples=["non-sectarian; secular"])
    claims: Claims = Field((), description="The claims it rests on.", examples=[["m16-english"]])

    def entity(self) -> SaidDivergence:
        """Return the plain divergence."""
        return SaidDivergence(clause=self.clause, languages=self.languages, words=self.words, claims=self.claims)


class NamedTextModel(FileModel):
    """A text known from outside the talks: its name, the claims about it, and our summary."""

    title: Label = Field(description="What it is called.", examples=["Joint statement of 24 January 2017"])
    kind: ATextKind | None = Field(None, description="What sort of text it is.", examples=["joint-statement"])
    dated: Day | None = Field(None, description="The day it bears.", examples=["2017-01-24"])
    issued_by: Actors = Field((), description="Who issued it.", examples=[["iran", "russia", "turkey"]])
    read_out_by: Actors = Field((), description="Who read it out.", examples=[["kazakhstan"]])
    languages: Annotated[tuple[Language, ...], EachOnce] = Field(
        (), description="The languages it is known in.", examples=[["en", "ar", "ru"]]
    )
    authentic: Annotated[tuple[Language, ...], EachOnce] = Field(
        (), description="The languages that count, if that is known.", examples=[["en", "ru"]]
    )
    prevails: Label = Field("", description="The language that prevails; 'none' if all are equal.", examples=["none"])
    copy_of: TextRef | None = Field(
        None, description="The text of which it is one copy.", examples=["ceasefire-2016-12-29"]
    )
    about: Actors = Field((), description="The actors of whom it speaks.", examples=[["syria-government"]])
    required: Actors = Field((), description="Whose agreement it needs.", examples=[["syria-government"]])
    stances: tuple[SaidStanceModel, ...] = Field(
        (), description="Who did what with it, as claimed.",
        examples=[[{"actor": "syria-government", "kind": "signed", "claim": "f24-copies"}]],
    )  # fmt: skip
    divergences: tuple[SaidDivergenceModel, ...] = Field(
        (), description="Where its languages differ in sense.",
        examples=[[{"clause": "2", "languages": ["en", "ru"], "words": "non-sectarian; secular"}]],
    )  # fmt: skip
    papers: dict[LanguageKey, Paper] = Field(
        {}, description="Its words by language as Markdown with brackets: a summary marked as such, not a quotation.",
        examples=[{"en": "# Title\n\n## 1. Aim\n\nWords.\n"}],
    )  # fmt: skip
    claims: Claims = Field((), description="The claims it rests on.", examples=[["m15"]])
    known_from: DayOrInstant | None = Field(
        None, description="From when people could know of it. Left out: the day it bears.", examples=["2016-12-29"]
    )

    def entity(self, slug: str) -> NamedText:
        """Return the plain text."""
        plain = {name: getattr(self, name) for name in _SAME}
        return NamedText(
            slug=slug,
            copy_of=self.copy_of or "",
            stances=tuple(stance.entity() for stance in self.stances),
            divergences=tuple(divergence.entity() for divergence in self.divergences),
            papers=tuple(self.papers.items()),
            **plain,
        )


_SAME = (
    "title",
    "kind",
    "dated",
    "issued_by",
    "read_out_by",
    "languages",
    "authentic",
    "prevails",
    "about",
    "required",
    "claims",
    "known_from",
)
