"""Nash bargaining with a cost of no deal, which a mediator can influence.

Losses L_i(x) = (|x - x_i| / 100)^p; gains G_i(x) = N_i - L_i(x). The point maximises sum w_i ln G_i(x) where all
G_i > 0. ``nbs:no-deal``: N_i = K, the same for all. ``nbs:reference``: N_i = L_i(rp) + phi_i, what the status quo and
the cost of no deal are worth to each. ``ks:reference`` maximises the smallest share G_i / max G_i instead.

References
----------
.. [1] J. F. Nash (1950). The bargaining problem. Econometrica 18(2), 155-162.
.. [2] E. Kalai & M. Smorodinsky (1975). Other solutions to Nash's bargaining problem. Econometrica 43(3), 513-518.
.. [3] C. H. Achen (2006), as in `means`: with p = 2 and K large the point tends to the compromise.
"""

from __future__ import annotations

import numpy as np

from goodoffices.errors import ForecastInputError, ForecastUndefinedError
from goodoffices.forecast.inputs.argument_checks import number_in, whole_in
from goodoffices.forecast.inputs.columns import FloatArray
from goodoffices.forecast.inputs.model_input import Numbers, weights
from goodoffices.forecast.models.base import Model, ModelAnswer
from goodoffices.phrases.phrase import Phrase

_STEPS = 60  # number of halvings of 0..100, to below 1e-15
_KINK = 1e-9  # a maximum this near to a position counts as at the position


def losses(x: FloatArray, at: float | FloatArray, power: int) -> FloatArray:
    """Return (|at - x| / 100)^power, the loss at ``at`` of each actor at x; 0..1."""
    return np.asarray((np.abs(np.asarray(at) - x) / 100.0) ** power, dtype=np.float64)


def nbs_no_deal(K: float = 1.05, p: int = 1) -> Model:  # noqa: N803 - the letter of the literature
    """Build the Nash solution with the same worth K of no deal for all, p = 1 (linear) or 2 (quadratic losses)."""
    _check_power(p)

    number_in(K, "K")

    def run(numbers: Numbers) -> ModelAnswer:
        x, _, _ = numbers.vectors()
        w = weights(numbers)
        point = _many(x[None], w[None], np.full((1, x.size), float(K)), p)[0]
        if np.isnan(point):
            spread = losses(x[w > 0].max(), x[w > 0].min(), p) / 2**p
            raise ForecastUndefinedError(
                Phrase(
                    "K={cost} leaves no point that everyone prefers to no deal (at least {least} is needed); raise K, "
                    "or use 'compromise'",
                    cost=f"{K:g}",
                    least=f"{spread:.4g}",
                )
            )
        return ModelAnswer(point=np.array([point]))

    def many(x: FloatArray, s: FloatArray, c: FloatArray, numbers: Numbers) -> FloatArray:
        return _many(x, s * c, np.full(x.shape, float(K)), p)

    return Model(name="nbs:no-deal", run=run, many=many, options=(("K", float(K)), ("p", p)))


def nbs_reference(phi: float = 1.0, p: int = 2) -> Model:
    """Build the Nash solution against the status quo; phi is the cost of no deal as a share of the scale.

    If the lineup says what no deal costs each actor, that replaces ``phi``. If no point is better for all than no deal,
    the answer is the reference itself, with a warning.
    """
    return _reference_model("nbs:reference", phi, p, _many)


def ks_reference(phi: float = 1.0, p: int = 2) -> Model:
    """Build the Kalai-Smorodinsky solution against the status quo: the largest smallest share of possible gains."""
    return _reference_model("ks:reference", phi, p, _fairest)


def _reference_model(name, phi, p, solve) -> Model:  # type: ignore[no-untyped-def]
    _check_power(p)

    def run(numbers: Numbers) -> ModelAnswer:
        x, _, _ = numbers.vectors()
        w = weights(numbers)
        reference = _reference(numbers, name)
        cost = np.full(x.size, float(phi)) if numbers.no_deal_cost is None else numbers.no_deal_cost
        worst = losses(x, reference, p) + cost
        point = solve(x[None], w[None], worst[None], p)[0]
        if np.isnan(point):
            return ModelAnswer(
                point=np.array([reference]), warnings=(Phrase("no zone of agreement at this cost of no deal"),)
            )
        return ModelAnswer(point=np.array([point]))

    def many(x: FloatArray, s: FloatArray, c: FloatArray, numbers: Numbers) -> FloatArray:
        reference = _reference(numbers, name)
        cost = float(phi) if numbers.no_deal_cost is None else numbers.no_deal_cost
        found = solve(x, s * c, losses(x, reference, p) + cost, p)
        return np.where(np.isnan(found), reference, found)

    return Model(name=name, run=run, many=many, options=(("phi", float(phi)), ("p", p)), needs_reference=True)


