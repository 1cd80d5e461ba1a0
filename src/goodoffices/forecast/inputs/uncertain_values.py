"""Entries of a lineup that are not numbers: ranges, rankings, and claims that contradict each other.

Contradictory claims are never averaged. Each draw uses one source for all cells.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from numbers import Integral
from typing import Any

from goodoffices.data_class import dataclass
from goodoffices.errors import ForecastInputError
from goodoffices.forecast.inputs.argument_checks import names_in


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A range with its likeliest value. Draws are from the triangular distribution."""

    low: float
    mode: float
    high: float

    def __post_init__(self) -> None:
        if not (math.isfinite(self.low) and math.isfinite(self.high) and self.low <= self.mode <= self.high):
            raise ForecastInputError(
                f"a range needs low <= mode <= high; got {self.low:g}, {self.mode:g}, {self.high:g}: reorder them"
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Contested:
    """Several claims about one value, each with its source, in the order given. The first is used as the mode."""

    claims: tuple[tuple[str, float | Span], ...]

    def __post_init__(self) -> None:
        names = [source for source, _ in self.claims]
        if len(names) < 2 or len(set(names)) < len(names):
            raise ForecastInputError(
                f"a contested value needs two or more claims from different sources; got {names}: name each source once"
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """The order of actors on the scale of one issue, highest first and equals together."""

    issue: str
    order: tuple[tuple[str, ...], ...]
    source: str = ""


Cell = float | Span | Contested


@dataclass(frozen=True, slots=True, kw_only=True)
class Uncertain:
    """A cell that is not a number: its actor, issue (-1: all issues) and column, and its value."""

    actor: int
    issue: int
    column: str
    cell: Span | Contested


@dataclass(frozen=True, slots=True, kw_only=True)
class Draws:
    """The number of draws of uncertain inputs, and their seed. The seed is required, so that results can be repeated.

    Attributes
    ----------
    coder_sd
        Standard deviation of the error in an assessed position, in hundredths of the scale.
    coder_correlation
        The correlation of these errors among actors assessed by the same source, in [0, 1].
    """

    n: int
    seed: int
    coder_sd: float = 0.0
    coder_correlation: float = 0.0

    def __post_init__(self) -> None:
        whole: tuple[tuple[str, Any], ...] = (("n", self.n), ("seed", self.seed))
        for name, given in whole:
            if not isinstance(given, Integral) or isinstance(given, bool):
                raise ForecastInputError(f"{name} is {given!r}; give a whole number")
        if self.n < 1:
            raise ForecastInputError(f"{self.n} draws are too few; use at least 1, 1000 is usual")
        if not (self.coder_sd >= 0 and 0 <= self.coder_correlation <= 1):
            raise ForecastInputError(
                f"coder_sd={self.coder_sd:g} must be at least 0, coder_correlation={self.coder_correlation:g} in [0, 1]"
            )
        if self.seed < 0:
            raise ForecastInputError(f"the seed {self.seed} is negative; use a whole number, 0 or more")


DEFAULT_DRAWS = Draws(n=10_000, seed=1)
"""The draws of a forecast that names none, in Python and in the terminal alike."""


def ranking(issue: str, text: str, *, actors: Sequence[str], source: str = "") -> Ranking:
    """Read a ranking like ``"A > B = C"``: A is highest on the scale of ``issue``, B and C share the next place.

    Raises
    ------
    ForecastInputError
        If a name is unknown or occurs twice (a cycle).
    """
    actors = names_in(actors, "actors", "['North', 'South']")
    names_in([issue, text], "issue and text of a ranking", "'A > B = C'")
    order = tuple(tuple(name.strip() for name in place.split("=")) for place in text.split(">"))
    seen: set[str] = set()
    for name in (name for place in order for name in place):
        if name not in actors:
            raise ForecastInputError(
                f"the ranking {text!r} on issue {issue!r} names {name!r}; known actors: {', '.join(actors)}"
            )
        if name in seen:
            raise ForecastInputError(
                f"the ranking {text!r} on issue {issue!r} is a circle: {name!r} occurs twice; name it once"
            )
        seen.add(name)
    return Ranking(issue=issue, order=order, source=source)


def mode_of(cell: Cell) -> float:
    """Return the number that is used for ``cell`` if one number is needed."""
    if isinstance(cell, Contested):
        return mode_of(cell.claims[0][1])
    return cell.mode if isinstance(cell, Span) else float(cell)


def ranked_modes(places: Ranking, scale: tuple[float, float]) -> Mapping[str, float]:
    """Return the expected places of a ranking: the m-th of k sorted uniforms is at m / (k + 1) of the scale."""
    low, high = scale
    count = len(places.order)
    return {
        name: low + (high - low) * (count - index) / (count + 1)
        for index, names in enumerate(places.order)
        for name in names
    }
