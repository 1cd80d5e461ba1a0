"""A forecast: a point, how far to trust it, and everything that it depends on."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np

from goodoffices.canonical_json import result_json
from goodoffices.data_class import dataclass
from goodoffices.errors import ForecastInputError
from goodoffices.forecast.analysis.veto_core import Core, Filter
from goodoffices.forecast.distributions import Distribution
from goodoffices.forecast.inputs.argument_checks import kind_in, number_in
from goodoffices.forecast.inputs.columns import FloatArray
from goodoffices.forecast.inputs.lineup import Lineup
from goodoffices.forecast.inputs.uncertain_values import Draws
from goodoffices.forecast.models.base import Move
from goodoffices.text_tables import table_text

if TYPE_CHECKING:
    pass


_SHOWN = 5
NOT_VALIDATED = "Nothing here has been validated on peace talks."


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeShares:
    """The shares of a forecast's variance that come from uncertain inputs and from the model's own errors."""

    inputs: float
    model: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Forecast:
    """What one model says about one issue. Positions are on the issue's scale.

    Attributes
    ----------
    point, ties
        The point, and all tied points if there are several; then ``point`` is the lowest.
    distribution
        Calibrated if ``calibration`` is not None; otherwise the model's own, or the spread of the draws, or the point.
    moves, positions
        Who moved when and because of whom; positions (turns + 1, n, d) of ``actors`` on ``inputs.issues``, or None.
    influence
        For each actor, how the point would change if the actor were absent; for models without turns.
    calibration
        Name, cases and domain in one line; None if it is not calibrated.
    by_source
        The point according to each source, if sources contradict each other.
    without_backing
        The point without backing, if there is any.
    """

    issue: str
    model: str
    options: tuple[tuple[str, Any], ...]
    point: float
    distribution: Distribution
    inputs: Lineup
    variant: str = ""
    ties: tuple[float, ...] = ()
    actors: tuple[str, ...] = ()
    moves: tuple[Move, ...] = ()
    positions: FloatArray | None = None
    influence: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    core: Core | None = None
    filter: Filter | None = None
    calibration: str | None = None
    warnings: tuple[str, ...] = ()
    draws: Draws | None = None
    shares: OutcomeShares | None = None
    by_source: tuple[tuple[str, float], ...] = ()
    without_backing: float | None = None
    stopped: str = ""
    details: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def seed(self) -> int | None:
        """The seed of the draws, or None without draws."""
        return None if self.draws is None else self.draws.seed

    @property
    def origin(self) -> tuple[tuple[str, str, str, str], ...]:
        """(actor, issue, column, source) of every cell that came with a source."""
        return self.inputs.origin

    @property
    def compartments(self) -> frozenset[str]:
        """The compartments of its assessments. A seat that may not see one of them may not see the forecast."""
        return self.inputs.compartments

    def interval(self, level: float = 0.8) -> tuple[float, float]:
        """Return the central interval with probability ``level``."""
        return self.distribution.interval(level)

    def probability(self, low: float, high: float) -> float:
        """Return the probability of [low, high], both ends included."""
        return self.distribution.probability(low, high)

    def conditional(self) -> Distribution | None:
        """Return the distribution given that the outcome is inside the veto core, or None if nothing is inside."""
        return None if self.core is None else self.distribution.conditional(self.core.accepts)

    def __repr__(self) -> str:
        low, high = self.interval(0.8)
        told = f"{self.point:.4g}, 80 % {low:.4g}..{high:.4g}, {self.model}, {len(self.actors)} actors"
        return f"<Forecast {self.issue}: {told}>"

    def __str__(self) -> str:
        low, high = self.interval(0.8)
        lines = [f"{self.issue}: {self.point:.4g}, by {self.model}" + (f" ({self.variant})" if self.variant else "")]
        if self.ties:
            lines.append(f"  tied points: {', '.join(f'{value:.4g}' for value in self.ties)}; the lowest is shown")
        lines.append(f"  80 % interval {low:.4g} to {high:.4g}; calibration: {self.calibration or 'not calibrated'}")
        lines += [f"  {line}" for line in (*self._middle(), *self._why(), *(f"warning: {w}" for w in self.warnings))]
        return "\n".join([*lines, f"  {NOT_VALIDATED} How far to trust this: docs/explanation/forecast.md"])

    def _middle(self) -> list[str]:
        lines = []
        if self.shares is not None:
            lines.append(f"variance from inputs {self.shares.inputs:.0%}, from the model {self.shares.model:.0%}")
        lines += [f"as {source} has it: {value:.4g}" for source, value in self.by_source]
        if self.without_backing is not None:
            lines.append(f"without backing: {self.without_backing:.4g}")
        if self.core is not None:
            lines.append(str(self.core))
        if self.filter is not None:
            lines.append(self.filter.text)
        return lines

    def _why(self) -> list[str]:
        if self.moves:
            largest = sorted(self.moves, key=lambda move: -abs(move.end - move.start))[:_SHOWN]
            return [move.text for move in largest] + ([f"ended: {self.stopped}"] if self.stopped else [])
        ranked = sorted(self.influence.items(), key=lambda entry: -abs(entry[1]))[:_SHOWN]
        return [f"without {name} the point would move by {change:+.4g}" for name, change in ranked]

    def to_rows(self) -> list[dict[str, Any]]:
        """Return one row per turn and actor: model, issue, turn, actor, position; one-shot models have turn 0."""
        path = self.positions
        if path is None:
            at = self.inputs.issue_index(self.issue)
            rows = [self.inputs.actor_index(name) for name in self.actors]
            path = self.inputs.position[rows][None][:, :, [at]]
            issues: tuple[str, ...] = (self.issue,)
        else:
            issues = self.inputs.issues if path.shape[2] == len(self.inputs.issues) else (self.issue,)
        return [
            {"model": self.model, "issue": issue, "turn": turn, "actor": name, "position": float(path[turn, i, at])}
            for at, issue in enumerate(issues)
            for turn in range(path.shape[0])
            for i, name in enumerate(self.actors)
            if not np.isnan(path[turn, i, at])
        ]

    def to_dict(self) -> dict[str, Any]:
        """Return what `to_json` writes, as plain values."""
        low, high = self.interval(0.8)
        return {
            "issue": self.issue, "model": self.model, "variant": self.variant,
            "options": [list(option) for option in self.options],
            "point": self.point, "ties": list(self.ties), "interval_80": [low, high],
            "atoms": self.distribution.atoms, "weights": self.distribution.weights,
            "moves": [
                {name: getattr(move, name) for name in Move.__slots__} for move in self.moves
            ],
            "influence": dict(self.influence), "core": None if self.core is None else str(self.core),
            "probability_in_core": None if self.filter is None else self.filter.probability,
            "calibration": self.calibration, "warnings": list(self.warnings), "seed": self.seed,
            "draws": None if self.draws is None else self.draws.n, "stopped": self.stopped,
            "by_source": [list(entry) for entry in self.by_source], "without_backing": self.without_backing,
            "origin": [list(entry) for entry in self.origin], "inputs": self.to_rows(),
        }  # fmt: skip

    def to_json(self) -> str:
        """Return canonical JSON: sorted keys, floats as ``repr`` writes them."""
        return result_json(self.to_dict())

    def digest(self) -> str:
        """Return the SHA-256 of the canonical JSON, to be sealed in the record before the outcome is known."""
        return hashlib.sha256(self.to_json().encode()).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ForecastComparison:
    """Forecasts of several issues by several models, with the same draws. They are deliberately not combined."""

    forecasts: tuple[Forecast, ...]
    refused: tuple[tuple[str, str, str], ...] = ()

    def of(self, issue: str, model: str) -> Forecast:
        """Return the forecast of one issue by one model, by the name that was asked for."""
        for found in self.forecasts:
            if found.issue == issue and found.model == model:
                return found
        raise ForecastInputError(f"there is no forecast of {issue!r} by {model!r}; see 'refused'")

    def to_rows(self) -> list[dict[str, Any]]:
        """Return issue, model, point, q10, q90, calibration per forecast."""
        return [
            {"issue": one.issue, "model": one.model, "point": one.point, "q10": one.interval()[0],
             "q90": one.interval()[1], "calibration": one.calibration or "not calibrated"}
            for one in self.forecasts
        ]  # fmt: skip

    def to_json(self) -> str:
        """Return canonical JSON of all forecasts and refusals."""
        return result_json({"forecasts": [one.to_dict() for one in self.forecasts], "refused": self.refused})

    def digest(self) -> str:
        """Return the SHA-256 of the canonical JSON."""
        return hashlib.sha256(self.to_json().encode()).hexdigest()

    def __repr__(self) -> str:
        return f"<Comparison: {len(self.forecasts)} forecasts, {len(self.refused)} refused>"

    def __str__(self) -> str:
        head = ("issue", "model", "point", "80 % interval", "calibrated")
        rows = [
            (
                one.issue,
                one.model,
                f"{one.point:.4g}",
                "{:.4g} to {:.4g}".format(*one.interval()),
                "yes" if one.calibration else "no",
            )
            for one in self.forecasts
        ]
        lines = [table_text(head, rows)] + [f"{issue}: {model} refused: {why}" for issue, model, why in self.refused]
        notes = dict.fromkeys(one.calibration for one in self.forecasts if one.calibration)
        lines += [f"calibration {note}" for note in notes]
        return "\n".join([*lines, f"{NOT_VALIDATED} How far to trust this: docs/explanation/forecast.md"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """How good a forecast was, once the outcome is known. On the issue's scale; lower is better."""

    abs_error: float
    crps: float
    inside_80: bool
    pit: float


def score(forecast: Forecast, outcome: float, *, u: float = 0.5) -> Score:
    """Score a forecast against the outcome.

    Parameters
    ----------
    u
        The place within a jump of the distribution at which the transform is taken, in [0, 1]. Over many cases, draw it
        from a seed.
    """
    kind_in(forecast, "the forecast", Forecast, "give what forecast returns")
    low, high = forecast.inputs.scale[forecast.inputs.issue_index(forecast.issue)]
    outcome = number_in(outcome, "the outcome")
    if not low <= outcome <= high:
        raise ForecastInputError(
            f"the outcome {outcome:g} is outside the scale of {forecast.issue!r}, {low:g} to {high:g}"
        )
    q10, q90 = forecast.interval(0.8)
    return Score(
        abs_error=abs(forecast.point - outcome),
        crps=forecast.distribution.crps(outcome),
        inside_80=q10 <= outcome <= q90,
        pit=forecast.distribution.pit(outcome, u),
    )
