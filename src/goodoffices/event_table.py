"""Event tables: who reports what, when and where, as read from a file and counted by ``ceasefire``.

They have the days, places and numbers of the file, in its order. Nothing is computed here.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from goodoffices.data_class import dataclass
from goodoffices.errors import ScenarioError

MOST_PRECISE = 2  # UCDP's scale: 1 the day is known, 2 within two to six days, then week, month, longer
MOST_DAYS = 2


class CellWord(StrEnum):
    """What stands in a cell that has no number. These six words are fixed; a test holds them apart."""

    NONE = "none"
    NOT_OBSERVED = "not observed"
    ACCESS_DENIED = "access denied"
    NO_REPORT = "no report"
    STATED_AS_NONE = "stated as none"
    WITHHELD = "withheld"


UNSEEN = frozenset({CellWord.NOT_OBSERVED, CellWord.ACCESS_DENIED, CellWord.NO_REPORT, CellWord.WITHHELD})
"""The words for a day on which nothing can be said of the number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One row of one ledger: an event, or several events of one day and area if ``count`` is not 1.

    Attributes
    ----------
    first_day, last_day
        When it happened, by the calendar of the place. Equal if the day is known.
    date_precision, place_precision
        UCDP's scales: for dates 1 (day) to 5; for places 1 (exact), 2 (within 25 km), 3 (district), 4 (governorate) to
        7.
    area
        Empty if the file does not say where.
    pair
        Who fought whom, as the ledger names it.
    latitude, longitude
        Degrees (WGS84), or ``None``.
    word
        For a row that counts 0: *none* or *stated as none*, if the file says which.
    deaths, deaths_low, deaths_high, deaths_civilians
        Killed: best, lowest and highest figure, and civilians among them; ``None`` if the file does not say.
    is_single_voice
        Whether one independent office alone stands behind it; ``None`` if the file does not say.
    line
        The line of the file, for messages; 0 if there is none.
    """

    first_day: date
    last_day: date
    ledger: str = ""
    area: str = ""
    pair: str = ""
    kind: str = ""
    place: str = ""
    date_precision: int = 1
    place_precision: int = 1
    latitude: float | None = None
    longitude: float | None = None
    count: int = 1
    word: CellWord | None = None
    deaths: int | None = None
    deaths_low: int | None = None
    deaths_high: int | None = None
    deaths_civilians: int | None = None
    is_single_voice: bool | None = None
    line: int = 0

    def __post_init__(self) -> None:
        if self.last_day < self.first_day:
            raise ScenarioError(
                f"an event ends on {self.last_day}, before it begins on {self.first_day}; exchange the two days"
            )
        if self.count < 0:
            raise ScenarioError(f"a row counts {self.count:,} as its events; write 0 or more")

    @property
    def days(self) -> int:
        """Return over how many days it may have happened."""
        return (self.last_day - self.first_day).days + 1

    @property
    def is_daily_precise(self) -> bool:
        """Whether its day is known well enough for a daily count."""
        return self.date_precision <= MOST_PRECISE and self.days <= MOST_DAYS


@dataclass(frozen=True, slots=True, kw_only=True)
class UnseenDay:
    """A day of which a ledger says why it has no number, in one area or, if that is empty, in all."""

    day: date
    word: CellWord
    ledger: str = ""
    area: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchedDays:
    """Days on which a ledger could see a share of an area, from 0 to 1; an empty area is all of them."""

    first_day: date
    last_day: date
    share: float
    ledger: str = ""
    area: str = ""

    def has(self, day: date, area: str) -> bool:
        """Say whether a day and an area are among them."""
        return self.first_day <= day <= self.last_day and self.area in ("", area)


@dataclass(frozen=True, slots=True, kw_only=True)
class LethalFinding:
    """A finding of a violation in which people were killed, on one day in one area."""

    day: date
    ledger: str = ""
    area: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventTable:
    """All events of one file.

    Attributes
    ----------
    unseen
        Days of which the file says why they have no number.
    watched
        What the ledger could see, where it says so.
    findings
        Findings of violations in which people were killed, which a verdict counts.
    reports_every_day
        Whether a day without a row is a day on which the ledger saw none.
    is_bulletins
        Whether rows are the bulletins of ledgers: a day without one is a day on which the ledger was silent.
    credit
        The line that the licence of the file asks for.
    notes
        How the file was read, and what of it was not.
    """

    file: str
    events: tuple[Event, ...]
    unseen: tuple[UnseenDay, ...] = ()
    watched: tuple[WatchedDays, ...] = ()
    findings: tuple[LethalFinding, ...] = ()
    reports_every_day: bool = False
    is_bulletins: bool = False
    credit: str = ""
    notes: tuple[str, ...] = ()

    @property
    def first_day(self) -> date | None:
        """Return the first day that a row begins on."""
        return min((event.first_day for event in self.events), default=None)

    @property
    def last_day(self) -> date | None:
        """Return the last day that a row begins on; later ends of imprecise events do not count."""
        return max((event.first_day for event in self.events), default=None)

    def ledgers(self) -> tuple[str, ...]:
        """Return the ledgers that rows are of, in the order in which they come."""
        names = [one.ledger for one in self.events]
        names += [*(one.ledger for one in self.unseen), *(one.ledger for one in self.watched)]
        return tuple(dict.fromkeys(names))

    def areas(self) -> tuple[str, ...]:
        """Return the areas that rows name, in order; the unknown area is not among them."""
        return tuple(sorted({event.area for event in self.events if event.area}))

    def pairs(self) -> tuple[str, ...]:
        """Return the pairs that rows name, in order."""
        return tuple(sorted({event.pair for event in self.events if event.pair}))


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerDay:
    """One bulletin of one ledger: counts by area, and the total as the ledger states it.

    Attributes
    ----------
    day, n_days
        The day of the bulletin, and how many days up to it the bulletin covers.
    parts
        The count of each area that the ledger names; under the empty name what it does not place.
    confirmed, explained
        How many of them the keeper of the other ledger confirmed or explained; ``None`` if that is not stated.
    """

    ledger: str
    day: date
    n_days: int
    parts: Mapping[str, int]
    total: int
    confirmed: int | None = None
    explained: int | None = None
    source: str = ""

    def __post_init__(self) -> None:
        numbers = (self.total, self.confirmed or 0, self.explained or 0, *self.parts.values())
        if min(numbers) < 0 or self.n_days < 1:
            raise ScenarioError(f"the bulletin of {self.ledger} on {self.day} has a number below 0")

    @property
    def placed(self) -> int:
        """Return how many reports have an area."""
        return sum(count for area, count in self.parts.items() if area)

    @property
    def unplaced(self) -> int:
        """Return how many reports the ledger itself does not place."""
        return self.parts.get("", 0)

    @property
    def difference(self) -> int:
        """Return the stated total minus its parts: 0, or what is unplaced or miscounted. It is never repaired."""
        return self.total - sum(self.parts.values())
