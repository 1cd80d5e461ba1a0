"""What the world knew by a moment: a talks file cut to it, and the rows that the clock tells when it reaches them.

It is the mechanism of *as of* (``claims.as_of``), used on the rows of the file instead of on a view.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from goodoffices.data_class import dataclass
from goodoffices.talks.base.acts import Content, Ref, Words, faces
from goodoffices.talks.base.local_time import end_of_day
from goodoffices.talks.base.persistent import Log, Table
from goodoffices.talks.base.states import Face
from goodoffices.talks.claims.as_of import known_as_of
from goodoffices.talks.model.talks_file import TalksFile
from goodoffices.talks.state.knowledge import Header, Knowledge
from goodoffices.talks.state.known_ceasefire import KnownLedger, KnownMechanism, KnownTerms
from goodoffices.talks.state.known_claims import KnownClaim, KnownRecognition
from goodoffices.talks.state.known_commitments import KnownChange, KnownCommitment, KnownGuarantee
from goodoffices.talks.state.known_meetings import (
    KnownDelegation,
    KnownInvitation,
    KnownRound,
    KnownSession,
    state_of,
)

_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class RowScheduled(Content):
    """A row of the talks file that is not known yet. The clock tells it at ``at``; until then nobody learns of it.

    ``row`` is the act to come, as canonical JSON: its kind, its content and its audience.
    """

    FACES = {Face.CLOCK: ("thing", "at", "row")}
    NEW = {"thing": "ro"}

    thing: Ref
    at: datetime
    row: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class RowReached(Content):
    """The clock has told a row of the talks file."""

    FACES = {Face.CLOCK: ("thing",)}
    REFS = ("thing",)

    thing: Ref


@dataclass(frozen=True, slots=True, kw_only=True)
class TalksDescribed(Content):
    """More is known of the talks as a whole: their summary and their texts."""

    FACES = faces("header") | {Face.CLOCK: ("header",)}

    header: Header


def file_as_of(file: TalksFile, at: datetime) -> TalksFile:
    """Return ``file`` without what could not be known at a moment."""
    then = known_as_of(_known(file), at)
    claims = tuple(held.claim for held in then.claims.values())
    sessions = {held.handle: held for held in then.sessions.values()}
    return replace(
        file,
        claims=claims,
        sources=tuple(then.sources.values()),
        assessments=tuple(then.estimates),
        scales=tuple(then.scales),
        mechanisms=tuple(held.mechanism for held in then.mechanisms.values()),
        summary=then.header.summary,
        summary_from=(),
        questions=then.header.questions,
        texts=then.header.texts,
        roles=tuple(then.roles),
        recognition=tuple(held.recognition for held in then.recognitions),
        changes=tuple(held.change for held in then.changes.values()),
        pair_formats=then.pair_formats,
        rounds=tuple(held.round for held in then.rounds.values()),
        sessions=tuple(
            replace(plan, pairs=sessions[plan.slug].pairs, claim=sessions[plan.slug].claim)
            for plan in file.sessions
            if plan.slug in sessions
        ),
        invitations=tuple(held.invitation for held in then.invitations.values()),
        delegations=tuple(held.delegation for held in then.delegations.values()),
        commitments=tuple(held.commitment for held in then.commitments.values()),
        guarantees=tuple(held.guarantee for held in then.guarantees.values()),
        ceasefire=tuple(held.terms for held in then.terms.values()),
        ledgers=tuple(replace(held.ledger, days=tuple(held.days)) for held in then.ledgers.values()),
    )


def _known(file: TalksFile) -> Knowledge:
    """Return a knowledge with all dated rows of ``file``, by their slugs or their places."""
    header = Header(
        zone=file.zone,
        summary=file.summary,
        summary_from=file.summary_from,
        questions=file.questions,
        texts=file.texts,
    )
    parts = {
        "header": header,
        "sources": Table({source.slug: source for source in file.sources}),
        "claims": Table({c.slug: KnownClaim(handle=c.slug, claim=c, by="", at=_NEVER) for c in file.claims}),
        "roles": Log(file.roles),
        "recognitions": Log([KnownRecognition(recognition=r, by_seat="", at=_NEVER) for r in file.recognition]),
        "changes": Table({c.slug: KnownChange(handle=c.slug, change=c, at=_NEVER) for c in file.changes}),
        "pair_formats": file.pair_formats,
        "rounds": Table({r.slug: KnownRound(handle=r.slug, round=r, state=state_of(r)) for r in file.rounds}),
        "sessions": Table(
            {
                s.slug: KnownSession(
                    handle=s.slug,
                    title=s.title,
                    round=s.round,
                    format=s.format,
                    pairs=s.pairs,
                    claim=s.claim,
                    known_from=s.known_from,
                )
                for s in file.sessions
            }
        ),
        "invitations": Table(
            {f"{n}": KnownInvitation(handle=f"{n}", invitation=i) for n, i in enumerate(file.invitations)}
        ),
        "delegations": Table(
            {f"{n}": KnownDelegation(handle=f"{n}", delegation=d) for n, d in enumerate(file.delegations)}
        ),
        "commitments": Table(
            {c.slug: KnownCommitment(handle=c.slug, commitment=c, by="", at=_NEVER) for c in file.commitments}
        ),
        "guarantees": Table(
            {
                f"{n}": KnownGuarantee(handle=f"{n}", guarantee=g, own_act=False, at=_NEVER)
                for n, g in enumerate(file.guarantees)
            }
        ),
        "mechanisms": Table({m.slug: KnownMechanism(handle=m.slug, mechanism=m, by="") for m in file.mechanisms}),
        "estimates": Log(file.assessments),
        "scales": Log(file.scales),
        "terms": Table({t.slug: KnownTerms(handle=t.slug, terms=t, by="") for t in file.ceasefire}),
        "ledgers": Table(
            {
                one.slug: KnownLedger(handle=one.slug, ledger=replace(one, days=()), days=Log(one.days))
                for one in file.ledgers
            }
        ),
    }
    known = Knowledge("")
    for part, value in parts.items():
        known = known.set(part, value)
    return known


def moments_of(file: TalksFile, *, after: datetime, until: datetime) -> tuple[datetime, ...]:
    """Return the moments between two at which something of ``file`` may become known, in order."""
    rows = (
        file.claims, file.sources, file.roles, file.recognition, file.changes, file.pair_formats, file.rounds,
        file.sessions, file.delegations, file.commitments, file.guarantees, file.texts, file.ceasefire, file.ledgers,
        file.mechanisms, tuple(moment for _, moment in file.summary_from),
    )  # fmt: skip
    found = {moment for date_ in _dates(rows) for moment in _moments(date_, file.zone)}
    return tuple(sorted(moment for moment in found if after < moment <= until))


def _moments(stated: date | datetime, zone: str) -> Iterator[datetime]:
    """Yield when a day or time begins to count: of a day its beginning, for what it reaches, and its end."""
    if isinstance(stated, datetime):
        yield stated
    else:
        yield datetime.combine(stated, datetime.min.time(), tzinfo=ZoneInfo(zone)).astimezone(UTC)
        yield end_of_day(stated, zone)


def _dates(value: object) -> Iterator[date | datetime]:
    if isinstance(value, date):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from _dates(one)
    elif is_dataclass(value) and not isinstance(value, type):
        for part in fields(value):
            yield from _dates(getattr(value, part.name))


HORIZON = timedelta(days=7)
"""How long after the end of an exercise its clock still tells what became known; later rows wait for the debrief."""
