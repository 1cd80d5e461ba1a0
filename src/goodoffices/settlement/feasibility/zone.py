"""Count the possible settlements: the size of the zone of possible agreement."""

from __future__ import annotations

import itertools
import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from goodoffices.bargain import Bargain
from goodoffices.data_class import dataclass
from goodoffices.progress import Progress, Watch
from goodoffices.settlement.feasibility.counting import COUNTS, Counter
from goodoffices.settlement.problem.argument_checks import check_bargain, check_count
from goodoffices.settlement.problem.enumeration import enumerated_totals
from goodoffices.settlement.problem.integer_form import Tables, least_worth, minimal_coalitions, prepare
from goodoffices.settlement.results import Note, Status

Ints = NDArray[np.int64]

_MOST_ENUMERATED = 50_000_000
_MOST_CELLS = 20_000_000
"""Settlements times parties that are added up in one array, which takes half a second and 160 MB (measured)."""
_MOST_UNIONS = 10
_Z = 2.5758
"""The normal quantile of a 99 % interval."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Zone:
    """How many settlements are possible. If the count is exact, ``low`` and ``high`` are equal.

    For an estimate they are a 99 % interval (Wilson). ``beginning`` says what of a scenario is not in the bargain.
    """

    count: int
    low: int
    high: int
    settlements: int
    status: Status
    note: Note
    beginning: tuple[str, ...] = ()

    @property
    def is_exact(self) -> bool:
        """Whether the count is exact."""
        return self.status is not Status.BOUNDED

    def __repr__(self) -> str:
        about = "" if self.is_exact else "about "
        return f"<Zone: {about}{self.count:,} of {self.settlements:,} settlements possible, {self.status}>"

    def to_rows(self) -> list[dict[str, Any]]:
        """Return one flat mapping, ready for a data frame."""
        return [
            {"count": self.count, "low": self.low, "high": self.high, "settlements": self.settlements,
             "status": str(self.status)}
        ]  # fmt: skip

    def to_json(self) -> dict[str, Any]:
        """Return the mapping that ``--json`` prints under ``zone``."""
        return {"count": self.count, "exact": self.is_exact}

    def __str__(self) -> str:
        said = f"{self.count} of {self.settlements} settlements are possible ({self.note.method})"
        if not self.is_exact:
            said = f"about {self.count:.4g} settlements are possible, 99 % interval {self.low:.4g} to {self.high:.4g}"
        return "\n".join([*self.beginning, said])


def zone(bargain: Bargain, *, seed: int = 0, time_limit: float | None = None, progress: Progress | None = None) -> Zone:
    """Count the possible settlements: exactly if that is feasible, else as an estimate that is marked as one.

    Parameters
    ----------
    seed
        The seed of the estimate.

    Notes
    -----
    The count is exact in three cases. For whole numbers of points and any number of settlements, counts are added up
    issue by issue over the sums that still matter. For up to three parties and 10**12 settlements, two halves meet in
    the middle. For up to fifty million settlements, all are enumerated.
    """
    check_bargain(bargain)
    check_count("the seed", seed, least=0)
    watch = Watch(time_limit=time_limit, progress=progress)
    tables = prepare(bargain)
    is_plain = tables.is_additive and tables.is_exact
    if is_plain and bargain.settlements * tables.n_parties <= _MOST_CELLS and tables.n_parties <= 20:
        count = int(np.count_nonzero(_possible(tables)))
        return _zone(tables, (count, count, count), "enumeration, exact", watch)
    for method, count_accepted in COUNTS.items() if is_plain else ():
        if (found := _by_unions(tables, count_accepted, watch)) is not None:
            return _zone(tables, (found, found, found), f"{method}, exact", watch)
    if bargain.settlements <= _MOST_ENUMERATED and tables.n_parties <= 20:
        count = _enumerate(tables, watch)
        return _zone(tables, (count, count, count), "enumeration, exact", watch)
    return _estimate(tables, seed, watch)


def option_counts(bargain: Bargain) -> tuple[tuple[int, ...], ...]:
    """Return, per issue and option, how many possible settlements contain it; exact, of a bargain that is small.

    Every settlement is looked at once: there should be at most 131,072, and at most 20 parties.
    """
    tables = prepare(bargain)
    sizes = [int(size) for size in np.diff(tables.offsets)]
    choices = np.indices(sizes).reshape(len(sizes), -1).T
    is_plain = tables.is_additive and tables.is_exact
    possible = choices[_possible(tables) if is_plain else possible_rows(tables, choices, winning(tables))]
    return tuple(tuple(np.bincount(possible[:, issue], minlength=size).tolist()) for issue, size in enumerate(sizes))


def _zone(tables: Tables, counted: tuple[int, int, int], method: str, watch: Watch, seed: int | None = None) -> Zone:
    count, low, high = counted
    exact = low == high
    note = Note(
        method=method,
        arithmetic=tables.arithmetic,
        definition="settlements that break no constraint and that enough parties accept under the rule",
        reference="",
        seconds=watch.seconds,
        seed=seed,
        warnings=tables.bargain.assumptions,
    )
    status = Status.BOUNDED if not exact else Status.PROVEN if count else Status.INFEASIBLE
    return Zone(
        count=count, low=low, high=high, settlements=tables.bargain.settlements, status=status, note=note,
        beginning=tables.bargain.beginning,
    )  # fmt: skip


def _possible(tables: Tables) -> NDArray[np.bool_]:
    """Mark a small bargain's possible settlements in one array, the last issue's option changing first."""
    totals, open_to = enumerated_totals(tables)
    enough = np.minimum(totals, tables.cap) >= least_worth(tables, frozenset(range(tables.n_parties)))
    accepting = enough @ (1 << np.arange(tables.n_parties)) & open_to
    return np.asarray(winning(tables)[accepting], np.bool_)


def _by_unions(tables: Tables, count_accepted: Counter, watch: Watch) -> int | None:
    """Count by inclusion and exclusion over the minimal winning coalitions; ``None`` if that does not work here."""
    coalitions = minimal_coalitions(tables.bargain.decided_by, tables.n_parties)
    if len(coalitions) > _MOST_UNIONS:
        return None
    total = 0
    for size in range(1, len(coalitions) + 1):
        for group in itertools.combinations(coalitions, size):
            count = count_accepted(tables, frozenset().union(*group), watch)
            if count is None:
                return None
            total += count if size % 2 else -count
    return total


def winning(tables: Tables) -> NDArray[np.bool_]:
    """Return for every set of parties, as bits, whether its consent is enough."""
    n = tables.n_parties
    wins = np.zeros(1 << n, bool)
    masks = np.arange(1 << n)
    for coalition in minimal_coalitions(tables.bargain.decided_by, n):
        bits = sum(1 << party for party in coalition)
        wins |= masks & bits == bits
    return wins


def _block(tables: Tables, issues: list[int]) -> tuple[Ints, Ints, Ints]:
    """Return sums, crossed red lines (parties as bits) and choices for all combinations of options of some issues."""
    sums = np.zeros((1, tables.n_parties), np.int64)
    crossed, choices = np.zeros(1, np.int64), np.zeros((1, 0), np.int64)
    for issue in issues:
        rows = tables.rows[tables.offsets[issue] : tables.offsets[issue + 1]]
        lines = np.zeros(rows.shape[0], np.int64)
        for party, pairs in enumerate(tables.bargain.red_lines):
            for at, option in pairs:
                if at == issue:
                    lines[option] |= 1 << party
        sums = (sums[:, None, :] + rows[None, :, :]).reshape(-1, tables.n_parties)
        crossed = (crossed[:, None] | lines[None, :]).ravel()
        k = rows.shape[0]
        choices = np.column_stack([np.repeat(choices, k, axis=0), np.tile(np.arange(k), choices.shape[0])])
    return sums, crossed, choices


def _enumerate(tables: Tables, watch: Watch) -> int:
    """Count the possible settlements by enumerating all."""
    from goodoffices.settlement.kernels.counting import count_accepting

    sizes = np.diff(tables.offsets)
    inner: list[int] = []
    for issue in range(tables.n_issues - 1, -1, -1):
        if math.prod(int(sizes[i]) for i in (*inner, issue)) > 60_000:
            break
        inner.insert(0, issue)
    outer = list(range(tables.n_issues - len(inner)))
    wins, everyone = winning(tables), frozenset(range(tables.n_parties))
    if tables.is_additive and tables.is_exact:
        first, second = _block(tables, outer), _block(tables, inner)
        least = least_worth(tables, everyone)
        return int(count_accepting(first[0], first[1], second[0], second[1], least, wins))
    total = 0
    tail = np.array(list(itertools.product(*(range(int(sizes[i])) for i in inner))), np.int64).reshape(-1, len(inner))
    heads = itertools.product(*(range(int(sizes[i])) for i in outer))
    for head in heads:
        choices = np.column_stack([np.tile(np.array(head, np.int64), (tail.shape[0], 1)), tail])
        total += int(possible_rows(tables, choices, wins).sum())
        watch.tell("counting", 0.0)
    return total


def possible_rows(tables: Tables, choices: Ints, wins: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Mark the possible settlements among ``choices``, rows of option numbers. Exact."""
    totals = tables.totals(choices)
    least = least_worth(tables, frozenset(range(tables.n_parties)))
    bits = np.zeros(choices.shape[0], np.int64)
    close = np.zeros(choices.shape[0], bool)
    for party in range(tables.n_parties):
        capped = np.minimum(totals[:, party], tables.cap[party])
        close |= np.abs(capped - least[party]) <= 3 * tables.slack if tables.slack else False
        accepts = capped >= least[party]
        for issue, option in tables.bargain.red_lines[party]:
            accepts &= choices[:, issue] != option
        bits |= accepts.astype(np.int64) << party
    possible = wins[bits]
    for limit in tables.bargain.constraints:
        inside = np.ones(choices.shape[0], bool)
        for issue, options in limit.forbidden.where:
            inside &= np.isin(choices[:, issue], options)
        possible &= ~inside
    for row in np.flatnonzero(close):
        possible[row] = tables.bargain.is_possible(tuple(int(option) for option in choices[row]))
    return possible


