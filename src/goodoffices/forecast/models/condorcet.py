"""Probabilistic Condorcet elections over the positions held: the default point forecast.

Every actor votes between every two distinct positions. The strengths of the two coalitions give the probability that
one beats the other. Three rules turn these into a probability for each position. The point is the expectation.

References
----------
.. [1] B. P. Wise, L. Lester & B. Efird (2015). An introduction to the KAPSARC toolkit for behavioral analysis (KTAB)
   using one-dimensional spatial models. KAPSARC KS-1517-DP011A.
.. [2] B. P. Wise, L. Lester & B. Efird (2015). Multidimensional bargaining using KTAB. KAPSARC KS-1523-DP016A.
.. [3] B. Efird, L. Lester & B. Wise (2016). J. East Asian Studies 16, doi:10.1017/jea.2015.4.
"""

from __future__ import annotations

import numpy as np

from goodoffices.forecast.inputs.columns import FloatArray
from goodoffices.forecast.inputs.model_input import Numbers, weights
from goodoffices.forecast.models.base import Model, ModelAnswer, check_size, option_value

_MOST_ACTORS = 300  # more are compared pair by pair for minutes
VOTES = ("prop", "binary", "prop-binary", "cubic", "prop-cubic", "asym", "binary-as-computed")
VICTORIES = ("linear", "square", "quartic", "octic", "sure")
PCE_RULES = ("conditional", "markov-uniform", "markov-incentive")

_FEW_CELLS = 500_000
"""Up to this many positions one core takes a second or two, which is less than compiling for several cores."""


def pce_markov_uniform(vote: str = "prop", victory: str = "linear") -> Model:
    """Build the election in which every challenger is equally likely and the steady state counts."""
    return _model("markov-uniform", vote, victory)


def pce_conditional(vote: str = "prop", victory: str = "linear") -> Model:
    """Build the election in which the probability of a position is that of beating all others."""
    return _model("conditional", vote, victory)


def pce_markov_incentive(vote: str = "prop", victory: str = "linear") -> Model:
    """Build the election in which actors challenge more often the more they gain from it."""
    return _model("markov-incentive", vote, victory)


def _model(rule: str, vote: str, victory: str) -> Model:
    codes = (option_value("vote", vote, VOTES), option_value("victory", victory, VICTORIES), PCE_RULES.index(rule))

    def run(numbers: Numbers) -> ModelAnswer:
        from goodoffices.forecast.kernels.condorcet import line_election  # compiled code is loaded when first needed

        check_size(f"pce:{rule}", numbers, _MOST_ACTORS)
        x, _, _ = numbers.vectors()
        options, chances = line_election(np.ascontiguousarray(x), weights(numbers), *codes)
        return ModelAnswer(point=np.array([(options * chances).sum()]), atoms=options, weights=chances)

    def many(x: FloatArray, s: FloatArray, c: FloatArray, numbers: Numbers) -> FloatArray:
        from goodoffices.forecast.kernels.condorcet import line_points, many_line_points

        points = line_points if x.size <= _FEW_CELLS else many_line_points
        return points(np.ascontiguousarray(x), np.ascontiguousarray(s * c), *codes)

    return Model(name=f"pce:{rule}", run=run, many=many, options=(("vote", vote), ("victory", victory)))
