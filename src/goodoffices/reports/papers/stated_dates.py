"""Dates that differ, each with whose date it is: two days for one thing tell little without those who name them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from goodoffices.data_class import dataclass
from goodoffices.reports.papers.localization import Wording
from goodoffices.reports.papers.paper import Look, Span, Spans
from goodoffices.reports.provenance import claim_of, speaker_text, stages
from goodoffices.talks.base.local_time import end_of_day
from goodoffices.talks.model.obligations import DueDate
from goodoffices.talks.model.rounds import PlannedDate
from goodoffices.talks.state.known_claims import KnownClaim
from goodoffices.talks.state.view import View

SENTENCES: Mapping[str, str] = {
    "span": "{first} to {last}",
    "said": "{date} ({who})",
    "passed": "{date}, which has passed ({who})",
    "no-author": "nobody’s word is known",
}
"""How a date and whose it is are said. They are messages of the catalogues."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedDate:
    """A date with its last day, if it is a span, and whose it is: an actor's, or that of the claim that states it."""

    when: datetime | date
    last: date | None = None
    by: str | None = None
    claim: str = ""


def stated_date(stated: PlannedDate | DueDate) -> StatedDate:
    """Return a date of a round or of a commitment."""
    if isinstance(stated, DueDate):
        return StatedDate(when=stated.due, by=stated.by, claim=stated.claim or "")
    return StatedDate(when=stated.start, last=stated.end, by=stated.by, claim=stated.claim or "")


def dates_in_words(wording: Wording, dates: Sequence[StatedDate], now: datetime | None = None) -> tuple[Spans, ...]:
    """Return each date once, in the order given: alone if there is one, else with those who say it.

    Parameters
    ----------
    now
        The moment up to which a date that differs from others is called passed; ``None`` calls none so.
    """
    by_time: dict[tuple[datetime | date, date | None], list[StatedDate]] = {}
    for one in dates:
        by_time.setdefault((one.when, one.last), []).append(one)
    if len(by_time) == 1:
        return (_time(wording, dates[0]),)
    return tuple(_with_authors(wording, same, now) for same in by_time.values())


def author_in_words(wording: Wording, one: StatedDate) -> Spans:
    """Return whose date it is: the actor who set it, else who speaks in the claim that states it."""
    held = claim_of(wording.view, one.claim)
    if one.by is not None and (held is None or wording.view.name(one.by) not in _speakers(held)):
        return wording.actor(one.by)
    if held is None:
        return (Span(text=wording.plain(SENTENCES["no-author"]), look=Look.QUIET),)
    # The speaker's own name would not say whom an outlet is close to.
    return wording.source(speaker_text(wording.view, held, wording.language))


def is_past(view: View, when: datetime | date, now: datetime) -> bool:
    """Return whether a moment has come, or a day is over in the time zone of the talks."""
    return (when if isinstance(when, datetime) else end_of_day(when, view.zone)) <= now


def _speakers(held: KnownClaim) -> list[str]:
    return [link.speaker for link in [*stages(held.claim)][-1]]


def _time(wording: Wording, one: StatedDate) -> Spans:
    if isinstance(one.when, datetime):
        return wording.when(one.when)
    if one.last is None or one.last == one.when:
        return wording.day(one.when)
    return wording.say(SENTENCES["span"], first=wording.day(one.when), last=wording.day(one.last))


def _with_authors(wording: Wording, same: Sequence[StatedDate], now: datetime | None) -> Spans:
    who = wording.listed(dict.fromkeys(author_in_words(wording, one) for one in same))
    has_passed = now is not None and is_past(wording.view, same[0].last or same[0].when, now)
    return wording.say(SENTENCES["passed" if has_passed else "said"], date=_time(wording, same[0]), who=who)
