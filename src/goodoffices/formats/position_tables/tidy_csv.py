"""The tidy table of positions: one row per issue and actor.

Columns: ``issue, actor, position, salience, capability``, and if wanted ``position_low, position_high, source, cluster,
reference, outcome, scale_low, scale_high``. Positions lie on 0..100 unless the scale is given. Rows of one issue and
actor from several sources are contested. A table of one issue may leave the column ``issue`` out.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from goodoffices.errors import ForecastInputError
from goodoffices.formats.position_tables.cells import Place, number_at, read_text
from goodoffices.position_table import PositionIssue, PositionRow, PositionTable

_NEEDED = ("actor", "position", "salience", "capability")
_KNOWN = (
    "issue", *_NEEDED, "position_low", "position_high", "source", "cluster", "reference", "outcome", "scale_low",
    "scale_high",
)  # fmt: skip
_OF_ISSUE = ("cluster", "reference", "outcome", "scale_low", "scale_high")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    file: str
    line: int
    cells: Mapping[str, str]

    def text(self, column: str) -> str:
        return (self.cells.get(column) or "").strip()

    def number(self, column: str) -> float | None:
        found = self.text(column)
        return number_at(found, Place(file=self.file, line=self.line, column=column)) if found else None

    def needed(self, column: str) -> float:
        value = self.number(column)
        if value is None:
            raise Place(file=self.file, line=self.line, column=column).refuse("this cell is empty; write a number")
        return value


def read_positions_csv(path: Path, *, salience_scale: float = 1.0) -> PositionTable:
    """Read a tidy table of positions.

    Parameters
    ----------
    salience_scale
        What full salience is in the file; 100 for percentages. Never guessed.

    Raises
    ------
    ForecastInputError
        With file, line, column, value and what would be right.
    """
    lines = _lines(read_text(path), path.name)
    rows: list[PositionRow] = []
    issues: dict[str, _Line] = {}
    for line in lines:
        issue = line.text("issue") or path.stem
        rows.append(_row(line, issue, salience_scale))
        issues.setdefault(issue, line)
        _agree(issues[issue], line, issue)
    return PositionTable(
        file=path.name, rows=tuple(rows), issues=tuple(_issue(name, line) for name, line in issues.items())
    )


def _lines(text: str, file: str) -> list[_Line]:
    table = csv.reader(io.StringIO(text))
    header = [name.strip() for name in next(table, [])]
    missing = [name for name in _NEEDED if name not in header]
    if missing:
        raise ForecastInputError(
            f"{file}, line 1: the column {missing[0]!r} is missing; the columns are {', '.join(_NEEDED)}, "
            f"and 'issue' if there are several issues; found {', '.join(header) or 'none'}"
        )
    found = []
    for cells in table:
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) > len(header):
            raise ForecastInputError(
                f"{file}, line {table.line_num}: {len(cells)} cells under {len(header)} columns; put quotation marks "
                "around a cell that holds a comma"
            )
        found.append(_Line(file=file, line=table.line_num, cells=dict(zip(header, cells, strict=False))))
    if not found:
        raise ForecastInputError(f"{file}: there is no row under the header; a forecast needs at least one actor")
    return found


def _row(line: _Line, issue: str, salience_scale: float) -> PositionRow:
    salience = line.needed("salience") / salience_scale
    if not 0 <= salience <= 1:
        hint = "; if 100 means full salience, say so with salience_scale=100" if 1 < salience <= 100 else ""
        raise Place(file=line.file, line=line.line, column="salience").refuse(
            f"{line.text('salience')} is not between 0 and {salience_scale:g}{hint}"
        )
    if not line.text("actor"):
        raise Place(file=line.file, line=line.line, column="actor").refuse("this cell is empty; name the actor")
    return PositionRow(
        issue=issue,
        actor=line.text("actor"),
        position=line.needed("position"),
        salience=salience,
        capability=line.needed("capability"),
        position_low=line.number("position_low"),
        position_high=line.number("position_high"),
        source=line.text("source"),
        line=line.line,
    )


def _agree(first: _Line, line: _Line, issue: str) -> None:
    for column in _OF_ISSUE:
        if line.text(column) != first.text(column):
            raise Place(file=line.file, line=line.line, column=column).refuse(
                f"{line.text(column)!r} contradicts {first.text(column)!r} in line {first.line}; the value must "
                f"be the same for the whole issue {issue!r}"
            )


def _issue(name: str, line: _Line) -> PositionIssue:
    low, high = line.number("scale_low"), line.number("scale_high")
    return PositionIssue(
        name=name,
        scale=(0.0 if low is None else low, 100.0 if high is None else high),
        reference=line.number("reference"),
        outcome=line.number("outcome"),
        cluster=line.text("cluster") or name,
        line=line.line,
    )
