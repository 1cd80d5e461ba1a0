"""What the exact part of a settlement assumes where assessments leave something open, in sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from goodoffices.reports.settlement.sides import Side, weight_of, worth_entries
from goodoffices.reports.tables import and_listed
from goodoffices.talks.model.agenda import AgendaIssue
from goodoffices.talks.model.assessments import Assessment


def assumptions_of(sides: list[Side], issues: list[AgendaIssue], labels: list[str]) -> tuple[str, ...]:
    """Return what the exact part takes where assessments leave a figure open, scale it, or contradict each other."""
    found = [f"Required signatories are the parties assessed: {', '.join(side.name for side in sides)}."]
    for side in sides:
        if not side.reservations:
            found.append(f"What no agreement is worth to {side.name} is not assessed: taken as 0.")
        if len(side.reservations) > 1:
            n = len(side.reservations)
            found.append(
                f"{n} assessments of what no agreement is worth to {side.name}: the exact part takes the first."
            )
        if side.is_ordinal:
            found += _scaled_words(side, issues, labels)
        for issue, label in zip(issues, labels, strict=True):
            found += _gaps(side, issue, label)
    return tuple(found)


def confidence_words(entries: Iterable[Assessment]) -> tuple[str, ...]:
    """Return how sure the assessors say they are, with how many assessments; nothing if none of them says it."""
    stated = Counter(entry.confidence or "not stated" for entry in entries)
    if set(stated) <= {"not stated"}:
        return ()
    counts = ", ".join(f"{word} ({n} of {stated.total()} assessments)" for word, n in stated.most_common())
    return (f"How sure the assessors say they are: {counts}.",)


def _scaled_words(side: Side, issues: list[AgendaIssue], labels: list[str]) -> list[str]:
    """Return what becomes of the figures of a party of whom an order is known on some issue at least."""
    pairs = list(zip(issues, labels, strict=True))
    in_points = [label for issue, label in pairs if any(one.worth for one in worth_entries(side, issue)[:1])]
    said = [f"Of {side.name} only an order is known: for the exact part its steps are evenly spaced."]
    if in_points:
        said = [
            f"Of {side.name} points are known on {_quoted(in_points)}, elsewhere only an order: on every issue its "
            "worth runs from 0 for the worst option to 1 for the best, and the steps of an order are even."
        ]
    matters = {label: side.saliences(issue.slug) for issue, label in pairs}
    unknown = [label for label, stated in matters.items() if not stated]
    if weight_of(side, issues) is not None:
        several = [label for label, stated in matters.items() if len(set(stated)) > 1]
        first = (
            f"Assessments of how much {_quoted(several)} matters to {side.name} differ: the exact part takes the first."
        )
        return [*said, first] if several else said
    if 0 < len(unknown) < len(issues):
        return [
            *said,
            f"How much {_quoted(unknown)} matters to {side.name} is not assessed, so that what is assessed of the "
            "other issues is not used: in the exact part, all alike.",
        ]
    return [*said, f"How much each issue matters to {side.name} is not known: in the exact part, all alike."]


def _quoted(labels: list[str]) -> str:
    return and_listed([f"‘{label}’" for label in labels])


def _gaps(side: Side, issue: AgendaIssue, label: str) -> list[str]:
    entries = worth_entries(side, issue)
    if not entries:
        return [f"What '{label}' is worth to {side.name} is not assessed: taken as indifferent."]
    found = []
    if len(entries) > 1:
        found.append(f"{len(entries)} assessments of {side.name} on '{label}': the exact part takes the first.")
    stated = {slug for slug, _ in entries[0].worth} or {slug for group in entries[0].ranking for slug in group}
    missing = [option.slug for option in issue.options if option.slug not in stated]
    if missing:
        how = "anywhere in the order" if entries[0].ranking else "no better than the worst option stated"
        found.append(f"Not assessed of {side.name} on '{label}': {', '.join(missing)}; taken as {how}.")
    return found
