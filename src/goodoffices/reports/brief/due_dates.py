"""What is due, for a brief's first page: sessions, rounds, questions and commitments, each with whose date it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import pairwise

from goodoffices.data_class import dataclass
from goodoffices.reports.brief.commitments import passed_text
from goodoffices.reports.brief.page import HARD_SPACE, Block, Row
from goodoffices.reports.provenance import claim_mark, claim_of
from goodoffices.reports.tables import and_listed, capital
from goodoffices.talks.base.local_time import in_zone, local_day
from goodoffices.talks.base.states import InvitationState, QuestionState
from goodoffices.talks.claims.known_dates import dates_in_force
from goodoffices.talks.commitments.outcomes import is_settled
from goodoffices.talks.commitments.queries import condition_and_due
from goodoffices.talks.model.rounds import PlannedDate
from goodoffices.talks.state.known_commitments import KnownCommitment
from goodoffices.talks.state.view import View

_When = datetime | date
_MOST_LATE = 2
"""How many things whose dates have passed are named; the section has them all."""
_KEPT = 2
"""How many things still ahead stay on a page that is short of room, whatever else goes."""
_MOST_NAMES = 4
_CONDITIONAL = ("if", "only", "when", "once", "unless", "as", "provided")
"""The words with which a condition can follow what is owed without more ado."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Due:
    """Something that is due: its words, and each date that is given for it, with the marks of who gives it."""

    words: str
    dates: tuple[tuple[_When, str], ...]
    is_invented: bool = False


def due_block(view: View, at: datetime, today: date) -> Block:
    """Return what is due from a moment on, in order of time. Rival dates of one thing stand in one row."""
    things = [*_sessions(view, at), *_questions(view, at), *_replies(view, at), *_rounds(view, today)]
    things += _commitments(view, at, today)
    late = _passed(view, at, today)
    ahead = [*_rows(view, things, today), *_without_a_day(view)]
    ahead = [replace(row, is_kept=n < _KEPT) for n, row in enumerate(ahead)]
    nothing = Row(label="Nothing known", words=f"No date after {short_day(today)} is known here.")
    clock = f" (clock of {view.zone})" if any(":" in row.label for row in ahead) else ""
    return Block(
        title="Due",
        note=clock,
        rows=(*late[:_MOST_LATE], *ahead) or (nothing,),
        section="commitments",
        least=3,
        left_out=max(0, len(late) - _MOST_LATE),
    )


def short_day(day: date) -> str:
    """Return a day without its weekday, such as ``29 Dec 2016``."""
    return f"{day.day} {day:%b} {day.year}"


def _sessions(view: View, at: datetime) -> Iterator[_Due]:
    for session in view.known.sessions.values():
        if session.starts_at is not None and session.starts_at >= at:
            words = f"{session.title}{f', {session.room}' if session.room else ''} (session plan)"
            yield _Due(words=words, dates=((session.starts_at, ""),), is_invented=session.is_invented)


def _questions(view: View, at: datetime) -> Iterator[_Due]:
    for question in view.known.questions.values():
        if question.state == QuestionState.OPEN and question.ends_at is not None and question.ends_at >= at:
            yield _Due(words=f"question {question.handle} closes", dates=((question.ends_at, ""),))


def _replies(view: View, at: datetime) -> Iterator[_Due]:
    for held in view.known.invitations.values():
        asked = held.invitation
        if held.state == InvitationState.OPEN and asked.reply_by is not None and asked.reply_by >= at:
            invited = view.known.rounds.get(asked.round)
            to = "" if invited is None else f" to {invited.round.title}"
            words = f"{capital(view.name(asked.to))}: answer to its invitation{to}"
            yield _Due(words=words, dates=((asked.reply_by, _mark(view, asked.claim)),))


def _rounds(view: View, today: date) -> Iterator[_Due]:
    for held in view.known.rounds.values():
        if held.round.opened is not None:
            continue
        ahead = [one for one in dates_in_force(held.round.planned, held.moved_to) if (one.end or one.start) >= today]
        begun = bool(ahead) and all(one.start < today for one in ahead)
        words = f"{held.round.title}{'' if begun else ' begins'}{_precision(ahead)}"
        yield _Due(words=words, dates=tuple((max(one.start, today), _mark(view, one.claim)) for one in ahead))


def _precision(planned: Iterable[PlannedDate]) -> str:
    known = {one.precision for one in planned} - {"day"}
    return f" ({', '.join(sorted(known)).replace('-', ' ')})" if known else ""


def _commitments(view: View, at: datetime, today: date) -> Iterator[_Due]:
    """Yield what commitments are due, but not the days of rounds: these stand in the page by themselves."""
    days = {(held.round.slug, planned.start) for held in view.known.rounds.values() for planned in held.round.planned}
    for held in view.known.commitments.values():
        plan = held.commitment
        if is_settled(view.known, held):
            continue
        dates = [
            (one.due, _mark(view, one.claim) or _mark(view, next(iter(plan.claims), None)))
            for one in dates_in_force(plan.due, held.moved_to)
            if _not_past(one.due, at, today) and (plan.round, one.due) not in days
        ]
        yield _Due(words=_owed(view, held), dates=tuple(dates), is_invented=_is_invented(view, held))


