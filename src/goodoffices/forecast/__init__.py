"""Published models of group decisions, and calibrated uncertainty.

A `Lineup` says who stands where. `forecast` says what will probably come out, how certain that is, who moves whom, and
what would change it. `backtest` shows how good a model is. Nothing here has been validated on peace talks, and every
result says so.
"""

from __future__ import annotations

from goodoffices.forecast.analysis.levers import Levers, levers
from goodoffices.forecast.analysis.sensitivity import Sensitivity, sensitivity
from goodoffices.forecast.analysis.veto_core import Core, veto_core
from goodoffices.forecast.calibration.backtest import backtest
from goodoffices.forecast.calibration.backtest_results import Backtest
from goodoffices.forecast.calibration.calibration import Calibration, calibrate
from goodoffices.forecast.calibration.folds import Folds
from goodoffices.forecast.calibration.methods import Method
from goodoffices.forecast.distributions import Distribution
from goodoffices.forecast.forecasting import forecast, forecasts, from_outcomes
from goodoffices.forecast.inputs.from_tables import cases_of, lineup_from_frame, lineup_of
from goodoffices.forecast.inputs.lineup import Case, Lineup, Share
from goodoffices.forecast.inputs.uncertain_values import Contested, Draws, Ranking, Span, ranking
from goodoffices.forecast.models.base import Model, Move
from goodoffices.forecast.models.cards import DEFAULT_MODEL, DEFAULT_MODELS, MODELS, ModelCard, model_named
from goodoffices.forecast.models.challenge import bdm_as_printed, bdm_published_numbers
from goodoffices.forecast.models.combination import combination
from goodoffices.forecast.models.condorcet import pce_conditional, pce_markov_incentive, pce_markov_uniform
from goodoffices.forecast.models.exchange import exchange_equal_gain
from goodoffices.forecast.models.nash import ks_reference, nbs_no_deal, nbs_reference
from goodoffices.forecast.models.procedural import procedural_setter
from goodoffices.forecast.models.spatial import ktab_smp
from goodoffices.forecast.results import Forecast, ForecastComparison, Score, score

__all__ = [
    "DEFAULT_MODEL",
    "DEFAULT_MODELS",
    "MODELS",
    "Backtest",
    "Calibration",
    "Case",
    "Contested",
    "Core",
    "Distribution",
    "Draws",
    "Folds",
    "Forecast",
    "ForecastComparison",
    "Levers",
    "Lineup",
    "Method",
    "Model",
    "ModelCard",
    "Move",
    "Ranking",
    "Score",
    "Sensitivity",
    "Share",
    "Span",
    "backtest",
    "bdm_as_printed",
    "bdm_published_numbers",
    "calibrate",
    "cases_of",
    "combination",
    "exchange_equal_gain",
    "forecast",
    "forecasts",
    "from_outcomes",
    "ks_reference",
    "ktab_smp",
    "levers",
    "lineup_from_frame",
    "lineup_of",
    "model_named",
    "nbs_no_deal",
    "nbs_reference",
    "pce_conditional",
    "pce_markov_incentive",
    "pce_markov_uniform",
    "procedural_setter",
    "ranking",
    "score",
    "sensitivity",
    "veto_core",
]  # fmt: skip
