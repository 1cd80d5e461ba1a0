"""Lists of one view as a spreadsheet: actors, positions, commitments, stances, attendance, journal."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime

from goodoffices.errors import UnknownWordError
from goodoffices.formats.workbooks.workbook_file import Cell, List, xlsx_of
from goodoffices.languages import direction
from goodoffices.reports.lists.notices import from_paper, notice_said
from goodoffices.reports.lists.sentences import SENTENCES
from goodoffices.reports.minutes.sentences import SENTENCES as MINUTES
from goodoffices.reports.papers.localization import Wording
from goodoffices.reports.papers.paper import text_of
from goodoffices.reports.papers.stated_dates import author_in_words, stated_date
from goodoffices.reports.provenance import on_whose_words
from goodoffices.reports.tables import capital
from goodoffices.reports.week.record_events import RecordEvents
from goodoffices.reports.week.span import week_of
from goodoffices.reports.week.week_due import conditional
from goodoffices.reports.week.week_minutes import minutes_had
from goodoffices.talks.claims.known_dates import dates_in_force
from goodoffices.talks.commitments.outcomes import outcome
from goodoffices.talks.commitments.queries import condition_and_due
from goodoffices.talks.model.obligations import DueDate
from goodoffices.talks.state.known_meetings import KnownCopy, MinutesTodo
from goodoffices.talks.state.view import View

Rows = Iterator[tuple[Cell, ...]]


def lists_file(view: View, names: tuple[str, ...] = (), language: str = "en") -> bytes:
    """Return lists of a view as an ``.xlsx`` file: those that are named, or all.

    Raises
    ------
    UnknownWordError
        If there is no list of a name.
    """
    wording = Wording(view, language)
    for name in names:
        if name not in LISTS:
            raise UnknownWordError("list", name, tuple(LISTS))
    chosen = names or tuple(LISTS)
    note = wording.plain(SENTENCES["zone"], zone=view.zone, seat=view.name(view.seat, wording.language))
    made = []
    for name in chosen:
        columns, rows = LISTS[name]
        headings = tuple(wording.plain(SENTENCES[column]) for column in columns)
        made.append(
            List(name=wording.plain(SENTENCES[name]), columns=headings, rows=tuple(rows(view, wording)), note=note)
        )
    return xlsx_of(view.known.header.title, made, is_rtl=direction(wording.language) == "rtl")


def _moment(wording: Wording, at: datetime) -> str:
    return text_of(wording.when(at))


def _actors(view: View, wording: Wording) -> Rows:
    for actor in view.known.actors.values():
        first = actor.name(wording.language)
        others = "; ".join(name.text for name in actor.names if name.text != first)
        parent = "" if actor.part_of is None else view.name(actor.part_of, wording.language)
        yield first, others, wording.word("actor", actor.kind), parent


def _positions(view: View, wording: Wording) -> Rows:
    events = RecordEvents(view, week_of(view), wording, confidences=True)
    for said in view.known.positions:
        words = text_of(events.words_of(said))
        actor = view.name(said.actor, wording.language)
        yield actor, text_of(events.issue(said.issue)), words, _moment(wording, said.at)


def _commitments(view: View, wording: Wording) -> Rows:
    for held in view.known.commitments.values():
        plan = held.commitment
        who = "; ".join(view.name(actor, wording.language) for actor in plan.obligors)
        condition, in_words = condition_and_due(plan)
        dates = dates_in_force(plan.due, held.moved_to)
        due = "; ".join(_due(wording, one, is_rival=len({other.due for other in dates}) > 1) for one in dates)
        what = text_of(conditional(wording, plan.what, condition))
        reports = [
            f"{view.name(report.by, wording.language)}: {wording.word('report', report.state)}"
            for report in held.reports
        ]
        came = outcome(view.known, held)
        if came.state != "open" or came.happenings or not reports:
            state = "reported" if came.state == "open" and came.happenings else came.state
            reports.append(wording.plain(SENTENCES[f"came-{state}"]))
        words = on_whose_words(view, plan.claims) if plan.claims else ""
        yield capital(who), what, due or in_words, "; ".join(reports), words
    for copy in minutes_had(view):
        for todo, body in zip(copy.todos, copy.todo_words, strict=True):
            who = "–" if todo.who is None else capital(view.name(todo.who, wording.language))
            words = text_of(wording.words(body, MINUTES["gone"]))
            source = wording.plain(SENTENCES["from-minutes"], title=copy.title)
            yield who, words, _todo_due(wording, copy, todo), wording.plain(SENTENCES["came-open"]), source


def _due(wording: Wording, one: DueDate, *, is_rival: bool) -> str:
    """Return a due date; where dates differ, with whose it is."""
    said = _moment(wording, one.due) if isinstance(one.due, datetime) else text_of(wording.day(one.due))
    return f"{said} ({text_of(author_in_words(wording, stated_date(one)))})" if is_rival else said


def _todo_due(wording: Wording, copy: KnownCopy, todo: MinutesTodo) -> str:
    """Return by when minutes want something done, and that the line it comes from was corrected."""
    said = "" if todo.by is None else _moment(wording, todo.by)
    is_corrected = copy.corrections_of(todo.line)
    return wording.plain(SENTENCES["corrected-line"], when=said or "–") if is_corrected else said


def _stances(view: View, wording: Wording) -> Rows:
    known = view.known
    for stance in known.stances.values():
        version = known.versions.get(stance.version or "")
        numbers = dict(zip(version.clauses, version.numbers, strict=True)) if version is not None else {}
        parts = ", ".join(numbers.get(clause, clause) for clause in stance.parts)
        actor = view.name(stance.actor, wording.language)
        yield actor, stance.version or "", wording.word("stance", stance.kind), parts, _moment(wording, stance.at)


def _attendance(view: View, wording: Wording) -> Rows:
    for session in view.known.sessions.values():
        marks = dict(session.presence)
        begins = session.opened_at or session.starts_at
        day = "" if begins is None else _moment(wording, begins)
        for seat in session.participants:
            mark = wording.word("mark", marks[seat]) if seat in marks else ""
            yield session.title, day, view.name(seat, wording.language), mark


def _journal(view: View, wording: Wording) -> Rows:
    for notice in view.notices:
        by = view.name(notice.by, wording.language) if notice.by else ""
        copied = from_paper(wording, notice)
        said = f"{notice_said(wording, notice)} ({copied})" if copied else notice_said(wording, notice)
        yield notice.n, _moment(wording, notice.when), by, said


LISTS: Mapping[str, tuple[tuple[str, ...], Callable[[View, Wording], Rows]]] = {
    "actors": (("name", "names", "kind", "part-of"), _actors),
    "positions": (("actor", "issue", "position", "when"), _positions),
    "commitments": (("who", "what", "due", "state", "source"), _commitments),
    "stances": (("actor", "version", "stance", "clauses", "when"), _stances),
    "attendance": (("session-column", "when", "delegation", "mark"), _attendance),
    "journal": (("number", "when", "who", "what"), _journal),
}
"""The columns of each list, and what gives its rows."""