def _estimate(tables: Tables, seed: int, watch: Watch) -> Zone:
    """Estimate the count from settlements drawn at random, with Wilson's interval.

    References
    ----------
    E. B. Wilson (1927). Probable inference, the law of succession, and statistical inference. Journal of the American
    Statistical Association 22(158), 209-212.
    """
    rng = np.random.default_rng(seed)
    sizes = np.diff(tables.offsets)
    hits, n = 0, 0
    wins = winning(tables) if tables.n_parties <= 20 else None
    batch = 20_000 if wins is not None else 2_000
    most = 10 * batch
    while n < most and not (n and watch.is_over):
        choices = np.floor(rng.random((batch, tables.n_issues)) * sizes).astype(np.int64)
        if wins is not None:
            hits += int(possible_rows(tables, choices, wins).sum())
        else:
            hits += sum(tables.bargain.is_possible(tuple(row)) for row in choices.tolist())
        n += batch
        watch.tell("sampling", n / most)
    share = hits / n
    middle = (share + _Z**2 / (2 * n)) / (1 + _Z**2 / n)
    half = _Z / (1 + _Z**2 / n) * math.sqrt(share * (1 - share) / n + _Z**2 / (4 * n**2))
    whole = tables.bargain.settlements

    def scaled(part: float) -> int:
        return int(part * 10**15) * whole // 10**15

    low, high = scaled(max(middle - half, 0.0)), scaled(min(middle + half, 1.0))
    return _zone(tables, (scaled(share), low, max(high, low + 1)), "estimate from random settlements", watch, seed)
