"""A whole spreadsheet (.xlsx, .ods): every sheet with its cells as text, and the cells that hold more than a value.

A table of rows is read from one sheet (:mod:`goodoffices.formats.input.spreadsheets`). Here a form of several sheets is
read, so a formula, a merged cell and a day that a spreadsheet program made of other words are told with their place.
"""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date, time
from typing import TYPE_CHECKING

from goodoffices.data_class import dataclass
from goodoffices.formats.input.files import RawFile
from goodoffices.formats.input.sheet_cells import BROKEN, Cell, first_unread, sheet_cells
from goodoffices.formats.input.sheet_formats import shown_otherwise
from goodoffices.formats.input.spreadsheets import SheetRow, rows_of, unpacked_size

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

_MOST_UNPACKED = 64 * 2**20
_MOST_COLUMNS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkbookSheet:
    """A sheet: its rows as text, where a cell holds a day or a formula, merged cells, and the first that was not read.

    ``n_rows`` counts the rows up to the last that is not empty, ``n_columns`` the columns. With more of either than are
    read, ``rows`` is empty.
    """

    name: str
    n_rows: int
    n_columns: int
    rows: tuple[SheetRow, ...] = ()
    days: frozenset[Cell] = frozenset()
    formulas: frozenset[Cell] = frozenset()
    merged: tuple[Cell, ...] = ()
    unread: Cell | None = None


def read_workbook(raw: RawFile, most_rows: int) -> tuple[WorkbookSheet, ...] | None:
    """Return all sheets of a file, hidden ones too; ``None`` if it is not a spreadsheet that can be read.

    Parameters
    ----------
    most_rows
        A sheet with more rows, or more than 200 columns, is not read; the numbers are told.
    """
    from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum

    size = unpacked_size(raw)
    if size is None or size > _MOST_UNPACKED:
        return None
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(raw.data))
        names = [sheet.name for sheet in book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
        found = [_sheet(raw, book.get_sheet_by_name(name), most_rows) for name in names]
        return tuple(_marked(raw, sheet) for sheet in found)
    except (CalamineError, *BROKEN):
        return None


def _sheet(raw: RawFile, sheet: CalamineSheet, most_rows: int) -> WorkbookSheet:
    empty = WorkbookSheet(name=sheet.name, n_rows=0, n_columns=0)
    if sheet.start is None:
        return empty
    found = replace(empty, n_rows=sheet.total_height + 1, n_columns=sheet.total_width + 1)
    if found.n_rows > most_rows or found.n_columns > _MOST_COLUMNS:
        return found
    cells = sheet.to_python(skip_empty_area=False)
    rows = rows_of(cells, shown_otherwise(raw, sheet.name))
    days = frozenset(
        (n, at) for n, row in enumerate(cells, start=1) for at, cell in enumerate(row) if isinstance(cell, date | time)
    )
    return replace(found, rows=rows, days=days)


def _marked(raw: RawFile, sheet: WorkbookSheet) -> WorkbookSheet:
    """Add formulas, merged cells and the first cell that was not read, which calamine does not tell."""
    if not sheet.rows:
        return sheet
    found = sheet_cells(raw, sheet.name)
    unread = first_unread(found, [row.cells for row in sheet.rows])
    lost = None if unread is None else unread.cell
    return replace(sheet, formulas=frozenset(found.formulas), merged=tuple(found.merged), unread=lost)
