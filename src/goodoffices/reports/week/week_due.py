"""What fell due in the week of a note and is not done, and what is due after it, in order of time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta

from goodoffices.reports.papers.localization import Wording
from goodoffices.reports.papers.paper import Look, Span, Spans
from goodoffices.reports.papers.stated_dates import (
    SENTENCES as DATES,
    StatedDate,
    author_in_words,
    dates_in_words,
    is_past,
    stated_date,
)
from goodoffices.reports.provenance import chain_text, claim_of
from goodoffices.reports.tables import capital
from goodoffices.reports.week.sentences import SENTENCES
from goodoffices.reports.week.span import Week
from goodoffices.reports.week.week_minutes import all_have, minutes_had, minutes_source
from goodoffices.talks.base.local_time import local_day
from goodoffices.talks.base.states import MinutesState, QuestionState
from goodoffices.talks.claims.known_dates import dates_in_force
from goodoffices.talks.commitments.outcomes import is_settled
from goodoffices.talks.commitments.queries import condition_and_due
from goodoffices.talks.model.obligations import Commitment
from goodoffices.talks.state.known_meetings import KnownCopy, MinutesTodo
from goodoffices.talks.state.view import View

Told = tuple[Spans, tuple[Spans, ...]]
_AHEAD = timedelta(days=14)
"""How far ahead a date of the talks file may lie to be told: the next round is named before its week begins."""
_MOST = 6
_When = datetime | date
_Row = tuple[str, Spans, tuple[Spans, ...]]
"""A key to put things in the order of time, a sentence and its sources."""


def due_sentences(view: View, week: Week, wording: Wording, *, confidences: bool = True) -> Iterator[Told]:
    """Yield what is due, each with its date and whose date it is; rival dates of one thing stand together.

    Of what minutes leave to be done, without ``confidences`` only what all who were there have in their minutes.
    """
    every = [*_all(view, week, wording), *_of_minutes(view, week, wording, confidences=confidences)]
    rows = sorted(every, key=lambda row: row[0])
    for _, spans, sources in rows[:_MOST]:
        yield spans, sources
    if len(rows) > _MOST:
        yield wording.say(SENTENCES["more-due"], n=len(rows) - _MOST), ()


def _all(view: View, week: Week, wording: Wording) -> Iterator[_Row]:
    yield from _of_record(view, week, wording)
    yield from _of_file(view, week, wording)


def _of_record(view: View, week: Week, wording: Wording) -> Iterator[_Row]:
    """Yield what this record sets a moment for: sessions, questions, corrections."""
    plan = (wording.say(SENTENCES["source-plan"]),)
    for session in view.known.sessions.values():
        if session.starts_at is not None and _is_ahead(week, session.starts_at):
            edge = "~ " if session.is_invented else ""
            named = (Span(text=f"{edge}{session.title}", look=Look.NAME),)
            yield _row(view, week, wording, named, [StatedDate(when=session.starts_at)], plan)
    for question in view.known.questions.values():
        if question.state == QuestionState.OPEN and question.ends_at and _is_ahead(week, week.moment(question.ends_at)):
            what = wording.say(SENTENCES["due-question"], handle=question.handle)
            yield _row(view, week, wording, what, [StatedDate(when=week.moment(question.ends_at))])
    for copy in view.known.copies.values():
        until = week.moment(copy.until)
        if copy.reader == view.seat and copy.state is MinutesState.CIRCULATED and _is_ahead(week, until):
            what = wording.say(SENTENCES["due-minutes"], title=copy.title)
            yield _row(view, week, wording, what, [StatedDate(when=until)])


def _of_minutes(view: View, week: Week, wording: Wording, *, confidences: bool) -> Iterator[_Row]:
    """Yield what the newest minutes leave to be done, with a date, and what of it was due in the week."""
    for copy in minutes_had(view):
        for todo, body in zip(copy.todos, copy.todo_words, strict=True):
            if todo.by is None or not (confidences or _is_open(view, copy, todo)):
                continue
            by = week.moment(todo.by)
            if not _is_ahead(week, by) and not week.has_day(_day(week, by)):
                continue
            who = () if todo.who is None else wording.seat(todo.who)
            what = wording.say(
                SENTENCES["to-do"], who=who or "–", title=copy.title, what=wording.words(body, SENTENCES["gone"])
            )
            source = minutes_source(wording, week, copy)
            key, spans, sources = _row(view, week, wording, what, [StatedDate(when=by)], (source,))
            if by <= week.until:
                spans = wording.say(SENTENCES["overdue"], what=_begun(what), date=wording.when(by))
            yield key, (*spans, *_corrected(copy, todo, wording)), sources


def _is_open(view: View, copy: KnownCopy, todo: MinutesTodo) -> bool:
    """Return whether the line that something comes from stands in the minutes of all who were there."""
    if not todo.line:
        return False
    return all_have(view, copy, copy.lines[todo.line - 1], view.text(copy.words[todo.line - 1]))


def _corrected(copy: KnownCopy, todo: MinutesTodo, wording: Wording) -> Spans:
    """Return how the line that something comes from was corrected: its date may not hold any more."""
    found = copy.corrections_of(todo.line)
    if not found:
        return ()
    words = wording.words(found[-1][1], SENTENCES["gone"])
    return Span(text=" "), *wording.say(SENTENCES["line-corrected"], words=words)


def _of_file(view: View, week: Week, wording: Wording) -> Iterator[_Row]:
    """Yield what others have set dates for: rounds and commitments."""
    for held in view.known.rounds.values():
        dates = [stated_date(one) for one in dates_in_force(held.round.planned, held.moved_to)]
        if held.round.opened is None and any(_is_ahead(week, one.when) for one in dates):
            yield _row(view, week, wording, (Span(text=held.round.title, look=Look.NAME),), dates)
    for commitment in view.known.commitments.values():
        plan = commitment.commitment
        owed = [stated_date(one) for one in dates_in_force(plan.due, commitment.moved_to)]
        if not owed or is_settled(view.known, commitment):
            continue
        if any(_is_ahead(week, one.when) for one in owed):
            yield _row(view, week, wording, _owed(plan, wording), owed)
            continue
        latest = max(owed, key=lambda one: _day(week, one.when))
        last = latest.when
        if week.has_day(_day(week, last)):
            said = wording.day(_day(week, last))
            spans = wording.say(
                SENTENCES["overdue" if is_past(view, last, week.until) else "due-today"],
                what=_begun(_owed(plan, wording)),
                date=said,
            )
            yield _key(week, last), spans, _marks(view, [latest.claim], wording.language)


def _owed(plan: Commitment, wording: Wording) -> Spans:
    """Return who owes what, and on which condition."""
    who = wording.listed(wording.actor(actor) for actor in plan.obligors)
    return (*who, Span(text=": "), *conditional(wording, plan.what.rstrip("."), condition_and_due(plan)[0]))


def conditional(wording: Wording, what: str, condition: str) -> Spans:
    """Return what is owed, and the condition on which it is, if there is one."""
    if not condition:
        return wording.prose(what)
    only = _as_written(condition.removeprefix("only ").removeprefix("if "))
    return wording.say(SENTENCES["on-condition"], what=(_as_written(what),), condition=(only,))


def _as_written(words: str) -> Span:
    return Span(text=words.rstrip("."), look=Look.WORDS, language="en")


def _is_ahead(week: Week, when: _When) -> bool:
    day = _day(week, when)
    later = when > week.until if isinstance(when, datetime) else day > week.last
    return later and day <= week.last + _AHEAD


def _day(week: Week, when: _When) -> date:
    return local_day(when, week.zone) if isinstance(when, datetime) else when


def _row(
    view: View,
    week: Week,
    wording: Wording,
    what: Spans,
    dates: Sequence[StatedDate],
    sources: tuple[Spans, ...] = (),
) -> _Row:
    ordered = sorted(dates, key=lambda one: _key(week, one.when))
    said = dates_in_words(wording, ordered, week.until)
    if len(said) == 1 and ordered[0].claim:
        # One date of several that were given: the reader has to know whose.
        who = wording.listed(dict.fromkeys(author_in_words(wording, one) for one in ordered))
        said = (wording.say(DATES["said"], date=said[0], who=who),)
    listed = said[0] if len(said) == 1 else wording.say(SENTENCES["or"], dates=_joined(said, wording.semicolon))
    spans = wording.say(SENTENCES["due"], what=_begun(what), dates=listed)
    marks = _marks(view, (one.claim for one in ordered), wording.language)
    return _key(week, ordered[0].when), spans, (*sources, *marks)


def _begun(what: Spans) -> Spans:
    """Return words with a capital at their beginning."""
    first, *rest = what
    return Span(text=capital(first.text), look=first.look, language=first.language), *rest


def _marks(view: View, slugs: Iterable[str], language: str) -> tuple[Spans, ...]:
    """Return the chains of the claims that give a date, each once."""
    held = (claim_of(view, slug) for slug in slugs if slug)
    marks = [
        (Span(text=chain_text(view, one, language), look=Look.WORDS, language=language),)
        for one in held
        if one is not None
    ]
    return tuple(dict.fromkeys(marks))


def _joined(parts: Sequence[Spans], semicolon: str) -> Spans:
    return tuple(span for n, part in enumerate(parts) for span in ((Span(text=semicolon),) if n else ()) + part)


def _key(week: Week, when: _When) -> str:
    return f"{_day(week, when)} {when}"
