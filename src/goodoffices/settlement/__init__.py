"""Exact analysis of bargains: what could be agreed, and what blocks an agreement."""

from __future__ import annotations

from goodoffices.bargain import Bargain, BargainIssue, Box, Constraint, Interaction, Requirement, Rule
from goodoffices.settlement.feasibility.blockers import Blockers, blockers, core, objections
from goodoffices.settlement.feasibility.sensitivity import Nearest, Price, Standing, nearest, prices, standing
from goodoffices.settlement.feasibility.unblock import Unblocking, unblock
from goodoffices.settlement.feasibility.zone import Zone, zone
from goodoffices.settlement.frontiers.frontier import frontier
from goodoffices.settlement.results import Frontier, Pick, Solution, Status
from goodoffices.settlement.solutions.definitions import DEFINITIONS
from goodoffices.settlement.solutions.logrolling import Trade, TradeShares, shares, trades
from goodoffices.settlement.solutions.lotteries import Mixture, mixture
from goodoffices.settlement.solutions.solve import solve, solve_all
from goodoffices.settlement.uncertainty.acceptance import acceptance_probability
from goodoffices.settlement.uncertainty.beliefs import Estimate, Range, Ranking, Reservation, UncertainBargain, Weights
from goodoffices.settlement.uncertainty.robustness import Robust, robust
from goodoffices.settlement.verification.verify import CheckVerdict, verify

__all__ = [
    "DEFINITIONS",
    "Bargain",
    "BargainIssue",
    "Blockers",
    "Box",
    "CheckVerdict",
    "Constraint",
    "Estimate",
    "Frontier",
    "Interaction",
    "Mixture",
    "Nearest",
    "Pick",
    "Price",
    "Range",
    "Ranking",
    "Requirement",
    "Reservation",
    "Robust",
    "Rule",
    "Solution",
    "Standing",
    "Status",
    "Trade",
    "TradeShares",
    "Unblocking",
    "UncertainBargain",
    "Weights",
    "Zone",
    "acceptance_probability",
    "blockers",
    "core",
    "frontier",
    "mixture",
    "nearest",
    "objections",
    "prices",
    "robust",
    "shares",
    "solve",
    "solve_all",
    "standing",
    "trades",
    "unblock",
    "verify",
    "zone",
]
