"""The numbers that models get: positions on 0..100, with backing applied and without absent actors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from goodoffices.data_class import dataclass
from goodoffices.errors import ForecastInputError, ForecastUndefinedError
from goodoffices.forecast.inputs.columns import FloatArray
from goodoffices.forecast.inputs.lineup import Lineup
from goodoffices.phrases.phrase import Phrase

IndexArray = np.ndarray[Any, np.dtype[np.intp]]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Numbers:
    """The input of one run of a model.

    Attributes
    ----------
    position, salience, capability
        (n, d); positions on 0..100, salience in [0, 1]. NaN if an actor is not concerned (joint models only).
    reference
        (d,), on 0..100, NaN if unknown.
    no_deal_cost
        (n,) or None.
    """

    actors: tuple[str, ...]
    issues: tuple[str, ...]
    position: FloatArray
    salience: FloatArray
    capability: FloatArray
    reference: FloatArray
    no_deal_cost: FloatArray | None = None

    def vectors(self) -> tuple[FloatArray, FloatArray, FloatArray]:
        """Return position, salience and capability of the one issue as vectors (n,)."""
        if self.position.shape[1] != 1:
            raise ForecastInputError(
                f"this model takes one issue at a time and got {len(self.issues)}; name one of {', '.join(self.issues)}"
            )
        return self.position[:, 0], self.salience[:, 0], self.capability[:, 0]

    def with_vectors(self, position: FloatArray, salience: FloatArray, capability: FloatArray) -> Numbers:
        """Return these numbers with other ones for the one issue, each (n,)."""
        x, s, c = (vector[:, None] for vector in (position, salience, capability))
        return replace(self, position=x, salience=s, capability=c)

    def of_bargainers(self) -> tuple[Numbers, IndexArray]:
        """Return the numbers of the actors with salience, and their places. Actors without it do not bargain."""
        kept = np.flatnonzero((np.nan_to_num(self.salience) > 0).any(axis=1))
        cost = None if self.no_deal_cost is None else self.no_deal_cost[kept]
        return Numbers(
            actors=tuple(self.actors[at] for at in kept),
            issues=self.issues,
            position=self.position[kept],
            salience=self.salience[kept],
            capability=self.capability[kept],
            reference=self.reference,
            no_deal_cost=cost,
        ), kept


def weights(numbers: Numbers) -> FloatArray:
    """Return w = c s of the one issue, (n,).

    Raises
    ------
    ForecastUndefinedError
        If all weights are 0.
    """
    _, s, c = numbers.vectors()
    w = c * s
    if not w.sum() > 0:
        what = Phrase("products of capability and salience")
        if not s.any():
            what = Phrase("saliences")
        elif not c.any():
            what = Phrase("capabilities")
        raise ForecastUndefinedError(
            Phrase(
                "all {what} on issue {issue} are 0, so nobody carries weight; use the model 'mean'",
                what=what,
                issue=repr(numbers.issues[0]),
            )
        )
    return np.asarray(w, dtype=np.float64)


def to_percent(value: float | FloatArray, scale: tuple[float, float]) -> FloatArray:
    """Map a position on an issue's own scale to 0..100."""
    low, high = scale
    return np.asarray((np.asarray(value, dtype=np.float64) - low) * (100.0 / (high - low)), dtype=np.float64)


def from_percent(value: float | FloatArray, scale: tuple[float, float]) -> FloatArray:
    """Map a position on 0..100 back to the issue's own scale."""
    low, high = scale
    return np.asarray(low + np.asarray(value, dtype=np.float64) * ((high - low) / 100.0), dtype=np.float64)


def numbers_of(lineup: Lineup, issues: Sequence[str] | None = None, *, backing: bool = True) -> Numbers:
    """Return the numbers of ``lineup`` at the mode, for one issue or several together.

    Parameters
    ----------
    issues
        Which issues; all if None. Actors that are not concerned by any of them are left out.
    backing
        Whether the lineup's backing is applied.
    """
    places = [lineup.issue_index(name) for name in issues] if issues is not None else list(range(len(lineup.issues)))
    kept = np.flatnonzero(~np.isnan(lineup.position[:, places]).all(axis=1))
    if not kept.size:
        raise ForecastInputError(f"no actor has a position on {', '.join(issues or lineup.issues)}; leave it out")
    x = np.column_stack([to_percent(lineup.position[kept, at], lineup.scale[at]) for at in places])
    s, c = lineup.salience[kept][:, places], lineup.capability[kept][:, places]
    names = tuple(lineup.actors[at] for at in kept)
    if backing and lineup.backing:
        x, c = _backed(lineup, names, x, s, c)
    return Numbers(
        actors=names,
        issues=tuple(lineup.issues[at] for at in places),
        position=x,
        salience=s.copy(),
        capability=c.copy(),
        reference=np.array(
            [np.nan if (r := lineup.reference[at]) is None else to_percent(r, lineup.scale[at]) for at in places],
            dtype=float,
        ),
        no_deal_cost=None if lineup.no_deal_cost is None else lineup.no_deal_cost[kept],
    )


def _backed(
    lineup: Lineup, names: tuple[str, ...], x: FloatArray, s: FloatArray, c: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Lend weight: w_i' = w_i + sum_g l_gi w_g, w_g' = w_g (1 - sum_i l_gi); c' = w'/s; x' = x + pull (x_g - x)."""
    w = s * c
    lent, moved = w.copy(), x.copy()
    row = {name: at for at, name in enumerate(names)}
    for share in lineup.backing:
        if share.backer not in row or share.actor not in row:
            continue
        g, i = row[share.backer], row[share.actor]
        both = ~np.isnan(x[g]) & ~np.isnan(x[i])
        if (both & (s[i] == 0)).any() and share.share > 0:
            raise ForecastInputError(
                f"{share.backer!r} lends weight to {share.actor!r}, whose salience is 0, so the weight has no effect; "
                "raise the salience, or leave the share out"
            )
        lent[i, both] += share.share * w[g, both]
        lent[g, both] -= share.share * w[g, both]
        moved[i, both] += share.pull * (x[g, both] - x[i, both])
    with np.errstate(divide="ignore", invalid="ignore"):
        capability = np.where(s > 0, lent / s, c)
    return moved, capability
