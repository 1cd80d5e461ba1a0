"""A view as of a moment: what could be known by then, and nothing later, titles and rounds included."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import field, replace
from datetime import date, datetime
from typing import TypeVar

from goodoffices.data_class import dataclass
from goodoffices.talks.base.local_time import end_of_day, local_day
from goodoffices.talks.base.persistent import Log, Table
from goodoffices.talks.base.states import InvitationState
from goodoffices.talks.claims.known_dates import (
    claim_known_from,
    day_known_from,
    moment_of,
    planned_known_from,
    round_known_from,
    text_known_from,
)
from goodoffices.talks.model.assessments import Assessment
from goodoffices.talks.model.claims import Source
from goodoffices.talks.model.external_texts import NamedText
from goodoffices.talks.model.obligations import Guarantee
from goodoffices.talks.model.rounds import Round
from goodoffices.talks.state.knowledge import Header, Knowledge
from goodoffices.talks.state.known_ceasefire import KnownLedger, KnownMechanism, KnownTerms
from goodoffices.talks.state.known_claims import KnownClaim
from goodoffices.talks.state.known_commitments import KnownChange, KnownCommitment
from goodoffices.talks.state.known_meetings import (
    KnownDelegation,
    KnownInvitation,
    KnownRound,
    KnownSession,
    state_of,
)
from goodoffices.talks.state.view import View

T = TypeVar("T")
_NEW = {
    "ClaimEntered": "handle",
    "ClaimReplaced": "handle",
    "CommitmentRecorded": "commitment",
    "DelegationNamed": "delegation",
    "InvitationMade": "invitation",
    "MechanismNamed": "handle",
    "SessionPlanned": "session",
    "TermsRead": "handle",
}
"""The acts that bring what a talks file can hold too, each with the field of its handle."""


Held = (
    KnownClaim
    | KnownCommitment
    | KnownDelegation
    | KnownInvitation
    | KnownMechanism
    | KnownRound
    | KnownSession
    | KnownTerms
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A moment, what was not yet known then, and the zone whose days count.

    ``gone`` has the slugs of the claims that were not known, and ``unwritten`` those of the texts. ``learned`` says
    when the record learned what came into it after the talks had opened, by handle.
    """

    at: datetime
    zone: str
    gone: frozenset[str] = frozenset()
    unwritten: frozenset[str] = frozenset()
    learned: Mapping[str, datetime] = field(default_factory=dict)

    def has(self, claim: str | None) -> bool:
        """Return whether a claim was known; a claim that is not named does not hide anything."""
        return claim is None or claim not in self.gone

    def acted(self, held: Held) -> bool:
        """Return whether something came into the record after it was opened. The view itself is cut at an act."""
        return held.handle in self.learned

    def any_of(self, claims: Iterable[str]) -> bool:
        """Return whether one of several claims was known, or none is named."""
        named = [*claims]
        return not named or any(self.has(claim) for claim in named)

    def stood(self, claims: Iterable[str], *, text: str | None) -> bool:
        """Return whether a row was known: one of its claims was or, of a row without claims, the text that it is of."""
        named = [*claims]
        return self.any_of(named) if named else text not in self.unwritten

    def past(self, stated: datetime | date | None) -> bool:
        """Return whether a day or time, if one is stated, was over."""
        return stated is None or moment_of(stated, self.zone) <= self.at

    def reached(self, day: date | None) -> bool:
        """Return whether a day, if one is stated, had begun."""
        return day is None or day <= local_day(self.at, self.zone)


def instant_of(as_of: datetime | date, zone: str) -> datetime:
    """Return the instant meant by *as of*: of a day, its end in ``zone``."""
    return as_of if isinstance(as_of, datetime) else end_of_day(as_of, zone)


def exercise_moment(view: View) -> datetime | None:
    """Return the moment of the talks at the last act of an exercise; ``None`` if its talks file names no first moment.

    The clock of an exercise begins at the moment that its talks file names, and runs on with the acts.
    """
    if view.known.exercise.plan is not None and len(view.notices):
        return view.notices[-1].when
    opens = view.known.header.opens_at
    return opens if opens is None or not len(view.notices) else talks_time(view, view.notices[-1].when)


