"""Write the spreadsheet that begins own talks: headings, explanations, an example, and the closed lists as drop-downs.

Nothing in it is hidden, protected or merged, and there is neither a macro nor a formula in a cell. The same version of
the program writes the same bytes.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from goodoffices.formats.talks_sheets.columns import (
    EXAMPLE_ROW,
    EXPLAINED_ROW,
    FIRST_ROW,
    HEADING_ROW,
    LISTS,
    START,
    CellKind,
    Column,
    SheetForm,
)
from goodoffices.formats.talks_sheets.columns_of_exercise import EVERY_SHEET, EXAMPLE
from goodoffices.formats.talks_sheets.columns_of_facts import ROW_SHEETS

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

Rows = tuple[tuple[str, ...], ...]
_OF_EXERCISES = frozenset({"Kind of inject"})
_OFFERED_ROWS = 1_000
"""Rows with drop-downs. Further rows are read too; they only have none."""
_MADE = datetime(2026, 1, 1, tzinfo=UTC).replace(tzinfo=None)
_AMBER, _QUIET, _INK, _GROUND = "#FFE3A3", "#6B7480", "#1D2327", "#E4ECEE"
_WIDE = {"Question": 44, "What": 44, "In its own words": 40, "What happened": 40, "Where to find it": 32}


def template(*, is_exercise: bool = False, is_filled: bool = False) -> bytes:
    """Return the spreadsheet as the bytes of an .xlsx file.

    Parameters
    ----------
    is_exercise
        Whether it has the sheets *Exercise*, *Briefs* and *Injects* too.
    is_filled
        Whether an exercise of six seats is filled in, all of it invented.
    """
    filled = EXAMPLE if is_filled else {}
    import xlsxwriter  # most commands never write a spreadsheet

    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        book.set_properties({"created": _MADE, "title": "Talks", "comments": "Good Offices: begin own talks"})
        formats = _formats(book)
        _start(book, formats, filled.get(START.name, ()))
        for form in EVERY_SHEET if is_exercise else ROW_SHEETS:
            _rows(book, form, formats, filled.get(form.name, ()))
        _lists(book, formats, is_exercise=is_exercise)
    return made.getvalue()


def _formats(book: Workbook) -> Mapping[str, Format]:
    wrapped = {"text_wrap": True, "valign": "top"}
    return {
        "heading": book.add_format({"bold": True, "bg_color": _GROUND, "font_color": _INK, **wrapped}),
        "explained": book.add_format({"font_size": 9, "font_color": _QUIET, **wrapped}),
        "example": book.add_format({"italic": True, "font_color": _QUIET, "num_format": "@", **wrapped}),
        "text": book.add_format({"num_format": "@", **wrapped}),
        "day": book.add_format({"num_format": "yyyy-mm-dd", "align": "left", "valign": "top"}),
        "missing": book.add_format({"bg_color": _AMBER}),
    }


def _start(book: Workbook, formats: Mapping[str, Format], filled: Rows) -> None:
    sheet = book.add_worksheet(START.name)
    for at, (heading, width) in enumerate({"What": 24, "Yours": 40, "How": 44, "Example": 34}.items()):
        sheet.set_column(at, at, width)
        sheet.write_string(HEADING_ROW - 1, at, heading, formats["heading"])
    told = "Write in column B. The other sheets say who takes part; only Actors and Seats are needed."
    sheet.write_string(EXPLAINED_ROW - 1, 0, told, formats["explained"])
    for at, column in enumerate(START.columns):
        row = FIRST_ROW - 1 + at
        sheet.write_string(row, 0, column.heading, formats["heading"])
        own = formats["day" if column.kind is CellKind.DAY else "text"]
        sheet.write_blank(row, 1, None, own)
        if filled and filled[at][0]:
            _write(sheet, (row, 1), column, filled[at][0], own)
        sheet.write_string(row, 2, column.explained, formats["explained"])
        sheet.write_string(row, 3, column.example, formats["example"])
        _offer(sheet, column, (row, 1, row, 1))
        if column.needed:
            sheet.conditional_format(row, 1, row, 1, {"type": "blanks", "format": formats["missing"]})
    sheet.freeze_panes(FIRST_ROW - 1, 0)
    sheet.activate()
    sheet.set_selection(FIRST_ROW - 1, 1, FIRST_ROW - 1, 1)


def _write(sheet: Worksheet, place: tuple[int, int], column: Column, text: str, look: Format) -> None:
    """Write a filled cell: a day as a day, everything else as text."""
    if column.kind is CellKind.DAY:
        sheet.write_datetime(*place, datetime.fromisoformat(text), look)
    else:
        sheet.write_string(*place, text, look)


def _rows(book: Workbook, form: SheetForm, formats: Mapping[str, Format], filled: Rows) -> None:
    sheet = book.add_worksheet(form.name)
    last, width = FIRST_ROW - 2 + _OFFERED_ROWS, len(form.columns) - 1
    for at, column in enumerate(form.columns):
        own = formats["day" if column.kind is CellKind.DAY else "text"]
        sheet.set_column(at, at, _WIDE.get(column.heading, 22), own)
        sheet.write_string(HEADING_ROW - 1, at, column.heading, formats["heading"])
        sheet.write_string(EXPLAINED_ROW - 1, at, explained_cell(column), formats["explained"])
        sheet.write_string(EXAMPLE_ROW - 1, at, column.example, formats["example"])
        _offer(sheet, column, (FIRST_ROW - 1, at, last, at))
        for n, row in enumerate(filled):
            if row[at]:
                _write(sheet, (FIRST_ROW - 1 + n, at), column, row[at], own)
        if column.needed:
            cell = f"{_letter(at)}{FIRST_ROW}"
            criteria = f'=AND(COUNTA($A{FIRST_ROW}:${_letter(width)}{FIRST_ROW})>0,{cell}="")'
            rule = {"type": "formula", "criteria": criteria, "format": formats["missing"]}
            sheet.conditional_format(FIRST_ROW - 1, at, last, at, rule)
    sheet.freeze_panes(FIRST_ROW - 1, 1)
    sheet.set_selection(FIRST_ROW - 1, 0, FIRST_ROW - 1, 0)


def explained_cell(column: Column) -> str:
    """Return what row 2 says of a column."""
    return column.explained + (". Needed" if column.needed else "")


def _offer(sheet: Worksheet, column: Column, cells: tuple[int, int, int, int]) -> None:
    """Offer the words of a list, or the names of another sheet; several in one cell are typed, so nothing is barred."""
    source = _source(column)
    if source:
        rule: dict[str, Any] = {"validate": "list", "source": source, "ignore_blank": True}
        if column.many or column.also:
            rule |= {"show_error": False}
        sheet.data_validation(*cells, rule)


def _source(column: Column) -> str:
    if column.kind is CellKind.WORD:
        at = list(LISTS).index(column.of)
        return f"=Lists!${_letter(at)}${FIRST_ROW}:${_letter(at)}${FIRST_ROW + len(LISTS[column.of]) - 1}"
    return f"={column.of}!$A${FIRST_ROW}:$A${FIRST_ROW + _OFFERED_ROWS - 1}" if column.kind is CellKind.NAME else ""


def _letter(at: int) -> str:
    return chr(ord("A") + at)


def _lists(book: Workbook, formats: Mapping[str, Format], *, is_exercise: bool) -> None:
    sheet = book.add_worksheet("Lists")
    sheet.write_string(
        EXPLAINED_ROW - 1, 0, "The words of the closed lists. Own words cannot be added.", formats["explained"]
    )
    for at, (name, words) in enumerate(LISTS.items()):
        if name in _OF_EXERCISES and not is_exercise:
            continue
        sheet.set_column(at, at, 24, formats["text"])
        sheet.write_string(HEADING_ROW - 1, at, name, formats["heading"])
        for n, word in enumerate(words):
            sheet.write_string(FIRST_ROW - 1 + n, at, word, formats["text"])
    sheet.freeze_panes(FIRST_ROW - 1, 0)
