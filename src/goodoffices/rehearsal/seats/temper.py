"""Temper: how much a seat trusts each other one, and how much patience it has left, from what it has seen itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from itertools import pairwise
from typing import NamedTuple

from goodoffices.data_class import dataclass
from goodoffices.rehearsal.seats.lexicon import Stand
from goodoffices.rehearsal.seats.outlook import Outlook, Paper
from goodoffices.talks.base.enums import CommentSort, Form
from goodoffices.talks.base.states import ItemCame

SHORT = 50
"""Below this a seat writes short papers and clears them for an hour only."""
BOYCOTT = 30
LEAVE = 15
BACK = 45
"""The patience of a seat that has come back."""


class Event(NamedTuple):
    """Something that was seen: when, whom it concerns, and what it adds to the trust in them and to patience."""

    at: datetime
    about: str
    trust: int
    patience: int
    name: str
    thing: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mood:
    """Trust by seat and patience, each from 0 to 100, and the events that made them."""

    trust: Mapping[str, int]
    patience: int
    events: tuple[Event, ...]

    def in_(self, seat: str) -> int:
        """Return the trust in a seat."""
        return self.trust.get(seat, 50)


def mood_of(outlook: Outlook) -> Mood:
    """Return the temper of a seat at this moment, from what it has seen of how it was treated."""
    temper = outlook.orders.brief.temper
    trust: dict[str, int] = dict(temper.trust)
    patience = temper.patience
    events = tuple(sorted(_events(outlook), key=lambda event: (event.at, event.name, event.thing)))
    for event in events:
        if event.about:
            trust[event.about] = min(100, max(0, trust.get(event.about, 50) + event.trust))
        patience = BACK if event.name == "returned" else min(100, max(0, patience + event.patience))
    return Mood(trust=trust, patience=patience, events=events)


def _events(outlook: Outlook) -> Iterator[Event]:
    yield from _relays(outlook)
    yield from _read_backs(outlook)
    yield from _two_carriers(outlook)
    yield from _comments(outlook)
    yield from _allegations(outlook)
    yield from _silences(outlook)
    yield from _leans(outlook)
    yield from _departures(outlook)


def _relays(outlook: Outlook) -> Iterator[Event]:
    """Yield a paper told soon, and a clearance that ended without it having been told."""
    known = outlook.known
    for item in outlook.items:
        if item.came != ItemCame.FILED or not item.clearances:
            continue
        tellings = [known.tellings[handle] for handle in item.tellings]
        for clearance in (known.clearances[handle] for handle in item.clearances):
            told = [t for t in tellings if t.to in clearance.to]
            if told and clearance.at is not None and told[0].at - clearance.at <= timedelta(minutes=30):
                yield Event(told[0].at, told[0].by, 4, 0, "told-soon", item.handle)
            ended = clearance.until
            if not told and ended is not None and ended <= outlook.moment and item.holders:
                yield Event(ended, item.holders[0], -6, -5, "lapsed", item.handle)


def _read_backs(outlook: Outlook) -> Iterator[Event]:
    for item in outlook.items:
        for back in item.read_backs:
            if back.confirmed is False and item.came == ItemCame.TOLD and item.teller is not None:
                yield Event(item.at, item.teller, -10, 0, "point-lost", item.handle)


def _two_carriers(outlook: Outlook) -> Iterator[Event]:
    """Yield two tellings of the same issue by two tellers, that agree or differ."""
    by_issue: dict[str, list[Paper]] = {}
    for paper in outlook.told:
        for point in paper.points:
            if paper.by is not None:
                by_issue.setdefault(point.issue, []).append(paper)
    for issue, papers in by_issue.items():
        for first, second in pairwise(papers):
            if first.teller != second.teller and first.by == second.by and second.at - first.at <= timedelta(hours=3):
                yield from _compared(outlook, issue, first, second)


def _compared(outlook: Outlook, issue: str, first: Paper, second: Paper) -> Iterator[Event]:
    one, other = ({(p.options, p.stand, p.only_if) for p in q.points if p.issue == issue} for q in (first, second))
    if one == other:
        yield Event(second.at, first.teller, 3, 0, "carriers-agree", second.handle)
        yield Event(second.at, second.teller, 3, 0, "carriers-agree", second.handle)
    elif Form.OWN_IDEA not in (first.form, second.form):
        lesser = min((first, second), key=lambda paper: (outlook.first_trust(paper.teller), paper.teller))
        yield Event(second.at, lesser.teller, -8, 0, "carriers-differ", second.handle)


def _comments(outlook: Outlook) -> Iterator[Event]:
    """Yield, for each later version that the seat got, whether its proposals were taken up."""
    known = outlook.known
    for text in known.texts.values():
        if text.pen == outlook.seat:
            continue
        for before, after in pairwise(text.versions):
            wished = _proposals(outlook, before)
            if not wished or known.versions[after].released_at is None:
                continue
            has = set(outlook.clauses[after].values())
            at = known.versions[after].released_at or known.versions[after].at
            if wished & has:
                yield Event(at, text.pen, 6, 5, "comment-taken", after)
            else:
                yield Event(at, text.pen, -5, -8, "comment-ignored", after)


def _proposals(outlook: Outlook, version: str) -> set[tuple[str, str]]:
    made = [c for c in outlook.known.comments.values() if c.by == outlook.seat and c.version == version]
    wished = [c.words for c in made if c.sort is CommentSort.PROPOSE and c.words is not None]
    return {(p.issue, p.option) for words in wished for p in outlook.wished(words)}


def _allegations(outlook: Outlook) -> Iterator[Event]:
    for allegation in outlook.known.allegations.values():
        if allegation.by != outlook.seat or allegation.withdrawn:
            continue
        answers = len(allegation.answers)
        keepers = {k.ledger.keeper for k in outlook.known.ledgers.values()} - {outlook.known.actor_of(outlook.seat)}
        for keeper in sorted(keepers):
            seat = next(iter(outlook.known.seats_of(keeper)), keeper)
            if answers:
                yield Event(allegation.at, seat, 5, 0, "allegation-answered", allegation.handle)
            elif outlook.moment - allegation.at >= timedelta(hours=2):
                yield Event(allegation.at + timedelta(hours=2), seat, -4, -4, "allegation-ignored", allegation.handle)


def _silences(outlook: Outlook) -> Iterator[Event]:
    """Yield an hour of the day in which the seat was told nothing."""
    heard = [outlook.orders.timetable.starts_at, *(p.at for p in outlook.told if p.points)]
    heard += [
        v.released_at for v in outlook.known.versions.values() if v.released_at is not None and v.by != outlook.seat
    ]
    heard += [s.opened_at for s in outlook.known.sessions.values() if s.opened_at is not None]
    times = sorted(at for at in heard if at <= outlook.moment)
    for start, end in zip(times, [*times[1:], outlook.moment], strict=True):
        at = outlook.awake(start) + timedelta(minutes=75)
        while at <= end:
            if outlook.awake(at) == at:
                yield Event(at, "", 0, -4, "silence")
            at += timedelta(minutes=60)


def _leans(outlook: Outlook) -> Iterator[Event]:
    """Yield the papers in which the seat's guarantor asks something of it."""
    for paper in outlook.told:
        backer = max(outlook.orders.brief.temper.trust, key=outlook.first_trust, default="")
        asks = any(point.stand is Stand.ASK for point in paper.points)
        if paper.teller == backer and paper.form is Form.OWN_IDEA and asks:
            yield Event(paper.at, "", 0, -10, "leaned-on", paper.handle)


def _departures(outlook: Outlook) -> Iterator[Event]:
    for paper in outlook.own_papers:
        for point in paper.points:
            if point.stand is Stand.RETURN:
                yield Event(paper.at, "", 0, 0, "returned", paper.handle)
