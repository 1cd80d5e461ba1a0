"""Draw the uncertain cells of a lineup. The draws are the same for every model and any number of workers.

Ranges are triangular. A ranking gives sorted uniform numbers on the scale, one for each group of equals. For contested
cells one source is chosen per draw and used for all of its cells. Each block of 1000 draws has its own child of the
seed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from goodoffices.data_class import dataclass
from goodoffices.forecast.inputs.columns import FloatArray
from goodoffices.forecast.inputs.lineup import Lineup
from goodoffices.forecast.inputs.model_input import Numbers, numbers_of, to_percent
from goodoffices.forecast.inputs.uncertain_values import Contested, Draws, Ranking, Span, Uncertain, mode_of
from goodoffices.progress import Progress, is_stopped

_BLOCK = 1000
_DRAWING = "drawing uncertain inputs"
_CELLS_AT_ONCE = 2_000
"""So many numbers are drawn with before progress is shown and the work can be stopped."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Sample:
    """Draws of one issue: arrays (D, n), positions on 0..100. ``numbers`` are the numbers at the modes."""

    numbers: Numbers
    position: FloatArray
    salience: FloatArray
    capability: FloatArray

    def numbers_at(self, at: int) -> Numbers:
        """Return the numbers of one draw."""
        return self.numbers.with_vectors(self.position[at], self.salience[at], self.capability[at])


def sources_of(lineup: Lineup) -> tuple[str, ...]:
    """Return the sources that contradict each other anywhere in the lineup, in the order in which they appear."""
    found = [
        source for entry in lineup.uncertain if isinstance(entry.cell, Contested) for source, _ in entry.cell.claims
    ]
    return tuple(dict.fromkeys(found))


def with_source(lineup: Lineup, source: str) -> Lineup:
    """Return the lineup according to ``source``: its claims replace the contested cells that it has claims on."""
    changed = lineup
    for entry in lineup.uncertain:
        claims = dict(entry.cell.claims) if isinstance(entry.cell, Contested) else {}
        if source in claims:
            issue = lineup.issues[max(entry.issue, 0)]
            changed = changed.with_cell(lineup.actors[entry.actor], issue, entry.column, mode_of(claims[source]))
    return changed


def cell_quantile(cell: Span, u: float | FloatArray) -> FloatArray:
    """Return the quantile ``u`` of the triangular distribution of a range."""
    wide = cell.high - cell.low
    if wide == 0.0:
        return np.full(np.shape(u), cell.low)
    bend = (cell.mode - cell.low) / wide
    share = np.asarray(u, dtype=np.float64)
    rising = cell.low + np.sqrt(share * wide * (cell.mode - cell.low))
    falling = cell.high - np.sqrt((1.0 - share) * wide * (cell.high - cell.mode))
    return np.where(share < bend, rising, falling)


def draw(lineup: Lineup, issue: str, draws: Draws, *, progress: Progress | None = None) -> Sample:
    """Draw the numbers of one issue ``draws.n`` times; less often if ``progress`` stops it, but at least one block."""
    one = lineup.only(issue)
    plain = replace(one, backing=())
    base = numbers_of(plain)
    blocks = (draws.n + _BLOCK - 1) // _BLOCK
    parts = []
    for number, child in enumerate(np.random.SeedSequence(draws.seed).spawn(blocks)):
        parts.append(_block(plain, base, draws, np.random.default_rng(child)))
        if progress is not None:
            progress(_DRAWING, min((number + 1) * _BLOCK / draws.n, 1.0))
        if is_stopped(progress):
            break
    arrays = [np.concatenate([part[at] for part in parts])[: draws.n] for at in range(3)]
    drawn = Sample(numbers=numbers_of(one), position=arrays[0], salience=arrays[1], capability=arrays[2])
    return _backed_draws(one, drawn) if one.backing else drawn


