"""Say once, at the head of a paper, how far its clock is from UTC, where it is the same throughout."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import TypeVar

from goodoffices.reports.papers.localization import Wording, offset_text
from goodoffices.reports.papers.paper import Look, Paper, Span
from goodoffices.talks.base.local_time import in_zone
from goodoffices.talks.state.view import View

SENTENCES: Mapping[str, str] = {"all-times": "All times: {offset}."}
"""What the head says. It is a message of the catalogues."""
T = TypeVar("T")


def constant_offset(view: View) -> str:
    """Return the distance from UTC that holds in every month of the talks; empty where summer time changes it."""
    if not len(view.notices):
        return ""
    first, last = (in_zone(view.notices[k].when, view.zone).year for k in (0, -1))
    months = [datetime(year, n, 1, tzinfo=UTC) for year in range(first - 1, last + 2) for n in range(1, 13)]
    found = {offset_text(in_zone(month, view.zone)) for month in months}
    return found.pop() if len(found) == 1 else ""


def paper_in_one_zone(make: Callable[[Wording], Paper], view: View, language: str, calendar: str = "") -> Paper:
    """Return a paper with the distance from UTC once in its head.

    Where it differs within the paper, as when summer time ends, it stands beside each time.
    """
    paper, offset = in_one_zone(make, view, language, calendar)
    if not offset:
        return paper
    said = Wording(view, language).say(SENTENCES["all-times"], offset=(Span(text=offset, look=Look.NAME),))
    return replace(paper, head=(*paper.head, said))


def in_one_zone(make: Callable[[Wording], T], view: View, language: str, calendar: str = "") -> tuple[T, str]:
    """Return what is made with a wording, and the distance from UTC that was left out in it; empty for none."""
    w = Wording(view, language, calendar=calendar, zone_once=True)
    made = make(w)
    if len(w.offsets) > 1:
        return make(Wording(view, language, calendar=calendar)), ""
    return made, next(iter(w.offsets), "")
