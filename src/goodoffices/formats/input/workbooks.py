"""A whole spreadsheet (.xlsx, .ods): every sheet with its cells as text, and the cells that hold more than a value.

A table of rows is read from one sheet (:mod:`goodoffices.formats.input.spreadsheets`). Here a form of several sheets is
read, so a formula, a merged cell and a day that a spreadsheet program made of other words are told with their place.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, time
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import Element, ParseError

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException

from goodoffices.formats.input.files import RawFile
from goodoffices.formats.input.spreadsheets import SheetRow, cell_text, unpacked_size

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

_MOST_UNPACKED = 64 * 2**20
_MOST_COLUMNS = 200
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
Cell = tuple[int, int]
"""A cell by its row, from 1, and its column, from 0."""
_Marks = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkbookSheet:
    """A sheet: its rows as text, where a cell holds a day or a formula, and where cells are merged.

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
        found = [_sheet(book.get_sheet_by_name(name), most_rows) for name in names]
        marks = _marks(raw, {sheet.name for sheet in found if sheet.rows})
    except (CalamineError, DefusedXmlException, ParseError, KeyError, zipfile.BadZipFile, ValueError):
        return None
    return tuple(replace(sheet, **marks.get(sheet.name, {})) for sheet in found)


def _sheet(sheet: CalamineSheet, most_rows: int) -> WorkbookSheet:
    empty = WorkbookSheet(name=sheet.name, n_rows=0, n_columns=0)
    if sheet.start is None:
        return empty
    found = replace(empty, n_rows=sheet.total_height + 1, n_columns=sheet.total_width + 1)
    if found.n_rows > most_rows or found.n_columns > _MOST_COLUMNS:
        return found
    cells = sheet.to_python(skip_empty_area=False)
    rows = tuple(SheetRow(cells=tuple(map(cell_text, row)), line=n) for n, row in enumerate(cells, start=1))
    days = frozenset(
        (n, at) for n, row in enumerate(cells, start=1) for at, cell in enumerate(row) if isinstance(cell, date | time)
    )
    return replace(found, rows=rows, days=days)


def _marks(raw: RawFile, wanted: set[str]) -> dict[str, _Marks]:
    """Return formulas and merged cells of the sheets that were read; calamine does not tell them in both formats."""
    with zipfile.ZipFile(io.BytesIO(raw.data)) as packed:
        if "xl/workbook.xml" in packed.namelist():
            return dict(_of_xlsx(packed, wanted))
        return dict(_of_ods(packed, wanted)) if "content.xml" in packed.namelist() else {}


def _of_xlsx(packed: zipfile.ZipFile, wanted: set[str]) -> Iterator[tuple[str, _Marks]]:
    relations = ElementTree.fromstring(packed.read("xl/_rels/workbook.xml.rels"))
    targets = {relation.get("Id", ""): relation.get("Target", "") for relation in relations}
    for sheet in _named(ElementTree.fromstring(packed.read("xl/workbook.xml")), "sheet"):
        relation = next((value for key, value in sheet.attrib.items() if key.endswith("}id")), "")
        name, target = sheet.get("name", ""), targets.get(relation, "")
        if name in wanted:
            root = ElementTree.fromstring(packed.read(target.lstrip("/") if target[:1] == "/" else f"xl/{target}"))
            formulas = (
                cell.get("r", "") for cell in _named(root, "c") if any(part.tag.endswith("}f") for part in cell)
            )
            merged = (span.get("ref", "").partition(":")[0] for span in _named(root, "mergeCell"))
            yield name, {"formulas": frozenset(map(_cell, formulas)), "merged": tuple(map(_cell, merged))}


def _named(root: Element, name: str) -> Iterator[Element]:
    """Yield the elements of this name; their namespace differs between the usual and the strict form of the format."""
    return (element for element in root.iter() if element.tag.rpartition("}")[2] == name)


def _cell(reference: str) -> Cell:
    """Return a cell by its reference.

    Examples
    --------
    >>> _cell("AB12")
    (12, 27)
    """
    letters = reference.rstrip("0123456789")
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(reference[len(letters) :] or 0), column - 1


def _of_ods(packed: zipfile.ZipFile, wanted: set[str]) -> Iterator[tuple[str, _Marks]]:
    for table in ElementTree.fromstring(packed.read("content.xml")).iter(f"{_TABLE}table"):
        name = table.get(f"{_TABLE}name", "")
        if name in wanted:
            formulas, merged = set(), []
            for line, at, cell in _cells_of_ods(table):
                if cell.get(f"{_TABLE}formula") is not None:
                    formulas.add((line, at))
                spans = (cell.get(f"{_TABLE}number-{what}-spanned", "1") for what in ("columns", "rows"))
                if any(span != "1" for span in spans):
                    merged.append((line, at))
            yield name, {"formulas": frozenset(formulas), "merged": tuple(merged)}


def _cells_of_ods(table: Element) -> Iterator[tuple[int, int, Element]]:
    line = 1
    for row in table.iter(f"{_TABLE}table-row"):
        at = 0
        for cell in row:
            yield line, at, cell
            at += int(cell.get(f"{_TABLE}number-columns-repeated", "1"))
        line += int(row.get(f"{_TABLE}number-rows-repeated", "1"))
