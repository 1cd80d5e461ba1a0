"""Days in the calendar that a reader asks for beside the Gregorian one: Solar Hijri (Persian) and Hijri (Umm al-Qura).

Conversions come from ``persiantools`` and ``hijridate``; the Umm al-Qura calendar is tabulated from 1924 to 2077. A day
outside of what a calendar has is not converted: nothing is computed on beyond its tables.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

CALENDARS: Mapping[str, str] = MappingProxyType(
    {
        "": "Gregorian alone",
        "persian": "Solar Hijri beside it",
        "islamic": "Hijri beside it (Umm al-Qura)",
    }
)
"""The calendars by the name under which a session keeps them, and what the page of settings calls them."""

MONTHS: Mapping[str, tuple[str, ...]] = MappingProxyType({
    "persian": (
        "Farvardin", "Ordibehesht", "Khordad", "Tir", "Mordad", "Shahrivar", "Mehr", "Aban", "Azar", "Dey", "Bahman",
        "Esfand",
    ),
    "islamic": (
        "Muharram", "Safar", "Rabi al-Awwal", "Rabi al-Thani", "Jumada al-Ula", "Jumada al-Akhira", "Rajab", "Shaban",
        "Ramadan", "Shawwal", "Dhu al-Qadah", "Dhu al-Hijjah",
    ),
})  # fmt: skip
"""The months of each calendar in English. They are messages of the catalogues."""

_FIRST = {"ar": "٠", "fa": "۰"}
"""The digit zero of languages that have digits of their own; the other nine follow it."""


def day_in(calendar: str, day: date) -> tuple[int, int, int] | None:
    """Return year, month and day of ``day`` in a calendar; ``None`` if it does not reach that day.

    Examples
    --------
    >>> day_in("persian", date(2017, 1, 23)), day_in("islamic", date(2017, 1, 23)), day_in("islamic", date(1900, 1, 1))
    ((1395, 11, 4), (1438, 4, 25), None)
    """
    try:
        if calendar == "persian":
            from persiantools.jdatetime import JalaliDate

            solar = JalaliDate(day)  # type: ignore[no-untyped-call]
            return solar.year, solar.month, solar.day
        from hijridate import Gregorian

        lunar = Gregorian(day.year, day.month, day.day).to_hijri()
    except (ValueError, OverflowError):
        return None
    return lunar.year, lunar.month, lunar.day


def in_digits_of(language: str, number: int) -> str:
    """Return a number in the digits of a language, if it has its own.

    Examples
    --------
    >>> in_digits_of("fa", 1395), in_digits_of("ru", 1395)
    ('۱۳۹۵', '1395')
    """
    zero = _FIRST.get(language)
    return str(number) if zero is None else "".join(chr(ord(zero) + int(digit)) for digit in str(number))
