"""Find trades: packages of two issues that are better for two parties than splitting both issues."""

from __future__ import annotations

import itertools
from fractions import Fraction
from typing import Any

import numpy as np

from goodoffices.bargain import Bargain
from goodoffices.data_class import dataclass
from goodoffices.settlement.problem.argument_checks import check_bargain, check_count
from goodoffices.settlement.problem.gains import gains_of
from goodoffices.settlement.problem.integer_form import prepare
from goodoffices.settlement.results import as_number
from goodoffices.text_tables import counted, table_text

Settlement = tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trade:
    """A trade between two parties on two issues: the two options that are best for the party that gets less.

    ``over_splitting`` is for each party how much the two options are worth above the middle between its best and worst
    option on each issue, in its own points. ``share`` is the smaller of the two, as a share of that party's whole
    range.
    """

    parties: tuple[int, int]
    issues: tuple[int, int]
    options: tuple[int, int]
    over_splitting: tuple[Fraction, Fraction]
    share: Fraction

    def words(self, bargain: Bargain) -> str:
        """Return the trade as text."""
        chosen = " with ".join(
            f"{bargain.issues[issue].options[option]!r} on {bargain.issues[issue].name!r}"
            for issue, option in zip(self.issues, self.options, strict=True)
        )
        who = " and ".join(
            f"{bargain.parties[party]} {float(over):+.4g}"
            for party, over in zip(self.parties, self.over_splitting, strict=True)
        )
        return f"{chosen}: {who} over splitting both issues"


def trades(bargain: Bargain, *, limit: int = 20) -> list[Trade]:
    """Return the trades that are better for both parties than splitting, ordered by what the party with less gets.

    No red line of the two parties is crossed, and no constraint on the two options alone is broken. Interactions are
    ignored, because they link more than the two issues.

    References
    ----------
    H. Raiffa (1982). The Art and Science of Negotiation, chapters 10-11 (differences in weights make joint gains).
    """
    check_bargain(bargain)
    check_count("the limit", limit)
    tables = prepare(bargain)
    unit = [u for u in tables.unit]
    parts = [tables.rows[a:b].astype(object) for a, b in itertools.pairwise(tables.offsets.tolist())]
    # Twice the worth minus best and worst: whole numbers that are above 0 if an option is better than splitting.
    above = [2 * part - part.max(axis=0) - part.min(axis=0) for part in parts]
    ranges = sum((part.max(axis=0) - part.min(axis=0) for part in parts), np.zeros(tables.n_parties, object))
    found: list[Trade] = []
    for first, second in itertools.combinations(range(tables.n_parties), 2):
        if not ranges[first] or not ranges[second]:
            continue
        for one, other in itertools.combinations(range(tables.n_issues), 2):
            trade = _best(bargain, above, ranges, (first, second), (one, other), unit)
            if trade is not None:
                found.append(trade)
    return sorted(found, key=lambda trade: (-trade.share, trade.parties, trade.issues))[:limit]


def _best(
    bargain: Bargain,
    above: list[Any],
    ranges: Any,
    parties: tuple[int, int],
    issues: tuple[int, int],
    unit: list[Fraction],
) -> Trade | None:
    best: tuple[Fraction, tuple[int, int]] | None = None
    lines = bargain.red_lines[parties[0]] | bargain.red_lines[parties[1]]
    for options in itertools.product(*(range(len(above[issue])) for issue in issues)):
        if any((issue, option) in lines for issue, option in zip(issues, options, strict=True)):
            continue
        if _is_forbidden(bargain, dict(zip(issues, options, strict=True))):
            continue
        sums = [int(above[issues[0]][options[0]][p] + above[issues[1]][options[1]][p]) for p in parties]
        share = min(Fraction(s, 2 * int(ranges[p])) for s, p in zip(sums, parties, strict=True))
        if share > 0 and (best is None or share > best[0]):
            best = share, (options[0], options[1])
    if best is None:
        return None
    over = [int(above[issues[0]][best[1][0]][p] + above[issues[1]][best[1][1]][p]) * unit[p] / 2 for p in parties]
    return Trade(parties=parties, issues=issues, options=best[1], over_splitting=(over[0], over[1]), share=best[0])


def _is_forbidden(bargain: Bargain, chosen: dict[int, int]) -> bool:
    return any(
        all(issue in chosen and chosen[issue] in options for issue, options in limit.forbidden.where)
        for limit in bargain.constraints
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class TradeShares:
    """Who gets what in a settlement: per issue and party, the worth above the worst option; and what links add."""

    bargain: Bargain
    settlement: Settlement
    by_issue: tuple[tuple[Fraction, ...], ...]
    links: tuple[Fraction, ...]
    gains: tuple[Fraction, ...]

    def __repr__(self) -> str:
        parties, issues = counted(len(self.gains), "party", "parties"), counted(len(self.by_issue), "issue")
        return f"<TradeShares: {parties}, {issues}>"

    def __str__(self) -> str:
        named = self.bargain.named(self.settlement)
        rows = [
            [f"{name}: {option}", *(f"{as_number(part):.4g}" for part in parts)]
            for (name, option), parts in zip(named.items(), self.by_issue, strict=True)
        ]
        rows.append(["links", *(f"{as_number(part):.4g}" for part in self.links)])
        rows.append(["gain over no agreement", *(f"{as_number(part):+.4g}" for part in self.gains)])
        return "\n".join([*self.bargain.beginning, table_text(["issue", *self.bargain.parties], rows)])


def shares(bargain: Bargain, settlement: Settlement) -> TradeShares:
    """Return who gets what in ``settlement``, issue by issue.

    Raises
    ------
    ScenarioError
        If it does not name one option of every issue.
    """
    check_bargain(bargain)
    settlement = bargain.settlement(settlement)
    by_issue = tuple(
        tuple(Fraction(worth) - min(Fraction(row[party]) for row in rows) for party, worth in enumerate(rows[option]))
        for rows, option in zip(bargain.worth, settlement, strict=True)
    )
    links = [Fraction(0)] * len(bargain.parties)
    for link in bargain.interactions:
        if link.box.holds(settlement):
            links = [total + Fraction(added) for total, added in zip(links, link.worth, strict=True)]
    gains = gains_of(prepare(bargain), np.array([settlement], np.int64))
    return TradeShares(
        bargain=bargain,
        settlement=settlement,
        by_issue=by_issue,
        links=tuple(links),
        gains=tuple(int(value) * gains.unit for value in gains.values[0]),
    )
