"""A bargain in whole numbers, as the kernels need it, and the limits of what a coalition accepts.

For each party all numbers are multiplied by their least common denominator, so that sums and comparisons are exact. If
that would need more than 61 bits, they are rounded to 61 bits. Then every test leaves room for the rounding, and the
final comparison is made again in unbounded integers.
"""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from goodoffices.bargain import Bargain, Box, Rule
from goodoffices.bargain_tables import Number
from goodoffices.data_class import dataclass
from goodoffices.errors import ScenarioError
from goodoffices.settlement.problem.argument_checks import check_bargain

Ints = NDArray[np.int64]

_BITS = 61
"""Totals stay below 2**61, so that the sum of two fits a signed 64-bit integer."""

NO_LIMIT = 2**61
_FEW_ROWS = 1_000
"""Up to this many settlements are added up without a kernel, so that it need not be loaded."""
_MOST_FREE = 20
"""Up to this many parties with optional consent, all coalitions are listed (a million)."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Tables:
    """The result of :func:`prepare`: the additive rows of all issues in one table, with offsets.

    ``unit`` is for each party the worth of 1. ``slack`` is the largest error of a rounded total (0 if ``is_exact``).
    ``boxes`` are the interactions in whole numbers.
    """

    bargain: Bargain
    rows: Ints
    offsets: Ints
    unit: tuple[Fraction, ...]
    slack: int
    cap: Ints
    boxes: tuple[tuple[Box, Ints], ...]
    arithmetic: str

    @property
    def is_exact(self) -> bool:
        """Whether every total is exactly as in the bargain."""
        return self.slack == 0

    @property
    def is_additive(self) -> bool:
        """Whether worth is a plain sum and nothing is forbidden."""
        return not self.boxes and not self.bargain.constraints

    @property
    def n_parties(self) -> int:
        """The number of parties."""
        return int(self.rows.shape[1])

    @property
    def n_issues(self) -> int:
        """The number of issues."""
        return int(self.offsets.shape[0]) - 1

    def totals(self, choices: Ints) -> Ints:
        """Return the worth, before caps, of settlements that are given as rows of option numbers."""
        total = self._sums(choices)
        if choices.shape[0] == 1:  # array operations on one row cost far more than the comparisons
            settlement = tuple(choices[0].tolist())
            for box, worth in self.boxes:
                if box.holds(settlement):
                    total += worth
            return total
        for box, worth in self.boxes:
            inside = np.ones(choices.shape[0], bool)
            for issue, options in box.where:
                inside &= np.isin(choices[:, issue], options)
            total += inside[:, None] * worth
        return total

    def _sums(self, choices: Ints) -> Ints:
        if choices.shape[0] <= _FEW_ROWS:
            total = np.zeros((choices.shape[0], self.n_parties), np.int64)
            for issue in range(self.n_issues):
                total += self.rows[self.offsets[issue] + choices[:, issue]]
            return total
        from goodoffices.settlement.kernels.options import sum_rows

        return sum_rows(self.rows, self.offsets, np.ascontiguousarray(choices, np.int64))

    def points(self, totals: Ints) -> NDArray[np.float64]:
        """Return whole-number totals in the parties' own points, after caps."""
        return np.minimum(totals, self.cap).astype(np.float64) * [float(unit) for unit in self.unit]


def prepare(bargain: Bargain) -> Tables:
    """Return ``bargain`` in whole numbers.

    Raises
    ------
    ScenarioError
        If it has no issue.
    """
    check_bargain(bargain)
    if not bargain.issues:
        raise ScenarioError("the bargain has no issue; give at least one")
    n = len(bargain.parties)
    flat = [row for table in bargain.worth for row in table]
    extra = [link.worth for link in bargain.interactions]
    columns = [_whole([row[p] for row in flat], [row[p] for row in extra], bargain.cap[p]) for p in range(n)]
    rounded = any(column.slack for column in columns)
    floats = any(isinstance(number, float) for row in (*flat, *extra) for number in row)
    rows = np.array([column.values for column in columns], np.int64).T.reshape(-1, n)
    sizes = [len(issue.options) for issue in bargain.issues]
    return Tables(
        bargain=bargain,
        rows=np.ascontiguousarray(rows[: len(flat)]),
        offsets=np.concatenate(([0], np.cumsum(sizes))).astype(np.int64),
        unit=tuple(column.unit for column in columns),
        slack=max(column.slack for column in columns),
        cap=np.array([column.cap for column in columns], np.int64),
        boxes=tuple((link.box, rows[len(flat) + at]) for at, link in enumerate(bargain.interactions)),
        arithmetic=_arithmetic(rounded=rounded, floats=floats),
    )


