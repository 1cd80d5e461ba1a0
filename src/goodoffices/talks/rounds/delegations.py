"""Delegations: whom they represent and on what ground, their mandates, and who must ratify."""

from __future__ import annotations

from goodoffices.data_class import dataclass
from goodoffices.talks.base.acts import Content, Ref, Words, faces
from goodoffices.talks.base.enums import Level
from goodoffices.talks.base.states import Face, InvitationState
from goodoffices.talks.model.rounds import Delegation, Part
from goodoffices.talks.state.command_context import Command, CommandContext


@dataclass(frozen=True, slots=True, kw_only=True)
class NameDelegation(Command):
    """Name your delegation to a round: whom it represents and on what ground, its head, members and level.

    You must have accepted your invitation to the round. All who know of the round are told.
    """

    round: str
    represents: tuple[Part, ...] = ()
    head: str | None = None
    members: tuple[str, ...] = ()
    level: Level | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeDelegation(NameDelegation):
    """Change your delegation to a round. The earlier one stays on the record."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SetMandate(Command):
    """Set the limits of what your delegation may agree to. Nobody else sees them."""

    words: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class NameRatifier(Command):
    """Name who must approve the result after the round, such as a parliament, and how."""

    round: str
    ratifier: str
    method: str


_DELEGATION = ("delegation", "round", "named")


@dataclass(frozen=True, slots=True, kw_only=True)
class DelegationNamed(Content):
    """A seat named its delegation to a round."""

    FACES = {Face.SELF: _DELEGATION, Face.ALL: _DELEGATION}
    NEW = {"delegation": "g"}
    REFS = ("round",)

    delegation: Ref
    round: Ref
    named: Delegation


@dataclass(frozen=True, slots=True, kw_only=True)
class DelegationChanged(Content):
    """A seat changed its delegation to a round; the earlier one stays on the record."""

    FACES = {Face.SELF: _DELEGATION, Face.ALL: _DELEGATION}
    NEW = {"delegation": "g"}
    REFS = ("round",)

    delegation: Ref
    round: Ref
    named: Delegation


@dataclass(frozen=True, slots=True, kw_only=True)
class MandateSet(Content):
    """A delegation set the limits of its mandate. Only its own seat sees them."""

    FACES = {Face.SELF: ("words",)}

    words: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class RatifierNamed(Content):
    """A delegation named who must approve afterwards."""

    FACES = faces("round", "ratifier", "method")
    REFS = ("round",)

    round: Ref
    ratifier: str
    method: str


def _delegation(context: CommandContext, command: NameDelegation) -> tuple[Ref, Delegation]:
    thing, held = context.find(command.round, context.known.rounds)
    invited = [i for i in context.known.invitations.values() if i.invitation.to == context.seat]
    mine = [i for i in invited if i.invitation.round == held.round.slug]
    if not any(i.state in (InvitationState.ACCEPTED, InvitationState.CONDITIONAL) for i in mine):
        raise context.refuse("not_accepted" if mine else "not_invited")
    named = Delegation(
        round=held.round.slug,
        seat=context.seat,
        represents=command.represents,
        head=command.head,
        members=command.members,
        level=command.level,
    )
    return thing, named


def name_delegation(context: CommandContext, command: NameDelegation) -> None:
    """Name a delegation and tell the seats that know of the round. Refused unless the invitation was accepted."""
    thing, named = _delegation(context, command)
    if any(
        d.delegation.seat == context.seat and d.delegation.round == named.round
        for d in context.known.delegations.values()
    ):
        raise context.refuse("done", case="delegation")
    context.tell(DelegationNamed(delegation=context.new(), round=thing, named=named), context.seen_by(thing))


def change_delegation(context: CommandContext, command: ChangeDelegation) -> None:
    """Change a delegation and tell the seats that know of the round. Refused unless the invitation was accepted."""
    thing, named = _delegation(context, command)
    context.tell(DelegationChanged(delegation=context.new(), round=thing, named=named), context.seen_by(thing))


def set_mandate(context: CommandContext, command: SetMandate) -> None:
    """Set the mandate of the asking seat's delegation. Nobody else is told."""
    context.tell(MandateSet(words=command.words), ())


def name_ratifier(context: CommandContext, command: NameRatifier) -> None:
    """Name a ratifier and tell the seats that know of the round."""
    thing, _ = context.find(command.round, context.known.rounds)
    context.tell(RatifierNamed(round=thing, ratifier=command.ratifier, method=command.method), context.seen_by(thing))
