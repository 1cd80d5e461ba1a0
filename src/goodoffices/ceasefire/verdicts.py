"""The verdict on one area and week: holding, strained, broken, or cannot tell, each with the rule that made it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from enum import StrEnum

import numpy as np

from goodoffices.ceasefire.return_times import BEFORE_DAYS, FORTNIGHT, trailing_means
from goodoffices.ceasefire.streams import Stream
from goodoffices.data_class import dataclass
from goodoffices.errors import ScenarioError


class Verdict(StrEnum):
    """What can be said of an area at the end of a week."""

    HOLDING = "holding"
    STRAINED = "strained"
    BROKEN = "broken"
    CANNOT_TELL = "cannot tell"


class Reason(StrEnum):
    """The rule that made a verdict: the first of these that fits."""

    UNOBSERVED = "less than 60 % of the fortnight observed"
    NO_LEVEL_BEFORE = "too little happened before to compare with"
    BEFORE_UNOBSERVED = "too little was observed before to compare with"
    ONE_SIDE = "only ledgers of one side report"
    RESUMED = "a finding of general resumption"
    BACK = "back near the level before, a week ago too"
    HALFWAY = "half the level before, or more"
    ALARM = "an alarm is open"
    LETHAL = "three lethal violations found in the week"
    LOW = "below half the level before"
    QUIET_STREAM = "no alarm, though there is no level before to compare with"


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """Where the lines are drawn. They are parameters of the talks, and shown with every verdict."""

    broken: float = 0.75
    strained: float = 0.5
    least_before: float = 0.1
    least_observed: float = 0.6
    lethal_findings: int = 3

    def __post_init__(self) -> None:
        if not 0 < self.strained <= self.broken:
            raise ScenarioError("the level of 'strained' lies above 0 and not above that of 'broken'; exchange the two")


USUAL_THRESHOLDS = Thresholds()


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownBesides:
    """What else is known of an area at the end of a week, beside the counts."""

    alarm_is_open: bool = False
    has_alarm_stream: bool = False
    is_resumed: bool = False
    n_lethal_findings: int = 0
    is_of_one_side: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekVerdict:
    """The verdict at the end of a week; ``level`` is the mean of its fortnight divided by that of 60 days before."""

    ledger: str
    area: str
    week: int
    week_ends: date
    before_per_day: float | None
    level: float | None
    observed: float
    verdict: Verdict
    reason: Reason

    def row(self) -> dict[str, object]:
        """Return the verdict as a flat mapping."""
        return {
            "ledger": self.ledger, "area": self.area, "week": self.week, "week_ends": self.week_ends.isoformat(),
            "before_per_day": self.before_per_day, "level": self.level, "observed": self.observed,
            "verdict": self.verdict.value, "reason": self.reason.value,
        }  # fmt: skip


def verdicts(
    stream: Stream,
    in_force: date,
    *,
    weeks: int | None = None,
    thresholds: Thresholds = USUAL_THRESHOLDS,
    besides: Sequence[KnownBesides] = (),
) -> tuple[WeekVerdict, ...]:
    """Return the verdict of every whole week from the second on.

    Week w ends on day 7w + 6 in force; week 0 has no fortnight of its own. A verdict is per ledger: two ledgers give
    two.

    Parameters
    ----------
    stream
        The daily counts of the covered pair in one area.
    in_force
        The first day in force there.
    weeks
        The last week; by default as many as the series reaches.
    besides
        For weeks 1, 2, ...: what else is known. Weeks beyond the end have nothing.
    """
    start = stream.index(in_force)
    last = (len(stream.y) - start - 7) // 7 if weeks is None else weeks
    before = stream.y[max(start - BEFORE_DAYS, 0) : max(start, 0)]
    seen = before[~np.isnan(before)]
    base = float(seen.mean()) if len(seen) >= thresholds.least_observed * BEFORE_DAYS else None
    means = trailing_means(stream.y)
    found = []
    for week in range(1, last + 1):
        known = besides[week - 1] if week <= len(besides) else KnownBesides()
        end = start + 7 * week + 6
        levels = tuple(_level(means, at, base) for at in (end, end - 7))
        fortnight = stream.y[max(end - FORTNIGHT + 1, 0) : max(end + 1, 0)]
        observed = float((~np.isnan(fortnight)).sum()) / FORTNIGHT
        weekly = _Week(
            base=base, level=levels[0], level_before=levels[1] if week > 1 else None, observed=observed, known=known,
            is_empty=not np.nansum(stream.y[: max(end + 1, 0)]),
        )  # fmt: skip
        verdict, reason = _judged(weekly, thresholds)
        found.append(
            WeekVerdict(
                ledger=stream.ledger, area=stream.area, week=week, week_ends=in_force + timedelta(days=7 * week + 6),
                before_per_day=base, level=levels[0], observed=observed, verdict=verdict, reason=reason,
            )
        )  # fmt: skip
    return tuple(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Week:
    base: float | None
    level: float | None
    level_before: float | None
    observed: float
    known: KnownBesides
    is_empty: bool = False


def _level(means: np.ndarray[tuple[int], np.dtype[np.float64]], at: int, base: float | None) -> float | None:
    if base is None or base == 0 or not 0 <= at < len(means) or np.isnan(means[at]):
        return None
    return float(means[at]) / base


def _judged(week: _Week, lines: Thresholds) -> tuple[Verdict, Reason]:
    """Return the first rule that fits."""
    unclear = _unclear(week, lines)
    if unclear is not None:
        return Verdict.CANNOT_TELL, unclear
    has_base = week.base is not None and week.base >= lines.least_before
    level = week.level if has_base and week.level is not None else 0.0
    earlier = week.level_before if has_base and week.level_before is not None else 0.0
    rules = (
        (week.known.is_resumed, Verdict.BROKEN, Reason.RESUMED),
        (min(level, earlier) >= lines.broken, Verdict.BROKEN, Reason.BACK),
        (level >= lines.strained, Verdict.STRAINED, Reason.HALFWAY),
        (week.known.alarm_is_open, Verdict.STRAINED, Reason.ALARM),
        (week.known.n_lethal_findings >= lines.lethal_findings, Verdict.STRAINED, Reason.LETHAL),
    )
    for fits, verdict, reason in rules:
        if fits:
            return verdict, reason
    return Verdict.HOLDING, Reason.LOW if has_base else Reason.QUIET_STREAM


def _unclear(week: _Week, lines: Thresholds) -> Reason | None:
    if week.observed < lines.least_observed:
        return Reason.UNOBSERVED
    if week.known.is_of_one_side:
        return Reason.ONE_SIDE
    # A stream in which nothing was ever counted shows no break: it may be one that never reports.
    if week.known.has_alarm_stream and not week.is_empty:
        return None
    if week.base is None:
        return Reason.BEFORE_UNOBSERVED
    return Reason.NO_LEVEL_BEFORE if week.base < lines.least_before else None