def _passed(view: View, at: datetime, today: date) -> list[Row]:
    """Return what is owed and not said to be done, though every date for it has passed; the last first."""
    late = []
    for held in view.known.commitments.values():
        dates = dates_in_force(held.commitment.due, held.moved_to)
        if dates and not is_settled(view.known, held) and not any(_not_past(one.due, at, today) for one in dates):
            last = max(dates, key=lambda one: _key(view, one.due))
            mark = _mark(view, last.claim) or _mark(view, next(iter(held.commitment.claims), None))
            words = f"{f'{_owed(view, held)} {mark}'.rstrip()}; {passed_text(view, held)}"
            label = f"Was due {_day_of(view, last.due)}"
            row = Row(label=label, words=words, is_invented=_is_invented(view, held))
            late.append((_key(view, last.due), row))
    return [row for _, row in sorted(late, key=lambda one: one[0], reverse=True)]


def _without_a_day(view: View) -> Iterator[Row]:
    """Yield what is due at a time that is told in words alone, such as *end of February*."""
    for held in view.known.commitments.values():
        _, words = condition_and_due(held.commitment)
        if words and not is_settled(view.known, held):
            said = f"{_owed(view, held)} {_mark(view, next(iter(held.commitment.claims), None))}".rstrip()
            yield Row(label=capital(words), words=said, is_invented=_is_invented(view, held))


def _is_invented(view: View, held: KnownCommitment) -> bool:
    """Return whether everything that a commitment rests on is teaching material."""
    claims = [claim for slug in held.commitment.claims if (claim := claim_of(view, slug)) is not None]
    return bool(claims) and all(one.claim.is_invented for one in claims)


def _owed(view: View, held: KnownCommitment) -> str:
    """Return who owes what, on which condition, and whether those who owe it gave the undertaking themselves."""
    plan = held.commitment
    gave = [actor for actor in plan.obligors if actor in plan.undertaken_by]
    unsaid = "" if len(gave) == len(plan.obligors) else ", not by their own word"
    if unsaid and gave:
        unsaid = f", undertaken by {and_listed(view.name(actor) for actor in gave)} alone"
    names = [view.name(actor) for actor in plan.obligors]
    # A page has no room for a dozen names of those who owe one thing; the section has them.
    who = capital(and_listed(names) if len(names) <= _MOST_NAMES else f"{names[0]} and {len(names) - 1} others")
    condition, _ = condition_and_due(plan)
    begins = "" if condition.split(" ")[0] in _CONDITIONAL else "on condition: "
    only = f", {begins}{condition.rstrip('.')}" if condition else ""
    return f"{who}: {plan.what[:1].lower()}{plan.what[1:].rstrip('.')}{unsaid}{only}"


def _rows(view: View, things: Iterable[_Due], today: date) -> list[Row]:
    """Return a row for each day or hour, and one for each thing that has several dates, in order of time."""
    single: dict[tuple[str, bool], dict[str, dict[str, None]]] = {}
    rows: list[tuple[tuple[date, str], Row | tuple[str, bool]]] = []
    for thing in things:
        by_date: dict[_When, dict[str, None]] = {}
        for when, mark in thing.dates:
            by_date.setdefault(when, {}).update({mark: None} if mark else {})
        ordered = sorted(by_date.items(), key=lambda one: _key(view, one[0]))
        if len(ordered) > 1:
            said = "; ".join(_with_marks((_day_of(view, when), marks)) for when, marks in ordered)
            words = f"{thing.words}; the dates differ: {said}"
            label = _either([_label(view, when, today) for when, _ in ordered])
            rows.append((_key(view, ordered[0][0]), Row(label=label, words=words, is_invented=thing.is_invented)))
        elif ordered:
            key = (_label(view, ordered[0][0], today), thing.is_invented)
            if key not in single:
                rows.append((_key(view, ordered[0][0]), key))
            single.setdefault(key, {}).setdefault(thing.words, {}).update(ordered[0][1])
    return [
        row if isinstance(row, Row) else Row(label=row[0], words=_joined(single[row]), is_invented=row[1])
        for _, row in sorted(rows, key=lambda one: one[0])
    ]


def _either(labels: list[str]) -> str:
    """Return dates as one label; a year that the next one repeats is said once."""
    short = [
        label.removesuffix(after[-5:]) if label[-5:] == after[-5:] and label[-4:].isdigit() else label
        for label, after in pairwise(labels)
    ]
    return " or ".join((*short, labels[-1]))


def _joined(said: dict[str, dict[str, None]]) -> str:
    return "; ".join(map(_with_marks, said.items()))


def _with_marks(said: tuple[str, dict[str, None]]) -> str:
    words, marks = said
    return f"{words} {''.join(marks).replace('][', ', ')}".rstrip()


def _mark(view: View, slug: str | None) -> str:
    held = claim_of(view, slug)
    return "" if held is None else claim_mark(held)


def _not_past(due: _When, at: datetime, today: date) -> bool:
    return due >= at if isinstance(due, datetime) else due >= today


def _key(view: View, when: _When) -> tuple[date, str]:
    if isinstance(when, datetime):
        local = in_zone(when, view.zone)
        return local.date(), f"{local:%H:%M}"
    return when, ""


def _day_of(view: View, when: _When) -> str:
    """Return a date with its hour, if it has one, and no blank at which a line could be broken."""
    day = local_day(when, view.zone) if isinstance(when, datetime) else when
    clock = f" {in_zone(when, view.zone):%H:%M}" if isinstance(when, datetime) else ""
    return f"{short_day(day)}{clock}".replace(" ", HARD_SPACE)


def _label(view: View, when: _When, today: date) -> str:
    day = local_day(when, view.zone) if isinstance(when, datetime) else when
    near = {today: "Today", today + timedelta(days=1): "Tomorrow"}
    clock = f" {in_zone(when, view.zone):%H:%M}" if isinstance(when, datetime) else ""
    shown = short_day(day)
    this_year = shown.removesuffix(f" {today.year}")  # the page says at its top which year it is
    return f"{near.get(day, this_year)}{clock}"
