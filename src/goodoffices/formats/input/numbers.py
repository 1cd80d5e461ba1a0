"""Numbers as files write them, read exactly."""

from __future__ import annotations

from fractions import Fraction
from re import fullmatch

from goodoffices.formats.input.diagnostics import Place, failure
from goodoffices.formats.input.limits import LIMITS, Limits


def to_fraction(text: str, place: Place, what: str, limits: Limits = LIMITS) -> Fraction:
    """Return the number that ``text`` writes, exactly.

    Raises
    ------
    ScenarioFileError
        If it is no plain decimal number, or too long or large.

    Examples
    --------
    >>> to_fraction("0.1", Place(file="x"), "weight")
    Fraction(1, 10)
    """
    plain = text.strip()
    match = fullmatch(r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE]([-+]?[0-9]{1,9}))?", plain)
    if match is None:
        raise failure(
            "shape", place, f"{what} is {text[:80]!r}, which is no number. Write digits with a point, as 0.5."
        )
    if len(plain) > limits.number_characters or abs(int(match[1] or 0)) > limits.exponent:
        raise failure(
            "limit", place, f"{what} has more than {limits.number_characters} characters or an exponent over "
            f"{limits.exponent}. Round it."
        )  # fmt: skip
    return Fraction(plain)
