"""Any position file by what it looks like: tidy CSV, KTAB's CSV and XML, the #A/#P/#M/#D format, DEU's wide table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from goodoffices.formats.position_tables.cells import read_text
from goodoffices.formats.position_tables.deu import read_positions_deu
from goodoffices.formats.position_tables.exchange_tsv import read_positions_decide
from goodoffices.formats.position_tables.ktab import read_positions_ktab_csv, read_positions_ktab_xml
from goodoffices.formats.position_tables.tidy_csv import read_positions_csv
from goodoffices.position_table import PositionTable

POSITION_FORMATS: Mapping[str, Callable[[Path], PositionTable]] = MappingProxyType({
    "csv": read_positions_csv,
    "deu": read_positions_deu,
    "ktab-csv": read_positions_ktab_csv,
    "ktab-xml": read_positions_ktab_xml,
    "decide": read_positions_decide,
})  # fmt: skip


def format_of(text: str) -> str:
    """Return the name of the format that ``text`` is written in, by its first lines; tidy CSV if nothing else fits."""
    head = text.lstrip("\ufeff \t\r\n")
    first = head.splitlines()[0] if head else ""
    if head.startswith("<"):
        return "ktab-xml"
    if first.lstrip("'").startswith(("#A", "#P", "#M", "#D")):
        return "decide"
    if ";" in first and "prnr" in first and "isnr" in first:
        return "deu"
    cells = [cell.strip() for cell in first.split(",")]
    if "position" not in cells and sum(cell.isdigit() for cell in cells) >= 2:
        return "ktab-csv"
    return "csv"


def read_positions(path: Path, *, salience_scale: float | None = None) -> PositionTable:
    """Read a position file of any known format.

    Parameters
    ----------
    salience_scale
        For tidy CSV only: what full salience is in the file. The other formats fix it.
    """
    name = format_of(read_text(path))
    if name == "csv" and salience_scale is not None:
        return read_positions_csv(path, salience_scale=salience_scale)
    return POSITION_FORMATS[name](path)
