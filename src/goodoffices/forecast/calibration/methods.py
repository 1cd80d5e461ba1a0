"""Methods: a model, and how its point is turned into a distribution. Backtests score methods."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from goodoffices.data_class import dataclass
from goodoffices.errors import ForecastInputError, ForecastUndefinedError
from goodoffices.forecast.calibration.folds import Folds, fold_of_clusters
from goodoffices.forecast.distributions import Distribution
from goodoffices.forecast.inputs.columns import FloatArray
from goodoffices.forecast.inputs.lineup import Case, Lineup
from goodoffices.forecast.inputs.model_input import Numbers, numbers_of, to_percent, weights
from goodoffices.forecast.models.base import Model, ModelAnswer
from goodoffices.forecast.models.cards import DEFAULT_MODELS, model_named
from goodoffices.forecast.models.run import FLOOR

PointsOf = Callable[[Model, Sequence[Lineup], Sequence[str]], FloatArray]
SpreadOf = Callable[[Lineup, float], float]
Fitted = Callable[[Sequence[Lineup], Sequence[str]], list[tuple[float, Distribution | None]]]

SPREADS = ("scaled", "plain", "point", "native", "pooled")
_INNER = Folds(n=5, seed=0)  # folds within the training cases, for choosing the share of a pool


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """A model, and how its point is turned into a distribution.

    ``spread`` is ``"scaled"``: residuals in units of the positions' spread; ``"plain"``: residuals; ``"point"``: no
    distribution; ``"native"``: the model's own distribution; ``"pooled"``: scaled residuals mixed with the positions
    themselves, in the share that scores best on the training cases.
    """

    name: str
    model: Model
    spread: str = "scaled"
    floor: float = FLOOR

    def __post_init__(self) -> None:
        if self.spread not in SPREADS:
            raise ForecastInputError(f"spread={self.spread!r} is not known; use one of {', '.join(SPREADS)}")

    @property
    def tunes(self) -> bool:
        """Whether something besides the residuals is fitted to outcomes."""
        return self.model.tune is not None or self.spread == "pooled"

    def fit(self, train: Sequence[Case], points_of: PointsOf, spread: SpreadOf) -> Fitted:
        """Learn from ``train`` and return a function that forecasts lineups: (point, distribution) each, on 0..100."""
        model = self.model.tune(train) if self.model.tune is not None else self.model

        def width(lineup: Lineup) -> float:
            return spread(lineup, self.floor) if self.spread in ("scaled", "pooled") else 1.0

        residuals = np.zeros(1)
        share = 0.0
        if self.spread in ("scaled", "plain", "pooled"):
            points = points_of(model, [case.lineup for case in train], [case.cluster for case in train])
            truth = np.array([float(to_percent(case.outcome or 0.0, case.lineup.scale[0])) for case in train])
            wide = np.array([width(case.lineup) for case in train])
            errors = (truth - points) / wide
            residuals = errors[~np.isnan(errors)]
            share = share_of_positions(train, points, wide, truth) if self.spread == "pooled" else 0.0

        def forecast(lineups: Sequence[Lineup], clusters: Sequence[str]) -> list[tuple[float, Distribution | None]]:
            if self.spread == "native":
                return [_native(model, lineup) for lineup in lineups]
            points = points_of(model, lineups, clusters)
            found = [
                (float(point), _around(float(point), residuals, width(lineup)))
                for point, lineup in zip(points, lineups, strict=True)
            ]
            if self.spread != "pooled":
                return found
            return [_pooled(one, lineup, share) for (_, one), lineup in zip(found, lineups, strict=True)]

        return forecast


def _around(point: float, residuals: FloatArray, width: float) -> Distribution | None:
    if np.isnan(point) or not residuals.size:
        return None
    return Distribution.of(np.clip(point + residuals * width, 0.0, 100.0))


def _positions(lineup: Lineup) -> Distribution:
    numbers = numbers_of(lineup)
    x, s, c = numbers.vectors()
    w = s * c
    return Distribution.of(x, w if w.sum() > 0 else None)


def _pooled(one: Distribution | None, lineup: Lineup, share: float) -> tuple[float, Distribution | None]:
    """Mix a distribution with the positions. The point is the median of the mixture."""
    if one is None:
        return float("nan"), None
    held = _positions(lineup)
    atoms = np.concatenate([one.atoms, held.atoms])
    mixed = Distribution.of(atoms, np.concatenate([(1 - share) * one.weights, share * held.weights]))
    return mixed.quantile(0.5), mixed


def share_of_positions(train: Sequence[Case], points: FloatArray, wide: FloatArray, truth: FloatArray) -> float:
    """Return the share of the positions in the pool with the smallest mean score on the training cases, in [0, 1].

    Each case is forecast from the residuals of the other inner folds. The score of a mixture is quadratic in the share,
    so the best share has a closed form.
    """
    fold = fold_of_clusters([case.cluster for case in train], _INNER)
    of_case = np.array([fold[case.cluster] for case in train])
    errors = (truth - points) / wide
    slope, bend = 0.0, 0.0
    for at, case in enumerate(train):
        bank = errors[(of_case != of_case[at]) & ~np.isnan(errors)]
        one = _around(float(points[at]), bank, float(wide[at]))
        if one is None:
            continue
        held, y = _positions(case.lineup), float(truth[at])
        across = float((one.weights[:, None] * held.weights * np.abs(one.atoms[:, None] - held.atoms)).sum())
        near, near_held = (float((d.weights * np.abs(d.atoms - y)).sum()) for d in (one, held))
        within, within_held = near - one.crps(y), near_held - held.crps(y)
        slope += near_held - near + 2.0 * within - across
        bend += across - within - within_held
    return float(np.clip(-slope / (2.0 * bend), 0.0, 1.0)) if bend > 0 else 0.0


def _native(model: Model, lineup: Lineup) -> tuple[float, Distribution | None]:
    try:
        answer = model.run(numbers_of(lineup))
    except ForecastUndefinedError:
        return float("nan"), None
    point = float(answer.point[0])
    if answer.atoms is None or answer.weights is None:
        return point, Distribution.of([point])
    return point, Distribution.of(answer.atoms, answer.weights)


def positions_model(weighted: bool = True) -> Model:
    """Build the trivial distribution: the positions themselves, weighted with capability x salience or evenly."""

    def run(numbers: Numbers) -> ModelAnswer:
        x, _, _ = numbers.vectors()
        w = weights(numbers) if weighted else np.ones(x.size)
        return ModelAnswer(point=np.array([Distribution.of(x, w).quantile(0.5)]), atoms=x.copy(), weights=w)

    return Model(name="positions" if weighted else "positions:unweighted", run=run)


def method_named(method: str | Model | Method) -> Method:
    """Return a method by its name.

    ``"compromise"`` has residuals scaled by the spread of positions, ``"compromise + plain residuals"`` has unscaled
    ones. ``"compromise + positions"`` is pooled with the positions. ``"point: compromise"`` is the point alone,
    ``"own: pce:markov-uniform"`` the model's own distribution, and ``"positions"`` the positions themselves.
    """
    if isinstance(method, Method):
        return method
    if isinstance(method, Model):
        return Method(name=method.label, model=method)
    if method in ("positions", "positions:unweighted"):
        return Method(name=method, model=positions_model(method == "positions"), spread="native")
    for mark, spread in (("point:", "point"), ("own:", "native")):
        if method.startswith(mark):
            return Method(name=method, model=model_named(method.removeprefix(mark).strip()), spread=spread)
    if method.endswith("+ positions"):
        return Method(name=method, model=model_named(method.removesuffix("+ positions").strip()), spread="pooled")
    if method.endswith("+ plain residuals"):
        return Method(name=method, model=model_named(method.removesuffix("+ plain residuals").strip()), spread="plain")
    return Method(name=method, model=model_named(method))


DEFAULT_METHODS: tuple[str, ...] = (
    *DEFAULT_MODELS, "positions", "compromise + plain residuals", "pce:markov-uniform + positions",
)  # fmt: skip
