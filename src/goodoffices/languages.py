"""In which direction a language is written. Pages, papers and Word files all ask here, so that they agree."""

from __future__ import annotations

from functools import cache

_SCRIPTS = frozenset({"adlm", "arab", "hebr", "nkoo", "rohg", "syrc", "thaa"})
"""Scripts written from right to left, as subtags of a language code name them."""

_LANGUAGES = frozenset({"arc", "ku"})
"""Languages that are written from right to left here though Babel does not say so.

Babel does not know Aramaic. Kurdish without a script may be meant either way; texts of these talks are in Sorani.
"""


@cache
def direction(language: str) -> str:
    """Return ``rtl`` or ``ltr`` for a language code such as ``en``, ``ar-SY`` or ``ku-Latn``.

    A script in the code decides. Without one it is the language's usual script; a language that nobody here knows is
    taken to be written from left to right.
    """
    base, *subtags = language.lower().replace("_", "-").split("-")
    script = next((subtag for subtag in subtags if len(subtag) == 4 and subtag.isalpha()), None)
    if script is not None:
        return "rtl" if script in _SCRIPTS else "ltr"
    return "rtl" if base in _LANGUAGES else _usual(base)


def comma(language: str) -> str:
    """Return the comma between parts of a line in a language, with its blank."""
    return "، " if _is_right_to_left(language) else ", "


def semicolon(language: str) -> str:
    """Return the semicolon between parts of a line in a language, with its blank."""
    return "؛ " if _is_right_to_left(language) else "; "


def _is_right_to_left(language: str) -> bool:
    return language != "en" and direction(language) == "rtl"  # what prints English never needs Babel for that


def _usual(language: str) -> str:
    # Babel is slow to import, and most commands of the terminal never ask for a direction.
    from babel.core import Locale, UnknownLocaleError

    try:
        return Locale.parse(language).text_direction
    except (UnknownLocaleError, ValueError):
        return "ltr"
