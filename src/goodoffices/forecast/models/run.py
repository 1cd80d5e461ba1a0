"""Run one model on lineups: points on 0..100, the spread of positions, and many cases at a time."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from goodoffices.errors import ForecastInputError, ForecastUndefinedError
from goodoffices.forecast.inputs.columns import FloatArray
from goodoffices.forecast.inputs.from_tables import joined
from goodoffices.forecast.inputs.lineup import Lineup
from goodoffices.forecast.inputs.model_input import Numbers, numbers_of
from goodoffices.forecast.models.base import Model, ModelAnswer

FLOOR = 5.0  # smallest spread, on 0..100: a smaller one would give a case too much weight


def spread_of(numbers: Numbers, floor: float = FLOOR) -> float:
    """Return max(floor, the weighted sd of positions about the compromise); unweighted if all weights are 0."""
    x, s, c = numbers.vectors()
    return float(spread_of_draws(x[None], (s * c)[None], floor)[0])


def spread_of_draws(x: FloatArray, w: FloatArray, floor: float) -> FloatArray:
    """Return the spread per draw, (D,). x, w: (D, n)."""
    total = w.sum(axis=1, keepdims=True)
    parts = np.where(total > 0, w, 1.0)
    parts = parts / parts.sum(axis=1, keepdims=True)
    middle = (parts * x).sum(axis=1, keepdims=True)
    return np.asarray(np.maximum(floor, np.sqrt((parts * (x - middle) ** 2).sum(axis=1))), dtype=np.float64)


def answer_of(model: Model, lineup: Lineup, issue: str) -> tuple[ModelAnswer, int]:
    """Return the answer of ``model`` at the mode, and the place of ``issue`` in the answer's point.

    A model that trades across issues gets all issues. So does a joint model if all actors have positions on all issues.
    Every other model gets the one issue.
    """
    if model.joint and len(lineup.issues) > 1:
        return model.run(numbers_of(lineup)), lineup.issue_index(issue)
    return model.run(numbers_of(lineup, [issue])), 0


def percent_points(model: Model, lineups: Sequence[Lineup], clusters: Sequence[str]) -> FloatArray:
    """Return the point of each one-issue lineup on 0..100, (N,); NaN if the model has no answer.

    A model that trades gets the issues of a cluster together, with actors sorted by name.
    """
    if not model.trades:
        return np.array([_point(model, lineup) for lineup in lineups])
    points = np.full(len(lineups), np.nan)
    for cluster in dict.fromkeys(clusters):
        rows = [at for at, name in enumerate(clusters) if name == cluster]
        found = _joint_points(model, [lineups[at] for at in rows])
        points[rows] = found
    return points


def _point(model: Model, lineup: Lineup) -> float:
    try:
        return float(model.run(numbers_of(lineup)).point[0])
    except ForecastUndefinedError:
        return float("nan")


def _joint_points(model: Model, lineups: list[Lineup]) -> list[float]:
    names = [lineup.issues[0] for lineup in lineups]
    if len(set(names)) < len(names):
        raise ForecastInputError(f"issues {names} decided together have the same name; give each its own")
    try:
        return [float(value) for value in model.run(numbers_of(joined(lineups))).point]
    except ForecastUndefinedError:
        return [_point(model, lineup) for lineup in lineups]
