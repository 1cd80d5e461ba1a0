"""What those do who are of neither side: open sessions, suggest a middle way, lean on a client, mark who is there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from goodoffices.rehearsal.seats.composition import compose, one_language
from goodoffices.rehearsal.seats.duties.bargaining_papers import is_away
from goodoffices.rehearsal.seats.duties.delivery import TO_CARRIERS, TO_ONE, Sheet, filing
from goodoffices.rehearsal.seats.intentions import Intention, Reason
from goodoffices.rehearsal.seats.lexicon import Stand
from goodoffices.rehearsal.seats.outlook import Outlook
from goodoffices.rehearsal.seats.points import Point
from goodoffices.rehearsal.seats.positions import Heard, Positions
from goodoffices.talks.base.enums import Format, StanceKind
from goodoffices.talks.base.states import ItemCame, SessionState
from goodoffices.talks.rounds.sessions import CloseSession, Intervene, MarkAttendance, OpenSession
from goodoffices.talks.texts.releases import ReadOut

MOST_LEANS = 3
IDEAS_APART = timedelta(minutes=50)


def run_sessions(positions: Positions) -> Iterator[Intention]:
    """Yield the opening and closing of the sessions that the seat chairs, as the timetable has them."""
    outlook = positions.outlook
    for plan in outlook.orders.timetable.sessions:
        for session in outlook.known.sessions.values():
            if session.title != plan.title or session.chair != outlook.seat:
                continue
            if session.state == SessionState.PLANNED and "OpenSession" in outlook.powers:
                yield Intention(
                    key=f"open {session.handle}",
                    due_at=plan.opens_at,
                    command=OpenSession(session=session.handle),
                    reason=Reason(name="open", values={"title": plan.title}, things=(session.handle,)),
                )
            elif session.state == SessionState.OPEN and "CloseSession" in outlook.powers:
                yield Intention(
                    key=f"close {session.handle}",
                    due_at=plan.closes_at,
                    command=CloseSession(session=session.handle),
                    reason=Reason(name="close", values={"title": plan.title}, things=(session.handle,)),
                )


def mark_attendance(positions: Positions) -> Iterator[Intention]:
    """Yield the marking of who is in an open session: everybody of whom the seat was not told that they stay away."""
    outlook = positions.outlook
    away = _away(positions)
    for session in outlook.known.sessions.values():
        if session.state != SessionState.OPEN or session.opened_at is None or "MarkAttendance" not in outlook.powers:
            continue
        marked = dict(session.presence)
        left = [seat for seat in session.participants if seat not in marked]
        for k, seat in enumerate(left):
            yield Intention(
                key=f"mark {session.handle} {seat}",
                due_at=session.opened_at + timedelta(minutes=3 + (len(marked) + k) // 4),
                command=MarkAttendance(session=session.handle, who=seat, mark="absent" if seat in away else "present"),
                reason=Reason(name="mark", values={"to": seat}, things=(session.handle,)),
            )


def _away(positions: Positions) -> frozenset[str]:
    away: set[str] = set()
    for heard in positions.heard:
        if heard.by is not None and heard.stand in (Stand.STAY_AWAY, Stand.LEAVE):
            away.add(heard.by)
        elif heard.by is not None and heard.stand is Stand.RETURN:
            away.discard(heard.by)
    return frozenset(away)


def speak(positions: Positions) -> Iterator[Intention]:
    """Yield one statement in an open plenary in which the seat is marked present."""
    outlook = positions.outlook
    if is_away(positions) or "Intervene" not in outlook.powers:
        return
    for session in outlook.known.sessions.values():
        if session.state != SessionState.OPEN or session.format is not Format.PLENARY or session.opened_at is None:
            continue
        if outlook.seat not in session.present():
            continue
        if any(i.by == outlook.seat and i.session == session.handle for i in outlook.known.interventions):
            continue
        asks = [p for paper in outlook.own_papers for p in paper.points if p.stand is Stand.ASK]
        is_party = outlook.seat in outlook.parties
        situation = "ask" if is_party else "address"
        words = one_language(
            compose(outlook, positions.mood, situation, asks[:1] if is_party else (), key=session.handle)
        )
        if words is not None:
            yield Intention(
                key=f"speak {session.handle}",
                due_at=outlook.after(session.opened_at, f"speak {session.handle}", 8, 40),
                command=Intervene(session=session.handle, words=words),
                reason=Reason(name="speak", values={"title": session.title}, things=(session.handle,)),
            )


def suggest(positions: Positions) -> Iterator[Intention]:
    """Yield an idea in the seat's own name, on an issue on which the sides ask for different things."""
    outlook = positions.outlook
    own = [i for i in outlook.items if i.came == ItemCame.FILED and i.kind == TO_CARRIERS]
    tried = {p.issue for paper in outlook.own_papers for p in paper.points}
    asked: dict[str, dict[str, Heard]] = {}
    for heard in positions.heard:
        if heard.by in outlook.parties:
            asked.setdefault(heard.issue, {})[heard.by or ""] = heard
    for issue, by in sorted(asked.items()):
        if issue in tried or len(by) < 2 or len({heard.option for heard in by.values()}) < 2:
            continue
        refused = {h.option for h in positions.heard if h.issue == issue and h.stand is Stand.REJECT}
        middle = [o for o in outlook.lexicon.options_of(issue) if o not in refused | {h.option for h in by.values()}]
        options = middle or [h.option for h in by.values() if h.option not in refused]
        if not options:
            continue
        option = options[int(outlook.chance(f"idea {issue}") * len(options))]
        at = max(heard.at for heard in by.values())
        last = max((i.at for i in own), default=at - IDEAS_APART)
        made = filing(
            positions,
            Sheet(
                key=f"idea {issue}",
                due_at=outlook.awake(max(outlook.after(at, f"idea {issue}", 15, 40), last + IDEAS_APART)),
                situation="idea",
                points=(Point(issue=issue, options=(option,), stand=Stand.SUGGEST),),
                kind=TO_CARRIERS,
                reason=Reason(
                    name="suggest",
                    values={"issue": issue},
                    things=tuple(h.thing for h in by.values())[:2],
                    unless="one-option",
                ),
            ),
        )
        if made is not None:
            yield made
            return


