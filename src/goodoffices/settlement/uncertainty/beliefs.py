"""What analysts believe about the parties, and worlds drawn at random that agree with all their statements."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from goodoffices.bargain import Bargain
from goodoffices.data_class import dataclass
from goodoffices.errors import ScenarioError, UnknownWordError
from goodoffices.progress import Watch

Floats = NDArray[np.float64]

_AT_ONCE = 50_000
"""So many worlds are drawn before the work can be stopped."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """A number that is known to lie between ``low`` and ``high``: triangular with a ``mode``, uniform without one."""

    low: float
    high: float
    mode: float | None = None

    def __post_init__(self) -> None:
        middle = self.low if self.mode is None else self.mode
        if not (np.isfinite(self.low) and np.isfinite(self.high) and self.low <= middle <= self.high):
            raise ScenarioError(f"the range {self.low} to {self.high} (mode {self.mode}) is out of order or not finite")

    def draw(self, rng: np.random.Generator, n: int) -> Floats:
        """Return ``n`` draws."""
        if self.low == self.high:
            return np.full(n, self.low)
        if self.mode is None:
            return rng.uniform(self.low, self.high, n)
        return np.asarray(rng.triangular(self.low, self.mode, self.high, n))


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """An order of options or issues, best first, with equal ones in one group. Those not named may be anywhere."""

    groups: tuple[tuple[int, ...], ...]

    def __post_init__(self) -> None:
        named = [one for group in self.groups for one in group]
        if len(set(named)) != len(named):
            raise ScenarioError(f"the ranking {self.groups} names something twice; name it once")

    def draw(self, rng: np.random.Generator, n: int, size: int) -> Floats:
        """Return (n, size) values: descending uniform numbers by group, scaled to 1 for the best, 0 for the worst."""
        named = {one for group in self.groups for one in group}
        if named - set(range(size)):
            raise ScenarioError(f"the ranking {self.groups} names a number outside 0 to {size - 1}")
        values = rng.random((n, size))
        levels = -np.sort(-rng.random((n, len(self.groups))), axis=1)
        for place, group in enumerate(self.groups):
            values[:, list(group)] = levels[:, [place]]
        if len(self.groups) < 2:
            return values
        low, high = values.min(axis=1, keepdims=True), values.max(axis=1, keepdims=True)
        return np.asarray((values - low) / np.where(high > low, high - low, 1.0), np.float64)


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """An analyst's estimate about a party on one issue: a number or range per option, or a ranking of the options."""

    party: int
    issue: int
    worth: tuple[Range | float, ...] | Ranking
    analyst: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """How much the issues matter to a party: a ranking, a range per issue, or ``None`` if nothing is known.

    With weights, the party's estimates are values from 0 to 1 and are multiplied by the weights. Without weights they
    are points and are added as they are.
    """

    party: int
    known: Ranking | tuple[Range | float, ...] | None = None
    concentration: int = 1

    def draw(self, rng: np.random.Generator, n: int, size: int) -> Floats:
        """Return (n, size) weights that add up to 1."""
        if isinstance(self.known, tuple):
            columns = [part.draw(rng, n) if isinstance(part, Range) else np.full(n, float(part)) for part in self.known]
            drawn = np.stack(columns, axis=1)
        else:
            drawn = rng.gamma(float(self.concentration), 1.0, (n, size))
        drawn = drawn / drawn.sum(axis=1, keepdims=True)
        if isinstance(self.known, Ranking):
            drawn = self._in_order(rng, drawn)
        return drawn

    def _in_order(self, rng: np.random.Generator, drawn: Floats) -> Floats:
        """Sort the weights of the ranked issues, so that a higher issue has a larger weight. The others keep theirs."""
        assert isinstance(self.known, Ranking)
        named = [issue for group in self.known.groups for issue in group]
        places = np.sort(rng.permuted(np.tile(np.arange(drawn.shape[1]), (drawn.shape[0], 1)), axis=1)[:, : len(named)])
        ordered = -np.sort(-np.take_along_axis(drawn, places, axis=1), axis=1)
        rest = [issue for issue in range(drawn.shape[1]) if issue not in named]
        out = np.empty_like(drawn)
        out[:, named] = ordered
        mask = np.ones(drawn.shape, bool)
        np.put_along_axis(mask, places, False, axis=1)
        out[:, rest] = drawn[mask].reshape(drawn.shape[0], len(rest))
        return out


