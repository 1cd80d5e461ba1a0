"""Claims, marks on them, recognitions, positions and assessments, as one seat knows them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

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
    """A person's word that claims contradict each other, or that they are compatible after all."""

    claims: tuple[str, ...] = ()
    compatible: bool
    why: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownSame:
    """A person's word that two actors are one, or are not."""

    actors: tuple[str, ...] = ()
    same: bool
    ground: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownRecognition:
    """A recognition as stated by a seat, or as the talks file has it from a claim."""

    recognition: Recognition
    by_seat: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownPosition:
    """What an actor says on an issue."""

    actor: str
    issue: str
    option: str | None = None
    words: Body | None = None
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownAssessment:
    """What an analyst estimates about a party. Never shown to it in a live record."""

    party: str
    issue: str
    quantity: str
    value: str
    source: str
    strength: str
    by: str
    at: datetime
