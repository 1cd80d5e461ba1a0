"""Commitments, guarantees, changes of actors and who then owes what.

A commitment binds an obligor only if it gave the undertaking itself; for everybody else it is *attributed, not
undertaken*. After a merger or split every commitment of the old actor is *unclear* for each successor until that
successor itself speaks.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from goodoffices.talks.base.acts import Content, Ref, Words, body
from goodoffices.talks.base.enums import ReportState, Role
from goodoffices.talks.base.serialization import from_plain
from goodoffices.talks.claims.commands import compartment_seats
from goodoffices.talks.model.obligations import ActorChange, Commitment, DueDate, Guarantee
from goodoffices.talks.state.command_context import Command, CommandContext
from goodoffices.talks.state.knowledge import Knowledge
from goodoffices.talks.state.known_commitments import (
    KnownChange,
    KnownCommitment,
    KnownGuarantee,
    KnownReport,
    StatedSuccession,
)
from goodoffices.talks.state.slices import Notice

STATES = ("assumes", "repudiates", "in-part")


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordCommitment(Command):
    """Record who shall do what by when. An obligor that records its own gives the undertaking by that."""

    slug: str
    obligors: tuple[str, ...]
    what: str
    due: date | None = None
    condition: str | None = None
    text: str | None = None
    compartment: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportCommitment(Command):
    """Report on a commitment: met, partly, breached or waived; ``to`` names who is told (empty: all who see it)."""

    commitment: str
    state: ReportState
    words: Words | None = None
    to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveDue(Command):
    """Move a due date; the earlier ones stay on the record."""

    commitment: str
    due: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CarryForward(Command):
    """Carry a commitment to the next round."""

    commitment: str
    round: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveGuarantee(Command):
    """Undertake that a beneficiary will comply with a subject or text. Only the guarantor itself can."""

    beneficiary: str
    subject: str
    text: str | None = None
    to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EndGuarantee(Command):
    """End a guarantee of yours."""

    guarantee: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordChange(Command):
    """Record that actors merged, split, joined, left, were renamed or dissolved, on a claim."""

    change: ActorChange
    compartment: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StateSuccession(Command):
    """Say of a predecessor's commitment that you assume it, repudiate it, or take it in part."""

    commitment: str
    state: str


_COMMITMENT = ("commitment", "recorded")


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitmentRecorded(Content):
    """A commitment was recorded."""

    FACES = {"self": _COMMITMENT, "all": _COMMITMENT}
    NEW = {"commitment": "o"}

    commitment: Ref
    recorded: Commitment


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitmentReported(Content):
    """A seat reported on a commitment; contradictory reports stand side by side."""

    FACES = {"self": ("commitment", "state", "words"), "all": ("commitment", "state", "words")}
    REFS = ("commitment",)

    commitment: Ref
    state: ReportState
    words: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DueMoved(Content):
    """A due date moved."""

    FACES = {"self": ("commitment", "due"), "all": ("commitment", "due")}
    REFS = ("commitment",)

    commitment: Ref
    due: DueDate


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitmentCarried(Content):
    """A commitment was carried to another round."""

    FACES = {"self": ("commitment", "round"), "all": ("commitment", "round")}
    REFS = ("commitment",)

    commitment: Ref
    round: str


_GUARANTEE = ("handle", "guarantee", "own_act")


@dataclass(frozen=True, slots=True, kw_only=True)
class GuaranteeGiven(Content):
    """A guarantee: given by the guarantor itself (``own_act``), or said of it by the talks file."""

    FACES = {"self": _GUARANTEE, "all": _GUARANTEE}
    NEW = {"handle": "u"}

    handle: Ref
    guarantee: Guarantee
    own_act: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class GuaranteeEnded(Content):
    """A guarantor ended its guarantee."""

    FACES = {"self": ("handle",), "all": ("handle",)}
    REFS = ("handle",)

    handle: Ref


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorChanged(Content):
    """Actors merged, split, joined, left, were renamed or dissolved."""

    FACES = {"self": ("handle", "change"), "all": ("handle", "change")}
    NEW = {"handle": "h"}

    handle: Ref
    change: ActorChange


