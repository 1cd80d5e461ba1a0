"""What the readers of position files share: opening a text file, and numbers with their place in it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path

from goodoffices.errors import ForecastInputError
from goodoffices.formats.input import files
from goodoffices.formats.input.diagnostics import Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """The place of a cell, for messages."""

    file: str
    line: int
    column: str

    def refuse(self, why: str) -> ForecastInputError:
        """Return the error that says ``why`` at this place."""
        return ForecastInputError(f"{self.file}, line {self.line}, column {self.column!r}: {why}")


def read_text(path: Path) -> str:
    """Return the UTF-8 text of the file that a person named, within the limits for files of unknown origin."""
    text = files.read_text(path)
    if isinstance(text, Entry):
        raise ForecastInputError(f"{path}: {text.why} {text.remedy}")
    return text


def number_at(text: str, place: Place) -> float:
    """Return the finite number that ``text`` is, with a point as the decimal mark."""
    try:
        value = float(text.strip())
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise place.refuse(f"{text.strip()!r} is not a number; write one with a decimal point, for example 12.5")
    return value
