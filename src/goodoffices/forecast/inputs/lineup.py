"""The input of every model: where actors stand on issues, how much they care, and what they can bring to bear.

A lineup has no field for an outcome. A `Case` pairs the two, and models never get a case.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from goodoffices.data_class import dataclass
from goodoffices.errors import ForecastInputError, UnknownWordError
from goodoffices.forecast.inputs.argument_checks import kind_in, names_in, number_in
from goodoffices.forecast.inputs.columns import (
    FloatArray,
    column,
    costs,
    dropped,
    numbered,
    per_issue,
    references,
    with_rankings,
)
from goodoffices.forecast.inputs.uncertain_values import Contested, Ranking, Span, Uncertain
from goodoffices.names import comparable, nearest_word
from goodoffices.text_tables import counted

MOST_ACTORS = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """A backer lends a share of its weight to an actor, and may pull the actor's position towards its own.

    Attributes
    ----------
    share
        The part of the backer's weight that is lent, in [0, 1].
    pull
        How far the actor's position moves towards the backer's, in [0, 1]. It moves once, before the model runs.
    """

    backer: str
    actor: str
    share: float
    pull: float = 0.0
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Lineup:
    """The actors' positions on the issues, with their saliences, capabilities and more. Arrays are read-only.

    Attributes
    ----------
    position
        (n, d), on each issue's own scale; NaN if the actor is not concerned.
    salience
        (n, d), in [0, 1]; NaN at the same places.
    capability
        (n, d), 0 or more, in any unit; equal for all issues unless the source gives it per issue.
    scale
        Low and high end per issue.
    reference
        Status quo per issue, or None.
    must_sign
        Actors that must accept an agreement.
    no_deal_cost
        What having no agreement costs each actor, as a share of the scale's length; None if it is not given.
    uncertain, rankings
        Cells that are not plain numbers; the arrays have their modes.
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
        return f"<Lineup: {counted(len(self.actors), 'actor')}, {counted(len(self.issues), 'issue')}>"

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
        """Build a lineup from arrays or nested lists. A cell may be a number, a `Span` or `Contested`.

        Parameters
        ----------
        actors
            n names.
        position, salience, capability
            (n,) for one issue, or (n, d); a single number is used for all. Capability (n,) is used for every issue.
        scale
            One (low, high) for all issues, or one per issue.
        reference
            Status quo: one for all issues, or one per issue.
        no_deal_cost
            One for all actors, or (n,).
        salience_scale
            The number that means full salience, such as 100 for percentages. It is never guessed.

        Raises
        ------
        ForecastInputError
            If a cell is impossible. The error names actor, issue and value, and says what would be right.

        Examples
        --------
        >>> Lineup.from_arrays(["A", "B"], [10, 60], salience=[0.5, 1.0], issues=["border"])
        <Lineup: 2 actors, 1 issue>
        """
        names = names_in(actors, "actors", "['North', 'South']")
        places, odd_places = column(position, (len(names), -1), "position")
        rows, width = places.shape
        matters, odd_matters = column(salience, (rows, width), "salience")
        strength, odd_strength = column(capability, (rows, width), "capability")
        labels = numbered(width) if issues is None else names_in(issues, "issues", "['border']")
        scales = per_issue(scale, width)
        places = with_rankings(places, tuple(rankings), names, labels, scales)
        matters /= number_in(salience_scale, "salience_scale")
        matters = np.where(np.isnan(places) & (np.ndim(salience) == 0), np.nan, matters)
        return cls(
            actors=names,
            issues=labels,
            position=places,
            salience=matters,
            capability=strength,
            scale=scales,
            reference=references(reference, width),
            must_sign=names_in(must_sign, "must_sign", "['North']"),
            no_deal_cost=costs(no_deal_cost, rows),
            backing=tuple(backing),
            uncertain=odd_places + odd_matters + odd_strength,
            rankings=tuple(rankings),
        )

    def mode(self) -> Lineup:
        """Return the lineup with every uncertain cell at its likeliest value."""
        return replace(self, uncertain=(), rankings=())

    def issue_index(self, issue: str) -> int:
        """Return the place of ``issue``, or raise `UnknownWordError` naming the known ones."""
        kind_in(issue, "the issue", str, "give its name")
        if issue not in self.issues:
            raise UnknownWordError("issue", issue, self.issues, nearest=nearest_word(issue, self.issues))
        return self.issues.index(issue)

    def actor_index(self, actor: str) -> int:
        """Return the place of ``actor``, or raise `UnknownWordError` naming the known ones."""
        if actor not in self.actors:
            raise UnknownWordError("actor", actor, self.actors)
        return self.actors.index(actor)

    def only(self, issue: str) -> Lineup:
        """Return the lineup of one issue, with the actors that it concerns."""
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
                replace(entry, order=tuple(left for names in entry.order if (left := dropped(names, actor))))
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
    """A lineup of one issue with its outcome, for backtests. Models get only ``lineup``.

    ``outcome`` is on the issue's scale, or None if it is not known. ``cluster`` joins issues decided together.
    """

    lineup: Lineup
    outcome: float | None
    cluster: str
    row: int = 0

    @property
    def issue(self) -> str:
        """The name of the one issue."""
        return self.lineup.issues[0]


def check_lineup(lineup: Lineup) -> None:
    """Raise `ForecastInputError` for the first impossible value."""
    _check_names(lineup)
    _check_shapes(lineup)
    _check_references(lineup)
    _check_cells(lineup)
    _check_ranges(lineup)
    _check_backing(lineup)


