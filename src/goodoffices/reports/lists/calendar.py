"""The calendar of one seat: sessions, rounds, silences, due dates; write only, with names that stay the same.

An entry is named by the seat's own handle, so that the calendars of two seats cannot be joined by it. A later export
moves an entry and does not make a second one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from hashlib import sha256
from textwrap import shorten

from goodoffices.formats.calendars.ics_file import CalendarEntry, ics_of
from goodoffices.reports.lists.sentences import SENTENCES
from goodoffices.reports.minutes.sentences import SENTENCES as MINUTES
from goodoffices.reports.papers.localization import Wording
from goodoffices.reports.papers.paper import text_of
from goodoffices.reports.papers.stated_dates import author_in_words, stated_date
from goodoffices.reports.provenance import on_whose_word
from goodoffices.reports.week.week_due import conditional
from goodoffices.reports.week.week_minutes import minutes_had
from goodoffices.talks.base.enums import Kind
from goodoffices.talks.base.states import MinutesState, QuestionState, SessionState
from goodoffices.talks.claims.known_dates import dates_in_force
from goodoffices.talks.commitments.outcomes import is_settled
from goodoffices.talks.commitments.queries import condition_and_due
from goodoffices.talks.model.obligations import DueDate
from goodoffices.talks.model.rounds import PlannedDate
from goodoffices.talks.state.view import View

_LONGEST_TITLE = 120
"""How many characters of what is owed stand in the title of an entry; its description has the whole."""


def calendar_file(view: View, language: str = "en") -> bytes:
    """Return the calendar of the seat whose view this is, as an ``.ics`` file."""
    return _Calendar(view, language).file()


class _Calendar:
    def __init__(self, view: View, language: str) -> None:
        self.view, self.w = view, Wording(view, language)
        self.stamp = view.notices[-1].when if len(view.notices) else datetime(2000, 1, 1, tzinfo=UTC)
        self.record = view.heads[0].hex() if len(view.heads) else view.head

    def file(self) -> bytes:
        header = self.view.known.header
        name = self.say("calendar", title=header.title, seat=self.view.name(self.view.seat, self.w.language))
        return ics_of(name, [*self.sessions(), *self.rounds(), *self.silences(), *self.endings(), *self.due()])

    def say(self, key: str, **values: object) -> str:
        return self.w.plain(SENTENCES[key], **values)

    def entry(self, thing: str, title: str, when: datetime | date, **more: object) -> CalendarEntry:
        named = sha256(f"goodoffices/calendar/1\n{self.record}\n{self.view.seat}\n{thing}".encode()).hexdigest()[:32]
        is_exercise = self.view.known.header.kind is Kind.EXERCISE
        shown = f"{self.say('exercise')} · {title}" if is_exercise else title
        return CalendarEntry(uid=f"{named}@good-offices.invalid", title=shown, when=when, stamp=self.stamp, **more)  # type: ignore[arg-type]

    def sessions(self) -> Iterator[CalendarEntry]:
        for session in self.view.known.sessions.values():
            if session.starts_at is not None and session.state != SessionState.CLOSED:
                edge = "~ " if session.is_invented else ""
                notes = [self.say("no-end")] if session.ends_at is None else []
                notes += [self.say("invented")] if session.is_invented else []
                title = f"{edge}{self.say('session', title=session.title)}"
                yield self.entry(
                    session.handle, title, session.starts_at, takes_time=True, is_open=session.is_invented,
                    until=session.ends_at, place=session.room, note=" ".join(notes),
                )  # fmt: skip

    def rounds(self) -> Iterator[CalendarEntry]:
        """Yield the dates of each round; the date by one author is one entry, which moves with that author's word."""
        for held in self.view.known.rounds.values():
            plan = held.round
            title = self.say("round", title=plan.title)
            if plan.opened is not None:
                yield self.entry(held.handle, title, plan.opened, last=plan.closed or plan.opened, place=plan.place)
                continue
            dates = dates_in_force(plan.planned, held.moved_to)
            for key, one in zip(_keys(held.handle, dates), dates, strict=True):
                moves = sum(other.by == one.by for other in plan.planned) - 1 + (held.moved_to is not None)
                whose = text_of(author_in_words(self.w, stated_date(one)))
                note = self.say("by", actor=whose) if one.by is not None or one.claim is not None else ""
                yield self.entry(
                    key, title, one.start, last=one.end or one.start, place=plan.place, note=note, moves=max(moves, 0),
                    is_open=len(dates) > 1,
                )  # fmt: skip

    def silences(self) -> Iterator[CalendarEntry]:
        known = self.view.known
        for question in known.questions.values():
            if question.state == QuestionState.OPEN and question.ends_at is not None:
                yield self.entry(question.handle, self.say("question", handle=question.handle), question.ends_at)
        for copy in known.copies.values():
            if copy.reader == self.view.seat and copy.state is MinutesState.CIRCULATED:
                yield self.entry(copy.handle, self.say("minutes", title=copy.title), copy.until)

    def endings(self) -> Iterator[CalendarEntry]:
        """Yield when clearances and papers end."""
        known = self.view.known
        for given in known.clearances.values():
            if given.until is not None and not given.ended:
                yield self.entry(given.handle, self.say("clearance", handle=given.handle), given.until)
        for item in known.items.values():
            if item.lapses_at is not None and item.ended is None:
                yield self.entry(item.handle, self.say("lapses", item=item.handle), item.lapses_at)

    def due(self) -> Iterator[CalendarEntry]:
        for held in self.view.known.commitments.values():
            plan = held.commitment
            if is_settled(self.view.known, held):
                continue
            dates = dates_in_force(plan.due, held.moved_to)
            for key, one in zip(_keys(held.handle, dates), dates, strict=True):
                moves = sum(other.by == one.by for other in plan.due) - 1 + (held.moved_to is not None)
                owed = text_of(conditional(self.w, plan.what, condition_and_due(plan)[0]))
                title = self.say("commitment", what=shorten(owed, _LONGEST_TITLE, placeholder=" …"))
                who = "; ".join(self.view.name(actor, self.w.language) for actor in plan.obligors)
                word = one.claim or next(iter(plan.claims), None)
                whole = f"{owed} " if title.endswith(" …") else ""
                note = f"{whole}{who}. {on_whose_word(self.view, word)}"
                yield self.entry(key, title, one.due, note=note, moves=max(moves, 0))
        for copy in minutes_had(self.view):
            for n, (todo, body) in enumerate(zip(copy.todos, copy.todo_words, strict=True)):
                if todo.by is not None:
                    what = text_of(self.w.words(body, MINUTES["gone"]))
                    title = self.say("to-do", what=shorten(what, _LONGEST_TITLE, placeholder=" …"))
                    who = "" if todo.who is None else f"{self.view.name(todo.who, self.w.language)}. "
                    note = f"{who}{self.say('from-minutes', title=copy.title)}"
                    yield self.entry(f"{copy.session or copy.handle} to do {n}", title, todo.by, note=note)


def _keys(handle: str, dates: Sequence[PlannedDate | DueDate]) -> list[str]:
    """Return what tells the dates of one thing apart for good: their author, else the claim that states them.

    The first date without an author has the handle alone, as it would have with no other beside it.
    """
    made: list[str] = []
    for n, one in enumerate(dates):
        key = handle if one.by is None else f"{handle} {one.by}"
        made.append(f"{key} {one.claim or n}" if key in made else key)
    return made
