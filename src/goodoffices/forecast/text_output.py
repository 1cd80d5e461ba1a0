"""What the command line prints about forecasts, as text, CSV or JSON. No file is opened here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from goodoffices.canonical_json import result_json
from goodoffices.errors import ForecastInputError
from goodoffices.forecast.analysis.levers import levers as _levers
from goodoffices.forecast.analysis.sensitivity import sensitivity as _sensitivity
from goodoffices.forecast.calibration.backtest import backtest as _backtest
from goodoffices.forecast.calibration.backtest_results import Backtest
from goodoffices.forecast.calibration.folds import Folds
from goodoffices.forecast.calibration.methods import DEFAULT_METHODS
from goodoffices.forecast.inputs.from_tables import cases_of, lineup_of
from goodoffices.forecast.inputs.lineup import Lineup
from goodoffices.forecast.inputs.uncertain_values import Draws
from goodoffices.forecast.models.cards import DEFAULT_MODEL, MODELS, model_named
from goodoffices.forecast.results import ForecastComparison
from goodoffices.position_table import PositionTable
from goodoffices.text_tables import csv_text

FORMATS = ("text", "csv", "json")
BACKTEST_COLUMNS = (
    "issue", "cluster", "model", "fold", "point", "q10", "q50", "q90", "outcome", "abs_error", "crps",
)  # fmt: skip
_ASKED = {
    True: "may be asked what would change an outcome: its point follows the actors",
    False: "for comparison only: its point can move away from an actor that comes closer",
}
TURN_COLUMNS = ("model", "issue", "turn", "actor", "position")


def comparison_text(found: ForecastComparison, form: str = "csv") -> str:
    """Return forecasts as CSV (positions turn by turn) or JSON, for programs."""
    if form == "csv":
        return csv_text([row for one in found.forecasts for row in one.to_rows()], TURN_COLUMNS)
    return found.to_json()


def backtest(
    table: PositionTable,
    *,
    test: PositionTable | None = None,
    models: Sequence[str] = (),
    folds: int = 10,
    seed: int = 1,
    form: str = "text",
) -> str:
    """Return the table of all methods on cases with outcomes; with ``test``, fitted on ``table`` and scored on it."""
    found = _backtest(
        cases_of(table), tuple(models) or DEFAULT_METHODS, test=None if test is None else cases_of(test),
        folds=Folds(n=folds, seed=seed),
    )  # fmt: skip
    return backtest_text(found, form)


def backtest_text(found: Backtest, form: str = "text") -> str:
    """Return a backtest as text, CSV or JSON."""
    _check(form)
    if form == "csv":
        return csv_text(found.to_rows(), BACKTEST_COLUMNS)
    return found.to_json() if form == "json" else str(found)


def levers(
    subject: PositionTable | Lineup,
    *,
    issue: str,
    model: str = DEFAULT_MODEL,
    toward: float | tuple[float, float] | None = None,
    step: float = 10.0,
    form: str = "text",
) -> str:
    """Return every single change of the inputs of one issue, the strongest first.

    Raises
    ------
    ForecastInputError
        For a model whose point can move away from an actor that comes closer: its changes would mislead.
    """
    _check(form)
    name = model_named(model).name
    if not MODELS[name].follows:
        raise ForecastInputError(
            f"in the model {name!r} the point can move away from an actor that comes closer, so it cannot say "
            f"what would change an outcome; ask {DEFAULT_MODEL!r}, or another model that `goodoffices forecast models` "
            "says may be asked"
        )
    lineup = subject if isinstance(subject, Lineup) else lineup_of(subject)
    found = _levers(lineup, issue=issue, model=model, toward=toward, step=step)
    return found.to_csv() if form == "csv" else found.to_json() if form == "json" else str(found)


def sensitivity(
    subject: PositionTable | Lineup,
    *,
    issue: str,
    model: str = DEFAULT_MODEL,
    sobol: bool = False,
    draws: Draws | None = None,
    form: str = "text",
) -> str:
    """Return the inputs of one issue that the point depends on."""
    _check(form)
    lineup = subject if isinstance(subject, Lineup) else lineup_of(subject)
    method = "sobol" if sobol else "one-at-a-time"
    found = _sensitivity(lineup, issue=issue, model=model, method=method, draws=draws)
    return found.to_csv() if form == "csv" else found.to_json() if form == "json" else str(found)


def models(form: str = "text") -> str:
    """Return the cards of all models: the evidence first, then what each reproduces and its source."""
    _check(form)
    rows: list[dict[str, Any]] = [
        {"model": card.name, "evidence": card.evidence, "reproduces": card.reproduces, "variant": card.variant,
         "source": card.source, "asked": _ASKED[card.follows],
         "options": ", ".join(f"{name}={value!r}" for name, value in card.build().options)}
        for card in MODELS.values()
    ]  # fmt: skip
    if form == "csv":
        return csv_text(rows)
    if form == "json":
        return result_json(rows)
    notes = (
        "Mean absolute errors (MAE) on 351 issues of European Union legislation (DEU III), hundredths of the scale.\n"
        "No dynamic model is known to be better there than the compromise; nothing has been tested on peace talks."
    )
    return "\n\n".join([notes, *map(_card_text, rows)])


def _card_text(row: dict[str, Any]) -> str:
    told = [
        ("record", "evidence"),
        ("changes", "asked"),
        ("reproduces", "reproduces"),
        ("from", "source"),
        ("options", "options"),
    ]
    lines = [f"  {label:10} {row[name]}" for label, name in told if row[name]]
    return "\n".join([f"{row['model']} ({row['variant']})", *lines])


def _check(form: str) -> None:
    if form not in FORMATS:
        raise ForecastInputError(f"the format {form!r} is not known; use one of {', '.join(FORMATS)}")