def _check_names(lineup: Lineup) -> None:
    if not lineup.actors:
        raise ForecastInputError("there are no actors; give at least one")
    if len(lineup.actors) > MOST_ACTORS:
        told = f"there are {len(lineup.actors):,} actors and a forecast takes at most {MOST_ACTORS:,}"
        raise ForecastInputError(f"{told}; join those who stand together into one")
    for kind, names in (("actor", lineup.actors), ("issue", lineup.issues)):
        name, count = max(Counter(map(comparable, names)).items(), key=lambda one: one[1], default=("", 0))
        if count > 1:
            raise ForecastInputError(f"the {kind} {name!r} is named {count} times; name each once")
    for name in lineup.must_sign:
        if name not in lineup.actors:
            raise ForecastInputError(
                f"{name!r} must sign but is not an actor; known: {', '.join(lineup.actors)}. Add it or leave it out"
            )


def _check_shapes(lineup: Lineup) -> None:
    shape = (len(lineup.actors), len(lineup.issues))
    for name in ("position", "salience", "capability"):
        found = getattr(lineup, name).shape
        if found != shape:
            raise ForecastInputError(
                f"{name} has shape {found}; with {shape[0]} actors and {shape[1]} issues it must be {shape}"
            )
    for name in ("scale", "reference"):
        if len(getattr(lineup, name)) != shape[1]:
            entries = len(getattr(lineup, name))
            raise ForecastInputError(f"entries in {name}: {entries}, but issues: {shape[1]}; give one for each")


def _check_cells(lineup: Lineup) -> None:
    x, s, c = lineup.position, lineup.salience, lineup.capability
    low = np.array([ends[0] for ends in lineup.scale])
    high = np.array([ends[1] for ends in lineup.scale])
    concerned = ~np.isnan(x)
    _refuse(lineup, np.isnan(x) != np.isnan(s), "is missing one of position and salience; give both or neither", x)
    _refuse(
        lineup, concerned & ~((x >= low) & (x <= high)), "has a position off the issue's scale; wanted is {scale}", x
    )
    _refuse(
        lineup,
        concerned & (s > 1) & (s <= 100),
        "has a salience above 1; it lies in [0, 1]. If 100 means full salience, say salience_scale=100",
        s,
    )
    _refuse(lineup, concerned & ~((s >= 0) & (s <= 1)), "has a salience outside [0, 1]", s)
    _refuse(lineup, concerned & ~((c >= 0) & (c <= 1e15)), "has a capability that is not a number from 0 to 1e15", c)
    cost = lineup.no_deal_cost
    if cost is not None and not np.isfinite(cost).all():
        at = int(np.flatnonzero(~np.isfinite(cost))[0])
        raise ForecastInputError(
            f"the no-deal cost of {lineup.actors[at]!r} is {cost[at]:g}; a finite number is wanted"
        )


def _check_ranges(lineup: Lineup) -> None:
    """Refuse ranges and claims that reach too far. The arrays have only their modes."""
    for entry in lineup.uncertain:
        at = max(entry.issue, 0)
        limits = {"position": lineup.scale[at], "salience": (0.0, 1.0), "capability": (0.0, float("inf"))}
        low, high = limits[entry.column]
        claims = [claim for _, claim in entry.cell.claims] if isinstance(entry.cell, Contested) else [entry.cell]
        for claim in claims:
            ends = (claim.low, claim.high) if isinstance(claim, Span) else (float(claim), float(claim))
            if not low <= ends[0] <= ends[1] <= high:
                wanted = "0 to 1e15" if entry.column == "capability" else f"{low:g} to {high:g}"
                raise ForecastInputError(
                    f"actor {lineup.actors[entry.actor]!r} on issue {lineup.issues[at]!r} has a {entry.column} that "
                    f"reaches from {ends[0]:g} to {ends[1]:g}; wanted is {wanted}"
                )


def _refuse(lineup: Lineup, wrong: np.ndarray, why: str, values: np.ndarray) -> None:
    if not wrong.any():
        return
    row, at = (int(place) for place in np.argwhere(wrong)[0])
    low, high = lineup.scale[at]
    raise ForecastInputError(
        f"actor {lineup.actors[row]!r} on issue {lineup.issues[at]!r} "
        + why.format(scale=f"{low:g} to {high:g}")
        + f" (value {values[row, at]:g})"
    )


def _check_references(lineup: Lineup) -> None:
    for name, value, (low, high) in zip(lineup.issues, lineup.reference, lineup.scale, strict=True):
        if not low < high:
            raise ForecastInputError(
                f"the scale of issue {name!r} goes from {low:g} to {high:g}; give the smaller end first"
            )
        if value is not None and not low <= value <= high:
            raise ForecastInputError(
                f"the reference point {value:g} of issue {name!r} is outside its scale, {low:g} to {high:g}"
            )


def _check_backing(lineup: Lineup) -> None:
    lent: Counter[str] = Counter()
    pairs = {(share.backer, share.actor) for share in lineup.backing}
    for share in lineup.backing:
        for name in (share.backer, share.actor):
            if name not in lineup.actors:
                raise UnknownWordError("actor in the backing", name, lineup.actors)
        if not (0 <= share.share <= 1 and 0 <= share.pull <= 1):
            raise ForecastInputError(
                f"{share.backer!r} lends {share.share:g} (pull {share.pull:g}) to {share.actor!r}; give 0 to 1 for both"
            )
        if (share.actor, share.backer) in pairs:
            raise ForecastInputError(
                f"{share.backer!r} and {share.actor!r} back each other in a loop; leave one of the two shares out"
            )
        lent[share.backer] += share.share  # type: ignore[assignment]
        if lent[share.backer] > 1 + 1e-12:
            raise ForecastInputError(
                f"{share.backer!r} lends {lent[share.backer]:g} of its weight; reduce its shares to 1 in total"
            )
