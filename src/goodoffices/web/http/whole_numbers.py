"""Whole numbers as they come from addresses and forms: short, in Western digits, or none at all."""

from __future__ import annotations

_MOST_DIGITS = 9


def whole_number(text: str | None) -> int | None:
    """Return the number that ``text`` writes; ``None`` for anything else, and for more than nine digits.

    Examples
    --------
    >>> whole_number("12"), whole_number("1" * 5000), whole_number("²")
    (12, None, None)
    """
    is_number = text is not None and text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS
    return int(text) if is_number and text is not None else None
