"""The picture of a forecast: who moves whom on the line, how likely what is, and what it hangs on."""

from __future__ import annotations

import textwrap
from typing import Any

from goodoffices.reports.forecast.answer import Forecasted
from goodoffices.reports.forecast.tables import input_words
from goodoffices.reports.settlement.plots import isolated

_MARK = "Invented for teaching: nobody's real preferences"
_MOST_BARS = 10
_ROOM_FOR_NAMES = 95  # points above the line, where the actors' names stand on the slant


def forecast_picture(answer: Forecasted) -> Any:
    """Return the axes of a figure of three parts: positions with moves, the distributions, the tornado."""
    from matplotlib.figure import Figure

    from goodoffices.forecast.plots import plot_forecast, plot_strips, plot_tornado

    turns = answer.turns if answer.turns is not None else answer.main
    shown = (answer.main, *answer.beside.forecasts)
    steps = 1 if turns.positions is None else len(turns.positions)
    heights = [2.6 + 0.25 * min(steps, 20), 1.5 + 0.42 * len(shown), 1.2 + 0.3 * _MOST_BARS]
    figure = Figure(figsize=(11, sum(heights) + 1.2), layout="constrained")
    above, middle, below = figure.subplots(3, 1, height_ratios=heights)
    plot_forecast(turns, "line", above)
    plot_strips(shown, middle)
    plot_tornado(answer.sensitivity, below, _MOST_BARS)
    effects = answer.sensitivity.effects[:_MOST_BARS]
    below.set_yticklabels([f"{input_words(one)}  ({one.low:.3g} to {one.high:.3g})" for one in effects])
    for axes in (above, middle):
        _mark_options(axes, answer)
    key = middle.get_title()
    middle.set_title("")
    _title(above, f"Who moves whom, by {turns.model} (labels: because of whom)", _ROOM_FOR_NAMES)
    _title(middle, f"How likely, by model ({key})")
    _title(below, "What the point hangs on: one input at a time, from its low to its high end")
    mark = f"\n{_MARK}" if answer.is_invented else ""
    figure.suptitle(f"{answer.issue.name} – what will probably come out{mark}", x=0.01, ha="left", fontsize=12)
    return above


def picture_words(answer: Forecasted) -> str:
    """Return what the picture shows, in sentences, for those who cannot see it."""
    from goodoffices.forecast.plots import alt_text

    strong = [input_words(one) for one in answer.sensitivity.effects[:3]]
    mark = f" {_MARK}." if answer.is_invented else ""
    turns = f" {alt_text(answer.turns)}" if answer.turns is not None and answer.turns is not answer.main else ""
    return f"{alt_text(answer.main)}{turns} It hangs most of all on: {'; '.join(strong) or 'nothing'}.{mark}"


def _title(axes: Any, text: str, pad: float = 6) -> None:
    axes.set_title(text, loc="left", fontsize=9, pad=pad)


def _mark_options(axes: Any, answer: Forecasted) -> None:
    """Write each option at its place below the axis, and which of them no package holds that all could sign."""
    options = answer.issue.options
    if not options:
        return
    axes.set_xlabel("")
    labels = []
    for slug, name, place in options:
        closed = ["(in no package", "that all could sign)"] if answer.acceptable.could_be.get(slug) is False else []
        labels.append("\n".join([f"{place:g}", *textwrap.wrap(isolated(name), 26), *closed]))
    axes.set_xticks([place for _, _, place in options], labels, fontsize=8)
    for _, _, place in options:
        axes.axvline(place, color="0.8", linewidth=0.8, linestyle=":", zorder=0)
