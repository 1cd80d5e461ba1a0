"""Claims, marks on them, recognitions, positions and assessments, as one seat knows them."""

from __future__ import annotations

from datetime import datetime

from goodoffices.data_class import dataclass
from goodoffices.talks.base.acts import Body
from goodoffices.talks.model.claims import Claim, Recognition


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownClaim:
    """A claim shown to this seat; ``replaced_by`` is the handle of the claim its author put in its place."""

    handle: str
    claim: Claim
    by: str
    at: datetime
    replaced_by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownMark:
    """A person's statement that claims contradict each other, or that they are compatible."""

    claims: tuple[str, ...] = ()
    compatible: bool
    why: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownSame:
    """A person's statement that two actors are the same, or that they are different."""

    actors: tuple[str, ...] = ()
    same: bool
    ground: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownRecognition:
    """A recognition that a seat stated, or that the talks file takes from a claim."""

    recognition: Recognition
    by_seat: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownPosition:
    """What an actor says about an issue."""

    actor: str
    issue: str
    option: str | None = None
    words: Body | None = None
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownAssessment:
    """What an analyst estimates about a party. In a live record the party never sees it."""

    party: str
    issue: str
    quantity: str
    value: str
    source: str
    strength: str
    by: str
    at: datetime
