"""One party of a settlement: what is assessed of it, issue by issue."""

from __future__ import annotations

from fractions import Fraction

from goodoffices.data_class import dataclass
from goodoffices.talks.model.agenda import AgendaIssue
from goodoffices.talks.model.assessments import Assessment, Estimate


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One party: its assessments by issue, and whether its worth is held as an order (0 to 1) or in points."""

    slug: str
    name: str
    by_issue: dict[str, list[Assessment]]
    reservations: list[Estimate]
    is_ordinal: bool

    def saliences(self, issue: str) -> list[Estimate]:
        """Return every assessment of how much an issue matters to the party."""
        return [entry.salience for entry in self.by_issue.get(issue, []) if entry.salience is not None]


def worth_entries(side: Side, issue: AgendaIssue) -> list[Assessment]:
    """Return the assessments of what the options of an issue are worth to a party, the first first."""
    return [entry for entry in side.by_issue.get(issue.slug, []) if entry.worth or entry.ranking]


def middle(estimate: Estimate) -> Fraction:
    """Return the likeliest value of an estimate, or the middle of its range."""
    return estimate.mode if estimate.mode is not None else (estimate.low + estimate.high) / 2


def weight_of(side: Side, issues: list[AgendaIssue]) -> dict[str, Fraction] | None:
    """Return how much each issue matters to a party whose worth is an order; ``None`` if that is not wholly known."""
    known = {}
    for issue in issues:
        stated = side.saliences(issue.slug)
        if not stated:
            return None
        known[issue.slug] = middle(stated[0])
    total = sum(known.values(), Fraction(0))
    return {slug: value / total for slug, value in known.items()} if total > 0 else None
