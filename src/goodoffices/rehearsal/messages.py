"""Every sentence of an answer as a whole sentence with gaps, so that a page can say it in another language.

A value in a gap is text that stays as it is, or something said that is translated itself, or several of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from types import MappingProxyType

from goodoffices.data_class import dataclass


@dataclass(frozen=True, slots=True)
class Said:
    """A message with what stands in its gaps."""

    message: str
    values: Mapping[str, Value] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The sentence in English."""
        return self.message.format(**{name: english(value) for name, value in self.values.items()})


Value = str | Said | tuple[Said, ...]


def english(value: Value) -> str:
    """Return what stands in a gap in English; several are listed with commas."""
    if isinstance(value, Said):
        return value.text
    return value if isinstance(value, str) else ", ".join(one.text for one in value)


FORMATS: Mapping[str, str] = MappingProxyType(
    {
        "direct": "face to face",
        "plenary": "in plenary",
        "proximity": "through intermediaries",
        "shuttle": "by shuttle",
    }
)
"""Formats within a sentence."""

FIRST_FORMATS: Mapping[str, str] = MappingProxyType({name: words.capitalize() for name, words in FORMATS.items()})
"""Formats at the beginning of a sentence."""

MESSAGES: Mapping[str, str] = MappingProxyType({
    "first line": "Rehearsal, not forecast: this is what follows from what is assumed.",
    "interrupted": "Interrupted: {done} of {all} runs.",
    "cell": "{format} ({rest})",
    "impossible": "In none of the runs was a settlement possible: no format could have brought one.",
    "cannot tell": "Cannot tell: it turns on {number}. {sides}",
    "no difference": (
        "The runs do not show which agrees more often: the difference may lie anywhere from {low} to {high} points."
    ),
    "better": "Under these assumptions talks {format} agree more often.",
    "sides": "At low values talks {one} agree more often, at high values talks {other}; {assumed}.",
    "sides.first": "At {last} talks {one} agree more often, from {next} on talks {other}; {assumed}.",
    "sides.whole": "Up to {last} talks {one} agree more often, from {next} on talks {other}; {assumed}.",
    "sides.share": "Below {value} ({low} to {high}) talks {one} agree more often, above it talks {other}; {assumed}.",
    "assumed": "{low} to {high} was assumed ({origin})",
    "rates": (
        "{other} {other_rate} of {known} runs reached agreement, {one} {one_rate}: {gap} points (95 % interval {low} "
        "to {high}), where a settlement was possible ({known} of {all} runs)."
    ),
    "as long": (
        "It takes as long, as far as can be shown. Where both agree, on each one’s scale from its worst (0) to "
        "its best (1): {gains}."
    ),
    "longer": (
        "It takes {turns} turns longer ({low} to {high}). Where both agree, on each one’s scale from its worst (0) to "
        "its best (1): {gains}."
    ),
    "less": (
        "It takes {turns} turns less ({low} to {high}). Where both agree, on each one’s scale from its worst (0) to "
        "its best (1): {gains}."
    ),
    "gain.none": "{party}: no difference can be shown",
    "gain.more": "{party}: {gain} more",
    "gain.less": "{party}: {gain} less",
    "without": "Without agreement {format}: {kinds}.",
    "missed": "in {n} a settlement was possible and was missed",
    "none possible": "in {n} none was possible",
    "not known": "in {n} it is not known whether one was possible",
    "copies": (
        "{share} of the runs {format} ended on different copies: each side believes itself agreed on other words. They "
        "are not counted as agreements."
    ),
    "not convened": "{share} of the runs {format} did not convene: one side would not sit down.",
    "not ratified": "Agreements {format} that were not ratified: {n}.",
    "no single": "No single assumption decides the answer.",
    "rests": "The answer rests most on {numbers}.",
    "rests.stays": "The answer rests most on {numbers}. Inside what was assumed none of them turns it.",
    "rests.close": (
        "The answer rests most on {numbers}. Inside what was assumed none of them turns it beyond chance; {number} "
        "comes closest, near {value}."
    ),
    "then": "{one}, then {other}",
    "explains": "{number} ({share} of the variance)",
    "no cost": "In this model direct contact has no cost; the result is an assumption.",
    "of a party": "{quantity} of {party}",
    "no agreement": "what no agreement is worth to {party}",
    "option": "what '{option}' is worth to {party}",
})  # fmt: skip


def said(key: str, **values: Value) -> Said:
    """Return one of the messages with what stands in its gaps."""
    return Said(MESSAGES[key], values)
