"""The agenda: baskets, the issues in them, and the options on each issue."""

from __future__ import annotations

from goodoffices.data_class import dataclass
from goodoffices.errors import ScenarioError
from goodoffices.phrases.phrase import Phrase
from goodoffices.talks.model.actors import Name


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One possible answer to an issue, with its names by language."""

    slug: str
    names: tuple[Name, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaIssue:
    """One question the talks must settle, and the options on the table.

    ``is_invented`` marks teaching material: options that were written for an exercise and that nobody put forward.
    """

    slug: str
    question: tuple[Name, ...]
    options: tuple[Option, ...]
    is_invented: bool = False

    def __post_init__(self) -> None:
        if len(self.options) < 2:
            raise ScenarioError(
                Phrase(
                    "issue {slug} has {options} option(s); with fewer than two there is nothing to negotiate",
                    slug=repr(self.slug),
                    options=str(len(self.options)),
                )
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Basket:
    """A group of issues that belong together."""

    title: str
    issues: tuple[AgendaIssue, ...]
