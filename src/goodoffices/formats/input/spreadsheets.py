"""Spreadsheets (.xlsx, .ods): the cells of their first visible sheet that is not empty, as text.

Numbers and days become what a person would type. Only stored values are read: a formula counts by its last result.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from goodoffices.data_class import dataclass
from goodoffices.formats.input.diagnostics import Entry, Grade, Place
from goodoffices.formats.input.files import RawFile
from goodoffices.formats.input.limits import Limits
from goodoffices.formats.input.sheet_cells import BROKEN, Cell, UnreadCell, cell_name, has_hidden, unread_cell
from goodoffices.formats.input.sheet_formats import shown_otherwise, shown_text
from goodoffices.formats.input.sheet_marks import marks_of
from goodoffices.phrases.phrase import Phrase

_SUFFIXES = (".xlsx", ".xlsm", ".ods")
_MOST_EXACT = 10**15
"""Spreadsheet programs keep fifteen digits of a number."""
_MOST_UNPACKED = 256 * 2**20
FIRST_SHEET = "only the first sheet is read"
"""How the note begins that other sheets of a file are not read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRow:
    """The cells of one row of a sheet, from column A on; ``line`` is its number, from 1."""

    cells: tuple[str, ...]
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A sheet by its name, its rows, what of the file was not read, and the first cell that could not be read."""

    name: str
    rows: tuple[SheetRow, ...]
    notes: tuple[str, ...] = ()
    unread: UnreadCell | None = None


def is_spreadsheet(raw: RawFile) -> bool:
    """Return whether a file is a spreadsheet, by its first bytes and its name."""
    return raw.data.startswith(b"PK\x03\x04") and raw.suffix in _SUFFIXES


def unpacked_size(raw: RawFile) -> int | None:
    """Return how many bytes a packed file unpacks to, as it says itself; ``None`` if it is not one."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw.data)) as packed:
            return sum(part.file_size for part in packed.infolist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError):
        return None


def first_sheet(raw: RawFile, limits: Limits, wanted: str = "") -> Sheet | Entry:
    """Return the first visible sheet that is not empty, or the one called ``wanted``, or why it cannot be read."""
    from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    size = unpacked_size(raw)
    if size is None:
        return _refused(raw, "table-cells", Phrase("this spreadsheet is damaged."), Phrase("Save it again."))
    if size > _MOST_UNPACKED:
        return _refused(
            raw,
            "too-large",
            Phrase("this spreadsheet unpacks to {size} bytes.", size=format(size, ",")),
            Phrase("Save only the table."),
        )
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(raw.data))
        shown = [
            sheet.name
            for sheet in book.sheets_metadata
            if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == SheetVisibleEnum.Visible
        ]
        sheets = [(name, book.get_sheet_by_name(name)) for name in shown]
        full = [(name, sheet) for name, sheet in sheets if sheet.start is not None]
        if not full:
            return _refused(
                raw,
                "empty-file",
                Phrase("this spreadsheet has no visible sheet with cells."),
                Phrase("Name another file."),
            )
        full.sort(key=lambda pair: wanted not in ("", pair[0]))
        name, sheet = full[0]
        if wanted not in ("", name):
            why = Phrase(
                "there is no sheet {wanted} with cells; there are {names}.",
                wanted=repr(wanted[:40]),
                names=", ".join((repr(one) for one, _ in full)),
            )
            return _refused(raw, "table-cells", why, Phrase("Name one of them."))
        if sheet.total_height > limits.rows or sheet.total_width > limits.columns:
            why = Phrase(
                "the sheet {name} has {total_height} rows and {total_width} columns.",
                name=repr(name),
                total_height=format(sheet.total_height, ","),
                total_width=format(sheet.total_width, ","),
            )
            return _refused(raw, "too-large", why, Phrase("Save only the table."))
        cells = sheet.to_python(skip_empty_area=False)
        rows = rows_of(cells, shown_otherwise(raw, name))
        unread = unread_cell(raw, name, [row.cells for row in rows])
        hidden = ("hidden rows and columns of the sheet are read too",) if has_hidden(raw, name) else ()
        marks = marks_of(raw, name)
        unseen = [one.name for one in book.sheets_metadata if one.visible != SheetVisibleEnum.Visible]
    except CalamineError as error:
        return _refused(
            raw,
            "table-cells",
            Phrase("this spreadsheet cannot be read: {error}.", error=str(error)[:80].rstrip(".")),
            Phrase("Save it again."),
        )
    except BROKEN:
        return _refused(raw, "table-cells", Phrase("this spreadsheet is damaged."), Phrase("Save it again."))
    others = () if wanted else tuple(other for other, _ in full[1:])
    notes = (*hidden, *marks, *_rounded(cells), *_notes(others), *_hidden_sheets(unseen))
    return Sheet(name=name, rows=rows, notes=notes, unread=unread)


def _notes(others: Iterable[str]) -> tuple[str, ...]:
    names = [repr(name) for name in others]
    return (f"{FIRST_SHEET}, not {', '.join(names)}",) if names else ()


def _hidden_sheets(names: Iterable[str]) -> tuple[str, ...]:
    shown = [repr(name) for name in names]
    return (f"hidden sheets are not read: {', '.join(shown)}",) if shown else ()


def rows_of(cells: Sequence[Sequence[Any]], shown: Mapping[Cell, str]) -> tuple[SheetRow, ...]:
    """Return the rows of a sheet as text; ``shown`` are the cells that show something else than their value."""
    rows = [SheetRow(cells=tuple(map(cell_text, row)), line=n) for n, row in enumerate(cells, start=1)]
    for (line, at), kind in shown.items():
        if 0 < line <= len(cells) and at < len(cells[line - 1]):
            text = shown_text(cells[line - 1][at], kind)
            if text is not None:
                before = rows[line - 1].cells
                rows[line - 1] = SheetRow(cells=(*before[:at], text, *before[at + 1 :]), line=line)
    return tuple(rows)


def _rounded(cells: Sequence[Sequence[Any]]) -> tuple[str, ...]:
    """Return a note on numbers that spreadsheet programs cannot hold: most are codes, and two may have become one."""
    found = [
        cell_name(n, at)
        for n, row in enumerate(cells, start=1)
        for at, value in enumerate(row)
        if isinstance(value, float) and abs(value) >= _MOST_EXACT
    ]
    more = f" and {len(found) - 5} more" if len(found) > 5 else ""
    why = "numbers of more than 15 digits are rounded in a spreadsheet; write codes as text"
    return (f"{why}: {', '.join(found[:5])}{more}",) if found else ()


def cell_text(value: Any) -> str:
    """Return a cell as a person would type it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 2**53 else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat()
    return (
        value.isoformat() if isinstance(value, date | time) else str(value) if isinstance(value, timedelta) else value
    )


def _refused(raw: RawFile, kind: str, why: str, remedy: str) -> Entry:
    place = Place(file=raw.name)
    return Entry(grade=Grade.REFUSAL, kind=kind, place=place, why=why, remedy=remedy)
