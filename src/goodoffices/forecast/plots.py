"""Draw forecasts. The same numbers are in the tables of the results. The colours also differ in grey.

matplotlib is imported inside the functions, because nothing else needs it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from goodoffices.errors import ForecastInputError

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from goodoffices.forecast.analysis.sensitivity import Sensitivity
    from goodoffices.forecast.calibration.backtest_results import Backtest
    from goodoffices.forecast.results import Forecast


# Okabe & Ito's palette, in an order whose greys differ
BLUE, ORANGE, GREEN, GREY, LIGHT = "#0072B2", "#E69F00", "#009E73", "#666666", "#D9D9D9"
_ARROWS = {"bargain": "s", "trade": "D", "confrontation": "^", "compromise": "o", "capitulation": "v"}
_MOST_LABELS = 8
_MOST_ATOMS, _STEPS = 400, 120


def _axes(ax: Axes | None, height: float = 4.0) -> Axes:
    if ax is not None:
        return ax
    from matplotlib.figure import Figure

    return Figure(figsize=(8.0, height), layout="constrained").add_subplot()


def alt_text(forecast: Forecast) -> str:
    """Return a sentence that says what a picture of the forecast shows, for people who cannot see it."""
    low, high = forecast.interval(0.8)
    left, right = forecast.inputs.scale[forecast.inputs.issue_index(forecast.issue)]
    return (
        f"{forecast.issue}, scale {left:g} to {right:g}: {forecast.model} puts the point at {forecast.point:.4g}, "
        f"80 % interval {low:.4g} to {high:.4g}, {len(forecast.actors)} actors, {len(forecast.moves)} moves."
    )


def plot_forecast(forecast: Forecast, kind: str, ax: Axes | None = None) -> Axes:
    """Draw one forecast: ``"line"``, ``"strip"``, ``"cost"`` or ``"quadrants"``."""
    kinds = {"line": plot_line, "strip": lambda one, axes: plot_strips([one], axes), "cost": plot_cost,
             "quadrants": plot_quadrants}  # fmt: skip
    if kind not in kinds:
        raise ForecastInputError(f"there is no picture {kind!r}; use one of {', '.join(kinds)}")
    return kinds[kind](forecast, ax)


def plot_line(forecast: Forecast, ax: Axes | None = None) -> Axes:
    """Draw the turns of a forecast: the scale across, turns down, a line per actor with its moves, the result below."""
    at = forecast.inputs.issue_index(forecast.issue)
    rows = [forecast.inputs.actor_index(name) for name in forecast.actors]
    path = forecast.positions
    if path is None:
        paths = forecast.inputs.position[rows][None][:, :, at]
    else:
        paths = path[:, :, at if path.shape[2] == len(forecast.inputs.issues) else 0]
    turns = len(paths) - 1
    axes = _axes(ax, 3.4 + 0.3 * turns)
    weight = np.nan_to_num(forecast.inputs.capability[rows, at] * forecast.inputs.salience[rows, at])
    widths = 0.8 + 3.2 * weight / max(float(weight.max(initial=0.0)), 1e-12)
    for i, name in enumerate(forecast.actors):
        axes.plot(paths[:, i], np.arange(turns + 1), color=GREY, linewidth=widths[i], alpha=0.55, zorder=2, label=name,
                  solid_capstyle="round")  # fmt: skip
        axes.plot(paths[0, i], 0, "o", color=GREY, markersize=3 + widths[i], zorder=3)
    _mark_moves(axes, forecast)
    _label_starts(axes, forecast.actors, paths[0])
    _foot(axes, forecast, turns)
    return axes


def _mark_moves(axes: Axes, forecast: Forecast) -> None:
    seen = set()
    moves = [move for move in forecast.moves if move.issue == forecast.issue]
    for move in moves:
        first = move.kind not in seen
        seen.add(move.kind)
        label = move.kind if first else f"_{move.kind}"
        axes.plot(move.end, move.turn, _ARROWS.get(move.kind, "o"), color=BLUE, markersize=5, zorder=4,
                  markeredgecolor="white", markeredgewidth=0.6, label=label)  # fmt: skip
    causes: dict[tuple[int, float], list[str]] = {}
    for move in sorted(moves, key=lambda move: -abs(move.end - move.start))[:_MOST_LABELS]:
        names = causes.setdefault((move.turn, round(move.end, 1)), [])
        if move.toward not in names:
            names.append(move.toward)
    below: dict[int, bool] = {}
    for turn, end in sorted(causes):
        # Labels of neighbours are alternately above and below the line, so that long names do not overlap.
        is_below = below.get(turn, False)
        below[turn] = not is_below
        shown = ", ".join(causes[turn, end])
        axes.annotate(shown, (end, turn), xytext=(4, -3 if is_below else 3), textcoords="offset points", fontsize=6,
                      color=BLUE, va="top" if is_below else "bottom")  # fmt: skip
    handles, names = axes.get_legend_handles_labels()
    kept = [(handle, name) for handle, name in zip(handles, names, strict=True) if name in seen]
    if kept:
        axes.legend(*zip(*kept, strict=True), fontsize=7, loc="upper left", bbox_to_anchor=(1.0, 1.0), frameon=False,
                    title="moved by", title_fontsize=7)  # fmt: skip


def _label_starts(axes: Axes, actors: Sequence[str], starts: np.ndarray[Any, Any]) -> None:
    """Write the actors of each starting point above it, at a steep angle so that neighbours do not overlap."""
    together: dict[float, list[str]] = {}
    for name, start in zip(actors, starts, strict=True):
        if not np.isnan(start):
            together.setdefault(float(start), []).append(name)
    for start, names in together.items():
        shown = ", ".join(names[:4]) + (f" +{len(names) - 4}" if len(names) > 4 else "")
        axes.annotate(shown, (start, 0), xytext=(0, 7), textcoords="offset points", fontsize=7, rotation=40, ha="left",
                      va="bottom")  # fmt: skip


def _foot(axes: Axes, forecast: Forecast, turns: int) -> None:
    low, high = forecast.interval(0.8)
    foot = turns + 1.0
    left, right = forecast.inputs.scale[forecast.inputs.issue_index(forecast.issue)]
    if forecast.core is not None and forecast.core.interval is not None:
        axes.axvspan(*forecast.core.interval, color=GREEN, alpha=0.12, zorder=0)
        middle = sum(forecast.core.interval) / 2
        axes.annotate("all would accept", (middle, turns + 0.3), ha="center", va="top", fontsize=7, color=GREEN)
    reference = forecast.inputs.reference[forecast.inputs.issue_index(forecast.issue)]
    if reference is not None:
        axes.plot([reference] * 2, [foot - 0.35, foot + 0.35], color="black", linewidth=2, zorder=5)
        axes.annotate("status quo", (reference, foot + 0.42), ha="center", va="top", fontsize=7)
    axes.plot([low, high], [foot, foot], color=ORANGE, linewidth=7, alpha=0.6, solid_capstyle="butt", zorder=4)
    axes.plot(forecast.point, foot, "D", color="black", markersize=7, zorder=6)
    note = "80 %" if forecast.calibration else "80 %, not calibrated"
    digits = ".0f" if right - left >= 20 else ".3g"
    told = f"{forecast.point:{digits}}  ({note}: {low:{digits}} to {high:{digits}})"
    axes.annotate(told, (forecast.point, foot - 0.22), ha="center", va="bottom", fontsize=8)
    margin = 0.03 * (right - left)
    axes.set_xlim(left - margin, right + margin)
    axes.set_ylim(foot + 0.9, -0.3)
    step = max(1, turns // 10)
    axes.set_yticks(
        [*range(0, turns + 1, step), foot], [*map(str, range(0, turns + 1, step)), f"{forecast.model} alone"]
    )
    axes.set_xlabel(f"{forecast.issue}  ({forecast.model}, {len(forecast.actors)} actors)")
    axes.set_ylabel("turn")
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)


def plot_strips(forecasts: Sequence[Forecast], ax: Axes | None = None) -> Axes:
    """Draw one strip per forecast: the atoms, the 50 and 80 % intervals, the point, the core."""
    axes = _axes(ax, 1.6 + 0.5 * len(forecasts))
    for row, one in enumerate(forecasts):
        z, v = _drawn_atoms(one)
        tall = 0.36 * np.sqrt(v / v.max())
        axes.vlines(z, row - tall, row, color=GREY, linewidth=0.8, alpha=0.5, zorder=2)
        for level, width, tint in ((0.8, 5, LIGHT), (0.5, 5, ORANGE)):
            low, high = one.interval(level)
            axes.plot([low, high], [row + 0.14] * 2, color=tint, linewidth=width, solid_capstyle="butt", zorder=3)
        axes.plot(one.point, row + 0.14, "D", color="black", markersize=6, zorder=5)
        if one.core is not None and one.core.interval is not None:
            axes.plot(one.core.interval, [row + 0.33] * 2, color=GREEN, linewidth=3, solid_capstyle="butt", zorder=3)
    first = forecasts[0]
    left, right = first.inputs.scale[first.inputs.issue_index(first.issue)]
    names = [f"{one.model}" + ("" if one.calibration else "\n(not calibrated)") for one in forecasts]
    axes.set_yticks(range(len(forecasts)), names, fontsize=8)
    axes.set_ylim(len(forecasts) - 0.45, -0.6)
    axes.set_xlim(left, right)
    axes.set_xlabel(first.issue)
    core = (
        "; green: all would accept"
        if any(one.core is not None and one.core.interval is not None for one in forecasts)
        else ""
    )
    axes.set_title(f"diamond: point; orange: 50 %; pale: 80 %; ticks: drawn outcomes{core}", fontsize=8)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    return axes


def _drawn_atoms(forecast: Forecast) -> tuple[Any, Any]:
    """Return the atoms and weights to draw. If there are very many, they are summed over even steps."""
    z, v = forecast.distribution.atoms, forecast.distribution.weights
    if z.size <= _MOST_ATOMS:
        return z, v
    low, high = forecast.inputs.scale[forecast.inputs.issue_index(forecast.issue)]
    sums, edges = np.histogram(z, bins=_STEPS, range=(low, high), weights=v)
    held = sums > 0
    return ((edges[:-1] + edges[1:]) / 2)[held], sums[held]


def plot_tornado(sensitivity: Sensitivity, ax: Axes | None = None, most: int = 15) -> Axes:
    """Draw one bar per input, from the point at its low end to the point at its high end, with its Sobol total."""
    effects = sensitivity.effects[:most]
    axes = _axes(ax, 1.4 + 0.32 * len(effects))
    for row, one in enumerate(effects):
        for end, value, tint, hatch in (
            ("low", one.point_at_low, BLUE, ""),
            ("high", one.point_at_high, ORANGE, "///"),
        ):
            axes.barh(row, value - sensitivity.point, left=sensitivity.point, height=0.62, color=tint, hatch=hatch,
                      edgecolor="white", label=f"input at its {end} end" if row == 0 else None, zorder=2)  # fmt: skip
        if one.total is not None:
            axes.annotate(
                f"total {one.total[0]:.2f}", (1.01, row), xycoords=("axes fraction", "data"), fontsize=7, va="center"
            )
    axes.axvline(sensitivity.point, color="black", linewidth=1, zorder=3)
    labels = [f"{one.name}  ({one.low:.3g} to {one.high:.3g})" for one in effects]
    axes.set_yticks(range(len(effects)), labels, fontsize=7)
    axes.invert_yaxis()
    axes.set_xlabel(f"point of {sensitivity.model} on {sensitivity.issue}, now {sensitivity.point:.4g}")
    if effects:
        axes.legend(fontsize=7, loc="lower right", frameon=False)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    return axes


def plot_cost(forecast: Forecast, ax: Axes | None = None) -> Axes:
    """Draw the point and 80 % band of the Nash solution by the cost of no deal, hatched if there is no zone."""
    from goodoffices.forecast.forecasting import forecast as run

    costs = np.linspace(0.0, 1.5, 31)
    lineup = forecast.inputs.only(forecast.issue)
    found = [run(_with_cost(lineup, float(cost)), model="nbs:reference", calibration=None) for cost in costs]
    empty = np.array([any("no zone" in warning for warning in one.warnings) for one in found])
    points = np.array([one.point for one in found])
    axes = _axes(ax)
    half = (np.array(forecast.interval(0.8)) - forecast.point)[:, None]
    low, high = lineup.scale[0]
    axes.fill_between(costs, *np.clip(points + half, low, high), color=ORANGE, alpha=0.25,
                      label=f"80 % band, as wide as that of {forecast.model}")  # fmt: skip
    axes.plot(costs, points, color="black", linewidth=2, label="nbs:reference")
    axes.plot(costs[empty], points[empty], "x", color=BLUE, label="no zone of agreement: status quo")
    axes.set_xlabel("cost of no deal to everyone (share of the scale)")
    axes.set_ylabel(forecast.issue)
    axes.set_ylim(low, high)
    axes.legend(fontsize=7, frameon=False)
    return axes


def _with_cost(lineup: Any, cost: float) -> Any:
    from dataclasses import replace

    return replace(lineup, no_deal_cost=np.full(len(lineup.actors), cost))


def plot_quadrants(forecast: Forecast, ax: Axes | None = None, actor: str | None = None) -> Axes:
    """Draw what an actor expects from challenging and from being challenged, in the first turn of a challenge model."""
    turns = forecast.details.get("turns")
    if not turns:
        raise ForecastInputError(f"{forecast.model} has no challenges to draw; use a model of the family 'bdm'")
    names = [name for name in forecast.actors if forecast.inputs.salience[forecast.inputs.actor_index(name), 0] > 0]
    who = names[0] if actor is None else actor
    i = names.index(who)
    axes = _axes(ax, 5.0)
    places: dict[tuple[float, float], list[str]] = {}
    for j, name in enumerate(names):
        if turns[0]["before"][i] != turns[0]["before"][j]:
            a, b = float(turns[0]["expects"][i, j]), float(turns[0]["expects_of_other"][i, j])
            places.setdefault((round(a, 3), round(b, 3)), []).append(name)
    for place, together in places.items():
        axes.plot(*place, "o", color=BLUE)
        axes.annotate(", ".join(together), place, xytext=(4, 4), textcoords="offset points", fontsize=8)
    axes.margins(0.15)
    axes.axhline(0, color=GREY, linewidth=0.8)
    axes.axvline(0, color=GREY, linewidth=0.8)
    axes.set_xlabel(f"what {who} expects of challenging")
    axes.set_ylabel(f"what {who} expects of being challenged")
    axes.set_title(f"{forecast.model}: the view of {who}, turn 1", fontsize=10)
    return axes


def plot_backtest(backtest: Backtest, model: str | None = None) -> Any:
    """Draw the mean absolute errors with paired intervals, and where outcomes fell in one method's distributions."""
    from matplotlib.figure import Figure

    lines = backtest.summaries
    figure = Figure(figsize=(11.0, 2.2 + 0.28 * len(lines)), layout="constrained")
    left, right = figure.subplots(1, 2, width_ratios=[3, 2])
    base = next((line.mae for line in lines if line.against_base is None), None)
    for row, line in enumerate(lines):
        left.plot(line.mae, row, "o", color="black", zorder=3)
        if line.against_base is not None and base is not None:
            left.plot(
                [base + line.against_base.low, base + line.against_base.high], [row, row], color=BLUE, linewidth=2
            )
    if base is not None:
        left.axvline(base, color=GREY, linewidth=0.8)
    left.set_yticks(range(len(lines)), [line.model for line in lines], fontsize=8)
    left.invert_yaxis()
    left.set_xlabel("mean absolute error; bar: 95 % interval of the difference to compromise")
    chosen = lines[0].model if model is None else model
    right.hist(backtest.pit(chosen), bins=np.linspace(0, 1, 11), color=LIGHT, edgecolor=GREY)
    right.axhline(len(backtest.pit(chosen)) / 10, color="black", linewidth=1, linestyle="--")
    right.set_xlabel("where in the distribution the outcome fell")
    right.set_title(f"{chosen}\n{_coverage_text(backtest, chosen)}", fontsize=8)
    right.set_ylabel("cases (dashed: if calibrated)")
    for axes in (left, right):
        for side in ("top", "right"):
            axes.spines[side].set_visible(False)
    return figure


def _coverage_text(backtest: Backtest, model: str) -> str:
    rows = [row for row in backtest.of(model) if row.is_scored]
    told = []
    for name, wanted in (("only 0 and 100 held", True), ("other issues", False)):
        part = [row for row in rows if row.is_dichotomous is wanted]
        if part:
            inside = sum((row.q10 or 0.0) <= (row.outcome or 0.0) <= (row.q90 or 0.0) for row in part)
            told.append(f"{name}: {inside / len(part):.2f} of {len(part)} inside 80 %")
    return "\n".join(told)
