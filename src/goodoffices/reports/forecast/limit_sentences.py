"""What a forecast leaves out or does not weigh, in sentences that stand beside its answers."""

from __future__ import annotations

from goodoffices.forecast.inputs.uncertain_values import Contested
from goodoffices.phrases.phrase import Phrase, Several, quotation, quotations
from goodoffices.reports.forecast.answer import Forecasted
from goodoffices.reports.forecast.lineup_from_view import Placed
from goodoffices.reports.tables import and_listed


def left_out_words(answer: Forecasted) -> tuple[str, ...]:
    """Return whom and what the answer says nothing of, since nothing is assessed."""
    said: list[str] = []
    if answer.issue.unplaced:
        actors = Several(answer.issue.unplaced, "and")
        said.append(Phrase("Nothing is assessed of where {actors} would stand on this issue.", actors=actors))
    if answer.placed.left_out:
        issues = quotations(answer.placed.left_out)
        said.append(Phrase("Nothing is assessed of where anybody stands on {issues}.", issues=issues))
    if answer.acceptable.is_known:
        said += answer.acceptable.left_out
    return tuple(said)


def closed_words(answer: Forecasted, low: float, high: float) -> str:
    """Return a warning where what is acceptable by distance is at an option that is in nothing that all could sign."""
    could = answer.acceptable.could_be if answer.acceptable.is_known else {}
    there = [(could.get(slug), quotation(name)) for slug, name, place in answer.issue.options if low <= place <= high]
    closed = Several((name for is_open, name in there if is_open is False), "and")
    if not closed:
        return ""
    if len(closed.parts) == 1:
        return Phrase(
            "That counts only how far each point is from where they stand, not red lines or worth: {options} lies "
            "there and is in no combination that all could sign.",
            options=closed,
        )
    return Phrase(
        "That counts only how far each point is from where they stand, not red lines or worth: {options} lie there "
        "and are in no combination that all could sign.",
        options=closed,
    )


def limits_of(placed: Placed) -> tuple[str, ...]:
    """Return, for an answer on several issues, who is not assessed where, and what is done with contradictions."""
    said = [
        f"Left out: nothing is assessed of where {and_listed(issue.unplaced)} would stand on ‘{issue.name}’."
        for issue in placed.issues
        if issue.unplaced
    ]
    at = [placed.lineup.issue_index(issue.name) for issue in placed.issues]
    if any(isinstance(one.cell, Contested) and one.issue in (-1, *at) for one in placed.lineup.uncertain):
        said.append("Where sources contradict each other, the point takes the value that is given first.")
    return tuple(said)
