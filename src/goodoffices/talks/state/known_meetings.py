"""Rounds, invitations, delegations and sessions, as one seat knows them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from goodoffices.talks.base.acts import Body
from goodoffices.talks.base.enums import Format, Mode
from goodoffices.talks.base.states import InvitationState, RoundState, SessionState
from goodoffices.talks.model.rounds import Delegation, Invitation, PairFormat, PlannedDate, Round


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownRound:
    """A round: the plan, each planned date with its author, and what happened.

    ``moved_to`` is the date to which it was last moved in this record; the earlier dates stay in the plan.
    """

    handle: str
    round: Round
    state: RoundState = RoundState.PLANNED
    moved_to: PlannedDate | None = None


def state_of(plan: Round) -> RoundState:
    """Return the state of a round, from the days on which it is said to have opened and closed."""
    if plan.closed is not None:
        return RoundState.CLOSED
    return RoundState.PLANNED if plan.opened is None else RoundState.OPEN


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownInvitation:
    """An invitation and its state: *open*, *accepted*, *declined*, *conditional*, *unanswered* or *withdrawn*."""

    handle: str
    invitation: Invitation
    state: InvitationState = InvitationState.OPEN
    conditions: Body | None = None
    level: str | None = None
    at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownDelegation:
    """A delegation, as its seat named it."""

    handle: str
    delegation: Delegation
    at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownSession:
    """A session: its current format, its pairs, the seats that take part, and how their attendance is marked."""

    handle: str
    title: str
    round: str | None = None
    format: Format
    pairs: tuple[PairFormat, ...] = ()
    participants: tuple[str, ...] = ()
    room: str = ""
    item: str = ""
    mode: Mode = Mode.ON_RECORD
    chair: str = ""
    state: SessionState = SessionState.PLANNED
    starts_at: datetime | None = None
    opened_at: datetime | None = None
    closed_at: datetime | None = None
    presence: tuple[tuple[str, str], ...] = ()
    claim: str | None = None
    known_from: datetime | date | None = None
    is_invented: bool = False

    def present(self) -> tuple[str, ...]:
        """Return the seats marked present, in the order of participants."""
        marked = dict(self.presence)
        return tuple(seat for seat in self.participants if marked.get(seat) == "present")


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownIntervention:
    """What was said in a session, as this seat heard it."""

    session: str | None = None
    by: str
    words: Body
    at: datetime