def _check_power(p: int) -> None:
    whole_in(p, "p", 1)
    if p not in (1, 2):
        raise ForecastInputError(f"p={p} is not a loss of this model; use 1 (linear) or 2 (quadratic)")


def _reference(numbers: Numbers, name: str) -> float:
    found = float(numbers.reference[0])
    if np.isnan(found):
        raise ForecastUndefinedError(
            Phrase(
                "{model} needs the reference point of issue {issue}, which is not known; use 'nbs:no-deal'",
                model=name,
                issue=repr(numbers.issues[0]),
            )
        )
    return found


def _feasible(x: FloatArray, w: FloatArray, worst: FloatArray, p: int) -> tuple[FloatArray, FloatArray]:
    """Return the interval in which all gains are positive, as low and high per draw; low >= high if it is empty."""
    reach = 100.0 * np.sign(worst) * np.abs(worst) ** (1.0 / p)
    counted = w > 0
    low = np.where(counted, x - reach, -np.inf).max(axis=1)
    high = np.where(counted, x + reach, np.inf).min(axis=1)
    never = (counted & (worst <= 0)).any(axis=1)
    return np.maximum(low, 0.0), np.where(never, -np.inf, np.minimum(high, 100.0))


def _slope(z: FloatArray, x: FloatArray, w: FloatArray, worst: FloatArray, p: int) -> FloatArray:
    """Return the right-hand derivative of sum w ln G at z, up to a positive factor, (D,)."""
    gap = (z[:, None] - x) / 100.0
    steep = np.where(gap >= 0, 1.0, -1.0) if p == 1 else 2.0 * gap
    gain = worst - np.abs(gap) ** p
    with np.errstate(divide="ignore", invalid="ignore"):
        terms = np.where(w > 0, -w * steep / np.where(gain > 0, gain, np.nan), 0.0)
    # at the edge of the feasible interval a gain is 0, so the slope points inward
    edge = np.where((w > 0) & (gain <= 0), -np.sign(gap), 0.0).sum(axis=1)
    return np.asarray(np.where(edge != 0, edge, np.nan_to_num(terms).sum(axis=1)), dtype=np.float64)


def _many(x: FloatArray, w: FloatArray, worst: FloatArray, p: int) -> FloatArray:
    """Return the maximum of sum w ln(worst - losses) per draw, NaN if nothing is feasible. All arrays (D, n)."""
    low, high = _feasible(x, w, worst, p)
    empty = low >= high
    low, high = np.where(empty, 0.0, low), np.where(empty, 100.0, high)
    for _ in range(_STEPS):
        middle = (low + high) / 2.0
        rising = _slope(middle, x, w, worst, p) > 0
        low, high = np.where(rising, middle, low), np.where(rising, high, middle)
    point = (low + high) / 2.0
    if p == 1:  # the objective has a kink at every position
        away = np.where(w > 0, np.abs(x - point[:, None]), np.inf)
        near = away.argmin(axis=1)
        rows = np.arange(len(x))
        point = np.where(away[rows, near] < _KINK, x[rows, near], point)
    return np.where(empty, np.nan, point)


def _fairest(x: FloatArray, w: FloatArray, worst: FloatArray, p: int) -> FloatArray:
    """Return the point with the largest min_i G_i / worst_i per draw. The smallest share falls on both sides of it."""
    low, high = _feasible(x, w, worst, p)
    empty = low >= high
    low, high = np.where(empty, 0.0, low), np.where(empty, 100.0, high)

    def least(z: FloatArray) -> FloatArray:
        with np.errstate(divide="ignore", invalid="ignore"):
            share = (worst - (np.abs(z[:, None] - x) / 100.0) ** p) / worst
        return np.asarray(np.where(w > 0, share, np.inf).min(axis=1), dtype=np.float64)

    for _ in range(2 * _STEPS):
        third = (high - low) / 3.0
        better = least(low + third) < least(high - third)
        low, high = np.where(better, low + third, low), np.where(better, high, high - third)
    return np.where(empty, np.nan, (low + high) / 2.0)