def _arithmetic(*, rounded: bool, floats: bool) -> str:
    """Return how sums are compared. Floats stand for their exact values, so that only rounding is worth a word more."""
    if rounded:
        return f"integers rounded to {_BITS} bits, then compared exactly"
    return "exact integers, from floats as they are" if floats else "exact integers"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Column:
    """One party's numbers as whole numbers."""

    values: list[int]
    unit: Fraction
    slack: int
    cap: int


def _whole(worth: list[Number], extra: list[Number], cap: Number | None) -> _Column:
    """Scale one party's numbers by their least common denominator, or round them if they would not fit."""
    numbers = worth + extra + ([] if cap is None else [cap])
    parts: list[int] | list[Fraction]
    whole = [number for number in numbers if type(number) is int]
    if len(whole) == len(numbers):
        scale, parts, size = 1, whole, Fraction(sum(abs(number) for number in whole))
    else:
        parts = [number if isinstance(number, Fraction) else Fraction(number) for number in numbers]
        scale = math.lcm(*{part.denominator for part in parts})
        size = sum((abs(part) for part in parts), Fraction(0))
    factor, slack = Fraction(scale), 0
    if size * scale >= 2 ** (_BITS - 1):
        bits = size.numerator.bit_length() - size.denominator.bit_length()
        factor, slack = Fraction(2) ** (_BITS - 2 - bits), len(numbers)
    values = [int(part) if factor == 1 else round(part * factor) for part in parts]
    limit = NO_LIMIT if cap is None else values.pop()
    return _Column(values=values, unit=1 / factor, slack=slack, cap=limit)


def least_worth(tables: Tables, coalition: frozenset[int] | None) -> Ints:
    """Return for each party the smallest total at which ``coalition`` accepts a settlement.

    Parties outside the coalition have no limit; with ``None`` nobody has one. For rounded tables the limit is lower by
    the possible rounding error.
    """
    bargain = tables.bargain
    least = np.full(tables.n_parties, -NO_LIMIT, np.int64)
    for party in coalition or ():
        exact = Fraction(bargain.reservation_value[party]) / tables.unit[party]
        bound = math.floor(exact) + 1 if bargain.strict[party] and tables.is_exact else math.ceil(exact)
        least[party] = min(max(bound - tables.slack, -NO_LIMIT), NO_LIMIT)
        if tables.cap[party] < least[party]:
            least[party] = NO_LIMIT
    return least


def allowed_options(tables: Tables, coalition: frozenset[int] | None) -> list[list[int]]:
    """Return for each issue the options that cross no red line of ``coalition``."""
    crossed = {pair for party in coalition or () for pair in tables.bargain.red_lines[party]}
    return [
        [option for option in range(len(issue.options)) if (number, option) not in crossed]
        for number, issue in enumerate(tables.bargain.issues)
    ]


def minimal_coalitions(rule: Rule, n_parties: int) -> list[frozenset[int]]:
    """Return the minimal sets of parties whose consent is enough. None of them contains another.

    Raises
    ------
    ScenarioError
        If the consent of more than 20 parties is optional, so that there are too many coalitions to list.
    """
    needed = frozenset(p for p in range(n_parties) if not rule.holds(frozenset(range(n_parties)) - {p}))
    if rule.holds(needed):
        return [needed]
    free = [party for party in range(n_parties) if party not in needed]
    if len(free) > _MOST_FREE:
        raise ScenarioError(
            f"under the rule {rule.name!r} the consent of {len(free)} parties is optional; "
            f"the limit is {_MOST_FREE}. Name required signatories, or join parties into blocs"
        )
    masks = np.arange(1 << len(free))
    wins = np.ones(masks.shape, bool)
    for requirement in rule.requirements:
        parts = [Fraction(weight) for weight in requirement.weights]
        scale = math.lcm(*(part.denominator for part in parts), Fraction(requirement.at_least).denominator)
        have = np.full(masks.shape, int(sum(parts[p] for p in needed) * scale), np.int64)
        for place, party in enumerate(free):
            have += (masks >> place & 1) * int(parts[party] * scale)
        wins &= have >= int(Fraction(requirement.at_least) * scale)
    minimal = wins.copy()
    for place in range(len(free)):
        minimal &= (masks >> place & 1 == 0) | ~wins[masks & ~(1 << place)]
    return [
        needed | frozenset(party for place, party in enumerate(free) if mask >> place & 1)
        for mask in np.flatnonzero(minimal).tolist()
    ]
