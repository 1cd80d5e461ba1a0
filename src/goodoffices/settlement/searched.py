"""Solutions of bargains whose frontier cannot be listed: searched for, with a bound."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Literal

import numpy as np

from goodoffices.settlement.definitions import DEFINITIONS
from goodoffices.settlement.frontier import frontier_of
from goodoffices.settlement.gains import gains_of
from goodoffices.settlement.results import Note, Pick, Solution, Status, pick
from goodoffices.settlement.search import SMALLEST, SUM_OF_LOGS, Found, search_best
from goodoffices.settlement.tables import Tables
from goodoffices.settlement.watch import Watch
from goodoffices.talks.bargain import Number

__all__ = ["search_solution"]

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
    elif name == "kalai_smorodinsky" and is_unanimous:
        divisors = _ideal_gains(tables)
        step = _share_step(tables, divisors)
        if ideal == "all" or _everything_is_accepted(tables):
            found = search_best(tables, SMALLEST, divisors, step=step, tolerance=_SHARE_TOLERANCE, watch=watch)
    elif name == "utilitarian":
        return _weighted(tables, weights, watch)
    return _answer(tables, name, found, watch)


def _ideal_gains(tables: Tables) -> list[Fraction]:
    bargain = tables.bargain
    return [
        max(
            sum((max(Fraction(row[party]) for row in table) for table in bargain.worth), Fraction(0)) - Fraction(least),
            Fraction(1, 10**9),
        )
        for party, least in enumerate(bargain.reservation_value)
    ]


def _share_step(tables: Tables, ideals: list[Fraction]) -> Fraction:
    """Return a number of which every share of an ideal gain is a multiple."""
    unit = gains_of(tables, np.zeros((1, tables.n_issues), np.int64)).unit
    return Fraction(1, math.lcm(*(int(ideal / unit) or 1 for ideal in ideals)))


def _everything_is_accepted(tables: Tables) -> bool:
    bargain = tables.bargain
    lows = [
        sum((min(Fraction(row[party]) for row in table) for table in bargain.worth), Fraction(0))
        for party in range(tables.n_parties)
    ]
    return not any(bargain.red_lines) and all(
        low > Fraction(least) or (low == Fraction(least) and not strict)
        for low, least, strict in zip(lows, bargain.reservation_value, bargain.strict, strict=True)
    )


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


def _answer(tables: Tables, name: str, found: Found | None, watch: Watch) -> Solution:
    note = _note(tables, name, watch, "branch and bound over mixtures of options")
    if found is None or found.choice is None:
        gained = "no settlement gives every party a gain; " if found is not None and found.is_finished else ""
        return _best_known(tables, name, note, gained)
    settlement = tuple(int(option) for option in found.choice)
    best = pick(tables.bargain, settlement)
    value = _value(tables, name, best)
    if name != "nash" and not tables.bargain.is_possible(settlement):
        if not found.is_finished or value >= 0:
            # Where a party must gain strictly, the largest smallest gain may be 0 and refused, and another one
            # possible.
            return _best_known(tables, name, note)
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


def _value(tables: Tables, name: str, best: Pick) -> Fraction:
    if name == "nash":
        return math.prod(best.gains, start=Fraction(1))
    if name == "kalai_smorodinsky":
        return min(gain / ideal for gain, ideal in zip(best.gains, _ideal_gains(tables), strict=True))
    return min(best.gains)


def _best_known(tables: Tables, name: str, note: Note, begin: str = "") -> Solution:
    """Return the best of the known frontier points, without a bound."""
    from goodoffices.settlement.solutions import choose_from

    points = frontier_of(tables, among="possible", most=0, watch=Watch())
    known = choose_from(tables, points, name)
    reason = f"{begin}only part of the frontier could be listed, and there is no bound for this definition here"
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
    """Return the largest weighted sum: option by option if that is accepted, else the best known with that bound."""
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