def talks_time(view: View, at: datetime) -> datetime:
    """Return the moment of the talks at which the record got an act: the one clock by which a brief speaks.

    Talks that name the moment at which they begin have a clock of their own, and so has a played exercise, whose acts
    bear its time already. In all others it is the clock on the wall.
    """
    opens = view.known.header.opens_at
    if opens is None or view.known.exercise.plan is not None or not len(view.notices):
        return at
    return opens + (at - view.notices[0].when)


def act_time(view: View, at: datetime) -> str:
    """Return when the record got an act, by the clock of the talks, with the zone named."""
    return view.time(talks_time(view, at))


def learned_at(view: View) -> dict[str, datetime]:
    """Return when the record learned of what came after the talks had opened: claims, sources, mechanisms and others.

    All are named by handle, and sources by their short name. A round of the file is learned when an act names it.
    """
    news = ((notice.data.get(_NEW.get(notice.kind, "")), notice.when) for notice in view.later_notices)
    found = {handle: when for handle, when in news if handle is not None}
    sources = (notice for notice in view.later_notices if notice.kind == "SourceEntered")
    found |= {notice.data["source"]["slug"]: notice.when for notice in sources}
    # Who is invited to a round of the file knows of it from then on, whatever day the file gives for it.
    named = ((notice.data.get("round"), notice.when) for notice in view.later_notices)
    rounds = {handle: when for handle, when in reversed([*named]) if isinstance(handle, str)}
    return found | {handle: when for handle, when in rounds.items() if handle in view.known.rounds}


def known_as_of(
    known: Knowledge, as_of: datetime | date, *, learned: Mapping[str, datetime] | None = None
) -> Knowledge:
    """Return ``known`` without what could not be known at a moment, or at the end of a day.

    A row of the talks file without any date is left out, because nobody can say that it was known by then. Acts of the
    record stay: ``earlier_views`` leaves later ones out before.
    """
    zone = known.header.zone
    bare = Moment(at=instant_of(as_of, zone), zone=zone, learned=learned or {})
    claims = _kept(known.claims, lambda held: _claim_known(known, held, bare))
    gone = {c.claim.slug for c in known.claims.values()} - {c.claim.slug for c in claims.values()}
    then = replace(bare, gone=frozenset(gone))
    header = _header(known.header, then)
    unwritten = {text.slug for text in known.header.texts} - {text.slug for text in header.texts}
    then = replace(then, unwritten=frozenset(unwritten))
    kept = known.set("claims", claims)
    used = {held.claim.source for held in claims.values()}
    sources = _kept(known.sources, lambda one: one.slug in used or _source_known(one, then))
    kept = kept.set("sources", sources)
    kept = kept.set("header", header)
    kept = kept.set("summaries", Table({s: held for s, held in known.summaries.items() if s not in unwritten}))
    unread = {*known.sources} - {*sources}
    kept = kept.set("estimates", Log([_estimate(one, then, unread) for one in known.estimates]))
    kept = kept.set(
        "scales", Log([replace(one, sources=tuple(s for s in one.sources if s not in unread)) for one in known.scales])
    )
    kept = kept.set("roles", Log([r for r in known.roles if then.has(r.claim) and then.reached(r.since)]))
    kept = kept.set(
        "recognitions",
        Log([r for r in known.recognitions if then.has(r.recognition.claim) and then.reached(r.recognition.since)]),
    )
    kept = kept.set("changes", _kept(known.changes, lambda held: _change_known(held, then)))
    kept = kept.set("pair_formats", tuple(pair for pair in known.pair_formats if then.has(pair.claim)))
    kept = _meetings(kept, then)
    kept = kept.set("commitments", _each(known.commitments, lambda held: _commitment(held, then)))
    kept = kept.set(
        "guarantees",
        _kept(known.guarantees, lambda held: _guarantee_known(held.guarantee, then)),
    )
    kept = kept.set("mechanisms", _kept(known.mechanisms, lambda held: _mechanism_known(held, then)))
    kept = kept.set("terms", _each(known.terms, lambda held: _terms(held, then)))
    return kept.set("ledgers", _each(known.ledgers, lambda held: _ledger(held, then)))


