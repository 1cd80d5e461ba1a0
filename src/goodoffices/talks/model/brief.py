"""A seat's brief: what it is told before an exercise, in words for people and in numbers for an automated seat.

Briefs are invented teaching material. They are written for seats, never as a named person's view.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from fractions import Fraction

from goodoffices.data_class import dataclass
from goodoffices.errors import ScenarioError
from goodoffices.phrases.phrase import Phrase


@dataclass(frozen=True, slots=True, kw_only=True)
class RedLine:
    """An option that a seat may never accept."""

    issue: str
    option: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Temper:
    """How an automated seat takes what happens.

    Parameters
    ----------
    patience, pride
        From 0 to 100.
    beta
        How soon it gives way: 1 evenly over time, less means late, more means early.
    trust
        Seat to trust at the start, from 0 to 100. A seat that is not named has 50.
    """

    patience: int = 60
    pride: int = 50
    beta: Fraction = Fraction(1)
    trust: Mapping[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name, value in (("patience", self.patience), ("pride", self.pride), *self.trust.items()):
            if not 0 <= value <= 100:
                raise ScenarioError(
                    Phrase("{name} of a temper is {value}; it runs from 0 to 100", name=repr(name), value=str(value))
                )
        if self.beta <= 0:
            raise ScenarioError(
                Phrase("beta of a temper is {beta}; it is above 0, for example 1/2", beta=str(self.beta))
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """What one seat is given at the start of an exercise.

    Parameters
    ----------
    seat
        The seat, by its slug.
    words
        Language code to the brief as people read it, in Markdown.
    worths
        Issue to option to points. The best option of an issue need not have 100.
    weights
        Issue to its share of the whole. They add up to 1 when there are any.
    reservation_value
        The points below which no settlement is better than a settlement.
    red_lines
        Options that the seat may never accept.
    mandate
        Issue to the options that it may accept without asking its capital. An issue that is not named is open.
    kind
        What plays the seat when nobody does, for example ``cautious-delegation``.
    temper
        How that automated seat takes what happens.
    """

    seat: str
    words: Mapping[str, str] = field(default_factory=dict)
    worths: Mapping[str, Mapping[str, Fraction]] = field(default_factory=dict)
    weights: Mapping[str, Fraction] = field(default_factory=dict)
    reservation_value: Fraction = Fraction(0)
    red_lines: tuple[RedLine, ...] = ()
    mandate: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    kind: str = "silent"
    temper: Temper = field(default_factory=Temper)

    def __post_init__(self) -> None:
        if self.weights and sum(self.weights.values()) != 1:
            raise ScenarioError(
                Phrase(
                    "the weights in the brief of {seat} add up to {sum}; they add up to 1",
                    seat=repr(self.seat),
                    sum=str(sum(self.weights.values())),
                )
            )
        for line in self.red_lines:
            if line.option in self.mandate.get(line.issue, ()):
                raise ScenarioError(
                    Phrase(
                        "the brief of {seat} may accept {option} of {issue}, which is its red line; take it out of one "
                        "of the two",
                        seat=repr(self.seat),
                        option=repr(line.option),
                        issue=repr(line.issue),
                    )
                )

    def says(self, language: str) -> str:
        """Return the words in ``language``, or in English if there are none."""
        return self.words.get(language) or self.words.get("en", "")