@dataclass(frozen=True, slots=True, kw_only=True)
class SuccessionStated(Content):
    """A successor spoke on a commitment of its predecessor."""

    FACES = {"self": ("commitment", "successor", "state"), "all": ("commitment", "successor", "state")}
    REFS = ("commitment",)

    commitment: Ref
    successor: str
    state: str


def record_commitment(desk: CommandContext, ask: RecordCommitment) -> None:
    """Decide ``RecordCommitment``."""
    if not ask.obligors or any(actor not in desk.known.actors for actor in ask.obligors):
        raise desk.refuse("unknown")
    mine = desk.known.actor_of(desk.seat)
    privileged = {Role.ANALYST, Role.SECRETARIAT} & set(desk.known.seats[desk.seat].roles)
    if mine not in ask.obligors and not privileged:
        raise desk.refuse("self_only", who=ask.obligors[0])
    due = () if ask.due is None else (DueDate(due=ask.due, by=mine, announced_on=desk.at.date()),)
    recorded = Commitment(
        slug=ask.slug,
        obligors=ask.obligors,
        what=ask.what,
        text=ask.text,
        undertaken_by=(mine,) if mine in ask.obligors else (),
        due=due,
        condition=ask.condition,
    )
    told = compartment_seats(desk, ask.compartment)
    desk.tell(CommitmentRecorded(commitment=desk.new(), recorded=recorded), told)


def report_commitment(desk: CommandContext, ask: ReportCommitment) -> None:
    """Decide ``ReportCommitment``."""
    thing, _ = desk.find(ask.commitment, desk.known.commitments)
    told = desk.known_seats(ask.to) or desk.seen_by(thing)
    desk.tell(
        CommitmentReported(commitment=thing, state=ask.state, words=ask.words),
        [seat for seat in told if seat in desk.seen_by(thing)],
    )


def move_due(desk: CommandContext, ask: MoveDue) -> None:
    """Decide ``MoveDue``."""
    thing, held = desk.find(ask.commitment, desk.known.commitments)
    mine = desk.known.actor_of(desk.seat)
    privileged = {Role.MEDIATOR, Role.ANALYST} & set(desk.known.seats[desk.seat].roles)
    if mine not in held.commitment.obligors and not privileged:
        raise desk.refuse("not_yours")
    moved = DueDate(due=ask.due, by=mine, announced_on=desk.at.date())
    desk.tell(DueMoved(commitment=thing, due=moved), desk.seen_by(thing))


def carry_forward(desk: CommandContext, ask: CarryForward) -> None:
    """Decide ``CarryForward``."""
    thing, held = desk.find(ask.commitment, desk.known.commitments)
    _, target = desk.find(ask.round, desk.known.rounds)
    if target.round.slug in held.carried_to:
        raise desk.refuse("done")
    desk.tell(CommitmentCarried(commitment=thing, round=target.round.slug), desk.seen_by(thing))


def give_guarantee(desk: CommandContext, ask: GiveGuarantee) -> None:
    """Decide ``GiveGuarantee``: told to the seats named (empty: all), and always to the beneficiary's seats."""
    if ask.beneficiary not in desk.known.actors:
        raise desk.refuse("unknown")
    guarantee = Guarantee(
        guarantor=desk.known.actor_of(desk.seat),
        beneficiary=ask.beneficiary,
        subject=ask.subject,
        text=ask.text,
        since=desk.at.date(),
    )
    told = desk.known_seats(ask.to) or desk.everyone()
    given = GuaranteeGiven(handle=desk.new(), guarantee=guarantee, own_act=True)
    desk.tell(given, (*told, *desk.known.seats_of(ask.beneficiary)))


def end_guarantee(desk: CommandContext, ask: EndGuarantee) -> None:
    """Decide ``EndGuarantee``."""
    thing, held = desk.find(ask.guarantee, desk.known.guarantees)
    if held.guarantee.guarantor != desk.known.actor_of(desk.seat):
        raise desk.refuse("self_only", who=held.guarantee.guarantor)
    if held.ended:
        raise desk.refuse("done")
    desk.tell(GuaranteeEnded(handle=thing), desk.seen_by(thing))


