"""What the readers of position files share: opening a table, and cells and numbers with their place in it."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from pathlib import Path

from goodoffices.data_class import dataclass
from goodoffices.errors import ForecastInputError
from goodoffices.formats.input.diagnostics import Entry
from goodoffices.formats.input.files import RawFile, read_named, text_of
from goodoffices.formats.input.numbers import western
from goodoffices.formats.input.tables import Form, HeadedTable, Row, Table, read_table

_LARGEST = 1e15
"""Sums and products of larger numbers would pass the largest that a computer adds."""
_NUMBER = re.compile(r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]{1,4})?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """The place of a cell, for messages; ``where`` is its line, or its sheet and cell."""

    file: str
    where: str
    column: str

    @classmethod
    def of(cls, table: Table, row: Row, index: int, column: str) -> Place:
        """Return the place of the cell ``index`` of a row, which stands under ``column``."""
        return cls(file=table.file, where=table.where(row, index), column=column)

    def refuse(self, why: str) -> ForecastInputError:
        """Return the error that says ``why`` at this place."""
        return ForecastInputError(f"{self.file}, {self.where}, column {self.column!r}: {why}")


def raw_file(path: Path) -> RawFile:
    """Return the file that a person named, within the limits for files of unknown origin, under its short name."""
    raw = read_named(path)
    if isinstance(raw, Entry):
        raise ForecastInputError(f"{path}: {raw.why} {raw.remedy}")
    return replace(raw, name=path.name)


def text_in(raw: RawFile) -> str:
    """Return the UTF-8 text of a file."""
    text = text_of(raw)
    if isinstance(text, Entry):
        raise error_of(text)
    return text


def table_in(raw: RawFile, form: Form) -> Table:
    """Return the rows of a file, or raise what is wrong with the first wrong one."""
    table = read_table(raw, form)
    if isinstance(table, Entry):
        raise error_of(table)
    return table


def headed(table: HeadedTable | Entry) -> HeadedTable:
    """Return the table, or raise what is wrong with its columns."""
    if isinstance(table, Entry):
        raise error_of(table)
    return table


def error_of(entry: Entry) -> ForecastInputError:
    """Return what is wrong with a file as an error of one sentence, with the place in words."""
    place = entry.place
    where = f"{place.file}, line {place.line}, column {place.column}" if place.line else place.file
    hint = "" if entry.nearest is None else f"Did you mean {entry.nearest!r}?"
    return ForecastInputError(f"{where}: {' '.join(filter(None, (entry.why, entry.right, hint, entry.remedy)))}")


def number_at(text: str, place: Place) -> float:
    """Return the finite number that ``text`` is, with a point as the decimal mark and digits of any one script."""
    plain = western(text)
    value = float(plain) if _NUMBER.fullmatch(plain) else math.nan
    if not math.isfinite(value):
        raise place.refuse(f"{text.strip()[:60]!r} is not a number; write one with a decimal point, for example 12.5")
    if abs(value) > _LARGEST:
        raise place.refuse(f"{text.strip()[:60]} is larger than {_LARGEST:g}; choose a larger unit")
    return value
