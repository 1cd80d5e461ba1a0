"""Hand a paper to the intermediaries, clear it for those who are to be told, and tell one's own ideas."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from goodoffices.data_class import dataclass
from goodoffices.rehearsal.seats.composition import compose
from goodoffices.rehearsal.seats.intentions import Intention, Reason
from goodoffices.rehearsal.seats.lexicon import Stand
from goodoffices.rehearsal.seats.outlook import Outlook, Paper
from goodoffices.rehearsal.seats.points import Point
from goodoffices.rehearsal.seats.positions import Positions
from goodoffices.rehearsal.seats.temper import SHORT
from goodoffices.talks.base.enums import Form, Mode, Role
from goodoffices.talks.base.states import ItemCame
from goodoffices.talks.exchange.items import ClearItem, FileItem, HandItem
from goodoffices.talks.exchange.relays import RelayItem
from goodoffices.talks.state.known_exchange import KnownItem
from goodoffices.talks.state.known_seats import KnownSeat
from goodoffices.talks.state.permissions import carries

FOR_OTHERS = "position"
"""The kind of a paper that is cleared for the other side."""
TO_CARRIERS = "message"
"""The kind of a paper that goes to the intermediaries, cleared for everybody: a boycott, a departure, a return."""
TO_ONE = "question"
"""The kind of a paper for one intermediary alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A paper to write: what it is for, its points, its kind, when and why, and the papers that it draws on."""

    key: str
    due_at: datetime
    situation: str
    points: tuple[Point, ...]
    reason: Reason
    kind: str = FOR_OTHERS
    sources: tuple[str, ...] = ()


def filing(positions: Positions, sheet: Sheet) -> Intention | None:
    """Return the intention to write a paper, or ``None`` if there is nothing to say and no words are left."""
    words = compose(positions.outlook, positions.mood, sheet.situation, sheet.points, key=sheet.key)
    if not words:
        return None
    command = FileItem(words=words, kind=sheet.kind, derived_from=sheet.sources, mode=Mode.ON_RECORD)
    waits = sheet.kind == FOR_OTHERS
    return Intention(key=sheet.key, due_at=sheet.due_at, command=command, reason=sheet.reason, can_wait=waits)


def deliver(positions: Positions) -> Iterator[Intention]:
    """Yield what is still to be done with papers of its own: to hand them, to clear them, to tell them."""
    outlook = positions.outlook
    by_handle = {paper.handle: paper for paper in outlook.own_papers}
    carrier = "RelayItem" in outlook.powers
    for item in outlook.items:
        if item.came != ItemCame.FILED or item.ended is not None or item.at < outlook.orders.timetable.starts_at:
            continue
        if carrier:
            yield from _tell_idea(outlook, item, by_handle[item.handle])
        else:
            yield from _hand_and_clear(positions, item, by_handle[item.handle])


def unfinished(positions: Positions) -> bool:
    """Return whether a paper for the other side is written and not yet cleared."""
    items = positions.outlook.items
    return any(i.came == ItemCame.FILED and i.kind == FOR_OTHERS and not i.ended and not i.clearances for i in items)


def _hand_and_clear(positions: Positions, item: KnownItem, paper: Paper) -> Iterator[Intention]:
    outlook = positions.outlook
    wanted = (_asked(outlook, item) or outlook.carriers[:1]) if item.kind == TO_ONE else outlook.carriers
    for k, carrier in enumerate(wanted):
        if carrier not in item.holders:
            yield Intention(
                key=f"hand {item.handle} {carrier}",
                due_at=item.at + timedelta(minutes=1 + k),
                command=HandItem(item=item.handle, to=carrier),
                reason=Reason(name="hand", values={"to": carrier}, things=(item.handle,), unless="trust-more"),
            )
            return
    if item.kind != TO_ONE and item.holders and not item.clearances:
        yield _clearance(positions, item, paper)


def _asked(outlook: Outlook, item: KnownItem) -> tuple[str, ...]:
    """Return the seat whose paper a question answers, if it can be handed the question."""
    answered = outlook.known.items.get(item.answers or "")
    teller = None if answered is None else answered.teller or answered.originator
    return (teller,) if teller is not None and is_carrier(outlook, teller) else ()


def _clearance(positions: Positions, item: KnownItem, paper: Paper) -> Intention:
    outlook = positions.outlook
    form, approve = _form(positions, item, paper)
    if item.kind == TO_CARRIERS:
        to = tuple(s.slug for s in outlook.known.seats.values() if s.slug != outlook.seat and _takes_part(s))
    else:
        pens = tuple(plan.pen for plan in outlook.orders.timetable.texts if plan.pen != outlook.seat)
        to = tuple(dict.fromkeys((*outlook.others, *(pen for pen in pens if pen in outlook.known.seats))))
    via = tuple(carrier for carrier in outlook.carriers if carrier in item.holders)
    last = positions.heard[-1].thing if positions.heard else ""
    return Intention(
        key=f"clear {item.handle}",
        due_at=item.at + timedelta(minutes=3),
        command=ClearItem(item=item.handle, to=to, form=form, via=via, until=_until(positions), approve=approve),
        reason=Reason(
            name=f"clear-{form.value}",
            values={"to": ", ".join(outlook.others), "via": ", ".join(via)},
            things=tuple(thing for thing in (item.handle, last) if thing),
            unless="answered" if form is not Form.VERBATIM else "distrusted",
        ),
    )


def _takes_part(seat: KnownSeat) -> bool:
    """Return whether a seat is at the talks, and does not only keep the papers or look on."""
    return not seat.closed and not {Role.ANALYST, Role.SECRETARIAT, Role.AUDITOR, Role.CONTROL} & set(seat.roles)


def _form(positions: Positions, item: KnownItem, paper: Paper) -> tuple[Form, bool]:
    """Return the form of a clearance: exact words after an answer; before it a paraphrase shown first, or an idea."""
    outlook = positions.outlook
    if item.kind == TO_CARRIERS:
        return Form.VERBATIM, False
    issues = {point.issue for point in paper.points}
    answered = {h.issue for h in positions.heard if h.by in outlook.others}
    gives = any(point.stand.gives for point in paper.points)
    if gives and issues & answered:
        return Form.VERBATIM, False
    temper = outlook.orders.brief.temper
    if gives and temper.pride >= 60 and outlook.chance(f"face {item.handle}") < 0.35:
        return Form.OWN_IDEA, False
    return Form.PARAPHRASE, gives or temper.pride >= 80


def _until(positions: Positions) -> datetime:
    """Return the end of a clearance: some hours on, fewer when trust is low, and never in the night."""
    outlook = positions.outlook
    trust = [positions.mood.in_(carrier) for carrier in outlook.carriers]
    hours = 2 if trust and max(trust) < SHORT else 6
    until = outlook.moment + timedelta(hours=hours)
    awake = outlook.awake(until)
    return until if awake == until else awake + timedelta(hours=2, minutes=30)


def _tell_idea(outlook: Outlook, item: KnownItem, paper: Paper) -> Iterator[Intention]:
    """Yield the telling of an intermediary's own paper: an idea to both sides, a request to its client."""
    client: tuple[str, ...] = () if outlook.client is None else (outlook.client,)
    answered, named = outlook.known.items.get(item.answers or ""), addressee(outlook, item)
    if named is not None:
        client = (named,)
    elif answered is not None:
        client = tuple(s for s in (answered.originator or answered.teller,) if s is not None)
    to = client if item.kind == TO_ONE else outlook.parties
    told = {outlook.known.tellings[handle].to for handle in item.tellings}
    for k, seat in enumerate(seat for seat in to if seat not in told and not item.holders):
        asks = any(point.stand is Stand.ASK for point in paper.points)
        yield Intention(
            key=f"tell {item.handle} {seat}",
            due_at=outlook.awake(item.at + timedelta(minutes=3 + 4 * k)),
            command=RelayItem(item=item.handle, to=seat, form=Form.VERBATIM),
            reason=Reason(name="lean" if asks else "idea", values={"to": seat}, things=(item.handle,), unless="moved"),
        )


def addressee(outlook: Outlook, item: KnownItem) -> str | None:
    """Return the seat whose name is the title of a paper, or ``None`` if it has no such title."""
    title = None if item.title is None else outlook.view.text(item.title)
    return None if title is None else next((s for s in outlook.known.seats if outlook.view.name(s) == title), None)


def is_carrier(outlook: Outlook, seat: str) -> bool:
    """Return whether a seat can carry papers."""
    held = outlook.known.seats.get(seat)
    return held is not None and carries(held)
