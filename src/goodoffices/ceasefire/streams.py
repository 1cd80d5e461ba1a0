"""Daily counts of one ledger: what was seen on each day, and how much of each day could be seen."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import field, replace
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from goodoffices.data_class import dataclass
from goodoffices.errors import ScenarioError
from goodoffices.event_table import UNSEEN, CellWord, Event

Floats = NDArray[np.float64]

UNKNOWN_AREA = "unknown"
EVENT_DAY = "day of the event"
BULLETIN_DAY = "day of the bulletin"


class Measure(StrEnum):
    """What is counted."""

    EVENTS = "events"
    DEATHS = "deaths"
    CIVILIAN_DEATHS = "civilian_deaths"


_AMOUNT: Mapping[Measure, Callable[[Event], int]] = MappingProxyType({
    Measure.EVENTS: lambda event: event.count,
    Measure.DEATHS: lambda event: event.deaths or 0,
    Measure.CIVILIAN_DEATHS: lambda event: event.deaths_civilians or 0,
})  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Stream:
    """The daily counts of one ledger for one area, pair and measure.

    Attributes
    ----------
    y : (n_days,)
        The count of each day; NaN where nothing was observed. Never 0 for a day that nobody observed.
    exposure : (n_days,)
        The share of the area that was observed on each day, from 0 to 1; NaN if it is not known.
    words
        For days by number from 0: why there is no count, or that a zero was stated. Days that are not named are plainly
        *none* at zero, and *not observed* without exposure.
    imprecise, imprecise_amount
        How many events are known too vaguely for a day, and what they add up to. They are in no count.
    single_voice
        The share of the counted events behind which one independent office stands alone; ``None`` if not known.
    """

    ledger: str
    area: str
    pair: str
    measure: Measure
    first_day: date
    y: Floats
    exposure: Floats
    date_basis: str = EVENT_DAY
    words: Mapping[int, CellWord] = field(default_factory=lambda: MappingProxyType({}))
    imprecise: int = 0
    imprecise_amount: int = 0
    single_voice: float | None = None
    is_spread: bool = False

    def __post_init__(self) -> None:
        if self.y.ndim != 1 or self.y.shape != self.exposure.shape:
            raise ScenarioError(
                f"counts have the shape {self.y.shape} and exposure {self.exposure.shape}; give one of each for a day"
            )
        seen = np.nan_to_num(self.exposure) > 0
        if bool(np.any((self.exposure < 0) | (self.exposure > 1))):
            raise ScenarioError("an exposure is a share of what could be observed; it lies between 0 and 1")
        if bool(np.any(seen & np.isnan(self.y))) or bool(np.any(~seen & ~np.isnan(self.y))):
            raise ScenarioError("a day has a count if and only if some of it was observed; others are NaN, never 0")
        if bool(np.any(self.y < 0)):
            raise ScenarioError("a daily count is negative; corrections of totals are kept apart and never counted")

    @property
    def last_day(self) -> date:
        """Return the last day of the series."""
        return self.first_day + timedelta(days=len(self.y) - 1)

    @property
    def observed(self) -> NDArray[np.bool_]:
        """Return which days were observed, at least in part."""
        return ~np.isnan(self.y)

    @property
    def share_observed(self) -> float:
        """Return the share of days that were observed; 0 for a series without days."""
        return float(self.observed.mean()) if len(self.y) else 0.0

    @property
    def total(self) -> float:
        """Return the sum of all counts."""
        return float(np.nansum(self.y))

    @property
    def figures_hash(self) -> str:
        """Return the hash of the figures, by which a result names what it was computed from."""
        head = "|".join((self.ledger, self.area, self.pair, self.measure, self.first_day.isoformat(), self.date_basis))
        body = np.round(np.concatenate([self.y, self.exposure]), 9).tobytes()
        return hashlib.sha256(head.encode() + body).hexdigest()[:16]

    def index(self, day: date) -> int:
        """Return the number of a day from 0; negative or too large if the series does not reach it."""
        return (day - self.first_day).days

    def day(self, index: int) -> date:
        """Return the day with this number."""
        return self.first_day + timedelta(days=int(index))

    def word(self, index: int) -> CellWord | None:
        """Return what a table shows in place of a number on this day; ``None`` if it shows the number."""
        stated = self.words.get(index)
        if np.isnan(self.y[index]):
            return stated if stated in UNSEEN else CellWord.NOT_OBSERVED
        return None if self.y[index] > 0 else stated or CellWord.NONE

    def cell(self, index: int) -> str:
        """Return a day as a table shows it: a number above zero, or one of the six fixed words."""
        return self.word(index) or f"{self.y[index]:.12g}"

    def until(self, day: date) -> Stream:
        """Return the series up to and including a day: what was known then of what had happened."""
        n = min(max(self.index(day) + 1, 0), len(self.y))
        words = MappingProxyType({at: word for at, word in self.words.items() if at < n})
        return replace(self, y=self.y[:n], exposure=self.exposure[:n], words=words)

    def __repr__(self) -> str:
        days = f"{self.first_day}..{self.last_day}" if len(self.y) else "no days"
        return f"<Stream {self.ledger} {self.area} {self.pair} {self.measure} {days}: {self.total:.12g}>"


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """The days of a count, and how the ledger reports on them.

    ``exposure`` has one share for each day, or is ``None``: then ``reports_every_day`` says whether a day without a row
    was observed (and had none) or is *not observed*. ``words`` say why single days were not.
    """

    first_day: date
    last_day: date
    reports_every_day: bool = False
    exposure: Sequence[float] | None = None
    words: Mapping[date, CellWord] = field(default_factory=lambda: MappingProxyType({}))
    basis: str = EVENT_DAY

    @property
    def days(self) -> int:
        """Return how many days there are."""
        return max((self.last_day - self.first_day).days + 1, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Which events are counted; an empty tuple stands for all. ``areas`` may name the unknown area."""

    areas: tuple[str, ...] = ()
    pairs: tuple[str, ...] = ()
    ledger: str = ""

    def has(self, event: Event) -> bool:
        """Say whether an event is among those chosen."""
        area = event.area or UNKNOWN_AREA
        return (
            (not self.areas or area in self.areas)
            and (not self.pairs or event.pair in self.pairs)
            and (not self.ledger or event.ledger == self.ledger)
        )


