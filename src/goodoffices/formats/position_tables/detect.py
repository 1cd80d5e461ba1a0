"""Any position file by what it looks like: tidy CSV, KTAB's CSV and XML, the #A/#P/#M/#D format, DEU's wide table."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from goodoffices.errors import quoted
from goodoffices.formats.input.files import RawFile
from goodoffices.formats.input.spreadsheets import is_spreadsheet
from goodoffices.formats.position_tables.cells import raw_file, text_in
from goodoffices.formats.position_tables.deu import read_positions_deu
from goodoffices.formats.position_tables.exchange_tsv import COMMENTS, read_positions_decide
from goodoffices.formats.position_tables.ktab import read_positions_ktab_csv, read_positions_ktab_xml
from goodoffices.formats.position_tables.tidy_csv import read_positions_csv
from goodoffices.names import easily_confused
from goodoffices.position_table import PositionTable

POSITION_FORMATS: Mapping[str, Callable[[RawFile], PositionTable]] = MappingProxyType({
    "csv": read_positions_csv,
    "deu": read_positions_deu,
    "ktab-csv": read_positions_ktab_csv,
    "ktab-xml": read_positions_ktab_xml,
    "decide": read_positions_decide,
})  # fmt: skip


def format_of(text: str) -> str:
    """Return the name of the format that ``text`` is written in, by its first lines; tidy CSV if nothing else fits."""
    head = text.lstrip("\ufeff \t\r\n")
    lines = (line for line in head.splitlines() if line.strip() and not line.lstrip("'").startswith(COMMENTS))
    first = next(lines, "")
    if head.startswith("<"):
        return "ktab-xml" if not _PAGE.match(head) else "csv"
    if first.lstrip("'").startswith(("#A", "#P", "#M", "#D")):
        return "decide"
    if ";" in first and "prnr" in first and "isnr" in first:
        return "deu"
    cells = [cell.strip() for cell in first.split(",")]
    if "position" not in cells and sum(cell.isdecimal() for cell in cells) >= 2 and not _is_row(cells):
        return "ktab-csv"
    return "csv"


_PAGE = re.compile(r"<(!doctype\s+)?(html|table)\b", re.I)
"""How a page begins; programs export tables as pages and call them ``.csv`` or ``.xls``."""


def _is_row(cells: list[str]) -> bool:
    """Say whether cells are a row of the tidy table whose heading is missing: names, then at least three numbers."""
    numbers = [re.fullmatch(r"[-+]?[0-9]*\.?[0-9]+", cell) is not None for cell in cells[-3:]]
    return len(cells) >= 4 and all(numbers) and any("." in cell for cell in cells[-3:]) and not cells[0].isdecimal()


def read_positions(path: str | Path, *, salience_scale: float | None = None) -> PositionTable:
    """Read a position file of any known format, or a spreadsheet with the columns of the tidy table.

    Parameters
    ----------
    salience_scale
        For tidy CSV only: what full salience is in the file. The other formats fix it.
    """
    raw = raw_file(Path(path))
    name = "csv" if is_spreadsheet(raw) else format_of(text_in(raw))
    if name == "csv" and salience_scale is not None:
        table = read_positions_csv(raw, salience_scale=salience_scale)
    else:
        table = POSITION_FORMATS[name](raw)
    return replace(table, notes=(*table.notes, *_alike(table)))


def _alike(table: PositionTable) -> list[str]:
    """Return a note for every two names of the table that are easily taken for each other; they count as two."""
    pairs = easily_confused(dict.fromkeys(row.actor for row in table.rows))
    pairs += easily_confused(issue.name for issue in table.issues)
    return [f"{quoted(one)} and {quoted(other)} look alike, but are different names" for one, other in pairs]
