"""Rounds, invitations, delegations, mandates. No planned date is lost when a date moves or an event occurs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from goodoffices.talks.base.acts import CLOCK, Content, Ref, Words
from goodoffices.talks.base.enums import Format, Level, Role
from goodoffices.talks.model.rounds import Invitation, PlannedDate, Round
from goodoffices.talks.state.command_context import Command, CommandContext


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRound(Command):
    """Plan a round: name, place, first planned date. ``to`` names who is told (empty: all)."""

    slug: str
    title: str
    start: date
    end: date | None = None
    place: str = ""
    format: Format | None = None
    to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveRound(Command):
    """Plan another date for a round; the earlier ones stay on the record."""

    round: str
    start: date
    end: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenRound(Command):
    """Say that a round has opened."""

    round: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseRound(Command):
    """Say that a round has closed."""

    round: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Invite(Command):
    """Invite a seat to a round, in a role and at a level, with a time to reply by. ``sponsors`` see it too."""

    round: str
    to: str
    role: Role
    level: Level | None = None
    reply_by: datetime | None = None
    sponsors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawInvitation(Command):
    """Take an invitation back."""

    invitation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerInvitation(Command):
    """Accept, decline, or accept on conditions; name the level you will send."""

    invitation: str
    answer: str
    conditions: Words | None = None
    level: Level | None = None


_ROUND = {"self": ("round", "plan"), "all": ("round", "plan")}


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

    FACES = {"self": ("round", "planned"), "all": ("round", "planned")}
    REFS = ("round",)

    round: Ref
    planned: PlannedDate


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundOpened(Content):
    """A round opened."""

    FACES = {"self": ("round",), "all": ("round",)}
    REFS = ("round",)

    round: Ref


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundClosed(Content):
    """A round closed."""

    FACES = {"self": ("round",), "all": ("round",)}
    REFS = ("round",)

    round: Ref


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationMade(Content):
    """A seat was invited to a round."""

    FACES = {
        "self": ("invitation", "round", "offer"),
        "invitee": ("invitation", "round", "offer"),
        "all": ("invitation", "round", "offer"),
        "clock": ("invitation", "offer"),
    }
    NEW = {"invitation": "i"}
    REFS = ("round",)

    invitation: Ref
    round: Ref
    offer: Invitation


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationWithdrawn(Content):
    """An invitation was taken back."""

    FACES = {"self": ("invitation",), "all": ("invitation",), "clock": ("invitation",)}
    REFS = ("invitation",)

    invitation: Ref


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationAnswered(Content):
    """An invitation was accepted, declined or accepted on conditions."""

    FACES = {
        "self": ("invitation", "answer", "conditions", "level"),
        "all": ("invitation", "answer", "conditions", "level"),
        "clock": ("invitation", "answer"),
    }
    REFS = ("invitation",)

    invitation: Ref
    answer: str
    conditions: Words | None = None
    level: Level | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationUnanswered(Content):
    """The time to reply to an invitation passed without an answer."""

    FACES = {"all": ("invitation",), "clock": ("invitation",)}
    REFS = ("invitation",)

    invitation: Ref


def plan_round(desk: CommandContext, ask: PlanRound) -> None:
    """Decide ``PlanRound``."""
    if ask.end is not None and ask.end < ask.start:
        raise desk.refuse("bad_interval")
    planned = PlannedDate(start=ask.start, end=ask.end, by=desk.known.actor_of(desk.seat), announced_on=desk.at.date())
    plan = Round(
        slug=ask.slug,
        title=ask.title,
        place=ask.place,
        planned=(planned,),
        sponsors=(desk.known.actor_of(desk.seat),),
        format=ask.format,
    )
    told = desk.known_seats(ask.to) or desk.everyone()
    desk.tell(RoundPlanned(round=desk.new(), plan=plan), told)


def move_round(desk: CommandContext, ask: MoveRound) -> None:
    """Decide ``MoveRound``."""
    thing, held = desk.find(ask.round, desk.known.rounds)
    if held.state != "planned":
        raise desk.refuse("done")
    if ask.end is not None and ask.end < ask.start:
        raise desk.refuse("bad_interval")
    planned = PlannedDate(start=ask.start, end=ask.end, by=desk.known.actor_of(desk.seat), announced_on=desk.at.date())
    desk.tell(RoundMoved(round=thing, planned=planned), desk.seen_by(thing))


def open_round(desk: CommandContext, ask: OpenRound) -> None:
    """Decide ``OpenRound``."""
    thing, held = desk.find(ask.round, desk.known.rounds)
    if held.state != "planned":
        raise desk.refuse("done")
    desk.tell(RoundOpened(round=thing), desk.seen_by(thing))


def close_round(desk: CommandContext, ask: CloseRound) -> None:
    """Decide ``CloseRound``."""
    thing, held = desk.find(ask.round, desk.known.rounds)
    if held.state != "open":
        raise desk.refuse("not_open")
    desk.tell(RoundClosed(round=thing), desk.seen_by(thing))


def invite(desk: CommandContext, ask: Invite) -> None:
    """Decide ``Invite``."""
    thing, held = desk.find(ask.round, desk.known.rounds)
    [to] = desk.known_seats([ask.to])
    sponsors = desk.known_seats(ask.sponsors)
    if ask.reply_by is not None and ask.reply_by <= desk.at:
        raise desk.refuse("past")
    offer = Invitation(
        round=held.round.slug, to=to, by=desk.seat, role=ask.role, level=ask.level, reply_by=ask.reply_by
    )
    made = InvitationMade(invitation=desk.new(), round=thing, offer=offer)
    # The clock closes questions, and whoever has left the round by then is no longer eligible.
    desk.write(made, [(desk.seat, "self"), (to, "invitee"), *((s, "all") for s in sponsors), (CLOCK, "clock")])


def withdraw_invitation(desk: CommandContext, ask: WithdrawInvitation) -> None:
    """Decide ``WithdrawInvitation``."""
    thing, held = desk.find(ask.invitation, desk.known.invitations)
    if held.invitation.by != desk.seat:
        raise desk.refuse("not_yours")
    if held.state == "withdrawn":
        raise desk.refuse("done")
    desk.tell(InvitationWithdrawn(invitation=thing), desk.seen_by(thing))


def answer_invitation(desk: CommandContext, ask: AnswerInvitation) -> None:
    """Decide ``AnswerInvitation``. A declined or unanswered invitation may still be accepted: who comes late comes."""
    thing, held = desk.find(ask.invitation, desk.known.invitations)
    if held.invitation.to != desk.seat:
        raise desk.refuse("not_invited")
    if held.state == "withdrawn":
        raise desk.refuse("withdrawn", at=held.at)
    if ask.answer not in ("accepted", "declined", "conditional"):
        raise desk.refuse("bad_value", why="An answer is one of: accepted, declined, conditional.")
    if ask.answer == "conditional" and ask.conditions is None:
        raise desk.refuse("bad_value", why="Name the conditions.")
    answered = InvitationAnswered(invitation=thing, answer=ask.answer, conditions=ask.conditions, level=ask.level)
    desk.tell(answered, desk.seen_by(thing))
