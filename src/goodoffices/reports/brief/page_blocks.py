"""The blocks of a brief's first page, from one seat's view as of a moment."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from goodoffices.reports.brief.contested import ContestedQuestion, rivals
from goodoffices.reports.brief.page import Block, Row, compact
from goodoffices.reports.brief.sources import new_claims
from goodoffices.reports.brief.texts_section import text_title
from goodoffices.reports.provenance import (
    claim_mark,
    claim_name,
    claim_of,
    speaker_text,
    statement,
    subject_name,
    value_text,
)
from goodoffices.reports.tables import and_listed, capital
from goodoffices.talks.base.enums import Role, Strength, ValueKind
from goodoffices.talks.base.local_time import in_zone, local_day
from goodoffices.talks.base.states import InvitationState, ItemCame, ProcedureState, QuestionState, WordingState
from goodoffices.talks.model.external_texts import NamedText
from goodoffices.talks.state.known_claims import KnownClaim
from goodoffices.talks.state.known_meetings import KnownDelegation, KnownRound
from goodoffices.talks.state.view import View
from goodoffices.talks.texts.agreement_status import families

_STAFF = {Role.SECRETARIAT, Role.ANALYST, Role.AUDITOR, Role.CONTROL}
_COUNTED = (ValueKind.NUMBER, ValueKind.AT_LEAST, ValueKind.RANGE)
_MOST_TEXTS = 5
_MOST_NEW = 4


def waiting_block(view: View) -> Block:
    """Return what waits for this seat: papers to tell, wordings to approve, questions and invitations to answer."""
    known, me = view.known, view.seat
    rows = [
        Row(label="A paper to tell", words=f"{item.handle}, handed to you by {view.name(item.originator or '')}")
        for item in known.items.values()
        if item.came == ItemCame.HANDED and item.ended is None and not item.tellings and item.clearances
    ]
    rows += [
        Row(label="Words to approve", words=f"{view.name(w.holder)} shows you words for {view.name(w.to)}: {w.handle}")
        for w in known.wordings.values()
        if w.holder != me and w.state == WordingState.SHOWN and not known.items[w.item].ended
    ]
    rows += [
        Row(label="A question to answer", words=f"{q.handle}, put by {view.name(q.by)}")
        for q in known.questions.values()
        if q.state == QuestionState.OPEN and me in q.eligible and all(answer.seat != me for answer in q.answers)
    ]
    rows += [
        Row(label="A blind question", words=f"{b.handle}, asked by {view.name(b.by)}")
        for b in known.blinds.values()
        if b.state == ProcedureState.OPEN and me in b.asked and me not in dict(b.answers)
    ]
    rows += [
        Row(label="An invitation", words=f"from {view.name(i.invitation.by)}: {i.handle}")
        for i in known.invitations.values()
        if i.state == InvitationState.OPEN and i.invitation.to == me and i.invitation.by is not None
    ]
    return Block(title="Waits for you", rows=tuple(rows), section="told")


def present_round(view: View, today: date) -> KnownRound | None:
    """Return the round that a brief is about: the open one, else the next one, else the one that closed last."""
    rounds = [held for held in view.known.rounds.values()]
    open_now = [held for held in rounds if held.round.opened is not None and held.round.closed is None]
    if open_now:
        return open_now[-1]
    ahead = [
        (min(p.start for p in held.round.planned if (p.end or p.start) >= today), n)
        for n, held in enumerate(rounds)
        if held.round.opened is None and any((p.end or p.start) >= today for p in held.round.planned)
    ]
    if ahead:
        return rounds[min(ahead)[1]]
    closed = [(held.round.closed, n) for n, held in enumerate(rounds) if held.round.closed is not None]
    return rounds[max(closed)[1]] if closed else (rounds[-1] if rounds else None)


def people_block(view: View, today: date) -> Block:
    """Return who is in at the round that the brief is about, on whose word, and who has said that they stay away."""
    delegations = _delegations(view, today)
    by_words: dict[str, list[str]] = {}
    for slug, seat in view.known.seats.items():
        if seat.closed or set(seat.roles) <= _STAFF:
            continue
        held = next((one for one in delegations if one.delegation.seat == slug), None)
        words = _who(view, held) if held is not None else "no delegation is reported"
        name = f"{capital(view.name(slug))}{' (you)' if slug == view.seat else ''}"
        by_words.setdefault(words, []).append(name)
    rows = [Row(label=", ".join(names), words=words) for words, names in by_words.items()]
    return Block(title="Who is in", rows=(*rows, *_away(view)), section="people", least=6)


def _delegations(view: View, today: date) -> list[KnownDelegation]:
    chosen = present_round(view, today)
    every = list(view.known.delegations.values())
    return [held for held in every if chosen is not None and held.delegation.round == chosen.round.slug] or every


def _who(view: View, held: KnownDelegation) -> str:
    """Return what is said of a delegation: its claims, then who leads it if they do not say it."""
    plan = held.delegation
    said = []
    for slug in plan.claims:
        claim = claim_of(view, slug)
        if claim is not None:
            said.append(f"{_short(view, claim)} {claim_mark(claim)}")
    if plan.head is None:
        return "; ".join([*said, "who leads is not yet reported"] if said else ["names not yet reported"])
    head = claim_of(view, plan.head_claim)
    if head is None or head.claim.slug not in plan.claims:
        mark = "" if head is None else f" {claim_mark(head)}"
        said.insert(0, f"led by {view.name(plan.head)}{mark}")
    return "; ".join(said)


def _short(view: View, held: KnownClaim) -> str:
    return statement(view, held).rstrip(".")


def _away(view: View) -> list[Row]:
    """Return who declined and is not also said to have accepted, grouped by whose word it is."""
    answers: dict[str, set[str]] = {}
    for held in view.known.invitations.values():
        answers.setdefault(held.invitation.to, set()).add(held.state.value)
    by_claim: dict[str | None, list[str]] = {}
    for held in view.known.invitations.values():
        if answers[held.invitation.to] == {"declined"}:
            by_claim.setdefault(held.invitation.answer_claim, []).append(view.name(held.invitation.to))
    words = []
    for slug, names in by_claim.items():
        claim = claim_of(view, slug)
        who = and_listed(capital(name) for name in names)
        if claim is None:
            words.append(who)
        elif claim.claim.strength is Strength.OWN_WORD:
            words.append(f"{who}, own word {claim_mark(claim)}")
        else:
            words.append(f"{who}, says {speaker_text(view, claim)} {claim_mark(claim)}")
    return [Row(label="Not coming", words="; ".join(words))] if words else []


def contested_block(view: View, questions: tuple[ContestedQuestion, ...]) -> Block:
    """Return the contested questions, those with a short form first: every side of each, with who says it."""
    ordered = sorted(questions, key=lambda question: not question.short)
    rows = tuple(Row(label=question.short or question.title, words=_sides(view, question)) for question in ordered)
    return Block(title="Contested", rows=rows, section="contested", least=4)


def _sides(view: View, question: ContestedQuestion) -> str:
    """Return the rival values in the order in which they were stated, each with who says it."""
    by_value: dict[str, list[KnownClaim]] = {}
    for held in rivals(view, question):
        by_value.setdefault(value_text(view, held.claim.value), []).append(held)
    said = []
    for value, claims in by_value.items():
        marks = "".join(claim_mark(held) for held in claims).replace("][", ", ")
        if claims[0].claim.value.kind in _COUNTED:
            said.append(f"{value} {marks}")
        else:
            who = and_listed(dict.fromkeys(speaker_text(view, held) for held in claims))
            said.append(f"{who}: {value} {marks}")
    return compact(said) if all(": " not in side for side in said) else "; ".join(capital(side) for side in said)


def table_block(view: View) -> Block:
    """Return the texts on the table: those of this record, then those known from sources, the latest first."""
    own = [
        Row(label=f"{family.copies[-1].name} in this record", words=text_title(view, family))
        for family in families(view, words=False)
        if any(copy.name in view.known.versions for copy in family.copies)
    ]
    named = [text for text in view.known.header.texts if not text.copy_of]
    ordered = sorted(named, key=lambda text: (bool(text.about), text.dated or date.min), reverse=True)
    rows = (*own, *(Row(label=_dated(text), words=_marked(view, text)) for text in ordered))
    return Block(
        title="On the table",
        rows=rows[:_MOST_TEXTS],
        section="texts",
        least=2,
        left_out=max(0, len(rows) - _MOST_TEXTS),
    )


def _dated(text: NamedText) -> str:
    return short_day(text.dated) if text.dated is not None else "no date"


def short_day(day: date) -> str:
    """Return a day without its weekday, such as ``29 Dec 2016``."""
    return f"{day.day} {day:%b} {day.year}"


def _marked(view: View, text: NamedText) -> str:
    claims = [held for slug in text.claims if (held := claim_of(view, slug)) is not None]
    marks = "".join(dict.fromkeys(claim_mark(held) for held in claims[:2])).replace("][", ", ")
    return f"{text.title} {marks}".strip()


def due_block(view: View, at: datetime) -> Block:
    """Return what is due from a moment on: sessions, rounds, commitments and open questions, in order of time."""
    today = local_day(at, view.zone)
    due = [*_due_sessions(view, at), *_due_rounds(view, today), *_due_commitments(view, at, today)]
    rows = [
        Row(label=_due_label(view, when, today), words=row.words, is_invented=row.is_invented)
        for when, row in sorted(due, key=lambda pair: _key(view, pair[0]))
    ]
    nothing = Row(label="Nothing", words=f"No date after {short_day(today)} is known to this seat.")
    clock = f", by the clock of {view.zone}" if any(":" in row.label for row in rows) else ""
    return Block(title=f"Due{clock}", rows=tuple(_by_day(rows)) or (nothing,), section="commitments", least=3)


_Due = list[tuple[datetime | date, Row]]


def _due_sessions(view: View, at: datetime) -> _Due:
    due: _Due = []
    for session in view.known.sessions.values():
        if session.starts_at is not None and session.starts_at >= at:
            words = f"{session.title}{f', {session.room}' if session.room else ''} (session plan)"
            due.append((session.starts_at, Row(label="", words=words, is_invented=session.is_invented)))
    for question in view.known.questions.values():
        if question.state == QuestionState.OPEN and question.ends_at is not None and question.ends_at >= at:
            due.append((question.ends_at, Row(label="", words=f"question {question.handle} closes")))
    return due


def _due_rounds(view: View, today: date) -> _Due:
    return [
        (
            max(planned.start, today),
            Row(label="", words=f"{held.round.title}{_until(planned.end)}{_mark(view, planned.claim)}"),
        )
        for held in view.known.rounds.values()
        if held.round.opened is None
        for planned in held.round.planned
        if (planned.end or planned.start) >= today
    ]


def _due_commitments(view: View, at: datetime, today: date) -> _Due:
    return [
        (one.due, Row(label="", words=f"{held.commitment.what.rstrip('.')}{_mark(view, one.claim)}"))
        for held in view.known.commitments.values()
        if not held.commitment.happened
        for one in held.commitment.due
        if _not_past(one.due, at, today)
    ]


def _by_day(rows: list[Row]) -> list[Row]:
    """Return rows with the same label and mark joined, so that a date with several reasons stands once."""
    joined: dict[tuple[str, str, bool], list[str]] = {}
    for row in rows:
        words, _, mark = row.words.partition(" [")
        joined.setdefault((row.label, mark, row.is_invented), []).append(words)
    return [
        Row(label=label, words="; ".join(dict.fromkeys(words)) + (f" [{mark}" if mark else ""), is_invented=invented)
        for (label, mark, invented), words in joined.items()
    ]


def _until(end: date | None) -> str:
    return "" if end is None else f", until {short_day(end)}"


def _mark(view: View, slug: str | None) -> str:
    held = claim_of(view, slug)
    return "" if held is None else f" {claim_mark(held)}"


def _not_past(due: datetime | date, at: datetime, today: date) -> bool:
    return due >= at if isinstance(due, datetime) else due >= today


def _key(view: View, when: datetime | date) -> tuple[date, str]:
    if isinstance(when, datetime):
        local = in_zone(when, view.zone)
        return local.date(), f"{local:%H:%M}"
    return when, ""


def _due_label(view: View, when: datetime | date, today: date) -> str:
    day = local_day(when, view.zone) if isinstance(when, datetime) else when
    near = {today: "Today", today + timedelta(days=1): "Tomorrow"}
    clock = f" {in_zone(when, view.zone):%H:%M}" if isinstance(when, datetime) else ""
    return f"{near.get(day, short_day(day))}{clock}"


def new_block(view: View, since: datetime, shown: str) -> Block:
    """Return what became known after ``since`` and does not stand elsewhere on the page, the latest first."""
    rows = [
        Row(
            label=subject_name(view, held.claim.about),
            words=f"{_short(view, held)} {claim_mark(held)}",
            is_invented=held.claim.is_invented,
        )
        for held in reversed(new_claims(view, since))
        if f"[{claim_name(held)} " not in shown and f", {claim_name(held)} " not in shown
    ]
    return Block(
        title=f"New since {view.time(since)}",
        rows=tuple(rows[:_MOST_NEW]),
        section="changes",
        least=1,
        left_out=max(0, len(rows) - _MOST_NEW),
    )
