"""Open talks: turn a talks file into the first group of acts, each told to the seats that may see it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from goodoffices.errors import ScenarioError
from goodoffices.phrases.phrase import Phrase
from goodoffices.talks.base.acts import CLOCK, Act, AudienceEntry, Content, Ref, Words, lay_out
from goodoffices.talks.base.enums import Kind, Role
from goodoffices.talks.base.states import Face
from goodoffices.talks.ceasefire.commands import AreaNamed, DayReported, LedgerOpened, TermsRead
from goodoffices.talks.claims.commands import (
    ActorNamed,
    AgendaSet,
    ClaimEntered,
    PairFormatsSet,
    SamenessDeclared,
    SourceEntered,
)
from goodoffices.talks.claims.positions import AssessmentEntered, RecognitionStated, RoleClaimed, ScaleEntered
from goodoffices.talks.commitments.commands import ActorChanged, CommitmentRecorded, GuaranteeGiven
from goodoffices.talks.mechanisms.steps import MechanismNamed
from goodoffices.talks.model.actors import SeatPlan
from goodoffices.talks.model.rounds import Session
from goodoffices.talks.model.talks_file import TalksFile
from goodoffices.talks.rounds.delegations import DelegationNamed
from goodoffices.talks.rounds.rounds import InvitationMade, RoundPlanned
from goodoffices.talks.rounds.sessions import SessionPlanned
from goodoffices.talks.seats.commands import CompartmentSet, ProxyGiven, SeatGiven, TalksOpened, shown_plan
from goodoffices.talks.state.knowledge import Header
from goodoffices.talks.texts.external_texts import TextSummarised

Audience = tuple[AudienceEntry, ...]
Maker = Callable[[Ref], Content]


def opening(file: TalksFile, *, kind: Kind, at: datetime, digest: str = "") -> tuple[Act, ...]:
    """Return the acts that open talks from ``file``, as one group in the name of the first secretariat in the file.

    Where the file has no secretariat, they are acts of the talks themselves, and of no party: nobody said them here.

    Parameters
    ----------
    file
        The talks file.
    kind
        Live or exercise. A live record has no control seat.
    at
        The time of opening, aware.
    digest
        SHA-256 of the talks file. It is stored in the first act and shown to nobody, because it covers every
        compartment.

    Raises
    ------
    ScenarioError
        If the file has no seat, or if a live record would have a control seat.
    """
    if not file.seats:
        raise ScenarioError(
            Phrase("talks {slug} have no seats, and a record needs one; add it under 'seats'", slug=repr(file.slug))
        )
    if kind is Kind.LIVE and any(Role.CONTROL in seat.roles for seat in file.seats):
        raise ScenarioError(
            Phrase("a live record cannot have a control seat; remove the role 'control', or open an exercise")
        )
    return tuple(first_acts(deeds(file, kind, digest), author_of(file), at))


def first_acts(
    made: Iterable[tuple[Maker, Audience]], author: tuple[str, Role | None], at: datetime, *, after: int = 0
) -> Iterator[Act]:
    """Yield acts that nobody decided, in the name of ``author`` and its role, numbered from the one ``after``."""
    seat, role = author
    for seq, (make, audience) in enumerate(made, start=after + 1):
        content = make(Ref(str(seq)))
        data, texts = lay_out(seq, content)
        yield Act(
            seq=seq,
            kind=type(content).__name__,
            version=content.VERSION,
            at=at,
            seat=seat,
            role="" if role is None else role.value,
            audience=tuple(sorted(dict(audience).items())),
            data=data,
            bodies=texts,
        )


def author_of(file: TalksFile) -> tuple[str, Role | None]:
    """Return in whose name talks are opened, and in which role: the first secretariat, or the talks themselves."""
    author = next((s.slug for s in file.seats if Role.SECRETARIAT in s.roles), None)
    return (CLOCK, None) if author is None else (author, Role.SECRETARIAT)


def deeds(file: TalksFile, kind: Kind, digest: str) -> Iterator[tuple[Maker, Audience]]:
    """Yield what a talks file tells, as makers of contents that get the name of a new thing, and who is told it."""
    everyone: Audience = tuple((seat.slug, Face.ALL) for seat in file.seats)
    watched: Audience = (*everyone, (CLOCK, Face.CLOCK))
    header = Header(
        slug=file.slug,
        title=file.title,
        kind=kind,
        zone=file.zone,
        seconds=file.seconds,
        languages=file.languages,
        default_format=file.default_format,
        summary=file.summary,
        questions=file.questions,
        headings=file.headings,
        contact_barred=file.contact_barred,
        texts=tuple(replace(text, papers=()) for text in file.texts),
        rules=file.rules,
        invented=file.invented,
        opens_at=file.opens_at,
        summary_from=file.summary_from,
        undo_seconds=file.undo_seconds,
    )
    yield lambda _: TalksOpened(header=header, digest=digest), watched
    for actor in file.actors:
        yield _fixed(ActorNamed(actor=actor)), watched
    yield from _seats(file)
    yield from _world(file, everyone)
    yield from _assessments(file, kind)
    yield from _plans(file, everyone)
    yield from _ceasefire(file, everyone)


def _fixed(content: Content) -> Maker:
    return lambda _: content


def _seats(file: TalksFile) -> Iterator[tuple[Maker, Audience]]:
    for plan in file.seats:
        known_to = [s.slug for s in file.seats] if plan.known_to is None else list(plan.known_to)
        faces = {slug: Face.ALL for slug in known_to} | {CLOCK: Face.CLOCK}
        if plan.kept_by is not None:
            faces[plan.kept_by] = Face.KEEPER
        faces[plan.slug] = Face.OWN
        yield _fixed(SeatGiven(seat=plan, shown=shown_plan(plan))), tuple(faces.items())
        if plan.kept_by is not None:
            yield _kept(plan, plan.kept_by), ((plan.slug, Face.ALL), (plan.kept_by, Face.HOLDER))
    for compartment in file.compartments:
        yield _fixed(CompartmentSet(compartment=compartment)), tuple((s, Face.ALL) for s in compartment.seats)


def _kept(plan: SeatPlan, keeper: str) -> Maker:
    """Return a maker of the proxy to enter that a seat on paper has given to the seat that keeps it."""
    return lambda new: ProxyGiven(proxy=new, giver=plan.slug, holder=keeper, scope="enter")


def _in_compartment(file: TalksFile, slug: str | None, everyone: Audience) -> Audience:
    if slug is None:
        return everyone
    own = ((slug, Face.ALL),) if any(seat.slug == slug for seat in file.seats) else None
    return own or next(tuple((seat, Face.ALL) for seat in c.seats) for c in file.compartments if c.slug == slug)


def _world(file: TalksFile, everyone: Audience) -> Iterator[tuple[Maker, Audience]]:
    """Yield what is said about the world: sources, claims, roles, recognitions, names and changes."""
    for source in file.sources:
        yield _fixed(SourceEntered(source=source)), everyone
    for claim in file.claims:
        yield _claim(claim), _in_compartment(file, claim.compartment, everyone)
    for role in file.roles:
        yield _fixed(RoleClaimed(role=role)), everyone
    for recognition in file.recognition:
        yield _fixed(RecognitionStated(recognition=recognition)), everyone
    for first, second, ground in file.homonyms:
        yield _fixed(SamenessDeclared(actors=(first, second), same=False, ground=ground)), everyone
    for change in file.changes:
        yield _bind(ActorChanged, "handle", change=change), everyone
    for summary in _summaries(file):
        yield _fixed(summary), everyone


def _summaries(file: TalksFile) -> Iterator[TextSummarised]:
    for text in file.texts:
        if text.papers:
            yield TextSummarised(
                text=text.slug, papers=tuple(Words(text=words, lang=lang) for lang, words in text.papers)
            )


def _assessments(file: TalksFile, kind: Kind) -> Iterator[tuple[Maker, Audience]]:
    """Yield scales and assessments, each for its compartment or, without one, for the analysts."""
    analysts: Audience = tuple((seat.slug, Face.ALL) for seat in file.seats if Role.ANALYST in seat.roles)
    for scale in file.scales:
        if told := _in_compartment(file, scale.compartment, analysts):
            yield _fixed(ScaleEntered(scale=scale)), told
    for assessment in file.assessments:
        told = _in_compartment(file, assessment.compartment, analysts)
        assessed = {seat.slug for seat in file.seats if seat.actor == assessment.party}
        if kind is Kind.LIVE and assessed & set(dict(told)):
            raise ScenarioError(
                Phrase(
                    "an assessment of {party} would be shown to its own seat in live talks; give it a compartment "
                    "without that seat",
                    party=repr(assessment.party),
                )
            )
        if told:
            yield _fixed(AssessmentEntered(assessment=assessment)), told


def _claim(claim: object) -> Maker:
    return _bind(ClaimEntered, "handle", claim=claim)


def _bind(content: Callable[..., Content], new: str, **values: object) -> Maker:
    return lambda ref: content(**{new: ref}, **values)


def _plans(file: TalksFile, everyone: Audience) -> Iterator[tuple[Maker, Audience]]:
    """Yield what is planned and what is owed: rounds, sessions, agenda, commitments and guarantees."""
    rounds: dict[str, Ref] = {}
    for plan in file.rounds:
        yield _noting(rounds, plan.slug, _bind(RoundPlanned, "round", plan=plan)), everyone
    if file.pair_formats:
        yield _fixed(PairFormatsSet(pairs=file.pair_formats)), everyone
    if file.agenda:
        yield _fixed(AgendaSet(baskets=file.agenda)), everyone
    yield from _meetings(file, rounds, everyone)
    for commitment in file.commitments:
        yield _bind(CommitmentRecorded, "commitment", recorded=commitment), everyone
    for guarantee in file.guarantees:
        yield _bind(GuaranteeGiven, "handle", guarantee=guarantee, own_act=False), everyone


def _ceasefire(file: TalksFile, everyone: Audience) -> Iterator[tuple[Maker, Audience]]:
    """Yield the cease-fire: areas, the terms of each copy, and ledgers with their days."""
    for area in file.areas:
        yield _fixed(AreaNamed(area=area)), everyone
    for terms in file.ceasefire:
        yield _bind(TermsRead, "handle", terms=terms, is_open=True), everyone
    ledgers: dict[str, Ref] = {}
    for ledger in file.ledgers:
        opened = replace(ledger, days=(), is_open=True)
        yield _noting(ledgers, ledger.slug, _bind(LedgerOpened, "handle", ledger=opened)), everyone
        for day in ledger.days:
            yield _fixed(DayReported(ledger=ledgers[ledger.slug], report=day)), everyone
    for mechanism in file.mechanisms:
        yield _bind(MechanismNamed, "handle", mechanism=mechanism), everyone


def _noting(refs: dict[str, Ref], slug: str, make: Maker) -> Maker:
    """Return a maker that also notes which thing ``slug`` has become."""

    def made(new: Ref) -> Content:
        refs[slug] = new
        return make(new)

    return made


def _meetings(file: TalksFile, rounds: dict[str, Ref], everyone: Audience) -> Iterator[tuple[Maker, Audience]]:
    seat_of = {seat.actor: seat.slug for seat in reversed(file.seats)}
    for session in file.sessions:
        chair = _chair(file, session.participants)
        make = _bind(
            SessionPlanned,
            "session",
            title=session.title,
            round=rounds.get(session.round),
            format=session.format,
            pairs=session.pairs,
            participants=session.participants,
            room=session.room,
            starts_at=session.starts_at,
            ends_at=session.ends_at,
            chair=chair,
            claim=session.claim,
            known_from=session.known_from,
            is_invented=session.is_invented,
        )
        told = (*session.participants, *_told_of(file, session), *(() if chair is None else (chair,)))
        yield make, tuple(dict.fromkeys(told, Face.ALL).items())
    for invitation in file.invitations:
        offer = replace(
            invitation,
            to=seat_of.get(invitation.to, invitation.to),
            by=None if invitation.by is None else seat_of.get(invitation.by, invitation.by),
            reply_by=None,
        )
        yield _bind(InvitationMade, "invitation", round=rounds[invitation.round], offer=offer), everyone
    for delegation in file.delegations:
        yield _bind(DelegationNamed, "delegation", round=rounds[delegation.round], named=delegation), everyone


def _told_of(file: TalksFile, session: Session) -> tuple[str, ...]:
    """Return who is told of a planned session beside those who take part: as the file says, or the secretariat."""
    if session.known_to is not None:
        return session.known_to
    return tuple(seat.slug for seat in file.seats if Role.SECRETARIAT in seat.roles)


def _chair(file: TalksFile, participants: tuple[str, ...]) -> str | None:
    """Return the chair of a session of the file: a mediator or facilitator in it, or else any such seat."""
    chairs = [s.slug for s in file.seats if {Role.MEDIATOR, Role.FACILITATOR} & set(s.roles)]
    return next((slug for slug in chairs if slug in participants), chairs[0] if chairs else None)
