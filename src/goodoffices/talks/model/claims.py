"""Claims about the world: who said what and who passed it on; claimed roles and recognitions."""

from __future__ import annotations

from datetime import date, datetime

from goodoffices.data_class import dataclass
from goodoffices.errors import ScenarioError
from goodoffices.phrases.phrase import Phrase
from goodoffices.talks.base.enums import Role, Stand, Strength, ValueKind
from goodoffices.talks.base.slugs import check_slug

SECTIONS = ("people", "roles", "agenda", "sessions", "texts", "cease-fire", "commitments")
"""The sections of a brief that a claim can name as its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A publication that claims come from.

    ``side`` marks an outlet that is close to a side, such as ``'ru'``. ``language`` is the one it was read in; ``None``
    if nobody has said it.
    """

    slug: str
    publisher: str
    title: str = ""
    dated: date | None = None
    language: str | None = None
    side: str | None = None
    address: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """What a claim states: a number, *at least* a number, a range, actors, yes or no, an instant, or text."""

    kind: ValueKind
    low: int | None = None
    high: int | None = None
    actors: tuple[str, ...] = ()
    yes: bool | None = None
    instant: datetime | None = None
    day: date | None = None
    words: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One link of a chain of attribution: an outlet, an agency or a speaker, given as an actor or as text.

    A link passes on what the link after it says, unless that one is ``beside`` it: then both say so, each for itself.
    ``side`` and ``language`` are those of this link, such as ``'ru'``; ``None`` if nobody has said it.
    """

    speaker: str
    actor: str | None = None
    side: str | None = None
    language: str | None = None
    beside: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A statement about the world, with its source and chain of attribution.

    ``about`` is the slug of an actor, round, text or cease-fire. ``aspect`` says which fact about it the claim states,
    such as ``'signed'`` or ``'groups attending'``. ``when_from`` and ``when_to`` are the time that the claim is about;
    ``asserted_on`` is the day on which it was said. ``chain`` goes from the outlet over the agency to the speaker.
    ``question`` groups the claims on one contested question, such as ``'C3'``. ``known_from`` is the moment from which
    people could know of it, if that is stated. ``section`` is the section of a brief that has it, if that is stated.
    ``is_invented`` marks teaching material.
    """

    slug: str
    about: str
    aspect: str
    value: Value
    chain: tuple[Link, ...]
    strength: Strength
    words: str = ""
    source: str | None = None
    asserted_on: date | None = None
    when_from: date | None = None
    when_to: date | None = None
    in_seed: bool = False
    question: str | None = None
    compartment: str | None = None
    known_from: datetime | date | None = None
    section: str | None = None
    is_invented: bool = False

    def __post_init__(self) -> None:
        check_slug(self.slug, "claim")
        if not self.chain:
            raise ScenarioError(
                Phrase("claim {slug} has no chain; name at least the outlet that says it", slug=repr(self.slug))
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleClaim:
    """A claim that an actor has a role in the world: for whom, since when, and by which claim."""

    actor: str
    role: Role
    of: str | None = None
    since: date | None = None
    until: date | None = None
    scope: str = "talks"
    claim: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognition:
    """Whether one actor accepts another in a role, or as representing somebody."""

    by: str
    of: str
    role: Role | None = None
    represents: str | None = None
    stand: Stand = Stand.NO_POSITION
    since: date | None = None
    claim: str | None = None
