"""What needs a seat: everything that waits for it, with its first words and the page where it is done."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import partial

from goodoffices.data_class import dataclass
from goodoffices.talks.base.acts import Body
from goodoffices.talks.base.enums import Role
from goodoffices.talks.base.local_time import local_day
from goodoffices.talks.base.states import (
    InvitationState,
    ItemCame,
    ProcedureState,
    SessionState,
    VersionState,
    WordingState,
)
from goodoffices.talks.ceasefire.queries import unscreened
from goodoffices.talks.claims.as_of import exercise_moment
from goodoffices.talks.claims.known_dates import dates_in_force
from goodoffices.talks.commitments.outcomes import is_settled
from goodoffices.talks.exchange.clearances import has_passed
from goodoffices.talks.mechanisms.allegation_states import steps_of
from goodoffices.talks.state.knowledge import Knowledge
from goodoffices.talks.state.known_exchange import KnownItem
from goodoffices.talks.state.known_texts import KnownText, KnownVersion
from goodoffices.talks.texts.rendered_version import title_of
from goodoffices.web.live.waiting_commands import NEEDS_SOMEBODY, WaitingState
from goodoffices.web.pages.decisions import waiting_questions
from goodoffices.web.pages.page import PageContext
from goodoffices.web.pages.papers import heads

_SOON = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """One thing that waits for a seat: its sort, the page where it is done, the seats named, its words, its time.

    ``number`` counts what is meant, where a need stands for several things; ``named`` is the title of a thing.
    """

    sort: str
    page: str
    handle: str = ""
    seats: tuple[str, ...] = ()
    words: Body | None = None
    named: str = ""
    until: datetime | date | None = None
    number: int = 0


def needs(context: PageContext) -> list[Need]:
    """Return what waits for this seat: first what ends at a time, in order of time, then the rest by sort."""
    if context.known.exercise.is_revealed:
        return [Need(sort="debrief", page="debrief")]
    found = [
        *_clock(context),
        *_came_back(context),
        *_guests(context),
        *_exchange(context),
        *_answers(context),
        *_texts(context),
        *_asked_about(context),
        *_allegations(context),
        *_owed(context),
        *_service(context),
        *_sessions(context),
    ]
    zone = context.view.zone
    timed = [one for one in found if one.until is not None]
    return [
        *sorted(timed, key=lambda one: _day_first(one.until, zone)),
        *(one for one in found if one.until is None),
    ]


def _day_first(until: datetime | date | None, zone: str) -> tuple[date, float]:
    """Return a key by which times are ordered; a day without an hour comes after its hours."""
    if isinstance(until, datetime):
        return local_day(until, zone), until.timestamp()
    assert until is not None
    return until, float("inf")


def _clock(context: PageContext) -> Iterator[Need]:
    """Yield that the clock stands, to the one person who plays alone: nobody else can let it run."""
    run = context.known.exercise
    if run.is_played_alone_by(context.seat) and not run.is_running:
        yield Need(sort="clock", page="brief")


def _came_back(context: PageContext) -> Iterator[Need]:
    for one in context.waiting:
        if one.state is WaitingState.ASKED and one.request is not None:
            is_own = one.request.person == context.person
            yield Need(sort="asked" if is_own else "confirm", page=f"pending/{one.handle}")
        if one.state in NEEDS_SOMEBODY:
            yield Need(sort="came-back", page=f"pending/{one.handle}")


def _guests(context: PageContext) -> Iterator[Need]:
    if context.guests:
        yield Need(sort="guests", page="seats#room", number=len(context.guests))


def _exchange(context: PageContext) -> Iterator[Need]:
    """Yield what waits of papers: to tell, to read, to approve, to read back, to confirm."""
    yield from _papers(context)
    yield from _shown_and_read_back(context)


def _papers(context: PageContext) -> Iterator[Need]:
    for item in context.known.items.values():
        if item.came == ItemCame.HANDED and not item.ended and context.has("RelayItem"):
            yield from _to_tell(context, item)
        if item.came == ItemCame.TOLD and item.ask_read_back and not item.read_backs:
            yield Need(
                sort="restate",
                page=f"papers/{item.handle}",
                handle=item.handle,
                seats=(item.teller or "",),
                words=_first(item, context.language),
            )


def _shown_and_read_back(context: PageContext) -> Iterator[Need]:
    known, me = context.known, context.seat
    for wording in known.wordings.values():
        if wording.holder != me and wording.state == WordingState.SHOWN and not known.items[wording.item].ended:
            yield Need(
                sort="wording",
                page=f"papers/{wording.item}#f-approve-{wording.handle}",
                handle=wording.handle,
                seats=(wording.holder, wording.to),
                words=wording.words,
            )
    page = "relays" if context.has("RelayItem") else "papers"
    for telling in known.tellings.values():
        for back in telling.read_backs:
            if telling.by == me and back.confirmed is None:
                yield Need(sort="read-back", page=page, handle=back.handle, seats=(telling.to,), words=back.words)


def _to_tell(context: PageContext, item: KnownItem) -> Iterator[Need]:
    """Yield a paper that was handed to this seat: to whom it may tell it still, or that it may not be told yet."""
    told = {context.known.tellings[t].to for t in item.tellings if t in context.known.tellings}
    given = [context.known.clearances[c] for c in item.clearances if c in context.known.clearances]
    standing = [c for c in given if not has_passed(c, context.now) and not c.ended]
    asked = {w.to for w in context.known.wordings.values() if w.item == item.handle and w.state == WordingState.SHOWN}
    for one in standing:
        left = tuple(
            seat for seat in one.to if seat not in one.ended_to and seat not in told | (asked if one.approve else set())
        )
        if left:
            yield Need(
                sort="tell",
                page=f"relays/{item.handle}",
                handle=item.handle,
                seats=(item.originator or "", *left),
                words=_first(item, context.language),
                until=one.until,
            )
    if not given and _is_new(context, item.at) and not _is_answered(context, item):
        # A question is for the seat that was handed it: it is answered, and not told to others.
        is_question = item.kind == "question"
        yield Need(
            sort="asks" if is_question else "held",
            page=f"papers/{item.handle}" if is_question else f"relays/{item.handle}",
            handle=item.handle,
            seats=(item.originator or "",),
            words=_first(item, context.language),
        )


def _is_answered(context: PageContext, item: KnownItem) -> bool:
    """Say whether this seat has written an answer to a paper and told or handed it to somebody."""
    own = (one for one in context.known.items.values() if one.answers == item.handle and one.came == ItemCame.FILED)
    return any(one.tellings or one.holders for one in own)


def _is_new(context: PageContext, at: datetime) -> bool:
    """Say whether something came after what this person had looked at before."""
    notices = context.view.notices
    return context.since < len(notices) and (context.since == 0 or at > notices[context.since - 1].when)


def _first(item: KnownItem, language: str) -> Body | None:
    return next(iter(heads(item, language)), None)


def _answers(context: PageContext) -> Iterator[Need]:
    """Yield what this seat is asked: questions, blind questions, deposits and invitations."""
    known, me = context.known, context.seat
    for question in waiting_questions(context):
        version = known.versions.get(question.version or "")
        yield Need(
            sort="question",
            page=f"decisions/{question.handle}",
            handle=question.handle,
            seats=(question.by,),
            words=question.question,
            named="" if version is None else title_of(context.view, version, context.language),
            until=question.ends_at,
        )
    for blind in known.blinds.values():
        if blind.state == ProcedureState.OPEN and me in blind.asked and me not in dict(blind.answers):
            yield Need(
                sort="blind",
                page=f"#f-blind-{blind.handle}",
                handle=blind.handle,
                seats=(blind.by,),
                words=blind.question,
                until=blind.closes_at,
            )
    for deposit in known.deposits.values():
        if deposit.state == ProcedureState.OPEN and me in deposit.depositors and me not in dict(deposit.papers):
            yield Need(
                sort="deposit",
                page=f"#f-deposit-{deposit.handle}",
                handle=deposit.handle,
                seats=(deposit.neutral,),
                words=deposit.question,
                until=deposit.closes_at,
            )
    for held in known.invitations.values():
        if held.state == InvitationState.OPEN and held.invitation.to == me and held.invitation.by in known.seats:
            yield Need(
                sort="invitation",
                page="people",
                handle=held.handle,
                seats=(held.invitation.by or "",),
                named=held.invitation.round,
            )


def _texts(context: PageContext) -> Iterator[Need]:
    """Yield what waits of texts: comments for the pen, and versions on which this seat has no stance yet."""
    known, me = context.known, context.seat
    for text in known.texts.values():
        last = next((known.versions[v] for v in reversed(text.versions) if v in known.versions), None)
        if last is None:
            continue
        if text.pen == me:
            said = [c for c in known.comments.values() if c.version in text.versions and c.by != me and c.waits]
            if said:
                yield Need(
                    sort="comments",
                    page=f"texts/{text.handle}/pen",
                    handle=last.handle,
                    seats=tuple(dict.fromkeys(c.by for c in said)),
                    named=title_of(context.view, last, context.language),
                    number=len(said),
                )
        elif _wants_stance(context, text, last):
            yield Need(
                sort="stance",
                page=f"texts/{text.handle}",
                handle=last.handle,
                seats=(text.pen,),
                named=title_of(context.view, last, context.language),
            )


def _wants_stance(context: PageContext, text: KnownText, version: KnownVersion) -> bool:
    """Say whether this seat can be expected to say where it stands on a version: the text is about its actor."""
    known, me = context.known, context.view.me
    if me is None or not context.has("TakeStance") or version.state == VersionState.SUPERSEDED:
        return False
    concerned = me.actor in text.frame.about or (not text.frame.about and Role.PARTY in me.roles)
    mine = (s for s in known.stances.values() if s.version == version.handle and s.actor == me.actor)
    return concerned and not any(s.ended_at is None for s in mine)


def _asked_about(context: PageContext) -> Iterator[Need]:
    """Yield the allegations that this seat was asked about and has not answered, and how many wait for a first look."""
    seat = context.seat
    # A ledger may have a hundred thousand allegations, and every page shows what a seat needs.
    asked = context.once("asked about", lambda known: [held for held in known.allegations.values() if held.asked])
    for held in asked:
        for one in held.asked:
            if one.seat == seat and not one.says and not held.withdrawn:
                page = f"ceasefire/{held.handle}"
                yield Need(sort="allegation", page=page, handle=held.handle, until=one.answer_by, words=held.words)
    for step, waiting in context.once("steps", lambda known: steps_of(known, seat)).items():
        if step != "first-look":
            first = waiting[0]
            page = f"ceasefire/{first.handle}"
            yield Need(sort="step", page=page, handle=first.handle, named=step, number=len(waiting))
    if n_waiting := context.once("unscreened", lambda known: len(unscreened(known, seat))):
        yield Need(sort="unscreened", page="screening", number=n_waiting)


def _allegations(context: PageContext) -> Iterator[Need]:
    """Yield, for the keeper of a ledger, how many allegations of each other ledger it has not answered."""
    known = context.known
    mine = {held.handle for held in known.ledgers.values() if held.ledger.keeper == known.actor_of(context.seat)}
    if not mine or not context.has("ConfirmAllegations"):
        return
    for held in known.ledgers.values():
        kept = (known.seats[seat].roles for seat in known.seats_of(held.ledger.keeper))
        if held.handle in mine or any(Role.SECRETARIAT in roles for roles in kept):
            continue  # its own, or a data set that nobody is asked about
        if open_now := context.once(f"unanswered {held.handle}", partial(_unanswered, held.handle)):
            yield Need(sort="allegations", page="ceasefire", handle=held.handle, number=open_now)


def _unanswered(ledger: str, known: Knowledge) -> int:
    """Return how many allegations of a ledger nobody has answered."""
    rows = (known.allegations.get(handle) for handle in known.ledgers[ledger].allegations)
    return sum(row is not None and row.is_counted and not row.answers for row in rows)


def _owed(context: PageContext) -> Iterator[Need]:
    """Yield the commitments of this seat's actor that are due within a week, or past, and not reported on."""
    mine = context.known.actor_of(context.seat)
    # An exercise is set in a time of its own: what is overdue today there may be years ago here.
    today = local_day(exercise_moment(context.view) or context.now, context.view.zone)
    for held in context.known.commitments.values():
        plan = held.commitment
        if (
            mine not in plan.obligors
            or held.reports
            or is_settled(context.known, held)
            or not context.has("ReportCommitment")
        ):
            continue
        days = [
            local_day(one.due, context.view.zone) if isinstance(one.due, datetime) else one.due
            for one in dates_in_force(plan.due, held.moved_to)
        ]
        if days and min(days) <= today + _SOON:
            yield Need(sort="due", page="commitments", handle=held.handle, named=plan.what, until=min(days))


def _service(context: PageContext) -> Iterator[Need]:
    """Yield the question whether papers on this screen count as received, until it is answered with yes."""
    me = context.view.me
    if me is None or not context.has("AcceptService"):
        return
    if me.service_asked_by or (Role.PARTY in me.roles and not me.service_accepted):
        yield Need(sort="service", page="texts#f-service", seats=me.service_asked_by)


def _sessions(context: PageContext) -> Iterator[Need]:
    """Yield each session of an exercise that this seat chairs and that was to begin by now: nobody else can open it."""
    if not context.known.exercise.is_running:
        return
    for one in context.known.sessions.values():
        is_due = one.starts_at is not None and one.starts_at <= context.now
        if one.chair == context.seat and one.state == SessionState.PLANNED and is_due:
            yield Need(sort="session", page=f"sessions/{one.handle}", handle=one.handle, named=one.title)
