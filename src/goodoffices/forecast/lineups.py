"""What every model eats: who stands where on which issue, how much they care, and what they can bring to bear.

A lineup has no place for an outcome; a `Case` pairs the two, and no model is ever given a case.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from goodoffices.errors import ForecastInputError, UnknownWordError
from goodoffices.forecast._lineup_checks import check_lineup
from goodoffices.forecast.cells import Contested as _Contested, Ranking, Span as _Span, Uncertain, mode_of, ranked_modes

__all__ = ["Case", "Lineup", "Share"]

FloatArray = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """A backer lends a share of its weight to an actor, and may pull the actor's position towards its own.

    Attributes
    ----------
    share
        The part of the backer's weight that is lent, in [0, 1].
    pull
        How far the actor's position moves towards the backer's, in [0, 1]; one step, before the model runs.
    """

    backer: str
    actor: str
    share: float
    pull: float = 0.0
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Lineup:
    """The actors' points on the issues, and what goes with them. Arrays are read-only.

    Attributes
    ----------
    position
        (n, d), on each issue's own scale; NaN where an actor is not concerned.
    salience
        (n, d), in [0, 1]; NaN at the same places.
    capability
        (n, d), at least nought, any unit; equal across issues unless the source gives it per issue.
    scale
        Low and high end per issue.
    reference
        Status quo per issue, or None.
    must_sign
        Actors without whom there is no agreement.
    no_deal_cost
        What no agreement costs each actor, as a share of the scale's length; None if nothing was said.
    uncertain, rankings
        Cells that are not plain numbers; the arrays hold their modes.
    origin
        (actor, issue, column, source) for every cell that came with a source.
    """

    actors: tuple[str, ...]
    issues: tuple[str, ...]
    position: FloatArray
    salience: FloatArray
    capability: FloatArray
    scale: tuple[tuple[float, float], ...]
    reference: tuple[float | None, ...]
    must_sign: tuple[str, ...] = ()
    no_deal_cost: FloatArray | None = None
    backing: tuple[Share, ...] = ()
    uncertain: tuple[Uncertain, ...] = ()
    rankings: tuple[Ranking, ...] = ()
    origin: tuple[tuple[str, str, str, str], ...] = ()
    compartments: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        for array in (self.position, self.salience, self.capability, self.no_deal_cost):
            if array is not None:
                array.setflags(write=False)
        check_lineup(self)

    def __repr__(self) -> str:
        return f"<Lineup: {len(self.actors)} actors, {len(self.issues)} issues>"

    @classmethod
    def from_arrays(  # noqa: PLR0913 - one argument per column of the table that people write
        cls,
        actors: Sequence[str],
        position: ArrayLike | Sequence[Any],
        salience: ArrayLike | Sequence[Any] = 1.0,
        capability: ArrayLike | Sequence[Any] = 1.0,
        *,
        issues: Sequence[str] | None = None,
        scale: tuple[float, float] | Sequence[tuple[float, float]] = (0.0, 100.0),
        reference: float | Sequence[float | None] | None = None,
        must_sign: Sequence[str] = (),
        no_deal_cost: ArrayLike | None = None,
        backing: Sequence[Share] = (),
        rankings: Sequence[Ranking] = (),
        salience_scale: float = 1.0,
    ) -> Lineup:
        """Build a lineup from plain arrays or nested lists; a cell may be a number, a `Span` or `Contested`.

        Parameters
        ----------
        actors
            n names.
        position, salience, capability
            (n,) for one issue, or (n, d); a single number stands for all. Capability (n,) holds for every issue.
        scale
            One (low, high) for all issues, or one per issue.
        reference
            Status quo: one for all issues, or one per issue.
        no_deal_cost
            One for all actors, or (n,).
        salience_scale
            What full salience is in the numbers given; 100 for percentages. Never guessed.

        Raises
        ------
        ForecastInputError
            For any cell that cannot be, naming actor, issue, value and what would be right.

        Examples
        --------
        >>> Lineup.from_arrays(["A", "B"], [10, 60], salience=[0.5, 1.0], issues=["border"])
        <Lineup: 2 actors, 1 issues>
        """
        names = tuple(actors)
        rows = len(names)
        places, odd_places = _column(position, (rows, -1), "position")
        width = places.shape[1]
        matters, odd_matters = _column(salience, (rows, width), "salience")
        strength, odd_strength = _column(capability, (rows, width), "capability")
        labels = tuple(issues) if issues is not None else _numbered(width)
        scales = _per_issue(scale, width)
        places = _with_rankings(places, tuple(rankings), names, labels, scales)
        matters = np.where(np.isnan(places) & (np.ndim(salience) == 0), np.nan, matters / salience_scale)
        cost = None if no_deal_cost is None else np.broadcast_to(np.asarray(no_deal_cost, dtype=float), (rows,)).copy()
        return cls(
            actors=names,
            issues=labels,
            position=places,
            salience=matters,
            capability=strength,
            scale=scales,
            reference=_references(reference, width),
            must_sign=tuple(must_sign),
            no_deal_cost=cost,
            backing=tuple(backing),
            uncertain=odd_places + odd_matters + odd_strength,
            rankings=tuple(rankings),
        )

    def mode(self) -> Lineup:
        """Return the lineup with every uncertain cell at its likeliest value."""
        return replace(self, uncertain=(), rankings=())

    def issue_index(self, issue: str) -> int:
        """Return the place of ``issue``, or raise `UnknownWordError` naming the known ones."""
        if issue not in self.issues:
            raise UnknownWordError("issue", issue, self.issues)
        return self.issues.index(issue)

    def actor_index(self, actor: str) -> int:
        """Return the place of ``actor``, or raise `UnknownWordError` naming the known ones."""
        if actor not in self.actors:
            raise UnknownWordError("actor", actor, self.actors)
        return self.actors.index(actor)

    def only(self, issue: str) -> Lineup:
        """Return the lineup of one issue, with the actors it concerns."""
        at = self.issue_index(issue)
        rows = np.flatnonzero(~np.isnan(self.position[:, at]))
        kept = [self.actors[row] for row in rows]
        new_row = {int(row): place for place, row in enumerate(rows)}
        return replace(
            self,
            actors=tuple(kept),
            issues=(issue,),
            position=self.position[rows, at : at + 1].copy(),
            salience=self.salience[rows, at : at + 1].copy(),
            capability=self.capability[rows, at : at + 1].copy(),
            scale=(self.scale[at],),
            reference=(self.reference[at],),
            must_sign=tuple(name for name in self.must_sign if name in kept),
            no_deal_cost=None if self.no_deal_cost is None else self.no_deal_cost[rows].copy(),
            backing=tuple(share for share in self.backing if share.backer in kept and share.actor in kept),
            uncertain=tuple(
                replace(entry, actor=new_row[entry.actor], issue=0)
                for entry in self.uncertain
                if entry.issue in (at, -1) and entry.actor in new_row
            ),
            rankings=tuple(entry for entry in self.rankings if entry.issue == issue),
            origin=tuple(entry for entry in self.origin if entry[1] == issue and entry[0] in kept),
        )

    def without(self, actor: str) -> Lineup:
        """Return the lineup as if ``actor`` were absent."""
        at = self.actor_index(actor)
        rows = [row for row in range(len(self.actors)) if row != at]
        return replace(
            self,
            actors=tuple(self.actors[row] for row in rows),
            position=self.position[rows].copy(),
            salience=self.salience[rows].copy(),
            capability=self.capability[rows].copy(),
            must_sign=tuple(name for name in self.must_sign if name != actor),
            no_deal_cost=None if self.no_deal_cost is None else self.no_deal_cost[rows].copy(),
            backing=tuple(share for share in self.backing if actor not in (share.backer, share.actor)),
            uncertain=tuple(
                replace(entry, actor=entry.actor - (entry.actor > at)) for entry in self.uncertain if entry.actor != at
            ),
            rankings=tuple(
                replace(entry, order=tuple(left for names in entry.order if (left := _dropped(names, actor))))
                for entry in self.rankings
            ),
            origin=tuple(entry for entry in self.origin if entry[0] != actor),
        )

    def with_cell(self, actor: str, issue: str, column: str, value: float) -> Lineup:
        """Return the lineup with one number changed; ``column`` is position, salience or capability."""
        arrays = {name: getattr(self, name).copy() for name in ("position", "salience", "capability")}
        if column not in arrays:
            raise UnknownWordError("column", column, tuple(arrays))
        row, at = self.actor_index(actor), self.issue_index(issue)
        arrays[column][row, at] = value
        kept = tuple(
            entry
            for entry in self.uncertain
            if (entry.actor, entry.column) != (row, column) or entry.issue not in (at, -1)
        )
        return replace(self, uncertain=kept, **arrays)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Case:
    """A lineup of one issue with what came out, for backtests. Models are given ``lineup`` alone.

    ``outcome`` is on the issue's scale, or None if not known; ``cluster`` is what was decided together.
    """

    lineup: Lineup
    outcome: float | None
    cluster: str
    row: int = 0

    @property
    def issue(self) -> str:
        """Return the name of the one issue."""
        return self.lineup.issues[0]


def _column(
    values: Any, shape: tuple[int, int], name: str
) -> tuple[FloatArray, tuple[Uncertain, ...]]:  # fmt: skip
    """Return a column of the table as numbers (n, d), and the cells that are not plain numbers."""
    cells = np.empty((), dtype=object) if isinstance(values, (_Span, _Contested)) else np.array(values, dtype=object)
    if isinstance(values, (_Span, _Contested)):
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
        if isinstance(cell, (_Span, _Contested))
    )
    return np.array([[_number(cell, name) for cell in row] for row in cells], dtype=float).reshape(cells.shape), odd


def _number(cell: Any, name: str) -> float:
    if cell is None:
        return float("nan")
    try:
        return mode_of(cell)
    except (TypeError, ValueError) as error:
        raise ForecastInputError(f"{name} {cell!r} is no number, range or set of claims") from error


def _numbered(width: int) -> tuple[str, ...]:
    return ("issue",) if width == 1 else tuple(f"issue {number}" for number in range(1, width + 1))


def _per_issue(scale: Any, width: int) -> tuple[tuple[float, float], ...]:
    if len(scale) == 2 and all(np.ndim(end) == 0 for end in scale):
        return ((float(scale[0]), float(scale[1])),) * width
    return tuple((float(low), float(high)) for low, high in scale)


def _references(reference: Any, width: int) -> tuple[float | None, ...]:
    if reference is None or np.ndim(reference) == 0:
        return (None if reference is None else float(reference),) * width
    return tuple(None if value is None else float(value) for value in reference)


def _dropped(names: tuple[str, ...], actor: str) -> tuple[str, ...]:
    return tuple(name for name in names if name != actor)


def _with_rankings(
    places: FloatArray,
    rankings: tuple[Ranking, ...],
    actors: tuple[str, ...],
    issues: tuple[str, ...],
    scales: tuple[tuple[float, float], ...],
) -> FloatArray:
    filled = places.copy()
    for entry in rankings:
        if entry.issue not in issues:
            raise UnknownWordError("issue", entry.issue, issues)
        at = issues.index(entry.issue)
        for name, value in ranked_modes(entry, scales[at]).items():
            filled[actors.index(name), at] = value
    return filled
