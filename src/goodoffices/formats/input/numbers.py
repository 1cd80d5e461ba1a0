"""Numbers as files write them, read exactly, with the digits of any script."""

from __future__ import annotations

import unicodedata
from fractions import Fraction
from re import fullmatch

from goodoffices.formats.input.diagnostics import Place, failure
from goodoffices.formats.input.limits import LIMITS, Limits
from goodoffices.names import visible


def to_fraction(text: str, place: Place, what: str, limits: Limits = LIMITS) -> Fraction:
    """Return the number that ``text`` writes, exactly.

    Raises
    ------
    ScenarioFileError
        If it is not a decimal number, or too long or too large.

    Examples
    --------
    >>> to_fraction("0.1", Place(file="x"), "weight")
    Fraction(1, 10)
    """
    plain = text.strip()
    match = fullmatch(r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE]([-+]?[0-9]{1,9}))?", plain)
    if match is None:
        raise failure(
            "shape",
            place,
            f"{what} is {text[:80]!r}, which is not a number. Write digits with a point, for example 0.5.",
        )
    if len(plain) > limits.number_characters or abs(int(match[1] or 0)) > limits.exponent:
        raise failure(
            "limit", place, f"{what} has more than {limits.number_characters} characters or an exponent over "
            f"{limits.exponent}. Round it."
        )  # fmt: skip
    return Fraction(plain)


def western(text: str) -> str:
    """Return a number or date with the digits 0 to 9 and a point, whatever the script of its digits.

    Only digits of one script are replaced: a number that mixes scripts stays as it is, and is then refused. Direction
    marks and blanks around it are left out.

    Examples
    --------
    >>> western("\u0661\u0662\u066b\u0665"), western("\u221212")
    ('12.5', '-12')
    """
    if text.isascii():
        return text.strip()
    plain = visible(text).strip()
    zeros = {ord(char) - unicodedata.decimal(char) for char in plain if char.isdecimal()}
    if len(zeros) > 1:
        return plain
    digits = (str(unicodedata.decimal(char)) if char.isdecimal() else char for char in plain)
    return "".join(digits).replace("\u066b", ".").replace("\u2212", "-")
