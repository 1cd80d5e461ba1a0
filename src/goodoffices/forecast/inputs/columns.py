"""Turn the columns of a line-up (numbers, ranges, claims) into arrays and uncertain cells."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from goodoffices.errors import ForecastInputError, UnknownWordError
from goodoffices.forecast.inputs.argument_checks import refuse_absent
from goodoffices.forecast.inputs.uncertain_values import (
    Contested,
    Ranking,
    Span,
    Uncertain,
    mode_of,
    ranked_modes,
)
from goodoffices.names import nearest_word

FloatArray = NDArray[np.float64]


def column(
    values: Any, shape: tuple[int, int], name: str
) -> tuple[FloatArray, tuple[Uncertain, ...]]:  # fmt: skip
    """Return a column of the table as numbers (n, d), and the cells that are not plain numbers.

    A masked cell is an empty one; what lies under the mask is not what somebody states.
    """
    if np.ma.is_masked(values):
        values = np.ma.array(values, dtype=object).filled(None)
    cells = np.empty((), dtype=object) if isinstance(values, (Span, Contested)) else np.array(values, dtype=object)
    if isinstance(values, (Span, Contested)):
        cells[()] = values
    rows, width = shape
    if cells.ndim == 0:
        cells = np.full((rows, max(width, 1)), cells[()], dtype=object)
    elif cells.ndim == 1:
        cells = np.repeat(cells[:, None], max(width, 1), axis=1) if width != 1 else cells[:, None]
    if cells.ndim != 2 or cells.shape[0] != rows or (width > 0 and cells.shape[1] != width):
        raise ForecastInputError(
            f"{name} has shape {cells.shape}; wanted is one row for each of the {rows} actors"
            + (f" and {width} issues" if width > 0 else "")
        )
    odd = tuple(
        Uncertain(actor=row, issue=at, column=name, cell=cell)
        for (row, at), cell in np.ndenumerate(cells)
        if isinstance(cell, (Span, Contested))
    )
    return np.array([[number(cell, name) for cell in row] for row in cells], dtype=float).reshape(cells.shape), odd


def number(cell: Any, name: str) -> float:
    """Return a cell as a number: the mode if it is uncertain, NaN if it is empty."""
    if cell is None:
        return float("nan")
    if isinstance(cell, str | bool | np.bool_):
        raise ForecastInputError(f"{name} {cell!r} is not a number; give a number, a range or a set of claims")
    try:
        return mode_of(cell)
    except (TypeError, ValueError, OverflowError) as error:
        raise ForecastInputError(f"{name} {str(cell)[:40]} is not a number, range or set of claims") from error


def numbered(width: int) -> tuple[str, ...]:
    """Return names for issues that have none."""
    return ("issue",) if width == 1 else tuple(f"issue {number}" for number in range(1, width + 1))


def per_issue(scale: Any, width: int) -> tuple[tuple[float, float], ...]:
    """Return one (low, high) per issue."""
    try:
        if len(scale) == 2 and all(np.ndim(end) == 0 for end in scale):
            return ((float(scale[0]), float(scale[1])),) * width
        return tuple((float(low), float(high)) for low, high in scale)
    except (TypeError, ValueError) as error:
        raise ForecastInputError(
            f"the scale is {scale!r}; give its low and its high end, such as (0, 100), or such a pair for each issue"
        ) from error


def references(reference: Any, width: int) -> tuple[float | None, ...]:
    """Return one reference point or None per issue."""
    try:
        if reference is None or np.ndim(reference) == 0:
            return (None if reference is None else float(reference),) * width
        return tuple(None if value is None else float(value) for value in reference)
    except (TypeError, ValueError) as error:
        raise ForecastInputError(
            f"the reference is {reference!r}; give a number on the scale, or one (or None) for each issue"
        ) from error


def costs(no_deal_cost: Any, actors: int) -> FloatArray | None:
    """Return one cost of having no agreement per actor, or None."""
    if no_deal_cost is None:
        return None
    try:
        return np.broadcast_to(np.asarray(no_deal_cost, dtype=float), (actors,)).copy()
    except (TypeError, ValueError) as error:
        raise ForecastInputError(
            f"no_deal_cost is {no_deal_cost!r}; give one number for all, or one for each of the {actors} actors"
        ) from error


def dropped(names: tuple[str, ...], actor: str) -> tuple[str, ...]:
    """Return the names without ``actor``."""
    return tuple(name for name in names if name != actor)


def with_rankings(
    places: FloatArray,
    rankings: tuple[Ranking, ...],
    actors: tuple[str, ...],
    issues: tuple[str, ...],
    scales: tuple[tuple[float, float], ...],
) -> FloatArray:
    """Return a column with the modes of its rankings filled in."""
    filled = places.copy()
    for entry in rankings:
        if entry.issue not in issues:
            raise UnknownWordError("issue", entry.issue, issues, nearest=nearest_word(entry.issue, issues))
        at = issues.index(entry.issue)
        for name, value in ranked_modes(entry, scales[at]).items():
            filled[actors.index(name), at] = value
    refuse_absent(actors, filled)
    return filled
