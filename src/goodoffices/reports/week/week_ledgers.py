"""The cease-fire of a week in few sentences: each ledger by itself, and the days without a bulletin."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from goodoffices.reports.papers.localization import Wording
from goodoffices.reports.papers.paper import Look, Span, Spans
from goodoffices.reports.provenance import chain_text, claim_of
from goodoffices.reports.week.sentences import SENTENCES
from goodoffices.reports.week.span import Week
from goodoffices.talks.base.local_time import end_of_day
from goodoffices.talks.model.ceasefire import DayReport, covered_days
from goodoffices.talks.state.known_ceasefire import KnownLedger
from goodoffices.talks.state.view import View

Told = tuple[Spans, tuple[Spans, ...]]


def ledger_sentences(view: View, week: Week, wording: Wording) -> Iterator[Told]:
    """Yield what each ledger has in its bulletins of the week, the last in full, and which days have none.

    No ledger is added to another, and nothing is called a rise or a fall.
    """
    held = [ledger for ledger in view.known.ledgers.values() if len(ledger.days)]
    mine = [sorted((day for day in ledger.days if week.has_day(day.day)), key=_by_day) for ledger in held]
    rows = [(ledger, reports) for ledger, reports in zip(held, mine, strict=True) if reports]
    if not rows:
        return
    for ledger, reports in rows:
        if reports[:-1]:
            named = [source for report in reports[:-1] for source in _sources(view, report, wording.language)]
            yield _earlier(wording, ledger, reports[:-1]), tuple(dict.fromkeys(named))
    spans: list[Span] = []
    sources: list[Spans] = []
    for ledger, reports in rows:
        spans += [Span(text=" ")] if spans else []
        spans += _figures(view, wording, ledger, reports[-1])
        sources += _sources(view, reports[-1], wording.language)
    yield tuple(spans), tuple(sources)
    # The day on which the note is written has not ended: a bulletin of it may still come.
    covered = {day for _, reports in rows for report in reports for day in covered_days(report)}
    missing = [day for day in _days(week) if day not in covered and end_of_day(day, week.zone) <= week.until]
    if missing:
        listed = wording.listed(_runs(wording, missing))
        yield wording.say(SENTENCES["missing"], days=listed), ()
    elif len(rows) > 1:
        yield wording.say(SENTENCES["never-added"]), ()
    if end_of_day(week.last, week.zone) > week.until and week.last not in covered:
        yield wording.say(SENTENCES["not-over"], day=wording.day(week.last)), ()


def _by_day(report: DayReport) -> date:
    return report.day


def _earlier(wording: Wording, ledger: KnownLedger, reports: list[DayReport]) -> Spans:
    """Return the totals of a ledger's bulletins of the week before its last one."""
    told = []
    for report in reports:
        total = report.figure
        day = "".join(span.text for span in _day(wording, report, short=True))
        none = SENTENCES["none-on" if total == 0 else "unstated-on"]
        told.append(f"{day}: {total:,}" if total else wording.plain(none, day=day))
    name = wording.say(SENTENCES["ledger"], actor=wording.actor(ledger.ledger.keeper))
    return wording.say(
        SENTENCES["earlier"], ledger=name, days=(Span(text=wording.semicolon.join(told), look=Look.NAME),)
    )


def _day(wording: Wording, report: DayReport, *, short: bool = False) -> Spans:
    """Return the day of a bulletin, or the days that it covers."""
    first, *_ = covered_days(report)
    said = (lambda day: (Span(text=wording.short_day(day), look=Look.NAME),)) if short else _with_weekday(wording)
    if first == report.day:
        return said(report.day)
    return wording.say(SENTENCES["days"], first=said(first), last=said(report.day))


def _with_weekday(wording: Wording) -> Callable[[date], Spans]:
    return lambda day: wording.day(day, year=False)


def _figures(view: View, wording: Wording, ledger: KnownLedger, report: DayReport) -> Spans:
    name = wording.say(SENTENCES["ledger"], actor=wording.actor(ledger.ledger.keeper))
    total, day = report.figure, _day(wording, report)
    if not total:
        none = "ledger-none" if total == 0 else "ledger-unstated"
        return wording.say(SENTENCES[none], day=day, ledger=name)
    placed = [(area, count) for area, count in report.counts if area]
    places = [f"{_area(view, wording, area)} {count}" for area, count in placed]
    if places and (rest := total - sum(count for _, count in placed)) > 0:
        places.append(f"{wording.plain(SENTENCES['unplaced'])} {rest}")
    said = wording.say(SENTENCES["ledger-day"], day=day, ledger=name, n=total)
    if not places:
        return said
    inside = (Span(text=" ("), Span(text=wording.comma.join(places), look=Look.NAME), Span(text=")."))
    return (*said[:-1], Span(text=said[-1].text.rstrip(".")), *inside)


def _area(view: View, wording: Wording, slug: str) -> str:
    area = view.known.areas.get(slug)
    if area is None:
        return slug
    return next((n.text for n in area.names if n.language == wording.language), area.names[0].text)


def _sources(view: View, report: DayReport, language: str) -> list[Spans]:
    held = claim_of(view, report.source) if report.source else None
    if held is not None:
        return [(Span(text=chain_text(view, held, language), look=Look.WORDS, language=language),)]
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
            yield (Span(text=wording.short_days(begun, day), look=Look.NAME),)
            begun = days[n + 1] if n + 1 < len(days) else day
