"""The results of a backtest: one row per method and case, and a table that compares the methods."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from goodoffices.canonical_json import result_json
from goodoffices.data_class import dataclass
from goodoffices.forecast.inputs.columns import FloatArray
from goodoffices.forecast.inputs.model_input import from_percent
from goodoffices.text_tables import table_text

_BASE = "compromise"
_POWER = 2.8  # standard errors of a difference that is found four times in five at the 5 % level


@dataclass(frozen=True, slots=True, kw_only=True)
class BacktestRow:
    """One method's forecast of one case, on 0..100. Without an answer, ``point`` and the fields after it are None.

    ``cdf`` is F(y-) and F(y) at the outcome. ``is_dichotomous``: all positions are at the two ends of the scale.
    """

    issue: str
    cluster: str
    model: str
    fold: int
    outcome: float | None
    scale: tuple[float, float]
    point: float | None = None
    q10: float | None = None
    q50: float | None = None
    q90: float | None = None
    crps: float | None = None
    cdf: tuple[float, float] | None = None
    is_dichotomous: bool = False

    @property
    def is_scored(self) -> bool:
        """Whether there is both a forecast and an outcome."""
        return self.point is not None and self.outcome is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class MethodComparison:
    """Mean of one method's losses minus another's on the same cases, with a 95 % interval from whole clusters.

    ``detectable``: the smallest true difference that this number of cases would show four times in five.
    """

    difference: float
    low: float
    high: float
    wins: int
    losses: int
    detectable: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """One line of the table. Errors and widths are in hundredths of the scale, shares in [0, 1]."""

    model: str
    n: int
    answered: int
    mae: float
    rmse: float
    median_error: float
    largest: float
    within_5: float
    within_10: float
    within_20: float
    crps: float
    coverage: float
    width: float
    mae_of_median: float
    against_base: MethodComparison | None
    score_against_base: MethodComparison | None


@dataclass(frozen=True, kw_only=True, eq=False)
class Backtest:
    """All rows, and the settings. ``folds`` is 0 if a separate test set was scored.

    ``left_out``: methods that were asked for but not computed, because the work was interrupted.
    """

    rows: tuple[BacktestRow, ...]
    models: tuple[str, ...]
    tuned: tuple[str, ...]
    folds: int
    seed: int
    bootstrap: int
    left_out: tuple[str, ...] = ()

    def of(self, model: str) -> tuple[BacktestRow, ...]:
        """Return the rows of one method."""
        return tuple(row for row in self.rows if row.model == model)

    @cached_property
    def summaries(self) -> tuple[Summary, ...]:
        """Return one line per method, the smallest mean absolute error first."""
        base = [row for row in self.of(_BASE) if row.is_scored] if _BASE in self.models else []
        found = [self._summary(model, base) for model in self.models]
        return tuple(sorted(found, key=lambda line: line.mae))

    def _summary(self, model: str, base: list[BacktestRow]) -> Summary:
        rows = self.of(model)
        scored = [row for row in rows if row.is_scored]
        point, q10, q50, q90, y, crps = (
            _column(scored, name) for name in ("point", "q10", "q50", "q90", "outcome", "crps")
        )
        error = np.abs(point - y)
        return Summary(
            model=model, n=len(scored), answered=sum(row.point is not None for row in rows),
            mae=_mean(error), rmse=float(np.sqrt(_mean(error**2))), median_error=_median(error),
            largest=float(error.max(initial=0.0)), within_5=_mean(error <= 5), within_10=_mean(error <= 10),
            within_20=_mean(error <= 20), crps=_mean(crps), coverage=_mean((q10 <= y) & (y <= q90)),
            width=_mean(q90 - q10), mae_of_median=_mean(np.abs(q50 - y)),
            against_base=None if model == _BASE or not base else self._against(scored, base, _errors),
            score_against_base=None if model == _BASE or not base else self._against(scored, base, _scores),
        )  # fmt: skip

    def _against(
        self, scored: list[BacktestRow], base: list[BacktestRow], losses: Callable[[Sequence[BacktestRow]], FloatArray]
    ) -> MethodComparison | None:
        other = {row.issue: row for row in base}
        common = [row for row in scored if row.issue in other]
        if not common:
            return None
        return compare(
            losses(common), losses([other[row.issue] for row in common]), [row.cluster for row in common],
            resamples=self.bootstrap, seed=self.seed,
        )  # fmt: skip

    def pit(self, model: str) -> FloatArray:
        """Return the probability integral transform of each scored case, ties broken evenly with the seed."""
        rng = np.random.default_rng(self.seed)
        found = [row.cdf for row in self.of(model) if row.is_scored and row.cdf is not None]
        return np.array(
            [before + u * (at - before) for (before, at), u in zip(found, rng.random(len(found)), strict=True)]
        )

    def to_rows(self) -> list[dict[str, Any]]:
        """Return issue, cluster, model, fold, point, q10, q50, q90, outcome, abs_error, crps per method and case.

        Values are on the issue's own scale.
        """
        found = []
        for row in self.rows:
            low, high = row.scale

            def own(value: float | None, scale: tuple[float, float] = row.scale) -> float | None:
                return None if value is None else float(from_percent(value, scale))

            error = abs(row.point - row.outcome) if row.point is not None and row.outcome is not None else None
            unit = (high - low) / 100.0
            found.append({
                "issue": row.issue, "cluster": row.cluster, "model": row.model, "fold": row.fold,
                "point": own(row.point), "q10": own(row.q10), "q50": own(row.q50), "q90": own(row.q90),
                "outcome": own(row.outcome), "abs_error": None if error is None else error * unit,
                "crps": None if row.crps is None else row.crps * unit,
            })  # fmt: skip
        return found

    def to_json(self) -> str:
        """Return canonical JSON: settings, the table, and all rows."""
        lines = [_summary_dict(line) for line in self.summaries]
        settings = {
            "folds": self.folds, "seed": self.seed, "bootstrap": self.bootstrap, "tuned": list(self.tuned),
            "compared": len(self.models), "left_out": list(self.left_out),
        }  # fmt: skip
        return result_json({"settings": settings, "table": lines, "rows": self.to_rows()})

    def digest(self) -> str:
        """Return the SHA-256 of the canonical JSON."""
        return hashlib.sha256(self.to_json().encode()).hexdigest()

    def __repr__(self) -> str:
        best = self.summaries[0]
        return f"<Backtest: {len(self.models)} methods, {best.n} cases; smallest error {best.model} {best.mae:.2f}>"

    def __str__(self) -> str:
        scored = {row.issue for row in self.rows if row.is_scored}
        clusters = {row.cluster for row in self.rows if row.is_scored}
        silent = {row.issue for row in self.rows if row.outcome is None}
        how = (
            f"{self.folds}-fold cross-validation by cluster, fold seed {self.seed}"
            if self.folds
            else "fitted on the first file, scored on the second"
        )
        head = (
            f"{len(scored)} cases in {len(clusters)} clusters scored, {len(silent)} forecast but not scored (no "
            f"outcome, or fewer than three actors); {how}.\n"
        )
        if self.left_out:
            head += f"Interrupted: {', '.join(self.left_out)} not reached.\n"
        return head + table_text(_HEAD, [_line(line) for line in self.summaries]) + "\n" + self._notes()

    def _notes(self) -> str:
        tuned = ", ".join(self.tuned) if self.tuned else "none"
        found = [line.against_base.detectable for line in self.summaries if line.against_base is not None]
        power = (
            f" Differences from {_BASE} below about {float(np.median(found)):.1f} could not have been detected here."
            if found
            else ""
        )
        return (
            "Errors, scores and widths in hundredths of the scale. CRPS: lower is better, a point scores its error.\n"
            f"{len(self.models)} methods compared on the same cases: the best of many looks better than it is.\n"
            f"Fixed beforehand: every option shown, spread floor 5. Chosen on training folds only: {tuned}; residuals "
            "always.\n"
            f"vs {_BASE}: mean difference of absolute errors and of scores, 95 % interval from {self.bootstrap} "
            "resamples of whole clusters, wins/losses. Where the interval holds 0, it is not established that one is "
            f"better than the other.{power}\n"
            "Folds depend on their seed: average over several before believing a small difference."
        )


_HEAD = (
    "method", "n", "MAE", "RMSE", "MedAE", "<=5", "<=10", "<=20", "CRPS", "cover80", "width80", "MAE q50",
    "MAE vs compromise", "CRPS vs compromise",
)  # fmt: skip


def compare(
    losses: FloatArray, other: FloatArray, clusters: Sequence[str], *, resamples: int, seed: int
) -> MethodComparison:
    """Compare two methods on the same cases by resampling whole clusters. The mean is over the drawn cases."""
    gap = losses - other
    names = list(dict.fromkeys(clusters))
    place = np.array([names.index(name) for name in clusters])
    sums = np.bincount(place, weights=gap, minlength=len(names))
    counts = np.bincount(place, minlength=len(names))
    drawn = _resamples(len(names), resamples, seed)
    means = (drawn @ sums) / (drawn @ counts)
    low, high = np.quantile(means, [0.025, 0.975])
    return MethodComparison(
        difference=float(gap.mean()), low=float(low), high=float(high), wins=int((gap < 0).sum()),
        losses=int((gap > 0).sum()), detectable=float(_POWER * means.std()),
    )  # fmt: skip


@lru_cache(maxsize=2)
def _resamples(n_clusters: int, resamples: int, seed: int) -> NDArray[np.int64]:
    """Return how often each cluster is drawn in each resample; the same for all methods, so that they are paired."""
    rng = np.random.default_rng(seed)
    return rng.multinomial(n_clusters, np.full(n_clusters, 1.0 / n_clusters), size=resamples)


def _column(rows: Sequence[BacktestRow], name: str) -> FloatArray:
    return np.array([getattr(row, name) for row in rows], dtype=np.float64)


def _errors(rows: Sequence[BacktestRow]) -> FloatArray:
    return np.abs(_column(rows, "point") - _column(rows, "outcome"))


def _scores(rows: Sequence[BacktestRow]) -> FloatArray:
    return _column(rows, "crps")


def _mean(values: np.ndarray[Any, Any]) -> float:
    return float(values.mean()) if values.size else float("nan")


def _median(values: FloatArray) -> float:
    return float(np.median(values)) if values.size else float("nan")


def _summary_dict(line: Summary) -> dict[str, Any]:
    told = {name: getattr(line, name) for name in Summary.__slots__}
    for name in ("against_base", "score_against_base"):
        against = told[name]
        told[name] = None if against is None else {slot: getattr(against, slot) for slot in MethodComparison.__slots__}
    return told


def _versus(against: MethodComparison | None) -> str:
    if against is None:
        return ""
    return f"{against.difference:+.2f} [{against.low:+.2f}, {against.high:+.2f}] {against.wins}/{against.losses}"


def _line(line: Summary) -> tuple[str, ...]:
    return (
        line.model, str(line.n), f"{line.mae:.2f}", f"{line.rmse:.2f}", f"{line.median_error:.2f}",
        f"{line.within_5:.2f}", f"{line.within_10:.2f}", f"{line.within_20:.2f}", f"{line.crps:.2f}",
        f"{line.coverage:.3f}", f"{line.width:.1f}", f"{line.mae_of_median:.2f}",
        _versus(line.against_base), _versus(line.score_against_base),
    )  # fmt: skip
