"""Minutes: those that were sent to this seat, and those that it sent, with what came back."""

from __future__ import annotations

from markupsafe import Markup

from goodoffices.reports.lists.sentences import SENTENCES as LIST_WORDS
from goodoffices.reports.lists.workbook import LISTS
from goodoffices.reports.minutes.minutes_paper import copy_paper, draft_paper, newest_copies
from goodoffices.reports.papers.page_file import inner_html
from goodoffices.reports.papers.paper import text_of
from goodoffices.talks.base.states import MinutesState
from goodoffices.talks.notes.minutes import AnswerMinutes, ApproveMinutes
from goodoffices.web.pages.page import Data, Page, PageContext


def _list(context: PageContext, _: str) -> Data:
    known = context.known
    noted = dict.fromkeys(note.session for note in known.notes.values())
    open_sessions = [s for s in known.sessions.values() if s.state != "closed"]
    return {
        "copies": newest_copies(context.view),
        "written": [m for m in reversed([*known.minutes.values()])],
        "noted": [(known.sessions[s], sum(n.session == s for n in known.notes.values())) for s in noted],
        "to_note": [s for s in open_sessions if s.handle not in noted] if context.has("TakeNote") else [],
        "lists": [(name, LIST_WORDS[name]) for name in LISTS],
        "titles": {s.handle: s.title for s in known.sessions.values()},
    }


def _copy(context: PageContext, handle: str) -> Data | None:
    copy = context.known.copies.get(handle)
    if copy is None:
        return None
    mine = copy.reader == context.seat
    return {
        "held": copy,
        "mine": mine,
        "paper": _paper(context, handle),
        "n_lines": len(copy.lines),
        "is_open": mine and copy.state is MinutesState.CIRCULATED and copy.may_correct,
        "is_late": context.at > copy.until,
        "why": context.would(AnswerMinutes(copy=handle, agrees=True)) if mine else None,
        "answered": copy.answers[-1] if copy.answers else None,
    }


def _paper(context: PageContext, handle: str) -> Markup:
    return Markup(inner_html(copy_paper(context.view, handle, context.language)))  # noqa: S704 - it is escaped there


def _written(context: PageContext, handle: str) -> Data | None:
    whole = context.known.minutes.get(handle)
    if whole is None:
        return None
    copies = [context.known.copies[copy] for copy in whole.copies]
    return {
        "whole": whole,
        "session": context.known.sessions[whole.session],
        "copies": copies,
        "sent": [(copy, one) for copy in context.known.copies.values() if copy.minutes == handle for one in copy.sent],
        "answers": {copy.reader: copy.answers[-1] for copy in copies if copy.answers},
        "why": context.would(ApproveMinutes(minutes=handle)),
    }


def _preview(context: PageContext, path: str) -> Data | None:
    session, reader = path.split("/")
    held = context.known.sessions.get(session)
    noted = any(note.session == session for note in context.known.notes.values())
    if held is None or not noted or reader not in ("team", "public", *held.participants):
        return None
    paper = draft_paper(context.view, session, reader, context.language)
    return {
        "session": held,
        "reader": reader,
        "title": text_of(paper.title),
        "paper": Markup(inner_html(paper)),  # noqa: S704 - it is escaped there
    }


MINUTES = Page(
    path="minutes",
    template="minutes.html",
    title="Notes and minutes",
    parts=("received", "written", "notes", "files"),
    data=_list,
    under="minutes",
)
MINUTES_COPY = Page(
    path="minutes/{}",
    template="minutes_copy.html",
    title="Notes and minutes",
    parts=("copy", "answer"),
    data=_copy,
    under="minutes",
    heading=lambda data: data["held"].title,
)
MINUTES_WRITTEN = Page(
    path="minutes/{}/sent",
    template="minutes_sent.html",
    title="Minutes that you sent",
    parts=("sent",),
    data=_written,
    under="minutes",
    heading=lambda data: data["session"].title,
)
MINUTES_PREVIEW = Page(
    path="notes/{}/as/{}",
    template="minutes_preview.html",
    title="Minutes as a draft",
    parts=("draft",),
    data=_preview,
    under="minutes",
    powers=("TakeNote",),
    heading=lambda data: data["title"],
)
