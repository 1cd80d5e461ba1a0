"""The papers of a delegation: its position, what it accepts, its next step, why it stays away, and that it is back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from goodoffices.data_class import dataclass
from goodoffices.rehearsal.seats.duties.delivery import FOR_OTHERS, TO_CARRIERS, TO_ONE, Sheet, filing, unfinished
from goodoffices.rehearsal.seats.intentions import Intention, Reason
from goodoffices.rehearsal.seats.lexicon import Stand
from goodoffices.rehearsal.seats.outlook import Outlook
from goodoffices.rehearsal.seats.points import Point
from goodoffices.rehearsal.seats.positions import Positions
from goodoffices.rehearsal.seats.temper import BOYCOTT, LEAVE
from goodoffices.talks.base.states import ItemCame

BETWEEN = timedelta(minutes=22)
"""A delegation writes no two papers for the other side closer together than this."""
MOST_REMINDERS = 5
FINAL = timedelta(hours=2)
"""A departure that is not answered for so long is final."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How a kind of delegation bargains: how eager it is, how many issues it raises at once, whether it links them."""

    eager: float = 1.0
    raises: int = 3
    links: bool = False
    spoils: bool = False


CAUTIOUS = Manner()
CONSTRUCTIVE = Manner(eager=0.85, raises=4, links=True)
SPOILING = Manner(eager=3.0, raises=2, spoils=True)


def write_papers(positions: Positions, manner: Manner) -> Iterator[Intention]:
    """Yield the next paper for the other side."""
    if is_away(positions) or unfinished(positions) or not positions.outlook.carriers:
        return
    outlook = positions.outlook
    for made in (_accept(positions), _raise(positions, manner), _give_way(positions, manner), _remind(positions)):
        if made is not None:
            yield made
    yield from _chase(outlook, positions)


def _last_own(outlook: Outlook) -> datetime:
    own = [i.at for i in outlook.items if i.came == ItemCame.FILED and i.kind == FOR_OTHERS]
    return max(own, default=outlook.orders.timetable.starts_at - BETWEEN)


def _no_sooner(outlook: Outlook, due: datetime) -> datetime:
    return outlook.awake(max(due, _last_own(outlook) + BETWEEN))


def _accept(positions: Positions) -> Intention | None:
    """Return the acceptance of what the others would have and what is as good as where the seat stands."""
    outlook, worths = positions.outlook, positions.outlook.worths
    points: list[Point] = []
    things: list[str] = []
    at = outlook.orders.timetable.starts_at
    for issue in worths.issues:
        stand = positions.current(issue)
        if issue in positions.closed or stand is None:
            continue
        good = [
            heard
            for heard in positions.heard
            if heard.issue == issue
            and heard.option in positions.available.get(issue, {})
            and worths.of(issue, heard.option) >= worths.of(issue, stand)
            and heard.option not in positions.said.get(issue, ())
            and (issue, heard.option) not in worths.red_lines
        ]
        if good and len(points) < 2:
            best = max(good, key=lambda heard: worths.of(issue, heard.option))
            points.append(Point(issue=issue, options=(best.option,), stand=Stand.ACCEPT))
            things.append(best.thing)
            at = max(at, best.at)
    if not points:
        return None
    key = f"accept {' '.join(f'{p.issue}:{p.option}' for p in points)}"
    return filing(
        positions,
        Sheet(
            key=key,
            due_at=_no_sooner(outlook, outlook.after(at, key, 12, 34)),
            situation="accept",
            points=tuple(points),
            reason=Reason(name="accept", values={"issue": points[0].issue}, things=tuple(things), unless="worse"),
        ),
    )


def _raise(positions: Positions, manner: Manner) -> Intention | None:
    """Return the paper that raises the next issues, the most important first."""
    outlook, worths = positions.outlook, positions.outlook.worths
    left = [i for i in worths.issues if i not in positions.said and worths.order[i]]
    if not left:
        return None
    ranked = sorted(
        left, key=lambda i: (-float(worths.of(i, worths.order[i][0]) - worths.of(i, worths.order[i][-1])), i)
    )
    is_first = len(left) == len(worths.issues)
    points = [Point(issue=i, options=(worths.order[i][0],), stand=Stand.ASK) for i in ranked[: manner.raises]]
    refused = sorted(worths.red_lines)
    points += [
        Point(issue=i, options=(o,), stand=Stand.REJECT) for i, o in refused if any(p.issue == i for p in points)
    ]
    start = outlook.orders.timetable.starts_at
    key = f"raise {len(left)}"
    due = outlook.after(start, key, 4, 14) if is_first else outlook.after(_last_own(outlook), key, 45, 90)
    return filing(
        positions,
        Sheet(
            key=key,
            due_at=_no_sooner(outlook, due),
            situation="ask",
            points=tuple(points),
            reason=Reason(name="raise", values={"issue": points[0].issue}, unless="brief"),
        ),
    )


