"""Commands on commitments, guarantees, changes of actors, and succession.

A commitment binds an obligor only if it gave the undertaking itself. For other obligors it is *attributed, not
undertaken*. After a merger or split, the commitments of the old actor are *unclear* for each successor until the
successor itself says whether it assumes them.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated

from goodoffices.data_class import dataclass
from goodoffices.talks.base.acts import Content, Ref, Words, faces
from goodoffices.talks.base.enums import ReportState, Role
from goodoffices.talks.base.states import Face
from goodoffices.talks.claims.commands import compartment_seats
from goodoffices.talks.model.obligations import ActorChange, Commitment, DueDate, Guarantee
from goodoffices.talks.state.command_context import Command, CommandContext

STATES = ("assumes", "repudiates", "in-part")


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordCommitment(Command):
    """Record who shall do what, by when. If you record a commitment of your own, you undertake it by that."""

    slug: str
    obligors: tuple[str, ...]
    what: str
    due: date | None = None
    condition: str | None = None
    text: str | None = None
    compartment: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportCommitment(Command):
    """Report on a commitment: met, partly met, breached or waived.

    ``to`` are the seats that are told; left out, all that know of the commitment.
    """

    commitment: str
    state: ReportState
    words: Words | None = None
    to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveDue(Command):
    """Move the due date of a commitment. The earlier dates stay on the record."""

    commitment: str
    due: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CarryForward(Command):
    """Carry a commitment over to another round. The seats that know of the commitment are told."""

    commitment: str
    round: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveGuarantee(Command):
    """Promise that an actor, the beneficiary, will keep to a text or to something else. You are the guarantor.

    The seats in ``to`` are told (left out, all you know), and always the seats of the beneficiary.
    """

    beneficiary: str
    subject: str
    text: str | None = None
    to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EndGuarantee(Command):
    """End a guarantee that you gave. The seats that know of it are told."""

    guarantee: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordChange(Command):
    """Record that actors merged, split, joined, left, were renamed or were dissolved, according to a claim."""

    change: ActorChange
    compartment: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StateSuccession(Command):
    """Say of a commitment of your predecessor that you assume it, repudiate it, or assume it in part."""

    commitment: str
    state: Annotated[str, STATES]


_COMMITMENT = ("commitment", "recorded")


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitmentRecorded(Content):
    """A commitment was recorded."""

    FACES = {Face.SELF: _COMMITMENT, Face.ALL: _COMMITMENT}
    NEW = {"commitment": "o"}

    commitment: Ref
    recorded: Commitment


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitmentReported(Content):
    """A seat reported on a commitment. Contradictory reports are all kept."""

    FACES = faces("commitment", "state", "words")
    REFS = ("commitment",)

    commitment: Ref
    state: ReportState
    words: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DueMoved(Content):
    """The due date of a commitment was moved."""

    FACES = faces("commitment", "due")
    REFS = ("commitment",)

    commitment: Ref
    due: DueDate


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitmentCarried(Content):
    """A commitment was carried to another round."""

    FACES = faces("commitment", "round")
    REFS = ("commitment",)

    commitment: Ref
    round: str


_GUARANTEE = ("handle", "guarantee", "own_act")


@dataclass(frozen=True, slots=True, kw_only=True)
class GuaranteeGiven(Content):
    """A guarantee was given by the guarantor itself (``own_act``), or is stated by the talks file."""

    FACES = {Face.SELF: _GUARANTEE, Face.ALL: _GUARANTEE}
    NEW = {"handle": "u"}

    handle: Ref
    guarantee: Guarantee
    own_act: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class GuaranteeEnded(Content):
    """A guarantor ended its guarantee."""

    FACES = faces("handle")
    REFS = ("handle",)

    handle: Ref


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorChanged(Content):
    """Actors merged, split, joined, left, were renamed or were dissolved."""

    FACES = faces("handle", "change")
    NEW = {"handle": "h"}

    handle: Ref
    change: ActorChange


@dataclass(frozen=True, slots=True, kw_only=True)
class SuccessionStated(Content):
    """A successor said whether it assumes a commitment of its predecessor."""

    FACES = faces("commitment", "successor", "state")
    REFS = ("commitment",)

    commitment: Ref
    successor: str
    state: str


def record_commitment(context: CommandContext, command: RecordCommitment) -> None:
    """Record a commitment and tell its compartment.

    Refused unless the asking seat is one of the obligors, an analyst, or a secretariat.
    """
    if not command.obligors:
        raise context.refuse("unknown", case="obligors")
    context.known_actors(command.obligors)
    mine = context.known.actor_of(context.seat)
    privileged = {Role.ANALYST, Role.SECRETARIAT} & set(context.known.seats[context.seat].roles)
    if mine not in command.obligors and not privileged:
        raise context.refuse("self_only", case="commitment", who=command.obligors[0])
    due = () if command.due is None else (DueDate(due=command.due, by=mine, announced_on=context.today),)
    recorded = Commitment(
        slug=command.slug,
        obligors=command.obligors,
        what=command.what,
        text=command.text,
        undertaken_by=(mine,) if mine in command.obligors else (),
        due=due,
        condition=command.condition,
    )
    told = compartment_seats(context, command.compartment)
    context.tell(CommitmentRecorded(commitment=context.new(), recorded=recorded), told)


def report_commitment(context: CommandContext, command: ReportCommitment) -> None:
    """Report on a commitment. Only seats that know of the commitment are told."""
    thing, _ = context.find(command.commitment, context.known.commitments)
    told = context.known_seats(command.to) or context.seen_by(thing)
    context.tell(
        CommitmentReported(commitment=thing, state=command.state, words=command.words),
        [seat for seat in told if seat in context.seen_by(thing)],
    )


def move_due(context: CommandContext, command: MoveDue) -> None:
    """Move a due date and tell the seats that know of the commitment.

    Refused unless the asking seat is one of the obligors, a mediator, or an analyst.
    """
    thing, held = context.find(command.commitment, context.known.commitments)
    mine = context.known.actor_of(context.seat)
    privileged = {Role.MEDIATOR, Role.ANALYST} & set(context.known.seats[context.seat].roles)
    if mine not in held.commitment.obligors and not privileged:
        raise context.refuse("not_yours", case="due", handle=command.commitment)
    moved = DueDate(due=command.due, by=mine, announced_on=context.today)
    context.tell(DueMoved(commitment=thing, due=moved), context.seen_by(thing))


def carry_forward(context: CommandContext, command: CarryForward) -> None:
    """Carry a commitment over to a round, and tell the seats that know of the commitment."""
    thing, held = context.find(command.commitment, context.known.commitments)
    _, target = context.find(command.round, context.known.rounds)
    if target.round.slug in held.carried_to:
        raise context.refuse("done", case="carried", handle=command.commitment, title=target.round.title)
    context.tell(CommitmentCarried(commitment=thing, round=target.round.slug), context.seen_by(thing))


def give_guarantee(context: CommandContext, command: GiveGuarantee) -> None:
    """Give a guarantee, and tell the seats named (if none, all) and always the beneficiary's seats."""
    context.known_actors([command.beneficiary])
    guarantee = Guarantee(
        guarantor=context.known.actor_of(context.seat),
        beneficiary=command.beneficiary,
        subject=command.subject,
        text=command.text,
        since=context.today,
    )
    told = context.known_seats(command.to) or context.everyone()
    given = GuaranteeGiven(handle=context.new(), guarantee=guarantee, own_act=True)
    context.tell(given, (*told, *context.known.seats_of(command.beneficiary)))


