"""The wide table of the data set "Decision-making in the European Union", one row per issue.

Separator ``;``; columns ``p<code>`` and ``s<code>`` for the Commission, the Parliament and 28 states, positions and
saliences on 0..100; blank or outside 0..100 (999) is missing, and an actor takes part if both are present. ``rp`` is
the reference point, ``out`` the outcome, ``prnr`` the proposal. Issues on which nobody takes part are left out.
Capability is not in the data: it is the Council power of the regime in force when the act was adopted.
"""

from __future__ import annotations

import csv
import io
import math
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from goodoffices.errors import DatasetError
from goodoffices.formats.position_tables.cells import read_text
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
_NICE, _LISBON = 2005, 2015  # first years of the regimes as the study counts them


def regime_of(adopted: str, introduced: str) -> str:
    """Return the voting regime of the year in which the act was adopted; dates as ``dd-mm-yy``.

        The date of introduction counts only if the date of adoption is empty. What is not a date, such as the code 999,
    counts as 2007, the middle of the period, as in the study whose figures the tests compare with.
    """
    parts = (adopted.strip() or introduced.strip()).split("-")
    year = _UNKNOWN_YEAR
    if len(parts) == 3 and parts[2].strip().isdigit():
        year = int(parts[2])
        if year < 100:
            year += 1900 if year >= 90 else 2000
    return _REGIMES[(year >= _NICE) + (year >= _LISBON)]


def read_positions_deu(path: Path) -> PositionTable:
    """Read the wide table; capability is scaled so that the largest present is 100.

    Raises
    ------
    DatasetError
        If columns are missing, with their names.
    """
    table = csv.DictReader(io.StringIO(read_text(path)), delimiter=";")
    header = [name.strip() for name in table.fieldnames or []]
    needed = ["prnr", "isnr", "intro", "finact", "rp", "out", *(f"{c}{code}" for code in _codes() for c in "ps")]
    missing = [name for name in needed if name not in header]
    if missing:
        raise DatasetError(
            f"{path.name}, line 1: columns {', '.join(missing[:5])} are missing; this is not the wide table of DEU"
        )
    issues: list[PositionIssue] = []
    rows: list[PositionRow] = []
    lines = [(table.line_num, line) for line in table]
    names = _names([line for _, line in lines])
    for (number, line), name in zip(lines, names, strict=True):
        found = _rows(line, name, number)
        if found:  # an issue on which nobody has a position cannot be forecast
            issues.append(_issue(line, name, number))
            rows += found
    if not issues:
        raise DatasetError(f"{path.name}: there is no row under the header; nothing can be forecast or scored")
    return PositionTable(file=path.name, issues=tuple(issues), rows=tuple(rows))


def _names(lines: list[dict[str, str]]) -> list[str]:
    """Return a name for each issue: its number, with that of its proposal where the number comes again."""
    numbers = Counter((line["isnr"] or "").strip() for line in lines)
    return [
        number if numbers[number] == 1 else f"{(line['prnr'] or '').strip()}/{number}"
        for line in lines
        for number in [(line["isnr"] or "").strip()]
    ]


def _codes() -> tuple[str, ...]:
    return (*_INSTITUTIONS, *COUNCIL_POWER)


def _percent(line: Mapping[str, str], column: str) -> float | None:
    text = (line.get(column) or "").strip()
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) and 0.0 <= value <= 100.0 else None


def _issue(line: Mapping[str, str], name: str, number: int) -> PositionIssue:
    return PositionIssue(
        name=name,
        reference=_percent(line, "rp"),
        outcome=_percent(line, "out"),
        cluster=(line["prnr"] or "").strip(),
        line=number,
    )


def _rows(line: Mapping[str, str], name: str, number: int) -> list[PositionRow]:
    found = {}
    for code in _codes():
        position, salience = _percent(line, f"p{code}"), _percent(line, f"s{code}")
        if position is not None and salience is not None:
            found[code] = (position, salience / 100.0)
    power = _powers(tuple(found), _REGIMES.index(regime_of(line["finact"] or "", line["intro"] or "")))
    return [
        PositionRow(issue=name, actor=code, position=position, salience=salience,
                    capability=power[code], line=number)
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
