"""The tab-separated format of exchange models: ``#A`` actor, ``#P`` issue, ``#M`` scale point, ``#D`` data.

Cells may stand in single quotation marks. ``#M`` issue, value: lowest and highest give the scale. ``#D`` actor, issue,
position on that scale, salience 0..1, power.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path

from goodoffices.errors import ForecastInputError
from goodoffices.formats.position_tables.cells import Place, number_at, read_text
from goodoffices.position_table import PositionIssue, PositionRow, PositionTable


def read_positions_decide(path: Path) -> PositionTable:
    """Read the ``#A/#P/#M/#D`` format.

    Raises
    ------
    ForecastInputError
        With file, line, column, value and what would be right.
    """
    lines: dict[str, list[tuple[int, list[str]]]] = {"#A": [], "#P": [], "#M": [], "#D": []}
    table = csv.reader(io.StringIO(read_text(path)), delimiter="\t", quotechar="'")
    for cells in table:
        kept = [cell.strip() for cell in cells]
        if any(kept) and kept[0] in lines:
            lines[kept[0]].append((table.line_num, kept[1:]))
    actors = [cells[0] for _, cells in lines["#A"]]
    issues = {cells[0]: number for number, cells in lines["#P"]}
    marks: dict[str, list[float]] = {name: [] for name in issues}
    for number, cells in lines["#M"]:
        _known(cells[0], list(issues), path.name, number, "issue")
        marks[cells[0]].append(number_at(cells[1], Place(file=path.name, line=number, column="scale point")))
    rows = tuple(_row(path.name, number, cells, actors, list(issues)) for number, cells in lines["#D"])
    if not rows:
        raise ForecastInputError(
            f"{path.name}: there is no line that begins with #D; this is not the #A/#P/#M/#D format"
        )
    return PositionTable(
        file=path.name,
        issues=tuple(_issue(name, marks[name], number, path.name) for name, number in issues.items()),
        rows=rows,
    )


def _known(name: str, known: list[str], file: str, line: int, kind: str) -> None:
    if name not in known:
        raise Place(file=file, line=line, column=kind).refuse(
            f"{name!r} is not an {kind} of this file; known: {', '.join(known)}"
        )


def _row(file: str, line: int, cells: list[str], actors: list[str], issues: list[str]) -> PositionRow:
    if len(cells) < 5:
        raise ForecastInputError(
            f"{file}, line {line}: a #D line has actor, issue, position, salience and power; it has {len(cells)} cells"
        )
    _known(cells[0], actors, file, line, "actor")
    _known(cells[1], issues, file, line, "issue")
    position, salience, power = (
        number_at(cell, Place(file=file, line=line, column=column))
        for cell, column in zip(cells[2:5], ("position", "salience", "power"), strict=True)
    )
    return PositionRow(
        issue=cells[1], actor=cells[0], position=position, salience=salience, capability=power, line=line
    )


def _issue(name: str, marks: list[float], line: int, file: str) -> PositionIssue:
    if len(set(marks)) < 2:
        raise Place(file=file, line=line, column="issue").refuse(
            f"{name!r} has {len(set(marks))} scale points; write the lowest and the highest, each in a line #M"
        )
    return PositionIssue(name=name, scale=(min(marks), max(marks)), line=line)