def _block(
    lineup: Lineup, base: Numbers, draws: Draws, rng: np.random.Generator
) -> tuple[FloatArray, FloatArray, FloatArray]:
    arrays = {
        name: np.repeat(getattr(base, name)[:, 0][None], _BLOCK, axis=0)
        for name in ("position", "salience", "capability")
    }
    names = sources_of(lineup)
    ranks = rng.random((_BLOCK, len(names)))  # in each draw the source with the lowest rank counts
    for entry in lineup.uncertain:
        values = _values(entry, names, ranks, rng)
        arrays[entry.column][:, entry.actor] = (
            to_percent(values, lineup.scale[0]) if entry.column == "position" else values
        )
    for places in lineup.rankings:
        _rank(arrays["position"], lineup, places, rng)
    if draws.coder_sd > 0:
        error = draws.coder_sd * _coder_errors(lineup, draws, rng)
        arrays["position"] = np.clip(arrays["position"] + error, 0.0, 100.0)
    return arrays["position"], arrays["salience"], arrays["capability"]


def _values(entry: Uncertain, names: tuple[str, ...], ranks: FloatArray, rng: np.random.Generator) -> FloatArray:
    if isinstance(entry.cell, Span):
        return cell_quantile(entry.cell, rng.random(_BLOCK))
    columns = [
        cell_quantile(claim, rng.random(_BLOCK)) if isinstance(claim, Span) else np.full(_BLOCK, float(claim))
        for _, claim in entry.cell.claims
    ]
    speaks = [names.index(source) for source, _ in entry.cell.claims]
    return np.asarray(np.array(columns)[ranks[:, speaks].argmin(axis=1), np.arange(_BLOCK)], dtype=np.float64)


def _coder_errors(lineup: Lineup, draws: Draws, rng: np.random.Generator) -> FloatArray:
    """Return standard normal errors (block, n), correlated among actors whose position comes from the same source."""
    told = {actor: source for actor, _, column, source in lineup.origin if column == "position"}
    groups = [told.get(name, "") for name in lineup.actors]
    names = list(dict.fromkeys(groups))
    common = rng.standard_normal((_BLOCK, len(names)))[:, [names.index(group) for group in groups]]
    own = rng.standard_normal((_BLOCK, len(groups)))
    rho = draws.coder_correlation
    return np.asarray(np.sqrt(rho) * common + np.sqrt(1.0 - rho) * own, dtype=np.float64)


def _rank(position: FloatArray, lineup: Lineup, places: Ranking, rng: np.random.Generator) -> None:
    uniforms = -np.sort(-rng.random((_BLOCK, len(places.order))), axis=1) * 100.0
    for at, names in enumerate(places.order):
        for name in names:
            position[:, lineup.actors.index(name)] = uniforms[:, at]


def _backed_draws(lineup: Lineup, drawn: Sample) -> Sample:
    """Lend weight in every draw, as `numbers` does at the mode."""
    x, s, c = drawn.position.copy(), drawn.salience, drawn.capability
    w = s * c
    lent, place = w.copy(), x.copy()
    for share in lineup.backing:
        g, i = lineup.actors.index(share.backer), lineup.actors.index(share.actor)
        lent[:, i] += share.share * w[:, g]
        lent[:, g] -= share.share * w[:, g]
        place[:, i] += share.pull * (x[:, g] - x[:, i])
    with np.errstate(divide="ignore", invalid="ignore"):
        capability = np.where(s > 0, lent / s, c)
    return Sample(numbers=drawn.numbers, position=place, salience=s, capability=capability)


def draw_points(
    model_many: Callable[..., FloatArray] | None,
    run: Callable[[Numbers], float],
    drawn: Sample,
    progress: Progress | None = None,
) -> FloatArray:
    """Return the point of every draw on 0..100, with the model's own loop over draws if it has one.

    If ``progress`` stops the work, return the points of the draws done so far, at least one.
    """
    x, s, c = drawn.position, drawn.salience, drawn.capability
    at_once = 1 if model_many is None else max(1, _CELLS_AT_ONCE // x.shape[1])
    points: list[float] = []
    while len(points) < len(x) and not (points and is_stopped(progress)):
        if model_many is None:
            points.append(run(drawn.numbers_at(len(points))))
        else:
            block = slice(len(points), len(points) + at_once)
            points.extend(model_many(x[block], s[block], c[block], drawn.numbers))
        if progress is not None:
            progress(_DRAWING, len(points) / len(x))
    return np.array(points)
