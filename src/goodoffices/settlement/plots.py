"""Draw results with matplotlib, as SVG or PNG, in colours that colour-blind readers can tell apart."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from goodoffices.settlement.solutions.logrolling import shares

if TYPE_CHECKING:
    from goodoffices.settlement.results import Frontier, Solution
    from goodoffices.settlement.uncertainty.robustness import Robust


COLOURS = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#D55E00", "#56B4E9", "#F0E442", "#000000")
"""Colours from M. Okabe & K. Ito (2008), Color Universal Design."""
_MARKERS = "osD^vP*X"
_MOST_LINES = 500


def _axes(ax: Any) -> Any:
    if ax is not None:
        return ax
    from matplotlib.figure import Figure

    return Figure(figsize=(7, 5), layout="constrained").subplots()


def save(ax: Any, path: Path) -> None:
    """Write the figure of ``ax`` to ``path``. The suffix of the path gives the format."""
    ax.figure.savefig(path)


def _label(text: str) -> str:
    """Return ``text`` between isolating characters, so that right-to-left names keep their direction (UAX 9)."""
    return f"\u2068{text}\u2069" if any("\u0590" <= character <= "\u08ff" for character in text) else text


def plot_frontier(points: Frontier, solutions: tuple[Solution, ...] = (), ax: Any = None) -> Any:
    """Draw a frontier and its solutions: two parties in the plane, more parties as parallel coordinates."""
    ax = _axes(ax)
    if points.worth.shape[1] == 2:
        return _plane(points, solutions, ax)
    return _parallel(points, solutions, ax)


def _plane(points: Frontier, solutions: tuple[Solution, ...], ax: Any) -> Any:
    order = np.argsort(points.worth[:, 0], kind="stable")
    ax.plot(points.worth[order, 0], points.worth[order, 1], ".", color=COLOURS[-1], label="frontier", markersize=5)
    least = [float(value) for value in points.bargain.reservation_value]
    ax.axvline(least[0], linestyle="--", color="0.5", linewidth=1, label="no agreement")
    ax.axhline(least[1], linestyle="--", color="0.5", linewidth=1)
    for number, solution in enumerate(solutions):
        worth = np.array([[float(w) for w in pick.worth] for pick in solution.picks]).reshape(-1, 2)
        ax.plot(
            worth[:, 0], worth[:, 1], _MARKERS[number % len(_MARKERS)], color=COLOURS[number % 7], markersize=9,
            fillstyle="none", markeredgewidth=2, label=solution.name.replace("_", " "),
        )  # fmt: skip
    ax.set_xlabel(f"worth to {_label(points.bargain.parties[0])}")
    ax.set_ylabel(f"worth to {_label(points.bargain.parties[1])}")
    ax.legend(frameon=False)
    return ax


def _parallel(points: Frontier, solutions: tuple[Solution, ...], ax: Any) -> Any:
    low, high = points.worth.min(axis=0), points.worth.max(axis=0)
    width = np.where(high > low, high - low, 1.0)
    step = max(1, len(points) // _MOST_LINES)
    at = np.arange(points.worth.shape[1])
    for row in points.worth[::step]:
        ax.plot(at, (row - low) / width, color="0.75", linewidth=0.5)
    for number, solution in enumerate(solutions):
        for pick in solution.picks[:1]:
            worth = (np.array([float(w) for w in pick.worth]) - low) / width
            marker = _MARKERS[number % len(_MARKERS)]
            ax.plot(
                at, worth, marker=marker, color=COLOURS[number % 7], linewidth=2, label=solution.name.replace("_", " ")
            )
    ax.set_xticks(at, [_label(party) for party in points.bargain.parties])
    ax.set_ylabel("worth, from least (0) to most (1) on the frontier")
    if solutions:
        ax.legend(frameon=False)
    return ax


def plot_shares(solution: Solution, ax: Any = None) -> Any:
    """Draw who gets what, issue by issue: each party's worth on an issue as a share of its best option there."""
    ax = _axes(ax)
    bargain = solution.bargain
    if not solution.picks:
        ax.text(0.5, 0.5, solution.reason or "no settlement", ha="center", transform=ax.transAxes)
        return ax
    settlement = solution.picks[0].settlement
    parts = shares(bargain, settlement).by_issue
    n = len(bargain.parties)
    for party, name in enumerate(bargain.parties):
        lengths = []
        for issue, rows in enumerate(bargain.worth):
            worth = [float(row[party]) for row in rows]
            lengths.append(float(parts[issue][party]) / ((max(worth) - min(worth)) or 1.0))
        at = np.arange(len(parts)) + (party - (n - 1) / 2) * 0.8 / n
        hatch = ["", "//", "..", "xx"][party // len(COLOURS) % 4]
        ax.barh(at, lengths, 0.8 / n, color=COLOURS[party % len(COLOURS)], hatch=hatch, label=_label(name))
    named = bargain.named(settlement)
    ax.set_yticks(np.arange(len(parts)), [f"{_label(issue)}: {_label(option)}" for issue, option in named.items()])
    ax.invert_yaxis()
    ax.set_xlim(0, 1)
    ax.set_xlabel("share of what the issue can give the party")
    ax.legend(frameon=False)
    return ax


def plot_acceptance(found: Robust, ax: Any = None) -> Any:
    """Draw how probable it is that the leading settlements are possible, and that each party accepts them."""
    ax = _axes(ax)
    bargain = found.assessment.bargain
    n = min(10, found.choices.shape[0])
    at = np.arange(n)
    errors = np.stack([found.probability[:n] - found.low[:n], found.high[:n] - found.probability[:n]])
    ax.barh(at, found.probability[:n], xerr=np.maximum(errors, 0.0), color="0.8", label="possible")
    for party, name in enumerate(bargain.parties):
        marker = _MARKERS[party % len(_MARKERS)]
        ax.plot(
            found.by_party[:n, party], at, marker, color=COLOURS[party % len(COLOURS)], label=f"{_label(name)} accepts"
        )
    ax.set_yticks(at, [" / ".join(bargain.named(found.settlement(row)).values()) for row in range(n)])
    ax.invert_yaxis()
    ax.set_xlim(0, 1.02)
    ax.set_xlabel("share of the worlds")
    ax.legend(frameon=False)
    return ax
