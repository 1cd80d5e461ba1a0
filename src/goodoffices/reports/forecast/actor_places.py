"""Where each actor of a forecast stands, how much it weighs and why, for tables and pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goodoffices.data_class import dataclass
from goodoffices.reports.forecast.answer import Forecasted
from goodoffices.reports.forecast.numbers_in_words import number_of, percent

if TYPE_CHECKING:
    from goodoffices.forecast import Span
    from goodoffices.forecast.inputs.uncertain_values import Cell

_COLUMNS = ("position", "salience", "capability")


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorPlace:
    """Where one actor stands and why it weighs what it weighs; ``at`` is its place on the line, from 0 to 100.

    Figures are words: a number, low, likeliest and high, or assessments that contradict each other, parted by a slash.
    ``origins`` are the sources; empty if nobody's word is given.
    """

    name: str
    at: float | None
    position: str
    salience: str
    capability: str
    weight: str
    without: str
    origins: tuple[str, ...] = ()


def actor_places(answer: Forecasted) -> tuple[ActorPlace, ...]:
    """Return where the actors stand on the issue of an answer, in their order; origins are as they were entered."""
    one = answer.placed.lineup.only(answer.issue.name)
    cells = {(entry.actor, entry.column): entry.cell for entry in one.uncertain}
    ranked = {name for ranking in one.rankings for group in ranking.order for name in group}
    weight = (one.salience * one.capability)[:, 0]
    total = float(weight.sum())
    said: dict[str, dict[str, None]] = {}
    for actor, _, _, source in one.origin:
        said.setdefault(actor, {}).update(dict.fromkeys(source.split(", ")))
    made = []
    for row, name in enumerate(one.actors):
        position, salience, capability = (
            _cell(cells.get((row, column)), float(getattr(one, column)[row, 0])) for column in _COLUMNS
        )
        change = answer.main.influence.get(name)
        made.append(
            ActorPlace(
                name=name,
                at=None if name in ranked else place_on_line(answer, float(one.position[row, 0])),
                position="" if name in ranked else position,
                salience=salience,
                capability=capability,
                weight=percent(float(weight[row]) / total) if total > 0 else "",
                without="" if change is None else number_of(answer, answer.main.point + change),
                origins=tuple(said.get(name, ())),
            )
        )
    return tuple(made)


def place_on_line(answer: Forecasted, value: float) -> float:
    """Return where a value lies on the issue's line, from 0 to 100."""
    low, high = answer.main.inputs.scale[answer.main.inputs.issue_index(answer.main.issue)]
    return round(100 * (value - low) / (high - low), 1)


def _cell(cell: Cell | None, mode: float) -> str:
    """Return a number, a range, or assessments that contradict each other, as they stand; ``mode`` without a cell."""
    from goodoffices.forecast import Contested, Span

    if isinstance(cell, Contested):
        return " / ".join(_range(claim) if isinstance(claim, Span) else f"{claim:g}" for _, claim in cell.claims)
    return _range(cell) if isinstance(cell, Span) else f"{mode:g}"


def _range(span: Span) -> str:
    return f"{span.low:g}, {span.mode:g}, {span.high:g}"
