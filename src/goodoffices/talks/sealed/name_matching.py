"""Match names on two lists, by a key that is the same for different spellings of one name."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Mapping


def rows_of(words: Callable[[str], str | None], body: str) -> list[list[str]]:
    """Return the rows of a submitted list, or no rows if its text was destroyed."""
    text = words(body)
    return [] if text is None else [list(row) for row in json.loads(text)]


def key_of(normaliser: str, row: list[str]) -> tuple[str, ...]:
    """Return the key of a row. Two rows with the same key have the same name, as far as ``normaliser`` can tell."""
    return tuple(_FOLDS[normaliser](" ".join(value.split())) for value in row)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold()


_ARABIC = str.maketrans({"ي": "ی", "ى": "ی", "ك": "ک", "ة": "ه", "أ": "ا", "إ": "ا", "آ": "ا", "ـ": None})


def _arabic(text: str) -> str:
    """Remove differences of spelling: yeh and kaf of Arabic and Persian, hamza seats, vowel marks, tatweel."""
    bare = "".join(
        character for character in unicodedata.normalize("NFD", text) if not unicodedata.combining(character)
    )
    return unicodedata.normalize("NFC", bare).translate(_ARABIC).casefold()


def _latin(text: str) -> str:
    """Remove accents and replace the Turkish dotless i."""
    bare = "".join(
        character for character in unicodedata.normalize("NFD", text) if not unicodedata.combining(character)
    )
    return bare.replace("ı", "i").casefold()


_FOLDS: Mapping[str, Callable[[str], str]] = {"plain": _plain, "arabic": _arabic, "latin": _latin}
