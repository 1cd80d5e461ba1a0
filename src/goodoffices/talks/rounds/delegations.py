"""Delegations: whom they represent and on what basis, their mandates and who must ratify."""

from __future__ import annotations

from dataclasses import dataclass

from goodoffices.talks.base.acts import Content, Ref, Words
from goodoffices.talks.base.enums import Level
from goodoffices.talks.model.rounds import Delegation, Part
from goodoffices.talks.state.command_context import Command, CommandContext


@dataclass(frozen=True, slots=True, kw_only=True)
class NameDelegation(Command):
    """Name your delegation to a round: whom it represents and on what basis, its head, members and level."""

    round: str
    represents: tuple[Part, ...] = ()
    head: str | None = None
    members: tuple[str, ...] = ()
    level: Level | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeDelegation(NameDelegation):
    """Change your delegation to a round."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SetMandate(Command):
    """Set the limits of what your delegation may agree; nobody else sees them."""

    words: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class NameRatifier(Command):
    """Name who must approve afterwards, outside the round, and how."""

    round: str
    ratifier: str
    method: str


_DELEGATION = ("delegation", "round", "named")


@dataclass(frozen=True, slots=True, kw_only=True)
class DelegationNamed(Content):
    """A seat named its delegation to a round."""

    FACES = {"self": _DELEGATION, "all": _DELEGATION}
    NEW = {"delegation": "g"}
    REFS = ("round",)

    delegation: Ref
    round: Ref
    named: Delegation


@dataclass(frozen=True, slots=True, kw_only=True)
class DelegationChanged(Content):
    """A seat changed its delegation to a round; the earlier one stays on the record."""

    FACES = {"self": _DELEGATION, "all": _DELEGATION}
    NEW = {"delegation": "g"}
    REFS = ("round",)

    delegation: Ref
    round: Ref
    named: Delegation


@dataclass(frozen=True, slots=True, kw_only=True)
class MandateSet(Content):
    """A delegation set the limits of its mandate, for itself alone."""

    FACES = {"self": ("words",)}

    words: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class RatifierNamed(Content):
    """A delegation named who must approve afterwards."""

    FACES = {"self": ("round", "ratifier", "method"), "all": ("round", "ratifier", "method")}
    REFS = ("round",)

    round: Ref
    ratifier: str
    method: str


def _delegation(desk: CommandContext, ask: NameDelegation) -> tuple[Ref, Delegation]:
    thing, held = desk.find(ask.round, desk.known.rounds)
    invited = [i for i in desk.known.invitations.values() if i.invitation.to == desk.seat]
    mine = [i for i in invited if i.invitation.round == held.round.slug]
    if not any(i.state in ("accepted", "conditional") for i in mine):
        raise desk.refuse("not_accepted" if mine else "not_invited")
    named = Delegation(
        round=held.round.slug,
        seat=desk.seat,
        represents=ask.represents,
        head=ask.head,
        members=ask.members,
        level=ask.level,
    )
    return thing, named


def name_delegation(desk: CommandContext, ask: NameDelegation) -> None:
    """Decide ``NameDelegation``."""
    thing, named = _delegation(desk, ask)
    if any(
        d.delegation.seat == desk.seat and d.delegation.round == named.round for d in desk.known.delegations.values()
    ):
        raise desk.refuse("done")
    desk.tell(DelegationNamed(delegation=desk.new(), round=thing, named=named), desk.seen_by(thing))


def change_delegation(desk: CommandContext, ask: ChangeDelegation) -> None:
    """Decide ``ChangeDelegation``."""
    thing, named = _delegation(desk, ask)
    desk.tell(DelegationChanged(delegation=desk.new(), round=thing, named=named), desk.seen_by(thing))


def set_mandate(desk: CommandContext, ask: SetMandate) -> None:
    """Decide ``SetMandate``."""
    desk.tell(MandateSet(words=ask.words), ())


def name_ratifier(desk: CommandContext, ask: NameRatifier) -> None:
    """Decide ``NameRatifier``."""
    thing, _ = desk.find(ask.round, desk.known.rounds)
    desk.tell(RatifierNamed(round=thing, ratifier=ask.ratifier, method=ask.method), desk.seen_by(thing))
