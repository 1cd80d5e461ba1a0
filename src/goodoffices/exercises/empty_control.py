"""What control does for one person alone: it puts the clock forward, rules on actions and answers on the rules.

A class has a trainer who does that. A person who plays alone has nobody, and would sit before an empty desk until the
morning. So the program does it, and says so to everybody like a trainer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta

from goodoffices.rehearsal.seats.orders import Timetable
from goodoffices.rehearsal.seats.players.pacer import open_things
from goodoffices.talks.base.acts import Body, Words
from goodoffices.talks.base.serialization import parse_instant
from goodoffices.talks.exercise.actions import RuleOnAction
from goodoffices.talks.exercise.rule_questions import AnswerRules
from goodoffices.talks.state.command_context import Command
from goodoffices.talks.state.knowledge import Knowledge
from goodoffices.talks.state.view import View

RULING = timedelta(minutes=30)
"""So long after an action was asked for, control rules on it, by the time of the talks."""
NO_NEWS = {
    "en": "No other word has come. What the brief says stands.",
    "ar": "لم يصل رد آخر. يبقى ما في التعليمات كما هو.",
}
AS_ASKED = {"en": "It happened as asked.", "ar": "حدث ذلك كما طُلب."}
NO_TRAINER = {
    "en": "Nobody sits in control here. The brief, and the help at the end of each page, say what there is.",
    "ar": "لا أحد في مقعد إدارة التمرين. التعليمات والمساعدة في آخر كل صفحة تبيّنان ما هو متاح.",
}

IDLE_MINUTES = 1
"""After so many real minutes in which nothing came and the player did nothing, the clock is put forward."""
READING_MINUTES = 1.5
"""It waits for so long while something is open on the player's desk, which takes time to read and to answer."""
LAST_MINUTES = 5
"""The exercise does not end within so many real minutes of the player's last act while something is open."""
BEFORE = timedelta(minutes=2)
"""The clock is put to so long before what comes next: the player sees it come."""
LEAST_MINUTES = 0.5
"""It is not put forward by less than it runs in so many real minutes."""


def is_idle(view: View, timetable: Timetable, at: datetime) -> bool:
    """Return whether the one person who plays has long heard nothing and done nothing, at a time of the talks."""
    minutes = READING_MINUTES if open_things(view) else IDLE_MINUTES
    return at >= max(_last(view), timetable.starts_at) + timedelta(minutes=minutes * timetable.pace)


def is_busy(view: View, timetable: Timetable, at: datetime) -> bool:
    """Return whether the one person who plays has lately acted and still has something open: the end waits for that."""
    own = next((notice for notice in reversed(view.notices) if notice.by == view.seat), None)
    lately = own is not None and at < own.when + timedelta(minutes=LAST_MINUTES * timetable.pace)
    return lately and bool(open_things(view))


def put_forward_to(timetable: Timetable, at: datetime, coming: Iterable[datetime]) -> datetime | None:
    """Return the time to which the clock is put forward from ``at``, or ``None`` if it runs on.

    Parameters
    ----------
    timetable
        The nights and the pace of the exercise. In the night nobody acts, so the clock is put to its end.
    at
        The time of the talks now.
    coming
        The times at which something happens, as things stand: sessions, versions of texts, planned news, what seats
        that the program plays mean to tell the player.
    """
    morning = timetable.awake(at)
    after = [time - BEFORE for time in coming if time > at]
    next_ = min((*after, *((morning,) if morning > at else ())), default=None)
    return None if next_ is None or next_ < at + timedelta(minutes=LEAST_MINUTES * timetable.pace) else next_


def owed_by_control(known: Knowledge, at: datetime) -> Command | None:
    """Return the next ruling or answer that is due from control, as control knows the exercise, or ``None``.

    What others learn of happens as asked. What only a trainer could grant, such as a wider mandate, does not.
    """
    for question in known.rule_questions.values():
        if question.answer is None:
            return AnswerRules(question=question.handle, words=_said(NO_TRAINER, question.words))
    for asked in known.actions_asked.values():
        planned = known.actions.get(asked.action)
        if asked.happens is None and planned is not None and parse_instant(asked.at) + RULING <= at:
            happens = bool(planned.tells)
            outcome = _said(AS_ASKED if happens else NO_NEWS, asked.words)
            return RuleOnAction(asked=asked.handle, happens=happens, outcome=outcome)
    return None


def _said(phrase: Mapping[str, str], asked: Body | None) -> Words:
    """Return a phrase in the language in which it was asked for, if control has it there."""
    lang = asked.lang if asked is not None and asked.lang in phrase else "en"
    return Words(text=phrase[lang], lang=lang)


def _last(view: View) -> datetime:
    """Return the time of the last notice; of a jump the time to which it went, so that none follows it at once."""
    if not view.notices:
        return datetime.min.replace(tzinfo=UTC)
    last = view.notices[-1]
    return parse_instant(last.data["to"]) if last.kind == "ClockJumped" else last.when
