"""Find the inputs that the point depends on: one at a time, or by variance with Sobol indices."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from goodoffices.canonical_json import result_json
from goodoffices.data_class import dataclass
from goodoffices.errors import ForecastInputError, ForecastUndefinedError
from goodoffices.forecast.inputs.argument_checks import kind_in, word_in
from goodoffices.forecast.inputs.columns import FloatArray
from goodoffices.forecast.inputs.lineup import Lineup
from goodoffices.forecast.inputs.model_input import Numbers, from_percent, numbers_of, to_percent
from goodoffices.forecast.inputs.sampling import cell_quantile
from goodoffices.forecast.inputs.uncertain_values import Contested, Draws, Span, mode_of
from goodoffices.forecast.models.base import Model
from goodoffices.forecast.models.cards import DEFAULT_MODEL, model_named
from goodoffices.text_tables import csv_text, html_table, table_text

if TYPE_CHECKING:
    pass


COLUMNS = ("position", "salience", "capability")
_POSITION_STEP, _SALIENCE_STEP, _CAPABILITY_STEP = 10.0, 0.1, 0.1
_COST_STEP = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """The effect of moving one input to both ends of its range, with the others at their modes.

    Values and points are on the issue's scale. A point is NaN if the model has no answer, for example because nobody
    cares any more; such effects come last. ``first`` and ``total`` are Sobol indices with 95 % intervals, or None for
    one-at-a-time runs.
    """

    actor: str
    column: str
    low: float
    high: float
    point_at_low: float
    point_at_high: float
    is_exact: bool
    first: tuple[float, float, float] | None = None
    total: tuple[float, float, float] | None = None

    @property
    def swing(self) -> float:
        """The distance between the points at both ends."""
        return abs(self.point_at_high - self.point_at_low)

    @property
    def name(self) -> str:
        """The input as text."""
        return f"{self.actor}: {self.column}" if self.actor else self.column


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Sensitivity:
    """All effects, largest swing first (or largest total index)."""

    issue: str
    model: str
    method: str
    point: float
    effects: tuple[Effect, ...]
    seed: int | None = None

    def to_rows(self) -> list[dict[str, Any]]:
        """Return one row per input."""
        rows = []
        for one in self.effects:
            row: dict[str, Any] = {name: getattr(one, name) for name in (
                "actor", "column", "low", "high", "point_at_low", "point_at_high", "swing", "is_exact")}  # fmt: skip
            for name in ("first", "total"):
                index = getattr(one, name)
                row[name], row[f"{name}_low"], row[f"{name}_high"] = index if index is not None else (None, None, None)
            rows.append(row)
        return rows

    def to_csv(self) -> str:
        """Return the rows as comma-separated values."""
        return csv_text(self.to_rows())

    def to_json(self) -> str:
        """Return canonical JSON."""
        return result_json({"issue": self.issue, "model": self.model, "method": self.method, "point": self.point,
                               "seed": self.seed, "effects": self.to_rows()})  # fmt: skip

    def __repr__(self) -> str:
        return f"<Sensitivity {self.issue}: {self.point:.4g} by {self.model}, {len(self.effects)} inputs>"

    def _repr_html_(self) -> str:
        return html_table(self.to_rows(), repr(self)[1:-1])

    def __str__(self) -> str:
        if self.method == "sobol":
            head: tuple[str, ...] = ("input", "first", "95 %", "total", "95 %")
            rows = [_sobol_cells(one) for one in self.effects]
        else:
            head = ("input", "from", "to", "point at low", "point at high", "swing")
            rows = [
                (one.name, f"{one.low:.4g}", f"{one.high:.4g}", f"{one.point_at_low:.4g}", f"{one.point_at_high:.4g}",
                 f"{one.swing:.4g}")
                for one in self.effects
            ]  # fmt: skip
        return f"{self.issue}: {self.point:.4g} by {self.model}\n{table_text(head, rows)}"


def sensitivity(
    subject: Lineup,
    *,
    issue: str | None = None,
    model: str | Model = DEFAULT_MODEL,
    method: str = "one-at-a-time",
    draws: Draws | None = None,
) -> Sensitivity:
    """Rank the inputs of one issue by their effect on the point.

    Parameters
    ----------
    method
        ``"one-at-a-time"``: uncertain cells move to both ends of their range, exact ones by 10 points of position, 0.1
        of salience, 10 % of capability. ``"sobol"``: first-order and total indices. They need ``draws`` with n a power
        of 2.

    Raises
    ------
    ForecastInputError
        If the number of draws is not a power of 2.
    ForecastUndefinedError
        For Sobol indices of inputs that are not drawn independently: rankings, contested cells, correlated coders.

    References
    ----------
    .. [1] A. Saltelli et al. (2010). Variance based sensitivity analysis of model output. Computer Physics
       Communications 181(2), 259-270.
    """
    kind_in(subject, "the subject", Lineup, "give a Lineup, as Lineup.from_arrays or lineup_of makes it")
    if draws is not None:
        kind_in(draws, "draws", Draws, "give Draws(n=10_000, seed=1), or None")
    word_in(method, "method", ("one-at-a-time", "sobol"))
    name = subject.issues[0] if issue is None and len(subject.issues) == 1 else _named(subject, issue)
    one = subject.only(name)
    chosen = model_named(model)
    numbers = numbers_of(one)
    inputs = _inputs(one)
    if method == "sobol":
        return _sobol(one, chosen, numbers, inputs, draws)
    base = float(chosen.run(numbers).point[0])
    effects = [*_effects(one, chosen, numbers, inputs), *_settings_effects(one, chosen, numbers)]
    effects.sort(key=lambda effect: (bool(np.isnan(effect.swing)), -effect.swing))
    return Sensitivity(
        issue=name,
        model=chosen.name,
        method=method,
        point=float(from_percent(base, one.scale[0])),
        effects=tuple(effects),
    )


def points_of_variants(model: Model, numbers: Numbers, variants: Mapping[str, FloatArray]) -> FloatArray:
    """Return the point on 0..100 for each variant: position, salience, capability as (V, n)."""
    arrays = [variants[name] for name in COLUMNS]
    if model.many is not None:
        return model.many(arrays[0], arrays[1], arrays[2], numbers)
    found = []
    for x, s, c in zip(*arrays, strict=True):
        varied = replace(numbers, position=x[:, None], salience=s[:, None], capability=c[:, None])
        try:
            found.append(float(model.run(varied).point[0]))
        except ForecastUndefinedError:
            found.append(float("nan"))
    return np.array(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Input:
    """One cell with the ends of its range, on 0..100 for positions, else in its own unit."""

    row: int
    column: str
    low: float
    high: float
    cell: Span | None
    is_exact: bool


def _named(subject: Lineup, issue: str | None) -> str:
    if issue is None:
        raise ForecastInputError(f"there are {len(subject.issues)} issues; name one of {', '.join(subject.issues)}")
    return subject.issues[subject.issue_index(issue)]


def _inputs(one: Lineup) -> list[_Input]:
    scale = one.scale[0]
    told = {(entry.actor, entry.column): entry.cell for entry in one.uncertain}
    found = []
    for row in range(len(one.actors)):
        for column in COLUMNS:
            cell = told.get((row, column))
            if cell is None:
                low, high = _steps(one, row, column)
                span = Span(low=low, mode=(low + high) / 2.0, high=high)
            else:
                low, high = _ends(cell, scale if column == "position" else None)
                span = None
                if isinstance(cell, Span):
                    ends = [
                        _percent(value, scale if column == "position" else None)
                        for value in (cell.low, cell.mode, cell.high)
                    ]
                    span = Span(low=ends[0], mode=ends[1], high=ends[2])
            found.append(_Input(row=row, column=column, low=low, high=high, cell=span, is_exact=cell is None))
    return found


def _percent(value: float, scale: tuple[float, float] | None) -> float:
    return value if scale is None else float(to_percent(value, scale))


def _ends(cell: Span | Contested, scale: tuple[float, float] | None) -> tuple[float, float]:
    if isinstance(cell, Span):
        return _percent(cell.low, scale), _percent(cell.high, scale)
    values = [_percent(mode_of(claim), scale) for _, claim in cell.claims]
    return min(values), max(values)


def _steps(one: Lineup, row: int, column: str) -> tuple[float, float]:
    if column == "position":
        at = float(to_percent(float(one.position[row, 0]), one.scale[0]))
        return max(at - _POSITION_STEP, 0.0), min(at + _POSITION_STEP, 100.0)
    if column == "salience":
        care = float(one.salience[row, 0])
        return max(care - _SALIENCE_STEP, 0.0), min(care + _SALIENCE_STEP, 1.0)
    strength = float(one.capability[row, 0])
    return strength * (1 - _CAPABILITY_STEP), strength * (1 + _CAPABILITY_STEP)


def _variants(numbers: Numbers, count: int) -> dict[str, FloatArray]:
    return {name: np.repeat(getattr(numbers, name)[:, 0][None], count, axis=0) for name in COLUMNS}


def _effects(one: Lineup, model: Model, numbers: Numbers, inputs: list[_Input]) -> list[Effect]:
    variants = _variants(numbers, 2 * len(inputs))
    for at, entry in enumerate(inputs):
        variants[entry.column][2 * at, entry.row] = entry.low
        variants[entry.column][2 * at + 1, entry.row] = entry.high
    points = from_percent(points_of_variants(model, numbers, variants), one.scale[0])
    return [
        Effect(
            actor=one.actors[entry.row], column=entry.column, low=_own(entry.low, entry.column, one),
            high=_own(entry.high, entry.column, one), point_at_low=float(points[2 * at]),
            point_at_high=float(points[2 * at + 1]), is_exact=entry.is_exact,
        )
        for at, entry in enumerate(inputs)
    ]  # fmt: skip


def _own(value: float, column: str, one: Lineup) -> float:
    return float(from_percent(value, one.scale[0])) if column == "position" else value


def _settings_effects(one: Lineup, model: Model, numbers: Numbers) -> list[Effect]:
    """Return the effects of the reference point and of the cost of no deal, for models that use them."""
    if not model.needs_reference or np.isnan(numbers.reference[0]):
        return []
    scale = one.scale[0]
    at = float(numbers.reference[0])

    def point(**changed: Any) -> float:
        return float(from_percent(float(model.run(replace(numbers, **changed)).point[0]), scale))

    low, high = max(at - _POSITION_STEP, 0.0), min(at + _POSITION_STEP, 100.0)
    cost = numbers.no_deal_cost
    if cost is None:
        cost = np.full(len(numbers.actors), float(dict(model.options).get("phi", 0.0)))
    changes = [
        ("reference", float(from_percent(low, scale)), float(from_percent(high, scale)),
         {"reference": np.array([low])}, {"reference": np.array([high])}),
        ("no-deal cost", float(cost.mean()) - _COST_STEP, float(cost.mean()) + _COST_STEP,
         {"no_deal_cost": cost - _COST_STEP}, {"no_deal_cost": cost + _COST_STEP}),
    ]  # fmt: skip
    return [
        Effect(actor="", column=name, low=below, high=above, point_at_low=point(**less), point_at_high=point(**more),
               is_exact=True)
        for name, below, above, less, more in changes
    ]  # fmt: skip


def _sobol(one: Lineup, model: Model, numbers: Numbers, inputs: list[_Input], draws: Draws | None) -> Sensitivity:
    if draws is None:
        raise ForecastInputError("Sobol indices need draws; give draws=Draws(n=1024, seed=…), n a power of 2")
    if draws.n & (draws.n - 1):
        raise ForecastInputError(f"{draws.n} draws are not a power of 2; use 512, 1024 or 2048")
    shared = (
        bool(one.rankings) or draws.coder_correlation > 0 or any(isinstance(u.cell, Contested) for u in one.uncertain)
    )
    if shared:
        raise ForecastUndefinedError(
            "Sobol indices are defined for inputs drawn independently; here some are drawn together (a ranking, "
            "contested claims or correlated coders): use method='one-at-a-time'"
        )
    free = [entry for entry in inputs if not entry.is_exact] or inputs
    spans = [entry.cell for entry in free if entry.cell is not None]
    result = _indices(_function(model, numbers, free), spans, draws)
    effects = [
        replace(effect, first=first, total=total)
        for effect, first, total in zip(_effects(one, model, numbers, free), *result, strict=True)
    ]
    effects.sort(key=lambda effect: -(effect.total or (0.0,))[0])
    base = float(from_percent(float(model.run(numbers).point[0]), one.scale[0]))
    return Sensitivity(
        issue=one.issues[0], model=model.name, method="sobol", point=base, effects=tuple(effects), seed=draws.seed
    )


def _function(model: Model, numbers: Numbers, free: list[_Input]) -> Callable[[FloatArray], FloatArray]:
    def points(values: FloatArray) -> FloatArray:
        variants = _variants(numbers, values.shape[1])
        for entry, column in zip(free, values, strict=True):
            variants[entry.column][:, entry.row] = column
        return points_of_variants(model, numbers, variants)[None]

    return points


class _Triangular:
    """A distribution as `scipy.stats.sobol_indices` needs it, with its inverse."""

    def __init__(self, span: Span) -> None:
        self.span = span

    def ppf(self, u: FloatArray) -> FloatArray:
        return cell_quantile(self.span, u)


Index = tuple[float, float, float]


def _indices(
    function: Callable[[FloatArray], FloatArray], spans: list[Span], draws: Draws
) -> tuple[list[Index], list[Index]]:
    from scipy.stats import sobol_indices  # imported here because it takes a second to load

    rng = np.random.default_rng(draws.seed)
    found = sobol_indices(func=function, n=draws.n, dists=[_Triangular(span) for span in spans], rng=rng)
    interval = found.bootstrap(confidence_level=0.95)
    return (
        _with_interval(found.first_order, interval.first_order.confidence_interval),
        _with_interval(found.total_order, interval.total_order.confidence_interval),
    )


def _with_interval(values: FloatArray, interval: Any) -> list[Index]:
    return [
        (float(value), float(low), float(high))
        for value, low, high in zip(np.ravel(values), np.ravel(interval.low), np.ravel(interval.high), strict=True)
    ]


def _sobol_cells(one: Effect) -> tuple[str, ...]:
    first, total = one.first or (float("nan"),) * 3, one.total or (float("nan"),) * 3
    return (
        one.name,
        f"{first[0]:.3f}",
        f"{first[1]:.3f}..{first[2]:.3f}",
        f"{total[0]:.3f}",
        f"{total[1]:.3f}..{total[2]:.3f}",
    )