def record_change(desk: CommandContext, ask: RecordChange) -> None:
    """Decide ``RecordChange``."""
    if any(actor not in desk.known.actors for actor in (*ask.change.sources, *ask.change.targets)):
        raise desk.refuse("unknown")
    desk.tell(ActorChanged(handle=desk.new(), change=ask.change), compartment_seats(desk, ask.compartment))


def state_succession(desk: CommandContext, ask: StateSuccession) -> None:
    """Decide ``StateSuccession``: only a successor of an obligor speaks, and only for itself."""
    thing, held = desk.find(ask.commitment, desk.known.commitments)
    mine = desk.known.actor_of(desk.seat)
    succeeds = any(
        mine in change.change.targets and set(change.change.sources) & set(held.commitment.obligors)
        for change in desk.known.changes.values()
    )
    if not succeeds:
        raise desk.refuse("self_only", who="the successor")
    if ask.state not in STATES:
        raise desk.refuse("bad_value", why=f"A successor says one of: {', '.join(STATES)}.")
    desk.tell(SuccessionStated(commitment=thing, successor=mine, state=ask.state), desk.seen_by(thing))


def _recorded(known: Knowledge, notice: Notice) -> Knowledge:
    recorded = from_plain(Commitment, notice.data["recorded"])
    made = KnownCommitment(handle=notice.data["commitment"], commitment=recorded, by=notice.by, at=notice.at)
    return known.put("commitments", made.handle, made)


def _reported(known: Knowledge, notice: Notice) -> Knowledge:
    held = known.commitments.get(notice.data.get("commitment", ""))
    if held is None:
        return known
    report = KnownReport(state=notice.data["state"], by=notice.by, words=body(notice.data.get("words")), at=notice.at)
    return known.put("commitments", held.handle, replace(held, reports=(*held.reports, report)))


def _moved(known: Knowledge, notice: Notice) -> Knowledge:
    held = known.commitments[notice.data["commitment"]]
    due = (*held.commitment.due, from_plain(DueDate, notice.data["due"]))
    return known.put("commitments", held.handle, replace(held, commitment=replace(held.commitment, due=due)))


def _carried(known: Knowledge, notice: Notice) -> Knowledge:
    held = known.commitments[notice.data["commitment"]]
    return known.put("commitments", held.handle, replace(held, carried_to=(*held.carried_to, notice.data["round"])))


def _guaranteed(known: Knowledge, notice: Notice) -> Knowledge:
    made = KnownGuarantee(
        handle=notice.data["handle"],
        guarantee=from_plain(Guarantee, notice.data["guarantee"]),
        own_act=notice.data["own_act"],
        at=notice.at,
    )
    return known.put("guarantees", made.handle, made)


def _guarantee_ended(known: Knowledge, notice: Notice) -> Knowledge:
    return known.change("guarantees", notice.data["handle"], ended=True)


def _changed(known: Knowledge, notice: Notice) -> Knowledge:
    change = from_plain(ActorChange, notice.data["change"])
    made = KnownChange(handle=notice.data["handle"], change=change, at=notice.at)
    return known.put("changes", made.handle, made)


def _succession(known: Knowledge, notice: Notice) -> Knowledge:
    data = notice.data
    stated = StatedSuccession(
        commitment=data["commitment"], successor=data["successor"], state=data["state"], at=notice.at
    )
    return known.add("stated", stated)


COMMITMENT_FOLDS: Mapping[str, Callable[[Knowledge, Notice], Knowledge]] = {
    "CommitmentRecorded": _recorded,
    "CommitmentReported": _reported,
    "DueMoved": _moved,
    "CommitmentCarried": _carried,
    "GuaranteeGiven": _guaranteed,
    "GuaranteeEnded": _guarantee_ended,
    "ActorChanged": _changed,
    "SuccessionStated": _succession,
}
