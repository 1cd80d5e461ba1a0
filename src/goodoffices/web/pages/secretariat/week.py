"""The week in one document, for this seat: shown as it would be printed, and saved as a file."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from urllib.parse import urlencode

from markupsafe import Markup

from goodoffices.errors import ScenarioError
from goodoffices.phrases.phrase import Phrase
from goodoffices.reports.papers.page_file import inner_html
from goodoffices.reports.papers.paper import Paper, text_of
from goodoffices.reports.week.span import DAYS, Week, week_of
from goodoffices.reports.week.week_paper import Note, week_paper
from goodoffices.talks.base.local_time import end_of_day
from goodoffices.talks.state.view import View
from goodoffices.web.http.whole_numbers import whole_number
from goodoffices.web.pages.page import Data, Page, PageContext

_MOST_DAYS = 31
_LONGEST = 120


def asked_span(view: View, asked: Mapping[str, tuple[str, ...]]) -> Week:
    """Return the span of the note that an address asks for; errors as `asked_week`."""
    text = asked.get("until", ("",))[0].strip()
    until = None
    if text:
        try:
            until = end_of_day(date.fromisoformat(text), view.zone)
        except ValueError as error:
            raise ScenarioError(
                Phrase("the last day is not a day of the calendar; write it like 2017-01-29")
            ) from error
    days = whole_number(asked.get("days", ("",))[0].strip()) or DAYS
    return week_of(view, until=until, days=min(max(days, 1), _MOST_DAYS))


def asked_week(view: View, asked: Mapping[str, tuple[str, ...]], language: str, calendar: str = "") -> Paper:
    """Return the note that an address asks for: its last day, its days, whom it is for and from.

    Raises
    ------
    ScenarioError
        If the day is not a day of the calendar.
    """

    def one(name: str) -> str:
        return asked.get(name, ("",))[0][:_LONGEST].strip()

    span = asked_span(view, asked)
    note = Note(
        reader=one("for") or view.name(view.seat, language), sender=one("from"), confidences=one("bare") != "yes"
    )
    return week_paper(view, span, note, language, calendar)


def _week(context: PageContext, _: str) -> Data | None:
    try:
        span = asked_span(context.view, context.asked)
        paper = asked_week(context.view, context.asked, context.language)
    except ScenarioError:
        return None
    names = ("until", "days", "for", "from", "bare")
    return {
        "title": text_of(paper.title),
        "paper": Markup(inner_html(paper)),  # noqa: S704 - it is escaped there
        "query": urlencode([(name, context.one(name)) for name in names if context.one(name)]),
        "asked": {name: context.one(name) for name in names},
        "days": DAYS,
        "until": span.last if context.one("until") else span.until,
        "is_asked": bool(context.one("until")),
    }


WEEK = Page(
    path="week",
    template="week.html",
    title="The week in one document",
    parts=("ask", "week"),
    data=_week,
    under="minutes",
)
