"""The journal of a round file: what was done, day by day, and what the talks began with, kind by kind.

The acts with which talks open are as many as the rows of their file. They have one moment, which says nothing of them,
so each stands with its own date, apart from what was done since.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from itertools import groupby
from typing import Any

from goodoffices.reports.lists.notices import filled, from_paper, notice_said
from goodoffices.reports.lists.sentences import SENTENCES as LIST_WORDS
from goodoffices.reports.lists.thing_names import thing_named
from goodoffices.reports.messages.act_sentences import ACT_NAMES, told
from goodoffices.reports.papers.localization import Wording
from goodoffices.reports.papers.paper import text_of
from goodoffices.reports.provenance import on_whose_word
from goodoffices.reports.rounds.sentences import SENTENCES
from goodoffices.reports.tables import capital
from goodoffices.talks.base.local_time import local_day
from goodoffices.talks.base.serialization import from_plain, parse_instant
from goodoffices.talks.claims.as_of import talks_time
from goodoffices.talks.earlier_views import stands
from goodoffices.talks.model.ceasefire import DayReport
from goodoffices.talks.state.slices import Notice
from goodoffices.talks.state.view import View

Table = dict[str, Any]
_ONE_LINE = frozenset({"ActorNamed", "AreaNamed", "SeatGiven", "SourceEntered"})
"""Kinds of which each tells a name and no more: all of them stand in one paragraph."""


def acts_by_day(view: View, w: Wording, notices: Iterable[Notice]) -> Iterator[Table]:
    """Yield a table for each day: number, hour, who, what."""
    columns = [w.plain(LIST_WORDS[name]) for name in ("number", "when", "who", "what")]
    for day, acts in groupby(notices, key=lambda notice: _day(view, notice)):
        rows = [_row(view, w, [*same]) for _, same in groupby(acts, key=_together)]
        yield {"title": text_of(w.day(day)), "columns": columns, "rows": rows, "empty": "–"}


def begun_with(view: View, w: Wording) -> tuple[list[list[Any]], list[Table]]:
    """Return what the talks began with: paragraphs of names, and a table for each other kind, with the own dates."""
    columns = [w.plain(SENTENCES["dated"]), w.plain(LIST_WORDS["what"])]
    whose = [*columns, w.plain(LIST_WORDS["source"])]
    # What only says that something was set stands elsewhere in the file: the agenda, the formats.
    opening = [n for n in view.notices[: view.n_opening] if told(n, view.seat).fillings and stands(view, n)]
    names: list[list[Any]] = []
    tables: list[Table] = []
    for kind in dict.fromkeys(notice.kind for notice in opening):
        mine = [notice for notice in opening if notice.kind == kind]
        title = w.plain(ACT_NAMES[kind])
        if kind in _ONE_LINE:
            listed = dict.fromkeys(name for notice in mine for name in _names(w, notice))
            names.append([title, w.semicolon.join(listed), []])
            continue
        mine.sort(key=lambda notice: (str(_dated(notice) or "~"), notice.n))
        if kind in _CLAIMED:
            rows = [[_own_day(w, one), notice_said(w, one), _word(view, one)] for one in mine]
        else:
            rows = [[_own_day(w, one), f"{notice_said(w, one)}{_figure(w, one)}"] for one in mine]
        tables.append({"title": title, "columns": whose if kind in _CLAIMED else columns, "rows": rows, "empty": "–"})
    return names, tables


def _day(view: View, notice: Notice) -> date:
    return local_day(talks_time(view, notice.when), view.zone)


def _together(notice: Notice) -> tuple[object, ...]:
    """Return by what notices make one row: a whole table that is marked at once, else each for itself."""
    data = notice.data
    if notice.kind == "AttendanceMarked":
        return notice.kind, notice.by, notice.at, data.get("session"), data.get("mark")
    return (notice.n,)


def _row(view: View, w: Wording, notices: list[Notice]) -> list[str]:
    first, last = notices[0], notices[-1]
    at, said = w.clock(talks_time(view, first.when)), _said(w, first)
    if first is last:
        return [str(first.n), at, _by(w, first), said]
    seats = w.listed(w.seat(notice.data["who"]) for notice in notices)
    marked = w.plain(SENTENCES["marked"], mark=w.word("mark", first.data["mark"]), seats=text_of(seats))
    said = f"{thing_named(w, first.data['session'])}{w.comma}{marked}"
    return [f"{first.n}–{last.n}", at, _by(w, first), said]


def _word(view: View, notice: Notice) -> str:
    field, name = _CLAIMED[notice.kind]
    slug = notice.data[field].get(name)
    return on_whose_word(view, slug) if slug else "–"


def _figure(w: Wording, notice: Notice) -> str:
    """Return what a bulletin states as its total, after the notice of it."""
    if notice.kind != "DayReported":
        return ""
    figure = from_plain(DayReport, notice.data["report"]).figure
    return f": {w.plain(SENTENCES['no-figure'])}" if figure is None else f": {figure:,}"


def _by(w: Wording, notice: Notice) -> str:
    return capital(w.view.name(notice.by, w.language)) if notice.by else "–"


def _said(w: Wording, notice: Notice) -> str:
    copied = from_paper(w, notice)
    return f"{notice_said(w, notice)} ({copied})" if copied else notice_said(w, notice)


def _names(w: Wording, notice: Notice) -> list[str]:
    return [capital(filled(w, one)) for one in told(notice, w.view.seat).fillings.values()]


def _dated(notice: Notice) -> date | datetime | None:
    """Return the day or moment that the thing itself bears, if it bears one."""
    for way in _DATES.get(notice.kind, ()):
        found: Any = notice.data
        for step in way:
            found = found.get(step) if isinstance(found, Mapping) else None
        if isinstance(found, str):
            return date.fromisoformat(found) if len(found) == len("2017-01-23") else parse_instant(found)
    return None


def _own_day(w: Wording, notice: Notice) -> str:
    found = _dated(notice)
    if found is None:
        return "–"
    return text_of(w.when(found) if isinstance(found, datetime) else w.day(found))


_CLAIMED: Mapping[str, tuple[str, str]] = {
    "InvitationMade": ("offer", "claim"),
    "RecognitionStated": ("recognition", "claim"),
    "RoleClaimed": ("role", "claim"),
}
"""The kinds of things that somebody says, and where the claim is named."""
_DATES: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "ActorChanged": (("change", "when"),),
    "ClaimEntered": (("claim", "asserted_on"), ("claim", "when_from"), ("claim", "when_to")),
    "DayReported": (("report", "day"),),
    "GuaranteeGiven": (("guarantee", "since"),),
    "RecognitionStated": (("recognition", "since"),),
    "RoleClaimed": (("role", "since"),),
    "SessionPlanned": (("starts_at",),),
}
"""Where the own date of a thing stands in the act that tells of it, the first choice first."""
