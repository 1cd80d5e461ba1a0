"""The tab-separated format of exchange models: ``#A`` actor, ``#P`` issue, ``#M`` scale point, ``#D`` data.

Cells may stand in single quotation marks. ``#M`` issue, value: lowest and highest give the scale. ``#D`` actor, issue,
position on that scale, salience 0..1, power. Lines that begin with ``#/`` (a comment) or ``#O`` (a title) are those
programs' own and are left out.
"""

from __future__ import annotations

from goodoffices.errors import ForecastInputError
from goodoffices.formats.input.files import RawFile
from goodoffices.formats.input.tables import Form, Row, Table, some_of
from goodoffices.formats.position_tables.cells import Place, number_at, table_in
from goodoffices.names import comparable
from goodoffices.position_table import PositionIssue, PositionRow, PositionTable

COMMENTS = ("#/", "#O")
_FORM = Form(delimiters="\t", quote="'", comments=COMMENTS)
_CELLS = {
    "#A": ("the actor",),
    "#P": ("the issue",),
    "#M": ("the issue", "a scale point"),
    "#D": ("the actor", "the issue", "the position", "the salience", "the power"),
}
_MOST_CELLS = 6
_COLUMNS = ("kind of line", "actor", "issue", "position", "salience", "power")


def read_positions_decide(raw: RawFile) -> PositionTable:
    """Read the ``#A/#P/#M/#D`` format.

    Raises
    ------
    ForecastInputError
        With file, line, column, value and what would be right.
    """
    table = table_in(raw, _FORM)
    lines: dict[str, list[tuple[Row, list[str]]]] = {kind: [] for kind in _CELLS}
    for row in table.rows:
        kind, *cells = (comparable(cell) for cell in row.cells)
        _check_line(table, row, kind, cells)
        lines[kind].append((row, cells))
    actors = [cells[0] for _, cells in lines["#A"]]
    issues = {cells[0]: row for row, cells in lines["#P"]}
    _check_once(table, lines)
    marks: dict[str, list[float]] = {name: [] for name in issues}
    for row, cells in lines["#M"]:
        _known(table, row, 1, list(issues), "issue")
        marks[cells[0]].append(number_at(cells[1], Place.of(table, row, 2, "scale point")))
    rows = tuple(_row(table, row, cells, actors, list(issues)) for row, cells in lines["#D"])
    if not rows:
        raise ForecastInputError(
            f"{raw.name}: there is no line that begins with #D; this is not the #A/#P/#M/#D format"
        )
    return PositionTable(
        file=raw.name,
        issues=tuple(_issue(table, row, name, marks[name]) for name, row in issues.items()),
        rows=rows,
        notes=_notes(table, rows, actors, list(issues)),
    )


def _notes(table: Table, rows: tuple[PositionRow, ...], actors: list[str], issues: list[str]) -> tuple[str, ...]:
    """Return which actors and issues have no data, and which lines have cells that the format does not know."""
    silent = [name for name in actors if name not in {row.actor for row in rows}]
    untouched = [name for name in issues if name not in {row.issue for row in rows}]
    longer = [table.where(row) for row in table.rows if any(cell.strip() for cell in row.cells[_MOST_CELLS:])]
    left_out = (
        ("actors without a line #D, left out", silent),
        ("issues without a line #D", untouched),
        (f"lines with more than {_MOST_CELLS} cells, of which the rest is not read", longer),
    )
    return tuple(f"{what}: {some_of(names)}" for what, names in left_out if names)


def _check_line(table: Table, row: Row, kind: str, cells: list[str]) -> None:
    if kind not in _CELLS:
        raise Place.of(table, row, 0, _COLUMNS[0]).refuse(
            f"{kind[:40]!r} is not a kind of line of this format; known: {', '.join((*_CELLS, *COMMENTS))}"
        )
    needed = _CELLS[kind]
    filled = len([cell for cell in cells[: len(needed)] if cell])
    if filled < len(needed):
        raise ForecastInputError(
            f"{table.file}, {table.where(row)}: a {kind} line has {', '.join(needed)}; it has {filled} of these cells"
        )


def _check_once(table: Table, lines: dict[str, list[tuple[Row, list[str]]]]) -> None:
    for kind, what in (("#A", "actor"), ("#P", "issue")):
        seen: dict[str, Row] = {}
        for row, cells in lines[kind]:
            if cells[0] in seen:
                raise Place.of(table, row, 1, what).refuse(
                    f"{cells[0]!r} stands in {table.where(seen[cells[0]])} too; name each {what} once"
                )
            seen[cells[0]] = row


def _known(table: Table, row: Row, index: int, known: list[str], kind: str) -> None:
    name = comparable(row.cells[index])
    if name not in known:
        raise Place.of(table, row, index, kind).refuse(
            f"{name[:60]!r} is not an {kind} of this file; known: {', '.join(known)}"
        )


def _row(table: Table, row: Row, cells: list[str], actors: list[str], issues: list[str]) -> PositionRow:
    _known(table, row, 1, actors, "actor")
    _known(table, row, 2, issues, "issue")
    position, salience, power = (
        number_at(cells[at], Place.of(table, row, at + 1, _COLUMNS[at + 1])) for at in (2, 3, 4)
    )
    return PositionRow(
        issue=cells[1], actor=cells[0], position=position, salience=salience, capability=power, line=row.line
    )


def _issue(table: Table, row: Row, name: str, marks: list[float]) -> PositionIssue:
    if len(set(marks)) < 2:
        raise Place.of(table, row, 1, "issue").refuse(
            f"{name!r} has {len(set(marks))} scale points; write the lowest and the highest, each in a line #M"
        )
    return PositionIssue(name=name, scale=(min(marks), max(marks)), line=row.line)
