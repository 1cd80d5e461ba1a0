"""The exact probability that a party accepts a settlement if little is known about what matters to it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from goodoffices.bargain_tables import check_number
from goodoffices.errors import ScenarioError, quoted
from goodoffices.settlement.problem.argument_checks import check_count


def acceptance_probability(
    values: ArrayLike, reservation_value: float, *, ranking: tuple[int, ...] | None = None, concentration: int = 1
) -> NDArray[np.float64]:
    """Return the probability that the weighted mean of a party's values reaches its reservation value.

    Parameters
    ----------
    values
        (settlements, issues): what the settlement's option is worth on each issue, on a common scale such as 0 to 1.
    reservation_value
        On the same scale.
    ranking
        All issues, most important first: weights are uniform among those in this order. Without it they are uniform
        among all weights that add up to 1.
    concentration
        A whole number; weights follow the Dirichlet law with this parameter on every issue (1: uniform). Not with a
        ranking.

    Returns
    -------
    ndarray
        (settlements,), exact up to rounding (about 1e-15).

    Raises
    ------
    ScenarioError
        If the values are not a finite table, or the ranking does not name every issue once.

    References
    ----------
    G. Varsi (1973), Pacific Journal of Mathematics 46(1), 303-314. Weights in a given order: F. H. Barron & B. E.
    Barrett (1996), Management Science 42(11), 1515-1523.

    Examples
    --------
    >>> acceptance_probability([[1.0, 0.0]], 0.25).round(6).tolist()
    [0.75]
    >>> acceptance_probability([[1.0, 0.0]], 0.25, ranking=(0, 1)).round(6).tolist()
    [1.0]
    """
    try:
        table = np.ascontiguousarray(values, np.float64)
    except (TypeError, ValueError, OverflowError) as error:
        raise ScenarioError("values must be a finite (settlements, issues) table of numbers") from error
    check_number("the reservation value", reservation_value)
    check_count("concentration", concentration)
    given: Any = ranking
    if given is not None and (isinstance(given, str) or not isinstance(given, Sequence)):
        raise ScenarioError(f"the ranking is {quoted(repr(ranking))}; give the numbers of all issues, best first")
    if table.ndim != 2 or not np.isfinite(table).all():
        raise ScenarioError(f"values must be a finite (settlements, issues) table; got shape {table.shape}")
    if ranking is not None:
        if (
            any(n not in list(ranking) for n in range(table.shape[1]))
            or len(ranking) != table.shape[1]
            or concentration != 1
        ):
            raise ScenarioError(
                f"the ranking {ranking} must name each of {table.shape[1]} issues once, with concentration 1"
            )
        table = np.ascontiguousarray(table[:, list(ranking)])
    from goodoffices.settlement.kernels.acceptance import half_space_shares

    return half_space_shares(table, float(reservation_value), int(concentration), ranking is not None)