def end_guarantee(context: CommandContext, command: EndGuarantee) -> None:
    """End a guarantee and tell the seats that know of it. Refused unless the asking seat gave it."""
    thing, held = context.find(command.guarantee, context.known.guarantees)
    if held.guarantee.guarantor != context.known.actor_of(context.seat):
        raise context.refuse("self_only", case="guarantee", handle=command.guarantee, who=held.guarantee.guarantor)
    if held.ended:
        raise context.refuse("done", case="guarantee", handle=command.guarantee)
    context.tell(GuaranteeEnded(handle=thing), context.seen_by(thing))


def record_change(context: CommandContext, command: RecordChange) -> None:
    """Record a change of actors and tell its compartment."""
    context.known_actors((*command.change.sources, *command.change.targets))
    context.tell(
        ActorChanged(handle=context.new(), change=command.change), compartment_seats(context, command.compartment)
    )


def state_succession(context: CommandContext, command: StateSuccession) -> None:
    """State a succession and tell the seats that know of the commitment.

    Refused unless the asking seat's actor succeeds one of the obligors.
    """
    thing, held = context.find(command.commitment, context.known.commitments)
    mine = context.known.actor_of(context.seat)
    succeeds = any(
        mine in change.change.targets and set(change.change.sources) & set(held.commitment.obligors)
        for change in context.known.changes.values()
    )
    if not succeeds:
        raise context.refuse("self_only", case="successor", handle=command.commitment)
    if command.state not in STATES:
        raise context.refuse("bad_value", case="succession", known=", ".join(STATES))
    context.tell(SuccessionStated(commitment=thing, successor=mine, state=command.state), context.seen_by(thing))
