"""The cease-fire of a week in three sentences: each ledger by itself, and the days without a bulletin."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from goodoffices.reports.papers.localization import Wording
from goodoffices.reports.papers.paper import Look, Span, Spans
from goodoffices.reports.provenance import chain_text, claim_of
from goodoffices.reports.week.sentences import SENTENCES
from goodoffices.reports.week.span import Week
from goodoffices.talks.base.local_time import end_of_day
from goodoffices.talks.model.ceasefire import DayReport
from goodoffices.talks.state.known_ceasefire import KnownLedger
from goodoffices.talks.state.view import View

Told = tuple[Spans, tuple[Spans, ...]]


def ledger_sentences(view: View, week: Week, wording: Wording) -> Iterator[Told]:
    """Yield what the ledgers have for the last day of the week with a bulletin, and which days have none.

    No ledger is added to another, and nothing is called a rise or a fall.
    """
    held = [ledger for ledger in view.known.ledgers.values() if len(ledger.days)]
    days = sorted({day.day for ledger in held for day in ledger.days if week.has_day(day.day)})
    if not held or not days:
        return
    last = days[-1]
    rows = [(ledger, _of(ledger, last)) for ledger in held]
    spans: list[Span] = []
    sources: list[Spans] = []
    for ledger, report in rows:
        if report is None:
            continue
        spans += [Span(text=" ")] if spans else []
        spans += _figures(view, wording, ledger, report)
        sources += _sources(view, report)
    yield tuple(spans), tuple(sources)
    # The day on which the note is written has not ended: a bulletin of it may still come.
    missing = [day for day in _days(week) if day not in days and end_of_day(day, week.zone) <= week.until]
    if missing:
        listed = wording.listed(_runs(wording, missing))
        yield wording.say(SENTENCES["missing"], days=listed), ()
    elif len(rows) > 1:
        yield wording.say(SENTENCES["never-added"]), ()


def _of(ledger: KnownLedger, day: date) -> DayReport | None:
    return next((report for report in ledger.days if report.day == day), None)


def _figures(view: View, wording: Wording, ledger: KnownLedger, report: DayReport) -> Spans:
    name = wording.say(SENTENCES["ledger"], actor=wording.actor(ledger.ledger.keeper))
    total = report.total if report.total is not None else sum(count for _, count in report.counts)
    day = wording.day(report.day, year=False)
    if total == 0:
        return wording.say(SENTENCES["ledger-none"], day=day, ledger=name)
    placed = [(area, count) for area, count in report.counts if area]
    places = [f"{_area(view, wording, area)} {count}" for area, count in placed]
    if places and (rest := total - sum(count for _, count in placed)) > 0:
        places.append(f"{wording.plain(SENTENCES['unplaced'])} {rest}")
    said = wording.say(SENTENCES["ledger-day"], day=day, ledger=name, n=total)
    if not places:
        return said
    inside = (Span(text=" ("), Span(text=", ".join(places), look=Look.NAME), Span(text=")."))
    return (*said[:-1], Span(text=said[-1].text.rstrip(".")), *inside)


def _area(view: View, wording: Wording, slug: str) -> str:
    area = view.known.areas.get(slug)
    if area is None:
        return slug
    return next((n.text for n in area.names if n.language == wording.language), area.names[0].text)


def _sources(view: View, report: DayReport) -> list[Spans]:
    held = claim_of(view, report.source) if report.source else None
    if held is not None:
        return [(Span(text=chain_text(view, held), look=Look.WORDS, language="en"),)]
    return [(Span(text=report.source, look=Look.NAME),)] if report.source else []


def _days(week: Week) -> Iterator[date]:
    day = week.first
    while day <= week.last:
        yield day
        day += timedelta(days=1)


def _runs(wording: Wording, days: list[date]) -> Iterator[Spans]:
    """Yield days that follow each other as one span of days."""
    begun = days[0]
    for n, day in enumerate(days):
        if n + 1 == len(days) or days[n + 1] - day > timedelta(days=1):
            text = wording.short_day(begun) if begun == day else f"{wording.short_day(begun)}–{wording.short_day(day)}"
            yield (Span(text=text, look=Look.NAME),)
            begun = days[n + 1] if n + 1 < len(days) else day
