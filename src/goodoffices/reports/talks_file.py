"""A talks file of what one seat knows: everything in the record that a talks file can say, and what it cannot.

It is made of a view, so it holds nothing that the seat may not know. What came to the record after it was opened is in
it too: moved dates, further names, opened rounds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any, TypeVar

from goodoffices.data_class import dataclass
from goodoffices.formats.talks_sheets.lasting_names import digest_of
from goodoffices.formats.talks_writer.consistency import consistent
from goodoffices.formats.talks_writer.writer import plain_file
from goodoffices.talks.base.states import InvitationState
from goodoffices.talks.model.actors import Actor, SeatPlan
from goodoffices.talks.model.ceasefire import Ledger
from goodoffices.talks.model.claims import Claim, Source
from goodoffices.talks.model.external_texts import NamedText
from goodoffices.talks.model.obligations import Commitment
from goodoffices.talks.model.rounds import Invitation, Session
from goodoffices.talks.model.talks_file import TalksFile
from goodoffices.talks.state.knowledge import Knowledge
from goodoffices.talks.state.view import View

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatTalksFile:
    """The talks file of one seat's view: the talks, the text in YAML, and a line for everything that is not in it."""

    talks: TalksFile
    text: str
    left_out: tuple[str, ...]


def talks_file_of_view(view: View) -> SeatTalksFile:
    """Return the talks file of what a seat knows."""
    talks = _with_sources(_talks(view))
    made, text, removed = consistent(plain_file(talks))
    return SeatTalksFile(talks=made, text=text, left_out=(*_unsaid(view), *removed))


def _talks(view: View) -> TalksFile:
    known, header = view.known, view.known.header
    rounds = {handle: held.round for handle, held in known.rounds.items()}
    return TalksFile(
        slug=header.slug or "talks",
        title=header.title,
        summary=header.summary,
        summary_from=header.summary_from,
        opens_at=header.opens_at,
        zone=header.zone,
        seconds=header.seconds,
        undo_seconds=header.undo_seconds,
        languages=header.languages,
        default_format=header.default_format,
        questions=header.questions,
        headings=header.headings,
        contact_barred=header.contact_barred,
        rules=header.rules,
        invented=header.invented,
        texts=tuple(_text(text, view) for text in header.texts),
        actors=tuple(_grouped(actor) for actor in known.actors.values()),
        seats=tuple(_seats(known)),
        compartments=tuple(known.compartments.values()),
        roles=tuple(known.roles),
        recognition=tuple(one.recognition for one in known.recognitions),
        sources=tuple(known.sources.values()),
        claims=_each_once((one.claim for one in known.claims.values() if one.replaced_by is None), _claim_renamed),
        homonyms=tuple(_homonyms(known)),
        rounds=tuple(_by_slug(held.round for held in known.rounds.values())),
        sessions=tuple(_sessions(view)),
        pair_formats=known.pair_formats,
        invitations=tuple(_invitations(known)),
        delegations=tuple(one.delegation for one in known.delegations.values()),
        agenda=known.agenda,
        assessments=tuple(known.estimates),
        scales=tuple(known.scales),
        changes=tuple(_by_slug(one.change for one in known.changes.values())),
        commitments=tuple(_by_slug(_commitments(known, {h: one.slug for h, one in rounds.items()}))),
        guarantees=tuple(one.guarantee for one in known.guarantees.values() if not one.ended),
        areas=tuple(known.areas.values()),
        ceasefire=tuple(_by_slug(one.terms for one in known.terms.values())),
        ledgers=tuple(_by_slug(_ledgers(known))),
        mechanisms=tuple({held.mechanism.slug: held.mechanism for held in known.mechanisms.values()}.values()),
    )


def _with_sources(talks: TalksFile) -> TalksFile:
    """Return the talks with a source for each claim that has none: a talks file needs one, and its outlet is known."""
    outlets = {claim.chain[0].speaker for claim in talks.claims if claim.source is None}
    made = {outlet: Source(slug=f"outlet-{digest_of(outlet)}", publisher=outlet) for outlet in sorted(outlets)}
    claims = (
        replace(claim, source=made[claim.chain[0].speaker].slug) if claim.source is None else claim
        for claim in talks.claims
    )
    return replace(talks, claims=tuple(claims), sources=(*talks.sources, *made.values()))


def _by_slug(values: Iterable[T]) -> Iterable[T]:
    """Return the values, the last of those with one lasting name in the place of the first."""
    return {value.slug: value for value in values}.values()  # type: ignore[attr-defined]


def _each_once(values: Iterable[Claim], renamed: Callable[[Claim, int], Claim]) -> tuple[Claim, ...]:
    """Return all values; of those with one lasting name the later ones get another, since none may be lost."""
    made: dict[str, Claim] = {}
    for value in values:
        own, n = value, 1
        while own.slug in made:
            n += 1
            own = renamed(value, n)
        made[own.slug] = own
    return tuple(made.values())


