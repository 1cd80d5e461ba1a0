"""Decision rules with the names that the talks file gives them."""

from __future__ import annotations

from goodoffices.data_class import dataclass
from goodoffices.talks.voting.rules import Rule


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedRule:
    """A rule by which the talks decide, or that somebody proposed. ``claims`` are the sources for it.

    ``weights_are`` says what the weights count, such as ``"votes"``.
    """

    slug: str
    title: str
    rule: Rule
    words: str = ""
    weights_are: str | None = None
    claims: tuple[str, ...] = ()
