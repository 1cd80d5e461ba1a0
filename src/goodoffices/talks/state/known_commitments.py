"""Changes of actors, commitments, reports and guarantees, as one seat knows them."""

from __future__ import annotations

from datetime import datetime

from goodoffices.data_class import dataclass
from goodoffices.talks.base.acts import Body
from goodoffices.talks.model.obligations import ActorChange, Commitment, DueDate, Guarantee


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownChange:
    """A merger, split or other change of actors."""

    handle: str
    change: ActorChange
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedSuccession:
    """What a successor itself said about a commitment of its predecessor."""

    commitment: str
    successor: str
    state: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownReport:
    """A seat's report on a commitment."""

    state: str
    by: str
    words: Body | None = None
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownCommitment:
    """A commitment, all reports on it, and the rounds that it was carried over to.

    ``moved_to`` is the date to which it was last moved in this record; the earlier dates stay in the commitment.
    """

    handle: str
    commitment: Commitment
    by: str
    at: datetime
    reports: tuple[KnownReport, ...] = ()
    carried_to: tuple[str, ...] = ()
    moved_to: DueDate | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownGuarantee:
    """A guarantee, given by the guarantor itself (``own_act``) or stated by the talks file."""

    handle: str
    guarantee: Guarantee
    own_act: bool
    at: datetime
    ended: bool = False
