"""Estimates about a party: the worth of options, how much an issue matters, what it would never accept.

Numbers are fractions, so that the decimals of the file are kept exactly. An assessment is somebody's estimate, and
never the party's own word. Its compartment says who may see it.
"""

from __future__ import annotations

from fractions import Fraction

from goodoffices.data_class import dataclass
from goodoffices.errors import ScenarioError
from goodoffices.phrases.phrase import Phrase


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A number, or a range with its likeliest value if that is given. For a number both ends are equal."""

    low: Fraction
    high: Fraction
    mode: Fraction | None = None

    def __post_init__(self) -> None:
        middle = self.mode if self.mode is not None else self.low
        if not self.low <= middle <= self.high:
            raise ScenarioError(
                Phrase(
                    "an estimate runs from low over mode to high; got {low}, {mode}, {high}",
                    low=str(self.low),
                    mode=str(self.mode),
                    high=str(self.high),
                )
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """One estimate about a party, on one issue or, without an issue, on the talks as a whole.

    ``worth`` pairs options with estimates in the party's own points. ``ranking`` is used instead if only the order is
    known: best first, equal options together. ``point`` is where the party stands on the scale of the issue;
    ``stands_at`` gives an option of the scale instead. ``is_invented`` marks teaching material.
    """

    party: str
    issue: str | None = None
    worth: tuple[tuple[str, Estimate], ...] = ()
    ranking: tuple[tuple[str, ...], ...] = ()
    salience: Estimate | None = None
    capability: Estimate | None = None
    reservation_value: Estimate | None = None
    red_lines: tuple[str, ...] = ()
    confidence: str = ""
    sources: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    compartment: str | None = None
    is_invented: bool = False
    point: Estimate | None = None
    stands_at: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """The options of an issue as points on a line, so that parties and outcomes can be placed between them.

    Parameters
    ----------
    places
        Options with their place, in any order.
    low, high
        The ends of the scale.
    status_quo
        The place of the situation without an agreement, if that is known.
    order
        Parties by where they stand, highest first and equals together; for use if only their order is known.
    compartment
        Who may see it.
    """

    issue: str
    places: tuple[tuple[str, Fraction], ...]
    low: Fraction
    high: Fraction
    status_quo: Fraction | None = None
    order: tuple[tuple[str, ...], ...] = ()
    sources: tuple[str, ...] = ()
    compartment: str | None = None
    is_invented: bool = False

    def __post_init__(self) -> None:
        if not self.low < self.high:
            raise ScenarioError(
                Phrase(
                    "the scale of issue {issue} runs from {low} to {high}; the first must be the smaller",
                    issue=repr(self.issue),
                    low=str(self.low),
                    high=str(self.high),
                )
            )
        placed = (*self.places, *((("the status quo", self.status_quo),) if self.status_quo is not None else ()))
        for name, place in placed:
            if not self.low <= place <= self.high:
                raise ScenarioError(
                    Phrase(
                        "on the scale of issue {issue}, {name} stands at {place}, outside {low} to {high}",
                        issue=repr(self.issue),
                        name=str(name),
                        place=f"{float(place):g}",
                        low=f"{float(self.low):g}",
                        high=f"{float(self.high):g}",
                    )
                )
