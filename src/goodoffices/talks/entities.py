"""Who is who and what is said of them, as frozen values: actors, seats, sources, claims, recognition.

These are the things a talks file describes and acts carry. Slugs are lasting names: lower-case letters, digits and
hyphens. Nothing here reads a file, a clock or a random number.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

from goodoffices.errors import ScenarioError, quoted
from goodoffices.talks.vocabulary import ActorKind, Role, Stand, Strength, ValueKind

__all__ = [
    "RESERVED",
    "Actor",
    "Claim",
    "Compartment",
    "Link",
    "Name",
    "Recognition",
    "RoleClaim",
    "SeatPlan",
    "Source",
    "Value",
    "check_slug",
]

RESERVED = {"clock": "time itself, which sees what deadlines need", "public": "the viewer of what is published"}
"""Names of viewers that are no seats."""
_SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,79}")


def check_slug(text: str, what: str) -> str:
    """Return ``text`` if it can be a lasting name, else raise ``ScenarioError``.

    Examples
    --------
    >>> check_slug("jaysh-al-islam", "actor")
    'jaysh-al-islam'
    """
    if not _SLUG.fullmatch(text):
        raise ScenarioError(
            f"{what} {quoted(text)} is not a slug; use lower-case Latin letters, digits and hyphens, as in 'un-envoy'"
        )
    return text


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """One way of writing an actor's name. ``sort`` is the text to sort by, if it differs."""

    text: str
    language: str = "en"
    script: str | None = None
    sort: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Anyone who can be named. The slug never changes; names are data and homonyms are allowed."""

    slug: str
    kind: ActorKind
    names: tuple[Name, ...]
    part_of: str | None = None

    def __post_init__(self) -> None:
        check_slug(self.slug, "actor")
        if not self.names:
            raise ScenarioError(f"actor {self.slug!r} has no name; give at least one")

    def name(self, language: str = "en") -> str:
        """Return the name in ``language``, else the first name given."""
        return next((n.text for n in self.names if n.language == language), self.names[0].text)


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatPlan:
    """An actor's place in these talks: the unit of sight and of power.

    ``kept_by`` names the clerk's seat whose persons open this seat for an actor who does not log in.
    ``known_to`` lists the seats that learn of this one; ``None`` means every seat given so far.
    """

    slug: str
    actor: str
    roles: tuple[Role, ...]
    extra: tuple[str, ...] = ()
    barred: tuple[str, ...] = ()
    kept_by: str | None = None
    sees_all: bool = False
    known_to: tuple[str, ...] | None = None

    def __post_init__(self) -> None:
        check_slug(self.slug, "seat")
        if self.slug in RESERVED:
            raise ScenarioError(
                f"{self.slug!r} cannot name a seat: it is the name of {RESERVED[self.slug]}; choose another"
            )
        if not self.roles:
            raise ScenarioError(f"seat {self.slug!r} has no role; give at least one, for example 'observer'")


@dataclass(frozen=True, slots=True, kw_only=True)
class Compartment:
    """A named set of seats that may see something."""

    slug: str
    seats: tuple[str, ...]
    owner: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where claims come from: a publication. ``side`` marks an outlet close to a side, as in ``'ru'``."""

    slug: str
    publisher: str
    title: str = ""
    dated: date | None = None
    language: str = "en"
    side: str | None = None
    address: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """What a claim states: a number, at least a number, a range, actors, yes or no, an instant, or words."""

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
    """One link of a chain of attribution: an outlet, an agency, or a speaker (an actor or words)."""

    speaker: str
    actor: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A statement about the world, with its source and chain of attribution.

    ``about`` is an actor, round, text or cease-fire by slug; ``aspect`` says what of it (``'signed'``,
    ``'groups attending'``). ``when_from``/``when_to`` is the time the claim speaks of; ``asserted_on`` is when it was
    said. ``chain`` runs outlet, agency, speaker. ``question`` groups claims on one contested question (``'C3'``).
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

    def __post_init__(self) -> None:
        check_slug(self.slug, "claim")
        if not self.chain:
            raise ScenarioError(f"claim {self.slug!r} has no chain; name at least the outlet that says it")


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleClaim:
    """That an actor has a role in the world, of whom and since when, and on which claim."""

    actor: str
    role: Role
    of: str | None = None
    since: date | None = None
    until: date | None = None
    scope: str = "talks"
    claim: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognition:
    """Whether one actor accepts another in a role or as representing somebody."""

    by: str
    of: str
    role: Role | None = None
    represents: str | None = None
    stand: Stand = Stand.NO_POSITION
    since: date | None = None
    claim: str | None = None