def _give_way(positions: Positions, manner: Manner) -> Intention | None:
    """Return the paper with the next step, if the seat has gained enough, or as a gesture."""
    if manner.spoils:
        return None
    found = positions.next_step(eager=manner.eager)
    if found is None:
        return None
    outlook, (step, why) = positions.outlook, found
    wish = positions.wish
    linked = why == "gain" and step.cost >= 4 and wish is not None and wish[0] != step.issue
    only_if = (
        (wish,) if linked and wish is not None and (manner.links or outlook.chance(f"link {step.issue}") < 0.3) else ()
    )
    stand = Stand.ACCEPT if step.wanted > 0 else Stand.OFFER
    recent = max((h.at for h in positions.heard), default=outlook.orders.timetable.starts_at)
    things = tuple(h.thing for h in positions.heard if h.at > positions.last_step_at and h.stand.gives)[-2:]
    key = f"give {step.issue}:{step.option}"
    return filing(
        positions,
        Sheet(
            key=key,
            due_at=_no_sooner(outlook, outlook.after(recent, key, 14, 40)),
            situation="accept-if" if only_if else "accept" if stand is Stand.ACCEPT else "offer",
            points=(Point(issue=step.issue, options=(step.option,), stand=stand, only_if=only_if),),
            reason=Reason(
                name=f"give-{why}",
                values={"issue": step.issue, "cost": f"{step.cost:.0f}", "gains": f"{positions.gains:.1f}"},
                things=things or tuple(h.thing for h in positions.heard[-1:]),
                unless="price",
            ),
        ),
    )


def _remind(positions: Positions) -> Intention | None:
    """Return a paper that asks again for what the seat would gain most from, until a time, when it is long silent."""
    outlook, wish = positions.outlook, positions.wish
    own = [paper for paper in outlook.own_papers if any(p.stand is Stand.ASK and p.until for p in paper.points)]
    if wish is None or len(own) >= MOST_REMINDERS or len(positions.said) < len(outlook.worths.issues):
        return None
    asked = {p.issue for paper in own[-2:] for p in paper.points}
    issue, option = wish
    if issue in asked:
        return None
    last = _last_own(outlook)
    key = f"remind {issue} {len(own)}"
    due = _no_sooner(outlook, outlook.after(last, key, 55, 110))
    until = outlook.awake(due + timedelta(hours=4)).replace(second=0, microsecond=0)
    return filing(
        positions,
        Sheet(
            key=key,
            due_at=due,
            situation="ask",
            points=(Point(issue=issue, options=(option,), stand=Stand.ASK, until=until),),
            reason=Reason(name="remind", values={"issue": issue}, unless="answered-here"),
        ),
    )


def _chase(outlook: Outlook, positions: Positions) -> Iterator[Intention]:
    """Yield one question to the first intermediary on a paper that it has not told for more than an hour."""
    chased = {source for i in outlook.items if i.kind == TO_ONE for source in i.derived_from}
    for item in outlook.items:
        if item.came != ItemCame.FILED or item.kind != FOR_OTHERS or item.tellings or item.handle in chased:
            continue
        cleared = [outlook.known.clearances[h] for h in item.clearances]
        if not cleared or cleared[-1].at is None or cleared[-1].ended:
            continue
        if item.wordings:
            continue
        made = filing(
            positions,
            Sheet(
                key=f"chase {item.handle}",
                due_at=outlook.after(cleared[-1].at, f"chase {item.handle}", 75, 110),
                situation="chase",
                points=(),
                kind=TO_ONE,
                sources=(item.handle,),
                reason=Reason(name="chase", values={"to": outlook.carriers[0]}, things=(item.handle,), unless="told"),
            ),
        )
        if made is not None:
            yield made


