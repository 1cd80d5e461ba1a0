"""Minutes as a paper: what one reader was sent, or what it would be sent of a note that is still a draft.

Lines are numbered from 1 in each version, and no time stands beside a line. What a reader may not see is decided where
the copy is made; here nothing is left out and nothing is added.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from goodoffices.errors import ScenarioError, quoted
from goodoffices.reports.minutes.sentences import ONE_CORRECTION, SENTENCES
from goodoffices.reports.papers.localization import Wording
from goodoffices.reports.papers.one_zone import paper_in_one_zone
from goodoffices.reports.papers.paper import Block, Grid, Heading, Look, Paper, Paragraph, Sentence, Span, Spans
from goodoffices.reports.tables import capital
from goodoffices.talks.base.acts import PUBLIC
from goodoffices.talks.base.enums import Kind, MinutesRule, NoteLevel
from goodoffices.talks.base.states import Attribution, MinutesState
from goodoffices.talks.notes.lines import notes_of
from goodoffices.talks.notes.versions import copy_for
from goodoffices.talks.state.known_meetings import KnownCopy, MinutesLine, MinutesTodo
from goodoffices.talks.state.view import View

TEAM = "team"
"""The reader that is the mediation team as a whole."""


def copy_paper(view: View, handle: str, language: str = "en", calendar: str = "") -> Paper:
    """Return the paper of a copy of minutes that this view has.

    Raises
    ------
    ScenarioError
        If the view has no such copy.
    """
    return paper_in_one_zone(lambda w: minutes_with(w, handle), view, language, calendar)


def minutes_with(wording: Wording, handle: str) -> Paper:
    """Return the paper of a copy of minutes as a part of another paper; errors as `copy_paper`."""
    copy = wording.view.known.copies.get(handle)
    if copy is None:
        raise ScenarioError(f"there are no minutes called {handle!r} here; the record shows which were sent to you")
    return _Minutes(wording).paper(copy)


def newest_copies(view: View) -> tuple[KnownCopy, ...]:
    """Return the copies of minutes for this seat that no later copy took the place of, newest first."""
    mine = (copy for copy in view.known.copies.values() if copy.reader == view.seat)
    return tuple(copy for copy in reversed([*mine]) if copy.state is not MinutesState.REPLACED)


def draft_paper(view: View, session: str, reader: str, language: str = "en", calendar: str = "") -> Paper:
    """Return what a reader would be sent of the note that this seat took of a session.

    Parameters
    ----------
    view
        The view of who took the note.
    session
        The handle of the session.
    reader
        A seat, ``team`` for the mediation team, or ``public``.
    language
        The language of all that is not a person's words.

    Raises
    ------
    ScenarioError
        If the view has no such session, or no line of a note on it.
    """
    held = view.known.sessions.get(session)
    if held is None:
        raise ScenarioError(f"there is no session {quoted(session)} here; {known_sessions(view)}")
    notes = notes_of(view.known, session)
    if not notes:
        raise ScenarioError(f"there is no note of session {session!r} here; take note of it first")
    if reader == PUBLIC:
        return paper_in_one_zone(lambda w: _Minutes(w).public(session), view, language, calendar)
    text = copy_for(view.known, held, notes, reader, is_team=reader == TEAM)
    draft = KnownCopy(
        handle="",
        by=view.seat,
        reader=reader,
        at=notes[-1].at,
        until=notes[-1].at,
        rule=MinutesRule.NO_OBJECTION,
        session=session,
        title=held.title,
        chair=held.chair,
        began_at=held.opened_at,
        ended_at=held.closed_at,
        lines=text.lines,
        words=text.words,
        todos=text.todos,
        todo_words=text.todo_words,
        present=text.present,
        is_team=reader == TEAM,
        format=held.format,
        place=held.room,
    )
    return paper_in_one_zone(lambda w: _Minutes(w).paper(draft), view, language, calendar)


def known_sessions(view: View) -> str:
    """Return which sessions a view knows, each with its name and title, as the end of a refusal."""
    listed = [f"{held.handle} ({held.title})" for held in view.known.sessions.values()]
    return f"the sessions are {', '.join(listed)}" if listed else "no session has been planned yet"


class _Minutes:
    """Minutes in one language."""

    def __init__(self, wording: Wording) -> None:
        self.view, self.w = wording.view, wording

    def paper(self, copy: KnownCopy) -> Paper:
        is_exercise = self.view.known.header.kind is Kind.EXERCISE
        blocks = [*self.lines(copy), *self.todos(copy)]
        if not copy.lines:
            blocks = [Paragraph(sentences=(Sentence(spans=self.say("no-line")),))]
        return Paper(
            language=self.w.language,
            title=self.say("title", title=copy.title),
            band=self.plain("exercise") if is_exercise else "",
            head=(*self.head(copy),),
            blocks=tuple(blocks),
            foot=(*self.foot(copy),),
            page=self.plain("page"),
        )

    def say(self, key: str, **values: Spans | str) -> Spans:
        return self.w.say(SENTENCES[key], **values)

    def plain(self, key: str) -> str:
        return self.w.plain(SENTENCES[key])

    def head(self, copy: KnownCopy) -> Iterator[Spans]:
        if copy.reader == TEAM:
            yield (*self.say("for-the-team"), Span(text=" · "), *self.state(copy))
        else:
            named = self.say("for-team" if copy.is_team else "for", reader=self.w.seat(copy.reader, Look.STRONG_NAME))
            yield (*named, Span(text=" · "), *self.state(copy))
        if copy.began_at is not None and copy.ended_at is not None:
            begin, end = self.w.clock(copy.began_at), self.w.when(copy.ended_at, day=False)
            yield self.say("times", day=self.w.day(copy.began_at), begin=begin, end=end)
        elif copy.began_at is not None:
            yield self.w.when(copy.began_at)
        setting = self.setting(copy)
        if setting:
            yield setting
        if copy.present:
            yield self.say("present", seats=self.w.listed(self.w.seat(seat) for seat in copy.present))

    def setting(self, copy: KnownCopy) -> Spans:
        """Return in which form the session was held, who was in the chair, and where, as far as the reader knows."""
        session = self.view.known.sessions.get(copy.session or "")
        rooms = {line.room for line in copy.lines}
        parts: list[Spans] = []
        # Of the mediation team a reader can have minutes of a session that it was not told of.
        form = copy.format if session is None else session.format
        place = copy.place if session is None else session.room
        if form is not None:
            parts.append(self.say("format", format=self.w.word("format", form)))
        if copy.chair:
            parts.append(self.say("chair", seat=self.w.seat(copy.chair)))
        if place:
            parts.append(self.say("place", place=(Span(text=place, look=Look.NAME),)))
        if len(rooms) == 1 and rooms != {""}:
            parts.append((Span(text=f"{self.room(rooms.pop())}."),))
        return tuple(span for n, part in enumerate(parts) for span in ((Span(text=" "),) if n else ()) + part)

    def state(self, copy: KnownCopy) -> Spans:
        if not copy.handle:
            return (Span(text=self.plain("draft"), look=Look.STRONG),)
        if copy.approved_at is not None:
            return self.say("approved", at=self.w.when(copy.approved_at))
        key = "again" if copy.is_again else "circulated"
        return self.say(key, at=self.w.when(copy.at), until=self.w.when(copy.until))

    def lines(self, copy: KnownCopy) -> Iterator[Block]:
        is_divided = len({line.room for line in copy.lines}) > 1
        before: str | None = None
        for n, line in enumerate(copy.lines, start=1):
            # A new heading at each change of room: the numbers of the lines go on in their order.
            if is_divided and line.room != before:
                yield Heading(text=self.room(line.room))
            before = line.room
            yield self.line(copy, n, line)

    def room(self, name: str) -> str:
        return self.w.plain(SENTENCES["room"], room=name) if name else self.plain("other-room")

    def line(self, copy: KnownCopy, n: int, line: MinutesLine) -> Paragraph:
        words = self.w.words(copy.words[n - 1], SENTENCES["gone"])
        if line.is_decision and line.attribution is Attribution.NAMED:
            spans = self.say("decided", words=words)
        elif line.attribution is Attribution.NAMED and line.speaker == copy.reader and not copy.is_team:
            spans = self.say("own", words=words)
        elif line.attribution is Attribution.NAMED and line.speaker is not None:
            spans = self.say("said", speaker=self.w.seat(line.speaker, Look.STRONG_NAME), words=words)
        elif line.attribution is Attribution.OWN:
            spans = (*self.say("own", words=words), Span(text=self.plain("own-quiet"), look=Look.QUIET))
        elif line.attribution is Attribution.ONE_DELEGATION:
            spans = self.say("one-delegation", words=words)
        else:
            spans = self.say("decided" if line.is_decision else "point", words=words)
        if copy.is_team and line.level in (NoteLevel.DELEGATION, NoteLevel.UNATTRIBUTED):
            spans = (*spans, Span(text=self.plain(f"level-{line.level.value}"), look=Look.QUIET))
        return Paragraph(sentences=(Sentence(spans=spans),), number=n, beside=tuple(self.beside(copy, n)))

    def beside(self, copy: KnownCopy, n: int) -> Iterator[Spans]:
        found = copy.corrections_of(n)
        for one, body in found:
            words = self.w.words(body, SENTENCES["gone"])
            key = "correction-own" if one.by == copy.reader else "correction-by"
            seat = {} if one.by is None or one.by == copy.reader else {"seat": self.w.seat(one.by)}
            if one.by is not None and one.at is not None:
                yield self.say(f"{key}-at", at=self.w.when(one.at), words=words, **seat)
            elif one.by is not None:
                yield self.say(key, words=words, **seat)
            else:
                yield self.say("correction", words=words)
        if len(found) > 1:
            yield self.say("unsettled")

    def todos(self, copy: KnownCopy) -> Iterator[Block]:
        if not copy.todos:
            return
        yield Heading(text=self.plain("todo"))
        yield Grid(
            columns=(self.plain("who"), self.plain("what"), self.plain("by-when")),
            rows=tuple(
                (
                    () if todo.who is None else self.titled(todo.who),
                    self.w.words(body, SENTENCES["gone"]),
                    () if todo.by is None else self.due(copy, todo, todo.by),
                )
                for todo, body in zip(copy.todos, copy.todo_words, strict=True)
            ),
        )

    def titled(self, seat: str) -> Spans:
        """Return the name of a seat as it stands at the beginning of a row."""
        return tuple(replace(span, text=capital(span.text)) for span in self.w.seat(seat))

    def due(self, copy: KnownCopy, todo: MinutesTodo, by: datetime) -> Spans:
        """Return by when something is to be done, and what in these minutes speaks against that time."""
        said = self.w.when(by)
        if copy.corrections_of(todo.line):
            said = self.say("todo-corrected", when=said, n=(Span(text=str(todo.line), look=Look.NAME),))
        if copy.approved_at is not None and by <= copy.approved_at:
            said = self.say("todo-late", when=said)
        return said

    def foot(self, copy: KnownCopy) -> Iterator[Spans]:
        if copy.corrections:
            yield self.w.count(len(copy.corrections), *ONE_CORRECTION)
            yield self.say("read-correction")
        if any(line.attribution is Attribution.POINT and not line.is_decision for line in copy.lines):
            yield self.say("read-unnamed")
        if any(line.attribution is Attribution.ONE_DELEGATION for line in copy.lines):
            yield self.say("read-delegation")
        if copy.approved_at is not None:
            # Before its time is over a version is approved only if nobody kept silent.
            if copy.rule is MinutesRule.EACH_AGREES or copy.approved_at <= copy.until:
                yield self.say("foot-each")
            else:
                yield self.say("foot-no-objection", until=self.w.when(copy.until))
            yield self.say("signature", seat=self.w.seat(copy.chair))
        elif copy.handle and copy.may_correct:
            yield self.say("foot-correct", until=self.w.when(copy.until))
            yield self.say("foot-silence" if copy.rule is MinutesRule.NO_OBJECTION else "foot-answer")
        elif copy.handle:
            yield self.say("foot-absent")

    def public(self, handle: str) -> Paper:
        """Return the version for the public: what was discussed, when, under whom; the same whatever was said."""
        session = self.view.known.sessions[handle]
        day = session.opened_at or session.starts_at
        line = self.say(
            "public-line",
            title=session.title,
            day="–" if day is None else self.w.day(day),
            seat=self.w.seat(session.chair),
        )
        is_exercise = self.view.known.header.kind is Kind.EXERCISE
        return Paper(
            language=self.w.language,
            title=self.say("title", title=session.title),
            band=self.plain("exercise") if is_exercise else "",
            head=(self.say("public"),),
            blocks=(Paragraph(sentences=(Sentence(spans=line), Sentence(spans=self.say("public-end")))),),
            page=self.plain("page"),
        )