def _kept(table: Table[T], keep: Callable[[T], bool]) -> Table[T]:
    return Table({key: value for key, value in table.items() if keep(value)})


def _each(table: Table[T], change: Callable[[T], T | None]) -> Table[T]:
    changed = {key: change(value) for key, value in table.items()}
    return Table({key: value for key, value in changed.items() if value is not None})


def _claim_known(known: Knowledge, held: KnownClaim, then: Moment) -> bool:
    if then.acted(held):
        return True
    first = claim_known_from(held.claim, dict(known.sources.items()), then.zone)
    return first is not None and first <= then.at


def _header(header: Header, then: Moment) -> Header:
    later = {n for n, first in header.summary_from if first > then.at}
    texts = [_text(named, then) for named in header.texts]
    return replace(
        header,
        # What is said today of a contested question is said with hindsight.
        questions=tuple((slug, question, "") for slug, question, _ in header.questions),
        texts=tuple(text for text in texts if text is not None),
        summary=tuple(words for n, words in enumerate(header.summary) if n not in later),
        summary_from=(),
    )


def _text(named: NamedText, then: Moment) -> NamedText | None:
    """Return a text known from sources without what nobody had claimed by then; ``None`` if it was not known."""
    first = text_known_from(named, then.zone)
    by_date = first is not None and first <= then.at
    if not by_date and (first is not None or not then.any_of(named.claims)):
        return None
    return replace(
        named,
        stances=tuple(said for said in named.stances if then.has(said.claim)),
        divergences=tuple(said for said in named.divergences if then.any_of(said.claims)),
        claims=tuple(claim for claim in named.claims if then.has(claim)),
    )


def _change_known(held: KnownChange, then: Moment) -> bool:
    return then.any_of(held.change.claims) and then.reached(held.change.when)


def _meetings(known: Knowledge, then: Moment) -> Knowledge:
    rounds = _each(known.rounds, lambda held: _round(held, then))
    # A round can be known only because an act names it: then what the file has of it is not known with it.
    dated = {handle: held.round.slug for handle, held in rounds.items() if _is_dated(held, then)}
    slugs = {*dated.values()}
    kept = known.set("rounds", rounds)
    kept = kept.set(
        "sessions",
        _each(
            known.sessions,
            lambda held: _session(held, then) if then.acted(held) or held.round in (None, *dated) else None,
        ),
    )
    kept = kept.set(
        "delegations",
        _each(
            known.delegations,
            lambda held: _delegation(held, then) if then.acted(held) or held.delegation.round in slugs else None,
        ),
    )
    return kept.set(
        "invitations",
        _each(
            known.invitations,
            lambda held: _invitation(held, then) if then.acted(held) or held.invitation.round in slugs else None,
        ),
    )


def _is_dated(held: KnownRound, then: Moment) -> bool:
    """Return whether people could know of a round by then, by the dates in the file; one without a date is known."""
    first = round_known_from(held.round, then.zone)
    return first is None or first <= then.at


def _round(held: KnownRound, then: Moment) -> KnownRound | None:
    plan = held.round
    if not _is_dated(held, then) and not then.acted(held):
        return None
    planned = tuple(
        date for date in plan.planned if then.has(date.claim) and _by(planned_known_from(date, then.zone), then)
    )
    shown = replace(
        plan,
        planned=planned,
        opened=_actual(plan.opened, plan.opened_claim, then),
        closed=_actual(plan.closed, plan.closed_claim, then),
    )
    return replace(held, round=_without_gone(shown, then), state=state_of(shown))


def _actual(day: date | None, claim: str | None, then: Moment) -> date | None:
    known = then.has(claim) if claim is not None else then.past(day)
    return day if known else None