def lean(positions: Positions) -> Iterator[Intention]:
    """Yield a request to the client, up to three times: the option of the other side that the seat can live with."""
    outlook, client = positions.outlook, positions.outlook.client
    if client is None or not outlook.worths.issues:
        return
    leans = [paper for paper in outlook.own_papers if any(point.stand is Stand.ASK for point in paper.points)]
    if len(leans) >= MOST_LEANS:
        return
    done = {p.issue for paper in outlook.own_papers for p in paper.points}
    has = {(h.issue, h.option) for h in positions.heard if h.by == client and h.stand is not Stand.REJECT}
    no = {(h.issue, h.option) for h in positions.heard if h.by == client and h.stand is Stand.REJECT}
    worths = outlook.worths
    found = [
        heard
        for heard in positions.heard
        if heard.by not in (client, None)
        and heard.by in outlook.parties
        and heard.stand in (Stand.ASK, Stand.OFFER, Stand.ACCEPT)
        and heard.issue not in done
        and (heard.issue, heard.option) not in has | no | worths.red_lines
        and worths.of(heard.issue, heard.option) >= worths.expected(heard.issue)
    ]
    if not found:
        return
    wanted = max(found, key=lambda h: (worths.of(h.issue, h.option), h.issue))
    start = max((i.at for i in leans), default=outlook.orders.timetable.starts_at + timedelta(hours=2))
    made = filing(
        positions,
        Sheet(
            key=f"lean {wanted.issue}",
            due_at=outlook.after(max(wanted.at, start + timedelta(hours=3)), f"lean {wanted.issue}", 20, 60),
            situation="counter",
            points=(Point(issue=wanted.issue, options=(wanted.option,), stand=Stand.ASK),),
            kind=TO_ONE,
            reason=Reason(
                name="lean", values={"to": client, "issue": wanted.issue}, things=(wanted.thing,), unless="moved"
            ),
        ),
    )
    if made is not None:
        yield made


def read_out(positions: Positions) -> Iterator[Intention]:
    """Yield the reading out of an issued text by a host that holds it, when all issuers have issued it."""
    outlook = positions.outlook
    for plan in outlook.orders.timetable.texts:
        for text in outlook.known.texts.values():
            if text.frame.family != plan.name or not plan.issuers or not text.versions:
                continue
            version = outlook.known.versions[text.versions[-1]]
            issued = {
                s.actor: s.at
                for s in outlook.known.stances.values()
                if s.kind is StanceKind.ISSUED and s.version == version.handle
            }
            read = any(r.version == version.handle for r in outlook.known.readings)
            if set(plan.issuers) <= set(issued) and version.languages and not read:
                yield Intention(
                    key=f"read {version.handle}",
                    due_at=outlook.after(max(issued.values()), f"read {version.handle}", 8, 20),
                    command=ReadOut(version=version.handle, language=version.languages[0], public=True),
                    reason=Reason(
                        name="read-out", values={"title": plan.name}, things=(version.handle,), unless="issued"
                    ),
                )


def is_quiet(outlook: Outlook) -> bool:
    """Return whether the seat has no brief worths: it watches and carries, and bargains over nothing."""
    return not outlook.worths.issues
