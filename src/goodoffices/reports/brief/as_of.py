"""A view as of a day: what the world's claims, dates and ledgers said by then."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import TypeVar

from goodoffices.talks.base.persistent import Log, Table
from goodoffices.talks.model.external_texts import NamedText
from goodoffices.talks.model.obligations import DueDate
from goodoffices.talks.model.rounds import PlannedDate
from goodoffices.talks.state.knowledge import Knowledge
from goodoffices.talks.state.known_ceasefire import KnownLedger
from goodoffices.talks.state.known_claims import KnownClaim
from goodoffices.talks.state.known_commitments import KnownCommitment
from goodoffices.talks.state.known_meetings import KnownRound, state_of

T = TypeVar("T")


def known_as_of(known: Knowledge, day: date) -> Knowledge:
    """Return ``known`` without what was said, dated or opened after ``day``.

    A claim counts from the day it was asserted, else from the day it is about; a delegation from the opening of its
    round; what has no date at all stays.
    """
    kept = known.set("claims", _kept(known.claims, lambda claim: _said(claim) is None or _said(claim) <= day))
    claims = {claim.claim.slug for claim in kept.claims.values()}
    known_claims = {claim.claim.slug for claim in known.claims.values()}
    gone = known_claims - claims
    kept = kept.set("roles", Log([r for r in known.roles if _by(r.since, day) and r.claim not in gone]))
    kept = kept.set(
        "recognitions",
        Log([r for r in known.recognitions if _by(r.recognition.since, day) and r.recognition.claim not in gone]),
    )
    kept = kept.set("changes", _kept(known.changes, lambda change: _by(change.change.when, day)))
    kept = kept.set("rounds", Table({handle: _round(held, day) for handle, held in known.rounds.items()}))
    ahead = {held.round.slug for held in known.rounds.values() if held.round.opened is not None} - {
        held.round.slug for held in kept.rounds.values() if held.round.opened is not None
    }
    kept = kept.set("delegations", _kept(known.delegations, lambda held: held.delegation.round not in ahead))
    # What is said today of a contested question is said with hindsight.
    questions = tuple((slug, question, "") for slug, question, _ in known.header.questions)
    texts = tuple(_text(named, gone) for named in known.header.texts if _by(named.dated, day))
    kept = kept.set("header", replace(known.header, questions=questions, texts=texts))
    owed = {
        h: _commitment(held, day)
        for h, held in known.commitments.items()
        if not held.commitment.claims or not gone >= set(held.commitment.claims)
    }
    kept = kept.set("commitments", Table(owed))
    kept = kept.set(
        "guarantees",
        _kept(known.guarantees, lambda g: _by(g.guarantee.since, day) and g.guarantee.claim not in gone),
    )
    kept = kept.set("sessions", _kept(known.sessions, lambda s: s.starts_at is None or s.starts_at.date() <= day))
    kept = kept.set("invitations", _kept(known.invitations, lambda i: i.invitation.claim not in gone))
    return kept.set("ledgers", Table({handle: _ledger(held, day) for handle, held in known.ledgers.items()}))


def _text(named: NamedText, gone: set[str]) -> NamedText:
    """Return a text known from sources without the stances and divergences that nobody had claimed by then."""
    stances = tuple(said for said in named.stances if said.claim not in gone)
    divergences = tuple(said for said in named.divergences if not said.claims or not gone >= set(said.claims))
    return replace(named, stances=stances, divergences=divergences)


def _said(known: KnownClaim) -> date:
    return known.claim.asserted_on or known.claim.when_from or date.min


def _by(when: date | None, day: date) -> bool:
    return when is None or when <= day


def _kept(table: Table[T], keep: Callable[[T], bool]) -> Table[T]:
    return Table({key: value for key, value in table.items() if keep(value)})


def _round(held: KnownRound, day: date) -> KnownRound:
    plan = held.round
    planned: tuple[PlannedDate, ...] = tuple(p for p in plan.planned if _by(p.announced_on, day))
    opened = plan.opened if plan.opened is not None and plan.opened <= day else None
    closed = plan.closed if plan.closed is not None and plan.closed <= day else None
    shown = replace(plan, planned=planned, opened=opened, closed=closed)
    return replace(held, round=shown, state=state_of(shown))


def _commitment(held: KnownCommitment, day: date) -> KnownCommitment:
    due: tuple[DueDate, ...] = tuple(d for d in held.commitment.due if _by(d.announced_on, day))
    return replace(held, commitment=replace(held.commitment, due=due))


def _ledger(held: KnownLedger, day: date) -> KnownLedger:
    return replace(held, days=Log([d for d in held.days if d.day <= day]))


def day_of(when: datetime | date) -> date:
    """Return the day of an instant or a day."""
    return when.date() if isinstance(when, datetime) else when
