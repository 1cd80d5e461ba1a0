"""Spreadsheets that begin own talks, for tests: the valley, filled in as people fill it in, and with single changes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from goodoffices.formats.input.files import RawFile
from goodoffices.formats.talks_sheets.columns import SheetForm
from goodoffices.formats.talks_sheets.columns_of_facts import ROW_SHEETS
from goodoffices.formats.talks_sheets.reader import SheetReading, read_sheets
from goodoffices.formats.talks_sheets.template import explained_cell
from spreadsheet_files import ods, xlsx

Cells = list[list[Any]]
Book = dict[str, Cells]

START: Mapping[str, str] = {
    "Title": "River valley talks",
    "Place": "Lakeside",
    "Time zone": "Europe/Zurich",
    "Languages": "English; Arabic",
    "Exercise or live": "exercise",
    "First round begins": "2026-12-07",
    "First session": "Opening; plenary; 10:00",
}
ROWS: Mapping[str, list[dict[str, str]]] = {
    "Actors": [
        {"Name": "Government of Northland", "What it is": "state", "Invented": "yes"},
        {"Name": "Valley Movement", "Other names": "حركة الوادي; Mouvement de la vallée",
         "What it is": "party or movement", "Never the same as": "Upper Valley Movement", "Source": "Bulletin 4",
         "Invented": "yes"},
        {"Name": "Upper Valley Movement", "What it is": "party or movement", "Part of": "Valley Movement",
         "Invented": "yes"},
        {"Name": "United Nations", "Other names": "UN", "What it is": "organisation", "Invented": "no"},
        {"Name": "أهل البحيرة", "What it is": "body", "Invented": "yes"},
    ],
    "Seats": [
        {"Seat": "Northland", "For": "government of northland", "Roles": "party", "Head of delegation": "Ana Ruiz",
         "How papers reach it": "on screen", "Invented": "yes"},
        {"Seat": "Valley", "For": "Valley Movement; Upper Valley Movement", "Roles": "party",
         "How papers reach it": "on paper", "Invented": "yes"},
        {"Seat": "UN", "For": "UN", "Roles": "facilitator; guarantor", "Guarantor of": "Valley Movement",
         "On whose word": "A. Clerk", "Disputed by": "Government of Northland", "How papers reach it": "on screen",
         "Invented": "yes"},
        {"Seat": "Lake", "For": "أهل البحيرة", "Roles": "observer", "How papers reach it": "sealed file",
         "Invented": "yes"},
    ],
    "Issues": [
        {"Issue": "Water", "Basket": "The valley", "Question": "Who opens the sluice?", "Option 1": "Northland",
         "Option 2": "Both together", "Option 3": "The United Nations", "Order matters": "yes", "Invented": "yes"},
        {"Issue": "Crossing", "Question": "When does the bridge open?", "Option 1": "At once",
         "Option 2": "In spring", "Order matters": "no", "Invented": "yes"},
    ],
    "Positions": [
        {"Actor": "Valley Movement", "Issue": "Water", "Option": "both together", "Said on": "23 Jan 2026",
         "Said to": "the public", "Source": "Bulletin 4", "Strength": "own word", "Invented": "yes"},
        {"Actor": "Government of Northland", "Issue": "Crossing", "Option": "2", "Said on": "٢٠٢٦-٠١-٢٤",
         "Said to": "me", "Source": "told to me", "Strength": "own word", "Invented": "yes"},
        {"Actor": "Valley Movement", "Issue": "Crossing", "Option": "another", "In its own words": "بعد الحصاد",
         "Said on": "2026-01-25", "Said to": "named seats", "Named seats": "UN", "Source": "Bulletin 4",
         "Strength": "named source", "Invented": "yes"},
    ],
    "Sources": [
        {"Short name": "Bulletin 4", "Outlet": "The Valley Bulletin", "Close to": "valley", "From agency": "Lake News",
         "From speaker": "A spokeswoman", "Day": "2026-02-02", "Hour and zone": "08:00 Europe/Zurich",
         "Invented": "yes"},
    ],
    "Commitments": [
        {"Who": "Valley Movement; Government of Northland", "What": "Keep the road open.",
         "Promised by itself": "yes", "In which text": "Statement of January", "Due": "2026-02-01",
         "Only if": "if nobody shoots", "What happened": "The road is open.", "When": "2026-02-02",
         "On whose word": "Bulletin 4", "State": "done in part", "Source": "Bulletin 4", "Invented": "yes"},
        {"Who": "United Nations", "What": "Send a boat.", "Promised by itself": "not known",
         "Due": "end of February", "State": "open", "Source": "Bulletin 4", "Invented": "yes"},
    ],
}  # fmt: skip
"""Rows by sheet, each cell under its heading. Everything in them is invented."""


def form(name: str) -> SheetForm:
    """A sheet of rows by its name."""
    return next(one for one in ROW_SHEETS if one.name == name)


def sheet(name: str, rows: list[dict[str, str]]) -> Cells:
    """A sheet with the three rows above and these below."""
    columns = form(name).columns
    above: Cells = [
        [column.heading for column in columns],
        [explained_cell(column) for column in columns],
        [column.example for column in columns],
    ]
    return [*above, *([row.get(column.heading) for column in columns] for row in rows)]


def book(**changes: object) -> Book:
    """The valley's workbook, with other rows for the sheets named; ``Start`` takes cells by their labels."""
    start = {**START, **(changes.pop("Start", {}) or {})}  # type: ignore[dict-item]
    cells: Cells = [
        ["What", "Yours"],
        ["Write in column B."],
        [None],
        *([label, text] for label, text in start.items()),
    ]
    sheets = {name: sheet(name, changes.get(name, rows)) for name, rows in ROWS.items()}  # type: ignore[arg-type]
    return {"Start": cells, **sheets}


def changed(name: str, row: int, **cells: str) -> Book:
    """The valley's workbook with some cells of one row changed; underscores stand for blanks in headings."""
    rows = [dict(one) for one in ROWS[name]]
    rows[row] |= {heading.replace("_", " "): text for heading, text in cells.items()}
    return book(**{name: rows})


def read(made: Book, *, as_ods: bool = False) -> SheetReading:
    """What is read from a workbook."""
    suffix, pack = ("ods", ods) if as_ods else ("xlsx", xlsx)
    return read_sheets(RawFile(name=f"valley.{suffix}", data=pack(made)))


def told(reading: SheetReading) -> list[tuple[str, str]]:
    """The codes of what is wrong, each with its place."""
    return [(one.code, one.place) for one in reading.problems]
