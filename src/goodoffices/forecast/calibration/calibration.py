"""Calibration: how wrong a model's point was on decisions with a known outcome, applied to a new decision.

For each training case h the scaled residual e_h = (y_h - m_h) / S_h, with y the outcome, m the model's point and S the
spread of positions, all on 0..100. The forecast for a new case g puts equal weight on clip(m_g + e_h S_g, 0, 100). No
distribution is assumed. It is valid only if the new case is like the old ones. The shipped cases are European Union
legislation, and every result says so.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from importlib.resources import files

import numpy as np

from goodoffices.data_class import dataclass
from goodoffices.errors import ForecastInputError, UnknownWordError
from goodoffices.forecast.distributions import Distribution
from goodoffices.forecast.inputs.argument_checks import kind_in, listed_in, number_in, word_in
from goodoffices.forecast.inputs.columns import FloatArray
from goodoffices.forecast.inputs.lineup import Case
from goodoffices.forecast.inputs.model_input import numbers_of, to_percent
from goodoffices.forecast.models.base import Model
from goodoffices.forecast.models.cards import model_named
from goodoffices.forecast.models.run import FLOOR, percent_points, spread_of
from goodoffices.phrases.phrase import Phrase

_FEWEST, _FEW = 30, 100
SPREADS = ("positions", "none")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Calibration:
    """Residuals of one model on one set of cases.

    Attributes
    ----------
    residuals
        (N,); in units of the spread, or in hundredths of the scale if ``spread`` is ``"none"``.
    clusters
        The cluster in which each case was decided.
    domain, date
        What the cases are, and when they were decided; printed with every forecast.
    """

    name: str
    model: str
    residuals: FloatArray
    clusters: tuple[str, ...]
    spread: str = "positions"
    floor: float = FLOOR
    domain: str = ""
    date: str = ""
    scale: tuple[float, float] = (0.0, 100.0)

    def __post_init__(self) -> None:
        if self.spread not in SPREADS:
            raise ForecastInputError(f"spread={self.spread!r} is not known; use one of {', '.join(SPREADS)}")
        if self.scale != (0.0, 100.0):
            raise ForecastInputError(
                f"the calibration {self.name!r} is on a scale of {self.scale}; residuals are on 0..100: convert them"
            )
        if len(self.residuals) < _FEWEST:
            raise ForecastInputError(
                f"the calibration {self.name!r} has only {len(self.residuals)} cases and needs at least {_FEWEST}; "
                "forecast without calibration until there are more"
            )
        self.residuals.setflags(write=False)

    @property
    def warnings(self) -> tuple[str, ...]:
        """Warnings about the number of cases."""
        count = len(self.residuals)
        return (Phrase("calibrated on {n} cases only; the interval is rough", n=str(count)),) if count < _FEW else ()

    @property
    def label(self) -> str:
        """Name, number of cases, domain and date in one line."""
        told = ", ".join(part for part in (self.domain, self.date) if part)
        return f"{self.name}: {len(self.residuals)} cases" + (f", {told}" if told else "")

    def around(self, point: float, spread: float) -> Distribution:
        """Return the distribution about a point on 0..100 whose positions have ``spread``."""
        width = spread if self.spread == "positions" else 1.0
        return Distribution.of(np.clip(point + self.residuals * width, 0.0, 100.0))


def calibrate(
    cases: Sequence[Case],
    model: str | Model,
    *,
    spread: str = "positions",
    floor: float = FLOOR,
    name: str = "own cases",
    domain: str = "",
) -> Calibration:
    """Return the residuals of ``model`` on the cases that have an outcome.

    Raises
    ------
    ForecastInputError
        If fewer than 30 cases remain.
    """
    listed_in(cases, "the cases", "as cases_of returns it")
    for case in cases:
        kind_in(case, "a case", Case, "give cases, as cases_of returns them")
    word_in(spread, "spread", SPREADS)
    number_in(floor, "floor")
    chosen = model_named(model)
    known = [case for case in cases if case.outcome is not None]
    points = percent_points(chosen, [case.lineup for case in known], [case.cluster for case in known])
    wide = np.array([spread_of(numbers_of(case.lineup), floor) if spread == "positions" else 1.0 for case in known])
    truth = np.array([float(to_percent(case.outcome or 0.0, case.lineup.scale[0])) for case in known])
    good = ~np.isnan(points)
    return Calibration(
        name=name,
        model=chosen.label,
        residuals=((truth - points) / wide)[good] if known else np.empty(0),
        clusters=tuple(case.cluster for case, kept in zip(known, good, strict=True) if kept),
        spread=spread,
        floor=floor,
        domain=domain,
    )


def shipped_calibration(name: str, model: Model) -> Calibration | None:
    """Return the calibration of ``model`` that comes with the package, or None if it has none.

    Raises
    ------
    UnknownWordError
        If the package has no calibration of that name.
    """
    if name != "deu3":
        raise UnknownWordError("calibration", name, ("deu3",))
    told = json.loads(files("goodoffices.forecast").joinpath("data", "deu3.json").read_text(encoding="utf-8"))
    bank = told["banks"].get(model.label)
    if bank is None:
        return None
    return Calibration(
        name=told["name"],
        model=model.label,
        residuals=np.array(bank["residuals"], dtype=np.float64),
        clusters=tuple(told["clusters"][at] for at in bank["clusters"]),
        spread=told["spread"],
        floor=told["floor"],
        domain=told["domain"],
        date=told["date"],
    )
