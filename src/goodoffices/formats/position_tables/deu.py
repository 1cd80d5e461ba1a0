"""The wide table of the data set "Decision-making in the European Union", one row per issue.

Separator ``;``; columns ``p<code>`` and ``s<code>`` for the Commission, the Parliament and 28 states, positions and
saliences on 0..100; blank or outside 0..100 (999) is missing, and an actor takes part if both are present. ``rp`` is
the reference point, ``out`` the outcome, ``prnr`` the proposal. Issues on which nobody takes part are left out.
Capability is not in the data: it is the Council power of the regime in force when the act was adopted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from goodoffices.errors import DatasetError
from goodoffices.formats.input.diagnostics import Entry
from goodoffices.formats.input.files import RawFile
from goodoffices.formats.input.tables import Form, HeadedTable, Row, some_of, with_columns
from goodoffices.formats.position_tables.cells import Place, error_of, number_at, table_in
from goodoffices.position_table import PositionIssue, PositionRow, PositionTable

# Votes in the Council before Nice (EC treaty, art. 148) and under Nice (OJ C 80/2001; Croatia from 2013), and people
# in millions in 2019 (Eurostat), which is what counts since Lisbon. None: no member then.
COUNCIL_POWER: Mapping[str, tuple[int | None, int, float]] = {
    "at": (4, 10, 8.93), "be": (5, 12, 11.57), "bu": (None, 10, 6.92), "cr": (None, 7, 4.04), "cy": (None, 4, 0.9),
    "cz": (None, 12, 10.57), "dk": (3, 7, 5.83), "ee": (None, 4, 1.33), "fi": (3, 7, 5.53), "fr": (10, 29, 67.44),
    "de": (10, 29, 83.12), "el": (5, 12, 10.38), "hu": (None, 12, 9.73), "ie": (3, 7, 5.01), "it": (10, 29, 58.97),
    "lv": (None, 4, 1.86), "lt": (None, 7, 2.8), "lu": (2, 4, 0.63), "mt": (None, 3, 0.52), "nl": (5, 13, 17.61),
    "pl": (None, 27, 37.84), "pt": (5, 12, 10.75), "ro": (None, 14, 19.19), "si": (None, 4, 2.11),
    "sk": (None, 7, 5.42), "es": (8, 27, 48.95), "se": (4, 10, 10.37), "uk": (10, 29, 67.79),
}  # fmt: skip
_INSTITUTIONS = ("com", "ep")
_REGIMES = ("pre_nice", "nice", "lisbon")
_UNKNOWN_YEAR = 2007
_MISSING = (".", "NA")
"""What statistical programs write for a missing value."""
_CODE = "999"
"""The code of the data set for a missing number."""
_FORM = Form(delimiters=";")
_NICE, _LISBON = 2005, 2015  # first years of the regimes as the study counts them


def regime_of(adopted: str, introduced: str) -> str:
    """Return the voting regime of the year in which the act was adopted; dates as ``dd-mm-yy``.

    The date of introduction counts only if the date of adoption is empty. What is not a date, such as the code 999,
    counts as 2007, the middle of the period, as in the study whose figures the tests compare with.
    """
    found = year_of(adopted, introduced)
    year = _UNKNOWN_YEAR if found is None else found
    return _REGIMES[(year >= _NICE) + (year >= _LISBON)]


def year_of(adopted: str, introduced: str) -> int | None:
    """Return the year in which the act was adopted, or introduced if that date is empty, if it is a date."""
    parts = (adopted.strip() or introduced.strip()).split("-")
    if len(parts) != 3 or not (parts[2].strip().isascii() and parts[2].strip().isdecimal()):
        return None
    year = int(parts[2].strip()[:9])
    return year if year >= 100 else year + (1900 if year >= 90 else 2000)


def read_positions_deu(raw: RawFile) -> PositionTable:
    """Read the wide table; capability is scaled so that the largest present is 100.

    Raises
    ------
    DatasetError, ForecastInputError
        If columns are missing, with their names, or a cell cannot be read.
    """
    found = table_in(raw, _FORM)
    needed = ["prnr", "isnr", "intro", "finact", "rp", "out", *(f"{c}{code}" for code in _codes() for c in "ps")]
    header = [cell.strip() for cell in found.rows[0].cells]
    missing = [name for name in needed if name not in header]
    if missing:
        raise DatasetError(
            f"{raw.name}, line 1: columns {', '.join(missing[:5])} are missing; this is not the wide table of DEU"
        )
    table = with_columns(found, needed=needed, known=header)
    if isinstance(table, Entry):
        raise error_of(table)
    issues: list[PositionIssue] = []
    rows: list[PositionRow] = []
    for line, name in zip(table.rows, _names(table), strict=True):
        made = _rows(table, line, name)
        if made:  # an issue on which nobody has a position cannot be forecast
            issues.append(_issue(table, line, name))
            rows += made
    if not issues:
        raise DatasetError(f"{raw.name}: there is no row under the header; nothing can be forecast or scored")
    return PositionTable(file=raw.name, issues=tuple(issues), rows=tuple(rows), notes=_notes(table, issues))


def _notes(table: HeadedTable, issues: list[PositionIssue]) -> tuple[str, ...]:
    """Return what of the table is not in what was read: issues, actors, numbers, years."""
    read = {issue.line for issue in issues}
    empty = [f"line {row.line}" for row in table.rows if row.line not in read]
    half = [
        f"{code} in line {row.line}"
        for row in table.rows
        for code in _codes()
        if _percent(table, row, f"p{code}") is not None and _percent(table, row, f"s{code}") is None
    ]
    placeless = [
        f"{code} in line {row.line}"
        for row in table.rows
        for code in _codes()
        if not table.cell(row, f"p{code}") and _percent(table, row, f"s{code}") is not None
    ]
    odd = [
        f"{name} in line {row.line}"
        for row in table.rows
        for name in ("rp", "out", *(f"{side}{code}" for code in _codes() for side in "ps"))
        if table.cell(row, name) not in ("", *_MISSING, _CODE) and _percent(table, row, name) is None
    ]
    undated = [f"line {row.line}" for row in table.rows if row.line in read and year_of(*_dates(table, row)) is None]
    left_out = (
        ("issues on which no actor has both position and salience, left out", empty),
        ("actors with a position but without a salience, left out", half),
        (f"actors with a salience whose position is blank and not {_CODE}, left out", placeless),
        (f"numbers outside 0 to 100 other than {_CODE}, read as missing", odd),
        (f"issues without the year of adoption, counted as {_UNKNOWN_YEAR}", undated),
    )
    said = [f"{what} ({len(places)}): {some_of(places)}" for what, places in left_out if places]
    return (*table.notes, *said)


def _dates(table: HeadedTable, row: Row) -> tuple[str, str]:
    return table.cell(row, "finact"), table.cell(row, "intro")


def _names(table: HeadedTable) -> list[str]:
    """Return a name for each issue: its number, with that of its proposal where the number comes again."""
    given = [table.cell(row, "isnr") for row in table.rows]
    numbers = Counter(given)
    return [
        number if numbers[number] == 1 else f"{table.cell(row, 'prnr')}/{number}"
        for row, number in zip(table.rows, given, strict=True)
    ]


def _codes() -> tuple[str, ...]:
    return (*_INSTITUTIONS, *COUNCIL_POWER)


def _percent(table: HeadedTable, row: Row, column: str) -> float | None:
    """Return a number from 0 to 100; ``None`` if the cell is blank, or has a code outside that range for *missing*."""
    text = table.cell(row, column)
    if not text or text in _MISSING:
        return None
    value = number_at(text, Place.of(table.table, row, table.index[column], column))
    return value if 0.0 <= value <= 100.0 else None


def _issue(table: HeadedTable, row: Row, name: str) -> PositionIssue:
    return PositionIssue(
        name=name,
        reference=_percent(table, row, "rp"),
        outcome=_percent(table, row, "out"),
        cluster=table.cell(row, "prnr"),
        line=row.line,
    )


def _rows(table: HeadedTable, row: Row, name: str) -> list[PositionRow]:
    found = {}
    for code in _codes():
        position, salience = _percent(table, row, f"p{code}"), _percent(table, row, f"s{code}")
        if position is not None and salience is not None:
            found[code] = (position, salience / 100.0)
    power = _powers(tuple(found), _REGIMES.index(regime_of(*_dates(table, row))))
    return [
        PositionRow(issue=name, actor=code, position=position, salience=salience,
                    capability=power[code], line=row.line)
        for code, (position, salience) in found.items()
    ]  # fmt: skip


def _powers(present: tuple[str, ...], regime: int) -> Mapping[str, float]:
    """Return the power of each actor present, the largest 100; Commission and Parliament count as the largest state."""
    states = [code for code in present if code not in _INSTITUTIONS]
    known = {code: float(value) for code in states if (value := COUNCIL_POWER[code][regime]) is not None}
    smallest, largest = min(known.values(), default=1.0), max(known.values(), default=1.0)
    raw = {code: largest if code in _INSTITUTIONS else known.get(code, smallest) for code in present}
    top = max(raw.values(), default=1.0)
    return {code: value / top * 100.0 for code, value in raw.items()}