def daily_counts(
    events: Iterable[Event],
    period: Period,
    choice: Choice = Choice(),
    *,
    measure: Measure = Measure.EVENTS,
    spread: bool = False,
) -> Stream:
    """Count events by the day on which they happened.

    Only events whose day is known (precision 1 or 2, at most two days long) are in the counts, on their first day. The
    others are counted apart.

    Parameters
    ----------
    spread
        Put an event of n days as 1/n on each of them, imprecise events too; the result is marked as spread.

    Returns
    -------
    Stream
        With ``(n_days,)`` counts. A day without exposure is NaN, never 0.
    """
    chosen = [event for event in events if choice.has(event)]
    n = period.days
    y, has_row = np.zeros(n), np.zeros(n, dtype=bool)
    imprecise = amount = voices = single = 0
    for event in chosen:
        value = _AMOUNT[measure](event)
        if not (spread or event.is_daily_precise):
            imprecise, amount = imprecise + event.count, amount + value
            continue
        _add(y, has_row, event, value, (period.first_day, spread))
        if event.is_single_voice is not None:
            voices, single = voices + event.count, single + event.count * event.is_single_voice
    exposure = _exposure(period, has_row)
    y[~(np.nan_to_num(exposure) > 0)] = np.nan
    return Stream(
        ledger=choice.ledger or _only(event.ledger for event in chosen),
        area="+".join(choice.areas) or "all",
        pair="+".join(choice.pairs) or "all",
        measure=measure,
        first_day=period.first_day,
        y=y,
        exposure=exposure,
        date_basis=period.basis,
        words=_words(period, chosen),
        imprecise=imprecise,
        imprecise_amount=amount,
        single_voice=single / voices if voices else None,
        is_spread=spread,
    )


