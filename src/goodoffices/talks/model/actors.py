"""Actors, and the seats and compartments that are planned for them."""

from __future__ import annotations

from goodoffices.data_class import dataclass
from goodoffices.errors import ScenarioError
from goodoffices.phrases.phrase import Phrase
from goodoffices.talks.base.enums import ActorKind, Role
from goodoffices.talks.base.slugs import RESERVED, check_slug


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """An actor's name in one language. ``sort`` is the text to sort it by, if that is different."""

    text: str
    language: str = "en"
    script: str | None = None
    sort: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Anyone who can be named. The slug never changes. Two actors may have the same name."""

    slug: str
    kind: ActorKind
    names: tuple[Name, ...]
    part_of: str | None = None

    def __post_init__(self) -> None:
        check_slug(self.slug, "actor")
        if not self.names:
            raise ScenarioError(Phrase("actor {slug} has no name; give at least one", slug=repr(self.slug)))

    def name(self, language: str = "en") -> str:
        """Return the name in ``language``, or the first name if there is none in that language."""
        return next((n.text for n in self.names if n.language == language), self.names[0].text)


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatPlan:
    """An actor's place in these talks. It decides what the actor sees and may do.

    ``kept_by`` is the seat of the clerk who opens this seat for an actor that does not log in. ``known_to`` lists the
    seats that learn of this one; ``None`` means all seats given so far.
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
                Phrase(
                    "{slug} cannot name a seat: it is the name of {reserved}; choose another",
                    slug=repr(self.slug),
                    reserved=str(RESERVED[self.slug]),
                )
            )
        if not self.roles:
            raise ScenarioError(
                Phrase("seat {slug} has no role; give at least one, for example 'observer'", slug=repr(self.slug))
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Compartment:
    """A named set of seats that may see something."""

    slug: str
    seats: tuple[str, ...]
    owner: str | None = None