# --------------------------------------------------------------------------------------------- staying away, and back


def ground_of(positions: Positions) -> tuple[Point, datetime] | None:
    """Return the ground on which the seat stays away now, and since when; ``None`` if it takes part."""
    found = None
    for paper in positions.outlook.own_papers:
        for point in paper.points:
            if point.stand in (Stand.STAY_AWAY, Stand.LEAVE):
                found = (point, paper.at)
            elif point.stand is Stand.RETURN:
                found = None
    return found


def is_away(positions: Positions) -> bool:
    """Return whether the seat stays away now."""
    return ground_of(positions) is not None


def is_gone(positions: Positions) -> bool:
    """Return whether the seat has left for good: it left, and for two hours of the day nobody met its ground."""
    ground = ground_of(positions)
    if ground is None or ground[0].stand is not Stand.LEAVE:
        return False
    return positions.outlook.moment >= positions.outlook.awake(ground[1]) + FINAL


def come_and_go(positions: Positions, manner: Manner) -> Iterator[Intention]:
    """Yield a boycott on one ground when patience is low, a departure when it is gone, and the return when met."""
    outlook, ground = positions.outlook, ground_of(positions)
    patience = positions.mood.patience
    if ground is not None:
        yield from _return(positions, *ground)
    asked = positions.ground
    if asked is None or is_gone(positions) or not outlook.carriers:
        return
    if outlook.moment >= outlook.orders.timetable.closes_at:
        return  # talks that are over are not left
    at = positions.mood.events[-1].at if positions.mood.events else outlook.moment
    things = tuple(e.thing for e in positions.mood.events if e.patience < 0 and e.thing)[-2:]
    stand = None
    if patience < LEAVE and (ground is None or _still_holds(positions, ground[0])):
        stand = Stand.LEAVE
    elif (
        (patience < BOYCOTT or (manner.spoils and outlook.share > 0.3))
        and ground is None
        and not _has_returned(positions)
    ):
        stand = Stand.STAY_AWAY
    if stand is None:
        return
    issue, option = (ground[0].issue, ground[0].option) if ground is not None else asked
    made = filing(
        positions,
        Sheet(
            key=f"{stand.value} {issue} {len(positions.mood.events)}",
            due_at=outlook.after(at, f"{stand.value} {issue}", 4, 15),
            situation="boycott",
            points=(Point(issue=issue, options=(option,), stand=stand),),
            kind=TO_CARRIERS,
            reason=Reason(
                name=stand.value, values={"issue": issue, "patience": str(patience)}, things=things, unless="patience"
            ),
        ),
    )
    if made is not None:
        yield made


def _still_holds(positions: Positions, ground: Point) -> bool:
    """Return whether the seat stays away on a ground for which it may leave: no text has met it."""
    return ground.stand is Stand.STAY_AWAY and (ground.issue, ground.option) not in positions.written


def _has_returned(positions: Positions) -> bool:
    return any(p.stand is Stand.RETURN for paper in positions.outlook.own_papers for p in paper.points)


def _return(positions: Positions, ground: Point, since: datetime) -> Iterator[Intention]:
    if is_gone(positions):
        return
    outlook = positions.outlook
    met = [
        h for h in positions.heard
        if h.at > since and (h.issue, h.option) == (ground.issue, ground.option) and h.stand.gives
        and positions.mood.in_(h.teller) >= 40
    ]  # fmt: skip
    in_text = [
        (v.released_at, handle)
        for handle, v in outlook.known.versions.items()
        if v.released_at is not None
        and v.released_at > since
        and (ground.issue, ground.option) in outlook.clauses[handle].values()
    ]
    found = min([*((h.at, h.thing) for h in met), *in_text], default=None)
    if found is None:
        return
    made = filing(
        positions,
        Sheet(
            key=f"return {found[1]}",
            due_at=outlook.after(found[0], f"return {found[1]}", 5, 20),
            situation="return",
            points=(Point(issue=ground.issue, options=(ground.option,), stand=Stand.RETURN),),
            kind=TO_CARRIERS,
            reason=Reason(name="return", values={"issue": ground.issue}, things=(found[1],), unless="ground"),
        ),
    )
    if made is not None:
        yield made
