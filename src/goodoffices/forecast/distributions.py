"""A forecast as weighted atoms: quantiles, probabilities and exact scores, without a grid or a fitted curve."""

from __future__ import annotations

from collections.abc import Callable
from numbers import Real

import numpy as np
from numpy.typing import ArrayLike, NDArray

from goodoffices.data_class import dataclass
from goodoffices.errors import ForecastInputError
from goodoffices.forecast.inputs.columns import FloatArray

_QUANTILE_TOLERANCE = 1e-12  # because of rounding, the sum of equal weights can fall just short of a tenth


def accepted(accept: Callable[[float], bool], atoms: FloatArray) -> NDArray[np.bool_]:
    """Return which atoms are accepted, (k,). If ``accept`` has a method ``many`` for arrays, it is asked only once."""
    many = getattr(accept, "many", None)
    if many is not None:
        return np.asarray(many(atoms), dtype=np.bool_)
    return np.array([accept(float(atom)) for atom in atoms], dtype=np.bool_)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Distribution:
    """Atoms in ascending order on the issue's scale, with weights that sum to 1."""

    atoms: FloatArray
    weights: FloatArray

    def __post_init__(self) -> None:
        if self.atoms.ndim != 1 or self.atoms.shape != self.weights.shape or not self.atoms.size:
            raise ForecastInputError(
                f"atoms {self.atoms.shape} and weights {self.weights.shape} must have one shape and at least one entry"
            )
        self.atoms.setflags(write=False)
        self.weights.setflags(write=False)

    @classmethod
    def of(cls, atoms: ArrayLike, weights: ArrayLike | None = None) -> Distribution:
        """Build a distribution from atoms in any order. Weights are equal unless given, and need not sum to 1.

        Raises
        ------
        ForecastInputError
            If there is no atom, if an atom is not finite, or if a weight is negative or all are 0.
        """
        values = np.asarray(atoms, dtype=np.float64).ravel()
        parts = np.ones(values.size) if weights is None else np.asarray(weights, dtype=np.float64).ravel()
        if not values.size or parts.shape != values.shape or not np.isfinite(values).all():
            raise ForecastInputError(
                f"{values.size} atoms with {parts.size} weights; give at least one finite atom, and a weight for each"
            )
        if (parts < 0).any() or not parts.sum() > 0:
            raise ForecastInputError("weights must be at least 0, and not all 0")
        order = np.argsort(values, kind="stable")
        return cls(atoms=values[order], weights=parts[order] / parts.sum())

    def cdf(self, value: float) -> float:
        """Return the probability of at most ``value``."""
        return float(self.weights[: np.searchsorted(self.atoms, value, side="right")].sum())

    def __repr__(self) -> str:
        low, middle, high = (self.quantile(q) for q in (0.1, 0.5, 0.9))
        return f"<Distribution: {len(self.atoms):,} atoms, median {middle:.4g}, 80 % {low:.4g}..{high:.4g}>"

    def quantile(self, q: float) -> float:
        """Return the smallest atom z with F(z) >= q - 1e-12."""
        at = int(np.searchsorted(np.cumsum(self.weights), q - _QUANTILE_TOLERANCE, side="left"))
        return float(self.atoms[min(at, self.atoms.size - 1)])

    def interval(self, level: float) -> tuple[float, float]:
        """Return the central interval with probability ``level``; its ends are atoms."""
        if isinstance(level, bool) or not isinstance(level, Real) or not 0 < level < 1:
            raise ForecastInputError(f"the level {level} is not between 0 and 1; 0.8 is usual")
        return self.quantile((1 - level) / 2), self.quantile((1 + level) / 2)

    def probability(self, low: float, high: float) -> float:
        """Return the probability of [low, high], both ends included."""
        return float(self.weights[(self.atoms >= low) & (self.atoms <= high)].sum())

    @property
    def mean(self) -> float:
        """The expectation."""
        return float((self.atoms * self.weights).sum())

    @property
    def variance(self) -> float:
        """The variance."""
        return float((self.weights * (self.atoms - self.mean) ** 2).sum())

    def crps(self, outcome: float) -> float:
        """Return the exact continuous ranked probability score, in units of the scale. For a point it is the error.

        sum_k v_k |z_k - y| - (1/2) sum_k sum_l v_k v_l |z_k - z_l| = integral of (F - 1{z >= y})^2.

        References
        ----------
        .. [1] T. Gneiting & A. E. Raftery (2007). Strictly proper scoring rules. JASA 102(477), 359-378, eq. 20-21.
        """
        z, v = self.atoms, self.weights
        below = np.cumsum(v) - v
        within = (v * (z * below - (np.cumsum(v * z) - v * z))).sum()
        return float(max((v * np.abs(z - outcome)).sum() - within, 0.0))

    def pit(self, outcome: float, u: float) -> float:
        """Return F(y-) + u (F(y) - F(y-)), uniform over cases if the forecasts are right."""
        before = float(self.weights[: np.searchsorted(self.atoms, outcome, side="left")].sum())
        return before + u * (self.cdf(outcome) - before)

    def conditional(self, accept: Callable[[float], bool]) -> Distribution | None:
        """Return the distribution given that ``accept`` holds; None if no atom is accepted."""
        kept = accepted(accept, self.atoms)
        if not (self.weights[kept] > 0).any():
            return None
        return Distribution.of(self.atoms[kept], self.weights[kept])

    def scaled(self, low: float, high: float) -> Distribution:
        """Return a distribution on 0..100 as one on the scale low..high."""
        return Distribution(atoms=low + self.atoms * ((high - low) / 100.0), weights=self.weights)
