"""The attendance of a session on one screen, its speakers in large type, and the roster of all delegations."""

from __future__ import annotations

from goodoffices.data_class import dataclass
from goodoffices.talks.base.states import SessionState
from goodoffices.talks.model.rounds import Delegation
from goodoffices.talks.rounds.sessions import MARKS, CloseSession, OpenSession
from goodoffices.talks.state.known_meetings import KnownSession
from goodoffices.talks.state.known_seats import KnownSeat
from goodoffices.web.live.speakers import LIMITS, SpeakersList
from goodoffices.web.pages.hall.hall import RUNS, marks_of
from goodoffices.web.pages.page import Data, Page, PageContext

KEYS = "1234567890"
"""The keys that mark the first ten delegations of a session."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AttendanceRow:
    """One delegation in a session: its key, its head, how many it named, how it is marked and since when."""

    slug: str
    key: str
    head: str
    people: int
    mark: str
    since: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterRow:
    """One seat: whom it sent, at which level, and when it was first marked present anywhere."""

    seat: KnownSeat
    delegation: Delegation | None
    level: str
    arrived: str
    now: str


def _attendance(context: PageContext, handle: str) -> Data | None:
    session = context.known.sessions.get(handle)
    if session is None:
        return None
    presence, since = dict(session.presence), marks_of(context, handle)
    rows = []
    for place, slug in enumerate(session.participants):
        named = _delegation(context, session, slug)
        rows.append(
            AttendanceRow(
                slug=slug,
                key=KEYS[place] if place < len(KEYS) else "",
                head="" if named is None else named.head or "",
                people=0 if named is None else len({*named.members, *([named.head] if named.head else [])}),
                mark=presence.get(slug, ""),
                since=since.get(slug, ""),
            )
        )
    return {
        "session": session,
        "rows": rows,
        "marks": MARKS,
        "is_over": session.state == SessionState.CLOSED,
        "counts": [(mark, n) for mark in MARKS if (n := sum(row.mark == mark for row in rows))],
        "unmarked": sum(not row.mark for row in rows),
        "opens": context.has("OpenSession") and context.would(OpenSession(session=handle)) is None,
        "closes": context.has("CloseSession") and context.would(CloseSession(session=handle)) is None,
        "speakers": context.speakers.get(handle, SpeakersList()),
    }


def _delegation(context: PageContext, session: KnownSession, slug: str) -> Delegation | None:
    """Return whom a seat sent to the round of a session, or else to the last round for which it named anybody."""
    held = [d.delegation for d in context.known.delegations.values() if d.delegation.seat == slug]
    of_round = context.known.rounds.get(session.round or "")
    there = [named for named in held if of_round is not None and named.round == of_round.round.slug]
    found = there or held
    return found[-1] if found else None


def _speakers(context: PageContext, handle: str) -> Data | None:
    session = context.known.sessions.get(handle)
    if session is None or session.state == SessionState.CLOSED:
        return None
    listed = context.speakers.get(handle, SpeakersList())
    return {
        "session": session,
        "speakers": listed,
        "left": listed.left(context.elapsed),
        "limits": LIMITS,
        "others": [s for s in session.participants if s not in listed.waiting and s != listed.speaking],
    }


def _roster(context: PageContext, _: str) -> Data:
    known = context.known
    arrived: dict[str, str] = {}
    now: dict[str, str] = {}
    for notice in context.view.notices:
        if notice.kind == "AttendanceMarked":
            now[notice.data["who"]] = notice.data["mark"]
            if notice.data["mark"] == "present":
                arrived.setdefault(notice.data["who"], notice.at)
    latest = {d.delegation.seat: d.delegation for d in known.delegations.values()}
    offered = {i.invitation.to: i.level for i in known.invitations.values() if i.level}
    rows = [
        RosterRow(
            seat=seat,
            delegation=latest.get(seat.slug),
            level=_level(latest.get(seat.slug), offered.get(seat.slug)),
            arrived=arrived.get(seat.slug, ""),
            now=now.get(seat.slug, ""),
        )
        for seat in known.seats.values()
        if not seat.closed
    ]
    return {"rows": rows, "n_arrived": sum(bool(row.arrived) for row in rows)}


def _level(named: Delegation | None, offered: str | None) -> str:
    return named.level.value if named is not None and named.level is not None else offered or ""


def _title(data: Data) -> str:
    return str(data["session"].title)


ATTENDANCE = Page(
    path="attendance/{}",
    template="attendance.html",
    title="Attendance",
    parts=("marks", "speaking", "format"),
    data=_attendance,
    under="hall",
    powers=("MarkAttendance",),
    heading=_title,
)
SPEAKERS = Page(
    path="speakers/{}",
    template="speakers.html",
    title="Speakers",
    parts=("clock", "queue"),
    data=_speakers,
    under="hall",
    powers=("MarkAttendance",),
)
ROSTER = Page(
    path="roster", template="roster.html", title="Roster", parts=("roster",), data=_roster, under="hall", powers=RUNS
)
