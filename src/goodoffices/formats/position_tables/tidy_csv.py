"""The tidy table of positions: one row per issue and actor.

Columns: ``issue, actor, position, salience, capability``, and if wanted ``position_low, position_high, source, cluster,
reference, outcome, scale_low, scale_high``. Positions lie on 0..100 unless the scale is given. Rows of one issue and
actor from several sources are contested. A table of one issue may leave the column ``issue`` out.
"""

from __future__ import annotations

from pathlib import Path

from goodoffices.data_class import dataclass
from goodoffices.errors import ForecastInputError
from goodoffices.formats.input.files import RawFile
from goodoffices.formats.input.tables import Form, HeadedTable, Row, with_columns
from goodoffices.formats.position_tables.cells import Place, headed, number_at, table_in
from goodoffices.names import comparable
from goodoffices.position_table import PositionIssue, PositionRow, PositionTable

_NEEDED = ("actor", "position", "salience", "capability")
_KNOWN = (
    "issue", *_NEEDED, "position_low", "position_high", "source", "cluster", "reference", "outcome", "scale_low",
    "scale_high",
)  # fmt: skip
_FORM = Form(columns=_KNOWN)
_OF_ISSUE = ("cluster", "reference", "outcome", "scale_low", "scale_high")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    table: HeadedTable
    row: Row

    @property
    def line(self) -> int:
        return self.row.line

    def text(self, column: str) -> str:
        return self.table.cell(self.row, column)

    def name(self, column: str) -> str:
        """Return a name as names are compared: two that nobody can tell apart are one."""
        return comparable(self.text(column))

    def place(self, column: str) -> Place:
        return Place.of(self.table.table, self.row, self.table.index.get(column, 0), column)

    def number(self, column: str) -> float | None:
        found = self.text(column)
        return number_at(found, self.place(column)) if found else None

    def needed(self, column: str) -> float:
        value = self.number(column)
        if value is None:
            raise self.place(column).refuse("this cell is empty; write a number")
        return value


def read_positions_csv(raw: RawFile, *, salience_scale: float = 1.0) -> PositionTable:
    """Read a tidy table of positions, from text or from a spreadsheet.

    Parameters
    ----------
    salience_scale
        What full salience is in the file; 100 for percentages. Never guessed.

    Raises
    ------
    ForecastInputError
        With file, line, column, value and what would be right.
    """
    table = headed(with_columns(table_in(raw, _FORM), needed=_NEEDED, known=_KNOWN))
    lines = [_Line(table=table, row=row) for row in table.rows]
    if not lines:
        raise ForecastInputError(f"{raw.name}: there is no row under the header; a forecast needs at least one actor")
    rows: list[PositionRow] = []
    issues: dict[str, _Line] = {}
    for line in lines:
        issue = line.name("issue") or _one_issue(line, raw)
        rows.append(_row(line, issue, salience_scale))
        issues.setdefault(issue, line)
        _agree(issues[issue], line, issue)
        _check_on_scale(line, issue)
    return PositionTable(
        file=raw.name,
        rows=tuple(rows),
        issues=tuple(_issue(name, line) for name, line in issues.items()),
        notes=_notes(table),
    )


def _one_issue(line: _Line, raw: RawFile) -> str:
    """Return the name of the only issue of a table that has no column of issues.

    An empty cell of that column names none: it is often the second of two merged cells.
    """
    if "issue" in line.table.index:
        raise line.place("issue").refuse("this cell is empty; name the issue in every row, also where cells are merged")
    return Path(raw.name).stem


def _notes(table: HeadedTable) -> tuple[str, ...]:
    """Return what a person should know of how the table was read."""
    of_file, read_as = table.table.notes, table.table.read_as
    usual = read_as == "UTF-8 with commas between cells"
    no_issue = () if "issue" in table.index else ("no column 'issue': all rows are taken as one, named as the file",)
    return (*of_file, *(() if usual else (f"read as {read_as}",)), *no_issue, *table.notes[len(of_file) :])


def _check_on_scale(line: _Line, issue: str) -> None:
    """Refuse a position off the scale of its issue, at its cell."""
    low, high = line.number("scale_low"), line.number("scale_high")
    ends = (0.0 if low is None else low, 100.0 if high is None else high)
    if not ends[0] < ends[1]:
        raise line.place("scale_low" if high is None else "scale_high").refuse(
            f"the scale runs from {ends[0]:g} to {ends[1]:g}; its low end has the smaller number"
        )
    for column in ("position", "position_low", "position_high"):
        value = line.number(column)
        if value is not None and not ends[0] <= value <= ends[1]:
            unsaid = low is None or high is None
            assumed = ", which is assumed; columns scale_low and scale_high would state it" if unsaid else ""
            raise line.place(column).refuse(
                f"{line.text(column)} is off the issue's scale; wanted for {issue!r} is {ends[0]:g} to "
                f"{ends[1]:g}{assumed}"
            )


def _row(line: _Line, issue: str, salience_scale: float) -> PositionRow:
    salience = line.needed("salience") / salience_scale
    if not 0 <= salience <= 1:
        hint = (
            "; if 100 means full salience, say so with salience_scale=100 (in the terminal: --salience-scale 100)"
            if 1 < salience <= 100
            else ""
        )
        raise line.place("salience").refuse(f"{line.text('salience')} is not between 0 and {salience_scale:g}{hint}")
    if not line.name("actor"):
        raise line.place("actor").refuse("this cell is empty; name the actor")
    position, low, high = line.needed("position"), line.number("position_low"), line.number("position_high")
    if not (position if low is None else low) <= position <= (position if high is None else high):
        raise line.place("position").refuse(
            f"{line.text('position')} is not between position_low and position_high; correct one of the three"
        )
    capability = line.needed("capability")
    if capability < 0:
        raise line.place("capability").refuse(f"{line.text('capability')} is below 0; a capability is 0 or more")
    return PositionRow(
        issue=issue,
        actor=line.name("actor"),
        position=position,
        salience=salience,
        capability=capability,
        position_low=low,
        position_high=high,
        source=line.text("source"),
        line=line.line,
    )


def _agree(first: _Line, line: _Line, issue: str) -> None:
    for column in _OF_ISSUE:
        if line.text(column) != first.text(column):
            raise line.place(column).refuse(
                f"{line.text(column)!r} contradicts {first.text(column)!r} in line {first.line}; the value must "
                f"be the same for the whole issue {issue!r}"
            )


def _issue(name: str, line: _Line) -> PositionIssue:
    low, high = line.number("scale_low"), line.number("scale_high")
    return PositionIssue(
        name=name,
        scale=(0.0 if low is None else low, 100.0 if high is None else high),
        is_scale_assumed=low is None or high is None,
        reference=line.number("reference"),
        outcome=line.number("outcome"),
        cluster=line.text("cluster") or name,
        line=line.line,
    )
