"""The veto core: the points that all actors that must sign prefer to no deal, and how the cost of no deal changes it.

With must-sign actors V, losses L_i(x) = |x - x_i| / 100 on 0..100 and the status quo rp, the core is the intersection
over V of {x : L_i(x) <= L_i(rp) + phi_i}: an interval. A positive phi (no deal hurts) makes it wider. A negative phi
(an actor gains from no deal) can make it empty. A forecast is filtered by the core, never replaced.
"""

from __future__ import annotations

import math
from collections.abc import Callable

from goodoffices.data_class import dataclass
from goodoffices.errors import ForecastInputError
from goodoffices.forecast.inputs.argument_checks import kind_in
from goodoffices.forecast.inputs.lineup import Lineup
from goodoffices.forecast.inputs.model_input import from_percent, numbers_of, to_percent
from goodoffices.phrases.phrase import Phrase

_REACH_TOLERANCE = 1e-9  # a point on the edge of the core is in it, even after rounding

Accept = Callable[[float], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Core:
    """The points that all actors that must sign would accept on one issue.

    Attributes
    ----------
    interval
        Low and high on the issue's scale; None if it is empty or not known.
    binding_low, binding_high
        The actor that sets each end; empty if it is the end of the scale.
    ideals
        (actor, position, accepted loss) of the actors that must sign, on 0..100 and in shares of the scale.
    reason
        Why nothing is known, or which actors exclude each other; empty if there is an interval.
    """

    issue: str
    scale: tuple[float, float]
    interval: tuple[float, float] | None
    is_known: bool
    binding_low: str = ""
    binding_high: str = ""
    ideals: tuple[tuple[str, float, float], ...] = ()
    reason: str = ""

    def accepts(self, value: float) -> bool:
        """Return whether all actors that must sign accept ``value``. True if nobody's limit is known."""
        if not self.is_known:
            return True
        if self.interval is None:
            return False
        slack = _REACH_TOLERANCE * (self.scale[1] - self.scale[0])
        return self.interval[0] - slack <= value <= self.interval[1] + slack

    def distance(self, value: float) -> float | None:
        """Return the distance of ``value`` from the core, on the issue's scale; None if there is no core."""
        if self.interval is None:
            return None
        return max(self.interval[0] - value, value - self.interval[1], 0.0)

    def cost_needed(self, value: float) -> tuple[tuple[str, float], ...]:
        """Return for each actor that must sign how much its cost of no deal must rise until it accepts ``value``."""
        place = float(to_percent(value, self.scale))
        return tuple((name, max(abs(place - ideal) / 100.0 - reach, 0.0)) for name, ideal, reach in self.ideals)

    def common_cost_needed(self, value: float) -> float | None:
        """Return the smallest common rise of the cost of no deal that makes ``value`` acceptable to all."""
        if not self.is_known:
            return None
        return max((needed for _, needed in self.cost_needed(value)), default=0.0)

    def __str__(self) -> str:
        if not self.is_known:
            return f"veto core of {self.issue}: cannot tell, {self.reason}"
        if self.interval is None:
            return f"veto core of {self.issue}: empty, {self.reason}"
        low, high = self.interval
        ends = [name or "the end of the scale" for name in (self.binding_low, self.binding_high)]
        return f"veto core of {self.issue}: {low:.4g} to {high:.4g}, bound below by {ends[0]}, above by {ends[1]}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """A forecast and the core: the probability inside it, and the distance of the point from it."""

    probability: float
    point_distance: float | None
    text: str


def veto_core(lineup: Lineup, *, issue: str | None = None) -> Core:
    """Return the veto core of one issue.

    Raises
    ------
    ForecastInputError
        If the lineup has several issues and none is named.

    Examples
    --------
    >>> wells = Lineup.from_arrays(["North", "South"], [0, 60], reference=100, must_sign=["South"], issues=["wells"])
    >>> print(veto_core(wells))
    veto core of wells: 20 to 100, bound below by South, above by South
    """
    kind_in(lineup, "the subject", Lineup, "give a Lineup, as Lineup.from_arrays or lineup_of makes it")
    name = _one_issue(lineup, issue)
    at = lineup.issue_index(name)
    scale = lineup.scale[at]
    unknown = Core(issue=name, scale=scale, interval=None, is_known=False)
    if not lineup.must_sign:
        return _replaced(unknown, reason=Phrase("nobody is said to have to sign"))
    if lineup.reference[at] is None:
        return _replaced(unknown, reason=Phrase("no reference point is known"))
    numbers = numbers_of(lineup, [name])
    signers = [row for row, actor in enumerate(numbers.actors) if actor in lineup.must_sign]
    reference = float(numbers.reference[0])
    x = numbers.position[:, 0]
    phi = numbers.no_deal_cost
    ideals = tuple(
        (
            numbers.actors[row],
            float(x[row]),
            abs(float(x[row]) - reference) / 100.0 + (0.0 if phi is None else float(phi[row])),
        )
        for row in signers
    )
    return _intersected(name, scale, ideals)


def _replaced(core: Core, *, reason: str) -> Core:
    return Core(issue=core.issue, scale=core.scale, interval=None, is_known=False, reason=reason)


def _one_issue(lineup: Lineup, issue: str | None) -> str:
    if issue is not None:
        return lineup.issues[lineup.issue_index(issue)]
    if len(lineup.issues) != 1:
        raise ForecastInputError(f"there are {len(lineup.issues)} issues; name one of {', '.join(lineup.issues)}")
    return lineup.issues[0]


def _intersected(name: str, scale: tuple[float, float], ideals: tuple[tuple[str, float, float], ...]) -> Core:
    low, high, below, above = 0.0, 100.0, "", ""
    for actor, ideal, reach in ideals:
        if reach < 0:
            return Core(issue=name, scale=scale, interval=None, is_known=True, ideals=ideals,
                        reason=Phrase("{actor} gains so much from no deal that it accepts no point at all",
                                      actor=actor))  # fmt: skip
        if ideal - 100.0 * reach > low or (not below and math.isclose(ideal - 100.0 * reach, low)):
            low, below = max(ideal - 100.0 * reach, low), actor
        if ideal + 100.0 * reach < high or (not above and math.isclose(ideal + 100.0 * reach, high)):
            high, above = min(ideal + 100.0 * reach, high), actor
    if low > high + 100.0 * _REACH_TOLERANCE:
        return Core(issue=name, scale=scale, interval=None, is_known=True, ideals=ideals, binding_low=below,
                    binding_high=above,
                    reason=Phrase("{one} and {other} exclude each other", one=below, other=above))  # fmt: skip
    ends = (float(from_percent(low, scale)), float(from_percent(max(high, low), scale)))
    return Core(
        issue=name, scale=scale, interval=ends, is_known=True, binding_low=below, binding_high=above, ideals=ideals
    )
