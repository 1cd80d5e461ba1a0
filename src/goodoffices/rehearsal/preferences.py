"""What settlements are worth to one party, in floats that both engines add up in the same order.

The issues are divided into two halves. The worth of a settlement is always the sum over the first half plus the sum
over the second half, each in file order. So a space of 10^12 settlements needs two lists of 10^6 sums.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import field
from functools import cached_property
from itertools import product

import numpy as np
from numpy.typing import NDArray

from goodoffices.bargain import Bargain, Box
from goodoffices.data_class import dataclass
from goodoffices.errors import ScenarioError

Settlement = tuple[int, ...]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Tables = tuple[tuple[float, ...], ...]

new_tuple = tuple.__new__
"""Makes a named tuple for half of what a call of its class costs; the readable engine makes several at each move."""

MOST_ENUMERATED = 200_000
"""Worth that depends on combinations of issues is listed for every settlement up to this many."""

MOST_IN_HALF = 4_000_000
_MOST_CHOICES = 4_096


def half_sums(tables: Sequence[Sequence[float]]) -> Floats:
    """Return the sums of one option from each table, for all choices in file order, added from the first table on."""
    total = np.zeros(1)
    for number, table in enumerate(tables):
        row = np.asarray(table, np.float64)
        total = row if number == 0 else (total[:, None] + row[None, :]).ravel()
    return total


@dataclass(frozen=True, kw_only=True, eq=False)
class Space:
    """The settlements: how many options each issue has, and what is forbidden to all.

    A settlement has a number: its place in file order, where the last issue changes fastest.
    """

    sizes: tuple[int, ...]
    forbidden: tuple[Box, ...] = ()
    issued: dict[Settlement, Settlement] = field(init=False, repr=False, default_factory=dict)
    """The settlements made here so far: what is the same object as one of these is a settlement, unseen."""
    _made: dict[int, Settlement] = field(init=False, repr=False, default_factory=dict)

    @cached_property
    def split(self) -> int:
        """How many issues are in the first half."""
        return len(self.sizes) // 2

    @cached_property
    def n(self) -> int:
        """The number of settlements, forbidden ones included."""
        return math.prod(self.sizes)

    @cached_property
    def n_second(self) -> int:
        """The number of choices in the second half."""
        return math.prod(self.sizes[self.split :])

    @cached_property
    def places(self) -> tuple[int, ...]:
        """By how much the number grows with each option, per issue."""
        return tuple(math.prod(self.sizes[issue + 1 :]) for issue in range(len(self.sizes)))

    def settlement(self, number: int) -> Settlement:
        """Return the settlement with a number, the same object each time."""
        found = self._made.get(number)
        if found is None:
            made = self._options(number)
            found = self._made[number] = self.issued.setdefault(made, made)
        return found

    def _options(self, number: int) -> Settlement:
        first, second = self._choices
        if first:
            row, column = divmod(number, self.n_second)
            return first[row] + second[column]
        return tuple([number // place % size for place, size in zip(self.places, self.sizes, strict=True)])

    @cached_property
    def _choices(self) -> tuple[list[Settlement], list[Settlement]]:
        """The choices of each half, in file order; empty where there are many."""
        if max(self.n // self.n_second, self.n_second) > _MOST_CHOICES:
            return [], []
        parts = self.sizes[: self.split], self.sizes[self.split :]
        first, second = (list(product(*map(range, sizes))) for sizes in parts)
        return first, second

    def number(self, settlement: Settlement) -> int:
        """Return the number of a settlement."""
        return sum(option * place for option, place in zip(settlement, self.places, strict=True))

    def holds(self, settlement: object) -> bool:
        """Return whether this is a settlement, and is not forbidden."""
        if type(settlement) is not tuple or len(settlement) != len(self.sizes):
            return False
        if not self.forbidden and self._is_own(settlement):
            return True
        for option, size in zip(settlement, self.sizes, strict=True):
            if type(option) is not int or not 0 <= option < size:
                return False
        return not self.forbidden or not any(box.holds(settlement) for box in self.forbidden)

    def _is_own(self, settlement: Settlement) -> bool:
        """Return whether this very object was made here: then nothing in it needs to be looked at."""
        try:
            return self.issued.get(settlement) is settlement
        except TypeError:  # what cannot be hashed was not
            return False

    def mask(self, boxes: Sequence[Box]) -> Bools:
        """Return for each settlement whether one of the boxes holds it."""
        found = np.zeros(self.sizes, bool)
        for box in boxes:
            named = dict(box.where)
            found[np.ix_(*(named.get(issue, range(size)) for issue, size in enumerate(self.sizes)))] = True
        return found.ravel()


@dataclass(frozen=True, kw_only=True, eq=False)
class Preferences:
    """What one party wants. Nothing of any other party is in here.

    Parameters
    ----------
    worth
        Per issue and option, in the party's own points.
    reservation_value
        The worth of no agreement at the start.
    opt_out_value
        The worth of walking out; the reservation value if not given.
    red_lines
        Pairs (issue, option) that the party neither proposes nor accepts.
    discount, worth_per_turn
        W = discount^x * worth + worth_per_turn * turn, with x the share of time, or the turn if ``is_per_turn``.
    links
        Worth added in a box of settlements.
    cap
        The largest worth of a settlement.
    """

    space: Space
    worth: Tables
    reservation_value: float = 0.0
    opt_out_value: float | None = None
    red_lines: frozenset[tuple[int, int]] = frozenset()
    discount: float = 1.0
    is_per_turn: bool = False
    worth_per_turn: float = 0.0
    links: tuple[tuple[Box, float], ...] = ()
    cap: float | None = None
    _known_worths: dict[Settlement, float] = field(init=False, repr=False, default_factory=dict)

    def __post_init__(self) -> None:
        if tuple(len(table) for table in self.worth) != self.space.sizes:
            raise ScenarioError("the worth tables do not have one number for each option; give one for each")

    @property
    def is_additive(self) -> bool:
        """Whether the worth of a settlement is the sum of its options' worths, and all of them are allowed."""
        return not self.links and self.cap is None and not self.space.forbidden

    @cached_property
    def is_plain(self) -> bool:
        """Whether worth is additive and no option crosses a red line."""
        return self.is_additive and not self.red_lines

    @cached_property
    def best(self) -> float:
        """The largest worth of a settlement that crosses none of the party's red lines.

        Of linked issues with too many settlements to list, a bound: no settlement is worth more.
        """
        options = tuple(self._best_option(issue) for issue in range(len(self.worth)))
        if self.is_additive:
            return self.worth_of(options)
        if self.space.n > MOST_ENUMERATED:
            bound = sum(table[option] for table, option in zip(self.worth, options, strict=True))
            bound += sum(max(added, 0.0) for _, added in self.links)
            return bound if self.cap is None else min(bound, self.cap)
        return float(self.all_worths[self.allowed].max(initial=self.reservation_value))

    def _best_option(self, issue: int) -> int:
        table = self.worth[issue]
        if not self.red_lines:
            return table.index(max(table))
        open_options = [option for option in range(len(table)) if (issue, option) not in self.red_lines]
        return max(open_options or range(len(table)), key=table.__getitem__)

    @cached_property
    def halves(self) -> tuple[Floats, Floats]:
        """The sums over the first and the second half of the issues, in file order."""
        split = self.space.split
        parts = self.worth[:split], self.worth[split:]
        if max(math.prod(len(table) for table in part) for part in parts) > MOST_IN_HALF:
            raise ScenarioError(
                f"{self.space.n:.3g} settlements are too many to sort; use the protocol single-text, which needs the "
                "worth of one settlement at a time"
            )
        return half_sums(parts[0]), half_sums(parts[1])

    def worth_of(self, settlement: Settlement) -> float:
        """Return what a settlement is worth, without time. What was asked before is remembered."""
        known = self._known_worths
        found = known.get(settlement)
        if found is None:
            found = known[settlement] = self._added_up(settlement)
        return found

    def _added_up(self, settlement: Settlement) -> float:
        tables, split = self.worth, self.space.split
        first = second = 0.0
        # Not sum(): from Python 3.12 on it rounds otherwise than adding one after another, as the loops do.
        for issue in range(split):
            first += tables[issue][settlement[issue]]
        for issue in range(split, len(tables)):
            second += tables[issue][settlement[issue]]
        total = first + second
        if self.is_sum:
            return total
        for box, added in self.links:
            if box.holds(settlement):
                total += added
        return total if self.cap is None else min(total, self.cap)

    @cached_property
    def is_sum(self) -> bool:
        """Whether nothing is added to the options' worths and no cap is set."""
        return not self.links and self.cap is None

    def may_sign(self, settlement: Settlement) -> bool:
        """Return whether a settlement crosses none of the party's red lines."""
        return not self.red_lines or not any(pair in self.red_lines for pair in enumerate(settlement))

    @cached_property
    def all_worths(self) -> Floats:
        """The worth of every settlement, in file order.

        Raises
        ------
        ScenarioError
            If there are too many settlements to list.
        """
        if self.space.n > MOST_ENUMERATED:
            raise ScenarioError(
                f"{self.space.n:,} settlements are too many to list one by one; use the protocol single-text"
            )
        first, second = self.halves
        total = (first[:, None] + second[None, :]).ravel()
        for box, added in self.links:
            total = total + np.where(self.space.mask((box,)), added, 0.0)
        return total if self.cap is None else np.minimum(total, self.cap)

    @cached_property
    def allowed(self) -> Bools:
        """For each settlement whether the party may propose and accept it."""
        boxes = [*self.space.forbidden, *(Box(where=((issue, (option,)),)) for issue, option in self.red_lines)]
        return ~self.space.mask(boxes)

    def allowed_halves(self) -> tuple[Bools, Bools]:
        """Return for each choice of a half whether it crosses no red line."""
        split = self.space.split
        sizes = self.space.sizes
        marks = []
        for issues in (range(split), range(split, len(sizes))):
            mark = np.ones(1, np.bool_)
            for issue in issues:
                is_open = np.array([(issue, option) not in self.red_lines for option in range(sizes[issue])], np.bool_)
                mark = (mark[:, None] & is_open[None, :]).ravel()
            marks.append(mark)
        return marks[0], marks[1]

    def time_worth(self, worth: float, turn: int, n_turns: int) -> float:
        """Return what ``worth`` is worth in a turn: discounted, and with what each turn has cost or brought."""
        if self.discount == 1.0 and self.worth_per_turn == 0.0:
            return worth
        power = float(turn) if self.is_per_turn else turn / n_turns
        return float(self.discount**power * worth + self.worth_per_turn * turn)


def preferences_of(bargain: Bargain) -> tuple[Preferences, ...]:
    """Return what each party of a bargain wants, in floats."""
    space = Space(
        sizes=tuple(len(issue.options) for issue in bargain.issues),
        forbidden=tuple(limit.forbidden for limit in bargain.constraints),
    )
    return tuple(
        Preferences(
            space=space,
            worth=tuple(tuple(float(row[party]) for row in table) for table in bargain.worth),
            reservation_value=float(bargain.reservation_value[party]),
            red_lines=bargain.red_lines[party],
            links=tuple(
                (link.box, float(link.worth[party])) for link in bargain.interactions if float(link.worth[party])
            ),
            cap=None if bargain.cap[party] is None else float(bargain.cap[party]),  # type: ignore[arg-type]
        )
        for party in range(len(bargain.parties))
    )
