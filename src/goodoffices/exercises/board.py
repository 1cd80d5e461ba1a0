"""The board of control: a lane for each seat, what comes next, and what waits for an answer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from goodoffices.data_class import dataclass
from goodoffices.talks.base.acts import CLOCK
from goodoffices.talks.base.enums import Role
from goodoffices.talks.exercise.injects import due_at
from goodoffices.talks.model.known_exercise import InjectState, KnownAction, KnownInject, KnownRuleQuestion
from goodoffices.talks.state.slices import Notice
from goodoffices.talks.state.view import View

MARKS = 60
"""Into how many pieces the line of a lane is divided."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """One seat on the board.

    ``automated`` is what plays it, empty for people. ``persons`` are the people named in it. ``marks`` are the places
    on its line, from 0 to `MARKS`, at which it acted, and whether it was a relay. ``unanswered`` counts its clearances
    that nobody has told yet.
    """

    seat: str
    automated: str = ""
    persons: tuple[str, ...] = ()
    last: Notice | None = None
    silent_minutes: int = 0
    marks: tuple[tuple[int, bool], ...] = ()
    unanswered: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class InjectRow:
    """A planned inject on the board: when it comes, if that is known, and in how many minutes of the talks."""

    inject: KnownInject
    at: datetime | None = None
    minutes: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """What control sees at one moment. ``begins`` and ``ends`` are those of the lanes' lines."""

    begins: datetime
    ends: datetime
    lanes: tuple[Lane, ...] = ()
    injects: tuple[InjectRow, ...] = ()
    questions: tuple[KnownRuleQuestion, ...] = ()
    actions: tuple[KnownAction, ...] = ()


def board_of(control: View, views: Mapping[str, View], *, at: datetime) -> Board:
    """Return the board.

    Parameters
    ----------
    control
        What control itself was told.
    views
        What every seat may know.
    at
        What the clock of the exercise shows.
    """
    run = control.known.exercise
    assert run.plan is not None, "only a played exercise has a board"
    begins = max(run.plan.starts_at, at - timedelta(hours=6))
    ends = max(at, begins + timedelta(hours=1))
    chiefs = {slug for slug, seat in control.known.seats.items() if Role.CONTROL in seat.roles}
    planned = [seat.slug for seat in run.plan.seats]
    others = [slug for slug in views if slug not in (*planned, *chiefs, CLOCK)]
    lanes = [_lane(slug, control, views[slug], begins, ends, at) for slug in (*planned, *others) if slug in views]
    waiting = [one for one in control.known.rule_questions.values() if one.answer is None and one.words is not None]
    asked = [one for one in control.known.actions_asked.values() if one.happens is None]
    return Board(
        begins=begins,
        ends=ends,
        lanes=tuple(lanes),
        injects=_injects(control, at),
        questions=tuple(waiting),
        actions=tuple(asked),
    )


def own_acts(view: View) -> list[Notice]:
    """Return the notices of what a seat itself did, after the talks were opened."""
    first = view.notices[0].at if len(view.notices) else ""
    return [notice for notice in view.notices if notice.by == view.seat and notice.at >= first and notice.face != "all"]


def _lane(slug: str, control: View, view: View, begins: datetime, ends: datetime, at: datetime) -> Lane:
    acts = own_acts(view)
    run = control.known.exercise
    since = acts[-1].when if acts else run.started_at
    whole = ends - begins
    marks = [
        (int((act.when - begins) / whole * MARKS), act.kind in ("ItemRelayed", "VersionReleased"))
        for act in acts
        if begins <= act.when <= ends
    ]
    seated = tuple(
        key.partition(" ")[2] for key, at_ in control.known.persons.items() if at_ and key.split()[0] == slug
    )
    return Lane(
        seat=slug,
        automated=run.plays(slug) or "",
        persons=seated,
        last=acts[-1] if acts else None,
        silent_minutes=0 if since is None else max(0, int((at - since).total_seconds() // 60)),
        marks=tuple(dict.fromkeys(marks)),
        unanswered=_unanswered(view),
    )


def _unanswered(view: View) -> int:
    """Return how many clearances of a seat's own papers have led to no relay yet."""
    known = view.known
    told = {(telling.item, telling.to) for telling in known.tellings.values()}
    open_ = [
        (held.item, to)
        for held in known.clearances.values()
        if (item := known.items.get(held.item)) is not None and item.originator == view.seat and item.ended is None
        for to in held.to
        if to not in item.holders
    ]
    return sum(pair not in told for pair in open_)


def _injects(control: View, at: datetime) -> tuple[InjectRow, ...]:
    rows = []
    for one in control.known.injects.values():
        when = one.given_at if one.state is InjectState.GIVEN else due_at(one, control.known.exercise)
        when = one.inject.at if when is None else when
        minutes = None if when is None or one.state is InjectState.GIVEN else int((when - at).total_seconds() // 60)
        rows.append(InjectRow(inject=one, at=when, minutes=minutes))
    last = max((row.at for row in rows if row.at is not None), default=at)
    return tuple(sorted(rows, key=lambda row: (row.at is None, row.at or last)))
