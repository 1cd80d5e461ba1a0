"""Write lists as an ``.xlsx`` file. No cell is a formula, whatever people have written; same lists, same bytes."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from goodoffices.data_class import dataclass

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

Cell = str | int | date | None
_MADE = datetime(2026, 1, 1, tzinfo=UTC).replace(tzinfo=None)
_LONGEST = 32_000
"""The most characters that a cell of the format can hold, with some room."""
_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\", " "))


@dataclass(frozen=True, slots=True, kw_only=True)
class List:
    """One list: a sheet with a heading row. Each row has a cell for each column; a moment is written as text."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""


def xlsx_of(title: str, lists: Sequence[List], *, is_rtl: bool = False) -> bytes:
    """Return a workbook with a sheet for each list: no author, no macro, no formula, no link."""
    import xlsxwriter  # most commands never write a spreadsheet

    made = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(made, options) as book:
        book.set_properties({"created": _MADE, "title": title})
        looks = {
            "plain": book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"}),
            "day": book.add_format({"num_format": "yyyy-mm-dd", "align": "left", "valign": "top"}),
            "number": book.add_format({"valign": "top"}),
            "heading": book.add_format({"bold": True, "bg_color": "#E4ECEE", "text_wrap": True, "valign": "top"}),
            "quiet": book.add_format({"font_color": "#56616B"}),
        }
        for one in lists:
            _write(book, one, looks, is_rtl=is_rtl)
    return made.getvalue()


def _write(book: Workbook, one: List, looks: Mapping[str, Format], *, is_rtl: bool) -> None:
    sheet = book.add_worksheet(one.name.translate(_NAMES)[:31])
    if is_rtl:
        sheet.right_to_left()
    sheet.freeze_panes(1, 1)
    for at, column in enumerate(one.columns):
        width = max([len(column), *(len(str(row[at] or "")) for row in one.rows[:200])])
        sheet.set_column(at, at, min(max(10, width + 2), 48))
        sheet.write_string(0, at, column, looks["heading"])
    for n, row in enumerate(one.rows, start=1):
        for at, cell in enumerate(row):
            _write_cell(sheet, (n, at), cell, looks)
    if one.rows:
        sheet.autofilter(0, 0, len(one.rows), len(one.columns) - 1)
    if one.note:
        sheet.write_string(len(one.rows) + 2, 0, one.note, looks["quiet"])


def _write_cell(sheet: Worksheet, place: tuple[int, int], cell: Cell, looks: Mapping[str, Format]) -> None:
    if isinstance(cell, date):
        sheet.write_datetime(*place, datetime(cell.year, cell.month, cell.day), looks["day"])  # noqa: DTZ001 - a day
    elif isinstance(cell, int):
        sheet.write_number(*place, cell, looks["number"])
    elif cell:
        sheet.write_string(*place, cell[:_LONGEST], looks["plain"])
