"""What makes a lineup impossible, each as a sentence with actor, issue, value and what would be right."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from goodoffices.errors import ForecastInputError
from goodoffices.forecast.cells import Contested, Span

if TYPE_CHECKING:
    from goodoffices.forecast.lineups import Lineup

__all__ = ["check_lineup"]


def check_lineup(lineup: Lineup) -> None:
    """Raise `ForecastInputError` for the first thing that cannot be."""
    _check_names(lineup)
    _check_shapes(lineup)
    _check_references(lineup)
    _check_cells(lineup)
    _check_ranges(lineup)
    _check_backing(lineup)


def _check_names(lineup: Lineup) -> None:
    if not lineup.actors:
        raise ForecastInputError("there is no actor; a forecast needs at least one")
    for kind, names in (("actor", lineup.actors), ("issue", lineup.issues)):
        twice = [name for name, count in Counter(names).items() if count > 1]
        if twice:
            raise ForecastInputError(f"the {kind} {twice[0]!r} stands {Counter(names)[twice[0]]} times; name each once")
    for name in lineup.must_sign:
        if name not in lineup.actors:
            raise ForecastInputError(
                f"{name!r} must sign but is no actor here; known: {', '.join(lineup.actors)}. Add it or leave it out"
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
            raise ForecastInputError(f"{name} has {len(getattr(lineup, name))} entries; there are {shape[1]} issues")


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
    _refuse(lineup, concerned & ~(np.isfinite(c) & (c >= 0)), "has a capability that is not a number of at least 0", c)
    cost = lineup.no_deal_cost
    if cost is not None and not np.isfinite(cost).all():
        at = int(np.flatnonzero(~np.isfinite(cost))[0])
        raise ForecastInputError(
            f"the no-deal cost of {lineup.actors[at]!r} is {cost[at]:g}; a finite number is wanted"
        )


def _check_ranges(lineup: Lineup) -> None:
    """Refuse ranges and claims that leave what a number there may be: their modes alone are in the arrays."""
    for entry in lineup.uncertain:
        at = max(entry.issue, 0)
        limits = {"position": lineup.scale[at], "salience": (0.0, 1.0), "capability": (0.0, float("inf"))}
        low, high = limits[entry.column]
        claims = [claim for _, claim in entry.cell.claims] if isinstance(entry.cell, Contested) else [entry.cell]
        for claim in claims:
            ends = (claim.low, claim.high) if isinstance(claim, Span) else (float(claim), float(claim))
            if not low <= ends[0] <= ends[1] <= high:
                wanted = "at least 0" if entry.column == "capability" else f"{low:g} to {high:g}"
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
            raise ForecastInputError(f"the scale of issue {name!r} runs from {low:g} to {high:g}; low must be smaller")
        if value is not None and not low <= value <= high:
            raise ForecastInputError(
                f"the reference point {value:g} of issue {name!r} lies off its scale, {low:g} to {high:g}"
            )


def _check_backing(lineup: Lineup) -> None:
    lent: Counter[str] = Counter()
    pairs = {(share.backer, share.actor) for share in lineup.backing}
    for share in lineup.backing:
        for name in (share.backer, share.actor):
            if name not in lineup.actors:
                raise ForecastInputError(f"the backing names {name!r}, who is no actor here; known: {lineup.actors}")
        if not (0 <= share.share <= 1 and 0 <= share.pull <= 1):
            raise ForecastInputError(
                f"{share.backer!r} lends {share.share:g} (pull {share.pull:g}) to {share.actor!r}; both lie in [0, 1]"
            )
        if (share.actor, share.backer) in pairs:
            raise ForecastInputError(
                f"{share.backer!r} and {share.actor!r} back each other in a loop; leave one of the two shares out"
            )
        lent[share.backer] += share.share  # type: ignore[assignment]
        if lent[share.backer] > 1 + 1e-12:
            raise ForecastInputError(
                f"{share.backer!r} lends {lent[share.backer]:g} of its weight; all its shares together are at most 1"
            )
