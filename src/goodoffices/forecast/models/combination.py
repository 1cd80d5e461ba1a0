"""The mean of several models' points, by default of compromise, ``pce:markov-uniform`` and ``ktab-smp``."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from goodoffices.errors import ForecastInputError
from goodoffices.forecast.inputs.columns import FloatArray
from goodoffices.forecast.inputs.model_input import Numbers
from goodoffices.forecast.models.base import Model, ModelAnswer
from goodoffices.forecast.models.condorcet import pce_markov_uniform
from goodoffices.forecast.models.means import compromise
from goodoffices.forecast.models.spatial import ktab_smp


def combination(members: Sequence[Model] | None = None, shares: Sequence[float] | None = None) -> Model:
    """Build the weighted mean of the points of ``members``, with equal weights unless ``shares`` are given.

    With few cases, fitted weights are rarely better than equal ones; see R. T. Clemen (1989). Combining forecasts. Int.
    J. Forecasting 5(4), 559-583.
    """
    chosen = tuple(members) if members is not None else (compromise(), pce_markov_uniform(), ktab_smp())
    parts = np.array(shares if shares is not None else [1.0 / len(chosen)] * len(chosen), dtype=float)
    if len(parts) != len(chosen) or (parts < 0).any() or abs(parts.sum() - 1) > 1e-9:
        raise ForecastInputError(f"shares {list(parts)} must be {len(chosen)} numbers of at least 0 that sum to 1")

    def run(numbers: Numbers) -> ModelAnswer:
        answers = [member.run(numbers) for member in chosen]
        point = sum(part * answer.point for part, answer in zip(parts, answers, strict=True))
        warnings = tuple(dict.fromkeys(warning for answer in answers for warning in answer.warnings))
        return ModelAnswer(point=np.asarray(point, dtype=np.float64), warnings=warnings)

    def many(x: FloatArray, s: FloatArray, c: FloatArray, numbers: Numbers) -> FloatArray:
        each = [member.many(x, s, c, numbers) for member in chosen if member.many is not None]
        return np.asarray(sum(part * points for part, points in zip(parts, each, strict=True)), dtype=np.float64)

    names = tuple(member.label for member in chosen)
    options = () if members is None and shares is None else (("members", names), ("shares", tuple(parts.tolist())))
    every = all(member.many is not None for member in chosen)
    return Model(name="combination", run=run, many=many if every else None, options=options)