def _add(y: Floats, has_row: NDArray[np.bool_], event: Event, value: int, how: tuple[date, bool]) -> None:
    """Put an event on its first day, or in equal parts on all its days."""
    first_day, spread = how
    start = (event.first_day - first_day).days
    for at in range(start, start + (event.days if spread else 1)):
        if 0 <= at < len(y):
            y[at] += value / event.days if spread else value
            has_row[at] = True


def _exposure(period: Period, has_row: NDArray[np.bool_]) -> Floats:
    """Return the share of each day that was observed, NaN where the ledger leaves it open."""
    if period.exposure is not None:
        exposure = np.asarray(period.exposure, dtype=np.float64).copy()
        if exposure.shape != has_row.shape:
            raise ScenarioError(f"shares of exposure: {len(exposure)}, but days: {len(has_row)}; give one for each day")
        if bool(np.any(has_row & (exposure == 0))):
            raise ScenarioError("a day has reports although its exposure is 0; what was reported was observed")
    else:
        exposure = np.where(period.reports_every_day | has_row, 1.0, np.nan)
    for day, word in period.words.items():
        at = (day - period.first_day).days
        if word in UNSEEN and 0 <= at < len(exposure) and not has_row[at]:
            exposure[at] = 0.0
    return exposure


def _words(period: Period, events: Collection[Event]) -> Mapping[int, CellWord]:
    """Return why days have no number: what was said of the day, and rows that state a zero."""
    words: dict[int, CellWord] = {}
    for event in events:
        if event.count == 0 and event.deaths is None and event.is_daily_precise:
            words[(event.first_day - period.first_day).days] = event.word or CellWord.STATED_AS_NONE
    words.update({(day - period.first_day).days: word for day, word in period.words.items()})
    return MappingProxyType({at: word for at, word in words.items() if 0 <= at < period.days})


def _only(names: Iterable[str]) -> str:
    """Return the ledger, if the events are of one; counts of two ledgers are never joined.

    Raises
    ------
    ScenarioError
        If there are several.
    """
    different = sorted(set(names))
    if len(different) > 1:
        raise ScenarioError(
            f"these events are of the ledgers {', '.join(different)}; ledgers are never added up, so choose one"
        )
    return different[0] if different else ""


def total_of(streams: Sequence[Stream], area: str = "all") -> Stream:
    """Return the sum of streams of one ledger over areas; a day counts as observed only where all of them are.

    Raises
    ------
    ScenarioError
        If there are none, or they differ in ledger, measure or days.
    """
    if not streams:
        raise ScenarioError("there are no daily counts to add up; give those of at least one area")
    first = streams[0]
    if any((s.ledger, s.measure, s.first_day, len(s.y)) != (first.ledger, first.measure, first.first_day, len(first.y))
           for s in streams):  # fmt: skip
        raise ScenarioError("only counts of one ledger, one measure and the same days can be added up")
    y = np.sum([stream.y for stream in streams], axis=0)
    exposure = np.where(np.isnan(y), 0.0, np.min([stream.exposure for stream in streams], axis=0))
    voices = [(s.single_voice, s.total) for s in streams if s.single_voice is not None and s.total > 0]
    weight = sum(total for _, total in voices)
    return replace(
        first, area=area, y=y, exposure=exposure, words=MappingProxyType({}),
        imprecise=sum(s.imprecise for s in streams), imprecise_amount=sum(s.imprecise_amount for s in streams),
        single_voice=sum(voice * total for voice, total in voices) / weight if weight else None,
    )  # fmt: skip
