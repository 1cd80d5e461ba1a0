"""Compute how much each party could gain at best, for bargains whose frontier cannot be listed."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

import numpy as np

from goodoffices.data_class import dataclass
from goodoffices.progress import Watch
from goodoffices.settlement.problem.integer_form import NO_LIMIT, Tables, allowed_options, least_worth

_LARGEST = 10**6
"""Integer programming in floating point, with tolerance 1e-6, can tell totals below this apart with certainty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ideals:
    """The ideal gain of every party. Without ``is_exact`` these are upper bounds, and some may be too large."""

    gains: tuple[Fraction, ...]
    is_exact: bool

    @property
    def can_divide(self) -> bool:
        """Whether the largest smallest share can be searched for: the gains are exact and everybody can gain."""
        return self.is_exact and min(self.gains) > 0


def ideal_gains(tables: Tables, ideal: Literal["possible", "all"], watch: Watch) -> Ideals:
    """Return each party's largest gain over all settlements, or over the possible ones.

    Over possible settlements: if everybody accepts everything, it is the sum of the best options; else one integer
    programme per party finds it. If that is not safe (links, caps, totals of more than six digits, a rule other than
    unanimity, or the time limit was reached), the largest gain over all settlements is returned and marked not exact.
    """
    everyone = frozenset(range(tables.n_parties))
    free = _free(tables, None if ideal == "all" else everyone)
    if not tables.is_additive:
        return Ideals(gains=free, is_exact=False)
    if ideal == "all" or _everything_is_accepted(tables):
        return Ideals(gains=free, is_exact=True)
    exact = _programmed(tables, watch) if _is_safe(tables) else None
    return Ideals(gains=free if exact is None else exact, is_exact=exact is not None)


def _free(tables: Tables, coalition: frozenset[int] | None) -> tuple[Fraction, ...]:
    """Return the most that each party can gain if no other party has to accept. Links that add worth count in full."""
    bargain = tables.bargain
    allowed = allowed_options(tables, coalition if _is_unanimous(tables) else None)
    gains = []
    for party, least in enumerate(bargain.reservation_value):
        top = sum(
            (
                max(Fraction(table[o][party]) for o in open_)
                for table, open_ in zip(bargain.worth, allowed, strict=True)
            ),
            Fraction(0),
        )
        top += sum((max(Fraction(link.worth[party]), Fraction(0)) for link in bargain.interactions), Fraction(0))
        cap = bargain.cap[party]
        gains.append((top if cap is None else min(top, Fraction(cap))) - Fraction(least))
    return tuple(gains)


def _is_unanimous(tables: Tables) -> bool:
    rule, everyone = tables.bargain.decided_by, frozenset(range(tables.n_parties))
    return not any(rule.holds(everyone - {party}) for party in everyone)


def _is_safe(tables: Tables) -> bool:
    has_caps = bool(np.any(tables.cap < NO_LIMIT))
    return _is_unanimous(tables) and tables.is_exact and not has_caps and int(np.abs(tables.rows).sum()) < _LARGEST


def _programmed(tables: Tables, watch: Watch) -> tuple[Fraction, ...] | None:
    from goodoffices.settlement.frontiers.integer_program import best_settlement, programme

    everyone = frozenset(range(tables.n_parties))
    least = least_worth(tables, everyone).astype(float)
    model = programme(tables, allowed_options(tables, everyone))
    gains = []
    for party in range(tables.n_parties):
        found, _, proven = best_settlement(model, tables, np.eye(tables.n_parties)[party], least, watch)
        if found is None or not proven:
            return None
        settlement = tuple(found.tolist())
        if not tables.bargain.is_possible(settlement):
            return None
        worth = tables.bargain.worth_of(settlement)[party]
        gains.append(worth - Fraction(tables.bargain.reservation_value[party]))
    return tuple(gains)


def _everything_is_accepted(tables: Tables) -> bool:
    bargain = tables.bargain
    lows = [
        sum((min(Fraction(row[party]) for row in table) for table in bargain.worth), Fraction(0))
        for party in range(tables.n_parties)
    ]
    capped = any(cap is not None for cap in bargain.cap)
    return (
        not any(bargain.red_lines)
        and not capped
        and all(
            low > Fraction(least) or (low == Fraction(least) and not strict)
            for low, least, strict in zip(lows, bargain.reservation_value, bargain.strict, strict=True)
        )
    )
