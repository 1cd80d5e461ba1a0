"""Search for solutions, with a bound, of bargains whose frontier cannot be listed."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Literal

import numpy as np

from goodoffices.bargain_tables import Number
from goodoffices.progress import Watch
from goodoffices.settlement.frontiers.frontier import frontier_of
from goodoffices.settlement.problem.gains import gains_of
from goodoffices.settlement.problem.integer_form import Tables
from goodoffices.settlement.results import Note, Pick, Solution, Status, pick
from goodoffices.settlement.solutions.branch_and_bound import SMALLEST, SUM_OF_LOGS, Found, search_best
from goodoffices.settlement.solutions.definitions import DEFINITIONS
from goodoffices.settlement.solutions.frontier_choice import choose_from
from goodoffices.settlement.solutions.ideal_point import Ideals, ideal_gains

_LOG_TOLERANCE = 1e-11
_SHARE_TOLERANCE = 1e-9


def search_solution(
    tables: Tables,
    name: str,
    *,
    ideal: Literal["possible", "all"],
    weights: tuple[Number, ...] | None,
    watch: Watch,
) -> Solution:
    """Return one settlement that a solution picks, with a bound."""
    found: Found | None = None
    is_unanimous = len(tables.bargain.decided_by.requirements) == 1 and "unanimity" in tables.bargain.decided_by.name
    divisors = [Fraction(1)] * tables.n_parties
    if name == "nash" and is_unanimous:
        found = search_best(tables, SUM_OF_LOGS, divisors, step=Fraction(0), tolerance=_LOG_TOLERANCE, watch=watch)
    elif name in ("egalitarian", "leximin") and is_unanimous:
        step = gains_of(tables, np.zeros((1, tables.n_issues), np.int64)).unit
        found = search_best(tables, SMALLEST, divisors, step=step, tolerance=_SHARE_TOLERANCE, watch=watch)
    elif name == "utilitarian":
        return _weighted(tables, weights, watch)
    ideals = ideal_gains(tables, ideal, watch) if DEFINITIONS[name].needs_ideal else None
    if name == "kalai_smorodinsky" and is_unanimous and ideals is not None and ideals.can_divide:
        step = _share_step(tables, ideals.gains)
        divisors = list(ideals.gains)
        found = search_best(tables, SMALLEST, divisors, step=step, tolerance=_SHARE_TOLERANCE, watch=watch)
    return _answer(tables, name, found, ideals, watch)


def _share_step(tables: Tables, ideals: tuple[Fraction, ...]) -> Fraction:
    """Return the smallest possible difference between two different shares of ideal gains.

    A share is a whole number divided by the party's ideal gain, so each difference has only two of these denominators.
    """
    unit = gains_of(tables, np.zeros((1, tables.n_issues), np.int64)).unit
    whole = [int(ideal / unit) for ideal in ideals]
    return Fraction(1, max(math.lcm(first, second) for first in whole for second in whole))


def _note(tables: Tables, name: str, watch: Watch, method: str) -> Note:
    definition = DEFINITIONS[name]
    return Note(
        method=method,
        arithmetic=f"{tables.arithmetic}; bounds in float64 with a margin",
        definition=definition.sentence,
        reference=definition.reference,
        seconds=watch.seconds,
        warnings=tables.bargain.assumptions,
    )


def _answer(tables: Tables, name: str, found: Found | None, ideals: Ideals | None, watch: Watch) -> Solution:
    note = _note(tables, name, watch, "branch and bound over mixtures of options")
    if found is None or found.choice is None:
        gained = "no settlement gives every party a gain; " if found is not None and found.is_finished else ""
        return _best_known(tables, name, note, ideals, gained)
    settlement = tuple(int(option) for option in found.choice)
    best = pick(tables.bargain, settlement)
    value = _value(name, best, ideals)
    if name != "nash" and not tables.bargain.is_possible(settlement):
        if not found.is_finished or value >= 0:
            # If a party must gain strictly, the settlement with the largest smallest gain may have gain 0 and be
            # refused, while another one is possible.
            return _best_known(tables, name, note, ideals)
        return Solution(
            bargain=tables.bargain, name=name, status=Status.INFEASIBLE, value=None, bound=None, picks=(),
            complete=True, note=note, reason="no settlement is accepted by all", searched={"nodes": found.nodes},
        )  # fmt: skip
    proven = found.is_finished and name != "leximin"
    room = max(found.bound - found.value, 0.0)
    bound = value * Fraction(math.exp(min(room, 700.0))) if name == "nash" else value + Fraction(room)
    if proven and room < 1e-8 * max(1.0, abs(found.value)):
        bound = value
    return Solution(
        bargain=tables.bargain,
        name=name,
        status=Status.PROVEN if proven else Status.BOUNDED,
        value=value,
        bound=bound,
        picks=(best,),
        complete=False,
        note=note,
        weights=found.weights,
        searched={"nodes": found.nodes},
    )


def _value(name: str, best: Pick, ideals: Ideals | None) -> Fraction:
    if name == "nash":
        return math.prod(best.gains, start=Fraction(1))
    if ideals is not None:
        return min(gain / ideal for gain, ideal in zip(best.gains, ideals.gains, strict=True))
    return min(best.gains)


def _best_known(tables: Tables, name: str, note: Note, ideals: Ideals | None = None, begin: str = "") -> Solution:
    """Return the best of the known frontier points, without a bound.

    These points do not show how much a party can gain at best, so shares are computed from ``ideals``.
    """
    points = frontier_of(tables, among="possible", most=0, watch=Watch())
    known = choose_from(tables, points, name, ideal="possible" if ideals is None else ideals.gains)
    reason = f"{begin}only part of the frontier could be listed, and there is no bound for this definition here"
    if ideals is not None and not ideals.is_exact:
        reason += "; shares are of the most each party could gain if no other had to accept, which may be too much"
    return Solution(
        bargain=tables.bargain,
        name=name,
        status=Status.BOUNDED,
        value=known.value,
        bound=None,
        picks=known.picks,
        complete=False,
        note=note,
        reason=reason,
        searched={"frontier points": len(points)},
    )


def _weighted(tables: Tables, weights: tuple[Number, ...] | None, watch: Watch) -> Solution:
    """Return the largest weighted sum, option by option. If that is not accepted, it is the bound of the best known."""
    note = _note(tables, "utilitarian", watch, "best option of every issue")
    bargain = tables.bargain
    factors = [Fraction(weight) for weight in weights or (1,) * tables.n_parties]

    def score(row: tuple[Number, ...]) -> Fraction:
        return sum((factor * Fraction(worth) for factor, worth in zip(factors, row, strict=True)), Fraction(0))

    free = tuple(max(range(len(table)), key=lambda option: score(table[option])) for table in bargain.worth)
    best = pick(bargain, free)
    bound = sum((factor * gain for factor, gain in zip(factors, best.gains, strict=True)), Fraction(0))
    if tables.is_additive and bargain.is_possible(free):
        return Solution(
            bargain=bargain, name="utilitarian", status=Status.PROVEN, value=bound, bound=bound, picks=(best,),
            complete=False, note=note, weights=tuple(float(factor) for factor in factors),
        )  # fmt: skip
    known = _best_known(tables, "utilitarian", note)
    return Solution(
        bargain=bargain, name="utilitarian", status=Status.BOUNDED, value=known.value,
        bound=bound if not tables.boxes else None, picks=known.picks, complete=False, note=note,
        reason="the free optimum is not accepted; the value is the best of the frontier points listed",
    )  # fmt: skip
