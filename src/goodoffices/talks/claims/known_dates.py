"""From when people could know what a talks file tells: claims, rounds, sessions, texts and rows of ledgers.

What the file states under ``known_from`` counts. Without it, the first of these counts: the day on which a claim was
made, the date of its source, the last day that it is about. A day without an hour counts as known when it has ended in
the time zone of the talks. ``None`` means that nobody has given a date.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import TypeVar

from goodoffices.talks.base.local_time import end_of_day
from goodoffices.talks.model.ceasefire import DayReport
from goodoffices.talks.model.claims import Claim, Source
from goodoffices.talks.model.external_texts import NamedText
from goodoffices.talks.model.obligations import DueDate
from goodoffices.talks.model.rounds import PlannedDate, Round

Stated = TypeVar("Stated", DueDate, PlannedDate)


def moment_of(stated: datetime | date, zone: str) -> datetime:
    """Return the instant from which a stated day or time counts as past: of a day, its end in ``zone``."""
    return stated if isinstance(stated, datetime) else end_of_day(stated, zone)


def claim_known_from(claim: Claim, sources: Mapping[str, Source], zone: str) -> datetime | None:
    """Return from when people could know a claim, or ``None`` if neither it nor its source has a date."""
    source = sources.get(claim.source or "")
    dates = (claim.known_from, claim.asserted_on, None if source is None else source.dated, claim.when_to)
    stated = next((when for when in (*dates, claim.when_from) if when is not None), None)
    return None if stated is None else moment_of(stated, zone)


def planned_known_from(planned: PlannedDate, zone: str) -> datetime | None:
    """Return from when people could know a planned date, or ``None`` if its announcement has no date."""
    return None if planned.announced_on is None else end_of_day(planned.announced_on, zone)


def round_known_from(plan: Round, zone: str) -> datetime | None:
    """Return from when people could know of a round: its first announcement, else its opening."""
    announced = [planned.announced_on for planned in plan.planned if planned.announced_on is not None]
    stated = plan.known_from or min(announced, default=None) or plan.opened
    return None if stated is None else moment_of(stated, zone)


def text_known_from(text: NamedText, zone: str) -> datetime | None:
    """Return from when people could know of a text: the day that it bears, unless the file states another."""
    stated = text.known_from or text.dated
    return None if stated is None else moment_of(stated, zone)


def day_known_from(report: DayReport, zone: str) -> datetime:
    """Return from when people could know what a ledger states for a day."""
    return moment_of(report.known_from or report.day, zone)


def dates_in_force(stated: tuple[Stated, ...], moved_to: Stated | None) -> tuple[Stated, ...]:
    """Return the dates that hold: the one something was moved to in this record, else every date that is stated.

    Of two dates by one author, the one announced last holds. Dates by different authors stand side by side.
    """
    if moved_to is not None:
        return (moved_to,)
    last: dict[str, date] = {}
    for one in stated:
        if one.by is not None and one.announced_on is not None:
            last[one.by] = max(last.get(one.by, one.announced_on), one.announced_on)
    return tuple(
        one for one in stated if one.by is None or one.announced_on is None or one.announced_on >= last[one.by]
    )
