"""Did the daily counts change at a date? Always five answers together, and the level of what may be said.

The answers: the ratio with its interval; how rare such a change is at other dates; what is left without each area;
whether a pair outside the cease-fire changed alike; and how much less reporting would explain it. None is given alone,
because a ratio by itself misleads: a battle that ended a week before looks like a cease-fire that works.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from enum import StrEnum
from itertools import combinations
from math import exp, hypot

import numpy as np

from goodoffices.ceasefire.change_ratio import Ratio, change_ratio
from goodoffices.ceasefire.placebo_dates import Placebo, placebo
from goodoffices.ceasefire.streams import UNKNOWN_AREA, Stream, total_of
from goodoffices.data_class import dataclass
from goodoffices.errors import ScenarioError

WINDOWS = (30, 60, 90)
FEWEST_EVENTS = 20
FEWEST_INDEPENDENT = 19  # below that, no share of other periods can be as small as .05
RARE = 0.05
CARRIES = 0.5
AMONG_PAIRS = 3.2  # standard errors: a chance of .05 among the 36 pairs of nine areas
LEAST_LOG_RATIO = 0.1  # nearer to no change, the share that an area carries means nothing
OBSERVED_TO_CLAIM = 0.8
OBSERVED_TO_DESCRIBE = 0.5


class ChangeLevel(StrEnum):
    """How much may be said."""

    CHANGED = "changed"
    DIFFERED = "was lower or higher"
    CANNOT_TELL = "cannot tell"


class Condition(StrEnum):
    """A condition for saying that counts changed."""

    ONE_AREA = "one area"
    TWO_AREAS = "two areas"
    TOO_FEW = "too few events"
    WINDOW = "window outside the data"
    UNOBSERVED = "too little observed"
    INTERVAL = "interval includes 1"
    NOT_RARE = "not rare at other dates"
    FEW_PERIODS = "too few independent periods"
    ONE_AREA_GIVEN = "areas cannot be left out"
    NO_COMPARISON = "no comparison pair"
    COMPARISON_ALIKE = "the comparison changed alike"


@dataclass(frozen=True, slots=True, kw_only=True)
class WithoutArea:
    """The change in all areas but ``area``, and but those of unknown place too.

    ``carried`` is the share of the change that is gone without the area; ``None`` if the change is too small for it.
    """

    area: str
    ratio: Ratio | None
    carried: float | None
    turns_direction: bool
    without_unknown: Ratio | None
    carried_with_unknown: float | None

    @property
    def carries(self) -> bool:
        """Whether half of the change or more is this area's."""
        return self.carried is not None and self.carried >= CARRIES


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """The change divided by that of a pair which the cease-fire does not cover; independence is assumed."""

    pair: str
    log_ratio: float
    se: float

    @property
    def ratio(self) -> float:
        """Return the ratio of ratios."""
        return exp(self.log_ratio)

    @property
    def low(self) -> float:
        """Return the lower end of the 95 % interval."""
        return exp(self.log_ratio - 1.96 * self.se)

    @property
    def high(self) -> float:
        """Return the upper end of the 95 % interval."""
        return exp(self.log_ratio + 1.96 * self.se)


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowChange:
    """The five answers for one window of days on each side, the level, and every condition that fails."""

    window: int
    total: float
    observed_before: float
    observed_after: float
    ratio: Ratio | None
    placebo: Placebo | None
    without: tuple[WithoutArea, ...]
    carrying_two: tuple[str, str] | None
    compared: Compared | None
    less_reporting: float | None
    less_reporting_nearest: float | None
    level: ChangeLevel
    fails: tuple[Condition, ...]

    @property
    def carriers(self) -> tuple[str, ...]:
        """Return the areas that carry half of the change or more."""
        return tuple(one.area for one in self.without if one.carries)

    @property
    def turning(self) -> tuple[str, ...]:
        """Return the areas without which the change has the other direction."""
        return tuple(one.area for one in self.without if one.turns_direction)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """The answers for a date, by window, with what they rest on."""

    at: date
    ledger: str
    pair: str
    measure: str
    date_basis: str
    comparison: str
    windows: tuple[WindowChange, ...]
    figures_hash: str
    imprecise: int
    imprecise_amount: int
    single_voice: float | None

    def rows(self) -> list[dict[str, object]]:
        """Return one flat mapping per window."""
        return [_row(self, one) for one in self.windows]

    def __repr__(self) -> str:
        levels = ", ".join(f"{one.window} d: {one.level}" for one in self.windows)
        return f"<Change {self.pair} {self.measure} at {self.at}: {levels}>"