def _without_gone(plan: Round, then: Moment) -> Round:
    return replace(
        plan,
        opened_claim=plan.opened_claim if then.has(plan.opened_claim) else None,
        closed_claim=plan.closed_claim if then.has(plan.closed_claim) else None,
    )


def _by(first: datetime | None, then: Moment) -> bool:
    return first is None or first <= then.at


def _session(held: KnownSession, then: Moment) -> KnownSession | None:
    known = then.past(held.known_from) if held.known_from is not None else then.has(held.claim)
    if not known:
        return None
    pairs = tuple(pair for pair in held.pairs if then.has(pair.claim))
    return replace(held, pairs=pairs, claim=held.claim if then.has(held.claim) else None)


def _delegation(held: KnownDelegation, then: Moment) -> KnownDelegation | None:
    plan = held.delegation
    shown = replace(
        plan,
        head=plan.head if then.has(plan.head_claim) else None,
        head_claim=plan.head_claim if then.has(plan.head_claim) else None,
        members=plan.members if then.has(plan.members_claim) else (),
        members_claim=plan.members_claim if then.has(plan.members_claim) else None,
        represents=tuple(part for part in plan.represents if then.has(part.claim)),
        claims=tuple(claim for claim in plan.claims if then.has(claim)),
    )
    had = plan.head or plan.members or plan.represents or plan.claims
    has = shown.head or shown.members or shown.represents or shown.claims
    return replace(held, delegation=shown) if has or not had else None


def _invitation(held: KnownInvitation, then: Moment) -> KnownInvitation | None:
    offer = held.invitation
    named = [claim for claim in (offer.claim, offer.answer_claim) if claim is not None]
    if not then.any_of(named):
        return None
    if then.has(offer.answer_claim):
        return held
    return replace(held, invitation=replace(offer, answer=None, answer_claim=None), state=InvitationState.OPEN)


def _commitment(held: KnownCommitment, then: Moment) -> KnownCommitment | None:
    plan = held.commitment
    if then.acted(held):
        return held
    if not then.stood(plan.claims, text=plan.text):
        return None
    due = tuple(d for d in plan.due if then.has(d.claim) and then.past(d.announced_on))
    done = tuple(d for d in plan.happened if then.has(d.claim) and then.reached(d.day))
    claims = tuple(claim for claim in plan.claims if then.has(claim))
    return replace(held, commitment=replace(plan, due=due, happened=done, claims=claims))


def _source_known(source: Source, then: Moment) -> bool:
    """Return whether a source was published, or was entered by an act; one without a date comes with its claims."""
    return source.slug in then.learned or (source.dated is not None and then.past(source.dated))


def _guarantee_known(given: Guarantee, then: Moment) -> bool:
    named = () if given.claim is None else (given.claim,)
    return then.stood(named, text=given.text) and then.reached(given.since)


def _mechanism_known(held: KnownMechanism, then: Moment) -> bool:
    return then.acted(held) or then.past(held.mechanism.known_from)


def _estimate(one: Assessment, then: Moment, unread: Collection[str]) -> Assessment:
    """Return an assessment without what was not known of what it rests on; the judgement itself has no date."""
    return replace(
        one,
        claims=tuple(claim for claim in one.claims if then.has(claim)),
        sources=tuple(source for source in one.sources if source not in unread),
    )


def _terms(held: KnownTerms, then: Moment) -> KnownTerms | None:
    if then.acted(held):
        return held
    if not then.stood(held.terms.claims, text=held.terms.copy_of or None):
        return None
    in_force = tuple(entry for entry in held.terms.in_force if then.has(entry.claim))
    claims = tuple(claim for claim in held.terms.claims if then.has(claim))
    return replace(held, terms=replace(held.terms, in_force=in_force, claims=claims))


def _ledger(held: KnownLedger, then: Moment) -> KnownLedger | None:
    days = Log([day for day in held.days if day_known_from(day, then.zone) <= then.at])
    return replace(held, days=days) if len(days) or not len(held.days) else None
