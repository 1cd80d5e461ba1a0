"""Build lineups and cases from position tables and data frames."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from goodoffices.errors import DatasetError, ForecastInputError, UnknownWordError
from goodoffices.forecast.inputs.argument_checks import kind_in, listed_in
from goodoffices.forecast.inputs.columns import FloatArray
from goodoffices.forecast.inputs.lineup import Case, Lineup
from goodoffices.forecast.inputs.uncertain_values import Cell, Contested, Span, Uncertain, mode_of
from goodoffices.names import nearest_word
from goodoffices.position_table import PositionIssue, PositionRow, PositionTable


def lineup_of(table: PositionTable, issues: Sequence[str] | None = None) -> Lineup:
    """Return the lineup of a position table: all issues, or those named, with all actors that they concern.

    Several rows for one actor and issue are contested claims. They need different sources.
    """
    kind_in(table, "the table", PositionTable, "give a PositionTable, as read_positions returns it")
    if issues is not None:
        listed_in(issues, "the issues", "such as ['water']")
        known = tuple(issue.name for issue in table.issues)
        for name in issues:
            if name not in known:
                raise UnknownWordError("issue", name, known, nearest=nearest_word(name, known))
    named = [issue for issue in table.issues if issues is None or issue.name in issues]
    rows = [row for row in table.rows if any(row.issue == issue.name for issue in named)]
    if not rows:
        raise ForecastInputError(f"{table.file}: no actor has a position on {', '.join(issues or ()) or 'any issue'}")
    return _assembled(tuple(named), rows)


def cases_of(table: PositionTable) -> tuple[Case, ...]:
    """Return one case per issue of a position table, in its order.

    Raises
    ------
    DatasetError
        If an outcome is outside its scale. The error names file and line.
    """
    kind_in(table, "the table", PositionTable, "give a PositionTable, as read_positions returns it")
    by_issue: dict[str, list[PositionRow]] = {}
    for row in table.rows:
        by_issue.setdefault(row.issue, []).append(row)
    found = []
    for issue in table.issues:
        low, high = issue.scale
        if issue.outcome is not None and not low <= issue.outcome <= high:
            raise DatasetError(
                f"{table.file}, line {issue.line}: the outcome {issue.outcome:g} of issue {issue.name!r} is outside "
                f"its scale, {low:g} to {high:g}"
            )
        if issue.name not in by_issue:
            raise DatasetError(
                f"{table.file}, line {issue.line}: issue {issue.name!r} has no actors; leave the row out"
            )
        lineup = _assembled((issue,), by_issue[issue.name])
        found.append(Case(lineup=lineup, outcome=issue.outcome, cluster=issue.cluster or issue.name, row=issue.line))
    return tuple(found)


def lineup_from_frame(frame: Any, *, salience_scale: float = 1.0) -> Lineup:
    """Return the lineup of any data frame whose columns can be read by name, or of a mapping of columns.

    The columns are as in the tidy CSV: actor, position, salience, capability, and optionally issue, position_low,
    position_high, source, reference, scale_low, scale_high. No data frame library is imported.
    """
    if not isinstance(frame, Mapping) and not hasattr(frame, "columns"):
        raise ForecastInputError(f"the frame is {frame!r}; give a data frame, or a mapping of columns by name")
    columns = {name: list(frame[name]) for name in _names(frame)}
    for name in ("actor", "position", "salience", "capability"):
        if name not in columns:
            raise ForecastInputError(f"the frame has no column {name!r}; found {', '.join(columns)}")
    count = len(columns["actor"])
    labels = columns.get("issue", ["issue"] * count)
    rows: list[PositionRow] = []
    issues: dict[str, PositionIssue] = {}
    for at in range(count):
        cells = {name: values[at] for name, values in columns.items()}
        name = str(labels[at])
        issues.setdefault(name, _frame_issue(name, cells))
        rows.append(_frame_row(name, cells, salience_scale))
    return _assembled(tuple(issues.values()), rows)


def joined(lineups: Sequence[Lineup], *, sort: bool = True) -> Lineup:
    """Join lineups of one issue each into one lineup. Actors are sorted by name, or in the order of appearance."""
    names = list(dict.fromkeys(name for lineup in lineups for name in lineup.actors))
    actors = tuple(sorted(names)) if sort else tuple(names)
    shape = (len(actors), len(lineups))
    arrays = _empty(shape)
    for at, lineup in enumerate(lineups):
        rows = [actors.index(name) for name in lineup.actors]
        for name, array in arrays.items():
            array[rows, at] = getattr(lineup, name)[:, 0]
    return Lineup(
        actors=actors,
        issues=tuple(lineup.issues[0] for lineup in lineups),
        scale=tuple(lineup.scale[0] for lineup in lineups),
        reference=tuple(lineup.reference[0] for lineup in lineups),
        origin=tuple(entry for lineup in lineups for entry in lineup.origin),
        compartments=frozenset().union(*(lineup.compartments for lineup in lineups)),
        position=arrays["position"],
        salience=arrays["salience"],
        capability=arrays["capability"],
    )


def _empty(shape: tuple[int, int]) -> dict[str, FloatArray]:
    return {name: np.full(shape, np.nan) for name in ("position", "salience", "capability")}


def _names(frame: Any) -> list[str]:
    return [str(name) for name in (frame.keys() if isinstance(frame, Mapping) else frame.columns)]


def _present(value: Any) -> float | None:
    return None if value is None or value == "" or value != value else float(value)


def _frame_issue(name: str, cells: Mapping[str, Any]) -> PositionIssue:
    low, high = _present(cells.get("scale_low")), _present(cells.get("scale_high"))
    return PositionIssue(
        name=name,
        scale=(0.0 if low is None else low, 100.0 if high is None else high),
        reference=_present(cells.get("reference")),
    )


def _frame_row(name: str, cells: Mapping[str, Any], salience_scale: float) -> PositionRow:
    return PositionRow(
        issue=name,
        actor=str(cells["actor"]),
        position=float(cells["position"]),
        salience=float(cells["salience"]) / salience_scale,
        capability=float(cells["capability"]),
        position_low=_present(cells.get("position_low")),
        position_high=_present(cells.get("position_high")),
        source=str(cells.get("source") or ""),
    )


def _assembled(issues: tuple[PositionIssue, ...], rows: Sequence[PositionRow]) -> Lineup:
    actors = tuple(dict.fromkeys(row.actor for row in rows))
    at_actor = {name: at for at, name in enumerate(actors)}
    at_issue = {issue.name: at for at, issue in enumerate(issues)}
    shape = (len(actors), len(issues))
    arrays = _empty(shape)
    claims: dict[tuple[int, int], list[PositionRow]] = {}
    for row in rows:
        claims.setdefault((at_actor[row.actor], at_issue[row.issue]), []).append(row)
    uncertain = []
    for (i, at), found in claims.items():
        for name, cell in _cells(found).items():
            arrays[name][i, at] = mode_of(cell)
            if isinstance(cell, (Span, Contested)):
                uncertain.append(Uncertain(actor=i, issue=at, column=name, cell=cell))
    return Lineup(
        actors=actors,
        issues=tuple(issue.name for issue in issues),
        scale=tuple(issue.scale for issue in issues),
        reference=tuple(issue.reference for issue in issues),
        uncertain=tuple(uncertain),
        origin=tuple((row.actor, row.issue, "position", row.source) for row in rows if row.source),
        position=arrays["position"],
        salience=arrays["salience"],
        capability=arrays["capability"],
    )


def _cells(rows: Sequence[PositionRow]) -> dict[str, Cell]:
    """Return the three cells of one actor on one issue. If several rows differ, the cells are contested."""
    first = rows[0]
    columns: dict[str, Sequence[float | Span]] = {
        "position": [_position(row) for row in rows],
        "salience": [row.salience for row in rows],
        "capability": [row.capability for row in rows],
    }
    if len(rows) == 1:
        return {name: values[0] for name, values in columns.items()}
    sources = [row.source for row in rows]
    if "" in sources or len(set(sources)) < len(sources):
        raise ForecastInputError(
            f"actor {first.actor!r} on issue {first.issue!r} is in {len(rows)} rows"
            + (f" (line {rows[1].line})" if rows[1].line else "")
            + "; give contradictory claims a different source each"
        )
    return {
        name: values[0] if len(set(values)) == 1 else Contested(claims=tuple(zip(sources, values, strict=True)))
        for name, values in columns.items()
    }


def _position(row: PositionRow) -> float | Span:
    if row.position_low is None and row.position_high is None:
        return row.position
    low = row.position if row.position_low is None else row.position_low
    high = row.position if row.position_high is None else row.position_high
    return Span(low=low, mode=row.position, high=high) if low != high else row.position
