"""The span of a weekly note: which moments and days it covers, by the clock of the talks."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from goodoffices.data_class import dataclass
from goodoffices.talks.base.local_time import end_of_day, local_day
from goodoffices.talks.claims.as_of import exercise_moment
from goodoffices.talks.state.slices import Notice
from goodoffices.talks.state.view import View

DAYS = 7
"""How many days a note covers, unless somebody says another number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """The moments from ``since`` (not included) to ``until``, and how the clock of an exercise runs beside the record.

    ``began`` is when the record began and ``opens`` the moment of the talks that this was; in live talks both are none.
    """

    since: datetime
    until: datetime
    zone: str
    began: datetime | None = None
    opens: datetime | None = None

    @property
    def first(self) -> date:
        """The first day."""
        return local_day(self.since, self.zone) + timedelta(days=0 if self._begins_a_day else 1)

    @property
    def _begins_a_day(self) -> bool:
        return end_of_day(local_day(self.since, self.zone) - timedelta(days=1), self.zone) == self.since

    @property
    def last(self) -> date:
        """The last day."""
        return local_day(self.until - timedelta(microseconds=1), self.zone)

    def moment(self, at: datetime) -> datetime:
        """Return the moment of the talks at which the record got an act."""
        return at if self.opens is None or self.began is None else self.opens + (at - self.began)

    def has(self, at: datetime | None) -> bool:
        """Return whether an act of the record falls into the span; what the record began with does not."""
        return at is not None and at != self.began and self.since < self.moment(at) <= self.until

    def has_day(self, day: date | None) -> bool:
        """Return whether a day falls into the span."""
        return day is not None and self.first <= day <= self.last

    def notices(self, view: View) -> list[Notice]:
        """Return what was done in the record in this span."""
        return [notice for notice in view.later_notices if self.since < self.moment(notice.when) <= self.until]


def week_of(view: View, *, until: datetime | None = None, days: int = DAYS) -> Week:
    """Return the span of so many days that ends at a moment, or at the present moment of the talks.

    Parameters
    ----------
    view
        The reader's view.
    until
        The last moment; ``None`` is the moment of the last act that the reader was told of.
    days
        How many days, at least one.
    """
    began = view.notices[0].when if len(view.notices) else None
    opens = view.known.header.opens_at
    last = view.notices[-1].when if len(view.notices) else datetime(2000, 1, 1, tzinfo=UTC)
    end = until or exercise_moment(view) or last
    return Week(since=end - timedelta(days=max(days, 1)), until=end, zone=view.zone, began=began, opens=opens)
