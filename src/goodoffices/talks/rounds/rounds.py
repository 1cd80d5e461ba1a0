"""Commands on rounds and invitations. When a round is moved or takes place, its earlier planned dates are kept."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from goodoffices.data_class import dataclass
from goodoffices.talks.base.acts import CLOCK, Content, Ref, Words, faces
from goodoffices.talks.base.enums import Format, Level, Role
from goodoffices.talks.base.states import Face, InvitationState, RoundState
from goodoffices.talks.model.rounds import Invitation, PlannedDate, Round
from goodoffices.talks.state.command_context import Command, CommandContext

ANSWERS = ("accepted", "declined", "conditional")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRound(Command):
    """Plan a round: its title, place and first planned date. The seats in ``to`` are told; left out, all you know."""

    slug: str
    title: str
    start: date
    end: date | None = None
    place: str = ""
    format: Format | None = None
    to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveRound(Command):
    """Plan another date for a round that has not begun. The earlier dates stay on the record."""

    round: str
    start: date
    end: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenRound(Command):
    """Open a planned round. All who know of it are told."""

    round: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseRound(Command):
    """Close an open round. All who know of it are told."""

    round: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Invite(Command):
    """Invite a seat to a round, in a role and at a level. ``sponsors`` are told too.

    If no answer has come by ``reply_by``, the invitation counts as unanswered.
    """

    round: str
    to: str
    role: Role
    level: Level | None = None
    reply_by: datetime | None = None
    sponsors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawInvitation(Command):
    """Withdraw an invitation that you made."""

    invitation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerInvitation(Command):
    """Answer an invitation: accept, decline, or accept on conditions. ``level`` is the level of your delegation."""

    invitation: str
    answer: Annotated[str, ANSWERS]
    conditions: Words | None = None
    level: Level | None = None


_ROUND = faces("round", "plan")


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundPlanned(Content):
    """A round was planned."""

    FACES = _ROUND
    NEW = {"round": "r"}

    round: Ref
    plan: Round


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundMoved(Content):
    """Another date was planned for a round."""

    FACES = faces("round", "planned")
    REFS = ("round",)

    round: Ref
    planned: PlannedDate


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundOpened(Content):
    """A round opened."""

    FACES = faces("round")
    REFS = ("round",)

    round: Ref


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundClosed(Content):
    """A round closed."""

    FACES = faces("round")
    REFS = ("round",)

    round: Ref


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationMade(Content):
    """A seat was invited to a round."""

    FACES = faces("invitation", "round", "offer") | {
        Face.INVITEE: ("invitation", "round", "offer"),
        Face.CLOCK: ("invitation", "offer"),
    }
    NEW = {"invitation": "i"}
    REFS = ("round",)

    invitation: Ref
    round: Ref
    offer: Invitation


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationWithdrawn(Content):
    """An invitation was withdrawn."""

    FACES = faces("invitation") | {Face.CLOCK: ("invitation",)}
    REFS = ("invitation",)

    invitation: Ref


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationAnswered(Content):
    """An invitation was accepted, declined or accepted on conditions."""

    FACES = faces("invitation", "answer", "conditions", "level") | {Face.CLOCK: ("invitation", "answer")}
    REFS = ("invitation",)

    invitation: Ref
    answer: str
    conditions: Words | None = None
    level: Level | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationUnanswered(Content):
    """The time to answer an invitation passed without an answer."""

    FACES = {Face.ALL: ("invitation",), Face.CLOCK: ("invitation",)}
    REFS = ("invitation",)

    invitation: Ref


def plan_round(context: CommandContext, command: PlanRound) -> None:
    """Plan a round, and tell the seats named or, if none is named, all."""
    if command.end is not None and command.end < command.start:
        raise context.refuse("bad_interval")
    planned = PlannedDate(
        start=command.start, end=command.end, by=context.known.actor_of(context.seat), announced_on=context.today
    )
    plan = Round(
        slug=command.slug,
        title=command.title,
        place=command.place,
        planned=(planned,),
        sponsors=(context.known.actor_of(context.seat),),
        format=command.format,
    )
    told = context.known_seats(command.to) or context.everyone()
    context.tell(RoundPlanned(round=context.new(), plan=plan), told)


def move_round(context: CommandContext, command: MoveRound) -> None:
    """Plan another date and tell the seats that know of the round. Refused once the round has opened."""
    thing, held = context.find(command.round, context.known.rounds)
    if held.state != RoundState.PLANNED:
        raise context.refuse("done", case="round", title=held.round.title)
    if command.end is not None and command.end < command.start:
        raise context.refuse("bad_interval")
    planned = PlannedDate(
        start=command.start, end=command.end, by=context.known.actor_of(context.seat), announced_on=context.today
    )
    context.tell(RoundMoved(round=thing, planned=planned), context.seen_by(thing))


def open_round(context: CommandContext, command: OpenRound) -> None:
    """Open a round and tell the seats that know of it. Refused unless it is planned."""
    thing, held = context.find(command.round, context.known.rounds)
    if held.state != RoundState.PLANNED:
        raise context.refuse("done", case="round", title=held.round.title)
    context.tell(RoundOpened(round=thing), context.seen_by(thing))


def close_round(context: CommandContext, command: CloseRound) -> None:
    """Close a round and tell the seats that know of it. Refused unless it is open."""
    thing, held = context.find(command.round, context.known.rounds)
    if held.state != RoundState.OPEN:
        raise context.refuse("not_open", case="round", title=held.round.title)
    context.tell(RoundClosed(round=thing), context.seen_by(thing))


def invite(context: CommandContext, command: Invite) -> None:
    """Invite a seat to a round, and tell it and the sponsors named."""
    thing, held = context.find(command.round, context.known.rounds)
    [to] = context.known_seats([command.to])
    sponsors = context.known_seats(command.sponsors)
    if command.reply_by is not None and command.reply_by <= context.at:
        raise context.refuse("past", at=command.reply_by)
    offer = Invitation(
        round=held.round.slug, to=to, by=context.seat, role=command.role, level=command.level, reply_by=command.reply_by
    )
    made = InvitationMade(invitation=context.new(), round=thing, offer=offer)
    # The clock is told because it closes questions: a seat that has left the round by then is not eligible any more.
    context.write(
        made, [(context.seat, Face.SELF), (to, Face.INVITEE), *((s, Face.ALL) for s in sponsors), (CLOCK, Face.CLOCK)]
    )


def withdraw_invitation(context: CommandContext, command: WithdrawInvitation) -> None:
    """Withdraw an invitation and tell the seats that know of it. Refused unless the asking seat made it."""
    thing, held = context.find(command.invitation, context.known.invitations)
    if held.invitation.by != context.seat:
        raise context.refuse("not_yours", case="invitation", handle=command.invitation)
    if held.state == InvitationState.WITHDRAWN:
        raise context.refuse("done", case="invitation", handle=command.invitation)
    context.tell(InvitationWithdrawn(invitation=thing), context.seen_by(thing))


def answer_invitation(context: CommandContext, command: AnswerInvitation) -> None:
    """Answer an invitation and tell the seats that know of it.

    An invitation that was declined or not answered can still be accepted later.
    """
    thing, held = context.find(command.invitation, context.known.invitations)
    if held.invitation.to != context.seat:
        raise context.refuse("not_invited", case="other", who=held.invitation.to)
    if held.state == InvitationState.WITHDRAWN:
        raise context.refuse("withdrawn", case="invitation", at=held.at)
    if command.answer not in ANSWERS:
        raise context.refuse(
            "bad_value",
            why=f"This answer to an invitation is not known. The answers are: {', '.join(ANSWERS)}.",
        )
    if command.answer == "conditional" and command.conditions is None:
        raise context.refuse("bad_value", why="You accept on conditions, and none is named. Name them.")
    answered = InvitationAnswered(
        invitation=thing, answer=command.answer, conditions=command.conditions, level=command.level
    )
    context.tell(answered, context.seen_by(thing))
