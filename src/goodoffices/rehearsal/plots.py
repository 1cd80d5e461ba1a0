"""Draw a comparison with matplotlib: rates with intervals, and how the difference depends on what is assumed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from goodoffices.rehearsal.batches.answer import FIRST_LINE, cell_words
from goodoffices.settlement.plots import COLOURS

if TYPE_CHECKING:
    from goodoffices.rehearsal.batches.comparison import Comparison
    from goodoffices.rehearsal.batches.estimates import Response

_MOST_CURVES = 3


def plot_comparison(comparison: Comparison) -> Any:
    """Return a figure: the rates of agreement, and the difference along the numbers that explain most of it."""
    from matplotlib.figure import Figure

    curves = [one for one in comparison.responses if one.share > 0.0][:_MOST_CURVES]
    figure = Figure(figsize=(4.2 + 3.2 * len(curves), 4.2), layout="constrained")
    axes = np.atleast_1d(figure.subplots(1, 1 + len(curves)))
    _draw_rates(axes[0], comparison)
    for ax, one in zip(axes[1:], curves, strict=True):
        _draw_response(ax, comparison, one)
    figure.suptitle(FIRST_LINE, fontsize="small", x=0.01, ha="left")
    return figure


def _draw_rates(ax: Any, comparison: Comparison) -> None:
    cells = (comparison.first, comparison.second)
    for at, cell in enumerate(cells):
        rate = cell.agreed_where_possible
        errors = [[100 * (rate.value - rate.low)], [100 * (rate.high - rate.value)]]
        ax.errorbar([100 * rate.value], [at], xerr=errors, fmt="os"[at], color=COLOURS[at], capsize=4)
        ax.annotate(f"{rate.value:.1%}", (100 * rate.value, at), textcoords="offset points", xytext=(0, 8), ha="center")
    ax.set_yticks(range(len(cells)), [cell_words(cell.name) for cell in cells])
    ax.set_ylim(-0.6, len(cells) - 0.4)
    ax.set_xlim(0, 105)
    ax.set_xlabel("% of the runs in which a settlement was possible")
    ax.set_title("Agreement", fontsize="medium")


def _draw_response(ax: Any, comparison: Comparison, one: Response) -> None:
    ax.axhline(0.0, color="0.6", linewidth=0.8)
    ax.plot(one.levels, 100 * one.means, "o-", color=COLOURS[2])
    if one.crossing is not None:
        ax.axvspan(one.crossing.low, one.crossing.high, color="0.9", zorder=0)
        ax.axvline(one.crossing.value, color="0.4", linestyle="--", linewidth=1.0)
        ax.annotate(
            f"{one.crossing.value:.2g}", (one.crossing.value, 0.02), xycoords=("data", "axes fraction"),
            textcoords="offset points", xytext=(3, 0), fontsize="small",
        )  # fmt: skip
    ax.set_xlabel(_folded(one.name))
    ax.set_ylabel(f"points more {cell_words(comparison.second.name)}")
    ax.set_title(f"explains {one.share:.0%}", fontsize="medium")


def _folded(text: str) -> str:
    from textwrap import fill

    return fill(text, 38)
