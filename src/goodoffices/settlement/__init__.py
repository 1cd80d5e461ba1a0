"""Exact answers: what could be agreed and what blocks it."""

from __future__ import annotations

from goodoffices.bargain import Bargain, BargainIssue, Box, Constraint, Interaction, Requirement, Rule
from goodoffices.settlement.acceptance import acceptance_probability
from goodoffices.settlement.blockers import Blockers, blockers, core, objections
from goodoffices.settlement.definitions import DEFINITIONS
from goodoffices.settlement.frontier import frontier
from goodoffices.settlement.mixtures import Mixture, mixture
from goodoffices.settlement.results import Frontier, Pick, Solution, Status
from goodoffices.settlement.robustness import Robust, robust
from goodoffices.settlement.sensitivity import Nearest, Price, Standing, nearest, prices, standing
from goodoffices.settlement.solutions import solve, solve_all
from goodoffices.settlement.trades import Shares, Trade, shares, trades
from goodoffices.settlement.unblock import Unblocking, unblock
from goodoffices.settlement.verify import Verdict, verify
from goodoffices.settlement.worlds import Assessment, Estimate, Range, Ranking, Reservation, Weights
from goodoffices.settlement.zone import Zone, zone

__all__ = [
    "DEFINITIONS",
    "Assessment",
    "Bargain",
    "BargainIssue",
    "Blockers",
    "Box",
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
    "Shares",
    "Solution",
    "Standing",
    "Status",
    "Trade",
    "Unblocking",
    "Verdict",
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
