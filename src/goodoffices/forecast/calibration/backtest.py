"""Score models on cases with a known outcome, without showing them the outcome.

Folds consist of whole clusters, never of single issues. Everything that is fitted to outcomes is fitted on the training
folds alone. Models get lineups, which have no outcome.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field

import numpy as np

from goodoffices.data_class import dataclass
from goodoffices.errors import DatasetError
from goodoffices.forecast.calibration.backtest_results import Backtest, BacktestRow
from goodoffices.forecast.calibration.folds import Folds, fold_of_clusters
from goodoffices.forecast.calibration.methods import DEFAULT_METHODS, Method, method_named
from goodoffices.forecast.distributions import Distribution
from goodoffices.forecast.inputs.argument_checks import listed_in
from goodoffices.forecast.inputs.columns import FloatArray
from goodoffices.forecast.inputs.lineup import Case, Lineup
from goodoffices.forecast.inputs.model_input import from_percent, numbers_of, to_percent
from goodoffices.forecast.models.base import Model
from goodoffices.forecast.models.run import percent_points, spread_of
from goodoffices.progress import Progress, is_stopped

_FEWEST_ACTORS = 3  # with fewer actors all models say nearly the same, and the study leaves such cases out


def is_scoreable(case: Case) -> bool:
    """Return whether the case has an outcome and at least three actors."""
    return case.outcome is not None and len(case.lineup.actors) >= _FEWEST_ACTORS


def backtest(
    cases: Sequence[Case],
    models: Sequence[str | Model | Method] = DEFAULT_METHODS,
    *,
    test: Sequence[Case] | None = None,
    folds: Folds | None = None,
    bootstrap: int = 4000,
    progress: Progress | None = None,
) -> Backtest:
    """Score models on cases: by folds of clusters, or on ``test`` after fitting on all of ``cases``.

    Parameters
    ----------
    cases
        Cases to learn from, and without ``test`` to score by cross-validation.
    models
        Names, configured models, or methods (a model and how its point becomes a distribution).
    test
        Cases to score instead; nothing is learned from them.
    bootstrap
        Resamples of whole clusters behind the intervals of differences.
    progress
        Called for each method. If it has a true ``is_stopped``, the table has only the methods done so far and says so.

    Raises
    ------
    DatasetError
        If no case has an outcome, or there are fewer clusters than folds.
    """
    listed_in(cases, "the cases", "as cases_of makes them")
    listed_in(models, "the models", "such as ['mean', 'compromise']")
    dealt = folds if folds is not None else Folds()
    methods = tuple(method_named(model) for model in models)
    known = [case for case in cases if is_scoreable(case)]
    if not known:
        raise DatasetError(f"none of the {len(cases)} cases has an outcome and three actors; give cases that have")
    if test is None:
        of_cluster = fold_of_clusters([case.cluster for case in known], dealt)
        if len(of_cluster) < dealt.n:
            raise DatasetError(
                f"{len(of_cluster)} clusters are too few for {dealt.n} folds; use at most {len(of_cluster)} folds"
            )
        # a cluster without scored cases is forecast by models that learned from all other clusters
        parts = [
            _Part(
                fold=fold,
                train=[case for case in known if of_cluster[case.cluster] != fold],
                test=[case for case in cases if of_cluster.get(case.cluster, 0) == fold],
            )
            for fold in range(dealt.n)
        ]
    else:
        parts = [_Part(fold=-1, train=known, test=list(test))]
        if not any(is_scoreable(case) for case in test):
            raise DatasetError(
                f"none of the {len(test)} test cases has an outcome and three actors; nothing can be scored"
            )
    rows, done = _all_rows(methods, parts, progress)
    place = {id(case): at for at, case in enumerate(cases if test is None else test)}
    order = {method.name: at for at, method in enumerate(done)}
    rows.sort(key=lambda row: (order[row[1].model], place[id(row[0])]))
    return Backtest(
        rows=tuple(row for _, row in rows),
        models=tuple(method.name for method in done),
        tuned=tuple(method.name for method in done if method.tunes),
        left_out=tuple(method.name for method in methods[len(done) :]),
        folds=0 if test is not None else dealt.n,
        seed=dealt.seed,
        bootstrap=bootstrap,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """One split: the cases whose outcomes may be seen, and the cases to forecast."""

    fold: int
    train: list[Case]
    test: list[Case]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Bench:
    """A cache of points and spreads. They do not depend on outcomes, so they are computed once per model and lineup."""

    points: dict[tuple[str, int], float] = field(default_factory=dict)
    spreads: dict[tuple[int, float], float] = field(default_factory=dict)

    def points_of(self, model: Model, lineups: Sequence[Lineup], clusters: Sequence[str]) -> FloatArray:
        missing = [at for at, lineup in enumerate(lineups) if (model.label, id(lineup)) not in self.points]
        if missing:
            wanted = {clusters[at] for at in missing} if model.trades else set()
            run = [at for at in range(len(lineups)) if clusters[at] in wanted] if model.trades else missing
            found = percent_points(model, [lineups[at] for at in run], [clusters[at] for at in run])
            for at, value in zip(run, found, strict=True):
                self.points.setdefault((model.label, id(lineups[at])), float(value))
        return np.array([self.points[model.label, id(lineup)] for lineup in lineups])

    def spread(self, lineup: Lineup, floor: float) -> float:
        key = (id(lineup), floor)
        if key not in self.spreads:
            self.spreads[key] = spread_of(numbers_of(lineup), floor)
        return self.spreads[key]


def _all_rows(
    methods: Sequence[Method], parts: Sequence[_Part], progress: Progress | None
) -> tuple[list[tuple[Case, BacktestRow]], Sequence[Method]]:
    """Return the rows of all methods, and the methods. If it is stopped, those of the methods done, at least one."""
    bench = _Bench()
    rows: list[tuple[Case, BacktestRow]] = []
    for at, method in enumerate(methods):
        if progress is not None:
            progress(f"scoring {method.name}, method {at + 1} of {len(methods)}", at / len(methods))
        own: list[tuple[Case, BacktestRow]] = []
        for part in parts:
            if at and is_stopped(progress):
                return rows, methods[:at]
            own += _part_rows(method, part, bench)
        rows += own
    return rows, methods


def _part_rows(method: Method, part: _Part, bench: _Bench) -> list[tuple[Case, BacktestRow]]:
    """Return the forecasts of one method for the test cases of one split. Their outcomes are used only for scores."""
    if not part.test:
        return []
    fitted = method.fit(part.train, bench.points_of, bench.spread)
    forecasts = fitted([case.lineup for case in part.test], [case.cluster for case in part.test])
    return [
        (case, _row(method.name, part.fold, case, point, spread))
        for case, (point, spread) in zip(part.test, forecasts, strict=True)
    ]


def _row(name: str, fold: int, case: Case, point: float, distribution: Distribution | None) -> BacktestRow:
    scale = case.lineup.scale[0]
    outcome = None if not is_scoreable(case) or case.outcome is None else float(to_percent(case.outcome, scale))
    if distribution is None:
        return BacktestRow(issue=case.issue, cluster=case.cluster, model=name, fold=fold, outcome=outcome, scale=scale)
    quantiles = [distribution.quantile(q) for q in (0.1, 0.5, 0.9)]
    ends = set(case.lineup.position[:, 0].tolist()) <= set(scale)
    return BacktestRow(
        issue=case.issue,
        cluster=case.cluster,
        model=name,
        fold=fold,
        point=point,
        q10=quantiles[0],
        q50=quantiles[1],
        q90=quantiles[2],
        outcome=outcome,
        crps=None if outcome is None else distribution.crps(outcome),
        cdf=None if outcome is None else (distribution.pit(outcome, 0.0), distribution.pit(outcome, 1.0)),
        scale=scale,
        is_dichotomous=ends,
    )


def on_scale(row: BacktestRow, value: float) -> float:
    """Return a value of a row on the issue's own scale."""
    return float(from_percent(value, row.scale))