def change(
    streams: Sequence[Stream],
    at: date,
    windows: Sequence[int] = WINDOWS,
    *,
    comparison: Stream | None = None,
    placebo_streams: Sequence[Stream] = (),
) -> Change:
    """Compare daily counts before and after a date, with all five checks.

    Parameters
    ----------
    streams
        One for each area, of one ledger, pair and measure and the same days. That of unknown place is named *unknown*.
    at
        The first day that counts as after.
    windows
        How many days on each side.
    comparison
        The counts of a pair that the cease-fire does not cover, from the same ledger.
    placebo_streams
        Series that no known date touches, for judging how rare such a change is.

    Raises
    ------
    ScenarioError
        If the streams do not belong together, two are of one area, or the comparison is of another ledger.
    """
    names = [stream.area for stream in streams]
    if len(set(names)) != len(names):
        raise ScenarioError("an area stands twice among the daily counts; give one series for each area")
    total = total_of(streams)
    if comparison is not None and comparison.ledger != total.ledger:
        raise ScenarioError(f"the comparison is of the ledger {comparison.ledger}; take one of {total.ledger}")
    if any(window < 1 for window in windows):
        raise ScenarioError("a window has at least one day on each side")
    asked = _Asked(streams=tuple(streams), total=total, at=at, comparison=comparison, others=tuple(placebo_streams))
    return Change(
        at=at,
        ledger=total.ledger,
        pair=total.pair,
        measure=total.measure,
        date_basis=total.date_basis,
        comparison="" if comparison is None else comparison.pair,
        windows=tuple(_window_change(asked, window) for window in windows),
        figures_hash=total.figures_hash,
        imprecise=total.imprecise,
        imprecise_amount=total.imprecise_amount,
        single_voice=total.single_voice,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    streams: tuple[Stream, ...]
    total: Stream
    at: date
    comparison: Stream | None
    others: tuple[Stream, ...]


def ratio_around(stream: Stream, at: date, window: int) -> Ratio | None:
    """Return the change of a series at a date; ``None`` if the window leaves the series or a side has no event."""
    start = stream.index(at)
    if start - window < 0 or start + window > len(stream.y):
        return None
    part = slice(start - window, start + window)
    return change_ratio(stream.y[part], stream.exposure[part], window)


def _window_change(asked: _Asked, window: int) -> WindowChange:
    total, start = asked.total, asked.total.index(asked.at)
    fits = start - window >= 0 and start + window <= len(total.y)
    before = total.y[start - window : start] if fits else np.empty(0)
    after = total.y[start : start + window] if fits else np.empty(0)
    ratio = ratio_around(total, asked.at, window)
    without = () if ratio is None else _without_each(asked, window, ratio)
    two = None if ratio is None else _two_carriers(asked, window, ratio, without)
    found = WindowChange(
        window=window,
        total=float(np.nansum(before) + np.nansum(after)),
        observed_before=float((~np.isnan(before)).mean()) if fits else 0.0,
        observed_after=float((~np.isnan(after)).mean()) if fits else 0.0,
        ratio=ratio,
        placebo=placebo(total, start, window, asked.others),
        without=without,
        carrying_two=two,
        compared=None if ratio is None else _compared(asked, window, ratio),
        less_reporting=None if ratio is None else _vanishing(ratio.log_ratio),
        less_reporting_nearest=None if ratio is None else _nearest_vanishing(ratio),
        level=ChangeLevel.CANNOT_TELL,
        fails=(),
    )
    return _judged(found, fits)


def _without_each(asked: _Asked, window: int, ratio: Ratio) -> tuple[WithoutArea, ...]:
    """Return the change without each area; nothing for a single area."""
    if len(asked.streams) < 2:
        return ()
    return tuple(_without(asked, window, ratio, stream) for stream in asked.streams)


def _rest(asked: _Asked, window: int, left_out: set[str]) -> Ratio | None:
    kept = [stream for stream in asked.streams if stream.area not in left_out]
    return ratio_around(total_of(kept), asked.at, window) if kept else None


def _without(asked: _Asked, window: int, ratio: Ratio, stream: Stream) -> WithoutArea:
    rest = _rest(asked, window, {stream.area})
    names = {one.area for one in asked.streams}
    is_apart = UNKNOWN_AREA in names and stream.area != UNKNOWN_AREA
    both = _rest(asked, window, {stream.area, UNKNOWN_AREA}) if is_apart else None
    carried = _carried(ratio, rest)
    return WithoutArea(
        area=stream.area, ratio=rest, carried=carried, without_unknown=both, carried_with_unknown=_carried(ratio, both),
        turns_direction=carried is not None and rest is not None and rest.log_ratio * ratio.log_ratio < 0,
    )  # fmt: skip


def _carried(ratio: Ratio, rest: Ratio | None) -> float | None:
    if rest is None or abs(ratio.log_ratio) < LEAST_LOG_RATIO:
        return None
    return 1 - rest.log_ratio / ratio.log_ratio


def _two_carriers(asked: _Asked, window: int, ratio: Ratio, without: tuple[WithoutArea, ...]) -> tuple[str, str] | None:
    """Return the two areas that together carry most, and at least half, if no area does alone; needs four areas.

    Two of many areas carry half by chance more easily than one. So they are named only if the change in them differs
    from that in the rest by more than chance among so many pairs would, and the rest alone shows none.
    """
    if len(asked.streams) < 4 or any(one.carries or one.turns_direction for one in without):
        return None
    able = [one.area for one in without if (one.carried or 0.0) > 0 and one.area != UNKNOWN_AREA]
    found: dict[tuple[str, str], float] = {}
    for names in combinations(able, 2):
        rest = _rest(asked, window, set(names))
        carried = _carried(ratio, rest)
        if rest is None or carried is None or carried < CARRIES or rest.excludes_one:
            continue
        inside = ratio_around(total_of([one for one in asked.streams if one.area in names]), asked.at, window)
        if inside is not None and _differs(inside, rest):
            found[names] = carried
    return max(found, key=lambda names: found[names], default=None)


def _differs(one: Ratio, other: Ratio) -> bool:
    return abs(one.log_ratio - other.log_ratio) > AMONG_PAIRS * hypot(one.se, other.se)


def _compared(asked: _Asked, window: int, ratio: Ratio) -> Compared | None:
    other = None if asked.comparison is None else ratio_around(asked.comparison, asked.at, window)
    if other is None or asked.comparison is None:
        return None
    return Compared(
        pair=asked.comparison.pair, log_ratio=ratio.log_ratio - other.log_ratio, se=hypot(ratio.se, other.se)
    )


def _vanishing(log_ratio: float) -> float:
    """Return by which share the ledger would have to see less (after, or before) for the change to vanish."""
    return 1 - exp(-abs(log_ratio))


def _nearest_vanishing(ratio: Ratio) -> float:
    """Return the same for the end of the interval that is nearer to no change; 0 if the interval includes it."""
    return max(_vanishing(max(abs(ratio.log_ratio) - 1.96 * ratio.se, 0.0)), 0.0)


def _judged(found: WindowChange, fits: bool) -> WindowChange:
    fails = _failing(found, fits)
    seen = min(found.observed_before, found.observed_after)
    if found.ratio is None or found.total < FEWEST_EVENTS or seen < OBSERVED_TO_DESCRIBE:
        level = ChangeLevel.CANNOT_TELL
    else:
        level = ChangeLevel.DIFFERED if fails else ChangeLevel.CHANGED
    return replace(found, level=level, fails=fails)


def _failing(found: WindowChange, fits: bool) -> tuple[Condition, ...]:
    """Return every condition for *changed* that fails, areas first."""
    ratio, rare = found.ratio, found.placebo
    seen = min(found.observed_before, found.observed_after)
    checks = (
        (Condition.WINDOW, not fits),
        (Condition.ONE_AREA, bool(found.carriers or found.turning)),
        (Condition.TWO_AREAS, found.carrying_two is not None),
        (Condition.TOO_FEW, fits and (found.total < FEWEST_EVENTS or ratio is None)),
        (Condition.UNOBSERVED, fits and seen < OBSERVED_TO_CLAIM),
        (Condition.INTERVAL, ratio is not None and not ratio.excludes_one),
        (Condition.NOT_RARE, rare is not None and rare.p > RARE),
        (Condition.FEW_PERIODS, rare is None or rare.n_independent < FEWEST_INDEPENDENT),
        (Condition.ONE_AREA_GIVEN, ratio is not None and len(found.without) < 3),
        (Condition.NO_COMPARISON, found.compared is None),
        (Condition.COMPARISON_ALIKE, _is_alike(found)),
    )
    return tuple(condition for condition, fails in checks if fails)


def _is_alike(found: WindowChange) -> bool:
    """Say whether a comparison is there and does not show that the change was larger than its own, the same way."""
    ratio, compared = found.ratio, found.compared
    if ratio is None or compared is None:
        return False
    return not (compared.high < 1 if ratio.log_ratio < 0 else compared.low > 1)


def _row(whole: Change, one: WindowChange) -> dict[str, object]:
    ratio, rare, against = one.ratio, one.placebo, one.compared
    return {
        "pair": whole.pair, "measure": whole.measure, "window": one.window, "total": one.total,
        "before": ratio and ratio.before, "after": ratio and ratio.after, "ratio": ratio and ratio.ratio,
        "low": ratio and ratio.low, "high": ratio and ratio.high, "p": ratio and ratio.p,
        "p_placebo": rare and rare.p, "n_dates": rare and rare.n_dates,
        "n_independent": rare and rare.n_independent, "carried_by": list(one.carriers),
        "direction_depends_on": list(one.turning), "carried_by_two": list(one.carrying_two or ()),
        "ratio_of_ratios": against and against.ratio, "ratio_of_ratios_low": against and against.low,
        "ratio_of_ratios_high": against and against.high, "less_reporting": one.less_reporting,
        "less_reporting_nearest": one.less_reporting_nearest, "level": one.level.value,
        "fails": [condition.value for condition in one.fails],
    }  # fmt: skip