def _claim_renamed(claim: Claim, n: int) -> Claim:
    return replace(claim, slug=f"{claim.slug[:70]}-{n}")


def _grouped(actor: Actor) -> Actor:
    """Return an actor with its names by language, as a talks file has them; the first of each stays the first."""
    order = list(dict.fromkeys(name.language for name in actor.names))
    return replace(actor, names=tuple(sorted(actor.names, key=lambda name: order.index(name.language))))


def _seats(known: Knowledge) -> Iterable[SeatPlan]:
    for seat in known.seats.values():
        if not seat.closed:
            yield SeatPlan(
                slug=seat.slug, actor=seat.actor, roles=seat.roles, extra=seat.extra, barred=seat.barred,
                kept_by=seat.kept_by, sees_all=seat.sees_all,
            )  # fmt: skip


def _homonyms(known: Knowledge) -> Iterable[tuple[str, str, str]]:
    """Yield the pairs that were last said to be different."""
    last = {frozenset(one.actors): one for one in known.sames}
    for one in last.values():
        if not one.same and len(one.actors) == 2:
            yield one.actors[0], one.actors[1], one.ground


def _sessions(view: View) -> Iterable[Session]:
    rounds = view.known.rounds
    for n, held in enumerate(view.known.sessions.values(), start=1):
        is_told = view.seat in held.participants or (view.me is not None and "secretariat" in view.me.roles)
        if held.round is not None and held.round in rounds:
            yield Session(
                slug=f"session-{n}",
                title=held.title,
                round=rounds[held.round].round.slug,
                format=held.format,
                participants=held.participants,
                pairs=held.pairs,
                room=held.room,
                starts_at=held.starts_at,
                ends_at=held.ends_at,
                claim=held.claim,
                known_to=None if is_told else (view.seat,),
                known_from=held.known_from,
                is_invented=held.is_invented,
            )


def _invitations(known: Knowledge) -> Iterable[Invitation]:
    """Yield the invitations that stand, between actors and no longer between their seats."""
    for held in known.invitations.values():
        offer = held.invitation
        if held.state is not InvitationState.WITHDRAWN:
            is_answered = held.state not in (InvitationState.OPEN, InvitationState.UNANSWERED)
            yield replace(
                offer,
                to=known.actor_of(offer.to),
                by=None if offer.by is None else known.actor_of(offer.by),
                answer=held.state.value if is_answered else None,
            )


def _commitments(known: Knowledge, rounds: dict[str, str]) -> Iterable[Commitment]:
    for held in known.commitments.values():
        carried = rounds.get(held.carried_to[-1]) if held.carried_to else None
        yield held.commitment if carried is None else replace(held.commitment, round=carried)


def _ledgers(known: Knowledge) -> Iterable[Ledger]:
    for held in known.ledgers.values():
        yield replace(held.ledger, days=tuple(held.days))


def _text(text: NamedText, view: View) -> NamedText:
    bodies = view.known.summaries.get(text.slug, ())
    papers = tuple((body.lang, words) for body in bodies if (words := view.text(body)) is not None)
    return replace(text, papers=papers)


_UNSAID = {
    "items": "papers and messages",
    "texts": "texts written in these talks, with their versions",
    "questions": "questions put for decision",
    "packages": "packages",
    "positions": "positions stated at the desk",
    "assessments": "estimates made at the desk",
    "marks": "marks on claims that contradict each other",
    "mandates": "mandates",
    "ratifiers": "ratifiers",
    "interventions": "what was said in sessions",
    "deposits": "sealed papers",
    "blinds": "blind questions",
    "matches": "matched lists",
    "allegations": "allegations",
    "persons": "people in seats",
    "packs": "print packs",
}


def _unsaid(view: View) -> list[str]:
    """Return what is in the view and what a talks file has no words for, each kind with its number."""
    known = view.known
    told = [f"{label}: {n}" for part, label in _UNSAID.items() if (n := len(getattr(known, part)))]
    counted: dict[str, Any] = {
        "claims that were replaced": sum(1 for one in known.claims.values() if one.replaced_by is not None),
        "claims without a source, whose outlet is now their source": sum(
            1 for one in known.claims.values() if one.replaced_by is None and one.claim.source is None
        ),
        "reports on commitments": sum(len(one.reports) for one in known.commitments.values()),
        "guarantees that ended": sum(1 for one in known.guarantees.values() if one.ended),
        "invitations that were withdrawn": sum(
            1 for one in known.invitations.values() if one.state is InvitationState.WITHDRAWN
        ),
        "seats that were closed": sum(1 for one in known.seats.values() if one.closed),
        "the exercise that is played, with its clock": int(known.exercise.plan is not None),
        "actors said to be the same": sum(1 for one in known.sames if one.same),
    }
    return [*told, *(f"{label}: {n}" for label, n in counted.items() if n)]