@dataclass(frozen=True, slots=True, kw_only=True)
class Reservation:
    """An analyst's estimate of what having no agreement is worth to a party."""

    party: int
    worth: Range | float
    analyst: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class UncertainBargain:
    """A bargain in which beliefs replace some of the numbers.

    Parameters
    ----------
    bargain
        Supplies issues, parties, rule, certain red lines, and every number that no estimate replaces.
    estimates, weights, reservations
        Beliefs. If several analysts estimate one party, in each world one of them is right about all of it.
    analysts
        How much each analyst is trusted; equally if not given.
    red_lines
        (party, issue, option, probability): red lines that are not certain.
    compartments
        The compartments of everything that is used. A result inherits them.
    """

    bargain: Bargain
    estimates: tuple[Estimate, ...] = ()
    weights: tuple[Weights, ...] = ()
    reservations: tuple[Reservation, ...] = ()
    analysts: tuple[tuple[str, float], ...] = ()
    red_lines: tuple[tuple[int, int, int, float], ...] = ()
    compartments: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        issues = self.bargain.issues
        if self.bargain.interactions:
            raise ScenarioError("beliefs cannot be combined with interactions between issues; remove the interactions")
        for estimate in self.estimates:
            size = len(issues[estimate.issue].options)
            if isinstance(estimate.worth, tuple) and len(estimate.worth) != size:
                raise ScenarioError(
                    f"an estimate for issue {issues[estimate.issue].name!r} has {len(estimate.worth)} numbers for "
                    f"{size} options"
                )
        known = {name for name, _ in self.analysts}
        sources: list[Estimate | Reservation] = [*self.estimates, *self.reservations]
        for source in sources:
            if known and source.analyst not in known:
                raise UnknownWordError("analyst", source.analyst, tuple(sorted(known)))
        if any(not 0 <= chance <= 1 for *_, chance in self.red_lines):
            raise ScenarioError("the probability of a red line is not between 0 and 1; correct it")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Worlds:
    """Drawn worlds: worth (options of all issues, parties, worlds), reservation values and red lines.

    ``crossed``: (options, worlds), parties as bits. ``analyst``: (parties, worlds), the analyst that is right.
    """

    worth: NDArray[np.float32]
    reservation_value: NDArray[np.float32]
    crossed: NDArray[np.int64]
    analyst: NDArray[np.int64]
    offsets: NDArray[np.int64]

    @property
    def n(self) -> int:
        """The number of worlds."""
        return int(self.worth.shape[2])

    def first(self, n: int) -> Worlds:
        """Return the first ``n`` worlds."""
        return Worlds(
            worth=self.worth[:, :, :n],
            reservation_value=self.reservation_value[:, :n],
            crossed=self.crossed[:, :n],
            analyst=self.analyst[:, :n],
            offsets=self.offsets,
        )

    def with_room(self, n: int) -> Worlds:
        """Return these worlds with room for ``n`` in all; the others are still to be put there."""
        arrays = (self.worth, self.reservation_value, self.crossed, self.analyst)
        longer = [np.empty((*one.shape[:-1], n), one.dtype) for one in arrays]
        whole = Worlds(
            worth=longer[0], reservation_value=longer[1], crossed=longer[2], analyst=longer[3], offsets=self.offsets
        )
        whole.put(slice(0, self.n), self)
        return whole

    def put(self, block: slice, drawn: Worlds) -> None:
        """Put other worlds at these places."""
        self.worth[:, :, block] = drawn.worth
        self.reservation_value[:, block] = drawn.reservation_value
        self.crossed[:, block] = drawn.crossed
        self.analyst[:, block] = drawn.analyst


