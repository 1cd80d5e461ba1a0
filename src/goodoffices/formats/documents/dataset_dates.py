"""Dates as data sets write them: year-month-day, or day/month/year as in PA-X."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from goodoffices.formats.input.numbers import western

_NUMBERS = re.compile(r"(\d{1,2})[/. -](\d{1,2})[/. -](\d{4})")
_WORDS = re.compile(r"(\d{1,2})(?:st|nd|rd|th)? ([a-z]{3,9})\.?,? (\d{4})", re.I)
_YEARS = range(1600, 2201)
"""The years of data sets. A day of 1395 or 1438 is one of another calendar: read as it stands it is 600 years off."""
_MIDNIGHT = re.compile(r"[T ]00:00(:00(\.0+)?)?Z?$")
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip


def has_months_first(texts: Iterable[str]) -> bool:
    """Return whether a date of a table can only be month/day/year: then no date of numbers alone is certain in it."""
    found = (_NUMBERS.fullmatch(_bare(text)) for text in texts)
    return any(int(match[2]) > 12 >= int(match[1]) for match in found if match)


def day_of(text: str, *, months_first: bool = False) -> date | None:
    """Return the day that ``text`` states, or ``None`` if it is not certain which.

    Parameters
    ----------
    months_first
        Whether the table has dates in which the month stands first; see :func:`has_months_first`.

    Examples
    --------
    >>> day_of("24/01/2017"), day_of("3 April 2017"), day_of("03/04/2017", months_first=True)
    (datetime.date(2017, 1, 24), datetime.date(2017, 4, 3), None)
    """
    day = _stated_day(_bare(text), months_first=months_first)
    return day if day is not None and day.year in _YEARS else None


def doubt_of(text: str) -> str:
    """Return why the day that ``text`` states is not certain, where its form is right; else nothing.

    Examples
    --------
    >>> doubt_of("05/11/1395"), doubt_of("next week")
    (': the year 1395 is one of another calendar', '')
    """
    year = doubtful_year(text)
    return "" if year is None else f": the year {year} is one of another calendar"


def doubtful_year(text: str) -> int | None:
    """Return the year of a day that is one of another calendar, where its form is right; else nothing."""
    day = _stated_day(_bare(text), months_first=False)
    return None if day is None or day.year in _YEARS else day.year


def _stated_day(plain: str, *, months_first: bool) -> date | None:
    try:
        if (match := _NUMBERS.fullmatch(plain)) is not None:
            day, month, year = (int(part) for part in match.groups())
            is_certain = not months_first or day > 12
            return date(year, month, day) if is_certain else None
        if (match := _WORDS.fullmatch(plain)) is not None:
            months = [n for n, name in enumerate(_MONTHS, start=1) if name.startswith(match[2].lower())]
            return date(int(match[3]), months[0], int(match[1])) if len(months) == 1 else None
        return date.fromisoformat(plain) if re.fullmatch(r"\d{4}-\d{2}-\d{2}", plain) else None
    except ValueError:
        return None


def is_ambiguous(text: str) -> bool:
    """Return whether a date in numbers would be another day with the month first."""
    match = _NUMBERS.fullmatch(_bare(text))
    return match is not None and int(match[1]) <= 12 and int(match[2]) <= 12 and match[1] != match[2]


def _bare(text: str) -> str:
    return _MIDNIGHT.sub("", " ".join(western(text).split()))
