"""What a forecast leaves out or does not weigh, in sentences that stand beside its answers."""

from __future__ import annotations

from goodoffices.forecast.inputs.uncertain_values import Contested
from goodoffices.reports.forecast.answer import Forecasted
from goodoffices.reports.forecast.lineup_from_view import Placed
from goodoffices.reports.tables import and_listed


def left_out_words(answer: Forecasted) -> str:
    """Return whom and what the answer says nothing of, since nothing is assessed; "" if it leaves nothing out."""
    said = []
    if answer.issue.unplaced:
        said.append(f"Nothing is assessed of where {and_listed(answer.issue.unplaced)} would stand on this issue.")
    if answer.placed.left_out:
        named = and_listed(f"‘{name}’" for name in answer.placed.left_out)
        said.append(f"Nothing is assessed of where anybody stands on {named}.")
    if answer.acceptable.is_known:
        said += answer.acceptable.left_out
    return f"this is not an answer for the whole of these talks. {' '.join(said)}" if said else ""


def closed_words(answer: Forecasted, low: float, high: float) -> str:
    """Return a warning where what is acceptable by distance is at an option that is in nothing that all could sign."""
    could = answer.acceptable.could_be if answer.acceptable.is_known else {}
    there = [(could.get(slug), f"‘{name}’") for slug, name, place in answer.issue.options if low <= place <= high]
    closed = [name for is_open, name in there if is_open is False]
    if not closed:
        return ""
    verb = "lies there and is" if len(closed) == 1 else "lie there and are"
    return (
        f" That counts only how far each point is from where they stand, not red lines or worth: {and_listed(closed)} "
        f"{verb} in no combination that all could sign."
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