def draw_worlds(
    assessment: UncertainBargain, n: int, rng: np.random.Generator, *, watch: Watch | None = None
) -> Worlds:
    """Return ``n`` random worlds that agree with every statement; fewer, but some, if ``watch`` is over before.

    Ranges: uniform or triangular, independent. Rankings of options: uniform descending numbers, best 1, worst 0.
    Weights: uniform on the simplex, or on the part of it in the ranked order. Ranges of weights are drawn and then
    scaled to add up to 1.
    """
    first = _drawn(assessment, min(n, _AT_ONCE), rng)
    if first.n == n:
        return first
    whole, done = first.with_room(n), first.n
    while done < n and not (watch is not None and watch.is_over):
        block = slice(done, min(done + _AT_ONCE, n))
        whole.put(block, _drawn(assessment, block.stop - block.start, rng))
        done = block.stop
        if watch is not None:
            watch.tell("drawing worlds", done / n)
    return whole.first(done)


def _drawn(assessment: UncertainBargain, n: int, rng: np.random.Generator) -> Worlds:
    bargain = assessment.bargain
    sizes = [len(issue.options) for issue in bargain.issues]
    offsets = np.concatenate(([0], np.cumsum(sizes))).astype(np.int64)
    flat = np.array([[float(w) for w in row] for table in bargain.worth for row in table])
    worth = np.repeat(flat[:, :, None], n, axis=2)
    names, chances = _analysts(assessment)
    who = np.stack([rng.choice(len(names), n, p=chances) for _ in bargain.parties])
    for estimate in assessment.estimates:
        _place(worth[offsets[estimate.issue] : offsets[estimate.issue + 1], estimate.party], estimate, who, names, rng)
    for weights in assessment.weights:
        drawn = weights.draw(rng, n, len(sizes))
        for issue in range(len(sizes)):
            worth[offsets[issue] : offsets[issue + 1], weights.party] *= drawn[:, issue]
    reservation = np.repeat(np.array([[float(r)] for r in bargain.reservation_value]), n, axis=1)
    for belief in assessment.reservations:
        drawn = belief.worth.draw(rng, n) if isinstance(belief.worth, Range) else np.full(n, float(belief.worth))
        mine = _is_right(belief.analyst, belief.party, who, names)
        reservation[belief.party, mine] = drawn[mine]
    return Worlds(
        worth=worth.astype(np.float32),
        reservation_value=reservation.astype(np.float32),
        crossed=_crossed(assessment, offsets, n, rng),
        analyst=who,
        offsets=offsets,
    )


def _analysts(assessment: UncertainBargain) -> tuple[list[str], Floats]:
    sources: list[Estimate | Reservation] = [*assessment.estimates, *assessment.reservations]
    given = dict(assessment.analysts) or dict.fromkeys(sorted({source.analyst for source in sources}) or [""], 1.0)
    chances = np.array(list(given.values()), float)
    if chances.min() < 0 or chances.sum() <= 0:
        raise ScenarioError("trust in analysts must not be negative, or 0 for all; correct it")
    return list(given), chances / chances.sum()


def _is_right(analyst: str, party: int, who: NDArray[np.int64], names: list[str]) -> NDArray[np.bool_]:
    return np.asarray(who[party] == names.index(analyst), bool)


def _place(
    part: Floats, estimate: Estimate, who: NDArray[np.int64], names: list[str], rng: np.random.Generator
) -> None:
    """Write an estimate's draws into the worlds in which its analyst is right."""
    n = part.shape[1]
    if isinstance(estimate.worth, Ranking):
        drawn = estimate.worth.draw(rng, n, part.shape[0]).T
    else:
        drawn = np.stack([w.draw(rng, n) if isinstance(w, Range) else np.full(n, float(w)) for w in estimate.worth])
    mine = _is_right(estimate.analyst, estimate.party, who, names)
    part[:, mine] = drawn[:, mine]


def _crossed(
    assessment: UncertainBargain, offsets: NDArray[np.int64], n: int, rng: np.random.Generator
) -> NDArray[np.int64]:
    crossed = np.zeros((int(offsets[-1]), n), np.int64)
    for party, lines in enumerate(assessment.bargain.red_lines):
        for issue, option in lines:
            crossed[offsets[issue] + option] |= 1 << party
    for party, issue, option, chance in assessment.red_lines:
        held = (rng.random(n) < chance).astype(np.int64)
        crossed[offsets[issue] + option] |= held << party
    return crossed
