"""What each solution maximises, written a second time from its definition, for the checker."""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction

Vector = tuple[Fraction, ...]
Value = tuple[Fraction, ...] | None

SMALLER_IS_BETTER = frozenset({"equal_ratio", "least_difference"})


def ideal_of(gains: list[Vector]) -> Vector:
    """Return each party's largest gain."""
    return tuple(max(column) for column in zip(*gains, strict=True)) if gains else ()


def _shares(gains: Vector, ideal: Vector) -> Vector:
    return tuple(gain / best for gain, best in zip(gains, ideal, strict=True) if best > 0)


def _nash(gains: Vector, worth: Vector, ideal: Vector) -> Value:
    if min(gains) < 0:
        return None
    positive = [gain for gain in gains if gain > 0]
    everybody = len(positive) == len(gains)
    product = math.prod(positive, start=Fraction(1))
    return Fraction(len(positive)), product if positive else Fraction(0), product if everybody else Fraction(0)


def _shares_or_none(shorten: Callable[[Vector], Value]) -> Callable[[Vector, Vector, Vector], Value]:
    def value(gains: Vector, worth: Vector, ideal: Vector) -> Value:
        shares = _shares(gains, ideal)
        return shorten(shares) if shares else None

    return value


def _pairs(worth: Vector) -> Fraction:
    return sum(
        (abs(a - b) for at, a in enumerate(worth) for b in worth[at + 1 :]),
        Fraction(0),
    )


_VALUES: dict[str, Callable[[Vector, Vector, Vector], Value]] = {
    "nash": _nash,
    "egalitarian": lambda gains, worth, ideal: (min(gains),),
    "leximin": lambda gains, worth, ideal: tuple(sorted(gains)),
    "kalai_smorodinsky": _shares_or_none(lambda shares: tuple(sorted(shares))),
    "utilitarian": lambda gains, worth, ideal: (sum(gains, Fraction(0)),),
    "relative_utilitarian": _shares_or_none(lambda shares: (sum(shares, Fraction(0)),)),
    "equal_ratio": _shares_or_none(lambda shares: (max(shares) - min(shares),)),
    "least_difference": lambda gains, worth, ideal: (_pairs(worth),),
}


def value_of(name: str, gains: Vector, worth: Vector, ideal: Vector) -> Value:
    """Return the values that the solution compares, in order; ``None`` if the settlement does not compete."""
    return _VALUES[name](gains, worth, ideal)
