"""What somebody estimates about a party: the worth of options, how much an issue matters, what it would never accept.

Numbers keep the decimals of the file exactly, as fractions. An assessment is an estimate, never the party's own word;
who may see it is its compartment.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from goodoffices.errors import ScenarioError

__all__ = ["Assessment", "Estimate"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A number, or a range with the likeliest value where one is given. A number has both ends equal."""

    low: Fraction
    high: Fraction
    mode: Fraction | None = None

    def __post_init__(self) -> None:
        middle = self.mode if self.mode is not None else self.low
        if not self.low <= middle <= self.high:
            raise ScenarioError(
                f"an estimate runs from low over mode to high; got {self.low}, {self.mode}, {self.high}"
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """One estimate about a party, on one issue or, without an issue, on the talks as a whole.

    ``worth`` pairs options with estimates in the party's own points. ``ranking`` orders options instead, best first,
    equals together. ``is_invented`` marks teaching material.
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
