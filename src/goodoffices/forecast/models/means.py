"""Means, medians and the plurality: the models with a closed form.

References
----------
.. [1] J. M. M. Van den Bos (1991). Dutch EC Policy Making. Thesis, Groningen. The capability x salience mean.
.. [2] F. N. Stokman & J. M. M. Van den Bos (1992). A two-stage model of policy making. Res. in Politics and Society 4.
.. [3] C. H. Achen (2006). Evaluating political decision-making models; in Thomson et al. (eds), The European Union
   Decides, Cambridge, 264-298. Why that mean approximates the Nash solution when no agreement is dire.
.. [4] D. Black (1948). On the rationale of group decision-making. J. Political Economy 56(1), 23-34. The median.
.. [5] B. Bueno de Mesquita (1997). A decision making model. International Interactions 23(3-4), eq. 26-29.
"""

from __future__ import annotations

import numpy as np

from goodoffices.errors import ForecastInputError, ForecastUndefinedError
from goodoffices.forecast.inputs.columns import FloatArray
from goodoffices.forecast.inputs.model_input import Numbers, weights
from goodoffices.forecast.models.base import Model, ModelAnswer
from goodoffices.phrases.phrase import Phrase

_SUM_TOLERANCE = 1e-12  # sums of weights that should be equal differ by rounding


def weighted_mean(x: FloatArray, w: FloatArray) -> float:
    """Return sum(w x) / sum(w), clipped to the range of the positions because of rounding."""
    return float(min(max((w * x).sum() / w.sum(), x.min()), x.max()))


def weighted_median(x: FloatArray, w: FloatArray) -> tuple[float, ...]:
    """Return the lower weighted median, and the next position too if the cumulated weight is exactly half.

    The first x in sorted order whose cumulated weight reaches half of the whole.
    """
    options, of_option = np.unique(x, return_inverse=True)
    carried = np.bincount(of_option, weights=w)
    cumulated = np.cumsum(carried)
    half = cumulated[-1] / 2.0
    at = int(np.flatnonzero(cumulated >= half - _SUM_TOLERANCE)[0])
    found = float(options[at])
    if abs(cumulated[at] - half) <= _SUM_TOLERANCE * max(1.0, half):
        later = options[(options > found) & (carried > 0)]
        if later.size:
            return (found, float(later[0]))
    return (found,)


def compromise() -> Model:
    """Build the mean weighted with capability x salience: sum(c s x) / sum(c s) [1]_ [2]_ [3]_."""
    return _mean_model("compromise", lambda numbers: weights(numbers), lambda s, c: c * s)


def mean() -> Model:
    """Build the plain mean of positions."""
    return _mean_model("mean", lambda numbers: np.ones(len(numbers.actors)), lambda s, c: np.ones_like(s))


def mean_salience() -> Model:
    """Build the mean weighted with salience alone."""
    return _mean_model("mean:salience", lambda numbers: _positive(numbers, 1), lambda s, c: s)


def mean_capability() -> Model:
    """Build the mean weighted with capability alone."""
    return _mean_model("mean:capability", lambda numbers: _positive(numbers, 2), lambda s, c: c)


def median() -> Model:
    """Build the plain median: the middle value, for even n the mean of the two middle ones."""

    def run(numbers: Numbers) -> ModelAnswer:
        x, _, _ = numbers.vectors()
        return ModelAnswer(point=np.array([np.median(x)]))

    return Model(name="median", run=run, many=lambda x, s, c, numbers: np.median(x, axis=1))


def median_weighted() -> Model:
    """Build the median weighted with capability x salience, the Condorcet winner of votes by distance [4]_ [5]_."""

    def run(numbers: Numbers) -> ModelAnswer:
        x, _, _ = numbers.vectors()
        found = weighted_median(x, weights(numbers))
        return ModelAnswer(point=np.array([found[0]]), ties=found if len(found) > 1 else ())

    return Model(name="median:weighted", run=run, many=lambda x, s, c, numbers: _many_medians(x, s * c))


def plurality() -> Model:
    """Build the position with the most capability x salience. On ties it is the lowest, and all are listed."""

    def run(numbers: Numbers) -> ModelAnswer:
        x, _, _ = numbers.vectors()
        w = weights(numbers)
        options = np.unique(x)
        carried = np.array([w[x == option].sum() for option in options])
        found = options[carried >= carried.max() * (1 - _SUM_TOLERANCE)]
        return ModelAnswer(point=found[:1].copy(), ties=tuple(found.tolist()) if found.size > 1 else ())

    return Model(name="plurality", run=run)


def constant(at: float = 50.0) -> Model:
    """Build the trivial model: always the same point of the scale, ``at`` of 100."""
    if not 0 <= at <= 100:
        raise ForecastInputError(f"at={at:g} is outside the scale; give a number from 0 to 100")

    def run(numbers: Numbers) -> ModelAnswer:
        numbers.vectors()
        return ModelAnswer(point=np.array([float(at)]))

    return Model(name="constant", run=run, options=(("at", float(at)),))


def _mean_model(name, of_numbers, of_arrays) -> Model:  # type: ignore[no-untyped-def]
    def run(numbers: Numbers) -> ModelAnswer:
        x, _, _ = numbers.vectors()
        return ModelAnswer(point=np.array([weighted_mean(x, of_numbers(numbers))]))

    def many(x: FloatArray, s: FloatArray, c: FloatArray, numbers: Numbers) -> FloatArray:
        w = of_arrays(s, c)
        with np.errstate(invalid="ignore"):  # without any weight there is no answer: not a number
            return np.asarray((w * x).sum(axis=1) / w.sum(axis=1), dtype=np.float64)

    return Model(name=name, run=run, many=many)


def _positive(numbers: Numbers, column: int) -> FloatArray:
    w = numbers.vectors()[column]
    if not w.sum() > 0:
        what = ("", Phrase("saliences"), Phrase("capabilities"))[column]
        raise ForecastUndefinedError(
            Phrase("all {what} on issue {issue} are 0; use the model 'mean'", what=what, issue=repr(numbers.issues[0]))
        )
    return w


def _many_medians(x: FloatArray, w: FloatArray) -> FloatArray:
    order = np.argsort(x, axis=1, kind="stable")
    places = np.take_along_axis(x, order, axis=1)
    cumulated = np.cumsum(np.take_along_axis(w, order, axis=1), axis=1)
    reached = cumulated >= cumulated[:, -1:] / 2.0 - _SUM_TOLERANCE
    return np.asarray(places[np.arange(len(x)), reached.argmax(axis=1)], dtype=np.float64)
